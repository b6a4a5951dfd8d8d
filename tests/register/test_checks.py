"""Laws of the checks: each speaks of what contradicts itself, and is silent where nothing does."""

from dataclasses import replace

import pytest

from remembrancer.model import (
    Action,
    Ballot,
    Computed,
    Decision,
    Mark,
    Matter,
    Notice,
    Provision,
    Quorum,
    Relation,
    Rung,
    Turn,
    Vote,
)
from remembrancer.read.house import DEFAULT, House, parse
from remembrancer.register.facts import AnyFact, QuorumSaid, Roll, Seated, Stay
from remembrancer.register.resolving.checks import check, in_order
from remembrancer.register.resolving.people import people
from remembrancer.register.rows import Register

SITTING, DAY, SOURCE = "sitting-1", "2021-06-01", "june"
MARK = (Mark(SOURCE, "r", 50, 60),)


def stay(label: str, role: str = "Member", present: bool | None = True, **rest: object) -> Stay:
    return Stay(label=label, role=role, present=present, marks=MARK, **rest)  # type: ignore[arg-type]


def roll(*stays: Stay, sitting: str = SITTING, date: str = DAY, source: str = SOURCE) -> Roll:
    return Roll(id=f"roll-{source}", rule="", stays=stays, sitting=sitting, date=date, source=source)


ROLL = roll(stay("Ann Able"), stay("Ben Baker"), stay("Cleo Cook"), stay("Dan Dyer", "Town Clerk"))
WHO = people([ROLL])


def ballots(*choices: tuple[str, str]) -> tuple[Ballot, ...]:
    return tuple(Ballot(WHO.person_of(SITTING, label), label, choice, marks=MARK) for label, choice in choices)


FAIR = Vote(
    "vote-1",
    SITTING,
    DAY,
    "item-1",
    "",
    "",
    "the weir",
    "roll-call",
    "carried",
    Computed("carried", "2 for, 1 against"),
    counts=(("yes", 2), ("no", 1)),
    ballots=ballots(("Ann Able", "yes"), ("Ben Baker", "yes"), ("Cleo Cook", "no")),
    source=SOURCE,
    marks=(Mark(SOURCE, "r", 500, 600),),
)


def codes(register: Register, facts: tuple[AnyFact, ...] = (ROLL,), house: House = DEFAULT) -> list[str]:
    return [each.code for each in check(register, facts, house=house)]


def of_vote(vote: Vote, facts: tuple[AnyFact, ...] = (ROLL,)) -> list[str]:
    return codes(Register(votes=(vote,)), facts)


def test_a_vote_that_adds_up_raises_nothing() -> None:
    assert of_vote(FAIR) == []


def test_names_that_do_not_add_up_are_noticed() -> None:
    assert of_vote(replace(FAIR, counts=(("yes", 3), ("no", 1)))) == ["names-do-not-add-up"]


def test_tellers_may_be_counted_or_not_and_names_of_a_minority_alone_are_no_roll_call() -> None:
    told = tuple(replace(each, teller=each.label == "Ben Baker") for each in FAIR.ballots)
    assert of_vote(replace(FAIR, ballots=told, counts=(("yes", 1), ("no", 1)), declared="")) == []
    assert of_vote(replace(FAIR, ballots=FAIR.ballots[2:], counts=(("yes", 20), ("no", 4)))) == []


def test_a_roll_that_names_those_away_and_nobody_for_a_number_does_not_add_up() -> None:
    told = (FAIR.ballots[2], replace(FAIR.ballots[0], choice="absent"))
    called = replace(FAIR, method="roll-call", ballots=told, counts=(("yes", 2), ("no", 1)))
    assert of_vote(called) == ["names-do-not-add-up"]


@pytest.mark.parametrize("gone", [{"present": False}, {"until": "19:40", "went": 300}])
def test_a_ballot_of_somebody_not_in_the_room_is_noticed(gone: dict[str, object]) -> None:
    listed = roll(stay("Ann Able", **gone), *ROLL.stays[1:])  # type: ignore[arg-type]
    assert of_vote(FAIR, (listed,)) == ["ballot-of-absent"]


