"""What every database of an office needs of SQLite: its settings, and transactions that nobody else's comes between."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import sleep

import apsw

from remembrancer.model import Exit, Fault
from remembrancer.saying import Sentence

PATIENCE = 60_000
"""Milliseconds to wait for another process."""


def settle(database: apsw.Connection, *settings: str) -> None:
    """Carry out each ``PRAGMA``, as ``synchronous=FULL``, and wait for other processes from now on."""
    database.set_busy_timeout(PATIENCE)
    for setting in settings:
        _carry_out(database, f"PRAGMA {setting}")


def _carry_out(database: apsw.Connection, pragma: str) -> None:
    """The switch to a write-ahead log asks no busy handler: of two processes that open a new file at once, one tries
    again. What a pragma answers with is fetched, since until then it is not done."""
    for pause in (0.01, 0.1, 1, 5, None):
        try:
            database.execute(pragma).fetchall()
            return
        except apsw.BusyError:
            if pause is None:
                raise
            sleep(pause)


@contextmanager
def writing(database: apsw.Connection) -> Iterator[None]:
    """One transaction that nobody else's comes between; undone where what is done in it fails. A Fault (unavailable)
    where another process holds the database for longer than one waits."""
    try:
        database.execute("BEGIN IMMEDIATE")
    except apsw.BusyError as error:
        what = Sentence("Another process holds %(name)s.", name=Path(database.filename).name)
        raise Fault(Exit.UNAVAILABLE, what, Sentence("Try again when it is done.")) from error
    try:
        yield
        database.execute("COMMIT")
    except BaseException:
        if not database.get_autocommit():
            database.execute("ROLLBACK")
        raise
