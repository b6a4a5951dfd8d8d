"""Pages of a PDF as pictures, and where on a page its words stand.

The words of a page are found by their letters and digits: a rendition keeps those of the text layer in order, whatever
a reader makes of lines, hyphens and gaps. What is not found is not marked.
"""

from __future__ import annotations

import ctypes
import struct
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Final, NamedTuple

import pypdfium2
from pypdfium2 import raw

from remembrancer.read.pdf import ALONE, box_of

WIDTH: Final = 1240
"""Pixels from side to side of a picture: A4 at 150 to the inch."""

TALLEST: Final = 3000
"""Pixels from top to foot at most, so that no page asks for more memory than a page should."""

NEAR: Final = 400
"""Letters by which a text layer may have more or fewer than a rendition before the words that are looked for."""


class Box(NamedTuple):
    """A rectangle on the picture of a page, in pixels from its top left."""

    left: int
    top: int
    width: int
    height: int


class Wanted(NamedTuple):
    """Words to be found on a page, and all that the rendition has of the page before them."""

    before: str
    words: str


class Sheet(NamedTuple):
    """How large the picture of a page is, and the boxes around the words that were looked for."""

    width: int
    height: int
    boxes: tuple[Box, ...]


def count(data: bytes) -> int:
    """How many pages a PDF has; 0 where it cannot be opened."""
    try:
        with _opened(data) as document:
            return len(document)
    except pypdfium2.PdfiumError:
        return 0


def picture(data: bytes, number: int) -> bytes | None:
    """Page ``number`` as PNG; None where there is no such page or it cannot be shown."""
    try:
        with _opened(data) as document, _page(document, number) as page:
            bitmap = page.render(scale=_scale(page), rev_byteorder=True)
            rows = bytes(bitmap.buffer)
            step, width = bitmap.stride, bitmap.width * bitmap.n_channels
            lines = (rows[at : at + width] for at in range(0, step * bitmap.height, step))
            return _png(bitmap.width, bitmap.height, bitmap.n_channels, lines)
    except (pypdfium2.PdfiumError, IndexError):
        return None


def sheet(data: bytes, number: int, wanted: Iterable[Wanted] = ()) -> Sheet | None:
    """The size of a page's picture and where on it the words that are wanted stand; None where there is no such
    page."""
    try:
        with _opened(data) as document, _page(document, number) as page:
            scale = _scale(page)
            size = round(page.get_width() * scale), round(page.get_height() * scale)
            text = page.get_textpage()
            try:
                found = [at for each in wanted for at in _found(text, _letters(each.before), _letters(each.words))]
                boxes = tuple(_joined(_on_picture(page, text, at, size) for at in found))
            finally:
                text.close()
            return Sheet(*size, boxes)
    except (pypdfium2.PdfiumError, IndexError):
        return None


@contextmanager
def _opened(data: bytes) -> Iterator[pypdfium2.PdfDocument]:
    with ALONE:
        document = pypdfium2.PdfDocument(data)
        try:
            yield document
        finally:
            document.close()


@contextmanager
def _page(document: pypdfium2.PdfDocument, number: int) -> Iterator[pypdfium2.PdfPage]:
    """A page by its number from 1; IndexError where there is none."""
    if not 1 <= number <= len(document):
        raise IndexError(number)
    page = document[number - 1]
    try:
        yield page
    finally:
        page.close()


def _scale(page: pypdfium2.PdfPage) -> float:
    return float(min(WIDTH / max(page.get_width(), 1), TALLEST / max(page.get_height(), 1)))


def _letters(text: str) -> str:
    """Letters and digits; those that PDFium gives as two halves are left out, as the text layer's are."""
    return "".join(letter for letter in text if letter.isalnum() and letter <= "\uffff")


def _found(text: pypdfium2.PdfTextPage, before: str, words: str) -> Sequence[int]:
    """The characters of the text layer that are the letters of ``words``; none where they do not stand there."""
    if not words:
        return ()
    codes = [raw.FPDFText_GetUnicode(text, at) for at in range(text.count_chars())]
    kept = [at for at, code in enumerate(codes) if 0 < code <= 0xFFFF and chr(code).isalnum()]
    layer = "".join(chr(codes[at]) for at in kept)
    start = len(before)
    if not layer.startswith(words, start):
        start = layer.find(words, max(0, start - NEAR), start + NEAR + len(words))
    return kept[start : start + len(words)] if start >= 0 else ()


def _on_picture(page: pypdfium2.PdfPage, text: pypdfium2.PdfTextPage, at: int, size: tuple[int, int]) -> Box:
    """Where a character stands on the picture, however the page is turned or cut."""
    box = box_of(text, at)
    (x0, y0), (x1, y1) = (_pixel(page, size, x, y) for x, y in ((box.left, box.top), (box.right, box.bottom)))
    return Box(min(x0, x1), min(y0, y1), abs(x1 - x0), abs(y1 - y0))


def _pixel(page: pypdfium2.PdfPage, size: tuple[int, int], x: float, y: float) -> tuple[int, int]:
    across, down = ctypes.c_int(), ctypes.c_int()
    raw.FPDF_PageToDevice(page, 0, 0, *size, 0, x, y, across, down)
    return across.value, down.value


def _joined(boxes: Iterator[Box]) -> Iterator[Box]:
    """One box for the characters of each line."""
    line: Box | None = None
    for box in boxes:
        if line is not None and _same_line(line, box):
            left, top = min(line.left, box.left), min(line.top, box.top)
            right = max(line.left + line.width, box.left + box.width)
            foot = max(line.top + line.height, box.top + box.height)
            line = Box(left, top, right - left, foot - top)
        else:
            if line is not None:
                yield line
            line = box
    if line is not None:
        yield line


def _same_line(line: Box, box: Box) -> bool:
    middle = box.top + box.height / 2
    return line.top <= middle <= line.top + line.height and abs(box.left - line.left - line.width) < 6 * box.height


def _png(width: int, height: int, channels: int, lines: Iterator[bytes]) -> bytes:
    """A picture as PNG, with no filter: pages are mostly white, which packs well as it is."""
    kind = {1: 0, 3: 2, 4: 6}[channels]
    packed = zlib.compress(b"".join(b"\0" + line for line in lines), 6)
    header = struct.pack(">IIBBBBB", width, height, 8, kind, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", packed) + _chunk(b"IEND", b"")


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
