"""Dates and times of day as minutes write them, with the precision they have.

Dates become EDTF level 0: ``7 March 2024`` is ``2024-03-07``, ``March 2024`` is ``2024-03``, ``17-19 March
2024`` is ``2024-03-17/2024-03-19``, ``2024年3月5日`` is ``2024-03-05``. Month names are English, German, French,
Portuguese, Spanish, Galician, Russian, Arabic and Hebrew. A date of digits that may be read in two ways
(``3/4/2024``) is none, unless its weekday or the house decides. Numbers that are no date of a calendar
(``2024-13-40``) are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from remembrancer.model import Sitting
from remembrancer.read.calendars import months, weekdays

Order = Literal["", "day", "month"]
"""Which comes first in a date of digits; empty where nobody says."""

LANGUAGES = ("en", "de", "fr", "pt", "es", "gl", "ru", "ar", "he")
FIRST_YEAR, LAST_YEAR = 1800, 2100
FIRST_DAY, LAST_DAY = 0, 99_999_999
"""The days before and after every date, in the form of ``days``."""

_EDTF = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?[?~%]?")


class Days(NamedTuple):
    """The first and last day that a date may mean, as numbers ``yyyymmdd``; unknown parts are 00 and 99."""

    first: int
    last: int


class Found(NamedTuple):
    """A date at characters ``start:end``. ``whole``: the year is in the text, not supplied by the caller."""

    value: str
    start: int
    end: int
    whole: bool = True


class PathFacts(NamedTuple):
    """What a path says: an EDTF date (or empty), its year, and the groups ``key`` and ``title`` of a house."""

    date: str = ""
    year: str = ""
    key: str = ""
    title: str = ""


@cache
def _months() -> dict[str, int]:
    names = {"sept": 9}
    for language in LANGUAGES:
        names |= months(language)
    return names


@cache
def _weekdays() -> dict[str, int]:
    names: dict[str, int] = {}
    for language in LANGUAGES:
        names = weekdays(language) | names
    return names


def _alternatives(names: Iterable[str]) -> str:
    return "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    """Most precise first; each text is matched once, by the first that fits at its place."""
    month = rf"(?P<month>{_alternatives(_months())})\.?"
    last_month = rf"(?P<last_month>{_alternatives(_months())})\.?"
    weekday = rf"(?:(?P<weekday>{_alternatives(_weekdays())})\.?,?\s+(?:(?:den|le|the|dia|o|el)\s+)?)?"
    dash = r"\s*(?:-|–|—|/|&|to|and|through|bis|und|au|et|a|al|y|e|по|и)\s*"
    ordinal = r"(?:(?:st|nd|rd|th)(?: day)?|er|\.|º|°|-го)?"
    year = r"(?P<year>\d{4})(?!\d|[-/]\d)"
    of = r"[\s,،]+(?:(?:of|de|do|del|den)\s+|ב)?"
    iso = r"(?<![\d-])(?P<year>\d{4})(?P<sign>[-./])(?P<month>\d{1,2})(?P=sign)(?P<day>\d{1,2})(?![\d-])"
    iso_range = rf"{iso}(?:\s*(?:/|to|–|bis)\s*(?P<last_year>\d{{4}})-(?P<last_month>\d{{2}})-(?P<last>\d{{2}}))?"
    day_first = (
        rf"{weekday}(?<!\d)(?P<day>\d{{1,2}}){ordinal}(?:\s+{last_month}\b)?(?:{dash}(?P<last>\d{{1,2}}){ordinal})?"
        rf"{of}{month}(?:{of}{year})?"
    )
    month_first = (
        rf"{weekday}\b{month}\s+(?:the\s+)?(?P<day>\d{{1,2}})(?!\d|:\d|\.\d){ordinal}"
        rf"(?:{dash}(?:{last_month}\s+)?(?P<last>\d{{1,2}})(?!\d|:\d){ordinal})?(?:[\s,]+(?:of\s+)?{year})?"
    )
    digits = (
        rf"{weekday}(?<![\d./-])(?P<one>\d{{1,2}})(?P<sign>[./-])(?P<two>\d{{1,2}})"
        r"(?P=sign)(?P<year>\d{4}|\d{2})(?![\d./-]\d|\d)"
    )
    month_only = rf"\b{month}{of}{year}"
    iso_month = r"(?<![\d-])(?P<year>\d{4})-(?P<month>\d{2})(?![\d-])"
    counted = r"(?P<year>\d{4})\s*[年년]\s*(?P<month>\d{1,2})\s*[月월](?:\s*(?P<day>\d{1,2})\s*[日号號일])?"
    expressions = (iso_range, counted, day_first, month_first, digits, month_only, iso_month)
    return tuple(re.compile(expression, re.IGNORECASE) for expression in expressions)


@cache
def _hint() -> re.Pattern[str]:
    """What every date has: a month's name near a number, or numbers with a sign between."""
    month = rf"(?:{_alternatives(_months())})"
    return re.compile(rf"\d[./-]\d|\d\s*[年년]\s*\d|\d\D{{0,14}}\bב?{month}|\b{month}\D{{1,14}}\d", re.IGNORECASE)


