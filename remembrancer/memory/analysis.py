"""Analyzers: a text becomes tokens, the same for passages and for queries, separated by single spaces.

    >>> analyze("The Councils' EIP-1559 cost £1,000 on 2022-07-19.", "en")
    'the council eip 1559 cost 1 000 on 2022 07 19 eip-1559 1,000 1000 2022-07-19'

First come the words in order, so that phrases match by position: case folded, Latin accents removed, stemmed
for the language. A compound of words or numbers (``EIP-1559``, ``1.2``, ``10:30``, ``snake_case``) stands
there as its parts; after the last word come the compounds whole, which is how an exact one is found. ``#12``,
``C++`` and ``C#`` are compounds too. Tokens are cut at ``LONGEST`` characters.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import cache, lru_cache
from typing import NamedTuple

import Stemmer

from remembrancer.memory.irregular import ENGLISH

LONGEST = 80
REMEMBERED = 10_000_000
"""Characters of distinct runs that each language remembers before it forgets them all."""

STEMS = 200_000
"""Words whose stems each language remembers."""

STEMMERS = {
    "ar": "arabic", "ca": "catalan", "cs": "czech", "da": "danish", "de": "german", "el": "greek",
    "en": "english", "es": "spanish", "et": "estonian", "eu": "basque", "fi": "finnish", "fr": "french",
    "ga": "irish", "hu": "hungarian", "hy": "armenian", "id": "indonesian", "it": "italian",
    "lt": "lithuanian", "nb": "norwegian", "nl": "dutch", "nn": "norwegian", "no": "norwegian",
    "pl": "polish", "pt": "portuguese", "ro": "romanian", "ru": "russian", "sr": "serbian", "sv": "swedish",
    "tr": "turkish",
}  # fmt: skip
"""ISO 639-1 codes with a Snowball stemmer; any other language is folded only."""

MARKS = "".join(chr(code) for code in range(0x300, 0x3100) if unicodedata.category(chr(code)) in ("Mn", "Mc"))
"""Vowel signs and accents that follow a letter and belong to its word."""

LETTER = rf"[^\W_][{MARKS}]*"
TOKEN = re.compile(
    r"#\d[\w-]*"
    r"|\b[^\W\d_](?:\+\+|#)(?!\w)"
    rf"|[\w{MARKS}]+(?:(?:[-._'’]|(?<=\d)[,:/](?=\d))[\w{MARKS}]+)*"
)
PART = re.compile(rf"(?:{LETTER})+")
WORD = re.compile(rf"(?:{LETTER})+(?:['’](?:{LETTER})+)*")
LATIN_MARKED = re.compile("([a-z])[\u0300-\u036f]+")
THOUSANDS = re.compile(r"\d{1,3}(?:([,.])\d{3})+")


class Forms(NamedTuple):
    """What one written token becomes: ``words`` in order, and ``wholes`` where it is a compound."""

    words: tuple[str, ...]
    wholes: tuple[str, ...] = ()


class Token(NamedTuple):
    """One written token at characters ``start:end`` of its text."""

    start: int
    end: int
    forms: Forms


def analyze(text: str, language: str = "") -> str:
    """The normalised string of a text: tokens separated by single spaces, compounds last."""
    runs = analyzer(language).runs()
    found = text.split()
    words = [word for word in map(runs.__getitem__, found) if word]
    if not runs.wholes.keys().isdisjoint(found):
        words += [runs.wholes[run] for run in found if run in runs.wholes]
    return " ".join(words)


def tokens(text: str, language: str = "") -> list[Token]:
    """The tokens with their places in the text, for marking what a query found."""
    forms = analyzer(language)
    return [Token(found.start(), found.end(), forms[found[0]]) for found in TOKEN.finditer(text)]


def readings(text: str, languages: Iterable[str], exact: bool = False) -> list[tuple[str, ...]]:
    """The ways to look a word or phrase up: sequences of tokens, any of which may match.

    A compound is looked up whole; one with letters also as its parts in sequence, unless ``exact``. A phrase
    of several written tokens is looked up as its words in sequence.
    """
    found: dict[tuple[str, ...], None] = {}
    for language in sorted(languages) or [""]:
        forms = [token.forms for token in tokens(text, language)]
        if len(forms) == 1 and forms[0].wholes:
            found[forms[0].wholes[:1]] = None
            if exact or not any(word.isalpha() for word in forms[0].words):
                continue
        words = tuple(word for form in forms for word in form.words)
        if words:
            found[words] = None
    return list(found)


class Analyzer(dict[str, Forms]):
    """The forms of written tokens in one language; what was asked is remembered, since words repeat."""

    def __init__(self, language: str) -> None:
        self._code = language.partition("-")[0].lower()
        self._stem = _stemmer(self._code)
        self._runs = Runs(self)

    def __missing__(self, written: str) -> Forms:
        forms = self[written] = _forms(written, self._stem, self._code)
        return forms

    def runs(self) -> Runs:
        """What is remembered of whole runs; begun anew, with the tokens, when it is large."""
        if self._runs.held > REMEMBERED:
            self.clear()
            self._runs = Runs(self)
        return self._runs


class Runs(dict[str, str]):
    """The words, separated by spaces, of runs of characters without white space; ``wholes`` their compounds."""

    def __init__(self, analyzer: Analyzer) -> None:
        self._analyzer = analyzer
        self.wholes: dict[str, str] = {}
        self.held = 0

    def __missing__(self, run: str) -> str:
        found = [self._analyzer[written] for written in TOKEN.findall(run)]
        wholes = " ".join(whole for forms in found for whole in forms.wholes)
        if wholes:
            self.wholes[run] = wholes
        self.held += len(run)
        words = self[run] = " ".join(word for forms in found for word in forms.words)
        return words


@cache
def analyzer(language: str) -> Analyzer:
    """The one analyzer of a language, by its ISO 639 code; a region after a hyphen is ignored."""
    return Analyzer(language)


def fold(text: str) -> str:
    """Case folded; marks removed from Latin letters only, since elsewhere they make another letter."""
    if text.isascii():
        return text.lower()
    composed = unicodedata.normalize("NFKC", text).casefold()
    return LATIN_MARKED.sub(r"\1", "".join(map(_bare, composed)))


@cache
def _bare(letter: str) -> str:
    base = unicodedata.normalize("NFD", letter)
    if len(base) > 1 and base[0] <= "\u024f":
        return "".join(mark for mark in base if not unicodedata.combining(mark))
    return {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ı": "i"}.get(letter, letter)


def _stemmer(code: str) -> Callable[[str], str]:
    """The stem of a folded or accented word; accents are removed after stemming, which needs them."""
    if code not in STEMMERS:
        return fold
    stem: Callable[[str], str] = Stemmer.Stemmer(STEMMERS[code]).stemWord
    regular = ENGLISH if code == "en" else {}

    @lru_cache(STEMS)
    def stemmed(word: str) -> str:
        return fold(stem(regular.get(word, word))) if word.isalpha() or "'" in word else fold(word)

    return stemmed


def _forms(written: str, stem: Callable[[str], str], code: str) -> Forms:
    pattern = WORD if code == "en" else PART
    lowered = unicodedata.normalize("NFKC", written[:LONGEST]).lower().replace("’", "'")
    parts = pattern.findall(lowered)
    words = tuple(word for word in map(stem, parts) if word)
    if parts == [lowered] or not parts:
        return Forms(words)
    whole = fold(lowered)
    if "'" in whole and len(pattern.findall(whole.replace("'", ""))) == 1:
        return Forms(words)
    thousands = THOUSANDS.fullmatch(whole)
    return Forms(words, (whole, whole.replace(thousands[1], "")) if thousands else (whole,))
