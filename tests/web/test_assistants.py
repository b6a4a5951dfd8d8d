"""Assistants over MCP: what they are told is what anybody is told who asks as they do."""

from __future__ import annotations

import json
import subprocess
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest
from django.core.cache import cache
from mcp.client.client import Client

from remembrancer.interfaces.mcp.resources import RESOURCES
from remembrancer.interfaces.mcp.tools import TOOLS, Tools
from tests.office.marlow import APRIL, CLOSED, HOUSE, MARCH, SECRETS
from tests.web.assisting import BACK, Kept, Somebody, command, environment, on_this_machine, over_http, typed
from tests.web.browsing import PATIENCE, free_port, wait_for_answer
from tests.web.conftest import SLUG
from tests.web.founding import DEMO

PASSWORD = "a heron on the third post"
MARLOW = "marlow-reach-board"
ASKED = {"name": "ask", "arguments": {"question": "What was decided about the narwhal purchase?"}}


class Board:
    """An office of one small board, served; its members' papers are closed to others."""

    def __init__(self, office: Path, address: str) -> None:
        self.office = office
        self.address = address
        self.public, self.account = f"{address}/mcp", f"{address}/mcp/account"

    def made(self, script: str) -> str:
        """What a line of Python prints that has the office's accounts at hand."""
        begin = (
            "import sys, pathlib; from remembrancer.interfaces.web.serving.process import set_up; "
            "set_up(pathlib.Path(sys.argv[1])); "
            "from remembrancer.interfaces.web.accounts.models import Account, Token; "
        )
        line = [command()[0], "-c", begin + script, str(self.office)]
        return subprocess.run(line, env=environment(), capture_output=True, text=True, check=True).stdout.strip()

    def token(self, email: str, *scopes: str) -> dict[str, str]:
        """The header that shows a token which an account made for itself."""
        made = self.made(f"print(Token.issue(Account.objects.get(email={email!r}), 'x', {list(scopes)})[1])")
        return {"Authorization": f"Bearer {made}"}

    def called(self, path: str = "/mcp", **told: Any) -> httpx2.Response:
        """The answer to a call of a tool, by whatever hand it is written."""
        headers = {"Accept": "application/json, text/event-stream", "MCP-Protocol-Version": "2025-06-18"}
        call = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": ASKED}
        return httpx2.post(
            f"{self.address}{path}",
            json=told.pop("json", call),
            headers=headers | told.pop("headers", {}),
            timeout=PATIENCE,
        )


@pytest.fixture(scope="module")
def board(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Board]:
    folder = tmp_path_factory.mktemp("board")
    office = folder / "office"
    (folder / "house.toml").write_text(HOUSE, encoding="utf-8")
    for name, words in (("open/2024-03-05.md", MARCH), ("open/2024-04-09.md", APRIL), ("closed/2024-05-14.md", CLOSED)):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(words, encoding="utf-8")
    typed("init", str(office), "--body", "Marlow Reach Board", "--house", str(folder / "house.toml"))
    typed("read", str(folder / "open"), "-o", str(office))
    typed("read", str(folder / "closed"), "--class", "members", "-o", str(office))
    for name in ("member", "leaver"):
        typed("account", "add", f"{name}@marlow.example", "--role", "member", "-o", str(office), given=f"{PASSWORD}\n")
    port = free_port()
    line = command("serve", "-o", str(office), "--port", str(port), "--no-open")
    process = subprocess.Popen(line, env=environment(), stdout=subprocess.DEVNULL)
    try:
        wait_for_answer(f"http://localhost:{port}/healthy", process)
        yield Board(office, f"http://localhost:{port}")
    finally:
        process.terminate()
        process.wait(PATIENCE)


async def told(client: Client, name: str, **arguments: Any) -> Any:
    result = await client.call_tool(name, arguments)
    assert not result.is_error, result.content
    return result.structured_content


def without_links(value: Any) -> Any:
    if isinstance(value, list):
        return [without_links(each) for each in value]
    return (
        {key: without_links(each) for key, each in value.items() if key != "link"} if isinstance(value, dict) else value
    )


def test_five_questions_of_the_demo_are_answered_as_at_the_terminal(office_directory: Path) -> None:
    told_by = tomllib.loads((DEMO / "questions.toml").read_text(encoding="utf-8"))
    questions = [each["question"] for each in (*told_by["answerable"][:4], *told_by["unanswerable"][:1])]

    async def conversation(client: Client) -> list[Any]:
        return [await told(client, "ask", question=each, limit=5) for each in questions]

    answers = on_this_machine(office_directory, conversation)
    assert [each["status"] for each in answers] == ["answered"] * 4 + ["silent"]
    for question, answer in zip(questions, answers, strict=True):
        said = json.loads(typed("ask", question, "--as", "public", "--json", "-o", str(office_directory)))
        assert without_links(answer) == said


