"""Law: while another process makes the registers of a large body, who comes is told how far it is, at once; and what
needs no register goes on as always."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from remembrancer.model import PUBLIC
from remembrancer.office import Office, bureau
from remembrancer.office.registers import registrar
from tests.web import commons
from tests.web.commons import SLUG


class Visitor:
    """Somebody who asks for pages while the registers are made."""

    def __init__(self, office: Path) -> None:
        from django.test import Client

        from remembrancer.interfaces.web.serving import opened

        self.office = office
        self.made_elsewhere = opened.lender().prepared_elsewhere
        self._client = Client()
        self.made_elsewhere.set()

    def get(self, path: str, language: str = "en") -> Any:
        return self._client.get(f"/{SLUG}/{path}", headers={"accept-language": language})

    def program(self, path: str) -> Any:
        return self._client.get(f"/api/v1/{SLUG}/{path}")


@pytest.fixture
def visitor(django: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Visitor]:
    """One of a body of which even a few documents are many."""
    for room in (bureau, registrar):
        monkeypatch.setattr(room, "MANY", 1)
    with commons.serving(commons.founded(tmp_path, closed=True), monkeypatch):
        yield Visitor(tmp_path / "office")


@pytest.mark.parametrize("path", ["register/", "matters/", "people/", "decisions/", "?q=What+of+the+pond+fence%3F"])
def test_a_page_says_at_once_how_far_the_register_is_and_looks_again_by_itself(visitor: Visitor, path: str) -> None:
    answer = visitor.get(path)
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0 and int(answer.headers["Refresh"]) > 0
    page = answer.content.decode()
    assert "The register is being made: 0 of 2 documents are read." in page and 'max="2" value="0"' in page


def test_what_is_done_is_counted_and_stays_done(visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registrar, "KEPT_AT_ONCE", 1)
    asked = []

    def broken_off(_: str, done: int, total: int) -> None:
        asked.append((done, total))
        if done == 1:
            raise KeyboardInterrupt

    with Office(visitor.office) as office, suppress(KeyboardInterrupt):
        registrar.register_of(office.body(), PUBLIC, progress=broken_off)
    assert "1 of 2 documents are read" in visitor.get("register/").content.decode()
    asked.clear()
    with Office(visitor.office) as office:
        registrar.register_of(office.body(), PUBLIC, progress=lambda *told: asked.append(told[1:]))
    assert asked == [(0, 1), (1, 1)]


@pytest.mark.parametrize("path", ["", "sittings/", "sources/", "record/", "search?q=geese"])
def test_what_needs_no_register_goes_on(visitor: Visitor, path: str) -> None:
    answer = visitor.get(path)
    assert answer.status_code == 200 and "Refresh" not in answer.headers


def test_what_was_shown_meanwhile_is_shown_whole_afterwards(visitor: Visitor) -> None:
    asked = ("", "register/", "search?q=geese")
    meanwhile = [visitor.get(path).content for path in asked]
    visitor.made_elsewhere.clear()
    afterwards = [visitor.get(path) for path in asked]
    assert [each.status_code for each in afterwards] == [200] * 3
    assert b"Pond fence" in afterwards[0].content and b"Pond fence" not in meanwhile[0]
    assert b"speaker=Ben" in afterwards[2].content and b"speaker=Ben" not in meanwhile[2]


def test_nothing_of_what_is_shown_meanwhile_is_kept(visitor: Visitor) -> None:
    from remembrancer.interfaces.web.serving.kept import Kept

    kept = Kept(visitor.office)
    assert kept.state(SLUG) is None
    visitor.made_elsewhere.clear()
    assert kept.state(SLUG) is not None
    kept.close()


def test_a_program_is_told_as_a_problem(visitor: Visitor) -> None:
    answer = visitor.program("decisions")
    assert answer.status_code == 503 and "Refresh" not in answer.headers
    assert int(answer.headers["Retry-After"]) > 0
    assert "0 of 2 documents" in json.loads(answer.content)["detail"]


def test_the_page_is_german_in_german(visitor: Visitor) -> None:
    page = visitor.get("register/", "de").content.decode()
    assert "0 von 2 Dokumenten" in page and "document" not in page.partition("<main")[2].partition("</main")[0]


def test_a_search_without_an_index_says_so_and_not_of_how_many_documents(visitor: Visitor) -> None:
    shutil.rmtree(visitor.office / "derived" / SLUG / "index")
    answer = visitor.get("search?q=geese")
    told = answer.content.decode()
    assert answer.status_code == 503 and "Refresh" in answer.headers
    assert "The index for searches is being made." in told and "<progress aria" in told
    assert visitor.get("sources/").status_code == 200


def test_a_small_body_is_never_waited_for(visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registrar, "MANY", 200)
    assert visitor.get("register/").status_code == 200


def test_it_is_waited_for_as_long_as_the_other_process_is_at_work(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    from remembrancer.interfaces.web.serving import lifespan, opened

    visitor.made_elsewhere.clear()
    begun, at_work = subprocess.Popen, list[bool]()

    def begin(*command: Any, **how: Any) -> Any:
        at_work.append(visitor.made_elsewhere.is_set())
        return begun(*command, **how)

    monkeypatch.setattr(subprocess, "Popen", begin)
    lifespan.warm(opened.lender(), Event())
    assert at_work == [True] and not visitor.made_elsewhere.is_set()
    assert visitor.get("register/").status_code == 200
