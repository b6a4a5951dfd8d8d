"""Words that are spelled otherwise: misspelled, or written in another script or by another convention.

"Bazhanov", "Бажанов", "Bajanov" and "Baschanow" sound alike; so do "Müller" and "Mueller". "decoratros" is
"decorators" with two letters exchanged. Short words are never taken for another.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

from anyascii import anyascii
from rapidfuzz import process
from rapidfuzz.distance import OSA

ONE_LETTER, TWO_LETTERS = 7, 11
"""From how many letters on a word may differ by one letter, and by two; two that are exchanged are one."""

EXCHANGED = 5
"""From how many letters on two neighbouring letters may be exchanged."""

SOUNDING = 5
"""From how many letters on a word is compared by its sound."""

_SOUNDS = (
    (re.compile(r"tsch|tch"), "c"),
    (re.compile(r"shch|sch|sh|zh"), "j"),
    (re.compile(r"ch|kh|c(?=[ei])"), "c"),
    (re.compile(r"ae|oe|ue(?!$)"), lambda found: found[0][0]),
    (re.compile(r"ou"), "u"),
    (re.compile(r"ph"), "f"),
    (re.compile(r"w"), "v"),
    (re.compile(r"ck|q"), "k"),
    (re.compile(r"tz|ts"), "z"),
    (re.compile(r"ii|iy|yi|ij|yj|ie$|y"), "i"),
    (re.compile(r"(?:ff|v)$"), "f"),
    (re.compile(r"(.)\1+"), r"\1"),
)


@lru_cache(65_536)
def sounds(word: str) -> tuple[str, ...]:
    """Keys that words of one sound share: two where a ``j`` may be English or French, or German or Slavic.

    >>> set(sounds("Bazhanov")) & set(sounds("Бажанов")) & set(sounds("Bajanov")) & set(sounds("Baschanow"))
    {'bajanof'}
    """
    plain = anyascii(word).lower().replace("'", "")
    keys = (_key(plain), _key(plain.replace("j", "y"))) if "j" in plain else (_key(plain),)
    return tuple(dict.fromkeys(keys))


def _key(word: str) -> str:
    for pattern, sound in _SOUNDS:
        word = pattern.sub(sound, word)
    return word


class Spellings:
    """The words of a vocabulary, by their sound and by their length."""

    def __init__(self, words: Iterable[str]) -> None:
        self._by_length: dict[int, list[str]] = defaultdict(list)
        self._by_sound: dict[str, list[str]] | None = None
        for word in words:
            self._by_length[len(word)].append(word)

    def alike(self, word: str, one: int = ONE_LETTER, two: int = TWO_LETTERS) -> tuple[str, ...]:
        """The words that sound like one, else those nearest to it by letters; none where it is too short. ``one`` and
        ``two`` are from how many letters on it may differ by one and by two."""
        sounding = self._sounding(word)
        if sounding or len(word) < EXCHANGED:
            return sounding
        if len(word) < one:
            return tuple(each for each in self._near(word, 1) if sorted(each) == sorted(word))
        return self._near(word, 2 if len(word) >= two else 1)

    def _sounding(self, word: str) -> tuple[str, ...]:
        if len(word) < SOUNDING:
            return ()
        if self._by_sound is None:
            self._by_sound = defaultdict(list)
            for length, listed in self._by_length.items():
                for each in listed if length >= SOUNDING else ():
                    for key in sounds(each):
                        self._by_sound[key].append(each)
        return tuple(dict.fromkeys(each for key in sounds(word) for each in self._by_sound.get(key, ())))

    def _near(self, word: str, most: int) -> tuple[str, ...]:
        """The words at the least distance up to ``most`` that begin alike, or end alike."""
        near: dict[int, list[str]] = defaultdict(list)
        for length in range(len(word) - most, len(word) + most + 1):
            listed = self._by_length.get(length, ())
            for each, distance, _ in process.extract(word, listed, scorer=OSA.distance, score_cutoff=most, limit=8):
                if each[:2] == word[:2] or each[-3:] == word[-3:]:
                    near[int(distance)].append(each)
        return tuple(sorted(near[min(near)])) if near else ()
