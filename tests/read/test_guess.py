"""A house is proposed only on evidence, can be read back, and does no harm."""

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
