"""Who asks, in which body: each call of an assistant is lent an office for as long as it lasts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NamedTuple, cast

from remembrancer.access import DEEDS, Deed, is_owner, may_do
from remembrancer.interfaces.web.admitting.needs import Need
from remembrancer.interfaces.web.serving.lending import Lender
from remembrancer.model import Exit, Fault, Principal
from remembrancer.office import Office
from remembrancer.office.bureau import Bureau
from remembrancer.saying import Sentence

SCHEME = "remembrancer"
"""How the addresses of resources begin: ``remembrancer://SLUG/ID``."""


class Asked(NamedTuple):
    """One call: of which body, as whom; ``address`` is where people reach the office, empty where it is not served."""

    bureau: Bureau
    principal: Principal
    address: str

    def link(self, identity: str) -> str:
        """The permanent address of an id: a page where the office is served, else the resource of that id."""
        slug = self.bureau.slug
        return f"{self.address}/{slug}/id/{identity}" if self.address else f"{SCHEME}://{slug}/{identity}"


class Reception:
    """Lends an office to each call; ``whom`` says who makes the call that is being answered, ``as_shown`` what they
    may be of what the record grants them."""

    def __init__(
        self,
        lender: Lender,
        whom: Callable[[], Principal],
        address: str = "",
        as_shown: Callable[[Principal], Principal] = lambda granted: granted,
    ) -> None:
        self._lender = lender
        self._whom = whom
        self._address = address
        self._as_shown = as_shown

    @contextmanager
    def asked(self, slug: str, need: Need) -> Iterator[Asked]:
        """The body of a slug, or the only one. A Fault where there is none, or not for who asks."""
        with self._lender.lent() as office:
            bureau = _bureau(office, slug)
            principal = self._as_shown(bureau.principal(self._whom()))
            _admit(principal, need)
            yield Asked(bureau, principal, self._address)

    def bodies(self) -> list[tuple[str, str]]:
        """The slug and the name of each body."""
        with self._lender.lent() as office:
            return [(bureau.slug, bureau.name()) for bureau in office]


def _bureau(office: Office, slug: str) -> Bureau:
    slugs = [each.slug for each in office.bodies()]
    if slug and slug not in slugs:
        raise Fault(
            Exit.REFUSED,
            Sentence("This office keeps no body %(slug)s.", slug=slug),
            Sentence("It keeps: %(list)s.", list=", ".join(slugs)),
        )
    if not slug and len(slugs) > 1:
        raise Fault(
            Exit.USAGE,
            Sentence("This office keeps several bodies."),
            Sentence("Name one as `body`: %(list)s.", list=", ".join(slugs)),
        )
    return office.body(slug)


def _admit(principal: Principal, need: Need) -> None:
    """A Fault (refused) unless a principal is what a row of the table asks for."""
    if need == "everyone" or is_owner(principal) or (need == "account" and principal.name != "public"):
        return
    if need in DEEDS and may_do(principal, cast(Deed, need)):
        return
    raise Fault(
        Exit.REFUSED, Sentence("This is not for your account."), Sentence("Ask the owner of the office for the role.")
    )
