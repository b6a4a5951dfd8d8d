"""*Sittings*: when the body sat, and what was said, moved, voted and decided there, with a permanent link for each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import chain
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from remembrancer.interfaces.web.admitting.asking import Asking, asking_of
from remembrancer.interfaces.web.admitting.finding import found, whole_number
from remembrancer.interfaces.web.admitting.needs import Routes
from remembrancer.interfaces.web.showing.months import Month, months, weekdays
from remembrancer.interfaces.web.showing.words import quoted_in, words_of
from remembrancer.memory.views import FindingView, ItemView, SittingLine, TextView
from remembrancer.office.registers.registered import Registered
from remembrancer.office.registers.registered_views import NoticeView
from remembrancer.office.showing import course, locating, withheld
from remembrancer.office.showing.course import Business, Course, Part
from remembrancer.write.calendar import days_of

FEW = 40
"""So many sittings are listed at once; of more, one year."""

UNDATED = "undated"
"""What stands for a year of sittings that have none."""

CHOICES = 40
"""So many venues or titles can be chosen from; more are looked for by searching."""


class Listed(NamedTuple):
    """A sitting of the list, with what tells it from others of its day; empty where it is alone."""

    line: SittingLine
    mark: str


class Year(NamedTuple):
    """The sittings of a year, the latest first, and the months in which there were any on a day that is known."""

    number: str
    months: tuple[Month, ...]
    held: tuple[Listed, ...]


class Choice(NamedTuple):
    """A value by which sittings can be told apart, with how many have it."""

    value: str
    number: int


class Section(NamedTuple):
    """An item with what was said under it on this page, and what came of it. Without ``item`` what stands before the
    first; ``goes_on``: the item began on a page before; ``folded``: a long beginning in which nobody speaks."""

    item: ItemView | None
    parts: tuple[Part, ...]
    business: Business
    goes_on: bool

    @property
    def folded(self) -> bool:
        return self.item is None and len(self.parts) > 6 and all(isinstance(part, TextView) for part in self.parts)


def sittings(request: HttpRequest, body: str) -> HttpResponse:
    """The sittings of a ``year``, or all where they are few; of one ``venue``, of one title (``called``). Those without
    a date are a year of their own, ``undated``."""
    asking = asking_of(request)
    every = course.calendar(asking.bureau, asking.principal)
    venue, called = request.GET.get("venue", ""), request.GET.get("called", "")
    lines = [line for line in every if _fits(line.venue, venue) and _fits(line.title, called)]
    dated, undated = [line for line in lines if line.dates], [line for line in lines if not line.dates]
    years = sorted({line.dates[0][:4] for line in dated}, reverse=True)
    year, few = request.GET.get("year", ""), len(lines) <= FEW
    if year not in (*years, UNDATED):
        year = years[0] if years and not few else ""
    marks = course.marks(asking.bureau, asking.principal)
    shown = {
        "year": year,
        "years": years,
        "few": few,
        "by_year": [_year(asking, each, dated, marks) for each in years if year in ("", each)],
        "weekdays": list(weekdays()),
        "undated": list(_listed(undated, marks)) if year in ("", UNDATED) else [],
        "without_date": len(undated),
        "venue": venue,
        "called": called,
        "venues": _choices(line.venue for line in every),
        "titles": _choices(line.title for line in every),
        "closed": withheld.closed(asking.bureau, asking.principal),
    }
    return render(request, "pages/sittings.html", shown)


def sitting(request: HttpRequest, body: str, identity: str) -> HttpResponse:
    """A page of a sitting: the one by its number, or that on which the element ``at`` stands; all of it with
    ``whole``. ``source`` shows it as one of its documents has it."""
    asking = asking_of(request)
    bureau, principal = asking.bureau, asking.principal
    size = 0 if request.GET.get("whole") else course.PAGE
    at, source = request.GET.get("at", ""), request.GET.get("source", "")
    with found():
        about = course.course(bureau, principal, identity, at, whole_number(request, "page"), source, size)
    registered = Registered(bureau, principal)
    business = course.business(bureau, registered, about)
    mark = course.marks(bureau, principal).get(about.id, "")
    read, wrong = _noticed(request, registered, about)
    shown = {
        "about": about,
        "mark": mark if mark != about.title else "",
        "at": at,
        "told": next((each for each in about.accounts if each.source == source), None),
        "prevailing": next((each for each in about.accounts if each.prevails), None),
        "sections": list(_sections(about, business)),
        "loose": business.get("", Business()),
        "chains": course.chains(registered.register, {each.id for each in about.parts}),
        "addresses": addresses(body),
        "lang": quoted_in(about.language),
        "followed": {person.id for person in locating.followed(bureau, principal)},
        "noticed": len(read) + len(wrong),
        "read": read,
        "wrong": wrong,
    }
    return render(request, "pages/sitting.html", shown)


def addresses(body: str) -> dict[str, str]:
    """Where addresses begin that stand on a page hundreds of times: of permanent links, sources and people."""
    return {name: reverse(name, args=[body, "-"]).removesuffix("-") for name in ("link", "source", "person")}


def _noticed(
    request: HttpRequest, registered: Registered, about: Course
) -> tuple[Sequence[FindingView], Sequence[NoticeView]]:
    asking = asking_of(request)
    return course.noticed(asking.bureau, asking.principal, registered, about.id)


def _sections(about: Course, business: Mapping[str, Business]) -> Iterator[Section]:
    """The parts of a page under their items. What came of an item stands on the page on which it begins."""
    items = {each.item.id: each.item for each in about.headings}
    item, goes_on, parts = None, False, list[Part]()
    for at, part in enumerate(about.parts):
        if isinstance(part, ItemView):
            if item or parts:
                yield _section(item, parts, business, goes_on)
            item, goes_on, parts = part, False, []
            continue
        if at == 0 and part.item:
            item, goes_on = items.get(part.item), True
        parts.append(part)
    if item or parts:
        yield _section(item, parts, business, goes_on)


def _section(item: ItemView | None, parts: Sequence[Part], business: Mapping[str, Business], goes_on: bool) -> Section:
    came_of_it = business.get(item.id, Business()) if item and not goes_on else Business()
    return Section(item, tuple(parts), came_of_it, goes_on)


def _year(asking: Asking, number: str, lines: Iterable[SittingLine], marks: Mapping[str, str]) -> Year:
    """The sittings that began in a year."""
    held = tuple(_listed((line for line in lines if line.dates[0][:4] == number), marks))[::-1]
    known = number.isdigit() and 1 <= int(number) <= 9998
    return Year(number, tuple(months(int(number), _linked(asking, held))) if known else (), held)


def _listed(lines: Iterable[SittingLine], marks: Mapping[str, str]) -> Iterator[Listed]:
    return (Listed(line, marks.get(line.id, "")) for line in lines)


def _linked(asking: Asking, listed: Iterable[Listed]) -> dict[date, SafeString]:
    """The days that are known, each leading to its sitting; to the first in the list where it has several."""
    days: dict[date, list[Listed]] = {}
    for each in listed:
        for day in dict.fromkeys(chain.from_iterable(map(days_of, each.line.dates))):
            days.setdefault(day, []).append(each)
    word = words_of(asking.bureau)["sitting"]
    return {day: _link(asking.slug, day, held, word) for day, held in days.items()}


def _link(slug: str, day: date, held: Sequence[Listed], word: str) -> SafeString:
    """A day in its month, said with what the sittings held on it are called."""
    called = f"{day.day}: {'; '.join(mark or line.title or word for line, mark in held)}"
    first = held[0].line.id
    if len(held) > 1:
        return format_html('<a href="#{}" class="several" aria-label="{}">{}</a>', first, called, day.day)
    return format_html('<a href="{}" aria-label="{}">{}</a>', reverse("sitting", args=[slug, first]), called, day.day)


def _choices(values: Iterable[str]) -> list[Choice]:
    """The values to choose from, where there are several and not too many; those that differ in capitals are one."""
    alike: dict[str, Counter[str]] = {}
    for value in filter(None, values):
        alike.setdefault(value.casefold(), Counter())[value] += 1
    if not 1 < len(alike) <= CHOICES:
        return []
    return [Choice(forms.most_common(1)[0][0], forms.total()) for _, forms in sorted(alike.items())]


def _fits(value: str, chosen: str) -> bool:
    return not chosen or value.casefold() == chosen.casefold()


urls: list[Any] = [
    path("sittings/", sittings, name="sittings"),
    path("sittings/<slug:identity>", sitting, name="sitting"),
]
ROUTES: Routes = {"sittings": "everyone", "sitting": "everyone"}
