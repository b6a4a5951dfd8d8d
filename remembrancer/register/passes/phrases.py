"""A statement's text -> its phrases: sentences, as minutes are written.

The initials and titles of names end no sentence ("Moved by J. Smith, seconded by Cllr. Jones."), a line that was only
broken to fit a page goes on in the next, and any other line is a phrase of its own::

    AMENDMENT. Moved by Cllr Reed, seconded by Cllr Low: to substitute      three phrases, the second in two lines
    "£10" for "£12". The amendment was LOST.
"""

from __future__ import annotations

import re

from remembrancer.register.document import Statement

_LINE = re.compile(r"[^\n]+")
_WRAPPED = 45
"""A line shorter than this was not broken to fit a page."""

_LISTED = re.compile(
    r"\s*(?:[-*•|>\t]|\(?(?:[a-z]|[ivx]{1,4}|\d{1,3}(?:\.\d+)*)[.):]|(?:[A-Z][\w ]{0,20}|[A-Z ]{2,30}):)"
)
_BULLET = re.compile(rb"[-+*]|\xe2\x80\xa2")
_STOP = re.compile(r"[.!?][\"'”’)\]]*\s+(?=[\"'“‘(\[]?[A-ZÀ-ÖØ-ÞА-Я0-9])")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(])(?:[A-Z]|Cllrs?|Mr|Mrs|Ms|Dr|Prof|Rev|Hon|St|Sr|Jr|Nos?|Nr|Abs|Art|Ziff|Fr|Hr|z\. ?B|vs|cf|e\.g|i\.e"
    r"|nem|con|S|(?:[Zz]um|[Zz]ur|[Dd]e[rmns]|[Aa]m|[Vv]om|[Dd]ie|als) \d{1,2})\.$"
)


def phrases(text: str, entries: frozenset[int] = frozenset()) -> list[tuple[int, int]]:
    """The phrases of a text as half-open ranges of characters, without surrounding white space.

    ``entries`` are where entries of a list begin, as ``entries_of`` says: there no line goes on.
    """
    return [part for start, end in _paragraphs(text, entries) for part in _sentences(text, start, end)]


def entries_of(statement: Statement, data: bytes) -> frozenset[int]:
    """The characters of a statement at which the marker of a list's entry stood, in the rendition that holds it."""
    ends = [piece.start + len(piece.text.encode()) for piece in statement.pieces]
    return frozenset(
        after.at
        for end, after in zip(ends, statement.pieces[1:], strict=False)
        if _BULLET.search(data, end, after.start) and statement.text[: after.at].rstrip(" \t").endswith("\n")
    )


def _paragraphs(text: str, entries: frozenset[int]) -> list[tuple[int, int]]:
    """Lines, those that were broken to fit a page joined."""
    found: list[tuple[int, int]] = []
    for match in _LINE.finditer(text):
        within = entries and not entries.isdisjoint(range(match.start(), match.end()))
        joined = bool(found) and not within and _goes_on(text, found[-1], match.start(), match[0])
        start = found.pop()[0] if joined else match.start()
        found.append((start, match.end()))
    return found


def _goes_on(text: str, before: tuple[int, int], start: int, line: str) -> bool:
    if start != before[1] + 1 or not line.strip() or _LISTED.match(line):
        return False
    last = text[max(before[0], text.rfind("\n", before[0], before[1]) + 1) : before[1]].strip()
    if not last or last[-1] in ":|" or "|" in last or "\t" in last:
        return False
    return len(last) >= _WRAPPED or line.strip()[0].islower() or last.rfind("(") > last.rfind(")")


def _sentences(text: str, start: int, end: int) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    at = start
    for match in _STOP.finditer(text, start, end):
        if not _ABBREVIATION.search(text, max(start, match.start() - 6), match.start() + 1):
            found.append((at, match.end()))
            at = match.end()
    found.append((at, end))
    return [(first, last) for first, last in (_stripped(text, *part) for part in found) if first < last]


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    inner = text[start:end]
    return start + len(inner) - len(inner.lstrip()), end - len(inner) + len(inner.rstrip())
