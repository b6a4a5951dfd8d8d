"""Laws of how things ended and of what nobody is shown to have done: yes, no and nobody only where the record says."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from remembrancer.memory.asking.answer import Found
from remembrancer.memory.asking.answering.answered import answered
from remembrancer.memory.asking.question import Mention, Question, Subject
from remembrancer.memory.asking.understanding.mentions import SHOWN
from remembrancer.memory.asking.understanding.naming import Names
from remembrancer.memory.asking.understanding.understand import understand
from remembrancer.model import Matter, Rung
from remembrancer.register.rows import Register
from tests.memory.asking.tidewick import TIDEWICK, TODAY, asking, ballots, decision, mark, motion, vote


def told(question: Question, register: Register = TIDEWICK) -> Found:
    found = answered(question, register, TODAY)
    assert found is not None
    return found


def decided(kind: str, outcome: str = "carried", **fields: Any) -> Register:
    """The register with one decision on the fish kiosk and no motion."""
    row = decision(
        "decision-kiosk", "2031-05-05", "matter-kiosk", "On the kiosk.", kind=kind, outcome=outcome, **fields
    )
    return replace(TIDEWICK, motions=(), decisions=(row,))


@pytest.mark.parametrize(
    ("kind", "outcome", "sought", "opening"),
    [
        ("reject", "carried", "lost", "Yes: "),
        ("reject", "carried", "carried", "No: "),
        ("reject", "lost", "lost", "Yes: "),
        ("defer", "carried", "deferred", "Yes: "),
        ("adopt", "carried", "carried", "Yes: "),
        ("adopt", "carried", "lost", "No: "),
        ("note", "carried", "carried", "The "),
        ("procedural", "carried", "lost", "The "),
        ("set-status", "carried", "carried", "The "),
    ],
)
def test_the_kind_of_a_decision_says_whether_its_matter_was_approved(kind, outcome, sought, opening) -> None:
    """What was carried may be the rejection; what settles nothing is neither Yes nor No."""
    found = told(asking("outcome", "matter-kiosk", sought=sought, closed=True), decided(kind, outcome))
    assert found.sentence.startswith(opening)


@pytest.mark.parametrize(
    ("status", "sought", "opening"),
    [
        ("Rejected", "lost", "Yes: "),
        ("Rejected", "carried", "No: "),
        ("Withdrawn", "carried", "“"),
        ("Final", "", "The "),
    ],
)
def test_a_rung_says_what_became_of_its_matter_before_any_outcome_does(status, sought, opening) -> None:
    register = decided("set-status", status_to=status)
    rung = Rung("2031-05-05", status, marks=mark())
    kiosk = Matter("matter-kiosk", "Fish kiosk", ladder="status", status=status, rungs=(rung,))
    register = replace(register, matters=(kiosk,))
    found = told(asking("outcome", "matter-kiosk", sought=sought, closed=True), register)
    assert found.sentence.startswith(opening)


def test_nobody_was_absent_is_not_told_of_a_roll_that_names_only_those_present() -> None:
    people = tuple(
        replace(each, presences=tuple(row for row in each.presences if row.present)) for each in TIDEWICK.people
    )
    found = told(asking("attendance", sought="absent", days="2031-05-05"), replace(TIDEWICK, people=people))
    assert (found.status, found.sentence) == ("silent", "The record does not show who was absent.")


@pytest.mark.parametrize(
    ("counts", "status"),
    [((("yes", 2), ("no", 0)), "answered"), ((("yes", 2),), "answered"), ((("yes", 9),), "silent"), ((), "silent")],
)
def test_nobody_voted_so_is_told_only_where_the_numbers_leave_nobody(counts, status) -> None:
    row = vote("vote-kiosk", "2031-05-05", "matter-kiosk", counts, ballots=ballots(Ivers="yes", Quill="yes"))
    found = told(asking("ballot", "matter-kiosk", choice="no"), replace(TIDEWICK, votes=(row,)))
    assert found.status == status


def test_a_list_by_a_rung_and_days_has_what_came_to_it_on_these_days() -> None:
    reached = asking("list", listed="matter", rung="Stage 1", days="2031-03-01/2031-03-31")
    assert told(reached).value == ("P-7",)
    assert told(replace(reached, rung="Stage 2")).status == "silent"


@pytest.mark.parametrize(
    "question",
    [
        asking("list", listed="matter", rung="Stage 2", who=("person-ivers",)),
        asking("count", "matter-crane", listed="matter"),
        asking("count", listed="person", choice="no"),
        asking("list", "matter-crane", listed="decision", rest="crane of Porthaven"),
        asking("count", "matter-crane", listed="decision", rest="crane 17"),
        asking("list", listed="speech", who=("person-ivers",)),
        replace(
            asking("count", listed="decision"), about=(Mention("crane", SHOWN * (Subject("d", "d", "name", 1.0),)),)
        ),
    ],
)
def test_a_list_that_cannot_be_narrowed_by_all_that_is_named_is_not_told(question: Question) -> None:
    assert answered(question, TIDEWICK, TODAY) is None


def test_of_two_things_that_show_the_same_both_are_told_with_their_days() -> None:
    rows = tuple(decision(f"decision-{year}", f"{year}-02-03", "", "Grant to the sea scouts.") for year in (2030, 2031))
    found = told(asking("outcome", "decision-2030", "decision-2031"), replace(TIDEWICK, decisions=rows))
    assert (found.status, found.value) == ("answered", "carried")
    assert [fact.date for fact in found.facts] == ["2030-02-03", "2031-02-03"]
    assert "2030" in found.sentence
    assert "2031" in found.sentence


def understood(text: str, register: Register, *words: str) -> Question:
    return understand(text, Names(register, ("en",)), TODAY, ("en",), lambda word: word in words)


def test_a_year_of_a_title_is_no_time_where_the_title_has_the_fact() -> None:
    matters = (Matter("matter-fair", "Fair"), Matter("matter-next", "Shall we hold the Fair 2032?"))
    decisions = (decision("decision-fair", "2031-02-03", "matter-next", "To hold it."),)
    register = replace(TIDEWICK, matters=matters, motions=(), votes=(), decisions=decisions)
    found = answered(understood("What was decided about Fair 2032?", register), register, "2032-12-31")
    assert found is not None
    assert found.value == "To hold it."


@pytest.mark.parametrize("text", ["What was decided about D'Aubrac?", "What was decided about D’Aubrac?"])
@pytest.mark.parametrize("written", ["D'Aubrac", "D’Aubrac"])
def test_a_name_with_an_apostrophe_is_known_however_it_is_written(text: str, written: str) -> None:
    assert understood(text, TIDEWICK, written).unknown == ()
    assert understood(text, TIDEWICK).unknown != ()


def test_a_number_that_the_index_knows_is_not_unknown() -> None:
    assert understood("What was decided about P-9?", TIDEWICK).unknown == ("P-9",)
    assert understood("What was decided about P-9?", TIDEWICK, "P-9").unknown == ()


def test_a_motion_without_a_matter_is_found_by_the_number_in_its_words_and_no_other() -> None:
    moved = motion("motion-merge", "2031-05-05", "", "to merge change request #418.", mover_label="A. Mabb")
    register = replace(TIDEWICK, motions=(*TIDEWICK.motions, moved))
    found = answered(understood("Who moved change request #418?", register), register, TODAY)
    assert found is not None
    assert found.value == "A. Mabb"
    other = answered(understood("Who moved change request #419?", register), register, TODAY)
    assert other is None or other.status == "silent"


def test_a_rare_word_finds_nothing_where_no_thing_put_is_asked_for() -> None:
    moved = motion("motion-leave", "2031-05-05", "", "to leave the herring out.", mover_label="A. Mabb")
    register = replace(TIDEWICK, motions=(*TIDEWICK.motions, moved))
    asked = understood("When did Quill leave the meeting?", register)
    assert not any(mention.subjects for mention in asked.about)
