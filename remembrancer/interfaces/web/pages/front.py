"""The first page of an office, and whether it is well."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path

from remembrancer.interfaces.web.admitting.asking import asking_of
from remembrancer.interfaces.web.admitting.needs import Routes


def front(request: HttpRequest) -> HttpResponse:
    """The page of the only body, or the bodies to choose from."""
    bodies = asking_of(request).office.bodies()
    if len(bodies) == 1:
        return redirect("ask", body=bodies[0].slug)
    return render(request, "pages/front.html", {"bodies": bodies})


def healthy(request: HttpRequest) -> HttpResponse:
    """Says that the office can be opened, for who watches over the machine; nothing else."""
    asking_of(request).office.bodies()
    return HttpResponse("well\n", content_type="text/plain")


urls = [path("", front, name="front"), path("healthy", healthy, name="healthy")]

ROUTES: Routes = {"front": "everyone", "healthy": "everyone"}
