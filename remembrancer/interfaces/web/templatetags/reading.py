"""Filters for what is read: titles of items, what belongs to an id, ballots by choice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from django import template

from remembrancer.memory.views import ItemView
from remembrancer.office.registers.registered_views import BallotView

register = template.Library()


class Chosen(NamedTuple):
    """The ballots of one choice."""

    choice: str
    ballots: tuple[BallotView, ...]


@register.filter
def titled(item: ItemView) -> str:
    """The number and title of an item; many titles begin with their number."""
    if not item.number or item.title.startswith(item.number):
        return item.title
    return f"{item.number} {item.title}"


@register.filter
def of(found: Mapping[str, Any], identity: str) -> Any:
    """What a table has under an id; nothing where it has none."""
    return found.get(identity, ())


@register.filter
def by_choice(ballots: Sequence[BallotView]) -> list[Chosen]:
    """The ballots of a vote by what was chosen, in the order in which the record first has each choice."""
    return [
        Chosen(choice, tuple(each for each in ballots if each.choice == choice))
        for choice in dict.fromkeys(each.choice for each in ballots)
    ]
