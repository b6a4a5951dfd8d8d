"""Votes in the minutes' own voice: result, numbers and names that stand together are one vote, on the motion above.

::

    A recorded vote was taken.
    For (2): Cllrs Reed and Low        one vote by roll call: 2 to 1, carried, three ballots
    Against (1): Cllr Hart
    The motion was carried by two votes to one.

Division lists of parliaments, tables of yeas and nays, "CARRIED" behind a motion and "carried unanimously" are read.
Numbers alone, and what is said in speeches, count only where a motion or its result is named with them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from remembrancer.model import CHOICES, Mark, Outcome
from remembrancer.register.document import Document, Statement
from remembrancer.register.facts import AnyFact, Cast, Moved, Noticed, Voted
from remembrancer.register.passes.ballots import Choice, choices_in, dissent_in, may_hold
from remembrancer.register.passes.motions import by_item
from remembrancer.register.passes.outcomes import Lexicon, Said, lexicon, said_in
from remembrancer.register.passes.phrases import entries_of, phrases
from remembrancer.saying import Sentence, Term

_QUESTION = re.compile(
    r"(?:Division on|Question(?: again)?(?: proposed| put)?(?: forthwith)?(?: \([^)]*\))?,?)"
    r"\s*(?P<question>(?:That|Amendment|Motion|Clause)[^\n]*)"
)
_ON_MOTION = re.compile(r"\b(?:amendments?|motion|clause|bill|resolution|schedule)\b", re.IGNORECASE)
_NUMBERED = re.compile(r"(?:[Aa]mendment|[Mm]otion|[Aa]ntrag)s?(?: [Nn]o\.?| Nr\.?)? (\d+[A-Z]{0,2})\b")
_WIRE = set(CHOICES)
_ASIDE = {"abstain", "absent", "recused", "not-voting"}
_APART = 200
"""Letters between the parts of one vote in one paragraph or list."""

_FURNITURE = 80
"""A statement of fewer letters between the parts of one vote may be a heading of its list."""


class _Piece(NamedTuple):
    """A part of a vote: characters ``start:end`` of a statement, the ``at``-th of its item."""

    at: int
    statement: Statement
    start: int
    end: int
    said: Said
    choices: tuple[Choice, ...] = ()
    listed: bool = False


def find(document: Document, found: Sequence[AnyFact]) -> Iterable[AnyFact]:
    """The votes of a document, in its order, each linked to the motion among ``found`` that it decides."""
    lexicon_ = lexicon(document.language, document.house)
    moved = [fact for fact in found if isinstance(fact, Moved)]
    told = {fact.element for fact in found if isinstance(fact, Voted)}
    for whole in by_item(document):
        group = [statement for statement in whole if statement.id not in told]
        if not group:
            continue
        where = document.where(group[0].sitting, group[0].item)
        motions = [fact for fact in moved if (fact.sitting, fact.item) == (where["sitting"], where["item"])]
        pieces = [piece for at, each in enumerate(group) for piece in _pieces(document.data, at, each, lexicon_)]
        own = [span for fact in motions for span in _own_words(fact)]
        yield from _Item(document, motions, group, lexicon_).votes(
            [piece for piece in pieces if not _is_moved(piece, own)]
        )


def _pieces(data: bytes, at: int, statement: Statement, lexicon_: Lexicon) -> Iterator[_Piece]:
    """What one statement says of votes, in its order."""
    text = statement.text
    listed = statement.kind == "text" and may_hold(text, lexicon_.votes)
    if statement.section == "attendance" and not (listed and statement.item is not None):
        return
    if not listed and not lexicon_.hints(text):
        return
    choices = choices_in(text, lexicon_.votes) if listed else ()
    names = [(choice.start, max([choice.end, *(named.end for named in choice.named)])) for choice in choices]
    found = [] if not choices else [_Piece(at, statement, names[0][0], names[-1][1], Said(0, 0), choices, True)]
    if not choices or ("|" not in text and statement.section != "vote") or len(text) < 400:
        for start, end in phrases(text, entries_of(statement, data)):
            if not any(first <= start < last for first, last in names):
                until = min([end, *(first for first, _ in names if first > start)])
                found.extend(_said(at, statement, start, until, lexicon_))
    yield from sorted(found, key=lambda piece: piece.start)


def _said(at: int, statement: Statement, start: int, end: int, lexicon_: Lexicon) -> Iterator[_Piece]:
    """What a phrase says of a vote, and who it says voted otherwise."""
    said = said_in(statement.text, start, end, lexicon_)
    if statement.kind != "text":
        if said is not None and _spoken(said):
            yield _Piece(at, statement, start, end, said)
        return
    asked = statement.text[end - 1] == "?"
    dissent = () if asked else dissent_in(statement.text, start, end, lexicon_.votes)
    if said is not None or dissent:
        yield _Piece(at, statement, start, end, said or Said(start, end), dissent)


def _own_words(fact: Moved) -> list[tuple[int, int]]:
    """The bytes of a motion's words that stand apart from its mover."""
    first = fact.marks[0]
    return [(mark.start, mark.end) for mark in fact.marks[1:] if mark.start >= first.end or mark.end <= first.start]


