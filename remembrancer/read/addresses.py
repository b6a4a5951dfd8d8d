"""Addresses in a structured file, and what a house's field mapping says stands there.

An address is dotted: ``items.*.votes[*].name`` is the ``name`` of every member of the list ``votes`` of every
member of the object ``items``. A *shape* is the address of one value without the numbers of its lists, as
``/items/3/votes/#/name``; all values of one shape have one role, so that roles are looked up once per shape.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from remembrancer.model import Section
from remembrancer.read.house import FieldMapping

_TOKEN = re.compile(r"\[\*\]|[^.\[\]]+")
_ESCAPES = str.maketrans({"~": "~0", "/": "~1", "#": "~2"})

_OF_A_SITTING = ("sittings", "title", "date", "venue", "present", "absent", "speeches")


class Role(NamedTuple):
    """``name`` is a field of FieldMapping (``items`` for one item) or empty; ``section`` of texts under it;
    ``keys``: the keys of this object are letters."""

    name: str = ""
    section: Section = "text"
    keys: bool = False


class Roles:
    """The roles of shapes under one mapping."""

    def __init__(self, mapping: FieldMapping | None) -> None:
        self._rules = _rules(mapping) if mapping else []
        self._keys = _key_patterns(mapping) if mapping else []
        self._known: dict[str, Role] = {}

    def of(self, shape: str) -> Role:
        """The role of a shape; the first rule that matches decides."""
        known = self._known.get(shape)
        if known is None:
            found = (role for pattern, role in self._rules if pattern.fullmatch(shape))
            keys = any(pattern.fullmatch(shape) for pattern in self._keys)
            known = self._known[shape] = next(found, Role())._replace(keys=keys)
        return known


def key_shape(key: str) -> str:
    """One step of a shape into an object."""
    return "/" + key.translate(_ESCAPES)


def _pattern(address: str) -> str:
    steps = []
    for token in _TOKEN.findall(address):
        wild = {"[*]": "/#", "*": "/[^/]+"}
        steps.append(wild.get(token) or re.escape(key_shape(token)))
    return "".join(steps)


def _key_patterns(mapping: FieldMapping) -> list[re.Pattern[str]]:
    base, item = _bases(mapping)
    return [re.compile(f"(?:{base}|{item}){_pattern(address)}") for address in mapping.keys]


def _bases(mapping: FieldMapping) -> tuple[str, str]:
    """Patterns of a sitting and of an item."""
    base = _pattern(mapping.sittings)
    return base, f"{base}(?:{_pattern(mapping.items)})+" if mapping.items else base


def _rules(mapping: FieldMapping) -> list[tuple[re.Pattern[str], Role]]:
    base, item = _bases(mapping)
    speech = base + _pattern(mapping.speeches)
    if mapping.items and mapping.speeches.startswith(mapping.items):
        speech = item + _pattern(mapping.speeches[len(mapping.items) :])
    anywhere = f"(?:{base}|{item}|{speech}|)"
    rules = _fields(mapping, base, ("title", "date", "venue"))
    rules += _fields(mapping, item, ("item_title", "item_number")) if mapping.items else []
    rules += _fields(mapping, speech, ("speaker", "time", "text", "chair")) if mapping.speeches else []
    rules += [(f"{anywhere}{_pattern(address)}", Role("omit")) for address in mapping.omit]
    for name in ("present", "absent"):
        for address in getattr(mapping, name):
            line = f"{base}{_pattern(address)}(?:/#)?"
            rules.append((line, Role(name, "attendance")))
            said = _fields(mapping, line, ("name", "role", "since", "until"))
            rules += [(pattern, role._replace(section="attendance")) for pattern, role in said]
    for section, addresses in mapping.sections.items():
        rules += [(f"(?:{base}|{item}){_pattern(address)}", Role("", section)) for address in addresses]
    rules += [(speech, Role("speeches"))] if mapping.speeches else []
    rules += [(item, Role("items"))] if mapping.items else []
    if any(getattr(mapping, name) for name in _OF_A_SITTING):
        rules.append((base, Role("sittings")))
    return [(re.compile(pattern), role) for pattern, role in rules]


def _fields(mapping: FieldMapping, base: str, names: tuple[str, ...]) -> list[tuple[str, Role]]:
    fields = [(name, getattr(mapping, name)) for name in names]
    return [(base + _pattern(address), Role(name)) for name, address in fields if address]
