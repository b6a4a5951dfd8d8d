"""The index on Tantivy: one directory, which may be deleted at any time and is built again from the record.

Text arrives analyzed and is split on white space only. A passage is kept with its words as MessagePack, an
array in the order of ``model.Passage``'s fields. One more document, the marker, keeps how many entries of
the record the index follows and which languages, classes and bodies it has seen, so that it changes in the
same commit as the passages. A directory made with another ``LAYOUT`` is emptied and filled anew.
"""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache, partial
from pathlib import Path
from threading import Thread
from types import MappingProxyType
from typing import NamedTuple

import msgspec
import tantivy
from tantivy import Document, FieldType, Occur

from remembrancer.memory.lookup import (
    WEIGHTS,
    known_by,
    lookups,
    order,
    range_days,
    required,
)
from remembrancer.memory.ranking import (
    CANDIDATES,
    SATURATION,
    Place,
    best,
    fitted,
    locally,
    packed,
    place,
    rarity,
    said_first,
    unpacked,
)
from remembrancer.memory.weighing import in_sitting, lightened, lone, side_by_side, weights
from remembrancer.model import Exit, Fault, Passage, Visibility
from remembrancer.ports import Indexed, Overtaken
from remembrancer.queries import Field, Filters, Group, Phrase, Query, Word
from remembrancer.read.dates import FIRST_DAY, Days, days
from remembrancer.saying import Sentence

LAYOUT = "7"
"""Changes whenever the schema, the analyzers or the stored form do."""

RAW = ("id", "source", "sitting", "item", "kind", "section", "body", "visibility", "marker")
REMOVABLE = ("id", "source", "sitting")
HEAP = 256_000_000
"""Bytes that wait to be written at most: the more, the fewer and larger the parts that a search goes through."""

TIED = 32
"""How many passages beyond the limit are looked at, so that ties at the limit fall the same way."""

SITTING = 5_000
"""How many passages of one sitting are looked at for each word."""

HELD = 10_000
"""How many passages of named elements are given at most."""

PASSAGES = msgspec.msgpack.Decoder(Passage)

Clause = tuple[Occur, tantivy.Query]


class Marker(msgspec.Struct, frozen=True, array_like=True):
    """What the index knows about itself; each field's values are only ever added to until it is cleared.

    ``longest`` is how far the last day of a passage is from its first at most, which narrows a search of days: a range
    open at one end is slow to look up.
    """

    caught_up: int = 0
    languages: frozenset[str] = frozenset()
    classes: frozenset[Visibility] = frozenset()
    bodies: frozenset[str] = frozenset()
    passages: int = 0
    words: int = 0
    longest: int = 0

    def mean(self) -> float:
        """The words of a passage on average, of all that were ever added."""
        return self.words / self.passages if self.passages else 0.0


class _Commit(NamedTuple):
    """A commit as it was last seen; ``stamp`` is that of its file."""

    stamp: tuple[int, int, int] | None
    searcher: tantivy.Searcher
    marker: Marker


