"""The law of reading: whatever a reader claims, every letter ends up in exactly one element."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from remembrancer.model import Item, PlaceRun, Proceedings, Reading, Rendition, Span, Text
from remembrancer.read.account import UnaccountedError, account, letters_in
from remembrancer.read.form import Form, places_in_bytes

texts = st.text(st.sampled_from("aé漢Ⅷ1 \n.,-[]()😀"), max_size=60)


@st.composite
def claimed(draw: st.DrawFn) -> Form:
    """A form over some text with random, overlapping, nested and empty claims."""
    text = draw(texts)
    form = Form(text)
    offset = st.integers(0, len(text))
    ranges = st.tuples(offset, offset).map(lambda pair: (min(pair), max(pair)))
    form.sitting("A sitting")
    for kind in draw(st.lists(st.sampled_from(("item", "speech", "text", "markup", "finding")), max_size=8)):
        where = draw(ranges)
        if kind == "item":
            form.item([where], sitting=0)
        elif kind == "speech":
            middle = draw(st.integers(*where))
            form.speech("AB", [(middle, where[1])], [(where[0], middle)], sitting=0)
        elif kind == "text":
            form.text_at([where])
        elif kind == "markup":
            form.markup(*where)
        else:
            form.finding("odd", "Something odd.", at=where, holds=draw(st.booleans()))
    return form


def reading(form: Form) -> Reading:
    return Reading("test/1", Rendition(form.text.encode()), form.finish())


@given(claimed())
def test_every_letter_is_in_exactly_one_element_and_the_account_sums(form: Form) -> None:
    counted = account(reading(form))
    parts = (counted.in_speech, counted.in_item, counted.other, counted.markup, counted.in_findings)
    assert sum(parts) == counted.letters == sum(map(str.isalnum, form.text))


@given(claimed())
def test_every_span_is_whole_characters_in_order(form: Form) -> None:
    told = reading(form)
    data = told.rendition.data
    elements = [*told.proceedings.items, *told.proceedings.speeches, *told.proceedings.texts]
    for element in elements:
        data_of = [data[start:end].decode() for start, end in element.spans]
        assert all(data_of)
        assert list(element.spans) == sorted(element.spans)


@given(claimed())
def test_references_point_where_they_did(form: Form) -> None:
    told = form.finish()
    for text in told.texts:
        assert text.item is None or 0 <= text.item < len(told.items)
    for speech in told.speeches:
        assert speech.sitting == 0


def test_markup_splits_a_claim_and_is_counted_apart() -> None:
    form = Form("AB: see [the rule](http://x) now")
    form.speech("AB", [(4, 32)], [(0, 3)])
    form.markup(18, 28)
    told = form.finish()
    assert told.speeches[0].spans == (Span(4, 18), Span(28, 32))
    assert told.markup == (Span(18, 28),)


def test_what_is_claimed_twice_belongs_to_the_claim_that_starts_first() -> None:
    form = Form("one two three")
    form.text_at([(0, 7)])
    form.speech("AB", [(4, 13)])
    told = form.finish()
    assert told.texts[0].spans == (Span(0, 7),)
    assert told.speeches[0].spans == (Span(8, 13),)


def test_letters_nobody_claimed_become_a_text_of_the_item_they_follow() -> None:
    form = Form("Item\nsome words\nAB: hi")
    item = form.item([(0, 4)])
    form.speech("AB", [(20, 22)], [(16, 19)], item=item)
    told = form.finish()
    assert [(text.spans, text.item) for text in told.texts] == [((Span(5, 15),), 0)]


@given(st.text())
def test_letters_are_what_isalnum_says(text: str) -> None:
    data = text.encode("utf-8", "surrogatepass")
    if data == text.encode("utf-8", "ignore"):
        assert letters_in(data) == sum(map(str.isalnum, text))


def test_places_move_to_bytes() -> None:
    assert places_in_bytes("é\nb", [(2, "page 2")]) == (PlaceRun(3, "page 2"),)


@pytest.mark.parametrize("fault", ["dropped", "twice"])
def test_the_account_catches_a_reader_that_drops_or_doubles_a_letter(fault: str) -> None:
    whole = Proceedings(texts=(Text((Span(0, 5),)),))
    spans = (Span(0, 4),) if fault == "dropped" else (Span(0, 5),)
    told = replace(whole, texts=(Text(spans),))
    if fault == "twice":
        told = replace(told, items=(Item("x", (Span(3, 5),)),))
    with pytest.raises(UnaccountedError, match="no element" if fault == "dropped" else "two elements"):
        account(Reading("test/1", Rendition(b"abcde"), told))
