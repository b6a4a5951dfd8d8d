"""Readings in the record: permanent ids, what they inherit, and their canonical form.

An id is ``KIND-`` and 16 characters of the lower-case base32 of SHA-256 over ``SOURCE KIND START END``: the
source's hash, the kind and the element's first span at that source's first reading (the element's ordinal
where it has no span). A later reading of the same source inherits ids by overlapping spans, a revised
document is aligned by text; whatever an id once named, it or an alias of it still resolves.

A reading is kept as a blob: the JSON of ``model.Proceedings`` with sorted keys and no white space, which for
strings, integers, booleans and null is RFC 8785.
"""

from __future__ import annotations

from base64 import b32encode
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from hashlib import sha256
from itertools import islice
from typing import TypeVar

import msgspec

from remembrancer.model import (
    Finding,
    Item,
    PlaceRun,
    Proceedings,
    Sha256,
    Sitting,
    Span,
    Spans,
    Speech,
    Text,
)
from remembrancer.plain import plain

Identified = Sitting | Item | Speech | Text | Finding
AnyIdentified = TypeVar("AnyIdentified", Sitting, Item, Speech, Text, Finding)
Located = Sitting | Item | Speech | Text
Group = Sequence[Located]

SIMILAR = 75.0
"""Least rapidfuzz ratio at which a changed passage, between two unchanged ones, counts as the same element."""


def derived_id(kind: str, source: Sha256, first: Span | None, ordinal: int) -> str:
    """The permanent id of an element."""
    where = f"{first.start} {first.end}" if first else f"#{ordinal}"
    return named_id(kind, source, where)


def named_id(kind: str, source: Sha256, where: str) -> str:
    """The permanent id of what a source names otherwise than by a span."""
    digest = sha256(f"{source} {kind} {where}".encode()).digest()
    return f"{kind}-{b32encode(digest[:10]).decode().lower()}"


def encode(proceedings: Proceedings) -> bytes:
    """The canonical form of a reading."""
    return msgspec.json.encode(proceedings, order="sorted")


def decode(blob: bytes) -> Proceedings:
    """A reading from its canonical form; msgspec.ValidationError if it is none."""
    return _PROCEEDINGS.decode(blob)


def encode_places(places: tuple[PlaceRun, ...]) -> bytes:
    """The map of a rendition's runs to places, as a blob."""
    return msgspec.json.encode(places, order="sorted")


def decode_places(blob: bytes) -> tuple[PlaceRun, ...]:
    return _PLACES.decode(blob)


def identify(proceedings: Proceedings, source: Sha256) -> Proceedings:
    """The same with ids."""

    def named(kind: str, elements: Iterable[AnyIdentified]) -> Iterator[AnyIdentified]:
        for ordinal, element in enumerate(elements):
            yield replace(element, id=derived_id(kind, source, _first(element), ordinal))

    return replace(
        proceedings,
        sittings=tuple(named("sitting", proceedings.sittings)),
        items=tuple(named("item", proceedings.items)),
        speeches=tuple(named("speech", proceedings.speeches)),
        texts=tuple(named("text", proceedings.texts)),
        findings=tuple(named("finding", proceedings.findings)),
    )


def inherit(later: Proceedings, earlier: Proceedings) -> tuple[Proceedings, dict[str, str]]:
    """Ids for a later reading of the same rendition: each element takes the id of the earlier element of its
    kind it shares most bytes with. Also returned: aliases from earlier ids that nothing took to the element
    that holds their first words now."""
    taken: dict[str, str] = {}
    for now, before in _kinds(later, earlier):
        held = {element.id for element in now} & {element.id for element in before}
        for index, old in _overlapping(now, before):
            if now[index].id not in held and old.id not in held:
                taken[now[index].id] = old.id
                held.add(old.id)
    renamed = _renamed(later, taken)
    kept = {element.id for group, _ in _kinds(renamed, earlier) for element in group}
    lost = [element for _, group in _kinds(renamed, earlier) for element in group if element.id not in kept]
    aliases = {element.id: _now_at(renamed, element) for element in lost}
    return renamed, {old: new for old, new in aliases.items() if new}


def align(
    revised: Proceedings,
    earlier: Proceedings,
    words_revised: Callable[[Spans], str],
    words_earlier: Callable[[Spans], str],
) -> dict[str, str]:
    """Pairs (id in the revised document, id in the earlier one) of elements that say the same.

    Sittings are not aligned here. Equal words by the same speaker match in order; changed passages between
    matched neighbours match in order where their words are similar. What has no counterpart is left out.
    """
    pairs: dict[str, str] = {}
    for now, before in _kinds(revised, earlier)[1:]:
        said_now = [_said(element, words_revised) for element in now]
        said_before = [_said(element, words_earlier) for element in before]
        for a, b in _aligned(said_now, said_before):
            pairs[now[a].id] = before[b].id
    return pairs


