"""The facts of one document, as it tells them: before people, matters and other documents are known.

``extract`` makes them, ``resolve`` turns them into the rows of ``model``. Labels are as written; dates are EDTF.
A fact is ``stated`` where the document marks it as such (a conclusions section, a formula of the minutes, a
recorded vote, a status field) and inferred where it was worked out from running prose; ``rule`` names the rule
that found it, as ``en.motions.moved``. A fact with no words of its own carries the words it was worked out from.

An id is ``KIND-`` and 16 characters, derived from the element the fact stands in and the character at which it
begins there, so that it is the same in every circle's rendition.
"""

from __future__ import annotations

from typing import ClassVar

import msgspec

from remembrancer.model import (
    Authority,
    DecidedBy,
    DecisionKind,
    Mark,
    Outcome,
    RelationKind,
    Visibility,
)
from remembrancer.saying import NOTHING, Sentence, packed, restored


class Mention(msgspec.Struct, frozen=True, kw_only=True):
    """A matter as a document names it. ``keys`` say what it is known by, strongest first:
    ``number:pep 634`` (the house's pattern), ``link:example.org/proposal-x`` (the house's pattern),
    ``title:optional chaining`` (the folded title without the words that only say what is asked for it)."""

    title: str = ""
    number: str = ""
    keys: tuple[str, ...] = ()
    marks: tuple[Mark, ...] = ()


class Relating(msgspec.Struct, frozen=True, kw_only=True):
    """That a text does something to another: ``target`` as written (``Ordinance No. 54-89``), ``provision`` the
    part of it (``Section 5.060``) or empty, ``by`` the number of the provision that says so, or empty."""

    kind: RelationKind
    target: Mention
    provision: str = ""
    by: str = ""
    stated: bool = True
    marks: tuple[Mark, ...] = ()


class Commencing(msgspec.Struct, frozen=True, kw_only=True):
    """When a text begins or ceases to bind, as it says. ``kind`` is one of ``on`` (``date``), ``after`` (``days`` and
    ``months`` from adoption), ``at-once`` (an emergency clause), ``until`` (``date``, or as ``after``: expiry),
    ``upon`` (``condition``: publication, confirmation, ratification, another reading; ``days`` and ``months`` from
    then), ``never`` (the record says that it was never made). ``provision`` is empty for the whole."""

    kind: str
    date: str = ""
    days: int = 0
    months: int = 0
    condition: str = ""
    provision: str = ""
    marks: tuple[Mark, ...] = ()


class Sum(msgspec.Struct, frozen=True, kw_only=True):
    """A sum of money that a text names, as ``model.Amount`` has it."""

    text: str
    value: str
    currency: str = ""
    marks: tuple[Mark, ...] = ()


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """A provision as its document numbers it."""

    number: str
    text: str
    marks: tuple[Mark, ...] = ()


class Begun(msgspec.Struct, frozen=True, kw_only=True):
    """The EDTF date on which a paper says that its matter was begun."""

    date: str
    marks: tuple[Mark, ...] = ()


class Fact(msgspec.Struct, frozen=True, kw_only=True, tag_field="fact"):
    """What every fact has. ``marks`` are its evidence, the principal one first; ``element`` is the id of the
    element it stands in; ``position`` is the first byte of it in its rendition; ``sitting`` and ``item`` are ids
    or empty; ``visibility`` is the strictest class of its marks; ``confirmed`` says by whom and when a clerk
    confirmed or corrected it."""

    KIND: ClassVar[str] = ""

    id: str
    rule: str
    stated: bool = True
    marks: tuple[Mark, ...] = ()
    source: str = ""
    element: str = ""
    position: int = 0
    sitting: str = ""
    date: str = ""
    item: str = ""
    authority: Authority = "notes"
    visibility: Visibility = "open"
    confirmed: str = ""


class Stay(msgspec.Struct, frozen=True, kw_only=True):
    """One line of a roll, as ``model.Attendee`` gives it. ``came`` and ``went`` are the first bytes of the sentences
    that tell of it where these stand in the course of the business, else -1."""

    label: str
    present: bool | None = True
    abbreviation: str = ""
    affiliation: str = ""
    role: str = ""
    since: str = ""
    until: str = ""
    came: int = -1
    went: int = -1
    marks: tuple[Mark, ...] = ()


