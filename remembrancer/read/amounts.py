"""Sums of money as minutes write them.

    $1,250.00     £42,500       € 18.868,30      1.200,50 €        a sign before or behind a number
    EUR 3 Mio.    200k USD      $1.2 million     100,4 Mio. Euro   with a word for thousands, millions
    twenty thousand dollars     fünfzigtausend Euro                in words

A number without a sign, a code or a word for money (``Section 1,250``, ``2024``) is none, nor is half of a range
(``$50-70 million``) or a number that may be read in two ways (``1.250 million``, where nothing says what the point is).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import cache
from typing import NamedTuple

_SHARED = {"US$": "USD", "C$": "CAD", "AU$": "AUD", "$": "$", "¥": "¥", "£": "GBP", "€": "EUR", "₽": "RUB", "R$": "BRL"}
_NAMES = {
    r"dollars?|dólares|dólar": "$",
    r"euros?|евро": "EUR",
    r"pounds? sterling": "GBP",
    r"schweizer franken|swiss francs?|francs suisses": "CHF",
    r"reais": "BRL",
    r"yen": "JPY",
    r"рубл(?:ь|я|ей|ю|ем|и|ях|ями)|руб\.": "RUB",
}
_ALSO_WORDS = frozenset(
    ("ALL", "AMD", "ANG", "BAM", "COP", "CUP", "GEL", "LAK", "MAD", "MOP", "PEN", "RON", "SOS", "TOP", "TRY", "XXX")
)
"""Codes of currencies that are words or names too: ``ALL 50 members``, ``TOP 4``."""

_THOUSAND, _MILLION, _MILLIARD, _BILLION = Decimal(10**3), Decimal(10**6), Decimal(10**9), Decimal(10**12)
_ATTACHED = {"k": _THOUSAND, "m": _MILLION, "bn": _MILLIARD, "b": _MILLIARD}
"""Letters that count only where they touch the number: ``$3 b)`` is three dollars."""
_SCALES: dict[str, dict[str, Decimal]] = {
    "": {
        r"mi?o\.|mln\.?|millions?|millionen|mill\.": _MILLION,
        r"mrd\.?|mia\.?": _MILLIARD,
    },
    "en": {r"thousand": _THOUSAND, r"billions?": _MILLIARD, r"trillions?": _BILLION},
    "de": {r"tausend|tsd\.?": _THOUSAND, r"mio": _MILLION, r"milliarden?": _MILLIARD, r"billion(?:en)?": _BILLION},
    "fr": {r"mille": _THOUSAND, r"millions? d['’]": _MILLION, r"milliards?(?: d['’])?": _MILLIARD},
    "pt": {r"mil": _THOUSAND, r"milh(?:ão|ões)(?: de)?": _MILLION, r"mil milhões(?: de)?": _MILLIARD},
    "es": {r"mil": _THOUSAND, r"mill(?:ón|ones)(?: de)?": _MILLION, r"mil millones(?: de)?": _MILLIARD},
    "gl": {r"mil": _THOUSAND, r"mill(?:ón|óns)(?: de)?": _MILLION, r"mil millóns(?: de)?": _MILLIARD},
    "ru": {
        r"тыс\.?|тысяч[аи]?": _THOUSAND,
        r"млн\.?|миллион(?:а|ов)?": _MILLION,
        r"млрд\.?|миллиард(?:а|ов)?": _MILLIARD,
    },
}
_IN_WORDS = ("en", "de", "fr", "pt", "es")
_POINT = frozenset({"en"})
"""Languages that write a point before the decimals; the others write a comma."""

_NUMBER = r"(?:\d{1,3}(?:(?P<sign>[.,'’ \u00a0\u202f])\d{3}(?!\d))(?:(?P=sign)\d{3}(?!\d))*|\d+)(?:[.,]\d{1,2}(?!\d))?"
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_BARE = re.compile(
    r"hundred|thousand|million|billion|hundert|tausend|millionen|milliarden?|cien(?:to)?|cem|cent|mil|mille",
    re.IGNORECASE,
)
"""Before these something may stand that is no number: ``several hundred dollars``."""
_CENTS = re.compile(
    r"\s+(?:and|und|et|e|y)\s+(?P<cents>\d{1,2}|[^\W\d_]+(?:[ -][^\W\d_]+)?)"
    r"\s+(?:cents?|centimes?|cêntimos?|céntimos?)\b",
    re.IGNORECASE,
)
_EITHER = re.compile(r"or|to|oder|bis|ou|o|à|a", re.IGNORECASE)
_LONGEST = 14
"""Most words of a number that is written out."""


class Found(NamedTuple):
    """A sum at characters ``start:end``. ``currency`` is its ISO 4217 code, or the sign where several share it."""

    value: Decimal
    currency: str
    start: int
    end: int


def find(text: str, language: str = "") -> list[Found]:
    """The sums of money in a text, in order; ``language`` as ``en``, or empty where it is not known."""
    if not _hint().search(text):
        return []
    found: dict[int, Found] = {}
    for pattern in _patterns(language):
        for match in pattern.finditer(text):
            amount = _of(match, language)
            if amount and not _overlaps(amount, found.values()):
                found[amount.start] = amount
    for amount in _in_words(text, language):
        if not _overlaps(amount, found.values()):
            found[amount.start] = amount
    return [found[start] for start in sorted(found)]


def _overlaps(amount: Found, others: Iterable[Found]) -> bool:
    return any(each.start < amount.end and amount.start < each.end for each in others)


def plain(value: Decimal) -> str:
    """A decimal number without an exponent or zeros at its end: ``1250``, ``0.5``."""
    return format(value.normalize(), "f")


@cache
def _signs() -> dict[str, str]:
    """Signs of currencies, each with its code, or itself where several share it."""
    from babel.core import Locale

    own = {sign: code for code, sign in Locale("en").currency_symbols.items() if not sign.isalpha() and sign != code}
    return {**{sign: code for sign, code in own.items() if " " not in sign and "\u202f" not in sign}, **_SHARED}


@cache
def _codes() -> frozenset[str]:
    from babel.core import Locale

    return frozenset(Locale("en").currency_symbols) - _ALSO_WORDS


@cache
def _hint() -> re.Pattern[str]:
    """What every sum has: a sign, a code or a word for money."""
    return re.compile(rf"{_any(_signs())}|\b(?:{'|'.join(sorted(_codes()))})\b|(?i:\b(?:{'|'.join(_NAMES)}))")


def _any(signs: dict[str, str]) -> str:
    return f"(?:{'|'.join(re.escape(sign) for sign in sorted(signs, key=len, reverse=True))})"


@cache
def _scales(language: str) -> dict[str, Decimal]:
    """The words of a language for thousands and more; of an unknown one those on which all agree."""
    return _ATTACHED | _SCALES[""] | _SCALES.get(language, {})


@cache
def _patterns(language: str) -> tuple[re.Pattern[str], ...]:
    """The sign before the number, and behind it."""
    listed = sorted(_scales(language), key=len, reverse=True)
    scale = "|".join(rf"(?<=\d){each}" if each in _ATTACHED else each for each in listed)
    money = rf"(?P<unit>{_any(_signs())}|(?-i:\b(?:{'|'.join(sorted(_codes()))}))(?![^\W\d_]))"
    named = rf"(?P<unit>{_any(_signs())}|(?-i:(?:{'|'.join(sorted(_codes()))}))(?!\w)|(?:{'|'.join(_NAMES)})(?!\w))"
    scaled = rf"(?P<number>{_NUMBER})(?:[ \u00a0]?(?P<scale>{scale})(?!\w))?"
    apart = r"(?![^\W_¹²³⁴⁵⁶⁷⁸⁹]|[.,]\d|[.][^\W\d_]|\s?[-–—]\s?\d)"
    code = rf"(?-i:{'|'.join(sorted(_codes()))})"
    before = (
        rf"(?<![\w$.])(?:(?P<code>{code})[ \u00a0])?{money}\s?{scaled}(?:[ \u00a0]?(?P<after>{code})(?!\w))?{apart}"
    )
    behind = rf"(?<![\w.,$€£])(?<!\d[-–—])(?<!\d\s[-–—]\s){scaled}\s?{named}(?!-\w)"
    return re.compile(before, re.IGNORECASE), re.compile(behind, re.IGNORECASE)


def _of(match: re.Match[str], language: str) -> Found | None:
    value = _number(match["number"], match["sign"] or "", language, bool(match["scale"]))
    if value is None:
        return None
    scales = _scales(language).items()
    factor = next(
        (each for word, each in scales if re.fullmatch(word, match["scale"] or "", re.IGNORECASE)), Decimal(1)
    )
    said = match.groupdict()
    currency = said.get("code") or said.get("after") or _currency(match["unit"])
    return Found(value * factor, currency, *match.span())


def _number(written: str, grouped: str, language: str, scaled: bool) -> Decimal | None:
    """The value of a number; None where its one separator may be either that of thousands or the decimal one."""
    decimal = "." if language in _POINT else ","
    groups = written.count(grouped) if grouped else 0
    alone = groups == 1 and not re.search(r"[.,]\d{1,2}$", written)
    if alone and grouped in ".,":
        if scaled and language:
            return Decimal(written.replace(grouped, "." if grouped == decimal else ""))
        if scaled or (language and grouped == decimal):
            return None
    whole = written.replace(grouped, "") if grouped else written
    return Decimal(whole.replace(",", "."))


def _currency(unit: str) -> str:
    signs = _signs()
    if unit in signs or unit in _codes():
        return signs.get(unit, unit)
    return next(currency for name, currency in _NAMES.items() if re.fullmatch(name, unit, re.IGNORECASE))


def _in_words(text: str, language: str) -> Iterator[Found]:
    """Sums whose number is written out, as far as the words before the unit are one number."""
    spoken = language or "en"
    for unit in _unit().finditer(text) if spoken in _IN_WORDS else ():
        words = _run(text, unit.start())
        for at, word in enumerate(words):
            value = _spelled(text[word.start() : unit.start()].strip(), spoken)
            if value is not None:
                doubtful = _BARE.fullmatch(word[0]) or (at and _EITHER.fullmatch(words[at - 1][0]))
                if not doubtful:
                    cents, end = _cents(text, unit.end(), spoken)
                    yield Found(value + cents, _currency(unit["unit"]), word.start(), end)
                break


def _cents(text: str, at: int, language: str) -> tuple[Decimal, int]:
    """What stands behind the unit as hundredths of it, and where that ends: ``and forty cents``."""
    match = _CENTS.match(text, at)
    value = Decimal(match["cents"]) if match and match["cents"].isdigit() else None
    value = _spelled(match["cents"], language) if match and value is None else value
    return (value / 100, match.end()) if match and value is not None else (Decimal(0), at)


@cache
def _unit() -> re.Pattern[str]:
    return re.compile(rf"(?<=\s)(?P<unit>{'|'.join(_NAMES)})(?!\w)", re.IGNORECASE)


def _run(text: str, end: int) -> list[re.Match[str]]:
    """The words right before a character, with nothing but blanks, commas and hyphens between them."""
    start = max(0, end - _LONGEST * 14)
    words: list[re.Match[str]] = []
    for word in reversed(list(_WORD.finditer(text, start, end))):
        if text[word.end() : end].strip(" ,-\n") or len(words) == _LONGEST:
            break
        words.insert(0, word)
        end = word.start()
    return words


def _spelled(written: str, language: str) -> Decimal | None:
    from text_to_num import text2num

    try:
        return Decimal(text2num(" ".join(written.replace(",", " ").split()).lower(), language))
    except ValueError:
        return None
