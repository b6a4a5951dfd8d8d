"""*Clerk's desk*: what waits, each question settled in seconds, what was noticed and where it stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from remembrancer.interfaces.web.admitting.asking import Asking, asking_of
from remembrancer.interfaces.web.admitting.needs import Routes
from remembrancer.interfaces.web.admitting.onward import say_entered
from remembrancer.interfaces.web.admitting.typed import number
from remembrancer.model import Exit, Fault
from remembrancer.office.changing import incoming, keeping
from remembrancer.office.desk import waiting as office
from remembrancer.office.desk.waiting import Around
from remembrancer.office.registers import registrar, settling
from remembrancer.office.registers.registered import Registered
from remembrancer.office.registers.registered_views import AskedView
from remembrancer.office.registers.settling import Settled
from remembrancer.record.catalog import DeskRow
from remembrancer.saying import Sentence

PAGE = 25
"""Findings on one page."""

LATEST = 5
"""Entries that can be taken back on the page of questions; the first by a key."""

NAMED = {
    "kind": gettext_lazy("Kind"),
    "decided_by": gettext_lazy("Decided by"),
    "outcome": gettext_lazy("Outcome"),
    "number": gettext_lazy("Number"),
    "title": gettext_lazy("Title"),
    "status_to": gettext_lazy("New status"),
    "date": gettext_lazy("Date"),
    "matter": gettext_lazy("Matter, by its id, number or title"),
    "mover": gettext_lazy("Moved by"),
    "seconder": gettext_lazy("Seconded by"),
    "declared": gettext_lazy("Declared"),
    "method": gettext_lazy("Method"),
    "casting": gettext_lazy("Casting vote"),
    "owner": gettext_lazy("Who"),
    "due": gettext_lazy("Due"),
    "done": gettext_lazy("Done"),
}
"""What may be corrected, as the form calls it."""


CHOSEN = {"kind": "decided", "decided_by": "decided_by", "outcome": "outcome", "declared": "outcome", "done": "choice"}
"""By which group of names the choices of a field are called."""


class Said(NamedTuple):
    """What was said last, and the ids of what it is ``about``: a row, or people."""

    row: DeskRow
    about: tuple[str, ...]


class Case(NamedTuple):
    """One question: about two ``people`` or about one row, with its words in their places and what may be corrected:
    each field with its title and the group that names its choices."""

    asked: AskedView
    people: tuple[str, ...]
    words: tuple[Around, ...]
    fields: tuple[tuple[str, str, settling.Field], ...]


def desk(request: HttpRequest, body: str) -> HttpResponse:
    """What waits, with how much of it."""
    asking = asking_of(request)
    bureau, principal = asking.bureau, asking.principal
    registered = Registered(bureau, principal)
    waits = office.waiting(bureau, principal, registered)
    shown = {
        "questions": len(registered.queue()),
        "codes": office.by_code(waits.noticed),
        "noticed": len(waits.noticed),
        "requests": waits.requests,
        "due": waits.due,
        "jobs": [each for each in incoming.readings(asking.office, bureau, principal) if each.state != "done"],
        "latest": _latest(asking),
        "registered": registered,
        "today": bureau.today(),
    }
    return render(request, "pages/desk.html", shown)


def queue(request: HttpRequest, body: str) -> HttpResponse:
    """The question at a place of the queue, with what it rests on."""
    asking = asking_of(request)
    registered = Registered(asking.bureau, asking.principal)
    every = registered.queue()
    at = min(number(request, "at"), max(len(every), 1))
    shown = {
        "case": _case(asking, registered, every[at - 1]) if every else None,
        "at": at,
        "count": len(every),
        "latest": _latest(asking),
        "registered": registered,
    }
    return render(request, "pages/queue.html", shown)


def _latest(asking: Asking) -> list[Said]:
    rows = settling.latest(asking.bureau, asking.principal, LATEST)
    return [Said(row, _about(row.payload)) for row in rows]


def _about(payload: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(payload.get("ids") or payload.get("people") or (payload["id"],))


def _case(asking: Asking, registered: Registered, asked: AskedView) -> Case:
    ids = asked.id.split(" ")
    words = tuple(office.around(asking.bureau, asked.spans))
    row = registered.register.get(ids[0])
    fields = settling.fields_of(row) if row is not None and len(ids) == 1 else ()
    named = tuple((str(NAMED[each.name]), CHOSEN.get(each.name, ""), each) for each in fields)
    return Case(asked, tuple(ids) if len(ids) == 2 else (), words, named)


@require_POST
def settle(request: HttpRequest, body: str) -> HttpResponse:
    """Enter what the clerk says of a fact or of two people, and say which entry it is."""
    asking, told = asking_of(request), request.POST
    identity, note, deed = told.get("id", ""), told.get("note", "").strip(), told.get("deed", "")
    done = DEEDS.get(deed, _unknown)(asking, identity, note, told)
    if done.already:
        messages.success(request, _("This was settled already: entry %s of the record says so.") % done.entry)
    else:
        say_entered(request, done.entry)
    return _back(request, body)


def _confirm(asking: Asking, identity: str, note: str, told: Mapping[str, str]) -> Settled:
    return registrar.confirm(asking.bureau, asking.principal, identity, note)


def _dismiss(asking: Asking, identity: str, note: str, told: Mapping[str, str]) -> Settled:
    return registrar.dismiss(asking.bureau, asking.principal, identity, note)


def _correct(asking: Asking, identity: str, note: str, told: Mapping[str, str]) -> Settled:
    """Only what was changed in the form is corrected."""
    given = {name: told[f"set-{name}"].strip() for name in NAMED if f"set-{name}" in told}
    changed = {name: value for name, value in given.items() if value != told.get(f"was-{name}", "")}
    return registrar.correct(asking.bureau, asking.principal, identity, changed, note)


def _merge(asking: Asking, identity: str, note: str, told: Mapping[str, str]) -> Settled:
    return registrar.merge(asking.bureau, asking.principal, *_two(identity))


def _apart(asking: Asking, identity: str, note: str, told: Mapping[str, str]) -> Settled:
    return registrar.keep_apart(asking.bureau, asking.principal, *_two(identity), note)


def _split(asking: Asking, identity: str, note: str, told: Mapping[str, str]) -> Settled:
    return registrar.split(asking.bureau, asking.principal, identity)


def _unknown(asking: Asking, identity: str, note: str, told: Mapping[str, str]) -> Settled:
    raise Fault(Exit.USAGE, Sentence("Nothing was chosen."), Sentence("Choose one of the buttons."))


def _two(identity: str) -> tuple[str, str]:
    one, _space, other = identity.strip().partition(" ")
    if not other:
        raise Fault(Exit.USAGE, Sentence("Two people are needed."), Sentence("Name both, as People shows them."))
    return one, other.strip()


DEEDS = {
    "confirm": _confirm,
    "dismiss": _dismiss,
    "correct": _correct,
    "merge": _merge,
    "apart": _apart,
    "split": _split,
}
"""What the buttons of a question do."""


@require_POST
def take_back(request: HttpRequest, body: str, entry: int) -> HttpResponse:
    """Enter that what an entry said holds no more."""
    asking = asking_of(request)
    by = settling.take_back(asking.bureau, asking.principal, entry)
    told = {"by": by, "entry": entry}
    messages.success(request, _("Entry %(by)s takes back entry %(entry)s.") % told)
    return _back(request, body)


def findings(request: HttpRequest, body: str) -> HttpResponse:
    """What was noticed, of one code or in one document where the address says so, each at its place."""
    asking = asking_of(request)
    registered = Registered(asking.bureau, asking.principal)
    every = office.waiting(asking.bureau, asking.principal, registered).noticed
    code, source = request.GET.get("code", ""), request.GET.get("source", "")
    found = [each for each in every if code in ("", each.code) and source in ("", each.source)]
    page = number(request, "page")
    start = (page - 1) * PAGE
    shown = {
        "found": [(each, _around(asking, each.spans)) for each in found[start : start + PAGE]],
        "count": len(found),
        "codes": office.by_code(every),
        "code": code,
        "source": source,
        "page": page,
        "more": len(found) > start + PAGE,
    }
    return render(request, "pages/findings.html", shown)


def _around(asking: Asking, spans: Sequence[Any]) -> Around | None:
    return next(iter(office.around(asking.bureau, spans[:1])), None)


@require_POST
def classify(request: HttpRequest, body: str) -> HttpResponse:
    """Say who may see a source, sitting, item, speech or text."""
    asking, told = asking_of(request), request.POST
    chosen = told.get("role", "").strip() if told.get("class") == "role" else ""
    visibility = f"role:{chosen}" if chosen else told.get("class", "")
    said = told.get("title", "").strip(), told.get("ground", "").strip()
    entry = keeping.classify(asking.bureau, asking.principal, told.get("id", ""), visibility, *said)
    say_entered(request, entry)
    return _back(request, body)


def _back(request: HttpRequest, body: str) -> HttpResponse:
    """To the page that the form names, if it is one of ours; else to the desk."""
    asked = request.POST.get("next", "")
    own = url_has_allowed_host_and_scheme(asked, {request.get_host()}, require_https=request.is_secure())
    return HttpResponseRedirect(asked if own else reverse("desk", args=[body]), status=303)


urls: list[Any] = [
    path("desk/", desk, name="desk"),
    path("desk/queue", queue, name="queue"),
    path("desk/settle", settle, name="settle"),
    path("desk/take-back/<int:entry>", take_back, name="take_back"),
    path("desk/findings", findings, name="findings"),
    path("desk/classify", classify, name="classify"),
]
ROUTES: Routes = {
    "desk": "settle",
    "queue": "settle",
    "settle": "settle",
    "take_back": "settle",
    "findings": "settle",
    "classify": "classify",
}
