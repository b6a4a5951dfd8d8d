"""The time that a question means, as days: "before 2020", "between May 2019 and June 2020", "in the last two years".

"since March 2019" begins on 2019-03-01 and is open to the end; "last year" is the year before that of ``today``; "at
the last meeting" are the sittings of the last day up to ``today`` that the register knows.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence, Set
from datetime import date, timedelta
from typing import NamedTuple
from unicodedata import category

from remembrancer.memory.asking.question import Period
from remembrancer.memory.asking.understanding.naming import Names
from remembrancer.memory.asking.understanding.phrases import Taken, found
from remembrancer.memory.asking.understanding.sittings import Titles, called_before
from remembrancer.memory.asking.understanding.tokens import Token, tokens
from remembrancer.memory.asking.understanding.wording import Wording
from remembrancer.model import Person
from remembrancer.read.dates import FIRST_YEAR, LAST_YEAR, Found, days, find

DATE = "@"
_YEAR = re.compile(r"(?:1[5-9]|2[01])\d\d")
_APART = re.compile(r"\d{1,2}\s*,\s+(?=[^\W\d])")
_ANY_YEAR = "2000"
"""A leap year, for days that are written without one."""
_DAYS = {"day": 1, "week": 7}


class Time(NamedTuple):
    """When: a period or sittings, and which words of the question (``start:end``) say so. A ``bare`` date may as well
    be part of a name."""

    start: int
    end: int
    period: Period | None = None
    sittings: tuple[str, ...] = ()
    bare: bool = False


class Dated(NamedTuple):
    """The words of a question with each date as one ``@``: ``at`` leads from these words to tokens, and one more for
    the end; ``dates`` has the EDTF date of each ``@`` by its place."""

    words: tuple[str, ...]
    at: tuple[int, ...]
    dates: dict[int, str]


def when(
    text: str, words: Sequence[Token], free: Sequence[bool], known: Wording, names: Names, today: str
) -> Time | None:
    """The time that a question means; None where it means none. ``free`` are the words that name nothing else."""
    dated = _dated(text, words, free, known.timing, names.sittings)
    told = _Told(dated, known, names, today)
    if met := _at_sitting(text, words, free, told):
        return met
    held = set(dated.words)
    for relation, phrases in known.times.items():
        for phrase in phrases:
            taken = found(phrase, dated.words, told.personal, held)
            time = _MEANING[relation](told, taken) if taken else None
            if time and taken and all(free[dated.at[taken[0].start] : dated.at[taken[-1].end]]):
                start, end = dated.at[taken[0].start], dated.at[taken[-1].end]
                typed = text[words[start].start : words[end - 1].end]
                period = time.period._replace(words=typed) if time.period else None
                return Time(start, end, period, time.sittings, end == start + 1)
    return None


def _at_sitting(text: str, words: Sequence[Token], free: Sequence[bool], told: _Told) -> Time | None:
    """The sittings of a day that are called by their body, as "the Pier Committee on 5 May"."""
    dated, names = told.dated, told.names
    for at, edtf in dated.dates.items():
        met = called_before(dated.words, at, names.sittings.get(edtf, ()), _titles(told))
        if met and all(free[dated.at[met.start] : dated.at[at + 1]]):
            start, end = dated.at[met.start], dated.at[at + 1]
            typed = text[words[start].start : words[end - 1].end]
            return Time(start, end, Period(_first(edtf), _last(edtf), typed), met.sittings)
    return None


def _titles(told: _Told) -> Titles:
    known, names = told.known, told.names
    meeting = frozenset(map(names.stem, known.listed.get("sitting", ())))
    return Titles(
        known.stop,
        known.generic,
        known.cues - known.nouns,
        meeting,
        names.stem,
        lambda identity: [token.word for token in tokens(names.called(identity))],
    )


class _Told(NamedTuple):
    dated: Dated
    known: Wording
    names: Names
    today: str

    def personal(self, start: int, end: int) -> bool:
        """Whether these words, titles aside, call somebody."""
        return bool(self.people(self.dated.words[start:end]))

    def people(self, words: Sequence[str]) -> list[Person]:
        """Those whom the words may call."""
        bare = [word for word in words if word not in self.known.titles]
        return [person for subject in self.names.whom.called(bare) if (person := self._person(subject.row))]

    def _person(self, identity: str) -> Person | None:
        row = self.names.register.get(identity)
        return row if isinstance(row, Person) else None

    def dates(self, taken: Sequence[Taken]) -> list[str]:
        """The dates among the words taken."""
        return [self.dated.dates[at] for each in taken for at in range(each.start, each.end) if at in self.dated.dates]

    def word(self, taken: Sequence[Taken], name: str) -> str:
        """What stands for a list of the language."""
        return next((self.dated.words[each.start] for each in taken if each.name == name), "")


def _dated(text: str, words: Sequence[Token], free: Sequence[bool], timing: Set[str], met: Collection[str]) -> Dated:
    places = dates_in(text, words, free, timing, met)
    made: list[str] = []
    at: list[int] = []
    dates: dict[int, str] = {}
    nth = 0
    while nth < len(words):
        at.append(nth)
        if nth in places:
            nth, dates[len(made)] = places[nth]
            made.append(DATE)
        else:
            made.append(words[nth].word)
            nth += 1
    return Dated(tuple(made), (*at, len(words)), dates)


def dates_in(
    text: str, words: Sequence[Token], free: Sequence[bool], timing: Set[str], met: Collection[str]
) -> dict[int, tuple[int, str]]:
    """The first token of each date with the token after it and the EDTF date; years stand alone. ``timing`` are words
    that may stand before a year and are no month; ``met`` the dates of sittings, which settle the year of a day."""
    places = {
        nth: (nth + 1, token.word)
        for nth, token in enumerate(words)
        if free[nth] and _YEAR.fullmatch(token.word) and not (_in_number(words, nth) or _is_sum(token))
    }
    if all(nth in places or not token.word[0].isdigit() for nth, token in enumerate(words)) and not _beside(
        words, places, timing
    ):
        return places
    for each in _found(text, met):
        start = _begin(text, each)
        value = each.value if start == each.start else each.value[: len("2023-02")]
        inside = [nth for nth, token in enumerate(words) if start < token.end and token.start < each.end]
        if inside and all(free[nth] for nth in inside):
            for nth in inside:
                places.pop(nth, None)
            places[inside[0]] = (inside[-1] + 1, value)
    return places


def _found(text: str, met: Collection[str]) -> list[Found]:
    """Every date of a text; a day without its year where there was a sitting on that day of one year alone."""
    whole = find(text)
    if not met:
        return whole
    days_alone = (each for each in find(text, _ANY_YEAR) if not any(_overlap(each, known) for known in whole))
    settled = (
        (each, [day for day in met if len(day) == len("2024-03-07") and day[4:] == each.value[4:]])
        for each in days_alone
    )
    return [*whole, *(each._replace(value=sat[0]) for each, sat in settled if len(sat) == 1)]


def _overlap(one: Found, other: Found) -> bool:
    return one.start < other.end and other.start < one.end


def _begin(text: str, date: Found) -> int:
    """Where a date begins: after a comma behind its first number, which is of something else, as in "to phase 4,
    February 2023"."""
    apart = _APART.match(text, date.start, date.end)
    return apart.end() if apart else date.start


