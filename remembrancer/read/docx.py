"""DOCX: minutes from Word, LibreOffice and the like (ECMA-376, strict and transitional).

The rendition is the text that Word shows with all insertions accepted, by a walk over every part that holds
text: the body in order, each text box after the paragraph it hangs on, each footnote and endnote after the
paragraph that refers to it, then comments, page headers and footers. Numbers of lists are written as Word
counts them. Tracked deletions, hidden text, images and embedded files are listed as not extracted. A place is
the way to a node: ``/body/p[12]``, ``/body/tbl[2]/tr[3]``, ``footnotes/footnote[2]/p``.

    w:p, style "heading 1" or an outline level     a heading
    w:p in a list                                  a list entry, its level the depth of the list
    w:tr                                           a row, a tab between cells
    w:r that is bold                               strong
    w:ins, w:sdt, w:hyperlink, w:fldSimple         their contents
    w:del, w:moveFrom, w:instrText                 no text
    footnotes, comments, headers, footers          furniture: nobody's speech
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Final, NamedTuple

from lxml import etree

from remembrancer.model import Finding, Reading
from remembrancer.read.blocks import Kind
from remembrancer.read.extraction import Extraction, reading
from remembrancer.read.house import House
from remembrancer.read.unread import nothing, size
from remembrancer.read.wordstyles import Numbering, Styles, W, is_on, numbered, outlined
from remembrancer.saying import remark

NAME: Final = "docx"
VERSION: Final = 1
READER: Final = f"{NAME}/{VERSION}"

PART_LIMIT: Final = 100_000_000
"""Bytes of one unpacked part that are read; the text of a long book takes 10 MB."""

MC: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
M: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
STRICT: Final = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", W[1:-1].encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/math", M[1:-1].encode()),
)
SIGNS: Final = {
    f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "\u2011",
    f"{W}softHyphen": "\xad",
}  # fmt: skip
GONE: Final = {f"{W}del": remark("a tracked deletion"), f"{W}moveFrom": remark("a passage moved elsewhere")}
MACHINERY = re.compile(
    r"\[Content_Types\]|_rels/|.*\.rels$|docProps/|customXml/|.*/(?:styles|stylesWithEffects|settings|webSettings|"
    r"fontTable|numbering|people|commentsExtended|commentsIds|commentsExtensible)\.xml$|.*/theme/|.*/fonts/|.*/$"
)
NOTES: Final = {f"{W}footnoteReference": "footnote", f"{W}endnoteReference": "endnote"}
PICTURES: Final = frozenset({f"{W}drawing", f"{W}pict", f"{W}object"})


def recognises(data: bytes, path: str, house: House) -> bool:
    """ZIP files that hold a Word document, and what is named so but is no old Word file."""
    if not data.startswith(b"PK"):
        return False
    named = PurePosixPath(path).suffix.lower() in {".docx", ".docm", ".dotx"}
    return named or b"word/document" in data[-65_536:]


def read(data: bytes, path: str, house: House) -> Reading:
    """The reading of a Word document; what cannot be opened gives an empty text and a finding."""
    try:
        package = _Package(data)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
        return nothing(READER, data, _broken(remark("The file is cut off or damaged: %(error)s.", error=error)))
    main = package.main()
    if main is None:
        what = remark("This is a ZIP archive, but no Word document: it has no document part.")
        return nothing(
            READER, data, Finding("not-docx", what, remark("Unpack it, or save the document as DOCX again."))
        )
    extraction = extract(package, main)
    faults = package.findings
    if not extraction.text().strip():
        faults.append(
            Finding(
                "no-text", remark("The document holds no text."), remark("If it is a scan, have its text recognised.")
            )
        )
    return reading(READER, extraction, path, house, faults)


def extract(package: _Package, main: str) -> Extraction:
    """The text and blocks of all parts."""
    folder = str(PurePosixPath(main).parent)
    document = _Document(package, folder)
    document.part(main, "")
    for name in package.parts(folder, "comments"):
        document.part(name, "comments")
    for stem in ("header", "footer"):
        for name in package.parts(folder, stem):
            document.part(name, PurePosixPath(name).stem)
    document.left_notes()
    if document.changes:
        package.findings.append(_unsettled(document.changes))
    package.leave_out(document.extraction, document.used)
    return document.extraction


def _unsettled(changes: int) -> Finding:
    what = remark(
        "%(changes)s tracked changes are neither accepted nor rejected; the text is read as if all were accepted.",
        changes=changes,
    )
    return Finding("tracked-changes", what, remark("Settle them in Word; the words deleted are only in the original."))


def _broken(what: str) -> Finding:
    return Finding("broken-docx", what, remark("Open it in Word or LibreOffice, save it again and read that."))


class _Package:
    """The ZIP archive and its XML parts."""

    def __init__(self, data: bytes) -> None:
        self.archive = zipfile.ZipFile(io.BytesIO(data))
        self.names = {info.filename: info for info in self.archive.infolist()}
        self.findings: list[Finding] = []

    def main(self) -> str | None:
        """The document part, by the package's relationships or its usual name."""
        relationships = self.tree("_rels/.rels")
        for node in [] if relationships is None else relationships:
            target = (node.get("Target") or "").lstrip("/")
            if (node.get("Type") or "").endswith("/officeDocument") and target in self.names:
                return target if self.names[target].file_size and "word" in target.lower() else None
        return "word/document.xml" if "word/document.xml" in self.names else None

    def parts(self, folder: str, stem: str) -> list[str]:
        """Parts such as ``header1.xml`` in order of their numbers."""
        pattern = re.compile(rf"{re.escape(folder)}/{stem}(\d*)\.xml")
        found = [(int(match[1] or 0), name) for name in self.names if (match := pattern.fullmatch(name))]
        return [name for _, name in sorted(found)]

    def tree(self, name: str) -> etree._Element | None:
        """The tree of a part; None if there is none. What is broken is read as far as it goes."""
        data = self._bytes(name)
        if not data:
            return None
        for strict, transitional in STRICT:
            data = data.replace(strict, transitional)
        try:
            return etree.fromstring(data, _parser(recover=False))
        except etree.XMLSyntaxError as error:
            self.findings.append(
                _broken(
                    remark("%(name)s is broken (%(error)s); what follows may be missing.", name=name, error=error.msg)
                )
            )
        try:
            return etree.fromstring(data, _parser(recover=True))
        except etree.XMLSyntaxError:
            return None

    def _bytes(self, name: str) -> bytes:
        if name not in self.names:
            return b""
        try:
            with self.archive.open(name) as part:
                data = part.read(PART_LIMIT + 1)
        except RuntimeError:
            self.findings.append(
                Finding(
                    "encrypted",
                    remark("%(name)s is locked with a password.", name=name),
                    remark("Save it without one."),
                )
            )
            return b""
        except (zipfile.BadZipFile, NotImplementedError, OSError, EOFError, ValueError, zlib.error) as error:
            self.findings.append(_broken(remark("%(name)s is damaged: %(error)s.", name=name, error=error)))
            return b""
        if len(data) > PART_LIMIT:
            what = remark("%(name)s unpacks to more than %(size)s; it is not read.", name=name, size=size(PART_LIMIT))
            self.findings.append(
                Finding("too-large", what, remark("Check where this file came from before opening it."))
            )
            return b""
        return data

    def leave_out(self, extraction: Extraction, used: set[str]) -> None:
        """List every part that was not read and is more than the machinery of the format."""
        for name, info in self.names.items():
            if name not in used and not MACHINERY.match(name):
                extraction.leave_out(_kind_of_part(name), name, info.file_size)


