"""What a clerk is asked: inferred facts whose truth would change an answer, the gravest first.

Force, outcomes and the standing of matters rest on what is stated or confirmed. So an inferred repeal is worth a
question, an inferred rung only where it would be the matter's last, and an inferred motion that nothing hangs on none
at all: a clerk with hundreds of confirmations gives up.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import NamedTuple

from remembrancer.model import Decision, Mark, Matter, Motion, Person, Vote
from remembrancer.record.persons import may_be, name_of
from remembrancer.register.rows import Register
from remembrancer.saying import Day, Sentence, Term

_CHANGING = ("amends", "repeals", "replaces", "ratifies", "confirms")
_LONGEST = 160
FORCE, RUNG, PEOPLE, REST = range(4)
"""What the answer would change, the gravest first."""


class Asked(NamedTuple):
    """A question in one sentence about the row ``id``, with ``why`` it matters and the words it rests on."""

    id: str
    question: Sentence
    why: Sentence
    marks: tuple[Mark, ...]
    gravity: int = REST
    date: str = ""


def queue(register: Register) -> tuple[Asked, ...]:
    """What is worth asking, by gravity, the latest first within each."""
    asked = [*_forces(register), *_rungs(register), *_people(register.people), *_outcomes(register)]
    first: dict[str, Asked] = {}
    for each in sorted(asked, key=lambda each: each.gravity):
        first.setdefault(each.id, each)
    latest = sorted(first.values(), key=lambda each: (each.date, each.id), reverse=True)
    return tuple(sorted(latest, key=lambda each: each.gravity))


def _is_open(decision: Decision) -> bool:
    return not decision.stated and not decision.confirmed


def _forces(register: Register) -> Iterator[Asked]:
    """Inferred relations to what the record holds: they would change what is in force."""
    for decision in register.decisions:
        for relation in decision.relations:
            target = register.get(relation.target) if relation.kind in _CHANGING else None
            if target is not None and (_is_open(decision) or (not relation.stated and not decision.confirmed)):
                name = relation.target_text or getattr(target, "number", "") or getattr(target, "title", "")
                yield Asked(
                    decision.id,
                    Sentence(
                        "Is it so that %(decision)s %(verb)s %(other)s?",
                        decision=_name(decision),
                        verb=Term("verb", relation.kind),
                        other=_short(name),
                    ),
                    Sentence("It would change what is in force."),
                    relation.marks or decision.marks,
                    FORCE,
                    decision.date,
                )


def _rungs(register: Register) -> Iterator[Asked]:
    """The last rung of each matter, where only inference puts it there."""
    decided = {decision.id: decision for decision in register.decisions}
    for matter in register.matters:
        rungs = sorted(matter.rungs, key=lambda rung: rung.date)
        last = decided.get(rungs[-1].decision) if rungs else None
        if last is None or not _is_open(last) or _is_stated(matter, rungs[-1].status):
            continue
        yield Asked(
            last.id,
            Sentence(
                "Did %(matter)s come to %(status)s on %(day)s?",
                matter=_short(matter.title),
                status=rungs[-1].status,
                day=_day(last.date),
            ),
            _otherwise(matter),
            last.marks,
            RUNG,
            last.date,
        )


def _is_stated(matter: Matter, status: str) -> bool:
    """Whether another source states that the matter came to the rung."""
    return any(rung.status == status and rung.stated for rung in matter.rungs)


def _otherwise(matter: Matter) -> Sentence:
    """Why a rung is worth a question: what the matter would stand at without it."""
    stated = [rung for rung in matter.rungs if rung.stated]
    if not stated:
        return Sentence("It is the last that the record shows of where the matter stands.")
    return Sentence(
        "It is the last that the record shows of where the matter stands; without it, it stands at %(status)s.",
        status=max(stated, key=lambda rung: rung.date).status,
    )


def _day(date: str) -> Sentence | Day:
    return Day(date) if date else Sentence("an unknown day")


def _people(people: Iterable[Person]) -> Iterator[Asked]:
    """Two persons who may be one: an initial and the one full name it fits, never at one sitting together."""
    members = [person for person in people if person.standing != "public" and " " in name_of(person.name).key]
    by_surname: dict[str, list[Person]] = defaultdict(list)
    for person in members:
        by_surname[name_of(person.name).key.rpartition(" ")[2]].append(person)
    for bearing in by_surname.values():
        for one, other in combinations(bearing, 2):
            if len(bearing) == 2 and _may_be_one(one, other):
                yield Asked(
                    f"{one.id} {other.id}",
                    Sentence("Is %(one)s the same person as %(other)s?", one=one.name, other=other.name),
                    Sentence(
                        "Their ballots and seats would be counted together: people merge %(one)s %(other)s",
                        one=one.id,
                        other=other.id,
                    ),
                    (*_seen(one), *_seen(other)),
                    PEOPLE,
                    max((each.date for each in (*one.presences, *other.presences)), default=""),
                )


def _may_be_one(one: Person, other: Person) -> bool:
    key, full = sorted((name_of(each.name).key for each in (one, other)), key=len)
    together = {each.sitting for each in one.presences} & {each.sitting for each in other.presences}
    affiliations = [{seat.affiliation for seat in each.memberships if seat.affiliation} for each in (one, other)]
    apart = all(affiliations) and affiliations[0].isdisjoint(affiliations[1])
    return key != full and may_be(key, full) and not together and not apart


def _seen(person: Person) -> tuple[Mark, ...]:
    return person.presences[0].marks[:1] if person.presences else ()


def _outcomes(register: Register) -> Iterator[Asked]:
    """Inferred outcomes that nothing states: of a motion by its vote, of a matter by its only decision."""
    motions = {motion.id: motion for motion in register.motions}
    for vote in register.votes:
        motion = motions.get(vote.motion)
        if motion and not vote.stated and vote.declared and motion.stated and _rests_on(motion, vote):
            outcome = Term("outcome", vote.declared)
            question = Sentence("Was the motion %(motion)s %(outcome)s?", motion=_short(motion.text), outcome=outcome)
            why = Sentence("Nothing else says what came of the motion.")
            yield Asked(vote.id, question, why, vote.marks, REST, vote.date)
    stated = {decision.matter for decision in register.decisions if decision.stated or decision.confirmed}
    last = {each.matter: each for each in register.decisions if each.matter and each.matter not in stated}
    for decision in last.values():
        if decision.kind not in ("procedural", "note", "set-status"):
            question = Sentence(
                "Did the body decide this on %(day)s: %(decision)s?",
                day=_day(decision.date),
                decision=_short(decision.text),
            )
            why = Sentence("The record shows no stated decision on the matter.")
            yield Asked(decision.id, question, why, decision.marks, REST, decision.date)


def _rests_on(motion: Motion, vote: Vote) -> bool:
    return motion.vote == vote.id and (not motion.outcome or motion.outcome == vote.declared)


def _name(decision: Decision) -> str:
    return decision.number or _short(decision.title or decision.text)


def _short(text: str) -> str:
    """The first words, so that the question stays one sentence."""
    folded = " ".join(text.split())
    if len(folded) <= _LONGEST:
        return f'"{folded.rstrip(".?")}"'
    return f'"{folded[:_LONGEST].rpartition(" ")[0]} ..."'
