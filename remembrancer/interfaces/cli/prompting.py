"""``remembrancer`` alone, on a terminal: a prompt that takes questions, with history and completion.

A line is a question. A number picks one of the readings of an ambiguous question, or one of the rows or passages of an
answer. A line that begins with a stroke is a command: ``/search "mill lane" -n 3``, ``/decision 2024/20``; and
``/more``, ``/open 2``, ``/help``, ``/quit``. There is no shell: what ``/search`` looks for stands as it is.
"""

from __future__ import annotations

import re
import shlex
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from prompt_toolkit import PromptSession
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.history import FileHistory, History, InMemoryHistory

from remembrancer.interfaces.cli import lines
from remembrancer.interfaces.cli.faults import tell
from remembrancer.interfaces.cli.render import DIM, ID, STRONG, Parts
from remembrancer.model import Fault
from remembrancer.record.persons import fold

if TYPE_CHECKING:
    from remembrancer.interfaces.cli.desk import Desk
    from remembrancer.memory.cite import Hit
    from remembrancer.office.asking.answering import FactView, Told

SHORTEST = 3
"""Letters of a name before it is completed."""

OFFERED = 12
"""How many names are offered at once."""

IN_WORDS = ("ask", "search")
"""Commands whose argument is words, with their quotation marks."""

OPTION = re.compile(r"\s-{1,2}[a-z]")

CHOOSE = "Type the number of the one you mean."

