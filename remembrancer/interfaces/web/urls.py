"""Which address is which page. Every page of a body stands under ``/SLUG/``; permanent links are ``/SLUG/id/ID``."""

from __future__ import annotations

from django.urls import include, path

from remembrancer.interfaces.rest import api as rest
from remembrancer.interfaces.web.accounts import urls as accounts
from remembrancer.interfaces.web.admitting import authorizing
from remembrancer.interfaces.web.pages import front
from remembrancer.interfaces.web.routes import ROOMS
from remembrancer.interfaces.web.showing import looking

urlpatterns = [
    *front.urls,
    *looking.urls,
    path("account/", include(accounts)),
    path("api/", include(rest.urls)),
    path("", include(authorizing)),
    path("<slug:body>/", include([each for room in ROOMS for each in room.urls])),
]

handler400 = "remembrancer.interfaces.web.admitting.faults.malformed"
handler403 = "remembrancer.interfaces.web.admitting.faults.forbidden"
handler404 = "remembrancer.interfaces.web.admitting.faults.not_found"
handler500 = "remembrancer.interfaces.web.admitting.faults.failed"
