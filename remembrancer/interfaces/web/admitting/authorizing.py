"""The office as an authorization server, for assistants: allauth's, with what it leaves to be said here."""

from __future__ import annotations

import json
from datetime import datetime
from typing import NamedTuple
from urllib.parse import urlsplit

from allauth.idp.oidc import views
from allauth.idp.oidc.models import Client, Token
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Min
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import include, path
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from remembrancer.interfaces.web import settings
from remembrancer.interfaces.web.accounts import renewing
from remembrancer.interfaces.web.accounts.adapters import LOOPBACK
from remembrancer.interfaces.web.accounts.journal import note
from remembrancer.interfaces.web.admitting.asking import asking_of
from remembrancer.interfaces.web.admitting.needs import Routes
from remembrancer.interfaces.web.serving.headers import POLICY


class LetIn(NamedTuple):
    """An assistant that somebody let read for them, since when, and where its answers go."""

    client: Client
    since: datetime
    leads_to: list[str]


@csrf_exempt
def authorize(request: HttpRequest) -> HttpResponse:
    """The page that asks somebody whether an assistant may read for them. Its form leads to the assistant's own
    address, which the browser must be told, or it would not go there."""
    if request.method != "POST" and not _asks_properly(request):
        return render(request, "idp/oidc/error.html", status=400)
    response: HttpResponse = views.authorization(request)
    if request.method == "POST" and request.POST.get("action") == "grant" and response.status_code == 302:
        note("assistant", who=asking_of(request).account or "", deed="let in")
    shown = getattr(response, "context_data", None) or {}
    if isinstance(shown.get("client"), Client):
        shown["leads_to"] = leads_to(shown["client"])
        to = " ".join(("form-action 'self'", *sorted(set(map(_origin, shown["client"].get_redirect_uris())))))
        response.headers["Content-Security-Policy"] = POLICY.replace("form-action 'self'", to)
    return response


def _asks_properly(request: HttpRequest) -> bool:
    """Whether an assistant lets somebody be asked, and shows that it is the one that will come for the token: anybody
    may register one, and allauth asks nobody again who once let in another of the same scopes."""
    silently = any("none" in told.split() for told in request.GET.getlist("prompt"))
    proves = request.GET.get("code_challenge") and request.GET.get("code_challenge_method") == "S256"
    return bool(proves) and not silently


@csrf_exempt
def token(request: HttpRequest) -> HttpResponse:
    """A token for a code or for a refresh token; a resource that is none is told as RFC 8707 has it."""
    try:
        with transaction.atomic():
            return _exchanged(request)
    except ValidationError as error:
        told = {"error": "invalid_target", "error_description": " ".join(error.messages)}
        return JsonResponse(told, status=400)


def _exchanged(request: HttpRequest) -> HttpResponse:
    shown = request.POST.get("refresh_token") or request.POST.get("code") or ""
    since = renewing.begun(shown)
    response: HttpResponse = views.token(request)
    if response.status_code == 200:
        renewing.spend(shown, since, json.loads(response.content))
    else:
        renewing.revoke_if_spent(shown)
    return response


@never_cache
def assistants(request: HttpRequest) -> HttpResponse:
    """The assistants that an account let in, each with a way to take it back."""
    since = Token.objects.valid().filter(user=request.user).exclude(client=None).values("client")
    begun = {each["client"]: each["since"] for each in since.annotate(since=Min("created_at"))}
    let_in = [LetIn(each, begun[each.pk], leads_to(each)) for each in Client.objects.filter(pk__in=begun)]
    shown = {"assistants": sorted(let_in, key=lambda each: each.since), "address": settings.MCP_RESOURCES[1]}
    return render(request, "account/assistants.html", shown)


@require_POST
def end(request: HttpRequest, client: str) -> HttpResponse:
    """Take back what an account let an assistant do: its tokens are worth nothing from now on."""
    if not Token.objects.filter(user=request.user, client=client).delete()[0]:
        raise Http404
    note("assistant", who=asking_of(request).account or "", deed="taken back")
    messages.success(request, gettext("It reads nothing for you any more."))
    return redirect("assistants")


def leads_to(client: Client) -> list[str]:
    """The names of the places that a client has its answers sent to."""
    return sorted({urlsplit(each).hostname or each for each in client.get_redirect_uris()})


def _origin(address: str) -> str:
    """Where an address leads, as a policy names it; on its own machine a program takes whatever port is free."""
    parts = urlsplit(address)
    return f"http://{parts.hostname}:*" if parts.hostname in LOOPBACK else f"{parts.scheme}://{parts.netloc}"


urlpatterns = [
    path("account/assistants", assistants, name="assistants"),
    path("account/assistants/<str:client>/end", end, name="assistant_end"),
    path(".well-known/oauth-authorization-server", views.configuration, name="authorization_server"),
    path("identity/o/authorize", authorize, name="authorize"),
    path("identity/o/api/token", token, name="token"),
    path("", include("allauth.idp.urls")),
]
ROUTES: Routes = {
    "assistants": "account",
    "assistant_end": "account",
    "authorization_server": "everyone",
    "authorize": "everyone",
    "token": "everyone",
    "idp:oidc:configuration": "everyone",
    "idp:oidc:jwks": "everyone",
    "idp:oidc:revoke": "everyone",
    "idp:oidc:userinfo": "everyone",
    "idp:oidc:client_registration": "everyone",
}
"""allauth's other routes - devices, signing out elsewhere - have no row and are served to nobody."""
