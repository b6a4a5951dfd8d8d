"""Which motion a resolution came of, and which vote was taken on it.

A resolution below a motion of its item is what came of the last one put, and the vote on that is its vote, if it was
not taken before on other words. A resolution without a motion has the vote in its own paragraph, or the first below it
that is on no motion, which ends where the next resolution begins::

    A moves to oil the gate.                     the motion of 12 ...
    RESOLVED 12: That the gate be oiled.
    For: 3, against: 1                           ... and the vote on both
    RESOLVED 13: That the bell be rung.          of no motion
    Tied, and taken again. For: 2, against: 1    its vote is the later one
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from remembrancer.model import DecisionKind
from remembrancer.register.document import Document, Statement
from remembrancer.register.facts import AnyFact, Moved, Voted
from remembrancer.register.passes.outcomes import lexicon

_BROKEN_OFF = re.compile(r"[^\W\d_],?\s*$")
"""The end of words that go on below: with a letter, and no full stop."""
BELOW = 1500
"""Bytes below a resolution within which the vote on it is told."""


@dataclass(frozen=True)
class Drafted:
    """A resolution found at characters ``start:end`` of a statement, its own words from ``words_at``; ``more`` are
    further statements that carry it on."""

    statement: Statement
    start: int
    words_at: int
    end: int
    rule: str
    number: str = ""
    title: str = ""
    stated: bool = True
    more: tuple[Statement, ...] = ()
    kind: DecisionKind | None = None
    lost: bool = False

    @property
    def text(self) -> str:
        """Its own words, as paragraphs."""
        return "\n".join(
            (self.statement.text[self.words_at : self.end].strip(), *(each.text.strip() for each in self.more))
        ).strip()


def linked(
    document: Document, drafted: Sequence[Drafted], found: Sequence[AnyFact]
) -> list[tuple[Drafted, Moved | None, Voted | None]]:
    """Each resolution with the motion it came of, the last one put before it at its item, and the vote on that."""
    motions: dict[tuple[str, str], list[Moved]] = {}
    for fact in found:
        if isinstance(fact, Moved) and not fact.amending:
            motions.setdefault((fact.sitting, fact.item), []).append(fact)
    votes = votes_on_motions(found)
    loose = _Loose(document, found)
    joined: list[tuple[Drafted, Moved | None, Voted | None]] = []
    used: set[str] = set()
    for draft, after in zip(drafted, [*drafted[1:], None], strict=False):
        where = document.where(draft.statement.sitting, draft.statement.item)
        moved = _motion_of(document, draft, motions.get((where["sitting"], where["item"]), ()), votes)
        if moved and (moved.id in used or (_voted_apart(draft, moved, votes) and loose.below(document, draft, after))):
            moved = None
        voted = (votes.get(moved.id) if moved else None) or loose.vote_on(document, draft, after)
        used |= {fact.id for fact in (moved, voted) if fact}
        joined.append((draft, moved, voted))
    return joined


def _motion_of(document: Document, draft: Drafted, motions: Sequence[Moved], votes: dict[str, Voted]) -> Moved | None:
    """The last motion put before a resolution and not lost before it."""
    at = first_byte(draft)
    before = [fact for fact in motions if fact.position <= at or fact.element == draft.statement.id]
    before = [fact for fact in before if fact.id not in votes or not _fell(votes[fact.id], at)]
    own = before and (draft.rule == "decisions.formula" or _holds(document, draft, before[-1]))
    return before[-1] if own else None


def _voted_apart(draft: Drafted, moved: Moved, votes: dict[str, Voted]) -> bool:
    """Whether a motion was voted on before a resolution that is told in other words."""
    voted = votes.get(moved.id)
    return voted is not None and voted.position < first_byte(draft) and not _alike(draft.text, moved.text)


def _fell(voted: Voted, at: int) -> bool:
    """Whether a motion was lost before byte ``at``: what is resolved there is something else."""
    return is_lost(voted) and voted.position < at


def _alike(text: str, other: str) -> bool:
    """Whether two texts share half of the longer words of the shorter one."""
    one, two = ({*re.findall(r"[^\W_]{4,}|\d+", each.casefold())} for each in (text, other))
    return not one or not two or 2 * len(one & two) >= min(len(one), len(two))


def _holds(document: Document, draft: Drafted, moved: Moved) -> bool:
    """Whether a sentence of the minutes holds the words of a motion."""
    spans = draft.statement.spans(draft.start, draft.end)
    return any(mark.start < span.end and span.start < mark.end for span in spans for mark in moved.marks)


class _Loose:
    """The votes on no motion, each to be had once."""

    def __init__(self, document: Document, found: Sequence[AnyFact]) -> None:
        self.next = {one.id: two.id for one, two in pairwise(document.statements)}
        again = repeated(document, found)
        loose = [each for each in _votes(found) if not each.motion and each.id not in again]
        self.votes = sorted(loose, key=lambda fact: fact.position)
        self.told = told_in(document, self.votes)
        self.broken_off = {each.id for each in document.statements if _BROKEN_OFF.search(each.text)}

    def vote_on(self, document: Document, draft: Drafted, after: Drafted | None) -> Voted | None:
        """The vote on a resolution: the one in its paragraph, else the first below it in its item, before the next."""
        elements = {draft.statement.id, *(each.id for each in draft.more)}
        own = next((vote for vote in self.votes if elements & self.told[vote.id]), None)
        if own is None and draft.rule == "decisions.formula":
            first = first_byte(draft)
            leading = (vote for vote in self._at(document, draft) if first - BELOW < vote.position < first)
            if lead := next((vote for vote in leading if self._leads_to(draft, vote)), None):
                return lead
        own = own or self.below(document, draft, after)
        if own is not None:
            self.votes.remove(own)
        return own

    def below(self, document: Document, draft: Drafted, after: Drafted | None) -> Voted | None:
        """The first vote below a resolution and before the next."""
        first, last = first_byte(draft), last_byte(draft)
        limit = min(last + BELOW, first_byte(after) if after else last + BELOW)
        following = self.next.get((draft.more[-1] if draft.more else draft.statement).id)
        far = draft.rule == "decisions.formula" and draft.statement.item is not None
        near = (vote for vote in self._at(document, draft) if first <= vote.position < limit)
        return next((vote for vote in near if far or vote.element == following), None)

    def _at(self, document: Document, draft: Drafted) -> list[Voted]:
        where = document.where(draft.statement.sitting, draft.statement.item)
        return [vote for vote in self.votes if (vote.sitting, vote.item) == (where["sitting"], where["item"])]

    def _leads_to(self, draft: Drafted, vote: Voted) -> bool:
        """Whether the words that tell a vote go on in a resolution: "and by 6 votes to 4 it was / RESOLVED"."""
        goes_on = vote.element in self.broken_off and self.next.get(vote.element) == draft.statement.id
        return goes_on or vote.question.rstrip().endswith(":")


def is_lost(voted: Voted) -> bool:
    """Whether a vote was lost: declared so, or where nothing is declared, by its numbers."""
    counts = dict(voted.counts)
    return voted.declared == "lost" or (not voted.declared and counts.get("no", 0) > counts.get("yes", 0))


def is_tied(voted: Voted) -> bool:
    """Whether as many were for as against, and nothing is told that settled it."""
    counts = dict(voted.counts)
    settled = voted.casting or voted.lot or voted.declared not in ("", "tied")
    return not settled and 0 < counts.get("yes", 0) == counts.get("no", -1)


def votes_on_motions(found: Sequence[AnyFact]) -> dict[str, Voted]:
    """The vote on each motion, the last one: what went before it decided less than the whole."""
    return {fact.motion: fact for fact in _votes(found) if fact.motion}


def _votes(found: Sequence[AnyFact]) -> list[Voted]:
    """The votes that decide, in their order; a poll only informs."""
    return [fact for fact in found if isinstance(fact, Voted) and fact.method != "poll"]


def repeated(document: Document, found: Sequence[AnyFact]) -> frozenset[str]:
    """The votes that were taken again: the later one counts."""
    said = lexicon(document.language, document.house)
    return frozenset(
        one.id
        for one, two in pairwise(sorted(_votes(found), key=lambda fact: fact.position))
        if (one.sitting, one.item) == (two.sitting, two.item)
        and two.position - one.position < BELOW
        and said.has("repeated", document.data[one.marks[0].end : two.marks[0].end].decode(errors="replace"))
    )


def told_in(document: Document, votes: Sequence[Voted]) -> dict[str, frozenset[str]]:
    """The elements in which each vote is told, by its id; one may be told in several."""
    starts = [spans[0].start if (spans := each.spans()) else 0 for each in document.statements]
    at = {
        vote.id: {bisect_right(starts, mark.start) - 1 for mark in vote.marks if mark.rendition == document.rendition}
        for vote in votes
    }
    return {
        vote: frozenset(document.statements[index].id for index in indexes if index >= 0)
        for vote, indexes in at.items()
    }


def first_byte(draft: Drafted) -> int:
    """Where a resolution begins."""
    spans = draft.statement.spans(draft.start, draft.end)
    return spans[0].start if spans else 0


def last_byte(draft: Drafted) -> int:
    """Where the last paragraph of a resolution ends."""
    return (draft.more[-1] if draft.more else draft.statement).spans()[-1].end
