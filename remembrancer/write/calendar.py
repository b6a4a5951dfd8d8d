"""Sittings as a calendar (iCalendar, RFC 5545): whole days, since the record knows no hours."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import NamedTuple

from icalendar import Calendar, Event

DAY = timedelta(days=1)
MAKER = "-//Remembrancer//Sittings//EN"


class Held(NamedTuple):
    """A sitting: its id, EDTF dates, and when the record learned of it."""

    id: str
    title: str
    dates: tuple[str, ...]
    venue: str
    link: str
    recorded: str


def write(name: str, sittings: Iterable[Held]) -> bytes:
    """The calendar. What has no exact day is left out; days that follow each other are one event."""
    calendar = Calendar()
    calendar.add("prodid", MAKER)
    calendar.add("version", "2.0")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", DAY, parameters={"value": "DURATION"})
    for each in sittings:
        for number, (first, last) in enumerate(_stretches(each.dates)):
            calendar.add_component(_event(each, number, first, last))
    made: bytes = calendar.to_ical()
    return made


def _event(held: Held, number: int, first: date, last: date) -> Event:
    """One stretch of days; the first of a sitting keeps its name when others are added to it."""
    event = Event()
    event.add("uid", f"{held.id}-{first.isoformat()}" if number else held.id)
    event.add("dtstamp", datetime.fromisoformat(held.recorded))
    event.add("dtstart", first)
    event.add("dtend", last + DAY)
    event.add("summary", held.title)
    if held.venue:
        event.add("location", held.venue)
    event.add("url", held.link)
    event.add("transp", "TRANSPARENT")
    return event


def _stretches(dates: Iterable[str]) -> Iterator[tuple[date, date]]:
    """The first and last day of each run of days."""
    days = sorted({day for each in dates for day in days_of(each)})
    for at, day in enumerate(days):
        if at == 0 or day - days[at - 1] > DAY:
            first = day
        if at + 1 == len(days) or days[at + 1] - day > DAY:
            yield first, day


def days_of(told: str) -> Iterator[date]:
    """The days of an exact date, or of a stretch between two; none of one that is not exact."""
    start, _, end = told.partition("/")
    try:
        first, last = date.fromisoformat(start), date.fromisoformat(end or start)
    except ValueError:
        return
    for number in range(min((last - first).days, 366) + 1):
        yield first + number * DAY
