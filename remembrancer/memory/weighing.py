"""What each word of a query counts beside the others, before its rarity.

What did the council say about the ferry?
"ferry" counts whole, "council" and "say" less, "what", "did", "the", "about" hardly

A word that stands alone, in quotation marks, or under an operator counts whole: it was asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from remembrancer.memory.analysis import TOKEN
from remembrancer.memory.lookup import lookups
from remembrancer.memory.stopwords import OFFICE, STOP, bare, spoken
from remembrancer.queries import Group, Phrase, Query, Word

GRAMMAR, BUSINESS = 0.2, 0.5
"""What a stop word counts, and a word that any body uses of itself and its acts."""

IN_SITTING = 0.5
"""What is left of that in a search of one sitting, where such words are in nearly every turn."""

HEAVY = 20_000
"""A stop word that more passages have is not looked for beside other words: it would cost more than it tells."""


def side_by_side(query: Query) -> tuple[Word | Phrase, ...]:
    """The words and phrases of a query that is nothing but words and phrases side by side; else none."""
    if not isinstance(query, Group) or query.must or query.never:
        return ()
    words = tuple(part for part in query.may if isinstance(part, Word | Phrase))
    return words if len(words) == len(query.may) else ()


def lone(query: Query) -> Word | None:
    """The word of a query that is nothing but one."""
    words = side_by_side(query) if isinstance(query, Group) else (query,)
    return words[0] if len(words) == 1 and isinstance(words[0], Word) else None


def weights(query: Query, languages: Collection[str]) -> Mapping[Query, float]:
    """The words that count less than 1; none where no word would count whole."""
    light = _light(query, languages)
    return light if len(light) < len(side_by_side(query)) else {}


def _light(query: Query, languages: Collection[str]) -> dict[Query, float]:
    """The words that would count less than 1 beside one that counts whole."""
    words = [part.text for part in side_by_side(query) if isinstance(part, Word)]
    language = spoken([token for word in words for token in TOKEN.findall(word)], languages)
    return {Word(word): weight for word in words if (weight := _weight(word, language)) < 1}


def in_sitting(word: Query, light: Mapping[Query, float]) -> float:
    """What a word counts in a search of one sitting."""
    return light[word] * IN_SITTING if word in light else 1.0


def lightened(
    query: Query, light: Mapping[Query, float], languages: frozenset[str], frequency: Callable[[str], int]
) -> Query:
    """The query with each word once, for who repeats a word asks for no other, and without stop words that are in too
    many passages; ``frequency`` says in how many. Where there is nothing else the rarest of them is left."""
    words = side_by_side(query)
    if len(words) < 2:
        return query
    once: dict[tuple[tuple[str, ...], ...], Query] = {}
    for word in words:
        once.setdefault(_stems(word, languages), word)
    weighed = light or _light(query, languages)
    telling = tuple(word for word in once.values() if not _heavy(word, weighed, frequency))
    return Group(may=telling or (min(words, key=lambda word: frequency(word.text)),))


def _stems(word: Word | Phrase, languages: frozenset[str]) -> tuple[tuple[str, ...], ...]:
    return tuple(tokens for field, tokens in lookups(word, languages) if field == "words")


def _heavy(word: Query, light: Mapping[Query, float], frequency: Callable[[str], int]) -> bool:
    return isinstance(word, Word) and light.get(word) == GRAMMAR and frequency(word.text) > HEAVY


def _weight(word: str, language: str) -> float:
    stop, office = STOP.get(language, frozenset()), OFFICE.get(language, frozenset())
    tokens = {bare(token) for token in TOKEN.findall(word)}
    if not tokens <= stop | office:
        return 1.0
    return GRAMMAR if tokens <= stop else BUSINESS
