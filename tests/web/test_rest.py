"""Laws of the API: it says what the command line says, to whom it may; every refusal is a problem that says why; an
ETag changes when the answer does and for nothing else; pages tell each row once."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import carry_out
from tests.web.conftest import SLUG

ROOT = f"/api/v1/{SLUG}"
QUESTIONS = (
    "What is the precept for 2025/26?",
    "Who voted against the budget?",
    "What was decided about the weir?",
    "What did the mayor say about the bandstand?",
    "Which unicorn was bought?",
)
LISTS = {
    "sittings": ["sittings"],
    "sources": ["sources"],
    "decisions": ["decisions"],
    "matters": ["matters"],
    "motions": ["motions"],
    "votes": ["votes"],
    "actions": ["actions"],
    "findings": ["findings"],
    "notices": ["register", "check"],
    "record/log": ["record", "log"],
}


@pytest.fixture
def call(django: None) -> Callable[..., Any]:
    """Calls the API as a program: ``role`` names whose token it shows, ``scopes`` what that was made for."""
    from django.core.cache import cache
    from django.test import Client

    cache.clear()  # Nobody waits for the calls of another test.

    def called(method: str, path: str, role: str = "", scopes: str = "read", **told: Any) -> Any:
        if role:
            told["HTTP_AUTHORIZATION"] = f"Bearer {token_of(role, scopes)}"
        if "sent" in told:
            told |= {"data": json.dumps(told.pop("sent")), "content_type": "application/json"}
        return getattr(Client(raise_request_exception=False), method)(path, **told)

    return called


def token_of(role: str, scopes: str) -> str:
    from remembrancer.interfaces.web.accounts.models import Account, Token

    account = Account.objects.get(email=f"{role}@larkenford.example")
    return Token.issue(account, "A test", scopes.split())[1]


@pytest.fixture
def cli(office_directory: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., bytes]:
    """What the command line prints as JSON of the same office, as the public."""
    monkeypatch.setenv("COLUMNS", "80")
    return lambda *told: carry_out(*told, "-o", str(office_directory), "--as", "public", "--json").out


@pytest.mark.parametrize("question", QUESTIONS)
def test_an_answer_is_that_of_the_command_line(call, cli, question: str) -> None:
    told = call("get", f"{ROOT}/ask", data={"question": question})
    assert told.content == cli("ask", question)


def test_a_search_is_that_of_the_command_line_page_by_page(call, cli) -> None:
    whole = json.loads(cli("search", "budget", "-n", "30"))
    assert whole == json.loads(call("get", f"{ROOT}/search", data={"q": "budget", "limit": 30}).content)
    assert [each["id"] for each in paged(call, f"{ROOT}/search?q=budget&limit=7")][:30] == [
        each["id"] for each in whole
    ]


@pytest.mark.parametrize("name", LISTS)
def test_a_list_is_that_of_the_command_line_whole_or_in_pages(call, cli, name: str) -> None:
    whole = json.loads(cli(*LISTS[name]))
    assert json.loads(call("get", f"{ROOT}/{name}?limit=1000").content) == whole
    assert list(paged(call, f"{ROOT}/{name}?limit=3")) == whole


def paged(call: Callable[..., Any], address: str) -> Iterator[Any]:
    """The rows of a list, page by page along the links."""
    while address:
        told = call("get", address)
        assert told.status_code == 200
        yield from json.loads(told.content)
        link = told.headers.get("Link", "")
        address = link.partition(">")[0].removeprefix("<")


def test_whatever_has_an_id_is_told_as_by_the_command_line(call, cli) -> None:
    decision = next(each for each in json.loads(cli("decisions")) if each["matter"])
    sitting = json.loads(cli("sittings"))[0]
    hit = json.loads(cli("search", "budget", "-n", "1"))[0]
    shown = {
        f"decisions/{decision['id']}": ["decision", decision["id"]],
        f"votes/{decision['vote']}": ["vote", decision["vote"]] if decision["vote"] else [],
        f"matters/{decision['matter']['id']}": ["matter", decision["matter"]["id"]],
        f"sittings/{sitting['id']}": ["show", sitting["id"]],
        f"elements/{hit['id']}": ["show", hit["id"]],
        f"sources/{sitting['sources'][0]}": ["show", sitting["sources"][0]],
    }
    for address, command in shown.items():
        if command:
            assert call("get", f"{ROOT}/{address}").content == cli(*command)


def test_bytes_are_those_of_the_record(call) -> None:
    """Of a source as it came, for who sees the whole of it; of its text, for who asks."""
    for role in ("", "owner"):
        for source in json.loads(call("get", f"{ROOT}/sources?limit=5", role).content):
            told = call("get", f"{ROOT}/sources/{source['id']}/as-it-came", role)
            assert told.headers["Content-Disposition"].startswith("attachment")
            assert sha256(told.content).hexdigest() in {source["id"], source["rendition"] if not role else ""}
            text = call("get", f"{ROOT}/record/blobs/{source['rendition']}", role)
            assert sha256(text.content).hexdigest() == source["rendition"]


def test_a_quotation_is_verified(call) -> None:
    hit = json.loads(call("get", f"{ROOT}/search?q=budget&limit=1").content)[0]
    for sent in ({"quote": hit["text"]}, {"quote": hit["text"], "id": hit["id"]}):
        assert json.loads(call("post", f"{ROOT}/quotations/verify", sent=sent).content)["holds"] is True
    altered = call("post", f"{ROOT}/quotations/verify", sent={"quote": hit["text"].replace("e", "o", 1)})
    assert json.loads(altered.content)["differs"] == "letters"


def test_the_public_is_not_listed_nor_followed(call, office_directory: Path) -> None:
    from remembrancer.model import PUBLIC
    from remembrancer.office import Office
    from remembrancer.office.registers.registrar import register_of
    from remembrancer.office.showing import locating

    with Office(office_directory) as office:
        people = register_of(office.body(), PUBLIC).people
        public = [each for each in people if not locating.is_followed(each)]
    listed = {each["id"] for each in json.loads(call("get", f"{ROOT}/people?limit=1000").content)}
    assert listed
    assert public
    for each in public:
        assert each.id not in listed
        assert call("get", f"{ROOT}/people/{each.id}").status_code == 404
        assert call("get", f"{ROOT}/decisions", data={"person": each.id}).status_code == 404


# Who may call what.


def operations() -> list[tuple[str, str, str]]:
    """Each operation's name, its method and its address with what stands for ids in it."""
    from remembrancer.interfaces.rest.api import api
    from remembrancer.interfaces.rest.document import described

    found = []
    for path, methods in described(api)["paths"].items():
        for method, each in methods.items():
            address = path.replace("{body}", SLUG).replace("{sha}", "0" * 64).replace("{number}", "99999")
            address = address.replace("{identity}", "speech-aaaaaaaaaaaaaaaa").replace("{name}", "nothing")
            found.append((each["operationId"], method, address))
    return found


