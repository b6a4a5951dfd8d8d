"""What the journal says of who came in and who was refused, what it never says, and who reads it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest

from tests.web.conftest import SLUG
from tests.web.founding import PASSWORD
from tests.web.test_accounts_signing_in import sign_in, totp_code, with_totp
from tests.web.test_record_pages import sent

Browser = Callable[..., Any]
TYPED = "in the third drawer"


@pytest.fixture
def account(django: None) -> Iterator[Any]:
    """Somebody without a role, and a journal that begins with them."""
    from remembrancer.interfaces.web.accounts.inviting import new_account
    from remembrancer.interfaces.web.accounts.models import Occurrence

    Occurrence.objects.all().delete()
    made = new_account("ida@larkenford.example", "Ida", PASSWORD)
    yield made
    made.delete()


def told(account: Any = None) -> list[tuple[str, str, str]]:
    """What, with what outcome, by which deed or means; oldest first."""
    from remembrancer.interfaces.web.accounts.models import Occurrence

    lines = Occurrence.objects.order_by("pk")
    lines = lines.filter(account=account.principal) if account else lines
    return [(each.what, each.outcome, each.details.get("deed", "") or each.details.get("by", "")) for each in lines]


def test_signing_in_and_out_and_failing_to_are_noted_of_the_account(browser_as: Browser, account: Any) -> None:
    browser = browser_as()
    sign_in(browser, account.email, TYPED)
    sign_in(browser, account.email)
    browser.post("/account/logout/")
    assert told(account) == [("sign-in", "refused", ""), ("sign-in", "done", "password"), ("sign-out", "done", "")]


def test_an_address_that_nobody_has_is_noted_without_what_was_typed(browser_as: Browser, account: Any) -> None:
    from remembrancer.interfaces.web.accounts.models import Occurrence

    sign_in(browser_as(), "a-password-in-the-wrong-field@larkenford.example", TYPED)
    (line,) = Occurrence.objects.all()
    assert (line.account, line.what, line.outcome, line.details) == ("", "sign-in", "refused", {})


def test_too_many_passwords_are_noted_as_that(browser_as: Browser, account: Any) -> None:
    for _ in range(6):
        sign_in(browser_as(), account.email, TYPED)
    assert told(account) == [*[("sign-in", "refused", "")] * 5, ("sign-in", "limit", "")]


def test_factors_are_noted_when_they_are_added_used_and_wrong(browser_as: Browser, account: Any) -> None:
    browser = browser_as()
    sign_in(browser, account.email)
    seed = with_totp(browser)
    again = browser_as()
    sign_in(again, account.email)
    again.post("/account/2fa/authenticate/", {"code": "000000"})
    again.post("/account/2fa/authenticate/", {"code": totp_code(seed)})
    noted = told(account)
    assert ("second-factor", "done", "added") in noted
    assert noted[-2:] == [("second-factor", "refused", ""), ("sign-in", "done", "password, codes")]


def test_a_changed_password_and_who_confirms_are_noted(browser_as: Browser, account: Any) -> None:
    browser = browser_as()
    sign_in(browser, account.email)
    browser.post("/account/reauthenticate/", {"password": TYPED})
    browser.post("/account/reauthenticate/", {"password": PASSWORD})
    changed = {"oldpassword": PASSWORD, "password1": "a kettle on the shelf", "password2": "a kettle on the shelf"}
    browser.post("/account/password/change/", changed)
    noted = told(account)
    assert noted[1:3] == [("confirmation", "refused", ""), ("confirmation", "done", "password")]
    assert ("password", "done", "changed") in noted


def test_who_confirms_goes_on_in_a_session_with_another_key(browser_as: Browser, account: Any) -> None:
    """Who knew the session before does not share in what the confirmation opens."""
    from allauth.usersessions.models import UserSession

    browser = browser_as()
    sign_in(browser, account.email)
    before = browser.session.session_key
    browser.post("/account/reauthenticate/", {"password": PASSWORD})
    after = browser.session.session_key
    assert before != after
    assert [each.session_key for each in UserSession.objects.filter(user=account)] == [after]
    assert browser.get("/account/").status_code == 200


def test_tokens_made_revoked_and_of_no_use_are_noted(browser_as: Browser, account: Any) -> None:
    from django.test import Client

    browser = browser_as()
    sign_in(browser, account.email)
    browser.post("/account/tokens", {"name": "reader", "scopes": ["read"], "days": 30})
    browser.post(f"/account/tokens/{account.tokens.get().pk}/revoke")
    Client(headers={"authorization": "Bearer rmb_nonesuch"}).get("/api/v1/bodies")
    assert told()[1:] == [("token", "done", "made"), ("token", "done", "revoked"), ("token", "refused", "")]


def test_a_refusal_and_a_forged_form_are_noted_with_the_page(browser_as: Browser, account: Any) -> None:
    from django.test import Client

    from remembrancer.interfaces.web.accounts.models import Account, Occurrence

    member = Account.objects.get(email="member@larkenford.example")
    browser_as("member").get(f"/{SLUG}/owner/members")
    strict = Client(enforce_csrf_checks=True)
    strict.post("/account/login/", {"login": "x", "password": TYPED})
    first, second = Occurrence.objects.order_by("pk")
    assert (first.account, first.what, first.outcome) == (member.principal, "page", "refused")
    assert first.details == {"route": "members", "method": "GET"}
    assert (second.account, second.details) == ("", {"route": "account_login", "method": "POST"})


def test_a_line_holds_no_secret_nothing_typed_and_a_neighbourhood_for_an_address(
    browser_as: Browser, account: Any
) -> None:
    from remembrancer.interfaces.web.accounts import journal
    from remembrancer.interfaces.web.accounts.models import Occurrence

    browser = browser_as()
    browser.defaults["REMOTE_ADDR"] = "203.0.113.77"
    sign_in(browser, account.email, TYPED)
    sign_in(browser, account.email)
    page = browser.post("/account/tokens", {"name": "a name that I typed", "scopes": ["read"], "days": 30})
    secret = re.search(r"rmb_[\w-]{43}", page.content.decode())
    assert secret
    lines = [journal.as_json(each) for each in Occurrence.objects.all()]
    for word in (TYPED, PASSWORD, account.email, "Ida", "a name that I typed", secret[0], "203.0.113.77"):
        assert not any(word in line for line in lines)
    assert {json.loads(line)["network"] for line in lines} == {"203.0.113.0/24"}
    assert all(re.fullmatch(r"[\d-]{10}T[\d:.]{12}Z", json.loads(line)["at"]) for line in lines)
    assert [journal._network(each) for each in ("2001:db8:1:2::/64", "", "unix")] == ["2001:db8:1::/48", "", ""]


def test_refusals_without_end_do_not_fill_the_journal(browser_as: Browser, account: Any) -> None:
    from django.test import Client

    for _ in range(30):
        Client(headers={"authorization": "Bearer rmb_nonesuch"}).get("/api/v1/bodies")
    assert len(told()) == 20


def test_lines_go_after_their_time_and_the_oldest_of_too_many(account: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.utils import timezone

    from remembrancer.interfaces.web.accounts import journal
    from remembrancer.interfaces.web.accounts.models import Occurrence

    Occurrence.objects.create(at=timezone.now() - timedelta(days=181), what="sign-in", outcome="done")
    for _ in range(3):
        Occurrence.objects.create(what="sign-out", outcome="done")
    journal.prune()
    assert [each[0] for each in told()] == ["sign-out"] * 3
    monkeypatch.setattr(journal, "LARGEST", 2)
    newest = Occurrence.objects.order_by("-pk")[0]
    journal.prune()
    assert len(told()) == 2
    assert Occurrence.objects.filter(pk=newest.pk).exists()


@pytest.mark.parametrize(
    ("role", "status"), [("", 302), ("member", 403), ("clerk", 403), ("auditor", 200), ("owner", 200)]
)
def test_the_whole_journal_is_for_the_owner_and_the_auditor(
    browser_as: Browser, account: Any, role: str, status: int
) -> None:
    sign_in(browser_as(), account.email)
    browser = browser_as(role)
    answer = browser.get(f"/{SLUG}/owner/sign-ins")
    lines = browser.get(f"/{SLUG}/owner/sign-ins.jsonl")
    assert (answer.status_code, lines.status_code) == (status, status)
    if status == 200:
        assert "Ida" in answer.content.decode()
        read = [json.loads(line) for line in sent(lines).decode().splitlines()]
        assert read[-1] | {"at": ""} == {
            "at": "",
            "account": account.principal,
            "what": "sign-in",
            "outcome": "done",
            "network": "127.0.0.0/24",
            "by": "password",
        }


def test_it_is_shown_by_pages_and_by_what_it_is_about(browser_as: Browser, account: Any) -> None:
    from remembrancer.interfaces.web.accounts import journal

    for _ in range(60):
        journal.note("sign-out", "done", account)
    owner = browser_as("owner")
    assert owner.get(f"/{SLUG}/owner/sign-ins").content.decode().count("<tr>") == 51
    assert owner.get(f"/{SLUG}/owner/sign-ins?page=2").content.decode().count("<tr>") == 11
    assert owner.get(f"/{SLUG}/owner/sign-ins?what=token").content.decode().count("<tr>") == 0


def test_everybody_sees_what_concerned_their_own_account_and_no_other(browser_as: Browser, account: Any) -> None:
    from remembrancer.interfaces.web.accounts import journal
    from remembrancer.interfaces.web.accounts.models import Account

    journal.note("invitation", who=Account.objects.get(email="owner@larkenford.example"), deed="made")
    browser = browser_as()
    sign_in(browser, account.email)
    page = browser.get("/account/journal").content.decode()
    assert page.count("<tr>") == 2
    assert "Sign-in" in page
    assert "Invitation" not in page
