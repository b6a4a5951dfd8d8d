"""``watch``: stored searches and questions, and what is new since they ran last."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from remembrancer.interfaces import telling
from remembrancer.interfaces.cli import render_watches
from remembrancer.interfaces.cli.command import LOOK, command, group
from remembrancer.interfaces.cli.desk import Desk
from remembrancer.interfaces.cli.narrowing import InSitting, OfKind, Since, Speaker, UnderItem, Until
from remembrancer.interfaces.narrowing import narrowed
from remembrancer.model import Exit

if TYPE_CHECKING:
    from remembrancer.office.working import Watch

Name = Annotated[str, typer.Argument(metavar="NAME", help="As watch list prints it.")]


def register(app: typer.Typer) -> None:
    """Add these commands."""
    watch = group(app, "watch", LOOK, "Stored searches and questions, and what is new since they ran last.", listed)
    command(watch, "add")(add)
    command(watch, "list")(listed)
    command(watch, "remove")(remove)
    command(watch, "run")(run)


def add(
    desk: Desk,
    query: Annotated[str, typer.Argument(metavar="QUERY", help="As of search; with --ask a question.")],
    ask: Annotated[bool, typer.Option("--ask", help="It is a question, whose answer may change.")] = False,
    name: Annotated[str, typer.Option(metavar="NAME", help="By default made of its words.")] = "",
    since: Since = "",
    until: Until = "",
    speaker: Speaker = "",
    sitting: InSitting = "",
    item: UnderItem = "",
    kind: OfKind = "",
) -> None:
    """Keep a search or a question, to be told what is new. It is yours alone."""
    from remembrancer.office.asking import watching

    filters = narrowed(since, until, speaker, sitting, item, kind)
    bureau = desk.bureau
    made = watching.add(bureau, desk.office.work, desk.principal, query, question=ask, name=name, filters=filters)
    desk.tell("watches", [telling.watch(made)], render_watches.added)


def listed(desk: Desk) -> None:
    """List your watches."""
    from remembrancer.office.asking import watching

    _list(desk, watching.watches(desk.bureau, desk.office.work, desk.principal))


def remove(desk: Desk, name: Name) -> None:
    """Forget a watch and what it has shown."""
    from remembrancer.office.asking import watching

    bureau, work, principal = desk.bureau, desk.office.work, desk.principal
    watching.remove(bureau, work, principal, name)
    _list(desk, watching.watches(bureau, work, principal))


def run(
    desk: Desk,
    name: Annotated[
        str, typer.Argument(metavar="NAME", help="As watch list prints it; by default all.", show_default=False)
    ] = "",
    limit: Annotated[int, typer.Option("-n", metavar="N", min=1, max=1_000, help="Passages of each at most.")] = 10,
) -> int:
    """Print what is new since each of your watches ran last. What is printed once is not printed again.

    The first run says what there is. The exit code is 3 where a watch could not be run.
    """
    from remembrancer.office.asking import watching

    bureau, work = desk.bureau, desk.office.work
    with desk.progress() as report:
        ran = list(watching.run(bureau, work, desk.principal, name, limit, report))
    news = [each.news for each in ran]
    desk.tell("watch-run", news, render_watches.news)
    sys.stdout.flush()
    for each in ran:
        watching.noted(work, each)
    return int(Exit.REFUSED) if any(each.problem for each in news) else 0


def _list(desk: Desk, watches: Sequence[Watch]) -> None:
    desk.tell("watches", [telling.watch(each) for each in watches], render_watches.watches)
