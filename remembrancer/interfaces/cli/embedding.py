"""``vectors``: meaning beside words, where the extra is installed; made in the background after reading."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from typing import Annotated, Any

import typer

from remembrancer.interfaces.cli import render_vectors
from remembrancer.interfaces.cli.command import KEEP, command, group
from remembrancer.interfaces.cli.desk import Desk
from remembrancer.saying import Sentence

GIVE_WAY = 10
"""By how much the priority is lowered, of 19."""


def register(app: typer.Typer) -> None:
    """Add these commands."""
    vectors = group(app, "vectors", KEEP, "Meaning beside words: how far the vectors are.", state)
    command(vectors, "build")(build)
    command(vectors, "remove")(remove)


def state(desk: Desk) -> None:
    """How many of the passages have vectors, and whether they are being made."""
    from remembrancer.office import embedding
    from remembrancer.office.bureau import require

    require(desk.principal, "embed", Sentence("see how far the vectors are"))
    desk.tell("vectors", embedding.state(desk.bureau), render_vectors.state)


def build(
    desk: Desk,
    gently: Annotated[bool, typer.Option("--gently", help="Give way to whatever else the machine does.")] = False,
) -> None:
    """Make the vectors that are missing; it may be stopped at any time, and goes on from there.

    Searching does not wait for it. It needs the extra: pip install remembrancer[vectors].
    """
    from remembrancer.office import embedding
    from remembrancer.office.bureau import require

    require(desk.principal, "embed", Sentence("make vectors"))
    if gently and hasattr(os, "nice"):
        os.nice(GIVE_WAY)
    with desk.progress() as report:
        embedding.build(desk.bureau, report)
    state(desk)


def remove(desk: Desk) -> None:
    """Delete the vectors; they can be made again."""
    from remembrancer.office import embedding
    from remembrancer.office.bureau import require

    require(desk.principal, "embed", Sentence("remove vectors"))
    desk.bureau.embedding.remove()
    desk.tell("vectors", embedding.state(desk.bureau), render_vectors.state)


def begin(desk: Desk) -> None:
    """Have missing vectors made by another process, politely, where the extra is installed; waits for nothing."""
    from remembrancer.office import embedding

    bureau = desk.bureau
    if not (embedding.on() and bureau.embedding.installed() and embedding.outstanding(bureau)):
        return
    office = str(desk.directory.resolve())
    program = [sys.executable, "-m", "remembrancer.interfaces.cli", "vectors", "build", "-o", office]
    with contextlib.suppress(OSError):
        subprocess.Popen([*program, "--body", bureau.slug, "--gently"], **_detached())  # noqa: S603 - this program


def _detached() -> dict[str, Any]:
    """How a process is started that outlives this one and gives way to others."""
    silent: dict[str, Any] = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.DEVNULL)
    if sys.platform == "win32":
        flags = subprocess.DETACHED_PROCESS | subprocess.BELOW_NORMAL_PRIORITY_CLASS
        return {**silent, "creationflags": flags, "close_fds": True}
    return {**silent, "start_new_session": True}
