"""Offices lent to requests.

An open office serves one request at a time: its connections and caches are not shared by threads. Requests compete for
the interpreter, and two at once take longer than one after the other; so there is a second office only for those who
would wait for somebody who takes long. The one given back last is lent first: it remembers most. Who asked first is
lent one first.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Condition, Event, Lock
from time import monotonic

from remembrancer.office import Office

OPEN = 2
"""How many offices are open at most; each has caches of its own to fill."""

LONG = 0.4
"""Seconds after which who has an office takes long, and the next one is lent another."""


class Lender:
    """Opens up to ``OPEN`` offices of one directory and lends each to one caller at a time."""

    def __init__(self, directory: Path, most: int = OPEN) -> None:
        self.directory = directory
        self.prepared_elsewhere = Event()
        """Set as long as another process makes the registers."""
        self._most = most
        self._all: list[Office] = []
        self._free: list[Office] = []
        self._since: list[float] = []
        """When each that is lent was lent."""
        self._lock = Lock()
        self._waiting: deque[Condition] = deque()
        """Who waits, in the order in which they asked."""

    @contextmanager
    def lent(self) -> Iterator[Office]:
        """An office for as long as the context lasts; waits for one where all are lent."""
        with self._lock:
            office = self._taken()
            since = monotonic()
            self._since.append(since)
        try:
            office.refresh()
            yield office
        finally:
            with self._lock:
                self._since.remove(since)
                self._free.append(office)
                self._wake_first()

    def close(self) -> None:
        """Close every office; nobody may hold one."""
        for office in self._all:
            office.close()
        self._all = []

    def _taken(self) -> Office:
        """An office, when it is this caller's turn and there is one."""
        turn = Condition(self._lock)
        self._waiting.append(turn)
        try:
            while (wait := self._to_wait(turn)) != 0:
                turn.wait(wait)
        finally:
            self._waiting.remove(turn)
            self._wake_first()
        if self._free:
            return self._free.pop()
        office = Office(self.directory)
        office.made_elsewhere = self.prepared_elsewhere.is_set
        self._all.append(office)
        return office

    def _to_wait(self, turn: Condition) -> float | None:
        """Seconds until all who have an office take long, 0 where nobody has one; None for who must be woken first: by
        an office that is given back, or when those before them have theirs."""
        if self._waiting[0] is not turn or not (self._free or len(self._all) < self._most):
            return None
        return max(0.0, max(self._since) + LONG - monotonic()) if self._since else 0.0

    def _wake_first(self) -> None:
        if self._waiting:
            self._waiting[0].notify()
