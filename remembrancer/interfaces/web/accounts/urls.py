"""The addresses of the accounts, under ``/account/``: the office's own, then those of allauth."""

from __future__ import annotations

from django.urls import include, path

from remembrancer.interfaces.web.accounts import accepting, organisation, own

urlpatterns = [*own.urls, *accepting.urls, *organisation.urls, path("", include("allauth.urls"))]
