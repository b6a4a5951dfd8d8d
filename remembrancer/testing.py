"""In-memory twins of the ports, the laws that every implementation keeps, and power cuts.

A conformance suite is a class to inherit: ``class TestMyStore(StoreLaws)`` with a ``make`` of its own, run by
pytest. ``PowerCut`` and ``ForgetfulFiles`` keep what was synced; of what was not, a random torn part.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from itertools import count
from math import log
from pathlib import Path
from threading import Lock, Thread
from typing import Any

import apsw

from remembrancer.memory.lookup import WEIGHTS, indexed, known_by, lookups, order, range_days, required
from remembrancer.memory.query import parse
from remembrancer.model import Field, Filters, Group, Passage, Phrase, Query, Sha256, Span, Word
from remembrancer.ports import Blobs, Index, Indexed, Leaf, Store
from remembrancer.read.dates import days
from remembrancer.record.entries import seal
from remembrancer.record.tree import Frontier, Position, completed_by, full_subtrees, leaf_hash

SECTOR = 512
"""Bytes that a disk writes whole or not at all."""


class FixedClock:
    """Always the same time, until ``time`` is set."""

    def __init__(self, time: str = "2026-11-22T12:00:00Z") -> None:
        self.time = time

    def now(self) -> str:
        return self.time


class MemoryStore:
    """A ``ports.Store`` that lasts as long as the process."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._leaves: list[Leaf] = []
        self._hashes: dict[Position, bytes] = {}
        self._heads: list[bytes] = []

    def size(self) -> int:
        return len(self._leaves)

    def append(self, leaves: Sequence[Leaf]) -> range:
        added = [leaf_hash(leaf.envelope) for leaf in leaves]
        with self._lock:
            start = len(self._leaves)
            frontier = Frontier(start, self.hashes(full_subtrees(0, start)))
            for number, hash_ in enumerate(added, start):
                completed = frontier.add(hash_)
                for level, position in enumerate(completed_by(number)):
                    self._hashes[position] = completed[32 * level :][:32]
            self._leaves.extend(leaves)
        return range(start, start + len(leaves))

    def leaves(self, start: int = 0, end: int | None = None) -> Iterator[Leaf]:
        yield from self._leaves[start:end]

    def hashes(self, positions: Iterable[Position]) -> list[bytes]:
        return [self._hashes[position] for position in positions]

    def remove_payload(self, number: int) -> None:
        self._leaves[number] = self._leaves[number]._replace(payload=None, salt=None)

    def heads(self) -> list[bytes]:
        return list(self._heads)

    def keep_head(self, note: bytes) -> None:
        self._heads.append(note)

    def close(self) -> None:
        """Nothing is held."""


class MemoryBlobs:
    """``ports.Blobs`` that last as long as the process."""

    def __init__(self) -> None:
        self._blobs: dict[Sha256, bytes] = {}

    def put(self, data: bytes) -> Sha256:
        name = sha256(data).hexdigest()
        self._blobs[name] = data
        return name

    def get(self, sha256: Sha256) -> bytes:
        return self._blobs[sha256]

    def has(self, sha256: Sha256) -> bool:
        return sha256 in self._blobs

    def remove(self, sha256: Sha256) -> None:
        self._blobs.pop(sha256, None)

    def names(self) -> Iterator[Sha256]:
        yield from sorted(self._blobs)


def some_leaves(number: int, first: int = 0) -> list[Leaf]:
    """Small sealed entries that differ from one another."""
    return [
        seal("event", "alder-town", "2026-11-22T12:00:00Z", "owner", "open", {"n": n})
        for n in range(first, first + number)
    ]


def _raises(error: type[Exception], act: Any, *arguments: Any) -> bool:
    try:
        act(*arguments)
    except error:
        return True
    return False


