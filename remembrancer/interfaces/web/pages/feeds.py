"""*Feeds*: sittings and decisions as Atom and as a calendar, for everybody; secret addresses of an account's own.

A secret address is a token that opens one feed and nothing else. What it tells is what its account may see when it is
asked, and nothing once it was revoked.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from email.utils import format_datetime
from hashlib import sha256
from typing import Any, NamedTuple

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from remembrancer.interfaces.web import settings
from remembrancer.interfaces.web.accounts import factors
from remembrancer.interfaces.web.accounts.models import Account, Token
from remembrancer.interfaces.web.accounts.recent import recently
from remembrancer.interfaces.web.admitting.asking import Asking, asking_of
from remembrancer.interfaces.web.admitting.finding import found
from remembrancer.interfaces.web.admitting.needs import Routes
from remembrancer.interfaces.web.admitting.onward import on_to
from remembrancer.model import PUBLIC, Principal
from remembrancer.office.asking import feeding, watching
from remembrancer.write import atom, calendar
from remembrancer.write.atom import Entry, Feed

ATOM, CALENDAR = "application/atom+xml; charset=utf-8", "text/calendar; charset=utf-8"
DAYS = 3650
"""How long a secret address is of use."""


class Own(NamedTuple):
    """A secret address of an account: what it opens, and the number by which it is revoked."""

    name: str
    number: int
    used: datetime | None


def feeds(request: HttpRequest, body: str) -> HttpResponse:
    """What there is to subscribe to."""
    return _page(request)


def sittings(request: HttpRequest, body: str) -> HttpResponse:
    """The latest sittings that the public sees."""
    bureau, page = asking_of(request).bureau, reverse("sittings", args=[body])
    entries = bureau.derived(PUBLIC, "feed: sittings", lambda: feeding.sittings(bureau, PUBLIC, _linking(body)))
    return _fed(request, _feed(request, f"{body}/sittings", _("Sittings"), page, entries))


def decisions(request: HttpRequest, body: str) -> HttpResponse:
    """The latest decisions that the public sees."""
    bureau, page = asking_of(request).bureau, reverse("decisions", args=[body])
    entries = bureau.derived(PUBLIC, "feed: decisions", lambda: feeding.decisions(bureau, PUBLIC, _linking(body)))
    return _fed(request, _feed(request, f"{body}/decisions", _("Decisions"), page, entries))


def calendar_of_all(request: HttpRequest, body: str) -> HttpResponse:
    """The sittings that the public sees, as a calendar."""
    return _calendar(request, PUBLIC)


def own_calendar(request: HttpRequest, body: str, secret: str) -> HttpResponse:
    """The sittings that an account may see, as a calendar."""
    return _calendar(request, _opened_by(request, secret, "calendar")[0])


def own_feed(request: HttpRequest, body: str, secret: str) -> HttpResponse:
    """What a watch of an account finds."""
    principal, number = _opened_by(request, secret, "watch")
    asking = asking_of(request)
    with found():
        kept, entries = feeding.watched(asking.bureau, asking.office.work, principal, int(number), _linking(body))
    page = reverse("watch", args=[body, kept.name])
    return _fed(request, _feed(request, f"{body}/watch/{kept.id}", kept.query, page, entries, own=""))


@never_cache
@require_POST
@recently
def add(request: HttpRequest, body: str) -> HttpResponse:
    """Make a secret address for the account's calendar, or for one of its watches; it is shown once."""
    asking = asking_of(request)
    assert asking.account is not None, "the table of routes asks for an account"
    number = request.POST.get("watch", "")
    if not number:
        name, opens, route = _("Calendar"), "calendar", "own-calendar"
    else:
        with found():
            kept = _watch(asking, number)
        name, opens, route = kept.query[:80], f"watch:{kept.id}", "own-feed"
    secret = Token.issue(asking.account, f"{asking.bureau.name()}: {name}"[:100], [_scope(body, opens)], DAYS)[1]
    return _page(request, f"{settings.ADDRESS}{reverse(route, args=[body, secret])}")


@require_POST
def revoke(request: HttpRequest, body: str, number: int) -> HttpResponse:
    """Make a secret address of no use."""
    account = asking_of(request).account
    assert account is not None, "the table of routes asks for an account"
    if not account.tokens.filter(pk=number, scopes__startswith=_scope(body, "")).delete()[0]:
        raise Http404
    messages.success(request, _("The address is of no use any more."))
    return on_to("feeds", body)


