"""What allauth asks the office: who may sign up, where people go then, what an assistant may be let do."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.idp.oidc.adapter import DefaultOIDCAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from remembrancer.interfaces.web.accounts.models import Account


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
    """What an assistant may be let do on somebody's behalf."""

    scope_display = {"openid": _("know who you are"), "read": _("read what you may read")}  # noqa: RUF012
