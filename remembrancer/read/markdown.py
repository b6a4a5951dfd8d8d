"""Markdown: CommonMark with tables, front matter and call-outs, as notes and minutes are written in it.

The rendition is the source itself. Block structure comes from markdown-it; inline structure is a scan for what
nobody reads (link targets, tags, comments, entities, reference definitions) and for what is bold::

    ---
    title: 3rd meeting              front matter: ``Prose.front``
    ---
    > [!abstract]- Present:         a call-out: a quotation; ``[!abstract]-`` is markup
    > A. Able, B. Baker
    # 1.&nbsp;Minutes               a heading; ``&nbsp;`` is markup
    **Ann Able**: see [that](url)   ``url`` is markup, ``Ann Able`` strong
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.token import Token

from remembrancer.model import Reading
from remembrancer.read.blocks import Block, Kind, Prose
from remembrancer.read.encoding import decode, reading
from remembrancer.read.form import LETTER, Range, beyond
from remembrancer.read.house import House
from remembrancer.read.prose import structure

NAME: Final = "markdown"
VERSION: Final = 1

SUFFIXES = frozenset({".md", ".markdown", ".mdown", ".mkd"})

LINE_END = re.compile(r"\r\n?|\n")
FRONT = re.compile(r"\ufeff?---[ \t]*\r?\n(.*?)^---[ \t]*\r?(?:\n|\Z)", re.DOTALL | re.MULTILINE)
FRONT_LINE = re.compile(r"^([A-Za-z][\w -]*):[ \t]+(?:(['\"])(.*?)\2|(\S.*?))[ \t]*\r?$", re.MULTILINE)
DEFINITION = re.compile(r"^[ \t>]{0,6}\[([^\]\n]+)\]:[ \t]*\S[^\n]*$", re.MULTILINE)
PIPE = re.compile(r"(?<!\\)\|")
LEAD = re.compile(r"[ \t>]*")

ELEMENTS = (
    "a|abbr|b|blockquote|br|button|caption|center|cite|code|col|colgroup|dd|del|details|div|dl|dt|em|font|footer|"
    "h[1-6]|header|hr|i|iframe|img|input|ins|kbd|label|li|main|mark|nav|object|ol|p|picture|pre|q|s|samp|section|"
    "small|source|span|strike|strong|sub|summary|sup|table|tbody|td|tfoot|th|thead|time|tr|tt|u|ul|var|video"
)
INLINE = re.compile(
    rf"""
      \\(?P<escape>[^\n])
    | `(?<!``)(?P<tick>`{{0,2}})(?!`)(?P<code>[^\n]*?(?<!`)`(?P=tick)(?!`))
    | <(?P<comment>!--(?:(?!-->).)*(?:-->|\Z))
    | <(?P<tag>/?(?:{ELEMENTS})(?:\s[^<>]{{0,2000}})?/?>)
    | \]\((?P<target>[ ]*<[^<>\n]*>[^()\n]*|[^()\n]*(?:\([^()\n]*\)[^()\n]*)*)\)
    | \]\[(?P<reference>[^\[\]\n]+)\]
    | \.(?P<dotted>(?:&nbsp;)+) | :(?P<coloned>(?:&nbsp;)+) | \)(?P<closed>(?:&nbsp;)+)
    | &(?P<entity>nbsp;(?:&nbsp;)*|(?:[A-Za-z][A-Za-z0-9]{{1,31}}|\#[0-9]{{1,7}}|\#[xX][0-9A-Fa-f]{{1,6}});)
    | \[(?P<callout>![A-Za-z-]+\][-+]?)
    | \*(?P<strong>\*(?=[^\s*])(?:(?!\*\*)[^\n])+?\*\*)
    | _(?P<heavy>_(?=[^\s_])(?:(?!__)[^\n])+?__)
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
"""Each form begins with a character of its own, so that the search skips from one to the next."""

WHOLE = frozenset({"comment", "tag", "entity", "dotted", "coloned", "closed", "callout"})
"""Forms that are markup from their first character to their last."""

_PARSER = MarkdownIt("commonmark", {"html": True}).enable("table")
_PARSER.core.ruler.enableOnly(["normalize", "block"])


def recognises(data: bytes, path: str, house: House) -> bool:
    """Files named as Markdown."""
    return PurePosixPath(path).suffix.lower() in SUFFIXES and b"\0" not in data[:1024]


def read(data: bytes, path: str, house: House) -> Reading:
    """The reading of a Markdown file."""
    decoded = decode(data)
    return reading(f"{NAME}/{VERSION}", data, decoded, structure(extract(decoded.text), path, house))


def extract(text: str) -> Prose:
    """The blocks of a Markdown text, its markup and its front matter, in character offsets."""
    front = FRONT.match(text)
    begin = front.end() if front else 0
    blocks = [Block("furniture", 0, begin)] if front else []
    blocks += _Blocks(text, begin).blocks()
    markup, strong = _inline(text, blocks)
    return Prose(
        text,
        tuple(_with_strong(blocks, strong)),
        tuple(sorted([*markup, *_definitions(text, blocks)])),
        tuple(_front(front)) if front else (),
    )


def _front(front: re.Match[str]) -> Iterator[tuple[str, Range]]:
    for line in FRONT_LINE.finditer(front[0]):
        group = 3 if line[2] else 4
        yield line[1].strip().lower(), line.span(group)


_NESTING = frozenset(
    f"{kind}_{end}"
    for kind in ("blockquote", "bullet_list", "ordered_list", "thead", "table")
    for end in ("open", "close")
)
_BLOCKS = frozenset({"paragraph_open", "heading_open", "tr_open", "fence", "code_block", "html_block"})


class _Blocks:
    """One walk over the tokens of markdown-it, whose line numbers become character offsets."""

    def __init__(self, text: str, begin: int) -> None:
        self.text = text
        self.starts = [begin, *(end.end() for end in LINE_END.finditer(text, begin))]
        self.tokens = _PARSER.parse(text[begin:])
        self.quotes = self.lists = self.tables = 0
        self.header = False

    def blocks(self) -> list[Block]:
        found: list[Block] = []
        for index, token in enumerate(self.tokens):
            kind = token.type
            if kind in _NESTING:
                self._nest(kind, token.nesting)
            elif token.map is not None and kind in _BLOCKS:
                block = self._block(index, kind, token, *token.map)
                if block.end > block.start:
                    found.append(block)
        return found

    def _nest(self, kind: str, step: int) -> None:
        if kind.startswith("blockquote"):
            self.quotes += step
        elif kind.startswith("thead"):
            self.header = step > 0
        elif kind.startswith("table"):
            self.tables += step > 0
        else:
            self.lists += step

    def _block(self, index: int, kind: str, token: Token, first: int, last: int) -> Block:
        if kind == "paragraph_open":
            start, end = self._words(first, last, self.tokens[index + 1].content)
            return Block(self._kind(), start, end, self.lists)
        if kind == "heading_open":
            last -= token.markup in {"=", "-"}
            start, end = self._words(first, last, self.tokens[index + 1].content)
            return Block("heading", start, end, int(token.tag[1]))
        if kind == "tr_open":
            return self._row(first)
        written: Kind = self._kind() if kind == "html_block" else "code"
        return Block(written, self._line_start(first), self._line_end(last), self.lists)

    def _kind(self) -> Kind:
        return "list" if self.lists else "quote" if self.quotes else "paragraph"

    def _row(self, line: int) -> Block:
        start, end = beyond(LEAD, self.text, self._line_start(line)), self._line_end(line + 1)
        return Block("row", start, end, 0, tuple(_cells(self.text, start, end)), self.header, self.tables)

    def _line_start(self, line: int) -> int:
        return self.starts[line] if line < len(self.starts) else len(self.text)

    def _line_end(self, next_line: int) -> int:
        start, end = self._line_start(next_line - 1), self._line_start(next_line)
        return start + len(self.text[start:end].rstrip())

    def _words(self, first: int, last: int, content: str) -> Range:
        """Where the words of the block's lines stand, without the markers before them."""
        start = self._line_start(first)
        lead = content.lstrip().split("\n", 1)[0]
        found = self.text.find(lead, start, self._line_start(first + 1))
        return (found if found >= 0 else start), self._line_end(max(last, first + 1))


def _cells(text: str, start: int, end: int) -> Iterator[Range]:
    """The cells of a table row, white space trimmed; empty ones too."""
    start += text[start] == "|"
    end -= text[end - 1] == "|" and text[end - 2] != "\\" and end - 1 > start
    for pipe in (*(match.start() for match in PIPE.finditer(text, start, end)), end):
        cell = text[start:pipe]
        lead = start + len(cell) - len(cell.lstrip())
        yield lead, max(lead, start + len(cell.rstrip()))
        start = pipe + 1


def _inline(text: str, blocks: Sequence[Block]) -> tuple[list[Range], list[Range]]:
    """Markup and strong ranges outside code."""
    labels = {match[1].lower() for match in DEFINITION.finditer(text)} if "]:" in text else set()
    markup: list[Range] = []
    strong: list[Range] = []
    for start, end in _outside_code(text, blocks, markup):
        for match in INLINE.finditer(text, start, end):
            kind = match.lastgroup or ""
            if kind in {"strong", "heavy"}:
                strong.append((match.start() + 2, match.end() - 2))
                markup += _markup_within(match)
            elif kind in WHOLE:
                markup.append(match.span())
            elif kind == "target" or (kind == "reference" and match[kind].lower() in labels):
                markup.append(match.span(kind))
    return markup, strong


def _markup_within(strong: re.Match[str]) -> Iterator[Range]:
    """A link or an entity in bold: the outer match has swallowed it."""
    if "(" in strong[0] or "&" in strong[0] or "<" in strong[0]:
        for match in INLINE.finditer(strong.string, strong.start() + 2, strong.end() - 2):
            kind = match.lastgroup or ""
            if kind == "target":
                yield match.span(kind)
            elif kind in WHOLE and kind != "callout":
                yield match.span()


def _outside_code(text: str, blocks: Sequence[Block], markup: list[Range]) -> Iterator[Range]:
    start = 0
    for block in blocks:
        if block.kind == "code":
            yield start, block.start
            start = block.end
            fence = re.compile(r"[ \t>]*(?:`{3,}|~{3,})[ \t]*(\S[^\n]*)").match(text, block.start, block.end)
            if fence:
                markup.append(fence.span(1))
    yield start, len(text)


def _definitions(text: str, blocks: Sequence[Block]) -> Iterator[Range]:
    """Link definitions: lines that markdown-it gave to no block."""
    if "]:" not in text:
        return
    starts = [block.start for block in blocks]
    for match in DEFINITION.finditer(text):
        index = bisect_right(starts, match.end()) - 1
        if (index < 0 or blocks[index].end <= match.start()) and LETTER.search(match[0]):
            yield match.span()


def _with_strong(blocks: Sequence[Block], strong: Sequence[Range]) -> Iterator[Block]:
    starts = [start for start, _ in strong]
    for block in blocks:
        first = bisect_right(starts, block.start - 1)
        last = bisect_right(starts, block.end - 1)
        yield block._replace(strong=tuple(strong[first:last])) if last > first else block
