"""The rules of procedure as an office shows them, and what they make of a vote or a sitting."""

from __future__ import annotations

from typing import NamedTuple

from remembrancer.model import Computed, Exit, Fault, Principal, Vote
from remembrancer.office.bureau import Bureau
from remembrancer.office.registers.registered import Registered
from remembrancer.office.registers.registrar import book_on
from remembrancer.office.registers.registrar import rulebooks as entered
from remembrancer.office.showing.certified import QuorumView, quorum_of
from remembrancer.rules.checked import parse
from remembrancer.rules.described import described
from remembrancer.rules.shipped import shipped, shipped_toml
from remembrancer.saying import Sentence


class RulebookLine(NamedTuple):
    """A rulebook by its name; ``shipped``: it comes with the program; ``in_force``: it is the body's today."""

    name: str
    title: str
    since: str
    until: str
    in_force: bool
    shipped: bool


class RulebookText(NamedTuple):
    """A rulebook in sentences, each with where it stands, and as TOML."""

    name: str
    sentences: tuple[str, ...]
    toml: str


class ExplainedVote(NamedTuple):
    id: str
    question: str
    declared: str
    computed: Computed


class Explained(NamedTuple):
    """What the rules that held then make of a vote, or of a sitting."""

    id: str
    rulebook: str
    quorum: QuorumView | None
    votes: tuple[ExplainedVote, ...]


def rulebooks(bureau: Bureau) -> list[RulebookLine]:
    """The body's rulebooks in the order they were entered, then those that come with the program."""
    now = book_on(bureau, bureau.today())
    own = [RulebookLine(book.name, book.about, book.since, book.until, book == now, False) for book in entered(bureau)]
    return own + [
        RulebookLine(name, book.name, book.since, book.until, False, True) for name, book in shipped().items()
    ]


def shown(bureau: Bureau, name: str) -> RulebookText:
    """A rulebook by name: the body's latest of it, else the one that comes with the program."""
    rows = [row for row in bureau.catalog.desk() if row.kind == "rulebook" and row.payload["name"] == name]
    if rows:
        book = next(book for book in reversed(entered(bureau)) if book.name == name)
        return RulebookText(name, described(book), rows[-1].payload["toml"])
    toml = shipped_toml(name)
    return RulebookText(name, described(shipped()[name]), toml)


def told(toml: str) -> tuple[str, ...]:
    """What rules that are not in force yet say, in sentences. A Fault where they are none."""
    return described(parse(toml))


def explained(bureau: Bureau, principal: Principal, identity: str) -> Explained:
    """What the rules make of a vote or a sitting. A Fault (refused) where there is neither."""
    registered = Registered(bureau, principal)
    register = registered.register
    row = register.get(identity)
    sitting = row.sitting if isinstance(row, Vote) else bureau.catalog.resolve(identity)
    votes = [row] if isinstance(row, Vote) else [each for each in register.votes if each.sitting == sitting]
    quorum = next((each for each in register.quorums if each.sitting == sitting), None)
    if not votes and quorum is None:
        what = Sentence("There is no vote or sitting %(id)s that %(who)s may see.", id=identity, who=principal.name)
        raise Fault(Exit.REFUSED, what, Sentence("Their ids stand in what votes and sittings print."))
    book = book_on(bureau, votes[0].date if votes else quorum.date if quorum else "")
    return Explained(
        row.id if isinstance(row, Vote) else sitting,
        book.name if book else "",
        quorum_of(registered, quorum) if quorum else None,
        tuple(ExplainedVote(each.id, each.question, each.declared, each.computed) for each in votes),
    )
