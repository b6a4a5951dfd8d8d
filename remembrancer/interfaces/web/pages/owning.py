"""*Owner*: the body, who holds which role, the accounts, how the office is, and a copy of it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.core.checks import run_checks
from django.core.mail import send_mail
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from remembrancer.access import ROLES
from remembrancer.interfaces.web import settings
from remembrancer.interfaces.web.accounts import inviting, journal, keeping
from remembrancer.interfaces.web.accounts.recent import recently
from remembrancer.interfaces.web.admitting.asking import Asking, asking_of
from remembrancer.interfaces.web.admitting.finding import found
from remembrancer.interfaces.web.admitting.needs import Routes
from remembrancer.interfaces.web.admitting.onward import on_to
from remembrancer.interfaces.web.serving import streaming
from remembrancer.interfaces.web.serving.carrier import carrier
from remembrancer.office import founding
from remembrancer.office.changing import granting
from remembrancer.office.running import health, kept_copies, upkeep
from remembrancer.office.running.backup import backup as copy_of
from remembrancer.saying import Sentence

SOON = timedelta(days=30)
"""A term that ends within these days is said to end soon."""

GRANTED = [role for role in ROLES if role != "public"]


@require_safe
def owner(request: HttpRequest, body: str) -> HttpResponse:
    """What there is to own: the body's name, the other bodies, and the way to everything else."""
    return render(request, "pages/owner.html", {"bodies": asking_of(request).office.bodies()})


@require_POST
@recently
def rename(request: HttpRequest, body: str) -> HttpResponse:
    """Call the body otherwise."""
    asking = asking_of(request)
    founding.rename(asking.office, asking.bureau, asking.principal, request.POST.get("name", ""))
    messages.success(request, _("The record says what the body is called now."))
    return on_to("owner", body)


@require_POST
@recently
def add_body(request: HttpRequest, body: str) -> HttpResponse:
    """Begin the record of another body, which who adds it owns."""
    asking = asking_of(request)
    holder = asking.account.name if asking.account else ""
    added = founding.found(asking.office, asking.principal, request.POST.get("name", ""), holder)
    messages.success(request, _("The body has a record now. Hand in its documents on the clerk’s desk."))
    return on_to("owner", added.slug)


@require_safe
@recently
def members(request: HttpRequest, body: str) -> HttpResponse:
    """Who holds which role, the invitations that wait, and the forms that grant."""
    return _members(request)


def _members(request: HttpRequest, **told: Any) -> HttpResponse:
    asking = asking_of(request)
    held = inviting.members(asking.bureau, asking.principal)
    soon = (date.fromisoformat(asking.bureau.today()) + SOON).isoformat()
    shown: dict[str, Any] = {"members": held, "pending": inviting.pending(asking.bureau, asking.principal)}
    shown |= {"ending": [each.grant.entry for each in held if each.grant.until and each.grant.until <= soon]}
    shown |= {"accounts": _accounts(asking), "roles": GRANTED}
    return render(request, "pages/members.html", shown | told)


def _accounts(asking: Asking) -> list[keeping.AccountView]:
    """The accounts of the office, for who owns all of it; else none."""
    return keeping.listed(asking.office, asking.principal) if _owns_all(asking) else []


def _owns_all(asking: Asking) -> bool:
    return founding.owns_all(asking.office, asking.principal)


@require_POST
@recently
def invite(request: HttpRequest, body: str) -> HttpResponse:
    """Invite somebody by e-mail; where no mail is sent the link is shown this once."""
    asking, told = asking_of(request), request.POST
    fields = (told.get("email", "").strip(), _role(told), told.get("name", "").strip())
    term = (told.get("since", ""), told.get("until", ""))
    return _members(request, invited=inviting.invite(asking.bureau, asking.principal, *fields, *term))


def _role(told: QueryDict) -> str:
    """The role that was chosen, or another that was typed."""
    return told.get("role", "") or told.get("other-role", "").strip()


@require_POST
@recently
def withdraw(request: HttpRequest, body: str, number: int) -> HttpResponse:
    """Make an invitation of no use."""
    asking = asking_of(request)
    inviting.withdraw(asking.bureau, asking.principal, number)
    messages.success(request, _("The invitation is of no use any more."))
    return on_to("members", body)


@require_POST
@recently
def grant(request: HttpRequest, body: str) -> HttpResponse:
    """Grant a role for a term to an account, or to a member whom the record names."""
    asking, told = asking_of(request), request.POST
    holder = told.get("holder", "")
    names = {each.principal: each.name for each in _accounts(asking)}
    term = (_role(told), told.get("since", ""), told.get("until", ""))
    number = granting.grant(asking.bureau, asking.principal, holder, *term, name=names.get(holder, ""))
    journal.note("role", who=holder, deed="granted", entry=number, by=asking.principal.name)
    messages.success(request, _("Entry %s grants the role.") % number)
    return on_to("members", body)


@require_POST
@recently
def revoke(request: HttpRequest, body: str, entry: int) -> HttpResponse:
    """End a grant, today being the first day without it."""
    asking = asking_of(request)
    number = granting.revoke(asking.bureau, asking.principal, entry)
    journal.note("role", deed="ended", entry=number, by=asking.principal.name)
    messages.success(request, _("Entry %s ends the role.") % number)
    return on_to("members", body)


@require_safe
@recently
def accounts(request: HttpRequest, body: str) -> HttpResponse:
    """Every account of the office, closed ones too, and every token."""
    asking = asking_of(request)
    listed = keeping.listed(asking.office, asking.principal, everything=True)
    shown = {"accounts": listed, "tokens": keeping.tokens(asking.office, asking.principal)}
    return render(request, "pages/accounts.html", shown)


