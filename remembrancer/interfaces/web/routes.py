"""Every route by its name, and what it asks of its caller; a route that is not here is served to nobody.

``everyone`` sees what the record opens to the public; ``account`` must be signed in; a deed is one of ``access.DEEDS``;
``owner`` is the owner. Each room of pages adds its rows; see ``guard``.
"""

from __future__ import annotations

from remembrancer.interfaces.rest import operations
from remembrancer.interfaces.web.accounts import routes as accounts
from remembrancer.interfaces.web.admitting import authorizing
from remembrancer.interfaces.web.admitting.needs import Routes
from remembrancer.interfaces.web.pages import (
    asking,
    convening,
    decisions,
    desk,
    feeds,
    front,
    inspecting,
    links,
    matters,
    owning,
    people,
    recording,
    register,
    requesting,
    retention,
    searching,
    sittings,
    sources,
    uploading,
    watching,
)
from remembrancer.interfaces.web.serving import events
from remembrancer.interfaces.web.showing import looking

ROOMS = (
    events,
    asking,
    searching,
    watching,
    register,
    decisions,
    matters,
    feeds,
    sittings,
    sources,
    links,
    people,
    recording,
    owning,
    inspecting,
    convening,
    desk,
    uploading,
    requesting,
    retention,
)
"""The modules of a body's pages: each has its ``urls``, under the body's address, and its ``ROUTES``."""

APART = (front, looking, accounts, operations, authorizing)
"""Those whose addresses are of no one body."""

ROUTES: Routes = {name: need for each in (*APART, *ROOMS) for name, need in each.ROUTES.items()}
"""A view's name, with its namespace, to what it needs."""
