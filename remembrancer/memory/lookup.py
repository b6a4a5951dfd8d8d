"""What every index must agree on: how the fields of a query are looked up, dates compared, ties broken."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from hashlib import sha256

from remembrancer.memory.analysis import STEMMERS, analyze, readings, tokens
from remembrancer.memory.query import date_range
from remembrancer.memory.query import words as asked
from remembrancer.model import Passage
from remembrancer.ports import Indexed
from remembrancer.queries import Field, FieldName, Filters, Phrase, Query, Word
from remembrancer.read.dates import FIRST_DAY, LAST_DAY, Days, days

WEIGHTS = {"words": 1.0, "title": 0.5, "who": 1.5}
"""The fields that a word is looked up in, and what a match there counts."""

NAMES = ""
"""The analyzer of speakers' names folds but does not stem them."""


def indexed(passage: Passage, text: str) -> Indexed:
    """The passage with its text analyzed: ``text`` is ``plain`` of its quotes."""
    title = "" if passage.kind == "item" else _repeated(passage.item_title, passage.language)
    who = _repeated(f"{passage.speaker} {passage.person}", NAMES)
    return Indexed(passage, analyze(text, passage.language), title, who)


_repeated = lru_cache(1024)(analyze)
"""Titles and names come again with every passage under them."""


def range_days(value: str) -> Days:
    """The days of a query's ``date:`` value, such as ``2020..2022-05``."""
    start, end = (days(date) for date in date_range(value))
    return Days(start.first if start else FIRST_DAY, end.last if end else LAST_DAY)


@lru_cache(4096)
def lookups(query: Word | Phrase, languages: frozenset[str]) -> list[tuple[str, tuple[str, ...]]]:
    """Every (field, tokens in sequence) that a word or phrase may be found as, without repetition.

    Languages without a stemmer of their own are looked up as one.
    """
    languages = frozenset(language if language in STEMMERS else "" for language in languages)
    exact = isinstance(query, Phrase)
    text = readings(query.text, languages, exact)
    names = readings(query.text, [NAMES], exact)
    found = [(field, tokens) for field in ("words", "title") for tokens in text]
    return found + [("who", tokens) for tokens in names]


def marks(text: str, query: Query, language: str = "") -> list[tuple[int, int]]:
    """Where the words and phrases of a query stand in a text: characters ``start:end``, in order, apart.

    >>> [text[start:end] for text in ["The levies, and the levy."] for start, end in marks(text, Word("levy"), "en")]
    ['levies', 'levy']
    """
    found = tokens(text, language)
    words = [(token, word) for token in found for word in token.forms.words]
    places: set[tuple[int, int]] = set()
    for part in asked(query):
        for sequence in readings(part.text, [language]):
            places |= {(token.start, token.end) for token in found if sequence[0] in token.forms.wholes}
            for at in range(len(words) - len(sequence) + 1):
                run = words[at : at + len(sequence)]
                if tuple(word for _, word in run) == sequence:
                    places.add((run[0][0].start, run[-1][0].end))
    return _apart(sorted(places))


def _apart(places: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in places:
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def required(filters: Filters) -> list[Field]:
    """The filters of a search that a query can also name, as fields."""
    named: list[tuple[FieldName, str]] = [
        ("body", filters.body), ("speaker", filters.speaker), ("item", filters.item),
        ("sitting", filters.sitting), ("kind", filters.kind), ("section", filters.section),
    ]  # fmt: skip
    fields = [Field(name, value) for name, value in named if value]
    if filters.since or filters.until:
        fields.append(Field("date", f"{filters.since}..{filters.until}"))
    return fields


def known_by(filters: Filters) -> int | None:
    """The last day that ``as_of`` allows; None where it is not asked. Fault (usage) if it is no date."""
    return range_days(f"..{filters.as_of}").last if filters.as_of else None


def order(passage: Passage) -> int:
    """Where a passage stands among those of equal score: a number below 2**63 that only its id decides."""
    digest = sha256(f"{passage.id} {passage.number}".encode()).digest()
    return int.from_bytes(digest[:8], "big") >> 1
