"""The log in one SQLite file, through APSW: entries are inserted and never changed.

An entry's row holds its envelope, its author's signature, and the hashes of the full subtrees it completes
(level 0 first, 32 bytes each), so that a log and its tree can only ever commit together and any proof reads
O(log n) rows. Its payload and salt stand in a row of their own, which may be deleted. Triggers refuse
everything else, also to other programs::

    entry(number, envelope, hashes, signature)    payload(number, payload, salt)    head(number, note)

``user_version`` is the format's version; ``MIGRATIONS`` brings an older file up to it, in one transaction.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from threading import RLock
from typing import Any

import apsw

from remembrancer.model import Exit, Fault
from remembrancer.ports import Grown, Leaf
from remembrancer.record.connection import PATIENCE, settle, writing
from remembrancer.record.tree import Frontier, Position, completing, full_subtrees, leaf_hash
from remembrancer.saying import Sentence, verbatim

APPLICATION_ID = 0x526D6272
CHUNK = 1_000
"""Rows fetched at once: no statement stays open between chunks, so readers never hold up a checkpoint."""

_FIRST_FORMAT = """
create table entry(number integer primary key, envelope blob not null, hashes blob not null, signature blob) strict;
create table payload(number integer primary key references entry, payload blob not null, salt blob not null) strict;
create table head(number integer primary key, note blob not null) strict;

create trigger entry_in_order before insert on entry
  when new.number is not (select coalesce(max(number) + 1, 0) from entry)
  begin select raise(abort, 'an entry takes the next number'); end;
create trigger entry_unchanged before update on entry
  begin select raise(abort, 'an entry is never changed'); end;
create trigger entry_kept before delete on entry
  begin select raise(abort, 'an entry is never deleted'); end;
create trigger payload_once before insert on payload
  when exists (select 1 from payload where number = new.number)
  begin select raise(abort, 'a payload is never replaced'); end;
create trigger payload_unchanged before update on payload
  begin select raise(abort, 'a payload is never changed'); end;
create trigger head_in_order before insert on head
  when new.number is not (select coalesce(max(number) + 1, 0) from head)
  begin select raise(abort, 'a head takes the next number'); end;
create trigger head_unchanged before update on head
  begin select raise(abort, 'a head is never changed'); end;
create trigger head_kept before delete on head
  begin select raise(abort, 'a head is never deleted'); end;
