"""The second factor: which roles ask for one, and what an account holds until it has one.

``[web] second_factor`` names the roles, or is ``everybody`` or ``nobody``. An account that lacks the factor is let in
with its other roles, and sees what members see where it would sit with them; it sets one up, and all is as granted.
Who signs in through the organisation alone has what the organisation asks for.
"""

from __future__ import annotations

from dataclasses import replace

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount

from remembrancer.access import MEMBER_ROLES
from remembrancer.interfaces.web import settings
from remembrancer.interfaces.web.accounts.models import Account
from remembrancer.model import Principal

SECOND = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def shows_two(account: Account) -> bool:
    """Whether signing in to an account takes two factors, or is the organisation's business."""
    if Authenticator.objects.filter(user=account, type__in=SECOND).exists():
        return True
    return not account.has_usable_password() and SocialAccount.objects.filter(user=account).exists()


def as_shown(account: Account, principal: Principal) -> Principal:
    """An account's principal, without the roles that ask for a second factor if the account lacks it."""
    reduced = without(principal)
    return principal if reduced == principal or shows_two(account) else reduced


def without(principal: Principal) -> Principal:
    """A principal as it is without a second factor."""
    asking = (
        principal.roles if settings.EVERYBODY in settings.SECOND_FACTOR else principal.roles & settings.SECOND_FACTOR
    )
    left = principal.roles - asking
    if asking & {"owner", *MEMBER_ROLES} and not settings.SECOND_FACTOR & {settings.EVERYBODY, "member"}:
        left |= {"member"}
    return replace(principal, roles=left)
