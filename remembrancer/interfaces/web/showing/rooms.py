"""The rooms of a body's pages, in the order of the navigation, and which of them somebody may enter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from remembrancer.interfaces.web.admitting.asking import Asking
from remembrancer.interfaces.web.admitting.guard import admitted
from remembrancer.interfaces.web.routes import ROUTES
from remembrancer.interfaces.web.showing.addresses import address

ROOMS: Mapping[str, object] = {
    "ask": _("Ask"),
    "search": _("Search"),
    "sittings": None,
    "register": _("Register"),
    "matters": None,
    "people": _("People"),
    "watches": _("Watches"),
    "desk": _("Clerk’s desk"),
    "house": _("House and rules"),
    "record": _("Record"),
    "owner": _("Owner"),
}
"""The route of each room's first page and its title; None where the body's own word for what it holds is the title."""

WITHIN: Mapping[str, str] = {"house": "owner"}
"""A room that is part of another, and stands in the navigation for those alone who may not enter that."""

SHELVES: Mapping[str, object] = {
    "decisions": None,
    "actions": None,
    "sources": _("Sources"),
}
"""What stands at the foot of every page: lists that are part of a room, likewise."""


class Room(NamedTuple):
    """A room as the navigation shows it; ``here`` where the page is in it."""

    title: str
    address: str
    here: bool


def rooms(
    request: HttpRequest, asking: Asking, words: Mapping[str, str], listed: Mapping[str, object] = ROOMS
) -> Iterator[Room]:
    """The rooms of the body, or the shelves, that who asks may see."""
    for route, title in listed.items():
        within = WITHIN.get(route)
        if admitted(asking, ROUTES[route]) and not (within and admitted(asking, ROUTES[within])):
            leads_to = address(route, asking.slug)
            shown = capfirst(words[route] if title is None else str(title))
            yield Room(shown, leads_to, _here(request.path, leads_to, route))


def _here(path: str, address: str, route: str) -> bool:
    """Whether a page's address is in a room: the first page of the body is its own room."""
    return path == address or (route != "ask" and path.startswith(f"{address.rstrip('/')}/"))
