"""Which sittings of a day a question calls by their body.

"Who was at the Pier Committee on 5 May?"    the sittings of 5 May whose title says Pier Committee

The name stands before the day, with nothing but little words between; a longer name that ends so is another body's.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence, Set
from typing import NamedTuple

LED_BY = 2
"""How many little words before the name go with it, as ``at the``."""

MOST_OF_IT = 0.5
"""The share of what tells a title apart that a name must say."""


class Called(NamedTuple):
    """The sittings that words from ``start`` on call."""

    start: int
    sittings: tuple[str, ...]


class Titles(NamedTuple):
    """What tells sittings apart. ``little`` and ``generic`` are words that name nothing, and nothing alone; ``acts``
    those that only ask; ``meeting`` are the stems of those for a sitting itself; ``said`` gives the folded words of a
    sitting's title."""

    little: Set[str]
    generic: Set[str]
    acts: Set[str]
    meeting: Set[str]
    stem: Callable[[str], str]
    said: Callable[[str], Sequence[str]]


def called_before(words: Sequence[str], at: int, sittings: Sequence[str], titles: Titles) -> Called | None:
    """Those of a day's sittings that the words before its date, which stands at ``at``, call; None where none is."""
    found: dict[str, tuple[int, int]] = {}
    for sitting in sittings:
        told = {titles.stem(word) for word in titles.said(sitting) if _tells(word, titles)}
        start, said = _name_before(words, at, told, titles)
        if said and _is_enough(said, told, titles):
            found[sitting] = (len(said), start)
    if not found:
        return None
    most = max(length for length, _ in found.values())
    best = {sitting: start for sitting, (length, start) in found.items() if length == most}
    return Called(_led(words, min(best.values()), titles), tuple(best))


def _tells(word: str, titles: Titles) -> bool:
    return not (word in titles.little or word[0].isdigit() or titles.stem(word) in titles.meeting)


def _name_before(words: Sequence[str], at: int, told: Set[str], titles: Titles) -> tuple[int, frozenset[str]]:
    """Where the name before a place begins, and which words of a title it has; none where other words belong to it."""
    end = at
    while end and (words[end - 1] in titles.little or titles.stem(words[end - 1]) in titles.meeting):
        end -= 1
    start = end
    while start and (titles.stem(words[start - 1]) in told or words[start - 1] in titles.little):
        start -= 1
    while start < end and titles.stem(words[start]) not in told:
        start += 1
    before = words[start - 1] if start else ""
    if before and not any(before in idle for idle in (titles.little, titles.generic, titles.acts)):
        return start, frozenset()
    return start, frozenset(stem for word in words[start:end] if (stem := titles.stem(word)) in told)


def _is_enough(said: Set[str], told: Set[str], titles: Titles) -> bool:
    """Whether a name says most of what tells a title apart; one that only says what any body is called, as ``the
    committee``, is enough where the title has nothing else."""
    generic = {titles.stem(word) for word in titles.generic}
    telling = told - generic
    return len(said & telling) >= MOST_OF_IT * len(telling)


def _led(words: Sequence[str], start: int, titles: Titles) -> int:
    """Where the little words before a name begin."""
    first = start
    while first > max(0, start - LED_BY) and words[first - 1] in titles.little:
        first -= 1
    return first
