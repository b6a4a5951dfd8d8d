"""Jobs: what takes longer than an answer may, kept in ``work.db`` until it is done.

A job is leased to whoever carries it out, who renews the lease while they live: of one that was killed the lease ends,
and another takes the job up. So a job is carried out at least once, and must do no harm when it is done again.

::

    waiting -> running -> done | failed
                       -> asked -> waiting     it needs an answer of somebody before it goes on
                       -> waiting              who carried it out was stopped, or is gone
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

import apsw
import msgspec

from remembrancer.model import Exit, Fault
from remembrancer.record.connection import writing
from remembrancer.saying import Sentence, packed, unpacked

State = Literal["waiting", "running", "asked", "done", "failed"]

LEASE = 30.0
"""Seconds for which a job is leased."""

KEPT_DAYS = 30
"""How many days a job that is done can be looked up."""

MOST_ATTEMPTS = 3
"""How often a job is begun whose carrier is killed each time."""

TABLE = """
    CREATE TABLE job (id INTEGER PRIMARY KEY AUTOINCREMENT, body TEXT NOT NULL, principal TEXT NOT NULL,
        kind TEXT NOT NULL, told TEXT NOT NULL, made TEXT NOT NULL, state TEXT NOT NULL DEFAULT 'waiting',
        doing TEXT NOT NULL DEFAULT '', done INTEGER NOT NULL DEFAULT 0, total INTEGER NOT NULL DEFAULT 0,
        result TEXT NOT NULL DEFAULT 'null', attempts INTEGER NOT NULL DEFAULT 0,
        holder TEXT NOT NULL DEFAULT '', lease REAL NOT NULL DEFAULT 0);
    CREATE INDEX job_by_state ON job (state, id);
    """

_COLUMNS = "id, body, principal, kind, told, made, state, doing, done, total, result, attempts"
_LEFT = "(state = 'waiting' OR (state = 'running' AND lease < ?))"


@dataclass(frozen=True, slots=True)
class Job:
    """``told`` is what is to be done; ``doing``, ``done`` of ``total`` how far it is; ``result`` what came of it, or
    what it asks."""

    id: int
    body: str
    principal: str
    kind: str
    told: Mapping[str, Any]
    made: str
    state: State
    doing: str
    done: int
    total: int
    result: Any
    attempts: int

    @property
    def pending(self) -> bool:
        """Whether it goes on by itself."""
        return self.state in ("waiting", "running")


class Jobs:
    """The jobs of an office."""

    def __init__(self, database: apsw.Connection, now: Callable[[], float] = time.time) -> None:
        self._db = database
        self._now = now

    def add(self, body: str, principal: str, kind: str, told: Mapping[str, Any]) -> int:
        """Keep a job to be carried out as a principal; its number."""
        row = (body, principal, kind, _text(told), datetime.fromtimestamp(self._now(), UTC).isoformat("T", "seconds"))
        with writing(self._db):
            self._db.execute("INSERT INTO job (body, principal, kind, told, made) VALUES (?,?,?,?,?)", row)
            return self._db.last_insert_rowid()

    def job(self, body: str, number: int) -> Job:
        """One job of a body. A Fault (refused) where there is none of that number."""
        query = f"SELECT {_COLUMNS} FROM job WHERE body = ? AND id = ?"  # noqa: S608
        found = [_job(row) for row in self._db.execute(query, (body, number))]
        if not found:
            raise Fault(
                Exit.REFUSED,
                Sentence("There is no job %(n)s.", n=number),
                Sentence("Those there are stand on the clerk's desk."),
            )
        return found[0]

    def jobs(self, body: str, kind: str, most: int = 20) -> list[Job]:
        """The latest jobs of one kind, the newest first."""
        query = f"SELECT {_COLUMNS} FROM job WHERE body = ? AND kind = ? ORDER BY id DESC LIMIT ?"  # noqa: S608
        return [_job(row) for row in self._db.execute(query, (body, kind, most))]

    def are_left(self) -> bool:
        """Whether a job waits for somebody to carry it out."""
        return any(self._db.execute(f"SELECT 1 FROM job WHERE {_LEFT} LIMIT 1", (self._now(),)))  # noqa: S608

    def take(self, holder: str) -> Job | None:
        """Lease the oldest job that is left; None where there is none. One begun too often fails."""
        with writing(self._db):
            query = f"SELECT {_COLUMNS} FROM job WHERE {_LEFT} ORDER BY id"  # noqa: S608
            for found in list(map(_job, self._db.execute(query, (self._now(),)))):
                if found.attempts < MOST_ATTEMPTS:
                    row = (holder, self._now() + LEASE, found.id)
                    change = "state = 'running', holder = ?, lease = ?, attempts = attempts + 1"
                    self._db.execute(f"UPDATE job SET {change} WHERE id = ?", row)  # noqa: S608
                    return found
                what = {
                    "what": Sentence("It was begun several times and came to no end."),
                    "advice": Sentence("See the server's log."),
                }
                self._db.execute("UPDATE job SET state = 'failed', result = ? WHERE id = ?", (_text(what), found.id))
        return None

    def renew(self, number: int, holder: str) -> bool:
        """Go on holding a job; False where somebody else has it."""
        self._db.execute(
            "UPDATE job SET lease = ? WHERE id = ? AND holder = ? AND state = 'running'",
            (self._now() + LEASE, number, holder),
        )
        return self._db.changes() == 1

    def report(self, number: int, holder: str, doing: str, done: int, total: int) -> None:
        """Say how far a job is."""
        row = (doing, done, total, number, holder)
        self._db.execute("UPDATE job SET doing = ?, done = ?, total = ? WHERE id = ? AND holder = ?", row)

    def note(self, number: int, told: Mapping[str, Any]) -> None:
        """Keep otherwise what is to be done."""
        self._db.execute("UPDATE job SET told = ? WHERE id = ?", (_text(told), number))

    def end(self, number: int, holder: str, state: State, result: Any, told: Mapping[str, Any]) -> bool:
        """Say what came of a job, and what of ``told`` is still needed; False where somebody else has it by now."""
        row = (state, _text(result), _text(told), number, holder)
        change = "state = ?, result = ?, told = ?, holder = '', lease = 0"
        self._db.execute(f"UPDATE job SET {change} WHERE id = ? AND holder = ?", row)  # noqa: S608
        return self._db.changes() == 1

    def give_back(self, number: int, holder: str) -> None:
        """Leave a job for another to carry out, as if it had not been begun."""
        change = "state = 'waiting', holder = '', lease = 0, attempts = attempts - 1"
        self._db.execute(f"UPDATE job SET {change} WHERE id = ? AND holder = ?", (number, holder))  # noqa: S608

    def answer(self, body: str, number: int, told: Mapping[str, Any]) -> None:
        """Let a job go on that asked for something. A Fault (refused) where it asks nothing, or no more."""
        change = "state = 'waiting', told = ?, result = 'null', doing = '', done = 0, total = 0, attempts = 0"
        row = (_text(told), body, number)
        self._db.execute(f"UPDATE job SET {change} WHERE body = ? AND id = ? AND state = 'asked'", row)  # noqa: S608
        if not self._db.changes():
            raise Fault(Exit.REFUSED, Sentence("Job %(n)s asks nothing now.", n=number), Sentence("Look at it again."))

    def again(self, body: str, number: int) -> None:
        """Let a job be carried out once more that failed. A Fault (refused) where it did not."""
        change = "state = 'waiting', result = 'null', doing = '', done = 0, total = 0, attempts = 0"
        row = (body, number)
        self._db.execute(f"UPDATE job SET {change} WHERE body = ? AND id = ? AND state = 'failed'", row)  # noqa: S608
        if not self._db.changes():
            raise Fault(Exit.REFUSED, Sentence("Job %(n)s did not fail.", n=number), Sentence("Look at it again."))

    def discard(self, body: str, number: int) -> None:
        """Forget a job that asks for something or failed. A Fault (refused) for another."""
        query = "DELETE FROM job WHERE body = ? AND id = ? AND state IN ('asked', 'failed')"
        self._db.execute(query, (body, number))
        if not self._db.changes():
            raise Fault(
                Exit.REFUSED,
                Sentence("Job %(n)s goes on by itself, or is done.", n=number),
                Sentence("Look at it again."),
            )

    def prune(self, days: int = KEPT_DAYS) -> None:
        """Forget jobs that were done so many days ago, but for the last of each kind in a body: it says how things
        are."""
        before = datetime.fromtimestamp(self._now() - days * 86_400, UTC).isoformat("T", "seconds")
        last = "SELECT max(id) FROM job WHERE state = 'done' GROUP BY body, kind"
        query = f"DELETE FROM job WHERE state = 'done' AND made < ? AND id NOT IN ({last})"  # noqa: S608
        self._db.execute(query, (before,))

    def folders(self) -> set[str]:
        """The folders of files that jobs name."""
        told = (msgspec.json.decode(row[0]) for row in self._db.execute("SELECT told FROM job"))
        return {str(each["folder"]) for each in told if "folder" in each}


def _text(value: Any) -> str:
    return msgspec.json.encode(value, enc_hook=packed).decode()


def _job(row: Any) -> Job:
    number, body, principal, kind, told, made, state, doing, done, total, result, attempts = row
    asked, came = msgspec.json.decode(told), unpacked(msgspec.json.decode(result))
    return Job(number, body, principal, kind, asked, made, state, doing, done, total, came, attempts)
