"""Accounts are made by invitation alone, and what an invitation grants stands in the record."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from remembrancer.model import OWNER, Exit, Fault, Principal
from remembrancer.office import Office
from remembrancer.office.changing import granting
from tests.web.conftest import SLUG

SECRET_WORDS = "a kettle on the second shelf"
Browser = Callable[..., Any]


@pytest.fixture
def office(django: None, office_directory: Path) -> Iterator[Office]:
    with Office(office_directory) as opened:
        yield opened


def invited(office: Office, email: str, role: str = "member", **told: str) -> str:
    from remembrancer.interfaces.web.accounts import inviting

    bureau = office.body()
    return inviting.invite(bureau, OWNER, email, role, **told).link


def taken_up(browser: Any, link: str, **typed: str) -> Any:
    browser.get(link, follow=True)
    return browser.post("/account/invitation", typed, follow=True)


def principal_of(email: str) -> str:
    from remembrancer.interfaces.web.accounts.models import Account

    return Account.objects.get(email=email).principal


def test_who_takes_up_an_invitation_is_signed_in_and_granted_the_role_by_who_invited(
    browser_as: Browser, office: Office
) -> None:
    bureau = office.body()
    owner = Principal(principal_of("owner@larkenford.example"))
    from remembrancer.interfaces.web.accounts import inviting

    told = inviting.invite(bureau, bureau.principal(owner), "ada@larkenford.example", "clerk", "Ada", "2020-01-01")
    browser = browser_as()
    page = taken_up(browser, told.link, name="Ada Reeve", password=SECRET_WORDS)
    assert page.status_code == 200
    assert "clerk" in browser.get("/account/").content.decode()
    held = [each for each in granting.grants(bureau, OWNER) if each.principal == principal_of("ada@larkenford.example")]
    assert [(each.role, each.since, each.name, each.by) for each in held] == [
        ("clerk", "2020-01-01", "Ada Reeve", owner.name)
    ]


def test_an_invitation_is_good_for_one_account(browser_as: Browser, office: Office) -> None:
    link = invited(office, "bea@larkenford.example")
    assert taken_up(browser_as(), link, name="Bea", password=SECRET_WORDS).status_code == 200
    assert browser_as().get(link, follow=True).status_code == 404


def test_two_browsers_with_one_invitation_make_one_account(browser_as: Browser, office: Office) -> None:
    link = invited(office, "cid@larkenford.example")
    first, second = browser_as(), browser_as()
    second.get(link, follow=True)
    taken_up(first, link, name="Cid", password=SECRET_WORDS)
    assert second.post("/account/invitation", {"name": "Cid", "password": SECRET_WORDS}).status_code == 404


def test_the_address_of_the_page_does_not_show_the_secret(browser_as: Browser, office: Office) -> None:
    link = invited(office, "dot@larkenford.example")
    page = browser_as().get(link, follow=True)
    assert page.redirect_chain == [("/account/invitation", 302)]
    assert link.rpartition("/")[2] not in page.content.decode()


def test_an_invitation_that_ended_opens_nothing(browser_as: Browser, office: Office) -> None:
    from django.utils import timezone

    from remembrancer.interfaces.web.accounts.models import Invitation

    link = invited(office, "eli@larkenford.example")
    browser = browser_as()
    browser.get(link)
    Invitation.objects.filter(email="eli@larkenford.example").update(ends=timezone.now() - timedelta(seconds=1))
    assert browser.get("/account/invitation").status_code == 404
    assert browser_as().get(link).status_code == 404


def test_a_wrong_secret_and_none_at_all_are_told_alike(browser_as: Browser) -> None:
    wrong, none = browser_as().get("/account/invitation/" + "x" * 43), browser_as().get("/account/invitation")
    assert (wrong.status_code, none.status_code) == (404, 404)


def test_an_invitation_is_void_where_who_invited_may_no_longer_grant(browser_as: Browser, office: Office) -> None:
    from remembrancer.interfaces.web.accounts import inviting

    bureau = office.body()
    number = granting.grant(bureau, OWNER, "account:" + "a" * 16, "owner")
    once = bureau.principal(Principal("account:" + "a" * 16))
    link = inviting.invite(bureau, once, "fay@larkenford.example", "member").link
    granting.revoke(bureau, OWNER, number)
    assert browser_as().get(link, follow=True).status_code == 403


@pytest.mark.parametrize("role", ["", "public", "member", "officer", "chair", "clerk", "auditor"])
def test_nobody_but_an_owner_invites(office: Office, role: str) -> None:
    from remembrancer.interfaces.web.accounts import inviting

    principal = Principal("public", frozenset([role] if role else []))
    for deed in (
        lambda: inviting.invite(office.body(), principal, "gil@larkenford.example", "member"),
        lambda: inviting.pending(office.body(), principal),
        lambda: inviting.withdraw(office.body(), principal, 1),
    ):
        with pytest.raises(Fault) as refused:
            deed()
        assert refused.value.exit_code == Exit.REFUSED


@pytest.mark.parametrize(
    ("email", "told"),
    [
        ("no address", {}),
        ("", {}),
        ("hal@larkenford.example", {"role": "public"}),
        ("hal@larkenford.example", {"role": "Not A Role"}),
        ("hal@larkenford.example", {"since": "2025-02-30"}),
        ("hal@larkenford.example", {"since": "2025-02-02", "until": "2025-02-01"}),
    ],
)
def test_what_could_not_be_granted_is_not_offered(office: Office, email: str, told: dict[str, str]) -> None:
    with pytest.raises(Fault) as refused:
        invited(office, email, **told)
    assert refused.value.exit_code == Exit.USAGE


def test_a_withdrawn_invitation_opens_nothing(browser_as: Browser, office: Office) -> None:
    from remembrancer.interfaces.web.accounts import inviting

    link = invited(office, "ida@larkenford.example")
    number = next(each.pk for each in inviting.pending(office.body(), OWNER) if each.email.startswith("ida@"))
    inviting.withdraw(office.body(), OWNER, number)
    assert browser_as().get(link).status_code == 404
    with pytest.raises(Fault):
        inviting.withdraw(office.body(), OWNER, number)


@pytest.mark.parametrize("password", ["", "short", "password1234", "jon@larkenford"])
def test_a_password_that_is_easily_guessed_is_not_taken(browser_as: Browser, office: Office, password: str) -> None:
    from remembrancer.interfaces.web.accounts.models import Account

    page = taken_up(browser_as(), invited(office, "jon@larkenford.example"), name="Jon", password=password)
    assert "errorlist" in page.content.decode()
    assert not Account.objects.filter(email="jon@larkenford.example").exists()


def test_who_has_an_account_signs_in_and_takes_the_role_up_with_it(browser_as: Browser, office: Office) -> None:
    link = invited(office, "public@larkenford.example", "auditor")
    stranger = browser_as()
    assert "/account/login/" in stranger.get(link, follow=True).content.decode()
    made = stranger.post("/account/invitation", {"name": "Not them", "password": SECRET_WORDS})
    assert "There is an account" in made.content.decode()
    browser = browser_as("public")
    browser.get(link)
    browser.post("/account/invitation")
    principal = Principal(principal_of("public@larkenford.example"))
    bureau = office.body()
    assert bureau.principal(principal).roles == {"auditor"}
    for each in granting.grants(bureau, principal):
        granting.revoke(bureau, OWNER, each.entry)


def test_the_first_owner_is_invited_until_there_is_one(browser_as: Browser, office: Office) -> None:
    from remembrancer.interfaces.web.accounts import inviting
    from remembrancer.interfaces.web.accounts.models import Account

    assert inviting.invite_first_owner(office) == ""
    owner = Account.objects.filter(email="owner@larkenford.example")
    owner.update(is_active=False)
    try:
        stale, link = inviting.invite_first_owner(office), inviting.invite_first_owner(office)
        assert browser_as().get(stale).status_code == 404
        page = taken_up(browser_as(), link, email="kit@larkenford.example", name="Kit", password=SECRET_WORDS)
        assert page.status_code == 200
        assert inviting.invite_first_owner(office) == ""
        assert principal_of("kit@larkenford.example") in granting.owners(office.body())
    finally:
        owner.update(is_active=True)


def test_members_are_shown_to_who_may_audit_with_the_entry_that_grants(office: Office) -> None:
    from remembrancer.interfaces.web.accounts import inviting

    shown = inviting.members(office.body(), OWNER)
    chair = next(each for each in shown if each.email == "chair@larkenford.example")
    assert (chair.grant.role, chair.active) == ("chair", True)
    with pytest.raises(Fault):
        inviting.members(office.body(), Principal("role:member"))


def test_accounts_are_kept_by_who_owns_every_body(browser_as: Browser, tmp_path: Path) -> None:
    """The owner of one body cannot close an account that holds a role in another, whatever they bring from theirs."""
    from remembrancer.interfaces.web.accounts import keeping

    with Office.create(tmp_path / "two", "Alder Town") as office:
        office.add_body("Birch Town")
        holder = principal_of("chair@larkenford.example")
        granting.grant(office.body("birch-town"), OWNER, holder, "chair")
        owner = Principal(principal_of("owner@larkenford.example"))
        granting.grant(office.body("alder-town"), OWNER, owner.name, "owner")
        carried = office.body("alder-town").principal(owner)
        with pytest.raises(Fault) as refused:
            keeping.closed(office, carried, "chair@larkenford.example")
        assert refused.value.exit_code == Exit.REFUSED
        assert len(granting.grants(office.body("birch-town"), OWNER)) == 1
        with pytest.raises(Fault):
            keeping.listed(office, carried)


def test_an_invitation_is_mailed_where_mail_is_configured(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.core import mail

    from remembrancer.interfaces.web import settings
    from remembrancer.interfaces.web.accounts import inviting

    monkeypatch.setattr(settings, "SENDS_MAIL", True)
    told = inviting.invite(office.body(), OWNER, "lou@larkenford.example", "member")
    assert told.mailed
    assert told.link in mail.outbox[-1].body
    assert mail.outbox[-1].to == ["lou@larkenford.example"]


def test_pages_of_accounts_are_no_body(office: Office) -> None:
    """A body called as one of the office's own addresses could not be reached, and is not founded."""
    for name in ("Account", "API", "static", "MCP", "healthy", "identity"):
        with pytest.raises(Fault) as refused:
            office.add_body(name)
        assert refused.value.exit_code == Exit.REFUSED
    assert [each.slug for each in office.bodies()] == [SLUG]
