"""Which facts are of which matter, worked out from all facts at once, whatever the order in which they were read.

A number (``number:bill 5``) or an address (``link:example.org/proposal-x``) makes all that names it one matter. Equal
titles make one matter too, but never of two numbers. A matter known by titles alone joins the one matter whose title
begins its own or begins with it (``Promise.any`` and ``Promise.any reprise``); where several fit it stays by itself.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from remembrancer.model import Beginning, Debate, Matter, Rung
from remembrancer.record.readings import named_id
from remembrancer.register.facts import (
    AnyFact,
    Discussed,
    Mention,
    Moved,
    Promised,
    Resolved,
    Sponsored,
    Standing,
    Voted,
)
from remembrancer.register.passes.listings import RULE as LISTED

_TITLE, _LINK, _NUMBER = "title:", "link:", "number:"
_DISTINCT = 7
_FAMILY = 5
_VERSION = re.compile(r"[\s-](v\d+)\b")
_MOVED = frozenset({"", "carried", "consensus"})


@dataclass(frozen=True)
class Following:
    """``matter_of`` leads from a fact's id to its matter's, ``by_key`` from a key (``title:optional chaining``)."""

    matter_of: Mapping[str, str] = field(default_factory=dict)
    by_key: Mapping[str, str] = field(default_factory=dict)

    def of(self, mention: Mention) -> str:
        """The matter a mention names, or nothing where the record follows none by that name."""
        return next((self.by_key[key] for key in mention.keys if key in self.by_key), "")


class _Joined:
    """Keys in disjoint sets, each known by its smallest key, so that the order of joining does not matter."""

    def __init__(self) -> None:
        self._above: dict[str, str] = {}

    def __contains__(self, key: str) -> bool:
        return key in self._above

    def __iter__(self) -> Iterator[str]:
        return iter(self._above)

    def of(self, key: str) -> str:
        self._above.setdefault(key, key)
        while self._above[key] != key:
            self._above[key] = self._above[self._above[key]]
            key = self._above[key]
        return key

    def join(self, keys: Iterable[str]) -> None:
        roots = {self.of(key) for key in keys}
        for root in roots:
            self._above[root] = min(roots)

    def sets(self) -> dict[str, set[str]]:
        gathered: dict[str, set[str]] = defaultdict(set)
        for key in self._above:
            gathered[self.of(key)].add(key)
        return gathered


def follow(facts: Sequence[AnyFact]) -> Following:
    """The matters of facts. A fact that names none is of the matter of its item, if that is about only one."""
    naming = [fact for fact in facts if _names(fact)]
    keys = _keys_joined([mention.keys for fact in naming for mention in _mentions(fact) if mention.keys])
    items = _of_items(facts, keys)
    roots = _roots(facts, keys, items)
    identities: dict[str, str] = {}
    for fact in naming:
        for mention in _mentions(fact):
            if mention.keys:
                root, identity = keys.of(mention.keys[0]), named_id("matter", fact.id, "")
                identities[root] = min(identities.get(root, identity), identity)
    return Following(
        {fact: identities[root] for fact, root in roots.items() if root in identities},
        {key: identities[keys.of(key)] for key in keys if keys.of(key) in identities},
    )


def _roots(facts: Sequence[AnyFact], keys: _Joined, items: Mapping[str, str]) -> dict[str, str]:
    """What each fact is about. A vote that names nothing is about what its motion is."""
    numbered = frozenset(keys.of(key) for key in keys if key.startswith(_NUMBER))
    roots = {fact.id: _root(fact, keys, items, numbered) for fact in facts}
    for fact in facts:
        if isinstance(fact, Voted) and not fact.mentions and fact.motion in roots:
            roots[fact.id] = roots[fact.motion]
    return {identity: root for identity, root in roots.items() if root}


def matters(
    facts: Sequence[AnyFact], following: Following, row_ids: Mapping[str, str] | None = None
) -> tuple[Matter, ...]:
    """The rows of matters, by date of the first debate and id; ``row_ids`` leads from facts to decisions' ids."""
    of_matter: dict[str, list[AnyFact]] = defaultdict(list)
    for fact in facts:
        if fact.id in following.matter_of and isinstance(fact, (Discussed, Resolved, Standing, Sponsored)):
            of_matter[following.matter_of[fact.id]].append(fact)
    known: dict[str, list[str]] = defaultdict(list)
    for key, matter in following.by_key.items():
        known[matter].append(key)
    rows = [
        _matter(identity, sorted(gathered, key=_when), tuple(sorted(known[identity])), row_ids or {})
        for identity, gathered in of_matter.items()
    ]
    return tuple(sorted(rows, key=lambda row: (row.debates[0].date if row.debates else "", row.id)))


