"""A text is cut into phrases where minutes end them, and nowhere within a name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from remembrancer.read.house import House
from remembrancer.register.document import read_document
from remembrancer.register.passes.phrases import entries_of, phrases


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("Moved by J. Reed. Seconded by Cllr. Low.", ["Moved by J. Reed.", "Seconded by Cllr. Low."]),
        ("Moved by Mr. Reed\nSeconded by Ms Low", ["Moved by Mr. Reed", "Seconded by Ms Low"]),
        ("Carried nem. con. The Chair rose.", ["Carried nem. con. The Chair rose."]),
        (
            "The Clerk reported at some length that the path had been\nmended. Nobody spoke.",
            ["The Clerk reported at some length that the path had been\nmended.", "Nobody spoke."],
        ),
        ("For (2): Reed, Low\nAgainst (1): Hart", ["For (2): Reed, Low", "Against (1): Hart"]),
        ("Low (Riverside\nWard) spoke.", ["Low (Riverside\nWard) spoke."]),
    ],
)
def test_a_phrase_ends_with_its_sentence_or_its_line(text: str, cut: list[str]) -> None:
    assert [text[start:end] for start, end in phrases(text)] == cut


@given(st.text(alphabet='AbC. ,\n(:)12é—"', max_size=120))
def test_nothing_but_white_space_is_outside_the_phrases(text: str) -> None:
    """Phrases are in order, never overlap, and hold every letter."""
    found = phrases(text)
    inside = {at for start, end in found for at in range(start, end)}
    assert len(inside) == sum(end - start for start, end in found)
    assert found == sorted(found)
    assert all(at in inside or letter.isspace() for at, letter in enumerate(text))


def test_an_entry_of_a_list_goes_on_in_no_other() -> None:
    """A long entry without a full stop is no line that was broken to fit a page."""
    entries = "- Ms Reed moved that the path behind the old town hall be mended\n- Mr Low seconded the motion\n"
    document = read_document(f"# Minutes, 3 May 2024\n\n## Path\n\n{entries}".encode(), "a.md", House(language="en"))
    cut = [
        statement.text[start:end]
        for statement in document.statements
        for start, end in phrases(statement.text, entries_of(statement, document.data))
    ]
    assert cut[-2:] == ["Ms Reed moved that the path behind the old town hall be mended", "Mr Low seconded the motion"]
