"""The house: a body's written conventions, as TOML.

Everything has a default, so an empty house is a house: readers detect what it does not say. A house holds
conventions only - never a matter, a person or a date. Example::

    language = "en"
    timezone = "Europe/London"

    [sitting]
    path = ['(?P<year>\\d{4})-(?P<month>\\d{2})-(?P<day>\\d{2})']   # facts taken from the path
    venue = ["Location", "Where"]                                 # labels whose text is the venue

    [speakers]
    styles = ["colon"]                  # "AWB: words"; see Style
    not_speakers = ["Note", "Poll"]     # labels that look like a speaker and are none

    [items]
    levels = [2, 3]                     # heading levels that open an item
    not_items = ["Table of contents"]

    [sections]                          # headings (regular expressions, whole heading) that mark a section
    attendance = ["Present", "Attendees"]
    conclusion = ["Conclusion/(Decision|Resolution)"]

    [authority]                         # path patterns -> authority of that kind of source
    "drafts/**" = "draft"

    [[classes]]                         # headings whose item is closed
    heading = "Closed session.*"
    class = "members"

    [[fields]]                          # JSON, YAML, CSV, TSV: which fields hold what; see FieldMapping
    path = "votes/*.json"
    speeches = "meeting_transcripts[*]"
    speaker = "speaker"
    text = "content"
"""

from __future__ import annotations

import fnmatch
import re
import tomllib
from typing import Any, Literal

import msgspec

from remembrancer.access import parse_class
from remembrancer.model import AUTHORITIES, Authority, Exit, Fault, Section, Visibility

Style = Literal["colon", "bold", "bold-line", "heading", "angle", "timestamp", "bracket", "entry"]
"""How a speech names its speaker.

``colon``      ``AWB: words``                ``bold``     ``**Name** words`` or ``**Name:** words``
``bold-line``  ``**Name**`` alone, words in the blocks below      ``heading``  a heading that is a name
``angle``      ``<Name> words``              ``timestamp``  ``Name 00:12:31`` alone, words below
``bracket``    ``(Name) words`` or ``(Name) - words``
``entry``      a list entry that is a name, words in the entries below it
"""


