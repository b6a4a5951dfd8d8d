"""The account of a reading: where every letter and digit of a rendition went.

The count looks only at the rendition and the spans, never at how the reader worked. A letter counted twice
or not at all is a fault of ours, so the account raises.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from remembrancer.model import Account, Proceedings, Reading, Span

_ASCII_WITHOUT_LETTERS = bytes(code for code in range(256) if code >= 128 or not chr(code).isalnum())


_BEYOND_ASCII = re.compile(rb"[\x80-\xff]+")


class UnaccountedError(AssertionError):
    """A letter of a rendition is in no element, or in two."""


def letters_in(data: bytes) -> int:
    """How many letters and digits (``str.isalnum``) UTF-8 bytes hold."""
    found = len(data.translate(None, _ASCII_WITHOUT_LETTERS))
    if data.isascii():
        return found
    beyond = b"".join(_BEYOND_ASCII.findall(data)).decode()
    return found + sum(map(str.isalnum, beyond))


def account(reading: Reading) -> Account:
    """Count a reading. Raises UnaccountedError, naming the first place, if its spans overlap or leave letters out."""
    proceedings, data = reading.proceedings, reading.rendition.data
    _check(proceedings, data)
    in_item = _count(data, (span for item in proceedings.items for span in item.spans))
    in_item += _count(data, (span for text in proceedings.texts if text.item is not None for span in text.spans))
    return Account(
        letters=letters_in(data),
        in_speech=_count(data, (s for speech in proceedings.speeches for s in (*speech.label, *speech.spans))),
        in_item=in_item,
        other=_count(data, (span for text in proceedings.texts if text.item is None for span in text.spans)),
        markup=_count(data, proceedings.markup),
        in_findings=_count(data, _held_by_findings(proceedings)),
    )


def _held_by_findings(proceedings: Proceedings) -> list[Span]:
    held = {finding.span for finding in proceedings.findings if finding.holds and finding.span}
    return sorted(span for span in held if span.start < span.end)


def _count(data: bytes, spans: Iterable[Span]) -> int:
    return sum(letters_in(data[start:end]) for start, end in spans)


def _check(proceedings: Proceedings, data: bytes) -> None:
    end_of_last = 0
    for start, end in sorted(_held_spans(proceedings)):
        if start < end_of_last:
            raise UnaccountedError(f"bytes {start}:{min(end, end_of_last)} are in two elements")
        if letters_in(data[end_of_last:start]):
            raise UnaccountedError(f"bytes {end_of_last}:{start} are in no element")
        end_of_last = max(end_of_last, end)
    if letters_in(data[end_of_last:]):
        raise UnaccountedError(f"bytes {end_of_last}:{len(data)} are in no element")


def _held_spans(proceedings: Proceedings) -> Iterable[Span]:
    for item in proceedings.items:
        yield from item.spans
    for speech in proceedings.speeches:
        yield from speech.label
        yield from speech.spans
    for text in proceedings.texts:
        yield from text.spans
    yield from proceedings.markup
    yield from _held_by_findings(proceedings)
