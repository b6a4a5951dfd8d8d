"""From a question to the passages that answer it in the record's own words, or none.

The question words go; quoted phrases, names and numbers stay and must each occur; the other words are looked
for. A passage answers only if it holds, in its text, its item's title or its speaker's name, all of those
that must and at least ``ENOUGH`` of the others, each weighed by its rarity (the idf of BM25), so that a rare
word counts more than a common one and a word that the record does not know counts most. A year or a date in
the question is also met by the date of the sitting.

``ENOUGH`` was chosen on questions about meetings (QMSum, 20 meetings, each its own record): of 177 about the
meeting 51 % are answered, three quarters of them with a relevant passage among five; of 160 about another
meeting 2 % are. At 0.4 these are 63 % and 3 %, at 0.6 they are 40 % and 1 % (``bench/ask.py``).
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import takewhile
from operator import itemgetter
from typing import NamedTuple

from remembrancer.memory.analysis import TOKEN
from remembrancer.memory.cite import Hit, Renditions, quoted
from remembrancer.memory.lookup import indexed, lookups
from remembrancer.memory.search import found
from remembrancer.memory.stopwords import OFFICE, STOP, bare, spoken
from remembrancer.model import Passage
from remembrancer.ports import Indexed, Lookup
from remembrancer.queries import Field, Filters, Group, Phrase, Query, Word
from remembrancer.read.calendars import months
from remembrancer.read.dates import days

ENOUGH = 0.5
CANDIDATES = 50
"""How many of the best passages are looked at."""

BENEATH = 500
"""How many passages under one item are looked through for those that a heading leads to."""

QUOTED = re.compile(r"[\"“”„«]([^\"“”„«»]+)[\"“”»]")
LEADS_ON = (":", "：")
LED_TO = 3
"""How many passages at most are shown that a heading or a colon leads to."""

WHEN = re.compile(r"(?:1[5-9]|2[01])\d\d(?:-\d\d(?:-\d\d)?)?")
UNMARKED = frozenset({"de"})
"""Languages in which a capital does not mark a name."""


class Term(NamedTuple):
    """Something the question names. One that is ``needed`` must occur; one not ``weighed`` is a word of office.

    ``date`` is ISO where the term is a date, which the sitting's own date also meets.
    """

    query: Word | Phrase
    needed: bool = False
    weighed: bool = True
    date: str = ""


def answering(
    indexes: Sequence[Lookup],
    renditions: Renditions,
    question: str,
    filters: Filters,
    limit: int = 5,
    enough: float = ENOUGH,
) -> list[Hit]:
    """The passages that answer, best first; none where there are none, or where the words name nothing to look for.
    ``enough`` is the share of the question's weight that a passage must hold."""
    languages = frozenset[str]().union(*(index.languages() for index in indexes))
    terms = named(question, languages)
    if not any(term.weighed for term in terms):
        return []
    rarity = {term.query: _rarity(indexes, term.query) for term in terms if term.weighed and not term.needed}
    ranked = []
    for passage, score in found(indexes, looked_for(terms), filters, CANDIDATES):
        hit = quoted(passage, score, renditions)
        entry = indexed(passage, hit.text)
        covered = _coverage(terms, rarity, languages, entry)
        if covered >= enough:
            ranked.append((_by_title_alone(terms, languages, entry), -covered * score, passage, hit))
    ranked.sort(key=itemgetter(0, 1))
    best = [(passage, hit) for _, _, passage, hit in ranked[:limit]]
    room = limit - len(best)
    hits = (hit for passage, hit in best for hit in _led_on(indexes, renditions, filters, passage, hit, room))
    return list({(hit.id, hit.spans): hit for hit in hits}.values())[:limit]


def _led_on(
    indexes: Sequence[Lookup], renditions: Renditions, filters: Filters, passage: Passage, hit: Hit, room: int
) -> Iterator[Hit]:
    """A hit, and what it leads to: all that follows a colon, of a heading no more than there is ``room`` for."""
    yield hit
    if _leads_on(hit):
        following = _following(indexes, passage, filters)[: room if hit.kind == "item" else LED_TO]
        yield from takewhile(
            lambda each: not _leads_on(each), (quoted(each, hit.score, renditions) for each in following)
        )


def _leads_on(hit: Hit) -> bool:
    return hit.kind == "item" or (hit.kind == "text" and hit.text.rstrip().endswith(LEADS_ON))


def _following(indexes: Sequence[Lookup], passage: Passage, filters: Filters) -> list[Passage]:
    """The passages that stand right after one in its document, under its item, as far as they may be seen."""
    item = passage.id if passage.kind == "item" else passage.item
    beneath = found(indexes, Field("item", item), filters, BENEATH) if item else []
    after = {each.at: each for each, _ in beneath if each.source == passage.source and each.item == item}
    places = takewhile(after.__contains__, range(passage.at + 1, passage.at + 1 + LED_TO))
    return [after[at] for at in places]


