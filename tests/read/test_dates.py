"""Dates keep the precision they were written with, and what is no date is none."""

from datetime import date

import pytest
from babel.dates import format_date
from hypothesis import given
from hypothesis import strategies as st

from remembrancer.read.dates import LANGUAGES, edtf, find, from_path, time_of_day


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("May 22, 2012 Meeting Notes", "2012-05-22"),
        ("8 June, 2022", "2022-06-08"),
        ("17-19 March 2024", "2024-03-17/2024-03-19"),
        ("February 28 - March 2, 2022", "2022-02-28/2022-03-02"),
        ("Thu, Aug 30, 2018 14:00 UTC", "2018-08-30"),
        ("Thursday 2020/4/09", "2020-04-09"),
        ("April 2024", "2024-04"),
        ("2012-05", "2012-05"),
        ("the 21st day of January, 2025", "2025-01-21"),
        ("10.02.2021", "2021-02-10"),
        ("3. März 2024", "2024-03-03"),
        ("12 de marzo de 2021", "2021-03-12"),
        ("5 марта 2022 г.", "2022-03-05"),
        ("Meeting #16 May 30, 2018", "2018-05-30"),
        ("Friday 8/11/17", "2017-08-11"),
    ],
)
def test_a_date_is_read_with_its_precision(text: str, value: str) -> None:
    assert find(text)[0].value == value


@pytest.mark.parametrize(
    "text", ["3/4/2024", "2024-13-40", "may be 5 of us", "20 members", "set 2020", "version 12", "May 3rd"]
)
def test_what_is_ambiguous_or_no_date_is_none(text: str) -> None:
    assert find(text) == []


def test_a_house_decides_which_number_is_the_day() -> None:
    assert find("3/4/2024", order="day")[0].value == "2024-04-03"
    assert find("3/4/2024", order="month")[0].value == "2024-03-04"


def test_a_day_without_a_year_takes_the_years_of_the_path_and_says_so() -> None:
    found = find("the May 23rd call, 4pm", year="2023")[0]
    assert (found.value, found.whole) == ("2023-05-23", False)


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)), st.sampled_from(LANGUAGES))
def test_every_day_written_long_in_every_language_is_read(day: date, language: str) -> None:
    text = format_date(day, "long", locale=language)
    assert [found.value for found in find(text)] == [day.isoformat()]


@given(st.text(max_size=60))
def test_whatever_is_found_lies_in_the_text_and_in_the_calendar(text: str) -> None:
    for found in find(text, year="2020"):
        assert 0 <= found.start < found.end <= len(text)
        for part in found.value.split("/"):
            assert edtf(*map(int, part.split("-"))) == part


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("meetings/2012-05/may-22.md", "2012-05-22"),
        ("main/2023/CG-05-23.md", "2023-05-23"),
        ("stack/2022/9-26-22.md", "2022-09-26"),
        ("2025-01/2025-01-13 2nd Meeting.md", "2025-01-13"),
        ("20180530_meeting-16/x.md", "2018-05-30"),
        ("updates/2021-11-update.md", "2021-11"),
        ("policies/travel.md", ""),
    ],
)
def test_a_path_tells_its_date(path: str, value: str) -> None:
    assert from_path(path).date == value


def test_a_house_tells_the_key_that_joins_files_of_one_sitting() -> None:
    facts = from_path("m/2012-05/may-22.md", [r"(?P<key>\d{4}-\d{2})/"])
    assert (facts.key, facts.date) == ("2012-05", "2012-05-22")


@pytest.mark.parametrize(
    ("words", "time"),
    [
        ("7.15 pm", "19:15"),
        ("at 19:42", "19:42"),
        ("12 a.m.", "00:00"),
        ("14h05", "14:05"),
        ("item 4", ""),
        ("4.2", ""),
    ],
)
def test_times_of_day(words: str, time: str) -> None:
    assert time_of_day(words) == time
