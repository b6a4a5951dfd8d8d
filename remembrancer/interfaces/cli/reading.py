"""``read``: documents into the record, and the account of what became of every letter."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from remembrancer.interfaces import telling
from remembrancer.interfaces.cli import embedding, render
from remembrancer.interfaces.cli.bodies import HouseFile, house_of
from remembrancer.interfaces.cli.command import BEGIN, command
from remembrancer.interfaces.cli.desk import Desk
from remembrancer.model import Exit, Fault
from remembrancer.saying import Sentence

if TYPE_CHECKING:
    from remembrancer.record.intake import Taken


def register(app: typer.Typer) -> None:
    """Add this command."""
    command(app, "read", BEGIN)(read)


def read(
    desk: Desk,
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help="Files, or directories of them.")],
    house: HouseFile = None,
    visibility: Annotated[
        str | None,
        typer.Option(
            "--class",
            metavar="CLASS",
            help="Who may see them: open (unless said before), existence, members, role:NAME or hidden.",
        ),
    ] = None,
    account: Annotated[
        bool, typer.Option("--account", help="Print for each file where its letters and digits went.")
    ] = False,
) -> int:
    """Read documents into the record, and say what was found and what was not.

    Reading the same files again adds nothing. Exits with 4 if none of them could be read.
    """
    from remembrancer.office.changing.incoming import totals
    from remembrancer.office.changing.keeping import files_under, take_in

    bureau, principal = desk.bureau, desk.principal
    toml = house_of(house)
    files = files_under(paths)
    if not files:
        raise Fault(
            Exit.UNREADABLE,
            Sentence("There are no files in what was named."),
            Sentence("Name files or directories with files."),
        )
    taken: list[Taken] = []
    with desk.progress() as report:
        for one in take_in(bureau, principal, files, toml, visibility):
            taken.append(one)
            report("reading", len(taken), len(files))
        bureau.catch_up(report)
    embedding.begin(desk)
    if account:
        desk.tell("read-account", [_account_line(one) for one in taken], render.account)
    else:
        desk.tell("read", {"files": [telling.file(one) for one in taken], "totals": totals(bureau, taken)}, render.read)
    return 0 if any(one.readable for one in taken) else int(Exit.UNREADABLE)


def _account_line(one: Taken) -> dict[str, Any]:
    named = {"path": one.path, "source": one.source, "reader": one.reader}
    return {**named, **asdict(one.account), "not_extracted": one.not_extracted}
