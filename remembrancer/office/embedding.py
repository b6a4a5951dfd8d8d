"""The vectors of one body, where the extra ``vectors`` is installed: made in the background, beside the index.

``derived/SLUG/vectors/{open,closed}/`` may be deleted at any time. They follow the log as the index does: what is
redacted, disposed of or ruled upon goes from them in the same catching up, whether the extra is installed or not.
The closed side is never opened for those who see the open one only.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import apsw

from remembrancer.memory.vectors import minilm
from remembrancer.model import Exit, Fault
from remembrancer.ports import Embedder
from remembrancer.saying import Sentence

if TYPE_CHECKING:
    from remembrancer.memory.vectors.nearest import Nearest
    from remembrancer.memory.vectors.store import Vectors, Waiting
    from remembrancer.memory.vectors.windows import Window
    from remembrancer.office.bureau import Bureau, Progress

SIDES = ("open", "closed")
SWITCH = "REMEMBRANCER_VECTORS"
"""The variable that turns vectors off: neither made in the background nor used."""

AT_ONCE = 16
"""Windows that are kept in one write: a builder that is killed loses no more."""


class State(NamedTuple):
    """How far the vectors are: ``embedded`` of ``passages`` have theirs."""

    installed: bool
    on: bool
    building: bool
    embedder: str
    passages: int
    embedded: int
    windows: int


class Embedding:
    """The vectors beside one body's indexes. Nothing is loaded before it is used."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.load: Callable[[], Embedder] = minilm.load
        self.installed: Callable[[], bool] = minilm.installed
        self._open: dict[str, tuple[Vectors, Nearest]] = {}

    def close(self) -> None:
        for vectors, _ in self._open.values():
            vectors.close()
        self._open = {}

    def used(self) -> bool:
        """Whether a search may look here: there are vectors, the extra is installed and they are not turned off."""
        return self.directory.exists() and on() and self.installed()

    def vectors(self, side: str, make: bool = False) -> Vectors | None:
        """The store of a side; None where there is none and none is to be made."""
        opened = self._side(side, make)
        return opened[0] if opened else None

    def nearest(self, side: str) -> Nearest | None:
        """What finds the nearest windows of a side."""
        opened = self._side(side, False)
        return opened[1] if opened else None

    def remove(self) -> None:
        """Delete every vector. A Fault (unavailable) while they are being made."""
        with building(self.directory) as ours:
            if not ours:
                raise Fault(
                    Exit.UNAVAILABLE,
                    Sentence("Vectors are being made."),
                    Sentence("Stop that first, or wait until it is done."),
                )
            self.close()
            for side in SIDES:
                shutil.rmtree(self.directory / side, ignore_errors=True)
        shutil.rmtree(self.directory, ignore_errors=True)

    def _side(self, side: str, make: bool) -> tuple[Vectors, Nearest] | None:
        there = (self.directory / side).exists()
        if not there and side in self._open:
            self._open.pop(side)[0].close()
        if side not in self._open and (make or there):
            from remembrancer.memory.vectors.nearest import Nearest
            from remembrancer.memory.vectors.store import Vectors

            vectors = Vectors(self.directory / side, self.load().name if make else "")
            self._open[side] = vectors, Nearest(vectors)
        return self._open.get(side)


def on() -> bool:
    """Whether vectors are not turned off."""
    return os.environ.get(SWITCH, "").lower() not in ("off", "0", "no")


def state(bureau: Bureau) -> State:
    """How far the vectors of a body are."""
    bureau.catch_up()
    stores = [store for side in SIDES if (store := bureau.embedding.vectors(side))]
    return State(
        installed=bureau.embedding.installed(),
        on=on(),
        building=being_built(bureau.embedding.directory),
        embedder=stores[0].about("embedder") if stores else "",
        passages=sum(bureau.index(side).size() for side in SIDES),
        embedded=sum(store.passages() for store in stores),
        windows=sum(store.windows() for store in stores),
    )


def outstanding(bureau: Bureau) -> bool:
    """Whether there are passages without vectors that nobody is making."""
    stores = [bureau.embedding.vectors(side) for side in SIDES]
    if all(store is not None and not store.waiting() for store in stores):
        return False
    return not being_built(bureau.embedding.directory)


def build(bureau: Bureau, progress: Progress | None = None) -> bool:
    """Make the vectors that are missing, until none is; False where another process is at it already.

    It may be ended at any time, and goes on from there. A Fault (refused) where the extra is not installed.
    """
    embedding, embedder = bureau.embedding, bureau.embedding.load()
    with building(embedding.directory) as ours:
        if not ours:
            return False
        while True:
            stores = {side: store for side in SIDES if (store := embedding.vectors(side, make=True))}
            bureau.catch_up()
            waiting = [(side, one) for side, store in stores.items() for one in store.waiting()]
            if not waiting:
                return True
            for number, (side, one) in enumerate(waiting):
                if progress:
                    progress("making vectors", number, len(waiting))
                _make(bureau, side, stores[side], one, embedder)


def _make(bureau: Bureau, side: str, store: Vectors, one: Waiting, embedder: Embedder) -> None:
    """Make the vectors of one source; given up where it is touched meanwhile."""
    from remembrancer.memory.vectors import nearest
    from remembrancer.memory.vectors.windows import windows

    passages = [each for each in bureau.to_index(side, one.sha) if known(each.language, embedder)]
    made = windows(passages, bureau.text)
    held = store.digests(one.sha)
    for some in _batches(window for window in made if window.digest not in held):
        if not store.add(one, some, embedder.embed([window.text for window in some])):
            return
        nearest.extend(store)
    store.complete(one, made)
    nearest.extend(store)


def known(language: str, embedder: Embedder) -> bool:
    """Whether an embedder knows a passage's language; where a passage has none it may."""
    code = language.partition("-")[0].lower()
    return not code or not embedder.languages or code in embedder.languages


def _batches(windows: Iterator[Window]) -> Iterator[list[Window]]:
    while some := list(islice(windows, AT_ONCE)):
        yield some


@contextmanager
def building(directory: Path) -> Iterator[bool]:
    """Hold the lock of the one builder; False where another holds it. It goes with its process."""
    directory.mkdir(parents=True, exist_ok=True)
    lock = _lock(directory)
    try:
        yield lock is not None
    finally:
        if lock is not None:
            lock.close()


def being_built(directory: Path) -> bool:
    """Whether some process is making vectors."""
    if not (directory / "building.db").exists():
        return False
    lock = _lock(directory)
    if lock is None:
        return True
    lock.close()
    return False


def _lock(directory: Path) -> Any:
    """An open connection whose transaction is the lock: SQLite's locks are every system's, and die with a process."""
    lock = apsw.Connection(str(directory / "building.db"))
    lock.set_busy_timeout(500)
    try:
        lock.execute("BEGIN EXCLUSIVE")
    except apsw.BusyError:
        lock.close()
        return None
    return lock
