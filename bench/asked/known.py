"""What a source tells by its own structure, and the questions that ask for it.

A ``Known`` is a fact of a source with the fields that a wording names: ``status``, ``{"matter": "Temporal"}``, gold
``("Stage 3",)``. ``templates.toml`` has several wordings for each kind; which one is taken is a hash's choice, so that
the same record is always asked the same. Half of all subjects, by the SHA-256 of their key, is put aside.
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from hashlib import sha256
from pathlib import Path
from string import Formatter
from typing import NamedTuple

from babel.dates import format_date

Value = str | int | tuple[str, ...]
"""A value as it is right: a text, a number, or several texts in any order."""

TEMPLATES = Path(__file__).parent / "templates.toml"


class Known(NamedTuple):
    """A fact of a source: ``kind`` names its wordings, ``key`` its subject and so its half, ``gold`` what is right."""

    body: str
    kind: str
    key: str
    fields: Mapping[str, str]
    gold: tuple[Value, ...]


class Asked(NamedTuple):
    """A question. Without ``gold`` the record cannot answer it: ``kind`` then says why."""

    body: str
    kind: str
    text: str
    gold: tuple[Value, ...] = ()
    aside: bool = False
    note: str = ""


def digest(*parts: str) -> int:
    """A number that is always the same for the same parts."""
    return int.from_bytes(sha256("\0".join(parts).encode()).digest()[:8], "big")


def aside(key: str) -> bool:
    """Whether a subject was put aside while rules were written: the first byte of its SHA-256 is odd."""
    return sha256(key.encode()).digest()[0] % 2 == 1


def wordings() -> dict[tuple[str, str], list[str]]:
    """The wordings by body and kind."""
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for each in tomllib.loads(TEMPLATES.read_text(encoding="utf-8"))["wording"]:
        for body in each["bodies"]:
            found[body, each["kind"]] += each["ask"]
    return found


def sample(known: Iterable[Known], most: int) -> list[Known]:
    """At most as many of each body and kind, by hash."""
    groups: dict[tuple[str, str], list[Known]] = defaultdict(list)
    for each in known:
        groups[each.body, each.kind].append(each)
    return [
        each
        for group in groups.values()
        for each in sorted(group, key=lambda one: digest(one.body, one.kind, one.key, *one.fields.values()))[:most]
    ]


def questions(known: Iterable[Known], most: int) -> Iterator[Asked]:
    """A question for each of at most ``most`` facts of a body and kind; none twice."""
    worded = wordings()
    seen: set[tuple[str, str]] = set()
    for each in sample(known, most):
        fitting = [text for text in worded[each.body, each.kind] if named(text) <= each.fields.keys()]
        text = fitting[digest(each.kind, each.key, *each.fields.values()) % len(fitting)].format(**each.fields)
        if (each.body, text) not in seen:
            seen.add((each.body, text))
            yield Asked(each.body, each.kind, text, each.gold, aside(each.key), each.key)


def named(template: str) -> set[str]:
    """The fields that a wording needs."""
    return {name for _, name, _, _ in Formatter().parse(template) if name}


def written(day: str, language: str = "en") -> str:
    """A day in words: ``1 June 2021``, ``1. Juni 2021``."""
    form = "d. MMMM y" if language == "de" else "d MMMM y"
    return str(format_date(date.fromisoformat(day), form, locale=language))
