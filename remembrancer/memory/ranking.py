"""Ranking: neighbours reinforce a passage, and the best hits are not all of one place.

A turn of a debate says little by itself. What was said just before it counts most (an answer follows its question),
what comes after it less, and a turn of few words is a poorer witness than a long one::

    Ames: Shall we close the ferry?        holds the words
    Bell: Not before the bridge is paid.   follows them, and is lifted
    Cole: Next item.                       holds none of them, and is no hit

Pure functions over numbers that every index can keep with its passages.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from hashlib import sha256
from heapq import heapify, heappop, heappush
from itertools import islice
from math import inf, log
from typing import NamedTuple

from remembrancer.model import Passage

CANDIDATES = 100
"""How many of the best passages by their own words are looked at."""

SATURATION, LENGTH = 1.2, 0.75
"""The two constants of BM25, as the engine has them."""

NEAR = 5
"""How far a neighbour may stand, in passages."""

BEFORE, AFTER, FADING = 1.2, 0.4, 0.7
"""What a neighbour before and after a passage counts, and how that fades with each step."""

AGAIN = 2.0
"""The larger, the more it counts that neighbours repeat one word, against their having another."""

FEW_WORDS = 0.1
"""The power of the logarithm of a turn's length."""

SAME_PLACE = 0.3
"""What is left of the score of a passage near a better one."""

Near = dict[int, list[tuple[int, int]]]
"""For each passage its neighbours, with how many steps on each stands."""

MOST_WORDS = 0xFFF
MOST_PASSAGES = 0x3FFFFF
MOST_AMONG = 0xFFFFFFF


class Place(NamedTuple):
    """Where a passage stands: ``among`` which neighbours (0 for none), the how-manieth of its document, and its length
    in words, and whether it is a turn of a debate."""

    among: int
    at: int
    words: int
    turn: bool = True


def place(passage: Passage, words: int) -> Place:
    """Where a passage of so many words stands. Speeches under one item of a sitting are neighbours, and texts under one
    item; texts under none, as the rows of a table, are not."""
    alone = passage.kind == "item" or (passage.kind == "text" and not passage.item)
    among = 0 if alone else _among(f"{passage.kind} {passage.source} {passage.sitting} {passage.item}")
    return Place(among, min(passage.at, MOST_PASSAGES), min(words, MOST_WORDS), passage.kind == "speech")


def packed(place: Place) -> int:
    """A place as a number below 2**63, for an index to keep; ``unpacked`` undoes it. The length stands first, since
    numbers that run on from passage to passage are kept in a form that is slow to open."""
    return place.words << 51 | place.turn << 50 | place.at << 28 | place.among


def unpacked(number: int) -> Place:
    return Place(number & MOST_AMONG, number >> 28 & MOST_PASSAGES, number >> 51, number >> 50 & 1 == 1)


@lru_cache(4096)
def _among(name: str) -> int:
    """28 bits, of which a few hundred candidates hardly ever share one by chance."""
    return max(1, int.from_bytes(sha256(name.encode()).digest()[:4], "big") >> 4)


def best(parts: Sequence[Mapping[int, float]], places: Mapping[int, Place], limit: int) -> list[tuple[int, float]]:
    """The best ``limit`` passages by ``order`` (their keys), with their scores. What is below the first ``CANDIDATES``
    of one whole query keeps its score and comes after them, so that the first hits are the first of any number."""
    if limit <= 0:
        return []
    if len(parts) > 1:
        return list(islice(_ranked(parts, places), limit))
    ranked = sorted(parts[0].items(), key=lambda hit: (-hit[1], hit[0]))
    if not ranked or not ranked[0][1]:
        return ranked[:limit]
    first = list(islice(_ranked([dict(ranked[:CANDIDATES])], places), limit))
    least = first[-1][1]
    return first + [(key, min(score, least)) for key, score in ranked[CANDIDATES : CANDIDATES + limit - len(first)]]


def said_first(
    said: Mapping[int, float], every: Callable[[], Mapping[int, float]], places: Mapping[int, Place], limit: int
) -> list[tuple[int, float]]:
    """The best ``limit`` of those that have a word themselves, and after them those of ``every`` that only stand under
    a title with it, which are looked for where there is room."""
    first = best([said], places, limit)
    if len(first) >= limit:
        return first
    titled = {key: score for key, score in every().items() if key not in said}
    most = first[-1][1] if first else inf
    return first + [(key, min(score, most)) for key, score in best([titled], places, limit - len(first))]


