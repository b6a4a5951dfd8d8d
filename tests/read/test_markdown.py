"""Markdown: every letter in one place, whatever the text."""

from hypothesis import given, settings
from hypothesis import strategies as st

from remembrancer.plain import plain
from remembrancer.read.account import account
from remembrancer.read.house import DEFAULT, parse
from remembrancer.read.markdown import extract, read

PIECES = st.sampled_from(
    [
        "# May 3, 2031 Meeting",
        "## Present",
        "- Ann Able (AA)",
        "AA: yes",
        "**Ben** [1:02](https://x.example): no",
        "> q",
        "> [!abstract]- Vote:",
        "> |Yeas:|Nays:|",
        "> |-|-|",
        "> |A|B|",
        "| a | b |",
        "|---|---|",
        "| ü | \\| |",
        "```rust",
        "```",
        "    code",
        "1. one",
        "   - two",
        "Setext",
        "=====",
        "<b>x</b> &nbsp; &amp;",
        "<!-- gone -->",
        "[a]: /target",
        '[see][a] ![pic](p.png "t")',
        "***",
        "---",
        "AB: a",
        "CD: b",
        "\u00e9\u0301",
        "10:31 From X to Everyone:",
        "Ann left.",
        "(Ann) - x",
        "o Ann: y",
        "\t\tdeep",
        "",
        "",
        "Date: 3 May 2031",
        "Conclusion: done",
        "\ufeff",
        "\r",
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=25), st.sampled_from(["\n", "\r\n"]))
def test_every_letter_of_any_document_is_accounted_for(lines: list[str], end: str) -> None:
    account(read(end.join(lines).encode(), "2031/notes.md", DEFAULT))


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=200))
def test_every_letter_of_any_text_is_accounted_for(text: str) -> None:
    account(read(text.encode("utf-8", "replace"), "notes.md", DEFAULT))


def test_markup_is_what_nobody_reads() -> None:
    text = (
        'See [the rule](https://example.org/r "t") &mdash; <b>now</b> <!-- not --> `<b>`\n\n[r]: https://example.org\n'
    )
    markup = [text[start:end] for start, end in extract(text).markup]
    assert markup == ['https://example.org/r "t"', "&mdash;", "<b>", "</b>", "<!-- not -->", "[r]: https://example.org"]


def test_generic_types_are_words_and_no_tags() -> None:
    assert extract("a Vec<T> of Promise<Foo>").markup == ()


def test_blocks_know_their_place_in_lists_and_tables() -> None:
    text = "- one\n  - two\n\n| a | b |\n|---|---|\n| c |  |\n\nafter\n"
    blocks = extract(text).blocks
    assert [(block.kind, block.level, block.header, text[block.start : block.end]) for block in blocks] == [
        ("list", 1, False, "one"),
        ("list", 2, False, "two"),
        ("row", 0, True, "| a | b |"),
        ("row", 0, False, "| c |  |"),
        ("paragraph", 0, False, "after"),
    ]
    assert [text[start:end] for start, end in blocks[3].cells] == ["c", ""]


def test_front_matter_is_kept_and_tells_title_and_date() -> None:
    reading = read(
        b"---\ntitle: '3rd meeting of the Harbour Committee'\ndate: 2031-05-02\n---\n\n# Business\n\nMet.\n",
        "x.md",
        DEFAULT,
    )
    [sitting] = reading.proceedings.sittings
    assert (sitting.title, sitting.dates[0].value) == ("3rd meeting of the Harbour Committee", "2031-05-02")
    account(reading)


def test_a_closed_heading_closes_what_stands_under_it() -> None:
    house = parse('[[classes]]\nheading = "Lease.*"\nclass = "members"')
    text = b"# Meeting 2 May 2031\n\n## Lease of the mill\n\nSecret.\n\n### Price\n\n400.\n\n## Bridge\n\nOpen.\n"
    reading = read(text, "m.md", house)
    seen = {
        plain([text[s:e].decode() for s, e in found.spans]): found.visibility for found in reading.proceedings.texts
    }
    assert (seen["Secret."], seen["400."], seen["Open."]) == ("members", "members", "open")
