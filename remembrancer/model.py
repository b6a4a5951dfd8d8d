"""The words of the house as frozen types; of ours this file imports what a sentence is, and nothing else.

Offsets are byte offsets into a rendition (UTF-8), half open. Dates are EDTF level 0 strings, so that a
date carries its precision: ``2024-03-07``, ``2024-03``, ``2024``, ``2024-03-07/2024-03-09``. Times of day
are ``HH:MM`` as the document gives them, in the body's time zone; times in a recording are ``HH:MM:SS.mmm``.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Literal, NamedTuple

from remembrancer.saying import NOTHING, Sentence

Sha256 = str
"""Lower-case hex of a SHA-256."""

Authority = Literal["recording", "notes", "draft", "circulated", "approved", "signed"]
AUTHORITIES: tuple[Authority, ...] = ("recording", "notes", "draft", "circulated", "approved", "signed")
"""From weakest to strongest: where two sources of one sitting differ, the later in this list prevails."""

Visibility = str
"""``open``, ``existence``, ``members``, ``role:NAME`` or ``hidden``; see ``access.py``."""

Section = Literal[
    "title", "heading", "attendance", "agenda", "summary", "conclusion", "actions", "motion", "vote", "text"
]
"""What part of the proceedings a text stands in; ``text`` when no convention says more."""


class Span(NamedTuple):
    """Bytes ``start:end`` of one rendition."""

    start: int
    end: int


Spans = tuple[Span, ...]


class Exit(IntEnum):
    """Exit codes of the one error type. ``UNAVAILABLE``: nothing is wrong with what was asked, but not now; another
    process holds what it needs, or the disk is full."""

    CHECK_FAILED = 1
    USAGE = 2
    REFUSED = 3
    UNREADABLE = 4
    UNAVAILABLE = 5


class Fault(Exception):
    """The one error that reaches a person: what is wrong, what to do. Faults in documents are ``Finding`` values."""

    def __init__(self, exit_code: Exit, what: Sentence, advice: Sentence = NOTHING) -> None:
        super().__init__(what)
        self.exit_code = exit_code
        self.what = what
        self.advice = advice


class BeingMade(Fault):
    """That what was asked for is being made by another process: ``done`` of ``total`` documents are read; 0 of 0 where
    that is not told."""

    def __init__(self, what: Sentence, advice: Sentence, done: int = 0, total: int = 0) -> None:
        super().__init__(Exit.UNAVAILABLE, what, advice)
        self.done = done
        self.total = total


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a reader or a pass noticed. ``code`` is a stable lower-case name with hyphens (``no-date``). ``holds``
    says that the letters under ``span`` are in no element: the finding itself keeps their place in the account."""

    code: str
    message: str
    advice: str = ""
    span: Span | None = None
    place: str = ""
    holds: bool = False
    id: str = ""


@dataclass(frozen=True, slots=True)
class Dated:
    """A date with its precision and how it is known: from a span of text, the path, or a field."""

    value: str
    origin: Literal["text", "path", "field"]
    spans: Spans = ()


@dataclass(frozen=True, slots=True)
class Attendee:
    """One line of an attendance list, or one stay of a person who came and went (then there are several). ``present``
    is None where the document lists a person without saying. ``since`` and ``until`` are times of day, or the number of
    the item at which the person came or left, or the document's words where it gives neither (``second half``)."""

    label: str
    present: bool | None = True
    abbreviation: str = ""
    affiliation: str = ""
    role: str = ""
    since: str = ""
    until: str = ""
    spans: Spans = ()


@dataclass(frozen=True, slots=True)
class Sitting:
    """One meeting as one document tells it. ``key`` joins documents of the same sitting (days, revisions)."""

    title: str = ""
    dates: tuple[Dated, ...] = ()
    venue: str = ""
    attendance: tuple[Attendee, ...] = ()
    key: str = ""
    spans: Spans = ()
    id: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """A point on the order of business; ``spans`` are its heading. ``parent`` indexes ``Proceedings.items``."""

    title: str
    spans: Spans
    number: str = ""
    level: int = 1
    sitting: int | None = None
    parent: int | None = None
    visibility: Visibility = "open"
    place: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True)
