"""The published JSON: one pydantic model for each shape, and ``published``, from which the JSON Schemas are made.

Every field is always there. A text, id or date that is not known is null, never an empty string; lists may be
empty. Dates are EDTF (``2024-03-07``, ``2024-03``, ``2024-03-07/2024-03-09``), times of recording UTC. Ids are
permanent. For every span the bytes ``start:end`` of the blob ``rendition`` decode to ``quote``, and ``text`` is
the function of the quotes that ``remembrancer.plain`` specifies.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from importlib import import_module
from typing import Any

from pydantic import TypeAdapter

PARTS = ("answer", "record", "register", "desk", "embedding", "accounts", "looking")
"""The modules that have the shapes; a command waits for no more of them than its own shape needs."""


def published() -> dict[str, Any]:
    """Each published shape by its name, which is its schema's file name."""
    return {name: shape for part in PARTS for name, shape in _shapes(part).items()}


@cache
def adapter(name: str) -> TypeAdapter[Any]:
    """What validates and writes a published shape; KeyError if there is none of that name."""
    part = next((part for part in PARTS if name in _shapes(part)), PARTS[0])
    return TypeAdapter(_shapes(part)[name])


def dump(name: str, value: Any) -> bytes:
    """A value as the JSON of a published shape, indented, in UTF-8."""
    made = adapter(name).validate_python(unpacked(value), from_attributes=True)
    return adapter(name).dump_json(made, by_alias=True, indent=2)


def schema(name: str) -> dict[str, Any]:
    """The JSON Schema of a published shape."""
    made = adapter(name).json_schema(mode="serialization", by_alias=True)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": name, **made}


def unpacked(value: Any) -> Any:
    """Dataclasses and named tuples as dictionaries, so that of several possible shapes the fields decide."""
    if is_dataclass(value) and not isinstance(value, type):
        return {each.name: unpacked(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, tuple) and hasattr(value, "_asdict"):
        return {key: unpacked(member) for key, member in value._asdict().items()}
    if isinstance(value, Mapping):
        return {key: unpacked(member) for key, member in value.items()}
    return [unpacked(each) for each in value] if isinstance(value, (list, tuple)) else value


def _shapes(part: str) -> Mapping[str, Any]:
    shapes: Mapping[str, Any] = getattr(import_module(f"{__name__}.{part}"), part.upper())
    return shapes
