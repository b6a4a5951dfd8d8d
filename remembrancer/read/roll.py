"""The roll: which blocks of a document list people, and whom they list."""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple

from remembrancer.read.attendance import Listing, labelled, listing
from remembrancer.read.blocks import Block, Prose
from remembrancer.read.form import Range, beyond
from remembrancer.read.house import House
from remembrancer.read.listed import (
    PARENTHESES,
    Line,
    between_commas,
    columns,
    is_coded_line,
    is_count,
    names_columns,
    person,
    row,
)
from remembrancer.read.sections import marker_of, section_of, words_of


class Roster(NamedTuple):
    """Attendees with their ranges, and the indexes of the blocks that only list them."""

    lines: tuple[Line, ...]
    blocks: frozenset[int]


def call_the_roll(prose: Prose, house: House) -> Roster:
    """Everybody whom the attendance lists of a document name, in order."""
    return _Caller(prose, house).roster()


CALLOUT = re.compile(r"[ \t>]*(?:\[![\w-]+\][-+]?[ \t]*)?")
_INNER = re.compile(r"[.;]\s+(?P<label>[^\W\d_][^\n:.;]{1,40}):")
"""A second label in one line: ``Present: Ann, Bob. Absent: Cid``."""
_SENT = re.compile(
    r"\bapologies(?: for absence)? (?:were|had been|have been) [a-z ]{4,40}?(?:from|by):? (?P<names>[A-Z](?:[^.;\n]|"
    r"(?<=[A-Z])\.|"
    r"(?<=Mr|Ms|Dr)\.|(?<=Mrs|Rev)\.)*)",
    re.IGNORECASE,
)
"""A sentence that lists who sent apologies."""
_LONGEST_NAME = 6
PREAMBLE = 4000
"""Characters at the top of a document in which people may be listed without a heading."""
_BUSINESS = frozenset({"motion", "vote", "conclusion"})
"""Lines with which business begins, so that no list of people goes on."""


