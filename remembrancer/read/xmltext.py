"""XML made text: one walk over the whole tree, shared by the readers of XML formats.

The text of every element is written in document order, white space folded, an element that is not inline on
a line of its own; the ranges of elements and the places (a node path, or what the format calls a page or
column) are kept beside it. Attributes are no letters unless the format says so, and then as words::

    <speech by="#b"><p>I   object<br/>to <i>this</i>.</p></speech>

becomes the lines ``I object`` and ``to this.``, both at the place ``speech[1]/p[1]``.

Nothing is fetched and no file is opened: external entities and DTDs stay unread, entities are expanded only
within libxml2's bound. What cannot be parsed is recovered, the rest is appended as it stands, and a finding says where
the document broke.
"""

from __future__ import annotations

import html.entities
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any, NamedTuple

from lxml import etree

from remembrancer.model import Finding, Reading, Rendition
from remembrancer.read.encoding import decode
from remembrancer.read.form import LETTER, Form, Range, places_in_bytes
from remembrancer.saying import remark

EXTRACTOR = "xmltext/1"

Element = Any
"""An lxml element; its type is private to lxml."""

_PROLOG = re.compile(r"\s+|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>", re.DOTALL)
_ROOT = re.compile(r"<(?:[\w.-]+:)?([\w.-]+)([^>]*)")
_DECLARED = re.compile(rb"<\?xml[^>]*?encoding\s*=\s*[\"']([\w.-]+)")
_INVALID = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_REFERENCE = re.compile(r"&(?:([A-Za-z_:][\w:.-]*);|(?!#\d+;|#x[0-9A-Fa-f]+;))")
_INTERNAL = re.compile(r"<!ENTITY\s+([\w:.-]+)\s+[\"']")
_PREDEFINED = frozenset({"amp", "lt", "gt", "quot", "apos"})
_STOPPED = frozenset({"ERR_RESOURCE_LIMIT", "ERR_DOCUMENT_END", "ERR_INTERNAL_ERROR"})
_HARMLESS = frozenset(
    {"NS_ERR_XML_NAMESPACE", "ERR_UNDECLARED_ENTITY", "DTD_XMLID_VALUE", "NS_ERR_UNDEFINED_NAMESPACE"}
)


class Parsed(NamedTuple):
    """``remainder``: source text after the point where parsing stopped; all of it when ``root`` is None."""

    root: Element | None
    remainder: str
    findings: tuple[Finding, ...]


def _nothing(element: Element) -> str:
    return ""


class Shape(NamedTuple):
    """What a format says of its elements, by local name.

    ``inline``: elements that do not break a line. ``skipped``: elements that are no proceedings, with what
    they are. ``milestone``: the page or column that begins with an element, or the empty string.
    ``words``: words to write before an element's content, from its attributes.
    """

    inline: frozenset[str]
    skipped: Mapping[str, str] = MappingProxyType({})
    milestone: Callable[[Element], str] = _nothing
    words: Callable[[Element], str] = _nothing


class XmlText(NamedTuple):
    """The text of a tree with the character range of each element in it."""

    text: str
    ranges: dict[Element, Range]
    places: list[tuple[int, str]]
    not_extracted: tuple[str, ...]


