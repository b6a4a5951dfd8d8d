"""Laws of the register's answers: facts alone are told, each with its words, and silence where there are none."""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from pathlib import Path
from string import Formatter
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import remembrancer.memory.asking.answering as room
from remembrancer.memory.asking.answer import Found
from remembrancer.memory.asking.answering.answered import TELLERS, answered
from remembrancer.memory.asking.answering.deciding import borne_out
from remembrancer.memory.asking.answering.sentences import languages, sentences
from remembrancer.memory.asking.question import Mention, Question
from remembrancer.memory.asking.understanding.wording import says
from remembrancer.model import AUTHORITIES, Computed, Matter, Notice, Person, Presence, Rung
from remembrancer.register.rows import Register
from tests.memory.asking.tidewick import (
    TIDEWICK,
    TODAY,
    about,
    asking,
    ballots,
    decision,
    mark,
    motion,
    present,
    shuffled,
    vote,
)

TEMPLATES = Path(next(iter(room.__path__))) / "templates"

ASKED: list[tuple[Question, Any, str]] = [
    (asking("status", "matter-dredge"), "Stage 2", "stands at Stage 2, since 5 May 2031"),
    (asking("status", "matter-dredge", days="2031-04-01"), "Stage 1", "On 1 April 2031"),
    (asking("status", "matter-dredge", rung="stage 1"), "Stage 2", "reached Stage 1 on 3 March 2031"),
    (asking("status", "matter-dredge", rung="Stage 3", closed=True), "Stage 2", "No: "),
    (asking("date", "matter-dredge", rung="Stage 2"), "2031-05-05", "reached Stage 2 on 5 May 2031"),
    (asking("date", "decision-lamp", sought="repealed"), "2031-05-05", "repealed on 5 May 2031"),
    (asking("date", "matter-crane"), "2031-04-07", "on 7 April 2031"),
    (asking("decision", "matter-crane"), "That the quay crane be repaired for £1,250.", "on 7 April 2031"),
    (asking("decision", "matter-crane", closed=True), "carried", "Yes: "),
    (asking("decision", "matter-kiosk", closed=True), "lost", "No decision is recorded"),
    (asking("decision", "matter-kiosk"), "That the fish kiosk be let.", "No decision is recorded"),
    (asking("outcome", "matter-crane"), "carried", "carried on 7 April 2031"),
    (asking("outcome", "matter-kiosk", closed=True, sought="carried"), "lost", "No: "),
    (asking("outcome", "motion-half"), "lost", "lost"),
    (asking("vote", "matter-crane"), "yes 2, no 1, abstain 0", "yes 2, no 1, abstain 0 (carried)"),
    (asking("vote", "decision-crane"), "yes 2, no 1, abstain 0", "yes 2"),
    (asking("vote", "motion-half"), "yes 1, no 2", "(lost)"),
    (asking("ballot", "matter-crane", choice="no"), "Mabb", "voted no"),
    (asking("ballot", "matter-crane", choice="yes"), ("Ivers", "Quill"), "Ivers and Quill"),
    (asking("ballot", "matter-crane", choice="abstain"), (), "nobody"),
    (asking("ballot", "matter-crane", who=("person-mabb",)), "no", "Mabb voted no"),
    (asking("ballot", who=("person-mabb",), days="2031-01-01/2031-12-31"), "no", "Mabb voted no"),
    (asking("mover", "matter-crane"), "O. Ivers", "moved by O. Ivers"),
    (asking("mover", "matter-crane", who=("person-quill",), closed=True), "O. Ivers", "No: "),
    (asking("mover", who=("person-quill",)), "to halve the sum.", "Tom Quill moved"),
    (asking("seconder", "motion-crane"), "T. Quill", "seconded by T. Quill"),
    (asking("champion", "matter-dredge"), ("O. Ivers", "T. Quill"), "O. Ivers"),
    (asking("champion", "matter-dredge", role="author"), "T. Quill", "T. Quill (author)"),
    (asking("amount", "matter-crane"), "£1,250", "£1,250, on 7 April 2031"),
    (asking("force", "decision-lamp"), "repealed", "repealed, since 5 May 2031, by “31/9"),
    (asking("force", "decision-lamp", days="2030-12-31"), "in-force", "was in force, since 4 February 2030"),
    (asking("force", "decision-lamp", sought="in-force", closed=True), "repealed", "No: "),
    (asking("force", "decision-lamp", days="2020-01-01"), "uncommenced", "not yet in force"),
    (asking("superseded-by", "decision-lamp"), "31/9", "superseded by “31/9"),
    (asking("supersedes", "decision-dark"), ("30/2", "Resolution No. 19"), "supersedes"),
    (
        asking("attendance", who=("person-ivers",), days="2031-05-05", closed=True),
        "absent",
        "No: Olga Ivers was absent",
    ),
    (asking("attendance", sought="absent", days="2031-04-07"), ("Ann Mabb",), "Ann Mabb"),
    (asking("attendance", days="2031-05-05"), ("Tom Quill",), "Present on 5 May 2031: Tom Quill"),
    (asking("attendance", role="master", days="2031-01-01/2031-02-01"), "Olga Ivers", "Olga Ivers"),
    (asking("quorum", days="2031-04-07", closed=True), "yes", "Yes: On 7 April 2031 there was a quorum"),
    (asking("action", "matter-crane"), "paint the crane.", "Mabb: “paint the crane.”"),
    (asking("action", who=("person-mabb",)), "paint the crane.", "Ann Mabb undertook"),
    (asking("list", listed="motion", sought="lost"), ("to halve the sum.", "That the fish kiosk be let."), "2 motions"),
    (
        asking("list", listed="motion", sought="lost", negated=True),
        ("That the quay crane be repaired for £1,250.",),
        "1",
    ),
    (asking("list", listed="decision", days="2031-01-01/2031-12-31"), ("31/4", "31/9"), "2 decisions"),
    (asking("list", listed="matter", rung="Stage 2"), ("P-7",), "1 matter"),
    (asking("list", who=("person-ivers",), listed="vote", choice="yes"), ("the question as put",), "1 vote"),
    (asking("count", who=("person-ivers",), listed="motion"), 2, "2 motions"),
    (asking("count", who=("person-ivers",), sought="absent"), 1, "1 sitting: 5 May 2031"),
    (asking("count", listed="sitting", days="2031-01-01/2031-12-31"), 2, "2 sittings"),
    (asking("count", listed="person", days="2031-01-01/2031-02-01"), 1, "1 person"),
    (asking("decision", "decision-lamp", act="repeals"), "That resolution 30/2 be repealed.", "31/9"),
    (asking("date", "decision-lamp", act="repeals"), "2031-05-05", "on 5 May 2031"),
    (asking("mover", "matter-crane", act="amends"), "T. Quill", "moved by T. Quill"),
    (asking("attendance", role="pilot", days="2031-05-05"), "Tom Quill", "Tom Quill"),
]
"""What is asked of the invented register, with the value and some words of the sentence."""

