"""``remembrancer`` alone, on a terminal: a prompt that takes questions, with history and completion.

A line is a question. A number picks one of the readings of an ambiguous question. A line that begins with a stroke
is a command: ``/search bridge``, ``/decision 2024/20``; and ``/more``, ``/open 2``, ``/help``, ``/quit``.
"""

from __future__ import annotations

import shlex
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from prompt_toolkit import PromptSession
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.history import FileHistory, History, InMemoryHistory

from remembrancer.interfaces.cli import lines
from remembrancer.interfaces.cli.faults import tell
from remembrancer.interfaces.cli.render import DIM, ID, STRONG, Parts
from remembrancer.model import Fault

if TYPE_CHECKING:
    from remembrancer.interfaces.cli.desk import Desk
    from remembrancer.office.answering import Told

SHORTEST = 3
"""Letters of a name before it is completed."""

OFFERED = 12
"""How many names are offered at once."""

HELP = (
    ("a question", "answered in the record's own words, or the record is silent"),
    ("a number", "which of the readings you mean, or which of what was listed"),
    ("/more", "all of the last answer: every quotation, the debate, what is hearsay"),
    ("/open [N]", "the source of its Nth quotation, at the place"),
    ("/COMMAND ...", "any command, as /search bridge, /decision 2024/20, /watch list"),
    ("/quit", "or Ctrl-D"),
)


class Names(Completer):
    """Completes commands after a stroke, elsewhere the names that the register knows, by their beginnings."""

    def __init__(self, commands: Iterable[str], load: Callable[[], Iterable[str]]) -> None:
        """``load`` gives the names; it is called once, when something is first typed, off the typing thread."""
        self._commands = sorted(commands)
        self._load = load
        self._names: list[tuple[str, str]] | None = None

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterator[Completion]:
        before = document.text_before_cursor
        if before.startswith("/") and " " not in before:
            yield from (Completion(f"/{name}", -len(before)) for name in self._commands if name.startswith(before[1:]))
            return
        for typed, found in self._beginning(before):
            yield Completion(found, -len(typed))

    def _beginning(self, before: str) -> Iterator[tuple[str, str]]:
        """The longest run of words before the cursor with which names begin, and these names."""
        if self._names is None:
            self._names = sorted((name.casefold(), name) for name in set(self._load()))
        words = before.split(" ")
        for at in range(len(words)):
            typed = " ".join(words[at:])
            found = self._called(typed.casefold())
            if len(typed) >= SHORTEST and found:
                yield from ((typed, name) for name in found)
                return

    def _called(self, folded: str) -> list[str]:
        names = self._names or []
        at = bisect_left(names, (folded, ""))
        return [name for key, name in names[at : at + OFFERED] if key.startswith(folded)]


