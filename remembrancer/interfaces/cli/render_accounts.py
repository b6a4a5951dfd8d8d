"""What a person reads of the office that is served, and of who may sign in to it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from rich.text import Text

from remembrancer.interfaces.cli.lines import Line
from remembrancer.interfaces.cli.render import DIM, ID, STRONG, Parts, count

if TYPE_CHECKING:
    from remembrancer.interfaces.web.accounts.keeping import AccountView, Held
    from remembrancer.interfaces.web.serving.process import Served


def served(value: Served) -> Parts:
    """Where the office is, how to stop it, and what is needed to begin."""
    yield Line(Text(f"{', '.join(value.bodies)}: {value.address}/", STRONG), fixed=True)
    yield Line(Text("Stop it with Ctrl+C.", DIM))
    if value.owner_link:
        yield Line(Text())
        yield Line(Text("Nobody is its owner yet. Open this link, once, to make the owner's account:"))
        yield Line(Text(value.owner_link, ID), first="  ", fixed=True)
    if value.demo:
        yield Line(Text())
        yield Line(Text("Accounts to try it with, for this machine alone; a password is good until the next start:"))
        for email, password in value.demo:
            yield Line(Text(f"{email:<24} {password}"), first="  ", fixed=True)


def deployment(value: Sequence[str]) -> Parts:
    """What is amiss with serving the office to others."""
    for each in value:
        yield Line(Text(each))
    yield Line(Text(count(len(value), "problem") if value else "Nothing is amiss.", STRONG))


def accounts(value: Sequence[AccountView]) -> Parts:
    """One account after the other."""
    for each in value:
        yield from account(each)
    if not value:
        yield Line(Text("There are no accounts yet. Make one: remembrancer account invite."))


def account(value: AccountView) -> Parts:
    """An account: its address and name, then what it holds and by which entries."""
    line = Text(value.email, STRONG).append(f" · {value.name}" if value.name else "", "not bold")
    line.append(" · closed" if not value.active else "", "not bold")
    line.append(f" · last signed in {value.signed_in}" if value.signed_in else "", f"not bold {DIM}")
    yield Line(line)
    yield Line(Text(value.principal, ID), first="  ")
    for each in value.roles:
        yield Line(_held(each), first="  ")


def _held(held: Held) -> Text:
    term = " ".join(f"{word} {day}" for word, day in (("from", held.since), ("to", held.until)) if day)
    return Text(f"{held.role} in {held.body}{f' {term}' if term else ''} · entry {held.entry}")


def link(value: dict[str, Any]) -> Parts:
    """A link to hand over."""
    yield Line(Text(value["link"], ID), fixed=True)
    told = f"It was sent to {value['email']}." if value["mailed"] else f"Give it to {value['email']} and nobody else."
    yield Line(Text(told, DIM))


def closed(value: dict[str, Any]) -> Parts:
    """That an account is closed, and what the record says of it."""
    ended = (
        f" Its roles ended by {', '.join(f'entry {each}' for each in value['entries'])}." if value["entries"] else ""
    )
    yield Line(Text(f"The account of {value['email']} is closed.{ended}"))
