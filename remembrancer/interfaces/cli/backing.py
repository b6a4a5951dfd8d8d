"""``backup`` and ``restore``: a copy of the whole office while it is used, and an office made of one."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from remembrancer.access import parse_principal
from remembrancer.interfaces.cli import render
from remembrancer.interfaces.cli.command import KEEP, command
from remembrancer.interfaces.cli.desk import Desk
from remembrancer.interfaces.cli.writing import write_new
from remembrancer.model import Exit, Fault, Principal
from remembrancer.saying import Sentence


def register(app: typer.Typer) -> None:
    """Add these commands."""
    command(app, "backup", KEEP)(backup)
    command(app, "restore", KEEP)(restore)


def backup(
    desk: Desk,
    file: Annotated[Path | None, typer.Argument(metavar="[FILE]", help="A new .zip.", show_default=False)] = None,
    into: Annotated[
        Path | None, typer.Option("--into", metavar="DIR", help="Into a directory, by the moment.", show_default=False)
    ] = None,
    keep: Annotated[
        int | None, typer.Option("--keep", metavar="N", min=1, help="With a directory: so many are kept.")
    ] = None,
    keys: Annotated[bool, typer.Option("--keys", help="With the signing keys, and the settings' passwords.")] = False,
) -> None:
    """Copy the whole office while it is used: into one file, the bodies that are in it; or into a directory.

    In a directory each copy is named by the moment, and the oldest go: 14 are kept, or as many as --keep or the
    settings say. With neither FILE nor --into it is the directory that remembrancer.toml names as [backup] into. A copy
    holds what is closed, and the accounts: keep it where only you can read it.
    """
    from remembrancer.office.running import kept_copies

    principal = parse_principal(desk.common.by)
    if file is not None:
        if into is not None or keep is not None:
            raise Fault(
                Exit.USAGE,
                Sentence("A copy goes into one file, or into a directory."),
                Sentence("Leave out FILE, or --into and --keep."),
            )
        _copy_to(desk, file, principal, keys)
        desk.tell("bodies", desk.office.bodies(), render.bodies)
        return
    place = kept_copies.place(desk.office, into, keep)
    if place is None:
        raise Fault(
            Exit.USAGE,
            Sentence("It is not said where the copy goes."),
            Sentence("Name a FILE, or a directory with --into."),
        )
    made = kept_copies.copy_into(desk.office, principal, place, keys)
    desk.tell("backup", {"file": str(made.file), "removed": made.removed}, render.copied)


def _copy_to(desk: Desk, file: Path, principal: Principal, keys: bool) -> None:
    from remembrancer.office.running.backup import backup as copied

    write_new(file, copied(desk.office, principal, keys))


def restore(
    desk: Desk,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="What backup wrote.")],
    directory: Annotated[Path, typer.Argument(metavar="OFFICE", help="A directory, new or empty.")],
) -> None:
    """Make an office of a copy, and verify every record in it; the bodies that it keeps."""
    from remembrancer.office import Office
    from remembrancer.office.running.backup import restore as restored

    restored(file, directory)
    with Office(directory) as office:
        desk.tell("bodies", office.bodies(), render.bodies)
