"""What the register derived before, in one disposable SQLite file: facts by document, whole registers by what they
were made from. Everything is kept under a hash of what it depends on, so that nothing here is ever out of date: what
is not found is made again. Deleting the file loses nothing.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping
from functools import cache
from hashlib import sha256
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

import msgspec

from remembrancer.record.connection import writing
from remembrancer.record.derived import open_derived
from remembrancer.register.facts import AnyFact, decode, encode
from remembrancer.register.rows import Register
from remembrancer.saying import packed, restored

_TABLES = """
CREATE TABLE fact (reading INTEGER PRIMARY KEY, key TEXT, facts BLOB);
CREATE TABLE register (key TEXT PRIMARY KEY, rows BLOB, used INTEGER) WITHOUT ROWID;
"""
REVISION = 2
"""Changes where what is kept must be made anew though its tables are the same."""

FORMAT = zlib.crc32(f"{REVISION} {_TABLES}".encode()) >> 1
KEPT_REGISTERS = 8
"""How many whole registers are kept: one for each circle of readers and day that was asked for last."""


class Kept:
    """One SQLite file. Several processes may use it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._db = open_derived(path, _TABLES, FORMAT)

    def close(self) -> None:
        self._db.close()

    def facts(self, keys: Mapping[int, str]) -> dict[int, tuple[AnyFact, ...]]:
        """By reading, the facts that are kept under the key given for it."""
        rows = self._db.execute("SELECT reading, key, facts FROM fact")
        return {reading: decode(zlib.decompress(kept)) for reading, key, kept in rows if keys.get(reading) == key}

    def holds_facts(self, keys: Mapping[int, str]) -> int:
        """Of how many readings facts are kept under the key given for each."""
        rows = self._db.execute("SELECT reading, key FROM fact")
        return sum(keys.get(reading) == key for reading, key in rows)

    def keep_facts(self, facts: Mapping[int, tuple[str, tuple[AnyFact, ...]]]) -> None:
        """Keep the facts of readings, each with its key."""
        with writing(self._db):
            rows = ((reading, key, zlib.compress(encode(each), 1)) for reading, (key, each) in facts.items())
            self._db.executemany("INSERT OR REPLACE INTO fact VALUES (?, ?, ?)", rows)

    def forget_facts(self, current: Iterable[int]) -> None:
        """Forget the facts of readings that are no longer current."""
        with writing(self._db):
            held = {row[0] for row in self._db.execute("SELECT reading FROM fact")}
            self._db.executemany("DELETE FROM fact WHERE reading = ?", ((each,) for each in held - set(current)))

    def forget_all(self) -> None:
        """Leave nothing derived in the file, as after a redaction: facts and rows hold the record's words."""
        with writing(self._db):
            self._db.execute("DELETE FROM fact; DELETE FROM register")
        self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def register(self, key: str) -> Register | None:
        """A register that was made from the same before."""
        row = next(iter(self._db.execute("SELECT rows FROM register WHERE key = ?", (key,))), None)
        return _REGISTER.decode(zlib.decompress(row[0])) if row else None

    def keep_register(self, key: str, register: Register) -> None:
        """Keep a register, and forget those made longest ago."""
        with writing(self._db):
            newest = next(iter(self._db.execute("SELECT coalesce(max(used), 0) FROM register")))[0]
            row = (key, zlib.compress(msgspec.msgpack.encode(register, enc_hook=packed), 1), newest + 1)
            self._db.execute("INSERT OR REPLACE INTO register VALUES (?, ?, ?)", row)
            self._db.execute("DELETE FROM register WHERE used <= ?", (newest + 1 - KEPT_REGISTERS,))


@cache
def program() -> str:
    """A hash of the code and words that make facts and rows, so that what an older program made is not used."""
    digest = sha256()
    for words in ("model.py", "saying.py"):
        digest.update((files("remembrancer") / words).read_bytes())
    for room in ("register", "rules", "record"):
        for path in _under(files("remembrancer") / room):
            digest.update(path.name.encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()


def key_of(*parts: object) -> str:
    """A hash of what something depends on."""
    return sha256("\n".join(map(repr, parts)).encode()).hexdigest()


def _under(folder: Traversable) -> Iterable[Traversable]:
    for path in sorted(folder.iterdir(), key=lambda each: each.name):
        if path.is_dir():
            yield from _under(path)
        elif path.name.endswith((".py", ".toml")):
            yield path


_REGISTER = msgspec.msgpack.Decoder(Register, dec_hook=restored)
