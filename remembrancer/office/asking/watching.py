"""Watches: stored searches and questions, and what is new since each ran last.

A watch sees what its principal may see on the day it runs. A passage is new where none of its versions was shown with
the same words: a better version of a known passage is not news, a correction is. Of a question it is news when the
answer changed, or when a passage came that bears it out.

``run`` changes nothing: what was printed is noted by ``noted``, afterwards, so that a run that is interrupted is
repeated. Two runs at once may both print a passage; neither can lose one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from anyascii import anyascii

from remembrancer.memory.cite import Hit, letters
from remembrancer.memory.query import parse
from remembrancer.model import Exit, Fault, Principal
from remembrancer.office.asking.answering import Told, ask
from remembrancer.office.bureau import Bureau, Progress
from remembrancer.office.working import Owner, Shown, Watch, Work
from remembrancer.queries import Filters
from remembrancer.saying import Sentence

BOUNDS = {"search": 10_000, "ask": 50}
"""How many passages of a search, and of an answer, are compared with those that were shown."""

FORGOTTEN = "What it said is no longer kept: something was closed to somebody, or removed, since then."

LONGEST_NAME = 40
KEPT_FILTERS = ("since", "until", "speaker", "item", "sitting", "kind")


class Said(NamedTuple):
    """An answer, as far as a change of it is news. ``value`` is None where it is only the passages themselves, and
    what the question may mean where it is ambiguous; ``conflicts`` is what other documents say."""

    status: str
    value: Any
    conflicts: list[str]
    sentence: str


@dataclass(frozen=True, slots=True)
class News:
    """What a watch has to say. ``since`` is when it ran before. Of a question ``answer`` is the one now, and
    ``before`` another that it gave then. ``more`` counts new passages beyond those in ``new``, which the next run
    shows; of a first run, what there was beyond them. ``problem`` says why it could not run."""

    name: str
    kind: str
    query: str
    first: bool
    since: str
    answer: Said | None = None
    before: Said | None = None
    new: tuple[Hit, ...] = ()
    more: int = 0
    problem: str = ""


class Ran(NamedTuple):
    """One run of a watch: its news, and what is to be noted once they were put out."""

    watch: Watch
    news: News
    at: str
    shown: tuple[Shown, ...] = ()
    gone: tuple[Shown, ...] = ()


def add(
    bureau: Bureau,
    work: Work,
    principal: Principal,
    query: str,
    *,
    question: bool = False,
    name: str = "",
    filters: Filters | None = None,
) -> Watch:
    """Keep a search or a question under a name, by default made of its words. A Fault where it cannot be run."""
    kept = {key: value for key in KEPT_FILTERS if (value := getattr(filters or Filters(), key))}
    if question and kept:
        raise Fault(
            Exit.USAGE, Sentence("A question takes no filters."), Sentence("Say in the question what is meant.")
        )
    if not any(map(str.isalnum, query)):
        raise Fault(
            Exit.USAGE, Sentence("There is nothing to watch for."), Sentence("Name words, or a question with --ask.")
        )
    if not question:
        parse(query)
    owner = _owner(bureau, principal)
    taken = {each.name for each in work.watches(owner)}
    chosen = name.strip() or _free_name(query, taken)
    work.add_watch(owner, chosen, "ask" if question else "search", query, kept, bureau.log.clock.now())
    return watch(bureau, work, principal, chosen)


def watches(bureau: Bureau, work: Work, principal: Principal) -> list[Watch]:
    """The principal's own watches; nobody sees another's, the owner neither."""
    return work.watches(_owner(bureau, principal))


def watch(bureau: Bureau, work: Work, principal: Principal, name: str) -> Watch:
    """One of the principal's own. A Fault (refused) where there is none of that name."""
    found = next((each for each in watches(bureau, work, principal) if each.name == name), None)
    if found is None:
        what = Sentence("%(who)s has no watch %(watch)s.", who=principal.name, watch=repr(name))
        raise Fault(Exit.REFUSED, what, Sentence("See remembrancer watch list."))
    return found


def numbered(bureau: Bureau, work: Work, principal: Principal, number: int) -> Watch:
    """One of the principal's own by its number. A Fault (refused) where there is none."""
    found = next((each for each in watches(bureau, work, principal) if each.id == number), None)
    if found is None:
        raise Fault(
            Exit.REFUSED,
            Sentence("%(who)s has no watch %(watch)s.", who=principal.name, watch=number),
            Sentence("See remembrancer watch list."),
        )
    return found


def remove(bureau: Bureau, work: Work, principal: Principal, name: str) -> None:
    """Forget a watch and what it has shown."""
    work.remove_watch(watch(bureau, work, principal, name))


