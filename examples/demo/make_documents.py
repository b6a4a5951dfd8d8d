"""Makes the demo's two binary documents, byte for byte the same each time.

Run ``python examples/demo/make_documents.py`` from a checkout with the development dependencies installed:
it writes ``documents/minutes/2023-09-12.docx`` (python-docx) and ``documents/minutes/2024-01-16.pdf``
(pdfium). The words of both stand below, one block a line::

    # the title            ## a heading           - an entry of a list
    > a motion, set in     | a cell | a cell      anything else is a paragraph
"""

from __future__ import annotations

import ctypes
import io
import re
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

import docx
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
from docx.document import Document

MINUTES = Path(__file__).parent / "documents" / "minutes"

SEPTEMBER_2023 = """
# Larkenford Town Council
# Minutes of the Meeting of the Council held on Tuesday 12 September 2023
Venue: The Council Chamber, Corn Exchange, Market Place, Larkenford
Time: 7.00 pm to 9.10 pm
## Attendance
| Member | Ward | Attendance |
| Cllr Helen Fairclough (Town Mayor, in the chair) | Market | Present |
| Cllr Desmond Okafor (Deputy Mayor) | North | Present |
| Cllr Margaret Hale | North | Apologies |
| Cllr Margaret Hale | Riverside | Present |
| Cllr Ruth Pemberton | North | Present |
| Cllr Ron Tapsell | North | Present |
| Cllr Gareth Llewellyn | Riverside | Present |
| Cllr Priya Nandakumar | Riverside | Present (left 8.25 pm) |
| Cllr Tom Ashdown | Riverside | Present |
| Cllr Joseph Birtwistle | Market | Present |
| Cllr Sylvia Marchetti | Market | Present |
In attendance: Mrs Eleanor Whitcombe, Town Clerk; Mr Callum Reid, Responsible Finance Officer; \
27 members of the public
Quorum: four members. Ten members were present and the meeting was quorate.
## 1. Apologies for absence
Apologies were received from Cllr Margaret Hale (North Ward), who was on holiday. The reason was accepted.
## 2. Declarations of interest
Cllr Pemberton declared a disclosable interest in item 7 as the tenant of plot 17 at Station Road allotments.
## 3. Public participation
Mr Alan Goddard asked the Council to think again about Orchard Street before the machines were switched on. \
Cllr Okafor said that nobody had yet shown him where else £9,350 a year was to come from.
Ms Fiona Beddoes, Jubilee Close, said that a skate park on Jubilee Field would be forty metres from her \
children's bedroom. She asked whether wheels could be made of something softer.
Jaswinder Gill, aged 16, one of the two young people on the working party, said that concrete ramps were a \
good deal quieter than the metal ones people had heard, and offered to take any member to listen to some.
## 4. Minutes
Moved by Cllr Marchetti, seconded by Cllr Okafor, and
RESOLVED 2023/16: That the minutes of the meeting held on Tuesday 13 June 2023 be approved as a correct \
record and signed by the Mayor.
## 5. Mill Lane footbridge: report of the survey
Mr Stephen Pell of Ledbrook Pell Associates presented the survey. Two bearers had failed and a third would \
follow; the scour at the north abutment was 1.4 metres deep. He put three options:
| Option | Work | Estimate | Life |
| A | Patch two bearers | £26,800 | 5 years |
| B | New bearers, oak decking and protection of the bank | £39,200 | 25 years |
| C | A new bridge | £118,000 | 60 years |
Cllr Birtwistle asked whether Option A would do. Mr Pell answered that it would do for five years and would \
then have to be done again at whatever it cost by then. Cllr Ashdown said that Option C was out of the question \
for a town of four thousand people.
Moved by Cllr Tapsell, seconded by Cllr Pemberton, and
RESOLVED 2023/17: That Option B be preferred for the repair of the Mill Lane footbridge; that application be \
made to the County Council's Rights of Way Improvement Fund; and that the sum required be considered in December.
The motion was carried unanimously by ten votes.
ACTION: The Clerk to apply to the Rights of Way Improvement Fund by Tuesday 31 October 2023.
## 6. Skate park: choice of site
Cllr Nandakumar presented the report of the Skate Park Working Party. Of five sites two were practicable, \
Jubilee Field and the Station Road recreation ground. Either would cost between £60,000 and £70,000 in concrete.
Moved by Cllr Nandakumar, seconded by Cllr Marchetti:
> That Jubilee Field be the site of the skate park and that tenders be sought on that footing.
Amendment. Moved by Cllr Ashdown, seconded by Cllr Margaret Hale (Riverside Ward): to substitute "the Station \
Road recreation ground" for "Jubilee Field". Cllr Tapsell said that the recreation ground was under water from \
November to March, when it was known as the Station Road lake. On a show of hands there voted three for and seven \
against. The amendment was LOST.
A recorded vote on the motion was requested by Cllr Ashdown.
| For (7) | Cllrs Fairclough, Okafor, Pemberton, Tapsell, Llewellyn, Nandakumar, Marchetti |
| Against (2) | Cllrs Margaret Hale (Riverside Ward), Ashdown |
| Abstained (1) | Cllr Birtwistle |
The motion was carried by seven votes to two, with one abstention, and it was
RESOLVED 2023/18: That Jubilee Field be the site of the skate park and that tenders be sought on that footing.
Cllr Nandakumar left the meeting at 8.25 pm. Nine members remained.
## 7. Station Road allotments: rents
Cllr Pemberton, having declared an interest, left the room at 8.31 pm.
Moved by Cllr Birtwistle, seconded by Cllr Okafor:
> That the rent of a ten-rod plot be raised from £38 to £42 a year from Tuesday 1 October 2024.
Cllr Birtwistle said that the water bill alone came to £19 a plot. Cllr Llewellyn said that the tenants were not \
rich and had lost their sweetcorn.
Amendment. Moved by Cllr Llewellyn, seconded by Cllr Ashdown: to substitute "£40" for "£42". On a show of hands \
there voted five for and three against. The amendment was CARRIED.
The substantive motion was carried unanimously by eight votes, and it was
RESOLVED 2023/19: That the rent of a ten-rod plot be raised from £38 to £40 a year from Tuesday 1 October 2024.
Cllr Pemberton returned at 8.48 pm.
## 8. Remembrance Sunday
Moved by Cllr Tapsell, seconded by Cllr Marchetti, and
RESOLVED 2023/20: That Market Place be closed to traffic from 10.00 am to 12 noon on Sunday 12 November 2023 and \
that the Larkenford Silver Band be invited to lead the parade.
The motion was carried unanimously.
## 9. Finance
Moved by Cllr Birtwistle, seconded by Cllr Okafor, and
RESOLVED 2023/21: That payments for June to August 2023 amounting to £14,905.70 be approved.
The motion was carried by nine votes to none.
## 10. Date of next meeting
Tuesday 12 December 2023 at 7.00 pm.
The Mayor closed the meeting at 9.10 pm.
Approved as a correct record at the meeting of 12 December 2023 (Resolution 2023/22). Signed: H. Fairclough, \
Town Mayor
"""

