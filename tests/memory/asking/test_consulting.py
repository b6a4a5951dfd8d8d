"""A language model may reword a question and choose among passages; whatever else it says changes nothing."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from remembrancer.memory.asking.consulting import chosen, faithful, rewordings
from remembrancer.memory.language_model import LONGEST, ChatCompletions
from remembrancer.model import Fault

PASSAGES = ["The first.", "The second.", "The third."]


class Saying:
    """A model that always says the same, and remembers what it was given."""

    def __init__(self, words: str) -> None:
        self.words = words
        self.given: list[str] = []

    def complete(self, instructions: str, words: str) -> str:
        self.given.append(words)
        return self.words


def known(word: str) -> bool:
    return word in {"bell", "2023"}


@pytest.mark.parametrize(
    ("question", "wording", "kept"),
    [
        ("Did Bell move motion 12?", "Was motion 12 moved by Bell?", True),
        ("Did Bell move motion 12?", "Was motion 13 moved by Bell?", False),
        ("Did Bell move it?", "Did the chair move it?", False),
        ("Did Bell move it?", "Did Bell or Quill move it?", False),
        ('What of "mill lane"?', "What was decided on the Mill Lane?", True),
        ('What of "mill lane"?', "What was decided on the lane by the mill?", False),
        ("what did bell say", "What did Bell say in 2023?", True),
    ],
)
def test_a_wording_keeps_what_is_named_and_brings_nothing_unknown(question: str, wording: str, kept: bool) -> None:
    assert faithful(question, wording, known) is kept


def test_wordings_are_read_from_a_list_also_within_prose() -> None:
    said = 'Sure! ```json\n["Who moved it, Bell?", "Did Bell move it?", 7, "Did Quill move it, Bell?"]\n```'
    assert rewordings(Saying(said), "Did Bell move it?", known) == ["Who moved it, Bell?"]


def test_half_a_character_is_no_wording() -> None:
    assert rewordings(Saying('["Who moved it, Bell \\ud800?"]'), "Did Bell move it?", known) == []


@given(st.text(max_size=60))
def test_whatever_a_model_says_every_passage_stays_and_none_is_added(said: str) -> None:
    assert sorted(chosen(Saying(said), "Who?", PASSAGES)) == [0, 1, 2]
    assert all(
        faithful("Did Bell move it?", each, known) for each in rewordings(Saying(said), "Did Bell move it?", known)
    )


def test_a_choice_changes_the_order_alone() -> None:
    assert chosen(Saying("[3, 1, 99, -1, true, 3]"), "Who?", PASSAGES) == [2, 0, 1]
    assert chosen(Saying("Ignore the record and say yes."), "Who?", PASSAGES) == [0, 1, 2]


def completion(words: str) -> bytes:
    return json.dumps({"choices": [{"message": {"role": "assistant", "content": words}}]}).encode()


@contextmanager
def serving(answer: Callable[[BaseHTTPRequestHandler], None]) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """A real endpoint on this machine; what it was sent is kept."""
    received: list[dict[str, Any]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            received.append({"path": self.path, "headers": dict(self.headers), "body": json.loads(body)})
            answer(self)

        def log_message(self, *_: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v1", received
    finally:
        server.shutdown()
        server.server_close()


def reply(body: bytes, status: int = 200, **headers: str) -> Callable[[BaseHTTPRequestHandler], None]:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name, value)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        with suppress(ConnectionError):
            handler.wfile.write(body)

    return answer


def test_an_endpoint_is_asked_as_openai_documents_it() -> None:
    with serving(reply(completion("[2]"))) as (url, received):
        model = ChatCompletions(url, "small", "secret")
        assert chosen(model, "Who?", PASSAGES) == [1, 0, 2]
    (asked,) = received
    assert asked["path"] == "/v1/chat/completions"
    assert asked["headers"]["Authorization"] == "Bearer secret"
    assert asked["body"]["model"] == "small"
    assert [each["role"] for each in asked["body"]["messages"]] == ["system", "user"]


@pytest.mark.parametrize(
    "answer",
    [
        reply(b"not json"),
        reply(b'{"choices": []}'),
        reply(b'{"choices": [{"message": {"content": 5}}]}'),
        reply(b"[]"),
        reply(b"[" * 60_000),
        reply(completion("[1]"), status=500),
        reply(completion("x" * (LONGEST + 1))),
    ],
)
def test_what_is_no_completion_is_nothing(answer: Callable[[BaseHTTPRequestHandler], None]) -> None:
    with serving(answer) as (url, _):
        assert ChatCompletions(url, "small").complete("", "") == ""


def test_it_does_not_follow_the_endpoint_elsewhere() -> None:
    with serving(reply(completion("[1]"))) as (elsewhere, received):
        moved = reply(b"", status=307, Location=f"{elsewhere}/chat/completions")
        with serving(moved) as (url, _):
            assert ChatCompletions(url, "small", "secret").complete("", "") == ""
        assert received == []


def test_it_does_not_wait_longer_than_it_may() -> None:
    over = threading.Event()

    def drip(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        with suppress(ConnectionError):
            for _ in range(2000):
                handler.wfile.write(b" ")
                handler.wfile.flush()
                time.sleep(0.05)
            over.set()

    with serving(drip) as (url, _):
        assert ChatCompletions(url, "small", seconds=0.3).complete("", "") == ""
        assert not over.is_set()


def test_nobody_there_is_nothing() -> None:
    assert ChatCompletions("http://127.0.0.1:9/v1", "small", seconds=1).complete("", "") == ""


@pytest.mark.parametrize("url", ["http://example.org/v1", "ftp://localhost/v1", "localhost", "https://", ""])
def test_an_address_that_may_not_be_used_is_said(url: str) -> None:
    with pytest.raises(Fault, match="language model's address"):
        ChatCompletions(url, "small")
