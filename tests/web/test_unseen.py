"""Law: an id that the public may not see is answered as one that nothing has, on every page and by every operation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from remembrancer.model import OWNER, PUBLIC
from remembrancer.office import Office
from remembrancer.office.showing import shown
from tests.web import commons
from tests.web.commons import SLUG

PAGES, API = f"/{SLUG}", f"/api/v1/{SLUG}"
NAMING = {
    "speech": (f"{PAGES}/id/{{}}", f"{API}/elements/{{}}"),
    "source": (f"{PAGES}/sources/{{}}", f"{API}/sources/{{}}", f"{API}/sources/{{}}/as-it-came"),
    "decision": (f"{PAGES}/decisions/{{}}", f"{API}/decisions/{{}}", f"{API}/decisions/{{}}/extract"),
    "matter": (f"{PAGES}/matters/{{}}", f"{API}/matters/{{}}", f"{API}/decisions?matter={{}}"),
    "motion": (f"{PAGES}/motions/{{}}", f"{API}/motions/{{}}"),
    "vote": (f"{PAGES}/votes/{{}}", f"{API}/votes/{{}}"),
    "person": (f"{PAGES}/people/{{}}", f"{API}/people/{{}}", f"{API}/decisions?person={{}}"),
    "sitting": (f"{PAGES}/sittings/{{}}", f"{PAGES}/search?q=fence&sitting={{}}", f"{API}/search?q=a&sitting={{}}"),
    "about": (f"{PAGES}/?q=Is+it+in+force%3F&about={{}}", f"{API}/ask?question=Is+it+in+force%3F&about={{}}"),
}


@pytest.fixture(scope="module")
def office(django: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return commons.founded(tmp_path_factory.mktemp("unseen"), closed=True)


@pytest.fixture
def client(office: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    from django.test import Client

    from remembrancer.interfaces.web import settings

    monkeypatch.setattr(settings, "CALLS_A_MINUTE", 1_000_000)
    with commons.serving(office, monkeypatch):
        yield Client()


def unseen(office: Path, kind: str) -> list[str]:
    """Ids of a kind that are closed to the public."""
    if kind == "sitting":
        with Office(office) as opened:
            seen = {each.id for each in shown.sittings(opened.body(), PUBLIC)}
            return [each.id for each in shown.sittings(opened.body(), OWNER) if each.id not in seen]
    named = "decision" if kind == "about" else kind
    return [str(getattr(each, named)) for each in commons.things(office).values()]


def nobody_s(identity: str) -> str:
    """An id of the same form that nothing has."""
    word, dash, rest = identity.rpartition("-")
    return f"{word}{dash}{'a' * len(rest)}"


def told(client: Any, address: str, identity: str) -> tuple[int, bytes]:
    answer = client.get(address.format(identity))
    content = re.sub(rb'name="csrfmiddlewaretoken" value="\w+"', b"", answer.content)
    return answer.status_code, content.replace(identity.encode(), b"ID")


@pytest.mark.parametrize("kind", NAMING)
def test_what_is_not_seen_is_answered_as_what_is_not_there(client: Any, office: Path, kind: str) -> None:
    closed = unseen(office, kind)
    assert closed
    for address in NAMING[kind]:
        for identity in closed:
            answer = told(client, address, identity)
            assert answer == told(client, address, nobody_s(identity)), address
            assert answer[0] == 404, address


@pytest.mark.parametrize("rest", ["", "search?q=a", "?q=a", "sittings/", "record/", "feeds/sittings.atom"])
def test_of_a_body_that_is_not_kept_there_is_nothing(client: Any, rest: str) -> None:
    assert client.get(f"/nobody-at-all/{rest}").status_code == 404