HELP = (
    ("a question", "answered in the record's own words, or the record is silent"),
    ("a number", "which of the readings is meant; or that row or passage of the answer, shown whole"),
    ("/more", "all of the last answer: every quotation, the debate, what is hearsay"),
    ("/open [N]", "the source of the answer, or of what has that number in it, at the place"),
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
            self._names = sorted((fold(name), name) for name in set(self._load()))
        words = before.split(" ")
        for at in range(len(words)):
            typed = " ".join(words[at:])
            found = self._called(fold(typed))
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
        self._one_at_a_time = Lock()

    def take(self, line: str) -> bool:
        """Do what a line says; False where it ends the sitting."""
        text = " ".join(line.split())
        if text in ("/quit", "/exit"):
            return False
        try:
            with self._one_at_a_time:
                self._do(text)
        except KeyboardInterrupt:
            _say("Stopped.")
        except Exception as error:
            tell(error, False)
        return True

    def names(self) -> list[str]:
        """What the register calls its matters, decisions and people; of people only those whom the body lists."""
        from remembrancer.office.registers.registrar import register_of

        with self._one_at_a_time:
            register = register_of(self._desk.bureau, self._desk.principal)
        called = [
            *(name for matter in register.matters for name in (matter.title, matter.number)),
            *(decision.number for decision in register.decisions),
            *(each.name for each in register.people if each.standing != "public" and each.presences),
        ]
        return [name for name in called if name]

    def _do(self, text: str) -> None:
        if text in ("/", "/help", "/?", "?"):
            lines.show(lines.console(), _help())
        elif text.startswith("/"):
            self._command(text[1:])
        elif text.isdigit() and self._last:
            self._number(text, self._last)
        elif text:
            self._ask(text)

    def _number(self, text: str, last: Told) -> None:
        """One of the readings, or one of what the answer numbers; what is neither may be the number of a matter."""
        from remembrancer.interfaces.cli.render_answer import numbered

        number, choices = int(text), last.readings or numbered(last)
        if not 1 <= number <= len(choices):
            if last.readings:
                _say(f"There are {len(choices)} to choose from.")
            else:
                self._ask(text)
        elif last.readings:
            self._ask(last.question, last.readings[number - 1].row)
        else:
            self._look(numbered(last)[number - 1])

    def _look(self, one: Hit | FactView) -> None:
        """A row or a passage, shown by the command for its kind."""
        identity = getattr(one, "row", "") or getattr(one, "id", "")
        kind = identity.partition("-")[0]
        self._run([kind if kind in self._commands else "show", identity, *self._common()])

    def _ask(self, question: str, about: str = "") -> None:
        from remembrancer.office.asking.answering import ask

        with self._desk.progress() as report:
            self._last = ask(self._desk.bureau, self._desk.principal, question, about=about, progress=report)
        self._show()

    def _show(self, verbose: bool = False) -> None:
        from remembrancer.interfaces.cli.render_answer import told

        if self._last is None:
            _say("Nothing was asked yet.")
        else:
            lines.show(lines.console(), told(self._last, verbose, "/more", CHOOSE))

    def _command(self, text: str) -> None:
        name, *rest = _split(text)
        if name == "more":
            self._show(verbose=True)
        elif name == "open":
            self._open(int(rest[0]) if rest and rest[0].isdigit() else 1)
        elif name in self._commands:
            self._run([name, *self._common(), *rest])
        else:
            lines.show(lines.console(), [lines.Line(_text(f"There is no command /{name}.", STRONG)), *_help()])

    def _common(self) -> list[str]:
        """The office, body and principal of this sitting, as options."""
        common = self._desk.common
        body = ["--body", common.body] if common.body else []
        return ["-o", str(self._desk.directory), *body, "--as", common.by]

    def _open(self, number: int) -> None:
        from remembrancer.interfaces.cli.opening import open_source
        from remembrancer.interfaces.cli.render_answer import numbered

        choices = numbered(self._last) if self._last else []
        if 1 <= number <= len(choices):
            _say(f"Opened: {open_source(self._desk.bureau, self._desk.principal, choices[number - 1])}")
        else:
            _say("The last answer has no such number." if choices else "There is nothing to open.")


def converse(desk: Desk, run: Callable[[list[str]], int], commands: Sequence[str], **streams: Any) -> int:
    """Take lines until there are no more. ``streams`` are ``input`` and ``output`` of prompt_toolkit."""
    offered = [name for name in commands if name != "prompt"]
    prompt = Prompt(desk, run, offered)
    names = Names([*offered, "more", "open", "help", "quit"], lambda: _forgiving(prompt.names))
    session: PromptSession[str] = PromptSession(
        history=_history(), completer=names, complete_in_thread=True, complete_while_typing=False, **streams
    )
    lines.show(lines.console(), _greeting(desk))
    while True:
        try:
            if not prompt.take(session.prompt("? ")):
                return 0
            lines.show(lines.console(), [lines.Line(_text("", ""))])
        except KeyboardInterrupt:
            continue
        except EOFError:
            return 0


def _forgiving(load: Callable[[], list[str]]) -> list[str]:
    """The names, or none where they cannot be had: completion is no place for a fault."""
    try:
        return load()
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
    """A command and its arguments; the words of a search with their quotation marks, as one."""
    name, _, rest = text.partition(" ")
    if name not in IN_WORDS:
        return [name, *_arguments(rest)]
    option = OPTION.search(f" {rest}")
    at = option.start() if option else len(rest)
    return [name, *filter(None, [rest[:at].strip()]), *_arguments(rest[at:])]


def _arguments(text: str) -> list[str]:
    try:
        return shlex.split(text)
    except ValueError:
        return text.split()


def _greeting(desk: Desk) -> Parts:
    yield lines.Line(_text(desk.bureau.name(), STRONG))
    yield lines.Line(_text("Ask the record. /help says what else there is; Tab completes; Ctrl-D leaves.", DIM))
    if not desk.bureau.catalog.sources():
        yield lines.Line(_text("There is nothing in it yet: /read PATH takes documents in.", DIM))


def _help() -> Parts:
    for what, does in HELP:
        text = _text(f"{what:<14}", ID)
        yield lines.Line(text.append(does, ""), "  ")


def _say(words: str) -> None:
    lines.show(lines.console(), [lines.Line(_text(words, DIM))])


def _text(words: str, style: str) -> Any:
    from rich.text import Text

    return Text(words, style)