class Prompt:
    """A sitting at the prompt: what was asked last is kept, so that it can be gone into."""

    def __init__(self, desk: Desk, run: Callable[[list[str]], int], commands: Sequence[str]) -> None:
        """``run`` carries out a command line; ``commands`` are the names of the commands."""
        self._desk = desk
        self._run = run
        self._commands = commands
        self._last: Told | None = None

    def take(self, line: str) -> bool:
        """Do what a line says; False where it ends the sitting."""
        text = line.strip()
        try:
            if text in ("/quit", "/exit"):
                return False
            if text in ("/help", "/?", "?"):
                lines.show(lines.console(), _help())
            elif text.startswith("/"):
                self._command(text[1:])
            elif text.isdigit() and self._last and self._last.readings:
                self._pick(int(text))
            elif text:
                self._ask(text)
        except Fault as fault:
            tell(fault, False)
        except KeyboardInterrupt:
            lines.show(lines.console(), [lines.Line(_text("Stopped.", DIM))])
        return True

    def names(self) -> Iterator[str]:
        """What the register calls its matters, people and decisions."""
        from remembrancer.office.registrar import register_of

        register = register_of(self._desk.bureau, self._desk.principal)
        for matter in register.matters:
            yield from filter(None, (matter.title, matter.number))
        yield from (person.name for person in register.people if person.standing != "public")
        yield from (decision.number for decision in register.decisions if decision.number)

    def _ask(self, question: str, about: str = "") -> None:
        from remembrancer.office.answering import ask

        with self._desk.progress() as report:
            self._last = ask(self._desk.bureau, self._desk.principal, question, about=about, progress=report)
        self._show()

    def _show(self, verbose: bool = False) -> None:
        from remembrancer.interfaces.cli.render_answer import told

        if self._last is not None:
            lines.show(lines.console(), told(self._last, verbose, "/more"))

    def _pick(self, number: int) -> None:
        readings = self._last.readings if self._last else ()
        if self._last and 1 <= number <= len(readings):
            self._ask(self._last.question, readings[number - 1].row)
        else:
            lines.show(lines.console(), [lines.Line(_text(f"There are {len(readings)} to choose from.", DIM))])

    def _command(self, text: str) -> None:
        name, *rest = _split(text) or [""]
        if name == "more":
            self._show(verbose=True)
        elif name == "open":
            self._open(int(rest[0]) if rest and rest[0].isdigit() else 1)
        elif name in self._commands:
            common = self._desk.common
            body = ["--body", common.body] if common.body else []
            self._run([name, *rest, "-o", str(self._desk.directory), *body, "--as", common.by])
        else:
            what = f"There is no command /{name}."
            lines.show(lines.console(), [lines.Line(_text(what, STRONG)), *_help()])

    def _open(self, number: int) -> None:
        from remembrancer.interfaces.cli.opening import open_source

        hits = self._last.answer if self._last else ()
        if not 1 <= number <= len(hits):
            lines.show(lines.console(), [lines.Line(_text("The last answer has no such quotation.", DIM))])
            return
        path = open_source(self._desk.bureau, self._desk.principal, hits[number - 1])
        lines.show(lines.console(), [lines.Line(_text(f"Opened: {path}", DIM))])


def converse(desk: Desk, run: Callable[[list[str]], int], commands: Sequence[str], **streams: Any) -> int:
    """Take lines until there are no more. ``streams`` are ``input`` and ``output`` of prompt_toolkit."""
    prompt = Prompt(desk, run, commands)
    names = Names([*commands, "more", "open", "help", "quit"], lambda: _forgiving(prompt.names))
    session: PromptSession[str] = PromptSession(
        history=_history(), completer=names, complete_in_thread=True, complete_while_typing=False, **streams
    )
    lines.show(lines.console(), _greeting(desk))
    while True:
        try:
            if not prompt.take(session.prompt("? ")):
                return 0
        except KeyboardInterrupt:
            continue
        except EOFError:
            return 0


def _forgiving(load: Callable[[], Iterator[str]]) -> list[str]:
    """The names, or none where they cannot be had: completion is no place for a fault."""
    try:
        return list(load())
    except Fault:
        return []


def _history() -> History:
    """Kept among the user's own files, never in the office: what somebody asked is theirs."""
    from platformdirs import user_state_path

    try:
        folder = user_state_path("remembrancer", appauthor=False, ensure_exists=True)
        history = Path(folder) / "questions"
        history.touch(mode=0o600)
        return FileHistory(str(history))
    except OSError:
        return InMemoryHistory()


def _split(text: str) -> list[str]:
    try:
        return shlex.split(text)
    except ValueError:
        return text.split()


def _greeting(desk: Desk) -> Parts:
    yield lines.Line(_text(desk.bureau.name(), STRONG))
    yield lines.Line(_text("Ask the record. /help says what else there is; Tab completes; Ctrl-D leaves.", DIM))


def _help() -> Parts:
    for what, does in HELP:
        text = _text(f"{what:<14}", ID)
        yield lines.Line(text.append(does, ""), "  ")


def _text(words: str, style: str) -> Any:
    from rich.text import Text

    return Text(words, style)
