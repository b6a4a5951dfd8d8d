"""A document -> its facts: an ordered list of passes, each of which sees what those before it found."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from remembrancer.access import strictest
from remembrancer.read.agendas import is_agenda
from remembrancer.record.readings import named_id
from remembrancer.register.document import Document
from remembrancer.register.facts import AnyFact, Noticed, Presided, QuorumSaid, Roll, Voted
from remembrancer.register.passes import (
    actions,
    attendance,
    consent,
    decisions,
    fulfilments,
    heard,
    ladders,
    listings,
    matters,
    motions,
    papers,
    polls,
    presiding,
    reported,
    returns,
    seats,
    spoken,
    sponsors,
    statuses,
    structured,
    sums,
    votes,
)
from remembrancer.saying import Sentence

Pass = Callable[[Document, Sequence[AnyFact]], Iterable[AnyFact]]

PASSES: tuple[Pass, ...] = (
    attendance.find,
    seats.find,
    presiding.find,
    motions.find,
    returns.find,
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
    listings.find,
    sponsors.find,
    decisions.find,
    fulfilments.find,
    actions.find,
    reported.find,
)
"""In order: a later pass may use the facts of earlier ones."""

IN_WORDS: frozenset[Pass] = frozenset(
    (motions.find, returns.find, votes.find, polls.find, spoken.find, consent.find, heard.find)
)
"""Those that find motions and votes in words; a file whose fields the house maps has them in fields."""

HAPPENED = (Roll, Presided, QuorumSaid, Voted)
"""What only somebody who was there can tell: an agenda that has the words for it tells what is expected."""


def extract(document: Document, forgiving: bool = False) -> tuple[AnyFact, ...]:
    """The facts of one document, in the order of the document; the same for the same document, always.

    A fault of a pass is ours to mend and is raised, unless one is ``forgiving``: then it must not cost a body the rest
    of its register, and the document gets the finding ``pass-fault``.
    """
    found: list[AnyFact] = []
    passes = [each for each in PASSES if each not in IN_WORDS] if structured.is_mapped(document) else PASSES
    for each in passes:
        try:
            found.extend(list(each(document, tuple(found))))
        except Exception as error:
            if not forgiving:
                raise
            found.append(_fault(document, each, error))
    if is_agenda(document.path, document.house):
        found = [fact for fact in found if not isinstance(fact, HAPPENED)]
    found = sums.summed(document, matters.placed(document, found))
    return tuple(sorted(found, key=lambda fact: (fact.position, fact.id)))


def _fault(document: Document, failed: Pass, error: Exception) -> Noticed:
    name = failed.__module__.rpartition(".")[2]
    where: dict[str, Any] = dict(document.where(0, None)) if document.sitting_ids else {}
    return Noticed(
        id=named_id(Noticed.KIND, document.source, f"pass-fault {name}"),
        rule="extract.fault",
        source=document.source,
        authority=document.authority,
        visibility=strictest(element.visibility for element in document.statements),
        code="pass-fault",
        message=Sentence(
            "Looking for %(what)s in %(path)s failed (%(kind)s: %(error)s).",
            what=name,
            path=document.path or Sentence("a document"),
            kind=type(error).__name__,
            error=error,
        ),
        advice=Sentence("Please report this with the file, if it may be shown; what else it says is in the register."),
        **where,
    )
