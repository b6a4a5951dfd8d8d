"""Laws of pages as pictures: each page has one, and words are marked where they stand or nowhere."""

from __future__ import annotations

import zlib
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]
import pytest

from remembrancer.read import pages
from remembrancer.read.house import DEFAULT
from remembrancer.read.pages import Wanted
from remembrancer.read.pdf import read

PDF = Path(__file__).resolve().parents[2] / "examples" / "demo" / "documents" / "minutes" / "2024-01-16.pdf"


@pytest.fixture(scope="module")
def data() -> bytes:
    return PDF.read_bytes()


def test_each_page_is_a_picture_and_there_are_no_others(data: bytes) -> None:
    count = pages.count(data)
    assert count > 1
    assert pages.picture(data, 0) is None
    assert pages.picture(data, count + 1) is None
    picture = pages.picture(data, count)
    assert picture is not None
    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = int.from_bytes(picture[16:20], "big"), int.from_bytes(picture[20:24], "big")
    start = picture.index(b"IDAT") + 4
    size = int.from_bytes(picture[start - 8 : start - 4], "big")
    assert len(zlib.decompress(picture[start : start + size])) == height * (width * 3 + 1)
    sheet = pages.sheet(data, count)
    assert sheet is not None
    assert (sheet.width, sheet.height, sheet.boxes) == (width, height, ())


def test_every_paragraph_of_a_rendition_is_found_on_its_page(data: bytes) -> None:
    rendition = read(data, "minutes.pdf", DEFAULT).rendition
    starts = [run.start for run in rendition.places]
    for number, (start, end) in enumerate(zip(starts, [*starts[1:], len(rendition.data)], strict=True), 1):
        page = rendition.data[start:end].decode()
        at = 0
        for line in page.splitlines(keepends=True):
            sheet = pages.sheet(data, number, [Wanted(page[:at], line)])
            at += len(line)
            assert sheet is not None
            assert sheet.boxes, line
            for box in sheet.boxes:
                assert 0 <= box.left < box.left + box.width <= sheet.width + 1
                assert 0 <= box.top < box.top + box.height <= sheet.height + 1


def test_words_further_down_a_page_are_marked_further_down(data: bytes) -> None:
    page = read(data, "minutes.pdf", DEFAULT).rendition.data.decode()
    tops = []
    for words in ("Venue:", "Apologies for absence", "Declarations of interest"):
        sheet = pages.sheet(data, 1, [Wanted(page[: page.index(words)], words)])
        assert sheet is not None
        tops.append(sheet.boxes[0].top)
    assert tops == sorted(set(tops))


def test_words_that_are_not_there_are_not_marked(data: bytes) -> None:
    sheet = pages.sheet(data, 1, [Wanted("", "a zeppelin of lead")])
    assert sheet is not None
    assert sheet.boxes == ()


def test_what_is_no_pdf_has_no_pages() -> None:
    assert pages.count(b"%PDF-1.4 not really") == 0
    assert pages.picture(b"%PDF-1.4 not really", 1) is None
    assert pages.sheet(b"", 1) is None


def test_a_huge_page_is_shown_small() -> None:
    document = pypdfium2.PdfDocument.new()
    document.new_page(100, 14400)
    from io import BytesIO

    file = BytesIO()
    document.save(file)
    sheet = pages.sheet(file.getvalue(), 1)
    assert sheet is not None
    assert sheet.height <= pages.TALLEST
