"""When a text says that it begins or ceases to bind.

    shall take effect on 1 May 2031                               on 2031-05-01
    in force from and after its passage (an emergency clause)     at once
    This bylaw shall take effect thirty days after adoption       after 30 days
    to come into force one month after its confirmation           upon its confirmation, after a month
    and shall expire on 31 December 2032                          until 2032-12-31

What another text does, or what a text provides for others (``a permit shall expire``), does not count: a verb needs
the text itself (``this ordinance``) or one of its provisions as its subject.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from msgspec.structs import replace
from text_to_num import alpha2digit

from remembrancer.read import dates
from remembrancer.read.occasion import order_of
from remembrancer.register.document import Document
from remembrancer.register.facts import Commencing
from remembrancer.register.passes.citations import grammar
from remembrancer.register.passes.relations import clauses
from remembrancer.register.vocabulary import Words, words

_TAIL = 160
_SOON = 25
_UNITS = {"days": (1, 0), "weeks": (7, 0), "months": (0, 1), "years": (0, 12)}
_SPOKEN = frozenset({"en", "de", "fr", "es", "pt", "ru"})
_FINITE = re.compile(
    r"(?:shall|will|takes?|comes?|enters?|becomes?|is|are|expires?|ceases?|remains?|continues?)\b", re.IGNORECASE
)
_INFINITIVE = re.compile(r"(?:^|[\s,])(?:to|zu)\s+(?:\w+\s+)?$|^\s*(?:and\s+|und\s+|it\s+)?$", re.IGNORECASE)


class Placed(NamedTuple):
    """A commencement or an end, and the characters that say it."""

    start: int
    end: int
    commencing: Commencing


class Length(NamedTuple):
    """A length of time."""

    days: int
    months: int


def placed(text: str, document: Document, year: str = "") -> list[Placed]:
    """When a text says that it begins or ceases to bind, with the characters that say so, each once."""
    vocabulary = words("force", document.language, document.house)
    found: dict[Commencing, Placed] = {}
    for start, end in clauses(text):
        for each in _in_clause(text[start:end], document, vocabulary, year):
            found.setdefault(each.commencing, Placed(each.start + start, each.end + start, each.commencing))
    return list(found.values())


def _in_clause(clause: str, document: Document, vocabulary: Words, year: str) -> Iterator[Placed]:
    emergency = vocabulary.pattern("emergency").search(clause)
    if emergency:
        yield Placed(*emergency.span(), Commencing(kind="at-once"))
    for name in ("begins", "ends"):
        for match in vocabulary.pattern(name).finditer(clause):
            subject = _subject(clause[: match.start()], match[0], document, vocabulary)
            if subject is None:
                continue
            said = _said(clause[match.end() : match.end() + _TAIL], document, vocabulary, year, name == "ends")
            if said and not (emergency and said.kind == "at-once"):
                commencing = replace(said, provision=subject)
                yield Placed(match.start(), min(match.end() + _TAIL, len(clause)), commencing)


def _subject(leading: str, verb: str, document: Document, vocabulary: Words) -> str | None:
    """The number of the provision that a verb is about, empty for the text as a whole; None where it is something
    else."""
    own = _own(vocabulary.any_of("this"), vocabulary.any_of("papers"))
    near = leading[-90:]
    numbered = list(grammar(document).provided.finditer(near))
    if numbered and re.fullmatch(
        rf"[\s,]*(?:\w{{1,4}}\s+)?(?:{own.pattern})?[\s,]*", near[numbered[-1].end() :], re.IGNORECASE
    ):
        return numbered[-1]["first"]
    if own.search(near) or not _FINITE.match(verb.lstrip()) or _INFINITIVE.search(leading):
        return ""
    return None


@cache
def _own(this: str, papers: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){this}\s+(?:[\w-]+\s+)?{papers}(?!\w)", re.IGNORECASE)


def _said(tail: str, document: Document, vocabulary: Words, year: str, ends: bool) -> Commencing | None:
    """What the words behind the verb say of the time; None where they say nothing of it."""
    once = re.match(rf"\W*(?:and\s+)?{vocabulary.any_of('at_once')}", tail, re.IGNORECASE)
    if once and not ends:
        return Commencing(kind="at-once")
    written = next(iter(dates.find(tail[:80], year, order_of(document.house))), None)
    length = _length(tail, document.language, vocabulary)
    if written and (length is None or written.start < _SOON):
        return Commencing(kind="until" if ends else "on", date=written.value)
    if length:
        return _relative(*length, vocabulary, ends)
    condition = re.match(
        rf"\W*{vocabulary.any_of('upon')}\s+(?P<said>{vocabulary.any_of('conditions')})", tail, re.IGNORECASE
    )
    if condition and not ends:
        return Commencing(kind="upon", condition=_plain(condition["said"]))
    return None


def _relative(spent: Length, rest: str, vocabulary: Words, ends: bool) -> Commencing | None:
    """A length of time from adoption, or from an event still to come."""
    after = rf"\W*{vocabulary.any_of('after')}\s+(?:the\s+)?"
    condition = re.match(rf"{after}(?P<said>{vocabulary.any_of('conditions')})", rest, re.IGNORECASE)
    if re.match(rf"{after}{vocabulary.any_of('adoption')}", rest, re.IGNORECASE):
        return Commencing(kind="until" if ends else "after", days=spent.days, months=spent.months)
    if condition and not ends:
        return Commencing(kind="upon", condition=_plain(condition["said"]), days=spent.days, months=spent.months)
    return None


def _length(tail: str, language: str, vocabulary: Words) -> tuple[Length, str] | None:
    """``thirty (30) days``, ``on the thirtieth day``: how long, and the words behind."""
    digits = alpha2digit(tail, language, 0) if language in _SPOKEN else tail
    for name, (days, months) in _UNITS.items():
        pattern = rf"(?P<number>\d+)(?:st|nd|rd|th|\.|er|e|º)?\s*(?:\(\d+\)\s*)?{vocabulary.any_of(name)}(?!\w)"
        match = re.search(pattern, digits[:60], re.IGNORECASE)
        if match:
            number = int(match["number"])
            return Length(days * number, months * number), digits[match.end() :]
    return None


def _plain(said: str) -> str:
    return " ".join(said.split()).rstrip(' ,;:"”')