"""

MIGRATIONS: tuple[str, ...] = (_FIRST_FORMAT,)
"""``MIGRATIONS[n]`` brings a file from format n to n + 1."""


class SQLiteStore:
    """A ``ports.Store`` in the file ``path``, made if it is not there.

    Threads may share one store; processes open one each. A full disk, a damaged file or a lock held for a
    minute is a Fault.
    """

    def __init__(self, path: Path, vfs: str | None = None) -> None:
        self._path = path
        self._lock = RLock()
        with _spoken(path):
            self._connection = apsw.Connection(str(path), vfs=vfs)
        try:
            with _spoken(path):
                self._prepare()
        except BaseException:
            self._connection.close()
            raise

    def _prepare(self) -> None:
        self._connection.set_busy_timeout(PATIENCE)
        self._migrate()
        durable = ("synchronous=full", "fullfsync=on", "checkpoint_fullfsync=on", "secure_delete=on")
        settle(self._connection, *durable, "journal_mode=wal")

    def _migrate(self) -> None:
        current = self._format()
        if current == len(MIGRATIONS):
            return
        with self._transaction():
            current = self._format()
            if current == 0 and self._connection.pragma("schema_version") != 0:
                raise Fault(
                    Exit.UNREADABLE, Sentence("%(name)s is an SQLite file but not a record.", name=self._path.name)
                )
            for version in range(current, len(MIGRATIONS)):
                self._step(version)
            self._connection.pragma("user_version", len(MIGRATIONS))
            self._connection.pragma("application_id", APPLICATION_ID)

    def _step(self, version: int) -> None:
        try:
            self._connection.execute(MIGRATIONS[version]).fetchall()
        except (apsw.SQLError, apsw.ConstraintError) as error:
            raise Fault(
                Exit.UNREADABLE,
                Sentence(
                    "%(name)s cannot be brought from format %(found)s to %(wanted)s: %(error)s.",
                    name=self._path.name,
                    found=version,
                    wanted=version + 1,
                    error=error,
                ),
                Sentence("It is as it was; open it with the version of the program that wrote it."),
            ) from error

    def _format(self) -> int:
        version = self._connection.pragma("user_version")
        if version > len(MIGRATIONS):
            raise Fault(
                Exit.UNREADABLE,
                Sentence(
                    "%(name)s has format %(found)s; this program knows none after %(known)s.",
                    name=self._path.name,
                    found=version,
                    known=len(MIGRATIONS),
                ),
                Sentence("Open it with a newer version of the program."),
            )
        return int(version)

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        with self._lock, _spoken(self._path), writing(self._connection):
            yield

    def _rows(self, query: str, *bindings: int) -> list[tuple[Any, ...]]:
        with self._lock, _spoken(self._path):
            return self._connection.execute(query, bindings).fetchall()

    def size(self) -> int:
        return int(self._rows("select coalesce(max(number) + 1, 0) from entry")[0][0])

    def append(self, leaves: Sequence[Leaf], after: int | None = None) -> range:
        with self._transaction():
            start = self.size()
            if after not in (None, start):
                raise Grown
            frontier = Frontier(start, self.hashes(full_subtrees(0, start)))
            self._connection.executemany(
                "insert into entry values(?, ?, ?, ?)",
                (
                    (number, leaf.envelope, frontier.add(leaf_hash(leaf.envelope)), leaf.signature)
                    for number, leaf in enumerate(leaves, start)
                ),
            )
            self._connection.executemany(
                "insert into payload values(?, ?, ?)",
                (
                    (number, leaf.payload, leaf.salt)
                    for number, leaf in enumerate(leaves, start)
                    if leaf.payload is not None
                ),
            )
        return range(start, start + len(leaves))

    def leaves(self, start: int = 0, end: int | None = None) -> Iterator[Leaf]:
        size = self.size()
        end = size if end is None else min(end, size)
        for low in range(start, end, CHUNK):
            high = min(low + CHUNK, end)
            rows = self._rows(_LEAVES, low, high)
            for expected, (number, *leaf) in enumerate(rows, low):
                if number != expected:
                    raise KeyError(expected)
                yield Leaf(*leaf)
            if len(rows) < high - low:
                raise KeyError(low + len(rows))

    def hashes(self, positions: Iterable[Position]) -> list[bytes]:
        wanted = list(positions)
        rows = self._hash_rows(sorted({completing(position) for position in wanted}))
        return [_cut(rows.get(completing(position)), position) for position in wanted]

    def _hash_rows(self, numbers: list[int]) -> dict[int, bytes]:
        """In one query for a run of entries, as verification asks for; else in one for each."""
        if len(numbers) > 1 and all(after == before + 1 for before, after in pairwise(numbers)):
            rows = self._rows(_RUN_OF_HASHES, numbers[0], numbers[-1])
        else:
            rows = [row for number in numbers for row in self._rows(_RUN_OF_HASHES, number, number)]
        return dict(rows)

    def remove_payload(self, number: int) -> None:
        """Forget payload and salt; their bytes are overwritten in the file, and in the write-ahead log as
        soon as no reader holds it."""
        with self._transaction():
            self._connection.execute("delete from payload where number = ?", (number,))
        self._rows("pragma wal_checkpoint(truncate)")

    def heads(self) -> list[bytes]:
        rows = self._rows("select number, note from head order by number")
        if not all(isinstance(note, bytes) for _, note in rows):
            raise _damaged(self._path, Sentence("a head is not bytes"))
        missing = next((expected for expected, (number, _) in enumerate(rows) if number != expected), None)
        if missing is not None:
            raise _damaged(self._path, Sentence("head %(n)s is missing", n=missing))
        return [note for _, note in rows]

    def keep_head(self, note: bytes) -> None:
        with self._transaction():
            next_number = self._rows("select coalesce(max(number) + 1, 0) from head")[0][0]
            self._connection.execute("insert into head values(?, ?)", (next_number, note))

    def close(self) -> None:
        self._connection.close()


def _cut(hashes: bytes | None, position: Position) -> bytes:
    """The hash of one position among those an entry completes; KeyError with that entry's number."""
    level = position[0]
    hash_ = (hashes or b"")[32 * level : 32 * level + 32]
    if len(hash_) != 32:
        raise KeyError(completing(position))
    return hash_


_LEAVES = """select entry.number, envelope, payload, salt, signature
    from entry left join payload using (number) where entry.number >= ? and entry.number < ?
    order by entry.number"""
_RUN_OF_HASHES = "select number, hashes from entry where number between ? and ?"


@contextmanager
def _spoken(path: Path) -> Iterator[None]:
    """SQLite's errors that a person must act on, as Faults."""
    try:
        yield
    except (apsw.CorruptError, apsw.NotADBError) as error:
        raise _damaged(path, verbatim(str(error))) from error
    except (apsw.BusyError, apsw.LockedError) as error:
        raise Fault(
            Exit.UNAVAILABLE,
            Sentence("Another process holds %(name)s.", name=path.name),
            Sentence("Try again when it is done."),
        ) from error
    except (apsw.FullError, apsw.IOError, apsw.CantOpenError, apsw.ReadOnlyError) as error:
        raise Fault(
            Exit.UNAVAILABLE, Sentence("%(name)s cannot be read or written: %(error)s.", name=path.name, error=error)
        ) from error


def _damaged(path: Path, what: Sentence) -> Fault:
    advice = Sentence("Restore it from a copy or an export.")
    return Fault(Exit.CHECK_FAILED, Sentence("%(name)s is damaged: %(what)s.", name=path.name, what=what), advice)
