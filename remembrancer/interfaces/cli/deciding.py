"""The register's commands: what was decided, by whom, what is in force, what waits for the clerk."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from remembrancer.interfaces.cli import render_register as render
from remembrancer.interfaces.cli.command import KEEP, Run, command, group
from remembrancer.interfaces.cli.desk import Desk
from remembrancer.interfaces.cli.render import Parts
from remembrancer.interfaces.cli.writing import write_new
from remembrancer.model import Exit, Fault
from remembrancer.saying import Sentence

if TYPE_CHECKING:
    from remembrancer.office.registers.registered import Registered

Identity = Annotated[str, typer.Argument(metavar="ID", help="As other commands print it; or a number, title or name.")]
AsOf = Annotated[
    str, typer.Option("--as-of", metavar="D", help="From sittings up to this date, and what was in force then.")
]
AsKnown = Annotated[
    str, typer.Option("--as-known", metavar="D", help="From what the record held on this date.", show_default=False)
]
Note = Annotated[str, typer.Option("--note", metavar="TEXT", help="Why; kept with the entry.")]

DECIDE = "What was decided"


def register(app: typer.Typer) -> None:
    """Add these commands."""
    shown: tuple[Run, ...] = (
        decisions,
        decision,
        extract,
        matters,
        matter,
        motions,
        motion,
        votes,
        vote,
        person,
        actions,
    )
    settled: tuple[Run, ...] = (queue, confirm, dismiss, correct)
    for panel, runs in ((DECIDE, shown), (KEEP, settled)):
        for each in runs:
            command(app, each.__name__, panel)(each)
    command(app, "take-back", KEEP)(take_back)
    registry = group(app, "register", KEEP, "The register as a whole: its findings, and what other programs read.")
    command(registry, "check")(check)
    command(registry, "export")(export)


def decisions(
    desk: Desk,
    as_of: AsOf = "",
    as_known: AsKnown = "",
    matter: Annotated[str, typer.Option(metavar="M", help="Only of this matter: id, number or title.")] = "",
    person: Annotated[str, typer.Option(metavar="P", help="Only what they moved, seconded or voted on.")] = "",
    kind: Annotated[str, typer.Option(metavar="K", help="Only of this kind, as adopt or set-status.")] = "",
    force: Annotated[str, typer.Option(metavar="F", help="Only of this force, as in-force.")] = "",
    inferred: Annotated[bool, typer.Option("--inferred", help="Also what was worked out from prose.")] = False,
) -> None:
    """List what the body decided, earliest first."""
    from remembrancer.office.registers.registered import Wanted

    _check_choice("--kind", kind, _kinds())
    _check_choice("--force", force, _forces())
    found = _registered(desk, as_of, as_known).decisions(Wanted(matter, person, kind, force, inferred))
    _tell(desk, "decisions", found, render.decisions)


def decision(desk: Desk, identity: Identity, as_of: AsOf = "", as_known: AsKnown = "") -> None:
    """Show one decision: its words, its vote, what it does to others and whether it is in force."""
    from remembrancer.model import Decision

    registered = _registered(desk, as_of, as_known)
    _tell(desk, "decision", registered.decision(registered.one(Decision, identity)), render.decision)


def extract(
    desk: Desk,
    identity: Identity,
    evidence: Annotated[
        Path | None,
        typer.Option("--evidence", metavar="FILE", help="Also a new .zip of all that proves it.", show_default=False),
    ] = None,
) -> None:
    """Print the certified extract of a decision: body, sitting, quorum, text, vote, signature block, proof.

    With --evidence what it rests on goes into an archive, too, with a script of a hundred lines that checks it without
    this program.
    """
    from remembrancer.office.showing.certified import extract as certified
    from remembrancer.office.showing.evidence import evidence as proving

    made = certified(desk.bureau, desk.principal, _registered(desk), identity)
    if evidence is not None:
        write_new(evidence, proving(desk.bureau, desk.principal, made))
    desk.tell("extract", made, render.extract)


def matters(desk: Desk, as_of: AsOf = "", as_known: AsKnown = "") -> None:
    """List what the body follows over years, and where each stands."""
    _tell(desk, "matters", _registered(desk, as_of, as_known).matters(), render.matters)


def matter(desk: Desk, identity: Identity, as_of: AsOf = "", as_known: AsKnown = "") -> None:
    """Show the whole story of one matter: its rungs, dates, decisions and debates."""
    from remembrancer.model import Matter

    registered = _registered(desk, as_of, as_known)
    _tell(desk, "matter", registered.matter(registered.one(Matter, identity)), render.matter)


def motions(desk: Desk, as_of: AsOf = "", as_known: AsKnown = "") -> None:
    """List what was put to the body."""
    _tell(desk, "motions", _registered(desk, as_of, as_known).motions(), render.motions)


def motion(desk: Desk, identity: Identity) -> None:
    """Show one motion: its words, who moved and seconded it, its amendments, what came of it."""
    from remembrancer.model import Motion

    registered = _registered(desk)
    _tell(desk, "motion", registered.motion(registered.one(Motion, identity)), render.motion)


def votes(desk: Desk, as_of: AsOf = "", as_known: AsKnown = "") -> None:
    """List the votes, with their numbers and what came of them."""
    _tell(desk, "votes", _registered(desk, as_of, as_known).votes(), render.votes)


def vote(desk: Desk, identity: Identity) -> None:
    """Show one vote: each member's ballot, what was declared, what the rules make of it."""
    from remembrancer.model import Vote

    registered = _registered(desk)
    _tell(desk, "vote", registered.vote(registered.one(Vote, identity)), render.vote)