def _kind_of_part(name: str) -> str:
    if "/media/" in name:
        return remark("an image")
    if "/embeddings/" in name or "/activeX/" in name:
        return remark("an embedded file")
    if "/charts/" in name or "/diagrams/" in name:
        return remark("a part of a chart or diagram")
    return remark("a macro program") if name.endswith("vbaProject.bin") else remark("a part")


def _parser(recover: bool) -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=recover)


class _Line(NamedTuple):
    """What holds for all runs of a paragraph: where it is, and whether its style is bold."""

    path: str
    bold: bool


class _Document:
    """The walk over the parts of one document."""

    def __init__(self, package: _Package, folder: str) -> None:
        self.package = package
        self.folder = folder
        self.extraction = Extraction()
        self.styles = Styles(package.tree(f"{folder}/styles.xml"))
        self.numbering = Numbering(package.tree(f"{folder}/numbering.xml"))
        self.notes = {kind: self._notes(kind) for kind in ("footnote", "endnote")}
        self.used = {f"{folder}/footnotes.xml", f"{folder}/endnotes.xml"}
        self.tables = 0
        self.changes = 0
        self.furniture = False
        self.boxes: list[etree._Element] = []
        self.cited: list[tuple[str, str]] = []
        self.line: _Line = _Line("", False)

    def _notes(self, kind: str) -> dict[str, etree._Element]:
        root = self.package.tree(f"{self.folder}/{kind}s.xml")
        ordinary = {None, "normal"}
        nodes = [] if root is None else [n for n in root.iter(f"{W}{kind}") if n.get(f"{W}type") in ordinary]
        return {node.get(f"{W}id") or "": node for node in nodes}

    def part(self, name: str, path: str) -> None:
        """Write one part; all but the body are furniture."""
        self.used.add(name)
        root = self.package.tree(name)
        if root is not None:
            self.furniture = bool(path)
            self._children(root, path)

    def left_notes(self) -> None:
        """Notes that no paragraph refers to."""
        for kind, notes in self.notes.items():
            for number in list(notes):
                self._note(kind, number)

    def _children(self, node: etree._Element, path: str) -> None:
        counts: dict[str, int] = {}
        for child in node.iterchildren(tag=etree.Element):
            name = etree.QName(child).localname
            counts[name] = counts.get(name, 0) + 1
            self._element(child, f"{path}/{name}" + (f"[{counts[name]}]" if counts[name] > 1 else ""))

    def _element(self, node: etree._Element, path: str) -> None:
        """An element that holds paragraphs."""
        tag = node.tag
        if tag == f"{W}p":
            self._paragraph(node, path)
        elif tag == f"{W}tbl" and not self._is_layout(node):
            self.tables += 1
            for index, row in enumerate(_within(node, f"{W}tr"), 1):
                self._row(row, f"{path}/tr[{index}]")
        elif tag in GONE:
            self._gone(node, path)
        elif tag == f"{MC}AlternateContent":
            self._children(_one_of(node), path)
        elif not str(tag).endswith(("Pr", "PrEx")):
            self._children(node, path)

    def _paragraph(self, node: etree._Element, path: str) -> None:
        properties = node.find(f"{W}pPr")
        style = _style_of(properties, "pStyle")
        self.extraction.start_line()
        self.extraction.place(path)
        start = self.extraction.length
        depth = self._begin(node, properties, style)
        self.line = _Line(path, self.styles.bold(style))
        self._inline(node)
        kind, level = self._kind(properties, style, depth)
        self.extraction.block(kind, start, level)
        self.extraction.start_line()
        self._hanging()

    def _begin(self, node: etree._Element, properties: etree._Element | None, style: str) -> int:
        """Write the number of a list entry, if it has words; its depth, or 0 for what is in no list."""
        number = numbered(properties) or self.styles.number(style)
        if number is None or number[0] in {"", "0"}:
            return 0
        written = self.numbering.next(*number)
        if written and any(words.text for words in node.iter(f"{W}t")):
            self.extraction.write(f"{written} ")
        return number[1] + 1

    def _kind(self, properties: etree._Element | None, style: str, depth: int) -> tuple[Kind, int]:
        if self.furniture:
            return "furniture", 0
        outline = outlined(properties)
        outline = self.styles.outline(style) if outline is None else outline
        if outline:
            return "heading", outline
        if self.styles.is_title(style):
            return "heading", 1
        return ("list", depth) if depth else ("paragraph", 0)

    def _inline(self, node: etree._Element) -> None:
        """The runs of a paragraph, through whatever wraps them."""
        self.changes += node.tag == f"{W}ins"
        for child in node.iterchildren(tag=etree.Element):
            tag = child.tag
            if tag == f"{W}r":
                self._run(child)
            elif tag in GONE:
                self._gone(child, self.line.path)
            elif tag == f"{MC}AlternateContent":
                self._inline(_one_of(child))
            elif tag in {f"{M}t", f"{W}t"}:
                self.extraction.write(_text_of(child))
            elif tag in PICTURES:
                self.boxes += _boxes(child)
            elif not str(tag).endswith("Pr"):
                self._inline(child)

    def _run(self, node: etree._Element) -> None:
        properties = node.find(f"{W}rPr")
        style = _style_of(properties, "rStyle")
        if self._says(properties, "vanish", self.styles.hidden(style)):
            self._leave_out(remark("a hidden text"), node, self.line.path)
            return
        start = self.extraction.length
        self._contents(node)
        if self._says(properties, "b", self.styles.bold(style) or self.line.bold):
            self._embolden(start)

    def _contents(self, node: etree._Element) -> None:
        for child in node.iterchildren(tag=etree.Element):
            tag = child.tag
            if tag == f"{W}t":
                self.extraction.write(_text_of(child))
            elif tag in SIGNS:
                self.extraction.write(SIGNS[tag])
            elif tag in NOTES:
                self.cited.append((NOTES[tag], child.get(f"{W}id") or ""))
            elif tag == f"{MC}AlternateContent":
                self._contents(_one_of(child))
            elif tag in PICTURES:
                self.boxes += _boxes(child)
            elif tag == f"{W}ruby":
                self._inline(child)
            elif tag == f"{W}sym":
                self.extraction.leave_out(remark("a symbol"), f"{self.line.path} ({child.get(f'{W}char')})", 0)

    def _says(self, properties: etree._Element | None, switch: str, inherited: bool) -> bool:
        said = None if properties is None else is_on(properties.find(f"{W}{switch}"))
        return inherited if said is None else said

    def _embolden(self, start: int) -> None:
        """Bold runs that meet, or that only a space parts, are one."""
        strong = self.extraction.strong
        if strong and start - strong[-1][1] <= 0:
            strong[-1] = (strong[-1][0], self.extraction.length)
        elif self.extraction.length > start:
            strong.append((start, self.extraction.length))

    def _hanging(self) -> None:
        """The text boxes and notes of the paragraph just written."""
        boxes, self.boxes = self.boxes, []
        cited, self.cited = self.cited, []
        path = self.line.path
        for index, box in enumerate(boxes, 1):
            self._children(box, f"{path}/txbxContent" + (f"[{index}]" if index > 1 else ""))
        for kind, number in cited:
            self._note(kind, number)

    def _note(self, kind: str, number: str) -> None:
        node = self.notes[kind].pop(number, None)
        if node is not None:
            furniture, self.furniture = self.furniture, True
            self._children(node, f"{kind}s/{kind}[{number}]")
            self.furniture = furniture

    def _is_layout(self, table: etree._Element) -> bool:
        """A frame around one cell, or a table that holds headings or tables."""
        if next((node for node in table.iter(f"{W}tbl") if node is not table), None) is not None:
            return True
        properties = (node.find(f"{W}pPr") for node in table.iter(f"{W}p"))
        if any(outlined(p) or self.styles.outline(_style_of(p, "pStyle")) for p in properties):
            return True
        return len(list(_within(table, f"{W}tc"))) == 1

    def _row(self, row: etree._Element, path: str) -> None:
        self.extraction.start_line()
        self.extraction.place(path)
        start = self.extraction.length
        cells: list[tuple[int, int]] = []
        self.line = _Line(path, False)
        for index, cell in enumerate(_within(row, f"{W}tc")):
            if index:
                self.extraction.write("\t")
            begun = self.extraction.length
            self._cell(cell)
            cells.append((begun, self.extraction.length))
        header = row.find(f"{W}trPr/{W}tblHeader") is not None
        if self.furniture:
            self.extraction.block("furniture", start)
        else:
            self.extraction.block("row", start, cells=cells, header=header, table=self.tables)
        self.extraction.start_line()
        self._hanging()

    def _cell(self, cell: etree._Element) -> None:
        begun = self.extraction.length
        for paragraph in _within(cell, f"{W}p"):
            if self.extraction.length > begun and not self.extraction.ends_with_space():
                self.extraction.write("\n")
            properties = paragraph.find(f"{W}pPr")
            style = _style_of(properties, "pStyle")
            self._begin(paragraph, properties, style)
            self.line = self.line._replace(bold=self.styles.bold(style))
            self._inline(paragraph)

    def _gone(self, node: etree._Element, path: str) -> None:
        self.changes += 1
        self._leave_out(GONE[str(node.tag)], node, path)

    def _leave_out(self, kind: str, node: etree._Element, path: str) -> None:
        words = "".join(_text_of(part) for part in node.iter(f"{W}t", f"{W}delText"))
        if words:
            self.extraction.leave_out(kind, path, len(words.encode()))


