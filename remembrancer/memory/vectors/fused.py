"""Fused: what stands near in meaning beside what has the words, as one index.

A passage that has the words scores their score as a share of what all of them would score, and ``WEIGHT`` times its
nearness: the cosine of the nearest window it stands in. So meaning counts the more, the less of what is asked the best
passage has. A window without such a passage brings its longest one, where it is at least ``ENOUGH`` near. What a query
demands or excludes holds for these too; only words that stand side by side are looked for by meaning.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from remembrancer.memory.lookup import order
from remembrancer.memory.query import words
from remembrancer.memory.ranking import rarity
from remembrancer.memory.search import found
from remembrancer.memory.vectors.nearest import Nearest
from remembrancer.memory.vectors.store import Near
from remembrancer.memory.vectors.windows import Key
from remembrancer.memory.weighing import weights
from remembrancer.model import Passage, Sha256
from remembrancer.ports import Lookup
from remembrancer.queries import Field, Filters, Group, Phrase, Query, Word

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Ranked = list[tuple[Passage, float]]
"""Passages with their scores, best first."""

WEIGHT = 0.4
"""Chosen on half of QMSum's meetings (``bench/windows.py``) and of spoken claims (``bench/claims.py``): these would
have a little more, those a little less."""

ENOUGH = 0.4
"""Of QMSum's questions 95 in 100 have a window so near in their own meeting, and 23 in any other one."""

DEPTH = 60
"""Passages with the words that are looked at."""

NEAR = (32, 128, 512)
"""Windows that may bring a passage of their own; more where the filters leave too few."""

SITTING = 5_000
"""Windows of one sitting whose nearness counts for what has the words."""


class Side(NamedTuple):
    """The open or the closed matter: its passages by words, and its windows by meaning where there are any."""

    lookup: Lookup
    nearest: Nearest | None


class Fused:
    """The ``Lookup`` port over both sides. ``sources`` are the documents of the sitting that is searched, if one is."""

    def __init__(
        self, sides: Sequence[Side], embed: Callable[[str], NDArray[np.float32]], sources: Sequence[Sha256] = ()
    ) -> None:
        self._sides = sides
        self._embed = embed
        self._sources = sources

    def search(self, query: Query, filters: Filters, limit: int = 10) -> Ranked:
        """As ``Index.search``; the scores are of its own kind."""
        lexical = found([side.lookup for side in self._sides], query, filters, max(limit, DEPTH))
        asked = meaning(query)
        if not asked or limit < 1:
            return lexical[:limit]
        shared = shares(lexical, whole(query, self))
        return mixed(shared, *self._near(self._embed(asked), demanded(query), filters, limit), limit)

    def held(self, ids: Sequence[str], query: Query, filters: Filters) -> list[Passage]:
        return [passage for side in self._sides for passage in side.lookup.held(ids, query, filters)]

    def frequency(self, word: str) -> int:
        return sum(side.lookup.frequency(word) for side in self._sides)

    def size(self) -> int:
        return sum(side.lookup.size() for side in self._sides)

    def languages(self) -> frozenset[str]:
        return frozenset[str]().union(*(side.lookup.languages() for side in self._sides))

    def _near(
        self, asked: NDArray[np.float32], query: Query, filters: Filters, limit: int
    ) -> tuple[list[Near], dict[Key, Passage]]:
        """The nearest windows, nearest first, and those of their passages that the filters leave."""
        near: list[Near] = []
        passages: dict[Key, Passage] = {}
        for count in NEAR:
            near, passages = [], {}
            for side in self._sides:
                looked_at = SITTING if self._sources else count
                some = side.nearest.nearest(asked, looked_at, self._sources) if side.nearest else []
                ids = list(dict.fromkeys(key[0] for window in some[:count] for key in window.members))
                held = side.lookup.held(ids, query, filters) if ids else []
                passages |= {(each.id, each.number): each for each in held}
                near += some
            if len(passages) >= limit or len(near) < count:
                break
        return sorted(near, key=lambda each: (-each.nearness, each.members)), passages


def mixed(lexical: Ranked, near: Sequence[Near], passages: dict[Key, Passage], limit: int) -> Ranked:
    """The best ``limit`` of what has the words and what is near in meaning, each with its mixed score."""
    nearness: dict[Key, float] = {}
    for window in near:
        for key in window.members:
            nearness.setdefault(key, window.nearness)
    least = min(nearness.values(), default=0.0)
    ranked = {
        (passage.id, passage.number): (passage, score + WEIGHT * nearness.get((passage.id, passage.number), least))
        for passage, score in lexical
    }
    for window in near:
        members = [passages[key] for key in window.members if key in passages]
        if members and window.nearness >= ENOUGH and not any((each.id, each.number) in ranked for each in members):
            longest = max(members, key=lambda each: (sum(end - start for start, end in each.spans), order(each)))
            ranked[longest.id, longest.number] = longest, WEIGHT * window.nearness
    return sorted(ranked.values(), key=lambda hit: (-hit[1], order(hit[0])))[:limit]


def shares(lexical: Ranked, most: float) -> Ranked:
    """Scores as shares of ``most``, or of the best where neighbours have lifted it over that."""
    most = max([most, *(score for _, score in lexical)]) or 1.0
    return [(passage, score / most) for passage, score in lexical]


def whole(query: Query, lookup: Lookup) -> float:
    """What a passage scores, about, that has every word of a query: the sum of their rarities, as they are weighed."""
    light, size = weights(query, lookup.languages()), lookup.size()
    asked = dict.fromkeys(words(query))
    return sum(light.get(part, 1.0) * rarity(size, lookup.frequency(part.text)) for part in asked)


def meaning(query: Query) -> str:
    """What a query asks for, as it was asked; empty where it asks for nothing, or for phrases alone.

    >>> meaning(Group(may=(Word("What"), Word("about"), Word("parking"), Word("fees?"))))
    'What about parking fees?'
    """
    return " ".join(part.text for part in words(query)) if _loose(query) else ""


def demanded(query: Query) -> Query:
    """What a query demands or excludes, without the words that are merely looked for."""
    if isinstance(query, Word):
        return Group()
    if not isinstance(query, Group):
        return query
    if _beside_filters(query):
        return Group(must=tuple(part for part in query.must if isinstance(part, Field)), never=query.never)
    return Group(must=query.must, never=query.never)


def _loose(query: Query) -> bool:
    """Whether there are words that need not all occur."""
    if isinstance(query, Group):
        return bool(query.may) or _beside_filters(query)
    return isinstance(query, Word)


def _beside_filters(query: Group) -> bool:
    """Whether words stand beside nothing but filters, which makes one part of them all that must be met."""
    others = [part for part in query.must if not isinstance(part, Field)]
    return not query.may and len(others) == 1 < len(query.must) and _side_by_side(others[0])


def _side_by_side(query: Query) -> bool:
    if isinstance(query, Group):
        return not query.must and not query.never and all(isinstance(part, Word | Phrase) for part in query.may)
    return isinstance(query, Word)
