"""The register of one body: facts of every document a principal sees, resolved; and what a clerk says of them.

A principal's register is made of that principal's readings alone, so that a closed document changes nothing in what
the public is told. Facts are kept by reading, whole registers by all they were made from.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import msgspec

from remembrancer.access import may, strictest
from remembrancer.model import (
    PUBLIC,
    Action,
    BeingMade,
    Decision,
    Exit,
    Fault,
    Matter,
    Motion,
    Person,
    Principal,
    Sha256,
    Visibility,
    Vote,
)
from remembrancer.office.bureau import MANY, SELDOM, Bureau, Seen, require
from remembrancer.office.registers.calling import find
from remembrancer.office.registers.naming import person_ids, rulings_on_people
from remembrancer.office.registers.settling import Settled, about, said, said_before, say, standing
from remembrancer.read import house as houses
from remembrancer.read.house import House
from remembrancer.record.catalog import DeskRow
from remembrancer.record.circles import WHOLE
from remembrancer.register.facts import AnyFact, Mention
from remembrancer.register.kept import key_of, program
from remembrancer.register.resolving.corrections import WRITE_DATES, Correction, check_fields, is_date
from remembrancer.register.rows import Register, Row
from remembrancer.register.shared import shared
from remembrancer.saying import Sentence

if TYPE_CHECKING:
    from remembrancer.register.document import Document
    from remembrancer.register.resolve import Context
    from remembrancer.rules.rulebook import Rulebook

Progress = Callable[[str, int, int], None]

Made = TypeVar("Made")


KEPT_AT_ONCE = 50
"""Of how many documents the facts are kept together: what was done stays done if it is broken off, and can be counted
meanwhile."""


class Scope(NamedTuple):
    """``as_of``: sittings dated up to that EDTF date. ``as_known``: entries of the record up to that date or time."""

    as_of: str = ""
    as_known: str = ""


ALL = Scope()
"""The whole record, as it is known now."""

READERS = {"open": PUBLIC, "members": Principal("member:any")}
"""Who reads a class and nothing narrower; of a role its holder does."""


class Told(NamedTuple):
    """The documents a principal sees, with the key of each one's facts."""

    seen: tuple[Seen, ...]
    keys: Mapping[int, str]


def made_of(bureau: Bureau, register: Register, name: Hashable, make: Callable[[], Made]) -> Made:
    """What ``make`` gives of a register and nothing else, remembered: who shares the register shares it, too."""
    found = bureau.remembered((name, id(register)), lambda: (register, make()))  # While it is held, none has its id.
    return found[1]


def register_of(bureau: Bureau, principal: Principal, scope: Scope = ALL, progress: Progress | None = None) -> Register:
    """The register as a principal may see it; made anew only from what changed."""
    return bureau.remembered(("register", principal, scope), lambda: _register(bureau, principal, scope, progress))


def _register(bureau: Bureau, principal: Principal, scope: Scope, progress: Progress | None) -> Register:
    told = _told_meanwhile(bureau, principal, scope) if bureau.made_elsewhere() else _told(bureau, principal, scope)
    desk = _desk(bureau, principal, scope)
    key = key_of(program(), sorted(told.keys.items()), desk, _revisions(bureau, told), scope.as_of)

    def kept_or_made() -> Register:
        with _seldom_collecting():
            kept = bureau.kept.register(key)
            if kept is None and len(told.seen) > MANY and bureau.made_elsewhere():
                raise _being_made(bureau.kept.holds_facts(told.keys), len(told.seen))
            return kept or _made(bureau, principal, scope, told, desk, key, progress)

    return shared(bureau.kept.path, key, kept_or_made)


def _being_made(done: int, total: int) -> BeingMade:
    reading = Sentence("The register is being made: %(done)s of %(total)s documents are read.", done=done, total=total)
    putting = Sentence(
        "The register is being made: all %(total)s documents are read, and what they say is put together.", total=total
    )
    advice = Sentence("Ask again in a minute. Documents, searches and the log need not wait for it.")
    return BeingMade(reading if done < total else putting, advice, done, total)


def _made(
    bureau: Bureau,
    principal: Principal,
    scope: Scope,
    told: Told,
    desk: Sequence[DeskRow],
    key: str,
    progress: Progress | None,
) -> Register:
    """The register of what was told, kept for the next time."""
    # The passes are slow to load, and most questions are answered from what is kept.
    from remembrancer.register.resolve import resolve

    facts = [fact for each in facts_by_reading(bureau, told, progress).values() for fact in each]
    register = resolve(facts, _context(bureau, principal, told, desk, scope))
    bureau.kept.keep_register(key, register)
    return register


