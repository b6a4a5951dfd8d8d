"""The Django application of the accounts."""

from __future__ import annotations

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Accounts, invitations, tokens and the journal."""

    name = "remembrancer.interfaces.web.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Listen to what allauth says of who signs in."""
        from remembrancer.interfaces.web.accounts.listening import listen

        listen()
