"""Where words stand in a passage, however they are written there.

Case, accents, line breaks and markup do not matter: ``Zoë Reed`` is found in ``**Zoe** REED`` and across the
timestamp that parts a caption, and not in ``Zoe Reeder``. Of an abbreviation the case does: ``AS`` is not ``as``.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from remembrancer.model import Span, Spans

_NO_LETTER_BEFORE, _NO_LETTER_AFTER = r"(?<![^\W_])", r"(?![^\W_])"

LONGEST_ABBREVIATION = 4

_BETWEEN = " \u02ac "
"""A letter of no language: words are not found across it."""


class Folded(NamedTuple):
    """A text without accents: without case, and at the same places in the case in which it is written."""

    text: str
    written: str


class Letters(NamedTuple):
    """The characters of some spans, folded, and the bytes that each of them came from."""

    folded: Folded
    at: tuple[Span, ...]


def letters_of(data: bytes, spans: Spans) -> Letters:
    """The words under spans of a rendition, with a space between span and span."""
    written: list[str] = []
    at: list[Span] = []
    for span in spans:
        start = span.start
        for character in data[span.start : span.end].decode():
            end = start + len(character.encode())
            plain = _bare(character)
            if not plain and at and at[-1].end == start:
                at[-1] = Span(at[-1].start, end)
            written.append(plain)
            at += [Span(start, end)] * len(plain)
            start = end
        written.append(" ")
        at.append(Span(start, start))
    return Letters(_cased("".join(written)), tuple(at))


def places_of(words: str, letters: Letters) -> list[Span]:
    """The bytes where words stand, in order; several for one place where spans part it. Nothing else lies in them."""
    found: list[Span] = []
    for match in _matches(words, letters.folded):
        for span in letters.at[match.start() : match.end()]:
            if found and found[-1].end == span.start:
                found[-1] = Span(found[-1].start, span.end)
            elif span.start < span.end and not (found and span.end <= found[-1].end):
                found.append(span)
    return found


def stand_in(words: str, text: str) -> bool:
    """Whether words stand in a text."""
    return any(_matches(words, _folded(text)))


class Texts:
    """Texts by name, in which words are looked for together."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._names = list(texts)
        self._starts: list[int] = []
        folded = [_folded(text) for text in texts.values()]
        length = 0
        for each in folded:
            self._starts.append(length)
            length += len(each.text) + len(_BETWEEN)
        self._folded = (
            Folded(*(_BETWEEN.join(kind) for kind in zip(*folded, strict=True))) if folded else Folded("", "")
        )

    def holding(self, words: str) -> str | None:
        """The name of the first text in which words stand."""
        match = next(_matches(words, self._folded), None)
        return self._names[bisect_right(self._starts, match.start()) - 1] if match else None


def any_of(names: Iterable[str]) -> re.Pattern[str] | None:
    """A pattern that finds any of these names, the longer first, as they are written; None of none."""
    ordered = sorted(set(filter(None, names)), key=lambda name: (-len(name), name))
    alternatives = "|".join(r"\s+".join(map(re.escape, name.split())) for name in ordered)
    return re.compile(f"{_NO_LETTER_BEFORE}(?:{alternatives}){_NO_LETTER_AFTER}") if ordered else None


def merged(spans: Iterable[Span]) -> list[Span]:
    """The same bytes as spans in order that neither meet nor overlap."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start <= found[-1].end:
            found[-1] = Span(found[-1].start, max(end, found[-1].end))
        else:
            found.append(Span(start, end))
    return found


def without(spans: Sequence[Span], gone: Sequence[Span]) -> list[Span]:
    """What is left of spans; ``gone`` is ordered and without overlaps."""
    left: list[Span] = []
    for start, end in spans:
        position = start
        for away in gone:
            if away.end > position and away.start < end:
                left.append(Span(position, max(away.start, position)))
                position = away.end
        left.append(Span(min(position, end), end))
    return [span for span in left if span.start < span.end]


def _matches(words: str, folded: Folded) -> Iterator[re.Match[str]]:
    as_written = _folded(words).written.strip() if _is_abbreviation(words) else ""
    for match in _pattern(words).finditer(folded.text):
        if not as_written or folded.written[match.start() : match.end()] == as_written:
            yield match


def _is_abbreviation(words: str) -> bool:
    return words.isupper() and len(words.split()) == 1 and len(words.strip()) <= LONGEST_ABBREVIATION


@cache
def _pattern(words: str) -> re.Pattern[str]:
    text = _folded(words).text.strip()
    if not text:
        return re.compile(r"(?!)")
    before = _NO_LETTER_BEFORE if text[0].isalnum() else ""
    after = _NO_LETTER_AFTER if text[-1].isalnum() else ""
    return re.compile(before + r"[\W_]+".join(map(re.escape, text.split())) + after)


def _folded(text: str) -> Folded:
    return Folded(text.lower(), text) if text.isascii() else _cased("".join(map(_bare, text)))


def _cased(written: str) -> Folded:
    """Each character without case; those of which case folding makes several are several in ``written``."""
    return Folded(written.lower() if written.isascii() else "".join(map(str.casefold, written)), written)


@cache
def _bare(character: str) -> str:
    """A character without accents; nothing of one that only marks another."""
    parts = unicodedata.normalize("NFKD", character)
    bare = "".join(part for part in parts if not unicodedata.combining(part))
    return bare if len(bare.casefold()) == len(bare) else bare.casefold()
