"""An answer is shown first, its evidence under it in few lines, and every quotation is the record's words or marked."""

from __future__ import annotations

import re
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from remembrancer.interfaces.cli import lines
from remembrancer.interfaces.cli.excerpts import LEFT_OUT, SEAM, Place, excerpt, places_of, proof
from remembrancer.interfaces.cli.render_answer import numbered, told
from remembrancer.memory.asking.answer import Reading
from remembrancer.memory.cite import Hit
from remembrancer.model import Quote
from remembrancer.office.asking.answering import FactView, Speaking, Told
from remembrancer.office.registers.registered_views import ClaimView

TEXTS = st.lists(st.text("abcé£1.,“", min_size=1, max_size=12), min_size=1, max_size=60).map(" ".join)
WORDS = st.lists(st.text("abcé1", min_size=1, max_size=12), min_size=1, max_size=60).map(" ".join)
LONG = " ".join(f"word{number}" for number in range(200))


def shown(value: Told, verbose: bool = False, width: int = 100) -> list[str]:
    out = StringIO()
    lines.show(Console(file=out, width=width, highlight=False, markup=False), told(value, verbose))
    return out.getvalue().splitlines()


def quote(text: str, start: int = 0) -> Quote:
    return Quote("s" * 64, "r" * 64, start, start + len(text.encode()), text)


def hit(text: str, identity: str = "text-1", speaker: str = "", start: int = 0) -> Hit:
    spans = (quote(text, start),)
    return Hit(identity, "text", text, "line 3", speaker, "", "2024-03-07", "", "approved", 1.0, "minutes.md", spans)


def fact(value: str, row: str = "decision-1", date: str = "2024-03-07", title: str = "", **given: object) -> FactView:
    made = FactView(
        "decision", value, row, title, date, True, False, "approved", "minutes.md", "line 3", (quote(value),)
    )
    return made._replace(**given)


def answer(sentence: str, facts: tuple[FactView, ...], *hits: Hit, **given: object) -> Told:
    return Told("What of the bridge?", "answered", "decision", None, sentence, hits, facts, **given)  # type: ignore[arg-type]


@given(TEXTS, st.integers(12, 60), st.data())
def test_an_excerpt_is_words_of_the_text_and_says_what_it_leaves_out(text: str, room: int, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(text) - 1))
    said = excerpt(text, [Place(at, min(at + 3, len(text)))], room)
    found = re.fullmatch(rf"(?s)({re.escape(LEFT_OUT)} )?“(.*)”( {re.escape(LEFT_OUT)})?", said)
    assert found and found[2] in text and len(found[2]) <= room
    assert text.startswith(found[2]) or found[1]
    assert text.rstrip().endswith(found[2]) or found[3]


@given(WORDS, st.data())
def test_an_excerpt_holds_the_word_that_answers(text: str, data: st.DataObject) -> None:
    """Wherever it stands; and no word is cut."""
    start, end = data.draw(st.sampled_from([match.span() for match in re.finditer(r"\S+", text)]))
    words = re.sub(r"(?:… )?“(.*)”.*", r"\1", excerpt(text, [Place(start, end)], 40).replace(LEFT_OUT, "…")).split()
    assert text[start:end] in words and set(words) <= set(text.split())


def test_the_value_counts_for_more_than_the_words_of_the_question() -> None:
    text = f"The bridge and the bridge again. {LONG} In the end £42,500 was granted. {LONG}"
    assert "£42,500" in excerpt(text, places_of(text, "How much for the bridge?", ["£42,500"]))
    assert excerpt(text, places_of(text, "How much for the bridge?")).startswith("“The bridge")


def test_a_value_within_another_is_no_place() -> None:
    assert [
        text[place.start : place.end] for text in ["£1,150 and £1,15"] for place in places_of(text, "", ["£1,15"])
    ] == ["£1,15"]


def test_words_between_two_spans_are_marked_as_left_out() -> None:
    """Two spans beside each other are one quotation; between two apart stands a mark outside the quotation marks."""
    text = proof([quote("Moved by Bell:"), quote("That it be", 15), quote("It was lost.", 90)])
    assert text == f"Moved by Bell: That it be{SEAM}It was lost."
    assert excerpt(text) == "“Moved by Bell: That it be” […] “It was lost.”"


def test_the_target_of_a_link_is_no_words_left_out() -> None:
    assert proof([quote("| [Bridge]["), quote("] | open |", 40)]) == "Bridge open"
    assert proof([quote("Bridge"), quote("|", 40), quote("open", 60)]) == f"Bridge{SEAM}open"


def test_the_answer_is_first_and_two_lines_of_evidence_under_it() -> None:
    value = answer("It was adopted.", (fact("RESOLVED: the bridge."),), hit("RESOLVED: the bridge.", "decision-1"))
    assert shown(value) == [
        "It was adopted.",
        "   “RESOLVED: the bridge.”",
        "   minutes.md, line 3 · approved · decision-1",
    ]


