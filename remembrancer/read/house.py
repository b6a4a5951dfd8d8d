"""The house: a body's written conventions, as TOML.

Everything has a default, so an empty house is a house: readers detect what it does not say. A house holds
conventions only - never a matter, a person or a date. Example::

    language = "en"
    timezone = "Europe/London"          # where its days begin and end, as those of a term of office
    agendas = ["before/*"]              # path patterns of agendas, where no word of the path says that they are

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

    [matters]                           # for the register: how what is followed over years is known
    number = ['Bill No\\. (?P<number>\\d+)']

    [[ladders]]                         # and the rungs it climbs
    name = "stage"
    rungs = ["Stage 1", "Stage 2", "Stage 3"]
    word = "stage"

    [[papers]]                          # files that are decisions themselves
    path = "ordinances/*.md"
    is = "decision"
    number = ['Ordinance No\\. (?P<number>[\\w-]+)']

    [words.relations]                   # words of this body, beside those of its language
    repeals = ["strikes out"]

    [requests]                          # requests for information
    days = 20                           # within which they are to be answered

    [pages.en]                          # what this body calls things on its pages: one, and several
    sitting = ["meeting", "meetings"]
"""

from __future__ import annotations

import fnmatch
import re
import tomllib
from datetime import UTC, tzinfo
from functools import lru_cache
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

import msgspec

from remembrancer.access import parse_class
from remembrancer.model import AUTHORITIES, Authority, DecisionKind, Exit, Fault, RelationKind, Section, Visibility
from remembrancer.saying import Sentence

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


