"""Who is let in where, and told what, as one table written by hand: every route, operation and tool, as everybody.

``ADMITTED`` is what the program must do, not what its own tables say; one that is not in it fails.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from functools import cache, partial
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from tests.web import commons
from tests.web.commons import READS, SLUG, Thing
from tests.web.test_record_pages import sent

EVERYBODY = tuple(READS)
ACCOUNTS = tuple(role for role in READS if role)
CLERK, AUDIT, OWNER = ("clerk", "owner"), ("auditor", "clerk", "owner"), ("owner",)
INSPECT = ("auditor", "owner")

ADMITTED: Mapping[tuple[str, ...], str] = {
    EVERYBODY: """
        front healthy look events ask search suggest register decisions decision extract extract-file
        evidence-file proof-file vote motion actions matters matter sittings sitting sources source source-page
        as-it-came link people person feeds feed-sittings feed-decisions calendar own-calendar own-feed
        checkpoint record record_keys removals record_download record_extends
        entry entry_envelope entry_payload entry_proof entry_blob
        account_login account_logout account_inactive account_reset_password account_reset_password_done
        account_reset_password_from_key account_reset_password_from_key_done account_confirm_email
        account_email_verification_sent mfa_authenticate mfa_login_webauthn
        openid_connect_login openid_connect_callback
        socialaccount_login_cancelled socialaccount_login_error socialaccount_signup invitation invitation_opened
        authorization_server authorize token idp:oidc:configuration idp:oidc:jwks idp:oidc:revoke idp:oidc:userinfo
        idp:oidc:client_registration api-description api-page api-nothing
        api:bodies api:ask api:search api:facets api:verify-quotation api:sittings api:sitting api:element
        api:sources api:source api:as-it-came api:findings api:people api:person
        api:decisions api:decision api:extract api:evidence api:matters api:matter api:motions api:motion api:votes
        api:vote api:actions api:notices api:log api:checkpoint api:proof api:blob""",
    ACCOUNTS: """
        account account_reauthenticate account_email account_change_password account_set_password
        mfa_index mfa_reauthenticate mfa_activate_totp mfa_deactivate_totp mfa_view_recovery_codes
        mfa_generate_recovery_codes mfa_download_recovery_codes mfa_list_webauthn mfa_add_webauthn mfa_edit_webauthn
        mfa_remove_webauthn mfa_reauthenticate_webauthn socialaccount_connections usersessions_list
        session_end own_journal tokens token_revoke assistants assistant_end feed-add feed-revoke
        watches watch watch_add watch_remove
        api:watches api:add-watch api:remove-watch api:news api:note-news""",
    CLERK: """
        desk queue settle take_back findings classify reading reading_job reading_progress reading_answer
        requests request request_add request_determine request_close request_forget request_copy
        retention hold release dispose house house_check house_version house_file house_read_again
        rules rules_check rules_file
        api:queue api:confirm api:dismiss api:correct api:classify api:read api:requests api:request""",
    INSPECT: "journal journal_lines",
    AUDIT: "record_roles health_verify job api:grants",
    OWNER: """
        owner body_rename body_add members member_invite member_withdraw member_grant member_revoke
        accounts account_sign_out account_close any_token_revoke health health_mail backup schedule""",
}
"""Which roles each route lets in."""

TOOLS = {"ask", "search", "decisions_in_force", "matter", "sitting", "verify_quotation"}
RESOURCES = {"bodies", "sittings", "identified"}
"""What assistants may call: every one of them is for everybody."""

NAMED: Mapping[str, object] = {
    "identity": "decision-aaaaaaaaaaaaaaaa",
    "sha": "a" * 64,
    "number": 1,
    "pk": 1,
    "entry": 1,
    "size": 1,
    "name": "nonesuch",
    "secret": "nonesuch",
    "client": "nonesuch",
    "key": "nonesuch",
    "uidb36": "1",
    "provider_id": "organisation",
    "rest": "nonesuch",
    "body": SLUG,
}
"""What the addresses of routes are filled with."""

UNSAFE = {"account_logout"}
"""What is not asked for by who is signed in: it would end their session."""

ROOMS = {
    "decision": "decisions/{0.decision}",
    "extract": "decisions/{0.decision}/extract",
    "extract-file": "decisions/{0.decision}/extract.txt",
    "evidence-file": "decisions/{0.decision}/evidence.zip",
    "proof-file": "decisions/{0.decision}/proof.txt",
    "matter": "matters/{0.matter}",
    "motion": "motions/{0.motion}",
    "vote": "votes/{0.vote}",
    "as-it-came": "sources/{0.source}/as-it-came",
    "entry_payload": "record/entries/{0.entry}/payload",
    "entry_blob": "record/entries/{0.entry}/blobs/{0.source}",
    **{
        f"link to a {kind}": f"id/{{0.{kind}}}" for kind in ("decision", "matter", "vote", "action", "person", "speech")
    },
}
"""Pages of one thing."""

OPERATIONS = {
    "decision": "decisions/{0.decision}",
    "extract": "decisions/{0.decision}/extract",
    "evidence": "decisions/{0.decision}/evidence",
    "matter": "matters/{0.matter}",
    "motion": "motions/{0.motion}",
    "vote": "votes/{0.vote}",
    "element": "elements/{0.speech}",
    "as-it-came": "sources/{0.source}/as-it-came",
    "blob": "record/blobs/{0.source}",
}
"""Operations that tell one thing."""


@pytest.fixture(scope="module")
def weald(django: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office with matter of each closed class, where the demo's accounts hold their roles."""
    from remembrancer.interfaces.web.accounts.models import Account, Token

    office = commons.founded(tmp_path_factory.mktemp("weald"), closed=True)
    commons.grant_roles(office)
    # The first token, which the table revokes by its number, is not the one that a program shows.
    Token.issue(Account.objects.get(email="public@larkenford.example"), "The first", ["read"])
    return office


