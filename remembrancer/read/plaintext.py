"""Plain text: minutes, agendas and transcripts whose shape is only in their lines.

The rendition is the source itself. Headings are told by how they stand out, and nest in the order in which
their styles first appear, as in reStructuredText::

                 The Parish Council                centred lines at the start: one heading, the title
     1. Call to order                              a numbered line alone, or with a text set in below it
        The clerk opened the
        meeting.                                   lines joined to a paragraph
     2. Roll Call
        Members Present:
            Ann Able                               short lines set in further: a list
            Ben Baker
     TOP 3 Budget                                  an item named as such, in a line of its own
     REPORTS                                       capitals alone
     Budget                                        underlined
     ------
     Ann Able: We spent less.                      a paragraph for each speaker's line
     - a point that goes on                        a list entry
       in the next line

A line of more than a million characters is kept as text, whole, and a finding says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final, NamedTuple

from remembrancer.model import Finding, Proceedings, Reading, Span
from remembrancer.read import unread
from remembrancer.read.blocks import Block, Kind, Prose
from remembrancer.read.encoding import decode, is_text, reading
from remembrancer.read.form import Form
from remembrancer.read.house import House
from remembrancer.read.prose import structure
from remembrancer.read.speakers import FORMAL
from remembrancer.saying import remark

NAME: Final = "plaintext"
VERSION: Final = 1

LONG_LINE: Final = 1_000_000
"""Characters; the longest line of a real transcript that we know has 60,000."""

LINE = re.compile(r"[^\n]+")
RULE = re.compile(r"([^\w\s])\1{2,}")
NUMBER = re.compile(
    r"\(?(?:(?P<digits>\d{1,3}(?:\.\d{1,3})*)[.)]|(?P<dotted>\d{1,3}(?:\.\d{1,3})+)"
    r"|(?:[A-Z]{1,2}|[a-z]|[ivx]{1,5})[.)])[ \t]+(?=\S)"
)
BULLET = re.compile(r"[-*•‣◦▪·–—][ \t]+(?=\S)|o[ \t]+(?=[A-Z])")
LABEL = re.compile(
    r"[\"“(\[]?[^\W\d_a-zß-ÿ][^:：\n\t]{0,60}(?::(?:[ \t]|$)|：)|[\[(]\d{1,2}:\d\d|\d\d?:\d\d:\d\d|<[^>\s]{1,30}>"
)
_NUMBERED = r"(?:[ÖN][ \t]*)?\d{1,3}(?:\.\d{1,3})*[a-z]?(?!\w)"
ITEM = re.compile(
    rf"(?:[Zz]u[ \t]+)?(?:(?:TOP|Tagesordnungspunkt)[ \t]+{_NUMBERED}|Punkt[ \t]+{_NUMBERED}[ \t]+der[ \t]+Tagesordnung"
    rf"|(?:Top|Punkt|(?:Agenda )?Item|AGENDA ITEM|ITEM|Ponto|PONTO|Punto|PUNTO)[ \t]+{_NUMBERED}(?=[ \t]?[:.–—-]))"
    r"[ \t:.)–—-]*"
)
"""What names an item of business: ``TOP 3``, ``zu Punkt 5 der Tagesordnung``, ``Item 3:``."""
PART = re.compile(
    r"\W*(?:[IVX]+\.|[A-Z][.)])?[ \t]*(?:[Nn]icht[ -]?)?[Öö]ffentliche(?:r Teil|[ \t]Sitzung)(?: der Sitzung)?\W*"
)
"""A line that parts what is for the public from what is not."""


class Line(NamedTuple):
    """A line's words at ``start:end`` and how far they are set in, in columns."""

    start: int
    end: int
    indent: int
    words: str


def recognises(data: bytes, path: str, house: House) -> bool:
    """Any text that is not known to be something else."""
    return bool(data.strip()) and is_text(data) and not unread.known(data)


def read(data: bytes, path: str, house: House) -> Reading:
    """The reading of a plain text."""
    decoded = decode(data)
    prose = extract(decoded.text)
    proceedings = structure(prose, path, house) if prose.blocks else Form(decoded.text).finish()
    proceedings = with_long_lines(decoded.text, proceedings)
    return reading(f"{NAME}/{VERSION}", data, decoded, proceedings)


def extract(text: str) -> Prose:
    """The blocks of a plain text, in character offsets."""
    groups = list(_groups(text))
    width = max((line.end - line.start for group in groups for line in group), default=0)
    title = _title(groups)
    shapes = _Shapes(min(width, 100), bool(title))
    blocks = [Block("heading", title[0].start, title[-1].end, 1)] if title else []
    for group in groups:
        if not title or group[0].start > title[-1].end:
            blocks += shapes.blocks(group)
    return Prose(text, tuple(blocks))


