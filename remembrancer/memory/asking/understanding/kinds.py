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
from remembrancer.memory.asking.understanding.phrases import NAME, Personal, Phrase, Taken, found
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


def wanted(
    words: Sequence[str], known: Wording, personal: Personal, starts: Sequence[int] = (0,), joint: bool = False
) -> Wanted | None:
    """What folded words ask for, by the first phrase of the language that they hold; None where they hold none. A
    question begins at any of ``starts``; of ``joint`` phrases alone where two questions are one. Who asks for somebody
    asks for no day, though he tells one: "who was mayor when it was adopted"."""
    said = len([word for word, before in zip(words, ["", *words], strict=False) if not word == before == NAME])
    terse = said <= TERSE and known.asking.isdisjoint(words) and not (words and words[0] in known.closed)
    held = set(words)
    for ask in known.asks_for(held):
        if words and words[0] == known.who and ask.kind == "date":
            continue
        if (terse or not ask.bare) and (ask.joint or not joint):
            taken = found(ask.phrase, words, personal, held, starts)
            if taken is not None:
                return Wanted(ask, taken)
    return None


def core(words: Sequence[str], known: Wording) -> tuple[int, int]:
    """Where the question itself begins and ends, without idle words before and after it, as "can you tell me" and
    "please"; never nothing."""
    start, end = 0, len(words)
    while (length := max((_led(each, words[start:end]) for each in known.leads), default=0)) and start + length < end:
        start += length
    while (
        length := max((_followed(each, words[start:end]) for each in known.tails), default=0)
    ) and length < end - start:
        end -= length
    return start, end


def _led(phrase: Phrase, words: Sequence[str]) -> int:
    """How many words of a lead-in stand at the beginning."""
    taken = found(phrase, words, _nobody)
    return taken[-1].end if taken else 0


def _followed(phrase: Phrase, words: Sequence[str]) -> int:
    """How many words of a tail stand at the end."""
    taken = found(phrase, words, _nobody)
    return len(words) - taken[0].start if taken else 0


def of_members(words: Sequence[str], known: Wording) -> int:
    """How many words at the beginning ask for some of the body's people, as "which members"; none where they do not."""
    return max((_led(each, words) for each in known.which), default=0)


def _nobody(start: int, end: int) -> bool:
    return False


def compares(words: Sequence[str], known: Wording) -> bool:
    """Whether it is asked which of several is more, first or last."""
    return any(found(each, words, _nobody) for each in known.compares)


def turned(words: Sequence[str], known: Wording) -> list[int]:
    """The places of the words of an indirect question in the order of a direct one, its verb moved to the front:
    "where it is", "wer dagegen war", "ob es beschlossen wurde"; as they are where the verb does not stand last."""
    places = list(range(len(words)))
    if len(words) < 3 or words[0] not in known.whether | known.asking:
        return places
    verb = places[-1] if words[-1] in known.final else 0
    if words[0] in known.whether:
        verb = verb or next((at for at in places if words[at] in known.closed), 0)
        return [verb, *(at for at in places[1:] if at != verb)] if verb else places
    return [0, verb, *places[1:-1]] if verb else places


def uncleft(words: Sequence[str], known: Wording) -> list[int]:
    """The places of the words without what only lifts one of them out, as in "who was it that moved it"."""
    for each in known.clefts:
        taken = found(each, words[1:], _nobody)
        if taken and words[taken[0].start] in known.asking:
            return [at for at in range(len(words)) if not taken[0].start < at <= taken[-1].end]
    return list(range(len(words)))


def corrected(words: Sequence[Token], free: Sequence[bool], known: Wording, names: Names) -> list[str]:
    """The folded words, those misspelled that ask: neither the register nor the language knows them as they are."""
    return [_corrected(token.word, known, names) if free[at] else token.word for at, token in enumerate(words)]


def _corrected(word: str, known: Wording, names: Names) -> str:
    if len(word) < ONE_LETTER or not word.isalpha() or _is_known(word, known, names):
        return word
    most = 2 if len(word) >= TWO_LETTERS else 1
    near = process.extractOne(word, known.spelled, scorer=OSA.distance, score_cutoff=most)
    near = near or process.extractOne(word, known.ordered, scorer=OSA.distance, score_cutoff=1)
    if near is None or len(near[0]) < ONE_LETTER or _is_form(word, near[0]):
        return word
    return str(near[0])


def is_slip(word: str, other: str) -> bool:
    """Whether a word is another with one letter wrong."""
    return OSA.distance(word, other, score_cutoff=1) == 1


def _is_form(word: str, other: str) -> bool:
    """Whether two words differ in their first letter, which is seldom missed, or in their ends, as ``issued`` and
    ``issues`` do."""
    return word[0] != other[0] or word[: len(word) - 2] == other[: len(word) - 2]


def _is_known(word: str, known: Wording, names: Names) -> bool:
    if any(word in listed for listed in (known.cues, known.stop, known.generic, known.asking, known.everyday)):
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
