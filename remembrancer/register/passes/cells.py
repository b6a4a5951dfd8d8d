"""The values of a structured file by their addresses, and where they stand among the statements of its reading.

``[0].votes[3].name`` is a member of ``[*].votes[*]``, at ``name``. In a table the address of a field is its row and the
name of its column: ``[2].member``.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from typing import NamedTuple

from remembrancer.model import Span
from remembrancer.read import delimited
from remembrancer.read.house import FieldMapping
from remembrancer.register.document import Cell, Document, Statement

_STEP = re.compile(r"\[\*\]|[^.\[\]]+")
_BELOW = r"((?:[.\[].*)?)"


@dataclass(frozen=True)
class Entry:
    """A part of a file: its cells with their addresses below it, which begin with a dot or a bracket."""

    cells: tuple[tuple[str, Cell], ...]

    def all(self, address: str) -> list[Cell]:
        """The cells at an address below it, in order; none at an empty one."""
        if not address:
            return []
        pattern = _pattern(address)
        return [cell for below, cell in self.cells if pattern.fullmatch(below)]

    def first(self, address: str) -> Cell | None:
        """The first of ``all``."""
        return next(iter(self.all(address)), None)

    def text(self, address: str) -> str:
        """What stands at an address, the lines of several cells one below the other."""
        return "\n".join(cell.text for cell in self.all(address)).strip()

    def parts(self, address: str) -> list[Entry]:
        """Its members at an address, each an entry of its own."""
        return _split(re.compile(f"({_expression(address)}){_BELOW}", re.DOTALL), self.cells)


class Located(NamedTuple):
    """Characters ``start:end`` of a statement."""

    statement: Statement
    start: int
    end: int


class Locator:
    """Leads from bytes of a document to characters of its statements."""

    def __init__(self, document: Document) -> None:
        pieces = [
            (piece.start, piece.start + len(piece.text.encode()), number, piece)
            for number, statement in enumerate(document.statements)
            for piece in statement.pieces
        ]
        self._pieces = sorted(pieces, key=lambda each: each[:2])
        self._starts = [start for start, *_ in self._pieces]
        self._statements = document.statements

    def locate(self, span: Span) -> Located | None:
        """The characters of a span in the first statement that holds any of it; None where none does."""
        at = max(bisect_right(self._starts, span.start) - 1, 0)
        found: list[tuple[int, int, int]] = []
        while at < len(self._pieces) and self._pieces[at][0] < span.end:
            start, end, number, piece = self._pieces[at]
            if end > span.start and (not found or found[0][0] == number):
                raw = piece.text.encode()
                first = len(raw[: max(span.start - start, 0)].decode())
                last = len(raw[: min(span.end, end) - start].decode())
                found.append((number, piece.at + first, piece.at + last))
            at += 1
        return Located(self._statements[found[0][0]], found[0][1], found[-1][2]) if found else None


def cells_of(document: Document) -> tuple[Cell, ...]:
    """The values of a structured file in order, also of a table."""
    if document.places:
        return document.cells
    if not document.path.lower().endswith(delimited.ENDINGS):
        return ()
    text = document.data.decode()
    starts = list(accumulate((len(letter.encode()) for letter in text), initial=0))
    rows = delimited.rows_of(text, document.path)
    names = [cell.value.strip().lstrip("\ufeff") for cell in rows[0]] if rows else []
    return tuple(
        Cell(f"[{number}].{name}", cell.value, Span(starts[cell.ranges[0][0]], starts[cell.ranges[-1][1]]))
        for number, row in enumerate(rows[1:])
        for name, cell in zip(names, row, strict=False)
        if cell.ranges
    )


def entries(cells: Sequence[Cell], mapping: FieldMapping, at: str) -> Iterator[Entry]:
    """The parts of a file at an address in a sitting or an item of a mapping, in order."""
    sitting, item = _expression(mapping.sittings), _expression(mapping.items)
    base = f"{sitting}(?:{item})*" if item else sitting
    pattern = re.compile(f"({base}{_expression(at)}){_BELOW}", re.DOTALL)
    rooted = tuple((cell.address if cell.address.startswith("[") else f".{cell.address}", cell) for cell in cells)
    yield from _split(pattern, rooted)


def _split(pattern: re.Pattern[str], cells: Sequence[tuple[str, Cell]]) -> list[Entry]:
    parts: dict[str, list[tuple[str, Cell]]] = {}
    for below, cell in cells:
        if match := pattern.fullmatch(below):
            parts.setdefault(match[1], []).append((match[2], cell))
    return [Entry(tuple(part)) for part in parts.values()]


@cache
def _pattern(address: str) -> re.Pattern[str]:
    return re.compile(_expression(address))


@cache
def _expression(address: str) -> str:
    wild = {"[*]": r"\[\d+\]", "*": r"\.[^.\[\]]+"}
    return "".join(wild.get(step) or re.escape(f".{step}") for step in _STEP.findall(address))
