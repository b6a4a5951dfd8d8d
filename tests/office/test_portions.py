"""A sitting in portions: each of its words once, in order, and nothing of another item."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from remembrancer.memory.views import ItemView, SittingView, SpeechView, TextView
from remembrancer.model import Fault, Quote
from remembrancer.office.showing.portions import portion

ITEMS = ("", "item-a", "item-b", "item-c")
"""``item-c`` stands under ``item-b``."""


def sitting(under: list[tuple[bool, int]]) -> SittingView:
    """One whose speeches (True) and texts stand one after the other, each under an item."""
    speeches, texts = [], []
    for at, (is_speech, item) in enumerate(under):
        spans = (Quote("s", "r", at * 10, at * 10 + 5, "words"),)
        if is_speech:
            speeches.append(SpeechView(f"{at}", ITEMS[item], "Ann", "", "", "words", "", spans))
        else:
            texts.append(TextView(f"{at}", ITEMS[item], "text", "words", "", spans))
    items = tuple(
        ItemView(each, "", each, 1, "item-b" if each == "item-c" else "", "open", "", "", ()) for each in ITEMS[1:]
    )
    return SittingView("sitting-x", "", (), "", "approved", (), items, tuple(speeches), tuple(texts), ("s",))


def read(whole: SittingView, item: str, most: int) -> list[str]:
    """The ids of all portions, one after the other."""
    read: list[str] = []
    after: int | None = 0
    while after is not None:
        shown, following = portion(whole, item, after, most)
        assert len(shown.speeches) + len(shown.texts) <= most
        read += sorted((each.id for each in (*shown.speeches, *shown.texts)), key=int)
        after = following
    return read


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 3)), max_size=30), st.integers(1, 7))
def test_all_is_read_once_and_in_order(under: list[tuple[bool, int]], most: int) -> None:
    assert read(sitting(under), "", most) == [str(at) for at in range(len(under))]


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 3)), max_size=30), st.integers(1, 7))
def test_an_item_is_read_with_what_stands_below_it(under: list[tuple[bool, int]], most: int) -> None:
    whole = sitting(under)
    assert read(whole, "item-b", most) == [str(at) for at, (_, item) in enumerate(under) if item in (2, 3)]
    assert read(whole, "item-a", most) == [str(at) for at, (_, item) in enumerate(under) if item == 1]


def test_an_item_of_another_sitting_is_none() -> None:
    with pytest.raises(Fault, match="has no item"):
        portion(sitting([]), "item-z")
