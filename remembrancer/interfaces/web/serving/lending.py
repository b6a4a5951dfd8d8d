"""Offices lent to requests.

An open office serves one request at a time: its connections and caches are not shared by threads. Requests compete for
the interpreter, and two at once take longer than one after the other; so there is a second office only for those who
would wait for somebody who takes long. The one given back last is lent first: it remembers most.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Condition
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
        self._most = most
        self._all: list[Office] = []
        self._free: list[Office] = []
        self._since: list[float] = []
        """When each that is lent was lent."""
        self._given_back = Condition()

    @contextmanager
    def lent(self) -> Iterator[Office]:
        """An office for as long as the context lasts; waits for one where all are lent."""
        with self._given_back:
            office = self._taken()
            since = monotonic()
            self._since.append(since)
        try:
            office.refresh()
            yield office
        finally:
            with self._given_back:
                self._since.remove(since)
                self._free.append(office)
                self._given_back.notify()

    def close(self) -> None:
        """Close every office; nobody may hold one."""
        for office in self._all:
            office.close()
        self._all = []

    def _taken(self) -> Office:
        while (wait := self._to_wait()) > 0 or not (self._free or len(self._all) < self._most):
            self._given_back.wait(wait if wait > 0 else None)
        if self._free:
            return self._free.pop()
        office = Office(self.directory)
        self._all.append(office)
        return office

    def _to_wait(self) -> float:
        """Seconds until all who have an office take long; nothing where nobody has one."""
        return max(self._since) + LONG - monotonic() if self._since else 0.0
