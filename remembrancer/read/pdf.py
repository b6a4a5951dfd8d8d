"""PDF: minutes as printed.

The rendition is the text layer in the order of the file, as PDFium gives it: one line for each paragraph,
hyphens at line ends kept. Places are pages. A page has no structure; it is told by what a reader of the page
sees:

    larger, bold, or numbered in another type, alone in its line   a heading; the larger the higher; what is only bold
                                                                   and is a sentence or has a label is none
    a line whose next word would still have fitted                 the last of its paragraph
    a bullet or a number at the start                              a list entry
    wide gaps between words in two lines or more                   rows of a table, a tab between cells
    the same words at the top or foot of most pages, page numbers  furniture

A page of images without text is a finding (``no-text-layer``), so are text that was recognised on a scan
(``recognised-text``), a locked and a damaged file. Images,
annotations, form fields and attached files are listed as not extracted.
"""

from __future__ import annotations

import ctypes
import re
import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import PurePosixPath
from typing import Final, NamedTuple, TypeVar

import pypdfium2
from pypdfium2 import raw

from remembrancer.model import Finding, Reading
from remembrancer.read.extraction import Extraction, reading
from remembrancer.read.form import Range
from remembrancer.read.house import House
from remembrancer.read.plaintext import BULLET, LABEL, NUMBER
from remembrancer.read.unread import nothing
from remembrancer.saying import remark

NAME: Final = "pdf"
VERSION: Final = 1
READER: Final = f"{NAME}/{VERSION}"

GAP: Final = 1.3
"""Of the line's height: what is further apart are two cells."""

BOLD = re.compile(r"bold|black|heavy|demi", re.IGNORECASE)
SIGNS = re.compile(r"wingdings|symbol|dingbats", re.IGNORECASE)
WORD = re.compile(r"\S+")
FOLIO = re.compile(r"\W*(?:page|seite|página|páxina|p\.)?\W*\d{1,4}\W*(?:(?:of|von|de|/)\W*\d{1,4})?\W*", re.IGNORECASE)
LABELLED = re.compile(r"[^\W\d_][^:.\n]{0,60}:\s+\S")
LONGEST_BOLD: Final = 8
"""Words of a bold line in the size of the text that may end like a sentence and be a heading."""
DIGITS = re.compile(r"\d+")
ANNOTATIONS: Final = {
    raw.FPDF_ANNOT_TEXT: remark("a note"),
    raw.FPDF_ANNOT_FREETEXT: remark("a note"),
    raw.FPDF_ANNOT_WIDGET: remark("a form field"),
    raw.FPDF_ANNOT_STAMP: remark("a stamp"),
    raw.FPDF_ANNOT_INK: remark("a drawing by hand"),
    raw.FPDF_ANNOT_FILEATTACHMENT: remark("a file"),
}
T = TypeVar("T")
ALONE: Final = threading.Lock()
"""PDFium may not be entered by two threads at once."""


class Line(NamedTuple):
    """A line of a page: its words, where it stands (points from the page's left and foot), its type.

    ``sign``: it begins with a sign from a font of signs, a bullet. ``cells``: where its words are that wide
    gaps part, if there are any gaps."""

    words: str
    left: float
    right: float
    foot: float
    height: float
    font: str
    strong: tuple[tuple[int, int], ...]
    sign: bool
    cells: tuple[tuple[int, int], ...] = ()

    @property
    def bold(self) -> bool:
        return sum(end - start for start, end in self.strong) >= len(self.words) - 1


class Page(NamedTuple):
    """``top`` is the page's height; ``images`` how many it shows; ``scanned``: one of them fills the page."""

    number: int
    top: float
    lines: list[Line]
    images: int
    scanned: bool


def recognises(data: bytes, path: str, house: House) -> bool:
    """By the header, which may stand anywhere in the first kilobyte, and files named as such that are none."""
    return b"%PDF-" in data[:1024] or (PurePosixPath(path).suffix.lower() == ".pdf" and bool(data.strip()))


def read(data: bytes, path: str, house: House) -> Reading:
    """The reading of a PDF; what cannot be opened gives an empty text and a finding."""
    extraction = Extraction()
    try:
        with ALONE:
            pages, findings = _pages(data, extraction)
    except pypdfium2.PdfiumError as error:
        return nothing(READER, data, _unopened(str(error)))
    write(pages, extraction)
    return reading(READER, extraction, path, house, [*findings, *_scans(pages)])


