"""Neighbours reinforce a hit and never make one; the first hits are not all of one place."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from remembrancer.memory.index import TantivyIndex
from remembrancer.memory.query import parse
from remembrancer.memory.ranking import (
    CANDIDATES,
    Place,
    apart,
    best,
    fitted,
    locally,
    neighbours,
    packed,
    place,
    rarity,
    reinforced,
    unpacked,
)
from remembrancer.model import Passage
from remembrancer.ports import Index, Indexed
from remembrancer.queries import Filters
from remembrancer.testing import MemoryIndex, passage_of

PLACES = some.builds(
    Place,
    some.integers(0, 2**28 - 1),
    some.integers(0, 2**22 - 1),
    some.integers(0, 4095),
    some.booleans(),
)
TURNS = {key: Place(1, key, 20) for key in range(40)}


def turn(id: str, at: int, text: str, **fields: str) -> Indexed:
    """A turn of one debate, at a place of its document."""
    entry = passage_of(id, text, sitting="m1", at=at, **fields)
    return entry._replace(passage=entry.passage._replace(source="d" * 64))


def found(index: Index, query: str, **filters: str) -> list[str]:
    return [passage.id for passage, _ in index.search(parse(query), Filters(**filters), 10)]


@pytest.fixture(params=["plain", "fast"])
def index(request: pytest.FixtureRequest, tmp_path: Path) -> Index:
    return MemoryIndex() if request.param == "plain" else TantivyIndex(tmp_path)


def fill(index: Index, entries: list[Indexed]) -> None:
    with index.writing() as batch:
        batch.add(entries)
        batch.commit(1)


@given(PLACES)
def test_a_place_comes_back_from_its_number_which_fits_an_index(where: Place) -> None:
    assert unpacked(packed(where)) == where
    assert 0 <= packed(where) < 2**63


def test_rows_of_a_table_and_headings_have_no_neighbours_but_turns_and_what_stands_under_an_item_do() -> None:
    def among(kind: str, item: str = "") -> int:
        return place(Passage("x", 0, kind, "town", "s", "s", (), item=item), 9).among  # type: ignore[arg-type]

    assert not among("text") and not among("item", "i1")
    assert among("speech") and among("text", "i1") and among("text", "i1") != among("text", "i2")


def scored(parts: list[dict[int, float]], places: dict[int, Place]) -> dict[int, float]:
    return reinforced(parts, places, neighbours({key for part in parts for key in part}, places))


@given(some.dictionaries(some.integers(0, 39), some.floats(0.1, 9), min_size=1))
def test_nobody_is_found_by_neighbours_alone_and_nobody_loses_by_them(part: dict[int, float]) -> None:
    scores = scored([part], TURNS)
    alone = scored([part], {key: Place(0, key, 20) for key in TURNS})
    assert scores.keys() == part.keys()
    assert all(scores[key] >= alone[key] for key in part)


def test_what_was_said_before_counts_more_than_what_comes_after() -> None:
    scores = scored([{10: 2.0, 11: 1.0, 30: 1.0, 31: 2.0}], TURNS)
    assert scores[11] > scores[30]


def test_another_word_nearby_counts_more_than_the_same_again() -> None:
    scores = scored([{5: 1.0, 6: 1.0, 20: 1.0}, {21: 1.0, 30: 1.0}], TURNS)
    assert max(scores[20], scores[21]) > max(scores[5], scores[6])


def test_of_two_turns_alike_the_longer_one_is_the_better_witness() -> None:
    places = {1: Place(1, 1, 3), 2: Place(1, 30, 60)}
    scores = scored([{1: 1.0, 2: 1.0}], places)
    assert scores[2] > scores[1]


def test_the_second_hit_is_of_another_place_where_that_is_nearly_as_good() -> None:
    scores = {5: 3.0, 6: 2.9, 7: 2.8, 30: 2.0}
    order = [key for key, _ in apart(scores, neighbours(scores, TURNS))]
    assert order[:2] == [5, 30]


@given(some.dictionaries(some.integers(0, 39), some.floats(0.1, 9)))
def test_setting_apart_loses_nothing_and_ends_with_the_least(scores: dict[int, float]) -> None:
    ranked = list(apart(scores, neighbours(scores, TURNS)))
    assert {key for key, _ in ranked} == scores.keys()
    assert [score for _, score in ranked] == sorted((score for _, score in ranked), reverse=True)


def test_the_first_hits_are_the_first_of_any_number() -> None:
    places = {key: Place(key // 50, key % 50, 9) for key in range(3 * CANDIDATES)}
    part = {key: 1.0 + (key * 7 % 101) / 100 for key in places}
    every = best([part], places, len(places))
    assert len(every) == len(places)
    assert best([part], places, 7) == every[:7]
    assert [score for _, score in every] == sorted((score for _, score in every), reverse=True)
    assert best([part], places, 0) == []


def test_a_word_that_is_common_here_and_rare_elsewhere_tells_less_here() -> None:
    assert locally(10_000, 50, 100, 50) < 1 < locally(100, 50, 100, 2)
    assert rarity(10, 12) > 0


@given(some.integers(1, 9), some.integers(1, 300), some.floats(5, 90), some.floats(5, 90))
def test_a_score_fitted_to_another_mean_length_is_bm25_with_that_mean(
    times: int, words: int, mean: float, here: float
) -> None:
    def bm25(mean: float) -> float:
        return 3.0 * times / (times + 1.2 * (0.25 + 0.75 * words / mean))

    assert fitted(bm25(mean), 3.0, words, mean, here) == pytest.approx(bm25(here))


def test_an_answer_right_after_its_question_is_lifted_over_a_stray_mention(index: Index) -> None:
    fill(
        index,
        [
            turn("q", 1, "Shall we close the ferry to the island this winter?"),
            turn("a", 2, "Not before the bridge is open, the ferry stays."),
            turn("x", 30, "Nor is there a ferry, I am told, in that town."),
            *(turn(f"n{at}", at, "Let us go on to the budget of the library.") for at in range(3, 29)),
        ],
    )
    assert found(index, "ferry")[0] == "a"
    assert set(found(index, "ferry")) == {"q", "a", "x"}
    assert found(index, "ferry island", sitting="m1")[0] in {"q", "a"}


@pytest.mark.parametrize("sitting", ["", "m1"])
def test_who_has_the_one_word_asked_for_stands_before_what_is_merely_titled_with_it(index: Index, sitting: str) -> None:
    titled = {"item": "i1", "item_title": "Ferry"}
    said = [turn(f"s{at}", at, "Shall the ferry run? " + "It costs a great deal. " * 8) for at in (40, 44, 48)]
    fill(
        index,
        [
            *(turn(f"t{at}", at, "Aye.", **titled) for at in range(1, 4)),
            turn("both", 4, "The ferry, aye.", **titled),
            *said,
            *(turn(f"n{at}", at, "The budget of the library.") for at in range(60, 90)),
            turn("ann", 99, "Aye.", speaker="Ferry"),
        ],
    )
    ranked = index.search(parse("ferry"), Filters(sitting=sitting), 20)
    assert {passage.id for passage, _ in ranked[:5]} == {"both", "s40", "s44", "s48", "ann"}
    assert {passage.id for passage, _ in ranked[5:]} == {"t1", "t2", "t3"}
    assert [score for _, score in ranked] == sorted((score for _, score in ranked), reverse=True)
    assert index.search(parse("ferry"), Filters(sitting=sitting), 6) == ranked[:6]
    assert index.search(parse("ferry"), Filters(sitting=sitting), 2) == ranked[:2]


def test_a_filter_keeps_neighbours_out_too(index: Index) -> None:
    fill(
        index,
        [
            turn("b1", 1, "The ferry is old.", speaker="Bell"),
            turn("c1", 2, "The ferry is slow.", speaker="Cole"),
            turn("c2", 20, "The ferry is late.", speaker="Cole"),
        ],
    )
    both = index.search(parse("ferry"), Filters(speaker="Cole"), 5)
    assert [passage.id for passage, _ in both] in (["c1", "c2"], ["c2", "c1"])
    assert both[0][1] == pytest.approx(both[1][1])


def test_within_a_sitting_a_word_of_every_turn_hardly_counts(index: Index) -> None:
    entries = [turn(f"t{at}", at, "The ferry again, and the ferry.") for at in range(1, 30)]
    others = [passage_of(f"o{at}", "The harbour budget is late.", sitting="m2") for at in range(60)]
    fill(index, [*entries, turn("h", 60, "The harbour."), *others])
    assert found(index, "ferry harbour", sitting="m1")[0] == "h"