class StoreLaws:
    """What every ``ports.Store`` keeps. Inherit, and give ``make`` a new empty store."""

    def make(self) -> Store:
        raise NotImplementedError

    def test_a_new_store_is_empty(self) -> None:
        store = self.make()
        assert (store.size(), list(store.leaves()), store.heads()) == (0, [], [])

    def test_entries_come_back_as_they_went_in_and_in_order(self) -> None:
        store, leaves = self.make(), some_leaves(2500)
        leaves[3] = leaves[3]._replace(signature=b"sign" * 17)
        leaves[5] = leaves[5]._replace(payload=None, salt=None)
        assert store.append(leaves[:7]) == range(7)
        assert store.append(leaves[7:]) == range(7, 2500)
        assert list(store.leaves()) == leaves
        assert list(store.leaves(998, 2003)) == leaves[998:2003]
        assert list(store.leaves(2400, 9999)) == leaves[2400:]

    def test_adding_nothing_changes_nothing(self) -> None:
        store = self.make()
        store.append(some_leaves(3))
        assert store.append([]) == range(3, 3)
        assert store.size() == 3

    def test_a_batch_is_added_whole_or_not_at_all(self) -> None:
        store: Any = self.make()
        store.append(some_leaves(3))
        bad = [*some_leaves(2), Leaf(None, b"", b"")]  # type: ignore[arg-type]
        assert _raises(Exception, store.append, bad)
        assert store.size() == 3
        assert store.append(some_leaves(1)) == range(3, 4)

    def test_stored_hashes_are_those_of_the_tree(self) -> None:
        store, leaves, frontier = self.make(), some_leaves(70), Frontier()
        for batch in (1, 2, 30, 37):
            store.append(leaves[frontier.size : frontier.size + batch])
            for leaf in leaves[frontier.size : frontier.size + batch]:
                hashes = store.hashes(completed_by(frontier.size))
                assert b"".join(hashes) == frontier.add(leaf_hash(leaf.envelope))

    def test_a_hash_that_is_not_there_is_a_key_error(self) -> None:
        store = self.make()
        store.append(some_leaves(3))
        assert _raises(KeyError, store.hashes, [(0, 1), (1, 1)])
        assert _raises(KeyError, store.hashes, [(0, 3)])

    def test_a_removed_payload_takes_nothing_else_with_it(self) -> None:
        store, leaves = self.make(), some_leaves(5)
        store.append(leaves)
        for _ in range(2):
            store.remove_payload(2)
        leaves[2] = leaves[2]._replace(payload=None, salt=None)
        assert list(store.leaves()) == leaves

    def test_every_head_is_kept_in_order(self) -> None:
        store = self.make()
        for note in (b"one\n", b"two\n", b"two\n"):
            store.keep_head(note)
        assert store.heads() == [b"one\n", b"two\n", b"two\n"]

    def test_concurrent_writers_lose_nothing(self) -> None:
        store, ranges = self.make(), list[range]()

        def write(writer: int) -> None:
            for batch in range(10):
                ranges.append(store.append(some_leaves(7, 1000 * writer + 7 * batch)))

        threads = [Thread(target=write, args=(writer,)) for writer in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(number for numbers in ranges for number in numbers) == list(range(280))
        payloads = {leaf.payload for leaf in store.leaves()}
        assert payloads == {leaf.payload for writer in range(4) for leaf in some_leaves(70, 1000 * writer)}


class BlobsLaws:
    """What all ``ports.Blobs`` keep. Inherit, and give ``make`` an empty place."""

    def make(self) -> Blobs:
        raise NotImplementedError

    def test_a_blob_comes_back_as_it_went_in_under_its_hash(self) -> None:
        blobs = self.make()
        for data in (b"", b"minutes", bytes(range(256)) * 4000):
            name = blobs.put(data)
            assert name == sha256(data).hexdigest()
            assert blobs.has(name)
            assert blobs.get(name) == data

    def test_the_same_bytes_are_one_blob(self) -> None:
        blobs = self.make()
        assert blobs.put(b"once") == blobs.put(b"once")
        assert list(blobs.names()) == [sha256(b"once").hexdigest()]

    def test_names_lists_every_blob_once(self) -> None:
        blobs = self.make()
        put = {blobs.put(str(number).encode()) for number in range(40)}
        assert sorted(blobs.names()) == sorted(put)

    def test_an_absent_blob_is_a_key_error(self) -> None:
        blobs = self.make()
        assert not blobs.has("0" * 64)
        assert _raises(KeyError, blobs.get, "0" * 64)

    def test_a_removed_blob_is_gone_and_may_come_again(self) -> None:
        blobs = self.make()
        name = blobs.put(b"gone")
        for _ in range(2):
            blobs.remove(name)
        assert (blobs.has(name), list(blobs.names())) == (False, [])
        assert blobs.get(blobs.put(b"gone")) == b"gone"


class _Image:
    """One file as the disk has it, and the writes that it has not been made to keep."""

    def __init__(self) -> None:
        self._durable = bytearray()
        self._pending: list[tuple[int, bytes | None]] = []

    def write(self, offset: int, data: bytes) -> None:
        for at in range(0, len(data), SECTOR):
            self._pending.append((offset + at, data[at : at + SECTOR]))

    def truncate(self, size: int) -> None:
        self._pending.append((size, None))

    def sync(self) -> None:
        for change in self._pending:
            _apply(self._durable, *change)
        self._pending.clear()

    def after_crash(self, chance: random.Random) -> bytes:
        """What was synced, and of the rest none, a first part, any part, or all."""
        survivors = {
            "none": self._pending[:0],
            "first": self._pending[: chance.randint(0, len(self._pending))],
            "any": [change for change in self._pending if chance.random() < 0.5],
            "all": self._pending,
        }[chance.choice(("none", "first", "any", "all"))]
        image = bytearray(self._durable)
        for change in survivors:
            _apply(image, *change)
        return bytes(image)


def _apply(image: bytearray, offset: int, data: bytes | None) -> None:
    if data is None:
        del image[offset:]
        return
    image.extend(bytes(max(0, offset + len(data) - len(image))))
    image[offset : offset + len(data)] = data


class PowerCut(apsw.VFS):
    """An APSW VFS, to be given to ``SQLiteStore`` by its ``name``, that can lose what was not synced.

    ``tick`` is called before each change of a file.
    """

    _serial = count()

    def __init__(self, tick: Callable[[], None] = lambda: None) -> None:
        self.name = f"power-cut-{next(self._serial)}"
        self._tick = tick
        self._images: dict[str, _Image] = {}
        super().__init__(self.name, "")

    def xOpen(self, name: Any, flags: list[int]) -> apsw.VFSFile:  # noqa: N802
        path = name.filename() if isinstance(name, apsw.URIFilename) else name
        return _WatchedFile(name, flags, self._images.setdefault(str(path), _Image()), self._tick)

    def xDelete(self, filename: str, syncdir: bool) -> None:  # noqa: N802
        self._tick()
        super().xDelete(filename, syncdir)
        self._images.pop(filename, None)

    def cut(self, chance: random.Random, directory: Path) -> None:
        """Write into ``directory`` what the files would hold after losing power now."""
        for path, image in self._images.items():
            (directory / Path(path).name).write_bytes(image.after_crash(chance))


class _WatchedFile(apsw.VFSFile):
    def __init__(self, name: Any, flags: list[int], image: _Image, tick: Callable[[], None]) -> None:
        self._image = image
        self._tick = tick
        super().__init__("", name, flags)

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802
        self._tick()
        super().xWrite(data, offset)
        self._image.write(offset, bytes(data))

    def xTruncate(self, newsize: int) -> None:  # noqa: N802
        self._tick()
        super().xTruncate(newsize)
        self._image.truncate(newsize)

    def xSync(self, flags: int) -> None:  # noqa: N802
        self._tick()
        self._image.sync()


@dataclass
class _Inode:
    """A file's bytes, and those of them that are durable."""

    live: bytes
    durable: bytes = b""


class ForgetfulFiles:
    """``blobs.Files`` in memory: a crash forgets bytes and names that nobody synced. ``None`` is a directory."""

    def __init__(self, root: Path) -> None:
        self._live: dict[Path, _Inode | None] = dict.fromkeys((root, *root.parents))
        self._durable = dict(self._live)

    def make_directory(self, path: Path) -> None:
        for directory in (path, *path.parents):
            self._live.setdefault(directory, None)

    def write(self, path: Path, data: bytes) -> None:
        if path.parent not in self._live:
            raise FileNotFoundError(path)
        self._live[path] = _Inode(data)

    def sync(self, path: Path) -> None:
        inode = self._live[path]
        if inode is not None:
            inode.durable = inode.live

    def sync_directory(self, path: Path) -> None:
        for names in (self._durable, self._live):
            for child in [child for child in names if child.parent == path != child]:
                self._settle(child)

    def _settle(self, path: Path) -> None:
        if path in self._live:
            self._durable[path] = self._live[path]
        else:
            del self._durable[path]

    def rename(self, old: Path, new: Path) -> None:
        self._live[new] = self._live.pop(old)

    def read(self, path: Path) -> bytes:
        inode = self._live.get(path)
        if inode is None:
            raise FileNotFoundError(path)
        return inode.live

    def remove(self, path: Path) -> None:
        if self._live.pop(path, None) is None:
            raise FileNotFoundError(path)

    def listing(self, path: Path) -> list[str]:
        return sorted(child.name for child in self._live if child.parent == path != child)

    def after_crash(self, chance: random.Random) -> ForgetfulFiles:
        """What was synced; of each other change of a name, and of a file's bytes, whatever chance leaves."""
        after = ForgetfulFiles(Path(next(iter(self._live))))
        for path in sorted({*self._live, *self._durable}):
            held = [names[path] for names in (self._live, self._durable) if path in names]
            settled = len(held) == 2 and held[0] is held[1]
            if path.parent in after._live and (settled or chance.random() < 0.5):
                after._live[path] = _torn(chance.choice(held), chance)
        after._durable = dict(after._live)
        return after


def _torn(inode: _Inode | None, chance: random.Random) -> _Inode | None:
    if inode is None:
        return None
    if inode.live == inode.durable:
        return inode
    return _Inode(inode.live[: chance.randint(0, len(inode.live))])


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
    def writing(self) -> Iterator[MemoryBatch]:
        with self._lock:
            yield MemoryBatch(self)

    def frequency(self, word: str) -> int:
        found = lookups(Word(word), self.languages())
        return max((min(self._frequency(field, (t,)) for t in tokens) for field, tokens in found), default=0)

    def search(self, query: Query, filters: Filters, limit: int = 10) -> list[tuple[Passage, float]]:
        kept = [entry for entry in self.entries if self._passes(entry, filters)]
        scored = [(entry.passage, self._score(entry, query)) for entry in kept]
        hits = [(passage, score) for passage, score in scored if score is not None]
        return sorted(hits, key=lambda hit: (-hit[1], order(hit[0])))[:limit]

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

    def _score(self, entry: Indexed, query: Query) -> float | None:
        """BM25, or None where the passage does not match."""
        if isinstance(query, Field):
            return 0.0 if self._has(entry, query) else None
        if not isinstance(query, Group):
            found = [self._bm25(entry, field, tokens) for field, tokens in lookups(query, self.languages())]
            return sum(found) if any(found) else None
        must = [self._score(entry, part) for part in query.must]
        may = [score for part in query.may if (score := self._score(entry, part)) is not None]
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

    def _bm25(self, entry: Indexed, field: str, tokens: tuple[str, ...]) -> float:
        times = _times(entry, field, tokens)
        if not times:
            return 0.0
        total = len(self.entries)
        frequencies = [self._frequency(field, (token,)) for token in tokens]
        rarity = sum(log(1 + (total - found + 0.5) / (found + 0.5)) for found in frequencies)
        mean = sum(len(getattr(other, field).split()) for other in self.entries) / total
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
