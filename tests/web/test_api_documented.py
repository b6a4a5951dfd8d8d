"""Law: every command of ``docs/api.md`` is answered by the office as it is served, with what the page says of it."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.web.browsing import PATIENCE
from tests.web.conftest import SLUG

PAGE = (Path(__file__).parents[2] / "docs" / "api.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"^\$ (curl .*)$", PAGE, re.MULTILINE)
HERE = "http://localhost:8000"

pytestmark = pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")


@pytest.fixture
def token(django: None) -> str:
    from remembrancer.interfaces.web.accounts.models import Account, Token

    member = Account.objects.get(email="member@larkenford.example")
    return Token.issue(member, "As documented", ["read", "watch"])[1]


@pytest.fixture
def answered(served: str, token: str) -> Callable[[str], tuple[int, bytes]]:
    """The status and the content that a command of the page comes back with."""

    def run(command: str) -> tuple[int, bytes]:
        words = shlex.split(command.replace(HERE, served).replace("$TOKEN", token))
        done = subprocess.run([*words, "-w", "\n%{http_code}"], capture_output=True, timeout=PATIENCE, check=True)
        content, _, status = done.stdout.rpartition(b"\n")
        return int(status), content

    return run


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_answered(answered: Callable[[str], tuple[int, bytes]], command: str) -> None:
    assert SLUG in command or "/bodies" in command
    status, content = answered(command)
    assert status == 200
    if command.endswith(".atom"):
        assert content.startswith(b"<?xml")
    elif command.endswith(".ics"):
        assert content.startswith(b"BEGIN:VCALENDAR")
    else:
        json.loads(content)


def test_the_quotation_is_judged_and_the_answer_found(answered: Callable[[str], tuple[int, bytes]]) -> None:
    def told(part: str) -> Any:
        return json.loads(answered(next(each for each in COMMANDS if part in each))[1])

    assert "194,610" in json.dumps(told("/ask "))
    assert len(told("in_force_on")) == 2
    assert told("/verify")["holds"] is True
