"""Who signs in, with what, for how long; and what somebody learns who does not."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Iterator
from html import unescape
from typing import Any

import pytest

from tests.web.founding import PASSWORD
from tests.web.passkey import Passkey

Browser = Callable[..., Any]
SITE, ORIGIN = "localhost", "http://localhost"


@pytest.fixture(autouse=True)
def unlimited(django: None) -> Iterator[None]:
    """Nobody was counted before."""
    from django.core.cache import cache

    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def account(django: None) -> Iterator[Any]:
    """Somebody without a role."""
    from remembrancer.interfaces.web.accounts.inviting import new_account

    made = new_account("mia@larkenford.example", "Mia", PASSWORD)
    yield made
    made.delete()


def signed_in(browser: Any) -> bool:
    return browser.get("/account/").status_code == 200


def sign_in(browser: Any, email: str = "mia@larkenford.example", password: str = PASSWORD) -> Any:
    return browser.post("/account/login/", {"login": email, "password": password})


def in_page(page: Any, name: str) -> Any:
    """The data that a page gives its script."""
    told = re.search(rf'<script id="{name}" type="application/json">(.*?)</script>', page.content.decode(), re.DOTALL)
    assert told
    return json.loads(unescape(told[1]))


def enrolled(browser: Any) -> Passkey:
    page = browser.get("/account/2fa/webauthn/add/", headers={"host": SITE})
    passkey = Passkey(SITE, ORIGIN)
    answer = passkey.enrolled(in_page(page, "js_data")["creation_options"])
    typed = {"name": "telephone", "passwordless": "on", "credential": json.dumps(answer)}
    assert browser.post("/account/2fa/webauthn/add/", typed, headers={"host": SITE}).status_code == 302
    return passkey


def with_recent_password(browser: Any) -> Any:
    browser.post("/account/reauthenticate/", {"password": PASSWORD})
    return browser


def totp_code(secret: str) -> str:
    from allauth.mfa.totp.internal import auth

    return auth.format_hotp_value(auth.hotp_value(secret, next(auth.yield_hotp_counters_from_time())))


def with_totp(browser: Any) -> str:
    page = with_recent_password(browser).get("/account/2fa/totp/activate/").content.decode()
    secret = re.search(r'id="authenticator_secret"[^>]*value="([A-Z2-7]+)"', page)
    assert secret
    assert browser.post("/account/2fa/totp/activate/", {"code": totp_code(secret[1])}).status_code == 302
    return secret[1]


def test_the_right_password_signs_in_and_any_other_does_not(browser_as: Browser, account: Any) -> None:
    browser = browser_as()
    assert sign_in(browser, password="in the third drawer").status_code == 200
    assert not signed_in(browser)
    assert sign_in(browser).status_code == 302
    assert signed_in(browser)


def test_a_wrong_password_and_an_unknown_address_are_told_alike(browser_as: Browser, account: Any) -> None:
    wrong = sign_in(browser_as(), password="in the third drawer").content.decode()
    unknown = sign_in(browser_as(), "mib@larkenford.example", "in the third drawer").content.decode()

    def plain(page: str) -> str:
        return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", page).replace("mib@", "mia@")

    assert plain(wrong) == plain(unknown)


def test_the_session_that_was_there_before_is_not_the_one_after(browser_as: Browser, account: Any) -> None:
    """Who planted a session in somebody's browser gains nothing when they sign in."""
    browser = browser_as()
    browser.get("/account/login/")
    session = browser.session
    session["planted"] = True
    session.save()
    planted = browser.cookies["session"].value if "session" in browser.cookies else session.session_key
    sign_in(browser)
    assert browser.session.session_key != planted


def test_a_password_tried_too_often_is_not_tried_any_more(browser_as: Browser, account: Any) -> None:
    for _ in range(5):
        sign_in(browser_as(), password="in the third drawer")
    browser = browser_as()
    sign_in(browser)
    assert not signed_in(browser)


def test_calls_without_end_are_answered_with_how_to_wait(browser_as: Browser) -> None:
    answers = [sign_in(browser_as(), "nobody@larkenford.example").status_code for _ in range(31)]
    assert answers[-1] == 429
    invitations = [browser_as().get("/account/invitation/" + "y" * 43) for _ in range(21)]
    assert invitations[-1].status_code == 429
    assert 0 < int(invitations[-1].headers["Retry-After"]) <= 60