def test_every_operation_has_a_row_and_every_row_an_operation(django: None) -> None:
    from remembrancer.interfaces.rest.operations import OPERATIONS

    assert sorted(name for name, _, _ in operations()) == sorted(OPERATIONS)


def test_operations_of_one_address_need_the_same(django: None) -> None:
    """The guard knows a route by the first of them."""
    from remembrancer.interfaces.rest.operations import OPERATIONS

    needs: dict[str, set[str]] = {}
    for name, _, address in operations():
        needs.setdefault(address, set()).add(OPERATIONS[name].need)
    assert all(len(each) == 1 for each in needs.values())


def test_an_operation_without_a_row_cannot_be_made(django: None) -> None:
    from ninja import Router

    from remembrancer.interfaces.rest.operations import operation

    with pytest.raises(KeyError):
        operation(Router(), "GET", "/{body}/secrets", "secrets")


def test_nobody_and_the_wrong_role_are_refused_and_a_token_keeps_to_its_scope(call) -> None:
    from remembrancer.access import DEEDS
    from remembrancer.interfaces.rest.operations import OPERATIONS

    for name, method, address in operations():
        row = OPERATIONS[name]
        if row.need != "everyone":
            assert call(method, address).status_code == 401, name
        if row.need in DEEDS:
            assert call(method, address, "member", " ".join(("read", "watch", "settle", "take-in"))).status_code == 403
        others = " ".join({"read", "watch", "settle", "take-in"} - {row.scope})
        refused = call(method, address, "owner", others)
        assert refused.status_code == 403, name
        assert "insufficient_scope" in refused.headers["WWW-Authenticate"]
        right = call(method, address, "owner", row.scope)
        assert right.status_code not in (401, 403, 500), name


