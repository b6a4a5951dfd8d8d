"""Windows: runs of neighbouring passages that are given one vector, since a short turn means little alone.

    The levy
    Ann Bell: I move that we adopt it.
    Cole: Seconded.

is one window of the item "The levy": who speaks stands before the words, and the item's title once in front. A
window holds up to ``WIDE`` words, or one longer passage, and begins about half a window after the one before. It never
joins passages of two documents, sittings, items or classes of readers.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from hashlib import sha256
from itertools import groupby
from typing import NamedTuple

from remembrancer.model import Passage

WIDE = 60
"""Words of a window; chosen on half of QMSum's meetings among 60, 100 and 120 (``bench/windows.py``)."""

NOTATION = re.compile(r"[\[{][a-z ]{2,20}[\]}]")
"""What a transcriber notes rather than hears: ``{disfmarker}``, ``[laughter]``."""

Key = tuple[str, int]
"""A passage's id and number."""


class Window(NamedTuple):
    """Some neighbouring passages, and the text that stands for them."""

    members: tuple[Key, ...]
    text: str

    @property
    def digest(self) -> bytes:
        """16 bytes that tell this text from others."""
        return sha256(self.text.encode()).digest()[:16]


def windows(passages: Iterable[Passage], said: Callable[[Passage], str]) -> list[Window]:
    """The windows of the passages of one document, those of one text joined; ``said`` gives a passage's words."""
    members: dict[str, list[Key]] = {}
    ordered = sorted(passages, key=lambda each: (each.spans[0].start, each.number))
    for _, run in groupby(ordered, _together):
        some = list(run)
        texts = [" ".join(NOTATION.sub(" ", said(each)).split()) for each in some]
        for start, end in tiles([len(text.split()) for text in texts]):
            keys = members.setdefault(_text(some[start:end], texts[start:end]), [])
            keys += [(each.id, each.number) for each in some[start:end]]
    return [Window(tuple(dict.fromkeys(keys)), text) for text, keys in members.items()]


def tiles(lengths: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Runs ``start:end`` of at most ``WIDE`` words, or of one element, each from the middle of the one before on.

    >>> list(tiles([20, 20, 20, 20]))
    [(0, 3), (1, 4)]
    """
    start = done = 0
    while done < len(lengths):
        end = _reach(lengths, start, WIDE)
        if end > done:
            yield start, end
            start, done = min(_reach(lengths, start, WIDE // 2), end), end
        else:
            start += 1


def _reach(lengths: Sequence[int], start: int, most: int) -> int:
    """Where a run from ``start`` of one element, or of several with at most so many words, ends."""
    end, words = start + 1, lengths[start]
    while end < len(lengths) and words + lengths[end] <= most:
        words += lengths[end]
        end += 1
    return end


def _together(passage: Passage) -> tuple[str, ...]:
    """What passages of one window share. A text under no item, as the row of a table, stands alone."""
    alone = f"{passage.id} {passage.number}" if passage.kind == "text" and not passage.item else ""
    return passage.source, passage.visibility, passage.sitting, passage.item, alone


def _text(members: Sequence[Passage], texts: Sequence[str]) -> str:
    first = members[0]
    headed = [first.item_title] if first.item_title and first.kind != "item" else []
    lines = [
        f"{each.person or each.speaker}: {text}" if each.speaker else text
        for each, text in zip(members, texts, strict=True)
    ]
    return "\n".join([*headed, *lines])
