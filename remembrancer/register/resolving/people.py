"""Who is who over all documents.

Within a sitting a label belongs to the one person it can mean: ``DE``, ``Cllr Hale (North Ward)``, ``Baker, B.``,
``the Mayor`` or a surname alone; where two are left, to nobody, and the clerk is told. Across sittings a person is
known by name, and by name and affiliation where one sitting lists two of that name - as the record's catalog knows
them, so that ids are the same. Members of the public are named where they speak and followed no further.

An id is the catalog's if that is given, else the smallest of the ids under which any source names the person; all
others are former ids, so that whichever source was read first, every id leads to the same person.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import NamedTuple

from remembrancer.model import Attendee, Mark, Notice, Person, Presence, Speech
from remembrancer.record.persons import fold, is_full, may_be, name_of, resolve
from remembrancer.record.readings import named_id
from remembrancer.register.facts import AnyFact, Moved, Presided, Promised, Roll, Seated, Spoke, Sponsored, Stay, Voted
from remembrancer.register.passes.names import is_name
from remembrancer.register.passes.presiding import offices_of
from remembrancer.register.resolving.presence import Moment, was_present
from remembrancer.register.resolving.presiding import with_presiding
from remembrancer.register.resolving.standing import (
    Listed,
    fullest,
    is_office,
    main_standing,
    memberships,
    standing_of,
    standings,
)
from remembrancer.saying import Sentence

Identify = Callable[[str, str], str]
"""From a folded name and a folded affiliation to the id of a person, or empty: ``office.showing.shown``'s names."""

Sharing = Mapping[str, Mapping[str, str]]
"""Of each name that several bear, the affiliations by which they are told apart, each with its fullest form."""

_AFTER_ROLE = re.compile(r"[,;(]")
_ARTICLE = re.compile(r"(?:the|der|die|le|la|el|o|a)\s+", re.IGNORECASE)
_PROPER = re.compile(r"[^\W\d_][\w'’-]*(?: [^\W\d_][\w'’-]*){1,7}")


class Naming(NamedTuple):
    """One place where a person is named: in a roll (``stay``), as a speaker, or only in a ballot."""

    key: str
    affiliation: str
    label: str
    name: str
    source: str
    sitting: str
    date: str
    stay: Stay | None = None
    standing: str = ""
    abbreviation: str = ""
    marks: tuple[Mark, ...] = ()


class Seat(NamedTuple):
    """Somebody whom a label at a sitting may mean."""

    person: str
    key: str
    affiliation: str
    abbreviation: str
    role: str
    source: str


