"""HTML: minutes as pages, with the navigation and advertising around them.

The rendition is the text that the page shows, by a walk over the whole tree of the HTML parser: white space
folded as a browser does, a line for each block, a tab between the cells of a row, numbers before the entries
of numbered lists. Attributes (link targets, descriptions of images) are no text. Scripts, styles, templates
and comments are listed as not extracted. A place is the way to a node: from the nearest id, or the root.

    <nav>Home About</nav>             furniture
    <h2 id=b>2. Budget</h2>           a heading at ``#b``
    <p><cite>Ann:</cite> We<br>agree  a paragraph of two lines
    <ol><li>First<ol><li>Second       list entries ``1. First`` and ``1. Second``, of levels 1 and 2
    <table><tr><th>Name<th>Vote       a row, header, two cells; a table that only lays out a page is none
    <pre>  Present:                   plain text, unless it is marked as code
    [10:31] Ann: We agree             lines that begin with times stay lines: a log that was pasted in

What is furniture is told by elements and roles (nav, aside, footer) and by trafilatura's names for it; the
names alone count only for what is short or mostly links, since minutes use the same words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Final, cast

from lxml import etree

from remembrancer.model import Finding, Reading
from remembrancer.read.blocks import Kind
from remembrancer.read.encoding import decode, is_text
from remembrancer.read.extraction import Extraction, reading
from remembrancer.read.house import House
from remembrancer.read.plaintext import extract as plain_blocks
from remembrancer.saying import remark

NAME: Final = "html"
VERSION: Final = 1

START = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html[\s>])", re.I | re.S
)
CHARSET = re.compile(rb"<(?:meta|\?xml)[^>]*?(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]+)", re.I)
LOGGED = re.compile(r"\s*\n\s*(?=\[?\d{1,2}:\d{2}(?::\d{2})?\]?[ \t]+\S)")
SPACE = re.compile(r"[ \t\n\r\f]{2,}|[\t\n\r\f]")
CODE = re.compile(r"code|highlight|language|source", re.IGNORECASE)
LOG: Final = 4
"""So many lines that begin with times are a log; fewer may be a programme in a paragraph."""

DEEP = re.compile(r"</?(?:div|span|font|section|center|b|i|u|em|strong)\b[^<>]*>", re.IGNORECASE)
BOLD = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
HEADINGS: Final = {f"h{level}": level for level in range(1, 7)}
INLINE = frozenset(
    {
        *("a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn"),
        *("em", "font", "i", "img", "input", "ins", "kbd", "label", "mark", "nobr", "q", "rp"),
        *("rt", "ruby", "s", "samp", "small", "span", "strike", "strong", "sub"),
        *("sup", "time", "tt", "u", "var", "wbr"),
    }
)
OUTSIDE: Final = {"script": remark("a script"), "style": remark("a style sheet"), "template": remark("a template")}
EMBEDDED: Final = {
    "img": remark("an image"),
    "svg": remark("a drawing"),
    "iframe": remark("an embedded page"),
    "object": remark("an embedded object"),
    "embed": remark("an embedded object"),
    "video": remark("a video"),
    "audio": remark("a sound recording"),
    "canvas": remark("a drawing"),
}
FURNITURE_ROLES = frozenset({"navigation", "complementary", "contentinfo", "search", "menu", "menubar"})
CONTAINERS = frozenset({"div", "section", "ul", "ol", "table", "header", "form"})


def recognises(data: bytes, path: str, house: House) -> bool:
    """Pages by their first tag, and files named as such."""
    if START.match(data[:4096]):
        return True
    named = PurePosixPath(path).suffix.lower() in {".html", ".htm", ".xhtml"}
    return named and bool(data.strip()) and is_text(data)


def read(data: bytes, path: str, house: House) -> Reading:
    """The reading of a page; a broken one is read as a browser would."""
    declared = CHARSET.search(data[:4096])
    decoded = decode(data, declared[1].decode("ascii", "replace") if declared else "")
    tree, faults = parse(decoded.text)
    findings = [replace(finding, span=None) for finding in decoded.findings]
    page = _Page()
    if tree is not None:
        page.walk(tree)
    if tree is None or not page.extraction.text().strip():
        faults.append(
            Finding(
                "no-text", remark("The page holds no text."), remark("It may be filled in by a script: save it as PDF.")
            )
        )
    return reading(f"{NAME}/{VERSION}", page.extraction, path, house, [*findings, *faults])


def extract(text: str) -> Extraction:
    """The text, blocks and places of a page."""
    tree, _ = parse(text)
    page = _Page()
    if tree is not None:
        page.walk(tree)
    return page.extraction


def parse(text: str) -> tuple[etree._Element | None, list[Finding]]:
    """The tree as a browser would build it. What is nested too deep is tried again without its containers."""
    tree, fatal = _tree(text)
    if not fatal:
        return tree, []
    tree, fatal = _tree(DEEP.sub(" ", text))
    if not fatal:
        return tree, []
    what = remark("The page is cut off at %(where)s.", where=fatal)
    return tree, [Finding("broken-html", what, remark("Open it in a browser and save it again."))]


def _tree(text: str) -> tuple[etree._Element | None, str]:
    """The tree, and where and why the parser gave up, if it did."""
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True)
    try:
        tree = etree.fromstring(text.replace("\0", "\ufffd").encode(), parser)
    except etree.XMLSyntaxError:
        return None, ""
    fatal = (entry for entry in parser.error_log if entry.level == etree.ErrorLevels.FATAL)
    return tree, next(
        (remark("line %(n)s: %(error)s", n=entry.line, error=entry.message.strip().rstrip(".")) for entry in fatal), ""
    )


class _Page:
    """The walk over one page. ``begun`` is where the block that is being written starts, None between blocks."""

    def __init__(self) -> None:
        self.extraction = Extraction()
        self.begun: int | None = None
        self.kinds: list[tuple[Kind, int]] = []
        self.furniture: set[etree._Element] = set()
        self.outside = 0
        self.in_furniture = 0
        self.paths = Paths()
        self.counters: list[int | None] = []
        self.marker = ""
        self.bold: list[int] = []
        self.tables = 0
        self.row: list[tuple[int, int]] | None = None
        self.cell = 0
        self.header = True
        self.layout: list[bool] = []
        self.pre: etree._Element | None = None

    def walk(self, tree: etree._Element) -> None:
        """Write the whole tree."""
        self.furniture = set(_furniture(tree))
        for event, node in etree.iterwalk(tree, events=("start", "end", "comment", "pi")):
            if event == "start":
                self._start(node)
            elif event == "end":
                self._end(node)
                self._words(node.tail)
            else:
                self._aside(node)
        self._close()

    def _aside(self, node: etree._Element) -> None:
        if words := (node.text or "").strip():
            kind = remark("a comment") if isinstance(node, etree._Comment) else remark("a processing instruction")
            self.extraction.leave_out(kind, self.paths.here(), len(words.encode()))
        self._words(node.tail)

    def _start(self, node: etree._Element) -> None:
        tag = node.tag
        self.paths.enter(node)
        if tag in OUTSIDE:
            self.outside += 1
            self.extraction.leave_out(OUTSIDE[tag], self.paths.here(), len("".join(map(str, node.itertext())).encode()))
            return
        if tag in EMBEDDED or tag == "input":
            self._embedded(node)
        if self._is_furniture(node):
            self._close()
            self.in_furniture += 1
        if tag == "br":
            self._break()
        elif tag not in INLINE:
            self._open(node)
        if tag in {"b", "strong", "th", "dt"} or BOLD.search(node.get("style") or ""):
            self.bold.append(self.extraction.length)
        self._words(node.text)

    def _embedded(self, node: etree._Element) -> None:
        if node.tag == "input":
            if node.get("value") and node.get("type", "text") in {"text", "date", "number", "email"}:
                count = len((node.get("value") or "").encode())
                self.extraction.leave_out(remark("a form field"), self.paths.here(), count)
            return
        name = node.get("src") or node.get("data") or ""
        inside = name.startswith("data:")
        shown = self.paths.here() if inside or not name else name.rsplit("/", 1)[-1]
        self.extraction.leave_out(EMBEDDED[node.tag], shown, len(name) * 3 // 4 if inside else 0)

    def _is_furniture(self, node: etree._Element) -> bool:
        return node in self.furniture or self._is_title(node)

    def _is_title(self, node: etree._Element) -> bool:
        return node.tag == "title" and self.paths.names[-2:-1] == ["head"]

    def _open(self, node: etree._Element) -> None:
        """An element that begins a block."""
        tag = node.tag
        if tag in {"td", "th"} and self.row is not None and not (self.layout and self.layout[-1]):
            self._cell(node)
            return
        self._close()
        if tag in HEADINGS:
            self.kinds.append(("heading", HEADINGS[tag]))
        elif tag in {"ul", "ol", "dl", "menu"}:
            self.counters.append(_number(node.get("start")) if tag == "ol" and node.get("type", "1") == "1" else None)
        elif tag == "li":
            self.kinds.append(("list", max(len(self.counters), 1)))
            self._count(node)
        elif tag == "dd":
            self.kinds.append(("list", max(len(self.counters), 1)))
        elif tag == "blockquote":
            self.kinds.append(("quote", 0))
        elif tag == "pre" and self.row is None:
            self.pre = node
        elif tag == "table":
            self.layout.append(self.row is not None or _is_layout(node))
            self.tables += not self.layout[-1]
        elif tag == "tr" and self.layout and not self.layout[-1]:
            self._row()

    def _count(self, node: etree._Element) -> None:
        if self.counters and self.counters[-1] is not None:
            number = _number(node.get("value"), self.counters[-1])
            self.counters[-1] = number + 1
            self.marker = f"{number}. "

    def _row(self) -> None:
        self.extraction.start_line()
        self.extraction.place(self.paths.here())
        self.begun = self.extraction.length
        self.row = []
        self.header = True

    def _cell(self, node: etree._Element) -> None:
        if self.row:
            self.extraction.write("\t")
        self.cell = self.extraction.length
        self.header = self.header and node.tag == "th"

    def _end(self, node: etree._Element) -> None:
        tag = node.tag
        if tag in OUTSIDE:
            self.outside -= 1
            self.paths.leave()
            return
        if tag in {"b", "strong", "th", "dt"} or BOLD.search(node.get("style") or ""):
            self._end_bold()
        if tag not in INLINE and tag != "br":
            self._end_block(node)
        self.in_furniture -= self._is_furniture(node)
        self.paths.leave()

    def _end_block(self, node: etree._Element) -> None:
        tag = node.tag
        if tag in {"td", "th"} and self.row is not None and not (self.layout and self.layout[-1]):
            self.row.append((self.cell, self.extraction.length))
            return
        title = self.begun if self._is_title(node) else None
        self._close(ends_row=tag == "tr")
        if title is not None:
            self.extraction.front.append(("title", (title, self.extraction.length)))
        if (tag in HEADINGS or tag in {"li", "dd", "blockquote"}) and self.kinds:
            self.kinds.pop()
        elif tag in {"ul", "ol", "dl", "menu"} and self.counters:
            self.counters.pop()
        elif tag == "table" and self.layout:
            self.layout.pop()
        elif node is self.pre:
            self.pre = None
        self.marker = "" if tag == "li" else self.marker

    def _end_bold(self) -> None:
        start = self.bold.pop() if self.bold else self.extraction.length
        if not self.bold and self.extraction.length > start:
            self.extraction.strong.append((start, self.extraction.length))

    def _break(self) -> None:
        if self.begun is not None:
            self.extraction.write("\n")

    def _close(self, ends_row: bool = False) -> None:
        """End the block that is being written, if there is one; within a row only begin a new line."""
        if self.row is not None and not ends_row:
            if self.extraction.length > self.cell and not self.extraction.ends_with_space():
                self.extraction.write("\n")
            return
        if self.begun is not None:
            self._keep_block(self.begun)
        self.begun = None
        self.row = None
        self.extraction.start_line()

    def _keep_block(self, start: int) -> None:
        if self.in_furniture:
            self.extraction.block("furniture", start)
        elif self.row is not None:
            header = self.header and bool(self.row)
            self.extraction.block("row", start, cells=self.row, header=header, table=self.tables)
        elif self.pre is not None:
            self._keep_pre(self.pre, start)
        else:
            kind, level = self.kinds[-1] if self.kinds else ("paragraph", 0)
            self.extraction.block(kind, start, level)

    def _keep_pre(self, node: etree._Element, start: int) -> None:
        if node.find(".//code") is not None or CODE.search(node.get("class") or ""):
            self.extraction.block("code", start)
            return
        for block in plain_blocks(self.extraction.text()[start:]).blocks:
            cells = tuple((begin + start, end + start) for begin, end in block.cells)
            self.extraction.blocks.append(block._replace(start=block.start + start, end=block.end + start, cells=cells))

    def _words(self, words: str | None) -> None:
        """Write words with white space folded, opening a block if there is none."""
        if not words or self.outside:
            return
        if self.pre is None:
            words = _folded(words)
        if self.begun is None:
            words = words.lstrip(" \t\n\r\f") if self.pre is None else words.lstrip("\n")
            if not words:
                return
            self.extraction.start_line()
            self.extraction.place(self.paths.here())
            self.begun = self.extraction.length
            self.extraction.write(self.marker)
            self.marker = ""
        if self.pre is None and self.extraction.ends_with_space():
            words = words.lstrip(" ")
        self.extraction.write(words)


def _folded(words: str) -> str:
    """White space folded as a browser does, but for a log that was pasted into the page: its lines begin with times."""
    lines = LOGGED.split(words)
    if len(lines) < LOG:
        return SPACE.sub(" ", words)
    return "\n".join(SPACE.sub(" ", line) for line in lines)


class Paths:
    """Where the walk is: the way from the nearest element with an id, or from the root, to the block."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self.counts: list[dict[str, int]] = [{}]

    def enter(self, node: etree._Element) -> None:
        tag = node.tag
        if tag in INLINE:
            self.names.append(tag)
        else:
            count = self.counts[-1][tag] = self.counts[-1].get(tag, 0) + 1
            name = node.get("id")
            self.names.append(f"#{name}" if name else f"{tag}[{count}]" if count > 1 else tag)
        self.counts.append({})

    def leave(self) -> None:
        self.names.pop()
        self.counts.pop()

    def here(self) -> str:
        names = self.names
        while names and names[-1] in INLINE:
            names = names[:-1]
        anchor = next((i for i in range(len(names) - 1, -1, -1) if names[i].startswith("#")), None)
        return "/" + "/".join(names) if anchor is None else "/".join(names[anchor:])


