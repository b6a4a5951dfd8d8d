"""``work.db``: what an office keeps that changes and is no record: watches, what each has shown, and jobs.

Losing the file loses no record. Unlike what is derived it cannot be made again, so that a file of an earlier
version is brought up to date step by step (``_STEPS``), and one of a later version is left alone with a Fault.

::

    watch    a stored search or question of one principal; ``ran`` is when it ran last, ``answer`` what it said then
    shown    the passages that a watch has shown: the element's id, and a hash of its words with the watch's salt
    job      what takes longer than an answer may; see ``office.jobs``
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal, NamedTuple

import apsw
import msgspec

from remembrancer.model import Exit, Fault
from remembrancer.office.jobs import TABLE, Jobs
from remembrancer.record.connection import settle, writing
from remembrancer.saying import Sentence

_STEPS = (
    """
    CREATE TABLE watch (id INTEGER PRIMARY KEY AUTOINCREMENT, body TEXT NOT NULL, principal TEXT NOT NULL,
        name TEXT NOT NULL, kind TEXT NOT NULL, query TEXT NOT NULL, filters TEXT NOT NULL, made TEXT NOT NULL,
        salt BLOB NOT NULL, ran TEXT NOT NULL DEFAULT '', answer TEXT NOT NULL DEFAULT '',
        UNIQUE (body, principal, name));
    CREATE TABLE shown (watch INTEGER NOT NULL REFERENCES watch (id) ON DELETE CASCADE, element TEXT NOT NULL,
        words TEXT NOT NULL, PRIMARY KEY (watch, element, words)) WITHOUT ROWID;
    """,
    TABLE,
)
"""Each brings the tables from the version before to its own; only ever added to."""


class Owner(NamedTuple):
    """Whose a watch is: a principal's, over the record of one body."""

    body: str
    principal: str


class Shown(NamedTuple):
    """A passage that was shown: an element's id and a salted hash of its words."""

    element: str
    words: str


@dataclass(frozen=True, slots=True)
class Watch:
    """A stored search or question. ``filters`` are those of a search by name; ``ran`` is empty before the first run."""

    id: int
    name: str
    kind: Literal["search", "ask"]
    query: str
    filters: Mapping[str, str]
    made: str
    salt: bytes
    ran: str = ""
    answer: Any = None

    def hashed(self, words: str) -> str:
        """The words of a passage, so that they do not stand in the file and cannot be compared across watches."""
        return sha256(self.salt + words.encode()).hexdigest()

    def told(self, answer: Mapping[str, Any]) -> str:
        """An answer, as far as a change of it is news, so that it can be compared when its words are forgotten."""
        return self.hashed(msgspec.json.encode([answer[name] for name in ("status", "value", "conflicts")]).decode())


class Work:
    """The one home of ``work.db``. Several processes may use it."""

    def __init__(self, path: Path) -> None:
        self._db = apsw.Connection(str(path))
        settings = ("journal_mode=WAL", "synchronous=FULL", "fullfsync=ON", "secure_delete=ON", "foreign_keys=ON")
        settle(self._db, *settings)
        self._bring_up()
        self.jobs = Jobs(self._db)

    def close(self) -> None:
        self._db.close()

    def watches(self, owner: Owner) -> list[Watch]:
        """The watches of one principal over one body, in the order in which they were added."""
        columns = "id, name, kind, query, filters, made, salt, ran, answer"
        query = f"SELECT {columns} FROM watch WHERE body = ? AND principal = ? ORDER BY id"  # noqa: S608
        return [_watch(row) for row in self._db.execute(query, owner)]

    def add_watch(self, owner: Owner, name: str, kind: str, query: str, filters: Mapping[str, str], made: str) -> None:
        """Keep a watch. A Fault (refused) where the principal has one of that name."""
        row = (*owner, name, kind, query, msgspec.json.encode(filters).decode(), made, os.urandom(16))
        columns = "body, principal, name, kind, query, filters, made, salt"
        try:
            self._db.execute(f"INSERT INTO watch ({columns}) VALUES (?,?,?,?,?,?,?,?)", row)  # noqa: S608
        except apsw.ConstraintError:
            what = Sentence("There is a watch %(watch)s already.", watch=repr(name))
            raise Fault(Exit.REFUSED, what, Sentence("Give this one another name with --name.")) from None

    def remove_watch(self, watch: Watch) -> None:
        """Forget a watch and what it has shown."""
        self._db.execute("DELETE FROM watch WHERE id = ?", (watch.id,))

    def shown(self, watch: Watch) -> set[Shown]:
        """What a watch has shown."""
        rows = self._db.execute("SELECT element, words FROM shown WHERE watch = ?", (watch.id,))
        return {Shown(element, words) for element, words in rows}

    def advance(self, watch: Watch, ran: str, answer: Any, more: Iterable[Shown], gone: Iterable[Shown]) -> None:
        """Note what a watch has now shown, and what it need not remember, all or none; nothing if it was removed."""
        with writing(self._db):
            if not any(self._db.execute("SELECT 1 FROM watch WHERE id = ?", (watch.id,))):
                return
            self._db.executemany(
                "DELETE FROM shown WHERE watch = ? AND element = ? AND words = ?", ((watch.id, *each) for each in gone)
            )
            self._db.executemany("INSERT OR IGNORE INTO shown VALUES (?, ?, ?)", ((watch.id, *each) for each in more))
            told = msgspec.json.encode(answer).decode() if answer is not None else ""
            row = (ran, told, watch.id)
            self._db.execute("UPDATE watch SET ran = max(ran, ?), answer = ? WHERE id = ?", row)

    def forget_answers(self, body: str) -> None:
        """Keep of the answers over a body no more than tells whether they change: no byte of their words."""
        with writing(self._db):
            columns = "id, name, kind, query, filters, made, salt, ran, answer"
            query = f"SELECT {columns} FROM watch WHERE body = ? AND answer != ''"  # noqa: S608
            for each in list(map(_watch, self._db.execute(query, (body,)))):
                if "told" not in each.answer:
                    kept = {"status": each.answer["status"], "told": each.told(each.answer)}
                    row = (msgspec.json.encode(kept).decode(), each.id)
                    self._db.execute("UPDATE watch SET answer = ? WHERE id = ?", row)
        self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def _bring_up(self) -> None:
        with writing(self._db):
            version = self._db.pragma("user_version")
            if version > len(_STEPS):
                what = Sentence(
                    "work.db has version %(version)s; this program knows %(known)s.", version=version, known=len(_STEPS)
                )
                raise Fault(
                    Exit.UNAVAILABLE,
                    what,
                    Sentence("Install the version of remembrancer that made it, or a later one."),
                )
            for step in _STEPS[version:]:
                self._db.execute(step)
            if version < len(_STEPS):
                self._db.pragma("user_version", len(_STEPS))


def _watch(row: Any) -> Watch:
    identity, name, kind, query, filters, made, salt, ran, answer = row
    told = msgspec.json.decode(answer) if answer else None
    return Watch(identity, name, kind, query, msgspec.json.decode(filters), made, salt, ran, told)
