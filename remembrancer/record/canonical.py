"""Canonical JSON (RFC 8785) of envelopes and payloads, without floats.

One value has one sequence of bytes: members sorted by the UTF-16 of their names, no white space, the
shortest escapes. ``{"b": 1, "a": ["é", None]}`` is ``{"a":["é",null],"b":1}``. Numbers are integers of at
most 53 bits, because a float does not read back as the same digits everywhere.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NoReturn

import msgspec
import rfc8785

Json = None | bool | int | str | Sequence["Json"] | Mapping[str, "Json"]
"""What a payload may hold: as sequences lists and tuples, as mappings dicts."""


class NotCanonical(ValueError):
    """The value has no canonical form here, or the bytes are not that form."""


def _refuse_float(digits: str) -> NoReturn:
    raise ValueError(f"the number {digits} is not an integer")


_encode = msgspec.json.Encoder(order="sorted").encode
_decode = msgspec.json.Decoder(float_hook=_refuse_float).decode
_is_long_number = re.compile(rb"(?:^|[:,\[-])[0-9]{16}").search
_coarse = bytes(0x30 if 0x30 <= byte <= 0x39 else 0xF0 if byte >= 0xF0 else byte for byte in range(256))
_LONG_RUN, _BEYOND_BMP = b"0" * 16, b"\xf0"


def _needs_the_book(data: bytes) -> bool:
    """A long number may exceed 53 bits, and a character beyond the BMP sorts differently in UTF-16."""
    coarse = data.translate(_coarse)
    return _BEYOND_BMP in coarse or (_LONG_RUN in coarse and _is_long_number(data) is not None)


def dump(value: Json) -> bytes:
    """The canonical bytes of a value. NotCanonical for a float, a long integer, or a type JSON lacks."""
    try:
        data = _encode(value)
        if not _needs_the_book(data) and _decode(data) == value:
            return data
    except (ValueError, TypeError, RecursionError):
        pass
    return _dump_by_the_book(value)


def _dump_by_the_book(value: Json) -> bytes:
    try:
        _refuse_floats_in(value)
        return rfc8785.dumps(value)
    except (ValueError, TypeError, RecursionError) as error:
        raise NotCanonical(str(error)) from error


def _refuse_floats_in(value: object) -> None:
    if isinstance(value, float):
        _refuse_float(repr(value))
    if isinstance(value, dict):
        for member in value.values():
            _refuse_floats_in(member)
    if isinstance(value, list | tuple):
        for member in value:
            _refuse_floats_in(member)


def parse(data: bytes) -> Json:
    """The value of canonical bytes. NotCanonical for any other way of writing it."""
    try:
        value: Json = _decode(data)
        rewrite = rfc8785.dumps if _needs_the_book(data) else _encode
        same = rewrite(value) == data
    except (ValueError, TypeError, RecursionError) as error:
        raise NotCanonical(str(error)) from error
    if not same:
        raise NotCanonical("the same value has another canonical form")
    return value


def parse_object(data: bytes) -> dict[str, Json]:
    """The members of a canonical JSON object; NotCanonical for anything else."""
    value = parse(data)
    if not isinstance(value, dict):
        raise NotCanonical("not a JSON object")
    return value