def named(question: str, languages: frozenset[str]) -> list[Term]:
    """What a question names, without repetition: phrases first, then dates, then words in order."""
    phrases = [Term(Phrase(" ".join(text.split())), needed=True) for text in QUOTED.findall(question)]
    rest = QUOTED.sub(" ", question)
    language = spoken(TOKEN.findall(rest), languages)
    dates = [
        Term(Phrase(found[0]), needed=True, date=_iso(found, language)) for found in _months(language).finditer(rest)
    ]
    written = TOKEN.findall(_months(language).sub(" ", rest))
    words = [_term(token, at, language) for at, token in enumerate(written) if bare(token) not in _stop(language)]
    terms = dict.fromkeys([*phrases, *dates, *words])
    return [term for term in terms if TOKEN.search(term.query.text)]


def looked_for(terms: Sequence[Term]) -> Query:
    """The query of a question's terms: the needed ones all, the more of the others the better."""
    must = [_dated(term) for term in terms if term.needed]
    return Group(tuple(must), tuple(term.query for term in terms if not term.needed))


def _stop(language: str) -> frozenset[str]:
    return STOP.get(language, frozenset())


def _term(token: str, at: int, language: str) -> Term:
    if bare(token) in OFFICE.get(language, frozenset()):
        return Term(Word(token), weighed=False)
    return Term(Word(token), _needed(token, at, language), date=token if WHEN.fullmatch(token) else "")


def _needed(token: str, at: int, language: str) -> bool:
    """A number, an abbreviation, or a name: a capital that does not merely begin the question."""
    if any(letter.isdigit() for letter in token) or any(letter.isupper() for letter in token[1:]):
        return True
    return at > 0 and token[0].isupper() and language not in UNMARKED


@cache
def _months(language: str) -> re.Pattern[str]:
    """A date in words: ``7 March 2024``, ``March 7th, 2024``, ``March 2024``, and so in other languages."""
    month = "|".join(map(re.escape, months(language)))
    return re.compile(
        rf"\b(?:(\d{{1,2}})(?:st|nd|rd|th|er|º|\.)?\s+(?:of\s+|de\s+)?)?({month})"
        r"(?:\s+(\d{1,2})(?:st|nd|rd|th)?(?=,?\s+\d{4}))?,?\s+(?:of\s+|de\s+|del\s+)?(\d{4})\b",
        re.IGNORECASE,
    )


def _iso(found: re.Match[str], language: str) -> str:
    before, month, after, year = found.groups()
    day = f"-{int(before or after):02}" if before or after else ""
    return f"{year}-{months(language)[month.lower()]:02}{day}"


def _dated(term: Term) -> Query:
    return Group(may=(term.query, Field("date", term.date))) if term.date else term.query


def _rarity(indexes: Sequence[Lookup], query: Word | Phrase) -> float:
    """The idf of BM25 over all the indexes; for a phrase that of its rarest word."""
    total = sum(index.size() for index in indexes)
    frequency = min(sum(index.frequency(word) for index in indexes) for word in TOKEN.findall(query.text))
    return math.log(1 + (total - frequency + 0.5) / (frequency + 0.5))


def _coverage(
    terms: Sequence[Term], rarity: dict[Word | Phrase, float], languages: frozenset[str], entry: Indexed
) -> float:
    """The share of the rarity of the terms that a passage holds; 0 where it lacks one that is needed."""
    held = {term.query for term in terms if _holds(entry, term, languages)}
    if any(term.needed and term.query not in held for term in terms):
        return 0.0
    total = sum(rarity.values())
    return sum(weight for query, weight in rarity.items() if query in held) / total if total else 1.0


def _by_title_alone(terms: Sequence[Term], languages: frozenset[str], entry: Indexed) -> bool:
    """Whether a passage says nothing of what is asked but stands under a heading that does: "Seconded."."""
    weighed = (term for term in terms if term.weighed)
    return not any(_holds(entry, term, languages, ("words", "who")) for term in weighed)


def _holds(
    entry: Indexed, term: Term, languages: frozenset[str], names: Sequence[str] = ("words", "title", "who")
) -> bool:
    if term.date and _on(entry.passage, term.date):
        return True
    fields = {name: f" {getattr(entry, name)} " for name in names}
    sought = ((field, tokens) for field, tokens in lookups(term.query, languages) if field in fields)
    return any(f" {' '.join(tokens)} " in fields[field] for field, tokens in sought)


def _on(passage: Passage, date: str) -> bool:
    asked, known = days(date), days(passage.date)
    return bool(asked and known and known.first <= asked.last and known.last >= asked.first)
