"""What holds of every page of the accounts, those of allauth too: they are pages of the office."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import lxml.html
import pytest

Browser = Callable[..., Any]

NOBODYS = ["login/", "password/reset/", "password/reset/done/", "password/reset/key/1-x/", "inactive/"]
NOBODYS += ["confirm-email/", "confirm-email/x/", "3rdparty/login/cancelled/", "3rdparty/login/error/"]
OWN = ["", "journal", "tokens", "sessions/", "email/", "password/change/", "reauthenticate/", "logout/", "3rdparty/"]
OWN += ["2fa/", "2fa/webauthn/", "2fa/webauthn/add/", "2fa/totp/activate/", "2fa/reauthenticate/"]
PAGES = [("", each) for each in NOBODYS] + [("chair", each) for each in OWN]


@pytest.fixture(params=PAGES, ids=lambda each: f"{each[0] or 'nobody'}-{each[1]}")
def page(request: pytest.FixtureRequest, browser_as: Browser) -> lxml.html.HtmlElement:
    role, address = request.param
    answer = browser_as(role).get(f"/account/{address}", follow=True)
    assert answer.status_code in (200, 401)
    return lxml.html.document_fromstring(answer.content.decode())


def test_a_page_has_one_heading_of_the_first_rank_and_a_title(page: lxml.html.HtmlElement) -> None:
    assert len(page.findall(".//h1")) == 1
    assert page.findtext(".//title").partition("·")[0].strip()
    assert page.find(".//main").get("id") == "main"


def test_every_field_says_what_it_is_for(page: lxml.html.HtmlElement) -> None:
    named = {each.get("for") for each in page.iter("label")}
    for field in page.xpath("//main//input[not(@type='hidden')] | //main//select | //main//textarea"):
        assert field.get("id") in named or field.getparent().tag == "label", lxml.html.tostring(field)


def test_no_two_things_have_one_id(page: lxml.html.HtmlElement) -> None:
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))


def test_nothing_runs_but_files_of_the_office(page: lxml.html.HtmlElement) -> None:
    assert not page.xpath("//@style | //@onclick | //@onsubmit | //style")
    for script in page.iter("script"):
        assert (script.get("src") or "").startswith("/static/") or script.get("type") == "application/json"


def test_whatever_is_posted_carries_the_proof_of_its_page(page: lxml.html.HtmlElement) -> None:
    for form in page.xpath("//form[translate(@method, 'POST', 'post') = 'post']"):
        assert form.xpath(".//input[@name='csrfmiddlewaretoken']"), lxml.html.tostring(form)


def test_an_office_answers_to_its_own_name_alone(browser_as: Browser) -> None:
    """Links in mail are made of the name that was called; a made-up one gets none."""
    assert browser_as().get("/account/login/", headers={"host": "evil.example"}).status_code == 400