@require_POST
@recently
def sign_out(request: HttpRequest, body: str) -> HttpResponse:
    """End every session of an account."""
    asking = asking_of(request)
    keeping.signed_out(asking.office, asking.principal, request.POST.get("email", ""))
    messages.success(request, _("The account is signed out everywhere."))
    return on_to("accounts", body)


@require_POST
@recently
def close(request: HttpRequest, body: str) -> HttpResponse:
    """Close an account; the record ends its roles."""
    asking = asking_of(request)
    keeping.closed(asking.office, asking.principal, request.POST.get("email", ""))
    messages.success(request, _("The account is closed, and its roles have ended."))
    return on_to("accounts", body)


@require_POST
@recently
def revoke_token(request: HttpRequest, body: str, number: int) -> HttpResponse:
    """Make somebody's token of no use."""
    asking = asking_of(request)
    keeping.token_revoked(asking.office, asking.principal, number)
    messages.success(request, _("The token is of no use any more."))
    return on_to("accounts", body)


@require_safe
def healthy(request: HttpRequest, body: str) -> HttpResponse:
    """How the office is, and when it was last verified."""
    asking = asking_of(request)
    told = health.health(asking.office, asking.bureau, asking.principal)
    shown = {
        "health": told,
        "verified": upkeep.last(asking.office, asking.bureau, asking.principal, upkeep.VERIFY),
        "problems": [str(each.msg) for each in run_checks(include_deployment_checks=True) if not each.is_silenced()],
        "local": settings.LOCAL,
    }
    return render(request, "pages/health.html", shown)


@require_POST
def verify(request: HttpRequest, body: str) -> HttpResponse:
    """Have the record verified now."""
    asking = asking_of(request)
    extract = bool(request.POST.get("extract"))
    number = upkeep.ask_to_verify(asking.office, asking.bureau, asking.principal, extract)
    carrier().begin()
    return on_to("job", body, number)


@require_POST
def try_mail(request: HttpRequest, body: str) -> HttpResponse:
    """Send who asks a message, and say what came of it."""
    account = asking_of(request).account
    try:
        sent = account is not None and send_mail(
            _("A trial"), _("The office can send mail.") + "\n", None, [account.email]
        )
    except OSError as error:
        messages.error(request, _("No mail goes out: %s") % error)
        return on_to("health", body)
    if sent and settings.SENDS_MAIL:
        messages.success(request, _("A message is on its way to you."))
    else:
        messages.warning(request, _("No mail server is set in remembrancer.toml."))
    return on_to("health", body)


@require_safe
def job(request: HttpRequest, body: str, number: int) -> HttpResponse:
    """How far a job is, and what came of it; asked for by htmx, that alone."""
    asking = asking_of(request)
    with found():
        told = asking.office.work.jobs.job(asking.bureau.slug, number)
    part = request.headers.get("HX-Request") and "pages/parts/job.html"
    if told.kind not in (upkeep.VERIFY, upkeep.READ_AGAIN, kept_copies.KIND):
        return on_to("reading_job", body, number)
    return render(request, part or "pages/job.html", {"job": told})


@recently
def backup(request: HttpRequest, body: str) -> HttpResponseBase:
    """What a copy of the office is; sent back, the copy itself, or a job that makes one where the settings say."""
    asking = asking_of(request)
    founding.require_everywhere(asking.office, asking.principal, Sentence("copy the office"))
    if request.method != "POST":
        place = kept_copies.place(asking.office)
        kept = kept_copies.copies(place) if place else []
        return render(request, "pages/backup.html", {"bodies": asking.office.bodies(), "place": place, "kept": kept})
    if request.POST.get("into"):
        number = kept_copies.ask_to_copy(asking.office, body, asking.principal)
        carrier().begin()
        return on_to("job", body, number)
    principal, with_keys = asking.principal, request.POST.get("keys") == "yes"
    name = f"office-{asking.bureau.today()}.zip"
    return streaming.archive(request, name, lambda office: copy_of(office, principal, with_keys))


urls = [
    path("owner/", owner, name="owner"),
    path("owner/rename", rename, name="body_rename"),
    path("owner/bodies/add", add_body, name="body_add"),
    path("owner/members", members, name="members"),
    path("owner/members/invite", invite, name="member_invite"),
    path("owner/members/invitations/<int:number>/withdraw", withdraw, name="member_withdraw"),
    path("owner/members/grant", grant, name="member_grant"),
    path("owner/members/<int:entry>/revoke", revoke, name="member_revoke"),
    path("owner/accounts", accounts, name="accounts"),
    path("owner/accounts/sign-out", sign_out, name="account_sign_out"),
    path("owner/accounts/close", close, name="account_close"),
    path("owner/tokens/<int:number>/revoke", revoke_token, name="any_token_revoke"),
    path("owner/health", healthy, name="health"),
    path("owner/health/verify", verify, name="health_verify"),
    path("owner/health/mail", try_mail, name="health_mail"),
    path("owner/jobs/<int:number>", job, name="job"),
    path("owner/backup", backup, name="backup"),
]
ROUTES: Routes = {
    "owner": "owner",
    "body_rename": "found",
    "body_add": "found",
    "members": "grant",
    "member_invite": "grant",
    "member_withdraw": "grant",
    "member_grant": "grant",
    "member_revoke": "grant",
    "accounts": "grant",
    "account_sign_out": "grant",
    "account_close": "grant",
    "any_token_revoke": "grant",
    "health": "owner",
    "health_verify": "audit",
    "health_mail": "owner",
    "job": "audit",
    "backup": "owner",
}
