"""Analyzers emit one normalised string, the same for a passage and for the query that looks for it."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from remembrancer.memory.analysis import LONGEST, STEMMERS, analyze, fold, readings, tokens
from remembrancer.memory.lookup import marks
from remembrancer.memory.query import parse

LANGUAGES = ["", "en", "de", "fr", "ru", "tr", "el", "xx", "pt-BR"]


@pytest.mark.parametrize(
    ("text", "language", "emitted"),
    [
        ("The Councils adopted it.", "en", "the council adopt it"),
        ("He leaves, she left; women withdrew", "en", "he leav she leav woman withdraw"),
        ("The Council’s and the council's", "en", "the council and the council"),
        ("Straßen, Bäume", "de", "strass baum"),
        ("l’école à Évian", "fr", "l ecol a evian"),
        ("Йод и ёлка", "ru", "йод и елк"),
        ("İstanbul", "", "istanbul"),
        ("हिन्दी", "hi", "हिन्दी"),
        ("EIP-1559", "en", "eip 1559 eip-1559"),
        ("on 2022-07-19 at 10:30", "en", "on 2022 07 19 at 10 30 2022-07-19 10:30"),
        ("v1.2.3", "en", "v1 2 3 v1.2.3"),
        ("£1,000", "en", "1 000 1,000 1000"),
        ("#1234 and C++", "en", "1234 and c #1234 c++"),
        ("and/or", "en", "and or"),
        ("snake_case", "en", "snake case snake_case"),
        ("... — ?", "en", ""),
    ],
)
def test_a_text_becomes_these_tokens(text: str, language: str, emitted: str) -> None:
    assert analyze(text, language) == emitted


@given(st.text(max_size=60), st.sampled_from(LANGUAGES))
def test_tokens_are_bounded_and_separated_by_single_spaces(text: str, language: str) -> None:
    emitted = analyze(text, language)
    assert emitted.split() == (emitted.split(" ") if emitted else [])
    assert all(len(token) <= 4 * LONGEST for token in emitted.split())


@given(st.text(max_size=40), st.sampled_from(LANGUAGES))
def test_every_letter_lies_in_a_token_with_its_place(text: str, language: str) -> None:
    covered = {at for token in tokens(text, language) for at in range(token.start, token.end)}
    assert {at for at, letter in enumerate(text) if letter.isalnum()} <= covered


@given(st.lists(st.text(alphabet="abäÉ12-._'", min_size=1, max_size=8), min_size=1), st.sampled_from(LANGUAGES))
def test_what_stands_in_a_text_is_found_by_its_own_words(runs: list[str], language: str) -> None:
    emitted = f" {analyze(' '.join(runs), language)} "
    for run in runs:
        for sequence in readings(run, [language]):
            assert f" {' '.join(sequence)} " in emitted


@given(st.text(max_size=30))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_a_word_is_looked_up_in_each_language_of_the_record() -> None:
    assert readings("Running", ["en", ""]) == [("running",), ("run",)]
    assert readings("EIP-1559", ["en", "de"]) == [("eip-1559",), ("eip", "1559")]
    assert readings("EIP-1559", ["en"], exact=True) == [("eip-1559",)]
    assert readings("1.2", ["en"]) == [("1.2",)]
    assert readings("?", ["en"]) == []


@pytest.mark.parametrize("code", sorted(STEMMERS))
def test_every_language_that_is_named_has_a_stemmer(code: str) -> None:
    assert analyze("a", code)


def test_it_is_fast_enough_for_a_record_of_a_town() -> None:
    texts = [
        f"The clerk of ward {number % 50} read the minutes of the last sitting aloud. " * 2 for number in range(9000)
    ]
    began = time.process_time()
    for text in texts:
        analyze(text, "en")
    assert len(texts) / (time.process_time() - began) > 5000


@pytest.mark.parametrize(
    ("query", "marked"),
    [
        ("levy", ["levies", "levy"]),
        ('"the levy" opposed', ["Opposing", "the levy"]),
        ("EIP-1559 1.2", ["EIP-1559", "1.2"]),
        ("1559", ["EIP-1559"]),
        ("-levy zebra", []),
        ("speaker:levies", []),
    ],
)
def test_what_a_query_found_is_marked_where_it_stands(query: str, marked: list[str]) -> None:
    text = "Opposing levies: the levy of EIP-1559, rule 1.2."
    assert [text[start:end] for start, end in marks(text, parse(query), "en")] == marked
