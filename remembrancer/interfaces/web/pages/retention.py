"""*Retention*: what is due to go, now and soon, what holds it, and the schedules; disposing only after a look."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from remembrancer.interfaces.web.accounts.recent import recently
from remembrancer.interfaces.web.admitting.asking import Asking, asking_of
from remembrancer.interfaces.web.admitting.needs import Routes
from remembrancer.interfaces.web.admitting.onward import on_to, say_entered
from remembrancer.model import AUTHORITIES, Exit, Fault
from remembrancer.office.changing import keeping, retaining
from remembrancer.office.desk.waiting import due_views
from remembrancer.record.retention import Due
from remembrancer.saying import Sentence

SOON = 90
"""Days ahead."""


def retention(request: HttpRequest, body: str) -> HttpResponse:
    """What is due, what will be, the holds and the schedules."""
    asking = asking_of(request)
    bureau, principal = asking.bureau, asking.principal
    due = keeping.due(bureau)
    now = {each.source for each in due}
    soon = [each for each in keeping.due(bureau, SOON) if each.source not in now]
    shown = {
        "due": due_views(bureau, principal, due),
        "soon": due_views(bureau, principal, soon),
        "holds": [(each, _held(asking, each)) for each in retaining.holds(bureau, principal)],
        "schedules": retaining.schedules(bureau),
        "authorities": AUTHORITIES,
        "days": SOON,
    }
    return render(request, "pages/retention.html", shown)


def _held(asking: Asking, hold: retaining.Hold) -> list[tuple[str, str]]:
    """The sources that a hold names, by id and path, of those that who asks may see."""
    seen = [asking.bureau.seen_source(asking.principal, sha) for sha in hold.sources]
    return [(each.source.sha, each.source.path) for each in seen if each]


@require_POST
def hold(request: HttpRequest, body: str) -> HttpResponse:
    """Hold a source, whole kinds of source, or everything."""
    asking, told = asking_of(request), request.POST
    sources = told.get("sources", "").split()
    scope = sources, told.getlist("authority"), told.get("everything") == "yes"
    return _entered(request, body, retaining.hold(asking.bureau, asking.principal, told.get("reason", ""), *scope))


@require_POST
def release(request: HttpRequest, body: str, entry: int) -> HttpResponse:
    """End a hold."""
    asking = asking_of(request)
    return _entered(request, body, retaining.release(asking.bureau, asking.principal, entry))


@require_POST
@recently
def schedule(request: HttpRequest, body: str) -> HttpResponse:
    """Say how long sources of an authority stay."""
    asking, told = asking_of(request), request.POST
    said = told.get("authority", ""), told.get("period", "").strip(), told.get("since", "")
    return _entered(request, body, retaining.set_schedule(asking.bureau, asking.principal, *said))


@recently
def dispose(request: HttpRequest, body: str) -> HttpResponse:
    """What would go; sent back with the word, it goes, if it is still the same."""
    asking = asking_of(request)
    bureau, principal = asking.bureau, asking.principal
    due = keeping.due(bureau)
    word = _("dispose")
    if request.method != "POST":
        shown = {"due": due_views(bureau, principal, due), "word": word, "plan": _plan(due)}
        return render(request, "pages/dispose.html", shown)
    if request.POST.get("word", "").strip().casefold() != word.casefold():
        raise Fault(
            Exit.USAGE,
            Sentence("Nothing went: the word was not typed."),
            Sentence("Type “%(word)s” to dispose.", word=word),
        )
    if request.POST.get("plan") != _plan(due):
        raise Fault(Exit.REFUSED, Sentence("What is due has changed since you looked."), Sentence("Look at it again."))
    gone = keeping.dispose(bureau, principal)
    messages.success(request, _("%s documents went; entries of the record say so.") % len(gone))
    return on_to("retention", body)


def _plan(due: list[Due]) -> str:
    """What tells whether two lists are the same."""
    return sha256(" ".join(each.source for each in due).encode()).hexdigest()


def _entered(request: HttpRequest, body: str, entry: int) -> HttpResponse:
    say_entered(request, entry)
    return on_to("retention", body)


urls: list[Any] = [
    path("desk/retention", retention, name="retention"),
    path("desk/retention/hold", hold, name="hold"),
    path("desk/retention/release/<int:entry>", release, name="release"),
    path("desk/retention/schedule", schedule, name="schedule"),
    path("desk/retention/dispose", dispose, name="dispose"),
]
ROUTES: Routes = {
    "retention": "hold",
    "hold": "hold",
    "release": "hold",
    "schedule": "schedule",
    "dispose": "dispose",
}