def test_a_token_that_is_of_no_use_is_told_and_never_taken_for_nobody_s(call) -> None:
    from django.utils import timezone

    from remembrancer.interfaces.web.accounts.models import Token, digest

    secret = token_of("member", "read")
    assert call("get", f"{ROOT}/sittings", HTTP_AUTHORIZATION=f"Bearer {secret}").status_code == 200
    Token.objects.filter(digest=digest(secret)).update(ends=timezone.now())
    for told in (f"Bearer {secret}", "Bearer rmb_nothing", "Bearer", "Basic YTpi", f"bearer {secret}x"):
        refused = call("get", f"{ROOT}/sittings", HTTP_AUTHORIZATION=told)
        assert refused.status_code == 401
        assert "invalid_token" in refused.headers["WWW-Authenticate"]


def test_a_browser_must_show_that_a_change_is_its_own(browser_as, django: None) -> None:
    from django.test import Client

    from remembrancer.interfaces.web.accounts.models import Account

    client = Client(enforce_csrf_checks=True)
    client.force_login(Account.objects.get(email="member@larkenford.example"))
    sent = {"data": '{"query": "weir"}', "content_type": "application/json"}
    assert client.post(f"{ROOT}/watches", **sent).status_code == 403
    assert client.get(f"{ROOT}/watches").status_code == 200


def test_watches_are_kept_told_noted_and_forgotten(call) -> None:
    def as_member(method: str, path: str, **told: Any) -> Any:
        return call(method, f"{ROOT}/watches{path}", "member", "watch", **told)

    assert as_member("post", "", sent={"query": "allotments", "name": "plots"}).status_code == 200
    assert "plots" in [each["name"] for each in json.loads(as_member("get", "").content)]
    first = json.loads(as_member("get", "/plots/news?limit=100").content)[0]
    assert first["new"]
    assert json.loads(as_member("post", "/plots/news?limit=100").content)[0]["new"] == first["new"]
    assert json.loads(as_member("get", "/plots/news").content)[0]["new"] == []
    assert call("get", f"{ROOT}/watches/plots/news", "owner", "watch").status_code == 404
    assert as_member("delete", "/plots").status_code == 200
    assert as_member("delete", "/plots").status_code == 404


# What is told where something is wrong.


WRONG = {
    f"{ROOT}/sittings/sitting-aaaaaaaaaaaaaaaa": 404,
    "/api/v1/no-such-body/sittings": 404,
    f"{ROOT}/nothing": 404,
    "/api/v2/": 404,
    "/api/search": 404,
    f"{ROOT}/search": 422,
    f"{ROOT}/search?q=a&limit=0": 422,
    f"{ROOT}/decisions?in_force_on=2024-13-45": 422,
    f"{ROOT}/decisions?in_forc_on=2020-01-01": 422,
    "/api/v1/bodies?name=weir": 422,
    f"{ROOT}/search?q=tow*path": 400,
    f"{ROOT}/sittings?after=nowhere": 400,
    f"{ROOT}/record/proof": 400,
    f"{ROOT}/record/proof?entry=99999999": 400,
    f"{ROOT}/queue": 401,
}