class TantivyIndex:
    """The ``Index`` port in a directory. Safe for many readers and processes; one holds the writer."""

    def __init__(self, directory: Path, patience: float = 600.0) -> None:
        """Open or make it. ``patience``: seconds to wait for another's writer before a Fault."""
        self._directory = directory
        self._patience = patience
        self._index = _opened(directory)
        self._seen: _Commit | None = None
        self._merging: Thread | None = None

    def caught_up(self) -> int:
        return self._now()[1].caught_up

    def languages(self) -> frozenset[str]:
        return self._now()[1].languages

    def size(self) -> int:
        searcher, _ = self._now()
        return searcher.num_docs - _count(searcher, _is("marker", "yes"))

    def holds(self, field: str, value: str) -> bool:
        return _count(self._now()[0], _is(field, value)) > 0

    def frequency(self, word: str) -> int:
        searcher, marker = self._now()
        found = lookups(Word(word), marker.languages)
        return max((min(searcher.doc_freq(field, token) for token in tokens) for field, tokens in found), default=0)

    def search(self, query: Query, filters: Filters, limit: int = 10) -> list[tuple[Passage, float]]:
        searcher, marker = self._now()
        light = weights(query, marker.languages)
        lighter = lightened(query, light, marker.languages, self.frequency)
        looked_for = _Searched(searcher, marker, filters, light)
        ranked, found = looked_for.best(lighter, limit), looked_for.found
        return [(_passage(searcher.doc(found[key])), score) for key, score in ranked]

    def held(self, ids: Sequence[str], query: Query, filters: Filters) -> list[Passage]:
        searcher, marker = self._now()
        named = tantivy.Query.term_set_query(_schema(), "id", list(ids))
        clauses = [(Occur.Must, named), (Occur.Must, _whole(query, filters, marker))]
        hits = searcher.search(tantivy.Query.boolean_query(clauses), HELD, count=False).hits
        return [_passage(searcher.doc(address)) for _, address in hits]

    @contextmanager
    def writing(self, needed: Callable[[], bool] = lambda: True) -> Iterator[TantivyBatch]:
        self._now()
        writer = self._take(needed)
        writer.garbage_collect_files()  # What a writer killed in its commit left would be in the next one's way.
        self._seen = None
        try:
            yield TantivyBatch(writer, self._now()[1])
        finally:
            # What was committed is found at once; small parts are merged into larger ones, and the writer released,
            # while whoever wrote goes on.
            self._merging = Thread(target=writer.wait_merging_threads)
            self._merging.start()

    def close(self) -> None:
        self._merged()
        self._seen = None

    def _merged(self) -> None:
        """Wait until our own last writer is released."""
        if self._merging is not None:
            self._merging.join()
            self._merging = None

    def _now(self) -> tuple[tantivy.Searcher, Marker]:
        """The latest commit; an index that was deleted or damaged meanwhile is a new one."""
        stamp, seen = _stamp(self._directory), self._seen
        if seen is None or stamp is None or seen.stamp != stamp:
            try:
                self._index.reload()
            except ValueError:
                self._index = _opened(self._directory)
            searcher = self._index.searcher()
            seen = self._seen = _Commit(stamp, searcher, _marker(searcher))
        return seen.searcher, seen.marker

    def _take(self, needed: Callable[[], bool]) -> tantivy.IndexWriter:
        """The writer, as soon as nobody else holds it."""
        self._merged()
        until = time.monotonic() + self._patience
        while True:
            try:
                return self._index.writer(heap_size=HEAP, num_threads=1)
            except ValueError as busy:
                if "LockBusy" not in str(busy):
                    raise
                if time.monotonic() > until:
                    raise Fault(
                        Exit.UNAVAILABLE,
                        Sentence("Another process has been writing the index for too long."),
                        Sentence("Wait for it to finish, or end it, and try again."),
                    ) from busy
            if not needed():
                raise Overtaken
            time.sleep(0.005)


