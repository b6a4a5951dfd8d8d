"""What a role is worth that asks for a second factor until its holder has one; how factors and secrets are kept."""

from __future__ import annotations

import re
import stat
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from remembrancer.model import Exit, Fault, Principal
from tests.web.conftest import SLUG
from tests.web.founding import PASSWORD
from tests.web.test_accounts_signing_in import enrolled, sign_in, totp_code, with_totp

Browser = Callable[..., Any]
KEPT_BY_OWNERS = f"/{SLUG}/owner/members"


@pytest.fixture
def asked(django: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Owners, clerks and auditors are asked for a second factor."""
    from remembrancer.interfaces.web import settings

    monkeypatch.setattr(settings, "SECOND_FACTOR", frozenset(("owner", "clerk", "auditor")))


@pytest.fixture
def owner(django: None, office_directory: Path) -> Iterator[Any]:
    """Another owner, whose factors no other test changes."""
    from remembrancer.interfaces.web.accounts.beginning import add_account
    from remembrancer.office import Office

    with Office(office_directory) as office:
        made = add_account(office, "nell@larkenford.example", "Nell", PASSWORD, ["owner"])
    yield made
    made.delete()


def test_an_owner_without_a_second_factor_sees_what_members_see_and_is_led_to_set_one_up(
    asked: None, owner: Any, browser_as: Browser
) -> None:
    browser = browser_as()
    assert sign_in(browser, owner.email).headers["Location"] == "/account/2fa/"
    assert browser.get(KEPT_BY_OWNERS).headers["Location"] == "/account/2fa/"
    assert browser.post(f"{KEPT_BY_OWNERS}/grant").status_code == 403
    assert "Your role asks for a second factor" in browser.get(f"/{SLUG}/").content.decode()
    with_totp(browser)
    assert browser.get(KEPT_BY_OWNERS).status_code == 200
    assert "Your role asks for a second factor" not in browser.get(f"/{SLUG}/").content.decode()


def test_a_passkey_is_a_second_factor_and_is_added_right_after_signing_in_without_asking_again(
    asked: None, owner: Any, browser_as: Browser
) -> None:
    browser = browser_as()
    sign_in(browser, owner.email)
    enrolled(browser)
    assert browser.get(KEPT_BY_OWNERS).status_code == 200


def test_a_program_has_no_more_than_its_account(asked: None, owner: Any, browser_as: Browser) -> None:
    from django.test import Client

    from remembrancer.interfaces.web.accounts.models import Token

    program = Client(headers={"authorization": f"Bearer {Token.issue(owner, 'A test', ['read'])[1]}"})
    assert program.get(f"/api/v1/{SLUG}/grants").status_code == 403
    browser = browser_as()
    sign_in(browser, owner.email)
    with_totp(browser)
    assert program.get(f"/api/v1/{SLUG}/grants").status_code == 200


@pytest.mark.parametrize(
    ("asks", "held", "left"),
    [
        ((), {"owner"}, {"owner"}),
        (("owner",), {"owner"}, {"member"}),
        (("owner", "clerk"), {"clerk", "chair"}, {"chair", "member"}),
        (("auditor",), {"auditor"}, set()),
        (("clerk", "member"), {"clerk"}, set()),
        (("everybody",), {"owner", "member"}, set()),
    ],
)
def test_who_lacks_the_factor_keeps_the_other_roles_and_what_members_see(
    django: None, monkeypatch: pytest.MonkeyPatch, asks: tuple[str, ...], held: set[str], left: set[str]
) -> None:
    from remembrancer.interfaces.web import settings
    from remembrancer.interfaces.web.accounts.factors import without

    monkeypatch.setattr(settings, "SECOND_FACTOR", frozenset(asks))
    assert without(Principal("account:x", frozenset(held))).roles == left


def test_the_settings_name_roles_everybody_or_nobody(django: None) -> None:
    from remembrancer.interfaces.web.settings import _second_factor

    assert _second_factor("nobody") == frozenset()
    assert _second_factor("everybody") == {"everybody"}
    assert _second_factor(["owner", "clerk"]) == {"owner", "clerk"}
    with pytest.raises(Fault, match="mayor is no role"):
        _second_factor(["mayor"])


# How they are kept.


def test_the_database_alone_tells_no_seed_and_another_key_opens_none(
    owner: Any, browser_as: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    from allauth.mfa.models import Authenticator

    from remembrancer.interfaces.web.accounts import sealing

    browser = browser_as()
    sign_in(browser, owner.email)
    seed = with_totp(browser)
    codes = browser.get("/account/2fa/recovery-codes/download/").content.decode().split()
    kept = " ".join(str(each.data) for each in Authenticator.objects.filter(user=owner))
    assert seed not in kept
    assert not any(code in kept for code in codes)
    assert sealing.opened(sealing.sealed("a seed")) == "a seed"
    other = sealing.sealed("a seed")
    monkeypatch.setattr(sealing, "sealing_key", lambda _office: "A" * 43 + "=")
    assert re.fullmatch("[A-Z2-7]{32}", sealing.opened(other))
    assert sealing.opened(other) != sealing.opened(other), "nobody can know it"


def test_a_code_of_the_half_minute_before_is_not_taken(owner: Any, browser_as: Browser) -> None:
    from allauth.mfa.totp.internal import auth

    browser = browser_as()
    sign_in(browser, owner.email)
    seed = with_totp(browser)
    now = next(auth.yield_hotp_counters_from_time())
    for step in (-1, 1):
        assert not auth.validate_totp_code(seed, auth.format_hotp_value(auth.hotp_value(seed, now + step)))
    assert auth.validate_totp_code(seed, totp_code(seed))


def test_a_secret_is_made_once_on_a_disk_without_links_also_by_two_at_a_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import os

    from remembrancer.interfaces.web.serving import secrets

    monkeypatch.delattr(os, "link")
    made: list[str] = []
    threads = [threading.Thread(target=lambda: made.append(secrets.secret_key(tmp_path))) for _ in range(8)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert len(made) == 8
    assert len(set(made)) == 1
    assert [each.name for each in (tmp_path / "web").iterdir()] == ["secret.key"]
    if os.name != "nt":
        assert stat.S_IMODE((tmp_path / "web" / "secret.key").stat().st_mode) == 0o600


def test_a_secret_that_was_begun_and_never_written_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from remembrancer.interfaces.web.serving import secrets

    monkeypatch.setattr(secrets, "PATIENCE", 0.05)
    (tmp_path / "web").mkdir()
    (tmp_path / "web" / "secret.key").touch()
    with pytest.raises(Fault, match="is empty") as fault:
        secrets.secret_key(tmp_path)
    assert fault.value.exit_code is Exit.CHECK_FAILED


# Passwords.


@pytest.mark.parametrize(
    "password",
    [
        "Password1234!",
        "iloveyou12345",
        "qwertyuiop123",
        "aaaaaaaaaaaaaaaa",
        "1234567890123456",
        "larkenford2024!",
        "LarkenfordTownCouncil",
        "nell.larkenford",
        "remembrancer2026",
        "summer2024summer",
        "letmeinletmein",
    ],
)
def test_a_password_of_a_list_a_pattern_or_the_body_s_name_is_not_taken(django: None, password: str) -> None:
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError

    from remembrancer.interfaces.web.accounts.models import Account

    with pytest.raises(ValidationError):
        validate_password(password, Account(email="nell@larkenford.example", name="Nell"))


@pytest.mark.parametrize(
    "password",
    ["in the second drawer", "a kettle on the shelf", "über den Wipfeln Ruh", "x7$kQ2!mP9zL", "w" + "oq7 " * 60],
)
def test_any_other_password_is_taken(django: None, password: str) -> None:
    from django.contrib.auth.password_validation import validate_password

    validate_password(password)
