"""Accounts kept by who may grant roles: listed, made for scripts, opened again to who is locked out, closed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from allauth.idp.oidc.models import Token as AssistantToken
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from remembrancer.interfaces.web import settings
from remembrancer.interfaces.web.accounts.beginning import add_account
from remembrancer.interfaces.web.accounts.inviting import check_email
from remembrancer.interfaces.web.accounts.journal import note
from remembrancer.interfaces.web.accounts.models import Account, Token
from remembrancer.model import Exit, Fault, Principal
from remembrancer.office import Office
from remembrancer.office.bureau import Bureau, require
from remembrancer.office.changing import granting
from remembrancer.saying import Sentence, verbatim


@dataclass(frozen=True, slots=True)
class Held:
    """A role that the record of a body grants, by an entry."""

    body: str
    role: str
    since: str
    until: str
    entry: int


@dataclass(frozen=True, slots=True)
class AccountView:
    """An account and what it holds today; ``signed_in`` is the day it last did, or empty."""

    principal: str
    email: str
    name: str
    active: bool
    signed_in: str
    roles: tuple[Held, ...]


def listed(office: Office, principal: Principal, everything: bool = False) -> list[AccountView]:
    """The accounts with what they hold today, by address; with ``everything`` also those that are closed."""
    _require(office, principal)
    found = Account.objects.all() if everything else Account.objects.filter(is_active=True)
    return [_view(office, principal, each) for each in found.order_by("email")]


def added(
    bureau: Bureau, principal: Principal, email: str, name: str, password: str, roles: Sequence[str]
) -> AccountView:
    """An account made without a browser. A Fault where there is one, or its password is too easily guessed."""
    require(principal, "grant", Sentence("make an account"))
    check_email(email)
    for role in roles:
        granting.check_term(role)
    if Account.objects.filter(email__iexact=email).exists():
        raise Fault(
            Exit.REFUSED,
            Sentence("There is an account with the address %(email)s.", email=email),
            Sentence("Invite it to hold another role."),
        )
    try:
        validate_password(password, Account(email=email, name=name))
    except ValidationError as error:
        raise Fault(Exit.REFUSED, verbatim(" ".join(error.messages)), Sentence("Choose another password.")) from error
    with transaction.atomic():
        account = add_account([bureau], email, name, password, roles, principal)
    return _view([bureau], principal, account)


def sign_in_link(office: Office, principal: Principal, email: str, without_second_factor: bool = False) -> str:
    """A link that works once, for some days, with which somebody who is locked out sets a new password. The second
    factor stays as it is unless it was lost too. A Fault where there is no account, or it is closed."""
    _require(office, principal)
    account = _account_of(email)
    if not account.is_active:
        raise Fault(
            Exit.REFUSED,
            Sentence("The account of %(email)s is closed.", email=email),
            Sentence("Invite them anew, with another address."),
        )
    if without_second_factor:
        Authenticator.objects.filter(user=account).delete()
        end_all(account)
    lost = "with the second factor taken away" if without_second_factor else ""
    note("password", who=account, deed="link made", by=principal.name, more=lost)
    named = {"uidb36": user_pk_to_url_str(account), "key": default_token_generator.make_token(account)}
    return f"{settings.ADDRESS}{reverse('account_reset_password_from_key', kwargs=named)}"


def closed(office: Office, principal: Principal, email: str) -> list[int]:
    """Nobody signs in with the account any more, nothing that it gave out works, and its grants end; the numbers of
    the entries that end them."""
    _require(office, principal)
    account = _account_of(email)
    with transaction.atomic():
        Account.objects.filter(pk=account.pk).update(is_active=False)
        end_all(account)
        note("account", who=account, deed="closed", by=principal.name)
        return [
            granting.revoke(bureau, _there(bureau, principal), each.entry)
            for bureau in office
            for each in _held(bureau, principal, account)
        ]


def end_all(account: Account) -> None:
    """End every session of an account, and what it gave to programs."""
    for session in UserSession.objects.filter(user=account):
        session.end()
    account.tokens.all().delete()
    AssistantToken.objects.filter(user=account).delete()


def _require(office: Office, principal: Principal) -> None:
    for bureau in office:
        require(_there(bureau, principal), "grant", Sentence("keep accounts"))


def _there(bureau: Bureau, principal: Principal) -> Principal:
    """Who asks, with the roles of this body alone: an account belongs to all, and is kept by who owns all."""
    return bureau.principal(Principal(principal.name))


def _account_of(email: str) -> Account:
    account = Account.objects.filter(email__iexact=email).first()
    if account is None:
        raise Fault(
            Exit.REFUSED,
            Sentence("There is no account with the address %(email)s.", email=email),
            Sentence("See: remembrancer account list."),
        )
    return account


def _held(bureau: Bureau, principal: Principal, account: Account) -> list[granting.GrantView]:
    held = granting.grants(bureau, _there(bureau, principal))
    return [each for each in held if each.principal == account.principal]


def _view(bureaus: Office | Sequence[Bureau], principal: Principal, account: Account) -> AccountView:
    held = tuple(
        Held(bureau.slug, each.role, each.since, each.until, each.entry)
        for bureau in bureaus
        for each in _held(bureau, principal, account)
    )
    signed_in = account.last_login.date().isoformat() if account.last_login else ""
    return AccountView(account.principal, account.email, account.name, account.is_active, signed_in, held)


def tokens(office: Office, principal: Principal) -> list[Token]:
    """The tokens of every account that may still be used, by who holds them."""
    _require(office, principal)
    return list(Token.objects.filter(ends__gt=timezone.now()).select_related("account").order_by("account__email"))


def token_revoked(office: Office, principal: Principal, number: int) -> None:
    """Make anybody's token of no use. A Fault where there is none of that number."""
    _require(office, principal)
    token = Token.objects.select_related("account").filter(pk=number).first()
    if token is None:
        raise Fault(Exit.REFUSED, Sentence("There is no such token."), Sentence("Look at those there are."))
    token.delete()
    note("token", who=token.account, deed="revoked", by=principal.name)


def signed_out(office: Office, principal: Principal, email: str) -> None:
    """End every session of an account, and what it gave to programs; it can sign in again."""
    _require(office, principal)
    account = _account_of(email)
    end_all(account)
    note("session", who=account, deed="all ended", by=principal.name)
