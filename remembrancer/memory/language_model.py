"""A language model behind any endpoint that speaks OpenAI's chat completions, as hosted and local servers do.

    POST {url}/chat/completions {"model": ..., "messages": [...], "temperature": 0}

What it says is read with a limit of time and of length, and never follows the endpoint elsewhere. Whoever calls it
decides what it is given. It is asked for numbers and for other wordings of a question, whose words are never shown.
"""

from __future__ import annotations

import json
import time
from typing import Any
from urllib.parse import urlsplit

import urllib3

from remembrancer.model import Exit, Fault
from remembrancer.saying import Sentence

SECONDS = 20.0
"""How long an answer may take in all."""

LONGEST = 64_000
"""Bytes of an answer that are read; a longer one is none."""

HERE = ("localhost", "127.0.0.1", "::1")


class ChatCompletions:
    """The ``LanguageModel`` port over HTTP. The key goes into one header and nowhere else."""

    def __init__(self, url: str, model: str, key: str = "", seconds: float = SECONDS) -> None:
        """``url`` ends before ``/chat/completions``. Fault (usage) where it is none, or plain HTTP to elsewhere."""
        _check(url)
        self._url = f"{url.rstrip('/')}/chat/completions"
        self._model = model
        self._headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {key}"} if key else {})
        self._seconds = seconds
        self._pool = urllib3.PoolManager(retries=urllib3.Retry(1, redirect=0, raise_on_redirect=False))

    def complete(self, instructions: str, words: str) -> str:
        """What the model says; empty where it is away, too slow, too long, or says what is no completion."""
        messages = [{"role": "system", "content": instructions}, {"role": "user", "content": words}]
        body = json.dumps({"model": self._model, "temperature": 0, "messages": messages}).encode()
        try:
            said: Any = json.loads(self._post(body))
            content = said["choices"][0]["message"]["content"]
        except (urllib3.exceptions.HTTPError, ValueError, KeyError, IndexError, TypeError, RecursionError):
            return ""
        return content if isinstance(content, str) else ""

    def _post(self, body: bytes) -> bytes:
        until = time.monotonic() + self._seconds
        timeout = urllib3.Timeout(total=self._seconds)
        answer = self._pool.request(
            "POST", self._url, body=body, headers=self._headers, timeout=timeout, redirect=False, preload_content=False
        )
        try:
            if answer.status != 200:
                return b""
            read = bytearray()
            while chunk := answer.read1(8192):
                read += chunk
                if len(read) > LONGEST or time.monotonic() > until:
                    return b""
            return bytes(read)
        finally:
            answer.close()


def _check(url: str) -> None:
    parts = urlsplit(url)
    if parts.scheme == "https" and parts.hostname:
        return
    if parts.scheme == "http" and parts.hostname in HERE:
        return
    what = Sentence("The language model's address %(url)s is none that may be used.", url=repr(url))
    raise Fault(Exit.USAGE, what, Sentence("Write https://HOST/v1; http:// only for this machine."))
