"""What all published shapes have in common."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

Maybe = Annotated[str | None, BeforeValidator(lambda text: text or None)]
"""A text that may not be there."""

Class = Annotated[str, Field(pattern=r"^(open|existence|members|hidden|role:[a-z][a-z0-9-]*)$")]


class Shape(BaseModel):
    """What all have in common."""

    model_config = ConfigDict(from_attributes=True, extra="forbid", serialize_by_alias=True, defer_build=True)


class Span(Shape):
    source: str = Field(description="SHA-256 of the source.")
    rendition: str = Field(description="SHA-256 of the text of the source.")
    start: int
    end: int
    quote: str
