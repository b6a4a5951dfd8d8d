"""Laws of who is who: one candidate or none, the same whatever was read first, the public not followed."""

from collections.abc import Iterable

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from remembrancer.model import Mark
from remembrancer.register.facts import AnyFact, Cast, Moved, Roll, Seated, Spoke, Stay, Voted
from remembrancer.register.resolving.people import People, people
from remembrancer.register.resolving.presence import Moment, was_present

JUNE, JULY = "sitting-june", "sitting-july"


def stay(label: str, affiliation: str = "", role: str = "", present: bool | None = True, **rest: object) -> Stay:
    return Stay(
        label=label,
        present=present,
        affiliation=affiliation,
        role=role,
        marks=(Mark("a" * 64, "b" * 64, 1, 2),),
        **rest,  # type: ignore[arg-type]
    )


def roll(*stays: Stay, sitting: str = JUNE, date: str = "2021-06-01", source: str = "june", **rest: object) -> Roll:
    return Roll(
        id=f"roll-{sitting}-{source}",
        rule="",
        stays=stays,
        sitting=sitting,
        date=date,
        source=source,
        **rest,  # type: ignore[arg-type]
    )


def person(found: People, sitting: str, label: str, affiliation: str = "") -> str:
    known = found.get(found.person_of(sitting, label, affiliation))
    return known.name if known else ""


MEMBERS = (
    stay("Cllr Ann Able", "East Ward"),
    stay("Cllr Ben Baker", "West Ward", "Mayor, in the chair"),
    stay("Cllr Cleo Hale", "East Ward"),
    stay("Cllr Cleo Hale", "West Ward"),
    stay("Daniel Dyer", "", "Voting Member", abbreviation="DD"),
)


def test_a_label_means_the_one_person_of_the_sitting_it_can_mean() -> None:
    found = people([roll(*MEMBERS)])
    for label in ("Able", "A. Able", "Able, Ann", "Able, A.", "Cllr Able", "ANN ABLE", "Ann"):
        assert person(found, JUNE, label) == "Cllr Ann Able", label
    assert person(found, JUNE, "DD") == "Daniel Dyer"
    assert person(found, JUNE, "the Mayor") == "Cllr Ben Baker"
    assert person(found, JUNE, "Cllr Ben Baker, Mayor") == "Cllr Ben Baker"
    assert person(found, JUNE, "Zed") == ""


def test_an_office_means_its_one_holder_and_not_the_deputy() -> None:
    officers = (stay("Fay Finch", role="Town Clerk"), stay("Gus Gale", role="Vice Chair"))
    found = people([roll(*officers)])
    assert person(found, JUNE, "The Clerk") == "Fay Finch"
    assert person(found, JUNE, "the Chair") == ""
    two = people([roll(*officers, stay("Hal Hart", role="Deputy Clerk"), stay("Ida Ives", role="Parish Clerk"))])
    assert person(two, JUNE, "The Clerk") == ""


def test_a_handle_known_from_another_sitting_is_its_one_bearers() -> None:
    handled = roll(stay("Fay Finch", abbreviation="@ffinch"), sitting=JULY, source="july")
    assert person(people([handled]), JUNE, "FFinch") == "Fay Finch"
    other = roll(stay("Flo Finch", abbreviation="@ffinch"), sitting="sitting-august", source="august")
    assert person(people([handled, other]), JUNE, "ffinch") == ""


def test_two_of_one_name_are_told_apart_by_affiliation_and_by_nothing_else() -> None:
    found = people([roll(*MEMBERS)])
    east, west = (found.person_of(JUNE, f"Cllr Hale ({ward} Ward)") for ward in ("East", "West"))
    assert east and west and east != west
    assert found.person_of(JUNE, "Cleo Hale", "East") == east
    assert found.person_of(JUNE, "Cllr Hale") == ""


def test_of_two_of_one_name_the_one_who_had_left_is_not_meant() -> None:
    left = Stay(label="Cleo Hale", affiliation="East Ward", until="19:40", went=500, marks=MEMBERS[2].marks)
    found = people([roll(left, MEMBERS[3])])
    west = found.person_of(JUNE, "Cleo Hale", "West Ward")
    assert found.person_of(JUNE, "Hale", moment=Moment("june", 900)) == west
    assert found.person_of(JUNE, "Hale", moment=Moment("june", 100)) == ""


