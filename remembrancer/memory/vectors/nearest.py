"""The windows nearest to what is asked: a graph of them in a memory-mapped file, and exact products for the rest.

The graph (HNSW, by usearch) holds every window up to a number; those after it, at most ``EXACT``, are compared one by
one, and so are those of a few named documents. A graph is a file of its own name, put in its place by one write of
the store, so that a reader has the whole old one or the whole new one. What was dropped since is in no answer: a
window counts only while the store has it, and a graph that holds a dropped one is given up and made again.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from remembrancer.memory.vectors.store import Near, Vectors, bytes_of
from remembrancer.model import Sha256

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

EXACT = 8192
"""How many windows are compared one by one."""

CONNECTIVITY, EFFORT, SEARCHED = 16, 64, 96
"""Of the graph: neighbours of a node, and how many are looked at when one is added or looked for."""


class Nearest:
    """Answers from one store; keeps the graph and the windows after it open between questions."""

    def __init__(self, vectors: Vectors) -> None:
        self._vectors = vectors
        self._graph: tuple[str, Any] = ("", None)
        self._rest: tuple[tuple[object, ...], list[int], bytes] = ((), [], b"")

    def nearest(self, asked: NDArray[np.float32], count: int, sources: Sequence[Sha256] = ()) -> list[Near]:
        """The nearest ``count`` windows, nearest first, of all documents or of those named."""
        if sources:
            found = _products(asked, *self._vectors.of_sources(sources))
        else:
            reach = self._reach()
            found = [*self._near(asked, count), *_products(asked, *self._after(reach))]
        best = sorted(found, key=lambda each: (-each[1], each[0]))[:count]
        members = self._vectors.members([number for number, _ in best])
        return [Near(members[number], nearness) for number, nearness in best if number in members]

    def _reach(self) -> int:
        """The last window that the graph holds, opened as it is now; 0 where there is none."""
        name = self._vectors.about("graph")
        if name != self._graph[0]:
            self._graph = (name, _opened(self._vectors, name, view=True))
        return int(self._vectors.about("reach") or 0) if self._graph[1] is not None else 0

    def _near(self, asked: NDArray[np.float32], count: int) -> list[tuple[int, float]]:
        import numpy as np

        graph = self._graph[1]
        if graph is None:
            return []
        found = graph.search(np.frombuffer(bytes_of(asked), np.int8), count)
        return [
            (int(key), 1.0 - float(far)) for key, far in zip(found.keys.tolist(), found.distances.tolist(), strict=True)
        ]

    def _after(self, reach: int) -> tuple[list[int], bytes]:
        stamp = (reach, *self._vectors.changed())
        if self._rest[0] != stamp:
            self._rest = (stamp, *self._vectors.after(reach, EXACT))
        return self._rest[1], self._rest[2]


def extend(vectors: Vectors, least: int = EXACT // 2) -> bool:
    """Bring the graph up to the last window where at least so many come after it; whether it was."""
    import numpy as np

    state, name, reach = vectors.about("dropped"), vectors.about("graph"), int(vectors.about("reach") or 0)
    graph = _opened(vectors, name, view=False)
    if graph is None:
        reach = 0
    numbers, data = vectors.after(reach, 1_000_000_000)
    if len(numbers) < least:
        return False
    rows = np.frombuffer(data, np.int8).reshape(len(numbers), -1)
    graph = graph if graph is not None else _empty(rows.shape[1])
    graph.add(np.array(numbers, np.uint64), rows, threads=1)
    made = f"graph-{secrets.token_hex(8)}.usearch"
    graph.save(str(vectors.directory / made))
    kept = vectors.set_graph(made, numbers[-1], state)
    vectors.sweep()
    return kept


def _products(asked: NDArray[np.float32], numbers: list[int], data: bytes) -> list[tuple[int, float]]:
    """Each window's number with its cosine to what is asked."""
    import numpy as np

    if not numbers:
        return []
    rows = np.frombuffer(data, np.int8).reshape(len(numbers), -1).astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True).clip(1e-9)
    return list(zip(numbers, (rows @ asked).tolist(), strict=True))


def _usearch() -> Any:
    """Its kind of index. Its wheel brings a C++ runtime of its own, and loaded first it crashes the model's."""
    import onnxruntime  # noqa: F401
    from usearch.index import Index

    return Index


def _empty(dimensions: int) -> Any:
    return _usearch()(
        ndim=dimensions,
        metric="cos",
        dtype="i8",
        connectivity=CONNECTIVITY,
        expansion_add=EFFORT,
        expansion_search=SEARCHED,
    )


def _opened(vectors: Vectors, name: str, view: bool) -> Any:
    """The graph of a file, memory-mapped or to be added to; None where there is none, or it is damaged."""
    path = vectors.directory / name
    if not name or not path.is_file():
        return None
    try:
        graph = _usearch().restore(str(path), view=view)
    except (RuntimeError, ValueError):
        return None
    if graph is not None:
        graph.expansion_add, graph.expansion_search = EFFORT, SEARCHED
    return graph
