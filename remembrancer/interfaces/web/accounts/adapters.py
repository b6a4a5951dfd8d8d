"""What allauth asks the office: who may sign up, where people go then, what an assistant may be let do."""

from __future__ import annotations

import secrets
from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.idp.oidc.adapter import DefaultOIDCAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from remembrancer.interfaces.web import settings
from remembrancer.interfaces.web.accounts.models import Account

GRANTS = ("authorization_code", "refresh_token")
LOOPBACK = ("127.0.0.1", "localhost")


class Accounts(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by invitation; see ``accepting``."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up without being asked."""
        return False

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Back to the account."""
        return reverse("account")


class OrganisationAccounts(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Who signs in with the organisation gets an account without a role; the record grants roles."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Whoever the organisation vouches for."""
        return True

    def populate_user(self, request: HttpRequest, sociallogin: Any, data: dict[str, Any]) -> Account:
        """The account with the name that the organisation gives."""
        account: Account = super().populate_user(request, sociallogin, data)
        told = [data.get("name") or "", data.get("first_name") or "", data.get("last_name") or ""]
        account.name = (told[0] or " ".join(told[1:])).strip()[:150]
        return account


class Assistants(DefaultOIDCAdapter):  # type: ignore[misc]
    """What an assistant may be let do on somebody's behalf: to read, by way of their browser, and nothing else."""

    scope_display = {"openid": _("know who you are"), "read": _("read what you may read")}  # noqa: RUF012

    def generate_client_secret(self) -> str:
        """A secret without signs that one side writes in another way than the other reads them."""
        return secrets.token_urlsafe(48)

    def get_issuer(self) -> str:
        """The address of the office, by whatever name it was called."""
        return settings.ADDRESS

    def populate_server_metadata(self, data: dict[str, Any]) -> None:
        """Only what an assistant can ask for."""
        data["scopes_supported"] = list(self.scope_display)
        data["grant_types_supported"] = list(GRANTS)
        data["response_types_supported"] = ["code"]
        for name in ("device_authorization_endpoint", "end_session_endpoint"):
            data.pop(name, None)

    def validate_client_registration(self, *, client: Any, client_metadata: dict[str, Any], **_: Any) -> None:
        """An assistant that registers itself is sent back to where only it can be: to TLS, or to its own machine."""
        if not client_metadata.get("scope"):
            client.set_scopes(list(self.scope_display))
        if not set(client.get_scopes()) <= set(self.scope_display):
            raise ValidationError("scope: only openid and read can be had.")
        if not set(client.get_grant_types()) <= set(GRANTS) or client.get_response_types() != ["code"]:
            raise ValidationError("Only the authorization code is granted, and a refresh token with it.")
        if not all(map(_leads_back, client.get_redirect_uris())):
            raise ValidationError("redirect_uris: use https, or http to localhost or 127.0.0.1.")

    def validate_resource_uris(self, *, uris: list[str], **_: Any) -> None:
        """Tokens are granted for the office's own addresses alone."""
        if not set(uris) <= set(settings.MCP_RESOURCES):
            raise ValidationError("The resource is none of this office.")


def _leads_back(uri: str) -> bool:
    parts = urlsplit(uri)
    return bool(parts.hostname) and (parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK))
