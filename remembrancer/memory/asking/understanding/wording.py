"""How a language asks: the words and phrases of ``words/LANG.toml`` and ``LANG-everyday.toml``, and which language a
question is in.

"Wer hat gegen den Antrag gestimmt?" is German, by ``wer``, ``hat``, ``gegen``, ``den``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from typing import Any, Literal, cast

from remembrancer.memory.analysis import analyze, fold
from remembrancer.memory.asking.question import Kind, Listed, Sought
from remembrancer.memory.asking.understanding.phrases import Phrase, parsed
from remembrancer.memory.stopwords import STOP
from remembrancer.model import RelationKind

LANGUAGES = ("en", "de", "fr", "es", "pt", "gl", "ru")
WITH_EVERYDAY = ("en", "de")
"""Those that have a file of everyday phrases of their own, which are looked for first."""

AT_HOME = 0.5
"""What it counts for that the record is in a language, in words of the question."""

_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})

LETTERS = {"ru": ("а", "я")}
"""The letters of a script that is a language's own among these."""


@dataclass(frozen=True, slots=True)
class Ask:
    """A phrase, and what a question that holds it asks for. A ``bare`` one is looked for only where nothing else of
    the question asks; a ``joint`` one is of two questions in one, and looked for before either."""

    kind: Kind
    phrase: Phrase
    choice: str = ""
    role: str = ""
    listed: Listed = ""
    sought: Sought = ""
    act: RelationKind | Literal[""] = ""
    bare: bool = False
    joint: bool = False


@dataclass(frozen=True)
class Wording:
    """The words of one language, folded. ``stop`` name nothing; ``generic`` name only together with others; ``cues``
    are all that stand in phrases; ``closed`` begin a question to be answered with yes or no, ``asking`` any other.
    ``nouns`` are cues that may as well be all that is named; ``everyday`` words are seldom part of a name. ``leads``
    and ``tails`` are what idly stands before a question and after it, ``clefts`` what does in it; one of ``which``, as
    "which members", asks as ``who``; ``besides`` stand before those beside whom others are meant, one of ``compares``
    asks which of several is more, ``joining`` stand between two questions; ``final`` are the verbs that stand last in
    an indirect one, which begins with ``whether`` where it asks for yes or no. ``listed`` leads from a kind of row
    to its plurals, ``ended`` from an outcome to the words that say so of what is listed, ``offices`` from the name
    of an office to its words, ``units`` from a unit of time, ``numbers`` from a word to its number, ``times`` from
    a relation in time to its phrases, ``acts`` from a word for what is done to a text, as ``repeal``, to the
    relation; one of ``of`` follows it; ``articles`` begin what is named and are no part of it."""

    language: str
    asks: tuple[Ask, ...]
    cues: frozenset[str]
    stop: frozenset[str]
    generic: frozenset[str]
    closed: frozenset[str]
    asking: frozenset[str]
    negation: frozenset[str]
    titles: frozenset[str]
    nouns: frozenset[str]
    everyday: frozenset[str]
    leads: tuple[Phrase, ...]
    tails: tuple[Phrase, ...]
    who: str
    which: tuple[Phrase, ...]
    clefts: tuple[Phrase, ...]
    besides: tuple[Phrase, ...]
    compares: tuple[Phrase, ...]
    joining: frozenset[str]
    final: frozenset[str]
    whether: frozenset[str]
    of: frozenset[str]
    articles: frozenset[str]
    listed: Mapping[str, frozenset[str]]
    ended: Mapping[str, frozenset[str]]
    offices: Mapping[str, frozenset[str]]
    units: Mapping[str, frozenset[str]]
    numbers: Mapping[str, int]
    times: Mapping[str, tuple[Phrase, ...]]
    acts: Mapping[str, RelationKind]

    def asks_for(self, words: Set[str]) -> list[Ask]:
        """Those of ``asks``, in order, that a question of these words may hold."""
        begun = {number for word in words for number in self._by_word.get(word, ())}
        return [self.asks[number] for number in sorted(begun.union(self._by_word[""]))]

    @cached_property
    def _by_word(self) -> Mapping[str, Sequence[int]]:
        """The numbers of the asks by each of the words of which they need one; under the empty word those of none."""
        found: dict[str, list[int]] = {"": []}
        for number, ask in enumerate(self.asks):
            for word in min(ask.phrase.needed, key=len, default=frozenset({""})):
                found.setdefault(word, []).append(number)
        return found

    @cached_property
    def spelled(self) -> Sequence[str]:
        """The words that ask, in order, so that of two as near to a misspelled one the same is always taken."""
        return sorted(self.cues | self.asking)

    @cached_property
    def ordered(self) -> Sequence[str]:
        """The words that name only together with others, in order for the same reason."""
        return sorted(self.generic)

    @cached_property
    def timing(self) -> frozenset[str]:
        """Every word that stands in a phrase of time."""
        return frozenset().union(*(phrase.words() for listed in self.times.values() for phrase in listed))