def _is_moved(piece: _Piece, own: list[tuple[int, int]]) -> bool:
    """Whether what looks like a result is among the words of a motion ("that the order be made as approved")."""
    spans = () if piece.listed else piece.statement.spans(piece.start, piece.end)
    return bool(spans) and any(start <= spans[0].start and spans[-1].end <= end for start, end in own)


def _spoken(said: Said) -> bool:
    """Whether a phrase of a speech can be the chair's declaration, or the numbers that go with it."""
    return said.present if said.outcome else bool(said.counts)


class _Item:
    """The votes of one item, whose motions are known."""

    def __init__(
        self, document: Document, motions: list[Moved], statements: list[Statement], lexicon_: Lexicon
    ) -> None:
        self.document = document
        self.lexicon = lexicon_
        self.motions = sorted(motions, key=lambda fact: fact.position)
        self.statements = statements
        self.voted: set[str] = set()
        self.latest: tuple[_Piece, Moved | None] | None = None
        self.taken: list[int] = []
        self.unclear: set[str] = set()
        self.following: list[_Piece] = []

    def votes(self, pieces: list[_Piece]) -> Iterator[Voted | Noticed]:
        """The pieces joined to votes, with what is odd about them."""
        groups = self._groups(pieces)
        for group, following in zip(groups, [*groups[1:], []], strict=False):
            self.following = following
            yield from self._settled(group)

    def _groups(self, pieces: list[_Piece]) -> list[list[_Piece]]:
        groups: list[list[_Piece]] = []
        for piece in pieces:
            if groups and self._joins(groups[-1], piece):
                groups[-1].append(piece)
            else:
                groups.append([piece])
        return groups

    def _joins(self, group: list[_Piece], piece: _Piece) -> bool:
        """Whether a piece belongs to the same vote as those before it."""
        last = group[-1]
        if not self._adjacent(last, piece) or self._moved_between(last, piece):
            return False
        outcomes, about = (
            {each.said.outcome for each in group if not each.said.implied} - {""},
            {each.said.about for each in group} - {"", "motion"},
        )
        if piece.said.outcome and not piece.said.implied and outcomes - {"tied"}:
            return False
        if about and piece.said.about not in ("", "motion") and piece.said.about not in about:
            return False
        if piece.said.counts and outcomes and not {choice for choice, _ in piece.said.counts} <= _WIRE:
            return False
        if piece.listed and any(each.listed for each in group):
            return not outcomes and not _choices_of(group) & {choice.choice for choice in piece.choices}
        if piece.said.asked and outcomes:
            return False
        if dict(piece.said.counts).get("no") and any(each.said.method == "unanimous" for each in group):
            return False
        return not (
            piece.said.counts
            and not piece.listed
            and any(each.said.counts for each in group)
            and not _agree(group, piece)
        )

    def _adjacent(self, last: _Piece, piece: _Piece) -> bool:
        if last.statement.kind != piece.statement.kind:
            return False
        if last.statement.kind == "speech" and last.at != piece.at:
            return piece.at - last.at == 1 and last.statement.speaker == piece.statement.speaker
        if last.at == piece.at:
            return piece.start - last.end < _APART
        between = self.statements[last.at + 1 : piece.at]
        return len(between) < 2 and all(each.kind == "text" and len(each.text) < _FURNITURE for each in between)

    def _moved_between(self, last: _Piece, piece: _Piece) -> bool:
        first, second = _position(last), _position(piece)
        return any(first < fact.position <= second for fact in self.motions)

    def _settled(self, group: list[_Piece]) -> Iterator[Voted | Noticed]:
        """The vote that pieces make, or none; one for each of "both motions"."""
        spoken = group[0].statement.kind == "speech"
        motion = self._motion(group)
        if not _is_vote(group, motion, spoken):
            return
        if any(piece.said.about == "both" for piece in group):
            for nth, each in enumerate(self._open(group)[-2:]):
                yield self._fact(group, each, nth)
        else:
            vote = self._fact(group, motion)
            self.latest = (group[-1], motion)
            self.taken.append(vote.position)
            yield vote
            if motion is None and (contested := self._contested(group)):
                yield self._unclear(group[0], vote, contested)
            yield from self._differing(group, vote)

    def _differing(self, group: list[_Piece], vote: Voted) -> Iterator[Noticed]:
        """A notice where a sentence and the list beside it give different numbers; the list's are the vote's."""
        counts = dict(vote.counts)
        for piece in group:
            for choice, number in piece.said.counts:
                if counts.get(choice, number) != number:
                    yield self.document.fact(
                        Noticed,
                        piece.statement,
                        "votes.counts-differ",
                        piece.start,
                        piece.end,
                        vote.marks[:1],
                        code="counts-differ",
                        message=Sentence(
                            "The text says %(n)s %(choice)s where the list of the vote says %(m)s.",
                            n=number,
                            choice=Term("choice", choice),
                            m=counts[choice],
                        ),
                        advice=Sentence("Correct whichever is wrong; the register holds the list's."),
                        about=(vote.id,),
                    )
                    return

    def _open(self, group: list[_Piece]) -> list[Moved]:
        start = _position(group[-1])
        return [fact for fact in self.motions if fact.position <= start and fact.outcome not in ("withdrawn",)]

    def _motion(self, group: list[_Piece]) -> Moved | None:
        """The motion that a vote decides: that of the vote it repeats, one that it numbers, else the nearest of its
        kind with no vote yet."""
        if self.latest and self.lexicon.has("repeated", self._since(self.latest[0], group[-1])):
            return self.latest[1]
        above = self._open(group)
        named = {number for piece in group for number in _NUMBERED.findall(self._said(piece))}
        numbered = [fact for fact in above if fact.number and fact.number in named and fact.id not in self.voted]
        if numbered or (named and any(fact.number for fact in above)):
            return numbered[-1] if numbered else None
        if any(self._puts_its_own(piece) for piece in group):
            return None
        if self._question(group) and not _ON_MOTION.search(self._question(group)):
            return None
        about = next((piece.said.about for piece in group if piece.said.about), "")
        free = [fact for fact in above if fact.id not in self.voted]
        if about in ("amendment", "main"):
            free = [fact for fact in free if _is_amendment(fact) == (about == "amendment")]
        elif self._resolved_since(free, group):
            free = [fact for fact in free if not _is_amendment(fact)]
        contested = self._contested(group)
        if contested:
            return self._told_apart(contested, group)
        return free[-1] if free else None

    def _contested(self, group: list[_Piece]) -> list[Moved]:
        """The amendments put one after the other of which a vote may be on any: the votes on them follow one another
        too. A single vote is on the last one put."""
        if not _is_on_amendment(group):
            return []
        free = [fact for fact in self._open(group) if fact.amending and fact.id not in self.voted]
        last = free[-1].position if free else 0
        together = [fact for fact in free if not any(fact.position < at < last for at in self.taken)]
        if (
            self.following
            and _is_on_amendment(self.following)
            and not self._moved_between(group[-1], self.following[0])
        ):
            self.unclear |= {fact.id for fact in together}
        return together if len(together) > 1 and self.unclear >= {fact.id for fact in together} else []

    def _told_apart(self, contested: list[Moved], group: list[_Piece]) -> Moved | None:
        """The one of several amendments whose mover or words the vote names; nothing where it may be any of them."""
        said = {word for piece in group for word in _telling(self._said(piece))}
        of = {fact.id: {*_telling(fact.text), *_telling(fact.mover)} for fact in contested}
        common = [word for words in of.values() for word in words]
        named = [fact for fact in contested if any(word in said and common.count(word) == 1 for word in of[fact.id])]
        return named[0] if len(named) == 1 else None

    def _unclear(self, piece: _Piece, vote: Voted, contested: list[Moved]) -> Noticed:
        """A notice that nothing tells on which of several amendments a vote was."""
        return self.document.fact(
            Noticed,
            piece.statement,
            "votes.question-unclear",
            piece.start,
            piece.end,
            [mark for fact in contested for mark in fact.marks[:1]],
            code="question-unclear",
            message=Sentence("The vote may be on any of %(n)s amendments put before it.", n=len(contested)),
            advice=Sentence("Say which of them was voted on; until then the register holds the vote on no motion."),
            about=(vote.id,),
        )

    def _since(self, last: _Piece, piece: _Piece) -> str:
        """What is told from one part of a vote to another of the next."""
        if last.at == piece.at:
            return piece.statement.text[last.end : piece.end]
        between = (each.text for each in self.statements[last.at + 1 : piece.at])
        return "\n".join((last.statement.text[last.end :], *between, piece.statement.text[: piece.end]))

    def _resolved_since(self, free: list[Moved], group: list[_Piece]) -> bool:
        """Whether a resolution stands between the last motion and the vote, which then is no longer on an amendment."""
        last = free[-1].position if free else 0
        resolved = (each for each in self.statements[: group[0].at] if each.section == "conclusion")
        return any(each.spans()[0].start > last for each in resolved)

    def _puts_its_own(self, piece: _Piece) -> bool:
        """Whether a sentence says itself what was voted on: "it was resolved by 3 votes to 1 to object"."""
        return self.lexicon.has("own_question", self._said(piece))

    def _said(self, piece: _Piece) -> str:
        return "" if piece.listed else piece.statement.text[piece.start : piece.end]

    def _fact(self, group: list[_Piece], motion: Moved | None, nth: int = 0) -> Voted:
        if motion is not None:
            self.voted.add(motion.id)
        document, first = self.document, group[0]
        spoken = first.statement.kind == "speech"
        more = [mark for piece in group[1:] for mark in document.marks(piece.statement, piece.start, piece.end)]
        return document.fact(
            Voted,
            first.statement,
            "votes.spoken" if spoken else "votes.named" if any(piece.choices for piece in group) else "votes.result",
            first.start,
            first.end,
            more,
            nth,
            stated=not spoken,
            question=motion.text if motion else self._question(group),
            motion=motion.id if motion else "",
            method=_method(group),
            declared=_declared(group),
            counts=_counts(group),
            ballots=tuple(_ballots(document, group)),
            casting=next((piece.said.casting for piece in group if piece.said.casting), ""),
            lot=any(piece.said.lot for piece in group),
            except_items=tuple(number for piece in group for number in piece.said.excepted),
            number=motion.number if motion else "",
        )

    def _question(self, group: list[_Piece]) -> str:
        """The question as it was put in the statement before, or with the vote."""
        first = group[0]
        texts = [
            first.statement.text[: first.end],
            *(each.text for each in reversed(self.statements[max(0, first.at - 2) : first.at]) if each.kind == "text"),
        ]
        for text in texts:
            found = list(_QUESTION.finditer(text))
            if found:
                return " ".join(found[-1]["question"].split())
        return ""


