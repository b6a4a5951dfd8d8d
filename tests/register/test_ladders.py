"""A matter moves on its ladder where the record says that it did, and nowhere else."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from remembrancer.read import house as houses
from remembrancer.register.document import Document, read_document
from remembrancer.register.facts import AnyFact, Resolved
from remembrancer.register.passes import ladders, matters, polls
from remembrancer.register.passes.moving import Grammar
from remembrancer.register.passes.rungs import rungs_in

TOML = r"""
language = "en"

[speakers]
styles = ["colon"]

[sitting]
path = ['(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})']

[sections]
conclusion = ["Conclusion"]

[[ladders]]
name = "step"
word = "step"
rungs = ["Step 0", "Step 1", "Step 2", "Step 2.5", "Step 3"]
aside = ["Withdrawn"]
"""
HOUSE = houses.parse(TOML)
WITHOUT_LADDER = houses.parse(TOML.partition("[[ladders]]")[0])


def read(text: str, house: houses.House = HOUSE) -> Document:
    return read_document(text.encode(), "minutes/2031-05-04.md", house)


def decided(text: str, house: houses.House = HOUSE) -> list[Resolved]:
    document = read(text, house)
    found: list[AnyFact] = [*polls.find(document, ()), *matters.find(document, ())]
    return sorted(ladders.find(document, tuple(found)), key=lambda fact: fact.position)


def concluded(conclusion: str, title: str = "Signal lamps") -> list[Resolved]:
    return decided(f"# Meeting\n\n## {title}\n\nANN: I present.\n\n### Conclusion\n\n{conclusion}\n")


def spoken(words: str, title: str = "Signal lamps") -> list[Resolved]:
    return decided(f"# Meeting\n\n## {title}\n\nANN: I present the lamps and what they cost.\n\n{words}\n")


@pytest.mark.parametrize(
    "words",
    [
        "Step 2",
        "Step 2!",
        "Step two acceptance",
        "Consensus for step 2",
        "Consensus reached, proceeding to Step 2",
        "Advances to step 2",
        "The proposal advances to Step 2.",
        "We have consensus to move to step 2",
        "Approved for step 2",
        "Moved to step 2 from step 1",
        "Signal lamps to step 2",
        "Demoted to Step 2",
        "Step 2, but see the notes on colour",
        "Congratulations on step 2!",
    ],
)
def test_a_conclusion_that_moves_gives_the_rung_as_the_house_writes_it(words: str) -> None:
    (fact,) = concluded(words)
    assert (fact.status_to, fact.kind, fact.ladder, fact.stated) == ("Step 2", "set-status", "step", True)
    assert fact.mentions[0].keys == ("title:signal lamps",)
    assert fact.date == "2031-05-04" and fact.marks


@pytest.mark.parametrize(
    "words",
    [
        "Not advancing to step 2",
        "Did not reach step 2",
        "No consensus for step 2",
        "No step 2.",
        "no for step 2",
        "Consensus withheld on step 2",
        "Will come back next time for step 2",
        "Seeking step 2 at a later meeting",
        "We will ask for step 2 next meeting",
        "Remains at step 2",
        "Step 2 reviewers: Ann and Bea",
        "Ann and Bea to review for step 2",
        "Step 2 requirements: a drawing",
        "Needs more work before step 2",
        "The lamps are currently at step 2",
        "Perhaps step 2 in the future",
        "Should this go to step 2?",
        "The stepladder 2 was bought.",
    ],
)
def test_a_conclusion_that_only_speaks_of_a_rung_moves_nothing(words: str) -> None:
    assert concluded(words) == []


def test_a_half_rung_is_not_the_whole_one() -> None:
    assert [fact.status_to for fact in concluded("Consensus for step 2.5")] == ["Step 2.5"]


def test_a_condition_is_kept_in_its_own_words() -> None:
    (fact,) = concluded("Step 2, pending review of the drawing by Bea")
    assert fact.conditions == ("pending review of the drawing by Bea",)
    (below,) = concluded("- Step 2 acceptance\n- pending a drawing")
    assert below.conditions == ("pending a drawing",)


def test_a_plain_yes_is_the_rung_that_the_title_asks_for() -> None:
    assert [(fact.status_to, fact.rule) for fact in concluded("Consensus.", "Lamps for step 3")] == [
        ("Step 3", "ladders.asked")
    ]
    assert concluded("No consensus.", "Lamps for step 3") == []
    assert concluded("Consensus.", "Lamps") == []
    assert concluded("Consensus.", "Lamps for step 2 or 3") == []


def test_the_matter_is_the_one_the_sentence_names_else_the_one_whose_title_asks_for_the_rung() -> None:
    named = concluded("- Fog.Horn to step 1\n- Step 2 for signal lamps")
    assert [(fact.status_to, fact.mentions[0].keys[0]) for fact in named] == [
        ("Step 1", "title:fog horn"),
        ("Step 2", "title:signal lamps"),
    ]
    both = concluded("- Step 3\n- Step 1", "Signal lamps for step 3 / Fog horns for step 1")
    assert [(fact.status_to, fact.mentions[0].keys[0]) for fact in both] == [
        ("Step 3", "title:signal lamps"),
        ("Step 1", "title:fog horns"),
    ]


@pytest.mark.parametrize("words", ["Withdrawn", "The proposal is withdrawn.", "Consensus to withdraw"])
def test_a_withdrawal_puts_a_matter_aside(words: str) -> None:
    assert [fact.status_to for fact in concluded(words)] == ["Withdrawn"]


@pytest.mark.parametrize(
    "words", ["Bea's objection was withdrawn", "May be withdrawn next time", "Ann withdraws her amendment"]
)
def test_other_things_are_withdrawn_too(words: str) -> None:
    assert concluded(words) == []


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("ANN: any objections to step 2?\n\nBEA: No objections.", "Signal lamps"),
        ("ANN: We have unanimous consent, moving to step 2.", "Signal lamps"),
        ("ANN: any comments?\n\nCAL: none. [unanimous consent for step 2]", "Signal lamps"),
        ("ANN: Any objections?\n\nBEA: No objections.", "Signal lamps for step 2"),
        ("Poll: signal lamps to step 2\n\n|SF|F|N|A|SA|\n|--|-|-|-|--|\n|9|4|1|0|0|", "Signal lamps"),
    ],
)
def test_what_only_the_talk_shows_is_found(words: str, title: str) -> None:
    (fact,) = spoken(words, title)
    assert fact.status_to == "Step 2"
    assert fact.mentions[0].keys == ("title:signal lamps",)


def test_what_is_worked_out_from_talk_is_inferred() -> None:
    (fact,) = spoken("ANN: We have unanimous consent, moving to step 2.")
    assert (fact.stated, fact.rule, fact.outcome) == (False, "ladders.said", "consensus")


@pytest.mark.parametrize(
    "words",
    [
        "ANN: I think this should go to step 2.",
        "ANN: any objections to step 2?\n\nBEA: I object, the lamps are dim.",
        "ANN: When it moved to step 2 in 2029 we had no lamps.",
        "ANN: step 2 requires a drawing.",
        "Poll: signal lamps to step 2\n\n|SF|F|N|A|SA|\n|--|-|-|-|--|\n|2|3|1|4|4|",
    ],
)
def test_talk_that_settles_nothing_moves_nothing(words: str) -> None:
    assert spoken(words) == []


def test_talk_moves_nothing_where_a_conclusion_stands() -> None:
    text = "# M\n\n## Lamps\n\nANN: We have unanimous consent, moving to step 2.\n\n### Conclusion\n\nNot advancing.\n"
    assert decided(text) == []


def test_what_is_planned_is_not_done() -> None:
    assert decided("# Meeting\n\n## Agenda\n\n- Poll: signal lamps to step 2. No objections, moving to step 2.\n") == []


def test_without_a_ladder_of_the_house_only_conclusions_that_say_stage_or_phase_move() -> None:
    text = "# M\n\n## Lamps\n\nANN: so, we move to phase 2.\n\n### Conclusion\n\nConsensus to advance to stage 2\n"
    assert [(fact.status_to, fact.stated) for fact in decided(text, WITHOUT_LADDER)] == [("Stage 2", True)]
    assert decided("# M\n\n## Road\n\nANN: We have consensus, moving to phase 2.\n", WITHOUT_LADDER) == []


@settings(deadline=None, max_examples=40)
@given(
    st.sampled_from(["step", "Step", "STEP"]), st.sampled_from(["", " ", "-"]), st.sampled_from(["1", "2", "2.5", "3"])
)
def test_a_rung_is_known_however_it_is_written(word: str, between: str, name: str) -> None:
    scales = Grammar(read("# M\n")).scales
    assert [found.rung for found in rungs_in(f"now {word}{between}{name}.", scales)] == [f"Step {name}"]


@settings(deadline=None, max_examples=40)
@given(st.text(max_size=80))
def test_any_conclusion_is_read_and_quotes_what_stands_there(words: str) -> None:
    document = read(f"# Meeting\n\n## Signal lamps\n\nANN: I present.\n\n### Conclusion\n\nStep 2 {words}\n")
    for fact in ladders.find(document, tuple(matters.find(document, ()))):
        assert fact.text
        assert all(document.data[mark.start : mark.end].decode() for mark in fact.marks)


POLLED = "BEN: {}\n\n|SF|F|N|A|SA|\n|--|-|-|-|--|\n|9|8|1|0|0|\n"


def test_a_poll_whose_question_is_to_come_back_moves_nothing() -> None:
    title = "Poll to advance signal lamps to step 2"
    assert [fact.status_to for fact in spoken(POLLED.format("Any objections?"), title)] == ["Step 2"]
    assert spoken(POLLED.format("There are no objections, so let's bring this back next time."), title) == []


def test_a_heading_alone_only_asks() -> None:
    assert spoken("### Poll on advancing to step 2\n\nBEN: it rains.\n") == []
