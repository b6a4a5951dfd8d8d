"""A database that is only derived: one that is damaged, or of another format, is emptied and made anew."""

from __future__ import annotations

from pathlib import Path

import apsw

from remembrancer.record.connection import settle, writing


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
    settle(database, "journal_mode=WAL", "synchronous=OFF", "secure_delete=ON")
    if database.pragma("user_version") == version:
        return
    with writing(database):
        if database.pragma("user_version") != version:
            _empty(database)
            database.execute(tables)
            database.pragma("user_version", version)


def _empty(database: apsw.Connection) -> None:
    query = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    for (name,) in list(database.execute(query)):
        database.execute(f'DROP TABLE "{name}"')
