"""How often somebody may call: counted in windows of time, by token or by address."""

from __future__ import annotations

import math
import time
from ipaddress import IPv6Address, IPv6Network

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from remembrancer.interfaces.web.admitting.faults import shown


def seconds_to_wait(what: str, who: str, most: int, seconds: int) -> int:
    """Count one call of ``who`` for ``what``; 0 where it is among the ``most`` of this window of ``seconds``, else how
    long until the next window begins."""
    now = time.time()
    window = int(now // seconds)
    key = f"limit:{what}:{who}:{window}"
    if cache.add(key, 1, seconds + 1):
        return 0
    try:
        counted = cache.incr(key)
    except ValueError:  # It was dropped in between: the window is over.
        return 0
    return math.ceil((window + 1) * seconds - now) if counted > most else 0


def caller_of(request: HttpRequest) -> str:
    """The address that a request came from, past the proxies that are trusted; of IPv6 the network, since one caller
    has as many addresses in it as they like."""
    told = str(get_adapter().get_client_ip(request))
    if ":" not in told:
        return told
    address = IPv6Address(told)
    return str(address.ipv4_mapped or IPv6Network((int(address), 64), strict=False))


def too_often(request: HttpRequest, wait: int) -> HttpResponse:
    """The page for who calls too often, with how long to wait."""
    response = shown(request, 429, _("That was too often in a short time."), _("Wait a little and try again."))
    response.headers["Retry-After"] = str(wait)
    return response
