"""``search`` and ``ask``: from words to the record's own words."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from remembrancer.interfaces.cli import render
from remembrancer.interfaces.cli.command import LOOK, command
from remembrancer.interfaces.cli.desk import Desk
from remembrancer.interfaces.cli.narrowing import InSitting, OfKind, Since, Speaker, UnderItem, Until
from remembrancer.interfaces.dates import day
from remembrancer.interfaces.narrowing import narrowed
from remembrancer.model import Exit, Fault
from remembrancer.saying import Sentence

if TYPE_CHECKING:
    from remembrancer.memory.cite import Hit

AsOf = Annotated[
    str,
    typer.Option("--as-of", metavar="D", help="As the record stood on this day: sittings dated up to it."),
]


def register(app: typer.Typer) -> None:
    """Add these commands."""
    command(app, "search", LOOK)(search)
    command(app, "ask", LOOK)(ask)
    command(app, "prompt", LOOK)(prompt)


def search(
    desk: Desk,
    query: Annotated[str, typer.Argument(metavar="QUERY", help='Words, "phrases", AND, OR, NOT, speaker:NAME.')],
    since: Since = "",
    until: Until = "",
    speaker: Speaker = "",
    sitting: InSitting = "",
    item: UnderItem = "",
    kind: OfKind = "",
    as_of: AsOf = "",
    limit: Annotated[int, typer.Option("-n", metavar="N", min=1, max=10_000, help="How many at most.")] = 10,
    verbose: Annotated[bool, typer.Option("-v", "--verbose", help="Also what was said around each.")] = False,
    opened: Annotated[bool, typer.Option("--open", help="Open the source of the first hit at its place.")] = False,
) -> None:
    """Find passages by their words, best first.

    Dates are written 2024, 2024-03 or 2024-03-07.
    """
    filters = narrowed(since, until, speaker, sitting, item, kind, as_of)
    bureau, principal = desk.bureau, desk.principal
    with desk.progress() as report:
        hits = bureau.search(principal, query, filters, limit, report)
    desk.tell("search", hits, partial(render.hits, verbose=verbose))
    _open(desk, hits, opened)


def ask(
    desk: Desk,
    question: Annotated[str, typer.Argument(metavar="QUESTION", help="In your own words.")],
    as_of: AsOf = "",
    about: Annotated[
        str, typer.Option(metavar="ID", help="What it is about, where a question may mean several things.")
    ] = "",
    limit: Annotated[int, typer.Option("-n", metavar="N", min=1, max=1_000, help="How many quotations at most.")] = 5,
    verbose: Annotated[
        bool, typer.Option("-v", "--verbose", help="Also every quotation whole, the debate and what is hearsay.")
    ] = False,
    opened: Annotated[
        bool, typer.Option("--open", help="Open the source of the first quotation at its place.")
    ] = False,
) -> None:
    """Answer a question in the record's own words, or say that the record is silent.

    The answer comes first, then the words that prove it and where they stand.
    """
    from remembrancer.interfaces.cli.render_answer import told
    from remembrancer.office.asking import answering

    with desk.progress() as report:
        answer = answering.ask(desk.bureau, desk.principal, question, day(as_of), limit, about, report)
    desk.tell("ask", answer, partial(told, verbose=verbose))
    _open(desk, answer.answer, opened)


def _open(desk: Desk, hits: Sequence[Hit], wanted: bool) -> None:
    """Open the source of the first hit, where that is wanted and there is one."""
    if wanted and hits:
        from remembrancer.interfaces.cli.opening import open_source

        path = open_source(desk.bureau, desk.principal, hits[0])
        sys.stderr.write(f"Opened: {path}\n")


def prompt(desk: Desk) -> int:
    """Ask at a prompt, with history and completion; remembrancer alone, on a terminal, does the same."""
    from remembrancer.interfaces.cli import at_terminal, run
    from remembrancer.interfaces.cli.app import names

    if not at_terminal():
        raise Fault(Exit.USAGE, Sentence("There is no terminal to ask at."), Sentence("Use ask QUESTION."))
    from remembrancer.interfaces.cli.prompting import converse

    return converse(desk, run, names())
