"""The shapes of what only programs ask for: what narrows a search, and whether a quotation holds."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from remembrancer.interfaces.shapes.base import Maybe, Shape, Span


class Facet(Shape):
    value: str = Field(description="What the search is narrowed by.")
    title: str
    number: int = Field(description="How many of the passages counted have it.")
    date: Maybe = Field(description="That of a sitting.")


class Facets(Shape):
    """Counted over the best passages, 300 at most, that the caller may see."""

    years: list[Facet]
    speakers: list[Facet]
    items: list[Facet]
    sittings: list[Facet]
    kinds: list[Facet]
    authorities: list[Facet]


class Counted(Shape):
    total: int = Field(description="How many passages were counted.")
    more: bool = Field(description="True: there are more than were counted.")
    facets: Facets


class Quotation(Shape):
    holds: bool = Field(description="True: it may be quoted. False: it may not; see nearest.")
    how: Annotated[Literal["exact", "as-read"] | None, BeforeValidator(lambda told: told or None)] = Field(
        description="exact: its bytes stand there; as-read: its words do, without markup and line ends."
    )
    differs: Annotated[Literal["signs", "letters", "absent"] | None, BeforeValidator(lambda told: told or None)] = (
        Field(description="signs: same letters, other signs; letters: other words; absent: nothing like it is there.")
    )
    id: Maybe = Field(description="The element or row that it stands in.")
    where: list[Span]
    nearest: list[Span] = Field(description="What the record says instead, where it says something like it.")


LOOKING: dict[str, Any] = {"search-facets": Counted, "quotation": Quotation}
"""Each published shape by its name, which is its schema's file name."""
