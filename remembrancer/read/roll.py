"""The roll: which blocks of a document list people, and whom they list."""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple

from remembrancer.read.attendance import (
    PARENTHESES,
    Line,
    Listing,
    between_commas,
    columns,
    is_coded_line,
    labelled,
    listing,
    person,
    row,
)
from remembrancer.read.blocks import Block, Prose
from remembrancer.read.form import Range
from remembrancer.read.house import House
from remembrancer.read.sections import section_of, words_of


class Roster(NamedTuple):
    """Attendees with their ranges, and the indexes of the blocks that only list them."""

    lines: tuple[Line, ...]
    blocks: frozenset[int]


def call_the_roll(prose: Prose, house: House) -> Roster:
    """Everybody whom the attendance lists of a document name, in order."""
    return _Caller(prose, house).roster()


CALLOUT = re.compile(r"[ \t>]*(?:\[![\w-]+\][-+]?[ \t]*)?")
_LONGEST_NAME = 6
PREAMBLE = 4000
"""Characters at the top of a document in which people may be listed without a heading."""


class _Caller:
    """One walk over the blocks. ``under`` is the listing that is open, ``lasting`` when a heading opened it."""

    def __init__(self, prose: Prose, house: House) -> None:
        self.prose, self.text, self.house = prose, prose.text, house
        self.under: Listing | None = None
        self.lasting = False
        self.within = 0
        self.columns: dict[str, int] = {}
        self.pieces: list[tuple[Range, Listing]] = []
        self.lines: list[Line] = []
        self.listed: set[int] = set()

    def roster(self) -> Roster:
        for index, block in enumerate(self.prose.blocks):
            if block.kind == "heading":
                self._heading(block)
            elif block.kind == "row":
                self._row(index, block)
            elif block.kind in {"paragraph", "list", "quote"}:
                self._block(index, block)
        return Roster(tuple(sorted([*self.lines, *self._people()], key=lambda line: line[1])), frozenset(self.listed))

    def _people(self) -> list[Line]:
        """The persons of all pieces; a note in brackets that several persons share is no abbreviation."""
        notes = Counter(note for (start, end), _ in self.pieces for note in PARENTHESES.findall(self.text[start:end]))
        own = frozenset(note for note, count in notes.items() if count == 1)
        found = (person(self.text, start, end, under, own) for (start, end), under in self.pieces)
        return [line for line in found if line]

    def _heading(self, block: Block) -> None:
        heading = self.text[block.start : block.end]
        self.under = listing(words_of(heading))
        if self.under is None and section_of(heading, self.house) == "attendance":
            self.under = Listing(True)
        self.lasting, self.within = self.under is not None, 0

    def _row(self, index: int, block: Block) -> None:
        if self.under is None:
            return
        if block.header:
            self.columns = columns([self.text[start:end] for start, end in block.cells])
        elif line := row(self.text, block.cells, self.columns, self.under):
            self.lines.append(line)
        self.listed.add(index)

    def _block(self, index: int, block: Block) -> None:
        if self.within and block.level <= self.within:
            self.under, self.lasting, self.within = None, False, 0
        start = block.start
        opened, took = self.under, False
        pieces = len(self.pieces)
        while start < block.end:
            end = self.text.find("\n", start, block.end)
            end = block.end if end < 0 else end
            took |= self._line(index, block, start, end)
            start = end + 1
        if took:
            self.listed.add(index)
        elif not self.lasting or self._is_prose(block):
            self.under = None
        if not self.lasting and self.under is not opened and len(self.pieces) > pieces:
            self.under = None  # a block that holds both the label and the names is the whole list

    def _is_prose(self, block: Block) -> bool:
        return block.end - block.start > 400

    def _line(self, index: int, block: Block, start: int, end: int) -> bool:
        """Take one line of a block; whether it listed anybody or opened a list."""
        start = CALLOUT.match(self.text, start, end).end()  # type: ignore[union-attr]
        line = self.text[start:end]
        if label := labelled(line):
            return self._labelled(label[0], start + label[1], end)
        if opened := self._opened_by(index, block, line):
            self.under, self.lasting, self.within = opened, block.kind == "list", block.level
            return True
        if self.under is None:
            if block.kind == "list" or start > PREAMBLE or not is_coded_line(line):
                return False
            return self._take(between_commas(self.text, start, end), Listing(None))
        return self._take(self._pieces(index, block, start, end), self.under)

    def _opened_by(self, index: int, block: Block, line: str) -> Listing | None:
        """A short line in bold that stands alone is as good as a heading, and so is an entry with entries below."""
        if len(line) > 60:
            return None
        if block.kind == "list":
            below = self.prose.blocks[index + 1 : index + 2]
            deeper = bool(below) and below[0].kind == "list" and below[0].level > block.level
            return listing(line) if deeper else None
        return listing(line) if line.lstrip().startswith(("**", "__")) else None

    def _labelled(self, label: str, start: int, end: int) -> bool:
        opened = listing(label)
        if not opened and (self.under is None or not self.lasting):
            return False
        pieces = between_commas(self.text, start, end)
        if opened:
            self.under = opened if self.lasting or not pieces else None
            return not pieces or self._take(pieces, opened)
        if self.under and pieces and all(self._is_short(piece) for piece in pieces):
            return self._take(pieces, self.under._replace(role=label))
        return False

    def _is_short(self, piece: Range) -> bool:
        words = PARENTHESES.sub("", self.text[slice(*piece)]).split()
        return len(words) <= _LONGEST_NAME - 1

    def _pieces(self, index: int, block: Block, start: int, end: int) -> list[Range]:
        """One person a line in lists and in columns of lines, else what is between commas."""
        blocks = self.prose.blocks
        if block.kind == "list":
            beside = [blocks[near] for near in (index - 1, index + 1) if 0 <= near < len(blocks)]
            one_each = any(near.kind == "list" and near.level == block.level for near in beside)
        else:
            lines = self.text[block.start : block.end].split("\n")
            one_each = len(lines) >= 3 and sum(line.count(",") for line in lines) <= 2 * len(lines)
        return [(start, end)] if one_each else between_commas(self.text, start, end)

    def _take(self, pieces: list[Range], under: Listing) -> bool:
        taken = [piece for piece in pieces if person(self.text, *piece, under)]
        if len(taken) * 2 <= len(pieces):
            return False
        self.pieces += [(piece, under) for piece in taken]
        return True
