"""reStructuredText: resolutions, proposals and house rules as projects keep them.

The rendition is the source itself. The blocks come from a walk over the lines, since docutils gives no
character positions, no line at all for definition terms and field names, and wrong ones in nested lists; the
tests hold its sections against ours. What nobody reads is markup: comments, targets, the names, options and
file arguments of directives, role names. Files named by a directive are never opened.

    PEP: 9                          header lines, as in PEPs: ``Prose.front``
    Title: Spending

    Budget                          a section; levels in the order in which the adornments appear
    ======
    .. _budget: https://a.example   markup
    .. note:: See :doc:`rules`.     ``note`` and ``doc`` are markup
    - **Ann**: an entry, which      a list entry
      goes on ::

        code()
"""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import PurePosixPath
from typing import Final, NamedTuple

from remembrancer.model import Reading
from remembrancer.read.blocks import Block, Kind, Prose
from remembrancer.read.encoding import decode, is_text, reading
from remembrancer.read.extraction import with_strong
from remembrancer.read.form import LETTER, Form, Range
from remembrancer.read.house import House
from remembrancer.read.plaintext import LONG_LINE, with_long_lines
from remembrancer.read.prose import structure

NAME: Final = "restructuredtext"
VERSION: Final = 1

LINE = re.compile(r"([^\S\n]*)([^\n]*)(?:\n|$)")
ADORNMENT = re.compile(r"([!-/:-@\[-`{-~])\1*")
BULLET = re.compile(r"[-*+•‣⁃](?:[ \t]+(?=\S)|$)")
NUMBER = re.compile(r"\(?(?:\d{1,3}|#|[A-Za-z]|[ivxIVX]{1,6})[.)][ \t]+(?=\S)")
HEADER = re.compile(r"([A-Z][A-Za-z-]*):[ \t]*(\S[^\n]*)?")
FIELD = re.compile(r":((?![\s:`])[^:\n]*):(?:[ \t]+(\S.*)?|$)")
EXPLICIT = re.compile(
    r"""\.\.(?:$|[ \t]+(?:
      (?P<footnote>\[[^\]]+\])
    | (?P<target>_.*)
    | (?P<substitution>\|[^|]+\|)[ \t]+(?P<replaced>[\w:+.-]+)::
    | (?P<directive>[A-Za-z][\w:+.-]*)[ ]?::(?=\s|$)
    | (?P<comment>.*))?)""",
    re.VERBOSE,
)
GRID = re.compile(r"\+(?:[-=]+\+)+")
SIMPLE = re.compile(r"=+(?:[ \t]+=+)+")
INLINE = re.compile(
    r"""
      (?P<code>``[^\n]+?``)
    | (?::(?P<role>[A-Za-z][\w:+.-]*):)?(?P<text>`[^`<>]*(?:<(?P<target>[^<>`]+)>)?`)(?::(?P<after>[A-Za-z][\w-]*):)?
    | \*\*(?P<strong>[^\s*](?:[^*]|\*(?!\*))*?)\*\*
    """,
    re.VERBOSE,
)
CODE = frozenset({"code", "code-block", "sourcecode", "math", "parsed-literal", "literalinclude", "raw"})
BARE = frozenset({"toctree", "include", "image", "contents", "highlight", "meta", "index", "figure"})
"""Directives whose arguments are files, addresses or settings."""


class Line(NamedTuple):
    """A line's words at ``start``; ``indent`` in columns."""

    start: int
    indent: int
    words: str

    @property
    def end(self) -> int:
        return self.start + len(self.words)


def recognises(data: bytes, path: str, house: House) -> bool:
    """Files named as reStructuredText, and texts that show its sections together with its directives."""
    ending = PurePosixPath(path).suffix.lower()
    named = ending in {".rst", ".rest"} or (ending == ".txt" and _looks(data[:100_000]))
    return named and bool(data.strip()) and is_text(data)


def _looks(head: bytes) -> bool:
    sections = re.search(rb"^\S[^\n]*\r?\n([=~^\"'#*+-])\1{3,}\r?$", head, re.MULTILINE)
    explicit = re.search(rb"^\.\. (?:\[|_|[\w-]+::)|:[a-z]{2,}:`|^Content-Type: text/x-rst", head, re.MULTILINE)
    return bool(sections and explicit)