class _Searched:
    """One search under way: the addresses and places of what was found, by ``order``."""

    def __init__(
        self, searcher: tantivy.Searcher, marker: Marker, filters: Filters, light: Mapping[Query, float]
    ) -> None:
        self._searcher, self._marker, self._filters, self._light = searcher, marker, filters, light
        self.found: dict[int, tantivy.DocAddress] = {}
        self.places: dict[int, Place] = {}
        self._here, self._mean = 0, 0.0

    def best(self, query: Query, limit: int) -> list[tuple[int, float]]:
        """The best ``limit`` passages by ``order``, with their scores."""
        words = side_by_side(query) if self._filters.sitting else ()
        if len(words) > 1:
            return best(self.each(words), self.places, limit)
        every = partial(self.all, query, max(limit, CANDIDATES) + TIED)
        if (word := lone(query)) is None:
            return best([every()], self.places, limit)
        return said_first(self._said(word, max(limit, CANDIDATES) + TIED), every, self.places, limit)

    def _said(self, word: Word, limit: int) -> dict[int, float]:
        """The scores of the best passages that have a word themselves, or in their speaker's name."""
        ways = [_sequence(field, tokens) for field, tokens in lookups(word, self._marker.languages) if field != "title"]
        query = _filtered(_any(ways), self._filters, self._marker)
        return self._kept(self._searcher.search(query, limit, count=False).hits)

    def all(self, query: Query, limit: int) -> dict[int, float]:
        """The scores of the best passages for a whole query."""
        hits = self._searcher.search(_whole(query, self._filters, self._marker, self._light), limit, count=False).hits
        return self._kept(hits)

    def each(self, words: Sequence[Word | Phrase]) -> list[dict[int, float]]:
        """The scores in one sitting, apart for each way to look up each word, which counts by how rare it is there."""
        here = self._hits(_whole(Group(), self._filters, self._marker))
        lengths = [unpacked(number).words for number in self._numbers("place", [address for _, address in here])]
        self._here, self._mean = len(here), sum(lengths) / max(1, len(here))
        found = {word: lookups(word, self._marker.languages) for word in words}
        return [self._part(word, field, tokens) for word, ways in found.items() for field, tokens in ways]

    def _part(self, word: Word | Phrase, field: str, tokens: tuple[str, ...]) -> dict[int, float]:
        hits = self._hits(_filtered(_sequence(field, tokens), self._filters, self._marker))
        total, everywhere = self._searcher.num_docs, [self._searcher.doc_freq(field, token) for token in tokens]
        told = in_sitting(word, self._light) * locally(total, min(everywhere), self._here, len(hits))
        found = self._kept(hits)
        if field == "words":
            most = (1 + SATURATION) * sum(rarity(total, times) for times in everywhere)
            found = {key: self._fitted(key, score, most) for key, score in found.items()}
        return {key: told * score for key, score in found.items()}

    def _fitted(self, key: int, score: float, most: float) -> float:
        return fitted(score, most, self.places[key].words, self._marker.mean(), self._mean)

    def _hits(self, query: tantivy.Query) -> list[tuple[float, tantivy.DocAddress]]:
        return self._searcher.search(query, SITTING, count=False).hits

    def _kept(self, hits: Sequence[tuple[float, tantivy.DocAddress]]) -> dict[int, float]:
        addresses = [address for _, address in hits]
        orders, places = (self._numbers(name, addresses) for name in ("order", "place"))
        self.found.update(zip(orders, addresses, strict=True))
        self.places.update(zip(orders, map(unpacked, places), strict=True))
        return {key: score for key, (score, _) in zip(orders, hits, strict=True)}

    def _numbers(self, field: str, addresses: list[tantivy.DocAddress]) -> list[int]:
        return [int(value or 0) for value in self._searcher.fast_field_values(field, addresses)]


class TantivyBatch:
    """The ``Batch`` port: changes wait for ``commit``."""

    def __init__(self, writer: tantivy.IndexWriter, marker: Marker) -> None:
        self._writer = writer
        self._marker = marker
        self.caught_up = marker.caught_up

    def add(self, passages: Iterable[Indexed]) -> None:
        languages: set[str] = set()
        classes: set[Visibility] = set()
        bodies: set[str] = set()
        count = words = longest = 0
        for entry in passages:
            when = days(entry.passage.date)
            self._writer.add_document(_document(entry, when))
            longest = max(longest, when.last - when.first if when else 0)
            count += 1
            words += _length(entry)
            languages.add(entry.passage.language)
            classes.add(entry.passage.visibility)
            bodies.add(entry.passage.body)
        self._marker = msgspec.structs.replace(
            self._marker,
            languages=self._marker.languages | languages,
            classes=self._marker.classes | classes,
            bodies=self._marker.bodies | bodies,
            passages=self._marker.passages + count,
            words=self._marker.words + words,
            longest=max(self._marker.longest, longest),
        )

    def remove(self, field: str, value: str) -> None:
        if field not in REMOVABLE:
            raise ValueError(f"passages are removed by {', '.join(REMOVABLE)}, not by {field}")
        self._writer.delete_documents_by_term(field, value)

    def clear(self) -> None:
        self._writer.delete_all_documents()
        self._marker = Marker()

    def commit(self, caught_up: int) -> None:
        self._marker = msgspec.structs.replace(self._marker, caught_up=caught_up)
        self._writer.delete_documents_by_term("marker", "yes")
        document = Document()
        document.add_text("marker", "yes")
        document.add_bytes("passage", msgspec.msgpack.encode(self._marker))
        self._writer.add_document(document)
        self._writer.commit()
        self.caught_up = caught_up