class Roll(Fact, frozen=True, kw_only=True, tag="roll"):
    """Who attended a sitting as one document lists it. ``title`` and ``venue`` are the sitting's; ``items`` are
    the ids of its items in order, with their numbers, so that comings can be placed. One that is ``beside`` a stronger
    document's lists those alone whom that leaves out, and nothing is counted by it."""

    KIND: ClassVar[str] = "roll"
    stays: tuple[Stay, ...] = ()
    title: str = ""
    venue: str = ""
    items: tuple[tuple[str, str], ...] = ()
    beside: bool = False


class QuorumSaid(Fact, frozen=True, kw_only=True, tag="quorum"):
    """What a document says of the quorum: ``met`` or not, and any numbers: present, required, of how many."""

    KIND: ClassVar[str] = "quorum"
    met: bool | None = None
    present: int | None = None
    required: int | None = None
    of: int | None = None
    text: str = ""


class Spoke(Fact, frozen=True, kw_only=True, tag="spoke"):
    """That somebody spoke at a sitting: the ``label`` as written, the ``name`` the document expands it to, how
    many ``speeches``, and whether all were in the public's part of the business."""

    KIND: ClassVar[str] = "speaker"
    label: str = ""
    name: str = ""
    speeches: int = 0
    public: bool = False


class Seated(Fact, frozen=True, kw_only=True, tag="seated"):
    """That somebody took a seat or an office, or gave it up: ``event`` is ``takes`` or ``leaves``, ``when`` an EDTF
    date, ``role`` and ``affiliation`` as written or empty."""

    KIND: ClassVar[str] = "seat"
    label: str = ""
    event: str = "takes"
    when: str = ""
    role: str = ""
    affiliation: str = ""


class Presided(Fact, frozen=True, kw_only=True, tag="presided"):
    """That somebody presided over a sitting or kept its notes: ``office`` is one of ``passes.presiding.OFFICES``,
    ``role`` the word for it as written, empty where a formula says so."""

    KIND: ClassVar[str] = "presiding"
    label: str = ""
    role: str = ""
    office: str = "chair"


class Discussed(Fact, frozen=True, kw_only=True, tag="discussed"):
    """That an item of a sitting, or a whole paper, is about a matter; ``title`` is the item's as written."""

    KIND: ClassVar[str] = "discussed"
    mention: Mention
    title: str = ""


class Moved(Fact, frozen=True, kw_only=True, tag="moved"):
    """A motion put. ``amends`` is the id of the motion it is an amendment to; ``called_amendment`` says that the
    document calls it one, shown or not to what, without the number that one to a bill or paper has; ``outcome`` as
    declared, if it is with the motion and not with a vote."""

    KIND: ClassVar[str] = "motion"
    text: str = ""
    mover: str = ""
    seconder: str = ""
    amends: str = ""
    called_amendment: bool = False
    number: str = ""
    outcome: Outcome = ""
    mentions: tuple[Mention, ...] = ()
    amounts: tuple[Sum, ...] = ()

    @property
    def amending(self) -> bool:
        """Whether it is an amendment, which only shapes what is decided."""
        return bool(self.amends) or self.called_amendment


class Cast(msgspec.Struct, frozen=True, kw_only=True):
    """One ballot as written: ``choice`` in wire words (yes, no, abstain, absent, recused, not-voting) or the
    poll's own label. ``teller`` is a teller, whom some houses count and some do not."""

    label: str
    choice: str
    affiliation: str = ""
    teller: bool = False
    marks: tuple[Mark, ...] = ()


class Voted(Fact, frozen=True, kw_only=True, tag="voted"):
    """A vote taken. ``method``: ``roll-call``, ``division``, ``show-of-hands``, ``tally`` (numbers, not saying
    how), ``ballot`` (a secret one), ``poll`` (informs only), ``unanimous``, ``no-objection``, ``acclamation``,
    ``voice``, ``lot``, or empty where it is not said. ``counts`` are the numbers the document gives, by wire word
    or by the poll's own label, in its order; ``ballots`` the names. ``casting`` is the label of who broke a tie;
    ``except_items`` the numbers taken out of an en bloc vote."""

    KIND: ClassVar[str] = "vote"
    question: str = ""
    motion: str = ""
    method: str = "tally"
    declared: Outcome = ""
    counts: tuple[tuple[str, int], ...] = ()
    ballots: tuple[Cast, ...] = ()
    casting: str = ""
    lot: bool = False
    except_items: tuple[str, ...] = ()
    number: str = ""
    business: str = ""
    mentions: tuple[Mention, ...] = ()


