"""A search as a page shows it: one page of its quotations, and what could narrow it, with counts.

Counts are over the best passages that the principal may see, ``BEST`` at most, and over nothing else: what is closed
to them is in no count, and where there are more than that the page says so. Speakers are counted who may be
followed (``locating.is_followed``): the public is not cross-searched.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Literal, NamedTuple, get_args

from remembrancer.memory.analysis import TOKEN, fold
from remembrancer.memory.cite import Hit
from remembrancer.memory.query import parse
from remembrancer.model import AUTHORITIES, BeingMade, Passage, PassageKind, Principal
from remembrancer.office.asking.answering import title_of_sitting
from remembrancer.office.bureau import Bureau
from remembrancer.office.registers.registrar import register_of
from remembrancer.office.showing.locating import is_followed
from remembrancer.queries import Filters, Group
from remembrancer.read.house import unnumbered
from remembrancer.record.persons import name_of

BEST = 300
"""How many passages are counted and can be leafed through."""

FEW = 8
"""How many values of a facet are told where they are many."""

Order = Literal["relevance", "newest", "oldest"]


class Facet(NamedTuple):
    """A value that narrows a search, what it is called, and the ``number`` of passages that have it; ``date`` is that
    of a sitting."""

    value: str
    title: str
    number: int
    date: str = ""


class Facets(NamedTuple):
    """What a search can be narrowed by; ``years`` newest first, ``authorities`` strongest first, others by count."""

    years: tuple[Facet, ...] = ()
    speakers: tuple[Facet, ...] = ()
    items: tuple[Facet, ...] = ()
    sittings: tuple[Facet, ...] = ()
    kinds: tuple[Facet, ...] = ()
    authorities: tuple[Facet, ...] = ()


class Found(NamedTuple):
    """One page of what was found. ``titles`` are those of the items that the hits stand under, by the hit's id;
    ``total`` is how many there are, at least where there are ``more`` than were counted."""

    hits: tuple[Hit, ...]
    titles: dict[str, str]
    total: int
    more: bool
    facets: Facets


def find(
    bureau: Bureau,
    principal: Principal,
    query: str,
    filters: Filters,
    authority: str = "",
    order: Order = "relevance",
    first: int = 0,
    limit: int = 10,
) -> Found:
    """The hits ``first`` and on of a search; without words, of all that the filters leave. Fault (usage) where the
    query is none."""
    tree = parse(query) if query else Group()
    best = bureau.matching(principal, tree, filters, BEST + 1, authority)
    counted = best[:BEST]
    page = _in_order(counted, order)[first : first + limit]
    passages = [passage for passage, _ in counted]
    return Found(
        tuple(bureau.cited(page)),
        {passage.id: passage.item_title for passage, _ in page},
        len(counted),
        len(best) > BEST,
        _facets(bureau, principal, passages),
    )


def _in_order(found: Sequence[tuple[Passage, float]], order: Order) -> list[tuple[Passage, float]]:
    """By relevance as they came; else by date, the undated last."""
    if order == "relevance":
        return list(found)
    dated = [each for each in found if each[0].date]
    undated = [each for each in found if not each[0].date]
    return [*sorted(dated, key=lambda each: each[0].date, reverse=order == "newest"), *undated]


def _facets(bureau: Bureau, principal: Principal, passages: Sequence[Passage]) -> Facets:
    years = Counter(passage.date[:4] for passage in passages if passage.date)
    kinds = Counter(passage.kind for passage in passages)
    authorities = Counter(passage.authority for passage in passages)
    titles = [passage.item_title for passage in passages if passage.kind != "item"]
    return Facets(
        years=tuple(Facet(year, year, years[year]) for year in sorted(years, reverse=True)),
        speakers=_within(_speakers(bureau, principal, passages), _labels(passages)),
        items=_within(map(_unnumbered, filter(None, titles)), titles),
        sittings=_sittings(bureau, principal, passages),
        kinds=tuple(Facet(kind, kind, kinds[kind]) for kind in get_args(PassageKind) if kind in kinds),
        authorities=tuple(
            Facet(name, name, authorities[name]) for name in reversed(AUTHORITIES) if name in authorities
        ),
    )


def _most(values: Iterable[str]) -> tuple[Facet, ...]:
    """The values that are had most."""
    counted = sorted(Counter(values).items(), key=lambda each: (-each[1], each[0]))
    return tuple(Facet(value, value, count) for value, count in counted[:FEW])


def _within(values: Iterable[str], written: Iterable[str]) -> tuple[Facet, ...]:
    """Those of the values that are had most, each with the number of what has its words in their order: as many as are
    left when it is asked for."""
    whole = Counter(_words(each) for each in written)
    asked = {each.value: _words(each.value) for each in _most(values)}
    counts = Counter({value: sum(whole[other] for other in whole if words in other) for value, words in asked.items()})
    return tuple(Facet(value, value, count) for value, count in counts.most_common())


@lru_cache(4096)
def _words(text: str) -> str:
    """The words of a title or a label, folded, with a space around each."""
    return f" {' '.join(TOKEN.findall(fold(text)))} "


_unnumbered = lru_cache(4096)(unnumbered)


def _labels(passages: Iterable[Passage]) -> list[str]:
    return [f"{passage.speaker} {passage.person}" for passage in passages]


def _speakers(bureau: Bureau, principal: Principal, passages: Sequence[Passage]) -> list[str]:
    """The speakers of passages by name, without those who may not be followed; none while the register that knows them
    is being made, which no search waits for."""
    try:
        followed = bureau.derived(principal, "followed", lambda: _followed(bureau, principal))
    except BeingMade:
        return []
    spoken = [passage.person or passage.speaker for passage in passages if passage.kind == "speech"]
    known = {name for name in set(spoken) if name_of(name).key in followed}
    return [name for name in spoken if name in known]


def _followed(bureau: Bureau, principal: Principal) -> frozenset[str]:
    """The keys of the names of everybody who may be followed, without those that somebody else bears too."""
    people = register_of(bureau, principal).people
    keys = {True: set[str](), False: set[str]()}
    for person in people:
        keys[is_followed(person)].update(name_of(each).key for each in (person.name, *person.labels))
    return frozenset(keys[True] - keys[False])


def _sittings(bureau: Bureau, principal: Principal, passages: Sequence[Passage]) -> tuple[Facet, ...]:
    """The sittings that passages are of, by their day and title."""
    dates = {passage.sitting: passage.date for passage in passages if passage.sitting}
    most = _most(passage.sitting for passage in passages if passage.sitting)
    titles = {each.value: _title(bureau, principal, each.value) for each in most}
    return tuple(Facet(each.value, titles[each.value], each.number, dates[each.value]) for each in most)


def _title(bureau: Bureau, principal: Principal, sitting: str) -> str:
    return bureau.derived(principal, ("title", sitting), lambda: title_of_sitting(bureau, principal, sitting))
