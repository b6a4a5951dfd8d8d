"""A house is proposed only on evidence, can be read back, and does no harm."""

import pytest

from remembrancer.read import guess, house, markdown
from remembrancer.read.account import account

NOTES = """# Meeting {day} May 2031

- **Where**: the mill

## Attendees

- Ann Able
- Ben Baker

## Bridge

**Ann Able**: It is closed for the winter, and that was the wish of the mill, with this to be said for it.

**Ben Baker**: Since when?

**Ann Able**: Since {day} May.

### Conclusion/Outcome

Repair it.

## Private discussion

Price.
"""


def samples() -> list[guess.Sample]:
    return [(f"notes/2031-05-{day:02}.md", NOTES.format(day=day).encode()) for day in range(1, 6)]


def test_every_line_comes_with_its_evidence_and_the_toml_is_a_house() -> None:
    found = guess.guess(samples())
    assert all(proposal.evidence for proposal in found.proposals)
    assert house.parse(guess.to_toml(found)) == found.house
    for proposal in found.proposals:
        assert f"# {proposal.evidence}" in guess.to_toml(found)


def test_what_the_samples_show_is_proposed() -> None:
    found = guess.guess(samples()).house
    assert found.language == "en"
    assert found.speakers.styles == ("bold",)
    assert found.sitting.venue == ("Where",)
    assert found.sections["conclusion"] == ("Conclusion/Outcome",)
    assert [mark.heading for mark in found.classes] == ["Private discussion"]


def test_nothing_is_proposed_without_evidence() -> None:
    assert guess.guess([]).proposals == ()
    assert guess.guess([("a.bin", b"\x00\x01")]).proposals == ()
    assert guess.guess([("a.md", b"One line.")]).house == house.DEFAULT


def test_a_guessed_house_does_no_worse_than_none() -> None:
    guessed = guess.guess(samples()).house
    for path, data in samples():
        with_house = account(markdown.read(data, path, guessed))
        without = account(markdown.read(data, path, house.DEFAULT))
        assert with_house.in_speech >= without.in_speech
        assert with_house.other <= without.other


def test_files_too_short_to_tell_their_language_tell_it_together() -> None:
    short = ("Die Brücke ist zu.", "Der Antrag wird abgelehnt.", "Das Geld ist da und die Mühle nicht.")
    samples = [(f"2031-05-0{day}.txt", words.encode()) for day, words in enumerate(short, 1)]
    assert [guess.guess([sample]).house.language for sample in samples[:2]] == ["", ""]
    assert guess.guess(samples).house.language == "de"


@pytest.mark.parametrize(
    ("words", "language"),
    [
        ("הגשר סגור", "he"),
        ("الجسر مغلق", "ar"),
        ("پل بسته است و کار می‌کنیم", ""),
        ("橋を閉じる", "ja"),
        ("关闭桥梁", "zh"),
        ("다리를 닫다", "ko"),
        ("η γέφυρα", "el"),
        ("bridge", ""),
        ("", ""),
    ],
)
def test_a_script_that_is_one_language_s_alone_tells_the_language(words: str, language: str) -> None:
    assert guess.guess([("notes.txt", words.encode())]).house.language == language


def test_columns_that_the_first_row_names_are_proposed_where_all_tables_agree() -> None:
    table = "Datum;TOP;Redner;Text\n2031-05-06;1;Ann Able;Die Brücke bleibt zu.\n"
    found = guess.guess([("a.csv", table.encode()), ("b.csv", table.encode())])
    assert [(each.path, each.speaker, each.text, each.date) for each in found.house.fields] == [
        ("*.csv", "Redner", "Text", "Datum")
    ]
    assert house.parse(guess.to_toml(found)) == found.house
    other = ("c.csv", b"speaker,text\nAnn,Yes.\n")
    assert not guess.guess([("a.csv", table.encode()), other]).house.fields
