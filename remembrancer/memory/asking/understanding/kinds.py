"""What kind of answer a question asks for, and what of its wording says so.

"How did Bell vote on the footbridge?" asks for a ``ballot``; "who voted against it?" too, of the choice ``no``; "was
it defeated?" for an ``outcome``, to be answered with yes or no.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, cast

from rapidfuzz import process
from rapidfuzz.distance import OSA

from remembrancer.memory.asking.question import Listed
from remembrancer.memory.asking.understanding.naming import Names
from remembrancer.memory.asking.understanding.phrases import Personal, Taken, found
from remembrancer.memory.asking.understanding.tokens import Token
from remembrancer.memory.asking.understanding.wording import Ask, Wording

ONE_LETTER, TWO_LETTERS = 4, 8
"""From how many letters on a word that asks may be misspelled by one letter, and by two."""

TERSE = 7
"""The most words of a question that only names what it asks for."""

ANY_OFFICE = "*"


class Wanted(NamedTuple):
    """What is asked for: the phrase that was found, with the words that it stands for."""

    ask: Ask
    taken: tuple[Taken, ...]


def wanted(words: Sequence[str], known: Wording, personal: Personal) -> Wanted | None:
    """What folded words ask for, by the first phrase of the language that they hold; None where they hold none."""
    terse = len(words) <= TERSE and known.asking.isdisjoint(words) and not (words and words[0] in known.closed)
    held = set(words)
    for ask in known.asks_for(held):
        if terse or not ask.bare:
            taken = found(ask.phrase, words, personal, held)
            if taken is not None:
                return Wanted(ask, taken)
    return None


def corrected(words: Sequence[Token], free: Sequence[bool], known: Wording, names: Names) -> list[str]:
    """The folded words, those misspelled that ask: neither the register nor the language knows them as they are."""
    return [_corrected(token.word, known, names) if free[at] else token.word for at, token in enumerate(words)]


def _corrected(word: str, known: Wording, names: Names) -> str:
    if len(word) < ONE_LETTER or not word.isalpha() or _is_known(word, known, names):
        return word
    most = 2 if len(word) >= TWO_LETTERS else 1
    near = process.extractOne(word, known.cues | known.asking, scorer=OSA.distance, score_cutoff=most)
    if near is None or len(near[0]) < ONE_LETTER or _is_form(word, near[0]):
        return word
    return str(near[0])


def _is_form(word: str, other: str) -> bool:
    """Whether two words differ in their first letter, which is seldom missed, or in their ends, as ``issued`` and
    ``issues`` do."""
    return word[0] != other[0] or word[: len(word) - 2] == other[: len(word) - 2]


def _is_known(word: str, known: Wording, names: Names) -> bool:
    if word in known.cues or word in known.stop or word in known.generic or word in known.asking:
        return True
    return bool(names.holding(names.stem(word))) or names.whom.is_part(word)


def listed(words: Sequence[str], ask: Ask, known: Wording) -> Listed:
    """Of what a list or count is: as its phrase says, else as the first plural in the words that it may be of."""
    if ask.listed or ask.kind not in ("list", "count"):
        return ask.listed
    kinds = (kind for word in words for kind, plurals in known.listed.items() if word in plurals)
    return cast(Listed, next(kinds, ""))


def office(words: Sequence[str], known: Wording) -> str:
    """The office that the words name, in the language-neutral form; empty where none."""
    return next((name for name, listed in known.offices.items() if not listed.isdisjoint(words)), "")
