"""What allauth says of signing in, entered in the journal, and what follows from it."""

from __future__ import annotations

from typing import Any

from allauth.account import signals as account_signals
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa import signals as factor_signals
from allauth.mfa.models import Authenticator
from allauth.socialaccount import signals as organisation_signals
from allauth.usersessions.models import UserSession
from django.dispatch import Signal
from django.http import HttpRequest

from remembrancer.interfaces.web.accounts.journal import Outcome, note
from remembrancer.interfaces.web.accounts.models import Account

FACTORS = {
    Authenticator.Type.TOTP: "codes",
    Authenticator.Type.WEBAUTHN: "passkey",
    Authenticator.Type.RECOVERY_CODES: "recovery codes",
}

NOTED: tuple[tuple[Signal, str, Outcome, str], ...] = (
    (account_signals.user_logged_out, "sign-out", "done", ""),
    (account_signals.password_changed, "password", "done", "changed"),
    (account_signals.password_set, "password", "done", "set"),
    (account_signals.password_reset, "password", "done", "set anew by a link"),
    (account_signals.email_added, "email", "done", "added"),
    (account_signals.email_changed, "email", "done", "changed"),
    (account_signals.email_removed, "email", "done", "removed"),
    (factor_signals.authenticator_added, "second-factor", "done", "added"),
    (factor_signals.authenticator_removed, "second-factor", "done", "removed"),
    (factor_signals.authenticator_reset, "second-factor", "done", "renewed"),
    (factor_signals.authentication_failed, "second-factor", "refused", ""),
    (organisation_signals.social_account_added, "organisation", "done", "connected"),
    (organisation_signals.social_account_removed, "organisation", "done", "parted"),
)
"""Each signal with what its line is about, the outcome and what was done."""


def listen() -> None:
    """Have every signal noted from now on."""
    for signal, what, outcome, deed in NOTED:
        signal.connect(_noting(what, outcome, deed), weak=False, dispatch_uid=f"journal {what} {outcome} {deed}")
    account_signals.user_logged_in.connect(_signed_in, dispatch_uid="journal")
    account_signals.email_confirmed.connect(_email_confirmed, dispatch_uid="journal")
    account_signals.authentication_step_completed.connect(_confirmed, dispatch_uid="journal")


def _noting(what: str, outcome: Outcome, deed: str) -> Any:
    def noted(user: Account | None = None, **told: Any) -> None:
        account = user or getattr(told.get("sociallogin") or told.get("socialaccount"), "user", None)
        factor = getattr(told.get("authenticator"), "type", None)
        details = {"deed": deed, "factor": FACTORS.get(factor, "") if factor else ""}
        note(what, outcome, account or "", **{key: value for key, value in details.items() if value})

    return noted


def _signed_in(request: HttpRequest, user: Account, **_told: Any) -> None:
    """By which means, in the order in which they were shown."""
    records = get_authentication_records(request, user)
    note("sign-in", "done", user, by=", ".join(FACTORS.get(each.get("type"), each["method"]) for each in records))


def _email_confirmed(email_address: Any, **_told: Any) -> None:
    note("email", "done", email_address.user, deed="confirmed")


def _confirmed(request: HttpRequest, user: Account, method: str, **told: Any) -> None:
    """Who shows once more who is there goes on in a session with a new key: one that somebody else knows is not
    raised with it."""
    if not told.get("reauthenticated") or not request.user.is_authenticated or request.session.session_key is None:
        return
    before = request.session.session_key
    request.session.cycle_key()
    UserSession.objects.filter(session_key=before).update(session_key=request.session.session_key)
    note("confirmation", "done", user, by=FACTORS.get(told.get("type"), method))