def _in_number(words: Sequence[Token], nth: int) -> bool:
    """Whether digits are joined to a year, as in ``2024/25``."""
    after = nth + 1 < len(words) and words[nth + 1].joined and words[nth + 1].word[0].isdigit()
    return after or (nth > 0 and words[nth].joined and words[nth - 1].word[-1].isdigit())


def _is_sum(token: Token) -> bool:
    """Whether digits stand behind the sign of a currency, as in ``$2000``."""
    return token.before[-1:] != "" and category(token.before[-1]) == "Sc"


def _beside(words: Sequence[Token], places: Iterable[int], timing: Set[str]) -> bool:
    """Whether what stands before a year may be a month: their names are slow to load."""
    return any(nth and words[nth - 1].word not in timing for nth in places)


def _period(first: str, last: str) -> Time:
    return Time(0, 0, Period(first, last, ""))


def _first(edtf: str) -> str:
    known = days(edtf)
    return _iso(max(known.first, FIRST_YEAR * 10_000)) if known else ""


def _last(edtf: str) -> str:
    known = days(edtf)
    return _iso(min(known.last, LAST_YEAR * 10_000)) if known else ""


def _iso(number: int) -> str:
    """A day from ``yyyymmdd`` whose unknown parts are 00 or 99."""
    year, month, day = number // 10_000, number // 100 % 100, number % 100
    month = min(max(month, 1), 12)
    return date(year, month, min(max(day, 1), monthrange(year, month)[1])).isoformat()


def _moved(iso: str, by: int) -> str:
    return (date.fromisoformat(iso) + timedelta(by)).isoformat()


def _between(told: _Told, taken: Sequence[Taken]) -> Time | None:
    first, last = told.dates(taken)[:2]
    return _period(_first(first), _last(last)) if _first(first) <= _last(last) else None


def _before(told: _Told, taken: Sequence[Taken]) -> Time:
    return _period("", _moved(_first(told.dates(taken)[0]), -1))


def _until(told: _Told, taken: Sequence[Taken]) -> Time:
    return _period("", _last(told.dates(taken)[0]))


def _after(told: _Told, taken: Sequence[Taken]) -> Time:
    return _period(_moved(_last(told.dates(taken)[0]), 1), "")


