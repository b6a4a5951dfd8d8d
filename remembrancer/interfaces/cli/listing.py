"""``sources``, ``sittings``, ``people``, ``findings`` and ``show``: what the record holds, and anything by its id."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from remembrancer.interfaces.cli import render
from remembrancer.interfaces.cli.command import LOOK, command, group
from remembrancer.interfaces.cli.desk import Desk

if TYPE_CHECKING:
    from remembrancer.office.showing.shown import Shown


Identity = Annotated[str, typer.Argument(metavar="ID", help="As other commands print it.")]


def register(app: typer.Typer) -> None:
    """Add these commands."""
    command(app, "sources", LOOK)(sources)
    command(app, "sittings", LOOK)(sittings)
    named = group(app, "people", LOOK, "Everybody who is named as present or as a speaker; who is one person.", people)
    command(named, "list")(people)
    command(named, "merge")(merge)
    command(named, "split")(split)
    command(app, "findings", LOOK)(findings)
    command(app, "show", LOOK)(show)


def sources(desk: Desk) -> None:
    """List the files that were read."""
    from remembrancer.office.showing import shown, withheld

    closed = withheld.closed(desk.bureau, desk.principal)
    desk.tell("sources", [*shown.sources(desk.bureau, desk.principal), *closed], render.sources)


def sittings(desk: Desk) -> None:
    """List the sittings, earliest first."""
    from remembrancer.office.showing import shown, withheld

    closed = withheld.closed(desk.bureau, desk.principal)
    desk.tell("sittings", [*shown.sittings(desk.bureau, desk.principal), *closed], render.sittings)


def people(desk: Desk) -> None:
    """List everybody who is named as present or as a speaker."""
    from remembrancer.office.showing import shown

    desk.tell("people", shown.people(desk.bureau, desk.principal), render.people)


def merge(desk: Desk, one: Identity, other: Identity) -> None:
    """Say that two who are listed apart are one person."""
    from remembrancer.office.registers import registrar

    desk.settled(registrar.merge(desk.bureau, desk.principal, one, other))


def split(desk: Desk, identity: Identity) -> None:
    """Say that several were taken for one person: each label stands for itself again."""
    from remembrancer.office.registers import registrar

    desk.settled(registrar.split(desk.bureau, desk.principal, identity))


def findings(
    desk: Desk,
    code: Annotated[str, typer.Option("--code", metavar="CODE", help="Only those of this code.")] = "",
) -> None:
    """List what readers noticed in the documents, with what to do about it."""
    from remembrancer.office.showing import shown

    found = shown.findings(desk.bureau, desk.principal)
    desk.tell("findings", [each for each in found if code in ("", each.code)], render.findings)


def show(desk: Desk, identity: Identity) -> None:
    """Show a sitting, item, speech, text, person, source or finding by its permanent id.

    A source may be named by eight or more of the first characters of its id, here and elsewhere.
    """
    from remembrancer.office.showing import shown

    found = shown.show(desk.bureau, desk.principal, identity)
    name = _shape(found)
    desk.tell(name, found, render.SHOWN[name])


def _shape(found: Shown) -> str:
    return "show-" + type(found).__name__.removesuffix("View").lower()