@pytest.fixture(scope="module")
def closed(weald: Path) -> Mapping[str, Thing]:
    return commons.things(weald)


@pytest.fixture
def at_the_weald(
    weald: Path, browser_as: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[..., Any]]:
    """The test client at that office; programs call as often as they like."""
    from remembrancer.interfaces.web import settings

    monkeypatch.setattr(settings, "CALLS_A_MINUTE", 1_000_000)
    with commons.serving(weald, monkeypatch):
        yield browser_as


@pytest.fixture
def program_as(at_the_weald: Callable[..., Any]) -> Callable[[str], Any]:
    """A program with a token of a role that may do all that tokens can."""
    from django.test import Client

    from remembrancer.interfaces.web.accounts.models import Account, Token

    def as_role(role: str) -> Any:
        if not role:
            return Client()
        account = Account.objects.get(email=f"{role}@larkenford.example")
        secret = Token.issue(account, "A test", list(Token.SCOPES))[1]
        return Client(headers={"authorization": f"Bearer {secret}"})

    return as_role


def admitted() -> dict[str, tuple[str, ...]]:
    return {name: roles for roles, names in ADMITTED.items() for name in names.split()}


@cache
def addresses() -> dict[str, str]:
    """The address, filled in, of every route that is served at all."""
    from django.urls import get_resolver

    from remembrancer.interfaces.web.routes import ROUTES

    return {name: _filled(name) for name in _names(get_resolver().url_patterns, ()) if name in ROUTES}


def _names(patterns: Any, within: tuple[str, ...]) -> Iterator[str]:
    for each in patterns:
        if hasattr(each, "url_patterns"):
            yield from _names(each.url_patterns, (*within, each.namespace) if each.namespace else within)
        else:
            yield ":".join((*within, each.name or ""))


def _filled(name: str) -> str:
    """The address of a route, by whichever of the names that it asks for."""
    from django.urls import NoReverseMatch, reverse

    for many in range(4):
        for keys in combinations(NAMED, many):
            with suppress(NoReverseMatch):
                return reverse(name, kwargs={key: NAMED[key] for key in keys})
    raise AssertionError(f"{name} has an address that is not in NAMED.")


def told(answer: Any) -> bytes:
    """All that an answer says: its headers, and its body or what is streamed of it, unless it has no end."""
    endless = answer.headers.get("Content-Type") == "text/event-stream" and answer.streaming
    data = b"" if endless else sent(answer) if answer.streaming else answer.content
    if data.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            data = b"".join(each.filename.encode() + archive.read(each) for each in archive.infolist())
    return str(dict(answer.headers)).encode() + str(answer.cookies).encode() + data


def is_refused(answer: Any) -> bool:
    """Whether the guard let somebody not come to the page at all."""
    if answer.status_code == 401:
        return b"This is for accounts alone." in answer.content
    if answer.status_code == 302:
        return bool(answer.headers["Location"].startswith("/account/login/?next="))
    return bool(answer.status_code == 403 and b"This is not for your account." in answer.content)


# Every route.


def test_every_route_operation_and_tool_has_a_row(django: None) -> None:
    from remembrancer.interfaces.mcp.resources import RESOURCES as offered
    from remembrancer.interfaces.mcp.tools import TOOLS as tools
    from remembrancer.interfaces.rest.operations import OPERATIONS as operations
    from remembrancer.interfaces.web.routes import ROUTES

    assert set(ROUTES) == set(admitted())
    assert {f"api:{name}" for name in operations} <= set(admitted())
    assert set(addresses()) == set(ROUTES), "each has an address"
    assert (set(tools), {each.name for each in offered.values()}) == (TOOLS, RESOURCES)
    assert {*tools.values(), *(each.need for each in offered.values())} == {"everyone"}