class SittingConventions(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """``path``: regular expressions with any of the groups year, month (number or name), day, title, key;
    files with the same key are one sitting. ``date``: regular expressions whose group ``date`` is the date."""

    path: tuple[str, ...] = ()
    date: tuple[str, ...] = ()
    title: tuple[str, ...] = ()
    venue: tuple[str, ...] = ()


class SpeakerConventions(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """``styles`` used, none meaning: detect. ``pattern``: a regular expression with groups speaker and
    optionally time, matched at the start of a line. ``abbreviations``: patterns of paths of files that expand
    speaker abbreviations for the whole body."""

    styles: tuple[Style, ...] = ()
    pattern: tuple[str, ...] = ()
    abbreviations: tuple[str, ...] = ()
    not_speakers: tuple[str, ...] = ()


class ItemConventions(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """``levels`` of headings that open an item, none meaning all but the document's title. ``pattern``:
    regular expressions with groups number and title for lines that open an item without being headings."""

    levels: tuple[int, ...] = ()
    pattern: tuple[str, ...] = ()
    not_items: tuple[str, ...] = ()


class ClassMark(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """An item whose heading matches ``heading`` whole is of ``visibility`` (``class`` in TOML)."""

    heading: str
    visibility: Visibility = msgspec.field(name="class")


class FieldMapping(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Which fields of a structured file hold what. Addresses are dotted, ``[*]`` for every member of a list
    and ``*`` for every key of an object; addresses below a list are relative to its members.

    ``path``: which files. ``sittings``: address of the list of sittings; empty when the file is one sitting,
    ``.`` to say that it is one though no other field does.
    In a sitting: ``title``, ``date``, ``venue``, ``present``, ``absent`` (lists of names or of objects with
    ``name``, ``role``, and ``since`` and ``until`` for when the person came and left), ``items`` (with
    ``item_title``, ``item_number``, ``item_text``), ``speeches`` (within items when their address starts with
    the items' address) with ``speaker``, ``text``, ``time``.
    An item that has members at ``items`` again has items below it. ``sections``: what in a sitting or an item
    is a motion, a vote, a conclusion. ``keys``: objects whose keys are read by people, as from names to votes;
    their numbers are then kept too. ``omit``: addresses that are not proceedings and are listed as not
    extracted. In a table a row is ``[*]`` and a field the name of its column, or its number from 1.
    """

    path: str
    sittings: str = ""
    title: str = ""
    date: str = ""
    venue: str = ""
    present: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    name: str = ""
    role: str = ""
    since: str = ""
    until: str = ""
    items: str = ""
    item_title: str = ""
    item_number: str = ""
    item_text: tuple[str, ...] = ()
    speeches: str = ""
    speaker: str = ""
    text: str = ""
    time: str = ""
    sections: dict[Section, tuple[str, ...]] = {}
    keys: tuple[str, ...] = ()
    omit: tuple[str, ...] = ()


class House(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A body's conventions; every field may be left out."""

    language: str = ""
    timezone: str = ""
    sitting: SittingConventions = SittingConventions()
    speakers: SpeakerConventions = SpeakerConventions()
    items: ItemConventions = ItemConventions()
    sections: dict[Section, tuple[str, ...]] = {}
    authority: dict[str, Authority] = {}
    classes: tuple[ClassMark, ...] = ()
    fields: tuple[FieldMapping, ...] = ()


DEFAULT = House()

_NUMBER = re.compile(
    r"\s*(?:(?:(?:agenda )?item|top|punkt|point|punto|ponto)\s+)?[\dA-Za-z]{0,3}(?:[.)]\d*)+[.):]?\s+",
    re.IGNORECASE,
)
"""The number before a heading's title, as in ``3.`` or ``TOP 4.2:``."""


def parse(toml: str, name: str = "house") -> House:
    """A house from its TOML. Raises Fault (usage) naming the field that is wrong and what it may be."""
    try:
        house = msgspec.convert(tomllib.loads(toml), House)
    except tomllib.TOMLDecodeError as error:
        raise Fault(Exit.USAGE, f"{name}: not valid TOML: {error}", "Correct the line named above.") from error
    except msgspec.ValidationError as error:
        raise Fault(Exit.USAGE, f"{name}: {error}", f"Known fields: {', '.join(_known())}.") from error
    for mark in house.classes:
        parse_class(mark.visibility)
    for expression in _expressions(house):
        try:
            re.compile(expression)
        except re.error as error:
            raise Fault(
                Exit.USAGE,
                f"{name}: {expression!r} is not a regular expression: {error}",
                "In TOML, write regular expressions between single quotes.",
            ) from error
    return house


def to_builtins(house: House) -> dict[str, Any]:
    """The house as plain dictionaries and lists without what equals the default."""
    return _without_defaults(msgspec.to_builtins(house), msgspec.to_builtins(DEFAULT))


def matches(pattern: str, path: str) -> bool:
    """Whether a path (with forward slashes) matches a pattern: ``*`` any run of characters, slashes included;
    a pattern without a leading slash may match from any folder on."""
    return fnmatch.fnmatchcase(path, pattern) or fnmatch.fnmatchcase(path, f"*/{pattern}")


def authority_of(path: str, house: House) -> Authority | None:
    """What the house says of this kind of source; the strongest of several."""
    found = [authority for pattern, authority in house.authority.items() if matches(pattern, path)]
    return max(found, key=AUTHORITIES.index, default=None)


def visibility_of(heading: str, house: House) -> Visibility:
    """The class of an item with this heading: of the first mark of the house that matches it whole, with or
    without the number before it, in capitals or not; else open."""
    written = (heading, _NUMBER.sub("", heading))
    return next((mark.visibility for mark in house.classes if any(_marks(mark, each) for each in written)), "open")


def _marks(mark: ClassMark, heading: str) -> bool:
    return re.fullmatch(mark.heading, heading, re.IGNORECASE) is not None


def mapping_for(path: str, house: House) -> FieldMapping | None:
    """The first field mapping whose path matches."""
    return next((mapping for mapping in house.fields if matches(mapping.path, path)), None)


def _without_defaults(value: dict[str, Any], default: dict[str, Any]) -> dict[str, Any]:
    said = {key: _said(member, default.get(key)) for key, member in value.items() if member != default.get(key)}
    return {key: member for key, member in said.items() if member}


def _said(member: Any, default: Any) -> Any:
    if isinstance(member, dict):
        return _without_defaults(member, default if isinstance(default, dict) else {})
    if isinstance(member, (list, tuple)):
        return [_without_defaults(each, {}) if isinstance(each, dict) else each for each in member]
    return member


def _known() -> list[str]:
    return [field.encode_name for field in msgspec.structs.fields(House)]


def _expressions(house: House) -> list[str]:
    return [
        *house.sitting.path,
        *house.sitting.date,
        *house.sitting.title,
        *house.speakers.pattern,
        *house.speakers.not_speakers,
        *house.items.pattern,
        *house.items.not_items,
        *(expression for group in house.sections.values() for expression in group),
        *(mark.heading for mark in house.classes),
    ]