@pytest.mark.parametrize("there", [{"until": "19:40", "went": 900}, {"since": "19:02", "came": 300}, {"until": "late"}])
def test_a_ballot_of_somebody_who_left_later_or_came_earlier_is_none(there: dict[str, object]) -> None:
    listed = roll(stay("Ann Able", **there), *ROLL.stays[1:])  # type: ignore[arg-type]
    assert of_vote(FAIR, (listed,)) == []


def test_an_absent_member_may_be_listed_as_absent_in_the_vote() -> None:
    listed = roll(*ROLL.stays[:2], stay("Cleo Cook", present=False), ROLL.stays[3])
    away = ballots(("Ann Able", "yes"), ("Ben Baker", "yes"), ("Cleo Cook", "absent"))
    assert of_vote(replace(FAIR, ballots=away, counts=(("yes", 2),)), (listed,)) == []


def test_a_ballot_of_an_officer_or_of_a_former_member_is_noticed() -> None:
    clerk = (*FAIR.ballots, *ballots(("Dan Dyer", "no")))
    assert of_vote(replace(FAIR, ballots=clerk, counts=())) == ["ballot-of-non-member"]
    resigned = Seated(id="seat-1", rule="", label="Ann Able", event="leaves", when=DAY, sitting=SITTING)
    assert of_vote(replace(FAIR, date="2021-06-20"), (ROLL, resigned)) == ["ballot-of-non-member"]


def test_a_voter_whom_a_full_roll_does_not_list_is_noticed() -> None:
    facts = (roll(*ROLL.stays, stay("Eve Ely")),)
    stranger = (*FAIR.ballots, *ballots(("Fay Finch", "no")))
    assert of_vote(replace(FAIR, ballots=stranger, counts=()), facts) == ["voter-not-listed"]
    strangers = ballots(("Fay Finch", "no"), ("Gus Gale", "yes"), ("Ann Able", "yes"))
    assert of_vote(replace(FAIR, ballots=strangers, counts=()), facts) == []


def test_one_person_twice_in_a_vote_is_noticed() -> None:
    twice = (*FAIR.ballots, *ballots(("Ann Able", "yes")))
    assert of_vote(replace(FAIR, ballots=twice, counts=())) == ["ballot-twice"]
    choosing = (*FAIR.ballots, *ballots(("Ann Able", "Fay Finch"), ("Ann Able", "Gus Gale")))
    assert of_vote(replace(FAIR, ballots=choosing, counts=())) == []
    recused = (*FAIR.ballots, *ballots(("A. Able", "recused")))
    assert of_vote(replace(FAIR, ballots=recused, counts=())) == ["ballot-of-recused"]


def test_a_declared_result_against_the_numbers_is_noticed_and_stands() -> None:
    lost = replace(FAIR, computed=Computed("lost", "2 of 3 are no two thirds of all"))
    (told,) = check(Register(votes=(lost,)), (ROLL,))
    assert told.code == "result-contradicted" and "stands" in told.advice
    unknown = Computed("not determinable", "no rules")
    outvoted = replace(FAIR, counts=(("yes", 3), ("no", 7)), ballots=(), computed=unknown)
    assert of_vote(outvoted) == ["result-contradicted"]
    assert of_vote(replace(FAIR, computed=unknown)) == []
    assert of_vote(replace(outvoted, casting="Ben Baker")) == []


def said(text: str, met: bool, present: int | None = None, at: int = 1) -> QuorumSaid:
    return QuorumSaid(
        id=f"quorum-{at}", rule="", met=met, present=present, text=text, sitting=SITTING, date=DAY, source=SOURCE
    )


def test_a_quorum_said_both_ways_in_one_document_is_noticed() -> None:
    both = (ROLL, said("Quorum was reached.", True), said("Quorum was NOT reached.", False, at=2))
    assert codes(Register(), both) == ["quorum-both-ways"]
    assert codes(Register(), both[:2]) == []


@pytest.mark.parametrize(
    ("stated", "computed", "told"),
    [(True, "not met", 1), (False, "met", 1), (True, "met", 0), (True, "not determinable", 0), (None, "not met", 0)],
)
def test_a_quorum_the_list_contradicts_is_noticed(stated: bool | None, computed: str, told: int) -> None:
    quorum = Quorum(SITTING, DAY, stated, 3, 4, Computed(computed, "3 of 4"))
    assert codes(Register(quorums=(quorum,))) == ["quorum-contradicted"] * told


