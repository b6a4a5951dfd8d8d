"""Ask: from a question to the passages that answer it, or silence.

The question words go; quoted phrases, names and numbers stay and must each occur; the other words are looked
for. A passage answers only if it holds, in its text, its item's title or its speaker's name, enough of what
the question names: at least ``ENOUGH`` of the sum of the terms' rarities (the idf of BM25), so that a rare
word counts more than a common one and a word the record does not know counts most. Where none does the
record is silent. A year or a date in the question is also met by the date of the sitting.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from remembrancer.memory.analysis import TOKEN
from remembrancer.memory.cite import Hit, Renditions, quoted
from remembrancer.memory.lookup import days, indexed, lookups
from remembrancer.memory.search import found
from remembrancer.memory.stopwords import OFFICE, STOP
from remembrancer.model import Exit, Fault, Field, Filters, Group, Passage, Phrase, Query, Word
from remembrancer.ports import Index, Indexed

ENOUGH = 0.5
CANDIDATES = 50
"""How many of the best passages are looked at."""

SILENT = "The record is silent on this."

QUOTED = re.compile(r"[\"“”„«]([^\"“”„«»]+)[\"“”»]")
WHEN = re.compile(r"(?:1[5-9]|2[01])\d\d(?:-\d\d(?:-\d\d)?)?")
UNMARKED = frozenset({"de"})
"""Languages in which a capital does not mark a name."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the record says; the fields are those of ``ask --json``. ``value`` are the ids of the passages."""

    question: str
    status: Literal["answered", "silent", "ambiguous"]
    kind: str
    value: tuple[str, ...] | None
    sentence: str
    answer: tuple[Hit, ...]
    readings: tuple[str, ...] = ()


class Term(NamedTuple):
    """Something the question names: ``needed`` must occur, ``weighed`` counts towards ``ENOUGH``."""

    query: Word | Phrase
    needed: bool = False
    weighed: bool = True


def ask(
    indexes: Sequence[Index],
    renditions: Renditions,
    question: str,
    filters: Filters,
    limit: int = 5,
) -> Answer:
    """The passages that answer, best first, or silence. Fault (usage) for a question that names nothing."""
    languages = frozenset[str]().union(*(index.languages() for index in indexes))
    terms = named(question, languages)
    if not any(term.weighed for term in terms):
        raise Fault(Exit.USAGE, "The question names nothing to look for.", "Name a subject, a person or a number.")
    rarity = {term.query: _rarity(indexes, term.query) for term in terms if term.weighed}
    hits = []
    for passage, score in found(indexes, looked_for(terms), filters, CANDIDATES):
        hit = quoted(passage, score, renditions)
        covered = _coverage(terms, rarity, languages, indexed(passage, hit.text))
        if covered >= ENOUGH:
            hits.append((covered * score, hit))
    best = [hit for _, hit in sorted(hits, key=lambda ranked: -ranked[0])[:limit]]
    return _answer(question, best)


def named(question: str, languages: frozenset[str]) -> list[Term]:
    """What a question names, in order, without repetition."""
    phrases = [Term(Phrase(" ".join(text.split())), needed=True) for text in QUOTED.findall(question)]
    written = TOKEN.findall(QUOTED.sub(" ", question))
    language = _language(written, languages)
    stop, office = STOP.get(language, frozenset()), OFFICE.get(language, frozenset())
    terms = [
        Term(Word(token), needed=_needed(token, at, language), weighed=_bare(token) not in office)
        for at, token in enumerate(written)
        if _bare(token) not in stop
    ]
    known = [term if term.weighed else term._replace(needed=False) for term in terms]
    return list(dict.fromkeys(term for term in (*phrases, *known) if TOKEN.search(term.query.text)))


def looked_for(terms: Sequence[Term]) -> Query:
    """The query of a question's terms: the needed ones all, the more of the others the better."""
    must = [_dated(term.query) for term in terms if term.needed]
    return Group(tuple(must), tuple(term.query for term in terms if not term.needed))


def _language(written: Sequence[str], languages: frozenset[str]) -> str:
    """The language among those of the record in which most of the question's words are stop words."""
    codes = sorted({language.partition("-")[0].lower() for language in languages} & STOP.keys()) or ["en"]
    return max(codes, key=lambda code: sum(_bare(token) in STOP[code] for token in written))


def _bare(token: str) -> str:
    word = token.lower().replace("’", "'")
    return word.removesuffix("'s")


def _needed(token: str, at: int, language: str) -> bool:
    """A number, an abbreviation, or a name: a capital that does not merely begin the question."""
    if any(letter.isdigit() for letter in token) or any(letter.isupper() for letter in token[1:]):
        return True
    return at > 0 and token[0].isupper() and language not in UNMARKED


def _dated(query: Word | Phrase) -> Query:
    if WHEN.fullmatch(query.text):
        return Group(may=(query, Field("date", query.text)))
    return query


def _rarity(indexes: Sequence[Index], query: Word | Phrase) -> float:
    """The idf of BM25 over all the indexes; for a phrase that of its rarest word."""
    total = sum(index.size() for index in indexes)
    frequency = min(sum(index.frequency(word) for index in indexes) for word in TOKEN.findall(query.text))
    return math.log(1 + (total - frequency + 0.5) / (frequency + 0.5))


def _coverage(
    terms: Sequence[Term], rarity: dict[Word | Phrase, float], languages: frozenset[str], entry: Indexed
) -> float:
    """The share of the terms' rarity that a passage holds; 0 where it lacks one that is needed."""
    held = {term.query for term in terms if _holds(entry, term.query, languages)}
    if any(term.needed and term.query not in held for term in terms):
        return 0.0
    return sum(weight for query, weight in rarity.items() if query in held) / (sum(rarity.values()) or 1.0)


def _holds(entry: Indexed, query: Word | Phrase, languages: frozenset[str]) -> bool:
    if WHEN.fullmatch(query.text) and _on(entry.passage, query.text):
        return True
    fields = {name: f" {getattr(entry, name)} " for name in ("words", "title", "who")}
    return any(f" {' '.join(tokens)} " in fields[field] for field, tokens in lookups(query, languages))


def _on(passage: Passage, date: str) -> bool:
    asked, known = days(date), days(passage.date)
    return bool(asked and known and known.first <= asked.last and known.last >= asked.first)


def _answer(question: str, hits: Sequence[Hit]) -> Answer:
    if not hits:
        return Answer(question, "silent", "passages", None, SILENT, ())
    count = "1 passage" if len(hits) == 1 else f"{len(hits)} passages"
    ids = tuple(dict.fromkeys(hit.id for hit in hits))
    return Answer(question, "answered", "passages", ids, f"The record says, in {count}:", tuple(hits))
