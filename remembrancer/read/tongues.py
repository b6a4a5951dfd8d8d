"""In which language a text is written: by its letters where a script is one language's alone, else by its commonest
words."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

SAMPLE = 20_000
"""Characters that are looked at."""

COMMON_WORDS = {
    "en": "the and of to that this with was for",
    "de": "der die und das nicht ist mit den von wird",
    "fr": "le la les des et est que pour dans une",
    "pt": "o que não uma para com dos da em os",
    "es": "el los las que una por con del está para",
    "gl": "o que unha non para dos das polo coa ao",
    "ru": "и в не на что по это для как",
}
_SCRIPTS = {
    "HEBREW": "he",
    "GREEK": "el",
    "ARMENIAN": "hy",
    "GEORGIAN": "ka",
    "THAI": "th",
    "HANGUL": "ko",
    "HIRAGANA": "ja",
    "KATAKANA": "ja",
    "CJK": "zh",
    "ARABIC": "ar",
}
"""Scripts that one language is mainly written in, by the first word of their letters' names."""

_ARABIC = "\u064a"
"""The last letter of the Arabic alphabet proper; Persian, Urdu and others have letters beyond it."""


def language_of(text: str) -> str:
    """The ISO 639-1 code of a text's language; empty where its letters and words do not tell."""
    return _by_letters(text[:SAMPLE]) or _by_words(text[:SAMPLE])


def _by_letters(text: str) -> str:
    letters = Counter(letter for letter in text if letter.isalpha())
    written: Counter[str] = Counter()
    for letter, count in letters.items():
        written[_alone(letter)] += count
    if written["ja"] * 10 > written["zh"]:  # Japanese is written with Chinese letters between its own.
        written["ja"] += written.pop("zh", 0)
    if written["beyond"] * 50 > written["ar"]:
        written.pop("ar", 0)
    written.pop("", 0)
    written.pop("beyond", 0)
    return next((language for language, count in written.most_common(1) if count * 2 > letters.total()), "")


def _alone(letter: str) -> str:
    """The one language that a letter belongs to, or none."""
    language = _SCRIPTS.get(re.split("[ -]", unicodedata.name(letter, ""))[0], "")
    return "beyond" if language == "ar" and letter > _ARABIC else language


def _by_words(text: str) -> str:
    """By ten of a language's commonest words, or by four that hardly stand beside another's."""
    words = Counter(re.findall(r"[^\W\d_]+", text.casefold()))
    scores = {language: sum(words[word] for word in common.split()) for language, common in COMMON_WORDS.items()}
    best, second = sorted(scores.values(), reverse=True)[:2]
    clear = (best >= 10 and best > 1.2 * second) or (best >= 4 and best >= 3 * second)
    return max(scores, key=scores.__getitem__) if clear else ""
