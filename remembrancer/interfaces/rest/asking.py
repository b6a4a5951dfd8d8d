"""Operations: bodies, ask, search, what narrows it, and whether a quotation holds."""

from __future__ import annotations

from typing import Any, Literal

from ninja import P, Query, QueryEx, Router, Schema
from pydantic import Field

from remembrancer.interfaces.rest.operations import operation
from remembrancer.interfaces.rest.parameters import SHA, As_of, Day, Text
from remembrancer.interfaces.rest.replies import Page
from remembrancer.interfaces.web.admitting.asking import Asking
from remembrancer.model import AUTHORITIES, PassageKind
from remembrancer.office.asking import answering, faceting, quoting
from remembrancer.queries import Filters

router = Router()
TAG = "Ask"
FURTHEST = 10_000
"""How far a search can be leafed through."""

Words = QueryEx[str, P(min_length=1, max_length=2000, description='Words, "phrases", AND, OR, NOT, speaker:NAME.')]


class Narrowing(Schema):
    """What narrows a search."""

    since: Day | None = Field(None, alias="from", description="From this day on.")
    until: Day | None = Field(None, alias="to", description="Up to this day.")
    speaker: str = Field("", max_length=1000)
    sitting: str = Field("", max_length=1000)
    item: str = Field("", max_length=1000)
    kind: PassageKind | Literal[""] = Field("", description="Only what is of this kind.")
    as_of: Day | None = Field(None, description="From sittings dated up to this day, as 2024, 2024-03 or 2024-03-07.")

    def filters(self) -> Filters:
        """The same as the index takes it."""
        said: dict[str, Any] = {name: value or "" for name, value in self}
        return Filters(**said)


class Quoted(Schema):
    """A quotation and, as far as it is known, where it stands: in a rendition (or a source) between two bytes, or in
    what an id names; anywhere in the record where nothing is said."""

    quote: str = Field(min_length=1, max_length=quoting.LONGEST)
    rendition: str = Field("", pattern=f"^$|{SHA}", description="SHA-256 of a text of a source, or of a source.")
    start: int | None = Field(None, ge=0, le=2**53)
    end: int | None = Field(None, ge=0, le=2**53)
    id: str = Field("", max_length=200)


@operation(router, "GET", "/bodies", "bodies")
def bodies(asking: Asking) -> Any:
    """List the bodies of this office."""
    return asking.office.bodies()


@operation(router, "GET", "/{body}/ask", "ask")
def ask(
    asking: Asking,
    question: QueryEx[str, P(min_length=1, max_length=2000, description="In your own words.")],
    as_of: As_of = None,
    about: Text = "",
    limit: QueryEx[int, P(ge=1, le=100, description="How many quotations at most.")] = 5,
) -> Any:
    """Answer a question in the record's own words, or say that the record is silent.

    Where a question may mean several things, `readings` lists them: ask again with the id of one in `about`.
    """
    return answering.ask(asking.bureau, asking.principal, question, as_of or "", limit, about)


@operation(router, "GET", "/{body}/search", "search")
def search(
    asking: Asking,
    q: Words,
    only: Query[Narrowing],
    limit: QueryEx[int, P(ge=1, le=100, description="How many at most.")] = 10,
    after: QueryEx[int, P(ge=0, le=FURTHEST, description="How many are passed over.")] = 0,
) -> Any:
    """Find passages by their words, best first."""
    hits = asking.bureau.search(asking.principal, q, only.filters(), after + limit + 1)
    last = after + limit
    return Page(hits[after:last], str(last) if len(hits) > last and last <= FURTHEST else "")


@operation(router, "GET", "/{body}/search/facets", "facets")
def facets(
    asking: Asking,
    q: Words,
    only: Query[Narrowing],
    authority: QueryEx[str, P(pattern=f"^({'|'.join(AUTHORITIES)})?$", description="Only documents of it.")] = "",
) -> Any:
    """Count what could narrow a search: years, speakers, items, sittings, kinds, authorities."""
    found = faceting.find(asking.bureau, asking.principal, q, only.filters(), authority, limit=0)
    return {"total": found.total, "more": found.more, "facets": found.facets}


@operation(router, "POST", "/{body}/quotations/verify", "verify-quotation")
def verify_quotation(asking: Asking, told: Quoted) -> Any:
    """Say whether a quotation is what the record says.

    It holds where its bytes stand there, or where its words do in what a person reads. One letter or sign that differs
    is told, with what the record says instead.
    """
    return quoting.verify_quotation(
        asking.bureau, asking.principal, told.quote, told.rendition, told.start, told.end, told.id
    )
