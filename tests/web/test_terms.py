"""Law: by whatever way somebody asks - a page, a program's token, an assistant - a role is theirs from the midnight
with which its term begins, where the body is, to that with which it ends."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from remembrancer.interfaces.mcp.reception import Reception
from remembrancer.model import OWNER, Fault, Principal
from remembrancer.office import Office
from remembrancer.office.changing.granting import grant
from remembrancer.record.log import SystemClock
from tests.web import commons

SLUG = "harbour-trust"
HOUSE = 'timezone = "{zone}"\n'
ZONES = {
    "Pacific/Auckland": (
        "2026-11-21T10:59:59Z",
        "2026-11-21T11:00:00Z",
        "2026-11-23T10:59:59Z",
        "2026-11-23T11:00:00Z",
    ),
    "America/Los_Angeles": (
        "2026-11-22T07:59:59Z",
        "2026-11-22T08:00:00Z",
        "2026-11-24T07:59:59Z",
        "2026-11-24T08:00:00Z",
    ),
}
"""By time zone: the last second before, the first and the last of 22 and 23 November 2026, and the first after."""


@pytest.fixture(params=ZONES)
def moments(
    django: None, request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Iterator[str]]:
    """The clock goes on to each in turn, in an office where who is no clerk yet becomes one for two days."""
    from remembrancer.interfaces.web.accounts.models import Account

    account = Account.objects.get(email="public@larkenford.example")
    with Office.create(tmp_path / "office", "Harbour Trust", HOUSE.format(zone=request.param)) as office:
        grant(office.body(), OWNER, account.principal, "clerk", "2026-11-22", "2026-11-23")

    def going_on() -> Iterator[str]:
        for moment in ZONES[request.param]:
            monkeypatch.setattr(SystemClock, "now", lambda _, moment=moment: moment)
            yield moment

    with commons.serving(tmp_path / "office", monkeypatch):
        yield going_on()


def test_by_a_session(moments: Iterator[str], browser_as: Callable[..., Any]) -> None:
    client = browser_as("public")
    assert [client.get(f"/{SLUG}/desk/").status_code for _ in moments] == [403, 200, 200, 403]


def test_by_a_token(moments: Iterator[str]) -> None:
    from django.test import Client

    from remembrancer.interfaces.web.accounts.models import Account, Token

    account = Account.objects.get(email="public@larkenford.example")
    client = Client(headers={"authorization": f"Bearer {Token.issue(account, 'A term', list(Token.SCOPES))[1]}"})
    assert [client.get(f"/api/v1/{SLUG}/queue").status_code for _ in moments] == [403, 200, 200, 403]


def test_by_an_assistant(moments: Iterator[str]) -> None:
    from remembrancer.interfaces.web.accounts.models import Account
    from remembrancer.interfaces.web.serving import opened

    account = Account.objects.get(email="public@larkenford.example")
    reception = Reception(opened.lender(), lambda: Principal(account.principal))

    def is_admitted() -> bool:
        try:
            with reception.asked(SLUG, "settle"):
                return True
        except Fault:
            return False

    assert [is_admitted() for _ in moments] == [False, True, True, False]
