"""Laws of the vectors of a body: made beside the index, following it, and telling nobody what they may not see."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from remembrancer.model import OWNER, PUBLIC, Fault, Principal
from remembrancer.office import Office
from remembrancer.office.bureau import Bureau
from remembrancer.office.changing import keeping
from remembrancer.office.embedding import SWITCH, build, building, outstanding, state
from remembrancer.queries import Filters
from remembrancer.testing import FixedClock
from remembrancer.testing.embedding import SharedWords

MINUTES = """# Fenwick Board, 5 March 2024

## 1. Parking

AA: The fees for parking rise in May.

BB: I second that.

## 2. Weir

AA: The weir leaks since autumn.
"""
CLOSED = """# Fenwick Board, 6 March 2024

## 1. Parking

CC: The parking fees of Zebediah are waived.
"""


def read(bureau: Bureau, directory: Path, name: str, text: str, visibility: str | None = None) -> str:
    path = directory / name
    path.write_text(text, encoding="utf-8")
    (taken,) = keeping.take_in(bureau, OWNER, [keeping.File(path, name)], "", visibility)
    return taken.source


def texts(bureau: Bureau, principal: Principal, query: str) -> list[str]:
    return [hit.text for hit in bureau.search(principal, query, Filters(), 20)]


def scores(bureau: Bureau, principal: Principal) -> list[tuple[str, float]]:
    queries = ("vehicle tariff", "weir parking", "leaks")
    return [(hit.id, hit.score) for query in queries for hit in bureau.search(principal, query, Filters(), 20)]


def kept(bureau: Bureau, side: str) -> int:
    store = bureau.embedding.vectors(side)
    return store.windows() if store else 0


@pytest.fixture
def bureau(tmp_path: Path, embedder: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bureau]:
    monkeypatch.setenv(SWITCH, "on")
    with Office.create(tmp_path / "office", "Fenwick Board", clock=FixedClock("2024-04-01T10:00:00Z")) as office:
        made = office.body()
        made.embedding.load = lambda: embedder
        made.embedding.installed = lambda: True
        yield made


def test_search_is_whole_without_vectors_and_finds_more_with_them(bureau: Bureau, tmp_path: Path) -> None:
    read(bureau, tmp_path, "a.md", MINUTES)
    assert texts(bureau, PUBLIC, "vehicle tariff") == []
    assert texts(bureau, PUBLIC, "weir")
    assert outstanding(bureau)
    assert build(bureau)
    assert not outstanding(bureau)
    assert any("fees for parking" in text for text in texts(bureau, PUBLIC, "vehicle tariff"))
    now = state(bureau)
    assert (now.embedded, now.building) == (now.passages, False)


def test_what_is_read_later_is_found_by_its_words_at_once_and_by_meaning_once_built(
    bureau: Bureau, tmp_path: Path
) -> None:
    build(bureau)
    read(bureau, tmp_path, "a.md", MINUTES)
    assert texts(bureau, PUBLIC, "weir")
    assert texts(bureau, PUBLIC, "vehicle tariff") == []
    build(bureau)
    assert texts(bureau, PUBLIC, "vehicle tariff")


def test_turned_off_or_not_installed_search_is_by_words(
    bureau: Bureau, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read(bureau, tmp_path, "a.md", MINUTES)
    build(bureau)
    bureau.embedding.installed = lambda: False
    assert texts(bureau, PUBLIC, "vehicle tariff") == []
    bureau.embedding.installed = lambda: True
    monkeypatch.setenv(SWITCH, "off")
    assert texts(bureau, PUBLIC, "vehicle tariff") == []


def test_what_is_closed_moves_nothing_that_the_public_sees(bureau: Bureau, tmp_path: Path) -> None:
    read(bureau, tmp_path, "a.md", MINUTES)
    build(bureau)
    before, windows = scores(bureau, PUBLIC), kept(bureau, "open")
    read(bureau, tmp_path, "b.md", CLOSED, "members")
    build(bureau)
    assert (scores(bureau, PUBLIC), kept(bureau, "open")) == (before, windows)
    assert kept(bureau, "closed")
    assert any("Zebediah" in text for text in texts(bureau, OWNER, "vehicle tariff"))


def test_what_becomes_closed_or_is_redacted_goes_from_the_open_vectors_at_once(bureau: Bureau, tmp_path: Path) -> None:
    first, second = read(bureau, tmp_path, "a.md", MINUTES), read(bureau, tmp_path, "b.md", CLOSED)
    build(bureau)
    assert kept(bureau, "open")
    keeping.classify(bureau, OWNER, first, "members")
    keeping.redact(bureau, OWNER, second, "court order 7")
    assert kept(bureau, "open") == 0
    build(bureau)
    assert kept(bureau, "open") == 0
    assert not [text for text in texts(bureau, OWNER, "vehicle tariff") if "Zebediah" in text]
    assert texts(bureau, PUBLIC, "vehicle tariff") == []


def test_redaction_reaches_the_vectors_of_an_office_without_the_extra(bureau: Bureau, tmp_path: Path) -> None:
    source = read(bureau, tmp_path, "a.md", MINUTES)
    build(bureau)

    def missing() -> Any:
        raise AssertionError("the model is not needed")

    bureau.embedding.load = missing
    bureau.embedding.installed = lambda: False
    keeping.redact(bureau, OWNER, source, "court order 8")
    assert kept(bureau, "open") == 0


def test_of_documents_in_a_language_the_model_does_not_know_no_vectors_are_made(bureau: Bureau, tmp_path: Path) -> None:
    bureau.set_house(OWNER, 'language = "de"\n')
    read(bureau, tmp_path, "a.md", "# Sitzung 5. März 2024\n\nAA: Die Gebühren steigen.\n")
    build(bureau)
    assert (kept(bureau, "open"), outstanding(bureau)) == (0, False)


def test_one_builds_at_a_time_and_the_lock_goes_with_its_process(bureau: Bureau, tmp_path: Path) -> None:
    read(bureau, tmp_path, "a.md", MINUTES)
    program = (
        "import sys; from pathlib import Path; from remembrancer.office.embedding import building\n"
        f"with building(Path({str(bureau.embedding.directory)!r})) as ours:\n"
        "    print(ours, flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline().strip() == "True"
        assert not build(bureau)
        assert state(bureau).building
        with pytest.raises(Fault, match="being made"):
            bureau.embedding.remove()
        other.kill()
        other.wait()
    assert build(bureau)


def test_a_builder_that_is_stopped_goes_on_where_it_was(bureau: Bureau, tmp_path: Path, embedder: Any) -> None:
    long = "\n\n".join(f"AA: Item {number} concerns {'word ' * 40}{number}." for number in range(60))
    read(bureau, tmp_path, "a.md", f"# Fenwick Board, 7 March 2024\n\n{long}\n")
    done: list[str] = []

    class Stopped(SharedWords):
        def embed(self, given: Any) -> Any:
            if len(done) >= 32:
                raise KeyboardInterrupt
            done.extend(given)
            return embedder.embed(given)

    bureau.embedding.load = Stopped
    with pytest.raises(KeyboardInterrupt):
        build(bureau)
    assert kept(bureau, "open") == 32
    again: list[str] = []
    embedder.embed, embed = lambda given: (again.extend(given), embed(given))[1], embedder.embed
    bureau.embedding.load = lambda: embedder
    build(bureau)
    assert not set(again) & set(done)
    assert state(bureau).embedded == state(bureau).passages


def test_what_was_removed_is_gone_and_can_be_made_again(bureau: Bureau, tmp_path: Path) -> None:
    read(bureau, tmp_path, "a.md", MINUTES)
    build(bureau)
    bureau.embedding.remove()
    assert not bureau.embedding.directory.exists()
    assert texts(bureau, PUBLIC, "vehicle tariff") == []
    build(bureau)
    assert texts(bureau, PUBLIC, "vehicle tariff")


def test_the_lock_is_free_when_its_holder_has_left(tmp_path: Path) -> None:
    for _ in range(2):
        with building(tmp_path) as ours:
            assert ours
