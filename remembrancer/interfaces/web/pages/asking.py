"""*Ask*: one box, the answer with its evidence, or silence said kindly."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from remembrancer.interfaces.web.asking import asking_of
from remembrancer.interfaces.web.needs import Routes
from remembrancer.office import answering

LIMIT = 5
"""Passages shown of an answer."""


def ask(request: HttpRequest, body: str) -> HttpResponse:
    """The box, and under it the answer to ``q`` as of ``as-of``, about the row ``about`` where one was chosen."""
    asking = asking_of(request)
    question, as_of = request.GET.get("q", "").strip(), request.GET.get("as-of", "")
    shown: dict[str, Any] = {"question": question, "as_of": as_of}
    if question:
        about = request.GET.get("about", "")
        shown["told"] = answering.ask(asking.bureau, asking.principal, question, as_of, LIMIT, about)
    return render(request, "pages/ask.html", shown)


urls = [path("", ask, name="ask")]
ROUTES: Routes = {"ask": "everyone"}
