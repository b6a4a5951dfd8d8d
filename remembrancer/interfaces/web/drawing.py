"""Pictures of the register, worked out on the server: pure functions from facts to numbers that a template draws.

A family is drawn as a list by date with the ties beside it, each in a lane of its own, so that no two lie on one
another and the picture stays as narrow as its text however large the family is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from remembrancer.office.family import Family, Member, Tie

ROW, BOX, LANE, MARGIN, WIDTH = 68, 56, 16, 12, 400
"""In pixels of the picture: from one member to the next, the height of its box, between lanes, around, and how wide
a box is."""

LETTERS = 54
"""Letters that fit a line of a box."""

SPAN, HEIGHT = 1000, 60
"""The picture of how many decisions were in force: its width and height."""


class Box(NamedTuple):
    """A member in its place: ``title`` shortened to a line, and what it does in one line for each tie."""

    member: Member
    x: int
    y: int
    title: str
    here: bool
    ended: bool


class Arc(NamedTuple):
    """A tie as a line from its actor to what it acts on, with the tip of its arrow; ``middle`` is beside it."""

    tie: Tie
    path: str
    tip: str


class Picture(NamedTuple):
    """A family, drawn; ``width`` and ``height`` in pixels, and in units of the page's letters."""

    width: int
    height: int
    boxes: tuple[Box, ...]
    arcs: tuple[Arc, ...]

    @property
    def letters_wide(self) -> float:
        return self.width / 16

    @property
    def letters_high(self) -> float:
        return self.height / 16


def picture(family: Family, here: str) -> Picture:
    """A family by date from above, with its ties at the side; ``here`` is the member whose page it is."""
    at = {member.key: row for row, member in enumerate(family.members)}
    ties = [tie for tie in family.ties if tie.by in at and tie.to in at and tie.by != tie.to]
    lanes = lanes_of([(at[tie.by], at[tie.to]) for tie in ties])
    left = MARGIN + LANE * (max(lanes, default=-1) + 1) + MARGIN
    boxes = tuple(_box(member, left, at[member.key], here) for member in family.members)
    arcs = tuple(_arcs(ties, lanes, at, left))
    return Picture(left + WIDTH + MARGIN, ROW * len(boxes) + MARGIN, boxes, arcs)


def lanes_of(spans: Sequence[tuple[int, int]]) -> list[int]:
    """For each line between two rows the lane nearest to the boxes in which it meets no other; short ones go first."""
    taken: list[list[tuple[int, int]]] = []
    found = [0] * len(spans)
    for index in sorted(range(len(spans)), key=lambda each: abs(spans[each][0] - spans[each][1])):
        low, high = sorted(spans[index])
        free = (at for at, lane in enumerate(taken) if all(high < first or last < low for first, last in lane))
        lane = next(free, len(taken))
        if lane == len(taken):
            taken.append([])
        taken[lane].append((low, high))
        found[index] = lane
    return found


def growth(counts: Iterable[tuple[str, int]], first: str, last: str) -> str:
    """The path of how many there were from day to day, as steps under which the ground is filled."""
    steps = list(counts)
    most = max((number for _, number in steps), default=0) or 1
    path = f"M0 {HEIGHT}"
    for day, number in steps:
        if day <= last:
            path += f" H{along(max(day, first), first, last):.1f} V{HEIGHT - number * (HEIGHT - 4) / most:.1f}"
    return f"{path} H{SPAN} V{HEIGHT} Z"


def along(day: str, first: str, last: str) -> float:
    """How far along the picture a day is."""
    whole = days_between(first, last) or 1
    return SPAN * days_between(first, day) / whole


def days_between(first: str, last: str) -> int:
    """How many days lie between two days."""
    return (date.fromisoformat(last) - date.fromisoformat(first)).days


def _box(member: Member, left: int, row: int, here: str) -> Box:
    title = " ".join(member.title.split())
    short = title if len(title) <= LETTERS else title[: LETTERS - 1].rstrip() + "…"
    ended = member.force in ("repealed", "lapsed", "never-made", "spent")
    return Box(member, left, MARGIN + row * ROW, short, member.id == here, ended)


def _arcs(ties: Sequence[Tie], lanes: Sequence[int], at: dict[str, int], left: int) -> Iterator[Arc]:
    """The lines, each leaving its actor and reaching its target a little apart from the others there."""
    for tie, lane in zip(ties, lanes, strict=True):
        x = left - MARGIN - LANE * lane - LANE // 2
        shift = min(lane * 5, BOX // 2 - 8)
        down = at[tie.by] < at[tie.to]
        start = MARGIN + at[tie.by] * ROW + BOX // 2 + (shift + 4 if down else -shift - 4)
        end = MARGIN + at[tie.to] * ROW + BOX // 2 + (-shift - 4 if down else shift + 4)
        path = f"M{left} {start} H{x + 6} Q{x} {start} {x} {start + (6 if down else -6)} "
        path += f"V{end - (6 if down else -6)} Q{x} {end} {x + 6} {end} H{left - 6}"
        yield Arc(tie, path, f"M{left - 8} {end - 4} L{left} {end} L{left - 8} {end + 4} Z")