def find(text: str, year: str = "", order: Order = "") -> list[Found]:
    """Every date in a short text, in order. ``year`` completes days without one (``May 3rd``)."""
    if not _hint().search(text):
        return []
    found: list[Found] = []
    candidates = [_found(match, year, order) for pattern in _patterns() for match in pattern.finditer(text)]
    for candidate in sorted((known for known in candidates if known), key=lambda known: not known.whole):
        if not any(candidate.start < known.end and candidate.end > known.start for known in found):
            found.append(candidate)
    return sorted(found, key=lambda known: known.start)


def _found(match: re.Match[str], year: str, order: Order) -> Found | None:
    groups = match.groupdict()
    if groups.get("one"):
        value = _of_digits(groups, order)
        return Found(value, *match.span()) if value else None
    written = groups.get("year")
    known = written or year
    value = _edtf(groups, known) if known else ""
    return Found(value, *match.span(), whole=bool(written)) if value else None


def _edtf(groups: dict[str, str | None], year: str) -> str:
    month = _month(groups["month"] or "")
    if not groups.get("day"):
        return edtf(int(year), month)
    first = edtf(int(year), month, int(groups["day"] or 0))
    last_month = _month(groups.get("last_month") or "")
    if not groups.get("last"):
        return first
    last_year = int(groups.get("last_year") or year)
    if groups.get("year") and not groups.get("last_year") and last_month and last_month < month:
        month, last_month = last_month, month
        first = edtf(int(year), month, int(groups["day"] or 0))
    last = edtf(last_year, last_month or month, int(groups["last"] or 0))
    return f"{first}/{last}" if first and last and first < last else first


def _month(name: str) -> int:
    return int(name) if name.isdigit() else _months().get(name.casefold().rstrip("."), 0)


def edtf(year: int, month: int = 0, day: int = 0) -> str:
    """An EDTF date of the precision given, or the empty string where no calendar has it."""
    if not FIRST_YEAR <= year <= LAST_YEAR or not 0 <= month <= 12:
        return ""
    if not day:
        return f"{year:04}-{month:02}" if month else f"{year:04}"
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""


@lru_cache(4096)
def days(date: str) -> Days | None:
    """The days of an EDTF date or interval; None where there is no date to compare.

    >>> tuple(days("2024-03")), tuple(days("2024-03-07/2024-03-09")), tuple(days("2024/..")), days("")
    ((20240300, 20240399), (20240307, 20240309), (20240000, 99999999), None)
    """
    start, slash, end = date.partition("/")
    first = _EDTF.fullmatch(start)
    last = _EDTF.fullmatch(end) if slash else first
    if first is None and last is None:
        return None
    return Days(_day(first, "00") if first else FIRST_DAY, _day(last, "99") if last else LAST_DAY)


def _day(date: re.Match[str], unknown: str) -> int:
    year, month, day = date.groups()
    return int(f"{year}{month or unknown}{day or unknown}")