@contextmanager
def _seldom_collecting() -> Iterator[None]:
    """Facts and rows are many objects without cycles: looking for some takes half of the time."""
    collecting = gc.get_threshold()
    gc.set_threshold(SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*collecting)


def facts_by_reading(bureau: Bureau, told: Told, progress: Progress | None = None) -> dict[int, tuple[AnyFact, ...]]:
    """The facts of each document, extracted where they are not kept, by the number of its reading."""
    found = bureau.kept.facts(told.keys)
    missing = [each for each in told.seen if each.row.entry not in found]
    if not missing:
        return found
    from remembrancer.register.extract import extract

    for start in range(0, len(missing), KEPT_AT_ONCE):
        made: dict[int, tuple[str, tuple[AnyFact, ...]]] = {}
        for done, seen in enumerate(missing[start : start + KEPT_AT_ONCE], start):
            if progress:
                progress("extracting", done, len(missing))
            made[seen.row.entry] = told.keys[seen.row.entry], extract(document_of(bureau, seen), forgiving=True)
        bureau.kept.keep_facts(made)
        found |= {entry: facts for entry, (_, facts) in made.items()}
    bureau.kept.forget_facts(row.entry for row in bureau.catalog.readings())
    if progress:
        progress("extracting", len(missing), len(missing))
    return found


def document_of(bureau: Bureau, seen: Seen) -> Document:
    """A reading as the register reads it."""
    from remembrancer.register.document import Document

    view = bureau.view(seen)
    sittings = tuple(bureau.catalog.resolve(sitting.id) for sitting in view.proceedings.sittings)
    return Document(
        seen.source.sha,
        seen.row.rendition,
        view.data,
        view.proceedings,
        view.places,
        seen.source.path,
        seen.source.authority,
        sittings,
        _house(bureau, seen.row.house),
    )


def confirm(bureau: Bureau, principal: Principal, identity: str, note: str = "") -> Settled:
    """Say that a fact is so."""
    return _rule(bureau, principal, "confirm", identity, {"note": note})


def dismiss(bureau: Bureau, principal: Principal, identity: str, note: str = "") -> Settled:
    """Say that a fact is not so."""
    return _rule(bureau, principal, "dismiss", identity, {"note": note})


def correct(bureau: Bureau, principal: Principal, identity: str, fields: Mapping[str, str], note: str = "") -> Settled:
    """Say how a fact is otherwise than the document has it; see ``register.resolving``."""
    if not fields:
        raise Fault(Exit.USAGE, Sentence("Nothing is to be corrected."), Sentence("Name it: --set FIELD=VALUE."))
    mention: dict[str, Any] | None = None
    visibility: Visibility = "open"
    if "matter" in fields:
        named = find(register_of(bureau, principal), principal, (Matter,), fields["matter"])
        visibility, (matter,) = _as_widely_known(bureau, principal, named)
        assert isinstance(matter, Matter), "only a matter was asked for"
        mention = {"title": matter.title, "number": matter.number, "keys": list(matter.keys)}
    said = {"note": note, "fields": dict(fields), "mention": mention}
    return _rule(bureau, principal, "correct", identity, said, visibility)


def merge(bureau: Bureau, principal: Principal, one: str, other: str) -> Settled:
    """Say that two persons are one."""
    require(principal, "settle", Sentence("merge people"))
    if before := said_before(bureau, principal, "person-merge", {"ids": [one, other]}):
        return before
    persons = [_person(bureau, principal, each) for each in (one, other)]
    if persons[0].id == persons[1].id:
        what = Sentence("%(one)s and %(other)s are one person already.", one=one, other=other)
        raise Fault(Exit.REFUSED, what, Sentence("Name two of those that people prints."))
    visibility, _ = _as_widely_known(bureau, principal, *persons)
    return say(bureau, principal, "person-merge", {"ids": [person.id for person in persons]}, visibility)


def split(bureau: Bureau, principal: Principal, identity: str) -> Settled:
    """Say that those who were taken for one person are not."""
    require(principal, "settle", Sentence("split people"))
    if before := said_before(bureau, principal, "person-split", {"ids": [identity]}):
        return before
    person = _person(bureau, principal, identity)
    visibility, _ = _as_widely_known(bureau, principal, person)
    return say(bureau, principal, "person-split", {"ids": [person.id]}, visibility)


def keep_apart(bureau: Bureau, principal: Principal, one: str, other: str, note: str = "") -> Settled:
    """Say that two people who might be one are not."""
    require(principal, "settle", Sentence("tell people apart"))
    persons = [_person(bureau, principal, each) for each in (one, other)]
    visibility, _ = _as_widely_known(bureau, principal, *persons)
    pair = sorted(person.id for person in persons)
    payload = {"id": " ".join(pair), "facts": [], "people": pair, "note": note}
    return say(bureau, principal, "dismiss", payload, visibility)


