"""The in-memory twin of the index, and the laws that every index keeps."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from hashlib import sha256
from math import log
from threading import Lock, Thread
from types import MappingProxyType
from typing import Any

from remembrancer.memory.lookup import WEIGHTS, indexed, known_by, lookups, order, range_days, required
from remembrancer.memory.query import parse
from remembrancer.memory.ranking import best, locally, place, said_first
from remembrancer.memory.weighing import in_sitting, lightened, lone, side_by_side, weights
from remembrancer.model import Passage, Span
from remembrancer.ports import Index, Indexed, Overtaken
from remembrancer.queries import Field, Filters, Group, Phrase, Query, Word
from remembrancer.read.dates import days


class MemoryIndex:
    """A ``ports.Index`` that lasts as long as the process and looks at every passage: slow and plain."""

    def __init__(self) -> None:
        self._lock = Lock()
        self.entries: list[Indexed] = []
        self.entry = 0

    def caught_up(self) -> int:
        return self.entry

    def languages(self) -> frozenset[str]:
        return frozenset(entry.passage.language for entry in self.entries)

    def size(self) -> int:
        return len(self.entries)

    def holds(self, field: str, value: str) -> bool:
        return any(getattr(entry.passage, field) == value for entry in self.entries)

    def close(self) -> None:
        return

    @contextmanager
    def writing(self, needed: Callable[[], bool] = lambda: True) -> Iterator[MemoryBatch]:
        with self._lock:
            if not needed():
                raise Overtaken
            yield MemoryBatch(self)

    def frequency(self, word: str) -> int:
        found = lookups(Word(word), self.languages())
        return max((min(self._frequency(field, (t,)) for t in tokens) for field, tokens in found), default=0)

    def search(self, query: Query, filters: Filters, limit: int = 10) -> list[tuple[Passage, float]]:
        kept = {order(entry.passage): entry for entry in self.entries if self._passes(entry, filters)}
        light = weights(query, self.languages())
        lighter = lightened(query, light, self.languages(), self.frequency)
        words = side_by_side(lighter) if filters.sitting else ()
        places = {key: place(entry.passage, entry.words.count(" ") + 1) for key, entry in kept.items()}
        word, every = lone(lighter), partial(self._all, lighter, kept, light)
        if word is not None:
            ranked = said_first(self._said(word, kept), every, places, limit)
        else:
            ranked = best(self._each(words, kept, light) if len(words) > 1 else [every()], places, limit)
        return [(kept[key].passage, score) for key, score in ranked]

    def _said(self, word: Word, kept: Mapping[int, Indexed]) -> dict[int, float]:
        ways = [way for way in lookups(word, self.languages()) if way[0] != "title"]
        scored = ((key, sum(self._bm25(entry, *way) for way in ways)) for key, entry in kept.items())
        return {key: score for key, score in scored if score}

    def _all(self, query: Query, kept: Mapping[int, Indexed], light: Mapping[Query, float]) -> dict[int, float]:
        scored = ((key, self._score(entry, query, light)) for key, entry in kept.items())
        return {key: score for key, score in scored if score is not None}

    def _each(
        self, words: Sequence[Word | Phrase], kept: Mapping[int, Indexed], light: Mapping[Query, float]
    ) -> list[dict[int, float]]:
        """As the one on Tantivy does within a sitting."""
        parts = []
        ways = [(word, *way) for word in words for way in lookups(word, self.languages())]
        for word, field, tokens in ways:
            scored = ((key, self._bm25(entry, field, tokens, kept.values())) for key, entry in kept.items())
            found = {key: score for key, score in scored if score}
            everywhere = min(self._frequency(field, (token,)) for token in tokens)
            told = in_sitting(word, light) * locally(len(self.entries), everywhere, len(kept), len(found))
            parts.append({key: told * score for key, score in found.items()})
        return parts

    def held(self, ids: Sequence[str], query: Query, filters: Filters) -> list[Passage]:
        found = self.search(query, filters, len(self.entries))
        return [passage for passage, _ in found if passage.id in ids]

    def _passes(self, entry: Indexed, filters: Filters) -> bool:
        passage, last, when = entry.passage, known_by(filters), days(entry.passage.date)
        return (
            passage.visibility in filters.visible
            and (not filters.without_sitting or passage.sitting != filters.without_sitting)
            and (last is None or (when is not None and when.last <= last))
            and self._score(entry, Group(must=tuple(required(filters)))) is not None
        )

    def _score(self, entry: Indexed, query: Query, light: Mapping[Query, float] = MappingProxyType({})) -> float | None:
        """BM25, or None where the passage does not match; ``light`` are the words that count less."""
        if isinstance(query, Field):
            return 0.0 if self._has(entry, query) else None
        if not isinstance(query, Group):
            found = [self._bm25(entry, field, tokens) for field, tokens in lookups(query, self.languages())]
            return sum(found) if any(found) else None
        must = [self._score(entry, part) for part in query.must]
        may = [light.get(part, 1.0) * score for part in query.may if (score := self._score(entry, part)) is not None]
        lacking = None in must or (bool(query.may) and not must and not may)
        if lacking or any(self._score(entry, part) is not None for part in query.never):
            return None
        return sum(score for score in must if score is not None) + sum(may)

    def _has(self, entry: Indexed, query: Field) -> bool:
        if query.name == "date":
            asked, when = range_days(query.value), days(entry.passage.date)
            return when is not None and when.first <= asked.last and when.last >= asked.first
        within = {"speaker": "who", "item": "title"}.get(query.name)
        found = lookups(Phrase(query.value), self.languages()) if within else []
        if any(_times(entry, field, tokens) for field, tokens in found if field == within):
            return True
        return query.name != "speaker" and getattr(entry.passage, query.name) == query.value

    def _frequency(self, field: str, tokens: tuple[str, ...]) -> int:
        return sum(_times(entry, field, tokens) > 0 for entry in self.entries)

    def _bm25(
        self, entry: Indexed, field: str, tokens: tuple[str, ...], among: Collection[Indexed] | None = None
    ) -> float:
        """Of one way to look a word up; ``among`` are those whose mean length counts for the text, all by default."""
        times = _times(entry, field, tokens)
        if not times:
            return 0.0
        total = len(self.entries)
        frequencies = [self._frequency(field, (token,)) for token in tokens]
        rarity = sum(log(1 + (total - found + 0.5) / (found + 0.5)) for found in frequencies)
        others = self.entries if among is None or field != "words" else among
        mean = sum(len(getattr(other, field).split()) for other in others) / len(others)
        norm = 1.2 * (0.25 + 0.75 * len(getattr(entry, field).split()) / mean)
        return WEIGHTS[field] * rarity * 2.2 * times / (times + norm)


def _times(entry: Indexed, field: str, tokens: tuple[str, ...]) -> int:
    held = getattr(entry, field).split()
    return sum(tuple(held[at : at + len(tokens)]) == tokens for at in range(len(held)))


class MemoryBatch:
    """A ``ports.Batch`` of a ``MemoryIndex``."""

    def __init__(self, index: MemoryIndex) -> None:
        self._index = index
        self._entries = list(index.entries)
        self.caught_up = index.entry

    def add(self, passages: Iterable[Indexed]) -> None:
        self._entries += passages

    def remove(self, field: str, value: str) -> None:
        if field not in ("id", "source", "sitting"):
            raise ValueError(f"passages are not removed by {field}")
        self._entries = [entry for entry in self._entries if getattr(entry.passage, field) != value]

    def clear(self) -> None:
        self._entries = []

    def commit(self, caught_up: int) -> None:
        self._index.entries = list(self._entries)
        self._index.entry = self.caught_up = caught_up


def passage_of(id: str, text: str, **fields: Any) -> Indexed:
    """A passage that is the whole of its own rendition, indexed; ``fields`` are those of ``Passage``."""
    data = text.encode()
    name = sha256(data).hexdigest()
    values: dict[str, Any] = {"number": 0, "kind": "speech", "body": "town", "language": "en", **fields}
    return indexed(Passage(id=id, source=name, rendition=name, spans=(Span(0, len(data)),), **values), text)


COUNCIL = (
    passage_of("s1", "The levy for the market is adopted.", speaker="AB", person="Ann Bell", date="2021-03-04",
               sitting="m1", item="i1", item_title="Market stalls"),
    passage_of("s2", "Levies on stalls were refused, see EIP-1559 and 1.2.", speaker="Cole", date="2022",
               sitting="m2", section="vote"),
    passage_of("s3", "The market opens at 10:30.", speaker="Bell, Tom", date="2022-05-01/2022-05-03", sitting="m3"),
    passage_of("s4", "A closed levy.", visibility="members", date="2022-05-01", sitting="m3"),
    passage_of("i1", "Market stalls", kind="item", item="i1", item_title="Market stalls", date="2021-03-04"),
    passage_of("t1", "Die Bäume am Marktplatz wachsen.", kind="text", body="dorf", language="de"),
)  # fmt: skip
"""Six passages of two bodies in two languages, one of them closed and one undated."""


class IndexLaws:
    """What every ``Index`` keeps: ``make`` gives an empty one."""

    def make(self) -> Index:
        raise NotImplementedError

    def filled(self) -> Index:
        index = self.make()
        with index.writing() as batch:
            batch.add(COUNCIL)
            batch.commit(6)
        return index

    def ids(self, query: str, index: Index | None = None, **filters: Any) -> set[str]:
        hits = (index or self.filled()).search(parse(query), Filters(**filters), 100)
        assert [score for _, score in hits] == sorted((score for _, score in hits), reverse=True)
        assert len({passage.id for passage, _ in hits}) == len(hits)
        return {passage.id for passage, _ in hits}

    def test_a_new_index_is_empty_and_follows_nothing(self) -> None:
        index = self.make()
        assert (index.caught_up(), index.size(), index.languages()) == (0, 0, frozenset())
        assert index.search(parse("levy"), Filters(), 5) == []
        assert index.frequency("levy") == 0

    def test_words_phrases_and_operators_find_what_they_say(self) -> None:
        index = self.filled()
        expected = {
            "levy": {"s1", "s2"},
            "levies AND market": {"s1"},
            '"levy for the market"': {"s1"},
            '"market levy"': set(),
            "+stalls -levy": {"i1"},
            "adopted OR opens": {"s1", "s3"},
            "EIP-1559": {"s2"},
            "1559": {"s2"},
            "1.2": {"s2"},
            "2.1": set(),
            "10:30": {"s3"},
            "BAUME": {"t1"},
            "-market": {"s2", "t1"},
            "zebra": set(),
        }
        assert {query: self.ids(query, index) for query in expected} == expected

    def test_fields_keep_what_has_them(self) -> None:
        index = self.filled()
        expected = {
            "speaker:Bell": {"s1", "s3"},
            'speaker:"ann bell"': {"s1"},
            "item:i1": {"s1", "i1"},
            "item:stalls": {"s1"},
            "kind:item": {"i1"},
            "section:vote": {"s2"},
            "body:dorf": {"t1"},
            "sitting:m3": {"s3"},
            "date:2022": {"s2", "s3"},
            "date:2022-05-02": {"s2", "s3"},
            "date:..2021-12": {"s1", "i1"},
            "levy date:2022..": {"s2"},
        }
        assert {query: self.ids(query, index) for query in expected} == expected

    def test_filters_keep_what_passes_all_of_them(self) -> None:
        index = self.filled()
        assert self.ids("", index, since="2021-03-04", until="2021-03-04") == {"s1", "i1"}
        assert self.ids("levy", index, speaker="Cole", body="town") == {"s2"}
        assert self.ids("", index, kind="speech", without_sitting="m1") == {"s2", "s3"}
        assert self.ids("", index, section="vote", sitting="m2") == {"s2"}

    def test_as_of_a_day_leaves_out_what_may_be_later_and_what_has_no_date(self) -> None:
        index = self.filled()
        assert self.ids("", index, as_of="2022-05-02") == {"s1", "i1"}
        assert self.ids("", index, as_of="2022-05-03") == {"s1", "i1", "s3"}
        assert self.ids("", index, as_of="2022") == {"s1", "i1", "s2", "s3"}

    def test_a_class_is_found_only_by_those_who_may_see_it(self) -> None:
        index = self.filled()
        assert "s4" not in self.ids("closed OR levy", index)
        assert self.ids("closed", index, visible=frozenset({"open", "members"})) == {"s4"}
        assert self.ids("levy", index, visible=frozenset()) == set()

    def test_the_passages_of_named_elements_are_those_that_query_and_filters_leave(self) -> None:
        index = self.filled()

        def held(query: str, **filters: Any) -> set[str]:
            found = index.held(["s1", "s2", "s4", "none"], parse(query), Filters(**filters))
            return {passage.id for passage in found}

        assert held("") == {"s1", "s2"}
        assert held("", visible=frozenset({"open", "members"})) == {"s1", "s2", "s4"}
        assert held("", sitting="m1") == {"s1"}
        assert held("-adopted") == {"s2"}
        assert index.held([], parse(""), Filters()) == []

    def test_the_passage_comes_back_as_it_went_in(self) -> None:
        [(passage, score)] = self.filled().search(parse("opens"), Filters(), 5)
        assert passage == COUNCIL[2].passage
        assert score > 0

    def test_more_of_the_words_and_rarer_ones_rank_higher(self) -> None:
        index = self.filled()
        assert [passage.id for passage, _ in index.search(parse("refused levy"), Filters(), 5)] == ["s2", "s1"]
        assert index.frequency("levies") == 3
        assert index.frequency("refused") == 1

    def test_the_best_are_the_first_of_all_and_ties_fall_the_same_way_in_any_order(self) -> None:
        alike = [passage_of(f"x{number}", "Agreed.") for number in range(30)]
        ranked = []
        for entries in (alike, alike[::-1]):
            index = self.make()
            with index.writing() as batch:
                batch.add(entries)
                batch.commit(1)
            ranked.append([passage.id for passage, _ in index.search(parse("agreed"), Filters(), 7)])
            assert len(index.search(parse("agreed"), Filters(), 0)) == 0
        assert ranked[0] == ranked[1]

    def test_nothing_shows_before_a_commit_and_nothing_remains_without_one(self) -> None:
        index = self.filled()
        with index.writing() as batch:
            assert batch.caught_up == 6
            batch.remove("id", "s1")
            batch.add([passage_of("s9", "A zebra.")])
            assert self.ids("levy OR zebra", index) == {"s1", "s2"}
        assert self.ids("levy OR zebra", index) == {"s1", "s2"}
        assert (index.caught_up(), index.size()) == (6, 6)

    def test_removal_takes_out_what_it_names_and_a_later_addition_stays(self) -> None:
        index = self.filled()
        with index.writing() as batch:
            batch.remove("source", COUNCIL[0].passage.source)
            batch.remove("sitting", "m3")
            batch.add([COUNCIL[0]])
            batch.commit(9)
        assert self.ids("", index) == {"s1", "s2", "i1", "t1"}
        assert (index.caught_up(), index.size()) == (9, 4)

    def test_a_cleared_index_is_new_but_for_what_is_added_after(self) -> None:
        index = self.filled()
        with index.writing() as batch:
            batch.clear()
            batch.add([COUNCIL[1]])
            batch.commit(2)
        assert (index.caught_up(), index.size(), index.languages()) == (2, 1, frozenset({"en"}))

    def test_writers_take_turns_and_none_is_lost(self) -> None:
        index = self.make()

        def write(number: int) -> None:
            with index.writing() as batch:
                batch.add([passage_of(f"w{number}", "Aye.")])
                batch.commit(batch.caught_up + 1)

        threads = [Thread(target=write, args=(number,)) for number in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert (index.caught_up(), index.size()) == (6, 6)
