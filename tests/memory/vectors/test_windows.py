"""Laws of windows: every passage stands in one, and none joins what must stay apart."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from remembrancer.memory.vectors.windows import WIDE, tiles, windows
from remembrancer.model import Passage, Span
from remembrancer.testing import passage_of

WORDS = {"a": "The weir leaks.", "b": "[laughter] It does {noise} leak.", "c": "Mend it.", "d": "Agreed."}


def turns(**fields: dict[str, str]) -> list[Passage]:
    return [
        passage_of(id, text, speaker=id.upper(), **fields.get(id, {})).passage._replace(
            source="s", spans=(Span(at * 50, at * 50 + 9),)
        )
        for at, (id, text) in enumerate(WORDS.items())
    ]


def said(passage: Passage) -> str:
    return WORDS[passage.id]


@given(st.lists(st.integers(0, 90), max_size=60))
def test_runs_cover_everything_in_order_and_are_no_wider_than_they_may_be(lengths: list[int]) -> None:
    runs = list(tiles(lengths))
    assert {at for start, end in runs for at in range(start, end)} == set(range(len(lengths)))
    assert all(one[0] < other[0] and one[1] < other[1] for one, other in pairwise(runs))
    assert all(sum(lengths[start:end]) <= WIDE or end == start + 1 for start, end in runs)


def test_speakers_stand_before_their_words_and_notations_are_left_out() -> None:
    (window,) = windows(turns(), said)
    assert window.text == "A: The weir leaks.\nB: It does leak.\nC: Mend it.\nD: Agreed."
    assert window.members == (("a", 0), ("b", 0), ("c", 0), ("d", 0))


def test_the_title_of_the_item_stands_in_front_unless_its_heading_does() -> None:
    item = {"item": "i", "item_title": "The weir"}
    first, second = windows(turns(a={**item, "kind": "item"}, b=item, c={"item": "j", "item_title": "Bins"}), said)[:2]
    assert first.text.splitlines()[0] == "A: The weir leaks."
    assert second.text.splitlines() == ["Bins", "C: Mend it."]


def test_a_window_is_of_one_document_sitting_item_and_class() -> None:
    for field in ("visibility", "sitting", "item"):
        found = windows(turns(b={field: "members"}), said)
        assert [[key[0] for key in window.members] for window in found] == [["a"], ["b"], ["c", "d"]]


def test_a_text_under_no_item_stands_alone_and_one_under_an_item_does_not() -> None:
    rows = [each._replace(kind="text", speaker="") for each in turns()]
    assert [window.members for window in windows(rows, said)] == [((id, 0),) for id in WORDS]
    assert len(windows([each._replace(item="i") for each in rows], said)) == 1


def test_the_same_text_again_is_one_window_of_all_its_passages() -> None:
    again = [each._replace(sitting=each.id, speaker="") for each in turns()]
    (window,) = windows(again, lambda _: "Agreed.")
    assert len(window.members) == 4


def test_the_order_in_which_passages_come_changes_nothing() -> None:
    assert windows(turns()[::-1], said) == windows(turns(), said)