class _Caller:
    """One walk over the blocks. ``under`` is the listing that is open, ``lasting`` when a heading opened it."""

    def __init__(self, prose: Prose, house: House) -> None:
        self.prose, self.text, self.house = prose, prose.text, house
        self.under: Listing | None = None
        self.lasting = False
        self.within = 0
        self.table = self.opening_table = 0
        self.columns: dict[str, int] = {}
        self.read_to = 0
        self.label_of = -1
        self.voted = -9
        self.pieces: list[tuple[Range, Listing]] = []
        self.lines: list[Line] = []
        self.listed: set[int] = set()

    def roster(self) -> Roster:
        for index, block in enumerate(self.prose.blocks):
            if self.opening_table and block.table != self.opening_table:
                self.under, self.opening_table = None, 0
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
        first, self.table = block.table != self.table, block.table
        header = first and self._is_header(block)
        if self.under is None:
            return
        if header:
            pass
        elif line := row(self.text, block.cells, self.columns, self.under):
            self.lines.append(line)
        self.listed.add(index)

    def _is_header(self, block: Block) -> bool:
        """Whether a table's first row names its columns; a column ``Present`` beside others opens a list."""
        cells = [self.text[start:end].strip(" *_") for start, end in block.cells]
        header = block.header or names_columns(cells)
        if header:
            self.columns = columns(cells)
        if header and self.under is None and len(self.columns) > 1 and self.columns.get("name") == 0:
            self.under = listing(cells[0])
            self.lasting, self.opening_table = False, block.table if self.under else 0
        return header

    def _block(self, index: int, block: Block) -> None:
        if self.within and block.level <= self.within:
            self.under, self.lasting, self.within = None, False, 0
        start = block.start
        opened, took = self.under, False
        pieces = len(self.pieces)
        while start < block.end:
            end = self._end_of_line(start, block)
            took |= self._line(index, block, start, end)
            start = max(end, self.read_to) + 1
        if took:
            self.listed.add(index)
        elif not self.lasting or self._is_prose(block):
            self.under = None
        if not self.lasting and self.under is not opened and len(self.pieces) > pieces:
            self.under = None  # a block that holds both the label and the names is the whole list

    def _end_of_line(self, start: int, block: Block) -> int:
        end = self.text.find("\n", start, block.end)
        return block.end if end < 0 else end

    def _is_prose(self, block: Block) -> bool:
        return block.end - block.start > 400

    def _line(self, index: int, block: Block, start: int, end: int) -> bool:
        """Take one line of a block; whether it listed anybody or opened a list."""
        start = beyond(CALLOUT, self.text, start, end)
        inner = _INNER.search(self.text, start, end)
        if inner and listing(inner["label"]) and listing(self.text[start : inner.start()].split(":")[0]):
            first = self._line(index, block, start, inner.start())
            return self._line(index, block, inner.start("label"), end) or first
        line = self.text[start:end]
        if (sent := _SENT.search(line)) and not any(under.present is False for _, under in self.pieces):
            named = between_commas(self.text, start + sent.start("names"), start + sent.end())
            return self._take([self._without_reason(*piece) for piece in named], Listing(False))
        if self._is_of_a_vote(index, line):
            self.voted = index
            return False
        if label := labelled(line):
            return self._labelled(label[0], start + label[1], end, block)
        if marker_of(line, self.house) in _BUSINESS:
            self.under = None
            return False
        if opened := self._opened_by(index, block, line):
            self.under, self.lasting, self.within = opened, block.kind == "list", block.level
            return True
        if self.under is None:
            if block.kind == "list" or start > PREAMBLE or not is_coded_line(line):
                return False
            return self._take(between_commas(self.text, start, end), Listing(None))
        return self._take(self._pieces(index, block, start, end), self.under)

    def _without_reason(self, start: int, end: int) -> Range:
        """A piece without what stands in brackets, which says why somebody is away."""
        bracket = self.text.find("(", start, end)
        return (start, bracket if bracket > start else end)

    def _is_of_a_vote(self, index: int, line: str) -> bool:
        """Whether a line is one of a vote's lists of names: how they voted, and who was away from it."""
        if self.under is not None and self.lasting:
            return False
        opened = labelled(line)
        away = listing(opened[0]) if opened else None
        follows = away is not None and away.present is False and index - self.voted <= 1
        return follows or (bool(opened) and marker_of(line, self.house) == "vote")

    def _opened_by(self, index: int, block: Block, line: str) -> Listing | None:
        """A short line in bold that stands alone is as good as a heading, and so is an entry with entries below."""
        if len(line) > 60:
            return None
        if block.kind == "list":
            below = self.prose.blocks[index + 1 : index + 2]
            deeper = bool(below) and below[0].kind == "list" and below[0].level > block.level
            return listing(line) if deeper else None
        return listing(line) if line.lstrip().startswith(("**", "__")) else None

    def _labelled(self, label: str, start: int, end: int, block: Block) -> bool:
        opened = listing(label)
        same_block = self.label_of == block.start
        if not opened and (self.under is None or not (self.lasting or same_block)):
            return False
        if opened:
            self.label_of = block.start
            pieces = self._named(start, end, block, opened)
            self.under = opened if self.lasting or not pieces else None
            return not pieces or self._take(pieces, opened)
        pieces = between_commas(self.text, start, end)
        if self.under and pieces and all(self._is_short(piece) for piece in pieces):
            return self._take(pieces, self.under._replace(role=label) if self.lasting else self.under)
        return False

    def _named(self, start: int, end: int, block: Block, under: Listing) -> list[Range]:
        """The persons after a label: on its line, and on the lines below that go on with it."""
        lines = [(start, end)]
        while block.kind != "list" and self._goes_on(below := (end + 1, self._end_of_line(end + 1, block)), under):
            lines.append(below)
            end = below[1]
        if len(lines) == 1 or not self.text[start : lines[0][1]].strip():
            return between_commas(self.text, *lines[0])
        self.read_to = end
        if self._one_each(lines):
            return lines
        return between_commas(self.text, start, end)

    def _goes_on(self, line: Range, under: Listing) -> bool:
        """Whether a line goes on with the names of the one above: it has no label, is set in or reads as names."""
        words = self.text[slice(*line)]
        if not words.strip() or labelled(words) or marker_of(words, self.house):
            return False
        named = [bool(person(self.text, *piece, under)) for piece in between_commas(self.text, *line)]
        return words.startswith("      ") or (bool(named) and all(named))

    def _one_each(self, lines: list[Range]) -> bool:
        """Whether each line names one person, perhaps with a role and an affiliation."""
        words = [self.text[start:end].rstrip() for start, end in lines]
        if any(line.endswith((",", ";", " and", " und", " et", " y")) for line in words[:-1]):
            return False
        alone = all(len(between_commas(self.text, *line)) == 1 for line in lines)
        return alone or (len(lines) >= 3 and sum(line.count(",") for line in words) <= len(lines))

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
        pieces = [piece for piece in pieces if not is_count(self.text[slice(*piece)])]
        taken = [piece for piece in pieces if person(self.text, *piece, under)]
        if len(taken) * 2 <= len(pieces):
            return False
        self.pieces += [(piece, under) for piece in taken]
        return True
