"""Several documents of one sitting -> the facts of that sitting.

Draft and approved minutes, notes and an annotated vote file tell the same motions, votes and decisions again. What two
tell alike becomes one fact: the one of the stronger authority, with the evidence of both. What only a weaker version
of the same document tells is left out and noticed, since approved minutes prevail over their draft; what a different
kind of document tells besides is kept.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import msgspec
from rapidfuzz.fuzz import token_set_ratio
from rapidfuzz.utils import default_process

from remembrancer.model import AUTHORITIES, Mark
from remembrancer.record.persons import name_of
from remembrancer.register.facts import (
    AnyFact,
    Discussed,
    Moved,
    Noticed,
    Promised,
    QuorumSaid,
    Reported,
    Resolved,
    Roll,
    Sponsored,
    Standing,
    Stay,
    Voted,
)
from remembrancer.saying import Sentence, Term

ALIKE = 85.0
"""Least rapidfuzz token set ratio at which two texts tell the same motion or decision."""


_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


class Settled(NamedTuple):
    """The facts that remain, and for each the ids of those that became one with it."""

    facts: tuple[AnyFact, ...]
    formers: Mapping[str, tuple[str, ...]]


def settle(
    facts: Iterable[AnyFact],
    order: Mapping[str, int],
    revisions: Mapping[str, frozenset[str]],
    agendas: frozenset[str] = frozenset(),
) -> Settled:
    """The facts of every sitting told once. ``order`` ranks the sources of one authority, the one that
    prevails last; ``revisions`` gives for each source those that are versions of the same document; one of
    ``agendas`` prevails over no other document."""
    by_sitting: dict[str, list[AnyFact]] = defaultdict(list)
    for fact in _seated(facts):
        by_sitting[fact.sitting].append(fact)
    settled: list[AnyFact] = []
    formers: dict[str, tuple[str, ...]] = {}
    for sitting, told in by_sitting.items():
        sources = {fact.source for fact in told}
        if not sitting or len(sources) == 1:
            settled += told
            continue
        merged = _Merging(sorted(told, key=lambda fact: (fact.source in agendas, *_weakness(fact, order))), revisions)
        settled += merged.facts()
        formers |= merged.formers
    return Settled(tuple(sorted(settled, key=lambda fact: (fact.date, fact.source, fact.position, fact.id))), formers)


def _seated(facts: Iterable[AnyFact]) -> list[AnyFact]:
    """The facts, those of a file that is no sitting itself, as a file of votes, at the one sitting of their day."""
    told = list(facts)
    on_day: dict[str, set[str]] = defaultdict(set)
    for fact in told:
        if fact.sitting:
            on_day[fact.date].add(fact.sitting)
    alone = {
        day: next(iter(sittings)) for day, sittings in on_day.items() if len(sittings) == 1 and _DAY.fullmatch(day)
    }
    return [
        fact if fact.sitting or fact.date not in alone else msgspec.structs.replace(fact, sitting=alone[fact.date])
        for fact in told
    ]


class _Merging:
    """One sitting's facts, those of the strongest source first."""

    def __init__(self, told: Sequence[AnyFact], revisions: Mapping[str, frozenset[str]]) -> None:
        self._revisions = revisions
        self.formers: dict[str, tuple[str, ...]] = {}
        self._kept: dict[str, AnyFact] = {}
        self._on_day: dict[tuple[type[AnyFact], str], list[str]] = defaultdict(list)
        self._sources: set[str] = set()
        self._instead: dict[str, str] = {}
        self._taken: set[tuple[str, str]] = set()
        for fact in told:
            self._take(fact)

    def facts(self) -> list[AnyFact]:
        """What remains, with references to merged facts led to those that took them."""
        return [_referring(fact, self._instead) for fact in self._kept.values()]

    def _take(self, fact: AnyFact) -> None:
        same = self._same(fact)
        if same is not None:
            self._instead[fact.id] = same.id
            self.formers[same.id] = (*self.formers.get(same.id, ()), fact.id)
            self._kept[same.id] = _joined(self._kept[same.id], fact)
        elif isinstance(fact, Roll) and (stronger := self._stronger_roll(fact)):
            if differing := _told_otherwise(fact, stronger):
                self._keep(_roll_differs(fact, differing))
            if left_out := _left_out_of(stronger, fact):
                self._keep(left_out)
        elif isinstance(fact, (Moved, Voted, Resolved)) and self._stronger_version(fact):
            self._keep(_left_out(fact))
        else:
            self._keep(fact)

    def _keep(self, fact: AnyFact) -> None:
        self._kept[fact.id] = fact
        self._on_day[type(fact), fact.date].append(fact.id)
        self._sources.add(fact.source)

    def _same(self, fact: AnyFact) -> AnyFact | None:
        """The first kept fact of another source that tells the same and that no other of this source took."""
        if self._sources <= {fact.source}:
            return None
        for kept in self._told_elsewhere(fact):
            if (kept.id, fact.source) not in self._taken and _alike(kept, fact):
                self._taken.add((kept.id, fact.source))
                return kept
        return None

    def _told_elsewhere(self, fact: AnyFact) -> Iterator[AnyFact]:
        """What is kept of this kind, from other sources, of the same day: documents of several days of one sitting
        tell different things. What has no day may be of any."""
        kind = type(fact)
        days = {fact.date, ""} if fact.date else {day for told, day in self._on_day if told is kind}
        for day in sorted(days, reverse=True):
            for kept in (self._kept[identity] for identity in self._on_day.get((kind, day), ())):
                if kept.source != fact.source:
                    yield kept

    def _stronger_roll(self, fact: Roll) -> Roll | None:
        return next(
            (kept for kept in self._told_elsewhere(fact) if isinstance(kept, Roll) and not kept.beside and kept.stays),
            None,
        )

    def _stronger_version(self, fact: AnyFact) -> bool:
        return not self._revisions.get(fact.source, frozenset()).isdisjoint(self._sources - {fact.source})