def write(pages: Sequence[Page], extraction: Extraction) -> None:
    """The blocks of all pages."""
    body = _Body(pages)
    for page in pages:
        extraction.start_line()
        extraction.place(remark("page %(n)s", n=page.number))
        for paragraph in _paragraphs(page, body):
            if len(paragraph) > 1 and paragraph[0].cells:
                body.tables += 1
                for row in paragraph:
                    _write_row(row, row is paragraph[0] and row.bold, body.tables, extraction)
            else:
                _write(paragraph, page, body, extraction)


def _unopened(error: str) -> Finding:
    if "assword" in error or "ecurity" in error:
        what = remark("The file is locked with a password.")
        return Finding("encrypted", what, remark("Save it without the password and read that."))
    what = remark("The file is damaged or is no PDF (%(error)s).", error=error.rstrip("."))
    return Finding("broken-pdf", what, remark("Open it in a PDF viewer, print it to PDF and read that."))


def _scans(pages: Sequence[Page]) -> list[Finding]:
    """At most one finding for all pages that hold next to no text, and one for those with recognised text."""
    bare = [page.number for page in pages if page.images and not _has_text(page)]
    recognised = [page.number for page in pages if page.scanned and _has_text(page)]
    findings = []
    if bare or not any(page.lines for page in pages):
        which = remark("The file holds no text.")
        if bare:
            which = remark("Without text, as scanned: page %(pages)s.", pages=_ranges(bare))
        advice = remark("Have the text recognised (OCR) and read the result; the original is kept.")
        findings.append(Finding("no-text-layer", which, advice, place=remark("page %(n)s", n=bare[0]) if bare else ""))
    if recognised:
        which = remark("A scan with recognised text, which may have errors: page %(pages)s.", pages=_ranges(recognised))
        advice = remark("Compare what matters with the image of the page.")
        findings.append(Finding("recognised-text", which, advice, place=remark("page %(n)s", n=recognised[0])))
    return findings


def _has_text(page: Page) -> bool:
    return sum(len(line.words) for line in page.lines) >= 20


def _ranges(numbers: Sequence[int]) -> str:
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1][1:] = [number]
        else:
            runs.append([number])
    return ", ".join("-".join(map(str, run)) for run in runs)


def _pages(data: bytes, extraction: Extraction) -> tuple[list[Page], list[Finding]]:
    """All pages; what they hold besides text is left out by name."""
    pages: list[Page] = []
    findings: list[Finding] = []
    document = pypdfium2.PdfDocument(data)
    try:
        _attachments(document, extraction)
        for index in range(len(document)):
            try:
                pages.append(_page(document, index, extraction))
            except pypdfium2.PdfiumError as error:
                what = remark("Page %(n)s cannot be read (%(error)s).", n=index + 1, error=error)
                findings.append(
                    Finding(
                        "broken-pdf",
                        what,
                        remark("Print the file to PDF again."),
                        place=remark("page %(n)s", n=index + 1),
                    )
                )
    finally:
        document.close()
    return pages, findings


def _attachments(document: pypdfium2.PdfDocument, extraction: Extraction) -> None:
    for index in range(document.count_attachments()):
        attachment = document.get_attachment(index)
        try:
            count = len(attachment.get_data())
        except pypdfium2.PdfiumError:
            count = 0
        extraction.leave_out(remark("an attached file"), attachment.get_name(), count)


def _page(document: pypdfium2.PdfDocument, index: int, extraction: Extraction) -> Page:
    page = document[index]
    text = page.get_textpage()
    try:
        images = [_share(image, page) for image in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=4)]
        for _ in images:
            extraction.leave_out(remark("an image"), remark("page %(n)s", n=index + 1), 0)
        for annotation in range(raw.FPDFPage_GetAnnotCount(page)):
            _annotation(page, annotation, index, extraction)
        return Page(index + 1, page.get_height(), list(_lines(text)), len(images), max(images, default=0) > 0.8)
    finally:
        text.close()
        page.close()


def _share(image: pypdfium2.PdfObject, page: pypdfium2.PdfPage) -> float:
    """How much of the page an image covers."""
    left, bottom, right, top = image.get_bounds()
    return float((right - left) * (top - bottom) / max(page.get_width() * page.get_height(), 1))


def _annotation(page: pypdfium2.PdfPage, annotation: int, index: int, extraction: Extraction) -> None:
    handle = raw.FPDFPage_GetAnnot(page, annotation)
    kind = ANNOTATIONS.get(raw.FPDFAnnot_GetSubtype(handle))
    raw.FPDFPage_CloseAnnot(handle)
    if kind:
        extraction.leave_out(kind, remark("page %(n)s", n=index + 1), 0)


