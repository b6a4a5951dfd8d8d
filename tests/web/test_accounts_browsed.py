"""Signing in as people do it, in a real Chromium; its authenticator is virtual, as a telephone's would be."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.web import browsing
from tests.web.founding import PASSWORD

PageAs = Callable[..., Any]
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
OWN = (
    "",
    "journal",
    "tokens",
    "sessions/",
    "email/",
    "password/change/",
    "reauthenticate/",
    "logout/",
    "3rdparty/",
    "2fa/",
)
OWN += ("2fa/", "2fa/webauthn/", "2fa/webauthn/add/", "2fa/totp/activate/")


@pytest.fixture
def by_name(served: str) -> str:
    """The office by the name of this machine: browsers make passkeys for no number."""
    return served.replace("127.0.0.1", "localhost")


@pytest.fixture
def link(django: None, office_directory: Any, by_name: str) -> Iterator[str]:
    """An invitation to be a member."""
    from remembrancer.interfaces.web.accounts import inviting
    from remembrancer.interfaces.web.accounts.models import Account
    from remembrancer.model import OWNER
    from remembrancer.office import Office

    with Office(office_directory) as office:
        told = inviting.invite(office.body(), OWNER, "yma@larkenford.example", "member", "Yma")
    yield f"{by_name}/account/invitation/{told.link.rpartition('/')[2]}"
    Account.objects.filter(email="yma@larkenford.example").delete()


def with_authenticator(page: Any) -> Any:
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    return page


def test_an_invitation_is_taken_up_with_a_passkey_which_signs_in_afterwards(
    page_as: PageAs, link: str, by_name: str
) -> None:
    page = with_authenticator(page_as())
    page.goto(link)
    page.get_by_role("button", name="Use a passkey instead").click()
    page.get_by_label("What you call it").fill("the telephone")
    page.get_by_role("button", name="Add it").click()
    page.wait_for_url("**/recovery-codes/")
    page.goto(f"{by_name}/account/2fa/webauthn/")
    assert page.get_by_role("heading", name="the telephone").is_visible()
    page.goto(f"{by_name}/account/logout/")
    page.get_by_role("main").get_by_role("button", name="Sign out").click()
    page.goto(f"{by_name}/account/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.get_by_role("link", name="Yma").wait_for()


def test_a_passkey_that_is_not_there_is_said_on_the_page(page_as: PageAs, by_name: str) -> None:
    page = with_authenticator(page_as())
    page.goto(f"{by_name}/account/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.get_by_role("alert").get_by_text("The passkey was not used.").wait_for()


def test_a_password_signs_in_with_the_keyboard_alone_and_without_javascript(page_as: PageAs, served: str) -> None:
    page = page_as(java_script_enabled=False)
    page.goto("/account/login/")
    page.get_by_label("Email").focus()
    page.keyboard.type("member@larkenford.example")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.get_by_role("link", name="The member").wait_for()


@pytest.mark.parametrize("address", ["login/", "password/reset/", "inactive/"])
def test_nobodys_pages_are_without_fault(page_as: PageAs, address: str) -> None:
    page = page_as()
    page.goto(f"/account/{address}")
    browsing.faultless(page)


def test_ones_own_pages_are_without_fault(page_as: PageAs) -> None:
    page = page_as("clerk")
    for address in OWN:
        page.goto(f"/account/{address}")
        browsing.faultless(page)


def test_an_invitation_is_without_fault(page_as: PageAs, link: str) -> None:
    page = page_as()
    page.goto(link)
    browsing.faultless(page)
