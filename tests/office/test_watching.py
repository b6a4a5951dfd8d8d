"""Laws of watches: each thing is told once, nothing is lost, and nobody sees what is not theirs."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator
from dataclasses import replace
from itertools import cycle
from pathlib import Path

import apsw
import pytest

from remembrancer.interfaces import shapes
from remembrancer.model import OWNER, PUBLIC, Fault, Principal
from remembrancer.office import Office
from remembrancer.office.asking import watching
from remembrancer.office.asking.answering import FactView, Told
from remembrancer.office.asking.watching import News
from remembrancer.office.changing import keeping
from remembrancer.office.working import Owner, Shown, Work
from remembrancer.queries import Filters
from remembrancer.testing import FixedClock

MEMBER = Principal("member:ann")
HOUSE = """
language = "en"

[speakers]
styles = ["bold"]

[authority]
"drafts/*" = "draft"
"approved/*" = "approved"
"""


def minutes(day: str, *said: str) -> str:
    """Minutes in which two speak by turns."""
    turns = (f"**{name}:** {words}" for name, words in zip(cycle(("Ann Archer", "Bo Baker")), said))
    head = (f"# Ashby Board, {day} 2024", "Present: Ann Archer, Bo Baker", "## 1. Business")
    return "\n\n".join([*head, *turns]) + "\n"


DRAFT = minutes("5 March", "The footbridge repair costs forty thousand pounds.", "Let the footbridge be repaired.")


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with Office.create(tmp_path / "office", "Ashby Board", HOUSE, FixedClock("2024-04-01T10:00:00Z")) as made:
        read(made, "drafts/march.md", DRAFT)
        yield made


def read(office: Office, name: str, text: str, visibility: str | None = None) -> None:
    path = office.directory.parent / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    list(keeping.take_in(office.body(), OWNER, [keeping.File(path, name)], "", visibility))


def told(office: Office, name: str = "", by: Principal = OWNER, limit: int = 10, noting: bool = True) -> list[News]:
    ran = list(watching.run(office.body(), office.work, by, name, limit))
    for each in ran if noting else ():
        watching.noted(office.work, each)
    shapes.dump("watch-run", [each.news for each in ran])
    return [each.news for each in ran]


def texts(office: Office, **how: object) -> list[str]:
    return [hit.text for news in told(office, **how) for hit in news.new]  # type: ignore[arg-type]


def watch(office: Office, query: str = "footbridge", by: Principal = OWNER, **how: object) -> str:
    return watching.add(office.body(), office.work, by, query, **how).name  # type: ignore[arg-type]


def test_the_first_run_says_what_there_is_and_that_it_is_the_first(office: Office) -> None:
    watch(office)
    news = told(office)[0]
    assert (news.first, news.since, len(news.new), news.more) == (True, "", 2, 0)
    again = told(office)[0]
    assert (again.first, again.since, again.new) == (False, "2024-04-01T10:00:00Z", ())


def test_only_what_is_new_is_told_and_only_once(office: Office) -> None:
    watch(office)
    told(office)
    read(office, "april.md", minutes("2 April", "The footbridge is open.", "The kiosk is shut."))
    assert texts(office) == ["The footbridge is open."]
    assert texts(office) == []


def test_a_better_version_of_what_is_known_is_no_news_but_where_its_words_changed(office: Office) -> None:
    watch(office)
    told(office)
    read(office, "approved/march.md", DRAFT.replace("forty", "fourteen"))
    assert texts(office) == ["The footbridge repair costs fourteen thousand pounds."]
    assert texts(office) == []


def test_what_was_not_put_out_is_told_again(office: Office) -> None:
    watch(office)
    first = told(office, noting=False)
    assert told(office, noting=False) == first
    told(office)
    read(office, "april.md", minutes("2 April", "The footbridge is open."))
    assert texts(office, noting=False) == texts(office) == ["The footbridge is open."]


def test_news_beyond_the_limit_come_with_the_next_run_but_what_there_was_at_first_does_not(office: Office) -> None:
    watch(office)
    first = told(office, limit=1)[0]
    assert (len(first.new), first.more) == (1, 1)
    assert texts(office) == []
    read(office, "april.md", minutes("2 April", *(f"Footbridge {n}." for n in range(5))))
    seen: list[str] = []
    for more in (3, 1, 0):
        news = told(office, limit=2)[0]
        assert news.more == more
        seen += [hit.text for hit in news.new]
    assert sorted(seen) == [f"Footbridge {n}." for n in range(5)]


def test_of_two_runs_at_once_neither_loses_what_the_other_has_not_told(office: Office) -> None:
    watch(office)
    told(office)
    bureau, work = office.body(), office.work
    one = list(watching.run(bureau, work, OWNER))
    read(office, "april.md", minutes("2 April", "The footbridge is open."))
    other = list(watching.run(bureau, work, OWNER))
    for each in (*other, *one):
        watching.noted(work, each)
    assert [hit.text for hit in other[0].news.new] == ["The footbridge is open."]
    read(office, "may.md", minutes("2 May", "The footbridge is shut."))
    assert texts(office) == ["The footbridge is shut."]


def test_a_watch_that_was_removed_while_it_ran_stays_removed(office: Office) -> None:
    name = watch(office)
    ran = list(watching.run(office.body(), office.work, OWNER))
    watching.remove(office.body(), office.work, OWNER, name)
    watching.noted(office.work, ran[0])
    assert watching.watches(office.body(), office.work, OWNER) == []
    watch(office)
    assert told(office)[0].first


def test_a_principal_sees_and_runs_and_removes_only_its_own_watches(office: Office) -> None:
    bureau, work = office.body(), office.work
    watch(office, "footbridge", MEMBER, name="mine")
    watch(office, "footbridge", OWNER, name="other")
    assert [each.name for each in watching.watches(bureau, work, MEMBER)] == ["mine"]
    assert [each.name for each in watching.watches(bureau, work, OWNER)] == ["other"]
    assert [news.name for news in told(office, by=MEMBER)] == ["mine"]
    for name in ("mine", "none"):
        with pytest.raises(Fault, match=f"owner has no watch '{name}'."):
            watching.remove(bureau, work, OWNER, name)
    with pytest.raises(Fault, match="owner has no watch 'mine'"):
        told(office, "mine")
    watch(office, "footbridge", OWNER, name="mine")


def test_a_watch_tells_what_its_principal_may_see_today(office: Office) -> None:
    watch(office, "footbridge", MEMBER)
    watch(office, "footbridge", PUBLIC)
    told(office, by=PUBLIC)
    read(office, "april.md", minutes("2 April", "The footbridge is cursed."), "members")
    read(office, "may.md", minutes("2 May", "The footbridge is open."))
    assert texts(office, by=PUBLIC) == ["The footbridge is open."]
    may = office.body().catalog.sources()[-1].sha
    keeping.classify(office.body(), OWNER, may, "hidden")
    assert not any("is open" in text for text in texts(office, by=MEMBER))
    april = office.body().catalog.sources()[-2].sha
    keeping.classify(office.body(), OWNER, april, "open")
    assert texts(office, by=PUBLIC) == ["The footbridge is cursed."]


def test_what_is_closed_moves_nothing_that_the_public_is_told(office: Office) -> None:
    watch(office, "footbridge", PUBLIC)
    watch(office, "What about the footbridge?", PUBLIC, question=True)
    told(office, by=PUBLIC)
    before = told(office, by=PUBLIC)
    read(office, "april.md", minutes("2 April", "The footbridge is cursed."), "members")
    assert told(office, by=PUBLIC) == before


def test_what_is_no_longer_seen_is_not_remembered(office: Office) -> None:
    name = watch(office)
    told(office)
    keeping.redact(office.body(), OWNER, office.body().catalog.sources()[0].sha, "order 7")
    assert texts(office) == []
    kept = watching.watch(office.body(), office.work, OWNER, name)
    assert office.work.shown(kept) == set()


def test_a_question_tells_when_its_answer_changes_and_what_bears_it_out(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = Told("", "silent", "amount", None, "The record is silent.")
    monkeypatch.setattr(watching, "ask", lambda *_, **__: now)
    watch(office, "What does the footbridge cost?", question=True)
    first = told(office)[0]
    assert first.first and first.answer is not None and first.answer.status == "silent"
    again = told(office)[0]
    assert (again.before, again.new) == (None, ())
    draft, other = office.body().search(OWNER, "footbridge", Filters(), 2)
    now = Told("", "answered", "amount", ("forty",), "Forty.", (draft,))
    news = told(office)[0]
    assert news.answer is not None and news.before is not None
    assert (news.before.status, news.answer.value, news.new) == ("silent", ["forty"], (draft,))
    assert told(office)[0].before is None
    now = replace(now, sentence="It is forty.", answer=(draft, other))
    news = told(office)[0]
    assert (news.before, news.new) == (None, (other,))
    now = replace(now, conflicts=(FactView("amount", "nine", "", "", "", True, False, "notes", "", "", ()),))
    assert told(office)[0].before is not None


def test_filters_are_kept_and_a_watch_that_cannot_run_says_why_and_holds_up_no_other(office: Office) -> None:
    watch(office, "footbridge", name="broken", filters=Filters(sitting="sitting-nothing"))
    watch(office, "footbridge", name="baker", filters=Filters(speaker="Bo Baker"))
    broken, baker = told(office)
    assert "no sitting" in broken.problem and broken.new == ()
    assert [hit.speaker for hit in baker.new] == ["Bo Baker"]
    assert watching.watch(office.body(), office.work, OWNER, "broken").ran == ""
    with pytest.raises(Fault, match="no sitting"):
        told(office, "broken")


@pytest.mark.parametrize(
    ("query", "how"),
    [
        ("", {}),
        ("?!", {"question": True}),
        ("colour:red", {}),
        ("kiosk", {"question": True, "filters": Filters(speaker="AA")}),
        ("kiosk", {"name": "taken"}),
    ],
)
def test_what_cannot_be_watched_is_refused_with_a_sentence(office: Office, query: str, how: dict[str, object]) -> None:
    watch(office, name="taken")
    with pytest.raises(Fault) as fault:
        watch(office, query, **how)
    assert fault.value.what.endswith((".", "?"))
    assert len(watching.watches(office.body(), office.work, OWNER)) == 1


def test_names_are_made_of_the_words_and_are_never_the_same(office: Office) -> None:
    assert [watch(office, "Weir & Quotation") for _ in range(2)] == ["weir-quotation", "weir-quotation-2"]
    assert watch(office, "Брод") == "brod"


def test_the_words_of_the_record_do_not_stand_in_the_file(office: Office) -> None:
    watch(office)
    told(office)
    office.close()
    for path in office.directory.glob("work.db*"):
        assert b"forty" not in path.read_bytes()


def test_a_file_of_a_later_version_is_left_alone(tmp_path: Path) -> None:
    Work(tmp_path / "work.db").close()
    database = apsw.Connection(str(tmp_path / "work.db"))
    database.pragma("user_version", 99)
    database.close()
    with pytest.raises(Fault, match="version 99"):
        Work(tmp_path / "work.db")


def _add_and_advance(path: Path, who: int) -> None:
    work, owner = Work(path), Owner("ashby", "owner")
    work.add_watch(owner, f"w{who}", "search", "weir", {}, "2024-04-01T10:00:00Z")
    mine = next(each for each in work.watches(owner) if each.name == f"w{who}")
    for number in range(20):
        work.advance(mine, "2024-04-01T10:00:00Z", None, [Shown(f"speech-{number}", "00")], [])
    work.close()


def test_processes_that_work_at_once_lose_nothing(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    processes = [context.Process(target=_add_and_advance, args=(tmp_path / "work.db", who)) for who in range(2)]
    for each in processes:
        each.start()
    for each in processes:
        each.join()
    work = Work(tmp_path / "work.db")
    found = work.watches(Owner("ashby", "owner"))
    assert sorted(each.name for each in found) == ["w0", "w1"]
    assert [len(work.shown(each)) for each in found] == [20, 20]
    work.close()
