"""What tests of commands share: one that runs a command as a person would, in this process."""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from remembrancer.interfaces.cli import run

os.environ["REMEMBRANCER_VECTORS"] = "off"  # No test leaves a process behind that makes vectors.
# How long an example takes says nothing on a machine that others use too. Examples are the same each time, so that only
# a change makes a test fail; --hypothesis-profile=default looks for others.
settings.register_profile("shared", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("shared")
FIXTURES = Path(__file__).parent / "commands" / "fixtures"
PATIENCE = 180
"""Seconds that something is waited for: where the tests share a machine with others it may be very busy."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--accept", action="store_true", help="Write what commands print now into the transcripts.")


@dataclass(frozen=True)
class Told:
    """What a command came to."""

    code: int
    out: bytes
    err: str

    @property
    def text(self) -> str:
        return self.out.decode()


Command = Callable[..., Told]


def carry_out(*arguments: str) -> Told:
    out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", newline="\n") for _ in range(2))
    with redirect_stdout(out), redirect_stderr(err):
        code = run(arguments)
    out.flush()
    err.flush()
    return Told(code, out.buffer.getvalue(), err.buffer.getvalue().decode())  # type: ignore[attr-defined]


@pytest.fixture
def command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Command:
    """Runs commands in a directory of their own."""
    monkeypatch.chdir(tmp_path)
    for name in ("REMEMBRANCER_OFFICE", "COLUMNS", "REMEMBRANCER_DEBUG"):
        monkeypatch.delenv(name, raising=False)
    return carry_out
