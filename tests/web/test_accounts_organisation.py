"""The organisation's own sign-in says who somebody is; what they may do, the record says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from urllib.error import HTTPError
from urllib.parse import parse_qsl, urlsplit
from urllib.request import HTTPRedirectHandler, build_opener

import lxml.html
import pytest

from remembrancer.model import OWNER, Principal
from remembrancer.office import Office
from remembrancer.office.changing import granting
from tests.web.conftest import SLUG
from tests.web.provider import CLIENT, SECRET, Provider, provided

Browser = Callable[..., Any]
LOGIN = "/account/oidc/organisation/login/"


@pytest.fixture
def provider(django: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Provider]:
    from django.core.cache import cache
    from django.test import override_settings

    from remembrancer.interfaces.web import settings

    cache.clear()
    with provided() as made:
        app = {"provider_id": "organisation", "name": "Larkenford", "client_id": CLIENT, "secret": SECRET}
        app["settings"] = {"server_url": made.address}
        told = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}
        monkeypatch.setattr(settings, "ORGANISATION", "Larkenford")
        with override_settings(SOCIALACCOUNT_PROVIDERS=told):
            yield made


class _Stays(HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        return None


def vouched(browser: Any, start: str = LOGIN) -> str:
    """Go to the provider as a browser does; the address it is sent back to."""
    page = lxml.html.document_fromstring(browser.post(start).content.decode())
    there = page.xpath("//main//a[@class='button primary']/@href")[0]
    assert page.xpath("//meta[@http-equiv='refresh']/@content") == [f"0;URL={there}"]
    with pytest.raises(HTTPError) as sent:
        build_opener(_Stays).open(there)
    return str(sent.value.headers["Location"]).removeprefix("http://testserver")


def signed_in(browser: Any) -> bool:
    return browser.get("/account/").status_code == 200


def test_who_the_organisation_vouches_for_has_an_account_and_no_role(
    provider: Provider, browser_as: Browser, office_directory: Any
) -> None:
    from remembrancer.interfaces.web.accounts.models import Account

    provider.claims = {"sub": "77", "email": "una@larkenford.example", "email_verified": True, "name": "Una Weir"}
    browser = browser_as()
    assert "Sign in with Larkenford" in browser.get("/account/login/").content.decode()
    browser.get(vouched(browser))
    assert signed_in(browser)
    account = Account.objects.get(email="una@larkenford.example")
    assert account.name == "Una Weir"
    with Office(office_directory) as office:
        assert office.body().principal(Principal(account.principal)).roles == frozenset()
        number = granting.grant(office.body(), OWNER, account.principal, "clerk")
        assert "clerk" in browser.get("/account/").content.decode()
        granting.revoke(office.body(), OWNER, number)
    again = browser_as()
    again.get(vouched(again))
    assert signed_in(again)
    assert Account.objects.filter(email="una@larkenford.example").count() == 1


def test_an_answer_that_this_browser_did_not_ask_for_signs_nobody_in(provider: Provider, browser_as: Browser) -> None:
    provider.claims = {"sub": "78", "email": "vic@larkenford.example", "name": "Vic"}
    asked, other = browser_as(), browser_as()
    back = vouched(asked)
    assert other.get(back).status_code == 401
    assert not signed_in(other)
    query = dict(parse_qsl(urlsplit(back).query))
    assert asked.get(urlsplit(back).path, query | {"state": "made up"}).status_code == 401
    assert not signed_in(asked)


def test_an_answer_is_good_once(provider: Provider, browser_as: Browser) -> None:
    provider.claims = {"sub": "79", "email": "wyn@larkenford.example", "name": "Wyn"}
    browser = browser_as()
    back = vouched(browser)
    browser.get(back)
    browser.post("/account/logout/")
    browser.get(back)
    assert not signed_in(browser)


def test_nobody_takes_an_account_over_by_an_address_the_organisation_tells(
    provider: Provider, browser_as: Browser
) -> None:
    """An address is no proof: who has an account here signs in with it and connects the two."""
    provider.claims = {"sub": "80", "email": "owner@larkenford.example", "email_verified": True, "name": "Not them"}
    browser = browser_as()
    page = browser.get(vouched(browser), follow=True)
    assert not signed_in(browser)
    assert "If that account is yours" in page.content.decode()
    owner = browser_as("owner")
    owner.get(vouched(owner, f"{LOGIN}?process=connect"))
    again = browser_as()
    again.get(vouched(again))
    assert again.get(f"/{SLUG}/").wsgi_request.user.email == "owner@larkenford.example"


def test_who_came_through_the_organisation_confirms_through_it(provider: Provider, browser_as: Browser) -> None:
    provider.claims = {"sub": "81", "email": "xan@larkenford.example", "name": "Xan"}
    browser = browser_as()
    browser.get(vouched(browser))
    assert browser.get("/account/tokens").status_code == 200
    session = browser.session
    session["account_authentication_methods"] = [{"method": "socialaccount", "at": 0}]
    session.save()
    assert browser.get("/account/tokens").headers["Location"] == f"{LOGIN}?next=%2Faccount%2Ftokens"
    browser.get(vouched(browser, f"{LOGIN}?next=%2Faccount%2Ftokens"))
    assert browser.get("/account/tokens").status_code == 200