class Speech:
    """One person's uninterrupted words. ``spans`` are the words, ``label`` the spans that name the speaker; ``speaker``
    is the label as written (``AWB``), ``name`` what the document itself expands it to, or empty. Several speakers at
    once (``MM, WH:``) stay one speech with one label."""

    speaker: str
    spans: Spans
    label: Spans = ()
    name: str = ""
    sitting: int | None = None
    item: int | None = None
    section: Section = "text"
    time: str = ""
    visibility: Visibility = "open"
    place: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    """Everything else a document says, in its place."""

    spans: Spans
    sitting: int | None = None
    item: int | None = None
    section: Section = "text"
    visibility: Visibility = "open"
    place: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True)
class Proceedings:
    """What one rendition says. Every letter of the rendition is in exactly one of: a speech (or its label),
    an item's heading, a text, ``markup``, or a finding that ``holds`` it. Elements are in document order."""

    sittings: tuple[Sitting, ...] = ()
    items: tuple[Item, ...] = ()
    speeches: tuple[Speech, ...] = ()
    texts: tuple[Text, ...] = ()
    markup: Spans = ()
    findings: tuple[Finding, ...] = ()
    language: str = ""


class Mark(NamedTuple):
    """Evidence: bytes ``start:end`` of a rendition of a source, and where that is for a person."""

    source: Sha256
    rendition: Sha256
    start: int
    end: int
    place: str = ""


DecisionKind = Literal[
    "adopt",
    "reject",
    "defer",
    "refer",
    "note",
    "repeal",
    "amend",
    "appoint",
    "allocate",
    "set-status",
    "procedural",
]
DecidedBy = Literal["sitting", "written-resolution", "ballot-period", "delegate", "urgent-action", "silence"]
RelationKind = Literal[
    "amends",
    "repeals",
    "replaces",
    "confirms",
    "implements",
    "ratifies",
    "interprets",
    "suspends",
    "revives",
    "cites",
]
Force = Literal[
    "uncommenced",
    "in-force",
    "conditional",
    "suspended",
    "spent",
    "lapsed",
    "repealed",
    "never-made",
    "undetermined",
]
Outcome = Literal["", "carried", "lost", "tied", "withdrawn", "deferred", "consensus", "no-consensus"]
"""How a question ended; empty where the record does not say. ``consensus``: settled without counting."""

CHOICES = ("yes", "no", "abstain", "absent", "recused", "not-voting")
"""What a ballot may say, besides a poll's own labels."""


@dataclass(frozen=True, slots=True)
class Membership:
    """A dated seat. ``since`` and ``until`` are EDTF dates, empty where the record does not show them."""

    person: str
    role: str = ""
    affiliation: str = ""
    since: str = ""
    until: str = ""
    weight: int = 1
    stated: bool = True
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Presence:
    """That a person was, or was not, at a sitting; ``since`` and ``until`` as ``Attendee`` has them. ``role`` is as
    written, ``offices`` the kinds of office it names: chair, mayor, president, clerk, secretary, treasurer, scribe."""

    person: str
    sitting: str
    date: str
    present: bool | None
    role: str = ""
    since: str = ""
    until: str = ""
    offices: tuple[str, ...] = ()
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Person:
    """Who. ``labels`` are the ways the record writes the name. ``standing`` is member, officer, public or empty."""

    id: str
    name: str
    labels: tuple[str, ...] = ()
    standing: str = ""
    memberships: tuple[Membership, ...] = ()
    presences: tuple[Presence, ...] = ()
    formers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Relation:
    """What a decision, or one of its provisions (``by``), does to another. ``target`` is the id of a decision or
    matter, or empty where the record holds none; ``target_text`` is as written; ``provision`` the part of it."""

    kind: RelationKind
    target: str
    target_text: str
    provision: str = ""
    by: str = ""
    stated: bool = True
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Turn:
    """A change of force: from ``date`` on ``force`` holds, because of ``why`` (a rule, a relation's decision)."""

    date: str
    force: Force
    why: Sentence
    by: str = ""