def test_a_closed_account_is_signed_out_at_once_and_in_no_more(browser_as: Browser, account: Any) -> None:
    browser = browser_as()
    sign_in(browser)
    type(account).objects.filter(pk=account.pk).update(is_active=False)
    assert not signed_in(browser)
    again = browser_as()
    sign_in(again)
    assert not signed_in(again)


def test_codes_from_an_application_are_asked_for_beside_the_password(browser_as: Browser, account: Any) -> None:
    browser = browser_as()
    sign_in(browser)
    secret = with_totp(browser)
    again = browser_as()
    assert sign_in(again).headers["Location"].startswith("/account/2fa/authenticate/")
    assert not signed_in(again)
    again.post("/account/2fa/authenticate/", {"code": "000000"})
    assert not signed_in(again)
    again.post("/account/2fa/authenticate/", {"code": totp_code(secret)})
    assert signed_in(again)


def used_twice(browser_as: Browser, code: str) -> list[bool]:
    """Whether a code signs in the first time that it is shown, and the second."""
    outcomes = []
    for _ in range(2):
        again = browser_as()
        sign_in(again)
        again.post("/account/2fa/authenticate/", {"code": code})
        outcomes.append(signed_in(again))
    return outcomes


def test_a_code_is_good_for_one_sign_in(browser_as: Browser, account: Any) -> None:
    browser = browser_as()
    sign_in(browser)
    secret = with_totp(browser)
    code = totp_code(secret)
    assert used_twice(browser_as, code) == [True, False]


def test_a_recovery_code_signs_in_once(browser_as: Browser, account: Any) -> None:
    browser = browser_as()
    sign_in(browser)
    with_totp(browser)
    code = browser.get("/account/2fa/recovery-codes/download/").content.decode().split()[0]
    assert used_twice(browser_as, code) == [True, False]


def test_a_passkey_is_enrolled_and_signs_in_without_a_password(browser_as: Browser, account: Any) -> None:
    browser = browser_as()
    sign_in(browser)
    passkey = enrolled(with_recent_password(browser))
    again = browser_as()
    told = {"Accept": "application/json", "host": SITE}
    options = again.get("/account/2fa/webauthn/login/", headers=told).json()["request_options"]
    again.post(
        "/account/2fa/webauthn/login/", {"credential": json.dumps(passkey.used(options))}, headers={"host": SITE}
    )
    assert signed_in(again)


def test_a_passkey_answers_its_own_challenge_and_its_own_site_alone(browser_as: Browser, account: Any) -> None:
    browser = browser_as()
    sign_in(browser)
    passkey = enrolled(with_recent_password(browser))
    told = {"Accept": "application/json", "host": SITE}
    first, second = browser_as(), browser_as()
    options = first.get("/account/2fa/webauthn/login/", headers=told).json()["request_options"]
    second.get("/account/2fa/webauthn/login/", headers=told)
    answer = {"credential": json.dumps(passkey.used(options))}
    second.post("/account/2fa/webauthn/login/", answer, headers={"host": SITE})
    assert not signed_in(second)
    passkey._origin = "http://larkenford.example"
    elsewhere = {"credential": json.dumps(passkey.used(options))}
    first.post("/account/2fa/webauthn/login/", elsewhere, headers={"host": SITE})
    assert not signed_in(first)


def test_a_session_that_is_ended_elsewhere_is_over(browser_as: Browser, account: Any) -> None:
    from allauth.usersessions.models import UserSession

    lost, kept, third = browser_as(), browser_as(), browser_as()
    for each in (lost, kept, third):
        sign_in(each)
    session = UserSession.objects.get(session_key=lost.session.session_key)
    assert kept.post(f"/account/sessions/{session.pk}/end").status_code == 302
    assert [signed_in(each) for each in (lost, kept, third)] == [False, True, True]
    kept.post("/account/sessions/")
    assert [signed_in(each) for each in (lost, kept, third)] == [False, True, False]


def test_to_end_sessions_elsewhere_one_shows_who_one_is(browser_as: Browser, account: Any) -> None:
    from allauth.usersessions.models import UserSession

    left, other = browser_as(), browser_as()
    for each in (left, other):
        sign_in(each)
    session = left.session
    session["account_authentication_methods"] = [{"method": "password", "at": time.time() - 16 * 60}]
    session.save()
    theirs = UserSession.objects.get(session_key=other.session.session_key)
    for address in (f"/account/sessions/{theirs.pk}/end", "/account/sessions/"):
        assert left.post(address).headers["Location"].startswith("/account/reauthenticate/")
    assert signed_in(other)


