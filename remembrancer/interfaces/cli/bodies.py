"""``init``, ``bodies`` and ``house``: the office, whose records it keeps, and how their documents are written."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from remembrancer.interfaces.cli import render
from remembrancer.interfaces.cli.command import BEGIN, command, group
from remembrancer.interfaces.cli.desk import Desk
from remembrancer.model import Exit, Fault
from remembrancer.saying import Sentence

HouseFile = Annotated[
    Path | None,
    typer.Option("--house", metavar="FILE", help="The body's conventions, as TOML.", show_default=False),
]


def register(app: typer.Typer) -> None:
    """Add these commands."""
    command(app, "init", BEGIN)(init)
    command(group(app, "bodies", BEGIN, "Whose records this office keeps.", bodies), "add")(add)
    house = group(app, "house", BEGIN, "How this body's documents are written.")
    command(house, "guess")(guess)
    command(house, "set")(set_)
    command(house, "show")(show)


def init(
    desk: Desk,
    directory: Annotated[Path, typer.Argument(metavar="OFFICE", help="A directory, new or empty.")],
    body: Annotated[str, typer.Option("--body", metavar="NAME", help="The body's full name.")],
    house: HouseFile = None,
) -> None:
    """Make an office with its first body."""
    from remembrancer.office import Office

    toml = house_of(house)
    if directory.is_file():
        raise Fault(
            Exit.REFUSED,
            Sentence("%(directory)s is a file.", directory=directory),
            Sentence("Name a directory, new or empty."),
        )
    with Office.create(directory, body, toml) as office:
        founded = {"office": str(directory), "body": office.bodies()[0]}
    desk.tell("init", founded, render.founded)


def bodies(desk: Desk) -> None:
    """List the bodies."""
    desk.tell("bodies", desk.office.bodies(), render.bodies)


def add(
    desk: Desk,
    name: Annotated[str, typer.Argument(metavar="NAME", help="The body's full name.")],
    house: HouseFile = None,
) -> None:
    """Begin the record of another body; the accounts that own every other body own it too."""
    from remembrancer.office import founding
    from remembrancer.office.bureau import require

    asking = _asking(desk)
    require(asking, "found", Sentence("add a body"))
    founding.found(desk.office, asking, name, house=house_of(house))
    desk.tell("bodies", desk.office.bodies(), render.bodies)


def _asking(desk: Desk) -> Any:
    """Who asks, where there may be several bodies or none."""
    from remembrancer.access import parse_principal

    return parse_principal(desk.common.by)


def guess(
    desk: Desk,
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help="Documents, or directories of them.")],
) -> None:
    """Propose a house from samples of the body's documents, with the evidence for each line.

    Nothing is recorded. Read it, change what is wrong, then: remembrancer house set FILE.
    """
    from remembrancer.office.changing.keeping import files_under, guess_house

    desk.tell("house-guess", {"toml": guess_house(files_under(paths))}, render.toml)


def set_(desk: Desk, file: Annotated[Path, typer.Argument(metavar="FILE", help="A house, as TOML.")]) -> None:
    """Put a house in force from now on."""
    toml = house_of(file)
    sha = desk.bureau.set_house(desk.principal, toml)
    desk.tell("house", {"house": sha, "toml": toml}, render.house_set)


def show(desk: Desk) -> None:
    """Print the house in force, as TOML."""
    from remembrancer.record.intake import house_sha

    toml = desk.bureau.house_toml()
    desk.tell("house", {"house": house_sha(toml), "toml": toml}, render.house)


def house_of(file: Path | None) -> str:
    """The TOML in a file, checked to be a house; empty without a file."""
    from remembrancer.read import house

    if file is None:
        return ""
    toml = text_of(file)
    house.parse(toml, str(file))
    return toml


def text_of(file: Path) -> str:
    """What a file says; a Fault where it cannot be opened or is no text."""
    try:
        return file.read_text(encoding="utf-8-sig")
    except OSError as error:
        what = Sentence("%(file)s cannot be opened: %(error)s.", file=file, error=error.strerror)
        raise Fault(Exit.UNREADABLE, what, Sentence("Check that it is there and that you may read it.")) from error
    except UnicodeDecodeError as error:
        raise Fault(
            Exit.UNREADABLE, Sentence("%(file)s is not text in UTF-8.", file=file), Sentence("Save it as UTF-8.")
        ) from error
