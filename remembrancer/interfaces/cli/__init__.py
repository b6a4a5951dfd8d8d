"""The command line: it parses, calls the office and prints; it has no rules of its own.

Exit codes are those of ``model.Exit``; 0 is done, also where the record is silent. Errors go to standard error
as one sentence and what to do about it, with ``--json`` as ``{"error": {"code", "what", "advice"}}``.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence

SELDOM = 300_000
"""Objects made before Python looks for cycles: most commands, with the shapes of their JSON, are over before that."""


def main() -> None:
    """The ``remembrancer`` command."""
    gc.set_threshold(SELDOM)
    code = run(sys.argv[1:])
    gc.freeze()  # Nothing is looked through for cycles on the way out, which would take a tenth of a short command.
    sys.exit(code)


def run(arguments: Sequence[str]) -> int:
    """Carry out one command; its exit code."""
    from remembrancer.interfaces.cli import faults
    from remembrancer.interfaces.cli.arguments import arrange, name_a_command

    ready_streams()
    in_json = "--json" in arguments
    try:
        from remembrancer.interfaces.cli.app import program

        words = arrange(arguments)
        if not name_a_command(words):
            words = ["prompt", *words] if at_terminal() else []
        code = program(*words[:1])(args=words, prog_name="remembrancer", standalone_mode=False)
        sys.stdout.flush()
        return code if isinstance(code, int) else 0
    except BaseException as error:
        return faults.tell(error, in_json)


def at_terminal() -> bool:
    """Whether there is somebody to converse with."""
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout))


def ready_streams() -> None:
    """A console that cannot show a character shows a replacement instead of failing."""
    encoding = (getattr(sys.stdout, "encoding", None) or "utf-8").lower().replace("-", "")
    if encoding != "utf8" and hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="replace")
    if hasattr(sys.stderr, "reconfigure"):
        sys.stderr.reconfigure(errors="backslashreplace")