IDS = [f"{question.kind}-{nth}" for nth, (question, _, _) in enumerate(ASKED)]


def told(question: Question, register: Register = TIDEWICK, **more: Any) -> Found:
    found = answered(question, register, TODAY, **more)
    assert found is not None
    return found


@pytest.mark.parametrize(("question", "value", "words"), ASKED, ids=IDS)
def test_the_register_answers_each_kind_with_its_value(question: Question, value: Any, words: str) -> None:
    found = told(question)
    assert (found.status, found.value) == ("answered", value)
    assert words in found.sentence


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("question", [each[0] for each in ASKED], ids=IDS)
def test_every_word_of_a_sentence_is_of_a_template_or_a_fact(question: Question, language: str) -> None:
    found = told(replace(question, language=language))
    known = _words(_template_words(language), *_register_words(), str(found.value), repr(question))
    assert _words(found.sentence) - known == set()


@pytest.mark.parametrize("question", [each[0] for each in ASKED], ids=IDS)
def test_a_value_is_among_its_facts_or_their_number(question: Question) -> None:
    found = told(question)
    facts = {fact.value for fact in found.facts}
    match found.value:
        case int():
            assert found.value == len(found.facts)
        case str():
            assert any(found.value in (fact, *fact.split(", ")) or found.value in fact for fact in facts)
        case tuple():
            assert all(any(each in fact for fact in facts) for each in found.value)


