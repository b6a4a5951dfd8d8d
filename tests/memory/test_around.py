"""Laws of windows: a hit is shown among six passages of its item and class, never beside words of another."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from remembrancer.memory.around import BEFORE, SIZE, windows
from remembrancer.model import Passage, PassageKind, Span, Visibility

WIDE = 10


def passage(at: int, visibility: Visibility = "open", item: str = "i1", kind: PassageKind = "speech") -> Passage:
    """The ``at``-th passage of a document, each of ``WIDE`` bytes, the first two of them its label."""
    start = at * WIDE
    extent = Span(start, start + WIDE - 1)
    spans = (Span(start + 2, extent.end),)
    return Passage(f"e{at}", 0, kind, "town", "s", "r", spans, item=item, visibility=visibility, window=extent)


def found(*passages: Passage) -> list[Span]:
    return list(windows(passages, [(each.visibility, span) for each in passages for span in each.spans]))


def test_a_window_holds_six_passages_also_at_the_ends() -> None:
    spans = found(*map(passage, range(12)))
    assert spans[6] == Span((6 - BEFORE) * WIDE, (6 - BEFORE + SIZE) * WIDE - 1)
    assert spans[0] == spans[BEFORE] == Span(0, SIZE * WIDE - 1)
    assert spans[11] == Span(6 * WIDE, 12 * WIDE - 1)


def test_a_window_ends_where_its_item_does() -> None:
    spans = found(passage(0), passage(1), passage(2, item="i2", kind="item"), passage(3, item="i2"))
    assert spans == [Span(0, 19), Span(0, 19), Span(20, 29), Span(30, 39)]


def test_a_row_that_stands_under_no_item_has_a_window_that_is_itself() -> None:
    assert found(*(passage(at, item="", kind="text") for at in range(3))) == [Span(0, 9), Span(10, 19), Span(20, 29)]


def test_a_closed_speech_between_two_open_ones_is_in_no_window_of_theirs() -> None:
    assert found(passage(0), passage(1, "members"), passage(2)) == [Span(0, 9), Span(10, 19), Span(20, 29)]


def test_a_passage_whose_own_words_stand_around_closed_ones_has_no_window() -> None:
    around = passage(0)._replace(spans=(Span(2, 9), Span(22, 29)), window=Span(0, 29))
    assert found(around, passage(1, "hidden"))[0] == Span(0, 0)


def test_a_label_that_stands_far_off_is_left_outside() -> None:
    far = passage(9, item="i2")._replace(window=Span(0, 99))
    assert found(*map(passage, range(9)), far)[-1] == Span(92, 99)


@given(st.lists(st.tuples(st.sampled_from([0, 2]), st.integers(0, 12), st.sampled_from(["i1", "i2"])), max_size=20))
def test_a_window_begins_where_a_passage_or_its_label_does_and_ends_where_one_ends(
    of: list[tuple[int, int, str]],
) -> None:
    passages = []
    for at, (label, markup, item) in enumerate(of):
        each = passage(3 * at, item=item)
        start, end = each.spans[0]
        spans = (Span(start, start + 3), Span(start + 3 + markup, end + markup))
        passages.append(each._replace(spans=spans, window=Span(start - label, spans[-1].end)))
    for window in found(*passages):
        assert window.start in {start for each in passages for start in (each.window.start, each.spans[0].start)}
        assert window.end in {each.spans[-1].end for each in passages}


@given(st.lists(st.tuples(st.sampled_from(["open", "members", "hidden"]), st.sampled_from(["i1", "i2"])), max_size=30))
def test_a_window_holds_its_passage_and_no_word_of_another_class_or_item(of: list[tuple[str, str]]) -> None:
    passages = [passage(at, visibility, item) for at, (visibility, item) in enumerate(of)]
    for each, window in zip(passages, found(*passages), strict=True):
        inside = [
            other for other in passages if window.start < other.spans[0].end and other.spans[0].start < window.end
        ]
        assert each in inside and len(inside) <= SIZE
        assert {(other.visibility, other.item) for other in inside} == {(each.visibility, each.item)}
