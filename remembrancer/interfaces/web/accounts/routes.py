"""What the routes of the accounts ask of their callers; allauth itself asks again who is signed in.

Nobody signs up but by invitation: allauth's own page for it has no row and is served to nobody.
"""

from __future__ import annotations

from remembrancer.interfaces.web.accounts import accepting, own
from remembrancer.interfaces.web.admitting.needs import Need, Routes

_EVERYONE = (
    "account_login", "account_logout", "account_inactive",
    "account_reset_password", "account_reset_password_done", "account_reset_password_from_key",
    "account_reset_password_from_key_done", "account_confirm_email", "account_email_verification_sent",
    "mfa_authenticate", "mfa_login_webauthn",
    "openid_connect_login", "openid_connect_callback",
    "socialaccount_login_cancelled", "socialaccount_login_error", "socialaccount_signup",
)  # fmt: skip

_ACCOUNT = (
    "account_reauthenticate", "account_email", "account_change_password", "account_set_password",
    "mfa_index", "mfa_reauthenticate", "mfa_activate_totp", "mfa_deactivate_totp",
    "mfa_view_recovery_codes", "mfa_generate_recovery_codes", "mfa_download_recovery_codes",
    "mfa_list_webauthn", "mfa_add_webauthn", "mfa_edit_webauthn", "mfa_remove_webauthn", "mfa_reauthenticate_webauthn",
    "socialaccount_connections",
)  # fmt: skip


def _all(names: tuple[str, ...], need: Need) -> Routes:
    return dict.fromkeys(names, need)


ROUTES: Routes = {**_all(_EVERYONE, "everyone"), **_all(_ACCOUNT, "account"), **own.ROUTES, **accepting.ROUTES}
"""A view's name to what it needs."""
