"""Permanent links: ``/SLUG/id/ID`` leads to wherever the thing of that id is shown now, for ever."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse

from remembrancer.interfaces.web.admitting.asking import asking_of
from remembrancer.interfaces.web.admitting.faults import shown
from remembrancer.interfaces.web.admitting.needs import Routes
from remembrancer.office.showing import locating
from remembrancer.office.showing.locating import Located
from remembrancer.office.showing.shown import removed


def link(request: HttpRequest, body: str, identity: str) -> HttpResponse:
    """On to the page and the place on it; not found where the id names nothing that who asks may see."""
    asking = asking_of(request)
    located = locating.locate(asking.bureau, asking.principal, identity)
    if located is not None:
        return redirect(ADDRESS[located.kind](body, located))
    gone = removed(asking.bureau, asking.principal, identity)
    if gone is None:
        raise Http404
    return shown(request, 410, gone.what, gone.advice)


def _passage(body: str, located: Located) -> str:
    query = {"at": located.id} | ({"source": located.source} if located.source else {})
    return f"{reverse('sitting', args=[body, located.sitting])}?{urlencode(query)}#{located.id}"


def _source(body: str, located: Located) -> str:
    at = ",".join(f"{span.start}-{span.end}" for span in located.spans[:MOST])
    address = reverse("source", args=[body, located.source])
    return f"{address}?{urlencode({'at': at}, safe=',')}#mark" if at else address


def _page(name: str) -> Callable[[str, Located], str]:
    """The page of its own that something has."""
    return lambda body, located: reverse(name, args=[body, located.id])


MOST = 40
"""Most places of a source that an address names."""

ADDRESS: Mapping[locating.Kind, Callable[[str, Located], str]] = {
    "passage": _passage,
    "source": _source,
    "sitting": _page("sitting"),
    "person": _page("person"),
    "matter": _page("matter"),
    "decision": _page("decision"),
    "motion": _page("motion"),
    "vote": _page("vote"),
    "action": lambda body, located: f"{reverse('actions', args=[body])}#{located.id}",
}
"""Where each kind of thing is shown."""

urls: list[Any] = [path("id/<slug:identity>", link, name="link")]
ROUTES: Routes = {"link": "everyone"}
