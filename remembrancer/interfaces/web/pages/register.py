"""*Register*: what is in force on a day, which a slider or a date names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import lru_cache
from heapq import nsmallest
from itertools import groupby
from typing import Any, NamedTuple, get_args

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext_lazy as _

from remembrancer.interfaces.web.admitting.asking import Asking, asking_of
from remembrancer.interfaces.web.admitting.needs import Routes
from remembrancer.interfaces.web.admitting.typed import day, number
from remembrancer.interfaces.web.showing.drawing import SPAN, along, days_between, growth
from remembrancer.interfaces.web.showing.quoting import Excerpt, whole
from remembrancer.model import Force
from remembrancer.office.registers.registered import Registered
from remembrancer.office.registers.registered_views import DecisionView, ProvisionView
from remembrancer.office.registers.standing import (
    ENDED,
    HOLDING,
    Done,
    Found,
    Looked,
    Spell,
    Standing,
    Standings,
    standing_on,
    standings,
)
from remembrancer.rules.rulebook import bounds

PAGE = 40
"""Decisions on one page."""

FEW = 5
"""So many of those worked out from prose stand below the others; all of them have a page of their own."""

MATTERS = 12
"""So many matters are offered to choose from, those with the most first."""

KINDS: Mapping[str, object] = {
    "adopt": _("Resolutions and adopted texts"),
    "amend": _("Amendments"),
    "repeal": _("Repeals"),
    "appoint": _("Appointments"),
    "allocate": _("Allocations"),
    "set-status": _("Steps of matters"),
    "refer": _("Referrals"),
    "defer": _("Deferrals"),
    "reject": _("Rejections"),
    "note": _("Notes"),
    "procedural": _("Procedure"),
}
"""What decisions of a kind are called together, in the order in which they are listed."""

RANKS = {kind: rank for rank, kind in enumerate(KINDS)}
"""The place of each kind in that order."""


class Line(NamedTuple):
    """A decision as it stands on the day: since which ``spell``, until the ``next``, what was done to it, and those of
    its provisions that stand otherwise."""

    view: DecisionView
    words: Excerpt
    spell: Spell
    next: Spell | None
    done: tuple[Done, ...]
    otherwise: tuple[ProvisionView, ...]


class Group(NamedTuple):
    """The decisions of one kind on a page."""

    kind: str
    title: object
    lines: tuple[Line, ...]


class Choice(NamedTuple):
    """A value that narrows the list, with how many it leaves."""

    value: str
    title: str
    number: int


class Slider(NamedTuple):
    """The days that can be chosen: how many, which of them is shown, the days on which something turns, and the
    picture of how many were in force."""

    last: int
    at: int
    turned: tuple[int, ...]
    path: str
    now: float


def register(request: HttpRequest, body: str) -> HttpResponse:
    """What stands ``on`` a day, today where none is named, of the forces, the ``kind`` and the ``matter`` asked for,
    with the words of ``q``; ``told`` asks for what was worked out from prose alone."""
    asking = asking_of(request)
    known = standings(asking.bureau, asking.principal)
    if (moved := _moved(request, known)) is not None:
        return redirect(f"{reverse('register', args=[body])}?{moved}")
    today = asking.bureau.today()
    on = bounds(day(request.GET.get("on", "")) or today)[1]
    looked = _looked(request, on)
    found = standing_on(known, looked)
    partial = request.headers.get("HX-Request-Type") == "partial"
    shown = {"on": on, "looked": looked, "partial": partial, "slider": _slider(known, on)}
    shown |= {
        "past": on < today,
        "known": known,
        "before": known.before(on),
        "after": known.after(on),
        "holding": HOLDING,
    }
    shown |= _listed(asking, request, known, looked, found) | _choices(asking, looked, found)
    response = render(request, "pages/standing.html" if partial else "pages/register.html", shown)
    patch_vary_headers(response, ["HX-Request-Type"])
    return response


def _moved(request: HttpRequest, known: Standings) -> str | None:
    """The query that says by its date where the slider was moved to; None where it was not, or a date was typed."""
    at, was, on = (request.GET.get(name, "") for name in ("at", "was", "on"))
    if not re.fullmatch(r"\d{1,6}", at):
        return None
    query = request.GET.copy()
    query.pop("at"), query.pop("was", None)
    if on == was or not on:
        moved = date.fromisoformat(known.first) + timedelta(min(int(at), days_between(known.first, known.last)))
        query["on"] = moved.isoformat()
    return query.urlencode()


def _looked(request: HttpRequest, on: str) -> Looked:
    told = request.GET.getlist("force")
    forces = tuple(force for force in get_args(Force) if force in told) or HOLDING
    get = request.GET.get
    return Looked(on, forces, get("kind", ""), get("matter", ""), get("q", "").strip()[:200])


def _listed(asking: Asking, request: HttpRequest, known: Standings, looked: Looked, found: Found) -> dict[str, Any]:
    """One page of what was found, by kind and number; below it what was worked out from prose."""
    registered = Registered(asking.bureau, asking.principal, day=looked.day)
    alone = request.GET.get("told") == "inferred"
    listed = sorted(found.inferred if alone else found.stated, key=_order)
    page = number(request, "page")
    on_page = listed[(page - 1) * PAGE : page * PAGE]
    below = () if alone or page > 1 else nsmallest(FEW, found.inferred, key=_order)
    return {
        "registered": registered,
        "alone": alone,
        "groups": list(_groups(registered, known, looked.day, on_page)),
        "below": [_line(registered, known, looked.day, each) for each in below],
        "inferred": len(found.inferred),
        "total": len(listed),
        "page": page,
        "first": (page - 1) * PAGE + 1,
        "end": (page - 1) * PAGE + len(on_page),
        "next": page + 1 if page * PAGE < len(listed) else 0,
    }


def _groups(registered: Registered, known: Standings, on: str, listed: Iterable[Standing]) -> Iterator[Group]:
    for kind, same in groupby(listed, key=lambda each: each.row.kind):
        yield Group(kind, KINDS.get(kind, kind), tuple(_line(registered, known, on, each) for each in same))


def _line(registered: Registered, known: Standings, on: str, standing: Standing) -> Line:
    view = registered.decision(standing.row)
    spell = standing.on(on)
    following = standing.spells[standing.spells.index(spell) + 1 :]
    otherwise = tuple(each for each in view.provisions if each.force not in (None, view.force))
    done = tuple(each for each in known.done.get(view.id, ()) if each.relation.kind != "cites")
    return Line(view, whole(view.text), spell, following[0] if following else None, done, otherwise)


def _order(standing: Standing) -> tuple[int, tuple[tuple[int, str], ...], str]:
    """By kind; of one kind by number, its digits as numbers; those without one by date."""
    row = standing.row
    return RANKS.get(row.kind, len(RANKS)), _in_numbers(row.number or row.date), row.id


@lru_cache(65536)
def _in_numbers(name: str) -> tuple[tuple[int, str], ...]:
    """A number or a date as it is put in order; all that stand on a day are, for each page of them."""
    parts = re.findall(r"\d+|\D+", name)
    return tuple((int(part), "") if part.isdecimal() else (-1, part) for part in parts)


def _choices(asking: Asking, looked: Looked, found: Found) -> dict[str, Any]:
    """What narrows the list further."""
    return {
        "forces": [Choice(force, force, found.forces[force]) for force in (*HOLDING, *ENDED) if found.forces[force]],
        "kinds": [Choice(kind, str(KINDS.get(kind, kind)), count) for kind, count in found.kinds.most_common()],
        "matters": list(_matters(asking, looked.matter, found.matters)),
    }


def _matters(asking: Asking, chosen: str, found: Counter[str]) -> Iterator[Choice]:
    registered = Registered(asking.bureau, asking.principal)
    most = [identity for identity, _count in found.most_common(MATTERS + 1) if identity][:MATTERS]
    for identity in dict.fromkeys((*([chosen] if found[chosen] else ()), *most)):
        if identity and (row := registered.register.get(identity)) is not None:
            yield Choice(identity, getattr(row, "title", ""), found[identity])


def _slider(known: Standings, on: str) -> Slider:
    last = days_between(known.first, known.last)
    at = min(max(days_between(known.first, on), 0), last)
    turned: Sequence[str] = known.turned if len(known.turned) <= 60 else ()
    path_drawn = growth(known.counts, known.first, known.last)
    return Slider(
        last,
        at,
        tuple(days_between(known.first, each) for each in turned),
        path_drawn,
        min(max(along(on, known.first, known.last), 0.0), float(SPAN)),
    )


urls: list[Any] = [path("register/", register, name="register")]
ROUTES: Routes = {"register": "everyone"}
