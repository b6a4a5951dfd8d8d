"""``request``: requests for information, from arrival to the copy that goes out."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from remembrancer.interfaces import telling
from remembrancer.interfaces.cli import render_requests
from remembrancer.interfaces.cli.command import KEEP, command, group
from remembrancer.interfaces.cli.desk import Desk
from remembrancer.model import Exit, Fault
from remembrancer.saying import Sentence

Number = Annotated[int, typer.Argument(metavar="NUMBER", min=0, help="As request list prints it.")]


def register(app: typer.Typer) -> None:
    """Add these commands."""
    summary = "Requests for information: what answers them, what goes out, and the log of it."
    asked = group(app, "request", KEEP, summary, listed)
    command(asked, "open")(open_)
    command(asked, "list")(listed)
    command(asked, "show")(show)
    command(asked, "add")(add)
    command(asked, "review")(review)
    command(asked, "close")(close)
    command(asked, "forget")(forget)


def open_(
    desk: Desk,
    kind: Annotated[str, typer.Option(metavar="K", help="foi or subject-access.")],
    requester: Annotated[str, typer.Option("--from", metavar="NAME", help="Who asks.")],
    text: Annotated[str, typer.Option(metavar="TEXT", help="What is asked, in their words.")] = "",
    due: Annotated[str, typer.Option(metavar="D", help="When it is due; by default as the house says.")] = "",
    about: Annotated[str, typer.Option(metavar="NAME", help="For subject access: the person, by name or id.")] = "",
) -> None:
    """Enter a request that arrived today."""
    from remembrancer.office.desk import requests

    bureau, principal = desk.bureau, desk.principal
    number = requests.open_(bureau, principal, kind, requester, text, due, about)
    desk.tell("request", telling.request(requests.request(bureau, principal, number)), render_requests.opened)


def listed(desk: Desk) -> None:
    """List the requests, the open ones first."""
    from remembrancer.office.desk import requests

    found = [telling.request(each) for each in requests.requests(desk.bureau, desk.principal)]
    desk.tell("requests", found, render_requests.requests)


def show(
    desk: Desk,
    number: Number,
    check: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Compare a copy with what went out.", show_default=False)
    ] = None,
) -> int:
    """Show a request and its answer, or check that a copy is what went out; then the exit code is 1 if it is not."""
    from remembrancer.office.desk import copies, requests

    found = requests.request(desk.bureau, desk.principal, number)
    if check is None:
        desk.tell("request", telling.request(found), render_requests.request)
        return 0
    files = copies.check(found, check)
    desk.tell("request-check", files, render_requests.checked)
    return 0 if all(each.state == "same" for each in files) else int(Exit.CHECK_FAILED)


def add(
    desk: Desk,
    number: Number,
    search: Annotated[
        list[str] | None, typer.Option(metavar="QUERY", help="What a search finds.", show_default=False)
    ] = None,
    element: Annotated[
        list[str] | None,
        typer.Option(metavar="ID", help="A passage, item or sitting, with what stands under it.", show_default=False),
    ] = None,
    source: Annotated[list[str] | None, typer.Option(metavar="ID", help="All of a source.", show_default=False)] = None,
    proposed: Annotated[bool, typer.Option("--proposed", help="For subject access: what names the person.")] = False,
) -> None:
    """Add what may answer a request; its sources are not disposed of while the request is open.

    What is closed is found too, as far as you may see it. Each option may be given several times.
    """
    from remembrancer.office.desk import considering

    bureau, principal = desk.bureau, desk.principal
    with desk.progress() as report:
        added = considering.add(bureau, principal, number, search or (), element or (), source or (), proposed, report)
    desk.tell("request-add", added, render_requests.added)


def review(
    desk: Desk,
    number: Number,
    release: Annotated[
        list[str] | None, typer.Option(metavar="ID", help="Let it out: an id, all or rest.", show_default=False)
    ] = None,
    withhold: Annotated[
        list[str] | None, typer.Option(metavar="ID", help="Keep it closed: an id, all or rest.", show_default=False)
    ] = None,
    redact: Annotated[
        list[str] | None,
        typer.Option(metavar="ID", help="Let it out without some words: an id, all or rest.", show_default=False),
    ] = None,
    words: Annotated[
        list[str] | None, typer.Option(metavar="TEXT", help="The words to take out.", show_default=False)
    ] = None,
    others: Annotated[bool, typer.Option("--others", help="For subject access: take out the names of others.")] = False,
    reason: Annotated[str, typer.Option(metavar="TEXT", help="Why it stays closed, as who asked will read it.")] = "",
    ground: Annotated[str, typer.Option(metavar="TEXT", help='The law that says so, as "s. 40(2)".')] = "",
    limit: Annotated[int, typer.Option("-n", metavar="N", min=1, help="How many passages to list at most.")] = 50,
) -> None:
    """List what may answer a request, or determine what becomes of it.

    What is determined later takes the place of what was before; words that are taken out add up. It holds for every
    version of a passage.
    """
    from remembrancer.office.desk import considering

    bureau, principal = desk.bureau, desk.principal
    chosen: list[tuple[Literal["release", "withhold", "redact"], list[str]]] = [
        ("release", release or []),
        ("withhold", withhold or []),
        ("redact", redact or []),
    ]
    named = [each for each in chosen if each[1]]
    if not named and not (words or others or reason or ground):
        with desk.progress() as report:
            found = considering.review(bureau, principal, number, report)
        value = {"request": telling.request(found.request), **{key: getattr(found, key) for key in _LISTS}}
        desk.tell("request-review", value, lambda told: render_requests.review(told, limit))
        return
    if len(named) != 1:
        raise Fault(
            Exit.USAGE,
            Sentence("One thing is determined at a time."),
            Sentence("Use one of --release, --withhold, --redact."),
        )
    action, ids = named[0]
    if (words or others) and action != "redact":
        raise Fault(Exit.USAGE, Sentence("Words are taken out by a redaction."), Sentence("Use --redact."))
    entry = considering.determine(bureau, principal, number, action, ids, words or (), others, reason, ground)
    desk.entered(entry)


_LISTS = ("passages", "gone", "proposed")


def close(
    desk: Desk,
    number: Number,
    outcome: Annotated[str, typer.Option(metavar="O", help="granted, partly, refused, nothing-held or withdrawn.")],
    out: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Where the copy is written: a directory, new or empty.", show_default=False),
    ] = None,
    note: Annotated[str, typer.Option(metavar="TEXT", help="What else the answer says.")] = "",
    even_so: Annotated[
        bool, typer.Option("--even-so", help="Although words that stay closed stand elsewhere in what goes out.")
    ] = False,
) -> None:
    """Answer a request: write the copy that goes out, log it, and hold nothing for it any more."""
    from remembrancer.office.desk import copies

    answered = copies.close(desk.bureau, desk.principal, number, outcome, out, note, even_so)
    desk.tell("request-close", answered, render_requests.answered)


def forget(
    desk: Desk,
    number: Number,
    authority: Annotated[str, typer.Option(metavar="TEXT", help="The schedule or law under which it goes.")],
) -> None:
    """Remove who made a closed request, and in which words; the log of the answer stays."""
    from remembrancer.office.desk import requests

    desk.entered(requests.forget(desk.bureau, desk.principal, number, authority))