class VoteMapping(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Votes in a structured file; addresses as in ``FieldMapping``, those below ``at`` relative to its members.

    ``at``: each vote, or each ballot where those that agree in the fields ``together`` are one vote. ``motion`` (its
    text), ``mover``, ``seconder``, ``matter`` (its number), ``number`` (the vote's own), ``title``, ``kind`` (of
    business), ``date``, ``time``, ``result`` and ``winner`` (of several options, the one decided) are fields of it.
    ``ballots``: one ballot each, or several of one choice, with ``person``, ``choice`` and ``affiliation``; without
    ``person`` the ballots stand under names as keys. Where the choice is the list a name stands in, ``lists`` maps the
    address of names to the choice. ``choices`` and ``results``: what is written, as a regular expression, to what is
    meant; a result may hold numbers in groups named after choices, ``(?P<yes>\\d+)``. ``counts``: choice to address
    of a number. ``leave_out``: regular expressions of what stands beside a name. ``sponsors``: champion, author,
    sponsor or presenter to the address of who brings the matter forward, where the kind of business is ``sponsored``,
    any if none is named."""

    at: str = "."
    together: tuple[str, ...] = ()
    motion: str = ""
    mover: str = ""
    seconder: str = ""
    matter: str = ""
    number: str = ""
    title: str = ""
    kind: str = ""
    date: str = ""
    time: str = ""
    result: str = ""
    winner: str = ""
    ballots: str = ""
    person: str = ""
    choice: str = ""
    affiliation: str = ""
    lists: dict[str, str] = {}
    choices: dict[str, str] = {}
    results: dict[str, str] = {}
    counts: dict[str, str] = {}
    leave_out: tuple[str, ...] = ()
    sponsors: dict[Literal["champion", "author", "sponsor", "presenter"], str] = {}
    sponsored: tuple[str, ...] = ()


class StepMapping(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Matters with what became of them, step by step; addresses as in ``VoteMapping``.

    ``at``: each matter, with ``matter`` (its number) and ``title``. ``steps``: each step of it, with ``date``,
    ``body``, ``result``. ``decides``: bodies, as regular expressions, whose results decide; those of others only
    recommend. ``results``: what is written, as a regular expression, to the kind of decision that it is."""

    at: str = "."
    matter: str = ""
    title: str = ""
    steps: str = ""
    date: str = ""
    body: str = ""
    result: str = ""
    decides: tuple[str, ...] = ()
    results: dict[str, DecisionKind] = {}


class FieldMapping(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Which fields of a structured file hold what. Addresses are dotted, ``[*]`` for every member of a list
    and ``*`` for every key of an object; addresses below a list are relative to its members.

    ``path``: which files. ``sittings``: address of the list of sittings; empty when the file is one sitting,
    ``.`` to say that it is one though no other field does.
    In a sitting: ``title``, ``date``, ``venue``, ``present``, ``absent`` (lists of names or of objects with
    ``name``, ``role``, and ``since`` and ``until`` for when the person came and left), ``items`` (with
    ``item_title``, ``item_number``, ``item_text``), ``speeches`` (within items when their address starts with
    the items' address) with ``speaker``, ``text``, ``time`` and ``chair``, a truth value: the speaker presides.
    An item that has members at ``items`` again has items below it. ``sections``: what in a sitting or an item
    is a motion, a vote, a conclusion. ``keys``: objects whose keys are read by people, as from names to votes;
    their numbers are then kept too. ``omit``: addresses that are not proceedings and are listed as not
    extracted. ``votes``: where votes stand; ``history``: where it stands what became of matters. In a table a row
    is ``[*]`` and a field the name of its column, or its number from 1.
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
    chair: str = ""
    sections: dict[Section, tuple[str, ...]] = {}
    keys: tuple[str, ...] = ()
    omit: tuple[str, ...] = ()
    votes: VoteMapping | None = None
    history: StepMapping | None = None


class MatterConventions(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How matters are known. ``number``: regular expressions with a group ``number``, by which a matter is cited
    anywhere (``PEP[ -]?(?P<number>\\d+)``), the text around the group being how numbers are told apart.
    ``link``: with a group ``key``, over web addresses that stand in an item. ``leave_out``: what a title says
    besides naming its matter (``for Stage \\d``). ``not_matters``: whole titles of items that follow no matter."""

    number: tuple[str, ...] = ()
    link: tuple[str, ...] = ()
    leave_out: tuple[str, ...] = ()
    not_matters: tuple[str, ...] = ()


class Ladder(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The rungs a matter climbs, in order, as the house writes them (``Stage 1``); ``aside`` are where it can end
    beside the ladder (``Withdrawn``). ``word`` is what stands before a rung's own number or name in speech
    (``stage``), a regular expression. ``moves`` and ``stays`` are further regular expressions of sentences that
    move a matter, or that look so and do not. ``lists``: headings, as regular expressions, under which matters are
    listed that stand on a rung which the heading does not name."""

    name: str
    rungs: tuple[str, ...]
    aside: tuple[str, ...] = ()
    word: str = ""
    moves: tuple[str, ...] = ()
    stays: tuple[str, ...] = ()
    lists: dict[str, str] = {}


PaperRelation = RelationKind | Literal["replaced-by", "repealed-by", "amended-by"]
"""What a field of a paper's header says it does to another, or is done to it."""


class Papers(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Files that are matters or decisions themselves, as ordinances and proposals kept one to a file.

    ``path``: which. ``is``: ``matter`` (a proposal with a state of its own), ``decision`` (an enactment) or
    ``rules`` (by which others bind). ``number`` and ``date``: regular expressions, with groups of those names,
    tried on the path and then on the first words. ``status``, ``title`` and ``relations`` name header fields, the
    last as field to relation (``Replaces = "replaces"``; ``Superseded-By = "replaced-by"`` for the other way)."""

    path: str
    what: Literal["matter", "decision", "interpretation", "rules"] = msgspec.field(name="is", default="matter")
    number: tuple[str, ...] = ()
    date: tuple[str, ...] = ()
    title: str = ""
    status: str = ""
    ladder: str = ""
    relations: dict[str, PaperRelation] = {}


class Committees(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Sittings, by regular expressions over their titles, whose resolutions only recommend, but for those to whom
    power is ``delegated``."""

    recommend: tuple[str, ...] = ()
    delegated: tuple[str, ...] = ()


class RequestConventions(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """``days``: how many days after its arrival a request for information is due, 0 where nothing says so."""

    days: Annotated[int, msgspec.Meta(ge=0, le=3650)] = 0


class PageWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What a body calls things on its pages: one of them, and several; empty where it has no word of its own."""

    body: tuple[str, str] = ("", "")
    sitting: tuple[str, str] = ("", "")
    item: tuple[str, str] = ("", "")
    matter: tuple[str, str] = ("", "")
    motion: tuple[str, str] = ("", "")
    vote: tuple[str, str] = ("", "")
    decision: tuple[str, str] = ("", "")
    action: tuple[str, str] = ("", "")
    member: tuple[str, str] = ("", "")


class House(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A body's conventions; every field may be left out. ``words`` adds to the language packs' lists, by topic
    and list, as ``words.relations.repeals = ["strikes out"]``; ``pages`` are its own words by language."""

    language: str = ""
    timezone: str = ""
    sitting: SittingConventions = SittingConventions()
    speakers: SpeakerConventions = SpeakerConventions()
    items: ItemConventions = ItemConventions()
    sections: dict[Section, tuple[str, ...]] = {}
    authority: dict[str, Authority] = {}
    agendas: tuple[str, ...] = ()
    classes: tuple[ClassMark, ...] = ()
    fields: tuple[FieldMapping, ...] = ()
    matters: MatterConventions = MatterConventions()
    ladders: tuple[Ladder, ...] = ()
    papers: tuple[Papers, ...] = ()
    committees: Committees = Committees()
    words: dict[str, dict[str, tuple[str, ...]]] = {}
    requests: RequestConventions = RequestConventions()
    pages: dict[str, PageWords] = {}


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
        raise Fault(
            Exit.USAGE,
            Sentence("%(file)s: not valid TOML: %(error)s", file=name, error=error),
            Sentence("Correct the line named above."),
        ) from error
    except msgspec.ValidationError as error:
        raise Fault(
            Exit.USAGE,
            Sentence("%(file)s: %(error)s", file=name, error=error),
            Sentence("Known fields: %(list)s.", list=", ".join(_known())),
        ) from error
    for mark in house.classes:
        parse_class(mark.visibility)
    for expression in _expressions(house):
        try:
            re.compile(expression)
        except re.error as error:
            raise Fault(
                Exit.USAGE,
                Sentence(
                    "%(file)s: %(expression)s is not a regular expression: %(error)s",
                    file=name,
                    expression=repr(expression),
                    error=error,
                ),
                Sentence("In TOML, write regular expressions between single quotes."),
            ) from error
    return house


def check_timezone(house: House) -> None:
    """A Fault (usage) where a house names a time zone that there is not. A house of the record is read all the same:
    its zone may be one that only newer machines know."""
    if house.timezone and _zone(house.timezone) is None:
        what = Sentence("timezone: there is no time zone %(zone)s.", zone=repr(house.timezone))
        raise Fault(Exit.USAGE, what, Sentence("Name it as Europe/London or America/New_York."))


def zone_of(house: House) -> tzinfo:
    """The time zone of a body; UTC where its house names none that is known here."""
    return _zone(house.timezone) or UTC


@lru_cache(64)
def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # No such zone, no name of a zone at all, the name of a folder of zones.
        return None


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
    written = (heading, unnumbered(heading))
    return next((mark.visibility for mark in house.classes if any(_marks(mark, each) for each in written)), "open")


def unnumbered(heading: str) -> str:
    """A heading without the number before it: ``TOP 4.2: Budget`` becomes ``Budget``."""
    number = _NUMBER.match(heading)
    return heading[number.end() :] if number else heading


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
        *house.matters.number,
        *house.matters.link,
        *house.matters.leave_out,
        *house.matters.not_matters,
        *(each for ladder in house.ladders for each in (ladder.word, *ladder.moves, *ladder.stays, *ladder.lists)),
        *(each for papers in house.papers for each in (*papers.number, *papers.date)),
        *(each for mapping in house.fields for each in _of_votes(mapping)),
        *house.committees.recommend,
        *house.committees.delegated,
        *(each for topic in house.words.values() for listed in topic.values() for each in listed),
    ]


def _of_votes(mapping: FieldMapping) -> list[str]:
    votes, history = mapping.votes or VoteMapping(), mapping.history or StepMapping()
    return [*votes.leave_out, *votes.sponsored, *votes.choices, *votes.results, *history.decides, *history.results]