def read(data: bytes, path: str, house: House) -> Reading:
    """The reading of a reStructuredText file."""
    decoded = decode(data)
    prose = extract(decoded.text)
    proceedings = structure(prose, path, house) if prose.blocks else Form(decoded.text).finish()
    return reading(f"{NAME}/{VERSION}", data, decoded, with_long_lines(decoded.text, proceedings))


def extract(text: str) -> Prose:
    """The blocks, markup and header fields, in character offsets."""
    walk = _Walk(text)
    walk.headers()
    while walk.at < len(walk.lines):
        walk.step()
    strong: list[Range] = []
    for block in walk.blocks:
        if block.kind != "code":
            _inline(text, block.start, block.end, walk.markup, strong)
    blocks = tuple(with_strong(walk.blocks, strong))
    return Prose(text, blocks, tuple(sorted(walk.markup)), tuple(walk.front))


def _lines(text: str) -> list[Line]:
    """All lines; one too long to look into is as blank, so that its letters stay text."""
    lines = []
    for match in LINE.finditer(text):
        if match.end() - match.start() > LONG_LINE:
            lines.append(Line(match.start(2), 0, ""))
        elif match.end() > match.start():
            lines.append(Line(match.start(2), len(match[1].lstrip("\ufeff").expandtabs(8)), match[2].rstrip()))
    return lines


