"""What ``accounts.db`` holds beside what allauth keeps there: accounts, invitations, tokens, the journal.

An account has no rights of its own: the record of a body grants roles to its ``principal`` for a term.
"""

from __future__ import annotations

import hashlib
import secrets
from base64 import b32encode
from datetime import timedelta
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


def new_key() -> str:
    """16 random letters and digits, a-z and 2-7: what an account is called in the record."""
    return b32encode(secrets.token_bytes(10)).decode().lower()


def digest(secret: str) -> str:
    """What is kept of a secret that was shown once; it is random enough that no salt is needed."""
    return hashlib.sha256(secret.encode()).hexdigest()


class Accounts(BaseUserManager["Account"]):
    """Makes accounts."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> Account:
        """A new account; without a password it signs in by other means."""
        account = self.model(email=self.normalize_email(email), **fields)
        account.set_password(password)
        account.save(using=self._db)
        return account


class Account(AbstractBaseUser):
    """Somebody who signs in, known to the record as ``account:KEY``."""

    key = models.CharField(max_length=16, unique=True, default=new_key, editable=False)
    email = models.EmailField(_("e-mail"), unique=True)
    name = models.CharField(_("name"), max_length=150, blank=True)
    is_active = models.BooleanField(default=True)
    made = models.DateTimeField(auto_now_add=True)

    objects = Accounts()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    @property
    def principal(self) -> str:
        """The name under which the record knows this account."""
        return f"account:{self.key}"

    def __str__(self) -> str:
        return self.name or self.email


class Invitation(models.Model):
    """A link with which one person may make an account, and the role they are granted when they do.

    Without an e-mail they type their own; without a body the role is granted in every body of the office.
    """

    LASTS: ClassVar[timedelta] = timedelta(days=7)

    digest = models.CharField(max_length=64, unique=True)
    email = models.EmailField(_("e-mail"), blank=True)
    name = models.CharField(_("name"), max_length=150, blank=True)
    body = models.CharField(max_length=64, blank=True)
    role = models.CharField(_("role"), max_length=64)
    since = models.CharField(max_length=10, blank=True)
    until = models.CharField(max_length=10, blank=True)
    by = models.CharField(max_length=64)
    made = models.DateTimeField(auto_now_add=True)
    ends = models.DateTimeField()
    used = models.DateTimeField(null=True)

    @classmethod
    def issue(cls, lasts: timedelta = LASTS, **fields: Any) -> tuple[Invitation, str]:
        """A new invitation and its secret, which is not kept."""
        secret = secrets.token_urlsafe(32)
        made = cls.objects.create(digest=digest(secret), ends=timezone.now() + lasts, **fields)
        return made, secret

    @classmethod
    def open(cls) -> models.QuerySet[Invitation]:
        """Those that may still be used."""
        return cls.objects.filter(used=None, ends__gt=timezone.now())

    @classmethod
    def of(cls, secret: str) -> Invitation | None:
        """The invitation that a secret opens, if it may still be used."""
        return cls.open().filter(digest=digest(secret)).first()

    def claim(self) -> bool:
        """Use it up; False where another has."""
        return self.open().filter(pk=self.pk).update(used=timezone.now()) == 1


class Token(models.Model):
    """A secret with which a program calls the office as an account, within its scopes."""

    SCOPES: ClassVar[tuple[str, ...]] = ("read", "watch", "settle", "take-in")
    PREFIX: ClassVar[str] = "rmb_"

    digest = models.CharField(max_length=64, unique=True)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField(_("name"), max_length=100)
    scopes = models.CharField(max_length=200, default="read")
    made = models.DateTimeField(auto_now_add=True)
    ends = models.DateTimeField()
    used = models.DateTimeField(null=True)

    @classmethod
    def issue(cls, account: Account, name: str, scopes: list[str], days: int = 90) -> tuple[Token, str]:
        """A new token and its secret, which is not kept."""
        secret = cls.PREFIX + secrets.token_urlsafe(32)
        ends = timezone.now() + timedelta(days=days)
        made = cls.objects.create(
            digest=digest(secret), account=account, name=name, scopes=" ".join(sorted(scopes)), ends=ends
        )
        return made, secret

    @classmethod
    def of(cls, secret: str) -> Token | None:
        """The token that a secret opens, of an active account, if it has not ended."""
        held = cls.objects.select_related("account").filter(digest=digest(secret), ends__gt=timezone.now())
        return held.filter(account__is_active=True).first()

    def allows(self, scope: str) -> bool:
        """Whether the token was made for a scope."""
        return scope in self.scopes.split()

    def note_use(self) -> None:
        """Note that it is used now, once an hour at most."""
        now = timezone.now()
        if self.used is None or now - self.used > timedelta(hours=1):
            type(self).objects.filter(pk=self.pk).update(used=now)


class Spent(models.Model):
    """The digest of a code or refresh token of an assistant that was exchanged; see ``renewing``."""

    digest = models.CharField(max_length=64, unique=True)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    client = models.CharField(max_length=100)
    ends = models.DateTimeField()


class Occurrence(models.Model):
    """A line of the journal: something that concerned who comes in; see ``journal``.

    ``account`` is the principal whom it concerns, empty for nobody that the office knows, and no key to the table of
    accounts: what happened stays told when an account is gone.
    """

    at = models.DateTimeField(default=timezone.now, db_index=True)
    account = models.CharField(max_length=32, blank=True, db_index=True)
    what = models.CharField(max_length=32)
    outcome = models.CharField(max_length=16)
    network = models.CharField(max_length=48, blank=True)
    details = models.JSONField(default=dict)