def _number(value: str | None, default: int = 1) -> int:
    return int(value) if value and re.fullmatch(r"-?\d{1,6}", value.strip()) else default


def _is_layout(table: etree._Element) -> bool:
    """A table that lays out a page: it holds a table or headings."""
    return next((True for node in table.iter("table", *HEADINGS) if node is not table), False)


def _furniture(tree: etree._Element) -> Iterator[etree._Element]:
    yield from tree.iter("nav", "aside", "footer")
    for node in tree.iter("header"):
        if next(node.iter(*HEADINGS), None) is None:
            yield node
    yield from (node for node in tree.iter() if node.get("role") in FURNITURE_ROLES)
    yield from (node for node in _by_name(tree) if _is_slight(node))
    yield from _menus(tree)


def _by_name(tree: etree._Element) -> Iterator[etree._Element]:
    """What trafilatura discards by its class or id, paragraphs and inline elements aside."""
    from trafilatura.xpaths import OVERALL_DISCARD_XPATH  # takes half a second, so only where a page is read

    for expression in OVERALL_DISCARD_XPATH:
        found = cast("list[etree._Element]", expression(tree))
        yield from (node for node in found if node.tag in CONTAINERS)


def _is_slight(node: etree._Element) -> bool:
    """Half of it links, or at most three lines without a main heading."""
    length = _length(node)
    links = sum(_length(link) for link in node.iter("a"))
    return links * 2 >= length or (length <= 240 and next(node.iter("h1", "h2"), None) is None)


def _menus(tree: etree._Element) -> Iterator[etree._Element]:
    """Lists of links that stand before the first main heading."""
    for node in tree.iter("h1", "main", "article", "ul"):
        if node.tag != "ul":
            return
        links = [_length(link) for link in node.iter("a")]
        if len(links) >= 3 and sum(links) >= _length(node) * 0.8:
            yield node


def _length(node: etree._Element) -> int:
    """How many characters the text of an element has, white space aside where it stands alone."""
    return sum(len(words) for words in node.itertext() if not words.isspace())
