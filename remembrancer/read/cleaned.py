"""An HTML page without anything that could act: made anew from its tree, of nothing but words and a few bare tags.

Nothing of the page's markup is copied. Every tag that is written is one of ``KEPT``, without attributes but for the
whole numbers of tables and lists; every word is escaped. Scripts, styles and templates go with what is in them; links,
images, forms and drawings leave their words alone. What is not known is a plain block.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from html import escape
from typing import Final

from lxml import etree

from remembrancer.read.encoding import decode
from remembrancer.read.html import CHARSET, HEADINGS, INLINE, OUTSIDE, Paths, parse

KEPT: Final = frozenset(
    {
        *("p", "div", "blockquote", "pre", "ul", "ol", "li", "dl", "dt", "dd", "table", "caption", "thead"),
        *("tbody", "tfoot", "tr", "td", "th", "h3", "h4", "h5", "h6"),
        *("b", "strong", "i", "em", "u", "s", "del", "ins", "sub", "sup", "small", "code", "cite", "q", "mark"),
    }
)
"""The tags that may be written."""

WITHIN: Final = {
    **dict.fromkeys(("li",), ("ul", "ol", "menu")),
    **dict.fromkeys(("dt", "dd"), ("dl",)),
    **dict.fromkeys(("tr",), ("table", "thead", "tbody", "tfoot")),
    **dict.fromkeys(("thead", "tbody", "tfoot", "caption"), ("table",)),
    **dict.fromkeys(("td", "th"), ("tr",)),
}
"""Tags that mean something in these alone; elsewhere they are plain blocks."""

ALIKE: Final = {"strike": "s", "tt": "code", "samp": "code", "kbd": "code", "menu": "ul", "var": "i", "dfn": "i"}
NUMBERS: Final = {"td": ("colspan", "rowspan"), "th": ("colspan", "rowspan"), "ol": ("start",), "li": ("value",)}
WHOLE: Final = re.compile(r"\d{1,3}")
LARGEST: Final = 400_000
"""Bytes of the largest page that is shown so; larger ones are shown as text."""


def cleaned(data: bytes, marked: Collection[str] = ()) -> str:
    """The page as HTML that cannot act; the blocks whose places are in ``marked`` stand in ``mark``. Empty where the
    page is too large or holds nothing."""
    if len(data) > LARGEST:
        return ""
    declared = CHARSET.search(data[:4096])
    tree, _ = parse(decode(data, declared[1].decode("ascii", "replace") if declared else "").text)
    if tree is None:
        return ""
    page = _Page(frozenset(marked))
    for event, node in etree.iterwalk(tree, events=("start", "end", "comment", "pi")):
        if event == "start":
            page.start(node)
        elif event == "end":
            page.end(node)
        if event != "start":
            page.words(node.tail)
    return page.made()


class _Page:
    """The page that is being written; ``open`` are the tags of the elements that were begun and not ended, and
    ``outside`` counts those of which nothing is shown."""

    def __init__(self, marked: frozenset[str]) -> None:
        self._parts: list[str] = []
        self._marked = marked
        self._paths = Paths()
        self._open: list[str] = []
        self._headings = 0
        self._outside = 0
        self._first = True

    def start(self, node: etree._Element) -> None:
        """Begin an element, with its first words."""
        self._paths.enter(node)
        self._outside += node.tag in OUTSIDE
        tag = "" if self._headings and node.tag in HEADINGS else _tag(node)
        self._headings += node.tag in HEADINGS
        self._open.append(tag)
        if node.tag == "br":
            self._write("<br>")
        elif tag:
            self._write(f"<{tag}{_numbers(node, tag)}>")
        self.words(node.text)

    def end(self, node: etree._Element) -> None:
        """End an element."""
        if tag := self._open.pop():
            self._write(f"</{tag}>")
        self._headings -= node.tag in HEADINGS
        self._outside -= node.tag in OUTSIDE
        self._paths.leave()

    def words(self, words: str | None) -> None:
        """Write words, marked where they stand in a block that is."""
        if not words:
            return
        if self._marked and words.strip() and self._paths.names and self._paths.here() in self._marked:
            identity, self._first = (' id="mark"' if self._first else ""), self._first and bool(self._outside)
            self._write(f"<mark{identity}>{escape(words)}</mark>")
        else:
            self._write(escape(words))

    def made(self) -> str:
        """The whole page."""
        return "".join(self._parts)

    def _write(self, what: str) -> None:
        if not self._outside:
            self._parts.append(what)


def _tag(node: etree._Element) -> str:
    """The tag an element is written with; empty for none."""
    tag = str(node.tag)
    if not len(node) and not node.text and tag not in {"td", "th"}:
        return ""
    if tag in {"br", "html", "body", "head", "title"} or tag in OUTSIDE:
        return "p" if tag == "title" else ""
    if tag in HEADINGS:
        return f"h{min(HEADINGS[tag] + 2, 6)}" if "".join(map(str, node.itertext())).strip() else ""
    tag = ALIKE.get(tag, tag)
    parent = node.getparent()
    if tag in WITHIN and (parent is None or parent.tag not in WITHIN[tag]):
        return "div"
    if tag in KEPT and tag != "mark":
        return tag
    return "" if tag in INLINE or tag == "mark" else "div"


def _numbers(node: etree._Element, tag: str) -> str:
    """The attributes of tables and lists that are whole numbers."""
    told = ((name, node.get(name) or "") for name in NUMBERS.get(tag, ()))
    return "".join(f' {name}="{value}"' for name, value in told if WHOLE.fullmatch(value) and int(value))
