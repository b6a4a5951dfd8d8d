"""Which address is which page. Every page of a body stands under ``/SLUG/``; permanent links are ``/SLUG/id/ID``."""

from __future__ import annotations

from django.urls import include, path

from remembrancer.interfaces.rest import api as rest
from remembrancer.interfaces.web import authorizing, events, front, looking
from remembrancer.interfaces.web.accounts import urls as accounts
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

urlpatterns = [
    path("", front.front, name="front"),
    path("healthy", front.healthy, name="healthy"),
    *looking.urls,
    path("account/", include(accounts)),
    path("api/", include(rest.urls)),
    path("", include(authorizing)),
    path("<slug:body>/", include([*events.urls, *asking.urls, *searching.urls, *watching.urls])),
    path("<slug:body>/", include([*register.urls, *decisions.urls, *matters.urls, *feeds.urls])),
    path("<slug:body>/", include([*sittings.urls, *sources.urls, *links.urls, *people.urls])),
    path("<slug:body>/", include([*recording.urls, *owning.urls, *convening.urls])),
    path("<slug:body>/", include([*desk.urls, *uploading.urls, *requesting.urls, *retention.urls])),
]

handler400 = "remembrancer.interfaces.web.faults.malformed"
handler403 = "remembrancer.interfaces.web.faults.forbidden"
handler404 = "remembrancer.interfaces.web.faults.not_found"
handler500 = "remembrancer.interfaces.web.faults.failed"