def _weakness(fact: AnyFact, order: Mapping[str, int]) -> tuple[int, int, int]:
    return -AUTHORITIES.index(fact.authority), -order.get(fact.source, 0), fact.position


def _alike(one: AnyFact, other: AnyFact) -> bool:
    match one, other:
        case Moved(), Moved():
            return _same_text(one.text, other.text) and _same_name(one.mover, other.mover)
        case Voted(), Voted():
            return _same_vote(one, other)
        case Resolved(), Resolved():
            return _same_decision(one, other)
        case Promised(), Promised():
            same = one.due == other.due or _same_name(one.owner, other.owner)
            return same and _same_text(one.text, other.text)
        case Discussed(), Discussed():
            return bool(set(one.mention.keys) & set(other.mention.keys))
        case QuorumSaid(), QuorumSaid():
            return (one.met, one.present, one.required) == (other.met, other.present, other.required)
        case Sponsored(), Sponsored():
            same = one.role == other.role and one.sitting == other.sitting and _same_name(one.label, other.label)
            return same and [each.keys for each in one.mentions] == [each.keys for each in other.mentions]
        case Standing(), Standing():
            return (one.mention.keys, one.status) == (other.mention.keys, other.status)
        case Reported(), Reported():
            return one.chain == other.chain and _same_text(one.text, other.text)
    return False


def _same_vote(one: Voted, other: Voted) -> bool:
    """The same ballots by name; or equal numbers for each choice that both give and, where both give the question, a
    similar one. Where one gives no numbers at all, a similar question and the same result."""
    if one.number and other.number:
        return one.number == other.number
    if one.ballots and other.ballots:
        return _cast(one) == _cast(other)
    counts, others = _numbers(one), _numbers(other)
    if not counts or not others:
        return one.declared == other.declared and _same_text(one.question, other.question)
    shared = counts.keys() & others.keys()
    agree = bool(shared) and all(counts[choice] == others[choice] for choice in shared)
    return agree and _compatible(one.question, other.question)


def _cast(vote: Voted) -> Counter[tuple[str, str]]:
    """Who voted how, by surname, since one document may give no more; not every one lists those who stayed away."""
    names = ((name_of(cast.label).key.rpartition(" ")[2], cast.choice) for cast in vote.ballots)
    return Counter((surname, choice) for surname, choice in names if choice != "absent")


def _numbers(vote: Voted) -> dict[str, int]:
    """How many made each choice: as counted by name where there are names, else as told."""
    return dict(Counter(cast.choice for cast in vote.ballots)) or dict(vote.counts)


def _same_decision(one: Resolved, other: Resolved) -> bool:
    if one.number and other.number:
        return one.number == other.number
    if one.status_to or other.status_to:
        keys, others = ({key for mention in each.mentions for key in mention.keys} for each in (one, other))
        return one.status_to == other.status_to and bool(keys & others)
    return one.kind == other.kind and _same_text(one.text, other.text)


