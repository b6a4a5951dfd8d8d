"""Assistants call no more often than other programs, and have no more than the account that let them in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from mcp.server.auth.middleware.auth_context import auth_context_var
from mcp.server.auth.middleware.bearer_auth import AuthenticatedUser
from mcp.server.auth.provider import AccessToken
from starlette.responses import PlainTextResponse
from starlette.testclient import TestClient
from starlette.types import Receive, Scope, Send

from remembrancer.model import Principal


@pytest.fixture
def caller(django: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Calls from an address, with or without a token, where three calls a minute may be made."""
    from remembrancer.interfaces.mcp.counting import Counted
    from remembrancer.interfaces.web import settings

    monkeypatch.setattr(settings, "CALLS_A_MINUTE", 3)

    def called(address: str = "203.0.113.7", token: str = "", **headers: str) -> Any:
        async def known(scope: Scope, receive: Receive, send: Send) -> None:
            user = {"user": AuthenticatedUser(_token(token))} if token else {}
            await Counted(PlainTextResponse("answered"))({**scope, **user}, receive, send)

        return TestClient(known, client=(address, 50000)).post("/mcp", headers=headers)

    yield called


def _token(name: str, two: bool = True) -> AccessToken:
    return AccessToken(token="x", client_id=name, scopes=["read"], subject="account:x", claims={"two_factors": two})


def test_who_calls_too_often_waits_by_address_or_by_token(caller: Any) -> None:
    answers = [caller() for _ in range(4)]
    assert [each.status_code for each in answers] == [200, 200, 200, 429]
    assert 0 < int(answers[-1].headers["Retry-After"]) <= 60
    assert caller("203.0.113.8").status_code == 200
    assert [caller(token="reader").status_code for _ in range(4)] == [200, 200, 200, 429]
    assert caller(token="another").status_code == 200


def test_a_token_of_no_use_is_noted_and_so_is_who_calls_too_often(caller: Any) -> None:
    from remembrancer.interfaces.web.accounts.models import Occurrence

    Occurrence.objects.all().delete()
    for _ in range(4):
        caller(authorization="Bearer nonesuch")
    noted = list(Occurrence.objects.order_by("pk").values_list("what", "outcome", "network"))
    assert noted[0] == ("token", "refused", "203.0.113.0/24")
    assert noted[-1] == ("calls", "limit", "203.0.113.0/24")


@pytest.mark.parametrize(("two", "roles"), [(True, {"owner"}), (False, {"member"})])
def test_an_assistant_of_an_owner_who_lacks_a_second_factor_sees_what_members_see(
    django: None, monkeypatch: pytest.MonkeyPatch, two: bool, roles: set[str]
) -> None:
    from remembrancer.interfaces.mcp.bearers import as_shown
    from remembrancer.interfaces.web import settings

    monkeypatch.setattr(settings, "SECOND_FACTOR", frozenset({"owner"}))
    shown = auth_context_var.set(AuthenticatedUser(_token("reader", two)))
    try:
        assert as_shown(Principal("account:x", frozenset({"owner"}))).roles == roles
    finally:
        auth_context_var.reset(shown)