@pytest.mark.parametrize(("present", "told"), [(3, 0), (2, 1), (9, 1)])
def test_a_number_the_attendance_list_cannot_hold_is_noticed(present: int, told: int) -> None:
    facts = (ROLL, said(f"{present} members were present", True, present))
    assert codes(Register(), facts) == ["attendance-contradicts-quorum"] * told


def test_who_came_late_may_or_may_not_be_counted() -> None:
    late = roll(*ROLL.stays[:2], stay("Cleo Cook", since="19:20"))
    for present in (2, 3):
        assert codes(Register(), (late, said(f"{present} present", True, present))) == []


def test_somebody_listed_as_present_and_as_absent_is_noticed() -> None:
    assert codes(Register(), (roll(*ROLL.stays, stay("Ann Able", present=False)),)) == ["present-and-absent"]
    assert codes(Register(), (roll(*ROLL.stays, stay("Ann Able", until="20:00")),)) == []


def test_an_attendance_line_of_the_last_sitting_is_noticed() -> None:
    june = roll(*ROLL.stays, stay("Eve Ely", since="19:18"))
    july = roll(*ROLL.stays, stay("Eve Ely", since="19:18"), sitting="sitting-2", date="2021-07-01", source="july")
    assert codes(Register(), (june, july)) == ["attendance-copied"]
    round_hour = [replace_stay(each, "19:30") for each in (june, july)]
    assert codes(Register(), tuple(round_hour)) == []


def replace_stay(each: Roll, since: str) -> Roll:
    stays = (*each.stays[:-1], stay("Eve Ely", since=since))
    return roll(*stays, sitting=each.sitting, date=each.date, source=each.source)


def test_a_whole_list_with_an_odd_line_copied_to_the_letter_is_noticed() -> None:
    odd = (*ROLL.stays, stay("Eve Ely"), stay("Fay Finch", "Member, taking notes for the Clerk"))
    sittings = [("sitting-1", DAY, "june"), ("sitting-2", "2021-07-01", "july"), ("sitting-3", "2021-08-01", "august")]
    june, july, _ = (roll(*odd, sitting=sitting, date=date, source=source) for sitting, date, source in sittings)
    assert codes(Register(), (june, july)) == ["attendance-copied"]
    plain = roll(*ROLL.stays, stay("Eve Ely"), sitting="sitting-2", date="2021-07-01", source="july")
    assert codes(Register(), (june, plain)) == []


def decision(number: str, date: str = DAY, **rest: object) -> Decision:
    common: dict[str, object] = {
        "turns": (Turn(date, "in-force", "adopted"),),
        "stated": True,
        "text": f"text {number}",
    }
    given = {"item": "", "matter": "", **common, **rest}
    return Decision(
        id=f"decision-{number}-{date}",
        sitting=SITTING,
        date=date,
        kind=given.pop("kind", "adopt"),
        decided_by="sitting",  # type: ignore[arg-type]
        outcome="carried",
        number=number,
        **given,  # type: ignore[arg-type]
    )


def relation(kind: str, target: Decision | None, text: str, provision: str = "") -> Relation:
    return Relation(kind, target.id if target else "", text, provision)  # type: ignore[arg-type]


def of_decisions(*decisions: Decision) -> list[str]:
    return codes(Register(decisions=decisions))


def test_a_reference_to_a_decision_the_record_does_not_hold_is_noticed() -> None:
    old = decision("W-12-2019")
    assert of_decisions(old, decision("W-13", relations=(relation("repeals", None, "Order W-99-2018"),))) == [
        "refers-to-none"
    ]
    assert of_decisions(old, decision("W-13", relations=(relation("repeals", None, "the Mills Act 1844"),))) == []
    assert of_decisions(old, decision("W-13", relations=(relation("repeals", old, "Order W-12-2019"),))) == []


def test_a_reference_to_a_decision_no_longer_in_force_is_noticed() -> None:
    dead = decision("W-1", "2019-01-01", turns=(Turn("2019-01-01", "in-force", ""), Turn("2020-01-01", "repealed", "")))
    live = decision("W-2", "2019-01-01")
    assert of_decisions(dead, decision("W-3", relations=(relation("amends", dead, "W-1"),))) == [
        "refers-to-not-in-force"
    ]
    assert of_decisions(live, decision("W-3", relations=(relation("amends", live, "W-2"),))) == []