def test_nobody_ends_the_sessions_of_others(browser_as: Browser, account: Any) -> None:
    from allauth.usersessions.models import UserSession

    browser = browser_as()
    sign_in(browser)
    session = UserSession.objects.get(session_key=browser.session.session_key)
    assert browser_as("owner").post(f"/account/sessions/{session.pk}/end").status_code == 404
    assert signed_in(browser)


@pytest.mark.parametrize(("began", "seen"), [(12 * 3600 + 1, 60), (3 * 3600, 2 * 3600 + 1)])
def test_a_session_ends_that_is_old_or_was_left_alone(browser_as: Browser, account: Any, began: int, seen: int) -> None:
    browser = browser_as()
    sign_in(browser)
    assert signed_in(browser)
    session = browser.session
    session["began"], session["seen"] = time.time() - began, time.time() - seen
    session.save()
    assert not signed_in(browser)


def test_a_changed_password_ends_every_session(browser_as: Browser, account: Any) -> None:
    browser, other = browser_as(), browser_as()
    for each in (browser, other):
        sign_in(each)
    changed = {"oldpassword": PASSWORD, "password1": "a kettle on the shelf", "password2": "a kettle on the shelf"}
    assert browser.post("/account/password/change/", changed).status_code == 302
    assert [signed_in(browser), signed_in(other)] == [False, False]


def test_the_gravest_deeds_ask_who_is_there_once_more(browser_as: Browser, account: Any) -> None:
    browser = browser_as()
    sign_in(browser)
    assert browser.get("/account/tokens").status_code == 200
    session = browser.session
    session["account_authentication_methods"] = [{"method": "password", "at": time.time() - 16 * 60}]
    session.save()
    asked = browser.get("/account/tokens")
    assert asked.headers["Location"] == "/account/reauthenticate/?next=%2Faccount%2Ftokens"
    assert browser.post("/account/tokens", {"name": "x", "scopes": "read", "days": 1}).status_code == 302
    assert not account.tokens.exists()
    back = browser.post("/account/reauthenticate/", {"password": PASSWORD, "next": "/account/tokens"})
    assert back.headers["Location"] == "/account/tokens"
    assert browser.get("/account/tokens").status_code == 200


def test_a_token_is_shown_once_and_says_what_it_may_be_used_for(browser_as: Browser, account: Any) -> None:
    from remembrancer.interfaces.web.accounts.models import Token

    browser = browser_as()
    sign_in(browser)
    page = browser.post("/account/tokens", {"name": "the feed reader", "scopes": ["read", "watch"], "days": 30})
    secret = re.search(r"rmb_[\w-]{43}", page.content.decode())
    assert secret
    token = Token.of(secret[0])
    assert token is not None
    assert [token.allows(each) for each in Token.SCOPES] == [True, True, False, False]
    assert "rmb_" not in browser.get("/account/tokens").content.decode()
    assert browser_as("owner").post(f"/account/tokens/{token.pk}/revoke").status_code == 404
    browser.post(f"/account/tokens/{token.pk}/revoke")
    assert Token.of(secret[0]) is None


@pytest.mark.parametrize("typed", [{"scopes": "grant"}, {"days": 366}, {"days": 0}, {"scopes": []}, {"name": ""}])
def test_a_token_is_for_what_tokens_are_for_and_not_for_ever(
    browser_as: Browser, account: Any, typed: dict[str, Any]
) -> None:
    browser = browser_as()
    sign_in(browser)
    browser.post("/account/tokens", {"name": "reader", "scopes": "read", "days": 30} | typed)
    assert not account.tokens.exists()


def test_a_sign_in_leads_back_to_this_office_and_nowhere_else(browser_as: Browser, account: Any) -> None:
    for elsewhere in ("https://evil.example/", "//evil.example/", "javascript:alert(1)"):
        told = {"login": account.email, "password": PASSWORD, "next": elsewhere}
        assert browser_as().post("/account/login/", told).headers["Location"] == "/"


def test_nobody_makes_an_account_unasked(browser_as: Browser) -> None:
    assert browser_as().get("/account/signup/").status_code == 404
    assert browser_as().post("/account/signup/", {"email": "x@larkenford.example"}).status_code == 404


def test_own_pages_are_nobody_elses(browser_as: Browser) -> None:
    for address in ("", "tokens", "sessions/", "2fa/", "email/", "password/change/", "2fa/webauthn/"):
        answer = browser_as().get(f"/account/{address}")
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith("/account/login/")
