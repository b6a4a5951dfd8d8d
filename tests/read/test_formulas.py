"""The minutes' own voice closes a speech; a word of it in the middle of what is said does not."""

import pytest

from remembrancer.model import Section
from remembrancer.read import markdown
from remembrancer.read.account import account
from remembrancer.read.formulas import formula_of
from remembrancer.read.house import DEFAULT

TURNS = "WARD: It squeaks.\n\nBAKER: It does.\n\nWARD: Oil it.\n\nBAKER: {spoken}\n\n{line}\n"


def sections_of(line: str, spoken: str = "Gladly.") -> list[tuple[str, Section]]:
    """Who says the line, if anybody, and the section of the text or speech that it stands in."""
    text = f"# Minutes of 3 March 2031\n\n{TURNS.format(spoken=spoken, line=line)}"
    reading = markdown.read(text.encode(), "notes.md", DEFAULT)
    account(reading)
    spot = text.encode().rindex(line.encode()) + len(line.encode()) - 3
    found = [("", known) for known in reading.proceedings.texts]
    found += [(known.speaker, known) for known in reading.proceedings.speeches]  # type: ignore[misc]
    return [(name, known.section) for name, known in found if any(start <= spot < end for start, end in known.spans)]


@pytest.mark.parametrize(
    ("line", "section"),
    [
        ("Resolved that the gate be oiled.", "conclusion"),
        ("RESOLVED, unanimously, to oil the gate.", "conclusion"),
        ("Resolved 2031/5: the gate is oiled.", "conclusion"),
        ("It was agreed that the gate be oiled.", "conclusion"),
        ("It was unanimously resolved to oil the gate.", "conclusion"),
        ("NOW, THEREFORE, BE IT RESOLVED that it be oiled.", "conclusion"),
        ("WHEREAS the gate squeaks,", "text"),
        ("The motion was carried.", "vote"),
        ("The motion is lost by 3 to 2.", "vote"),
        ("The amendment, as amended, was duly adopted.", "vote"),
        ("Motion carried.", "vote"),
        ("Carried unanimously.", "vote"),
        ("Vote: 3 to 1", "vote"),
        ("In favour: 7", "vote"),
        ("Against: 2", "vote"),
        ("Ayes: Able, Cook", "vote"),
        ("On a show of hands, 7 were for it.", "vote"),
        ("Proposed by Ann Able, seconded by Cem Cook.", "motion"),
        ("Cllr Able moved, seconded by Cllr Cook, that it be oiled.", "motion"),
        ("Beschlossen wird die Ölung des Tores.", "conclusion"),
        ("Der Antrag wird einstimmig angenommen.", "vote"),
        ("Einstimmig angenommen.", "vote"),
        ("Adopté à l'unanimité.", "vote"),
        ("La motion est adoptée.", "vote"),
        ("Aprobado por unanimidad.", "vote"),
        ("Aprovado por unanimidade.", "vote"),
        ("Votos a favor, 7; en contra, 2.", "vote"),
    ],
)
def test_a_formula_is_nobodys_words(line: str, section: Section) -> None:
    assert sections_of(line) == [("", section)]


@pytest.mark.parametrize(
    "line",
    [
        "Resolved is a strong word for it.",
        "The motion passed last year was better.",
        "I moved it and Ann seconded it, years ago.",
        "For us it is dear.",
        "On a day like this it squeaks.",
        "Agreed.",
        "Adopted children use the gate.",
    ],
)
def test_words_like_a_formula_stay_the_speakers(line: str) -> None:
    assert formula_of(line) is None
    assert sections_of(line) == [("BAKER", "text")]


@pytest.mark.parametrize(
    "line", ["Resolved that nobody sleeps.", "- Resolved that nobody sleeps.", "> It was agreed that all sleep."]
)
def test_what_a_speakers_sentence_leads_to_is_the_speakers(line: str) -> None:
    assert sections_of(line, "This is what I wrote to them:") == [("BAKER", "text")]


def test_a_formula_in_the_middle_of_a_wrapped_sentence_is_the_speakers() -> None:
    assert sections_of("And so I say that we\nResolved that in haste.") == [("BAKER", "text")]


@pytest.mark.parametrize(
    ("table", "who"),
    [
        ("| Member | Vote |\n|---|---|\n| Able | Aye |\n| Cook | Absent |", ("", "vote")),
        ("| Member | Vote |\n|---|---|\n| Able | Yes |\n| Cook | No |", ("", "vote")),
        ("| For | Against |\n|---|---|\n| 7 | 2 |", ("", "vote")),
        ("| Name | Party | Choice |\n|---|---|---|\n| Able | Mill | Against |", ("", "vote")),
        ("| Gate | Oiled |\n|---|---|\n| North | Yes |\n| South | No |", ("BAKER", "text")),
    ],
)
def test_a_table_of_votes_is_nobodys_words(table: str, who: tuple[str, Section]) -> None:
    assert sections_of(table) == [who]
