"""A statement's text -> its paragraphs, as resolutions and actions fill them.

A reader may keep a nested list, or several values of a structured file, in one statement. It is cut where a line
begins with a formula of the minutes or with a label before a colon, at every value of a structured file, and, if asked,
at every entry of a list; a line that was only broken to fit a page goes on.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from remembrancer.read.formulas import formula_of
from remembrancer.register.document import Document, Statement

LABEL = re.compile(r"[\s>*_\[]*(?:[^\W\d_a-z]\w+(?:\s+\w+)?\s*(?:\([^)\n]{1,60}\))?\s*[:\]]|Moved\b|Seconded\b)")
"""A line that says what it is: ``ACTION: ...``, ``Decision: ...``, ``Moved by ...``."""

_LISTED = re.compile(rb"[\s>]*(?:[-*+\xe2]|\(?\w{1,3}[.)])[\s\x80-\xbf]+(?:~~)?")
_COUNTED = re.compile(r"\(?\d{1,3}[.)]\s")
_STRUCTURED = (".json", ".yaml", ".yml")


def paragraphs(document: Document, statement: Statement, entries: bool = False) -> list[tuple[int, int]]:
    """The paragraphs as ranges of characters without white space at their ends; ``entries`` divides lists too."""
    text = statement.text
    starts = [0]
    structured = document.path.endswith(_STRUCTURED)
    for match in re.finditer(r"\n\s*", text):
        line = text[match.end() : match.end() + 160]
        if (
            structured
            or formula_of(line)
            or LABEL.match(line)
            or (entries and (_COUNTED.match(line) or listed(document, statement, match.end())))
        ):
            starts.append(match.end())
    cut = zip(starts, [*starts[1:], len(text)], strict=True)
    return [(start, start + len(text[start:end].rstrip())) for start, end in cut if text[start:end].strip()]


def listed(document: Document, statement: Statement, at: int = 0) -> bool:
    """Whether a line stands in a list as it was written, or in a file of values."""
    return bool(document.places) or _LISTED.match(_before(document, statement, at)) is not None


def depth(document: Document, statement: Statement, at: int = 0) -> int:
    """How deep in a list a line stands: the white space before its marker, in bytes."""
    before = _before(document, statement, at).replace(b"\t", b"    ")
    return len(before) - len(before.lstrip())


def struck(document: Document, statement: Statement, at: int = 0) -> bool:
    """Whether a line was struck out."""
    return b"~~" in _before(document, statement, at)


def _before(document: Document, statement: Statement, at: int) -> bytes:
    """What stands on the line before a character of a statement, markers and all."""
    start = _byte(statement, at)
    return b"" if start < 0 else document.data[document.data.rfind(b"\n", 0, start) + 1 : start]


def _byte(statement: Statement, at: int) -> int:
    """Where a character of a statement, or the next that is written, stands in the rendition; -1 if none does."""
    index = bisect_right(statement.pieces, at, key=lambda piece: piece.at)
    if index:
        piece = statement.pieces[index - 1]
        if at < piece.at + len(piece.text):
            return piece.start + len(piece.text[: at - piece.at].encode())
    return statement.pieces[index].start if index < len(statement.pieces) else -1
