"""``backup`` and ``restore``: a copy of the whole office while it is used, and an office made of one."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from remembrancer.access import parse_principal
from remembrancer.interfaces.cli import render
from remembrancer.interfaces.cli.command import KEEP, command
from remembrancer.interfaces.cli.desk import Desk
from remembrancer.model import Exit, Fault


def register(app: typer.Typer) -> None:
    """Add these commands."""
    command(app, "backup", KEEP)(backup)
    command(app, "restore", KEEP)(restore)


def backup(
    desk: Desk,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A new .zip.")],
    keys: Annotated[bool, typer.Option("--keys", help="With the signing keys, and the settings' passwords.")] = False,
) -> None:
    """Copy the whole office into one file while it is used; the bodies that are in it.

    The file holds what is closed, and the accounts: keep it where only you can read it.
    """
    from remembrancer.office.running.backup import backup as copied

    pieces = copied(desk.office, parse_principal(desk.common.by), keys)
    try:
        made = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    except OSError as error:
        what = f"{file} cannot be written: {error.strerror}."
        raise Fault(Exit.REFUSED, what, "Name a file that is not there yet, in a directory that is.") from error
    with os.fdopen(made, "wb") as archive:
        archive.writelines(pieces)
        archive.flush()
        os.fsync(archive.fileno())
    desk.tell("bodies", desk.office.bodies(), render.bodies)


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
