"""Laws of search by words and meaning: words come first, demands hold, and what is far is not brought."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from remembrancer.memory.query import parse
from remembrancer.memory.vectors.fused import ENOUGH, Fused, Side, demanded, meaning, mixed, shares, whole
from remembrancer.memory.vectors.store import Near
from remembrancer.model import Passage
from remembrancer.ports import Indexed
from remembrancer.queries import Filters, Group, Word
from remembrancer.testing import MemoryIndex, passage_of

TEXTS = {
    "a": "The parking fees rise.",
    "b": "The weir was mended.",
    "c": "Parking fees are refunded.",
    "d": "The mayor's parking fees.",
}
SITTINGS = {"a": ("m1", "2024-05-01"), "b": ("m1", "2024-05-01"), "c": ("m2", "2024-06-01"), "d": ("m2", "2024-06-01")}
SAID = tuple(
    passage_of(
        id,
        text,
        speaker="AB" if id == "a" else "CD",
        sitting=SITTINGS[id][0],
        date=SITTINGS[id][1],
        visibility="members" if id == "d" else "open",
    )
    for id, text in TEXTS.items()
)


def index_of(*entries: Indexed) -> MemoryIndex:
    index = MemoryIndex()
    with index.writing() as batch:
        batch.add(entries)
        batch.commit(1)
    return index


def fused(directory: Path, embedder: Any, *entries: Indexed) -> Fused:
    """One side with a window for each passage."""
    from remembrancer.memory.vectors.nearest import Nearest
    from remembrancer.memory.vectors.store import Vectors
    from remembrancer.memory.vectors.windows import Window

    store = Vectors(directory, embedder.name)
    store.follow([("s", "r")], 1, keep=True)
    (one,) = store.waiting()
    made = [Window(((each.passage.id, 0),), TEXTS[each.passage.id]) for each in entries]
    store.add(one, made, embedder.embed([window.text for window in made]))
    store.complete(one, made)
    return Fused([Side(index_of(*entries), Nearest(store))], lambda text: embedder.embed([text])[0])


def ids(found: list[tuple[Passage, float]]) -> list[str]:
    assert [score for _, score in found] == sorted((score for _, score in found), reverse=True)
    return [passage.id for passage, _ in found]


def test_what_means_the_same_is_found_without_its_words_and_after_what_has_them(tmp_path: Path, embedder: Any) -> None:
    index = fused(tmp_path, embedder, *SAID)
    assert set(ids(index.search(parse("vehicle charges"), Filters()))) == {"a", "c"}
    assert index_of(*SAID).search(parse("vehicle charges"), Filters()) == []
    assert ids(index.search(parse("weir charges"), Filters()))[0] == "b"


@pytest.mark.parametrize(
    ("query", "filters", "expected"),
    [
        ("vehicle charges", Filters(sitting="m1"), {"a"}),
        ("vehicle charges", Filters(as_of="2024-05"), {"a"}),
        ("vehicle charges", Filters(visible=frozenset({"open", "members"})), {"a", "c", "d"}),
        ("vehicle charges -refunded", Filters(), {"a"}),
        ("vehicle charges speaker:CD", Filters(), {"c"}),
        ("+vehicle charges", Filters(), set()),
        ('"vehicle charges"', Filters(), set()),
        ("vehicle AND charges", Filters(), set()),
    ],
)
def test_filters_and_what_a_query_demands_hold_for_meaning_too(
    tmp_path: Path, embedder: Any, query: str, filters: Filters, expected: set[str]
) -> None:
    assert set(ids(fused(tmp_path, embedder, *SAID).search(parse(query), filters))) == expected


def test_what_is_far_from_everything_finds_nothing(tmp_path: Path, embedder: Any) -> None:
    assert fused(tmp_path, embedder, *SAID).search(parse("zebra crossing opera"), Filters()) == []


def test_a_window_without_the_words_brings_one_passage_and_only_if_it_is_near_enough() -> None:
    one, other = SAID[0].passage, SAID[2].passage
    keys = (("a", 0), ("c", 0))
    passages = {("a", 0): one, ("c", 0): other}
    assert len(mixed([], [Near(keys, ENOUGH)], passages, 5)) == 1
    assert mixed([], [Near(keys, ENOUGH - 0.01)], passages, 5) == []
    assert len(mixed([(one, 2.0)], [Near(keys, 0.9)], passages, 5)) == 1


def test_nothing_near_leaves_the_order_of_the_words() -> None:
    lexical = [(SAID[0].passage, 3.0), (SAID[2].passage, 1.5)]
    assert [passage for passage, _ in mixed(lexical, [], {}, 5)] == [passage for passage, _ in lexical]


def test_the_meaning_is_that_of_the_question_as_asked_and_phrases_alone_have_none() -> None:
    assert meaning(parse("What was said about the parking fees?")) == "What was said about the parking fees?"
    assert meaning(parse("parking -weir speaker:AB")) == "parking"
    assert meaning(parse('"parking fees"')) == ""


def test_the_less_of_a_question_the_record_has_in_words_the_more_its_meaning_counts() -> None:
    index = index_of(*SAID)
    assert whole(parse("parking fees zebra"), index) > whole(parse("parking fees"), index)
    passage, other = SAID[0].passage, SAID[1].passage
    near = [Near(((other.id, 0),), 0.9), Near(((passage.id, 0),), 0.1)]
    lexical = [(passage, 9.0), (other, 4.0)]
    for most, first in ((8.0, passage), (10.0, passage), (30.0, other)):
        shared = shares(lexical, most)
        assert max(share for _, share in shared) <= 1
        assert mixed(shared, near, {}, 2)[0][0] == first
    assert shares([], 0.0) == []


def test_demands_are_kept_and_wishes_left_out() -> None:
    assert demanded(parse("parking fees")) == Group()
    assert demanded(parse("parking speaker:AB -weir")) == parse("speaker:AB -weir")
    assert demanded(parse("+parking fees")) == Group(must=(Word("parking"),))
