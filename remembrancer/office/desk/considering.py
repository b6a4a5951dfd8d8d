"""What may answer a request: found as whoever handles it sees the record, listed with its class and what was
determined of it, and, of a request about a person, what names them and who else is named in it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from remembrancer.access import is_owner
from remembrancer.model import (
    Exit,
    Fault,
    Item,
    Person,
    Principal,
    Proceedings,
    Sha256,
    Spans,
    Speech,
    Text,
    Visibility,
)
from remembrancer.office.asking.wording import any_of, stand_in
from remembrancer.office.bureau import Bureau, Progress, Seen
from remembrancer.office.desk import requests
from remembrancer.office.desk.requests import Action, Determination, Request
from remembrancer.office.registers.registrar import register_of
from remembrancer.office.showing.shown import whole_id
from remembrancer.plain import plain
from remembrancer.queries import Filters, Phrase, Query
from remembrancer.read.dates import date_of
from remembrancer.record.persons import is_full, name_of, persons_of
from remembrancer.saying import Sentence

MOST = 10_000
"""Passages that one search may add."""

ALL, REST = "all", "rest"
"""Instead of an id: every passage; every one of which nothing was determined."""

Element = Item | Speech | Text


class Located(NamedTuple):
    """An element in a reading that somebody sees."""

    seen: Seen
    element: Element


class Added(NamedTuple):
    """What was added to a request: how many passages were found, how many of them are new, and the entry."""

    entry: int
    found: int
    new: int


@dataclass(frozen=True, slots=True)
class Considered:
    """A passage that may answer. ``others`` are the names in it of people whom the request is not about."""

    id: str
    kind: str
    visibility: Visibility
    speaker: str
    date: str
    path: str
    place: str
    text: str
    determination: Determination | None
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Review:
    """A request with its passages, in the order of their documents. ``gone`` were removed from the record since;
    ``proposed`` name the person it is about and were not added."""

    request: Request
    passages: tuple[Considered, ...]
    gone: tuple[str, ...]
    proposed: tuple[Considered, ...]


def add(
    bureau: Bureau,
    principal: Principal,
    number: int,
    searches: Sequence[str] = (),
    elements: Sequence[str] = (),
    sources: Sequence[str] = (),
    proposed: bool = False,
    progress: Progress | None = None,
) -> Added:
    """Add what may answer: what searches find, single elements with what stands under them, whole sources, and of a
    request about a person what names them. Their sources are held, in every version."""
    found = requests.open_request(bureau, principal, number)
    if not (searches or elements or sources or proposed):
        raise Fault(
            Exit.USAGE,
            Sentence("Nothing is to be added."),
            Sentence("Use --search, --element, --source or --proposed."),
        )
    ids = [hit for query in searches for hit in _search(bureau, principal, query, progress)]
    ids += [each for identity in (*elements, *sources) for each in covered(bureau, principal, identity)]
    ids += _naming(bureau, principal, found, progress) if proposed else []
    new = [each for each in dict.fromkeys(ids) if each not in set(found.elements)]
    classes = {each.element.id: each.element.visibility for each in located(bureau, principal, new)}
    held = [sha for each in classes for other in bureau.catalog.versions(each) if (sha := _source_of(bureau, other))]
    entry = requests.enter_found(bureau, principal, found, searches, classes, held)
    return Added(entry, len(set(ids)), len(classes))


def _source_of(bureau: Bureau, identity: str) -> Sha256:
    return bureau.catalog.source_of(identity) or ""


def _search(bureau: Bureau, principal: Principal, query: str | Query, progress: Progress | None) -> list[str]:
    hits = bureau.search(principal, query, Filters(), MOST, progress)
    if len(hits) == MOST:
        raise Fault(
            Exit.USAGE,
            Sentence("%(query)s finds %(n)s passages or more.", query=repr(query), n=MOST),
            Sentence("Search for less."),
        )
    return list(dict.fromkeys(hit.id for hit in hits))


def covered(bureau: Bureau, principal: Principal, identity: str) -> list[str]:
    """The ids of the elements that an id covers: of an item what stands under it too, of a sitting or source all. A
    Fault (refused) where there is nothing of that id that the principal may see."""
    catalog = bureau.catalog
    now = catalog.resolve(whole_id(bureau, principal, identity))
    shas = catalog.sources_of_sitting(now) if now.startswith("sitting-") else [catalog.source_of(now) or now]
    found = [
        element.id
        for sha in shas
        if (seen := bureau.seen_source(principal, sha)) is not None
        for element in _under(bureau, bureau.view(seen).proceedings, now, whole=sha == now)
    ]
    if not found:
        what = Sentence("There is nothing of the id %(id)s that %(who)s may see.", id=identity, who=principal.name)
        raise Fault(Exit.REFUSED, what, Sentence("Ids stand in what search, sittings and sources print."))
    return found


def _under(bureau: Bureau, told: Proceedings, identity: str, whole: bool) -> Iterator[Element]:
    sittings = {at for at, each in enumerate(told.sittings) if bureau.catalog.resolve(each.id) == identity}
    items: set[int] = set()
    for at, item in enumerate(told.items):
        if whole or item.id == identity or item.sitting in sittings or item.parent in items:
            items.add(at)
            yield item
    spoken: tuple[Speech | Text, ...] = (*told.speeches, *told.texts)
    for each in spoken:
        if whole or each.id == identity or each.sitting in sittings or each.item in items:
            yield each


def located(bureau: Bureau, principal: Principal, ids: Iterable[str]) -> list[Located]:
    """The elements of these ids that the principal may see, in the order in which documents were recorded."""
    wanted: dict[Sha256, set[str]] = {}
    for each in ids:
        now = bureau.catalog.resolve(each)
        wanted.setdefault(_source_of(bureau, now), set()).add(now)
    found = [seen for sha in wanted if (seen := bureau.seen_source(principal, sha)) is not None]
    return [
        Located(seen, element)
        for seen in sorted(found, key=lambda one: one.source.entry)
        for element in in_order(bureau.view(seen).proceedings)
        if element.id in wanted[seen.source.sha]
    ]


def in_order(told: Proceedings) -> list[Element]:
    """The elements of a reading that have words, in the order of the document."""
    every: list[Element] = [*told.items, *told.speeches, *told.texts]
    return sorted((each for each in every if spans_of(each)), key=lambda each: spans_of(each)[0])


def spans_of(element: Element) -> Spans:
    """The words of an element, and those that name its speaker, in order."""
    return tuple(sorted((*element.label, *element.spans))) if isinstance(element, Speech) else element.spans


def review(bureau: Bureau, principal: Principal, number: int, progress: Progress | None = None) -> Review:
    """A request with all that may answer it."""
    found = requests.request(bureau, principal, number)
    context = _Context(bureau, principal, found, progress)
    passages = [_considered(bureau, each, found, context) for each in located(bureau, principal, found.elements)]
    shown = {each.id for each in passages}
    gone = tuple(each for each in unseen(bureau, found, shown) if is_removed(bureau, each) or is_owner(principal))
    naming = [] if found.outcome else _naming(bureau, principal, found, progress)
    new = [each for each in naming if each not in shown]
    proposed = [_considered(bureau, each, found, context) for each in located(bureau, principal, new)]
    return Review(found, tuple(passages), gone, tuple(proposed))


def unseen(bureau: Bureau, found: Request, shown: Collection[str]) -> list[str]:
    """The elements of a request that are not among those shown."""
    return [each for each in found.elements if bureau.catalog.resolve(each) not in shown]


def is_removed(bureau: Bureau, identity: str) -> bool:
    """Whether the record says that an element was removed; else it may only have become closed."""
    return bureau.catalog.removal(bureau.catalog.resolve(identity)) is not None


def _considered(bureau: Bureau, at: Located, found: Request, context: _Context) -> Considered:
    seen, element = at
    view = bureau.view(seen)
    quotes = [view.data[start:end].decode() for start, end in element.spans]
    sitting = None if element.sitting is None else view.proceedings.sittings[element.sitting]
    return Considered(
        element.id,
        type(element).__name__.lower(),
        element.visibility,
        element.speaker if isinstance(element, Speech) else "",
        date_of(sitting) if sitting else "",
        seen.source.path,
        element.place,
        plain(quotes),
        found.determinations.get(context.key(element.id)),
        context.others_in(at),
    )


class _Context:
    """What the passages of a request are considered by: ``key`` to what was determined of each; whom a request about
    a person is about, and who else there is."""

    def __init__(self, bureau: Bureau, principal: Principal, found: Request, progress: Progress | None) -> None:
        self._bureau = bureau
        self._found = found
        self.key = requests.version_key(bureau)
        self._about = found.about
        self._pattern = None
        if found.about:
            everybody = register_of(bureau, principal, progress=progress).people
            own = {each.id for each in of_name(everybody, found.about)}
            self._keys = {name_of(each).key for person in everybody if person.id in own for each in _names(person)}
            self._keys.add(name_of(found.about).key)
            others = [person for person in everybody if person.id not in own]
            self._pattern = any_of(form for person in others for form in self._forms(person))

    def _forms(self, person: Person) -> Iterator[str]:
        """How others may name them: in full, as labels do, by surname."""
        for name in _names(person):
            key = name_of(name).key
            surname = name.split()[-1]
            if key not in self._keys and is_full(key):
                yield name
                if not any(own.split()[-1:] == key.split()[-1:] for own in self._keys) and surname[0].isupper():
                    yield surname

    def is_withheld(self, at: Located) -> bool:
        """Whether the passage is to stay closed as a whole."""
        said = self._found.determinations.get(self.key(at.element.id))
        return said is not None and said.action == "withhold"

    def others_in(self, at: Located) -> tuple[str, ...]:
        """The names of others in a passage, its speaker's label among them, each once."""
        if not self._about:
            return ()
        data = self._bureau.view(at.seen).data
        text = " ".join(data[start:end].decode() for start, end in spans_of(at.element))
        found = [" ".join(match[0].split()) for match in self._pattern.finditer(text)] if self._pattern else []
        return tuple(dict.fromkeys((*self._speaker(at), *found)))

    def _speaker(self, at: Located) -> Iterator[str]:
        if isinstance(at.element, Speech) and at.element.label:
            speech = at.element
            whose = persons_of(self._bureau.view(at.seen).proceedings)[(speech.sitting, speech.speaker, speech.name)]
            key = name_of(whose.name if whose else speech.speaker).key
            if key not in self._keys and key not in map(_initials, self._keys):
                yield speech.speaker