def _lines(text: pypdfium2.PdfTextPage) -> Iterator[Line]:
    """The lines of a page in the order of the file. U+0002 is PDFium's sign for a hyphen at a line's end."""
    codes = (raw.FPDFText_GetUnicode(text, at) for at in range(text.count_chars()))
    whole = "".join("-" if code in {2, 0xFFFE} else chr(code) if code else "\ufffd" for code in codes)
    start = 0
    for words in whole.split("\r\n"):
        if words.strip():
            yield _line(text, start, words)
        start += len(words) + 2


def _line(text: pypdfium2.PdfTextPage, start: int, words: str) -> Line:
    parts = list(WORD.finditer(words))
    fonts = [_font(text, start + part.start()) for part in parts]
    boxes = [(box_of(text, start + part.start()), box_of(text, start + part.end() - 1)) for part in parts]
    sign = len(parts) > 1 and len(parts[0][0]) == 1 and bool(SIGNS.search(fonts[0]))
    folded = _paired(" ".join(part[0] for part in parts))
    spots = [match.span() for match in WORD.finditer(folded)]
    longest = max(range(sign, len(parts)), key=lambda index: len(parts[index][0]))
    telling = boxes[longest][0]
    height = abs(telling.top - telling.bottom)
    bold = [bool(BOLD.search(font)) for font in fonts]
    near = [after[0].left - before[1].right < GAP * height for before, after in pairwise(boxes)]
    cells = _joined(spots, near, [True] * len(spots))
    if NUMBER.match(folded) or BULLET.match(folded) or sign:
        cells = cells[1:] if len(cells) < 3 else [(cells[0][0], cells[1][1]), *cells[2:]]
    strong = _joined(spots, [True] * len(near), bold)
    return Line(
        folded,
        boxes[0][0].left,
        boxes[-1][1].right,
        telling.bottom,
        height,
        fonts[longest],
        tuple(strong),
        sign,
        tuple(cells if len(cells) > 1 else ()),
    )


def _joined(spots: Sequence[Range], joins: Sequence[bool], wanted: Sequence[bool]) -> list[Range]:
    """The ranges of neighbouring words that are wanted; ``joins`` says of each gap whether it joins."""
    found: list[Range] = []
    for index, spot in enumerate(spots):
        if wanted[index]:
            follows = index > 0 and wanted[index - 1] and joins[index - 1]
            found[-1:] = [(found[-1][0], spot[1])] if follows else [*found[-1:], spot]
    return found


def _paired(words: str) -> str:
    """PDFium gives characters beyond U+FFFF as two halves."""
    if not any("\ud800" <= letter <= "\udfff" for letter in words):
        return words
    return words.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def box_of(text: pypdfium2.PdfTextPage, at: int) -> raw.FS_RECTF:
    box = raw.FS_RECTF()
    raw.FPDFText_GetLooseCharBox(text, at, box)
    return box


def _font(text: pypdfium2.PdfTextPage, at: int) -> str:
    buffer, flags = ctypes.create_string_buffer(128), ctypes.c_int()
    raw.FPDFText_GetFontInfo(text, at, buffer, 128, flags)
    return buffer.value.decode("utf-8", "replace").rpartition("+")[2]


class _Body:
    """What is usual in a document: size, type, margins, running heads; and what stands out against it."""

    def __init__(self, pages: Sequence[Page]) -> None:
        lines = [line for page in pages for line in page.lines]
        self.tables = 0
        self.height = _usual((round(line.height, 1), len(line.words)) for line in lines) or 0.0
        self.font = _usual((line.font, len(line.words)) for line in lines) or ""
        self.bold = _usual((line.bold, len(line.words)) for line in lines) or False
        self.running = _running(pages)
        self.sizes = sorted({self.size(line) for line in lines if self._stands_out(line)}, reverse=True)
        self.margins = sorted({_column(line) for line in lines if _entry(line)})

    def size(self, line: Line) -> float:
        """The line's height, rounded so that headings of one style are equal."""
        return max(round(line.height), round(self.height))

    def _stands_out(self, line: Line) -> bool:
        bold = line.bold and not self.bold
        numbered = line.font != self.font and bool(NUMBER.match(line.words))
        return (
            len(line.words) <= 150
            and (self._larger(line) or bold or numbered)
            and sum(map(str.isalpha, line.words)) >= 3
        )

    def heading(self, line: Line) -> int:
        """The level of a heading, 0 for what is none."""
        if line.sign or BULLET.match(line.words) or not self._stands_out(line):
            return 0
        return self.sizes.index(self.size(line)) + 1

    def titles(self, paragraph: Sequence[Line]) -> bool:
        """Whether a paragraph that stands out is a heading: larger, or neither labelled nor a sentence."""
        words = " ".join(line.words for line in paragraph)
        if self._larger(paragraph[0]):
            return True
        sentence = words.endswith((".", ";")) and len(words.split()) > LONGEST_BOLD
        return not sentence and (bool(NUMBER.match(words)) or not LABELLED.match(words))

    def _larger(self, line: Line) -> bool:
        return line.height > self.height * 1.12

    def depth(self, line: Line) -> int:
        """The depth of a list entry, by how far it is set in."""
        return self.margins.index(_column(line)) + 1

    def is_furniture(self, line: Line, page: Page) -> bool:
        """A running head or a page number."""
        at_edge = line.foot > page.top * 0.9 or line.foot < page.top * 0.1
        return at_edge and (bool(FOLIO.fullmatch(line.words)) or DIGITS.sub("#", line.words) in self.running)


