"""How the pages look to one person: light or dark, and in which language; two cookies, set by a plain form."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from remembrancer.interfaces.web.admitting.needs import Routes

COOKIE = "__Host-look" if settings.LANGUAGE_COOKIE_SECURE else "look"
LOOKS = [("", _("As the device has it")), ("light", _("Light")), ("dark", _("Dark"))]
YEAR = 365 * 24 * 60 * 60


class Choice(forms.Form):
    """What somebody chose."""

    look = forms.ChoiceField(choices=LOOKS, required=False)
    language = forms.ChoiceField(choices=settings.LANGUAGES)


def look_of(request: HttpRequest) -> str:
    """Light, dark, or empty: as the device has it."""
    chosen = request.COOKIES.get(COOKIE, "")
    return chosen if chosen in ("light", "dark") else ""


def look(request: HttpRequest) -> HttpResponse:
    """The choices; sent back, they are kept and the page that somebody came from is shown again."""
    back = _back(request)
    choice = Choice(request.POST)
    if request.method == "POST" and choice.is_valid():
        return _kept(HttpResponseRedirect(back, status=303), choice)
    shown = {"looks": LOOKS, "languages": settings.LANGUAGES, "back": back, "language": get_language()}
    return render(request, "pages/look.html", shown)


def _kept(response: HttpResponse, choice: Choice) -> HttpResponse:
    told = {settings.LANGUAGE_COOKIE_NAME: choice.cleaned_data["language"], COOKIE: choice.cleaned_data["look"]}
    for name, value in told.items():
        if value:
            response.set_cookie(name, value, max_age=YEAR, secure=settings.LANGUAGE_COOKIE_SECURE, samesite="Lax")
        else:
            response.delete_cookie(name, samesite="Lax")
    return response


def _back(request: HttpRequest) -> str:
    """Where somebody came from, if that is here; else the first page."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    own = url_has_allowed_host_and_scheme(asked, {request.get_host()}, require_https=request.is_secure())
    return asked if own else reverse("front")


urls = [path("look", look, name="look")]
ROUTES: Routes = {"look": "everyone"}
