"""``grant``, ``classify``, ``redact``, ``dispose``, ``hold`` and ``schedule``: who may see, what goes, what stays."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from remembrancer.interfaces.cli import render
from remembrancer.interfaces.cli.bodies import text_of
from remembrancer.interfaces.cli.command import KEEP, command, group
from remembrancer.interfaces.cli.desk import Desk
from remembrancer.saying import Sentence

Identity = Annotated[str, typer.Argument(metavar="ID", help="As other commands print it.")]


def register(app: typer.Typer) -> None:
    """Add these commands."""
    command(app, "grant", KEEP)(grant)
    command(app, "revoke", KEEP)(revoke)
    command(app, "grants", KEEP)(grants)
    command(app, "classify", KEEP)(classify)
    command(app, "redact", KEEP)(redact)
    command(app, "dispose", KEEP)(dispose)
    hold = group(app, "hold", KEEP, "Holds: what is not disposed of, whatever the schedules say.", holds)
    command(hold, "add")(hold_add)
    command(hold, "release")(hold_release)
    command(hold, "list")(holds)
    schedule = group(app, "schedule", KEEP, "Schedules: how long each kind of source stays.", schedules)
    command(schedule, "set")(schedule_set)
    command(schedule, "list")(schedules)


def grant(
    desk: Desk,
    principal: Annotated[str, typer.Argument(metavar="PRINCIPAL", help="member:PERSON or account:ID.")],
    role: Annotated[str, typer.Argument(metavar="ROLE", help="As chair, clerk or auditor.")],
    since: Annotated[str, typer.Option("--from", metavar="D", help="The first day; by default always.")] = "",
    until: Annotated[str, typer.Option("--to", metavar="D", help="The last day; by default for ever.")] = "",
) -> None:
    """Record that somebody holds a role, and so may see what its holders may."""
    from remembrancer.office.changing import granting

    desk.entered(granting.grant(desk.bureau, desk.principal, principal, role, since, until))


def revoke(
    desk: Desk,
    entry: Annotated[int, typer.Argument(metavar="ENTRY", help="The grant's number, as grants prints it.")],
) -> None:
    """End a grant, from today on."""
    from remembrancer.office.changing import granting

    desk.entered(granting.revoke(desk.bureau, desk.principal, entry))


def grants(
    desk: Desk,
    everything: Annotated[bool, typer.Option("--all", help="Also those that have ended or not begun.")] = False,
) -> None:
    """List who holds which role, and for which term."""
    from remembrancer.office.changing import granting

    desk.tell("grants", granting.grants(desk.bureau, desk.principal, everything), render.grants)


def classify(
    desk: Desk,
    identity: Identity,
    visibility: Annotated[str, typer.Argument(metavar="CLASS", help="open, existence, members, role:NAME or hidden.")],
    title: Annotated[str, typer.Option(metavar="T", help="For existence: the title that everybody sees.")] = "",
    ground: Annotated[str, typer.Option(metavar="G", help="For existence: why it is closed.")] = "",
) -> None:
    """Say who may see a source, sitting, item, speech or text, in every version of its document."""
    from remembrancer.office.changing import keeping
    from remembrancer.office.showing import shown

    bureau, principal = desk.bureau, desk.principal
    whole = shown.whole_id(bureau, principal, identity)
    desk.entered(keeping.classify(bureau, principal, whole, visibility, title, ground))


def redact(
    desk: Desk,
    identity: Identity,
    authority: Annotated[str, typer.Option(metavar="TEXT", help="The order or law under which it goes.")],
    replace: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="What stands in its place.", show_default=False),
    ] = None,
) -> None:
    """Remove a source, or the words of an element in every version, for good.

    An entry says what kind of thing went, when and under what authority. This cannot be undone.
    """
    from remembrancer.office.changing import keeping
    from remembrancer.office.showing import shown

    bureau, principal = desk.bureau, desk.principal
    replacement = text_of(replace) if replace else ""
    whole = shown.whole_id(bureau, principal, identity)
    desk.confirm(f"Remove {identity} for good?")
    desk.entered(keeping.redact(bureau, principal, whole, authority, replacement))


def dispose(
    desk: Desk,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would go.")] = False,
) -> None:
    """Dispose of the sources whose schedule has run out, unless a hold keeps them."""
    from remembrancer.office.bureau import require
    from remembrancer.office.changing import keeping

    bureau, principal = desk.bureau, desk.principal
    require(principal, "dispose", Sentence("dispose of sources"))
    plan = [_due(desk, one) for one in keeping.due(bureau)]
    if plan and not dry_run:
        desk.confirm(f"Dispose of {len(plan)} sources for good?")
        keeping.dispose(bureau, principal)
    desk.tell("dispose", {"done": not dry_run, "sources": plan}, render.disposal)


def _due(desk: Desk, one: Any) -> dict[str, Any]:
    source = desk.bureau.catalog.source(one.source)
    return {
        "source": one.source,
        "path": source.path if source else "",
        "authority": one.schedule.authority,
        "due": one.day.isoformat(),
        "period": one.schedule.period,
        "since": one.schedule.since,
    }


def holds(desk: Desk) -> None:
    """List the holds that last."""
    from remembrancer.office.changing import retaining

    desk.tell("holds", retaining.holds(desk.bureau, desk.principal), render.holds)


def hold_add(
    desk: Desk,
    reason: Annotated[str, typer.Option(metavar="TEXT", help="Why.")],
    source: Annotated[list[str] | None, typer.Option(metavar="SHA256", help="A source; may be repeated.")] = None,
    authority: Annotated[
        list[str] | None, typer.Option(metavar="A", help="Every source of this authority; may be repeated.")
    ] = None,
    everything: Annotated[bool, typer.Option("--everything", help="Every source.")] = False,
) -> None:
    """Keep sources from being disposed of until the hold is released."""
    from remembrancer.office.changing import retaining
    from remembrancer.office.showing import shown

    bureau, principal = desk.bureau, desk.principal
    sources = [shown.whole_id(bureau, principal, each) for each in source or []]
    desk.entered(retaining.hold(bureau, principal, reason, sources, authority or [], everything))


def hold_release(
    desk: Desk,
    entry: Annotated[int, typer.Argument(metavar="ENTRY", help="The hold's number, as hold list prints it.")],
) -> None:
    """End a hold."""
    from remembrancer.office.changing import retaining

    desk.entered(retaining.release(desk.bureau, desk.principal, entry))


def schedules(desk: Desk) -> None:
    """List how long each kind of source stays."""
    from remembrancer.office.changing import retaining

    desk.tell("schedules", retaining.schedules(desk.bureau), render.schedules)


def schedule_set(
    desk: Desk,
    authority: Annotated[
        str,
        typer.Argument(metavar="AUTHORITY", help="recording, notes, draft, circulated, approved or signed."),
    ],
    period: Annotated[str, typer.Argument(metavar="PERIOD", help="As P2Y, P6M or P90D; or permanent.")],
    since: Annotated[
        str,
        typer.Option("--from", metavar="WHEN", help="It runs from: recorded, or approval of the minutes."),
    ] = "recorded",
) -> None:
    """Say how long sources of an authority stay."""
    from remembrancer.office.changing import retaining

    desk.entered(retaining.set_schedule(desk.bureau, desk.principal, authority, period, since))