def _position(piece: _Piece) -> int:
    spans = piece.statement.spans(piece.start, piece.end) or piece.statement.spans()
    return spans[0].start if spans else 0


def _is_amendment(fact: Moved) -> bool:
    return fact.amending or fact.text.lower().startswith("motion to amend") or bool(fact.number)


def _telling(text: str) -> list[str]:
    """The words of a text that may tell it from another."""
    return re.findall(r"[^\W\d_]{4,}", text.casefold())


def _is_on_amendment(group: list[_Piece]) -> bool:
    return next((piece.said.about for piece in group if piece.said.about), "") == "amendment"


def _choices_of(group: list[_Piece]) -> set[str]:
    return {choice.choice for piece in group for choice in piece.choices}


def _agree(group: list[_Piece], piece: _Piece) -> bool:
    """Whether the numbers of a piece are those of the vote so far, or a part of them."""
    said = dict(_counts(group))
    return all(said.get(choice, number) == number for choice, number in piece.said.counts)


def _is_vote(group: list[_Piece], motion: Moved | None, spoken: bool) -> bool:
    """Whether pieces are enough for a vote to be certain."""
    outcome = any(piece.said.outcome not in ("", "withdrawn") for piece in group)
    if not outcome and any(piece.said.outcome == "withdrawn" for piece in group):
        return False
    counted = any(piece.said.counts for piece in group) or any(piece.said.method == "unanimous" for piece in group)
    if spoken:
        return outcome and counted
    if any(piece.listed for piece in group):
        return _is_roll(group)
    if any(piece.said.outcome and piece.said.alone for piece in group):
        return True
    lone = motion is not None and (outcome or any(piece.said.method == "no-objection" for piece in group))
    return lone or (
        counted and any(piece.said.asked or piece.said.method in ("show-of-hands", "division") for piece in group)
    )


