"""*People*: members and officers, their seats over time, attendance, motions and ballots; never the public."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path

from remembrancer.interfaces.web.admitting.asking import asking_of
from remembrancer.interfaces.web.admitting.finding import whole_number
from remembrancer.interfaces.web.admitting.needs import Routes
from remembrancer.model import Person
from remembrancer.office.registers.registered import Registered
from remembrancer.office.registers.registered_views import MembershipView, PresenceView
from remembrancer.office.showing import locating

WIDTH, ROW, LEFT = 720, 44, 8
"""The picture of seats in its own units: how wide it is, how high a row, and what stays free at its sides."""


FEW, PAGE = 40, 200
"""So many people need no box to look for a name; so many people, or ballots of one, stand on a page."""


class Year(NamedTuple):
    """At how many sittings of a year somebody was present or absent, or is named without either being said."""

    year: str
    present: int
    absent: int
    named: int


class Seat(NamedTuple):
    """A seat as it is drawn: a bar from ``x``, ``width`` wide, in the row that begins at ``y``; its beginning or end is
    ``open`` where the record shows none."""

    seat: MembershipView
    x: int
    y: int
    width: int
    is_open: bool


class Drawn(NamedTuple):
    """The picture of seats over time: bars, and the years that are written under them at their places."""

    width: int
    height: int
    seats: tuple[Seat, ...]
    years: tuple[tuple[int, str], ...]


def people(request: HttpRequest, body: str) -> HttpResponse:
    """The members and officers, those with a seat now first; of many those whose names have the words ``q``."""
    asking = asking_of(request)
    followed = locating.followed(asking.bureau, asking.principal)
    words = request.GET.get("q", "").casefold().split()
    named = [each for each in followed if all(word in _names(each) for word in words)]
    ordered = sorted(named, key=lambda each: not _is_seated(each))
    first = (whole_number(request, "page") - 1) * PAGE
    on_page = ordered[first : first + PAGE]
    names = Counter(each.name for each in followed)
    shown = {
        "namesakes": {name for name, number in names.items() if number > 1},
        "seated": [each for each in on_page if _is_seated(each)],
        "former": [each for each in on_page if not _is_seated(each)],
        "many": len(followed) > FEW,
        "q": request.GET.get("q", ""),
        "page": first // PAGE + 1,
        "pages": -(-len(ordered) // PAGE),
    }
    return render(request, "pages/people.html", shown)


def person(request: HttpRequest, body: str, identity: str) -> HttpResponse:
    """What a member or officer did in the body's business; of others there is no such page."""
    asking = asking_of(request)
    located = locating.locate(asking.bureau, asking.principal, identity)
    if located is None or located.kind != "person":
        raise Http404
    if located.id != identity:
        return redirect("person", body, located.id)
    registered = Registered(asking.bureau, asking.principal)
    who = registered.person(registered.one(Person, identity))
    latest = who.ballots[::-1]
    first = (whole_number(request, "page") - 1) * PAGE
    shown = {
        "who": who,
        "ballots": latest[first : first + PAGE],
        "page": first // PAGE + 1,
        "pages": -(-len(latest) // PAGE),
        "drawn": _drawn(who.memberships, registered.register.begins, registered.day),
        "attendance": list(_by_year(who.attendance)),
    }
    return render(request, "pages/person.html", shown)


def _is_seated(person: Person) -> bool:
    return any(not seat.until for seat in person.memberships)


def _names(person: Person) -> str:
    return " ".join((person.name, *person.labels)).casefold()


def _by_year(presences: Sequence[PresenceView]) -> Iterator[Year]:
    """Attendance by year, the latest first; of one sitting the best that any list says."""
    best: dict[tuple[str, str], bool | None] = {}
    for each in presences:
        key = (each.date[:4], each.sitting)
        best[key] = True if True in (best.get(key), each.present) else each.present
    counts = Counter((year, present) for (year, _), present in best.items())
    for year in sorted({year for year, _ in counts}, reverse=True):
        yield Year(year, counts[year, True], counts[year, False], counts[year, None])


def _drawn(seats: Sequence[MembershipView], begins: str, today: str) -> Drawn | None:
    """The seats as bars between the first that the record shows and today; None where none is dated."""
    last = _days(today)
    starts = [_days(seat.since) or _days(begins) for seat in seats]
    ends = [_days(seat.until) or last for seat in seats]
    if not any(seat.since or seat.until for seat in seats) or not last:
        return None
    first = min(filter(None, starts), default=last) - 60
    scale = (WIDTH - 2 * LEFT) / max(last - first, 1)
    drawn = [
        Seat(
            seat,
            LEFT + round((max(start or first, first) - first) * scale),
            ROW * row,
            max(3, round((end - max(start or first, first)) * scale)),
            not seat.until,
        )
        for row, (seat, start, end) in enumerate(zip(seats, starts, ends, strict=True))
    ]
    return Drawn(WIDTH, ROW * len(seats) + 28, tuple(drawn), tuple(_years(first, last, scale)))


def _years(first: int, last: int, scale: float) -> Iterator[tuple[int, str]]:
    """Where years begin, as many as there is room for."""
    years = range(date.fromordinal(first).year + 1, date.fromordinal(last).year + 1)
    step = max(1, -(-len(years) * 56 // WIDTH))
    for year in years[::step]:
        yield LEFT + round((date(year, 1, 1).toordinal() - first) * scale), str(year)


def _days(told: str) -> int:
    """The first day of an EDTF date as a number; 0 where it is none."""
    exact = told.partition("/")[0].rstrip("?~%")
    whole = exact + {4: "-01-01", 7: "-01"}.get(len(exact), "")
    try:
        return date.fromisoformat(whole).toordinal()
    except ValueError:
        return 0


urls: list[Any] = [path("people/", people, name="people"), path("people/<slug:identity>", person, name="person")]
ROUTES: Routes = {"people": "everyone", "person": "everyone"}
