"""What is asked of an index, as frozen types: a tree of words and phrases, and what narrows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from remembrancer.model import Visibility


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a query, as typed."""

    text: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that must stand together, in this order."""

    text: str


FieldName = Literal["speaker", "item", "sitting", "kind", "section", "body", "source", "date"]


@dataclass(frozen=True, slots=True)
class Field:
    """A filter: the passage's field ``name`` has ``value``; it never changes a score."""

    name: FieldName
    value: str


@dataclass(frozen=True, slots=True)
class Group:
    """All of ``must``, none of ``never``, and the more of ``may`` the better; at least one of ``may`` where
    ``must`` is empty. An empty group is every passage."""

    must: tuple[Query, ...] = ()
    may: tuple[Query, ...] = ()
    never: tuple[Query, ...] = ()


Query = Word | Phrase | Field | Group


@dataclass(frozen=True, slots=True)
class Filters:
    """What a passage must satisfy besides the query; an empty string filters nothing. Dates are EDTF. A passage is
    within ``since`` and ``until`` when its date overlaps them, and known as of ``as_of`` when its date lies wholly up
    to it, so that an undated one is not. ``without_sitting`` leaves one sitting out; ``visible`` are the classes that
    the principal may see."""

    body: str = ""
    since: str = ""
    until: str = ""
    as_of: str = ""
    speaker: str = ""
    item: str = ""
    sitting: str = ""
    without_sitting: str = ""
    kind: str = ""
    section: str = ""
    visible: frozenset[Visibility] = frozenset({"open"})
