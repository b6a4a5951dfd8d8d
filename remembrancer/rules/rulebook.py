"""A body's rules of procedure as data: read from TOML, checked with lines and advice, picked by the day.

A rulebook is dated and cites the place of every rule in its source. A rule whose source text is not at hand names
the section, quotes nothing and is marked ``unchecked``::

    name = "Larkenford Town Council"
    kind = "council"
    since = "2023-05-16"
    source = "Standing Orders of 16 May 2023"

    [quorum]
    of = "seats"
    needs = "one-third"
    at_least = 3
    cite = ["Standing Order 1"]

    [[majorities]]
    needs = "majority"
    of = "voting"
    cite = ["Standing Order 5(1)"]

    [tie]
    then = "casting-vote"
    cite = ["Standing Order 5(3)"]
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable
from fractions import Fraction
from functools import lru_cache
from math import ceil, floor
from typing import Literal, NamedTuple, TypeVar

import msgspec

from remembrancer.saying import Sentence, Term

Base = Literal["voting", "present", "seats", "seats-filled", "voting-members"]
Day = str
"""An EDTF date, of a day as a rule: ``2023-05-16``; empty where there is no such day."""

_SHARES = {
    "majority": ("1/2", True),
    "one-half": ("1/2", False),
    "one-third": ("1/3", False),
    "one-quarter": ("1/4", False),
    "one-fifth": ("1/5", False),
    "two-thirds": ("2/3", False),
    "three-quarters": ("3/4", False),
    "three-fifths": ("3/5", False),
    "four-fifths": ("4/5", False),
}
_WHOLE = ("unanimous", "veto", "consensus")
_NEEDS = re.compile(r"(?P<strict>more than )?(?:(?P<word>[a-z]+(?:-[a-z]+)?)|(?P<fraction>\d+/\d+)|(?P<number>\d+))")


class Share(NamedTuple):
    """How many of a number: ``fraction`` of it, or ``number`` whatever it is; ``strict``: more than that."""

    fraction: Fraction = Fraction(0)
    number: int = 0
    strict: bool = False

    def of(self, base: int) -> int:
        """The smallest whole number that is enough of ``base``."""
        if not self.fraction:
            return self.number + self.strict
        part = self.fraction * base
        return floor(part) + 1 if self.strict else ceil(part)


class Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What every rule has: ``cite``, its places in the source; ``quote``, its words there, only where they could be
    checked; ``unchecked``, that the source text was not at hand; ``note``, anything a reader should know."""

    cite: tuple[str, ...] = ()
    quote: str = ""
    unchecked: bool = False
    note: str = ""


class QuorumRule(Rule, frozen=True, kw_only=True):
    """How many must be there. ``of``: the number it is a part of, ``seats`` (all there are), ``seats-filled``,
    ``voting-members`` or ``present-at-opening``. ``needs``: ``majority``, ``one-third``, ``more than one-half``,
    ``2/5`` or a whole number; ``at_least``: never fewer. ``presumed``: it holds until challenged. ``recused``:
    whether one who may not take part in an item still ``counts``."""

    needs: str
    of: Literal["seats", "seats-filled", "voting-members", "present-at-opening"] = "seats"
    at_least: int = 0
    presumed: bool = False
    recused: Literal["counts", "not-counted"] = "counts"


class MajorityRule(Rule, frozen=True, kw_only=True):
    """How many must be for it. ``business``: regular expressions for the kinds of business it is for, none meaning
    all other. ``needs``: a share as in ``QuorumRule``, ``unanimous`` (nobody of them otherwise), ``veto`` (nobody
    against), or ``consensus`` (the chair judges). ``of``: those ``voting`` for or against, those ``present``,
    ``seats``, ``seats-filled`` or ``voting-members``. ``abstentions``, of those voting: ``ignored``, or ``against``
    (they count among them). ``at_least``: never fewer votes for it. ``against_at_most``: a share of the same number."""

    needs: str
    business: tuple[str, ...] = ()
    of: Base = "voting"
    abstentions: Literal["ignored", "against"] = "ignored"
    at_least: int = 0
    against_at_most: str = ""


class TieRule(Rule, frozen=True, kw_only=True):
    """What follows equal votes: the question is ``lost``, whoever presides has a ``casting-vote``, ``lot`` decides,
    or it is ``adjourned``."""

    then: Literal["lost", "casting-vote", "lot", "adjourned"]


class VotingRule(Rule, frozen=True, kw_only=True):
    """Who votes and how. ``who``: in the source's terms. ``chair``: ``votes``, only to break a ``tie``, or ``never``.
    ``secret``: regular expressions for business voted on by secret ballot. ``polls``: what an informal poll does,
    ``inform`` or ``decide``; unless the rules say that it decides, it informs."""

    who: str = ""
    chair: Literal["votes", "tie", "never"] = "votes"
    secret: tuple[str, ...] = ()
    polls: Literal["", "inform", "decide"] = ""


class MotionRule(Rule, frozen=True, kw_only=True):
    """Whether a motion needs a ``second``; ``except_from``: regular expressions for business that needs none."""

    second: bool = False
    except_from: tuple[str, ...] = ()