def test_a_route_without_a_row_is_served_to_nobody(at_the_weald: Callable[..., Any]) -> None:
    for address in ("/account/signup/", "/identity/o/device", "/identity/o/logout", "/account/social/signup/"):
        for role in ("", "owner"):
            assert at_the_weald(role).get(address).status_code == 404


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("role", READS)
def test_every_route_lets_in_whom_the_table_names_and_tells_them_nothing_that_is_closed_to_them(
    at_the_weald: Callable[..., Any], program_as: Callable[[str], Any], role: str, method: str
) -> None:
    browser, program, secrets = at_the_weald(role), program_as(role), commons.secrets_from(role)
    wrong = {}
    for name, address in addresses().items():
        if name in UNSAFE:
            continue
        caller = program if name.startswith("api:") else browser
        answer = getattr(caller, method)(address)
        lets_in, heard = not is_refused(answer), told(answer)
        if lets_in != (role in admitted()[name]) or (answer.status_code >= 500 and answer.status_code != 503):
            wrong[name] = (answer.status_code, answer.headers.get("Location", ""))
        if any(secret in heard for secret in secrets):
            wrong[name] = ("tells", [secret for secret in secrets if secret in heard])
    assert wrong == {}


# What is closed, thing by thing.


@pytest.mark.parametrize("role", READS)
def test_a_closed_thing_has_a_page_for_who_may_read_it_and_for_nobody_else(
    at_the_weald: Callable[..., Any], closed: Mapping[str, Thing], role: str
) -> None:
    _check(at_the_weald(role), f"/{SLUG}/", ROOMS, closed, role)


@pytest.mark.parametrize("role", READS)
def test_a_program_is_told_a_closed_thing_where_its_account_may_read_it(
    program_as: Callable[[str], Any], closed: Mapping[str, Thing], role: str
) -> None:
    _check(program_as(role), f"/api/v1/{SLUG}/", OPERATIONS, closed, role)


def _check(client: Any, root: str, rooms: Mapping[str, str], closed: Mapping[str, Thing], role: str) -> None:
    wrong = {}
    for visibility, thing in closed.items():
        what = commons.SECRETS[visibility][0].encode()
        for name, address in rooms.items():
            answer = client.get(root + address.format(thing))
            may = visibility in READS[role]
            if (answer.status_code in (200, 302)) != may or (not may and answer.status_code != 404):
                wrong[visibility, name] = answer.status_code
            elif not may and what in told(answer):
                wrong[visibility, name] = "tells"
    assert wrong == {}


@pytest.mark.parametrize("role", READS)
def test_an_assistant_is_told_a_closed_thing_where_its_account_may_read_it(
    weald: Path, closed: Mapping[str, Thing], role: str, django: None
) -> None:
    from mcp.server.mcpserver.exceptions import ResourceError, ToolError

    from remembrancer.interfaces.mcp.reception import Reception
    from remembrancer.interfaces.mcp.resources import Resources
    from remembrancer.interfaces.mcp.tools import Tools
    from remembrancer.interfaces.web.accounts.models import Account
    from remembrancer.interfaces.web.serving.lending import Lender
    from remembrancer.model import PUBLIC, Principal

    who = Principal(Account.objects.get(email=f"{role}@larkenford.example").principal) if role else PUBLIC
    lender = Lender(weald)
    reception = Reception(lender, lambda: who, "https://weald.example")
    tools, resources = Tools(reception), Resources(reception)
    for visibility, thing in closed.items():
        what, surname, number = commons.SECRETS[visibility]
        may = visibility in READS[role]
        calls = [partial(tools.matter, each) for each in (thing.matter, f"{what} contract")]
        calls += [partial(resources.identified, SLUG, each) for each in (thing.decision, thing.vote, thing.source)]
        for call in calls:
            if may:
                assert what in str(call())
                continue
            with pytest.raises((ToolError, ResourceError)) as refused:
                call()
            assert not any(word in str(refused.value) for word in (surname, number))
        for quote in (f"the {what} contract be signed", number, surname):
            assert tools.verify_quotation(quote).holds == may
            assert may == bool(tools.search(f'"{quote}"').hits)
        for everything in (tools.ask("What was decided about the fence?"), tools.decisions_in_force("2024-07-01")):
            assert may or not any(word in everything.model_dump_json() for word in (what, surname, number))
        assert may or what not in resources.sittings(SLUG)
    lender.close()
