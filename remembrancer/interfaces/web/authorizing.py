"""The office as an authorization server, for assistants: allauth's, with what it leaves to be said here."""

from __future__ import annotations

from urllib.parse import urlsplit

from allauth.idp.oidc import views
from allauth.idp.oidc.models import Client
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt

from remembrancer.interfaces.web.accounts.adapters import LOOPBACK
from remembrancer.interfaces.web.headers import POLICY
from remembrancer.interfaces.web.needs import Routes


@csrf_exempt
def authorize(request: HttpRequest) -> HttpResponse:
    """The page that asks somebody whether an assistant may read for them. Its form leads to the assistant's own
    address, which the browser must be told, or it would not go there."""
    response: HttpResponse = views.authorization(request)
    client = (getattr(response, "context_data", None) or {}).get("client")
    if isinstance(client, Client):
        leads_to = " ".join(sorted(set(map(_origin, client.get_redirect_uris()))))
        response.headers["Content-Security-Policy"] = POLICY.replace(
            "form-action 'self'", f"form-action 'self' {leads_to}"
        )
    return response


@csrf_exempt
def token(request: HttpRequest) -> HttpResponse:
    """A token for a code; a resource that is none is told as RFC 8707 has it."""
    try:
        response: HttpResponse = views.token(request)
    except ValidationError as error:
        told = {"error": "invalid_target", "error_description": " ".join(error.messages)}
        return JsonResponse(told, status=400)
    return response


def _origin(address: str) -> str:
    """Where an address leads, as a policy names it; on its own machine a program takes whatever port is free."""
    parts = urlsplit(address)
    return f"http://{parts.hostname}:*" if parts.hostname in LOOPBACK else f"{parts.scheme}://{parts.netloc}"


urlpatterns = [
    path(".well-known/oauth-authorization-server", views.configuration, name="authorization_server"),
    path("identity/o/authorize", authorize, name="authorize"),
    path("identity/o/api/token", token, name="token"),
    path("", include("allauth.idp.urls")),
]
ROUTES: Routes = {
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