def test_every_tool_is_listed_read_only_and_answers_over_both_ways(office_directory: Path, served: str) -> None:
    """The client of the SDK checks each result against the schema that the tool publishes."""

    async def conversation(client: Client) -> None:
        tools = {each.name: each for each in (await client.list_tools()).tools}
        assert tools.keys() == TOOLS.keys()
        assert all(each.annotations and each.annotations.read_only_hint for each in tools.values())
        assert all(each.output_schema and each.description for each in tools.values())
        answer = await told(client, "ask", question="How much was allocated to the footbridge?")
        span = answer["answer"][0]["spans"][0]
        assert span["link"].endswith(answer["answer"][0]["id"])
        found = await told(client, "search", query="footbridge", limit=2)
        further = await told(client, "search", query="footbridge", limit=2, cursor=found["next"])
        assert not {each["id"] for each in found["hits"]} & {each["id"] for each in further["hits"]}
        in_force = await told(client, "decisions_in_force", on="2024-12-31", limit=3)
        assert {each["force"] for each in in_force["decisions"]} == {"in-force"}
        assert (await told(client, "matter", matter="Mill Lane footbridge"))["decisions"]
        shown = await told(client, "sitting", sitting="2023-12-12", limit=3)
        assert len(shown["sitting"]["speeches"]) + len(shown["sitting"]["texts"]) == 3
        assert (await told(client, "verify_quotation", quote=span["quote"]))["holds"]
        held = {"rendition": span["rendition"], "start": span["start"], "end": span["end"]}
        assert (await told(client, "verify_quotation", quote=span["quote"], **held))["how"] == "exact"
        altered = await told(client, "verify_quotation", quote=span["quote"].replace("42,500", "42,600"))
        assert (altered["holds"], altered["differs"]) == (False, "letters")
        assert "42,500" in altered["nearest"][0]["quote"]
        absent = await told(client, "verify_quotation", quote="Let us abolish the sea and every boat on it.")
        assert (absent["holds"], absent["differs"], absent["nearest"]) == (False, "absent", [])

    on_this_machine(office_directory, conversation)
    over_http(f"{served}/mcp", conversation)


def test_a_sitting_read_in_portions_is_read_once_and_whole(office_directory: Path) -> None:
    async def conversation(client: Client) -> tuple[list[str], list[str]]:
        whole = await told(client, "sitting", sitting="2023-12-12", limit=50)
        read: list[str] = []
        cursor: str | None = ""
        while cursor is not None:
            shown = await told(client, "sitting", sitting="2023-12-12", limit=7, cursor=cursor)
            read += ids(shown)
            cursor = shown["next"]
        while whole["next"] is not None:
            more = await told(client, "sitting", sitting="2023-12-12", limit=50, cursor=whole["next"])
            whole["sitting"]["texts"] += more["sitting"]["texts"]
            whole["sitting"]["speeches"] += more["sitting"]["speeches"]
            whole["next"] = more["next"]
        return read, ids(whole)

    def ids(shown: Any) -> list[str]:
        return [each["id"] for each in (*shown["sitting"]["speeches"], *shown["sitting"]["texts"])]

    read, whole = on_this_machine(office_directory, conversation)
    assert sorted(read) == sorted(whole)
    assert len(set(read)) == len(read) > 7


def test_a_permanent_id_is_read_as_text_with_its_source(office_directory: Path) -> None:
    async def conversation(client: Client) -> None:
        templates = [each.uri_template for each in (await client.list_resource_templates()).resource_templates]
        listed = [str(each.uri) for each in (await client.list_resources()).resources]
        assert {*templates, *listed} == RESOURCES.keys()
        answer = await told(client, "ask", question="How much was allocated to the footbridge?")
        hit = answer["answer"][0]
        span = hit["spans"][0]

        async def read(identity: str) -> str:
            return str((await client.read_resource(f"remembrancer://{SLUG}/{identity}")).contents[0].text)

        assert span["quote"] in await read(hit["id"])
        assert "2023-12-12.txt" in await read(hit["id"])
        assert (await read(span["rendition"])).encode()[span["start"] : span["end"]].decode() == span["quote"]
        assert hit["id"] in await read((await told(client, "matter", matter="Mill Lane footbridge"))["id"])
        assert hit["sitting"] in await read("sittings")
        assert hit["item"] in await read(hit["sitting"])
        with pytest.raises(Exception, match="There is nothing of the id"):
            await read("speech-aaaaaaaaaaaaaaaa")

    on_this_machine(office_directory, conversation)


