"""A day without its year is the day of a sitting, or no day at all."""

from __future__ import annotations

import pytest

from remembrancer.memory.asking.understanding.times import dates_in
from remembrancer.memory.asking.understanding.tokens import tokens

MET = ("2030-02-25", "2031-03-04", "2031-05-05", "2032-05-05")


def told(question: str) -> list[str]:
    words = tokens(question)
    return [edtf for _, edtf in dates_in(question, words, [True] * len(words), frozenset(), MET).values()]


@pytest.mark.parametrize("question", ["Pier board, Feb 25 - seconder", "did Bell come on 25 February"])
def test_a_day_without_its_year_is_the_one_sitting_of_that_day(question: str) -> None:
    assert told(question) == ["2030-02-25"]


@pytest.mark.parametrize("question", ["who came on 5 May", "who came on 6 June"])
def test_of_several_years_or_none_no_day_is_chosen(question: str) -> None:
    assert told(question) == []


def test_a_year_that_is_written_stays() -> None:
    assert told("who came on 25 February 2019") == ["2019-02-25"]