class _Walk:
    """Goes through the lines once; ``at`` is the next one. ``within`` are the containers that are open: how
    far their contents are set in, and whether they are lists."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.lines = _lines(text)
        self.at = 0
        self.blocks: list[Block] = []
        self.markup: list[Range] = []
        self.front: list[tuple[str, Range]] = []
        self.styles: list[tuple[str, bool]] = []
        self.within: list[tuple[int, bool]] = []
        self.tables = 0
        self.number: int | None = None

    def headers(self) -> None:
        """Header lines of the form ``Key: value`` before the first blank line, as PEPs have them."""
        end = next((i for i, line in enumerate(self.lines) if not line.words), len(self.lines))
        head = self.lines[:end]
        if len(head) < 2 or not all(line.indent or HEADER.fullmatch(line.words) for line in head):
            return
        for line in head:
            if not line.indent and (field := HEADER.fullmatch(line.words)) and field[2]:
                self.front.append((field[1].lower(), _shift(field.span(2), line.start)))
        self.blocks.append(Block("furniture", head[0].start, head[-1].end))
        self.at = end

    def step(self) -> None:
        """Take the construct that begins at this line."""
        line = self.lines[self.at]
        if not line.words:
            self.at += 1
            return
        while self.within and line.indent < self.within[-1][0]:
            self.within.pop()
        if self.number is None and self._section(line):
            return
        if line.words.startswith("..") and (explicit := EXPLICIT.match(line.words)):
            self._explicit(line, explicit)
        elif line.words.startswith("__ "):
            self._mark(line.start, line.end)
            self.at += 1
        elif marker := BULLET.match(line.words):
            self._entry(line, marker.end())
        elif (marker := NUMBER.match(line.words)) and self._is_numbered(line):
            self.number = line.start if self.number is None else self.number
            self._entry(line, marker.end())
        elif GRID.fullmatch(line.words):
            self._grid()
        elif SIMPLE.fullmatch(line.words):
            self._simple_table(line)
        elif field := FIELD.match(line.words):
            self._field(line, field)
        elif line.words.startswith(">>> "):
            self._code(line.indent - 1, stop_at_blank=True)
        elif line.words.startswith("| "):
            self._emit(self._kind(line), line.start, line.end)
            self.at += 1
        else:
            self._paragraph(line)

    def _section(self, line: Line) -> bool:
        """A title with its adornment, or a transition."""
        over = bool(ADORNMENT.fullmatch(line.words)) and not line.indent
        title = self._line(self.at + over)
        under = self._line(self.at + over + 1)
        known = bool(title.words) and not under.indent and bool(ADORNMENT.fullmatch(under.words))
        long = len(under.words) >= min(4, len(title.words)) and not ADORNMENT.fullmatch(title.words)
        if known and long and (over or not title.indent) and (not over or under.words == line.words):
            style = (under.words[0], over)
            if style in self.styles:
                del self.styles[self.styles.index(style) + 1 :]
            else:
                self.styles.append(style)
            self._emit("heading", title.start, title.end, len(self.styles))
            self.at += 2 + over
            return True
        if over and len(line.words) >= 4 and not title.words:
            self.at += 1
            return True
        return False

    def _line(self, index: int) -> Line:
        return self.lines[index] if index < len(self.lines) else Line(len(self.text), 0, "")

    def _entry(self, line: Line, marker: int) -> None:
        """A list entry: its first line is looked at again without its marker."""
        self.within.append((line.indent + marker, True))
        words = line.words[marker:]
        self.lines[self.at] = Line(line.start + marker, line.indent + marker, words)
        if not words:
            self.at += 1

    def _is_numbered(self, line: Line) -> bool:
        """A sentence that begins with an initial goes on in a line that is not set in."""
        below = self._line(self.at + 1)
        return not below.words or below.indent != line.indent or bool(NUMBER.match(below.words))

    def _explicit(self, line: Line, explicit: re.Match[str]) -> None:
        self.at += 1
        kind = explicit.lastgroup or "comment"
        if kind == "footnote":
            self.within.append((line.indent + 1, True))
            self.number = line.start + explicit.start("footnote")
            start = explicit.end() + len(line.words[explicit.end() :]) - len(line.words[explicit.end() :].lstrip())
            self._rest(line, start)
        elif kind in {"comment", "target"}:
            self._mark(line.start, self._last_within(line).end)
        elif kind == "replaced":
            self._mark(line.start, line.start + explicit.end())
            if explicit["replaced"] == "image":
                self._mark(line.start, line.end)
            else:
                self._rest(line, explicit.end())
        else:
            self._directive(line, explicit)

    def _directive(self, line: Line, explicit: re.Match[str]) -> None:
        name = explicit["directive"].lower()
        bare = name in BARE or name in CODE
        self._mark(line.start, line.end if bare else line.start + explicit.end())
        self.within.append((line.indent + 1, False))
        if not bare:
            self._rest(line, explicit.end())
        while (option := self._line(self.at)).indent > line.indent and FIELD.match(option.words):
            self._mark(option.start, option.end)
            self.at += 1
        if name in CODE:
            self._code(line.indent)
        elif name in {"toctree", "contents", "index", "meta", "include"}:
            start = self._line(self.at).start
            self._mark(start, max(start, self._last_within(line).end))

    def _rest(self, line: Line, offset: int) -> None:
        """What follows a marker in its line, and the lines that continue it, as a paragraph."""
        words = line.words[offset:].lstrip()
        if words:
            start = line.end - len(words)
            self.at -= 1
            self.lines[self.at] = Line(start, line.indent + 3, words)
            self._paragraph(self.lines[self.at], hanging=line.indent)

    def _last_within(self, line: Line) -> Line:
        """Consume everything set in below a line; the last line of it."""
        last = line
        while self.at < len(self.lines) and (self._line(self.at).indent > line.indent or not self._line(self.at).words):
            last = self._line(self.at) if self._line(self.at).words else last
            self.at += 1
        return last

    def _field(self, line: Line, field: re.Match[str]) -> None:
        if len(self.blocks) <= 1 and field[2]:
            self.front.append((field[1].lower(), _shift(field.span(2), line.start)))
        self.at += 1
        last = line
        while (below := self._line(self.at)).words and below.indent > line.indent:
            last = below
            self.at += 1
        self._emit(self._kind(line), line.start, last.end)

    def _paragraph(self, line: Line, hanging: int | None = None) -> None:
        """Lines up to a blank one or one set differently; a line above a deeper one is a term."""
        last = line
        self.at += 1
        while (below := self._line(self.at)).words:
            if (hanging is None and below.indent != line.indent) or (hanging is not None and below.indent <= hanging):
                break
            last = below
            self.at += 1
        literal = last.words.endswith("::")
        if last.words != "::" or last is not line:
            self._emit(self._kind(line), line.start, last.end)
        if literal:
            self._code(line.indent if hanging is None else hanging)

    def _code(self, indent: int, stop_at_blank: bool = False) -> None:
        """Everything set in further than ``indent`` as one block of code."""
        while self.at < len(self.lines) and not self._line(self.at).words:
            self.at += 1
        first = last = self._line(self.at)
        while self.at < len(self.lines):
            line = self._line(self.at)
            if (line.words and line.indent <= indent) or (stop_at_blank and not line.words):
                break
            last = line if line.words else last
            self.at += 1
        if last.end > first.start and first.indent > indent:
            self._emit("code", first.start - first.indent, last.end)

    def _grid(self) -> None:
        """A table drawn with lines; each line of a cell is a row, as cells are single ranges."""
        self.tables += 1
        start = self.at
        while (line := self._line(self.at)).words.startswith(("+", "|")):
            self.at += 1
        rows = self.lines[start : self.at]
        header = next((i for i, line in enumerate(rows) if "+=" in line.words), 0)
        for index, line in enumerate(rows):
            if line.words.startswith("|"):
                pipes = [match.start() for match in re.finditer(r"\|", line.words)]
                cells = [(a + 1, b) for a, b in pairwise(pipes)]
                self._row(line, cells, index < header)

    def _simple_table(self, border: Line) -> None:
        """A table whose columns are told by its border."""
        self.tables += 1
        columns = [match.start() for match in re.finditer(r"=+", border.words)]
        borders = 0
        while (line := self._line(self.at)).words or (borders < 2 and self.at < len(self.lines)):
            self.at += 1
            if SIMPLE.fullmatch(line.words):
                borders += 1
                if borders >= 2 and not self._line(self.at).words:
                    break
            elif LETTER.search(line.words):
                shift = line.indent - border.indent
                starts = [max(column - shift, 0) for column in columns]
                ends = [*starts[1:], max(len(line.words), starts[-1])]
                self._row(line, list(zip(starts, ends, strict=True)), self._header_follows(borders))

    def _header_follows(self, borders: int) -> bool:
        """Whether a second border, with more rows below it, is still to come."""
        if borders != 1:
            return False
        border = next(
            (i for i in range(self.at, min(self.at + 4, len(self.lines))) if SIMPLE.fullmatch(self.lines[i].words)),
            None,
        )
        return border is not None and bool(self._line(border + 1).words)

    def _row(self, line: Line, columns: list[Range], header: bool) -> None:
        cells = tuple(_trimmed(self.text, *_shift(column, line.start), line.end) for column in columns)
        self.blocks.append(Block("row", line.start, line.end, cells=cells, header=header, table=self.tables))

    def _kind(self, line: Line) -> Kind:
        if not self.within:
            return "quote" if line.indent else "paragraph"
        return "list" if self.within[-1][1] else "paragraph"

    def _emit(self, kind: Kind, start: int, end: int, level: int = 0) -> None:
        if self.number is not None:
            start, self.number = min(self.number, start), None
        depth = sum(is_list for _, is_list in self.within) if kind == "list" else level
        self.blocks.append(Block(kind, start, end, depth))

    def _mark(self, start: int, end: int) -> None:
        if end > start:
            self.markup.append((start, end))


def _shift(range_: Range, by: int) -> Range:
    return range_[0] + by, range_[1] + by


def _trimmed(text: str, start: int, end: int, limit: int) -> Range:
    start, end = min(start, limit), min(end, limit)
    cell = text[start:end]
    lead = start + len(cell) - len(cell.lstrip())
    return lead, max(lead, start + len(cell.rstrip()))


def _inline(text: str, start: int, end: int, markup: list[Range], strong: list[Range]) -> None:
    for match in INLINE.finditer(text, start, end):
        markup += [match.span(name) for name in ("role", "target", "after") if match[name]]
        if match["strong"]:
            strong.append(match.span("strong"))