def test_what_is_wrong_with_a_call_is_told_with_what_to_do(office_directory: Path) -> None:
    async def conversation(client: Client) -> list[str]:
        calls = [
            ("ask", {"question": "Why?", "as_of": "yesterday"}),
            ("matter", {"matter": "the unheard of"}),
            ("sitting", {"sitting": "1999-01-01"}),
            ("ask", {"question": "Why?", "body": "elsewhere"}),
            ("search", {"query": "bridge", "limit": 5_000}),
        ]
        results = [await client.call_tool(name, arguments) for name, arguments in calls]
        assert all(each.is_error for each in results)
        return [each.content[0].text for each in results]

    wrong = on_this_machine(office_directory, conversation)
    for text, words in zip(
        wrong, ("Write it as 2024", "that public may see", "Give the id", f"It keeps: {SLUG}", "limit"), strict=True
    ):
        assert words in text


def test_a_tool_or_resource_without_a_row_is_offered_to_nobody() -> None:
    public = {name for name in vars(Tools) if not name.startswith("_")}
    assert public == {*TOOLS, "offered"}
    assert all(each.need for each in RESOURCES.values())


def test_on_this_machine_an_assistant_is_told_what_anybody_may_know_unless_it_is_said_otherwise(board: Board) -> None:
    async def conversation(client: Client) -> Any:
        return await told(client, "search", query="narwhal")

    assert on_this_machine(board.office, conversation)["hits"] == []
    assert on_this_machine(board.office, conversation, "--as", "role:member")["hits"]


def test_without_a_token_the_public_is_answered_and_nothing_closed_is_told(board: Board) -> None:
    async def conversation(client: Client) -> str:
        answers = [
            await told(client, "ask", question="What was decided about the narwhal purchase?"),
            await told(client, "search", query="payment"),
            await told(client, "decisions_in_force"),
            await told(client, "verify_quotation", quote="That the board buy a narwhal from the heron hide."),
        ]
        sittings = await client.read_resource(f"remembrancer://{MARLOW}/sittings")
        closed = await client.call_tool("sitting", {"sitting": "2024-05-14"})
        assert closed.is_error
        return json.dumps(answers[1:]) + sittings.contents[0].text + closed.content[0].text + answers[0]["status"]

    said = over_http(board.public, conversation)
    assert not [each for each in SECRETS if each in said.replace("a narwhal from", "")]


def test_an_assistant_that_a_member_lets_in_reads_what_the_member_may(board: Board) -> None:
    """Registration, PKCE, signing in, consent and the bound token are the SDK's client against allauth's server."""
    kept = Kept()
    somebody = Somebody(board.address, "member@marlow.example", PASSWORD)

    async def conversation(client: Client) -> Any:
        return await told(client, "ask", question="What was decided about the narwhal purchase?")

    answer = over_http(board.account, conversation, auth=somebody.lets_in(board.account, kept))
    assert "narwhal" in json.dumps(answer["answer"])
    assert "A reader" in somebody.asked
    assert "form-action 'self' http://localhost:*" in somebody.policy
    assert kept.tokens
    assert kept.tokens.refresh_token
    shown = {"Authorization": f"Bearer {kept.tokens.access_token}"}
    assert board.called("/mcp/account", headers=shown).status_code == 200
    assert board.called("/mcp", headers=shown).status_code == 401, "it was granted for the other address"


def test_who_says_no_lets_nobody_in(board: Board) -> None:
    somebody = Somebody(board.address, "member@marlow.example", PASSWORD, "cancel")

    async def conversation(client: Client) -> None:
        raise AssertionError("nobody let it in")

    with pytest.raises(BaseException) as refused:
        over_http(board.account, conversation, auth=somebody.lets_in(board.account, Kept()))
    assert not isinstance(refused.value, AssertionError)
    assert somebody.brought.startswith(f"{BACK}?error=access_denied")


@pytest.mark.parametrize("path", ["/mcp", "/mcp/account"])
@pytest.mark.parametrize("shown", ["Bearer made-up", "Bearer rmb_made-up", "Basic eDp5", "Bearer"])
def test_a_wrong_token_is_refused_with_where_to_get_one(board: Board, path: str, shown: str) -> None:
    refused = board.called(path, headers={"Authorization": shown})
    assert refused.status_code == 401
    where = f"{board.address}/.well-known/oauth-protected-resource{path}"
    assert f'resource_metadata="{where}"' in refused.headers["WWW-Authenticate"]
    said = httpx2.get(where, timeout=PATIENCE).json()
    assert (said["resource"], said["authorization_servers"]) == (f"{board.address}{path}", [board.address])
    server = httpx2.get(f"{board.address}/.well-known/oauth-authorization-server", timeout=PATIENCE).json()
    assert (server["issuer"], server["code_challenge_methods_supported"]) == (board.address, ["S256"])


