"""Laws of how languages ask: phrases as data, times, and names spelled otherwise."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import zip_longest
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from remembrancer.memory.asking.question import Kind, Listed, Sought
from remembrancer.memory.asking.understanding.kinds import core, turned, uncleft, wanted
from remembrancer.memory.asking.understanding.naming import Names, number_keys
from remembrancer.memory.asking.understanding.phrases import Phrase, found, parsed
from remembrancer.memory.asking.understanding.spelling import Spellings, sounds
from remembrancer.memory.asking.understanding.tokens import tokens
from remembrancer.memory.asking.understanding.understand import understand
from remembrancer.memory.asking.understanding.wording import LANGUAGES, languages_of, wording
from remembrancer.register.rows import Register

TODAY = "2031-06-20"
EMPTY = Names(Register())


def instance(phrase: Phrase) -> list[str]:
    """Words that a phrase should be found in."""
    made: list[str] = []
    for element in phrase.elements:
        words = sorted(element.words) or list(element.stems) or ["smith" if element.name == "p" else "zyx"]
        made += words[:1] if element.least or not element.words else []
    return made


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_phrase_of_a_language_is_found_in_its_own_words_and_asks_for_what_there_is(language) -> None:
    for ask in wording(language).asks:
        words = instance(ask.phrase)
        assert found(ask.phrase, words, lambda start, end, said=words: said[start:end] == ["smith"]) is not None
        assert ask.kind in get_args(Kind)
        assert ask.listed in get_args(Listed)
        assert ask.sought in get_args(Sought)


@pytest.mark.parametrize("language", ["en", "de"])
def test_a_complete_language_asks_for_every_kind_but_open_passages(language) -> None:
    assert {ask.kind for ask in wording(language).asks} == {*get_args(Kind)} - {"passages"}


QUESTIONS = {
    "en": ("who moved the levy", "when was the levy adopted", "was the levy repealed", "levy seconder"),
    "de": ("wer stimmte dagegen", "wann wurde die Abgabe beschlossen", "wurde die Abgabe abgelehnt", "Antragsteller"),
}


@pytest.mark.parametrize("language", QUESTIONS)
def test_what_stands_idly_before_and_after_a_question_changes_nothing_that_it_asks(language: str) -> None:
    known = wording(language)
    for question in QUESTIONS[language]:
        words = [token.word for token in tokens(question)]
        plain = wanted(words, known, lambda start, end: False)
        for lead, tail in zip_longest(known.leads, known.tails):
            before, after = instance(lead) if lead else [], instance(tail) if tail else []
            whole = [*before, *words, *after]
            start, end = core(whole, known)
            found_in = wanted(whole[start:end], known, lambda start, end: False)
            assert plain and found_in and found_in.ask == plain.ask, whole


def test_an_indirect_question_is_turned_into_a_direct_one() -> None:
    english, german = wording("en"), wording("de")
    assert [["where", "it", "is"][at] for at in turned(["where", "it", "is"], english)] == ["where", "is", "it"]
    said = ["ob", "es", "beschlossen", "wurde"]
    assert [said[at] for at in turned(said, german)] == ["wurde", "es", "beschlossen"]
    said = ["wer", "dagegen", "gestimmt", "hat"]
    assert [said[at] for at in turned(said, german)] == ["wer", "hat", "dagegen", "gestimmt"]
    assert turned(["who", "moved", "it"], english) == [0, 1, 2]


def test_what_lifts_a_word_out_is_left_out() -> None:
    said = ["who", "was", "it", "that", "moved", "this"]
    assert [said[at] for at in uncleft(said, wording("en"))] == ["who", "moved", "this"]


def test_contractions_are_two_words_with_and_without_their_apostrophe() -> None:
    for said in ("who's there", "whos there"):
        assert [token.word for token in tokens(said)][:2] in (["who", "is"], ["who", "s"])
    for said in ("who didn't vote", "who didnt vote"):
        assert [token.word for token in tokens(said)] == ["who", "did", "not", "vote"]
    assert [token.word for token in tokens("whose does his")] == ["whose", "does", "his"]


def test_a_comma_parts_a_number_from_the_month_that_follows() -> None:
    told = understand("what was decided on stage 4, February 2023", EMPTY, TODAY, ["en"]).period
    assert told and (told.first, told.last) == ("2023-02-01", "2023-02-28")


def test_a_gap_stands_for_no_more_words_than_it_says() -> None:
    phrase = parsed("was *2 adopted $", {})
    assert found(phrase, ["was", "the", "fence", "adopted"], lambda start, end: False) is not None
    assert found(phrase, ["was", "the", "old", "fence", "adopted"], lambda start, end: False) is None


def test_a_list_that_there_is_not_is_a_fault_of_the_file() -> None:
    with pytest.raises(KeyError):
        parsed("who was {bishop}", {})


def test_what_no_language_knows_is_asked_in_that_of_the_record() -> None:
    assert languages_of(["zyxwv"], ["de"])[0] == "de"
    assert languages_of(["wer", "hat", "das", "gesagt"], ["en"])[0] == "de"
    assert languages_of(["кто", "сказал"], [])[0] == "ru"


def period(text: str) -> tuple[str, str]:
    told = understand(text, EMPTY, TODAY, ["en"]).period
    return (told.first, told.last) if told else ("", "")


@given(st.integers(1900, 2099))
@settings(max_examples=30, deadline=None)
def test_before_a_year_ends_the_day_before_since_begins_and_until_the_day_before_after(year) -> None:
    assert date.fromisoformat(period(f"what was decided before {year}")[1]) + timedelta(1) == date(year, 1, 1)
    assert period(f"what was decided since {year}") == (f"{year}-01-01", "")
    assert date.fromisoformat(period(f"what was decided until {year}")[1]) + timedelta(1) == date(year + 1, 1, 1)
    assert period(f"what was decided after {year}") == (f"{year + 1}-01-01", "")
    assert period(f"what was decided in {year}") == (f"{year}-01-01", f"{year}-12-31")


@pytest.mark.parametrize(
    ("said", "first", "last"),
    [
        ("on 7 March 2024", "2024-03-07", "2024-03-07"),
        ("in March 2024", "2024-03-01", "2024-03-31"),
        ("between March 2024 and 5 May 2025", "2024-03-01", "2025-05-05"),
        ("from 2020 to 2022", "2020-01-01", "2022-12-31"),
        ("last year", "2030-01-01", "2030-12-31"),
        ("last month", "2031-05-01", "2031-05-31"),
        ("this year", "2031-01-01", "2031-12-31"),
        ("two years ago", "2029-01-01", "2029-12-31"),
        ("in the past six months", "2030-12-20", "2031-06-20"),
        ("last week", "2031-06-09", "2031-06-15"),
        ("yesterday", "2031-06-19", "2031-06-19"),
        ("by the end of 2020", "", "2020-12-31"),
    ],
)
def test_a_time_is_told_from_today(said, first, last) -> None:
    assert period(f"What was decided {said}?") == (first, last)


def test_a_year_that_is_part_of_a_number_is_no_time() -> None:
    assert period("What was decided about 2024/25?") == ("", "")


@pytest.mark.parametrize(
    "alike",
    [
        ("Bazhanov", "Бажанов", "Bajanov", "Baschanow"),
        ("Müller", "Mueller", "Muller"),
        ("Чехов", "Chekhov", "Tschechow"),
    ],
)
def test_names_of_one_sound_share_a_key_in_every_script(alike) -> None:
    assert set.intersection(*(set(sounds(name)) for name in alike))


@given(st.text("abcdefghij", min_size=1, max_size=6), st.lists(st.text("klmnop", min_size=1, max_size=9)))
@settings(max_examples=50, deadline=None)
def test_a_short_word_is_never_taken_for_another(word, others) -> None:
    assert Spellings(others).alike(word) == ()


def test_words_that_differ_by_their_first_letters_and_their_ends_are_not_alike() -> None:
    assert Spellings(["decorators"]).alike("decoratros") == ("decorators",)
    assert Spellings(["lighting"]).alike("fighting") == ("lighting",)
    assert Spellings(["lighting"]).alike("fighters") == ()


def test_a_number_is_looked_up_whole_and_alone_where_it_is_no_mere_count() -> None:
    assert number_keys("Ordinance No. 54-089") == ("ordinance 54 89", "54 89")
    assert number_keys("Motion 7") == ("motion 7",)
    assert number_keys("") == ()


@given(st.text(max_size=60))
@settings(max_examples=100, deadline=None)
def test_words_stand_where_they_say_they_do(text) -> None:
    for token in tokens(text):
        assert text[token.start : token.end] == token.text


def test_humps_and_denials_are_words_of_their_own_and_surnames_are_not_cut() -> None:
    assert [token.word for token in tokens("McAdam didn't call findLast")] == [
        "mcadam",
        "did",
        "not",
        "call",
        "find",
        "last",
    ]
