"""What allauth asks the office: who may sign up, where people go then, what an assistant may be let do, how secrets
are kept."""

from __future__ import annotations

import re
import secrets
from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.idp.oidc.adapter import DefaultOIDCAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from remembrancer.interfaces.web import settings
from remembrancer.interfaces.web.accounts import sealing
from remembrancer.interfaces.web.accounts.journal import note
from remembrancer.interfaces.web.accounts.models import Account
from remembrancer.interfaces.web.accounts.recent import is_recent
from remembrancer.interfaces.web.admitting.asking import asking_of

GRANTS = ("authorization_code", "refresh_token")
LOOPBACK = ("127.0.0.1", "localhost")
_PLACE = re.compile(r"([A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(:[0-9]{1,5})?")
"""A host, perhaps with a port: no sign of it has a meaning in a policy, nor in a list of them."""


class Accounts(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by invitation; see ``accepting``."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up without being asked."""
        return False

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Back to the account."""
        return reverse("account")

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Who lacks the second factor that their role asks for goes where one is set up."""
        return reverse("mfa_index") if asking_of(request).lacks_factor else str(super().get_login_redirect_url(request))

    def is_reauthentication_required(self, *, app: str) -> bool:
        """Who signed in or confirmed it a moment ago is not asked again, for whatever deed."""
        request = context.request
        return request is None or not is_recent(request)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Note that a password was tried too often."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            note("sign-in", "limit", _known(credentials))
            raise

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Note a wrong password, or an address that nobody has; what was typed is not kept."""
        note("confirmation" if request.user.is_authenticated else "sign-in", "refused", _known(credentials))


def _known(credentials: dict[str, Any]) -> Account | str:
    """The account that somebody tried to sign in to, if there is one."""
    return Account.objects.filter(email__iexact=credentials.get("email", "")).first() or ""


class Factors(DefaultMFAAdapter):  # type: ignore[misc]
    """The seeds of codes are kept sealed with a key that is not in the database."""

    def encrypt(self, text: str) -> str:
        """Seal a seed."""
        return sealing.sealed(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Open one; where the key is another, as after a backup without keys, a seed that no code fits."""
        return sealing.opened(encrypted_text)


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
    """Whether an address leads to one place, by a name that the page's policy can tell the browser as it stands."""
    parts = urlsplit(uri)
    if not _PLACE.fullmatch(parts.netloc):
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)
