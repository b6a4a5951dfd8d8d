"""Cut what was said into passages: at most 200 words, at the ends of sentences, mapped back to bytes.

A speech of up to ``LONGEST`` words is one passage. A longer one is cut into as few parts as will do, of about
equal length, each ending with a sentence; a sentence that is itself too long is cut between words, and a
word of more than ``WIDEST`` characters wherever it must be. The parts' spans partition the speech's bytes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate

from sentencex import segment

from remembrancer.model import Span, Spans

LONGEST = 200
"""Words of a passage."""

WIDEST = 4000
"""Characters of a passage."""

BLOCK = 60_000
"""Characters given to the sentence splitter at once, so that its memory is bounded."""


def cut(data: bytes, spans: Sequence[Span], language: str = "") -> list[Spans]:
    """The passages of one element: ``spans`` of the rendition ``data`` (UTF-8), in parts, in order.

    Spans that hold no letter or digit still belong to a part; without any span there is no passage.
    """
    quotes = [data[span.start : span.end].decode() for span in spans]
    if not quotes:
        return []
    size = sum(map(len, quotes))
    if size < 2 * LONGEST or (size <= WIDEST and sum(len(quote.split()) for quote in quotes) <= LONGEST):
        return [tuple(spans)]
    text = "".join(quotes)
    ends = list(accumulate(len(part) for part in _parts(text, language)))
    return _mapped(spans, quotes, ends)


def _parts(text: str, language: str) -> Iterator[str]:
    """The text in parts of at most ``LONGEST`` words and ``WIDEST`` characters; they join to the text."""
    total = len(text.split())
    target = total / -(-total // LONGEST) if total else LONGEST
    part, words = "", 0
    for piece in _pieces(text, language):
        more = len(piece.split())
        if part and (words + more > LONGEST or len(part) + len(piece) > WIDEST):
            yield part
            part, words = "", 0
        part, words = part + piece, words + more
        if words >= target:
            yield part
            part, words = "", 0
    if part:
        yield part


def _pieces(text: str, language: str) -> Iterator[str]:
    """Sentences, those that are too long again in pieces."""
    for block in _blocks(text, BLOCK):
        for sentence in _sentences(block, language):
            if len(sentence) <= WIDEST and len(sentence.split()) <= LONGEST:
                yield sentence
            else:
                yield from _runs(sentence)


def _sentences(text: str, language: str) -> list[str]:
    """Sentences with the white space after them; they join to the text."""
    found: list[str] = segment(language or "en", text)
    return found if "".join(found) == text else [text]


def _runs(text: str) -> Iterator[str]:
    """Pieces of at most 50 words, and of at most ``WIDEST`` characters where there is no white space."""
    for block in _blocks(text, WIDEST):
        start = 0
        words = 0
        for at in range(1, len(block)):
            if block[at - 1].isspace() and not block[at].isspace():
                words += 1
                if words == LONGEST // 4:
                    yield block[start:at]
                    start, words = at, 0
        yield block[start:]


def _blocks(text: str, size: int) -> Iterator[str]:
    """Pieces of at most ``size`` characters, ending with white space where there is some in their last half."""
    start = 0
    while len(text) - start > size:
        end = start + size
        spaces = (text.rfind(space, start + size // 2, end) for space in "\n ")
        cut_at = next((at + 1 for at in spaces if at >= 0), end)
        yield text[start:cut_at]
        start = cut_at
    yield text[start:]


def _mapped(spans: Sequence[Span], quotes: Sequence[str], ends: Sequence[int]) -> list[Spans]:
    """Each part's spans: character ends over the joined quotes, carried back to bytes of the rendition."""
    parts: list[list[Span]] = [[] for _ in ends]
    part = done = 0
    for span, quote in zip(spans, quotes, strict=True):
        start, at = span.start, 0
        while at < len(quote):
            taken = quote[at : at + ends[part] - done]
            end = start + len(taken.encode())
            parts[part].append(Span(start, end))
            start, at, done = end, at + len(taken), done + len(taken)
            part += done == ends[part]
    return [tuple(part) for part in parts if part]
