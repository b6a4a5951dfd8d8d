"""How accounts begin: the tables made or brought up to date, and accounts made without a browser."""

from __future__ import annotations

import os
from collections.abc import Iterable

from django.core.management import call_command
from django.db import connection

from remembrancer.interfaces.web.accounts.inviting import new_account
from remembrancer.interfaces.web.accounts.models import Account
from remembrancer.model import OWNER, Principal
from remembrancer.office.bureau import Bureau
from remembrancer.office.changing import granting


def prepare() -> None:
    """Make ``accounts.db``, or bring it up to date, for who runs the office to read and nobody else; what sessions that
    are over left there goes."""
    os.close(os.open(connection.settings_dict["NAME"], os.O_RDWR | os.O_CREAT, 0o600))
    call_command("migrate", verbosity=0, interactive=False)
    call_command("clearsessions", verbosity=0)


def add_account(
    bureaus: Iterable[Bureau],
    email: str,
    name: str,
    password: str | None,
    roles: Iterable[str] = (),
    principal: Principal = OWNER,
) -> Account:
    """A new account with a confirmed address; the record of each body, or of all of an office, grants it the roles."""
    account = new_account(email, name, password)
    for bureau in bureaus:
        for role in roles:
            granting.grant(bureau, principal, account.principal, role, name=name)
    return account
