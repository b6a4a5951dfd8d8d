"""*Requests for information*: from arrival to the copy that goes out, decided passage by passage."""

from __future__ import annotations

from typing import Any, cast, get_args

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from remembrancer.interfaces.web.admitting.asking import asking_of
from remembrancer.interfaces.web.admitting.finding import found
from remembrancer.interfaces.web.admitting.needs import Routes
from remembrancer.interfaces.web.admitting.onward import say_entered
from remembrancer.interfaces.web.admitting.typed import number as whole
from remembrancer.model import Exit, Fault
from remembrancer.office.desk import answers, considering
from remembrancer.office.desk import requests as office
from remembrancer.office.desk.requests import Action
from remembrancer.saying import Sentence

PAGE = 25
"""Passages on one page."""

ALONE = "default-src 'none'; sandbox"
"""The policy of what is downloaded."""

KINDS = {
    "foi": gettext_lazy("about a subject"),
    "subject-access": gettext_lazy("about themselves"),
}
OUTCOMES = {
    "granted": gettext_lazy("granted"),
    "partly": gettext_lazy("partly granted"),
    "refused": gettext_lazy("refused"),
    "nothing-held": gettext_lazy("nothing is held"),
    "withdrawn": gettext_lazy("withdrawn"),
}


def requests(request: HttpRequest, body: str) -> HttpResponse:
    """Every request, the open ones first, and the form for another; sent back, one that arrived."""
    asking = asking_of(request)
    bureau, principal = asking.bureau, asking.principal
    if request.method == "POST":
        told = request.POST
        said = told.get("from", ""), told.get("text", ""), told.get("due", ""), told.get("about", "").strip()
        number = office.open_(bureau, principal, told.get("kind", ""), *said)
        messages.success(request, _("The request is open."))
        return _to(body, number)
    every = [(each, KINDS[each.kind], OUTCOMES.get(each.outcome, "")) for each in office.requests(bureau, principal)]
    shown = {"requests": every, "kinds": KINDS.items(), "days": bureau.house().requests.days, "today": bureau.today()}
    return render(request, "pages/requests.html", shown)


def one(request: HttpRequest, body: str, number: int) -> HttpResponse:
    """One request: what may answer it, what was determined of each passage, and the copy that went out."""
    asking = asking_of(request)
    bureau, principal = asking.bureau, asking.principal
    with found():
        review = considering.review(bureau, principal, number)
    known, page = review.request, whole(request, "page")
    undetermined = request.GET.get("only") == "rest"
    passages = [each for each in review.passages if not undetermined or each.determination is None]
    start = (page - 1) * PAGE
    shown = {
        "known": known,
        "kind": KINDS[known.kind],
        "outcome": OUTCOMES.get(known.outcome, ""),
        "review": review,
        "passages": passages[start : start + PAGE],
        "count": len(passages),
        "left": sum(each.determination is None for each in review.passages),
        "only": "rest" if undetermined else "",
        "page": page,
        "more": len(passages) > start + PAGE,
        "outcomes": OUTCOMES.items(),
        "kept": answers.kept(asking.office, bureau, principal, number) if known.outcome else {},
        "today": bureau.today(),
    }
    return render(request, "pages/request.html", shown)


@require_POST
def add(request: HttpRequest, body: str, number: int) -> HttpResponse:
    """Add what a search finds, one passage or document with what stands under it, or what names the person."""
    asking, told = asking_of(request), request.POST
    search, identity = told.get("search", "").strip(), told.get("id", "").strip()
    given = [search] if search else [], [identity] if identity else []
    added = considering.add(asking.bureau, asking.principal, number, *given, (), told.get("proposed") == "yes")
    said = {"found": added.found, "new": added.new}
    messages.success(request, _("%(found)s passages found, %(new)s of them new.") % said)
    return _to(body, number)


@require_POST
def determine(request: HttpRequest, body: str, number: int) -> HttpResponse:
    """Enter what becomes of a passage, of all, or of the rest."""
    asking, told = asking_of(request), request.POST
    action: Action = _action(told.get("action", ""))
    words = [line.strip() for line in told.get("words", "").splitlines() if line.strip()]
    said = told.get("others") == "yes", told.get("reason", ""), told.get("ground", "")
    redacts = action == "redact"
    entry = considering.determine(
        asking.bureau,
        asking.principal,
        number,
        action,
        [told.get("id", "")],
        words if redacts else (),
        said[0] and redacts,
        *said[1:],
    )
    say_entered(request, entry)
    return _to(body, number, f"?{told['where']}" if told.get("where") else "")


def _action(told: str) -> Action:
    if told in get_args(Action):
        return cast(Action, told)
    raise Fault(
        Exit.USAGE, Sentence("Nothing was chosen."), Sentence("Release it, withhold it, or take words out of it.")
    )


@require_POST
def close(request: HttpRequest, body: str, number: int) -> HttpResponse:
    """Answer the request: the copy is written and its hashes entered."""
    asking, told = asking_of(request), request.POST
    said = told.get("outcome", ""), told.get("note", ""), told.get("even-so") == "yes"
    answered = answers.close(asking.office, asking.bureau, asking.principal, number, *said)
    say_entered(request, answered.entry)
    return _to(body, number)


def copy(request: HttpRequest, body: str, number: int, name: str) -> HttpResponse:
    """One file of the copy that went out; under the name ``copy.zip`` all of them."""
    asking = asking_of(request)
    asked = asking.office, asking.bureau, asking.principal, number
    with found():
        if name == "copy.zip":
            return _download(f"request-{number}.zip", answers.as_zip(*asked))
        kept = answers.kept(*asked)
    if name not in kept:
        raise Http404
    return _download(name, kept[name].read_bytes())


def _download(name: str, data: bytes) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Content-Security-Policy": ALONE}
    return HttpResponse(data, content_type="application/octet-stream", headers=headers)


@require_POST
def forget(request: HttpRequest, body: str, number: int) -> HttpResponse:
    """Remove who asked, or only the copy that is kept here."""
    asking, told = asking_of(request), request.POST
    asked = asking.office, asking.bureau, asking.principal, number
    if told.get("what") == "copy":
        answers.remove(*asked)
        messages.success(request, _("The copy is not kept here any more."))
        return _to(body, number)
    if not told.get("authority", "").strip():
        raise Fault(
            Exit.USAGE,
            Sentence("It needs the schedule or law under which it goes."),
            Sentence("Name it and try again."),
        )
    entry = answers.forget(*asked, told["authority"].strip())
    say_entered(request, entry)
    return _to(body, number)


def _to(body: str, number: int, query: str = "") -> HttpResponse:
    return HttpResponseRedirect(reverse("request", args=[body, number]) + query, status=303)


urls: list[Any] = [
    path("desk/requests/", requests, name="requests"),
    path("desk/requests/<int:number>", one, name="request"),
    path("desk/requests/<int:number>/add", add, name="request_add"),
    path("desk/requests/<int:number>/determine", determine, name="request_determine"),
    path("desk/requests/<int:number>/close", close, name="request_close"),
    path("desk/requests/<int:number>/forget", forget, name="request_forget"),
    path("desk/requests/<int:number>/copy/<str:name>", copy, name="request_copy"),
]
ROUTES: Routes = {each.name: "request" for each in urls}
