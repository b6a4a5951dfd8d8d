"""Laws of choosing: of several rows that may be meant, those are told that the question's own words single out."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from remembrancer.memory.asking.answer import Found
from remembrancer.memory.asking.answering.answered import answered
from remembrancer.memory.asking.question import Period, Question
from remembrancer.model import Debate, Matter, Person, Vote
from remembrancer.register.rows import Register
from tests.memory.asking.tidewick import TIDEWICK, TODAY, asking, decision, mark, motion, present, vote

TITLES = {
    "sitting-one": "2nd Meeting of the Piers and Moorings Services Committee",
    "sitting-two": "9th Meeting of Harbour Board",
}


def told(question: Question, register: Register) -> Found:
    found = answered(question, register, TODAY, called=lambda sitting: TITLES.get(sitting, ""))
    assert found is not None
    return found


def moved(id: str, matter: str, text: str, label: str, **fields: Any) -> Any:
    return motion(id, "2031-05-05", matter, text, mover_label=label, **fields)


NUMBERED = replace(
    TIDEWICK,
    matters=(Matter("m-12", "Mooring fees", "Order No. 12-31"), Matter("m-14", "New fees", "Order No. 14-31")),
    motions=(
        moved("mo-old", "m-12", "That order 12-31 be adopted.", "O. Ivers"),
        moved("mo-new", "m-12", "That order 14-31 be adopted.", "T. Quill"),
    ),
    votes=(),
    decisions=(),
)


def test_a_motion_whose_words_name_another_matter_is_none_on_the_matter_it_stands_under() -> None:
    assert told(asking("mover", "m-12"), NUMBERED).value == "O. Ivers"


@pytest.mark.parametrize(
    "text", ["That order 14-31, which amends 12-31, be adopted.", "To adopt 88-31.", "To adopt it."]
)
def test_a_motion_stays_where_its_words_name_its_matter_or_nothing_on_record(text: str) -> None:
    register = replace(NUMBERED, motions=(moved("mo-one", "m-12", text, "T. Quill"),))
    assert told(asking("mover", "m-12"), register).value == "T. Quill"


TWICE = replace(
    TIDEWICK,
    matters=(Matter("m-buoy", "Buoy"),),
    motions=(
        moved("mo-one", "m-buoy", "To paint the buoy.", "O. Ivers", sitting="sitting-one"),
        moved("mo-two", "m-buoy", "To paint the buoy.", "T. Quill", sitting="sitting-two"),
    ),
    votes=(),
    decisions=(),
)


@pytest.mark.parametrize(
    ("rest", "mover"),
    [
        ("buoy moorings committee", "O. Ivers"),
        ("buoy PMSC", "O. Ivers"),
        ("buoy Board", "T. Quill"),
        ("buoy", ("O. Ivers", "T. Quill")),
    ],
)
def test_a_body_named_in_the_question_chooses_what_was_put_at_its_sittings(rest: str, mover: Any) -> None:
    assert told(asking("mover", "m-buoy", rest=rest), TWICE).value == mover


def amended(matter: str) -> tuple[Vote, ...]:
    return (
        vote("v-main", "2031-05-05", matter, (("yes", 9), ("no", 0)), question="The motion as put"),
        vote("v-amend", "2031-05-05", matter, (("yes", 5), ("no", 4)), question="Amendment by Mabb"),
    )


@pytest.mark.parametrize(("rest", "counts"), [("buoy amendment", "yes 5, no 4"), ("buoy", "yes 9, no 0")])
def test_an_amendment_is_told_where_the_question_speaks_of_one_and_else_what_it_amends(rest: str, counts: str) -> None:
    register = replace(TWICE, motions=(), votes=amended("m-buoy"))
    assert told(asking("vote", "m-buoy", rest=rest), register).value == counts


def test_of_several_readings_those_called_amendments_stand_back() -> None:
    register = replace(TWICE, matters=(), motions=(), votes=amended(""))
    found = told(asking("vote", "v-main", "v-amend"), register)
    assert (found.status, found.value) == ("answered", "yes 9, no 0")


def test_of_several_readings_questions_of_procedure_stand_back() -> None:
    decisions = (
        decision("d-main", "2031-05-05", "", "That the report be adopted."),
        decision("d-order", "2031-05-05", "", "That the report be taken first.", kind="procedural"),
    )
    found = told(asking("decision", "d-order", "d-main"), replace(TWICE, matters=(), motions=(), decisions=decisions))
    assert found.value == "That the report be adopted."


def test_what_became_of_one_thing_put_is_told_by_the_words_for_it() -> None:
    motions = (moved("mo-refer", "m-buoy", "To refer the buoy to the pilots.", "O. Ivers", outcome="lost"),)
    decisions = (decision("d-buoy", "2031-06-02", "m-buoy", "To paint the buoy."),)
    register = replace(TWICE, matters=(Matter("m-buoy", "Buoy"),), motions=motions, decisions=decisions)
    assert told(asking("status", "m-buoy", rest="refer buoy pilots"), register).value == "lost"
    assert told(asking("status", "m-buoy", rest="buoy"), register).value == "carried"


def years(*dates: str) -> Register:
    matters = tuple(
        Matter(f"m-{date}", "Grants", debates=(Debate(f"s-{date}", date, f"i-{date}", "Grants", mark()),))
        for date in dates
    )
    made = tuple(decision(f"d-{date}", date, f"m-{date}", f"To grant {date[:4]} pounds.") for date in dates)
    return replace(TIDEWICK, matters=matters, motions=(), votes=(), decisions=made)


def test_matters_under_one_title_are_told_together_and_not_chosen_between() -> None:
    found = told(asking("decision", "m-2030-02-03", "m-2031-02-03"), years("2030-02-03", "2031-02-03"))
    assert found.status == "answered"
    assert found.value == ("To grant 2030 pounds.", "To grant 2031 pounds.")
    assert "2030" in found.sentence
    assert "2031" in found.sentence


def test_the_last_time_is_the_latest_of_all_that_may_be_meant() -> None:
    register = years("2030-02-03", "2031-02-03")
    named = replace(register.matters[0], title="Travel grants")
    register = replace(register, matters=(named, *register.matters[1:]), decisions=())
    question = asking("date", "m-2030-02-03", "m-2031-02-03")
    assert told(question, register).status == "ambiguous"
    assert told(replace(question, text="When did the board last discuss grants?"), register).value == "2031-02-03"


def test_none_is_claimed_only_where_such_rows_are_kept() -> None:
    year = asking("list", listed="decision", days="2031-01-01/2031-12-31")
    assert told(year, replace(TIDEWICK, decisions=TIDEWICK.decisions[1:2])).status == "silent"
    assert answered(year, replace(TIDEWICK, decisions=()), TODAY) is None


def test_sittings_are_not_counted_of_one_who_may_be_on_other_rolls_by_half_a_name() -> None:
    counted = asking("count", who=("person-mabb",), listed="sitting", sought="absent")
    assert told(counted, TIDEWICK).value == 1
    short = Person("person-ann", "Ann", (), "member", presences=(present("2031-05-05"),))
    assert answered(counted, replace(TIDEWICK, people=(*TIDEWICK.people, short)), TODAY) is None


@pytest.mark.parametrize("days", ["last year", "as of 2029-04-30"])
def test_days_that_are_no_year_of_a_title_are_heeded(days: str) -> None:
    asked = replace(asking("decision", "m-2030-02-03"), period=Period("2029-01-01", "2029-12-31", days))
    assert told(asked, years("2028-02-03", "2030-02-03")).status == "silent"


def test_which_sittings_somebody_was_at_is_told_as_their_days() -> None:
    assert told(asking("attendance", who=("person-quill",)), TIDEWICK).value == (
        "2031-04-07",
        "2031-05-05",
    )


def test_what_was_only_noted_is_no_other_meaning_of_what_was_decided() -> None:
    noted = decision("d-note", "2031-02-03", "", "The report on grants.", kind="note")
    register = replace(years("2031-02-03"), decisions=(*years("2031-02-03").decisions, noted))
    assert told(asking("decision", "d-2031-02-03", "d-note"), register).value == "To grant 2031 pounds."


def test_a_person_who_moved_nothing_is_looked_for_in_the_words_of_what_was_put() -> None:
    motions = (
        moved("mo-one", "m-buoy", "That Mabb be pilot.", "O. Ivers", mover="person-ivers", vote="v-one"),
        moved("mo-two", "m-buoy", "That the buoy be lit.", "O. Ivers", mover="person-ivers", vote="v-two"),
    )
    votes = (
        vote("v-one", "2031-05-05", "m-buoy", (("yes", 3), ("no", 2)), motion="mo-one"),
        vote("v-two", "2031-05-05", "m-buoy", (("yes", 5), ("no", 0)), motion="mo-two"),
    )
    register = replace(TWICE, motions=motions, votes=votes)
    assert told(asking("vote", "m-buoy", who=("person-mabb",)), register).value == "yes 3, no 2"
    assert told(asking("vote", "m-buoy", who=("person-quill",)), register).status == "silent"


def test_motions_listed_by_their_votes_leave_amendments_out_unless_they_are_asked_for() -> None:
    register = replace(TWICE, motions=(), votes=amended(""))
    asked = asking("list", listed="motion", sought="carried")
    assert told(asked, register).value == ("The motion as put",)
    every = replace(asked, text="Which motions and amendments were carried?")
    assert told(every, register).value == ("The motion as put", "Amendment by Mabb")


def test_what_was_decided_of_a_number_is_told_from_decisions_elsewhere_that_name_it() -> None:
    elsewhere = decision("d-list", "2031-05-05", "m-list", "To move order 12-31 to the agreed ones.")
    other = decision("d-none", "2031-05-05", "m-list", "To drop order 112-31.")
    register = replace(NUMBERED, motions=(), decisions=(elsewhere, other))
    assert told(asking("decision", "m-12"), register).value == elsewhere.text
    assert told(asking("decision", "m-14"), register).status == "silent"
    assert told(asking("mover", "m-12"), register).status == "silent"


def test_of_several_votes_none_is_told_where_none_names_the_rung_asked_for() -> None:
    register = replace(TWICE, motions=(), votes=amended("m-buoy"))
    assert told(asking("vote", "m-buoy", rung="Stage 3"), register).status == "silent"
    staged = (vote("v-three", "2031-05-05", "m-buoy", (("yes", 7), ("no", 1)), question="To stage 3"),)
    assert told(asking("vote", "m-buoy", rung="Stage 3"), replace(register, votes=staged + register.votes)).value == (
        "yes 7, no 1"
    )
