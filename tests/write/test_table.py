"""A table holds every row of its kind, is read back as it was written, and makes no spreadsheet compute."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_register import SOURCE, register

from remembrancer.model import Exit, Fault
from remembrancer.register.rows import Register
from remembrancer.write import table

ROWS = {
    "decisions": 1,
    "votes": 1,
    "ballots": 3,
    "motions": 1,
    "matters": 1,
    "sponsorships": 1,
    "people": 2,
    "actions": 1,
}


def read(rows: Register, name: str) -> list[dict[str, str]]:
    text = table.write(rows, name).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_the_tables_are_these() -> None:
    assert set(table.TABLES) == set(ROWS)


@pytest.mark.parametrize(("name", "count"), ROWS.items())
def test_a_table_has_a_row_for_each_and_a_heading_also_without_any(name: str, count: int) -> None:
    rows = read(register(), name)
    assert len(rows) == count
    assert all(None not in row and None not in row.values() for row in rows), "as many cells as headings"
    assert read(Register(), name) == []
    assert table.write(Register(), name).decode("utf-8-sig").startswith(next(iter(rows[0])))


@pytest.mark.parametrize("name", ["decisions", "votes", "motions", "sponsorships", "actions"])
def test_every_row_names_its_source_and_place(name: str) -> None:
    assert [(row["source"], row["place"]) for row in read(register(), name)] == [(SOURCE, "line 2")]


@given(st.text(st.characters(codec="utf-8", exclude_characters="\r\n"), max_size=30))
def test_words_are_read_back_as_they_were_but_for_the_guard_of_a_formula(text: str) -> None:
    """Quotes, commas and every letter survive; what would begin a formula has an apostrophe before it."""
    (row,) = read(register(text=text), "motions")
    assert row["text"] == (
        f"'{text}" if text.lstrip()[:1] in tuple("=+-@\uff1d\uff0b\uff0d\uff20") or text[:1] == "\t" else text
    )


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", " =1+1", "\uff1d1+1"])
def test_no_cell_is_a_formula(cell: str) -> None:
    (row,) = read(register(text=cell), "matters")
    assert row["title"].startswith("'")


def test_labels_are_guarded_as_texts_are() -> None:
    assert [row["label"] for row in read(register(), "ballots")] == ["A. Able", "'=Bo", "Bo"]


def test_lines_of_a_cell_stay_in_it() -> None:
    (row,) = read(register(text='one\n"two", three'), "decisions")
    assert row["text"] == 'one\n"two", three'


def test_a_table_that_is_none_is_refused_with_those_there_are() -> None:
    with pytest.raises(Fault) as raised:
        table.write(Register(), "hats")
    assert raised.value.exit_code == Exit.USAGE
    assert all(name in raised.value.advice for name in ROWS)