@pytest.mark.parametrize("address", WRONG)
def test_what_is_wrong_is_a_problem_that_says_what(call, address: str) -> None:
    told = call("get", address)
    problem = json.loads(told.content)
    assert told.status_code == problem["status"] == WRONG[address]
    assert told.headers["Content-Type"] == "application/problem+json"
    assert problem["title"]
    assert problem["detail"]


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_where_no_operation_is_whatever_is_sent_is_told_so(django: None, method: str) -> None:
    from django.test import Client

    told = getattr(Client(enforce_csrf_checks=True), method)(f"{ROOT}/nothing", "{}", content_type="application/json")
    assert (told.status_code, told.headers["Content-Type"]) == (404, "application/problem+json")


def test_what_is_misspelled_is_told_with_what_there_is(call) -> None:
    """Left out, it would widen what was asked for without a word."""
    told = json.loads(call("get", f"{ROOT}/search?q=weir&speakr=bell&too=2024").content)
    assert [each["where"] for each in told["errors"]] == [["query", "speakr"], ["query", "too"]]
    assert "speaker" in told["advice"]
    assert call("get", f"{ROOT}/search?q=weir&speaker=bell&to=2024").status_code == 200


@pytest.mark.parametrize("address", ["/api/v1/bodies", f"{ROOT}/sittings", f"{ROOT}/nothing", f"{ROOT}/queue"])
def test_who_asks_for_headers_alone_is_told_those_of_the_answer(call, address: str) -> None:
    whole, head = call("get", address), call("head", address)
    assert (head.status_code, head.content) == (whole.status_code, b"")
    assert {**head.headers, "Content-Length": ""} == {**whole.headers, "Content-Length": ""}


def test_other_methods_and_other_bodies_than_there_are_are_told(call) -> None:
    wrong = call("put", f"{ROOT}/sittings")
    assert (wrong.status_code, wrong.headers["Allow"]) == (405, "GET, HEAD")
    assert json.loads(wrong.content)["status"] == 405
    text = call("post", f"{ROOT}/quotations/verify", data='{"quote": "x"}', content_type="text/plain")
    assert text.status_code == 415
    halves = call("post", f"{ROOT}/quotations/verify", data='{"quote": "\\ud800"}', content_type="application/json")
    assert halves.status_code == 422
    broken = call("post", f"{ROOT}/quotations/verify", data=b"\xff{", content_type="application/json")
    assert broken.status_code == 400


def test_who_calls_too_often_is_told_how_long_to_wait(call, monkeypatch: pytest.MonkeyPatch) -> None:
    from remembrancer.interfaces.web import settings

    monkeypatch.setattr(settings, "CALLS_A_MINUTE", 3)
    answers = [call("get", "/api/v1/bodies") for _ in range(8)]
    late = [each for each in answers if each.status_code == 429]
    assert late
    assert 0 < int(late[0].headers["Retry-After"]) <= 60
    assert json.loads(late[0].content)["status"] == 429


def test_a_caller_is_told_by_their_address_or_their_network(django: None) -> None:
    from django.test import RequestFactory

    from remembrancer.interfaces.web.accounts.limits import caller_of

    def called(address: str) -> str:
        return caller_of(RequestFactory().get("/api/v1/bodies", REMOTE_ADDR=address))

    assert called("2001:db8:1:2::7") == called("2001:db8:1:2:ffff::9") != called("2001:db8:1:3::7")
    assert called("192.0.2.7") == called("::ffff:192.0.2.7") != called("::ffff:192.0.2.8")
    assert called("fe80::1%eth0") == called("fe80::2%eth0")


# ETags and pages.