JANUARY_2024 = """
# Larkenford Town Council
# Minutes of the Meeting of the Council held on Tuesday 16 January 2024
Venue: The Council Chamber, Corn Exchange, Market Place, Larkenford
Time: 7.00 pm to 8.47 pm
## Present
- Cllr Helen Fairclough (Market Ward), Town Mayor, in the chair
- Cllr Desmond Okafor (North Ward), Deputy Mayor
- Cllr Margaret Hale (North Ward)
- Cllr Margaret Hale (Riverside Ward)
- Cllr Ruth Pemberton (North Ward)
- Cllr Ron Tapsell (North Ward) (left 8.10 pm)
- Cllr Priya Nandakumar (Riverside Ward)
- Cllr Tom Ashdown (Riverside Ward)
- Cllr Joseph Birtwistle (Market Ward)
- Cllr Sylvia Marchetti (Market Ward)
Apologies: Cllr Gareth Llewellyn (Riverside Ward)
In attendance: Mrs Eleanor Whitcombe, Town Clerk; Mr Callum Reid, Responsible Finance Officer; \
19 members of the public
Quorum: four members. Ten members were present and the meeting was quorate.
## 1. Apologies for absence
Apologies were received from Cllr Llewellyn, whose train had been cancelled. The reason was accepted.
## 2. Declarations of interest
None.
## 3. Public participation
Mr Percy Lovelock, Treasurer of the Larkenford Residents' Association, asked members to remember that pensions \
did not rise in January.
Mrs Joan Tully thanked the Council for finding the money for the footbridge and asked when she might expect \
to see a man with a hammer.
## 4. Minutes
Moved by Cllr Okafor, seconded by Cllr Marchetti, and
RESOLVED 2024/1: That the minutes of the meeting held on Tuesday 12 December 2023 be approved as a correct \
record and signed by the Mayor.
## 5. Orchard Street car park: report of the Amenities Committee
Cllr Pemberton presented the report. The committee had found that use of the car park had fallen by 46 per cent \
since October and advised that the town be asked before anything was changed.
Moved by Cllr Pemberton, seconded by Cllr Margaret Hale (Riverside Ward), and
RESOLVED 2024/2: That every household and business be consulted on the charges until Friday 23 February 2024, \
at a cost not exceeding £640, the committee to report in March.
The motion was carried by seven votes to three.
Cllr Tapsell left the meeting at 8.10 pm. Nine members remained.
## 6. Budget and precept 2024/25
The Responsible Finance Officer presented the budget recommended by the Finance Committee: expenditure of \
£231,260, income of £41,360 from rents, hirings and fees, and a precept of £189,900.
Moved by Cllr Okafor, seconded by Cllr Birtwistle:
> That the budget be approved and that a precept of £189,900 be issued for 2024/25.
Amendment. Moved by Cllr Margaret Hale (Riverside Ward), seconded by Cllr Ashdown: to strike out the first \
contribution of £3,480 towards a new van and to substitute "£186,420" for "£189,900". Cllr Marchetti said that \
the present van had been to the moon and back, by mileage, and had come back with moss. On a show of hands there \
voted five for and four against. The amendment was CARRIED.
A recorded vote on the substantive motion was taken.
For (7): Cllrs Fairclough, Okafor, Margaret Hale (Riverside Ward), Pemberton, Nandakumar, Birtwistle, Marchetti
Against (1): Cllr Ashdown
Abstained (1): Cllr Margaret Hale (North Ward)
The motion was carried by seven votes to one, with one abstention, and it was
RESOLVED 2024/3: That the budget as amended be approved and that a precept of £186,420 be issued for 2024/25.
The Responsible Finance Officer stated that on a tax base of 2,145.3 this came to £86.90 for a Band D dwelling, \
against £83.64 in 2023/24, an increase of 3.9 per cent.
ACTION: The Responsible Finance Officer to serve the precept on the billing authority by Friday 2 February 2024.
## 7. Twinning with Saint-Florac
Cllr Marchetti reported that the mayor of Saint-Florac had accepted the invitation for the last weekend of May. \
The guests would be lodged with families.
Moved by Cllr Marchetti, seconded by Cllr Nandakumar, and
RESOLVED 2024/4: That £850 be granted to the Larkenford Twinning Association for the visit of 24 to 27 May 2024.
The motion was carried by eight votes to none, with one abstention.
## 8. Exclusion of press and public
Moved by Cllr Okafor, seconded by Cllr Birtwistle, and
RESOLVED 2024/5: That under section 1(2) of the Public Bodies (Admission to Meetings) Act 1960 the press and \
public be excluded during item 9, on the ground that it concerns the terms of employment of staff.
The motion was carried unanimously. The press and public left at 8.34 pm.
## 9. Confidential: staffing
The Clerk reported that Mr Lionel Parfitt, works supervisor, had been absent since 6 November 2023 and that \
the occupational health adviser proposed a phased return over six weeks from 5 February.
Moved by Cllr Fairclough, seconded by Cllr Pemberton, and
RESOLVED 2024/6: That the phased return be agreed and that the post of works supervisor be regraded from 1 April \
2024 at an additional cost of £2,970 a year.
The motion was carried by nine votes to none.
## 10. Date of next meeting
Tuesday 19 March 2024 at 7.00 pm.
The Mayor closed the meeting at 8.47 pm.
Approved as a correct record at the meeting of 19 March 2024 (Resolution 2024/7). Signed: H. Fairclough, Town Mayor
"""


