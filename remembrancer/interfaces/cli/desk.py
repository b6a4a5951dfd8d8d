"""The desk of one command: which office and body, as whom, and where its answer goes."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from remembrancer.model import Exit, Fault, Principal
from remembrancer.saying import Sentence

if TYPE_CHECKING:
    from remembrancer.interfaces.cli.lines import Line
    from remembrancer.office import Office
    from remembrancer.office.bureau import Bureau, Progress
    from remembrancer.office.registers.settling import Settled


class Common(NamedTuple):
    """The options every command takes; ``None`` and empty where not given."""

    office: Path | None
    body: str
    by: str
    json: bool
    out: Path | None


class Desk:
    """Opens what a command asks for and closes it with the command."""

    def __init__(self, common: Common) -> None:
        self.common = common
        self._office: Office | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._office is not None:
            self._office.close()

    @property
    def directory(self) -> Path:
        """The office's directory: the one named, or this one if it is an office. A Fault if neither."""
        from remembrancer.office import SETTINGS

        if self.common.office is not None:
            return self.common.office
        if Path(SETTINGS).exists():
            return Path()
        raise Fault(
            Exit.USAGE,
            Sentence("No office is named."),
            Sentence(
                "Name yours with -o OFFICE or REMEMBRANCER_OFFICE, or make one: remembrancer init OFFICE --body NAME."
            ),
        )

    @property
    def office(self) -> Office:
        from remembrancer.office import Office

        if self._office is None:
            self._office = Office(self.directory)
        return self._office

    @property
    def bureau(self) -> Bureau:
        return self.office.body(self.common.body)

    @property
    def principal(self) -> Principal:
        """Who asks, with the roles that the record grants them today."""
        from remembrancer.access import parse_principal

        return self.bureau.principal(parse_principal(self.common.by))

    def tell(self, shape: str, value: Any, render: Callable[[Any], Iterable[Line]]) -> None:
        """Put out a value: as the JSON of the published ``shape``, or as ``render`` shows it to a person."""
        if self.common.json:
            from remembrancer.interfaces import shapes

            self.put(shapes.dump(shape, value) + b"\n")
            return
        from remembrancer.interfaces.cli import lines

        if self.common.out is not None:
            self.put(lines.as_text(render(value)))
        else:
            lines.show(lines.console(), render(value))

    def entered(self, number: int) -> None:
        """Put out the number of the entry by which the record was changed."""
        from remembrancer.interfaces.cli import render

        self.tell("entered", {"entry": number, "already": False}, render.entered)

    def settled(self, told: Settled) -> None:
        """Put out the entry that says what was answered, and whether it said so before."""
        from remembrancer.interfaces.cli import render

        self.tell("entered", told._asdict(), render.entered)

    def put(self, data: bytes) -> None:
        """Put out bytes as they are, to standard output or the file named by ``--out``."""
        if self.common.out is None:
            sys.stdout.flush()
            sys.stdout.buffer.write(data)
            sys.stdout.buffer.flush()
            return
        try:
            self.common.out.write_bytes(data)
        except OSError as error:
            what = Sentence("%(file)s cannot be written: %(error)s.", file=self.common.out, error=error.strerror)
            raise Fault(Exit.REFUSED, what, Sentence("Name a file in a folder that you may write to.")) from error
        sys.stderr.write(f"Written: {self.common.out}\n")

    def confirm(self, question: str) -> None:
        """Ask a person at a terminal before what cannot be undone; scripts are not asked."""
        if sys.stdin is not None and sys.stdin.isatty():
            import typer

            typer.confirm(question, abort=True, err=True)

    @contextmanager
    def progress(self) -> Iterator[Progress]:
        """A bar on standard error, on a terminal only."""
        if not sys.stderr.isatty():
            yield lambda stage, done, total: None
            return
        from rich.progress import Progress as Bar

        from remembrancer.interfaces.cli.lines import console

        with Bar(console=console(sys.stderr), transient=True) as bar:
            tasks: dict[str, Any] = {}

            def report(stage: str, done: int, total: int) -> None:
                if stage not in tasks:
                    tasks[stage] = bar.add_task(stage, total=total)
                bar.update(tasks[stage], completed=done, total=total)

            yield report