def _initials(key: str) -> str:
    return "".join(word[:1] for word in key.split())


def _names(person: Person) -> tuple[str, ...]:
    return (person.name, *person.labels)


def of_name(people: Iterable[Person], about: str) -> list[Person]:
    """The persons of an id or a name, several where namesakes are told apart."""
    key = name_of(about).key
    return [each for each in people if about == each.id or key in {name_of(name).key for name in _names(each)}]


def _naming(bureau: Bureau, principal: Principal, found: Request, progress: Progress | None) -> list[str]:
    """The ids of the passages that name the person a request is about, by any of their names, or are by them."""
    if not found.about:
        return []
    people = of_name(register_of(bureau, principal, progress=progress).people, found.about)
    names = dict.fromkeys((*([] if found.about.startswith("person-") else [found.about]), *_all_names(people)))
    ids = [hit for name in names for hit in _search(bureau, principal, Phrase(name), progress)]
    return list(dict.fromkeys(ids))


def _all_names(people: Iterable[Person]) -> Iterator[str]:
    return (name for person in people for name in _names(person) if name_of(name).key)


def determine(
    bureau: Bureau,
    principal: Principal,
    number: int,
    action: Action,
    named: Sequence[str],
    words: Sequence[str] = (),
    others: bool = False,
    reason: str = "",
    ground: str = "",
) -> int:
    """Determine what becomes of passages, by id, or ``all``, or the ``rest``; the number of the entry. A redaction
    takes out ``words`` wherever they stand in them, and the names of ``others`` in a request about a person."""
    found = requests.open_request(bureau, principal, number)
    if action == "redact" and not (words or others):
        raise Fault(Exit.USAGE, Sentence("A redaction needs the words that go."), Sentence("Add --words, or --others."))
    known = located(bureau, principal, found.elements)
    chosen = _chosen(bureau, found, known, named, principal)
    lost: dict[str, list[str]] = {}
    if action == "redact":
        context = _Context(bureau, principal, found, None)
        lost = _lost(bureau, context, chosen, words, others)
        general = ALL in named or REST in named
        spared = [each.element.id for each in chosen if general and context.is_withheld(each)]
        chosen = [each for each in chosen if lost[each.element.id] and each.element.id not in spared]
        _check_found(chosen, lost, words, [] if general else named)
    classes = {each.element.id: each.element.visibility for each in chosen}
    if not classes:
        what = (
            Sentence("Nobody else is named in these passages.")
            if others
            else Sentence("Request %(n)s has no such passage.", n=number)
        )
        raise Fault(Exit.REFUSED, what, Sentence("See remembrancer request review %(n)s.", n=number))
    return requests.determine(bureau, principal, found, action, classes, lost, reason, ground)


