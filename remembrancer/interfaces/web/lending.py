"""Offices lent to requests.

An open office serves one request at a time: its connections and caches are not shared by threads. The one given back
last is lent first, so that the busiest is the one that remembers most.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import LifoQueue
from threading import Lock

from remembrancer.office import Office

OPEN = 2
"""How many offices are open at most, so that a page that takes long holds up no other. Requests compete for the
interpreter, not for them, and each has caches of its own to fill."""


class Lender:
    """Opens up to ``OPEN`` offices of one directory and lends each to one caller at a time."""

    def __init__(self, directory: Path, most: int = OPEN) -> None:
        self.directory = directory
        self._free: LifoQueue[Office] = LifoQueue()
        self._lock = Lock()
        self._to_open = most
        self._all: list[Office] = []

    @contextmanager
    def lent(self) -> Iterator[Office]:
        """An office for as long as the context lasts; waits for one where all are lent."""
        office = self._take()
        try:
            office.refresh()
            yield office
        finally:
            self._free.put(office)

    def close(self) -> None:
        """Close every office; nobody may hold one."""
        for office in self._all:
            office.close()
        self._all = []

    def _take(self) -> Office:
        if self._free.empty():
            with self._lock:
                if self._to_open > 0:
                    self._to_open -= 1
                    office = Office(self.directory)
                    self._all.append(office)
                    return office
        return self._free.get()
