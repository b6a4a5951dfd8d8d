"""The words of a language and of a house: lists of regular expressions, by topic and list.

Each language has a folder in ``words/`` with one TOML file for each topic; a house adds its own under ``words``::

    # words/en/relations.toml
    repeals = ['repeal(?:s|ed|ing)?', 'rescind(?:s|ed|ing)?']

A list without words of its own for a language is empty. Where the language of a document is not known, the lists
of every language hold together.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from functools import cache, lru_cache
from importlib.resources import files

from remembrancer.model import Exit, Fault
from remembrancer.read.house import House
from remembrancer.saying import Sentence

_WORD = re.compile(r"[^\W\d_]+")
_ADDRESS = re.compile(r"\w+://\S+")
_SAMPLE = 20_000
_FEW = 40

LANGUAGES = ("en", "de", "fr", "pt", "es", "gl", "ru")


class Words:
    """The lists of one topic, for one language and house."""

    def __init__(self, lists: dict[str, tuple[str, ...]]) -> None:
        self._lists = lists
        self._patterns: dict[str, re.Pattern[str]] = {}

    def __getitem__(self, name: str) -> tuple[str, ...]:
        return self._lists.get(name, ())

    def names(self) -> tuple[str, ...]:
        """The names of the lists."""
        return tuple(self._lists)

    def any_of(self, name: str) -> str:
        """A regular expression for any of a list, in a group; one that never matches where the list is empty."""
        return f"(?:{'|'.join(self[name])})" if self[name] else "(?!)"

    def pattern(self, name: str) -> re.Pattern[str]:
        """``any_of`` between word boundaries, capitals or not, compiled once."""
        if name not in self._patterns:
            self._patterns[name] = re.compile(rf"(?<!\w){self.any_of(name)}(?!\w)", re.IGNORECASE)
        return self._patterns[name]


def words(topic: str, language: str, house: House) -> Words:
    """The lists of a topic, the house's first."""
    own = house.words.get(topic, {})
    return _with_own(topic, language, tuple(sorted(own.items()))) if own else _of_language(topic, language)


@lru_cache(maxsize=256)
def _with_own(topic: str, language: str, own: tuple[tuple[str, tuple[str, ...]], ...]) -> Words:
    given, added = _of_language(topic, language), dict(own)
    return Words({name: (*added.get(name, ()), *given[name]) for name in {*added, *given.names()}})


def check(house: House) -> None:
    """Raises Fault (usage) where a house adds words to a topic or list that there is not, naming those there are."""
    for topic, lists in house.words.items():
        if topic not in topics():
            raise Fault(
                Exit.USAGE,
                Sentence("words: there is no topic %(topic)s.", topic=repr(topic)),
                Sentence("There are: %(list)s.", list=", ".join(topics())),
            )
        known = sorted({name for language in LANGUAGES for name in _read(topic, language)})
        for name in lists:
            if name not in known:
                what = Sentence("words.%(topic)s: there is no list %(name)s.", topic=topic, name=repr(name))
                raise Fault(Exit.USAGE, what, Sentence("There are: %(list)s.", list=", ".join(known)))


@cache
def topics() -> tuple[str, ...]:
    """The topics that a house may add words to."""
    folder = files("remembrancer.register") / "words"
    found = {path.name for language in LANGUAGES for path in (folder / language).iterdir()}
    return tuple(sorted(name.removesuffix(".toml") for name in found if name.endswith(".toml")))


def language_of(text: str) -> str:
    """The language of a text by its commonest words, as ``en``; empty where it is short or two come close."""
    found = Counter(match[0] for match in _WORD.finditer(_ADDRESS.sub(" ", text)[:_SAMPLE].lower()))
    said = sorted(((_likeness(found, language), language) for language in LANGUAGES), reverse=True)
    (first, language), (second, _) = said[:2]
    plain = first >= 0.3 and first >= 1.15 * second
    terse = first >= 0.18 and first >= 2 * second
    return language if found.total() >= _FEW and (plain or terse) else ""


def _likeness(found: Counter[str], language: str) -> float:
    """The share of common words; neighbours of a language count their telling words beside them."""
    lists = _read("common", language)
    hits = sum(found[word] for word in lists["common"])
    telling = sum(found[word] for word in lists["telling"]) if "telling" in lists else hits
    return (hits + telling) / (found.total() or 1)


@cache
def _of_language(topic: str, language: str) -> Words:
    lists: dict[str, tuple[str, ...]] = {}
    for each in (language,) if language in LANGUAGES else LANGUAGES:
        for name, listed in _read(topic, each).items():
            lists[name] = (*lists.get(name, ()), *listed)
    return Words(lists)


@cache
def _read(topic: str, language: str) -> dict[str, list[str]]:
    path = files("remembrancer.register") / "words" / language / f"{topic}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
