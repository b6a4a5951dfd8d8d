"""What the routes of the accounts ask of their callers; allauth itself asks again who is signed in."""

from __future__ import annotations

from remembrancer.interfaces.web.needs import Routes

_EVERYONE = (
    "account_login", "account_logout", "account_signup", "account_inactive", "account_reauthenticate",
    "account_reset_password", "account_reset_password_done", "account_reset_password_from_key",
    "account_reset_password_from_key_done", "account_confirm_email", "account_email_verification_sent",
    "mfa_authenticate", "mfa_login_webauthn", "mfa_reauthenticate", "mfa_trust",
)  # fmt: skip

ROUTES: Routes = dict.fromkeys(_EVERYONE, "everyone")
"""A view's name to what it needs."""
