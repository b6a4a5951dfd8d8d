"""*Matters*: what the body follows over years, where each stands, and the whole story of one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, Literal, NamedTuple

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path

from remembrancer.interfaces.web.admitting.asking import asking_of
from remembrancer.interfaces.web.admitting.needs import Routes
from remembrancer.interfaces.web.admitting.typed import number
from remembrancer.interfaces.web.showing.drawing import picture
from remembrancer.interfaces.web.showing.quoting import Excerpt, whole
from remembrancer.memory.analysis import fold
from remembrancer.model import Matter
from remembrancer.office.registers.family import family
from remembrancer.office.registers.registered import Registered
from remembrancer.office.registers.registered_views import DebateView, DecidedLine, MatterLine, MatterView, RungView
from remembrancer.office.registers.standing import standings

PAGE = 60
"""Matters on one page."""


class Rung(NamedTuple):
    """A rung of a ladder, with how many matters stand on it."""

    ladder: str
    status: str
    number: int


class Step(NamedTuple):
    """Something that befell a matter on a day."""

    date: str
    what: Literal["rung", "decision", "debate"]
    rung: RungView | None = None
    decision: DecidedLine | None = None
    debate: DebateView | None = None
    words: Excerpt | None = None


def matters(request: HttpRequest, body: str) -> HttpResponse:
    """The matters on a rung (``ladder`` and ``status``), or all, with the words of ``q``; by title, or the latest first
    with ``sort``."""
    asking = asking_of(request)
    registered = Registered(asking.bureau, asking.principal)
    every = asking.bureau.remembered(("matters", asking.principal), lambda: tuple(registered.matters()))
    query = request.GET.get("q", "").strip()[:200]
    ladder, status = request.GET.get("ladder", ""), request.GET.get("status", "")
    sought = fold(query).split()
    named = [line for line in every if all(word in fold(f"{line.number} {line.title}") for word in sought)]
    found = [line for line in named if ladder in ("", line.ladder) and status in ("", line.status)]
    if request.GET.get("sort") == "newest":
        found.sort(key=lambda line: line.since, reverse=True)
    page = number(request, "page")
    on_page = found[(page - 1) * PAGE : page * PAGE]
    shown = {
        "lines": on_page,
        "query": query,
        "ladder": ladder,
        "status": status,
        "sort": request.GET.get("sort", ""),
        "ladders": list(_ladders(named)),
        "total": len(found),
        "page": page,
        "first": (page - 1) * PAGE + 1,
        "end": (page - 1) * PAGE + len(on_page),
        "next": page + 1 if page * PAGE < len(found) else 0,
    }
    return render(request, "pages/matters.html", shown)


def matter(request: HttpRequest, body: str, identity: str) -> HttpResponse:
    """The whole story of a matter, from its first day."""
    asking = asking_of(request)
    registered = Registered(asking.bureau, asking.principal)
    row = registered.register.get(identity)
    if not isinstance(row, Matter):
        raise Http404
    if row.id != identity:
        return redirect("matter", body=body, identity=row.id)
    view = registered.matter(row)
    known = standings(asking.bureau, asking.principal)
    kin = family(registered.register, known, row, registered.day)
    shown = {
        "registered": registered,
        "view": view,
        "steps": list(story(view)),
        "on": registered.day,
        "actions": [registered.action(each) for each in registered.register.actions if each.matter == row.id],
        "family": kin,
        "picture": picture(kin, row.id) if kin.ties else None,
    }
    return render(request, "pages/matter.html", shown)


def story(view: MatterView) -> list[Step]:
    """What befell a matter, by date: of one day what was debated, then what was decided, then where it stood. A rung
    that a decision of the story brought stands with that decision."""
    steps = [Step(each.date, "debate", debate=each) for each in view.debates]
    rungs = {each.decision: each for each in view.rungs if each.decision}
    told = {each.id for each in view.decisions}
    steps += [Step(each.date, "decision", rungs.get(each.id), each, words=whole(each.text)) for each in view.decisions]
    steps += [Step(each.date, "rung", each) for each in view.rungs if each.decision not in told]
    order = ("debate", "decision", "rung")
    return sorted(steps, key=lambda step: (step.date, order.index(step.what)))


def _ladders(lines: Iterable[MatterLine]) -> Iterator[tuple[str, list[Rung]]]:
    """The ladders, with how many stand on each of their rungs; those with the most first."""
    found = Counter((line.ladder, line.status) for line in lines if line.status)
    for ladder in dict.fromkeys(ladder for (ladder, _), _count in found.most_common()):
        rungs = [Rung(ladder, status, count) for (of, status), count in found.items() if of == ladder]
        yield ladder, sorted(rungs, key=lambda rung: _numbers_first(rung.status))


def _numbers_first(status: str) -> tuple[str, str]:
    digits = "".join(filter(str.isdigit, status))
    return digits.rjust(6, "0") if digits else "9", status.casefold()


urls: list[Any] = [
    path("matters/", matters, name="matters"),
    path("matters/<slug:identity>", matter, name="matter"),
]
ROUTES: Routes = {"matters": "everyone", "matter": "everyone"}