class ReadingRule(Rule, frozen=True, kw_only=True):
    """How often a text is read before it is passed, for ``business`` of these kinds; ``at_one_sitting``: what it
    takes to do so at one sitting (``unanimous``, of ``of``), empty where that is not allowed."""

    number: int = 1
    business: tuple[str, ...] = ()
    at_one_sitting: str = ""
    of: Base = "present"


class CommencementRule(Rule, frozen=True, kw_only=True):
    """When what is passed begins to bind unless it says otherwise: ``days`` after its ``adoption``, ``publication``,
    ``approval`` or ``signature``; ``emergency``: whether it may do so at once; ``business``: of these kinds, none
    meaning all."""

    days: int = 0
    after: Literal["adoption", "publication", "approval", "signature"] = "adoption"
    emergency: bool = False
    business: tuple[str, ...] = ()


_OfBusiness = TypeVar("_OfBusiness", MajorityRule, ReadingRule, CommencementRule)


class Rulebook(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The rules of one body, or of bodies of one kind, from ``since`` up to ``until`` (both days included). What it
    says nothing of is not known, and nothing is computed from it. ``source`` and ``address`` say where it is from;
    ``seats`` how many seats there are, where the rules themselves fix that."""

    name: str
    kind: Literal["council", "parliament", "board", "company", "committee", "standards", "project", "other"] = "other"
    about: str = ""
    since: Day = ""
    until: Day = ""
    source: str = ""
    address: str = ""
    unchecked: bool = False
    seats: int | None = None
    quorum: QuorumRule | None = None
    majorities: tuple[MajorityRule, ...] = ()
    tie: TieRule | None = None
    voting: VotingRule | None = None
    motions: MotionRule | None = None
    readings: tuple[ReadingRule, ...] = ()
    commencement: tuple[CommencementRule, ...] = ()


def share(needs: str) -> Share | None:
    """The number a rule names (``one-third``, ``more than 2/5``, ``3``); None where it names none."""
    match = _NEEDS.fullmatch(needs)
    if match is None:
        return None
    strict = match["strict"] is not None
    if match["number"]:
        return Share(number=int(match["number"]), strict=strict)
    if match["fraction"]:
        upper, lower = (int(part) for part in match["fraction"].split("/"))
        return Share(Fraction(upper, lower), strict=strict) if 0 < upper <= lower else None
    if match["word"] not in _SHARES:
        return None
    fraction, inherent = _SHARES[match["word"]]
    return Share(Fraction(fraction), strict=strict or inherent)


def in_words(needs: str) -> Sentence | Term:
    """The number a rule names, for a person: ``a majority``, ``more than one-half``, ``2/5``."""
    if needs == "majority":
        return Sentence("a majority")
    named = needs.removeprefix("more than ")
    return Sentence("more than %(n)s", n=Term("share", named)) if needs != named else Term("share", named)


def is_needs(needs: str) -> bool:
    """Whether a majority may need this: a share, ``unanimous``, ``veto`` or ``consensus``."""
    return needs in _WHOLE or share(needs) is not None


def majority_for(book: Rulebook, business: str) -> MajorityRule | None:
    """The rule for a kind of business: the first that names it, else the one for all other."""
    return _for_business(book.majorities, business)


def commencement_for(book: Rulebook, business: str) -> CommencementRule | None:
    """When what is passed in this business begins to bind; None where the rules do not say."""
    return _for_business(book.commencement, business)


def readings_for(book: Rulebook, business: str) -> ReadingRule | None:
    """How often a text of this business is read; None where the rules do not say."""
    return _for_business(book.readings, business)


def is_named(expressions: Iterable[str], business: str) -> bool:
    """Whether any of the regular expressions is found in a kind of business, in capitals or not."""
    return any(re.search(expression, business, re.IGNORECASE) for expression in expressions)


def in_force(books: Iterable[Rulebook], day: Day) -> Rulebook | None:
    """The rulebook that held on a day: of several the one that began last. None where none held, or where the date
    is too vague (``2024``) to say which."""
    first, last = bounds(day)
    holding = sorted(books, key=lambda book: bounds(book.since)[0] if book.since else "")
    found = [next((book for book in reversed(holding) if _holds(book, each)), None) for each in (first, last)]
    return found[0] if found[0] == found[1] else None


@lru_cache(maxsize=4096)
def bounds(date: str) -> tuple[str, str]:
    """The first and last day an EDTF date may mean: ``2024-02`` is ``2024-02-01`` to ``2024-02-29``; an empty one
    or one of another form may be any day."""
    start, _, end = date.partition("/")
    return _edge(start, first=True), _edge(end or start, first=False)


def _for_business(rules: tuple[_OfBusiness, ...], business: str) -> _OfBusiness | None:
    named = (rule for rule in rules if rule.business and is_named(rule.business, business))
    return next(named, next((rule for rule in rules if not rule.business), None))


def _holds(book: Rulebook, day: Day) -> bool:
    return (not book.since or bounds(book.since)[0] <= day) and (not book.until or day <= bounds(book.until)[1])


def _edge(date: str, first: bool) -> str:
    match = re.fullmatch(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", date)
    if match is None:
        return "0000-01-01" if first else "9999-12-31"
    year = int(match[1])
    month = int(match[2] or (1 if first else 12))
    if not 1 <= month <= 12:
        return "0000-01-01" if first else "9999-12-31"
    day = int(match[3] or (1 if first else monthrange(max(year, 1), month)[1]))
    return f"{year:04}-{month:02}-{day:02}"