def with_long_lines(text: str, proceedings: Proceedings, place: str = "") -> Proceedings:
    """The proceedings with a finding for the first line that was too long to look into; ``place`` where it is
    if not in a line of that number."""
    if len(text) <= LONG_LINE:
        return proceedings
    long = next((match for match in LINE.finditer(text) if match.end() - match.start() > LONG_LINE), None)
    if long is None:
        return proceedings
    start = len(text[: long.start()].encode())
    number = text.count("\n", 0, long.start()) + 1
    length = f"{long.end() - long.start():,}"
    finding = Finding(
        "long-line",
        remark(
            "%(place)s has %(n)s characters without a break; it is kept as one text.",
            place=place or remark("Line %(n)s", n=number),
            n=length,
        ),
        remark("Export the file again with line breaks to have speakers and items found."),
        Span(start, start + len(long[0].encode())),
        place or remark("line %(n)s", n=number),
    )
    return replace(proceedings, findings=(*proceedings.findings, finding))


def _groups(text: str) -> Iterator[list[Line]]:
    """Lines that stand together, between blank and overlong lines."""
    group: list[Line] = []
    last = -1
    for match in LINE.finditer(text):
        start, end = match.span()
        line = _line(text, start, end) if end - start <= LONG_LINE else None
        if group and (line is None or start > last + 1 or not line.words):
            yield group
            group = []
        if line and line.words:
            group.append(line)
        last = end
    if group:
        yield group


def _line(text: str, start: int, end: int) -> Line:
    raw = text[start:end]
    words = raw.lstrip("\ufeff \t\r\f\v\xa0")
    lead = raw[: len(raw) - len(words)]
    words = words.rstrip()
    start += len(lead)
    return Line(start, start + len(words), len(lead.replace("\ufeff", "").expandtabs(8)), words)


def _title(groups: Sequence[list[Line]]) -> list[Line]:
    """The centred lines with which a document begins: set in further than what follows, each differently."""
    centred: list[Line] = []
    for group in groups[:6]:
        if all(line.indent >= 8 and len(line.words) < 70 for line in group):
            centred += group
        else:
            break
    return centred if len(centred) > 1 and len({line.indent for line in centred}) > 1 else centred[:1]


