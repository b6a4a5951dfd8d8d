"""The proof of each quotation: what a hit quotes is what the bytes say, and its text is made of its quotes."""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256

from remembrancer.model import Authority, Exit, Fault, Passage, PassageKind, Quote, Sha256
from remembrancer.plain import plain
from remembrancer.saying import NOTHING, Sentence, joined

NOT_LETTERS = re.compile(r"[\W_]+")
"""Runs of what ``str.isalnum`` denies: ``re`` and ``str`` share one table of letters and digits."""

ASCII_NOT_LETTERS = bytes(code for code in range(128) if not chr(code).isalnum())


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found, in its own words; the fields are those of ``search --json``.

    ``id``, ``sitting`` and ``item`` are ids, ``speaker`` the label as written, ``date`` EDTF, each empty
    where there is none; ``text`` is ``plain`` of the quotes of ``spans``; ``window`` is what stands around them, and is
    None for words that prove a fact.
    """

    id: str
    kind: PassageKind
    text: str
    place: str
    speaker: str
    sitting: str
    date: str
    item: str
    authority: Authority
    score: float
    path: str
    spans: tuple[Quote, ...]
    window: Quote | None = None


class Renditions:
    """Renditions by their SHA-256, each checked against it when loaded; the latest used stay in memory."""

    def __init__(self, load: Callable[[Sha256], bytes], limit: int = 128_000_000) -> None:
        """``load`` gives the bytes of a name or raises KeyError; ``limit`` is the number of bytes kept."""
        self._load = load
        self._limit = limit
        self._kept: OrderedDict[Sha256, bytes] = OrderedDict()
        self._held = 0

    def get(self, name: Sha256) -> bytes:
        """The bytes. Fault (check failed) where they are missing or are not the ones of that name."""
        data = self._kept.get(name)
        if data is not None:
            self._kept.move_to_end(name)
            return data
        data = self._checked(name)
        self._kept[name] = data
        self._held += len(data)
        while self._held > self._limit and len(self._kept) > 1:
            _, oldest = self._kept.popitem(last=False)
            self._held -= len(oldest)
        return data

    def forget(self, name: Sha256) -> None:
        """Drop one from memory, as after a redaction."""
        self._held -= len(self._kept.pop(name, b""))

    def _checked(self, name: Sha256) -> bytes:
        try:
            data = self._load(name)
        except KeyError:
            raise _failed(Sentence("The text %(name)s that the index names is not in the record.", name=name)) from None
        if sha256(data).hexdigest() != name:
            raise _failed(Sentence("The stored text %(name)s is not the one that was recorded.", name=name))
        return data


def letters(text: str) -> str:
    """The letters and digits of a text, in order."""
    if text.isascii():
        return text.encode().translate(None, ASCII_NOT_LETTERS).decode()
    return NOT_LETTERS.sub("", text)


def check(hit: Hit, data: bytes) -> Sentence:
    """What is wrong with a hit, given the checked bytes of its rendition; empty when it is proven."""
    for span in (*hit.spans, *([hit.window] if hit.window else [])):
        if not 0 <= span.start <= span.end <= len(data):
            return Sentence("bytes %(n)s to %(m)s lie outside the text", n=span.start, m=span.end)
        if data[span.start : span.end] != span.quote.encode():
            return Sentence("bytes %(n)s to %(m)s are not what is quoted", n=span.start, m=span.end)
    quotes = "".join(span.quote for span in hit.spans)
    if hit.text != quotes and letters(hit.text) != letters(quotes):
        return Sentence("the text has other letters than its quotations")
    if hit.window and any(span.start < hit.window.start or hit.window.end < span.end for span in hit.spans):
        return Sentence("the words lie outside what is shown around them")
    return NOTHING


def quoted(passage: Passage, score: float, renditions: Renditions) -> Hit:
    """The hit of a passage, proven. Fault (check failed) naming source and place where it cannot be."""
    data = renditions.get(passage.rendition)
    try:
        *quotes, around = [data[start:end].decode() for start, end in (*passage.spans, passage.window)]
    except UnicodeDecodeError:
        raise _unproven(passage, Sentence("a span begins or ends inside a character")) from None
    hit = Hit(
        id=passage.id,
        kind=passage.kind,
        text=plain(quotes),
        place=passage.place,
        speaker=passage.speaker,
        sitting=passage.sitting,
        date=passage.date,
        item=passage.item,
        authority=passage.authority,
        score=round(score, 4),
        path=passage.path,
        spans=tuple(
            Quote(passage.source, passage.rendition, span.start, span.end, quote)
            for span, quote in zip(passage.spans, quotes, strict=True)
        ),
        window=Quote(passage.source, passage.rendition, *passage.window, around) if any(passage.window) else None,
    )
    wrong = check(hit, data)
    if wrong:
        raise _unproven(passage, wrong)
    return hit


def _unproven(passage: Passage, wrong: Sentence) -> Fault:
    where = joined(", ", (passage.path or passage.source, passage.place or Sentence("place unknown")))
    return _failed(
        Sentence("A quotation from %(where)s does not match its source: %(wrong)s.", where=where, wrong=wrong)
    )


def _failed(what: Sentence) -> Fault:
    return Fault(
        Exit.CHECK_FAILED,
        what,
        Sentence("Run `remembrancer record verify`; delete the office's derived folder to have the index built again."),
    )
