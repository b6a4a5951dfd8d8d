"""Ranking: how lists of passages found in different ways become one.

>>> fuse([[(one, 9.1), (two, 8.0)], [(two, 0.7), (three, 0.6)]], 3)
[(two, ...), (one, ...), (three, ...)]
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from remembrancer.memory.lookup import order
from remembrancer.model import Passage

Ranked = list[tuple[Passage, float]]
"""Passages with their scores, best first."""

RANK = 60
"""Reciprocal rank fusion: the larger, the less a first place counts against a tenth."""


def fuse(lists: Sequence[Ranked], limit: int, weights: Sequence[float] = ()) -> Ranked:
    """The best ``limit`` passages of several ranked lists of the same record, by reciprocal rank fusion.

    A passage scores the sum of ``weight / (RANK + its rank)`` over the lists that have it (ranks from 1, weights 1
    where none are given), so that scores of different kinds need no common scale. Equal sums by ``order``.
    """
    passages: dict[tuple[str, int], Passage] = {}
    scores: dict[tuple[str, int], float] = defaultdict(float)
    for ranked, weight in zip(lists, weights or [1.0] * len(lists), strict=True):
        for rank, (passage, _) in enumerate(ranked, start=1):
            key = passage.id, passage.number
            passages.setdefault(key, passage)
            scores[key] += weight / (RANK + rank)
    best = sorted(scores, key=lambda key: (-scores[key], order(passages[key])))[:limit]
    return [(passages[key], scores[key]) for key in best]
