"""A heading that says it is closed is noticed where nothing closes it, and a mark is proposed for its words."""

import io

import pytest
from docx import Document

from remembrancer.read import closed, guess, house, read

SAYING = (
    "Closed session",
    "III. Executive Session",
    "4. Staffing (CONFIDENTIAL - press and public excluded)",
    "TOP 3 (nichtöffentlich) Verkauf der alten Mühle",
    "Nichtöffentlicher Teil",
    "12 Lease of the mill - in camera",
    "CONFIDENTIAL: salaries",
    "Sale of the mill (private)",
    "Compra do moinho (sessão reservada)",
)
TELLING_OF_IT = (
    "Report out of closed session",
    "Motion to enter executive session",
    "Confidentiality policy",
    "Exclusion of the press and public",
    "Private members' business",
    "Closed",
    "Closed issues",
    "The private road (repairs)",
    "Öffentlicher Teil",
)


def noticed(path: str, data: bytes, toml: str = "") -> list[str]:
    reading = read(data, path, house.parse(toml) if toml else house.DEFAULT)
    told = reading.proceedings
    text = reading.rendition.data
    spans = (each.span for each in told.findings if each.code == "says-closed")
    return [text[span.start : span.end].decode().lstrip("# ") for span in spans if span]


@pytest.mark.parametrize("heading", SAYING)
def test_the_mark_proposed_closes_the_heading_it_was_made_from(heading: str) -> None:
    mark = house.ClassMark(heading=closed.marking(heading), visibility="members")
    assert house.visibility_of(heading, house.House(classes=(mark,))) == "members"
    assert house.visibility_of("Minutes of the last sitting", house.House(classes=(mark,))) == "open"


@pytest.mark.parametrize("heading", TELLING_OF_IT)
def test_a_heading_that_tells_of_a_closed_part_opens_none(heading: str) -> None:
    assert closed.marking(heading) == ""


@pytest.mark.parametrize("heading", SAYING)
def test_what_nothing_closes_is_a_finding_where_it_stands(heading: str) -> None:
    minutes = f"# Meeting of 2 May 2031\n\n## {heading}\n\n**Ann Able**: The price is forty.\n".encode()
    assert noticed("2031-05-02.md", minutes) == [heading]
    proposed = guess.to_toml(guess.guess([("2031-05-02.md", minutes)]))
    assert noticed("2031-05-02.md", minutes, proposed) == []


def test_a_heading_under_a_closed_one_is_closed_with_it() -> None:
    minutes = b"# Meeting of 2 May 2031\n\n## Closed session\n\n### The mill (confidential)\n\nThe price is forty.\n"
    assert noticed("2031-05-02.md", minutes) == ["Closed session", "The mill (confidential)"]
    mark = '[[classes]]\nheading = "Closed session"\nclass = "members"\n'
    assert noticed("2031-05-02.md", minutes, mark) == []


def test_word_documents_are_looked_at_too() -> None:
    document, written = Document(), io.BytesIO()
    document.add_heading("Meeting of 2 May 2031", 1)
    document.add_heading("Sale of the mill (confidential)", 2)
    document.add_paragraph("The price is forty.")
    document.save(written)
    found = guess.guess([("2031-05-02.docx", written.getvalue())]).house
    assert [each.visibility for each in found.classes] == ["members"]
    assert noticed("2031-05-02.docx", written.getvalue()) == ["Sale of the mill (confidential)"]
