"""The shape of how far the vectors are."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from remembrancer.interfaces.shapes.base import Maybe, Shape


class Vectors(Shape):
    installed: bool = Field(description="Whether the extra that makes them is installed.")
    on: bool = Field(description="Whether they are not turned off by REMEMBRANCER_VECTORS.")
    building: bool
    embedder: Maybe = Field(description="The model that made them.")
    passages: int = Field(description="How many passages there are, of every language.")
    embedded: int = Field(description="How many of them have vectors.")
    windows: int = Field(description="How many vectors there are: one for some neighbouring passages.")


EMBEDDING: dict[str, Any] = {"vectors": Vectors}