def _is_roll(group: list[_Piece]) -> bool:
    """Whether lists of names are those of a vote: somebody voted, and it is no mere list of who was away."""
    choices = [choice for piece in group for choice in piece.choices]
    voted = [each for each in choices if each.choice not in _ASIDE and (each.named or each.number is not None)]
    marked = any(piece.said.outcome or piece.said.asked for piece in group) or any(
        choice.number is not None for choice in choices
    )
    return bool(voted) and (
        marked or len({choice.choice for choice in choices}) > 1 or group[0].statement.section == "vote"
    )


def _method(group: list[_Piece]) -> str:
    said = [piece.said.method for piece in group if piece.said.method]
    if any(piece.listed and any(choice.named for choice in piece.choices) for piece in group):
        block = any(re.match(r"[a-z-]+ \d+ [a-z-]+ \d+", piece.statement.text) for piece in group if piece.choices)
        return "division" if block or "division" in said else "roll-call"
    if said:
        return said[0]
    return "tally" if any(piece.said.counts for piece in group) else ""


def _declared(group: list[_Piece]) -> Outcome:
    """The outcome that is said last; one that only unanimity implies counts where no other is said."""
    said = sorted((piece.said for piece in group if piece.said.outcome), key=lambda said: not said.implied)
    return said[-1].outcome if said else ""


def _counts(group: list[_Piece]) -> tuple[tuple[str, int], ...]:
    """The numbers that the document gives: those of its lists of names, else those of its sentences."""
    listed = [(choice.choice, choice.number) for piece in group for choice in piece.choices]
    said = [count for piece in group for count in piece.said.counts]
    counts: dict[str, int] = {}
    for choice, number in [*listed, *said]:
        if number is not None:
            counts.setdefault(choice, number)
    return tuple(counts.items())


def _ballots(document: Document, group: list[_Piece]) -> Iterator[Cast]:
    for piece in group:
        for choice in piece.choices:
            for named in choice.named:
                marks: tuple[Mark, ...] = document.marks(piece.statement, named.start, named.end)
                yield Cast(
                    label=named.label,
                    choice=choice.choice,
                    affiliation=named.affiliation,
                    teller=named.teller,
                    marks=marks,
                )