class Resolved(Fact, frozen=True, kw_only=True, tag="resolved"):
    """What the body resolved. ``number`` as the body numbers its decisions; ``status_to`` the rung as the
    document writes it and ``ladder`` the ladder's name; ``motion`` and ``vote`` the ids of their facts;
    ``conditions`` in the document's words."""

    KIND: ClassVar[str] = "decision"
    text: str = ""
    kind: DecisionKind = "adopt"
    decided_by: DecidedBy = "sitting"
    outcome: Outcome = "carried"
    number: str = ""
    title: str = ""
    ladder: str = ""
    status_to: str = ""
    motion: str = ""
    vote: str = ""
    mentions: tuple[Mention, ...] = ()
    parts: tuple[Part, ...] = ()
    relations: tuple[Relating, ...] = ()
    commencing: tuple[Commencing, ...] = ()
    conditions: tuple[str, ...] = ()
    amounts: tuple[Sum, ...] = ()
    signed: bool | None = None


class Standing(Fact, frozen=True, kw_only=True, tag="standing"):
    """What a paper says of its own matter's state, as a header ``Status: Final`` does: nobody decides by it, but
    it shows where the matter stood when the paper was taken in; ``begun`` as a header ``Created`` says."""

    KIND: ClassVar[str] = "standing"
    mention: Mention
    ladder: str = ""
    status: str = ""
    relations: tuple[Relating, ...] = ()
    begun: Begun | None = None


class Sponsored(Fact, frozen=True, kw_only=True, tag="sponsored"):
    """Who brings a matter forward: ``role`` is champion, author, sponsor, presenter or delegate, ``label`` the name as
    written; without a mention it is the matter of the item it stands under."""

    KIND: ClassVar[str] = "sponsorship"
    label: str = ""
    role: str = "sponsor"
    affiliation: str = ""
    mentions: tuple[Mention, ...] = ()


class Fulfilled(Fact, frozen=True, kw_only=True, tag="fulfilled"):
    """That what a text waited for came about: ``event`` is ``confirmed`` (also ratified, published) or ``in-force``, on
    the EDTF date ``since``; ``target`` is the text."""

    KIND: ClassVar[str] = "fulfilment"
    target: Mention
    event: str = "confirmed"
    since: str = ""


class Promised(Fact, frozen=True, kw_only=True, tag="promised"):
    """Who is to do what by when; ``done`` where the document says that it was."""

    KIND: ClassVar[str] = "action"
    owner: str = ""
    text: str = ""
    due: str = ""
    done: bool = False
    mentions: tuple[Mention, ...] = ()


class Reported(Fact, frozen=True, kw_only=True, tag="reported"):
    """A statement passed on: ``chain`` from who speaks to the origin (``Trotsky``, ``Bazhanov``), each as
    written; ``text`` is what is said to be so, ``verb`` the word that reports it."""

    KIND: ClassVar[str] = "report"
    chain: tuple[str, ...] = ()
    verb: str = ""
    text: str = ""


class Noticed(Fact, frozen=True, kw_only=True, tag="noticed"):
    """Something a pass noticed in this one document that a clerk should see."""

    KIND: ClassVar[str] = "notice"
    code: str = ""
    message: Sentence = NOTHING
    advice: Sentence = NOTHING
    about: tuple[str, ...] = ()


AnyFact = (
    Roll
    | QuorumSaid
    | Spoke
    | Seated
    | Presided
    | Discussed
    | Moved
    | Voted
    | Resolved
    | Standing
    | Sponsored
    | Fulfilled
    | Promised
    | Reported
    | Noticed
)

_DECODER = msgspec.json.Decoder(tuple[AnyFact, ...], dec_hook=restored)


def encode(facts: tuple[AnyFact, ...]) -> bytes:
    """Facts for keeping."""
    return msgspec.json.encode(facts, enc_hook=packed)


def decode(kept: bytes) -> tuple[AnyFact, ...]:
    """Facts as they were kept; msgspec.ValidationError if they are of another version."""
    return _DECODER.decode(kept)