@pytest.mark.parametrize(
    ("group", "choice", "value", "names"),
    [
        ("Pier Ward", "", "yes 1, no 1", {"Ivers", "Mabb"}),
        ("Pier Ward", "no", "no 1", {"Mabb"}),
        ("Quay Ward", "", "yes 1", {"Quill"}),
    ],
)
def test_an_affiliation_is_counted_by_the_seats_held_on_the_day(group, choice, value, names) -> None:
    """Each of the counts is that of the names, and each name has the words that prove it."""
    found = told(asking("ballot", "matter-crane", group=group, choice=choice))
    assert (found.value, {fact.value for fact in found.facts}) == (value, names)
    assert all(fact.marks for fact in found.facts)


def test_who_did_otherwise_is_told_with_what_each_did_and_only_where_all_are_named() -> None:
    question = asking("ballot", "matter-crane", choice="no", negated=True)
    found = told(question)
    assert found.value == ("Ivers: yes", "Quill: yes")
    assert found.sentence.startswith("All but those who voted no on “Quay crane”")
    uncertain = replace(TIDEWICK.votes[0], counts=(("yes", 3), ("no", 1), ("abstain", 1)))
    assert told(question, replace(TIDEWICK, votes=(uncertain,))).status == "silent"


@pytest.mark.parametrize(
    ("kind", "row", "choice"), [("champion", "matter-lamp-keeper", ""), ("ballot", "matter-crane", "no")]
)
def test_beside_those_whom_a_question_names_somebody_else_is_told_or_nobody(kind: Any, row: str, choice: str) -> None:
    keeper = replace(TIDEWICK.matters[1], id="matter-lamp-keeper", sponsorships=TIDEWICK.matters[1].sponsorships[:1])
    register = replace(TIDEWICK, matters=(*TIDEWICK.matters, keeper))
    alone, other = ("person-ivers", "person-quill") if kind == "champion" else ("person-mabb", "person-quill")
    question = asking(kind, row, choice=choice)
    named = asking(kind, who=(alone,)).people
    beside = told(replace(question, besides=named), register)
    assert (beside.status, beside.value) == ("silent", None)
    assert beside.sentence == f"The record does not show anybody besides {alone}."
    others = asking(kind, who=(other,)).people
    assert told(replace(question, besides=others), register).value == told(question, register).value


def test_a_vote_on_one_rung_is_none_on_another() -> None:
    """Also where it is the only one; one that speaks of no rung may be it."""
    on_two = vote("vote-two", "2031-05-05", "matter-dredge", (("yes", 3),), question="Dredging to stage 2")
    register = replace(TIDEWICK, votes=(*TIDEWICK.votes, on_two))
    assert told(asking("vote", "matter-dredge", rung="Stage 2"), register).value == "yes 3"
    assert told(asking("vote", "matter-dredge", rung="Stage 3"), register).status == "silent"
    unsaid = replace(TIDEWICK, votes=(*TIDEWICK.votes, replace(on_two, question="Dredging")))
    assert told(asking("vote", "matter-dredge", rung="Stage 3"), unsaid).value == "yes 3"


def test_words_that_only_a_decision_has_do_not_choose_it_where_a_vote_is_asked_for() -> None:
    end = decision("decision-end", "2031-05-05", "matter-kiosk", "rejected")
    cast = vote("vote-kiosk", "2031-05-05", "matter-kiosk", (("yes", 1), ("no", 2)), question="The kiosk")
    register = replace(TIDEWICK, decisions=(*TIDEWICK.decisions, end), votes=(*TIDEWICK.votes, cast), motions=())
    assert told(asking("vote", "matter-kiosk", rest="kiosk rejected"), register).value == "yes 1, no 2"