@dataclass(frozen=True)
class People:
    """Persons by id, and whom the labels of each sitting mean."""

    persons: tuple[Person, ...] = ()
    notices: tuple[Notice, ...] = ()
    seats: dict[str, tuple[Seat, ...]] = field(default_factory=dict)
    rolls: dict[str, tuple[Roll, ...]] = field(default_factory=dict)
    ids: dict[tuple[str, str], str] = field(default_factory=dict)
    shared: Sharing = field(default_factory=dict)

    def person_of(self, sitting: str, label: str, affiliation: str = "", moment: Moment | None = None) -> str:
        """The id of the one person whom a label at a sitting can mean, else empty. Where two are left, those who
        were gone at ``moment`` are none of them."""
        found = self.candidates(sitting, label, affiliation, moment)
        return found[0] if len(found) == 1 else ""

    def candidates(
        self, sitting: str, label: str, affiliation: str = "", moment: Moment | None = None
    ) -> tuple[str, ...]:
        """The ids of all whom a label can mean, in order; most often one or none."""
        label = _bare(label)
        wanted, beside = name_of(label), fold(affiliation) or name_of(label).qualifier
        if not wanted.key:
            return ()
        found = _in_sitting(self.seats.get(sitting, ()), label, wanted.key, beside, moment.source if moment else "")
        if len(found) > 1 and moment:
            there = {person for person in found if self.was_present(sitting, person, moment) is not False}
            found = there or found
        return tuple(sorted(found or self._by_handle.get(_handle(label)) or self._anywhere(wanted.key, beside)))

    def was_present(self, sitting: str, person: str, moment: Moment) -> bool | None:
        """Whether somebody was in the room; None where the record does not settle it, as for who is not listed."""
        beside = (roll for roll in self.rolls.get(sitting, ()) if roll.beside)
        verdicts = [
            was_present(stays, roll, moment)
            for roll in (*self.rolls_at(sitting, moment.source), *beside)
            if (stays := [stay for stay in roll.stays if self._is(sitting, stay, person)])
        ]
        return True if True in verdicts else None if None in verdicts or not verdicts else False

    def rolls_at(self, sitting: str, source: str) -> tuple[Roll, ...]:
        """The rolls of a sitting that can be counted by: of this document if it has one, else of the others."""
        rolls = tuple(roll for roll in self.rolls.get(sitting, ()) if not roll.beside)
        return tuple(roll for roll in rolls if roll.source == source) or rolls

    def person_of_stay(self, stay: Stay) -> str:
        """The id of the person whom a line of a roll lists, or empty."""
        return self.ids.get(_known_by(name_of(stay.label).key, _affiliation(stay), self.shared), "")

    def get(self, identity: str) -> Person | None:
        """The person of an id, also of a former one."""
        return self._by_id.get(identity)

    def _is(self, sitting: str, stay: Stay, person: str) -> bool:
        return person == (self.person_of_stay(stay) or None)

    def _anywhere(self, key: str, affiliation: str) -> set[str]:
        """Whom a full name, or else a surname that only one person of the body bears, means outside the sitting."""
        if is_full(key):
            person = self.ids.get(_known_by(key, affiliation, self.shared), "")
            return {person} if person else self._bearing(key)
        return self._bearing(key) if len(key) > 2 else set()

    def _bearing(self, key: str) -> set[str]:
        return {self.ids[known] for known in self._by_surname.get(key.rpartition(" ")[2], ()) if may_be(key, known[0])}

    @cached_property
    def _by_handle(self) -> dict[str, set[str]]:
        """Of the abbreviations and handles by which one person of the body alone is known, whose each is."""
        found: dict[str, set[str]] = defaultdict(set)
        for seat in (each for seats in self.seats.values() for each in seats):
            if seat.abbreviation:
                found[_handle(seat.abbreviation)].add(seat.person)
        return {handle: persons for handle, persons in found.items() if len(persons) == 1}

    @cached_property
    def _by_surname(self) -> dict[str, list[tuple[str, str]]]:
        found: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for known in self.ids:
            found[known[0].rpartition(" ")[2]].append(known)
        return found

    @cached_property
    def _by_id(self) -> dict[str, Person]:
        found = {former: person for person in self.persons for former in person.formers}
        return found | {person.id: person for person in self.persons}


def people(
    facts: Iterable[AnyFact],
    merges: Sequence[tuple[str, str]] = (),
    splits: Collection[str] = (),
    identify: Identify | None = None,
) -> People:
    """The persons whom facts name. ``merges`` are pairs of ids that are one person, known by the first; ``splits``
    ids of persons who are several, told apart by affiliation."""
    kept = tuple(facts)
    rolls: dict[str, list[Roll]] = defaultdict(list)
    for fact in kept:
        if isinstance(fact, Roll):
            rolls[fact.sitting].append(fact)
    namings = [*_listed(rolls), *_speaking(kept, rolls)]
    namings += _voting(kept, {naming.key for naming in namings})
    namings += _only_named(kept, {naming.key for naming in namings})
    apart = _split(namings, splits, identify)
    shared = _sharing(namings, _shared(rolls) | apart)
    ids, formers = _ids(
        namings, shared, lambda key, beside: "" if key in apart or not identify else identify(key, beside)
    )
    merged = _merged(ids, formers, merges)
    found = People(
        (), (), _seats(namings, merged, shared), {key: tuple(each) for key, each in rolls.items()}, merged, shared
    )
    persons = with_presiding(_persons(namings, found, formers, kept), kept, found.person_of)
    return replace(found, persons=persons, notices=tuple(_notices(kept, found)))


def _handle(label: str) -> str:
    return label.strip(" :.").removeprefix("@").casefold()


def _affiliation(stay: Stay) -> str:
    return fold(stay.affiliation) or name_of(stay.label).qualifier