def _names(fact: AnyFact) -> bool:
    """Whether a matter is followed because of a fact: a list of matters and who brings them forward is enough, but
    what an agenda announces is not."""
    listed = isinstance(fact, Sponsored) and not fact.sitting
    return (listed or isinstance(fact, (Discussed, Standing, Resolved))) and any(each.keys for each in _mentions(fact))


def _mentions(fact: AnyFact) -> tuple[Mention, ...]:
    if isinstance(fact, (Discussed, Standing)):
        return (fact.mention,)
    return fact.mentions if isinstance(fact, (Resolved, Moved, Voted, Promised, Sponsored)) else ()


def _keys_joined(mentioned: Sequence[tuple[str, ...]]) -> _Joined:
    """Every key with those that name the same matter."""
    joined = _Joined()
    strong = Counter(key for keys in mentioned for key in keys if not key.startswith(_TITLE))
    for keys in mentioned:
        joined.join(key for key in keys if key in strong)
    titled: dict[str, set[str]] = defaultdict(set)
    for keys in mentioned:
        firm = next((key for key in keys if key in strong), "")
        for key in keys:
            if key.startswith(_TITLE):
                joined.of(key)
                fitting = {key, firm} - {""} if not firm or _version(key) == _version(firm) else {key}
                titled[_letters(key)] |= fitting
                titled[" ".join(sorted(_stems(key[len(_TITLE) :])))] |= fitting
    for _, keys_of_title in sorted(titled.items()):
        _join_titles(joined, keys_of_title)
    _join_heads(joined, mentioned)
    _join_contained(joined)
    return joined


def _join_heads(joined: _Joined, mentioned: Iterable[tuple[str, ...]]) -> None:
    """What a title says its matter is (``Mole bridge`` of ``Mole bridge: tenders``) or was called joins it, where some
    other title is that name alone."""
    titles = [[key for key in keys if key.startswith(_TITLE)] for keys in mentioned]
    alone = {each[0] for each in titles if each}
    for own, *others in filter(None, titles):
        joined.join((own, *(key for key in others if key in alone)))


def _join_titles(joined: _Joined, keys: set[str]) -> None:
    """One title makes one matter, unless it stands beside several numbers: then it names none of them."""
    roots = {joined.of(key) for key in keys if not key.startswith(_TITLE)}
    numbers = {root for root in roots if any(joined.of(key) == root for key in keys if key.startswith(_NUMBER))}
    joined.join(keys if len(numbers) < 2 else [key for key in keys if key.startswith(_TITLE)])


def _join_contained(joined: _Joined) -> None:
    """Matters known by titles alone join the only one whose title begins theirs, or begins with theirs. A mere title
    that begins many is the name of their family (``Budget``), not a matter that all of them are."""
    sets = joined.sets()
    titles = {root: [key[len(_TITLE) :] for key in keys if key.startswith(_TITLE)] for root, keys in sets.items()}
    by_word: dict[str, set[str]] = defaultdict(set)
    for root, listed in titles.items():
        for title in listed:
            for word in title.split():
                by_word[word].add(root)
    weak = {root for root, keys in sets.items() if all(key.startswith(_TITLE) for key in keys)}
    only = {root: fitting.pop() for root in weak if len(fitting := _fitting(root, titles, by_word, weak)) == 1}
    family = Counter(only.values())
    for root, other in only.items():
        if other not in weak or family[other] <= _FAMILY:
            joined.join((root, other))


def _fitting(root: str, titles: Mapping[str, list[str]], by_word: Mapping[str, set[str]], weak: set[str]) -> set[str]:
    found: set[str] = set()
    for title in titles[root]:
        nearby = set().union(*(by_word[word] for word in title.split() if len(by_word[word]) <= 40))
        found |= {
            other
            for other in nearby - {root}
            if any(_holds(title, each, other not in weak) or _holds(each, title) for each in titles[other])
        }
    return found


def _holds(longer: str, shorter: str, known: bool = False) -> bool:
    """Whether a title begins with another, of two words or one long one of a matter ``known`` otherwise too, and goes
    on: ``promise any`` and ``promise any reprise``. What stands before a title makes it another (``async do``)."""
    return (
        longer.startswith(f"{shorter} ")
        and (" " in shorter or (known and len(shorter) >= _DISTINCT))
        and _version(longer) == _version(shorter)
    )


def _letters(title: str) -> str:
    """A title's key without spaces and the ends of plurals: ``array from async`` is ``arrays fromasync``."""
    return "".join(_stems(title))


def _stems(title: str) -> list[str]:
    return [word[:-1] if len(word) > 3 and word.endswith("s") else word for word in title.split()]


def _version(key: str) -> str:
    """The version a key ends in, as ``v2``: another version of a thing is another matter."""
    found = _VERSION.search(key)
    return found[1] if found else ""