def knows(bureau: Bureau, principal: Principal) -> Callable[[Mapping[str, Any]], bool]:
    """Whether a principal knows, by the classes as they are now, all that an entry says something of: what was said of
    a decision is closed with it, and removed with it."""

    @cache
    def facts() -> frozenset[str]:
        return frozenset(fact.id for each in _all_facts(bureau, principal) for fact in each)

    def known(identity: str) -> bool:
        named = bureau.catalog.naming(identity)
        if named:
            return any(bureau.reads(principal, source, reading) for reading, source in named)
        return register_of(bureau, principal).get(identity) is not None or identity in facts()

    return lambda payload: all(map(known, about(payload)))


def set_rules(bureau: Bureau, principal: Principal, toml: str, since: str = "", file: str = "rulebook") -> int:
    """Put a rulebook in force from its own date, or from ``since``; faults in it name the ``file``. The entry's
    number."""
    from remembrancer.rules.checked import parse

    require(principal, "convene", Sentence("set the rules"))
    if since and not is_date(since):
        raise Fault(Exit.USAGE, Sentence("%(since)s is no date.", since=repr(since)), WRITE_DATES)
    book = parse(toml, file)
    return bureau.log.add("rulebook", {"name": book.name, "toml": toml, "since": since or book.since}, principal.name)


def rulebooks(bureau: Bureau) -> tuple[Rulebook, ...]:
    """The rulebooks that were put in force, each from its date on, in the order they were entered."""
    return tuple(_book(row) for row in bureau.catalog.desk() if row.kind == "rulebook")


def book_on(bureau: Bureau, day: str) -> Rulebook | None:
    """The rulebook that held on a day, or None."""
    from remembrancer.rules.rulebook import in_force

    return in_force(rulebooks(bureau), day)


def _book(row: DeskRow) -> Rulebook:
    from remembrancer.rules.checked import parse

    return msgspec.structs.replace(parse(row.payload["toml"], row.payload["name"]), since=row.payload["since"])


def _told_meanwhile(bureau: Bureau, principal: Principal, scope: Scope) -> Told:
    """The same, remembered for those who ask again and again whether the register is made."""
    return bureau.remembered(("told", principal, scope), lambda: _told(bureau, principal, scope))


def _told(bureau: Bureau, principal: Principal, scope: Scope) -> Told:
    rulings = bureau.catalog.rulings()
    houses_as_data = cache(lambda sha: houses.to_builtins(_house(bureau, sha)))
    known = [each for each in bureau.all_seen(principal) if _up_to(each.source.at, scope.as_known)]
    keys = {}
    for seen in known:
        source, row = seen.source, seen.row
        sittings = tuple(bureau.catalog.resolve(sitting.id) for sitting in bureau.catalog.sittings(row.entry))
        ruled = () if row.circle != WHOLE or source.classes == ("open",) else sorted(rulings.items())
        about = (source.authority, source.path, sittings, ruled, houses_as_data(row.house))
        keys[row.entry] = key_of(program(), row.blob, *about)
    return Told(tuple(known), keys)


def _desk(bureau: Bureau, principal: Principal, scope: Scope) -> tuple[DeskRow, ...]:
    """What was said of the register that the principal may know of."""
    return tuple(standing(row for row in said(bureau, principal) if _up_to(row.at, scope.as_known)))


def _up_to(at: str, limit: str) -> bool:
    """Whether a time of recording lies within a date or time; a date includes its whole day, a year its year."""
    return not limit or at[: len(limit)] <= limit


def _revisions(bureau: Bureau, told: Told) -> dict[Sha256, frozenset[Sha256]]:
    """For each source those that are other versions of its document: their elements are aligned."""
    shown = {seen.source.sha for seen in told.seen}
    pairs = [pair for pair in bureau.catalog.revised_sources() if shown.issuperset(pair)]
    found: dict[Sha256, frozenset[Sha256]] = {}
    for one, other in pairs:
        found[one] = found.get(one, frozenset()) | {other}
        found[other] = found.get(other, frozenset()) | {one}
    return dict(sorted(found.items()))


def _context(bureau: Bureau, principal: Principal, told: Told, desk: Sequence[DeskRow], scope: Scope) -> Context:
    from remembrancer.register.resolve import Context

    people = rulings_on_people(desk)
    return Context(
        house=bureau.house(),
        books=tuple(_book(row) for row in desk if row.kind == "rulebook"),
        order=_order(told),
        revisions=_revisions(bureau, told),
        agendas=frozenset(seen.source.sha for seen in told.seen if bureau.is_agenda(seen.source)),
        corrections=tuple(_correction(row) for row in desk if row.kind in ("confirm", "dismiss", "correct")),
        merges=people.merges,
        splits=people.splits,
        identify=person_ids(bureau, principal),
        day=scope.as_of,
    )