def person(desk: Desk, identity: Identity) -> None:
    """Show somebody's seats, attendance, motions, ballots and actions."""
    from remembrancer.model import Person

    registered = _registered(desk)
    _tell(desk, "person", registered.person(registered.one(Person, identity)), render.person)


def actions(
    desk: Desk,
    pending: Annotated[bool, typer.Option("--open", help="Only those not known to be done.")] = False,
    owner: Annotated[str, typer.Option(metavar="P", help="Only of this person: id or name.")] = "",
) -> None:
    """List who promised what by when."""
    _tell(desk, "actions", _registered(desk).actions(owner, pending), render.actions)


def queue(desk: Desk) -> None:
    """List the inferred facts that wait for the clerk, those that matter most first."""
    _tell(desk, "queue", _registered(desk).queue(), render.queue)


def confirm(desk: Desk, identity: Identity, note: Note = "") -> None:
    """Say that an inferred fact is so."""
    from remembrancer.office.registers import registrar

    desk.settled(registrar.confirm(desk.bureau, desk.principal, identity, note))


def dismiss(desk: Desk, identity: Identity, note: Note = "") -> None:
    """Say that a fact is not so: it is left out of the register; the documents stay as they are."""
    from remembrancer.office.registers import registrar

    desk.settled(registrar.dismiss(desk.bureau, desk.principal, identity, note))


def correct(
    desk: Desk,
    identity: Identity,
    fields: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="FIELD=VALUE", help="What is otherwise; may be given several times."),
    ] = None,
    note: Note = "",
) -> None:
    """Say how a fact is otherwise than the document has it; the correction is kept as its own source."""
    from remembrancer.office.registers import registrar

    desk.settled(registrar.correct(desk.bureau, desk.principal, identity, _fields(fields or []), note))


def take_back(
    desk: Desk, entry: Annotated[int, typer.Argument(metavar="ENTRY", min=0, help="Its number, as it was told.")]
) -> None:
    """Say that what an entry said of the register holds no more, as if it had not been said.

    A fact that was confirmed, dismissed or corrected waits again; who was joined is apart, who was parted is one.
    """
    from remembrancer.office.registers import settling

    desk.entered(settling.take_back(desk.bureau, desk.principal, entry))


def check(desk: Desk) -> int:
    """List all that is wrong in the register, worst first. The exit code is 1 where anything is an error."""
    found = _registered(desk).notices()
    _tell(desk, "register-check", found, render.notices)
    return int(Exit.CHECK_FAILED) if any(each.severity == "error" for each in found) else 0


def export(
    desk: Desk,
    to: Annotated[
        Literal["popolo", "csv"], typer.Option("--format", metavar="FORMAT", help="popolo (JSON) or csv (a table).")
    ] = "popolo",
    table: Annotated[
        str,
        typer.Option(metavar="TABLE", help="For csv, as votes, ballots, sponsorships, people."),
    ] = "decisions",
) -> None:
    """Write the register for other programs: Popolo JSON, or one table as CSV."""
    from remembrancer.write import popolo
    from remembrancer.write import table as tables

    if desk.common.json and to != "popolo":
        raise Fault(
            Exit.USAGE, Sentence("A table is no JSON."), Sentence("Leave out --json, or write Popolo: --format popolo.")
        )
    registered = _registered(desk)
    body = desk.bureau.slug, desk.bureau.name()
    desk.put(popolo.write(registered.register, *body) if to == "popolo" else tables.write(registered.register, table))


def _registered(desk: Desk, as_of: str = "", as_known: str = "") -> Registered:
    from remembrancer.office.registers.registered import Registered
    from remembrancer.office.registers.registrar import Scope

    with desk.progress() as progress:
        return Registered(desk.bureau, desk.principal, Scope(as_of, as_known), progress)


def _tell(desk: Desk, shape: str, value: Any, show: Callable[[Any], Parts]) -> None:
    """Put out a value; whoever may not see everything is told that there may be more."""

    def shown(told: Any) -> Parts:
        yield from show(told)
        yield from render.as_far_as(desk.principal)

    desk.tell(shape, value, shown)


def _fields(given: list[str]) -> dict[str, str]:
    fields = {}
    for each in given:
        name, sign, value = each.partition("=")
        if not sign:
            raise Fault(
                Exit.USAGE,
                Sentence("%(each)s sets nothing.", each=repr(each)),
                Sentence("Write FIELD=VALUE, as --set status_to='Stage 3'."),
            )
        fields[name.strip()] = value.strip()
    return fields


def _check_choice(option: str, value: str, choices: tuple[str, ...]) -> None:
    if value and value not in choices:
        raise Fault(
            Exit.USAGE,
            Sentence("%(option)s: there is no %(value)s.", option=option, value=repr(value)),
            Sentence("Use one of: %(list)s.", list=", ".join(choices)),
        )


def _kinds() -> tuple[str, ...]:
    from typing import get_args

    from remembrancer.model import DecisionKind

    return get_args(DecisionKind)


def _forces() -> tuple[str, ...]:
    from typing import get_args

    from remembrancer.model import Force

    return get_args(Force)