def _of_digits(groups: dict[str, str | None], order: Order) -> str:
    one, two, year = (int(groups[name] or 0) for name in ("one", "two", "year"))
    year += 2000 if year < 70 else 1900 if year < 100 else 0
    readings = {"day": edtf(year, two, one), "month": edtf(year, one, two)}
    if groups["sign"] == ".":
        return readings["day"]
    possible = {value for value in readings.values() if value}
    weekday = _weekdays().get((groups.get("weekday") or "").casefold())
    if weekday is not None:
        possible = {value for value in possible if date.fromisoformat(value).weekday() == weekday} or possible
    if len(possible) == 1:
        return possible.pop()
    return readings.get(order, "")


TIME = re.compile(
    r"(?<![\d:.])(?P<hour>\d{1,2})(?:(?P<sign>[:.h])(?P<minute>\d{2})(?!\d))?\s*(?P<half>[ap]\.?\s?m\b\.?|uhr\b|h\b|noon\b)?",
    re.IGNORECASE,
)


def time_of_day(text: str) -> str:
    """The first time of day as ``HH:MM``, or the empty string: ``7.15 pm``, ``19:42``, ``7 p.m.``, ``14h05``."""
    for match in TIME.finditer(text):
        half = (match["half"] or "").lower()
        hour, minute = int(match["hour"]), int(match["minute"] or 0)
        if not half and match["sign"] != ":" and not (match["sign"] == "h" and match["minute"]):
            continue
        if half.startswith("p") and hour < 12:
            hour += 12
        elif half.startswith("a") and hour == 12:
            hour = 0
        if hour < 24 and minute < 60:
            return f"{hour:02}:{minute:02}"
    return ""


_DAY = r"(?<!\d)(?P<year>(?:18|19|20)\d{2})([-_.]?)(?P<month>\d{2})\2(?P<day>\d{2})(?!\d)"
_YEAR_MONTH = r"(?<!\d)(?P<year>(?:19|20)\d{2})[-_/](?P<month>\d{2})(?!\d)"
_FOLDER_DAY = (
    r"(?:^|/)(?P<year>(?:19|20)\d{2})/(?:[^/]*?[^/\d])??(?P<month>\d{1,2})-(?P<day>\d{1,2})(?:-\d{2})?(?!\d|-\d)[^/]*$"
)
_YEAR = r"(?:^|/)(?P<year>(?:18|19|20)\d{2})(?:[-/ ]|(?=\.\w+$))"


@cache
def _path_patterns() -> tuple[re.Pattern[str], ...]:
    names = _alternatives(_months())
    named = (
        r"(?<!\d)(?P<year>(?:19|20)\d{2})(?:[-/]\d{2})?[-/_ ](?:[^/]*/)?"
        rf"(?P<month>{names})[-_ ]?(?P<day>\d{{1,2}})(?!\d)"
    )
    expressions = (_DAY, named, _FOLDER_DAY, _YEAR_MONTH, _YEAR)
    return tuple(re.compile(expression, re.IGNORECASE) for expression in expressions)


def from_path(path: str, patterns: Sequence[str] = ()) -> PathFacts:
    """What a path says of a sitting, by a house's patterns if it has any that match, else by common ones."""
    facts = [_path_facts(match) for pattern in patterns for match in re.compile(pattern).finditer(path)]
    if not any(fact.date for fact in facts):
        facts += [_path_facts(match) for match in _path_matches(path)]
    return PathFacts(*(next((fact[index] for fact in facts if fact[index]), "") for index in range(4)))


def _path_matches(path: str) -> Iterator[re.Match[str]]:
    """The last match of each common pattern: a file's name says more than its folder's."""
    for pattern in _path_patterns():
        matches = list(pattern.finditer(path))
        if matches:
            yield matches[-1]


def _path_facts(match: re.Match[str]) -> PathFacts:
    groups = match.groupdict()
    year = groups.get("year") or ""
    month, day = _month(groups.get("month") or ""), int(groups.get("day") or 0)
    value = edtf(int(year), month, day) if year and (month or not day) else ""
    return PathFacts(value, year, groups.get("key") or "", (groups.get("title") or "").strip(" -_"))


def date_of(sitting: Sitting) -> str:
    """A sitting's date in EDTF: its only one, an interval over several, or empty."""
    days = sorted({part for dated in sitting.dates for part in dated.value.split("/")})
    if not days:
        return ""
    return days[0] if len(days) == 1 else f"{days[0]}/{days[-1]}"
