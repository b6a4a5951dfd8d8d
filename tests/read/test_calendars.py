"""The names of months and weekdays are those of CLDR."""

import pytest
from babel import Locale

from remembrancer.memory.stopwords import STOP
from remembrancer.read.calendars import MONTHS, WEEKDAYS, months, weekdays
from remembrancer.read.dates import LANGUAGES


@pytest.mark.parametrize("language", MONTHS)
def test_months_are_those_of_cldr(language: str) -> None:
    for number, name in Locale(language).months["format"]["wide"].items():
        assert months(language)[name.casefold()] == number


@pytest.mark.parametrize("language", WEEKDAYS)
def test_weekdays_are_those_of_cldr(language: str) -> None:
    for width in ("wide", "abbreviated"):
        for number, name in Locale(language).days["format"][width].items():
            assert weekdays(language)[name.casefold().rstrip(".")] == number


def test_every_language_that_is_read_or_asked_in_has_names() -> None:
    assert {*LANGUAGES, *STOP} <= MONTHS.keys()
    assert set(LANGUAGES) <= WEEKDAYS.keys()
    assert months("xx") == {}