def test_what_compares_things_is_silence() -> None:
    found = told(asking("date", "matter-crane", compares=True))
    assert (found.status, found.facts) == ("silent", ())


def test_what_was_decided_is_told_by_a_rung_that_says_how_it_ended() -> None:
    dredge = TIDEWICK.matters[1]
    for status, known in (("Rejected", "answered"), ("Stage 2", "silent")):
        rung = replace(dredge.rungs[0], status=status)
        found = told(asking("decision", "matter-dredge"), replace(TIDEWICK, matters=(replace(dredge, rungs=(rung,)),)))
        assert found.status == known


@pytest.mark.parametrize(
    ("row", "sought", "borne"),
    [
        ("matter-crane", "carried", True),
        ("matter-kiosk", "lost", True),
        ("matter-kiosk", "carried", False),
        ("decision-crane", "withdrawn", False),
        ("matter-dredge", "lost", None),
    ],
)
def test_an_end_that_a_question_takes_for_known_is_held_against_the_register(row: str, sought: Any, borne) -> None:
    assert borne_out(asking("reason", row, sought=sought), TIDEWICK) is borne


def test_a_text_says_how_something_ended_in_any_form_of_its_words() -> None:
    assert says("They were for rejecting it.", "lost", "en")
    assert not says("They were for painting it.", "lost", "en")


def test_what_nobody_did_is_silence_and_never_the_text_itself() -> None:
    found = told(asking("ballot", "matter-crane", act="repeals", choice="no"))
    assert (found.status, found.value) == ("silent", None)


def test_of_what_is_put_often_the_days_meant_choose_before_the_words_do() -> None:
    """A word that fits only something put on another day takes nothing from the day that is asked about."""
    later = motion("motion-later", "2031-05-05", "matter-crane", "That the crane be painted.", outcome="lost")
    register = replace(TIDEWICK, motions=(*TIDEWICK.motions, later))
    question = asking("outcome", "matter-crane", days="2031-05-05", rest="crane repaired")
    assert told(question, register).value == "lost"


def test_of_many_things_the_sentence_says_how_many_and_from_when_to_when() -> None:
    moved = tuple(
        motion(f"motion-{day}", f"2031-06-0{day}", "matter-kiosk", f"That step {day} be taken.", mover_label="A. Mabb")
        for day in range(1, 6)
    )
    found = told(asking("mover", "matter-kiosk"), replace(TIDEWICK, motions=moved))
    assert found.sentence == (
        "5 motions on “Fish kiosk”, moved by: A. Mabb; the first on 1 June 2031, the last on 5 June 2031."
    )
    assert {fact.date for fact in found.facts} == {f"2031-06-0{day}" for day in range(1, 6)}


def test_a_body_that_writes_down_no_motions_lists_what_was_voted_on() -> None:
    found = told(asking("list", listed="motion", sought="lost"), replace(TIDEWICK, motions=()))
    assert (found.value, found.sentence[:6]) == (("the question as put",), "1 vote")


@pytest.mark.parametrize("question", [each[0] for each in ASKED], ids=IDS)
def test_every_fact_has_the_words_that_prove_it(question: Question) -> None:
    found = told(question)
    assert found.facts
    assert all(fact.marks for fact in (*found.facts, *found.conflicting))
    assert all(fact.row for fact in found.facts)


@pytest.mark.parametrize("question", [each[0] for each in ASKED], ids=IDS)
def test_what_no_words_prove_is_not_told(question: Question) -> None:
    found = answered(question, _without_marks(TIDEWICK), TODAY)
    assert found is None or (found.status == "silent" and found.facts == ())


