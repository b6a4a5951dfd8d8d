"""Which words of a question are the name of a body that sat, and no part of what it dealt with.

"Who put the footbridge motion to the piers committee?"    the sittings titled "2nd Meeting of the Piers and Moorings
                                                           Committee"; as well "the PMC"
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from typing import NamedTuple

from remembrancer.memory.asking.understanding.naming import Names, Titled
from remembrancer.memory.asking.understanding.tokens import Token


class Body(NamedTuple):
    """The places of the words that call a body, and the ids of the sittings that are titled so."""

    places: frozenset[int]
    sittings: frozenset[str]


def body_in(words: Sequence[Token], names: Names) -> Body:
    """The body that most words of a question call; of no places where none does."""
    found = [Body(places, title.sittings) for title in names.titles if (places := _called(words, title, names))]
    most = max((len(each.places) for each in found), default=0)
    best = [each for each in found if len(each.places) == most]
    return Body(
        frozenset().union(*(each.places for each in best)), frozenset().union(*(each.sittings for each in best))
    )


def _called(words: Sequence[Token], title: Titled, names: Names) -> frozenset[int]:
    """The places of the words that call a body by a title: its capitals, or words of it that lead to one that any body
    goes by, as ``committee``."""
    places = {at for at, token in enumerate(words) if len(token.text) > 1 and token.text in title.short}
    for end, token in enumerate(words):
        stem = names.stem(token.word)
        if stem in title.stems and names.is_generic(stem):
            places.update(_leading(words, end, title.stems, names))
    return frozenset(places)


def _leading(words: Sequence[Token], end: int, told: Set[str], names: Names) -> Iterator[int]:
    """The places right before one of words of a title that tell something."""
    for at in range(end - 1, -1, -1):
        stem = names.stem(words[at].word)
        if stem not in told or not names.weight(stem):
            return
        yield at
