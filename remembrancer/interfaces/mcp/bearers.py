"""Whose token is shown: one that the office granted to an assistant by OAuth, or one that an account made itself."""

from __future__ import annotations

from anyio import to_thread
from mcp.server.auth.middleware.auth_context import get_access_token
from mcp.server.auth.provider import AccessToken, TokenVerifier

from remembrancer.model import PUBLIC, Principal

SCOPE = "read"
"""The one scope that the tools need."""

TWO = "two_factors"
"""The claim whether signing in to the account takes two factors."""


class Bearers(TokenVerifier):
    """Looks tokens up in ``accounts.db``; the SDK checks what they were granted for, and for which resource."""

    def __init__(self, resource: str) -> None:
        self._resource = resource

    async def verify_token(self, token: str) -> AccessToken | None:
        """What a token grants; None for one that is unknown, over or revoked, or whose account is closed."""
        return await to_thread.run_sync(self._held, token)

    def _held(self, secret: str) -> AccessToken | None:
        from django.db import close_old_connections

        from remembrancer.interfaces.web.accounts.models import Token

        close_old_connections()
        try:
            return self._own(secret) if secret.startswith(Token.PREFIX) else self._granted(secret)
        finally:
            close_old_connections()

    def _own(self, secret: str) -> AccessToken | None:
        """A token that an account made for a program; it serves nowhere but here."""
        from remembrancer.interfaces.web.accounts.factors import shows_two
        from remembrancer.interfaces.web.accounts.models import Token

        token = Token.of(secret)
        if token is None:
            return None
        token.note_use()
        return AccessToken(
            token=secret,
            claims={TWO: shows_two(token.account)},
            client_id=f"token:{token.pk}",
            scopes=token.scopes.split(),
            expires_at=int(token.ends.timestamp()),
            resource=self._resource,
            subject=token.account.principal,
        )

    def _granted(self, secret: str) -> AccessToken | None:
        """A token that an account let an assistant have; ``resource`` is this one only if it was granted for it."""
        from allauth.idp.oidc.models import Token

        from remembrancer.interfaces.web.accounts.factors import shows_two

        token = Token.objects.lookup(Token.Type.ACCESS_TOKEN, secret)
        if token is None or token.user is None or token.client is None or not token.user.is_active:
            return None
        return AccessToken(
            token=secret,
            claims={TWO: shows_two(token.user)},
            client_id=token.client.pk,
            scopes=token.get_scopes(),
            expires_at=int(token.expires_at.timestamp()) if token.expires_at else None,
            resource=self._resource if self._resource in token.get_resources() else None,
            subject=token.user.principal,
        )


def bearer() -> Principal:
    """Who makes the call that is being answered; the public where no token is shown."""
    token = get_access_token()
    return Principal(token.subject) if token is not None and token.subject else PUBLIC


def as_shown(principal: Principal) -> Principal:
    """Who makes the call, without the roles that ask for a second factor if their account lacks it."""
    from remembrancer.interfaces.web.accounts.factors import without

    token = get_access_token()
    return principal if token is None or (token.claims or {}).get(TWO) else without(principal)