def root_tag(data: bytes) -> tuple[str, str]:
    """Local name and attributes of the root element, from the first 64 kB; empty if it is no XML."""
    head = data[:65_536]
    text = head.decode("utf-16" if head[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8", "replace").lstrip("\ufeff")
    position = 0
    while prolog := _PROLOG.match(text, position):
        position = prolog.end()
    root = _ROOT.match(text, position)
    return (root[1], root[2]) if root else ("", "")


def local_name(element: Element) -> str:
    """The tag without its namespace; empty for comments and processing instructions."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def parse(data: bytes) -> Parsed:
    """The tree of an XML document, as much of it as can be recovered."""
    declared = _DECLARED.search(data[:200])
    decoded = decode(data, declared[1].decode() if declared else "")
    source = _INVALID.sub(" ", decoded.text.lstrip("\ufeff"))
    findings = [replace(finding, span=None, place="") for finding in decoded.findings]
    root, errors = _parse(source)
    if any(error.type_name == "ERR_RESOURCE_LIMIT" for error in errors):
        source, left = _without_entities(source, every=True)
        findings += _entity_findings(left)
        root, errors = _parse(source, huge=True)
    elif any("ENTITY" in error.type_name or "EntityRef" in error.message for error in errors):
        source, left = _without_entities(source, every=False)
        findings += _entity_findings(left)
        root, errors = _parse(source)
    broken = [error for error in errors if error.type_name not in _HARMLESS]
    remainder = source if root is None else _remainder(source, broken)
    if broken or root is None:
        findings.append(_broken(broken, root is None, bool(remainder)))
    return Parsed(root, remainder, tuple(findings))


def extract(root: Element, shape: Shape) -> XmlText:
    """Walk the whole tree."""
    return _Walk(shape).walk(root)


def start(parsed: Parsed, shape: Shape, language: str = "") -> tuple[Form, XmlText]:
    """The form of a document, with its text laid out and its findings in place."""
    laid = extract(parsed.root, shape) if parsed.root is not None else XmlText("", {}, [], ())
    text, places = laid.text, laid.places
    if parsed.remainder:
        end = len(text) + 1 if text else 0
        text = f"{text}\n{parsed.remainder}" if text else parsed.remainder
        places = [*places, (end, remark("after the document broke"))]
    form = Form(text, places, language)
    if parsed.remainder:
        _mark_tags(form, end)
    for finding in parsed.findings:
        form.finding(finding.code, finding.message, finding.advice)
    if not LETTER.search(text):
        form.finding(
            "no-text",
            remark("The document holds no text, only elements and attributes."),
            remark("Nothing is to be done."),
        )
    return form, laid._replace(text=text, places=places)


def reading(reader: str, form: Form, laid: XmlText) -> Reading:
    """The reading of an XML document whose form is filled in."""
    places = places_in_bytes(laid.text, laid.places)
    rendition = Rendition(laid.text.encode(), EXTRACTOR, places, laid.not_extracted)
    return Reading(reader, rendition, form.finish())


def around(outer: Range, inner: Iterable[Range]) -> list[Range]:
    """A range without the ranges inside it, in order."""
    free: list[Range] = []
    position = outer[0]
    for begin, end in inner:
        if position < begin:
            free.append((position, begin))
        position = max(position, end)
    if position < outer[1]:
        free.append((position, outer[1]))
    return free


class _Walk:
    """Writes the text of a tree; white space between words waits until a word follows it."""

    def __init__(self, shape: Shape) -> None:
        self.shape = shape
        self.parts: list[str] = []
        self.length = 0
        self.waiting = ""
        self.ranges: dict[Element, Range] = {}
        self.places: list[tuple[int, str]] = []
        self.paths: list[str] = []
        self.counts: list[dict[str, int]] = [{}]
        self.milestone = ""
        self.skipped: dict[str, int] = {}
        self.asides = 0

    def walk(self, root: Element) -> XmlText:
        walker = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
        for event, element in walker:
            if event == "start":
                if local_name(element) in self.shape.skipped and element is not root:
                    self._skip(element)
                    walker.skip_subtree()
                else:
                    self._open(element)
            elif event == "end" and element in self.ranges:
                self._close(element)
            elif event in {"comment", "pi"}:
                self.asides += 1
            if event != "start" and element is not root:
                self._put(element.tail)
        return XmlText("".join(self.parts), self.ranges, self.places, self._not_extracted())

    def _open(self, element: Element) -> None:
        name = local_name(element)
        self.milestone = self.shape.milestone(element) or self.milestone
        if name not in self.shape.inline:
            self._break()
        count = self.counts[-1][name] = self.counts[-1].get(name, 0) + 1
        parent = self.paths[-1] if self.paths else ""
        inline = name in self.shape.inline or not self.paths
        self.paths.append(parent if inline else f"{parent}/{name}[{count}]".lstrip("/"))
        self.counts.append({})
        self.ranges[element] = (self.length, self.length)
        if words := self.shape.words(element):
            self._put(words)
            self._break()
        self._put(element.text)

    def _close(self, element: Element) -> None:
        self.ranges[element] = (self.ranges[element][0], self.length)
        self.counts.pop()
        self.paths.pop()
        if local_name(element) not in self.shape.inline:
            self._break()

    def _skip(self, element: Element) -> None:
        letters = sum(len(LETTER.findall(text)) for text in element.itertext() if isinstance(text, str))
        name = local_name(element)
        self.skipped[name] = self.skipped.get(name, 0) + letters

    def _put(self, text: str | None) -> None:
        if not text:
            return
        words = text.split()
        if text[0].isspace() and not self.waiting:
            self.waiting = " "
        if not words:
            return
        label = self.milestone or _short(self.paths[-1] if self.paths else "") or "the root"
        if not self.places or self.places[-1][1] != label:
            self.places.append((self.length, label))
        piece = (self.waiting if self.length else "") + " ".join(words)
        self.waiting = " " if text[-1].isspace() else ""
        self.parts.append(piece)
        self.length += len(piece)

    def _break(self) -> None:
        self.waiting = "\n"

    def _not_extracted(self) -> tuple[str, ...]:
        kinds: dict[str, list[str]] = {}
        for name in self.skipped:
            kinds.setdefault(self.shape.skipped[name], []).append(name)
        listed = [
            f"{', '.join(names)}: "
            + remark("%(kind)s, %(n)s letters", kind=kind, n=sum(self.skipped[name] for name in names))
            for kind, names in kinds.items()
        ]
        if self.asides:
            listed.append(remark("comments and processing instructions: %(n)s", n=self.asides))
        return tuple(listed)


def _short(path: str) -> str:
    """A path without its middle where nesting makes it unreadable."""
    return path if len(path) <= 200 else f"{path[:80]}/\u2026/{path[-80:]}"


def _parse(source: str, huge: bool = False) -> tuple[Element | None, list[Any]]:
    parser = etree.XMLParser(
        encoding="utf-8",
        recover=True,
        no_network=True,
        load_dtd=False,
        resolve_entities="internal",  # type: ignore[arg-type]  # since lxml 5
        huge_tree=huge,
    )
    try:
        root = etree.fromstring(source.encode(), parser)
    except etree.XMLSyntaxError:
        root = None
    return root, list(parser.error_log)


def _without_entities(source: str, every: bool) -> tuple[str, set[str]]:
    """The source with references that have no meaning (or all) spelt out, and their names."""
    declared = set() if every else set(_INTERNAL.findall(source))
    left: set[str] = set()

    def spelt(match: re.Match[str]) -> str:
        name = match[1]
        if name in _PREDEFINED or name in declared:
            return match[0]
        if name is None:
            return "&amp;"
        if name in html.entities.name2codepoint:
            return f"&#{html.entities.name2codepoint[name]};"
        left.add(name)
        return f"&amp;{name};"

    position = 0
    while prolog := _PROLOG.match(source, position):
        position = prolog.end()
    outside, *sections = source[position:].split("<![CDATA[")
    parts = [source[:position], _REFERENCE.sub(spelt, outside)]
    for section in sections:
        inside, end, outside = section.partition("]]>")
        parts += ["<![CDATA[", inside, end, _REFERENCE.sub(spelt, outside)]
    return "".join(parts), left


def _entity_findings(names: set[str]) -> list[Finding]:
    if not names:
        return []
    listed = ", ".join(sorted(names)[:5])
    return [
        Finding(
            "entity-not-expanded",
            remark(
                "Entities left as they are written, because they are undeclared, external or too large: %(listed)s.",
                listed=listed,
            ),
            remark("Nothing outside the file is read; replace the entities by their text if they matter."),
        )
    ]


def _remainder(source: str, errors: list[Any]) -> str:
    stop = next((error for error in errors if error.type_name in _STOPPED), None)
    if stop is None:
        return ""
    lines = source.split("\n", stop.line)
    offset = sum(len(line) + 1 for line in lines[: stop.line - 1])
    line = lines[stop.line - 1] if stop.line <= len(lines) else ""
    before = line.encode()[: max(stop.column - 1, 0)].decode(errors="ignore")
    rest = source[offset + len(before) :]
    return rest if LETTER.search(rest) else ""


def _broken(errors: list[Any], nothing: bool, remainder: bool) -> Finding:
    what = remark("The XML breaks off")
    if errors:
        first = errors[0]
        what = remark(
            "The XML breaks off at line %(n)s, column %(m)s: %(error)s",
            n=first.line,
            m=first.column,
            error=first.message.strip(),
        )
    if nothing:
        kept = remark("%(what)s. The file was kept as plain text.", what=what)
    elif remainder:
        kept = remark("%(what)s. What follows that point was kept as plain text.", what=what)
    else:
        kept = remark("%(what)s. What stands before and after it was read.", what=what)
    return Finding(
        "broken-xml",
        kept,
        remark("Ask for the file again, or correct that line."),
    )


def _mark_tags(form: Form, begin: int) -> None:
    for tag in re.finditer(r"<[/!?A-Za-z][^<>]*>", form.text[begin:]):
        form.markup(begin + tag.start(), begin + tag.end())