def _known_by(key: str, affiliation: str, shared: Sharing) -> tuple[str, str]:
    """What a person is known by: the name, and the affiliation only where several share the name."""
    if key not in shared:
        return (key, "")
    alike = {full for each, full in shared[key].items() if _same_affiliation(each, affiliation)}
    return (key, next(iter(alike)) if len(alike) == 1 else affiliation)


def _listed(rolls: dict[str, list[Roll]]) -> Iterator[Naming]:
    """The lines of all rolls."""
    for roll in (each for group in rolls.values() for each in group):
        for stay, standing in zip(roll.stays, standings(roll), strict=True):
            key = name_of(stay.label).key
            where = (roll.source, roll.sitting, roll.date)
            if key:
                named = Naming(key, _affiliation(stay), stay.label, stay.label, *where, stay, standing)
                yield named._replace(abbreviation=stay.abbreviation, marks=stay.marks)


def _speaking(facts: Iterable[AnyFact], rolls: dict[str, list[Roll]]) -> Iterator[Naming]:
    """The speakers whose labels mean somebody in their own document."""
    lists = {
        (roll.sitting, roll.source, roll.date): [_attendee(stay) for stay in roll.stays]
        for group in rolls.values()
        for roll in group
    }
    for fact in facts:
        if isinstance(fact, Spoke):
            whose = resolve(
                Speech(fact.label, (), name=fact.name), lists.get((fact.sitting, fact.source, fact.date), ())
            )
            name = name_of(whose.name) if whose else name_of("")
            if whose and name.key:
                beside = fold(whose.affiliation) or name.qualifier
                short = fact.label if fact.name and " " not in fact.label else ""
                where = (fact.source, fact.sitting, fact.date)
                standing = "public" if fact.public else ""
                yield Naming(name.key, beside, fact.label, whose.name, *where, None, standing, short, fact.marks)


def _attendee(stay: Stay) -> Attendee:
    return Attendee(stay.label, stay.present, stay.abbreviation, stay.affiliation, stay.role)


def _voting(facts: Iterable[AnyFact], known: set[str]) -> Iterator[Naming]:
    """Those whom only ballots name, by full name."""
    for fact in facts:
        for cast in fact.ballots if isinstance(fact, Voted) else ():
            name = name_of(cast.label)
            if name.key not in known and is_full(name.key) and _PROPER.fullmatch(name.key):
                beside = fold(cast.affiliation) or name.qualifier
                where = (fact.source, fact.sitting, fact.date)
                yield Naming(name.key, beside, cast.label, cast.label, *where, None, "member", "", cast.marks)


def _only_named(facts: Iterable[AnyFact], known: set[str]) -> Iterator[Naming]:
    """Those who are named only as bringing a matter forward, or by a label as presiding, by full name; what they are to
    the body is not known."""
    for fact in facts:
        if isinstance(fact, Sponsored) or (isinstance(fact, Presided) and fact.role):
            name = name_of(fact.label)
            if name.key not in known and is_full(name.key) and is_name(fact.label):
                where = (fact.source, fact.sitting, fact.date)
                yield Naming(name.key, "", fact.label, fact.label, *where, marks=fact.marks)


def _shared(rolls: dict[str, list[Roll]]) -> frozenset[str]:
    """The names that two in one list bear."""
    found: set[str] = set()
    for roll in (each for group in rolls.values() for each in group):
        beside: dict[str, set[str]] = defaultdict(set)
        for stay in roll.stays:
            if affiliation := _affiliation(stay):
                beside[name_of(stay.label).key].add(affiliation)
        found |= {key for key, affiliations in beside.items() if len(affiliations) > 1}
    return frozenset(found)


def _sharing(namings: Iterable[Naming], names: frozenset[str]) -> Sharing:
    """The affiliations of each shared name; ``north`` is ``north ward`` where no other begins so."""
    beside: dict[str, set[str]] = {name: set() for name in names}
    for naming in namings:
        if naming.key in names and naming.affiliation:
            beside[naming.key].add(naming.affiliation)
    return {name: {each: fullest(each, affiliations) for each in affiliations} for name, affiliations in beside.items()}


