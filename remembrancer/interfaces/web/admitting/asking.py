"""Who asks, in which body: from a request to a principal, with the office lent for as long as the request lasts."""

from __future__ import annotations

from contextlib import ExitStack
from functools import cached_property
from typing import TYPE_CHECKING, cast

from django.http import Http404, HttpRequest

from remembrancer.interfaces.web.serving import opened
from remembrancer.model import PUBLIC, Principal

if TYPE_CHECKING:
    from remembrancer.interfaces.web.accounts.models import Account, Token
    from remembrancer.office import Office
    from remembrancer.office.bureau import Bureau


class Asking:
    """One request's office, body and principal. The office is taken when first asked for and given back at the end."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request
        self._lent = ExitStack()
        self.slug = ""
        self.is_program = False
        """True for a call of REST or MCP, which is answered with a status and never with a page to sign in."""
        self.token: Token | None = None
        """What a program showed to say who asks."""

    def of(self, slug: str) -> None:
        """Say which body the request is about; empty for none, or for the only one."""
        self.slug = slug

    @property
    def account(self) -> Account | None:
        """The account that is signed in, or whose token was shown."""
        user = self._request.user
        return user if user.is_authenticated else None

    @cached_property
    def office(self) -> Office:
        return self._lent.enter_context(opened.lender().lent())

    @cached_property
    def bureau(self) -> Bureau:
        """The bureau of the body; where the office keeps none of that name there is nothing (404)."""
        slugs = [each.slug for each in self.office.bodies()]
        if self.slug and self.slug not in slugs:
            raise Http404
        return self.office.body(self.slug)

    @cached_property
    def principal(self) -> Principal:
        """Who asks, with the roles that the body's record grants them today; of no body, what they are in any. A role
        that asks for a second factor is left out where the account lacks it."""
        return PUBLIC if self.account is None else _as_shown(self.account, self._granted(self.account))

    @property
    def lacks_factor(self) -> bool:
        """Whether who asks would hold more with a second factor."""
        account = self.account
        return account is not None and _as_shown(account, held := self._granted(account)) != held

    def _granted(self, account: Account) -> Principal:
        named = Principal(account.principal)
        if self.slug or len(self.office.bodies()) == 1:
            return self.bureau.principal(named)
        roles = [bureau.principal(named).roles for bureau in self.office]
        return Principal(named.name, frozenset().union(*roles))

    def close(self) -> None:
        """Give the office back."""
        self._lent.close()


def _as_shown(account: Account, granted: Principal) -> Principal:
    from remembrancer.interfaces.web.accounts.factors import as_shown  # Its models are there once Django is set up.

    return as_shown(account, granted)


class Asked(HttpRequest):
    """A request as the guard passes it on."""

    asking: Asking


def begun(request: HttpRequest) -> Asking:
    """Who asks by a request, from now on known of it; to be closed."""
    asked = cast(Asked, request)
    asked.asking = Asking(request)
    return asked.asking


def asking_of(request: HttpRequest) -> Asking:
    """Who asks, as the guard found."""
    return cast(Asked, request).asking
