"""A database that is only derived: one that is damaged, or of another format, is emptied and made anew."""

from __future__ import annotations

from pathlib import Path

import apsw


def open_derived(path: Path, tables: str, version: int) -> apsw.Connection:
    """The database at ``path`` with these ``tables`` (SQL), known by ``version``. Several processes may open it at
    once; what it deletes it overwrites, since it may hold what must lawfully go."""
    path.parent.mkdir(parents=True, exist_ok=True)
    database = apsw.Connection(str(path))
    try:
        _prepare(database, tables, version)
    except (apsw.NotADBError, apsw.CorruptError):
        database.close()
        for file in path.parent.glob(f"{path.name}*"):
            file.unlink()
        database = apsw.Connection(str(path))
        _prepare(database, tables, version)
    return database


def _prepare(database: apsw.Connection, tables: str, version: int) -> None:
    database.set_busy_timeout(60_000)
    for pragma in ("journal_mode=WAL", "synchronous=OFF", "secure_delete=ON"):
        database.execute(f"PRAGMA {pragma}").fetchall()  # What follows a row is carried out only once it was fetched.
    if database.pragma("user_version") == version:
        return
    database.execute("BEGIN IMMEDIATE")
    try:
        if database.pragma("user_version") != version:
            _empty(database)
            database.execute(tables)
            database.pragma("user_version", version)
    except BaseException:
        database.execute("ROLLBACK")
        raise
    database.execute("COMMIT")


def _empty(database: apsw.Connection) -> None:
    query = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    for (name,) in list(database.execute(query)):
        database.execute(f'DROP TABLE "{name}"')