@pytest.mark.parametrize("question", [each[0] for each in ASKED], ids=IDS)
@settings(max_examples=8)
@given(seed=st.integers(0, 1000))
def test_rows_in_another_order_give_the_same_answer(question: Question, seed: int) -> None:
    found, again = told(question), told(question, shuffled(TIDEWICK, seed))
    assert (_sorted(again.value), again.status) == (_sorted(found.value), found.status)


ABOUT_ROWS = [each[0] for each in ASKED if each[0].about]


@pytest.mark.parametrize("question", ABOUT_ROWS)
@settings(max_examples=8)
@given(
    date=st.sampled_from(["2029-01-01", "2031-04-07", "2031-05-05", "2031-06-01"]), words=st.text("abc ", max_size=9)
)
def test_a_row_of_another_matter_changes_no_answer(question: Question, date: str, words: str) -> None:
    """Neither its mover, nor its vote, nor its decision is told for those of the matter asked about."""
    more = replace(
        TIDEWICK,
        matters=(*TIDEWICK.matters, Matter("matter-z", "Other", rungs=(Rung(date, "Stage 9", marks=mark()),))),
        motions=(*TIDEWICK.motions, motion("motion-z", date, "matter-z", words, mover_label="Z", outcome="lost")),
        votes=(*TIDEWICK.votes, vote("vote-z", date, "matter-z", (("no", 9),), ballots=ballots(Zed="no"))),
        decisions=(*TIDEWICK.decisions, decision("decision-z", date, "matter-z", words)),
    )
    assert told(question, more) == told(question)


@pytest.mark.parametrize("kind", [kind for kind in TELLERS if kind not in ("list", "count")])
@pytest.mark.parametrize("language", languages())
def test_where_a_known_matter_has_no_such_fact_the_record_is_silent(kind: Any, language: str) -> None:
    found = told(asking(kind, "matter-empty", language=language, days="2031-01-01/2031-12-31"))
    assert (found.status, found.value, found.facts) == ("silent", None, ())
    assert found.sentence.endswith(".")


def test_what_the_register_does_not_know_is_left_to_the_words_of_the_record() -> None:
    unknown = Question("", "en", "status", (Mention("the pier", ()),))
    assert answered(unknown, TIDEWICK, TODAY) is None
    assert answered(asking("status"), TIDEWICK, TODAY) is None
    assert answered(asking("said", "matter-crane"), TIDEWICK, TODAY) is None


def test_words_left_over_are_no_question_of_everything() -> None:
    """ "What did we decide on the pier in 2031?" asks for no list of what was decided in 2031."""
    assert (
        answered(asking("list", listed="decision", days="2031-01-01/2031-12-31", rest="pier"), TIDEWICK, TODAY) is None
    )


def test_a_name_that_nobody_knows_is_silence() -> None:
    found = told(replace(asking("ballot", "matter-crane"), unknown=("Zebedee",)))
    assert found.status == "silent"
    assert "“Zebedee”" in found.sentence


def test_days_before_the_record_and_days_to_come_are_silence() -> None:
    assert told(asking("vote", "matter-crane", days="1999-01-01/1999-12-31")).status == "silent"
    assert told(asking("status", "matter-dredge", days="2040-01-01/2040-12-31")).status == "silent"


def test_the_public_is_not_listed() -> None:
    found = told(asking("count", who=("person-gull",), listed="motion"))
    assert (found.status, found.facts) == ("silent", ())
    gull = Person("person-gull", "Pat Gull", (), "public", (), (present("2031-05-05"),))
    guests = replace(TIDEWICK, people=(*TIDEWICK.people[:3], gull))
    assert told(asking("attendance", days="2031-05-05"), guests).value == ("Tom Quill",)


def test_two_things_meant_are_ambiguous_where_their_answers_differ() -> None:
    found = told(asking("mover", "matter-crane", "matter-kiosk"))
    assert found.status == "answered", "one mover moved both"
    differing = told(asking("outcome", "matter-crane", "matter-kiosk"))
    assert (differing.status, differing.value) == ("ambiguous", None)
    assert [reading.row for reading in differing.readings] == ["matter-crane", "matter-kiosk"]
    assert len({reading.title for reading in differing.readings}) == 2


