"""What somebody may know to exist and no more: the public titles of what is closed, and the grounds of closing it.

"What was decided about the purchase?" names the item that the public knows as “A purchase”: of that it is told the
title, the day and the ground, which is all that the open record shows of it. Of a whole document or sitting that is
closed so the open record shows no day either, and not whether it is the one or the other.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from remembrancer.access import may
from remembrancer.memory.analysis import TOKEN, fold
from remembrancer.memory.stopwords import STOP
from remembrancer.model import Item, Principal, Proceedings, Sha256, Speech, Text, Visibility
from remembrancer.office.bureau import Bureau, Seen
from remembrancer.read.dates import date_of, days
from remembrancer.record.readings import named_id


class Closed(NamedTuple):
    """All that is public of a document or sitting of which nothing else is shown."""

    title: str
    ground: str

    @property
    def id(self) -> str:
        """By what it is told apart in a list: it is made of what is public alone."""
        return named_id("closed", self.title, self.ground)


class Withheld(NamedTuple):
    """What is closed, by its public title; ``date`` is that of the sitting of an item, EDTF, or empty."""

    title: str
    ground: str
    date: str


def closed(bureau: Bureau, principal: Principal) -> tuple[Closed, ...]:
    """What stands in the lists of documents and of sittings besides those that a principal sees something of: each
    title and ground once, by title."""
    if "existence" not in bureau.catalog.classes() or may(principal, "read", "existence"):
        return ()
    return bureau.remembered(("closed", principal), lambda: tuple(sorted(set(_closed(bureau, principal)))))


def _closed(bureau: Bureau, principal: Principal) -> Iterator[Closed]:
    """What was ruled to be known by title and ground, and is part of nothing that the principal sees."""
    for identity, ruling in bureau.catalog.rulings().items():
        if ruling.visibility == "existence" and _is_known(bureau, identity) and not _shown(bureau, principal, identity):
            yield Closed(ruling.title, ruling.ground)


def _sources_of(bureau: Bureau, identity: str) -> list[Sha256]:
    catalog, kind = bureau.catalog, identity.partition("-")[0]
    if kind == "sitting":
        return catalog.sources_of_sitting(identity)
    return [catalog.source_of(identity) or identity] if kind in ("item", identity) else []


def _is_known(bureau: Bureau, identity: str) -> bool:
    """Whether something of an id is closed no stricter, by the document or sitting around it."""
    catalog = bureau.catalog
    rows = [(catalog.source(sha), catalog.reading(sha)) for sha in _sources_of(bureau, identity)]
    views = (bureau.view(Seen(source, row)).proceedings for source, row in rows if source and row and not source.gone)
    return any("existence" in _classes_of(bureau, view, identity) for view in views)


def _classes_of(bureau: Bureau, view: Proceedings, identity: str) -> set[Visibility]:
    """The classes of an item, or of all that stands in a sitting or a document."""
    elements: tuple[Item | Speech | Text, ...] = (*view.items, *view.speeches, *view.texts)
    if identity.startswith("item-"):
        return {each.visibility for each in view.items if each.id == identity}
    if not identity.startswith("sitting-"):
        return {each.visibility for each in elements}
    own = {
        at
        for at, each in enumerate(view.sittings)
        if bureau.catalog.resolve(each.id) == bureau.catalog.resolve(identity)
    }
    return {each.visibility for each in elements if each.sitting in own}


def _shown(bureau: Bureau, principal: Principal, identity: str) -> bool:
    """Whether a principal sees something of the document, or of the sitting in it."""
    seen = [each for sha in _sources_of(bureau, identity) if (each := bureau.seen_source(principal, sha))]
    if not identity.startswith("sitting-"):
        return bool(seen)
    resolve = bureau.catalog.resolve
    told = (row.id for each in seen for row in bureau.catalog.sittings(each.row.entry))
    return any(resolve(each) == resolve(identity) for each in told)


def named_in(bureau: Bureau, principal: Principal, question: str, language: str, as_of: str = "") -> list[Withheld]:
    """What is closed whose public titles stand in a question, word for word, in any order; of sittings up to
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
    yield from (Withheld(each.title, each.ground, "") for each in closed(bureau, principal))


def _words(text: str, language: str) -> frozenset[str]:
    stop = STOP.get(language.partition("-")[0], frozenset())
    return frozenset(word for word in map(fold, TOKEN.findall(text)) if word not in stop)


def _up_to(date: str, as_of: str) -> bool:
    if not as_of:
        return True
    held, limit = days(date), days(as_of)
    return held is not None and limit is not None and held.last <= limit.last
