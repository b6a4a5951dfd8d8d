"""An assistant for tests: the SDK's own client, and somebody in a browser who lets it read for them."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Awaitable, Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import anyio
import httpx2
from mcp import StdioServerParameters
from mcp.client import session
from mcp.client.auth import OAuthClientProvider
from mcp.client.client import Client
from mcp.client.streamable_http import streamable_http_client
from mcp.shared.auth import AuthorizationCodeResult, OAuthClientInformationFull, OAuthClientMetadata, OAuthToken

from tests.web.browsing import PATIENCE

session.DISCOVER_TIMEOUT_SECONDS = PATIENCE  # A server that takes long to begin is not taken for one of an older kind.
BACK = "http://localhost:3030/back"
"""Where the assistant waits for what the browser brings back; nobody listens there."""

Conversation = Callable[[Client], Awaitable[Any]]


def command(*words: str) -> list[str]:
    return [sys.executable, "-m", "remembrancer.interfaces.cli", *words]


def environment() -> dict[str, str]:
    told = {key: value for key, value in os.environ.items() if not key.startswith(("REMEMBRANCER_", "DJANGO_"))}
    return told | {"PYTHONUTF8": "1"}


def typed(*words: str, given: str = "") -> str:
    """What a command prints, in a process of its own."""
    ran = subprocess.run(
        command(*words),
        env=environment(),
        input=given,
        capture_output=True,
        encoding="utf-8",
        timeout=PATIENCE,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


def on_this_machine(office: Path, conversation: Conversation, *words: str) -> Any:
    """What a conversation over standard input and output comes to."""
    line, *rest = command("mcp", "-o", str(office), *words)
    server = StdioServerParameters(command=line, args=rest, env=environment())

    async def converse() -> Any:
        async with Client(server) as client:
            return await conversation(client)

    return anyio.run(converse)


def over_http(address: str, conversation: Conversation, **told: Any) -> Any:
    """What a conversation with a served office comes to; ``told`` is how the assistant shows who it is."""

    async def converse() -> Any:
        http = httpx2.AsyncClient(timeout=PATIENCE, **told)
        async with http, Client(streamable_http_client(address, http_client=http)) as client:
            return await conversation(client)

    return anyio.run(converse)


class Kept:
    """What an assistant keeps of its registration and its tokens."""

    tokens: OAuthToken | None = None
    client: OAuthClientInformationFull | None = None

    async def get_tokens(self) -> OAuthToken | None:
        return self.tokens

    async def set_tokens(self, tokens: OAuthToken) -> None:
        self.tokens = tokens

    async def get_client_info(self) -> OAuthClientInformationFull | None:
        return self.client

    async def set_client_info(self, client_info: OAuthClientInformationFull) -> None:
        self.client = client_info


class Somebody:
    """Who signs in with a browser and answers the page that asks whether the assistant may read for them: ``asked`` and
    ``policy`` are that page and what it let the browser do, ``brought`` the address that the answer led to."""

    def __init__(self, address: str, email: str, password: str, answer: str = "grant") -> None:
        self._given = {"login": email, "password": password}
        self._browser = httpx2.AsyncClient(base_url=address, timeout=PATIENCE, follow_redirects=True)
        self._answer = answer
        self.asked = ""
        self.policy = ""
        self.brought = ""

    async def goes_to(self, address: str) -> None:
        """Open the assistant's link: sign in, then answer."""
        page = await self._browser.get(address)
        page = await self._browser.post(page.url, data=_fields(page.text) | self._given)
        self.asked, self.policy = page.text, page.headers["Content-Security-Policy"]
        given = _fields(page.text) | {"action": self._answer}
        sent = await self._browser.post("/identity/o/authorize", data=given, follow_redirects=False)
        self.brought = sent.headers["Location"]

    async def brings_back(self) -> AuthorizationCodeResult:
        assert self.brought.startswith(BACK), self.brought
        told = {key: values[0] for key, values in parse_qs(urlsplit(self.brought).query).items()}
        return AuthorizationCodeResult(code=told["code"], state=told.get("state"), iss=told.get("iss"))

    def lets_in(self, address: str, kept: Kept) -> OAuthClientProvider:
        """The SDK's client of OAuth, which asks this somebody."""
        told = OAuthClientMetadata(client_name="A reader", redirect_uris=[BACK])
        return OAuthClientProvider(address, told, kept, self.goes_to, self.brings_back)


class _Form(HTMLParser):
    """What a form would send as it stands."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, Any] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if tag == "input" and told.get("type") == "hidden":
            self.fields[str(told["name"])] = told.get("value") or ""
        if tag == "input" and told.get("type") == "checkbox" and "checked" in told:
            self.fields.setdefault(str(told["name"]), []).append(told.get("value"))


def _fields(page: str) -> dict[str, Any]:
    """What the page's last form that is guarded against forgery would send."""
    forms = [each for each in re.split(r"(?=<form)", page) if "csrfmiddlewaretoken" in each]
    form = _Form()
    form.feed(forms[-1])
    return form.fields
