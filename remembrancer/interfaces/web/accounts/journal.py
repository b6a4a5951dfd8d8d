"""The journal: who came in and who was refused, what was changed of how somebody signs in, which limits were reached.

A line holds no secret, no words that somebody typed, and no whole address: of a network it keeps enough to see that
two lines came from one neighbourhood. What the record enters - roles, documents, decisions - is proven there and
stands here only where somebody signed in did it.
"""

from __future__ import annotations

import json
import logging
from collections.abc import AsyncIterator
from datetime import UTC, timedelta
from ipaddress import ip_address, ip_network
from typing import Any, Literal

from allauth.core import context
from django.conf import settings
from django.core.cache import cache
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from remembrancer.interfaces.web.accounts import limits
from remembrancer.interfaces.web.accounts.models import Account, Occurrence
from remembrancer.model import Principal
from remembrancer.office import Office
from remembrancer.office.bureau import require
from remembrancer.saying import Sentence

Outcome = Literal["done", "refused", "limit"]

WHAT = {
    "sign-in": _("Sign-in"),
    "sign-out": _("Sign-out"),
    "confirmation": _("Showing once more who is there"),
    "second-factor": _("Second factor"),
    "password": _("Password"),
    "email": _("E-mail address"),
    "organisation": _("The organisation’s sign-in"),
    "session": _("Sessions"),
    "invitation": _("Invitation"),
    "account": _("Account"),
    "role": _("Role"),
    "token": _("Token of a program"),
    "assistant": _("Assistant"),
    "page": _("Page or deed"),
    "calls": _("Number of calls"),
}
"""What a line may be about, and what pages call it."""

DETAILS = {
    "by": pgettext_lazy("journal", "by"),
    "deed": pgettext_lazy("journal", "what was done"),
    "factor": pgettext_lazy("journal", "which"),
    "more": pgettext_lazy("journal", "besides"),
    "route": pgettext_lazy("journal", "page"),
    "method": pgettext_lazy("journal", "as"),
    "scopes": pgettext_lazy("journal", "for"),
    "days": pgettext_lazy("journal", "days"),
    "entry": pgettext_lazy("journal", "entry"),
    "number": pgettext_lazy("journal", "number"),
    "role": pgettext_lazy("journal", "role"),
    "added": pgettext_lazy("journal", "added"),
    "removed": pgettext_lazy("journal", "removed"),
    "changed": pgettext_lazy("journal", "changed"),
    "renewed": pgettext_lazy("journal", "renewed"),
    "set": pgettext_lazy("journal", "set"),
    "set anew by a link": pgettext_lazy("journal", "set anew by a link"),
    "confirmed": pgettext_lazy("journal", "confirmed"),
    "connected": pgettext_lazy("journal", "connected"),
    "parted": pgettext_lazy("journal", "parted"),
    "made": pgettext_lazy("journal", "made"),
    "revoked": pgettext_lazy("journal", "revoked"),
    "withdrawn": pgettext_lazy("journal", "withdrawn"),
    "taken up": pgettext_lazy("journal", "taken up"),
    "opened, and of no use": pgettext_lazy("journal", "opened, and of no use"),
    "link made": pgettext_lazy("journal", "a link for a new one was made"),
    "with the second factor taken away": pgettext_lazy("journal", "with the second factor taken away"),
    "closed": pgettext_lazy("journal", "closed"),
    "granted": pgettext_lazy("journal", "granted"),
    "ended": pgettext_lazy("journal", "ended"),
    "all ended": pgettext_lazy("journal", "all ended"),
    "another ended": pgettext_lazy("journal", "another was ended"),
    "all others ended": pgettext_lazy("journal", "all others ended"),
    "let in": pgettext_lazy("journal", "let in"),
    "taken back": pgettext_lazy("journal", "taken back"),
    "showed again what was spent; all it had has ended": pgettext_lazy(
        "journal", "showed again what was spent; all it had has ended"
    ),
    "codes": pgettext_lazy("journal", "codes"),
    "passkey": pgettext_lazy("journal", "passkey"),
    "recovery codes": pgettext_lazy("journal", "recovery codes"),
    "password": pgettext_lazy("journal", "password"),
    "invitation": pgettext_lazy("journal", "invitation"),
    "socialaccount": pgettext_lazy("journal", "the organisation"),
}
"""What pages call the names of details, and those of their values that are words."""

OUTCOMES = {
    "done": pgettext_lazy("journal", "done"),
    "refused": pgettext_lazy("journal", "refused"),
    "limit": pgettext_lazy("journal", "too often"),
}

MOST, WITHIN = 20, 60
"""Refusals of one kind that one caller makes within so many seconds; of more nothing is kept, so that nobody fills the
disk."""

LARGEST = 500_000
"""Lines that are kept at all; the oldest go first."""

A_DAY = 24 * 60 * 60

_logger = logging.getLogger("remembrancer.journal")


def note(what: str, outcome: Outcome = "done", who: Account | str = "", **details: str | int) -> None:
    """Note a line, of the request that is being answered where there is one. ``who`` is an account or its principal;
    ``details`` are words of the program and numbers, never what somebody typed."""
    caller = _caller()
    if outcome != "done" and limits.seconds_to_wait(f"journal:{what}", caller, MOST, WITHIN):
        return
    principal = who.principal if isinstance(who, Account) else who
    line = Occurrence.objects.create(
        account=principal, what=what, outcome=outcome, network=_network(caller), details=details
    )
    _logger.info(as_json(line))
    if cache.add("journal:pruned", 1, A_DAY):
        prune()


def prune() -> None:
    """Forget what is older than ``[web] journal`` says, and the oldest of too many."""
    ended = timezone.now() - timedelta(days=settings.JOURNAL_DAYS)
    Occurrence.objects.filter(at__lt=ended).delete()
    surplus = Occurrence.objects.order_by("-pk").values_list("pk", flat=True)[LARGEST : LARGEST + 1]
    for last in surplus:
        Occurrence.objects.filter(pk__lte=last).delete()


def lines(office: Office, principal: Principal, what: str = "") -> QuerySet[Occurrence]:
    """Every line, or those about one thing, newest first, for who may inspect every body: accounts are the office's."""
    for bureau in office:
        require(bureau.principal(Principal(principal.name)), "inspect", Sentence("see who signed in"))
    found = Occurrence.objects.order_by("-pk")
    return found.filter(what=what) if what else found


def of(account: Account) -> QuerySet[Occurrence]:
    """The lines that concern an account, newest first."""
    return Occurrence.objects.filter(account=account.principal).order_by("-pk")


async def exported(found: QuerySet[Occurrence]) -> AsyncIterator[str]:
    """Lines as JSON Lines."""
    async for line in found.aiterator():
        yield as_json(line) + "\n"


def as_json(line: Occurrence) -> str:
    """A line as JSON, its time in UTC; what cannot be printed is escaped."""
    told: dict[str, Any] = {
        "at": line.at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "account": line.account,
        "what": line.what,
        "outcome": line.outcome,
        "network": line.network,
    }
    return json.dumps(told | dict(line.details))


def _caller() -> str:
    request = context.request
    return limits.caller_of(request) if request is not None else ""


def _network(caller: str) -> str:
    """The neighbourhood of a caller: 256 addresses of IPv4, of IPv6 what one customer has."""
    try:
        address = ip_address(caller.partition("/")[0])
    except ValueError:  # A proxy on the same machine, by a socket of its own, or nobody at all.
        return ""
    return str(ip_network((address, 24 if address.version == 4 else 48), strict=False))
