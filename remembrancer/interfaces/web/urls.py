"""Which address is which page. Every page of a body stands under ``/SLUG/``; permanent links are ``/SLUG/id/ID``."""

from __future__ import annotations

from django.urls import include, path

from remembrancer.interfaces.rest import api as rest
from remembrancer.interfaces.web import authorizing, front, looking
from remembrancer.interfaces.web.accounts import urls as accounts
from remembrancer.interfaces.web.routes import ROOMS

urlpatterns = [
    path("", front.front, name="front"),
    path("healthy", front.healthy, name="healthy"),
    *looking.urls,
    path("account/", include(accounts)),
    path("api/", include(rest.urls)),
    path("", include(authorizing)),
    path("<slug:body>/", include([each for room in ROOMS for each in room.urls])),
]

handler400 = "remembrancer.interfaces.web.faults.malformed"
handler403 = "remembrancer.interfaces.web.faults.forbidden"
handler404 = "remembrancer.interfaces.web.faults.not_found"
handler500 = "remembrancer.interfaces.web.faults.failed"