def _split(namings: Sequence[Naming], splits: Collection[str], identify: Identify | None) -> frozenset[str]:
    """The names whose bearers the clerk tells apart."""
    wanted = set(splits)
    if not wanted:
        return frozenset()
    named = {naming.key for naming in namings if _named_id(naming) in wanted}
    known = {naming.key for naming in namings if identify and identify(naming.key, naming.affiliation) in wanted}
    return frozenset(named | known)


def _named_id(naming: Naming) -> str:
    return named_id("person", naming.source, f"{naming.key} {naming.affiliation}")


def _ids(
    namings: Iterable[Naming], shared: Sharing, identify: Identify
) -> tuple[dict[tuple[str, str], str], dict[str, set[str]]]:
    """The id of each person, and the others by which a source could have named them first."""
    named: dict[tuple[str, str], set[str]] = defaultdict(set)
    for naming in namings:
        if naming.key not in shared or naming.affiliation:
            named[_known_by(naming.key, naming.affiliation, shared)].add(_named_id(naming))
    ids = {known: identify(*known) or min(each) for known, each in named.items()}
    return ids, {ids[known]: each for known, each in named.items()}


def _merged(
    ids: dict[tuple[str, str], str], formers: dict[str, set[str]], merges: Sequence[tuple[str, str]]
) -> dict[tuple[str, str], str]:
    """The ids after merging; ``formers`` gains those that gave way."""
    current = {former: identity for identity, each in formers.items() for former in each} | {
        each: each for each in formers
    }
    for one, other in merges:
        stays, goes = current.get(one), current.get(other)
        if stays and goes and stays != goes:
            formers[stays] |= formers.pop(goes) | {goes}
            current = {key: stays if identity == goes else identity for key, identity in current.items()}
    return {known: current[identity] for known, identity in ids.items()}


def _seats(namings: Iterable[Naming], ids: dict[tuple[str, str], str], shared: Sharing) -> dict[str, tuple[Seat, ...]]:
    """Whom the labels of each sitting may mean."""
    found: dict[str, set[Seat]] = defaultdict(set)
    for naming in namings:
        person = ids.get(_known_by(naming.key, naming.affiliation, shared))
        if person:
            role = naming.stay.role if naming.stay else ""
            beside = naming.affiliation
            found[naming.sitting].add(Seat(person, naming.key, beside, naming.abbreviation, role, naming.source))
    return {sitting: tuple(sorted(seats)) for sitting, seats in found.items()}


def _in_sitting(seats: Sequence[Seat], label: str, key: str, affiliation: str, source: str) -> set[str]:
    """Whom a label means at a sitting: by abbreviation, by name, by surname, by given name, by office."""
    own = [seat for seat in seats if seat.source == source]
    office = _by_office(label)
    for group in (own, seats):
        for fits in (
            _by_abbreviation(label),
            _by_name(key),
            _by_short_name(key),
            _by_given_name(key),
            office,
        ):
            fitting = [seat for seat in group if fits(seat)]
            beside = [seat for seat in fitting if affiliation and _same_affiliation(seat.affiliation, affiliation)]
            if fitting and (fits is not office or len({seat.person for seat in fitting}) == 1):
                return {seat.person for seat in beside or fitting}
    return set()


def _by_abbreviation(label: str) -> Callable[[Seat], bool]:
    return lambda seat: seat.abbreviation == label.strip(" :.")


def _by_name(key: str) -> Callable[[Seat], bool]:
    return lambda seat: seat.key == key


def _by_short_name(key: str) -> Callable[[Seat], bool]:
    return lambda seat: may_be(key, seat.key) or may_be(seat.key, key)


def _by_given_name(key: str) -> Callable[[Seat], bool]:
    return lambda seat: " " not in key and len(key) > 2 and seat.key.split(" ")[0] == key


def _by_office(label: str) -> Callable[[Seat], bool]:
    office = fold(_ARTICLE.sub("", label.strip(), count=1))
    return lambda seat: bool(seat.role) and is_office(office, fold(_AFTER_ROLE.split(seat.role)[0]))


def _bare(label: str) -> str:
    """A label without the office that may follow the name: ``Ann Able, Town Clerk``."""
    name, _, office = label.partition(",")
    return name if office and standing_of(office.strip()) else label


