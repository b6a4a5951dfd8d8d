"""PDF: text by pages, headings by their type, and a clear word for what cannot be read."""

import io

import pypdfium2
import pytest

from remembrancer.read import choose
from remembrancer.read.account import account
from remembrancer.read.extraction import Extraction
from remembrancer.read.house import DEFAULT
from remembrancer.read.pdf import _pages, read, write

FONT = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica{} >>"
FONTS = f"<< /F1 {FONT.format('')} /F2 {FONT.format('-Bold')} >>"
IMAGE = (
    b"<< /Type /XObject /Subtype /Image /Width 8 /Height 8 /BitsPerComponent 1 /ColorSpace /DeviceGray /Length 8 >>"
    b"\nstream\n" + b"\x00\xff" * 4 + b"\nendstream"
)
LOCKED = (
    b"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <" + b"3f" * 32 + b"> /U <" + b"a7" * 32 + b"> >>"
    b" /ID [<00> <00>]"
)


def pdf(*pages: str, trailer: bytes = b"") -> bytes:
    """A PDF by hand: one content stream for each page; ``/Im Do`` in it shows an image."""
    numbers = range(4, 4 + 2 * len(pages), 2)
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: f"<< /Type /Pages /Count {len(pages)} /Kids [{' '.join(f'{n} 0 R' for n in numbers)}] >>".encode(),
        3: IMAGE,
    }
    for number, content in zip(numbers, pages, strict=True):
        resources = f"<< /Font {FONTS} /XObject << /Im 3 0 R >> >>"
        place = f"/MediaBox [0 0 600 800] /Resources {resources} /Contents {number + 1} 0 R"
        objects[number] = f"<< /Type /Page /Parent 2 0 R {place} >>".encode()
        stream = content.encode("cp1252")
        objects[number + 1] = b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream)
    out = io.BytesIO(b"%PDF-1.4\n")
    out.seek(0, io.SEEK_END)
    places = []
    for number, body in objects.items():
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    table = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.write(b"".join(b"%010d 00000 n \n" % place for place in places))
    out.write(b"trailer << /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, trailer, table))
    return out.getvalue()


def line(words: str, y: int, x: int = 72, size: int = 11, font: str = "F1") -> str:
    escaped = words.replace("(", "\\(").replace(")", "\\)")
    return f"BT /{font} {size} Tf {x} {y} Td ({escaped}) Tj ET\n"


LONG = "The chair reminded all the members that the accounts of the year before had been approved in time and"
MINUTES = (
    line("Lower Fields Parish", 770, 400, 9)
    + line("Minutes of the Council", 700, 150, 18, "F2")
    + line("1. Budget", 660, font="F2", size=13)
    + line(LONG, 640)
    + line("asked for remarks.", 626)
    + line("Ann Able: None.", 612)
    + line("- to mend the gate", 590)
    + line("- to paint it", 576)
    + line("Page 1", 30, 300, 9)
)
SECOND = line("Lower Fields Parish", 770, 400, 9) + line("It closed.", 700) + line("Page 2", 30, 300, 9)
SCAN = "q 500 0 0 700 40 40 cm /Im Do Q\n"


def blocks(data):
    extraction = Extraction()
    pages, _ = _pages(data, extraction)
    write(pages, extraction)
    prose = extraction.prose()
    return [(block.kind, block.level, prose.text[block.start : block.end]) for block in prose.blocks]


def test_pages_become_headings_paragraphs_lists_and_furniture():
    assert blocks(pdf(MINUTES, SECOND)) == [
        ("furniture", 0, "Lower Fields Parish"),
        ("heading", 1, "Minutes of the Council"),
        ("heading", 2, "1. Budget"),
        ("paragraph", 0, f"{LONG} asked for remarks."),
        ("paragraph", 0, "Ann Able: None."),
        ("list", 1, "- to mend the gate"),
        ("list", 1, "- to paint it"),
        ("furniture", 0, "Page 1"),
        ("furniture", 0, "Lower Fields Parish"),
        ("paragraph", 0, "It closed."),
        ("furniture", 0, "Page 2"),
    ]


def test_a_bold_sentence_or_labelled_line_is_no_heading():
    bold = ["RESOLVED 7: That the gate be mended.", "For (2): Able, Baker", "3. Roads: the gate", "The gate"]
    page = "".join(line(words, 700 - 40 * at, font="F2") for at, words in enumerate(bold))
    kinds = [kind for kind, _, _ in blocks(pdf(page + line(LONG, 500) + line(LONG, 470)))]
    assert kinds[:4] == ["paragraph", "paragraph", "heading", "heading"]


def test_places_are_pages_and_every_letter_is_accounted_for():
    reading = read(pdf(MINUTES, SECOND), "a.pdf", DEFAULT)
    assert [run.label for run in reading.rendition.places] == ["page 1", "page 2"]
    account(reading)
    assert reading.rendition.extractor.startswith("pdf/")


def test_bold_words_are_strong():
    label = line("Mover:", 700, font="F2") + line("Ann Able", 700, 120)
    extraction = Extraction()
    write(_pages(pdf(label + line(LONG, 680) + line(LONG, 660)), extraction)[0], extraction)
    prose = extraction.prose()
    assert [prose.text[a:b] for block in prose.blocks for a, b in block.strong] == ["Mover:"]


def test_wide_gaps_in_two_lines_make_a_table():
    content = line("Name", 700) + line("Vote", 700, 300) + line("Ann Able", 680) + line("yes", 680, 300)
    assert [(kind, text) for kind, _, text in blocks(pdf(content))] == [("row", "Name\tVote"), ("row", "Ann Able\tyes")]


def codes(data):
    reading = read(data, "a.pdf", DEFAULT)
    account(reading)
    assert all(finding.message and finding.advice for finding in reading.proceedings.findings)
    return [finding.code for finding in reading.proceedings.findings if finding.code != "no-date"]


def test_a_scan_is_a_finding_and_its_images_are_listed():
    reading = read(pdf(SCAN, SCAN), "a.pdf", DEFAULT)
    assert "no-text-layer" in codes(pdf(SCAN, SCAN))
    assert reading.rendition.not_extracted == ("page 1: an image", "page 2: an image")
    assert "page 1-2" in reading.proceedings.findings[0].message


def test_one_scanned_page_among_others_is_named():
    reading = read(pdf(MINUTES, SCAN, SECOND), "a.pdf", DEFAULT)
    (finding,) = [finding for finding in reading.proceedings.findings if finding.code == "no-text-layer"]
    assert finding.place == "page 2"


def test_recognised_text_on_a_scan_is_said_to_be_that():
    whole = "q 600 0 0 800 0 0 cm /Im Do Q\n"
    assert "recognised-text" in codes(pdf(whole + MINUTES))


def test_a_locked_file_is_a_finding():
    assert codes(pdf(MINUTES, trailer=LOCKED)) == ["encrypted"]


@pytest.mark.parametrize("data", [b"%PDF-1.4\nnothing more", b"%PDF-1.4\n" + b"\xff" * 300, b"not a PDF at all"])
def test_a_broken_file_is_a_finding(data):
    assert choose(data, "a.pdf", DEFAULT).name.startswith("pdf/")
    assert codes(data) == ["broken-pdf"]


def test_a_truncated_file_never_raises():
    data = pdf(MINUTES, SECOND)
    for end in range(20, len(data), 97):
        account(read(data[:end], "a.pdf", DEFAULT))


def test_what_the_library_writes_is_read():
    document = pypdfium2.PdfDocument.new()
    document.new_page(200, 200)
    out = io.BytesIO()
    document.save(out)
    document.close()
    assert codes(out.getvalue()) == ["no-text-layer"]
