"""Published shapes whose spans also carry the permanent address of what their words stand in."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin

from pydantic import Field, create_model

from remembrancer.interfaces.shapes.base import Shape, Span

SPAN = frozenset(Span.model_fields)
NAMED_BY = ("id", "row")
"""The fields that hold the id of what a value is about."""


class LinkedSpan(Span):
    """A quotation, and where to look it up."""

    link: str = Field(description="The permanent address of what the words stand in.")


@cache
def linked(shape: type[Shape]) -> type[Shape]:
    """A shape with ``LinkedSpan`` in place of ``Span``, however deep; the shape itself where it has none."""
    if shape is Span:
        return LinkedSpan
    shape.model_rebuild()
    changed: dict[str, Any] = {
        name: (made, field)
        for name, field in shape.model_fields.items()
        if (made := _linked(field.annotation)) != field.annotation
    }
    return create_model(shape.__name__, __base__=shape, **changed) if changed else shape


def _linked(annotation: Any) -> Any:
    if isinstance(annotation, type) and issubclass(annotation, Shape):
        return linked(annotation)
    origin, arguments = get_origin(annotation), get_args(annotation)
    made = arguments if origin is Literal else tuple(map(_linked, arguments))
    if made == arguments:
        return annotation
    return Union[made] if origin in (Union, UnionType) else origin[made]  # noqa: UP007


def with_links(value: Any, link: Callable[[str], str], within: str = "") -> Any:
    """A value of a shape as dictionaries and lists, each span with the address of the nearest thing around it that has
    an id; of its source where there is none."""
    if isinstance(value, list):
        return [with_links(each, link, within) for each in value]
    if not isinstance(value, dict):
        return value
    within = next((str(value[name]) for name in NAMED_BY if value.get(name)), within)
    made = {key: with_links(each, link, within) for key, each in value.items()}
    return made | {"link": link(within or value["source"])} if made.keys() >= SPAN else made