def languages_of(words: Sequence[str], languages: Iterable[str]) -> list[str]:
    """The languages that a question with these folded words may be in, the likeliest first: that of most of its stop
    words; of equal ones those of the record, then English. What has none of its words is left out, unless all have."""
    home = {language.partition("-")[0].lower() for language in languages}
    tells = {language: sum(_tells(word, language) for word in words) for language in LANGUAGES}
    ranked = sorted(LANGUAGES, key=lambda language: -tells[language] - AT_HOME * (language in home))
    return [language for language in ranked if tells[language] or language in home] or ranked


def _tells(word: str, language: str) -> bool:
    """Whether a word is common in a language, by its stop words, or by its letters where it has its own."""
    if language in LETTERS:
        return any(first <= letter <= last for first, last in (LETTERS[language],) for letter in word)
    return word in _stop(language)


@cache
def _stop(language: str) -> frozenset[str]:
    return _without_umlauts(STOP.get(language, ()))


@cache
def wording(language: str) -> Wording:
    """The words of one of ``LANGUAGES``."""
    told = _written(language)
    everyday = _written(f"{language}-everyday") if language in WITH_EVERYDAY else {"asks": []}
    offices, units = _table(told["offices"]), _table(told["units"])
    numbers = {fold(word): int(number) for number, listed in told["numbers"].items() for word in listed}
    lists = {
        "office": frozenset().union(*offices.values()),
        "unit": frozenset().union(*units.values()),
        "n": frozenset(numbers) | {str(number) for number in range(1, 100)},
    }
    asks = tuple(each for entry in (*everyday["asks"], *told["asks"]) for each in _asks(entry, lists))
    named = {
        name: _folded(told[name])
        for name in ("closed", "asking", "negation", "titles", "nouns", "final", "whether", "of", "articles", "joining")
    }
    return Wording(
        language=language,
        asks=asks,
        cues=frozenset().union(*(each.phrase.words() for each in asks)),
        stop=_without_umlauts(told["idle"].split()) | _stop(language),
        generic=_folded(told["generic"].split()),
        **named,
        everyday=_without_umlauts(told["everyday"].split()),
        leads=tuple(parsed(fold(f"^ {each}"), lists) for each in told["leads"]),
        who=fold(told["who"]),
        which=tuple(parsed(fold(f"^ {each}"), lists) for each in told["which"]),
        clefts=tuple(parsed(fold(each), lists) for each in told["clefts"]),
        besides=tuple(parsed(fold(each), lists) for each in told["besides"]),
        compares=tuple(parsed(fold(each), lists) for each in told["compares"]),
        tails=tuple(parsed(fold(f"{each} $"), lists) for each in told["tails"]),
        listed=_table(told["listed"]),
        ended=_table(told["ended"]),
        offices=offices,
        units=units,
        numbers=numbers,
        acts={fold(word): cast(RelationKind, act) for act, listed in told["acts"].items() for word in listed},
        times={name: tuple(parsed(fold(each), lists) for each in listed) for name, listed in told["times"].items()},
    )


def _written(name: str) -> dict[str, Any]:
    path = files("remembrancer.memory.asking.understanding") / "words" / f"{name}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _asks(entry: Mapping[str, Any], lists: Mapping[str, Set[str]]) -> Iterable[Ask]:
    told = {name: value for name, value in entry.items() if name != "as"}
    return (Ask(phrase=parsed(fold(each), lists), **told) for written in entry["as"] for each in _endings(written))


def _endings(written: str) -> Sequence[str]:
    """A phrase whose last word may be left out at the end, ``by whom/$``, with it and without it."""
    if not written.endswith("/$"):
        return (written,)
    return (written.removesuffix("/$"), f"{written.rpartition(' ')[0]} $")


def _table(told: Mapping[str, Sequence[str]]) -> dict[str, frozenset[str]]:
    return {name: _folded(listed) for name, listed in told.items()}


def _without_umlauts(listed: Iterable[str]) -> frozenset[str]:
    """Words folded, and with ``ue`` for ``ü`` as some type them."""
    return _folded(listed) | _folded(word.translate(_UMLAUTS) for word in listed)


def _folded(listed: Iterable[str]) -> frozenset[str]:
    return frozenset(map(fold, listed))


def says(text: str, end: str, language: str) -> bool:
    """Whether a text has a word for how something ended, in any of its forms."""
    words = analyze(" ".join(wording(language).ended.get(end, ())), language).split()
    return not set(words).isdisjoint(analyze(text, language).split())


@cache
def end_of(status: str) -> str:
    """How something ended that has a status of one word, as ``Rejected``: ``lost``; empty where that does not say."""
    said = fold(status)
    return next((end for code in LANGUAGES for end, words in wording(code).ended.items() if said in words), "")
