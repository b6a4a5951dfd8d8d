"""Accounts to try the demo with: one for each role, with a password that is printed. Never in an office of anybody's
own: the demo marks its settings, and is served to the machine alone."""

from __future__ import annotations

import secrets
from collections.abc import Iterator

from remembrancer.access import ROLES
from remembrancer.interfaces.web.accounts.beginning import add_account
from remembrancer.interfaces.web.accounts.models import Account
from remembrancer.model import Exit, Fault
from remembrancer.office import Office
from remembrancer.saying import Sentence


def accounts(office: Office, this_machine_alone: bool) -> list[tuple[str, str]]:
    """An account for each role, made or given a new password: addresses and passwords. A Fault elsewhere."""
    if not office.web.get("demo"):
        raise Fault(
            Exit.REFUSED, Sentence("This is no demo's office."), Sentence("Invite people: remembrancer account invite.")
        )
    if not this_machine_alone:
        raise Fault(
            Exit.REFUSED,
            Sentence("The demo's accounts are for this machine alone."),
            Sentence("Serve it on 127.0.0.1."),
        )
    password = secrets.token_hex(6)
    return list(_made(office, password))


def _made(office: Office, password: str) -> Iterator[tuple[str, str]]:
    for role in ROLES:
        email = f"{role}@demo.example"
        account = Account.objects.filter(email=email).first()
        if account is None:
            add_account(office, email, f"The demo's {role}", password, [] if role == "public" else [role])
        else:
            account.set_password(password)
            account.save(update_fields=["password"])
        yield email, password
