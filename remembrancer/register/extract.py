"""A document -> its facts: an ordered list of passes, each of which sees what those before it found."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from remembrancer.register import attendance, ladders, matters, polls, seats, spoken, structured
from remembrancer.register.document import Document
from remembrancer.register.facts import AnyFact

Pass = Callable[[Document, Sequence[AnyFact]], Iterable[AnyFact]]

VERSION = 1
"""Raised when a pass finds otherwise than before: facts are kept by document, house and this."""

PASSES: tuple[Pass, ...] = (
    attendance.find,
    seats.find,
    polls.find,
    spoken.find,
    structured.find,
    matters.find,
    ladders.find,
)
"""In order: a later pass may use the facts of earlier ones."""


def extract(document: Document) -> tuple[AnyFact, ...]:
    """The facts of one document, in the order of the document; the same for the same document, always."""
    found: list[AnyFact] = []
    for each in PASSES:
        found.extend(each(document, tuple(found)))
    return tuple(sorted(found, key=lambda fact: (fact.position, fact.id)))
