"""Which address is which page. Every page of a body stands under ``/SLUG/``; permanent links are ``/SLUG/id/ID``."""

from __future__ import annotations

from django.urls import include, path

from remembrancer.interfaces.web import authorizing, events, front, looking
from remembrancer.interfaces.web.accounts import urls as accounts
from remembrancer.interfaces.web.pages import (
    asking,
    decisions,
    links,
    matters,
    people,
    register,
    searching,
    sittings,
    sources,
    watching,
)

urlpatterns = [
    path("", front.front, name="front"),
    path("healthy", front.healthy, name="healthy"),
    *looking.urls,
    path("account/", include(accounts)),
    path("", include(authorizing)),
    path("<slug:body>/", include([*events.urls, *asking.urls, *searching.urls, *watching.urls])),
    path("<slug:body>/", include([*register.urls, *decisions.urls, *matters.urls])),
    path("<slug:body>/", include([*sittings.urls, *sources.urls, *links.urls, *people.urls])),
]

handler404 = "remembrancer.interfaces.web.faults.not_found"
handler500 = "remembrancer.interfaces.web.faults.failed"
