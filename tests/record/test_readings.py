"""Laws of ids: permanent, inherited by overlapping spans, aligned by text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from remembrancer.model import Proceedings, Span, Speech, Text
from remembrancer.record.readings import align, decode, derived_id, encode, identify, inherit, overlap, words_of

SOURCE = "ab" * 32


def speeches(*spans: tuple[int, int], speaker: str = "AB") -> Proceedings:
    return Proceedings(speeches=tuple(Speech(speaker, (Span(*span),)) for span in spans))


def ids(proceedings: Proceedings) -> list[str]:
    return [speech.id for speech in proceedings.speeches]


def test_an_id_depends_on_source_kind_and_first_span_alone() -> None:
    assert derived_id("speech", SOURCE, Span(3, 9), 0) == derived_id("speech", SOURCE, Span(3, 9), 7)
    different = {
        derived_id("speech", SOURCE, Span(3, 9), 0),
        derived_id("text", SOURCE, Span(3, 9), 0),
        derived_id("speech", SOURCE, Span(3, 10), 0),
        derived_id("speech", "cd" * 32, Span(3, 9), 0),
        derived_id("speech", SOURCE, None, 0),
        derived_id("speech", SOURCE, None, 1),
    }
    assert len(different) == 6


def test_a_better_reading_inherits_the_ids_it_overlaps_most() -> None:
    earlier = identify(speeches((0, 10), (10, 40), (50, 60)), SOURCE)
    later, moved = inherit(identify(speeches((0, 9), (12, 40), (50, 60)), SOURCE), earlier)
    assert ids(later) == ids(earlier)
    assert moved == {}


def test_an_id_that_nothing_took_leads_to_where_its_words_stand_now() -> None:
    earlier = identify(speeches((0, 10), (10, 20)), SOURCE)
    later, moved = inherit(identify(speeches((0, 20)), SOURCE), earlier)
    assert len(set(ids(earlier)) - set(ids(later))) == 1
    (lost,) = set(ids(earlier)) - set(ids(later))
    assert moved == {lost: ids(later)[0]}


def test_an_id_may_lead_to_an_element_of_another_kind() -> None:
    earlier = identify(speeches((0, 10)), SOURCE)
    later, moved = inherit(identify(Proceedings(texts=(Text((Span(0, 10),)),)), SOURCE), earlier)
    assert moved == {ids(earlier)[0]: later.texts[0].id}


@given(st.lists(st.integers(1, 20), min_size=1, max_size=12), st.lists(st.integers(1, 20), min_size=1, max_size=12))
def test_whatever_the_two_readings_every_old_id_resolves_and_none_is_given_twice(
    one: list[int], two: list[int]
) -> None:
    def cuts(lengths: list[int]) -> Proceedings:
        position, spans = 0, []
        for length in lengths:
            spans.append((position, position + length))
            position += length
        return identify(speeches(*spans), SOURCE)

    total = min(sum(one), sum(two))
    earlier = cuts(one)
    later, moved = inherit(cuts(two), earlier)
    assert len(set(ids(later))) == len(ids(later))
    for speech in earlier.speeches:
        if speech.spans[0].start < total:
            assert speech.id in ids(later) or moved[speech.id] in ids(later)


def test_a_revised_document_is_aligned_where_words_are_equal_or_alike() -> None:
    before = "AB: The bridge costs 40,680 pounds in all.\nCD: Agreed.\nEF: Something else entirely.\n"
    after = "AB: The bridge costs 40,860 pounds in all.\nGH: A new remark.\nCD: Agreed.\n"

    def read(text: str, source: str) -> Proceedings:
        found, position = [], 0
        for line in text.splitlines(keepends=True):
            found.append(Speech(line[:2], (Span(position + 4, position + len(line) - 1),)))
            position += len(line)
        return identify(Proceedings(speeches=tuple(found)), source)

    earlier, revised = read(before, SOURCE), read(after, "cd" * 32)
    pairs = align(revised, earlier, words_of(after.encode()), words_of(before.encode()))
    assert pairs == {ids(revised)[0]: ids(earlier)[0], ids(revised)[2]: ids(earlier)[1]}


def test_overlap_is_the_share_of_the_smaller_document() -> None:
    assert overlap({1, 2}, {1, 2, 3, 4}) == 1.0
    assert overlap({1, 9}, {1, 2, 3, 4}) == 0.5
    assert overlap(set(), {1}) == 0.0


def test_a_reading_survives_its_canonical_form() -> None:
    proceedings = identify(speeches((0, 3), (4, 9)), SOURCE)
    assert decode(encode(proceedings)) == proceedings
    assert encode(decode(encode(proceedings))) == encode(proceedings)
