"""Months as small calendars: a table of weeks, which begin with the day that the page's language has first."""

from __future__ import annotations

import calendar
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from django.utils import formats
from django.utils.dates import WEEKDAYS, WEEKDAYS_ABBR
from django.utils.html import format_html_join
from django.utils.safestring import SafeString


class Month(NamedTuple):
    """A month by its first day, with its weeks as the rows of a table."""

    first: date
    weeks: SafeString


def months(year: int, linked: Mapping[date, SafeString]) -> Iterator[Month]:
    """The months of a year in which there are days that lead somewhere; ``linked`` holds what shows each of them."""
    weeks = calendar.Calendar(_first_weekday())
    for month in sorted({day.month for day in linked if day.year == year}):
        rows = ((_row(week, month, linked),) for week in weeks.monthdatescalendar(year, month))
        yield Month(date(year, month, 1), format_html_join("\n", "<tr>{}</tr>", rows))


def _row(week: Sequence[date], month: int, linked: Mapping[date, SafeString]) -> SafeString:
    """The days of a week; those of another month are left empty."""
    shown = (linked.get(day, day.day) if day.month == month else "" for day in week)
    return format_html_join("", "<td>{}</td>", ((each,) for each in shown))


def weekdays() -> Iterator[tuple[str, str]]:
    """The days of a week as this language begins it: short, and in full."""
    for at in range(7):
        day = (at + _first_weekday()) % 7
        yield str(WEEKDAYS_ABBR[day]), str(WEEKDAYS[day])


def _first_weekday() -> int:
    """The day a week begins with in this language, 0 being Monday; Django's 0 is Sunday."""
    return (int(formats.get_format("FIRST_DAY_OF_WEEK")) - 1) % 7
