"""The Django application of the accounts."""

from __future__ import annotations

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Accounts, invitations and tokens."""

    name = "remembrancer.interfaces.web.accounts"
    label = "accounts"
