"""The addresses of the accounts, under ``/account/``: the office's own, then those of allauth."""

from __future__ import annotations

from django.urls import include, path

from remembrancer.interfaces.web.accounts import accepting, own

urlpatterns = [*own.urls, *accepting.urls, path("", include("allauth.urls"))]