def _of_items(facts: Sequence[AnyFact], keys: _Joined) -> dict[str, str]:
    """The matter of each item that is about one only."""
    about: dict[str, set[str]] = defaultdict(set)
    for fact in facts:
        if isinstance(fact, Discussed) and fact.item and fact.mention.keys:
            about[fact.item].add(keys.of(fact.mention.keys[0]))
    return {item: next(iter(roots)) for item, roots in about.items() if len(roots) == 1}


def _root(fact: AnyFact, keys: _Joined, items: Mapping[str, str], numbered: frozenset[str]) -> str:
    """What a fact is about: the first matter it names, else its item's; but not one of another number."""
    for mention in _mentions(fact):
        for key in mention.keys:
            if key in keys:
                return keys.of(key)
    root = items.get(fact.item, "")
    another = isinstance(fact, (Moved, Voted)) and any(mention.number for mention in _mentions(fact))
    return "" if another and root in numbered else root


def _when(fact: AnyFact) -> tuple[bool, str, int, str]:
    """By date, what has none last: a paper that states where a matter stands says so of the day it was taken in."""
    return (not fact.date, fact.date, fact.position, fact.id)


def _matter(identity: str, facts: Sequence[AnyFact], keys: tuple[str, ...], row_ids: Mapping[str, str]) -> Matter:
    mentions = [mention for fact in facts for mention in _mentions(fact)]
    titles = [mention.title for mention in mentions if mention.title]
    rungs = tuple(_rungs(facts, row_ids))
    ladders = [fact.ladder for fact in facts if isinstance(fact, (Resolved, Standing)) and fact.ladder]
    return Matter(
        id=identity,
        title=_title(_own_titles(facts) or _titles(facts, Discussed, Resolved) or titles),
        number=_commonest([mention.number for mention in mentions if mention.number]),
        titles=tuple(sorted(set(titles))),
        keys=keys,
        ladder=ladders[-1] if ladders else "",
        status=rungs[-1].status if rungs else "",
        rungs=rungs,
        debates=_debates(facts),
        begun=tuple(_begun(facts)),
        decisions=tuple(dict.fromkeys(row_ids.get(fact.id, fact.id) for fact in facts if isinstance(fact, Resolved))),
    )


def _rungs(facts: Sequence[AnyFact], row_ids: Mapping[str, str]) -> Iterator[Rung]:
    """Where a matter stood from when, one for each decision that moved it and each paper that says otherwise."""
    last = ""
    for fact in facts:
        if isinstance(fact, Resolved) and fact.status_to and fact.outcome in _MOVED:
            yield Rung(fact.date, fact.status_to, row_ids.get(fact.id, fact.id), fact.stated, fact.marks)
            last = fact.status_to
        elif isinstance(fact, Standing) and fact.status not in ("", last) and fact.rule != LISTED:
            yield Rung(fact.date, fact.status, "", fact.stated, fact.marks)
            last = fact.status


def _begun(facts: Sequence[AnyFact]) -> Iterator[Beginning]:
    """When its papers say that a matter was begun, each day once; versions of one paper that differ are all told."""
    told = {fact.begun.date: fact.begun for fact in facts if isinstance(fact, Standing) and fact.begun}
    yield from (Beginning(date, begun.marks) for date, begun in sorted(told.items()))


def _debates(facts: Sequence[AnyFact]) -> tuple[Debate, ...]:
    """Each title under which a matter was taken at an item once, with the words of its first fact."""
    found: dict[tuple[str, str, str, str], Debate] = {}
    for fact in facts:
        if isinstance(fact, Discussed) and fact.sitting:
            where = (fact.sitting, fact.date, fact.item, fact.title)
            found.setdefault(where, Debate(*where, fact.marks))
    return tuple(found.values())


def _own_titles(facts: Sequence[AnyFact]) -> list[str]:
    """What a matter is called by its own paper or by the lists of matters."""
    return [fact.mention.title for fact in facts if isinstance(fact, Standing) and fact.status and fact.mention.title]


def _titles(facts: Sequence[AnyFact], *kinds: type[AnyFact]) -> list[str]:
    """What documents call a matter, each title once of each, in the order of the facts."""
    told = {
        (mention.title, fact.source): None
        for fact in facts
        if isinstance(fact, kinds)
        for mention in _mentions(fact)
        if mention.title
    }
    return [title for title, _ in told]


def _title(titles: Sequence[str]) -> str:
    """The commonest; but the shortest where the others only add to it (``Skate park``, ``Skate park: cameras``), and
    none all in capitals where another is not."""
    titles = [title for title in titles if not title.isupper()] or titles
    shortest = min(titles, key=lambda title: (len(title), title.isupper(), title), default="")
    begins = all(title.casefold().startswith(shortest.casefold()) for title in titles)
    return shortest if begins else _commonest(titles)


def _commonest(written: Sequence[str]) -> str:
    """The most frequent, of several the latest."""
    counted = Counter(written)
    last = {text: at for at, text in enumerate(written)}
    return max(counted, key=lambda text: (counted[text], last[text]), default="")