def test_a_motion_its_vote_and_its_matter_are_one_story() -> None:
    found = told(asking("vote", "matter-crane", "motion-crane", "vote-crane", "decision-crane"))
    assert (found.status, found.value) == ("answered", "yes 2, no 1, abstain 0")


def test_several_of_equal_standing_are_all_told_with_their_dates() -> None:
    again = vote("vote-again", "2031-05-05", "matter-crane", (("yes", 3),))
    found = told(asking("vote", "matter-crane"), replace(TIDEWICK, votes=(*TIDEWICK.votes, again)))
    assert found.value == ("yes 2, no 1, abstain 0", "yes 3")
    assert "7 April 2031" in found.sentence
    assert "5 May 2031" in found.sentence


def test_words_that_the_question_adds_choose_among_several() -> None:
    paint = motion("motion-paint", "2031-05-05", "matter-crane", "That the paint be blue.", mover_label="T. Quill")
    register = replace(TIDEWICK, motions=(*TIDEWICK.motions, paint))
    assert told(asking("mover", "matter-crane"), register).value == ("O. Ivers", "T. Quill")
    assert told(asking("mover", "matter-crane", rest="paint crane"), register).value == "T. Quill"


def test_what_was_worked_out_is_said_to_be_and_gives_way_to_what_is_stated() -> None:
    guess = decision("decision-guess", "2031-04-07", "matter-kiosk", "Let it be let.", stated=False)
    register = replace(TIDEWICK, decisions=(*TIDEWICK.decisions, guess))
    assert "(worked out from the notes, not confirmed)" in told(asking("decision", "matter-kiosk"), register).sentence
    beside = replace(
        register, decisions=(*register.decisions, replace(guess, id="decision-b", stated=True, text="No."))
    )
    assert told(asking("decision", "matter-kiosk"), beside).value == "No."


def test_force_rests_on_what_is_stated_or_confirmed() -> None:
    guessed = tuple(replace(row, stated=False) for row in TIDEWICK.decisions)
    assert told(asking("force", "decision-lamp"), replace(TIDEWICK, decisions=guessed)).status == "silent"
    confirmed = tuple(replace(row, confirmed="clerk 2031") for row in guessed)
    assert told(asking("force", "decision-lamp"), replace(TIDEWICK, decisions=confirmed)).value == "repealed"


def test_a_provision_has_a_force_of_its_own() -> None:
    question = replace(asking("force", "decision-lamp"), text="Is section 3 of 30/2 in force?")
    assert told(question).sentence.startswith("“3 of 30/2")


def test_what_the_rules_make_of_a_vote_stands_beside_what_was_declared() -> None:
    votes = tuple(replace(row, computed=Computed("lost", "too few")) for row in TIDEWICK.votes[:1])
    found = told(asking("outcome", "motion-crane"), replace(TIDEWICK, votes=votes))
    assert (found.value, [each.value for each in found.conflicting]) == ("carried", ["lost"])
    assert "by the rules" in found.sentence


def test_rolls_that_disagree_are_both_shown_the_stronger_first() -> None:
    other = Presence("", "sitting-2031-05-05", "2031-05-05", True, marks=mark("draft"))
    ivers = replace(TIDEWICK.people[0], presences=(*TIDEWICK.people[0].presences, other))
    register = replace(TIDEWICK, people=(ivers, *TIDEWICK.people[1:]))
    ranks = {"minutes": (4, AUTHORITIES[4]), "draft": (2, AUTHORITIES[2])}
    found = told(asking("attendance", who=("person-ivers",), days="2031-05-05"), register, authority=ranks.__getitem__)
    assert (found.value, len(found.conflicting)) == ("absent", 1)
    assert "disagree" in found.sentence