class Line(NamedTuple):
    """One block: ``mark`` is ``#``, ``##``, ``-``, ``>``, ``|`` or empty for a paragraph."""

    mark: str
    text: str


def lines(words: str) -> Iterator[Line]:
    """The blocks of a document."""
    for line in words.strip().splitlines():
        mark, text = re.fullmatch(r"(##|#|-|>|\|)? ?(.*)", line).groups()  # type: ignore[union-attr]
        yield Line(mark or "", text.rstrip(" |"))


# --- DOCX ---------------------------------------------------------------------------------------------------

WORD_STYLES = {"##": "Heading 1", "-": "List Bullet", ">": "Intense Quote", "": "Normal"}
BOLD_START = re.compile(r"(RESOLVED \d{4}/\d+:|ACTION:|Amendment\.|Venue:|Time:|Quorum:|In attendance:)(.*)")
WRITTEN = datetime(2023, 9, 14, 9, 30, tzinfo=UTC)


def make_docx(words: str) -> bytes:
    """A Word document with styles, tables, a running head and foot."""
    document = docx.Document()
    section = document.sections[0]
    section.header.paragraphs[0].text = "Larkenford Town Council: Minutes, 12 September 2023"
    section.footer.paragraphs[0].text = "Mayor's initials ............"
    properties = document.core_properties
    properties.author, properties.title = "E. Whitcombe, Town Clerk", "Minutes, 12 September 2023"
    properties.created = properties.modified = WRITTEN.replace(tzinfo=None)
    properties.comments = properties.last_modified_by = ""
    for is_table, group in groupby(lines(words), key=lambda line: line.mark == "|"):
        if is_table:
            add_table(document, [line.text.split(" | ") for line in group])
        else:
            for line in group:
                add_paragraph(document, line)
    stream = io.BytesIO()
    document.save(stream)
    return with_fixed_times(stream.getvalue())


