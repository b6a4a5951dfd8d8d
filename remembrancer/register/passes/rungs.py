"""Ladders and the rungs a text names: of the house, or where it has none the numbered stages a language knows.

A rung is written as the house writes it, however the text does: ``stage two``, ``Stage-2`` and ``stage2`` are
``Stage 2`` of a house whose ladder has that rung and the word ``stage``.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from remembrancer.read.house import House, Ladder
from remembrancer.register.vocabulary import Words, words

_FURTHER = r"(?:\s*(?:/|,|-|–|or|and|&|\+)?\s*(?:to\s+)?\(?(?:or\s+|and\s+)?(?:{word}\s*)?(?:{names})\??\)?)*"

_BEFORE_HALF = r"(?:(?<=\bto )|(?<=\bfor )|(?<=\bon )|(?<=\bat )|(?<=\bor )|^(?=[\d.]+\W*$))"
"""Where the name of a half rung (``2.7``) stands for itself, without the ladder's word."""


class Named(NamedTuple):
    """A rung named in characters ``start:end`` of a text."""

    start: int
    end: int
    ladder: str
    rung: str


class Scale(NamedTuple):
    """One ladder: ``rungs`` by their name in lower case without the ladder's word, ``pattern`` for one of them in
    a text, with the name as its only group, ``many`` the same for several together, ``own`` where the house says it."""

    name: str
    word: str
    rungs: dict[str, str]
    aside: tuple[str, ...]
    pattern: re.Pattern[str]
    many: str
    moves: tuple[str, ...] = ()
    stays: tuple[str, ...] = ()
    own: bool = True


def scales(language: str, house: House) -> tuple[Scale, ...]:
    """The ladders of a house, else those of the language."""
    vocabulary = words("ladders", language, house)
    if house.ladders:
        return tuple(_of_house(ladder, vocabulary["digits"]) for ladder in house.ladders)
    return _of_language(vocabulary["word"], vocabulary["digits"])


def rungs_in(text: str, among: tuple[Scale, ...]) -> list[Named]:
    """The rungs a text names, in order."""
    found = [
        Named(match.start(), match.end(), scale.name, scale.rungs[match["name"].lower()])
        for scale in among
        for match in scale.pattern.finditer(text)
    ]
    return sorted(found)


def vocabulary_of(language: str, house: House) -> Words:
    """The words of the topic, the house's first."""
    return words("ladders", language, house)


def _of_house(ladder: Ladder, digits: tuple[str, ...]) -> Scale:
    rungs: dict[str, str] = {}
    for rung in ladder.rungs:
        name = re.sub(rf"^(?:{ladder.word})\s*", "", rung, flags=re.IGNORECASE) if ladder.word else rung
        rungs[name.lower()] = rung
        if name.isdecimal() and int(name) < len(digits):
            rungs[digits[int(name)]] = rung
    return _scale(ladder.name, ladder.word, rungs, ladder)


@cache
def _of_language(named: tuple[str, ...], digits: tuple[str, ...]) -> tuple[Scale, ...]:
    return tuple(
        _scale(
            word,
            word,
            {
                **{str(number): f"{word.capitalize()} {number}" for number in range(10)},
                **{digit: f"{word.capitalize()} {number}" for number, digit in enumerate(digits)},
            },
            None,
        )
        for word in named
    )


def _scale(name: str, word: str, rungs: dict[str, str], ladder: Ladder | None) -> Scale:
    names = "|".join(re.escape(each).replace(r"\ ", r"\s+") for each in sorted(rungs, key=len, reverse=True))
    lead = rf"(?:{word})s?[\s-]?\s?" if word else ""
    halves = "|".join(re.escape(each) for each in rungs if word and re.fullmatch(r"\d+\.\d+", each))
    lead = rf"(?:{lead}|{_BEFORE_HALF}(?=(?:{halves})(?!\w)))" if halves else lead
    one = rf"(?<![\w.]){lead}(?P<name>{names})(?!\.?\w|\+)"
    further = _FURTHER.format(word=word or "(?!)", names=names)
    many = rf"(?<![\w.]){lead}-?(?:{names})(?!\w){further}(?:\.\d+)?"
    pattern = re.compile(one, re.IGNORECASE if word else 0)
    if ladder is None:
        return Scale(name, word, rungs, (), pattern, many, own=False)
    return Scale(name, word, rungs, ladder.aside, pattern, many, ladder.moves, ladder.stays)
