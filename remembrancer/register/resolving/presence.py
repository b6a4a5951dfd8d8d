"""Whether somebody was in the room at a moment of a sitting, as far as its roll shows.

A stay says when a person came and went: as a sentence in the course of the business, which has a place in the
document, or as the number of an item, or as a time of day. A moment is a byte of the same document and the item it
stands under. Where the one cannot be held against the other, nothing is known.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from remembrancer.register.facts import Roll, Stay

_TIME = re.compile(r"\d{1,2}:\d{2}")


class Moment(NamedTuple):
    """A place in a document: its source, the byte, the id of the item it stands under or empty, and the time of
    day if that is known."""

    source: str
    position: int
    item: str = ""
    time: str = ""


def was_present(stays: Iterable[Stay], roll: Roll, moment: Moment) -> bool | None:
    """Whether one of a person's stays holds a moment; None where the roll does not settle it."""
    verdicts = [_holds(stay, roll, moment) for stay in stays]
    if True in verdicts:
        return True
    return None if None in verdicts or not verdicts else False


def _holds(stay: Stay, roll: Roll, moment: Moment) -> bool | None:
    if stay.present is not True:
        return stay.present
    came = _is_after(moment, stay.since, stay.came, roll) if stay.since or stay.came >= 0 else True
    left = _is_after(moment, stay.until, stay.went, roll) if stay.until or stay.went >= 0 else False
    if came is False or left is True:
        return False
    return True if came and left is False else None


def _is_after(moment: Moment, told: str, at: int, roll: Roll) -> bool | None:
    """Whether a moment is after a coming or going that is ``told`` as a time, an item's number or in words, and
    stands at byte ``at`` if it stands in the course of the business."""
    if moment.time and _TIME.fullmatch(told):
        return moment.time.rjust(5, "0") > told.rjust(5, "0") if moment.time != told else None
    if at >= 0 and moment.source == roll.source:
        return moment.position > at
    return _is_item_after(moment.item, told, roll.items)


def _is_item_after(item: str, number: str, items: Sequence[tuple[str, str]]) -> bool | None:
    """Whether an item is taken after the one of that number; None within it."""
    ids = [identity for identity, _ in items]
    at = next((index for index, (_, each) in enumerate(items) if each and each == number), None)
    if at is None or item not in ids or ids.index(item) == at:
        return None
    return ids.index(item) > at
