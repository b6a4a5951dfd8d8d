"""Every route by its name, and what it asks of its caller; a route that is not here is served to nobody.

``everyone`` sees what the record opens to the public; ``account`` must be signed in; a deed is one of ``access.DEEDS``;
``owner`` is the owner. Each room of pages adds its rows; see ``guard``.
"""

from __future__ import annotations

from remembrancer.interfaces.rest import operations
from remembrancer.interfaces.web import authorizing, events, looking
from remembrancer.interfaces.web.accounts import routes as accounts
from remembrancer.interfaces.web.needs import Routes
from remembrancer.interfaces.web.pages import (
    asking,
    convening,
    decisions,
    desk,
    feeds,
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

ROUTES: Routes = {
    "front": "everyone",
    "healthy": "everyone",
    **looking.ROUTES,
    **accounts.ROUTES,
    **operations.ROUTES,
    **authorizing.ROUTES,
    **events.ROUTES,
    **asking.ROUTES,
    **register.ROUTES,
    **decisions.ROUTES,
    **matters.ROUTES,
    **feeds.ROUTES,
    **sittings.ROUTES,
    **sources.ROUTES,
    **links.ROUTES,
    **people.ROUTES,
    **recording.ROUTES,
    **owning.ROUTES,
    **convening.ROUTES,
    **searching.ROUTES,
    **watching.ROUTES,
    **desk.ROUTES,
    **uploading.ROUTES,
    **requesting.ROUTES,
    **retention.ROUTES,
}
"""A view's name, with its namespace, to what it needs."""