@dataclass(frozen=True, slots=True)
class Provision:
    """A numbered part of a decision, with the history of its force, earliest first."""

    number: str
    text: str
    turns: tuple[Turn, ...] = ()
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Amount:
    """A sum of money as written: ``value`` a decimal number, ``currency`` its ISO 4217 code, or the sign where several
    share it (``$``)."""

    text: str
    value: str
    currency: str
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Motion:
    """What was put to the body. ``mover`` and ``seconder`` are persons' ids, with the labels as written."""

    id: str
    sitting: str
    date: str
    item: str
    matter: str
    text: str
    number: str = ""
    mover: str = ""
    seconder: str = ""
    mover_label: str = ""
    seconder_label: str = ""
    amends: str = ""
    outcome: Outcome = ""
    vote: str = ""
    amounts: tuple[Amount, ...] = ()
    stated: bool = True
    confirmed: str = ""
    rule: str = ""
    source: Sha256 = ""
    marks: tuple[Mark, ...] = ()
    formers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ballot:
    """One member's choice: ``person`` is an id or empty, ``label`` the name as written."""

    person: str
    label: str
    choice: str
    teller: bool = False
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Computed:
    """What the rules make of a vote: ``outcome`` or ``not determinable``, and why, in one sentence."""

    outcome: str
    why: Sentence


@dataclass(frozen=True, slots=True)
class Vote:
    """The division on a motion; see ``register.facts.Voted``. ``declared`` is what the record says came of it."""

    id: str
    sitting: str
    date: str
    item: str
    matter: str
    motion: str
    question: str
    method: str
    declared: Outcome
    computed: Computed
    counts: tuple[tuple[str, int], ...] = ()
    ballots: tuple[Ballot, ...] = ()
    number: str = ""
    business: str = ""
    casting: str = ""
    lot: bool = False
    stated: bool = True
    confirmed: str = ""
    rule: str = ""
    source: Sha256 = ""
    marks: tuple[Mark, ...] = ()
    formers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Decision:
    """What the body resolved. ``turns`` is the history of the force of the whole; ``confirmed`` says by whom and
    when a clerk confirmed an inferred one, or is empty."""

    id: str
    sitting: str
    date: str
    item: str
    matter: str
    kind: DecisionKind
    decided_by: DecidedBy
    outcome: Outcome
    text: str
    number: str = ""
    title: str = ""
    ladder: str = ""
    status_to: str = ""
    motion: str = ""
    vote: str = ""
    conditions: tuple[str, ...] = ()
    provisions: tuple[Provision, ...] = ()
    relations: tuple[Relation, ...] = ()
    turns: tuple[Turn, ...] = ()
    amounts: tuple[Amount, ...] = ()
    stated: bool = True
    confirmed: str = ""
    rule: str = ""
    source: Sha256 = ""
    marks: tuple[Mark, ...] = ()
    formers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rung:
    """That a matter stood on a rung from a date: by a decision, or as its paper says (``decision`` empty)."""

    date: str
    status: str
    decision: str = ""
    stated: bool = True
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Beginning:
    """The EDTF date on which a matter was begun, as its own paper says."""

    date: str
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Debate:
    """That a matter was on the order of business of a sitting: the item's id and its title there."""

    sitting: str
    date: str
    item: str
    title: str
    marks: tuple[Mark, ...] = ()


SPONSORS = ("champion", "author", "sponsor", "presenter", "delegate")
"""How somebody may bring a matter forward."""


