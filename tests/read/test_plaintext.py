"""Plain text: headings, lists and paragraphs from nothing but the lines."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from remembrancer.read import choose
from remembrancer.read.account import account
from remembrancer.read.house import DEFAULT
from remembrancer.read.plaintext import extract, read

MINUTES = """\
                 The Lower Fields Association

                  Minutes of the Committee

 1. Call to order

    The chair opened the sitting at ten, and as
    ten members were there it went on.

 2. Roll Call

    Members Present:

        Ann Able
        Ben Baker

    Members Absent:

        none

    A. Excuses

    None came.

 3. Reports
"""


def shape(text):
    prose = extract(text)
    return [(block.kind, block.level, " ".join(text[block.start : block.end].split())) for block in prose.blocks]


def test_indented_minutes_have_a_title_numbered_headings_and_lists_of_names():
    assert shape(MINUTES) == [
        ("heading", 1, "The Lower Fields Association Minutes of the Committee"),
        ("heading", 2, "1. Call to order"),
        ("paragraph", 0, "The chair opened the sitting at ten, and as ten members were there it went on."),
        ("heading", 2, "2. Roll Call"),
        ("paragraph", 0, "Members Present:"),
        ("list", 1, "Ann Able"),
        ("list", 1, "Ben Baker"),
        ("paragraph", 0, "Members Absent:"),
        ("list", 1, "none"),
        ("heading", 3, "A. Excuses"),
        ("paragraph", 0, "None came."),
        ("heading", 2, "3. Reports"),
    ]


def test_underlined_and_capital_lines_are_headings_of_their_own_levels():
    text = "Minutes\n=======\n\nBudget\n------\nWe spent less.\n\nANY OTHER BUSINESS\n\nNone.\n\nClose\n-----\n"
    assert [entry for entry in shape(text) if entry[0] == "heading"] == [
        ("heading", 1, "Minutes"),
        ("heading", 2, "Budget"),
        ("heading", 3, "ANY OTHER BUSINESS"),
        ("heading", 2, "Close"),
    ]


def test_each_labelled_line_is_a_paragraph_and_a_wrapped_one_goes_on():
    text = "Ann Able: We should spend\nless this year.\nBen Baker: No.\n"
    assert [words for _, _, words in shape(text)] == [
        "Ann Able: We should spend less this year.",
        "Ben Baker: No.",
    ]


def test_list_entries_go_on_in_lines_that_are_set_in():
    text = "Agreed:\n\n- to mend the\n  gate\n- to paint it\n1. first\n2. second\n"
    assert shape(text)[1:] == [
        ("list", 1, "to mend the gate"),
        ("list", 1, "to paint it"),
        ("list", 1, "1. first"),
        ("list", 1, "2. second"),
    ]


def test_a_year_or_a_number_in_a_sentence_opens_nothing():
    assert [kind for kind, _, _ in shape("It was moved in\n2014 and in 10 places\n10 people left.\n")] == ["paragraph"]


def test_windows_line_ends_and_a_byte_order_mark_change_no_block():
    plain = shape(MINUTES)
    text = "\ufeff" + MINUTES.replace("\n", "\r\n")
    assert shape(text) == plain


def test_every_letter_of_real_looking_minutes_is_accounted_for():
    data = MINUTES.encode()
    reading = read(data, "2024-03-07.txt", DEFAULT)
    assert reading.rendition.data == data
    account(reading)


@given(st.lists(st.sampled_from([*MINUTES.splitlines(), "", "- x", "=====", "Ann: yes", "| a | b |", "\t", "é"])))
@settings(max_examples=150, deadline=None)
def test_any_order_of_lines_is_read_and_accounted_for(lines):
    text = "\n".join(lines)
    prose = extract(text)
    ends = [0] + [block.end for block in prose.blocks]
    assert all(block.start >= end for block, end in zip(prose.blocks, ends, strict=False))
    account(read(text.encode(), "a.txt", DEFAULT))


@pytest.mark.parametrize("size", [5_000_000, pytest.param(200_000_000, marks=pytest.mark.slow)])
def test_one_endless_line_is_kept_as_text_with_a_finding(size):
    data = (b"the chair said that the gate was open and " * (size // 42)) + b"end"
    started = time.process_time()
    reading = read(data, "endless.txt", DEFAULT)
    assert time.process_time() - started < 5 + size / 5_000_000
    assert "long-line" in {finding.code for finding in reading.proceedings.findings}
    assert reading.rendition.data == data
    counted = account(reading)
    assert counted.letters == counted.other


def test_lines_around_an_endless_one_are_still_read():
    data = b"1. Budget\n\n" + b"x" * 1_200_000 + b"\n\n2. Gate\n\nIt is open.\n"
    reading = read(data, "a.txt", DEFAULT)
    assert [item.title for item in reading.proceedings.items] == ["1. Budget", "2. Gate"]
    account(reading)


def test_a_long_formal_label_begins_a_paragraph():
    label = "A señora PRESIDENTA DA COMISIÓN DE ORDENACIÓN TERRITORIAL, OBRAS PÚBLICAS E VÍAS (Able)"
    text = f"O señor PRESIDENTE: ten a palabra\n{label}: grazas\n"
    assert [text[block.start :][:8] for block in extract(text).blocks] == ["O señor ", "A señora"]


def test_any_text_is_taken_and_no_binary():
    assert choose(b"just words", "LICENSE", DEFAULT).name.startswith("plaintext/")
    assert choose(b"\x00\x01\x02" * 50, "a.txt", DEFAULT).name.startswith("unread/")


ITEMS = [
    "TOP 1 Hebesatz der Grundsteuer B",
    "TOP 2: Steg",
    "TOP Ö 3 Bericht",
    "Tagesordnungspunkt 4: Wahlen",
    "Zu TOP 5",
    "zu Punkt 6 der Tagesordnung",
    "Punkt 7 der Tagesordnung: Bad",
    "Item 8: Budget",
    "Ponto 9 – Obras",
    "Punto 10. Camiño",
]


@pytest.mark.parametrize("head", ITEMS)
def test_a_line_that_names_an_item_is_its_heading_and_bears_its_number(head):
    reading = read(f"Minutes of 7 May 2024\n\n{head}\nNobody spoke.\n\nThe end.\n".encode(), "a.txt", DEFAULT)
    (item,) = reading.proceedings.items
    assert (item.title, f"{item.number:0>2}"[-2:]) == (head, f"{ITEMS.index(head) + 1:02}")


@pytest.mark.parametrize(
    "text",
    [
        "TOP 3 wird vertagt.",
        "TOP 3 der letzten Sitzung blieb offen.",
        "Zu TOP 4 erklärt Frau Kern, dass nichts vorliegt.",
        "Der Rat kommt nach langer Beratung noch einmal zurück auf den\nTOP 3 Hebesatz und beschließt nichts.",
        "Der Rat vertagt nach langer Beratung und vielen Fragen auch noch den\nTOP 3 Hebesatz\nund geht heim.",
        "Item 3 was deferred.",
        "Top 3 Gründe",
        "Punkt 5 Satz 2 der Satzung",
        "Tagesordnung:\nTOP 1 Hebesatz\nTOP 2 Steg\nTOP 3 Bad",
    ],
)
def test_running_text_and_the_list_of_an_agenda_head_no_item(text):
    assert "heading" not in {
        kind for kind, _, _ in shape(f"Es war ein langer Abend im Saal und viele kamen.\n\n{text}\n")
    }


def test_items_may_follow_one_another_without_a_blank_line_and_have_their_title_below():
    text = "TOP 1 Steg\nEr bleibt.\nTOP 2 Bad\nEs bleibt.\n\nPunkt 3 der Tagesordnung\nBrunnen\n\nEr bleibt.\n"
    assert [words for kind, _, words in shape(text) if kind == "heading"] == [
        "TOP 1 Steg",
        "TOP 2 Bad",
        "Punkt 3 der Tagesordnung Brunnen",
    ]


def test_the_part_that_is_not_public_stands_above_its_items():
    text = "TOP 1 Steg\n\nEr bleibt.\n\nNichtöffentlicher Teil\n\nTOP 2 Verkauf\n\nEr wird verkauft.\n"
    assert [(level, words) for kind, level, words in shape(text) if kind == "heading"] == [
        (1, "TOP 1 Steg"),
        (1, "Nichtöffentlicher Teil"),
        (2, "TOP 2 Verkauf"),
    ]
