"""A document -> its facts: an ordered list of passes, each of which sees what those before it found."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from remembrancer.register import (
    actions,
    attendance,
    consent,
    decisions,
    fulfilments,
    heard,
    ladders,
    matters,
    motions,
    papers,
    polls,
    reported,
    seats,
    spoken,
    statuses,
    structured,
    votes,
)
from remembrancer.register.document import Document
from remembrancer.register.facts import AnyFact

Pass = Callable[[Document, Sequence[AnyFact]], Iterable[AnyFact]]

PASSES: tuple[Pass, ...] = (
    attendance.find,
    seats.find,
    motions.find,
    votes.find,
    polls.find,
    spoken.find,
    consent.find,
    heard.find,
    structured.find,
    matters.find,
    ladders.find,
    statuses.find,
    papers.find,
    decisions.find,
    fulfilments.find,
    actions.find,
    reported.find,
)
"""In order: a later pass may use the facts of earlier ones."""

IN_WORDS: frozenset[Pass] = frozenset((motions.find, votes.find, polls.find, spoken.find, consent.find, heard.find))
"""Those that find motions and votes in words; a file whose fields the house maps has them in fields."""


def extract(document: Document) -> tuple[AnyFact, ...]:
    """The facts of one document, in the order of the document; the same for the same document, always."""
    found: list[AnyFact] = []
    passes = [each for each in PASSES if each not in IN_WORDS] if structured.is_mapped(document) else PASSES
    for each in passes:
        found.extend(each(document, tuple(found)))
    return tuple(sorted(matters.placed(document, found), key=lambda fact: (fact.position, fact.id)))
