"""What every page is given."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from remembrancer.access import DEEDS, is_owner, may_do
from remembrancer.interfaces.web.asking import Asking


def everywhere(request: HttpRequest) -> dict[str, Any]:
    """``bureau_name`` and ``slug`` of the body where there is one, ``principal``, and what they ``may`` do, by deed."""
    asking: Asking | None = getattr(request, "asking", None)
    if asking is None:
        return {}
    slugs = [each.slug for each in asking.office.bodies()]
    slug = asking.slug or (slugs[0] if len(slugs) == 1 else "")
    shown: dict[str, Any] = {"slug": slug, "several_bodies": len(slugs) > 1, "account": asking.account}
    if slug in slugs:
        asking.of(slug)
        principal = asking.principal
        may = {deed.replace("-", "_"): may_do(principal, deed) for deed in DEEDS}
        shown |= {
            "body_name": asking.bureau.name(),
            "principal": principal,
            "may": may,
            "is_owner": is_owner(principal),
        }
    return shown