def _style_of(properties: etree._Element | None, name: str) -> str:
    node = None if properties is None else properties.find(f"{W}{name}")
    return "" if node is None else node.get(f"{W}val") or ""


def _within(node: etree._Element, tag: str) -> Iterator[etree._Element]:
    """The nearest descendants of a kind, through whatever wraps them, deletions aside."""
    for child in node.iterchildren(tag=etree.Element):
        if child.tag == tag:
            yield child
        elif child.tag == f"{MC}AlternateContent":
            yield from _within(_one_of(child), tag)
        elif child.tag not in GONE:
            yield from _within(child, tag)


def _one_of(alternatives: etree._Element) -> etree._Element:
    """The choice, or the fallback where only that holds words; never both, as they say the same."""
    choice = alternatives.find(f"{MC}Choice")
    fallback = alternatives.find(f"{MC}Fallback")
    if choice is not None and (fallback is None or _has_words(choice) or not _has_words(fallback)):
        return choice
    return alternatives if fallback is None else fallback


def _text_of(node: etree._Element) -> str:
    """The words of a text node, also where a comment or an entity stands among them."""
    return (node.text or "") + "".join(child.tail or "" for child in node)


def _has_words(node: etree._Element) -> bool:
    return any(words.text for words in node.iter(f"{W}t"))


def _boxes(picture: etree._Element) -> Iterator[etree._Element]:
    yield from _within(picture, f"{W}txbxContent")
