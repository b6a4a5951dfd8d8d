"""Tokens of assistants as they are renewed: a code or a refresh token that comes twice was stolen from one of the two
who showed it, so that all that came of it ends; and all of it ends after half a year in any case.

allauth forgets a refresh token when it gives the next; here its digest is kept until nothing could come of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from allauth.idp.oidc.models import Token
from django.utils import timezone

from remembrancer.interfaces.web import settings
from remembrancer.interfaces.web.accounts.journal import note
from remembrancer.interfaces.web.accounts.models import Spent, digest

BEGUN = "begun"
"""What a refresh token's data call the time at which somebody let the assistant in."""


def begun(shown: str) -> datetime:
    """When somebody let in whoever shows a code or a refresh token that is still good: for a code, now."""
    token = Token.objects.lookup(Token.Type.REFRESH_TOKEN, shown)
    told = ((token.data or {}) if token else {}).get(BEGUN)
    return datetime.fromisoformat(told) if told else timezone.now()


def spend(shown: str, since: datetime, given: Mapping[str, Any]) -> None:
    """Keep what was shown as spent, and have what was given for it end when all of it does."""
    access = Token.objects.by_value(given["access_token"]).get(type=Token.Type.ACCESS_TOKEN)
    end = since + timedelta(seconds=settings.ASSISTANTS_END_AFTER)
    Spent.objects.filter(ends__lt=timezone.now()).delete()
    Spent.objects.create(digest=digest(shown), account=access.user, client=access.client_id, ends=end)
    for token in Token.objects.by_value(given.get("refresh_token", "")).filter(type=Token.Type.REFRESH_TOKEN):
        token.data = {**(token.data or {}), BEGUN: since.isoformat()}
        token.expires_at = min(token.expires_at, end)
        token.save()


def revoke_if_spent(shown: str) -> None:
    """End everything that the assistant was given by an account, where what it shows was spent before."""
    spent = Spent.objects.select_related("account").filter(digest=digest(shown)).first()
    if spent is not None and Token.objects.filter(user=spent.account, client=spent.client).delete()[0]:
        note("assistant", "refused", spent.account, deed="showed again what was spent; all it had has ended")
