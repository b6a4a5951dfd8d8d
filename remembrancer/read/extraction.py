"""An extraction: the text that a reader makes of a source which is no text, while it goes through it.

HTML, DOCX and PDF write words into it in reading order and say which blocks they form, where they stood and
what was left out; a rendition and a Prose come out. Every block begins on a line of its own, cells of a table
row are parted by tabs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from remembrancer.model import Finding, Proceedings, Reading, Rendition
from remembrancer.read.blocks import Block, Kind, Prose
from remembrancer.read.form import Form, Range, places_in_bytes
from remembrancer.read.house import House
from remembrancer.read.plaintext import LONG_LINE, with_long_lines
from remembrancer.read.prose import structure
from remembrancer.read.unread import sized
from remembrancer.saying import remark


class Extraction:
    """The text so far, ``length`` characters of it, its blocks and the rest of a Prose."""

    def __init__(self) -> None:
        self.length = 0
        self.blocks: list[Block] = []
        self.strong: list[Range] = []
        self.front: list[tuple[str, Range]] = []
        self._parts: list[str] = []
        self._places: list[tuple[int, str]] = []
        self._left_out: list[tuple[str, str, int]] = []

    def write(self, words: str) -> None:
        """Add words as they are."""
        if words:
            self._parts.append(words)
            self.length += len(words)

    def start_line(self) -> None:
        """Make sure that what comes next begins a line."""
        if self._parts and not self._parts[-1].endswith("\n"):
            self.write("\n")

    def ends_with_space(self) -> bool:
        """Whether nothing or white space stands last."""
        return not self._parts or self._parts[-1][-1].isspace()

    def place(self, label: str) -> None:
        """What is written from here on stands at this place of the source."""
        if self._places and self._places[-1][0] == self.length:
            self._places.pop()
        if not self._places or self._places[-1][1] != label:
            self._places.append((self.length, label))

    def block(
        self, kind: Kind, start: int, level: int = 0, cells: Sequence[Range] = (), header: bool = False, table: int = 0
    ) -> None:
        """What was written since ``start`` is one block."""
        if self.length > start:
            self.blocks.append(Block(kind, start, self.length, level, tuple(cells), header, table))

    def leave_out(self, kind: str, name: str, count: int) -> None:
        """A part of the source that is not in the text: ``an image``, its name, its size in bytes or 0."""
        self._left_out.append((kind, name, count))

    def text(self) -> str:
        """The text so far."""
        return "".join(self._parts)

    def prose(self) -> Prose:
        """What ``prose.structure`` takes; a block too long to look into is left to be text."""
        text = self.text()
        trimmed = (_trimmed(text, block) for block in self.blocks)
        blocks = [block for block in trimmed if 0 < block.end - block.start <= LONG_LINE]
        strong = [_trim(text, *range_) for range_ in self.strong]
        return Prose(text, tuple(with_strong(blocks, strong)), (), tuple(self.front), tuple(self._places))

    def not_extracted(self) -> tuple[str, ...]:
        """Each part that was left out; of a kind that occurs more than ten times only the number and size."""
        counts = Counter(kind for kind, _, _ in self._left_out)
        parts = [f"{name}: {sized(kind, n)}" for kind, name, n in self._left_out if counts[kind] <= 10]
        for kind, count in counts.items():
            if count > 10:
                total = sum(n for other, _, n in self._left_out if other == kind)
                parts.append(sized(remark("%(n)s times %(kind)s", n=count, kind=kind), total))
        return tuple(parts)


def reading(reader: str, extraction: Extraction, path: str, house: House, findings: Sequence[Finding] = ()) -> Reading:
    """The reading of an extraction; ``reader`` is also its extractor."""
    prose = extraction.prose()
    proceedings: Proceedings = structure(prose, path, house) if prose.blocks else Form(prose.text).finish()
    proceedings = replace(proceedings, findings=(*findings, *proceedings.findings))
    proceedings = with_long_lines(prose.text, proceedings, "A paragraph")
    places = places_in_bytes(prose.text, prose.places)
    return Reading(reader, Rendition(prose.text.encode(), reader, places, extraction.not_extracted()), proceedings)


def with_strong(blocks: Sequence[Block], strong: Sequence[Range]) -> Iterator[Block]:
    """The blocks with those of the ordered bold ranges that lie in them."""
    at = 0
    for block in blocks:
        while at < len(strong) and strong[at][1] <= block.start:
            at += 1
        last = at
        while last < len(strong) and strong[last][0] < block.end:
            last += 1
        within = tuple((max(start, block.start), min(end, block.end)) for start, end in strong[at:last])
        yield block._replace(strong=tuple(range_ for range_ in within if range_[1] > range_[0]))


def _trimmed(text: str, block: Block) -> Block:
    start, end = _trim(text, block.start, block.end)
    return block._replace(start=start, end=end, cells=tuple(_trim(text, *cell) for cell in block.cells))


def _trim(text: str, start: int, end: int) -> Range:
    words = text[start:end]
    start += len(words) - len(words.lstrip())
    return start, max(start, start + len(words.strip()))