def overlap(one: set[int], other: set[int]) -> float:
    """How much of the smaller document's passages the larger one repeats, 0 to 1."""
    smaller = min(len(one), len(other))
    return len(one & other) / smaller if smaller else 0.0


def passage_hashes(proceedings: Proceedings, words: Callable[[Spans], str]) -> set[int]:
    """Hashes of the passages long enough to recognise a document by."""
    elements: list[Located] = [*proceedings.speeches, *proceedings.texts]
    spoken = (words(element.spans) for element in elements)
    folded = (" ".join(text.lower().split()) for text in spoken)
    return {int.from_bytes(sha256(text.encode()).digest()[:6], "big") for text in folded if len(text) >= 25}


def words_of(data: bytes) -> Callable[[Spans], str]:
    """The ``text`` of spans of a rendition."""
    return lambda spans: plain([data[start:end].decode() for start, end in spans])


def _first(element: Identified) -> Span | None:
    if isinstance(element, Finding):
        return element.span
    if isinstance(element, Speech) and element.label:
        return element.label[0]
    return element.spans[0] if element.spans else None


def _kinds(later: Proceedings, earlier: Proceedings) -> tuple[tuple[Group, Group], ...]:
    return (
        (later.sittings, earlier.sittings),
        (later.items, earlier.items),
        (later.speeches, earlier.speeches),
        (later.texts, earlier.texts),
    )


def _overlapping(now: Group, before: Group) -> Iterator[tuple[int, Identified]]:
    """For each later element the earlier one sharing most bytes; elements without spans by their ordinal."""
    spanned = sorted((span.start, span.end, index) for index, old in enumerate(before) for span in _all_spans(old))
    cursor = 0
    for index, element in enumerate(now):
        spans = _all_spans(element)
        if not spans:
            if index < len(before) and not _all_spans(before[index]):
                yield index, before[index]
            continue
        shared: dict[int, int] = defaultdict(int)
        while cursor < len(spanned) and spanned[cursor][1] <= spans[0].start:
            cursor += 1
        for start, end, old in islice(spanned, cursor, None):
            if start >= spans[-1].end:
                break
            shared[old] += sum(max(0, min(end, span.end) - max(start, span.start)) for span in spans)
        best = max(shared, key=lambda old: (shared[old], -old), default=None)
        if best is not None and shared[best]:
            yield index, before[best]


def _all_spans(element: Identified) -> Spans:
    if isinstance(element, Finding):
        return (element.span,) if element.span else ()
    return (*element.label, *element.spans) if isinstance(element, Speech) else element.spans


def _renamed(proceedings: Proceedings, ids: Mapping[str, str]) -> Proceedings:
    return replace(
        proceedings,
        sittings=tuple(replace(each, id=ids.get(each.id, each.id)) for each in proceedings.sittings),
        items=tuple(replace(each, id=ids.get(each.id, each.id)) for each in proceedings.items),
        speeches=tuple(replace(each, id=ids.get(each.id, each.id)) for each in proceedings.speeches),
        texts=tuple(replace(each, id=ids.get(each.id, each.id)) for each in proceedings.texts),
    )


def _now_at(proceedings: Proceedings, old: Identified) -> str:
    """The id of the element, of whatever kind, that holds the first bytes of an element that is no more."""
    first = _first(old)
    if first is None:
        return ""
    elements: list[Located] = [*proceedings.speeches, *proceedings.texts, *proceedings.items]
    for element in elements:
        if any(span.start <= first.start < span.end for span in _all_spans(element)):
            return element.id
    return ""


def _said(element: Identified, words: Callable[[Spans], str]) -> str:
    speaker = element.speaker if isinstance(element, Speech) else ""
    return f"{speaker}\n{words(_all_spans(element))}"


def _aligned(now: Sequence[str], before: Sequence[str]) -> Iterator[tuple[int, int]]:
    matcher = SequenceMatcher(None, now, before, autojunk=len(now) > 5000)
    for change, a, next_a, b, next_b in matcher.get_opcodes():
        if change == "equal":
            yield from zip(range(a, next_a), range(b, next_b), strict=True)
        elif change == "replace":
            yield from _similar(now, before, range(a, next_a), range(b, next_b))


def _similar(now: Sequence[str], before: Sequence[str], new: range, old: range) -> Iterator[tuple[int, int]]:
    """Changed passages between two unchanged ones, paired in order where they resemble each other."""
    from rapidfuzz.fuzz import ratio  # Only who takes in a revised document compares passages.

    first = old.start
    for index in new:
        candidates = (other for other in range(first, old.stop) if ratio(now[index], before[other]) >= SIMILAR)
        found = next(candidates, None)
        if found is not None:
            yield index, found
            first = found + 1


_PROCEEDINGS = msgspec.json.Decoder(Proceedings)
_PLACES = msgspec.json.Decoder(tuple[PlaceRun, ...])