@dataclass(frozen=True, slots=True)
class Sponsorship:
    """Who brings a matter forward: ``person`` is an id or empty, ``label`` as written, ``role`` one of ``SPONSORS``."""

    person: str
    label: str
    role: str
    date: str = ""
    stated: bool = True
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Matter:
    """The thing followed over years. ``titles`` are all it was called; ``keys`` all it is known by."""

    id: str
    title: str
    number: str = ""
    titles: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    ladder: str = ""
    status: str = ""
    rungs: tuple[Rung, ...] = ()
    debates: tuple[Debate, ...] = ()
    decisions: tuple[str, ...] = ()
    relations: tuple[Relation, ...] = ()
    sponsorships: tuple[Sponsorship, ...] = ()
    begun: tuple[Beginning, ...] = ()
    formers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Action:
    """Who promised what by when; ``owner`` is a person's id or empty, ``label`` as written."""

    id: str
    sitting: str
    date: str
    item: str
    matter: str
    owner: str
    label: str
    text: str
    due: str = ""
    done: bool = False
    stated: bool = True
    confirmed: str = ""
    rule: str = ""
    marks: tuple[Mark, ...] = ()
    formers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """A statement passed on, with its chain from the speaker to the origin, each as written; ``element`` is the id of
    the speech or text that passes it on."""

    id: str
    sitting: str
    date: str
    item: str
    matter: str
    chain: tuple[str, ...]
    text: str
    origin: str
    element: str = ""
    marks: tuple[Mark, ...] = ()
    formers: tuple[str, ...] = ()


Severity = Literal["error", "warning", "note"]


@dataclass(frozen=True, slots=True)
class Notice:
    """A finding of the register: what is wrong, what shows it, what to do. ``about`` are the ids concerned."""

    id: str
    code: str
    severity: Severity
    message: Sentence
    advice: Sentence = NOTHING
    sitting: str = ""
    date: str = ""
    about: tuple[str, ...] = ()
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Quorum:
    """Whether enough were there: ``stated`` by the document, ``computed`` by the rules, and why."""

    sitting: str
    date: str
    stated: bool | None
    present: int | None
    required: int | None
    computed: Computed
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class PlaceRun:
    """From byte ``start`` of the rendition on, the place is ``label`` (``page 3``, ``00:12:31``, a node path)."""

    start: int
    label: str


@dataclass(frozen=True, slots=True)
class Rendition:
    """The text of a source. ``data`` is UTF-8. ``extractor`` is empty where ``data`` is the source's own bytes;
    ``places`` for text formats, whose places are line numbers. ``not_extracted`` names each part of the source that is
    not in ``data``: ``word/media/image1.png: an image of 20 kB``."""

    data: bytes
    extractor: str = ""
    places: tuple[PlaceRun, ...] = ()
    not_extracted: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader made of one source. ``reader`` is its name and version, as ``markdown/1``."""

    reader: str
    rendition: Rendition
    proceedings: Proceedings


@dataclass(frozen=True, slots=True)
class Account:
    """Where the letters and digits of a rendition went; the parts sum to ``letters``."""

    letters: int
    in_speech: int
    in_item: int
    other: int
    markup: int
    in_findings: int


@dataclass(frozen=True, slots=True)
class Principal:
    """Who asks: ``public``, ``member:PERSON``, ``role:NAME`` or ``owner``, with the roles held on the day."""

    name: str
    roles: frozenset[str] = frozenset()


OWNER = Principal("owner")
PUBLIC = Principal("public")


@dataclass(frozen=True, slots=True)
class Quote:
    """A span with the proof of what it says: ``rendition`` bytes ``start:end`` decode to ``quote``."""

    source: Sha256
    rendition: Sha256
    start: int
    end: int
    quote: str


PassageKind = Literal["speech", "item", "text"]


class Passage(NamedTuple):
    """What search finds: an element, or the ``number``-th part of a long one, never across speakers. ``id`` is the
    element's; ``sitting`` and ``item`` are ids or empty; ``date`` is EDTF, empty when unknown; ``speaker`` is the label
    as written and ``person`` the expanded name; ``at`` is how many passages of its document stand before it. The words
    themselves are only in the rendition, under ``spans``, and what stands around them in its ``window``, which is empty
    where others' words of another class stand between its own."""

    id: str
    number: int
    kind: PassageKind
    body: str
    source: Sha256
    rendition: Sha256
    spans: Spans
    place: str = ""
    speaker: str = ""
    person: str = ""
    sitting: str = ""
    date: str = ""
    item: str = ""
    item_title: str = ""
    section: str = "text"
    authority: Authority = "notes"
    visibility: Visibility = "open"
    language: str = ""
    path: str = ""
    at: int = 0
    window: Span = Span(0, 0)