def run(
    bureau: Bureau, work: Work, principal: Principal, name: str = "", limit: int = 10, progress: Progress | None = None
) -> Iterator[Ran]:
    """Run one watch, or all of the principal's, with at most ``limit`` new passages each. Nothing is noted yet."""
    chosen = [watch(bureau, work, principal, name)] if name else watches(bureau, work, principal)
    for each in chosen:
        try:
            yield _run(bureau, work, principal, each, limit, progress)
        except Fault as fault:
            if name:
                raise
            yield Ran(each, News(*_about(each), problem=fault.what), each.ran)


def noted(work: Work, ran: Ran) -> None:
    """Note that the news of a run were put out."""
    if not ran.news.problem:
        answer = ran.news.answer._asdict() if ran.news.answer else None
        work.advance(ran.watch, ran.at, answer, ran.shown, ran.gone)


def _run(bureau: Bureau, work: Work, principal: Principal, each: Watch, limit: int, progress: Progress | None) -> Ran:
    at = bureau.log.clock.now()
    known = work.shown(each)
    answer, hits = _found(bureau, principal, each, progress)
    new, held = _compared(bureau, each, known, hits)
    shown = new[:limit]
    noting = new if not each.ran else shown
    news = News(*_about(each), answer, _before(each, answer), tuple(shown), len(new) - len(shown))
    gone = known - held if len(hits) < BOUNDS[each.kind] else set()
    return Ran(each, news, at, tuple(_shown(each, hit) for hit in noting), tuple(gone))


def _before(each: Watch, now: Said | None) -> Said | None:
    """The answer before, where it was another; without its words where something was closed or removed since."""
    kept = each.answer
    if not kept or now is None:
        return None
    if "told" in kept:
        return None if kept["told"] == each.told(now._asdict()) else Said(kept["status"], None, [], FORGOTTEN)
    before = Said(**kept)
    return before if before[:3] != now[:3] else None


def _about(each: Watch) -> tuple[str, str, str, bool, str]:
    return each.name, each.kind, each.query, not each.ran, each.ran


def _found(
    bureau: Bureau, principal: Principal, each: Watch, progress: Progress | None
) -> tuple[Said | None, Sequence[Hit]]:
    if each.kind == "search":
        filters: Mapping[str, Any] = each.filters
        return None, bureau.search(principal, each.query, Filters(**filters), BOUNDS[each.kind], progress)
    told = ask(bureau, principal, each.query, limit=BOUNDS[each.kind], progress=progress)
    return _said(told), told.answer


def _said(told: Told) -> Said:
    """The answer without what it is borne out by: which passages answer best is no news."""
    value: Any = [reading.title for reading in told.readings] or told.value
    if told.kind == "passages":
        value = None
    conflicts = sorted({f"{fact.name}: {fact.value}" for fact in told.conflicts})
    return Said(told.status, list(value) if isinstance(value, tuple) else value, conflicts, told.sentence)


def _compared(bureau: Bureau, each: Watch, known: set[Shown], hits: Sequence[Hit]) -> tuple[list[Hit], set[Shown]]:
    """The hits that are new, each once, and what of the known is found again."""
    catalog = bureau.catalog
    now = cache(catalog.resolve)
    by_now: dict[tuple[str, str], set[Shown]] = {}
    for one in known:
        by_now.setdefault((now(one.element), one.words), set()).add(one)
    new: dict[tuple[str, str], Hit] = {}
    held: set[Shown] = set()
    for hit in hits:
        element, words = _shown(each, hit)
        versions = catalog.versions(now(element))
        before = [one for version in versions for one in by_now.get((now(version), words), ())]
        held.update(before)
        if not before:
            new.setdefault((min(versions), words), hit)
    return list(new.values()), held


def _shown(each: Watch, hit: Hit) -> Shown:
    """What tells a passage from others: of a question its words alone, since rows of the register bear it out too."""
    return Shown(hit.id if each.kind == "search" else "", each.hashed(letters(hit.text)))


def _owner(bureau: Bureau, principal: Principal) -> Owner:
    return Owner(bureau.slug, principal.name)


def _free_name(query: str, taken: set[str]) -> str:
    """A name of the words of a query that is not taken: ``weir-quotation``, ``weir-quotation-2``."""
    slug = re.sub(r"[^a-z0-9]+", "-", anyascii(query).lower()).strip("-")[:LONGEST_NAME].strip("-") or "watch"
    names = (slug if number == 1 else f"{slug}-{number}" for number in range(1, len(taken) + 2))
    return next(name for name in names if name not in taken)
