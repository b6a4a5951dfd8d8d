"""Somebody lets an assistant in, in a real browser, and takes it back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx2
import pytest

from tests.web.browsing import PATIENCE, faultless

CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
"""Those of RFC 7636."""


class Waiting(HTTPServer):
    """An assistant on this machine, waiting for what a browser brings."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answer)
        self.brought: list[str] = []
        self.address = f"http://127.0.0.1:{self.server_port}/back"


class _Answer(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        assert isinstance(self.server, Waiting)
        self.server.brought.append(self.path)
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"<!doctype html><title>Thank you</title>")

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def waiting() -> Iterator[Waiting]:
    with Waiting() as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def test_an_assistant_is_let_in_shown_and_taken_back(
    page_as: Callable[..., Any], served: str, waiting: Waiting
) -> None:
    """The policy of the page lets its answer lead to the assistant, and nowhere else."""
    asked = {"client_name": "A reader", "redirect_uris": [waiting.address], "token_endpoint_auth_method": "none"}
    client = httpx2.post(f"{served}/identity/o/api/clients", json=asked, timeout=PATIENCE).json()["client_id"]
    proof = {"code_challenge": CHALLENGE, "code_challenge_method": "S256", "resource": f"{served}/mcp/account"}
    led = {"response_type": "code", "client_id": client, "redirect_uri": waiting.address, "scope": "read", **proof}
    page = page_as("member")
    page.goto(f"/identity/o/authorize?{urlencode(led)}")
    faultless(page)
    page.get_by_role("button", name="Let it read").click()
    page.wait_for_url(f"{waiting.address}**")
    code = parse_qs(urlsplit(waiting.brought[0]).query)["code"][0]
    given = {"grant_type": "authorization_code", "code": code, "redirect_uri": waiting.address}
    told = {**given, "client_id": client, "code_verifier": VERIFIER, "resource": f"{served}/mcp/account"}
    token = httpx2.post(f"{served}/identity/o/api/token", data=told, timeout=PATIENCE).json()["access_token"]
    assert status(served, token) == 200
    page.goto("/account/assistants")
    faultless(page)
    page.get_by_role("button", name="Take it back A reader").click()
    page.get_by_text("It reads nothing for you any more.").wait_for()
    assert status(served, token) == 401


def test_what_cannot_be_asked_for_is_said_and_nothing_is_granted(page_as: Callable[..., Any]) -> None:
    page = page_as("member")
    page.goto("/identity/o/authorize?response_type=code&client_id=nobody&redirect_uri=https://evil.example/")
    faultless(page)
    assert "Nothing was granted" in page.content()
    assert "evil.example" not in page.url.partition("?")[0]


def status(served: str, token: str) -> int:
    headers = {"Authorization": f"Bearer {token}", "Accept": "application/json, text/event-stream"}
    call = {"jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": {}}
    return httpx2.post(f"{served}/mcp/account", json=call, headers=headers, timeout=PATIENCE).status_code
