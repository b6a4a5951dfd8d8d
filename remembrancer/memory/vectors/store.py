"""The vectors of one side, open or closed, of a body: a disposable SQLite file that follows the log as the index does.

Vectors are written a few windows at a time, so that a builder that is killed loses seconds. A source that an entry
touched waits to be built again; meanwhile its vectors stay only where its rendition is the same and it is open to
everyone, since whatever was redacted, disposed of or ruled upon must be gone from here as soon as from the index.
Numbers of windows are never given twice.
"""

from __future__ import annotations

import contextlib
import zlib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from remembrancer.memory.vectors.windows import Key, Window
from remembrancer.model import Sha256
from remembrancer.record.connection import writing
from remembrancer.record.derived import open_derived

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_TABLES = """
CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE source (sha TEXT PRIMARY KEY, rendition TEXT NOT NULL, stamp INTEGER NOT NULL, passages INTEGER)
    WITHOUT ROWID;
CREATE TABLE window (number INTEGER PRIMARY KEY AUTOINCREMENT, source TEXT NOT NULL, digest BLOB NOT NULL,
    members BLOB NOT NULL, vector BLOB NOT NULL);
CREATE UNIQUE INDEX window_of ON window (source, digest);
"""
FORMAT = zlib.crc32(_TABLES.encode()) >> 1
LARGEST = 127
"""A vector is kept as whole numbers, a byte each, the largest of them this: only its direction counts."""

KEYS = msgspec.msgpack.Decoder(tuple[Key, ...])


class Waiting(NamedTuple):
    """A source whose vectors are to be made; ``stamp`` says since when, so that work on an older state is refused."""

    sha: Sha256
    stamp: int


class Near(NamedTuple):
    """A window by its passages, and how near it is to what was asked: the cosine."""

    members: tuple[Key, ...]
    nearness: float


