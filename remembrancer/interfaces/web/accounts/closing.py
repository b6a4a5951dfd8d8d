"""When somebody leaves, or is locked out: accounts closed, and opened again to who lost the key."""

from __future__ import annotations

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from allauth.idp.oidc.models import Token as AssistantToken
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.db import transaction
from django.urls import reverse

from remembrancer.interfaces.web.accounts.models import Account
from remembrancer.model import Exit, Fault, Principal
from remembrancer.office import Office, granting


def account_of(email: str) -> Account:
    """The account with an address; a Fault where there is none."""
    account = Account.objects.filter(email__iexact=email).first()
    if account is None:
        raise Fault(Exit.REFUSED, f"There is no account with the address {email}.", "See: remembrancer account list.")
    return account


def close(office: Office, principal: Principal, account: Account) -> list[int]:
    """Nobody signs in with the account any more, nothing that it gave out works, and its grants end; the numbers of
    the entries that end them."""
    ended = [
        granting.revoke(bureau, principal, each.entry)
        for bureau in office
        for each in granting.grants(bureau, principal)
        if each.principal == account.principal
    ]
    with transaction.atomic():
        Account.objects.filter(pk=account.pk).update(is_active=False)
        end_all(account)
    return ended


def end_all(account: Account) -> None:
    """End every session of an account, and what it gave to programs."""
    for session in UserSession.objects.filter(user=account):
        session.end()
    account.tokens.all().delete()
    AssistantToken.objects.filter(user=account).delete()


def sign_in_link(account: Account, without_second_factor: bool = False) -> str:
    """A link that works once, for some days, with which somebody who is locked out sets a new password. The second
    factor stays as it is unless it was lost too. A Fault where the account is closed."""
    if not account.is_active:
        raise Fault(Exit.REFUSED, f"The account of {account.email} is closed.", "Invite them anew.")
    if without_second_factor:
        Authenticator.objects.filter(user=account).delete()
        end_all(account)
    named = {"uidb36": user_pk_to_url_str(account), "key": default_token_generator.make_token(account)}
    return f"{settings.ADDRESS}{reverse('account_reset_password_from_key', kwargs=named)}"