def test_what_a_weaker_roll_said_otherwise_is_shown_beside_the_answer() -> None:
    said = "Another document of this sitting lists otherwise whether O. Ivers was present"
    notice = Notice("notice-1", "attendance-differs", "note", said, "", "sitting-2031-05-05", "2031-05-05", (), mark())
    register = replace(TIDEWICK, notices=(notice,))
    found = told(asking("attendance", who=("person-ivers",), days="2031-05-05"), register)
    assert [each.value for each in found.conflicting] == [said]
    assert told(asking("attendance", who=("person-quill",), days="2031-05-05"), register).conflicting == ()


def test_what_repealed_a_text_that_the_record_does_not_hold_is_told_by_its_number() -> None:
    unheld = Question("", "en", "superseded-by", (Mention("Resolution 19", ()),), unknown=("Resolution 19",))
    assert told(unheld).value == "31/9"
    other = Question("", "en", "superseded-by", (Mention("Resolution 91", ()),), unknown=("Resolution 91",))
    assert told(other).status == "silent"


def test_a_vote_on_a_closed_matter_tells_no_more_than_the_register_shows() -> None:
    """What a principal may not see is no row of theirs: only a title is left, and silence."""
    closed = Register(matters=(Matter("matter-x", "Legal advice"),))
    found = told(asking("vote", "matter-x"), closed)
    assert (found.status, found.facts) == ("silent", ())
    assert found.about == ("matter-x",)


@pytest.mark.parametrize("language", [each for each in languages() if each != "en"])
def test_a_language_says_everything_that_english_says_with_the_same_facts(language: str) -> None:
    english, other = _tables("en"), _tables(language)
    assert english.keys() == other.keys()
    for table in english.keys() - {"words", "dates", "asked"}:
        assert english[table].keys() == other[table].keys(), table
        for key in english[table].keys() - {"provision"}:
            assert _places(other[table][key]) <= _places(english[table][key]) | {"on", "it"}, (table, key)


def test_each_kind_has_a_sentence_for_silence() -> None:
    assert TELLERS.keys() <= _tables("en")["silent"].keys()


def test_a_language_without_templates_is_answered_in_english() -> None:
    assert sentences("pt").say("dates.on_day", date="x") == "on x"
    assert languages() == ("de", "en")


def test_a_question_by_a_row_that_is_gone_is_no_answer() -> None:
    assert answered(replace(asking("vote"), about=about("matter-gone")), TIDEWICK, TODAY) is None


def _tables(language: str) -> dict[str, Any]:
    return tomllib.loads((TEMPLATES / f"{language}.toml").read_text(encoding="utf-8"))


def _places(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name}


def _template_words(language: str) -> str:
    return re.sub(r"\{\w+\}", " ", (TEMPLATES / f"{language}.toml").read_text(encoding="utf-8"))


def _words(*texts: str) -> set[str]:
    return {word.casefold() for text in texts for word in re.findall(r"\w+", text)}


def _register_words() -> list[str]:
    """All that the rows say, their dates in parts, and the small numbers that count them."""
    dates = re.findall(r"\d{4}-\d\d-\d\d", repr(TIDEWICK))
    return [repr(TIDEWICK), *(str(int(part)) for date in dates for part in date.split("-")), "1 2 3"]


def _sorted(value: Any) -> Any:
    return sorted(value) if isinstance(value, tuple) else value


def _without_marks(register: Register) -> Register:
    """The same rows, proven by nothing."""

    def bare(node: Any) -> Any:
        if isinstance(node, tuple) and not hasattr(node, "_fields"):
            return tuple(bare(each) for each in node)
        if not hasattr(node, "__dataclass_fields__"):
            return node
        fields = {name: bare(getattr(node, name)) for name in node.__dataclass_fields__ if name != "marks"}
        return replace(node, **fields, **({"marks": ()} if hasattr(node, "marks") else {}))

    names = ("people", "matters", "motions", "votes", "decisions", "actions", "quorums")
    return replace(register, **{name: bare(getattr(register, name)) for name in names})
