"""What somebody meets who has just begun: an office without a document, its first owner, and what is said of texts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, get_args

import pytest

from remembrancer.model import OWNER, RelationKind
from remembrancer.office import Office
from remembrancer.office.changing import granting
from tests.web import commons

SLUG = "alder-green"
Browser = Callable[..., Any]


@pytest.fixture
def young(django: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    """An office of a body that has read nothing, served."""
    directory = tmp_path / "office"
    Office.create(directory, "Alder Green", "").close()
    with commons.serving(directory, monkeypatch):
        yield directory


def addresses() -> Iterator[str]:
    """Every page of the body that asks for nothing else, and a question and a search; neither files nor streams."""
    from django.urls import NoReverseMatch, reverse

    from remembrancer.interfaces.web.routes import ROUTES

    for name in ROUTES:
        try:
            address = reverse(name, args=[SLUG])
        except NoReverseMatch:
            continue
        if address.startswith(f"/{SLUG}/") and "." not in address and not address.endswith("/events"):
            yield address
    yield from (f"/{SLUG}/?q=weir", f"/{SLUG}/search?q=weir", f"/{SLUG}/register/?on=2024-01-01")


@pytest.mark.parametrize("role", ["", "owner"])
def test_every_page_of_an_office_without_a_document_is_shown(browser_as: Browser, young: Path, role: str) -> None:
    from remembrancer.interfaces.web.accounts.models import Account

    with Office(young) as office:
        account = Account.objects.get(email="owner@larkenford.example")
        granting.grant(office.body(), OWNER, account.principal, "owner")
    browser = browser_as(role)
    found = {address: browser.get(address).status_code for address in addresses()}
    shown = (200, 405) if role else (200, 302, 401, 403, 405)
    assert {address: status for address, status in found.items() if status not in shown} == {}
    assert sum(status == 200 for status in found.values()) > 15


def test_the_first_owner_comes_to_where_documents_are_handed_in(browser_as: Browser, young: Path) -> None:
    from remembrancer.interfaces.web.accounts import inviting

    with Office(young) as office:
        link = inviting.invite_first_owner(office)
    browser = browser_as()
    browser.get(link)
    told = {"email": "nan@alder.example", "name": "Nan", "password": "a kettle on the second shelf"}
    page = browser.post("/account/invitation", told, follow=True)
    assert page.request["PATH_INFO"] == f"/{SLUG}/desk/reading"
    assert "Hand in the first documents here" in page.content.decode()


def test_each_relation_is_said_in_a_phrase_of_its_own_and_what_it_names_is_escaped(django: None) -> None:
    from django.utils.translation import override

    from remembrancer.interfaces.web.templatetags.rows import relates

    for language in ("en", "de"):
        with override(language):
            said = {relates(kind, "A", "<B>") for kind in get_args(RelationKind)}
            assert len(said) == len(get_args(RelationKind))
            assert all(each.startswith("A ") and "&lt;B&gt;" in each for each in said)
    with override("de"):
        assert relates("repeals", "", "B", "§ 3").strip() == "hebt § 3 von B auf"


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("#content/article[2]/p[32]", "paragraph 32"),
        ("/html/body/div[2]/table/tr[3]/td", "row 3 of the table"),
        ("debate[1]/debateSection[2]/speech[4]", "speech 4"),
        ("#minutes/h2", "the heading"),
        ("line 12", "line 12"),
        ("00:12:31", "00:12:31"),
        ("/data/x", "/data/x"),
    ],
)
def test_a_place_is_said_for_a_person(django: None, place: str, said: str) -> None:
    from remembrancer.interfaces.web.showing.places import placed

    assert placed(place) == said
