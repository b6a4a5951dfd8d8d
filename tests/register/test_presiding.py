"""Who presided is what a label at the head of the minutes, a formula or a role in the roll says, and nobody else."""

from __future__ import annotations

import pytest

from remembrancer.read import house as houses
from remembrancer.register.document import Document, read_document
from remembrancer.register.extract import extract
from remembrancer.register.facts import Presided
from remembrancer.register.passes.presiding import offices_of
from remembrancer.register.resolve import resolve

HOUSE = """
language = "LANGUAGE"
[sitting]
path = ['minutes/(?P<year>\\d{4})-(?P<month>\\d{2})-(?P<day>\\d{2})']
"""

MINUTES = """# Ferry board

Chair: Ann Dory
Note-taker: Ben Mole

Present: Ann Dory (AD), Ben Mole (BM), Cid Pike (CP)

## 1. Opening

Ms Dory called the meeting to order at 19:00.

## 2. Steps

AD: Chair is a word that I say.

CP: Chair: Ben Mole
"""


def read(text: str, language: str = "en") -> Document:
    return read_document(text.encode(), "minutes/2031-05-04.md", houses.parse(HOUSE.replace("LANGUAGE", language)))


def presided(text: str, language: str = "en") -> list[tuple[str, str]]:
    return sorted((fact.office, fact.label) for fact in extract(read(text, language)) if isinstance(fact, Presided))


def test_a_label_and_a_formula_say_who_presided_and_speech_does_not() -> None:
    assert presided(MINUTES) == [("chair", "Ann Dory"), ("chair", "Ms Dory"), ("scribe", "Ben Mole")]


def test_who_presided_has_one_presence_with_the_office_and_the_words_of_both() -> None:
    document = read(MINUTES)
    people = {person.name: person for person in resolve(extract(document)).people}
    (there,) = people["Ann Dory"].presences
    assert (there.present, there.role, there.offices) == (True, "Chair", ("chair",))
    quoted = [document.data[mark.start : mark.end].decode() for mark in there.marks]
    assert {"Ann Dory", "Chair"} <= set(quoted)
    assert any("called the meeting to order" in each for each in quoted)
    assert [each.offices for each in people["Cid Pike"].presences] == [()]


def test_who_is_only_labelled_is_there_by_full_name_and_a_bare_first_name_is_nobody() -> None:
    people = resolve(extract(read("# Call\n\nModerator: Dee Roach\n\nScribe: Tim\n\nANN: hello\n"))).people
    assert [(each.name, [row.offices for row in each.presences]) for each in people] == [("Dee Roach", [("chair",)])]


@pytest.mark.parametrize("line", ["Chair: Thanks everyone", "Chair: to be decided", "Chair: 13 for", "Theme: Ann Dory"])
def test_what_names_nobody_or_no_office_is_none(line: str) -> None:
    assert presided(f"# Call\n\n{line}\n\nANN: hello\n") == []


@pytest.mark.parametrize(
    ("role", "offices"),
    [
        ("Town Mayor, in the chair", ("chair", "mayor")),
        ("Chairman", ("chair",)),
        ("Co-Chair", ("chair",)),
        ("Facilitator", ("chair",)),
        ("Sitzungsleitung", ("chair",)),
        ("Presidente da Câmara", ()),
        ("Deputy Mayor", ()),
        ("vice chair", ()),
        ("Chair of the Silver Band", ()),
        ("Town Clerk", ("clerk",)),
        ("Voting Member, taking notes", ("scribe",)),
        ("Member", ()),
        ("", ()),
    ],
)
def test_the_kinds_of_office_that_a_role_names(role: str, offices: tuple[str, ...]) -> None:
    assert offices_of(role) == offices


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("de", "Frau Anna Dohr eröffnet um 19 Uhr die Sitzung."),
        ("fr", "La séance est tenue sous la présidence de Anne Doré."),
        ("pt", "A reunião foi presidida por Ana Dória."),
        ("es", "Ana Dorado presidió la sesión."),
        ("ru", "Председательствует тов. Анна Дорина."),
    ],
)
def test_every_language_has_its_formulas(language: str, sentence: str) -> None:
    assert [office for office, _ in presided(f"# X\n\n{sentence}\n", language)] == ["chair"]


def test_what_was_resolved_puts_people_in_other_chairs() -> None:
    resolved = "RESOLVED 2031/4: That the Steps Committee be appointed, with Cid Pike in the chair."
    assert presided(f"{MINUTES}\n## 3. Committees\n\n{resolved}\n") == presided(MINUTES)


@pytest.mark.parametrize(
    "sentence", ["The meeting was led by Ann Dory.", "Call facilitated by Ann Dory", "Ann Dory led the meeting."]
)
def test_who_led_the_meeting_presided(sentence: str) -> None:
    assert presided(f"# Ferry board\n\n{sentence}\n") == [("chair", "Ann Dory")]


def test_a_body_presides_over_nothing() -> None:
    assert presided("# Ferry board\n\nThe walk was led by Ann Dory. The TC chaired the meeting.\n") == []
