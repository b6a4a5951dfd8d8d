"""*Watches*: questions and searches that an account keeps, and what is new since it looked last."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from remembrancer.interfaces.narrowing import narrowed
from remembrancer.interfaces.web.admitting.asking import asking_of
from remembrancer.interfaces.web.admitting.needs import Routes
from remembrancer.interfaces.web.admitting.onward import on_to
from remembrancer.interfaces.web.showing.quoting import found
from remembrancer.memory.query import parse
from remembrancer.office.asking import watching

NEW = 20
"""How many new passages are shown at once."""


def watches(request: HttpRequest, body: str) -> HttpResponse:
    """The account's own watches in this body."""
    asking = asking_of(request)
    kept = watching.watches(asking.bureau, asking.office.work, asking.principal)
    return render(request, "pages/watches.html", {"watches": kept})


def watch(request: HttpRequest, body: str, name: str) -> HttpResponse:
    """What one watch has to say; sent back, what was shown is noted and is not new again."""
    asking = asking_of(request)
    (ran,) = watching.run(asking.bureau, asking.office.work, asking.principal, name, NEW)
    if request.method == "POST":
        watching.noted(asking.office.work, ran)
        return on_to("watches", body)
    tree = parse(ran.news.query) if ran.news.kind == "search" else None
    hits = [found(hit, tree) for hit in ran.news.new]
    return render(request, "pages/watch.html", {"news": ran.news, "hits": hits})


@require_POST
def add(request: HttpRequest, body: str) -> HttpResponse:
    """Keep a question or a search."""
    asking, told = asking_of(request), request.POST
    question = told.get("kind") == "ask"
    filters = narrowed(*(told.get(name, "") for name in ("from", "to", "speaker", "sitting", "item")))
    watching.add(
        asking.bureau,
        asking.office.work,
        asking.principal,
        told.get("q", "").strip(),
        question=question,
        filters=None if question else filters,
    )
    messages.success(request, _("It is watched. What is new will be shown here."))
    return on_to("watches", body)


@require_POST
def remove(request: HttpRequest, body: str, name: str) -> HttpResponse:
    """Forget a watch and what it has shown."""
    asking = asking_of(request)
    watching.remove(asking.bureau, asking.office.work, asking.principal, name)
    messages.success(request, _("It is watched no longer."))
    return on_to("watches", body)


urls = [
    path("watches", watches, name="watches"),
    path("watches/add", add, name="watch_add"),
    path("watches/<str:name>/remove", remove, name="watch_remove"),
    path("watches/<str:name>", watch, name="watch"),
]
ROUTES: Routes = {"watches": "account", "watch_add": "account", "watch_remove": "account", "watch": "account"}