class _Shapes:
    """What the lines of a group are; remembers the styles of headings already seen."""

    def __init__(self, width: int, titled: bool) -> None:
        self.width = width
        self.styles: list[tuple[str, int]] = [("title", 0)] if titled else []
        self.indent = 0
        self.colon = False

    def blocks(self, group: list[Line]) -> Iterator[Block]:
        """The blocks of lines that stand together, divided where an item is named in a line of its own."""
        heads = self._heads(group)
        bounds = sorted({0, *heads, len(group)})
        for start, end in pairwise(bounds):
            part = group[start:end]
            yield from self._item(part, heads[start]) if start in heads else self._blocks(part)
            self.indent, self.colon = part[0].indent, part[-1].words.endswith(":")

    def _heads(self, group: list[Line]) -> dict[int, tuple[str, int]]:
        """The lines that name an item or a part of the sitting; several at the end, with nothing below, are a list."""
        heads = {at: style for at, line in enumerate(group) if (style := self._named(group, at))}
        listed = 0
        while len(group) - 1 - listed in heads:
            listed += 1
        return {at: style for at, style in heads.items() if listed < 2 or at < len(group) - listed}

    def _named(self, group: list[Line], at: int) -> tuple[str, int] | None:
        """The style of a line that is no running text: nothing was broken off before it, nor goes on below."""
        words, before, below = group[at].words, group[max(at - 1, 0) : at], group[at + 1 : at + 2]
        broken_off = before and len(before[0].words) > self.width * 0.6 and before[0].words[-1] not in ".!?:"
        if broken_off or (below and below[0].words[0].islower()) or len(words) > 100:
            return None
        if PART.fullmatch(words):
            return ("part", 0)
        item = ITEM.match(words)
        title = words[item.end() :] if item else ""
        sentence = title[:1].islower() or title.endswith((".", ";", ","))
        return None if item is None or sentence else ("item", item[0].count("."))

    def _item(self, part: list[Line], style: tuple[str, int]) -> Iterator[Block]:
        """A line that names an item, with the line of its title where that stands alone below, and what follows."""
        bare = ITEM.fullmatch(part[0].words) and len(part) == 2 and not part[1].words.endswith((".", ":", ";"))
        head = part[: 2 if bare else 1]
        yield self._heading(head, style)
        if part[len(head) :]:
            yield from self._body(part[len(head) :])

    def _blocks(self, group: list[Line]) -> Iterator[Block]:
        if all(RULE.fullmatch(line.words) for line in group):
            return
        style = self._underlined(group)
        if style:
            heading = [line for line in group[:3] if not RULE.fullmatch(line.words)][:1]
            yield self._heading(heading, style)
            group = group[group.index(heading[0]) + 2 :]
        if not group:
            return
        style = self._outstanding(group)
        if style:
            yield self._heading(group[:1], style)
            group = group[1:]
        if group:
            yield from self._body(group)

    def _body(self, group: list[Line]) -> Iterator[Block]:
        """Lines that are no heading: rows, a list, or paragraphs."""
        if all(line.words.startswith("|") for line in group):
            yield from _rows(group)
        elif self._is_list(group):
            yield from (Block("list", line.start, line.end, 1) for line in group)
        else:
            yield from (self._joined(part) for part in self._parts(group))

    def _heading(self, lines: Sequence[Line], style: tuple[str, int]) -> Block:
        if style in self.styles:
            del self.styles[self.styles.index(style) + 1 :]
        else:
            above = next((at for at, (kind, _) in enumerate(self.styles) if kind == "item"), len(self.styles))
            del self.styles[above if style[0] == "part" else len(self.styles) :]
            self.styles.append(style)
        return Block("heading", lines[0].start, lines[-1].end, self.styles.index(style) + 1)

    def _underlined(self, group: list[Line]) -> tuple[str, int] | None:
        over = bool(RULE.fullmatch(group[0].words)) and len(group) > 2
        lines = group[over:]
        if len(lines) < 2 or RULE.fullmatch(lines[0].words) or not RULE.fullmatch(lines[1].words):
            return None
        close = abs(len(lines[1].words) - len(lines[0].words)) <= max(3, len(lines[0].words) // 3)
        return (lines[1].words[0], over) if close or over else None

    def _outstanding(self, group: list[Line]) -> tuple[str, int] | None:
        """The style of a first line that is a heading by its capitals or its number."""
        first = group[0]
        if len(first.words) > 100:
            return None
        alone = len(group) == 1
        number = NUMBER.match(first.words)
        if number:
            title = first.words[number.end() :]
            above = alone or (group[1].indent > first.indent + number.end() - 1 and not alone)
            good = above and not title.endswith((".", ";", ",", ":")) and not title[0].islower()
            digits = number["digits"] or number["dotted"] or ""
            kind = "number" if digits else "letter"
            return (kind, first.indent * 10 + digits.count(".")) if good else None
        letters = sum(map(str.isalpha, first.words))
        shouted = letters >= 4 and first.words.isupper() and not first.words.endswith((",", ";"))
        return ("capitals", 0) if shouted and alone and letters * 2 > len(first.words) else None

    def _is_list(self, group: list[Line]) -> bool:
        """Short lines set in below a line that ends with a colon: names, mostly."""
        set_in = min(line.indent for line in group) > (self.indent if self.colon else self.indent + 1)
        even = len({line.indent for line in group}) == 1
        short = all(len(line.words) <= 60 and not line.words.endswith((".", ";")) for line in group)
        return set_in and even and short and (self.colon or len(group) > 1)

    def _parts(self, group: list[Line]) -> Iterator[list[Line]]:
        part: list[Line] = []
        for line in group:
            if part and self._opens(part, line):
                yield part
                part = []
            part.append(line)
        if part:
            yield part

    def _opens(self, part: list[Line], line: Line) -> bool:
        """Whether a line begins a block of its own: marked, or after a line that was not wrapped; never in brackets."""
        last = part[-1]
        if last.words.rfind("(") > last.words.rfind(")") and ")" in line.words:
            return False
        if BULLET.match(line.words) or NUMBER.match(line.words) or LABEL.match(line.words) or FORMAL.match(line.words):
            return True
        if len(last.words) > 110 or last.words.endswith(":"):
            return True
        return line.indent < part[0].indent or (
            last.words.endswith((".", "?", "!")) and len(last.words) < self.width * 0.6
        )

    def _joined(self, part: list[Line]) -> Block:
        bullet = BULLET.match(part[0].words)
        kind: Kind = "list" if bullet or NUMBER.match(part[0].words) else "paragraph"
        start = part[0].start + (bullet.end() if bullet and bullet[0][0] != "o" else 0)
        return Block(kind, start, part[-1].end, part[0].indent // 2 + 1 if kind == "list" else 0)


def _rows(group: list[Line]) -> Iterator[Block]:
    for line in group:
        if not RULE.search(line.words) or any(map(str.isalnum, line.words)):
            pipes = [match.end() for match in re.finditer(r"\|", line.words)]
            cells = [
                (line.start + start, line.start + end - 1)
                for start, end in zip(pipes, [*pipes[1:], len(line.words) + 1], strict=True)
            ]
            yield Block("row", line.start, line.end, cells=tuple(cells[: len(cells) - line.words.endswith("|")]))