def _same_name(one: str, other: str) -> bool:
    return not one or not other or name_of(one).key == name_of(other).key


def _same_text(one: str, other: str) -> bool:
    return bool(one) and bool(other) and token_set_ratio(one, other, processor=default_process) >= ALIKE


def _compatible(one: str, other: str) -> bool:
    return not one or not other or _same_text(one, other)


def _joined(kept: AnyFact, other: AnyFact) -> AnyFact:
    """The kept fact with the other's evidence, and with what only the other says."""
    changes: dict[str, object] = {
        "marks": (*kept.marks, *other.marks),
        "stated": kept.stated or other.stated,
        "confirmed": kept.confirmed or other.confirmed,
    }
    if getattr(other, "done", False):
        changes["done"] = True
    for name in ("ballots", "counts", "mover", "seconder", "number", "declared", "question", "motion", "vote"):
        if hasattr(kept, name) and not getattr(kept, name) and getattr(other, name):
            changes[name] = getattr(other, name)
    return msgspec.structs.replace(kept, **changes)


def _referring(fact: AnyFact, instead: Mapping[str, str]) -> AnyFact:
    """The fact with ``motion``, ``vote`` and ``amends`` leading to what is kept."""
    changes = {}
    for name in ("motion", "vote", "amends"):
        named = getattr(fact, name, "")
        if named in instead:
            changes[name] = instead[named]
    return msgspec.structs.replace(fact, **changes) if changes else fact


def _told_otherwise(weaker: Roll, stronger: Roll) -> tuple[str, ...]:
    """The names of whom one roll lists as present and the other as absent."""
    there, gone = _listed(weaker)
    also_there, also_gone = _listed(stronger)
    return tuple(sorted({*(there.keys() & also_gone.keys()), *(gone.keys() & also_there.keys())}))


def _listed(roll: Roll) -> tuple[dict[str, Stay], dict[str, Stay]]:
    """Who was there at some time and who was not, by name; who came or went was there."""
    named = _named(roll)
    there = {name: stay for name, stay in named if stay.present}
    return there, {name: stay for name, stay in named if stay.present is False and name not in there}


def _left_out_of(stronger: Roll, weaker: Roll) -> Roll | None:
    """Whom a closed document lists and the stronger one, which others read too, leaves out: who came for the closed
    business is known to those who may read of it."""
    if weaker.visibility in ("open", stronger.visibility):
        return None
    there, gone = _listed(stronger)
    stays = tuple(stay for name, stay in _named(weaker) if name not in {*there, *gone})
    return msgspec.structs.replace(weaker, stays=stays, beside=True) if stays else None


def _named(roll: Roll) -> list[tuple[str, Stay]]:
    return [(" ".join(name_of(f"{stay.label} ({stay.affiliation})")), stay) for stay in roll.stays]


def _roll_differs(weaker: Roll, names: Sequence[str]) -> Noticed:
    there, gone = _listed(weaker)
    stays = [(there | gone)[name] for name in names]
    who, more = stays[0].label, len(stays) - 1
    message = Sentence(
        "Another document of this sitting lists otherwise whether %(who)s was present; the stronger one counts.",
        who=who,
    )
    if more:
        message = Sentence(
            "Another document of this sitting lists otherwise whether %(who)s was present, and %(n)s more;"
            " the stronger one counts.",
            who=who,
            n=more,
        )
    marks = tuple(mark for stay in stays for mark in stay.marks)
    return _noticed(weaker, "attendance-differs", message, marks or weaker.marks)


def _left_out(fact: Moved | Voted | Resolved) -> Noticed:
    message = Sentence(
        "A %(kind)s stands in the weaker version of the minutes and not in the one that prevails.",
        kind=Term("one", fact.KIND),
    )
    return _noticed(fact, "draft-differs", message, fact.marks)


def _noticed(fact: Moved | Voted | Resolved | Roll, code: str, message: Sentence, marks: tuple[Mark, ...]) -> Noticed:
    return Noticed(
        id=f"notice-{fact.id.split('-', 1)[-1]}",
        rule="settle.draft",
        stated=fact.stated,
        marks=marks,
        source=fact.source,
        element=fact.element,
        position=fact.position,
        sitting=fact.sitting,
        date=fact.date,
        item=fact.item,
        authority=fact.authority,
        visibility=fact.visibility,
        code=code,
        message=message,
        advice=Sentence("See whether that is meant; if the minutes are wrong, they need a correction by the body."),
    )
