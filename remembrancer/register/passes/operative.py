"""What the words of a resolution do: its kind, how it was come to, its parts, and what it hangs on.

    That £1,200 be granted to the band, subject to a receipt; and that
    (a) the hall be let, and (b) the Clerk be instructed to draw up the lease.

is an ``allocate`` with the condition ``subject to a receipt`` and the parts ``a`` and ``b``. Pure functions over a
text and the words of the topic ``decisions``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple, cast

from remembrancer.model import DecidedBy, DecisionKind
from remembrancer.register.vocabulary import Words

_BEFORE_OTHERS: tuple[DecisionKind, ...] = ("procedural", "repeal", "appoint", "allocate", "amend")
"""What these words do is certain wherever they stand; the others count by which comes first."""
_BY_PLACE: tuple[DecisionKind, ...] = ("reject", "defer", "refer", "adopt")
_WAYS: tuple[DecidedBy, ...] = ("written-resolution", "ballot-period", "delegate", "urgent-action", "silence")
_OPENING = 400
"""Characters in which a resolution says what it does; what stands later is detail."""

_ENUMERATOR = re.compile(
    r"(?:^|(?<=[\n;:,.])|(?<=\band)|(?<=\bund)|(?<=\bet)|(?<=\be)|(?<=\by)|(?<=\bthat)|(?<=\bThat))\s*"
    r"(?:\((?P<inner>[a-z]|\d{1,2}|[ivx]{1,5})\)|(?P<closed>[a-z]|\d{1,2}|[ivx]{1,5})\)|(?P<dotted>\d{1,2})\.)\s+",
)
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv")
_CLAUSE_END = re.compile(r"[.;](?=\s|$)|\n\s*\n|,\s+(?=(?:and\s+)?that\s|be\s|und\s+dass\s)")
_LAW = re.compile(
    r"(?:the\s+)?(?:provisions|terms|requirements|section|sections|article|articles|paragraph|standing|rules?|clause|law|direction|supervision|control|authority)\b",
    re.IGNORECASE,
)


class Numbered(NamedTuple):
    """A part of a resolution: its number as written, and its words at characters ``start:end``."""

    number: str
    start: int
    end: int


def kind_of(text: str, words: Words) -> DecisionKind | None:
    """What a text does; None where no operative word is in it. A text that notes and does more does the more."""
    opening = text[:_OPENING].strip()
    for kind in _BEFORE_OTHERS:
        if words.pattern(kind).search(opening):
            return kind
    found = [(match.start(), kind) for kind in _BY_PLACE if (match := words.pattern(kind).search(opening))]
    if found:
        return min(found)[1]
    return "note" if words.pattern("note").search(opening) else None


def way_of(text: str, words: Words) -> DecidedBy:
    """How a decision was come to, as its own words or those about it say."""
    return next((way for way in _WAYS if words.pattern(way).search(text)), "sitting")


def delegation_in(text: str, words: Words) -> bool:
    """Whether somebody decided by a power delegated."""
    return words.pattern("delegate").search(text) is not None


def conditions_in(text: str, words: Words) -> tuple[str, ...]:
    """The clauses a resolution hangs on; what only cites a law it is made under is none."""
    return tuple(_conditions(text, words))


def _conditions(text: str, words: Words) -> Iterator[str]:
    done = 0
    for match in words.pattern("conditions").finditer(text):
        if match.start() < done or _LAW.match(text[match.end() :].lstrip()):
            continue
        end = _CLAUSE_END.search(text, match.end())
        done = end.start() if end else len(text)
        yield " ".join(text[match.start() : done].split()).rstrip(" ,")


def parts_of(text: str) -> tuple[Numbered, ...]:
    """The numbered parts of a resolution, if it has two or more: ``(a) ... (b) ...``, ``1. ... 2. ...``, ``i) ...``."""
    found = [(match, _label(match)) for match in _ENUMERATOR.finditer(text)]
    chain = next((chain for series in _SERIES if len(chain := _chain(found, series)) > 1), [])
    ends = [*(match.start() for match, _ in chain[1:]), len(text)][: len(chain)]
    return tuple(
        Numbered(label, match.end(), _trimmed(text, match.end(), end))
        for (match, label), end in zip(chain, ends, strict=True)
        if match.end() < _trimmed(text, match.end(), end)
    )


_SERIES: tuple[tuple[str, ...], ...] = (
    tuple("abcdefghijklmnopqrstuvwxyz"),
    tuple(str(number) for number in range(1, 61)),
    _ROMAN,
)


def _chain(found: list[tuple[re.Match[str], str]], series: tuple[str, ...]) -> list[tuple[re.Match[str], str]]:
    chain: list[tuple[re.Match[str], str]] = []
    for match, label in found:
        if len(chain) < len(series) and label == series[len(chain)]:
            chain.append((match, label))
    return chain


def _label(match: re.Match[str]) -> str:
    return cast(str, match["inner"] or match["closed"] or match["dotted"])


def _trimmed(text: str, start: int, end: int) -> int:
    part = re.sub(r"[\s;,]*(?:\b(?:and|und|et|or|oder))?\s*$", "", text[start:end])
    return start + len(part)