def _chosen(
    bureau: Bureau, found: Request, known: Sequence[Located], named: Sequence[str], principal: Principal
) -> list[Located]:
    key = requests.version_key(bureau)
    if ALL in named:
        return list(known)
    wanted = {bureau.catalog.resolve(each) for each in named if each != REST}
    missing = wanted - {each.element.id for each in known}
    if missing:
        what = Sentence(
            "Request %(n)s has no passage %(passage)s that %(who)s may see.",
            n=found.number,
            passage=min(missing),
            who=principal.name,
        )
        raise Fault(Exit.REFUSED, what, Sentence("See remembrancer request review %(n)s.", n=found.number))
    return [
        each
        for each in known
        if each.element.id in wanted or (REST in named and key(each.element.id) not in found.determinations)
    ]


def _lost(
    bureau: Bureau, context: _Context, chosen: Sequence[Located], words: Sequence[str], others: bool
) -> dict[str, list[str]]:
    """For each passage the words that go from it and stand in it: who is named in one is taken out of all."""
    named = {each.element.id: context.others_in(each) if others else () for each in chosen}
    everywhere = [name for names in named.values() for name in names if len(name) > 1]
    lost = {}
    for identity, each in ((each.element.id, each) for each in chosen):
        data = bureau.view(each.seen).data
        text = " ".join(data[start:end].decode() for start, end in spans_of(each.element))
        wanted = dict.fromkeys((*words, *named[identity], *everywhere))
        lost[identity] = [one for one in wanted if stand_in(one, text)]
    return lost


def _check_found(
    chosen: Sequence[Located], lost: dict[str, list[str]], words: Sequence[str], named: Sequence[str]
) -> None:
    """A Fault where words that were given stand in none of the passages, or a passage that was named has none."""
    standing = {one for each in chosen for one in lost[each.element.id]}
    absent = [one for one in words if one not in standing]
    bare = [each for each in named if each not in {one.element.id for one in chosen}]
    if absent or bare:
        what = (
            Sentence("%(words)s stands in none of these passages.", words=repr(absent[0]))
            if absent
            else Sentence("Nothing of that stands in %(passage)s.", passage=bare[0])
        )
        raise Fault(Exit.USAGE, what, Sentence("Give the words as they stand there, or withhold the passage."))