class Vectors:
    """One SQLite file. Several processes may use it; one at a time builds."""

    def __init__(self, directory: Path, embedder: str) -> None:
        """Open or make it, for vectors of the embedder of this name; those of another are dropped. Without a name
        they stay whatever they are."""
        self.directory = directory
        self._db = open_derived(directory / "vectors.db", _TABLES, FORMAT)
        if embedder and self.about("embedder") != embedder:
            with writing(self._db):
                self._db.execute("DELETE FROM about; DELETE FROM source; DELETE FROM window")
                self._set("embedder", embedder)

    def close(self) -> None:
        self._db.close()

    def about(self, name: str) -> str:
        """Something that is kept about the whole: ``embedder``, ``caught_up``, ``graph``, ``reach``; else empty."""
        return next((row[0] for row in self._db.execute("SELECT value FROM about WHERE name = ?", (name,))), "")

    def caught_up(self) -> int:
        """How many entries of the record it follows."""
        return int(self.about("caught_up") or 0)

    def windows(self) -> int:
        """How many vectors there are."""
        return int(self._first("SELECT count(*) FROM window"))

    def passages(self) -> int:
        """How many passages all of whose windows have vectors."""
        return int(self._first("SELECT coalesce(sum(passages), 0) FROM source"))

    def follow(self, touched: Iterable[tuple[Sha256, str]], caught_up: int, keep: bool) -> None:
        """Note that sources were touched, each with the rendition to be read now or empty where there is none.

        ``keep``: the vectors of an unchanged rendition stay until they are made anew.
        """
        gone = 0
        with writing(self._db):
            for sha, rendition in touched:
                held = next(iter(self._db.execute("SELECT rendition FROM source WHERE sha = ?", (sha,))), ("",))[0]
                if not keep or held != rendition:
                    gone += self._drop(sha)
                self._db.execute("DELETE FROM source WHERE sha = ?", (sha,))
                if rendition:
                    self._db.execute("INSERT INTO source VALUES (?, ?, ?, NULL)", (sha, rendition, caught_up))
            self._set("caught_up", str(caught_up))
        if gone:
            self.sweep()
            self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def waiting(self) -> list[Waiting]:
        """The sources whose vectors are to be made."""
        return [Waiting(*row) for row in self._db.execute("SELECT sha, stamp FROM source WHERE passages IS NULL")]

    def digests(self, sha: Sha256) -> set[bytes]:
        """Which windows of a source have vectors."""
        return {row[0] for row in self._db.execute("SELECT digest FROM window WHERE source = ?", (sha,))}

    def add(self, one: Waiting, made: Sequence[Window], vectors: NDArray[np.float32]) -> bool:
        """Keep some vectors of a source; False where it was touched meanwhile, and nothing was kept."""
        rows = [
            (one.sha, window.digest, msgspec.msgpack.encode(window.members), bytes_of(vector))
            for window, vector in zip(made, vectors, strict=True)
        ]
        with writing(self._db):
            if not self._awaits(one):
                return False
            self._db.executemany(
                "INSERT OR IGNORE INTO window (source, digest, members, vector) VALUES (?, ?, ?, ?)", rows
            )
        return True

    def complete(self, one: Waiting, windows: Sequence[Window]) -> bool:
        """Note that these are all the windows of a source, drop others; False where it was touched meanwhile."""
        now = {window.digest: window.members for window in windows}
        with writing(self._db):
            if not self._awaits(one):
                return False
            self._drop(one.sha, self.digests(one.sha) - now.keys())
            members = ((msgspec.msgpack.encode(keys), one.sha, digest) for digest, keys in now.items())
            self._db.executemany("UPDATE window SET members = ? WHERE source = ? AND digest = ?", members)
            passages = len({key for keys in now.values() for key in keys})
            self._db.execute("UPDATE source SET passages = ? WHERE sha = ?", (passages, one.sha))
        return True

    def after(self, reach: int, most: int) -> tuple[list[int], bytes]:
        """Numbers and vectors of the windows with greater numbers than ``reach``, the first so many."""
        rows = list(
            self._db.execute(
                "SELECT number, vector FROM window WHERE number > ? ORDER BY number LIMIT ?", (reach, most)
            )
        )
        return [row[0] for row in rows], b"".join(row[1] for row in rows)

    def of_sources(self, sources: Sequence[Sha256]) -> tuple[list[int], bytes]:
        """Numbers and vectors of the windows of some sources."""
        marks = ",".join("?" * len(sources))
        query = f"SELECT number, vector FROM window WHERE source IN ({marks})"  # noqa: S608 - only question marks
        rows = list(self._db.execute(query, tuple(sources)))
        return [row[0] for row in rows], b"".join(row[1] for row in rows)

    def members(self, numbers: Sequence[int]) -> dict[int, tuple[Key, ...]]:
        """The passages of some windows, by number; those that are gone are left out."""
        marks = ",".join("?" * len(numbers))
        query = f"SELECT number, members FROM window WHERE number IN ({marks})"  # noqa: S608 - only question marks
        return {number: KEYS.decode(members) for number, members in self._db.execute(query, tuple(numbers))}

    def changed(self) -> tuple[int, int]:
        """What differs whenever something was written, here or by another process."""
        return int(self._db.pragma("data_version")), self._db.total_changes()

    def set_graph(self, name: str, reach: int, dropped: str) -> bool:
        """Note the file that holds the vectors up to number ``reach``; False where ``dropped`` is no longer the
        state it was made from."""
        with writing(self._db):
            if self.about("dropped") != dropped:
                return False
            self._set("graph", name)
            self._set("reach", str(reach))
        return True

    def sweep(self) -> None:
        """Remove the graphs that are no longer used, but for those another process still has open on Windows."""
        current = self.about("graph")
        for path in self.directory.glob("graph-*.usearch"):
            if path.name != current:
                with contextlib.suppress(OSError):
                    path.unlink()

    def _drop(self, sha: Sha256, digests: Iterable[bytes] | None = None) -> int:
        """Drop windows of a source, all or some. A graph that holds one of them is no longer to be used."""
        before = self._db.total_changes()
        least = self._first("SELECT coalesce(min(number), 0) FROM window WHERE source = ?", sha)
        if digests is None:
            self._db.execute("DELETE FROM window WHERE source = ?", (sha,))
        else:
            pairs = ((sha, digest) for digest in digests)
            self._db.executemany("DELETE FROM window WHERE source = ? AND digest = ?", pairs)
        gone = self._db.total_changes() - before
        if gone:
            self._set("dropped", str(int(self.about("dropped") or 0) + 1))
        if gone and least <= int(self.about("reach") or 0):
            self._db.execute("DELETE FROM about WHERE name IN ('graph', 'reach')")
        return gone

    def _awaits(self, one: Waiting) -> bool:
        row = next(iter(self._db.execute("SELECT stamp, passages FROM source WHERE sha = ?", (one.sha,))), None)
        return row == (one.stamp, None)

    def _set(self, name: str, value: str) -> None:
        self._db.execute("INSERT OR REPLACE INTO about VALUES (?, ?)", (name, value))

    def _first(self, query: str, *values: str) -> int:
        return int(next(iter(self._db.execute(query, values)))[0])


def bytes_of(vector: NDArray[np.float32]) -> bytes:
    """A vector's direction as it is kept, a byte for each dimension."""
    import numpy as np

    scale = LARGEST / max(float(np.abs(vector).max()), 1e-9)
    return bytes(np.rint(vector * scale).astype(np.int8).tobytes())