def _since(told: _Told, taken: Sequence[Taken]) -> Time:
    return _period(_first(told.dates(taken)[0]), "")


def _within(told: _Told, taken: Sequence[Taken]) -> Time:
    edtf = told.dates(taken)[0]
    return _period(_first(edtf), _last(edtf))


def _unit(told: _Told, taken: Sequence[Taken]) -> str:
    said = told.word(taken, "unit")
    return next(unit for unit, listed in told.known.units.items() if said in listed)


def _back(iso: str, unit: str, count: int) -> str:
    """The day so many units before another."""
    day = date.fromisoformat(iso)
    if unit in _DAYS:
        return (day - timedelta(_DAYS[unit] * count)).isoformat()
    months = day.year * 12 + day.month - 1 - count * (12 if unit == "year" else 1)
    year, month = months // 12, months % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1])).isoformat()


def _whole(iso: str, unit: str) -> Time:
    """The year, month, week or day that a day is in."""
    day = date.fromisoformat(iso)
    if unit == "week":
        monday = day - timedelta(day.weekday())
        return _period(monday.isoformat(), (monday + timedelta(6)).isoformat())
    edtf = iso[: {"year": 4, "month": 7, "day": 10}[unit]]
    return _period(_first(edtf), _last(edtf))


def _last_unit(told: _Told, taken: Sequence[Taken]) -> Time:
    unit = _unit(told, taken)
    return _whole(_back(told.today, unit, 1), unit)


def _this_unit(told: _Told, taken: Sequence[Taken]) -> Time:
    return _whole(told.today, _unit(told, taken))


def _count(told: _Told, taken: Sequence[Taken]) -> int:
    said = told.word(taken, "n")
    return int(said) if said.isdigit() else told.known.numbers[said]


def _lately(told: _Told, taken: Sequence[Taken]) -> Time:
    return _period(_back(told.today, _unit(told, taken), _count(told, taken)), told.today)


def _ago(told: _Told, taken: Sequence[Taken]) -> Time:
    unit = _unit(told, taken)
    return _whole(_back(told.today, unit, _count(told, taken)), unit)


def _today(told: _Told, taken: Sequence[Taken]) -> Time:
    return _whole(told.today, "day")


def _yesterday(told: _Told, taken: Sequence[Taken]) -> Time:
    return _whole(_back(told.today, "day", 1), "day")


def _last_sitting(told: _Told, taken: Sequence[Taken]) -> Time | None:
    held = [known for known in told.names.sittings if _last(known) and _first(known) <= told.today]
    if not held:
        return None
    latest = max(held, key=_last)
    return Time(0, 0, Period(_first(latest), _last(latest), ""), told.names.sittings[latest])


def _sitting_of(told: _Told, taken: Sequence[Taken]) -> Time:
    period = Period(_first(told.dates(taken)[0]), _last(told.dates(taken)[0]), "")
    met = [each for known, sittings in told.names.sittings.items() if period.holds(known) for each in sittings]
    return Time(0, 0, period, tuple(met))


def _in_office(told: _Told, taken: Sequence[Taken]) -> Time | None:
    """The days on which somebody held an office, as seats or attendance tell; None where it is nobody's."""
    said = told.word(taken, "office")
    words = next(listed for listed in told.known.offices.values() if said in listed)
    person = next(each for each in taken if each.name == "p")
    spans = [span for each in told.people(told.dated.words[person.start : person.end]) for span in _held(each, words)]
    first, last = [first for first, _ in spans], [last for _, last in spans]
    return _period(min(first), "" if "" in last else max(last)) if spans else None


def _held(person: Person, words: frozenset[str]) -> Iterator[tuple[str, str]]:
    """The first and last day of each seat or presence of a person in an office."""
    for seat in person.memberships:
        if _is_office(seat.role, words):
            yield _first(seat.since), _last(seat.until)
    if not any(_is_office(seat.role, words) for seat in person.memberships):
        for presence in person.presences:
            if presence.date and any(_is_office(role, words) for role in (presence.role, *presence.offices)):
                yield _first(presence.date), _last(presence.date)


def _is_office(role: str, words: frozenset[str]) -> bool:
    return not words.isdisjoint(re.findall(r"[\w-]+", role.casefold()))


_MEANING: dict[str, Callable[[_Told, Sequence[Taken]], Time | None]] = {
    "office": _in_office,
    "sitting_of": _sitting_of,
    "last_sitting": _last_sitting,
    "between": _between,
    "before": _before,
    "until": _until,
    "after": _after,
    "since": _since,
    "lately": _lately,
    "ago": _ago,
    "last": _last_unit,
    "this": _this_unit,
    "today": _today,
    "yesterday": _yesterday,
    "within": _within,
}
