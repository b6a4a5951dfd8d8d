"""How accounts begin: the tables made or brought up to date, the first owner, an account made without a browser."""

from __future__ import annotations

from collections.abc import Iterable

from allauth.account.models import EmailAddress
from django.core.management import call_command

from remembrancer.interfaces.web.accounts.models import Account
from remembrancer.model import OWNER
from remembrancer.office import Office, granting


def prepare() -> None:
    """Make ``accounts.db``, or bring it up to date."""
    call_command("migrate", verbosity=0, interactive=False)


def add_account(
    office: Office, email: str, name: str, password: str | None, roles: Iterable[str] = (), bodies: Iterable[str] = ()
) -> Account:
    """A new account with a confirmed address; the record of each body named, or of all, grants it the roles."""
    account = Account.objects.create_user(email, password, name=name)
    EmailAddress.objects.create(user=account, email=account.email, verified=True, primary=True)
    for slug in bodies or [each.slug for each in office.bodies()]:
        for role in roles:
            granting.grant(office.body(slug), OWNER, account.principal, role, name=name)
    return account