def _order(told: Told) -> dict[Sha256, int]:
    """Which of two sources of one authority prevails: the later by name, as ``minutes-b`` after ``minutes-a``,
    whichever was read first; of one name the one recorded later."""
    ordered = sorted((seen.source.path, seen.source.entry, seen.source.sha) for seen in told.seen)
    return {sha: rank for rank, (_, _, sha) in enumerate(ordered)}


def _correction(row: DeskRow) -> Correction:
    payload = row.payload
    mention = payload.get("mention")
    return Correction(
        row.kind,
        frozenset(payload["facts"]),
        row.by,
        row.at,
        payload.get("fields", {}),
        Mention(title=mention["title"], number=mention["number"], keys=tuple(mention["keys"])) if mention else None,
    )


_DEEDS = {
    "confirm": Sentence("confirm facts"),
    "dismiss": Sentence("dismiss facts"),
    "correct": Sentence("correct facts"),
}


def _rule(
    bureau: Bureau,
    principal: Principal,
    kind: str,
    asked: str,
    payload: Mapping[str, Any],
    visibility: Visibility = "open",
) -> Settled:
    """Enter what a clerk says of a row, with the ids of all facts it was made of; ``visibility`` is the class of what
    else it names."""
    require(principal, "settle", _DEEDS[kind])
    identity, facts = _facts_of(bureau, principal, asked)
    check_fields(type(facts[0]), payload.get("fields", {}))
    ids = sorted({identity, *(fact.id for fact in facts)})
    entered = {"id": identity, "facts": ids, **payload}
    return say(bureau, principal, kind, entered, strictest((visibility, *(fact.visibility for fact in facts))))


def _as_widely_known(bureau: Bureau, principal: Principal, *rows: Row) -> tuple[Visibility, list[Row]]:
    """The widest class whose readers know all of some rows, and the rows as these readers know them: what is said of
    them tells nobody else that they exist, or what they are called where it is closed."""
    every = {each for source in bureau.catalog.sources() for each in source.classes}
    roles = sorted(each for each in every if each.startswith("role:") and may(principal, "read", each))
    for visibility in ("open", "members", *roles):
        register = register_of(bureau, READERS.get(visibility) or Principal(visibility))
        known = [found for row in rows if (found := _known(register, row)) is not None]
        if len(known) == len(rows):
            return visibility, known
    return "hidden", list(rows)


def _known(register: Register, row: Row) -> Row | None:
    """A row as a register has it: perhaps by a former id, a matter perhaps by a part of what it is known by."""
    by_id = (register.get(each) for each in (row.id, *getattr(row, "formers", ())))
    found = next((each for each in by_id if each is not None), None)
    if found is not None or not isinstance(row, Matter):
        return found
    return next((each for each in register.matters if not set(each.keys).isdisjoint(row.keys)), None)


def _facts_of(bureau: Bureau, principal: Principal, asked: str) -> tuple[str, list[AnyFact]]:
    """The id of what is asked for and the facts it was made of; those that were dismissed are found by id alone."""
    register, known = register_of(bureau, principal), [fact for each in _all_facts(bureau, principal) for fact in each]
    row = register.get(asked)
    if row is None and all(fact.id != asked for fact in known):
        row = find(register, principal, (Decision, Vote, Motion, Action), asked)
    ids = {asked, *((row.id, *getattr(row, "formers", ())) if row else ())}
    found = [fact for fact in known if fact.id in ids]
    if not found:
        what = Sentence("%(asked)s is no decision, vote, motion or action.", asked=repr(asked))
        raise Fault(
            Exit.REFUSED, what, Sentence("Give a decision, vote, motion or action, or an id that the queue prints.")
        )
    return row.id if row else asked, found


def _all_facts(bureau: Bureau, principal: Principal) -> Iterable[tuple[AnyFact, ...]]:
    return facts_by_reading(bureau, _told(bureau, principal, ALL)).values()


def _person(bureau: Bureau, principal: Principal, asked: str) -> Row:
    return find(register_of(bureau, principal), principal, (Person,), asked)


def _house(bureau: Bureau, sha: Sha256) -> House:
    """What a document is read by: the body's house as it is now, or its own where it was read with another."""
    if not sha or bureau.catalog.was_in_force(sha):
        return bureau.house()
    return houses.parse(bureau.catalog.house_toml(sha) or "")
