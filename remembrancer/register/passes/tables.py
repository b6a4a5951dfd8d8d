"""Tables in running text: rows of cells divided by pipes, as Markdown writes them, or by tabs, as in office files.

    | Proposal       | Champion(s)             |        a head, and a row of two cells
    | -------------- | ----------------------- |
    | [Mill bridge]  | Ann Able<br />Ben Baker |        two names, divided by a break

A line without a divider goes on with the last cell of the row above it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from remembrancer.model import Span
from remembrancer.register.document import Document, Statement

Range = tuple[int, int]

_DIVIDER = re.compile(r"(?<!\\)\||\t")
_RULE = re.compile(r"[\s|:+=-]*-[\s|:+=-]*")
_BREAK = re.compile(rb"<br\s*/?>", re.IGNORECASE)
_LINE = re.compile(r"[^\n]+")
_END = re.compile(rb"(?<!\\)\||\n|\t")
_LINKED = re.compile(rb"\]\((?P<address>[^)\s]+)|\[(?P<words>(?:[^\[\]`]|`[^`]*`)+)\](?:\[(?P<name>[^\]]*)\])?")
_DEFINED = re.compile(rb"^\[([^\]\n]+)\]:[ \t]*(\S+)", re.MULTILINE)


class Row(NamedTuple):
    """Characters of a statement's text, and of each of its cells without white space around it."""

    start: int
    end: int
    cells: tuple[Range, ...]


def rows_in(text: str) -> list[Row]:
    """The rows of the tables in a text, heads among them, without the rules between head and body."""
    rows: list[Row] = []
    for match in _LINE.finditer(text):
        start, end = _trimmed(text, *match.span())
        if start == end or _RULE.fullmatch(match[0]):
            continue
        if _DIVIDER.search(text, start, end):
            rows.append(Row(start, end, tuple(_cells(text, start, end))))
        elif rows and not text[rows[-1].end : start].strip(" |\n") and "\t" in text[rows[-1].start : rows[-1].end]:
            above = rows[-1]
            rows[-1] = Row(above.start, end, (*above.cells[:-1], (above.cells[-1][0], end)))
    return rows


def _cells(text: str, start: int, end: int) -> Iterator[Range]:
    at = start + 1 if text[start] == "|" else start
    last = end - 1 if text[end - 1] == "|" and end - 1 > at else end
    for divider in _DIVIDER.finditer(text, at, last):
        yield _trimmed(text, at, divider.start())
        at = divider.end()
    yield _trimmed(text, at, last)


def _trimmed(text: str, start: int, end: int) -> Range:
    inner = text[start:end]
    kept = len(inner.strip())
    first = start + len(inner) - len(inner.lstrip())
    return (first, first + kept)


def broken(document: Document, statement: Statement, cell: Range) -> Iterator[Range]:
    """The parts of a cell between the breaks of lines in it, which stand in markup or are lines."""
    at = cell[0]
    pieces = [piece for piece in statement.pieces if cell[0] < piece.at < cell[1]]
    for piece in pieces:
        before = statement.spans(at, piece.at)
        if before and _BREAK.search(document.data, before[-1].end, piece.start):
            yield at, piece.at
            at = piece.at
    yield at, cell[1]


def addresses(document: Document, statement: Statement, cell: Range, defined: Mapping[str, str]) -> list[str]:
    """The web addresses that a cell links to, directly or by a name ``defined`` elsewhere in the document."""
    spans = statement.spans(*cell)
    if not spans:
        return []
    stop = _END.search(document.data, spans[-1].end)
    span = Span(spans[0].start, stop.start() if stop else len(document.data))
    found: list[str] = []
    for match in _LINKED.finditer(document.data, span.start, span.end):
        named = match["name"] or match["words"]
        found.append(match["address"].decode() if match["address"] else defined.get(_folded(named), ""))
    return [address for address in found if address]


def definitions(document: Document) -> dict[str, str]:
    """The addresses that a document defines names for, as ``[bridge]: https://example.org/bridge`` does."""
    return {_folded(match[1]): match[2].decode(errors="replace") for match in _DEFINED.finditer(document.data)}


def _folded(name: bytes) -> str:
    return " ".join(name.decode(errors="replace").casefold().split())


def column(head: Sequence[str], pattern: re.Pattern[str]) -> int | None:
    """The first column whose name a pattern matches whole."""
    return next((at for at, name in enumerate(head) if pattern.fullmatch(name.strip(" *_:"))), None)