def test_many_rows_stand_one_a_line_and_at_most_five() -> None:
    facts = tuple(
        part
        for number in range(8)
        for part in (
            fact(
                f"That bridge {number} be mended at once",
                f"decision-{number}",
                title=f"2024/{number} (That bridge {number} be …)",
            ),
            fact("carried", f"decision-{number}", title=f"2024/{number} (That bridge {number} be …)", name="outcome"),
        )
    )
    value = answer("8 decisions, the first on 7 March 2024.", facts, hit("That bridge 0 be mended", "decision-0"))
    first, *rows, last = shown(value)
    assert first.startswith("8 decisions") and len(rows) == 5
    assert rows[1] == " 2. 2024-03-07 · carried · 2024/1 (That bridge 1 be mended at once) · decision-1"
    assert last == "-v shows 3 others and 1 quotation more."
    assert sum("carried" in line for line in shown(value, verbose=True)) == 8
    assert [each.row for each in numbered(value) if isinstance(each, FactView)] == [f"decision-{at}" for at in range(8)]


def test_what_the_sentence_tells_is_not_listed_again() -> None:
    facts = tuple(fact(name, f"person-{name}") for name in ("Bell", "Cole", "Dorn", "Eames", "Flint"))
    value = answer("Present: Bell, Cole, Dorn, Eames and Flint.", facts, hit("Bell", "person-Bell"))
    assert not any(line.startswith(" 2.") for line in shown(value))


def test_what_was_worked_out_from_prose_is_labelled() -> None:
    facts = tuple(fact(f"That {each} be so", f"decision-{each}", stated=False) for each in "abcd")
    assert all("worked out from prose" in line for line in shown(answer("4 decisions.", facts)) if line.startswith(" "))


def test_the_best_passage_is_whole_and_the_part_of_the_others_that_answers() -> None:
    far = f"{LONG} the bridge is closed {LONG}"
    value = answer("The record says, in 2 passages:", (), hit(LONG[:500]), hit(far, "text-2", "Ann Bell"))
    said = " ".join(line.strip() for line in shown(value))
    assert LONG[:500].split()[-1] in said
    assert "bridge is closed" in said and said.count(LEFT_OUT) == 2
    assert "2. […] “" in said and "Ann Bell · 2024-03-07 · minutes.md, line 3" in said


def test_sources_that_disagree_stand_side_by_side_with_their_authority() -> None:
    other = fact("Cole", "motion-1", name="mover", authority="draft", path="draft.md")
    said = shown(answer("Bell moved it.", (fact("Bell", "motion-1"),), hit("Bell", "motion-1"), conflicts=(other,)))
    assert said[3:] == ["   The record also has mover: Cole", "   “Cole”", "   draft.md, line 3 · draft"]


def test_the_debate_has_sides_and_what_shows_them() -> None:
    speaking = (
        Speaking("against", "voted no", True, (), hit("I am against it.", "speech-1", "Bell")),
        Speaking("for", "said so", False, (), hit("It is high time.", "speech-2", "Cole")),
    )
    value = answer("It was adopted.", (fact("adopt"),), hit("adopt"), debate=speaking)
    assert shown(value)[-1] == "-v shows 2 speeches more."
    said = [line for line in shown(value, verbose=True) if line]
    assert said.index("For it") < said.index("Against it")
    assert "   Cole · 2024-03-07 · said so, as far as the words show · speech-2" in said
    assert "   Bell · 2024-03-07 · voted no · speech-1" in said


def test_hearsay_is_shown_with_its_chain() -> None:
    claim = ClaimView("the abutment is sound", (("Bell", "Cole"),), ("Cole",), ())
    said = shown(answer("The record says, in 1 passage:", (), hit("Bell says so", "text-1"), reported=(claim,)))
    assert said[-2:] == ["Reported, from 1 independent origin: “the abutment is sound”", "    Bell ← Cole"]


def test_readings_are_numbered() -> None:
    readings = (Reading("motion-1", "the bridge"), Reading("motion-2", "the lease"))
    said = shown(Told("Who moved it?", "ambiguous", "mover", None, "Which?", readings=readings))
    assert said[1:3] == [" 1. the bridge · motion-1", " 2. the lease · motion-2"]


@pytest.mark.parametrize("width", [40, 60, 140])
def test_no_line_is_wider_than_the_terminal_or_padded(width: int) -> None:
    value = answer(LONG[:300], tuple(fact(LONG[:90], f"decision-{at}") for at in range(6)), hit(LONG[:400]))
    for line in (*shown(value, width=width), *shown(value, True, width)):
        assert len(line) <= width and line == line.rstrip()