@cache
def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    for name in WEIGHTS:
        builder.add_text_field(name, tokenizer_name="words", index_option="position")
    for name in RAW:
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    for name in ("first", "last"):
        builder.add_unsigned_field(name, indexed=True, fast=True)
    for name in ("order", "place"):
        builder.add_unsigned_field(name, fast=True)
    builder.add_bytes_field("passage", stored=True)
    return builder.build()


@cache
def _layout() -> str:
    return "-".join(["layout", LAYOUT, *re.findall(r"v[\d.]+", tantivy.__version__)])  # type: ignore[attr-defined]


def _stamp(directory: Path) -> tuple[int, int, int] | None:
    """What changes with every commit: each replaces the one file that names its parts."""
    try:
        found = (directory / _layout() / "meta.json").stat()
    except FileNotFoundError:
        return None
    return found.st_mtime_ns, found.st_ino, found.st_size


def _marker(searcher: tantivy.Searcher) -> Marker:
    hits = searcher.search(_is("marker", "yes"), 1, count=False).hits
    stored = searcher.doc(hits[0][1])["passage"][0] if hits else None
    return msgspec.msgpack.decode(stored, type=Marker) if stored else Marker()


def _opened(directory: Path) -> tantivy.Index:
    """The index in a directory. Its layout names the folder in it; one of another layout, or damaged, is removed."""
    here = directory / _layout()
    for old in directory.glob("layout-*"):
        if old != here:
            shutil.rmtree(old, ignore_errors=True)
    here.mkdir(parents=True, exist_ok=True)
    try:
        index = tantivy.Index(_schema(), path=str(here))
    except ValueError:
        shutil.rmtree(here)
        here.mkdir()
        index = tantivy.Index(_schema(), path=str(here))
    split = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
    index.register_tokenizer("words", split)
    index.config_reader("manual")
    return index


def _document(entry: Indexed, when: Days | None) -> tantivy.Document:
    passage = entry.passage
    document = Document()
    for name, text in zip(WEIGHTS, entry[1:], strict=True):
        if text:
            document.add_text(name, text)
    for name in RAW[:-1]:
        if value := getattr(passage, name):
            document.add_text(name, value)
    if when:
        document.add_unsigned("first", when.first)
        document.add_unsigned("last", when.last)
    document.add_unsigned("order", order(passage))
    document.add_unsigned("place", packed(place(passage, _length(entry))))
    document.add_bytes("passage", msgspec.msgpack.encode(passage))
    return document


def _length(entry: Indexed) -> int:
    return entry.words.count(" ") + 1


def _passage(document: tantivy.Document) -> Passage:
    return PASSAGES.decode(document["passage"][0])


def _count(searcher: tantivy.Searcher, query: tantivy.Query) -> int:
    return len(searcher.search(query, 2, count=False).hits)


def _is(field: str, value: str) -> tantivy.Query:
    return tantivy.Query.const_score_query(tantivy.Query.term_query(_schema(), field, value, index_option="basic"), 0.0)


def _any(clauses: Sequence[tantivy.Query]) -> tantivy.Query:
    return tantivy.Query.boolean_query([(Occur.Should, clause) for clause in clauses])