def _same_affiliation(one: str, other: str) -> bool:
    return bool(one and other) and (one.startswith(other) or other.startswith(one))


def _persons(
    namings: Iterable[Naming], found: People, formers: dict[str, set[str]], facts: Sequence[AnyFact]
) -> Iterator[Person]:
    named: dict[str, list[Naming]] = defaultdict(list)
    for naming in namings:
        if person := found.ids.get(_known_by(naming.key, naming.affiliation, found.shared)):
            named[person].append(naming)
    seated: dict[str, list[Seated]] = defaultdict(list)
    for fact in facts:
        if isinstance(fact, Seated):
            seated[found.person_of(fact.sitting, fact.label, fact.affiliation)].append(fact)
    for person in sorted(named):
        others = tuple(sorted(formers.get(person, set()) - {person}))
        yield _person(person, named[person], seated.get(person, []), others)


def _person(person: str, named: Sequence[Naming], seated: Sequence[Seated], formers: tuple[str, ...]) -> Person:
    listed = [naming for naming in named if naming.stay is not None]
    names = [naming.name for naming in (listed or named)]
    standing = main_standing(naming.standing for naming in named)
    lines = [Listed(naming.date, naming.sitting, naming.stay, naming.standing) for naming in listed if naming.stay]
    followed = standing != "public"
    return Person(
        id=person,
        name=max(sorted(set(names)), key=names.count),
        labels=tuple(sorted({naming.label for naming in named})),
        standing=standing,
        memberships=memberships(person, lines, seated) if followed else (),
        presences=tuple(_presence(person, line) for line in _in_order(lines)) if followed else (),
        formers=formers,
    )


def _in_order(lines: Iterable[Listed]) -> list[Listed]:
    return sorted(lines, key=lambda line: (line.date, line.sitting, line.stay.marks))


def _presence(person: str, line: Listed) -> Presence:
    stay = line.stay
    when = (line.sitting, line.date, stay.present, stay.role, stay.since, stay.until)
    return Presence(person, *when, offices_of(stay.role), stay.marks)


def _notices(facts: Iterable[AnyFact], found: People) -> Iterator[Notice]:
    """A notice for each label that could mean two, however often it stands."""
    told: dict[tuple[str, tuple[str, ...]], list[AnyFact]] = defaultdict(list)
    for fact in facts:
        for label, affiliation in _labels(fact):
            moment = Moment(fact.source, fact.position, fact.item)
            candidates = found.candidates(fact.sitting, label, affiliation, moment)
            if len(candidates) > 1:
                told[label, candidates].append(fact)
    for (label, candidates), cases in told.items():
        yield _ambiguous(label, candidates, sorted(cases, key=lambda fact: (fact.date, fact.id)))


def _labels(fact: AnyFact) -> Iterator[tuple[str, str]]:
    """The labels of a fact that should each mean one person."""
    match fact:
        case Moved():
            yield from ((label, "") for label in (fact.mover, fact.seconder) if label)
        case Voted():
            yield from ((cast.label, cast.affiliation) for cast in fact.ballots)
        case Promised() if fact.owner:
            yield (fact.owner, "")


def _ambiguous(label: str, candidates: Sequence[str], cases: Sequence[AnyFact]) -> Notice:
    last = cases[-1]
    message = Sentence(
        "%(label)s can mean %(n)s people where it stands; it is counted for none of them.",
        label=repr(label),
        n=len(candidates),
    )
    if len(cases) > 1:
        message = Sentence(
            "%(label)s can mean %(n)s people where it stands, %(m)s times; it is counted for none of them.",
            label=repr(label),
            n=len(candidates),
            m=len(cases),
        )
    return Notice(
        id=named_id("notice", "", " ".join(("two-people-one-name", label, *candidates))),
        code="two-people-one-name",
        severity="warning",
        message=message,
        advice=Sentence("Say which in the document, by a first name or a ward, or correct the fact in the register."),
        sitting=last.sitting,
        date=last.date,
        about=(*(fact.id for fact in cases), *candidates),
        marks=tuple(mark for fact in cases for mark in fact.marks[:1]),
    )