def _usual(counted: Iterator[tuple[T, int]]) -> T | None:
    counts: Counter[T] = Counter()
    for value, count in counted:
        counts[value] += count
    return counts.most_common(1)[0][0] if counts else None


def _running(pages: Sequence[Page]) -> set[str]:
    """What stands at the edge of at least half of the pages, numbers aside."""
    seen: Counter[str] = Counter()
    for page in pages:
        edge = (line for line in page.lines if not page.top * 0.1 <= line.foot <= page.top * 0.9)
        seen.update({DIGITS.sub("#", line.words) for line in edge})
    return {words for words, count in seen.items() if count >= 2 and count * 2 >= len(pages)}


def _entry(line: Line) -> bool:
    return line.sign or bool(BULLET.match(line.words) or NUMBER.match(line.words))


def _column(line: Line) -> int:
    return round(line.left / 9)


def _paragraphs(page: Page, body: _Body) -> Iterator[list[Line]]:
    margin = max((line.right for line in page.lines if not body.is_furniture(line, page)), default=0.0)
    paragraph: list[Line] = []
    for line in page.lines:
        if paragraph and not _goes_on(paragraph, line, page, body, margin):
            yield paragraph
            paragraph = []
        paragraph.append(line)
    if paragraph:
        yield paragraph


def _goes_on(paragraph: Sequence[Line], line: Line, page: Page, body: _Body, margin: float) -> bool:
    """Whether a line continues a paragraph."""
    last = paragraph[-1]
    if body.is_furniture(last, page) or body.is_furniture(line, page):
        return False
    step = last.foot - line.foot
    if bool(last.cells) != bool(line.cells):
        return False
    if last.cells:
        return 0.5 * line.height < step < 3 * line.height
    near = 0.5 * line.height < step < 1.7 * line.height and abs(last.height - line.height) < 0.1 * line.height
    if not near or body.heading(last) != body.heading(line):
        return False
    if _entry(line) or (LABEL.match(line.words) and not body.heading(line)):
        return False
    set_in = line.left - last.left
    if set_in > line.height and not (_entry(last) or body.heading(line)):
        return False
    return _is_full(last, line, margin)


def _is_full(last: Line, line: Line, margin: float) -> bool:
    """Whether the next line's first word would not have fitted; centred lines are as full as they look."""
    width = (line.right - line.left) / max(len(line.words), 1)
    word = len(line.words.split(" ", 1)[0]) + 1
    centred = abs((last.left + last.right) - (line.left + line.right)) < line.height and last.left != line.left
    return centred or last.right + word * width > margin * 0.98


def _write_row(line: Line, header: bool, table: int, extraction: Extraction) -> None:
    extraction.start_line()
    start, cells = extraction.length, list[Range]()
    for begin, end in line.cells:
        if cells:
            extraction.write("\t")
        cells.append((extraction.length, extraction.length + end - begin))
        extraction.write(line.words[begin:end])
    if line.bold:
        extraction.strong += cells
    extraction.block("row", start, cells=cells, header=header, table=table)


def _write(paragraph: Sequence[Line], page: Page, body: _Body, extraction: Extraction) -> None:
    """One paragraph as a line of the rendition and a block."""
    extraction.start_line()
    first, start = paragraph[0], extraction.length
    if first.sign:
        first = first._replace(words=first.words[2:], strong=tuple((a - 2, b - 2) for a, b in first.strong if a >= 2))
    for line in (first, *paragraph[1:]):
        if extraction.length > start:
            extraction.write(" ")
        extraction.strong += [(extraction.length + a, extraction.length + b) for a, b in line.strong]
        extraction.write(line.words)
    if body.is_furniture(paragraph[0], page):
        extraction.block("furniture", start)
    elif (level := body.heading(paragraph[0])) and body.titles(paragraph):
        extraction.block("heading", start, level)
    elif _entry(paragraph[0]):
        extraction.block("list", start, body.depth(paragraph[0]))
    else:
        extraction.block("paragraph", start)