def test_a_token_of_ones_own_reads_and_one_without_the_scope_does_not(board: Board) -> None:
    reads, watches = (board.token("member@marlow.example", scope) for scope in ("read", "watch"))
    assert "narwhal" in board.called(headers=reads).text.replace("narwhal purchase?", "")
    assert board.called(headers=watches).status_code == 403


def test_a_closed_account_s_tokens_are_worth_nothing(board: Board) -> None:
    shown = board.token("leaver@marlow.example", "read")
    assert board.called(headers=shown).status_code == 200
    board.made("Account.objects.filter(email='leaver@marlow.example').update(is_active=False)")
    assert board.called(headers=shown).status_code == 401


@pytest.mark.parametrize(
    "said", [{"Host": "evil.example"}, {"Host": "evil.example:80"}, {"Origin": "https://evil.example"}]
)
def test_a_page_elsewhere_cannot_make_a_browser_call(board: Board, said: dict[str, str]) -> None:
    assert board.called(headers=said).status_code in (403, 421)


@pytest.mark.parametrize("path", ["/mcp", "/mcp/account"])
@pytest.mark.parametrize("method", ["GET", "DELETE"])
def test_who_asks_for_a_stream_is_told_that_there_is_none(board: Board, method: str, path: str) -> None:
    """As the specification of streamable HTTP asks; no page answers in its stead."""
    answer = httpx2.request(method, f"{board.address}{path}", timeout=PATIENCE)
    assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")


def test_a_browser_s_session_counts_for_nothing(board: Board) -> None:
    async def conversation(client: Client) -> Any:
        return (await told(client, "search", query="narwhal"))["hits"]

    with httpx2.Client(base_url=board.address, timeout=PATIENCE, follow_redirects=True) as browser:
        page = browser.get("/account/login/")
        given = {"login": "member@marlow.example", "password": PASSWORD}
        token = page.text.partition('csrfmiddlewaretoken" value="')[2].partition('"')[0]
        assert browser.post(page.url, data=given | {"csrfmiddlewaretoken": token}).status_code == 200
        cookies = dict(browser.cookies)
    assert cookies
    assert over_http(board.public, conversation, cookies=cookies) == []


@pytest.mark.parametrize(
    ("wrong", "what"),
    [
        ({"redirect_uris": ["http://evil.example/back"]}, "redirect_uris"),
        ({"redirect_uris": ["javascript:alert(1)"]}, "redirect_uris"),
        ({"redirect_uris": [BACK], "scope": "read settle"}, "scope"),
        ({"redirect_uris": [BACK], "grant_types": ["client_credentials"]}, "authorization code"),
        ({"redirect_uris": [BACK], "response_types": ["token"]}, "authorization code"),
    ],
)
def test_an_assistant_registers_only_to_read_and_to_be_led_back_safely(
    browser_as: Callable[[], Any], wrong: dict[str, Any], what: str
) -> None:
    cache.clear()
    refused = browser_as().post("/identity/o/api/clients", wrong, content_type="application/json")
    assert (refused.status_code, what in refused.json()["error_description"]) == (400, True)


def test_nobody_registers_assistants_without_end(browser_as: Callable[[], Any]) -> None:
    cache.clear()
    told = {"redirect_uris": [BACK]}
    answers = [browser_as().post("/identity/o/api/clients", told, content_type="application/json") for _ in range(4)]
    assert [each.status_code for each in answers] == [201, 201, 201, 429]
    cache.clear()


def test_a_resource_that_is_none_of_the_office_is_refused(board: Board) -> None:
    for resource in ("https://evil.example/mcp", "not an address"):
        told_by = {"grant_type": "authorization_code", "code": "x", "client_id": "x", "resource": resource}
        refused = httpx2.post(f"{board.address}/identity/o/api/token", data=told_by, timeout=PATIENCE)
        assert (refused.status_code, refused.json()["error"]) == (400, "invalid_target")


def test_a_call_that_is_too_large_is_refused(board: Board) -> None:
    assert board.called(json={"jsonrpc": "2.0", "id": 1, "method": "x" * 300_000}).status_code == 413