def _ranked(parts: Sequence[Mapping[int, float]], places: Mapping[int, Place]) -> Iterator[tuple[int, float]]:
    """The passages best first, with what their neighbours add and take."""
    near = neighbours(set[int]().union(*parts), places)
    return apart(reinforced(parts, places, near), near)


def reinforced(parts: Sequence[Mapping[int, float]], places: Mapping[int, Place], near: Near) -> dict[int, float]:
    """The scores of passages, each with what its neighbours add. ``parts`` are scores that add up to a passage's own:
    one for each word of a query, or all in one. Only passages with a score of their own get one."""
    total: dict[int, float] = defaultdict(float)
    for part in parts:
        most = max(part.values(), default=0.0) if len(parts) > 1 else 0.0
        for key, score in _spread(part, near).items():
            total[key] += score * (1 + AGAIN) / (score / most + AGAIN) if most else score
    return {key: score * _length(places[key]) for key, score in total.items()}


def _spread(part: Mapping[int, float], near: Near) -> dict[int, float]:
    """One part's scores, with the shares that go to neighbours."""
    found = dict(part)
    for key in part.keys() & near.keys():
        for neighbour, steps in near[key]:
            share = BEFORE * FADING**steps if steps > 0 else AFTER * FADING**-steps
            found[neighbour] = found.get(neighbour, 0.0) + share * part[key]
    return found


def neighbours(keys: Iterable[int], places: Mapping[int, Place]) -> Near:
    """Of these passages the neighbours of each that has some, with how many steps on they stand."""
    together: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for key in keys:
        among, at, _, _ = places[key]
        if among:
            together[among].append((at, key))
    found: Near = defaultdict(list)
    for group in together.values():
        for one, other in _close(sorted(group)) if len(group) > 1 else ():
            found[one[1]].append((other[1], other[0] - one[0]))
            found[other[1]].append((one[1], one[0] - other[0]))
    return found


def _close(group: Sequence[tuple[int, int]]) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """The pairs that stand at most ``NEAR`` apart, of (at, key) in order."""
    for number, one in enumerate(group):
        for other in group[number + 1 : number + 1 + NEAR]:
            if other[0] - one[0] > NEAR:
                break
            yield one, other


def _length(place: Place) -> float:
    return _of_words(place.words) if place.turn else 1.0


@cache
def _of_words(count: int) -> float:
    return float(log(1 + count) ** FEW_WORDS)


def apart(scores: Mapping[int, float], near: Near) -> Iterator[tuple[int, float]]:
    """The passages best first, where one near a better one keeps ``SAME_PLACE`` of its score; equal ones in order."""
    left = dict(scores)
    waiting = [(-score, key) for key, score in left.items()]
    heapify(waiting)
    while waiting:
        score, key = heappop(waiting)
        if left.get(key) != -score:
            continue
        yield key, left.pop(key)
        for neighbour, _ in near.get(key, ()):
            if neighbour in left:
                left[neighbour] *= SAME_PLACE
                heappush(waiting, (-left[neighbour], neighbour))


def locally(total: int, frequency: int, here: int, frequency_here: int) -> float:
    """By how much more a word tells passages apart among some of them (``here``) than among all: a ratio of idfs."""
    return rarity(here, frequency_here) / rarity(total, frequency)


def fitted(score: float, most: float, words: float, mean: float, mean_here: float) -> float:
    """The BM25 of a passage of so many words if passages had ``mean_here`` words on average instead of ``mean``.
    ``most`` is what the score comes to where a word is repeated without end."""
    if score >= most or not mean or not mean_here:
        return score
    times = score * _norm(words / mean) / (most - score)
    return most * times / (times + _norm(words / mean_here))


def _norm(length: float) -> float:
    return SATURATION * (1 - LENGTH + LENGTH * length)


def rarity(total: int, frequency: int) -> float:
    """The idf of BM25 of a word that ``frequency`` of ``total`` passages have."""
    return log(1 + (max(total, frequency) - frequency + 0.5) / (frequency + 0.5))
