"""How faults reach a person: one sentence and what to do about it; never a traceback for what they typed."""

from __future__ import annotations

import json
import os
import sys
import traceback
from typing import NamedTuple

from remembrancer.model import Exit, Fault

INTERNAL = 70
"""The exit code of a fault of the program itself."""
INTERRUPTED = 130
NAMES = {
    Exit.CHECK_FAILED: "check-failed",
    Exit.USAGE: "usage",
    Exit.REFUSED: "refused",
    Exit.UNREADABLE: "unreadable",
    Exit.UNAVAILABLE: "unavailable",
}
REPORT = "Run it again with REMEMBRANCER_DEBUG=1 and report what it prints at the project's issue tracker."


class NobodyReads(Exception):
    """Whoever read the output has gone, as ``head`` does; typer would make an error of it."""


class Said(NamedTuple):
    """What a fault comes to; ``code`` is its name in JSON."""

    exit_code: int
    code: str
    what: str
    advice: str


def tell(error: BaseException, in_json: bool) -> int:
    """Print what went wrong on standard error; the exit code."""
    if isinstance(error, SystemExit) and isinstance(error.__context__, BrokenPipeError):
        return _close_quietly()
    if isinstance(error, SystemExit) and error.code != INTERRUPTED:
        return error.code if isinstance(error.code, int) else 1
    if isinstance(error, (BrokenPipeError, NobodyReads)):
        return _close_quietly()
    said = _said(error)
    if said.code == "internal" and os.environ.get("REMEMBRANCER_DEBUG"):
        traceback.print_exception(error, file=sys.stderr)
    try:
        sys.stdout.flush()
        sys.stderr.write(_as_json(said) if in_json else _as_text(said))
        sys.stderr.flush()
    except BrokenPipeError:
        return _close_quietly()
    return said.exit_code


def _close_quietly() -> int:
    """What is still buffered must not fail when the program ends."""
    sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
    return 0


def _said(error: BaseException) -> Said:
    from typer import Abort

    if isinstance(error, Fault):
        return Said(int(error.exit_code), NAMES[error.exit_code], error.what, error.advice)
    if isinstance(error, (KeyboardInterrupt, SystemExit, Abort)):
        return Said(
            INTERRUPTED,
            "interrupted",
            "Stopped.",
            "What was acknowledged is kept; the same command continues.",
        )
    usage = _usage(error)
    if usage is not None:
        return usage
    if isinstance(error, OSError):
        what = f"The system says: {error.strerror or error}" + (f": {error.filename}." if error.filename else ".")
        return Said(int(Exit.REFUSED), "refused", what, "Check that you may write there and that the disk has room.")
    what = f"The program failed: {type(error).__name__}: {error}".rstrip(": ")
    return Said(INTERNAL, "internal", f"{what}.", REPORT)


def _usage(error: BaseException) -> Said | None:
    """What typer says of arguments that it cannot take."""
    from typer.exceptions import TyperException

    if not isinstance(error, TyperException):
        return None
    context = getattr(error, "ctx", None)
    command = context.command_path if context else "remembrancer"
    return Said(int(Exit.USAGE), "usage", error.format_message(), f"See {command} --help.")


def _as_json(said: Said) -> str:
    error = {"code": said.code, "what": said.what, "advice": said.advice or None}
    return json.dumps({"error": error}) + "\n"


def _as_text(said: Said) -> str:
    mark = "\x1b[1;31mError:\x1b[0m" if _in_colour() else "Error:"
    advice = f"       {said.advice}\n" if said.advice else ""
    return f"{mark} {said.what}\n{advice}"


def _in_colour() -> bool:
    return sys.stderr.isatty() and "NO_COLOR" not in os.environ and os.name != "nt"
