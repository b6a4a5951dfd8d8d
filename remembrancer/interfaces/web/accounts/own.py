"""Somebody's own account: what it may do in each body and by which entry, how it signs in, its tokens."""

from __future__ import annotations

from typing import NamedTuple

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from allauth.usersessions.views import list_usersessions
from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from remembrancer.interfaces.web import settings
from remembrancer.interfaces.web.accounts import journal
from remembrancer.interfaces.web.accounts.models import Account, Token
from remembrancer.interfaces.web.accounts.recent import recently
from remembrancer.interfaces.web.admitting.asking import asking_of
from remembrancer.interfaces.web.admitting.finding import whole_number
from remembrancer.interfaces.web.admitting.needs import Routes
from remembrancer.model import Principal
from remembrancer.office.changing import granting

SCOPES = {
    "read": _("Read what you may read"),
    "watch": _("Keep watches for you"),
    "settle": _("Confirm, dismiss and correct facts"),
    "take-in": _("Read documents into the record"),
}
"""What each scope of a token lets a program do, never more than the account itself may."""

LONGEST = 365

PAGE = 50
"""Lines of the journal on one page."""


class Roles(NamedTuple):
    """What the record of a body grants, or granted, an account."""

    slug: str
    name: str
    grants: list[granting.GrantView]


class Naming(forms.ModelForm):
    """What an account is called on these pages; the record keeps the name it was granted roles under."""

    class Meta:
        model = Account
        fields = ("name",)


class NewToken(forms.Form):
    """What a new token is for."""

    name = forms.CharField(label=_("What it is for"), max_length=100, help_text=_("So that you know it again."))
    scopes = forms.MultipleChoiceField(
        label=_("What it may do"), choices=SCOPES.items, initial=["read"], widget=forms.CheckboxSelectMultiple
    )
    days = forms.IntegerField(label=_("For how many days"), min_value=1, max_value=LONGEST, initial=90)


@never_cache
def account(request: HttpRequest) -> HttpResponse:
    """The account on one page."""
    own = _own(request)
    form = Naming(request.POST or None, instance=own)
    if request.method == "POST" and form.is_valid():
        form.save()
        return redirect("account")
    kinds = set(Authenticator.objects.filter(user=own).values_list("type", flat=True))
    shown = {
        "form": form,
        "roles": roles_of(request, own),
        "has_password": own.has_usable_password(),
        "passkeys": Authenticator.objects.filter(user=own, type=Authenticator.Type.WEBAUTHN).count(),
        "has_codes": Authenticator.Type.TOTP in kinds,
        "sessions": UserSession.objects.filter(user=own).count(),
        "tokens": own.tokens.filter(ends__gt=timezone.now()).count(),
    }
    return render(request, "account/own.html", shown)


def roles_of(request: HttpRequest, own: Account) -> list[Roles]:
    """The grants of an account in every body, those that ended too."""
    principal = Principal(own.principal)
    return [
        Roles(bureau.slug, bureau.name(), granting.grants(bureau, principal, all_of_them=True))
        for bureau in asking_of(request).office
    ]


@never_cache
@recently
def tokens(request: HttpRequest) -> HttpResponse:
    """The tokens there are, and a form for another, which is shown once."""
    own = _own(request)
    form = NewToken(request.POST or None)
    secret = ""
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        secret = Token.issue(own, told["name"], told["scopes"], told["days"])[1]
        journal.note("token", who=own, deed="made", days=told["days"], scopes=" ".join(sorted(told["scopes"])))
        form = NewToken()
    listed = own.tokens.filter(ends__gt=timezone.now()).order_by("made")
    return render(request, "account/tokens.html", {"form": form, "tokens": listed, "secret": secret, "scopes": SCOPES})


@require_POST
@recently
def revoke_token(request: HttpRequest, number: int) -> HttpResponse:
    """Make a token of no use."""
    if not _own(request).tokens.filter(pk=number).delete()[0]:
        raise Http404
    journal.note("token", who=_own(request), deed="revoked")
    messages.success(request, gettext("The token is of no use any more."))
    return redirect("tokens")


def sessions(request: HttpRequest) -> HttpResponseBase:
    """Where the account is signed in; sent back, it is signed out everywhere else."""
    shown: HttpResponseBase = (_signed_out_elsewhere if request.method == "POST" else list_usersessions)(request)
    return shown


@recently
def _signed_out_elsewhere(request: HttpRequest) -> HttpResponse:
    journal.note("session", who=_own(request), deed="all others ended")
    response: HttpResponse = list_usersessions(request)
    return response


@require_POST
@recently
def end_session(request: HttpRequest, number: int) -> HttpResponse:
    """End another session of the account, in whatever browser it is."""
    others = UserSession.objects.filter(user=_own(request)).exclude(session_key=request.session.session_key)
    session = others.filter(pk=number).first()
    if session is None:
        raise Http404
    session.end()
    journal.note("session", who=_own(request), deed="another ended")
    messages.success(request, gettext("That browser is signed out."))
    return redirect("usersessions_list")


@never_cache
def signing(request: HttpRequest) -> HttpResponse:
    """What the journal says of the account."""
    page = Paginator(journal.of(_own(request)), PAGE).get_page(whole_number(request, "page"))
    return render(request, "account/journal.html", {"lines": page, "days": settings.JOURNAL_DAYS})


def _own(request: HttpRequest) -> Account:
    account = asking_of(request).account
    assert account is not None, "the table of routes asks for an account"
    return account


urls = [
    path("", account, name="account"),
    path("sessions/", sessions, name="usersessions_list"),
    path("sessions/<int:number>/end", end_session, name="session_end"),
    path("journal", signing, name="own_journal"),
    path("tokens", tokens, name="tokens"),
    path("tokens/<int:number>/revoke", revoke_token, name="token_revoke"),
]
ROUTES: Routes = dict.fromkeys(
    ("account", "usersessions_list", "session_end", "own_journal", "tokens", "token_revoke"), "account"
)
