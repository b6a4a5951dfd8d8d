"""An invitation opened in a browser: the link once, then a page that makes the account, or uses the one there is."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django import forms
from django.contrib import messages
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from remembrancer.interfaces.web.accounts import inviting, limits
from remembrancer.interfaces.web.accounts.journal import note
from remembrancer.interfaces.web.accounts.models import Account, Invitation
from remembrancer.interfaces.web.admitting.asking import asking_of
from remembrancer.interfaces.web.admitting.needs import Routes
from remembrancer.model import Exit, Fault
from remembrancer.saying import Sentence

OPENED = "invitation"
"""The session's key for the number of the invitation that the browser opened."""

TRIES, WITHIN = 20, 60


class Joining(forms.Form):
    """What somebody says of themselves who takes up an invitation."""

    email = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_("You sign in with it."),
        widget=forms.EmailInput({"autocomplete": "username"}),
    )
    name = forms.CharField(
        label=_("Your name"),
        max_length=150,
        help_text=_("As the record is to call you."),
        widget=forms.TextInput({"autocomplete": "name"}),
    )
    password = forms.CharField(
        label=_("A password"),
        required=False,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
        help_text=_("At least 12 characters. A few words that belong together only for you are best."),
    )

    def __init__(self, invitation: Invitation, typed: QueryDict | None) -> None:
        super().__init__(typed, initial={"name": invitation.name})
        self._email = invitation.email
        if invitation.email:
            del self.fields["email"]

    def clean_email(self) -> str:
        email = Account.objects.normalize_email(self.cleaned_data["email"])
        if Account.objects.filter(email__iexact=email).exists():
            raise ValidationError(_("There is an account with this address. Sign in with it first."))
        return email

    def clean(self) -> dict[str, Any]:
        """The password is checked only where one was chosen over a passkey."""
        told = super().clean() or {}
        if "passkey" in self.data:
            told["password"] = None
        elif not told.get("password"):
            self.add_error("password", _("Choose a password, or a passkey instead."))
        else:
            self._check(told)
        return told

    def _check(self, told: dict[str, Any]) -> None:
        account = Account(email=told.get("email", self._email), name=told.get("name", ""))
        try:
            validate_password(told["password"], account)
        except ValidationError as error:
            self.add_error("password", error)


@never_cache
def opened(request: HttpRequest, secret: str) -> HttpResponse:
    """Note which invitation was opened, and go where the address does not show its secret."""
    wait = limits.seconds_to_wait("invitation", limits.caller_of(request), TRIES, WITHIN)
    if wait:
        return limits.too_often(request, wait)
    invitation = Invitation.of(secret)
    if invitation is None:
        note("invitation", "refused", deed="opened, and of no use")
        raise Http404
    request.session[OPENED] = invitation.pk
    return redirect("invitation")


@never_cache
@sensitive_post_parameters("password")
def taken_up(request: HttpRequest) -> HttpResponse:
    """The page of the invitation that the browser opened."""
    invitation = Invitation.open().filter(pk=request.session.get(OPENED, 0)).first()
    if invitation is None:
        raise Http404
    if not inviting.may_still_be_granted(asking_of(request).office, invitation):
        raise Fault(
            Exit.REFUSED,
            Sentence("Who invited you may no longer do so."),
            Sentence("Ask the owner for another invitation."),
        )
    if request.user.is_authenticated:
        return _with_this_account(request, invitation)
    if invitation.email and Account.objects.filter(email__iexact=invitation.email).exists():
        return _shown(request, invitation, has_account=True)
    form = Joining(invitation, request.POST or None)
    return _joined(request, invitation, form) if form.is_valid() else _shown(request, invitation, form=form)


def _with_this_account(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    if request.method != "POST":
        return _shown(request, invitation)
    account = asking_of(request).account
    assert account is not None
    inviting.accept(asking_of(request).office, invitation, account)
    del request.session[OPENED]
    return redirect("account")


def _joined(request: HttpRequest, invitation: Invitation, form: Joining) -> HttpResponse:
    """Make the account, have the record grant its role, and sign in."""
    told = form.cleaned_data
    with transaction.atomic():
        account = inviting.new_account(invitation.email or told["email"], told["name"], told["password"])
        inviting.accept(asking_of(request).office, invitation, account)
    del request.session[OPENED]
    record_authentication(request, account, method="invitation", reauthenticated=True)
    after = _goes_on(request, invitation) if told["password"] else reverse("mfa_add_webauthn")
    signed_in: HttpResponse = perform_login(request, Login(user=account, redirect_url=after))
    return signed_in


def _goes_on(request: HttpRequest, invitation: Invitation) -> str:
    """Where who made an account goes on: the owner of a body without a document to where documents are handed in."""
    bodies = inviting.bodies_of(asking_of(request).office, invitation)
    empty = [each.slug for each in bodies if invitation.role == "owner" and not each.catalog.sources()]
    if not empty:
        return reverse("account")
    messages.info(request, _("You own this office now. Hand in the first documents here, then ask the record."))
    return reverse("reading", args=empty[:1])


def _shown(request: HttpRequest, invitation: Invitation, **shown: Any) -> HttpResponse:
    office = asking_of(request).office
    names = [each.name for each in office.bodies() if invitation.body in ("", each.slug)]
    told = {"invitation": invitation, "bodies": names, **shown}
    return render(request, "account/invitation.html", told)


urls = [
    path("invitation", taken_up, name="invitation"),
    path("invitation/<str:secret>", opened, name="invitation_opened"),
]
ROUTES: Routes = {"invitation": "everyone", "invitation_opened": "everyone"}