def _within(field: str, least: int, most: int) -> tantivy.Query:
    found = tantivy.Query.range_query(_schema(), field, FieldType.Unsigned, least, most)
    return tantivy.Query.const_score_query(found, 0.0)


def _whole(
    query: Query, filters: Filters, marker: Marker, light: Mapping[Query, float] = MappingProxyType({})
) -> tantivy.Query:
    """The query under its filters."""
    return _filtered(_engine(query, marker, light), filters, marker)


def _filtered(main: tantivy.Query, filters: Filters, marker: Marker) -> tantivy.Query:
    """Under the filters; those that leave nothing out are left away, which keeps it fast."""
    clauses: list[Clause] = [
        (Occur.Must, part)
        for field in required(filters)
        if field != Field("body", filters.body) or marker.bodies - {filters.body}
        for part in _parts(field, marker)
    ]
    if marker.classes - filters.visible:
        clauses.append((Occur.Must, _any([_is("visibility", name) for name in sorted(filters.visible)])))
    last = known_by(filters)
    if last is not None:
        clauses.append((Occur.Must, _within("last", FIRST_DAY, last)))
    if filters.without_sitting:
        clauses.append((Occur.MustNot, _is("sitting", filters.without_sitting)))
    return tantivy.Query.boolean_query([(Occur.Must, main), *clauses]) if clauses else main


def _engine(query: Query, marker: Marker, light: Mapping[Query, float] = MappingProxyType({})) -> tantivy.Query:
    if isinstance(query, Field):
        return tantivy.Query.boolean_query([(Occur.Must, part) for part in _parts(query, marker)])
    if not isinstance(query, Group):
        return _any(_found(query, marker))
    clauses: list[Clause] = [(Occur.Must, _engine(part, marker)) for part in query.must]
    for part in query.may:
        alternatives = _found(part, marker) if isinstance(part, Word | Phrase) else [_engine(part, marker)]
        weight = light.get(part, 1.0)
        clauses += [(Occur.Should, _boosted(alternative, weight)) for alternative in alternatives]
    if not query.must and not query.may:
        clauses.append((Occur.Must, _any([_is("kind", kind) for kind in ("speech", "item", "text")])))
    clauses += [(Occur.MustNot, _engine(part, marker)) for part in query.never]
    return tantivy.Query.boolean_query(clauses)


def _found(query: Word | Phrase, marker: Marker, only: str = "") -> list[tantivy.Query]:
    """Every way to find it, or only those in one field."""
    found = lookups(query, marker.languages)
    return [_sequence(field, tokens) for field, tokens in found if only in ("", field)]


def _sequence(field: str, tokens: tuple[str, ...]) -> tantivy.Query:
    if len(tokens) == 1:
        found = tantivy.Query.term_query(_schema(), field, tokens[0])
    else:
        found = tantivy.Query.phrase_query(_schema(), field, list(tokens))
    return _boosted(found, WEIGHTS[field])


def _boosted(query: tantivy.Query, weight: float) -> tantivy.Query:
    return query if weight == 1.0 else tantivy.Query.boost_query(query, weight)


def _parts(field: Field, marker: Marker) -> list[tantivy.Query]:
    """What must all hold of a passage for the field to hold; none of it scores."""
    if field.name != "date":
        return [tantivy.Query.const_score_query(_field(field, marker), 0.0)]
    asked, longest = range_days(field.value), marker.longest
    first = _within("first", max(FIRST_DAY, asked.first - longest), asked.last)
    return [first, _within("last", asked.first, asked.last + longest)] if longest else [first]


def _field(query: Field, marker: Marker) -> tantivy.Query:
    if query.name == "speaker":
        return _any(_found(Phrase(query.value), marker, "who"))
    if query.name == "item":
        return _any([_is("item", query.value), *_found(Phrase(query.value), marker, "title")])
    return _is(query.name, query.value)