def test_who_has_the_answer_is_told_so_and_nothing_else(call) -> None:
    for address in (f"{ROOT}/sittings?limit=2", f"{ROOT}/ask?question=budget", f"{ROOT}/record/checkpoint"):
        tag = call("get", address).headers["ETag"]
        assert not tag.startswith("W/")
        again = call("get", address, HTTP_IF_NONE_MATCH=tag)
        assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", tag)
        assert call("get", address, HTTP_IF_NONE_MATCH='"other"').status_code == 200
        for told in (f"W/{tag}", f'"other", W/{tag}', "*"):  # As behind a proxy that compresses.
            assert call("get", address, HTTP_IF_NONE_MATCH=told).status_code == 304


def test_what_the_caller_cannot_see_changes_no_etag(call, office_directory: Path, tmp_path: Path) -> None:
    addresses = [f"{ROOT}/{name}" for name in LISTS if name != "record/log"]
    addresses += [f"{ROOT}/ask?question=budget", f"{ROOT}/search?q=budget", f"{ROOT}/search/facets?q=budget"]

    def tags(role: str) -> dict[str, str]:
        return {each: call("get", each, role).headers["ETag"] for each in addresses}

    public, owner = tags(""), tags("owner")
    paper = tmp_path / "2025-02-11.md"
    paper.write_text("# Closed session, 11 February 2025\n\n**Ann Bell:** The budget of the heron is closed.\n")
    read = carry_out("read", str(paper), "--class", "hidden", "-o", str(office_directory))
    assert read.code == 0
    assert tags("") == public
    assert tags("owner") != owner


class Row:
    def __init__(self, identity: int) -> None:
        self.id = str(identity)


@pytest.mark.parametrize("limit", [1, 2, 3, 7, 50])
def test_pages_tell_each_row_once_while_the_list_grows(django: None, limit: int) -> None:
    from remembrancer.interfaces.rest.replies import page

    numbers, told, after = list(range(0, 200, 10)), list[int](), ""
    first = set(numbers)
    while True:
        found = page([Row(each) for each in sorted(numbers)], after, limit)
        told += [int(each.id) for each in found.rows]
        numbers += {len(told) * 7 % 200, 199 - len(told) % 200} - set(numbers)
        if not found.after:
            break
        after = found.after
    assert first <= set(told)
    assert len(told) == len(set(told))


def test_the_description_is_whole_and_its_page_needs_nothing_from_elsewhere(call) -> None:
    from django.test import Client

    description = json.loads(call("get", "/api/v1/openapi.json").content)
    assert description["openapi"] == "3.1.0"
    text = json.dumps(description)
    named = {part.partition('"')[0] for part in text.split("#/components/schemas/")[1:]}
    assert named <= set(description["components"]["schemas"])
    told = Client().get("/api/v1/").content.decode()
    assert "/quotations/verify" in told
    assert "//" not in told.replace("http://testserver", "").replace("https://", "")


def test_a_document_is_read_and_accounted_for(call, django: None) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    def sent(data: bytes, **told: Any) -> Any:
        file = SimpleUploadedFile("closed.md", data)
        return call("post", f"{ROOT}/documents", "clerk", "take-in", data={"file": file, "class": "hidden", **told})

    told = json.loads(sent(b"# Notes\n\nNothing was said.\n", path="../notes/a.md").content)
    assert (told["files"][0]["path"], told["totals"]["new"]) == ("notes/a.md", 1)
    assert json.loads(sent(b"# Notes\n\nNothing was said.\n").content)["totals"]["new"] == 0
    assert sent(b"").status_code in (400, 422)


def test_what_moves_a_fact_is_entered(call, office_directory: Path) -> None:
    decision = json.loads(call("get", f"{ROOT}/decisions?limit=1").content)[0]
    entered = call("post", f"{ROOT}/facts/{decision['id']}/confirm", "clerk", "settle", sent={"note": "As I heard it."})
    assert entered.status_code == 200
    number = json.loads(entered.content)["entry"]
    line = json.loads(call("get", f"{ROOT}/record/log?after={number - 1}&limit=1", "owner").content)[0]
    assert (line["number"], line["kind"]) == (number, "confirm")
    assert line["by"].startswith("account:")