def test_a_label_that_two_may_bear_is_a_notice_and_nobodys() -> None:
    moved = Moved(id="motion-1", rule="", mover="Cllr Hale", seconder="Cllr Able", sitting=JUNE, source="june")
    found = people([roll(*MEMBERS), moved])
    again = people([roll(*MEMBERS), moved, msgspec.structs.replace(moved, id="motion-2")])
    assert len(again.notices) == 1 and {"motion-1", "motion-2"} <= set(again.notices[0].about)
    (told,) = found.notices
    assert (told.code, told.sitting) == ("two-people-one-name", JUNE)
    assert "motion-1" in told.about


def test_the_same_person_is_known_in_another_sitting_and_by_every_former_id() -> None:
    facts = [roll(MEMBERS[0]), roll(MEMBERS[0], sitting=JULY, date="2021-07-01", source="july")]
    found = people(facts)
    (able,) = found.persons
    assert [presence.date for presence in able.presences] == ["2021-06-01", "2021-07-01"]
    assert all(found.get(former) is able for former in able.formers)
    known = people(facts, identify=lambda key, affiliation: "person-of-the-catalog")
    assert known.persons[0].id == "person-of-the-catalog"
    assert set(known.persons[0].formers) == {able.id, *able.formers}


@given(st.permutations([roll(*MEMBERS), roll(*MEMBERS, sitting=JULY, date="2021-07-01", source="july")]))
def test_persons_do_not_depend_on_the_order_of_reading(facts: list[AnyFact]) -> None:
    assert people(facts).persons == people(reversed(facts)).persons


def test_merging_and_splitting_follow_the_clerk() -> None:
    facts = [roll(stay("Ann Able")), roll(stay("Ann Abel"), sitting=JULY, date="2021-07-01", source="july")]
    one, other = sorted(people(facts).persons, key=lambda each: each.name, reverse=True)
    (both,) = people(facts, merges=[(one.id, other.id)]).persons
    assert both.id == one.id and other.id in both.formers and len(both.presences) == 2

    facts = [roll(stay("Ann Able", "Mill")), roll(stay("Ann Able", "Weir"), sitting=JULY, source="july")]
    (taken,) = people(facts).persons
    assert len(people(facts, splits=[taken.id]).persons) == 2


def test_the_public_is_named_and_not_followed() -> None:
    spoke = Spoke(id="speaker-1", rule="", label="Eve Ely", speeches=1, public=True, sitting=JUNE, source="june")
    (eve,) = people([spoke]).persons
    assert (eve.standing, eve.presences, eve.memberships) == ("public", (), ())


def test_who_only_votes_is_a_person_by_full_name_only() -> None:
    ballots = (Cast(label="Fay Finch", choice="yes"), Cast(label="Finch", choice="no"))
    voted = Voted(id="vote-1", rule="", ballots=ballots, sitting=JUNE, source="june")
    assert [each.name for each in people([voted]).persons] == ["Fay Finch"]


def seats_of(facts: Iterable[AnyFact]) -> list[tuple[str, str, str, str, bool]]:
    (each,) = people(facts).persons
    return [(seat.role, seat.affiliation, seat.since, seat.until, seat.stated) for seat in each.memberships]


def test_a_seat_is_inferred_from_rolls_and_stated_where_minutes_say_so() -> None:
    rolls = [
        roll(stay("Cllr Ann Able", "East Ward", "Mayor")),
        roll(stay("Cllr Ann Able", "East Ward"), sitting=JULY, date="2021-07-01", source="july"),
    ]
    assert seats_of(rolls) == [
        ("Mayor", "East Ward", "2021-06-01", "2021-06-01", False),
        ("member", "East Ward", "2021-06-01", "", False),
    ]
    left = Seated(id="seat-1", rule="", label="Cllr Able", event="leaves", when="2021-08-05", sitting=JULY)
    assert ("member", "East Ward", "2021-06-01", "2021-08-05", True) in seats_of([*rolls, left])


@given(st.integers(1, 10_000), st.integers(1, 10_000))
def test_nobody_is_there_after_leaving_or_before_coming(went: int, at: int) -> None:
    left = Stay(label="Ann", until="later", went=went)
    came = Stay(label="Ann", since="late", came=went)
    listed = roll(left)
    if at != went:
        assert was_present([left], listed, Moment("june", at)) is (at < went)
        assert was_present([came], listed, Moment("june", at)) is (at > went)
    assert was_present([left], listed, Moment("another", at)) is None


def test_a_coming_told_by_item_is_held_against_the_order_of_items() -> None:
    listed = roll(items=(("item-1", "1"), ("item-2", "2"), ("item-3", "3")))
    left = [Stay(label="Ann", until="2")]
    verdicts = [was_present(left, listed, Moment("x", 0, f"item-{number}")) for number in (1, 2, 3)]
    assert verdicts == [True, None, False]