def test_a_provision_has_a_force_of_its_own() -> None:
    parts = (Provision("2", "two", (Turn("2020-01-01", "repealed", ""),)), Provision("3", "three"))
    target = decision("W-1", "2019-01-01", provisions=parts)
    for provision, told in (("2", ["refers-to-not-in-force"]), ("3", [])):
        assert of_decisions(target, decision("W-3", relations=(relation("amends", target, "W-1", provision),))) == told


def test_two_in_force_that_replace_the_same_are_noticed() -> None:
    target = decision("W-1", "2019-01-01")
    first, second = (
        decision(number, date, relations=(relation("replaces", target, "W-1", "Section 2"),))
        for number, date in (("W-5", "2020-01-01"), ("W-6", "2020-02-01"))
    )
    assert of_decisions(target, first, second) == ["contradictory-decisions"]
    aware = replace(second, relations=(*second.relations, relation("replaces", first, "W-5")))
    assert of_decisions(target, first, aware) == []


def test_adopting_and_rejecting_the_same_under_one_item_is_noticed() -> None:
    same = {"matter": "matter-1", "item": "item-1", "text": "That the weir be raised by one foot."}
    adopted, rejected = decision("", **same), replace(decision("", kind="reject", **same), id="decision-other")
    assert of_decisions(adopted, rejected) == ["contradictory-decisions"]
    assert of_decisions(adopted, replace(rejected, text="That the boats be painted.")) == []


LADDER = parse('[[ladders]]\nname = "stage"\nrungs = ["Draft", "Review", "Final"]\n')


def climbing(*statuses: str) -> Register:
    rungs = tuple(Rung(f"2021-0{at}-01", status, f"decision-{at}") for at, status in enumerate(statuses, 1))
    return Register(matters=(Matter("matter-1", "Weir", ladder="stage", rungs=rungs),))


def test_a_matter_that_skips_a_rung_is_noticed() -> None:
    used = Matter("matter-2", "Mill", ladder="stage", rungs=(Rung("2020-01-01", "Review"),))
    skipping = climbing("Draft", "Final")
    assert codes(replace(skipping, matters=(*skipping.matters, used)), house=LADDER) == ["rung-skipped"]
    assert codes(skipping, house=LADDER) == [], "nobody has stood on that rung yet"
    assert codes(climbing("Draft", "Review", "Final"), house=LADDER) == []
    assert codes(climbing("Final", "Draft"), house=LADDER) == []


def test_a_number_given_twice_is_noticed_unless_numbers_begin_anew_each_time() -> None:
    one = decision("2021/4", title="Raising of the weir by one foot")
    other = decision("2021/4", "2021-09-01", title="Painting boats", text="Colours are blue")
    assert of_decisions(one, other) == ["number-twice"]
    assert of_decisions(one, replace(other, title=one.title, text=one.text)) == []
    days = [("2021-01-01", "weir"), ("2021-02-01", "boats")]
    anew = [decision(f"No {at}", day, text=f"{topic} {chr(96 + at) * 9}") for at in range(1, 9) for day, topic in days]
    assert of_decisions(*anew) == []


def test_an_action_past_its_day_is_noticed() -> None:
    action = Action("action-1", SITTING, DAY, "", "", "", "Ben Baker", "mend the gate", due="2021-06-30")
    overdue = Register(actions=(action,), day="2021-07-01")
    assert codes(overdue) == ["action-overdue"]
    assert codes(replace(overdue, day="2021-06-30")) == []
    assert codes(replace(overdue, actions=(replace(action, done=True),))) == []


def test_the_worst_comes_first_and_every_notice_has_advice() -> None:
    register = Register(
        votes=(replace(FAIR, counts=(("yes", 3), ("no", 1))),),
        actions=(Action("action-1", SITTING, DAY, "", "", "", "Ben Baker", "mend the gate", due="2021-01-01"),),
        day="2022-01-01",
    )
    found = check(register, (ROLL,))
    assert [each.severity for each in found] == ["error", "note"]
    assert all(each.advice and each.message for each in found)
    assert in_order(reversed(found)) == found


def test_notices_keep_their_ids() -> None:
    register = Register(votes=(replace(FAIR, counts=(("yes", 3), ("no", 1))),))
    once, again = (check(register, (ROLL,)) for _ in range(2))
    assert once == again and isinstance(once[0], Notice)
