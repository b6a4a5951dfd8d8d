"""What allauth asks the office: who may sign up, where mail goes, what an assistant may be let do."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.idp.oidc.adapter import DefaultOIDCAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from remembrancer.interfaces.web.accounts.models import Invitation

INVITED = "invitation"
"""The session's key for the secret of the invitation that was opened."""


def invitation_of(request: HttpRequest) -> Invitation | None:
    """The invitation that this browser opened, if it may still be used."""
    secret = request.session.get(INVITED, "")
    return Invitation.of(secret) if secret else None


class Accounts(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by invitation."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Whether the browser came with an invitation."""
        return invitation_of(request) is not None


class OrganisationAccounts(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Who signs in with the organisation gets an account without a role; the record grants roles."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Whoever the organisation vouches for."""
        return True


class Assistants(DefaultOIDCAdapter):  # type: ignore[misc]
    """What an assistant may be let do on somebody's behalf."""

    scope_display = {"openid": _("know who you are"), "read": _("read what you may read")}  # noqa: RUF012
