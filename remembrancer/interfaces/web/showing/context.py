"""What every page is given."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from remembrancer.access import DEEDS, is_owner, may_do
from remembrancer.interfaces.web.admitting.asking import Asking
from remembrancer.interfaces.web.settings import ADDRESS
from remembrancer.interfaces.web.showing.looking import look_of
from remembrancer.interfaces.web.showing.rooms import SHELVES, rooms
from remembrancer.interfaces.web.showing.words import language_of, words_of


def everywhere(request: HttpRequest) -> dict[str, Any]:
    """``slug``, ``body_name``, ``words``, ``rooms`` and ``shelves`` of the body where there is one, ``record_size``,
    how many entries its record holds, the ``address`` of the office as people reach it, ``in_record``, the language of
    what is quoted, ``principal``, and what they ``may`` do, by deed; ``look``, light or dark, where somebody chose
    one."""
    asking: Asking | None = getattr(request, "asking", None)
    if asking is None:
        return {"look": look_of(request)}
    names = {each.slug: each.name for each in asking.office.bodies()}
    if not asking.slug and len(names) == 1:
        asking.of(next(iter(names)))
    shown: dict[str, Any] = {
        "slug": "",
        "several_bodies": len(names) > 1,
        "account": asking.account,
        "look": look_of(request),
    }
    return shown | _of_body(request, asking) if asking.slug in names else shown | {"words": words_of(None)}


def _of_body(request: HttpRequest, asking: Asking) -> dict[str, Any]:
    principal, words = asking.principal, words_of(asking.bureau)
    return {
        "slug": asking.slug,
        "address": ADDRESS,
        "body_name": asking.bureau.name(),
        "record_size": asking.bureau.log.size(),
        "words": words,
        "in_record": language_of(asking.bureau),
        "rooms": list(rooms(request, asking, words)),
        "shelves": list(rooms(request, asking, words, SHELVES)),
        "principal": principal,
        "may": {deed.replace("-", "_"): may_do(principal, deed) for deed in DEEDS},
        "is_owner": is_owner(principal),
    }
