"""Counts in running text, in seven languages: what is counted is read, and nothing else is."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from remembrancer.read.house import House
from remembrancer.register.passes.tallies import number_in, tallies_in, tally_words

EN = tally_words("en", House())

YES_NO_ABSTAIN = {
    "en": ("{} for, {} against, {} abstentions", "For: {}; Against: {}; Abstain: {}", "carried {}-{}-{}"),
    "de": (
        "mit {} Ja-Stimmen, {} Nein-Stimmen und {} Enthaltungen",
        "Ja: {}, Nein: {}, Enthaltungen: {}",
        "mit {}:{}:{} Stimmen",
    ),
    "fr": ("pour : {}, contre : {}, abstentions : {}", "{} voix pour, {} voix contre et {} abstentions"),
    "pt": ("com {} votos a favor, {} votos contra e {} abstenções",),
    "es": ("votos a favor, {}; en contra, {}; abstenciones, {}",),
    "gl": ("votos a favor, {}; en contra, {}; abstencións, {}",),
    "ru": ("за – {}, против – {}, воздержались – {}", "{} голосов за, {} против, {} воздержались"),
}


@pytest.mark.parametrize("language", YES_NO_ABSTAIN)
@settings(deadline=None, max_examples=25)
@given(numbers=st.tuples(*[st.integers(0, 999)] * 3))
def test_numbers_are_read_as_they_are_written(language: str, numbers: tuple[int, int, int]) -> None:
    for form in YES_NO_ABSTAIN[language]:
        text = f"{form.format(*numbers)}."
        found = tallies_in(text, tally_words(language, House()))
        assert [tally.counts for tally in found] == [tuple(zip(("yes", "no", "abstain"), numbers, strict=True))], text


@pytest.mark.parametrize(
    ("language", "text", "counts"),
    [
        ("en", "seven in favour, two against", (("yes", 7), ("no", 2))),
        ("en", "twenty-one votes in favour and none against", (("yes", 21), ("no", 0))),
        ("en", "MOTION CARRIED (14 to 0)", (("yes", 14), ("no", 0))),
        ("en", "It was carried by 6 votes to 3.", (("yes", 6), ("no", 3))),
        ("en", "on a 5-2 vote", (("yes", 5), ("no", 2))),
        ("en", "defeated by 31 votes to 20", (("no", 31), ("yes", 20))),
        ("en", "Ayes: 7\nNays: 2\nAbsent: 1", (("yes", 7), ("no", 2), ("absent", 1))),
        ("en", "4 votes for (Ash, Birch, Cole, Dean), 1 against (Elm)", (("yes", 4), ("no", 1))),
        ("de", "einundzwanzig Ja-Stimmen, ohne Gegenstimmen", (("yes", 21), ("no", 0))),
        ("de", "einstimmig bei zwei Enthaltungen", (("abstain", 2),)),
        ("fr", "vingt et une voix pour, aucune abstention", (("yes", 21), ("abstain", 0))),
        ("pt", "sete votos a favor, um voto contra", (("yes", 7), ("no", 1))),
        ("gl", "votos a favor, 42; en contra, 33; abstencións, ningunha", (("yes", 42), ("no", 33), ("abstain", 0))),
        ("ru", "«За» — 12, «против» — нет, воздержался — 1", (("yes", 12), ("no", 0), ("abstain", 1))),
    ],
)
def test_usual_forms_are_read(language: str, text: str, counts: tuple[tuple[str, int], ...]) -> None:
    assert [tally.counts for tally in tallies_in(text, tally_words(language, House()))] == [counts]


@pytest.mark.parametrize(
    "text",
    [
        "No. 5 for 3 years",
        "The meeting passed 12:30 without a break.",
        "Carried over to 7-2-2021.",
        "Approved 3 to 5 days of leave",
        "Section 2 for 3 houses",
        "It was 3 to 4 years ago.",
        "The motion failed 6-3.",
        "We are for it, they are against.",
    ],
)
def test_what_may_be_something_else_is_no_tally(text: str) -> None:
    assert tallies_in(text, EN) == []


def test_a_label_belongs_to_the_number_behind_its_colon() -> None:
    text = "On item 5 for: 7, against: 2"
    (tally,) = tallies_in(text, EN)
    assert (tally.counts, text[tally.start : tally.end]) == ((("yes", 7), ("no", 2)), "for: 7, against: 2")


def test_the_same_choice_again_begins_another_tally() -> None:
    found = tallies_in("First vote: 7 for, 2 against. Second vote: 5 for, 4 against.", EN)
    assert [tally.counts for tally in found] == [(("yes", 7), ("no", 2)), (("yes", 5), ("no", 4))]


@settings(deadline=None)
@given(st.text("For against:7 to-(abstain).\n,vote3", max_size=80))
def test_tallies_lie_in_the_text_in_order_and_apart(text: str) -> None:
    found = tallies_in(text, EN)
    edges = [edge for tally in found for edge in (tally.start, tally.end)]
    assert edges == sorted(edges)
    assert all(0 <= tally.start < tally.end <= len(text) and tally.counts for tally in found)


@pytest.mark.parametrize(("text", "number"), [("12", 12), ("twelve", 12), ("thirty-two", 32), ("the twelfth", None)])
def test_a_number_is_read_in_figures_and_in_words(text: str, number: int | None) -> None:
    assert number_in(text, EN) == number
