"""Whose name it is: ids by which the record knows people, and what a clerk said of who is one and who several."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from typing import NamedTuple

from remembrancer.model import Principal
from remembrancer.office.bureau import Bureau
from remembrancer.office.registers.settling import said, standing
from remembrancer.record.catalog import DeskRow

Names = Callable[[str, str], str]
"""From a folded name and a folded affiliation to the id of a person, or empty."""


class Rulings(NamedTuple):
    """Pairs of ids that are one person, known by the first; and ids of persons who are several."""

    merges: tuple[tuple[str, str], ...]
    splits: tuple[str, ...]


def rulings_on_people(desk: Iterable[DeskRow]) -> Rulings:
    """What holds of all that was said, in order: a split takes back the merges of that person, if there were any,
    else it tells those of one name apart."""
    merges: list[tuple[str, str]] = []
    splits: list[str] = []
    for row in desk:
        ids = row.payload.get("ids", ())
        if row.kind == "person-merge":
            merges.append((ids[0], ids[1]))
        elif row.kind == "person-split":
            left = [pair for pair in merges if ids[0] not in pair]
            splits += [ids[0]] if len(left) == len(merges) else []
            merges = left
    return Rulings(tuple(merges), tuple(splits))


def person_ids(bureau: Bureau, principal: Principal) -> Names:
    """Persons' ids as a principal may tell them apart: that two share a name counts only where they see it."""

    @cache
    def shared(key: str) -> bool:
        return any(bureau.reads(principal, source, reading) for reading, source in bureau.catalog.sharing(key))

    return lambda key, affiliation: bureau.catalog.person_id(key, affiliation if shared(key) else None)


def known_ids(bureau: Bureau, principal: Principal) -> Names:
    """``person_ids`` after what the clerk said."""
    raw, led = person_ids(bureau, principal), led_by(bureau, principal)
    splits = frozenset(_rulings(bureau, principal).splits)

    @cache
    def known(key: str, affiliation: str) -> str:
        identity = raw(key, affiliation)
        if identity in splits:
            identity = bureau.catalog.person_id(key, affiliation)
        return led.get(identity, identity)

    return known


def led_by(bureau: Bureau, principal: Principal) -> dict[str, str]:
    """For each person who was merged into another, the id they are known by."""
    led: dict[str, str] = {}
    for stays, goes in _rulings(bureau, principal).merges:
        now = led.get(stays, stays)
        led = {one: now if other == goes else other for one, other in led.items()} | {goes: now}
    return led


def _rulings(bureau: Bureau, principal: Principal) -> Rulings:
    return rulings_on_people(standing(said(bureau, principal)))
