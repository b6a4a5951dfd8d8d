"""Who presided over each sitting, laid over who was there: one presence of a person at a sitting, with the office."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import replace

from remembrancer.model import Person, Presence
from remembrancer.register.facts import AnyFact, Presided


def with_presiding(
    persons: Iterable[Person], facts: Iterable[AnyFact], person_of: Callable[[str, str], str]
) -> tuple[Person, ...]:
    """The persons with the offices that labels and formulas give them; a label that means nobody known gives none."""
    told: dict[str, list[Presided]] = defaultdict(list)
    for fact in facts:
        if isinstance(fact, Presided) and (person := person_of(fact.sitting, fact.label)):
            told[person].append(fact)
    return tuple(_presiding(row, told[row.id]) if row.id in told else row for row in persons)


def _presiding(row: Person, told: Iterable[Presided]) -> Person:
    presences = list(row.presences)
    for fact in told if row.standing != "public" else ():
        at = next((at for at, each in enumerate(presences) if _is_there(each, fact)), None)
        if at is None:
            offices = (fact.office,)
            presences.append(
                Presence(row.id, fact.sitting, fact.date, True, fact.role, offices=offices, marks=fact.marks)
            )
        else:
            presences[at] = _in_office(presences[at], fact)
    return replace(row, presences=tuple(sorted(presences, key=lambda each: (each.date, each.sitting, each.marks))))


def _is_there(presence: Presence, fact: Presided) -> bool:
    return presence.present is True and (presence.sitting, presence.date) == (fact.sitting, fact.date)


def _in_office(presence: Presence, fact: Presided) -> Presence:
    """What a roll says of somebody, with the office; the roll's own words for the role stay."""
    return replace(
        presence,
        role=presence.role or fact.role,
        offices=tuple(dict.fromkeys((*presence.offices, fact.office))),
        marks=tuple(dict.fromkeys((*presence.marks, *fact.marks))),
    )
