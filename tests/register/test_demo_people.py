"""The demo's people, seats and quorums are those planted in it."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from remembrancer.read import house as houses
from remembrancer.register.document import Document, read_document
from remembrancer.register.facts import AnyFact, QuorumSaid
from remembrancer.register.passes import attendance, seats
from remembrancer.register.resolving.people import People, people
from remembrancer.register.resolving.presence import Moment

DEMO = Path(__file__).parents[2] / "examples" / "demo"


@cache
def truth() -> dict[str, Any]:
    return tomllib.loads((DEMO / "truth.toml").read_text(encoding="utf-8"))


@cache
def read(path: str) -> Document:
    house = houses.parse((DEMO / "house.toml").read_text(encoding="utf-8"))
    return read_document((DEMO / "documents" / path).read_bytes(), path, house)


@cache
def facts() -> tuple[AnyFact, ...]:
    """The facts of all minutes and captions; a day is one sitting."""
    paths = sorted({path for sitting in truth()["sittings"] for path in sitting["documents"]})
    found = [fact for path in paths for each in (attendance, seats) for fact in each.find(read(path), ())]
    return tuple(msgspec.structs.replace(fact, sitting=fact.date) for fact in found)


@cache
def who() -> People:
    return people(facts())


def named(person: str) -> str:
    """The id of whom the truth names ``Cllr Ann Able (East Ward)``."""
    (found,) = {who().person_of(sitting["date"], person) for sitting in truth()["sittings"][:9]} - {""}
    return found


def test_every_councillor_is_one_person_in_every_format() -> None:
    councillors = {name for sitting in truth()["sittings"] for name in (*sitting["present"], *sitting["apologies"])}
    ids = {named(name) for name in councillors}
    assert len(ids) == len(councillors)
    assert ids == {person.id for person in who().persons if person.standing == "member"}


def test_officers_and_the_public_are_told_apart() -> None:
    standing = {person.name.removeprefix("Mrs ").removeprefix("Mr "): person.standing for person in who().persons}
    captions = truth()["captions"]
    assert {standing[name] for name in captions["officers"]} == {"officer"}
    assert {standing[name] for name in captions["public"]} <= {"public", ""}
    assert all(not who().get(person.id).presences for person in who().persons if person.name in captions["public"])  # type: ignore[union-attr]


def test_seats_taken_and_given_up_are_stated() -> None:
    for seat in truth()["memberships"]:
        held = [each for each in who().get(named(seat["person"])).memberships if each.stated]  # type: ignore[union-attr]
        (stated,) = held
        assert stated.since == seat.get("from", stated.since)
        assert stated.until == seat.get("until", stated.until)


def test_a_namesake_is_known_only_where_the_record_settles_it() -> None:
    for case in truth()["ambiguous"]:
        document = read(case["document"])
        at = document.data.index(case["words"].encode())
        day = document.dates[0]
        found = who().person_of(day, "Cllr Hale", moment=Moment(document.source, at))
        assert found == (named(case["is"]) if case["is"] else "")


def test_the_number_said_to_be_present_is_that_of_the_opening() -> None:
    opening = {sitting["date"]: sitting["present_at_opening"] for sitting in truth()["sittings"]}
    said = [fact for fact in facts() if isinstance(fact, QuorumSaid) and fact.present is not None]
    assert {fact.date: fact.present for fact in said} == {fact.date: opening[fact.date] for fact in said}
    assert len({fact.date for fact in said}) == 9
    assert all(fact.required in (None, truth()["quorum"]) for fact in said)
