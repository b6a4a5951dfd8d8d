"""What stands around a passage: its window, the six turns among which a person reads it, as one range of bytes.

    Ames: Shall we close the ferry?
    Bell: Not before the bridge is paid.    found, and shown between what Ames asked and what Cole moved
    Cole: Then I move to defer.

A window stays under the item and the sitting of its passage and within its class: where words of another class stand
in between it ends before them. A heading stands alone, and so does a text under no item, as the row of a table.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, chain, groupby, pairwise
from typing import NamedTuple

from remembrancer.model import Passage, Span, Visibility

SIZE, BEFORE = 6, 2
"""How many passages a window holds where there are so many, and how many of them stand before the one that is found."""

NONE = Span(0, 0)


class Barrier(NamedTuple):
    """The words that a window must not reach: where they start, in order, and how far those up to each one go."""

    starts: Sequence[int]
    ends: Sequence[int]

    def meets(self, span: Span) -> bool:
        """Whether any of them stand in a span."""
        before = bisect_left(self.starts, span.end)
        return before > 0 and self.ends[before - 1] > span.start


def windows(passages: Sequence[Passage], words: Iterable[tuple[Visibility, Span]]) -> Iterator[Span]:
    """The window of each passage of one rendition, in their order: that of their words. The ``window`` they come with
    is their own extent; ``words`` are all spans of the rendition with their class."""
    barriers = _barriers(words)
    for (*_, alone), run in groupby(_apart(passages), _among):
        together = list(run)
        for at, passage in enumerate(together):
            first = max(0, min(at - BEFORE, len(together) - SIZE))
            group = [passage] if alone or _row(passage) else together[first : first + SIZE]
            widest = (_over(group), passage.window)
            yield next((span for span in widest if not barriers[passage.visibility].meets(span)), NONE)


def _apart(passages: Sequence[Passage]) -> Iterator[Passage]:
    """The passages, each beginning after the one before: a label that stands far off is left outside."""
    yield from passages[:1]
    for before, passage in pairwise(passages):
        near = passage.window.start >= before.spans[-1].end
        yield passage if near else passage._replace(window=Span(passage.spans[0].start, passage.window.end))


def _among(passage: Passage) -> tuple[str, str, Visibility, bool]:
    return passage.sitting, passage.item, passage.visibility, passage.kind == "item"


def _row(passage: Passage) -> bool:
    return passage.kind == "text" and not passage.item


def _over(group: Sequence[Passage]) -> Span:
    return Span(min(each.window.start for each in group), max(each.window.end for each in group))


def _barriers(words: Iterable[tuple[Visibility, Span]]) -> Mapping[Visibility, Barrier]:
    """For each class the words of all the others."""
    by_class: dict[Visibility, list[Span]] = {}
    for name, span in words:
        by_class.setdefault(name, []).append(span)
    found = {}
    for name in by_class:
        others = sorted(chain.from_iterable(spans for other, spans in by_class.items() if other != name))
        found[name] = Barrier([span.start for span in others], list(accumulate((span.end for span in others), max)))
    return found
