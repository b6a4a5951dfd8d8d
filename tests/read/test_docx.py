"""DOCX: every word that Word shows, once, with its place; the rest is listed."""

import io
import zipfile

import docx as python_docx
import pytest

from remembrancer.read import choose
from remembrancer.read.account import account
from remembrancer.read.docx import _Package, extract, read
from remembrancer.read.house import DEFAULT

SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
STYLES = """
<w:style w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style>
<w:style w:styleId="Punkt"><w:name w:val="Punkt"/><w:basedOn w:val="berschrift2"/></w:style>
<w:style w:styleId="berschrift2"><w:name w:val="x"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>
<w:style w:styleId="Fett"><w:name w:val="Fett"/><w:rPr><w:b/></w:rPr></w:style>"""
NUMBERING = """
<w:abstractNum w:abstractNumId="1">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%1.%2)"/></w:lvl>
<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="o"/></w:lvl></w:abstractNum>
<w:num w:numId="5"><w:abstractNumId w:val="1"/></w:num>"""


def part(tag, inner):
    return f'<?xml version="1.0" encoding="UTF-8"?><w:{tag} {SPACES}>{inner}</w:{tag}>'


def package(body, **parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", part("document", f"<w:body>{body}</w:body>"))
        archive.writestr("word/styles.xml", part("styles", STYLES))
        archive.writestr("word/numbering.xml", part("numbering", NUMBERING))
        for name, data in parts.items():
            archive.writestr("word/" + name.replace("__", "/").replace("_", "."), data)
    return out.getvalue()


def p(*runs, style="", extra=""):
    style = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{style}{extra}</w:pPr>{''.join(runs)}</w:p>"


def r(words, properties=""):
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>'


def in_list(level):
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="5"/></w:numPr>'


def blocks(data):
    opened = _Package(data)
    prose = extract(opened, opened.main()).prose()
    return [(block.kind, block.level, prose.text[block.start : block.end]) for block in prose.blocks]


def words(data):
    reading = read(data, "a.docx", DEFAULT)
    account(reading)
    return reading.rendition.data.decode().split("\n")


def test_headings_are_told_by_style_name_and_outline_level_in_any_language():
    data = package(p(r("Sitzung"), style="berschrift1") + p(r("Haushalt"), style="Punkt") + p(r("Wir sparen.")))
    assert blocks(data) == [("heading", 1, "Sitzung"), ("heading", 2, "Haushalt"), ("paragraph", 0, "Wir sparen.")]


def test_lists_carry_the_numbers_that_word_shows():
    levels = [0, 1, 1, 0, 1, 2]
    data = package("".join(p(r("entry"), extra=in_list(level)) for level in levels))
    assert [text for _, _, text in blocks(data)] == [
        "1. entry", "1.a) entry", "1.b) entry", "2. entry", "2.a) entry", "entry"
    ]  # fmt: skip
    assert [level for _, level, _ in blocks(data)] == [1, 2, 2, 1, 2, 3]


def test_bold_runs_that_meet_are_one_strong_range():
    data = package(p(r("Ann ", "<w:b/>"), r("Able", "<w:b w:val='1'/>"), r(": no", "<w:b w:val='0'/>"), r(" end")))
    opened = _Package(data)
    prose = extract(opened, opened.main()).prose()
    assert [prose.text[a:b] for block in prose.blocks for a, b in block.strong] == ["Ann Able"]


def test_tracked_insertions_are_kept_and_deletions_listed():
    deleted = '<w:del w:id="1"><w:r><w:delText>eight</w:delText></w:r></w:del>'
    moved = f"<w:moveFrom>{r('gone')}</w:moveFrom><w:moveTo>{r('here')}</w:moveTo>"
    data = package(p(r("carried "), deleted, f"<w:ins>{r('seven')}</w:ins>", r(" to two "), moved))
    assert words(data)[0] == "carried seven to two here"
    assert codes(data) == {"tracked-changes"}
    assert read(data, "a.docx", DEFAULT).rendition.not_extracted == (
        "/body/p: a tracked deletion of 5 bytes",
        "/body/p: a passage moved elsewhere of 4 bytes",
    )


def test_content_controls_links_and_fields_are_kept_and_instructions_are_not():
    control = f"<w:sdt><w:sdtPr/><w:sdtContent>{p(r('within a control'))}</w:sdtContent></w:sdt>"
    inline = f"<w:sdt><w:sdtContent>{r('7 March')}</w:sdtContent></w:sdt>"
    link = f"<w:hyperlink>{r('the report')}</w:hyperlink>"
    field = "<w:r><w:instrText> PAGE </w:instrText></w:r>" + f"<w:fldSimple>{r('2024')}</w:fldSimple>"
    data = package(control + p(inline, r(" see "), link, r(" of "), field))
    assert words(data)[:2] == ["within a control", "7 March see the report of 2024"]


def test_a_text_box_is_read_once_after_its_paragraph():
    box = f"<w:txbxContent>{p(r('in the box'))}</w:txbxContent>"
    drawn = (
        f"<w:r><mc:AlternateContent><mc:Choice><w:drawing>{box}</w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    data = package(p(r("before "), drawn, r("after")) + p(r("next")))
    assert words(data)[:3] == ["before after", "in the box", "next"]


def test_footnotes_follow_their_paragraph_as_nobodys_speech():
    cited = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    notes = part("footnotes", f'<w:footnote w:id="2">{p(r("Recorded later."))}</w:footnote>')
    data = package(p(r("Ann: yes."), cited) + p(r("Ben: no.")), footnotes_xml=notes)
    assert blocks(data) == [
        ("paragraph", 0, "Ann: yes."),
        ("furniture", 0, "Recorded later."),
        ("paragraph", 0, "Ben: no."),
    ]


def test_comments_headers_and_footers_come_last():
    comments = part("comments", f'<w:comment w:id="0">{p(r("Is this right?"))}</w:comment>')
    header, footer = part("hdr", p(r("Draft"))), part("ftr", p(r("page 1")))
    data = package(p(r("Words.")), comments_xml=comments, header1_xml=header, footer1_xml=footer)
    assert words(data) == ["Words.", "Is this right?", "Draft", "page 1", ""]
    reading = read(data, "a.docx", DEFAULT)
    assert [run.label for run in reading.rendition.places] == [
        "/body/p",
        "comments/comment/p",
        "header1/p",
        "footer1/p",
    ]


def test_tables_are_rows_of_cells_and_frames_are_not():
    def table(*rows):
        cells = (f"<w:tr>{''.join(f'<w:tc>{p(r(w))}{p(r(w))}</w:tc>' for w in row)}</w:tr>" for row in rows)
        return f"<w:tbl>{''.join(cells)}</w:tbl>"

    data = package(table(["Ann", "yes"], ["Ben", ""]) + table(["framed"]))
    assert blocks(data) == [
        ("row", 0, "Ann\nAnn\tyes\nyes"),
        ("row", 0, "Ben\nBen"),
        ("paragraph", 0, "framed"),
        ("paragraph", 0, "framed"),
    ]


def test_tabs_breaks_and_hyphens_are_characters_and_hidden_text_is_listed():
    signs = "<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:noBreakHyphen/><w:t>d</w:t></w:r>"
    data = package(p(signs, r("secret", "<w:vanish/>")))
    assert words(data)[:2] == ["a\tb", "c\u2011d"]
    assert "a hidden text of 6 bytes" in read(data, "a.docx", DEFAULT).rendition.not_extracted[0]


def test_images_embedded_files_and_charts_are_listed_with_their_size():
    data = package(p(r("x")), media__image1_png=b"\x89PNG" * 500, embeddings__a_xlsx=b"PK", charts__chart1_xml="<c/>")
    assert set(read(data, "a.docx", DEFAULT).rendition.not_extracted) == {
        "word/media/image1.png: an image of 2 kB",
        "word/embeddings/a.xlsx: an embedded file of 2 bytes",
        "word/charts/chart1.xml: a part of a chart or diagram of 4 bytes",
    }


def test_strict_documents_are_read_alike():
    body = package(p(r("Strictly.")))
    strict = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(body)) as old, zipfile.ZipFile(strict, "w") as new:
        for name in old.namelist():
            uri = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
            new.writestr(name, old.read(name).replace(uri, b"http://purl.oclc.org/ooxml/wordprocessingml/main"))
    assert words(strict.getvalue())[0] == "Strictly."


def test_what_word_itself_would_write_is_read_whole():
    document = python_docx.Document()
    document.add_heading("Minutes", 0)
    document.add_heading("Budget", 1)
    document.add_paragraph("Ann Able moved it.")
    document.add_paragraph("first", style="List Number")
    document.add_table(2, 2).cell(0, 1).text = "cell"
    out = io.BytesIO()
    document.save(out)
    assert choose(out.getvalue(), "a.docx", DEFAULT).name.startswith("docx/")
    assert [(kind, text) for kind, _, text in blocks(out.getvalue())] == [
        ("heading", "Minutes"),
        ("heading", "Budget"),
        ("paragraph", "Ann Able moved it."),
        ("list", "1. first"),
        ("row", "cell"),
    ]


def codes(data, path="a.docx"):
    reading = read(data, path, DEFAULT)
    account(reading)
    assert all(finding.message and finding.advice for finding in reading.proceedings.findings)
    return {finding.code for finding in reading.proceedings.findings}


def test_a_zip_that_is_no_document_says_so():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("notes.txt", "hello")
    assert choose(out.getvalue(), "a.docx", DEFAULT).name.startswith("docx/")
    assert codes(out.getvalue()) == {"not-docx"}


def test_a_document_without_text_says_so():
    assert "no-text" in codes(package(p()))


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_a_truncated_archive_gives_a_finding(share):
    data = package(p(*(r(f"word{number} ") for number in range(500))))
    assert codes(data[: int(len(data) * share)]) == {"broken-docx"}


def test_flipped_bytes_never_raise():
    data = bytearray(package(p(*(r(f"word{number} ") for number in range(50)))))
    for at in range(0, len(data), 11):
        flipped = bytes(data[:at]) + bytes([data[at] ^ 0x55]) + bytes(data[at + 1 :])
        account(read(flipped, "a.docx", DEFAULT))


def test_broken_xml_is_read_as_far_as_it_goes():
    whole = package(p(r("kept words")) + p(r("lost")))
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        text = archive.read("word/document.xml").decode()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", text[: text.index("lost")])
    assert "broken-docx" in codes(out.getvalue())
    assert b"kept words" in read(out.getvalue(), "a.docx", DEFAULT).rendition.data


def test_a_part_that_unpacks_without_end_is_not_read():
    bomb = package(p(r("x")), footnotes_xml=b" " * 120_000_000)
    assert len(bomb) < 200_000
    assert codes(bomb) == {"too-large"}


def test_entities_are_not_expanded():
    out = io.BytesIO()
    evil = '<?xml version="1.0"?><!DOCTYPE w [<!ENTITY f SYSTEM "file:///etc/hostname">]>'
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", evil + part("document", f"<w:body>{p(r('a &f; b'))}</w:body>")[38:])
    assert read(out.getvalue(), "a.docx", DEFAULT).rendition.data.split() == [b"a", b"b"]
