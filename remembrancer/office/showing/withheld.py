"""What somebody may know to exist and no more: the public titles of closed items, and the grounds of closing them.

"What was decided about the purchase?" names the item that the public knows as “A purchase”: of that it is told the
title, the day and the ground, which is all that the open record shows of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from remembrancer.access import may
from remembrancer.memory.analysis import TOKEN, fold
from remembrancer.memory.stopwords import STOP
from remembrancer.model import Principal
from remembrancer.office.bureau import Bureau
from remembrancer.read.dates import date_of, days


class Withheld(NamedTuple):
    """A closed item by its public title; ``date`` is its sitting's, EDTF, or empty."""

    title: str
    ground: str
    date: str


def named_in(bureau: Bureau, principal: Principal, question: str, language: str, as_of: str = "") -> list[Withheld]:
    """The closed items whose public titles stand in a question, word for word, in any order; of sittings up to
    ``as_of``, where that is asked for."""
    classes = bureau.catalog.classes()
    if "existence" not in classes or may(principal, "read", "existence"):
        return []
    known = bureau.remembered(("withheld", principal), lambda: tuple(_known(bureau, principal)))
    asked = _words(question, language)
    return [
        each
        for each in known
        if _words(each.title, language) and _words(each.title, language) <= asked and _up_to(each.date, as_of)
    ]


def _known(bureau: Bureau, principal: Principal) -> Iterator[Withheld]:
    rulings = bureau.catalog.rulings()
    found: dict[Withheld, None] = {}
    for seen in bureau.all_seen(principal):
        if "existence" not in seen.source.classes:
            continue
        view = bureau.view(seen).proceedings
        for item in view.items:
            if item.visibility == "existence" and item.title and not item.spans and item.id in rulings:
                date = date_of(view.sittings[item.sitting]) if item.sitting is not None else ""
                found[Withheld(item.title, rulings[item.id].ground, date)] = None
    yield from found


def _words(text: str, language: str) -> frozenset[str]:
    stop = STOP.get(language.partition("-")[0], frozenset())
    return frozenset(word for word in map(fold, TOKEN.findall(text)) if word not in stop)


def _up_to(date: str, as_of: str) -> bool:
    if not as_of:
        return True
    held, limit = days(date), days(as_of)
    return held is not None and limit is not None and held.last <= limit.last
