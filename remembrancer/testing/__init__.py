"""In-memory twins of the ports, the laws that every implementation keeps, and power cuts.

A conformance suite is a class to inherit: ``class TestMyStore(StoreLaws)`` with a ``make`` of its own, run by
pytest. ``PowerCut`` and ``ForgetfulFiles`` keep what was synced; of what was not, a random torn part.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from itertools import count
from pathlib import Path
from threading import Lock, Thread
from typing import Any

import apsw

from remembrancer.model import Sha256
from remembrancer.ports import Blobs, Grown, Leaf, Store
from remembrancer.record.entries import seal
from remembrancer.record.tree import Frontier, Position, completed_by, full_subtrees, leaf_hash
from remembrancer.testing.indexes import COUNCIL, IndexLaws, MemoryBatch, MemoryIndex, passage_of

__all__ = [
    "COUNCIL",
    "SECTOR",
    "BlobsLaws",
    "FixedClock",
    "ForgetfulFiles",
    "IndexLaws",
    "MemoryBatch",
    "MemoryBlobs",
    "MemoryIndex",
    "MemoryStore",
    "PowerCut",
    "StoreLaws",
    "passage_of",
    "some_leaves",
]

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

    def append(self, leaves: Sequence[Leaf], after: int | None = None) -> range:
        added = [leaf_hash(leaf.envelope) for leaf in leaves]
        with self._lock:
            start = len(self._leaves)
            if after not in (None, start):
                raise Grown
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
        bad = [*some_leaves(2), Leaf._make((None, b"", b"", None))]
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

    def test_what_was_decided_of_a_log_that_grew_meanwhile_is_not_added(self) -> None:
        store, leaves = self.make(), some_leaves(3)
        assert store.append(leaves[:2], after=0) == range(2)
        for after in (0, 1, 3):
            assert _raises(Grown, store.append, leaves[2:], after)
        assert store.size() == 2
        assert store.append(leaves[2:], 2) == range(2, 3)

    def test_of_concurrent_writers_who_read_the_same_log_one_adds_to_it(self) -> None:
        store, added = self.make(), list[range]()

        def write(size: int) -> None:
            with suppress(Grown):
                added.append(store.append(some_leaves(2, size), size))

        for size in range(0, 20, 2):
            threads = [Thread(target=write, args=(size,)) for _ in range(4)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
        assert added == [range(size, size + 2) for size in range(0, 20, 2)]

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
