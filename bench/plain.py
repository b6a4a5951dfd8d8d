"""Plain BM25, to be beaten: Lucene's idf, Snowball stems, a stop list of 33 words, and nothing else.

>>> Plain(["the levy is paid", "a ferry"]).ranked("levies")
[0]
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Sequence

import Stemmer

WORD = re.compile(r"\w\w+")
STOP = frozenset(
    re.findall(
        r"\w+",
        "a an and are as at be but by for if in into is it no not of on or such that the their then there these they "
        "this to was will with",
    )
)
STEM = Stemmer.Stemmer("english").stemWord


class Plain:
    """An index of texts, ranked by their numbers."""

    def __init__(self, texts: Sequence[str], k1: float = 1.5, b: float = 0.75, stop: frozenset[str] = STOP) -> None:
        self._stop = stop
        documents = [self._words(text) for text in texts]
        mean = sum(map(len, documents)) / max(1, len(documents))
        self._weights: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for number, words in enumerate(documents):
            norm = k1 * (1 - b + b * len(words) / mean)
            for word, times in Counter(words).items():
                self._weights[word].append((number, times * (k1 + 1) / (times + norm)))
        self._total = len(documents)

    def ranked(self, query: str) -> list[int]:
        """The numbers of the texts with any of the words, best first; equal ones in their order."""
        scores: dict[int, float] = defaultdict(float)
        for word, times in Counter(self._words(query)).items():
            found = self._weights.get(word, [])
            rarity = math.log(1 + (self._total - len(found) + 0.5) / (len(found) + 0.5))
            for number, weight in found:
                scores[number] += times * rarity * weight
        return sorted(scores, key=lambda number: (-scores[number], number))

    def _words(self, text: str) -> list[str]:
        return [STEM(word) for word in WORD.findall(text.lower()) if word not in self._stop]
