"""Whether a quotation is what the record says: for whoever quotes and wants to be sure before saying so.

It holds ``exact``, where the bytes of one span are those of the quotation, or ``as-read``, where it stands in
what a person reads of one element (``remembrancer.plain``), white space folded and no word cut. Nothing else holds: one
letter or sign that differs is told with what stands there instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass
from functools import partial
from typing import Any, Literal, NamedTuple

from rapidfuzz import fuzz, process

from remembrancer.memory.analysis import TOKEN
from remembrancer.memory.cite import letters
from remembrancer.model import Exit, Fault, Item, Mark, Principal, Quote, Sha256, Span, Speech, Text
from remembrancer.office.bureau import Bureau, Seen
from remembrancer.office.registers.registrar import register_of
from remembrancer.office.showing import shown
from remembrancer.plain import plain
from remembrancer.queries import Filters, Group, Phrase, Word
from remembrancer.saying import Sentence

LONGEST = 10_000
"""Characters of a quotation."""

FIRST_WORDS = 12
"""How many words of a quotation are looked for together where nobody says where it stands."""

LOOKED_AT = 20
"""How many passages that may hold it are looked at then."""

NEAR = 75
"""From 0 to 100: how like a quotation words must be to be told as what the record says instead."""

LETTER = re.compile(r"[^\W_]")

Difference = Literal["", "signs", "letters", "absent"]
"""What is wrong: nothing, other signs between the same letters, other letters, or that nothing like it is there."""


@dataclass(frozen=True, slots=True)
class Quotation:
    """``where`` it stands, first to last letter, in parts where markup parts them, in the element or row ``id``; where
    it does not hold, ``nearest`` is what the record says instead, as far as anything is like it."""

    holds: bool
    how: Literal["exact", "as-read", ""]
    differs: Difference
    id: str = ""
    where: tuple[Quote, ...] = ()
    nearest: tuple[Quote, ...] = ()


class Words(NamedTuple):
    """What may be quoted as one: the words of an element, or the proof of a row, and whose they are."""

    id: str
    spans: tuple[Quote, ...]


def verify_quotation(
    bureau: Bureau,
    principal: Principal,
    quote: str,
    rendition: Sha256 = "",
    start: int | None = None,
    end: int | None = None,
    identity: str = "",
) -> Quotation:
    """Whether a principal finds a quotation where it is said to stand: in the bytes ``start:end`` of a rendition, in it
    anywhere (a source's hash serves too), in what a permanent id names, or anywhere in the record.

    A Fault (usage) where there is no letter to check; a Fault (refused) where there is no such rendition or id that the
    principal may see.
    """
    if not LETTER.search(quote) or len(quote) > LONGEST:
        raise Fault(
            Exit.USAGE,
            Sentence("That is no quotation."),
            Sentence("Give words of the record, at most %(number)s characters.", number=format(LONGEST, ",")),
        )
    if rendition and start is not None:
        span = Span(start, start + len(quote.encode()) if end is None else end)
        return _in_span(bureau, of_rendition(bureau, principal, rendition), span, quote)
    if rendition:
        seen = of_rendition(bureau, principal, rendition)
        return _among(list(_elements(bureau, seen)), quote)
    if identity:
        return _among(_named(bureau, principal, identity), quote)
    return _anywhere(bureau, principal, quote)


def _in_span(bureau: Bureau, seen: Seen, span: Span, quote: str) -> Quotation:
    data = bureau.view(seen).data
    try:
        words = data[max(span.start, 0) : max(span.end, 0)].decode()
    except UnicodeDecodeError:
        words = ""
    if not words or not 0 <= span.start < span.end <= len(data):
        return Quotation(False, "", "absent")
    there = Quote(seen.source.sha, seen.row.rendition, span.start, span.end, words)
    if words == quote:
        return Quotation(True, "exact", "", "", (there,))
    if plain([words]) == _folded(quote):
        return Quotation(True, "as-read", "", "", (there,))
    differs: Difference = "signs" if letters(words) == letters(quote) else "letters"
    return Quotation(False, "", differs, nearest=(there,))


def _among(units: Sequence[Words], quote: str) -> Quotation:
    """The first words that have the quotation as it is; else as it reads; else what is most like it."""
    wanted, folded = letters(quote), _folded(quote)
    likely = [each for each in units if wanted in letters("".join(span.quote for span in each.spans))]
    for each in likely:
        for span in each.spans:
            at = _place(span.quote, quote)
            if at is not None:
                return Quotation(True, "exact", "", each.id, (_part(span, at, at + len(quote)),))
    for each in likely:
        text = _read(each)
        at = _place(text, folded)
        if at is not None:
            return Quotation(True, "as-read", "", each.id, _cut(each, text, at, at + len(folded)))
    return _nearest(likely or units, folded)


def _nearest(units: Sequence[Words], folded: str) -> Quotation:
    texts = [_read(each) for each in units]
    best = process.extractOne(folded, texts, scorer=fuzz.partial_ratio, score_cutoff=NEAR)
    aligned = fuzz.partial_ratio_alignment(folded, texts[best[2]]) if best else None
    if best is None or aligned is None:
        return Quotation(False, "", "absent")
    chosen, text = units[best[2]], texts[best[2]]
    start, end = _whole_words(text, aligned.dest_start, aligned.dest_end)
    there = _cut(chosen, text, start, end)
    same = letters("".join(span.quote for span in there)) == letters(folded)
    return Quotation(False, "", "signs" if same else "letters", chosen.id, nearest=there)


def _anywhere(bureau: Bureau, principal: Principal, quote: str) -> Quotation:
    """In the passages that have its first words together; what is like it, in those that have most of its words."""
    words = TOKEN.findall(quote)[:FIRST_WORDS]
    together = bureau.matching(principal, Phrase(" ".join(words)), Filters(), LOOKED_AT)
    told = _among(_of_passages(bureau, principal, (each.id for each, _ in together)), quote)
    if told.holds or told.nearest:
        return told
    like = bureau.matching(principal, Group(may=tuple(map(Word, words))), Filters(), LOOKED_AT)
    return _among(_of_passages(bureau, principal, (each.id for each, _ in like)), quote)


def _of_passages(bureau: Bureau, principal: Principal, ids: Iterable[str]) -> list[Words]:
    return [words for each in dict.fromkeys(ids) for words in _of_element(bureau, principal, each)]


def of_rendition(bureau: Bureau, principal: Principal, name: Sha256) -> Seen:
    """The document whose text, or which itself, has a hash."""
    seen_by = partial(bureau.all_seen, principal)
    texts = bureau.derived(principal, "texts", lambda: {each.row.rendition: each.source.sha for each in seen_by()})
    seen = bureau.seen_source(principal, texts.get(name, name))
    if seen is None:
        raise shown.nothing(bureau, principal, name)
    return seen


def _named(bureau: Bureau, principal: Principal, identity: str) -> list[Words]:
    """The words of what an id names: an element, all of a sitting or a source, or what proves a row."""
    resolved = bureau.catalog.resolve(identity)
    found = _of_element(bureau, principal, resolved)
    if resolved.startswith("sitting-"):
        told = shown.tellings(bureau, principal, resolved)
        found = [words for each in told for words in _elements(bureau, each.seen, each.ordinal)]
    elif not found and (seen := bureau.seen_source(principal, resolved)):
        found = list(_elements(bureau, seen))
    elif not found and (row := register_of(bureau, principal).get(identity)):
        found = [Words(row.id, (_quote(bureau, each),)) for each in _marks(row)]
    if not found:
        raise shown.nothing(bureau, principal, identity)
    return found


def _of_element(bureau: Bureau, principal: Principal, identity: str) -> list[Words]:
    """The words of an element; none where the principal sees none of that id."""
    sha = bureau.catalog.source_of(identity)
    seen = bureau.seen_source(principal, sha) if sha else None
    return [each for each in _elements(bureau, seen) if each.id == identity] if seen else []


def _elements(bureau: Bureau, seen: Seen, sitting: int | None = None) -> Iterator[Words]:
    """The words of each element of a document, of one of its sittings where one is named."""
    view = bureau.view(seen)
    words = shown.words_of(bureau, seen)
    told = view.proceedings
    elements: tuple[Item | Speech | Text, ...] = (*told.items, *told.speeches, *told.texts)
    for each in elements:
        if sitting is None or each.sitting == sitting:
            yield Words(each.id, words.quotes(each.spans))


def _quote(bureau: Bureau, mark: Mark) -> Quote:
    data = bureau.renditions.get(mark.rendition)
    return Quote(mark.source, mark.rendition, mark.start, mark.end, data[mark.start : mark.end].decode())


def _marks(value: Any) -> Iterator[Mark]:
    """The evidence of a row and of its parts."""
    if isinstance(value, Mark):
        yield value
    elif is_dataclass(value):
        for each in fields(value):
            yield from _marks(getattr(value, each.name))
    elif isinstance(value, tuple):
        for part in value:
            yield from _marks(part)


def _read(words: Words) -> str:
    return plain([span.quote for span in words.spans])


def _folded(text: str) -> str:
    return " ".join(text.split())


def _place(text: str, words: str) -> int | None:
    """Where words stand in a text without a word being cut; None where they do not."""
    at = text.find(words)
    while at >= 0:
        if _whole_words(text, at, at + len(words)) == (at, at + len(words)):
            return at
        at = text.find(words, at + 1)
    return None


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """The same place, widened to where the words at its ends begin and end."""
    while 0 < start < len(text) and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    while 0 < end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
        end += 1
    return start, end


def _cut(words: Words, text: str, start: int, end: int) -> tuple[Quote, ...]:
    """The spans of a part of what is read: the letters of both are the same in the same order."""
    first = len(letters(text[:start]))
    last = first + len(letters(text[start:end]))
    parts: list[Quote] = []
    for span in words.spans:
        held = [each.start() for each in LETTER.finditer(span.quote)]
        own = held[max(first, 0) : max(last, 0)]
        if own:
            parts.append(_part(span, own[0], own[-1] + 1))
        first, last = first - len(held), last - len(held)
    return tuple(parts)


def _part(span: Quote, start: int, end: int) -> Quote:
    """The part of a span between two of its characters."""
    at = span.start + len(span.quote[:start].encode())
    quote = span.quote[start:end]
    return Quote(span.source, span.rendition, at, at + len(quote.encode()), quote)