def add_paragraph(document: Document, line: Line) -> None:
    if line.mark == "#":
        document.add_paragraph(line.text, style="Title" if "Minutes" not in line.text else "Subtitle")
        return
    paragraph = document.add_paragraph(style=WORD_STYLES[line.mark])
    start = BOLD_START.fullmatch(line.text)
    if start:
        paragraph.add_run(start[1]).bold = True
    paragraph.add_run(start[2] if start else line.text)


def add_table(document: Document, rows: list[list[str]]) -> None:
    table = document.add_table(rows=0, cols=len(rows[0]), style="Table Grid")
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    document.add_paragraph()


def with_fixed_times(archive: bytes) -> bytes:
    """The same zip with one date for every member, since zip dates would differ at each run."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            member = zipfile.ZipInfo(name, WRITTEN.timetuple()[:6])
            member.compress_type = zipfile.ZIP_DEFLATED
            member.create_system = 3
            new.writestr(member, old.read(name))
    return stream.getvalue()


# --- PDF ----------------------------------------------------------------------------------------------------

PAGE = (595.0, 842.0)
MARGIN = 64.0
REGULAR, BOLD = b"Times-Roman", b"Times-Bold"
SIZES = {"#": 15.0, "##": 12.5, "-": 11.0, ">": 11.0, "": 11.0}
INDENTS = {"-": 14.0, ">": 28.0}
RUNNING_HEAD = "Larkenford Town Council - Minutes of 16 January 2024"


class Set(NamedTuple):
    """One line of type: ``gap`` is the space above it, in points."""

    font: bytes
    size: float
    indent: float
    gap: float
    text: str


def make_pdf(words: str) -> bytes:
    """Pages of A4 in the standard fonts, with a running head, page numbers and a place for initials."""
    document = pdfium.PdfDocument.new()
    pages = list(paginated(typeset(document, words)))
    for number, page_lines in enumerate(pages, 1):
        page = document.new_page(*PAGE)
        foot = f"Page {number} of {len(pages)}        Mayor's initials ............"
        draw(document, page, Set(REGULAR, 9.0, 0, 0, RUNNING_HEAD), PAGE[1] - 40)
        draw(document, page, Set(REGULAR, 9.0, 0, 0, foot), 34)
        for line, baseline in page_lines:
            draw(document, page, line, baseline)
        pdfium_c.FPDFPage_GenerateContent(page)
    stream = io.BytesIO()
    document.save(stream)
    return with_fixed_date(stream.getvalue())


def typeset(document: pdfium.PdfDocument, words: str) -> Iterator[Set]:
    """Each block broken into lines that fit the measure."""
    for block in lines(words):
        heading = block.mark.startswith("#")
        font = BOLD if heading or re.match(r"RESOLVED|ACTION|For \(|Against \(|Abstained \(", block.text) else REGULAR
        indent = INDENTS.get(block.mark, 0.0)
        size = SIZES[block.mark]
        text = f"\N{BULLET} {block.text}" if block.mark == "-" else block.text
        measure = PAGE[0] - 2 * MARGIN - indent
        gap = 8.0 if heading else 1.0 if block.mark == "-" else 4.0
        for line in broken(document, font, size, measure, text):
            yield Set(font, size, indent, gap, line)
            gap = 0.0


def broken(document: pdfium.PdfDocument, font: bytes, size: float, measure: float, text: str) -> Iterator[str]:
    """Greedy lines no wider than ``measure`` points."""
    line = ""
    for word in text.split():
        longer = f"{line} {word}".strip()
        if line and width(text_object(document, Set(font, size, 0, 0, longer))) > measure:
            yield line
            longer = word
        line = longer
    yield line


def paginated(type_lines: Iterator[Set]) -> Iterator[list[tuple[Set, float]]]:
    """Lines with their baselines, a page at a time."""
    page: list[tuple[Set, float]] = []
    baseline = PAGE[1] - 70
    for line in type_lines:
        baseline -= line.gap + line.size * 1.3
        if baseline < 66:
            yield page
            page, baseline = [], PAGE[1] - 70 - line.size * 1.3
        page.append((line, baseline))
    yield page


def text_object(document: pdfium.PdfDocument, line: Set) -> pdfium_c.FPDF_PAGEOBJECT:
    thing = pdfium_c.FPDFPageObj_NewTextObj(document, line.font, line.size)
    encoded = ctypes.create_string_buffer((line.text + "\0").encode("utf-16-le"))
    pdfium_c.FPDFText_SetText(thing, ctypes.cast(encoded, pdfium_c.FPDF_WIDESTRING))
    return thing


def width(thing: pdfium_c.FPDF_PAGEOBJECT) -> float:
    edges = [ctypes.c_float() for _ in range(4)]
    pdfium_c.FPDFPageObj_GetBounds(thing, *edges)
    pdfium_c.FPDFPageObj_Destroy(thing)
    return float(edges[2].value - edges[0].value)


def draw(document: pdfium.PdfDocument, page: pdfium.PdfPage, line: Set, baseline: float) -> None:
    thing = text_object(document, line)
    pdfium_c.FPDFPageObj_Transform(thing, 1, 0, 0, 1, MARGIN + line.indent, baseline)
    pdfium_c.FPDFPage_InsertObject(page, thing)


def with_fixed_date(data: bytes) -> bytes:
    """The same file dated the day after the sitting, with a fixed file identifier; no length changes, so
    that the offsets in its table hold."""
    dated = re.sub(rb"\(D:\d{14}", b"(D:20240117093000", data)
    return re.sub(rb"<[0-9A-F]{32}>", b"<" + b"0" * 32 + b">", dated)


if __name__ == "__main__":
    (MINUTES / "2023-09-12.docx").write_bytes(make_docx(SEPTEMBER_2023))
    (MINUTES / "2024-01-16.pdf").write_bytes(make_pdf(JANUARY_2024))
