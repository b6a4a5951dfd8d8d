"""Laws of what narrows a search: every count is what is left when it is asked for, and counts nothing that is closed
to who asks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from marlow import APRIL, CLASSES, CLOSED, MARCH, SECRETS, founded, read

from remembrancer.model import OWNER, PUBLIC, Principal
from remembrancer.office import Office
from remembrancer.office.asking import faceting, suggesting
from remembrancer.office.asking.faceting import Facets, find
from remembrancer.office.bureau import Bureau
from remembrancer.office.registers.registrar import register_of
from remembrancer.office.showing.locating import is_followed
from remembrancer.queries import Filters

PRINCIPALS = (PUBLIC, Principal("member:Ada Quill"), OWNER)
SEARCHES = ("towpath", "the lamps", "Ada Quill", "heron OR lamps", "")
NARROWED = {
    "speakers": lambda value: {"filters": Filters(speaker=value)},
    "items": lambda value: {"filters": Filters(item=value)},
    "sittings": lambda value: {"filters": Filters(sitting=value)},
    "kinds": lambda value: {"filters": Filters(kind=value)},
    "years": lambda value: {"filters": Filters(since=value, until=value)},
    "authorities": lambda value: {"filters": Filters(), "authority": value},
}
OPEN = {"minutes/2024-03-05.md": MARCH, "minutes/2024-04-09.md": APRIL}


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with founded(tmp_path / "office") as made:
        read(made.body(), tmp_path / "papers", OPEN)
        yield made


def closed_too(office: Office, papers: Path, visibility: str) -> Bureau:
    read(office.body(), papers, {"minutes/2024-05-14.md": CLOSED}, visibility)
    return office.body()


@pytest.mark.parametrize("visibility", CLASSES)
def test_a_count_is_what_is_left_when_it_is_asked_for(office: Office, tmp_path: Path, visibility: str) -> None:
    bureau = closed_too(office, tmp_path / "closed", visibility)
    for principal in PRINCIPALS:
        for query in SEARCHES:
            facets = find(bureau, principal, query, Filters()).facets
            for name, narrowed in NARROWED.items():
                for each in getattr(facets, name):
                    told: dict[str, Any] = narrowed(each.value)
                    left = find(bureau, principal, query, told.pop("filters"), **told)
                    assert left.total == each.number, (principal, query, name, each)


@pytest.mark.parametrize("visibility", CLASSES)
def test_what_is_closed_moves_no_count_and_no_suggestion(office: Office, tmp_path: Path, visibility: str) -> None:
    before = told(office.body())
    assert told(closed_too(office, tmp_path / "closed", visibility)) == before


def test_no_closed_name_is_suggested_to_the_public(office: Office, tmp_path: Path) -> None:
    bureau = closed_too(office, tmp_path / "closed", "members")
    said = repr(told(bureau))
    assert not [secret for secret in SECRETS if secret in said]


def told(bureau: Bureau) -> list[object]:
    """Everything that narrows, suggests or gives an example to the public."""
    counted: list[Facets] = [find(bureau, PUBLIC, query, Filters()).facets for query in SEARCHES]
    typed = ("to", "he", "ad", "ze", "na", "lamp")
    names = [suggesting.names(bureau, PUBLIC, each) for each in typed]
    return [*counted, *names, suggesting.examples(bureau, PUBLIC)]


def test_only_who_may_be_followed_is_counted_as_a_speaker_or_suggested(office: Office) -> None:
    bureau = office.body()
    public = {each.name for each in register_of(bureau, OWNER).people if not is_followed(each)}
    counted = {each.value for query in SEARCHES for each in find(bureau, OWNER, query, Filters()).facets.speakers}
    assert counted
    assert not counted & public
    assert not {name for letter in "abcdefgh" for name in suggesting.names(bureau, OWNER, letter * 2)} & public


def test_pages_hold_every_hit_once_and_order_by_date_when_asked(office: Office) -> None:
    bureau = office.body()
    total = find(bureau, PUBLIC, "the", Filters()).total
    pages = [find(bureau, PUBLIC, "the", Filters(), first=first, limit=3).hits for first in range(0, total, 3)]
    found = [(hit.id, hit.spans) for page in pages for hit in page]
    assert len(found) == len(set(found)) == total
    dates = [hit.date for hit in find(bureau, PUBLIC, "the", Filters(), order="newest", limit=total).hits]
    assert dates == sorted(dates, reverse=True)


def test_more_than_are_counted_is_said(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(faceting, "BEST", 2)
    found = find(office.body(), PUBLIC, "the", Filters())
    assert (found.total, found.more) == (2, True)
