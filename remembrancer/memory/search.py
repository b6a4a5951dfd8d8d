"""Search: a query over the indexes that the principal may open, answered with proven quotations."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from remembrancer.memory.cite import Hit, Renditions, quoted
from remembrancer.memory.lookup import order
from remembrancer.model import Passage
from remembrancer.ports import Lookup
from remembrancer.queries import Filters, Query


def search(
    indexes: Sequence[Lookup], renditions: Renditions, query: Query, filters: Filters, limit: int = 10
) -> list[Hit]:
    """The best ``limit`` hits, best first. Fault (check failed) where one does not match its bytes."""
    return [quoted(passage, score, renditions) for passage, score in found(indexes, query, filters, limit)]


def found(indexes: Sequence[Lookup], query: Query, filters: Filters, limit: int) -> list[tuple[Passage, float]]:
    """The best ``limit`` passages of all the indexes, as one of them would rank them."""
    if len(indexes) == 1:
        return indexes[0].search(query, filters, limit)
    ranked = chain.from_iterable(index.search(query, filters, limit) for index in indexes)
    return sorted(ranked, key=lambda hit: (-hit[1], order(hit[0])))[:limit]
