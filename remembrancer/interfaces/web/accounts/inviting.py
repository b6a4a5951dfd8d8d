"""Invitations: made by who may grant roles, used once, entered in the record as grants of who invited."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.core.mail import send_mail
from django.core.validators import validate_email
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from remembrancer.access import may_do, parse_principal
from remembrancer.interfaces.web import settings
from remembrancer.interfaces.web.accounts.journal import note
from remembrancer.interfaces.web.accounts.models import Account, Invitation
from remembrancer.model import OWNER, Exit, Fault, Principal
from remembrancer.office import Office
from remembrancer.office.bureau import Bureau, require
from remembrancer.office.changing import granting
from remembrancer.saying import Sentence

UNTIL_USED = timedelta(days=100 * 365)


@dataclass(frozen=True, slots=True)
class Invited:
    """A new invitation, the link that opens it, and whether the link went out by mail."""

    invitation: Invitation
    link: str
    mailed: bool


@dataclass(frozen=True, slots=True)
class Member:
    """A grant with what the accounts know of its holder; ``email`` is empty where it is no account."""

    grant: granting.GrantView
    email: str
    active: bool
    last_sign_in: datetime | None


def invite(
    bureau: Bureau, principal: Principal, email: str, role: str, name: str = "", since: str = "", until: str = ""
) -> Invited:
    """Invite somebody to hold a role for a term; the link is mailed where mail is configured. A Fault where the
    principal may not grant roles, or what was typed is no e-mail, role or term."""
    require(principal, "grant", Sentence("invite"))
    check_email(email)
    granting.check_term(role, since, until)
    made, secret = Invitation.issue(
        email=email, name=name, body=bureau.slug, role=role, since=since, until=until, by=principal.name
    )
    link = link_of(secret)
    note("invitation", who=principal.name, deed="made", number=made.pk, role=role)
    return Invited(made, link, _mailed(made, link, bureau.name()))


def invite_first_owner(office: Office) -> str:
    """The link with which the first owner makes an account, in place of those made before; empty where every body
    has an owner with an account."""
    accounts = {each.principal for each in Account.objects.filter(is_active=True)}
    if all(accounts.intersection(granting.owners(bureau)) for bureau in office):
        return ""
    Invitation.open().filter(email="", role="owner", by=OWNER.name).delete()
    return link_of(Invitation.issue(UNTIL_USED, role="owner", by=OWNER.name)[1])


def pending(bureau: Bureau, principal: Principal) -> Sequence[Invitation]:
    """The invitations to a body that may still be used, oldest first."""
    require(principal, "grant", Sentence("see invitations"))
    return list(Invitation.open().filter(body=bureau.slug).order_by("made"))


def withdraw(bureau: Bureau, principal: Principal, number: int) -> None:
    """Make an invitation of no use. A Fault where there is none of that number that could be used."""
    require(principal, "grant", Sentence("withdraw an invitation"))
    if not Invitation.open().filter(body=bureau.slug, pk=number).delete()[0]:
        raise Fault(
            Exit.REFUSED,
            Sentence("There is no such invitation that could still be used."),
            Sentence("Look at those there are."),
        )
    note("invitation", who=principal.name, deed="withdrawn", number=number)


def members(bureau: Bureau, principal: Principal, all_of_them: bool = False) -> list[Member]:
    """Who holds a role in a body today, or ever did, for who may audit."""
    require(principal, "audit", Sentence("see who holds which role"))
    accounts = {each.principal: each for each in Account.objects.all()}
    return [_member(each, accounts.get(each.principal)) for each in granting.grants(bureau, principal, all_of_them)]


def may_still_be_granted(office: Office, invitation: Invitation) -> bool:
    """Whether who invited may grant the role today, in every body that it is for."""
    return all(may_do(_inviter(bureau, invitation), "grant") for bureau in bodies_of(office, invitation))


def accept(office: Office, invitation: Invitation, account: Account) -> None:
    """Use an invitation up for an account: the record of each body grants it the role, by who invited. A Fault
    where it was used before, or who invited may no longer grant."""
    with transaction.atomic():
        if not invitation.claim():
            raise Fault(Exit.REFUSED, Sentence("This invitation was used already."), Sentence("Ask for another one."))
        for bureau in bodies_of(office, invitation):
            granting.grant(
                bureau,
                _inviter(bureau, invitation),
                account.principal,
                invitation.role,
                invitation.since,
                invitation.until,
                account.name,
            )
    note("invitation", who=account, deed="taken up", number=invitation.pk, role=invitation.role)


def new_account(email: str, name: str, password: str | None) -> Account:
    """A new account, its address vouched for by who invited; without a password it signs in by other means."""
    account = Account.objects.create_user(email, password, name=name)
    EmailAddress.objects.create(user=account, email=account.email, verified=True, primary=True)
    return account


def check_email(email: str) -> None:
    """A Fault (usage) where what was typed is no e-mail address."""
    try:
        validate_email(email)
    except ValidationError as error:
        raise Fault(
            Exit.USAGE,
            Sentence("%(email)s is no e-mail address.", email=repr(email)),
            Sentence("Write it as name@example.org."),
        ) from error


def link_of(secret: str) -> str:
    """The address that opens an invitation."""
    return f"{settings.ADDRESS}{reverse('invitation_opened', args=[secret])}"


def bodies_of(office: Office, invitation: Invitation) -> list[Bureau]:
    """The bodies in which an invitation grants its role."""
    return [office.body(invitation.body)] if invitation.body else list(office)


def _inviter(bureau: Bureau, invitation: Invitation) -> Principal:
    return bureau.principal(parse_principal(invitation.by))


def _member(grant: granting.GrantView, account: Account | None) -> Member:
    if account is None:
        return Member(grant, "", False, None)
    return Member(grant, account.email, account.is_active, account.last_login)


def _mailed(invitation: Invitation, link: str, body: str) -> bool:
    """Send the link where mail is configured; whether it went out."""
    if not settings.SENDS_MAIL:
        return False
    told = {"invitation": invitation, "link": link, "body_name": body}
    subject = _("An invitation to the office of %(body)s") % {"body": " ".join(body.split())}
    return send_mail(subject, render_to_string("account/email/invitation.txt", told), None, [invitation.email]) == 1
