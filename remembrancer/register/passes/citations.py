"""The texts that a text names: by number, by name, by date, and by provision.

``Sections 5 and 6(a) of Ordinance No. 54-89``, ``Ordinance Nos. 11, 12 and 14``, ``the Tree Ordinance (Ordinance #7)``,
``the decision of 13 June 2023``, ``Beschluss Nr. 0123/45``. A name with its number in brackets behind it is one
citation. Roman and Arabic numbers are the same: ``Ordinance No. XVI`` is ``number:ordinance 16``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from remembrancer.read import dates
from remembrancer.register.document import Document
from remembrancer.register.facts import Mention
from remembrancer.register.passes.matters import folded_title, mentions_in, number_key
from remembrancer.register.vocabulary import Words, words

_NUMBER = r"(?:(?-i:(?:[A-Z]\.?){1,4}[-–]?)?\d\w*(?:[-/.–]\w+|\([IVX]+\)\w*|\([a-z]\)(?=-))*|[IVXLC]{2,}(?!\w))"
_LETTERED = r"\([A-Za-z0-9]{1,4}\)"
_IDENTIFIER = rf"(?:(?:\d+(?:[.-]\d+)*[a-z]?|[IVXLC]+|[A-Z])(?!\w)(?:\s?{_LETTERED})*|(?:{_LETTERED})+)"
_ROMAN = re.compile(r"[IVXLC]+", re.IGNORECASE)
_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_BRACKET = re.compile(r"\s*\([^()]*$")
_SPACE = re.compile(r"\s+")


class Cited(NamedTuple):
    """A text named at characters ``start:end``, and the provisions of it that are meant, none meaning the whole."""

    start: int
    end: int
    mention: Mention
    provisions: tuple[str, ...] = ()


class Provided(NamedTuple):
    """Provisions named at characters ``start:end``."""

    start: int
    end: int
    numbers: tuple[str, ...]


class Grammar:
    """How texts are cited in one language and house."""

    def __init__(self, vocabulary: Words) -> None:
        numbers, separator = (
            vocabulary.any_of("numbers"),
            rf"(?:\s*,\s*(?:{vocabulary.any_of('and')}\s+)?|\s+{vocabulary.any_of('and')}\s+)",
        )
        listed = rf"(?P<first>{_NUMBER})(?P<rest>(?:{separator}#?{_NUMBER})*)"
        instruments = rf"(?<!\w)(?P<what>{vocabulary.any_of('instruments')})"
        self.numbered = re.compile(rf"{instruments}\s*(?P<sign>{numbers}\s*)?#?{listed}", re.IGNORECASE)
        self.named = _names(vocabulary["named"])
        self.dated = re.compile(rf"{instruments}\s+(?:\w+\s+){{0,3}}?$", re.IGNORECASE)
        self.called = re.compile(rf"\s*{instruments}(?!\w)", re.IGNORECASE)
        self.provided = re.compile(
            rf"(?<!\w){vocabulary.any_of('provisions')}\s*(?P<first>{_IDENTIFIER})(?P<rest>(?:{separator}{_IDENTIFIER})*)",
            re.IGNORECASE,
        )
        self.of = re.compile(
            rf"\s*{vocabulary.any_of('of')}\s*(?:\S+\s+){{0,6}}?\(?|,\s*(?:the\s+)?(?:\S+[’']s\s+)?", re.IGNORECASE
        )
        self.own = re.compile(rf"\s*(?:{vocabulary.any_of('of')}\s*)?{vocabulary.any_of('this')}(?!\w)", re.IGNORECASE)


def grammar(document: Document) -> Grammar:
    """How the texts of this body are cited."""
    return _grammar(document.language, _hashable(document.house.words.get("relations", {})), document)


def _names(endings: tuple[str, ...]) -> re.Pattern[str]:
    """Names of texts: words with capitals after an article, or after a comma where not all is in capitals."""
    if not endings:
        return re.compile("(?!)")
    word = r"(?:(?:of|and|for)\s+)?[A-ZÄÖÜ][\w’'&-]*[^\W\d_A-ZÄÖÜ][\w’'&-]*\s+"
    several = "|".join(each for each in endings if "\\" not in each)
    compound = "|".join(each for each in endings if "\\" in each)
    mixed = rf"(?:{word}){{1,6}}?(?:{several or '(?!)'})|(?:{word}){{0,3}}?(?:{compound or '(?!)'})"
    capitals = rf"(?:(?!AND\s|TO\s|NO\.?\s)[A-ZÄÖÜ][A-ZÄÖÜ’'&-]*\s+){{1,7}}?(?:{several.upper() or '(?!)'})"
    article = r"(?<!\w)(?i:the|its|their|our|dem|der|die|das|des|den|la|le|el|o|a)\s+"
    return re.compile(rf"(?:{article}(?P<name>{mixed}|{capitals})|(?<=, )(?P<apposed>{mixed}))(?!\w)")


def citations_in(text: str, document: Document) -> list[Cited]:
    """Every text that a text cites, in order, with the provisions named right beside it."""
    forms = grammar(document)
    found = [*_numbered(text, forms), *(Cited(*each) for each in mentions_in(text, document))]
    found += [*_dated(text, document, forms), *_named(text, forms)]
    named = provisions_in(text, document)
    return [_with_provisions(each, text, named, forms) for each in _joined(text, found)]


def provisions_in(text: str, document: Document) -> list[Provided]:
    """Every provision named by its number, but for those of the text itself (``Section 3 of this ordinance``)."""
    forms = grammar(document)
    return [
        Provided(*match.span(), identifiers(match[0][match.start("first") - match.start() :]))
        for match in forms.provided.finditer(text)
        if not forms.own.match(text, match.end())
    ]


def instrument_key(written: str) -> str:
    """The key of a text's number as it calls itself: ``ORDINANCE NO. XVI`` is ``number:ordinance 16``; nothing where
    no number ends it."""
    match = re.search(rf"#?\s*(?P<number>{_NUMBER})\W*$", written)
    return _key(written[: match.end("number")], match["number"]) if match else ""


def _numbered(text: str, forms: Grammar) -> Iterator[Cited]:
    for match in forms.numbered.finditer(text):
        numbers = re.findall(_NUMBER, match[0][match.start("first") - match.start() :])
        plain = not match["sign"] and not re.search(r"[-/#]", match[0][len(match["what"]) :])
        if plain and not (match["what"][0].isupper() and any(each[0].isdigit() for each in numbers)):
            continue
        at = match.start("first")
        for index, number in enumerate(numbers):
            start = text.index(number, at)
            at = start + len(number)
            written = f"{match['what']} {number}"
            whole = _SPACE.sub(" ", text[match.start() : at]) if index == 0 else written
            mention = Mention(title=whole, number=whole, keys=(_key(written, number),))
            yield Cited(match.start() if index == 0 else start, at, mention)


def _key(written: str, number: str) -> str:
    return number_key(written, number).removesuffix(number.casefold()) + arabic(number)


def arabic(number: str) -> str:
    """A number in lower case, without leading noughts; a Roman one of two letters or more in digits."""
    value = number.strip().casefold()
    if len(value) > 1 and _ROMAN.fullmatch(value):
        parts = [_VALUES[letter] for letter in value]
        return str(sum(-one if one < two else one for one, two in zip(parts, [*parts[1:], 0], strict=True)))
    return value.lstrip("0") or value


def _named(text: str, forms: Grammar) -> Iterator[Cited]:
    for match in forms.named.finditer(text):
        group = "name" if match["name"] else "apposed"
        name = _SPACE.sub(" ", match[group])
        yield Cited(match.start(group), match.end(), Mention(title=name, keys=(f"title:{folded_title(name)}",)))


def _dated(text: str, document: Document, forms: Grammar) -> Iterator[Cited]:
    """``the decision of 13 June 2023`` and ``the June 13, 2023 decision``."""
    for date in dates.find(text):
        before = forms.dated.search(text, max(0, date.start - 60), date.start)
        after = forms.called.match(text, date.end)
        match = before or after
        if match and len(date.value) == 10:
            start, end = min(match.start("what"), date.start), max(match.end("what"), date.end)
            written = _SPACE.sub(" ", text[start:end])
            yield Cited(start, end, Mention(title=written, keys=(dated_key(match["what"], date.value),)))


def dated_key(what: str, date: str) -> str:
    """The key of a text known by what it is and its date: ``dated:decision 2023-06-13``."""
    return number_key(f"{what} {date}", date).replace("number:", "dated:", 1)


def _joined(text: str, found: Iterable[Cited]) -> list[Cited]:
    """Citations in order without overlaps; a name and the number in brackets behind it are one."""
    kept: list[Cited] = []
    for each in sorted(found, key=lambda cited: (cited.start, -cited.end)):
        last = kept[-1] if kept else None
        if last is None or (each.start >= last.end and not _is_same(text, last, each)):
            kept.append(each)
        elif not (last.mention.number and each.mention.number):
            kept[-1] = Cited(last.start, max(last.end, each.end), _both(last.mention, each.mention))
    return kept


def _is_same(text: str, name: Cited, number: Cited) -> bool:
    between = text[name.end : number.start]
    by_name, by_number = name.mention.number == "", number.mention.number != ""
    if by_name and by_number:
        return len(between) < 40 and _BRACKET.fullmatch(between) is not None
    return (
        not by_name
        and not by_number
        and re.fullmatch(r",\s+(?:the\s+)?(?:\S+[’']s\s+)?", between, re.IGNORECASE) is not None
    )


def _both(one: Mention, other: Mention) -> Mention:
    numbered = one if one.number else other
    keys = tuple(dict.fromkeys((*numbered.keys, *one.keys, *other.keys)))
    return Mention(title=one.title, number=numbered.number, keys=keys)


def _with_provisions(cited: Cited, text: str, named: list[Provided], forms: Grammar) -> Cited:
    for each in named:
        if each.end <= cited.start <= each.end + 60 and forms.of.fullmatch(text[each.end : cited.start]):
            return cited._replace(start=each.start, provisions=each.numbers)
    return cited


def identifiers(listed: str) -> tuple[str, ...]:
    """``5.080(a) and (b)`` as ``5.080(a)``, ``5.080(b)``."""
    found: list[str] = []
    for match in re.finditer(_IDENTIFIER, listed):
        number = _SPACE.sub("", match[0])
        if number.startswith("(") and found:
            number = found[-1].partition("(")[0] + number
        found.append(number)
    return tuple(found)


def _hashable(own: Mapping[str, tuple[str, ...]]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple(sorted((name, tuple(listed)) for name, listed in own.items()))


_GRAMMARS: dict[tuple[str, tuple[tuple[str, tuple[str, ...]], ...]], Grammar] = {}


def _grammar(language: str, own: tuple[tuple[str, tuple[str, ...]], ...], document: Document) -> Grammar:
    key = (language, own)
    if key not in _GRAMMARS:
        _GRAMMARS[key] = Grammar(words("relations", language, document.house))
    return _GRAMMARS[key]