def _watch(asking: Asking, number: str) -> Any:
    if not (number.isascii() and number.isdigit() and len(number) < 10):
        raise Http404
    return watching.numbered(asking.bureau, asking.office.work, asking.principal, int(number))


def _page(request: HttpRequest, secret: str = "") -> HttpResponse:
    asking = asking_of(request)
    told: dict[str, Any] = {"secret": secret, "address": settings.ADDRESS}
    if asking.account is not None:
        told["own"] = _own(asking.account, asking.slug)
        told["watches"] = watching.watches(asking.bureau, asking.office.work, asking.principal)
    return render(request, "pages/feeds.html", told)


def _own(account: Account, body: str) -> list[Own]:
    kept = account.tokens.filter(scopes__startswith=_scope(body, ""), ends__gt=timezone.now()).order_by("made")
    return [Own(each.name, each.pk, each.used) for each in kept]


def _scope(body: str, opens: str) -> str:
    """The scope of a token that opens one feed: no operation of programs asks for such."""
    return f"feed:{body}:{opens}"


def _opened_by(request: HttpRequest, secret: str, what: str) -> tuple[Principal, str]:
    """Who reads by a secret address, with the roles of today, and which of their watches; else there is nothing."""
    asking, token = asking_of(request), Token.of(secret)
    opens = token.scopes.split(":") if token else []
    if token is None or opens[:3] != ["feed", asking.slug, what]:
        raise Http404
    token.note_use()
    return factors.as_shown(token.account, asking.bureau.principal(Principal(token.account.principal))), opens[-1]


def _linking(body: str) -> Callable[[str], str]:
    return lambda identity: f"{settings.ADDRESS}{reverse('link', args=[body, identity])}"


def _feed(
    request: HttpRequest, about: str, title: str, page: str, entries: tuple[Entry, ...], own: str | None = None
) -> Feed:
    name = asking_of(request).bureau.name()
    address = f"{settings.ADDRESS}{request.path}" if own is None else own
    return Feed(about, f"{name}: {title}", name, f"{settings.ADDRESS}{page}", address, entries)


def _fed(request: HttpRequest, feed: Feed) -> HttpResponse:
    updated = max((each.updated for each in feed.entries), default="")
    return _answered(request, atom.write(feed), ATOM, updated)


def _calendar(request: HttpRequest, principal: Principal) -> HttpResponse:
    bureau = asking_of(request).bureau

    def made() -> tuple[bytes, str]:
        held = feeding.held(bureau, principal, _linking(bureau.slug))
        return calendar.write(bureau.name(), held), max((each.recorded for each in held), default="")

    data, updated = bureau.derived(principal, "feed: calendar", made)
    return _answered(request, data, CALENDAR, updated)


def _answered(request: HttpRequest, data: bytes, kind: str, updated: str) -> HttpResponse:
    """The feed; without its content for who has it."""
    tag = f'"{sha256(data).hexdigest()[:32]}"'
    response = HttpResponse(data, content_type=kind, headers={"ETag": tag, "Cache-Control": "private, no-cache"})
    at = datetime.fromisoformat(updated) if updated else None
    if at is not None:
        response.headers["Last-Modified"] = format_datetime(at, usegmt=True)
    conditional = get_conditional_response(request, tag, None, response)
    assert conditional is not None
    return conditional


urls: list[Any] = [
    path("feeds/", feeds, name="feeds"),
    path("feeds/sittings.atom", sittings, name="feed-sittings"),
    path("feeds/decisions.atom", decisions, name="feed-decisions"),
    path("feeds/sittings.ics", calendar_of_all, name="calendar"),
    path("feeds/own/<str:secret>.ics", own_calendar, name="own-calendar"),
    path("feeds/own/<str:secret>.atom", own_feed, name="own-feed"),
    path("feeds/add", add, name="feed-add"),
    path("feeds/<int:number>/revoke", revoke, name="feed-revoke"),
]
ROUTES: Routes = {
    **dict.fromkeys(("feeds", "feed-sittings", "feed-decisions", "calendar", "own-calendar", "own-feed"), "everyone"),
    "feed-add": "account",
    "feed-revoke": "account",
}
