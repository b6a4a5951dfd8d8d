"""How accounts begin: the tables made or brought up to date, and accounts made without a browser."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.management import call_command

from remembrancer.interfaces.web.accounts.inviting import new_account
from remembrancer.interfaces.web.accounts.models import Account
from remembrancer.model import OWNER, Principal
from remembrancer.office import Office, granting


def prepare() -> None:
    """Make ``accounts.db``, or bring it up to date."""
    call_command("migrate", verbosity=0, interactive=False)


def add_account(
    office: Office,
    email: str,
    name: str,
    password: str | None,
    roles: Iterable[str] = (),
    bodies: Iterable[str] = (),
    principal: Principal = OWNER,
) -> Account:
    """A new account with a confirmed address; the record of each body named, or of all, grants it the roles."""
    account = new_account(email, name, password)
    for slug in bodies or [each.slug for each in office.bodies()]:
        for role in roles:
            granting.grant(office.body(slug), principal, account.principal, role, name=name)
    return account
