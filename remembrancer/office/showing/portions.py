"""Sittings in portions, for programs that read little at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from remembrancer.memory.views import ItemView, SittingView, SpeechView, TextView
from remembrancer.model import Exit, Fault, Principal
from remembrancer.office.bureau import Bureau
from remembrancer.office.showing import shown
from remembrancer.saying import Day, Sentence


class Portion(NamedTuple):
    """A sitting with some of its speeches and texts; ``after`` is how many come before the next portion, None where
    this is the last."""

    sitting: SittingView
    after: int | None


def sitting_called(bureau: Bureau, principal: Principal, asked: str) -> SittingView:
    """The sitting of an id or a day. A Fault: refused where there is none, usage where a day had several."""
    identity = asked
    if not asked.startswith("sitting-"):
        found = [line.id for line in shown.sittings(bureau, principal) if asked in _days(line.dates)]
        if not found:
            what = Sentence(
                "There is no sitting %(sitting)s that %(who)s may see.", sitting=repr(asked), who=principal.name
            )
            raise Fault(Exit.REFUSED, what, Sentence("Give the id of a sitting, or its day as 2024-03-07."))
        if len(found) > 1:
            raise Fault(
                Exit.USAGE,
                Sentence("There were several sittings on %(day)s.", day=Day(asked)),
                Sentence("Name one: %(list)s.", list=", ".join(found)),
            )
        identity = found[0]
    view = shown.show(bureau, principal, identity)
    assert isinstance(view, SittingView), "an id that begins so is a sitting's"
    return view


def portion(sitting: SittingView, item: str = "", after: int = 0, most: int = 20) -> Portion:
    """Up to ``most`` speeches and texts of a sitting, in the order of its documents, those before ``after`` left out;
    only those under an item and what stands below it where one is named. A Fault where the sitting has no such item."""
    items = _under(sitting.items, item) if item else frozenset()
    elements = sorted(_elements(sitting), key=lambda each: _place(sitting, each))
    wanted = [each for each in elements if not item or each.item in items]
    taken = wanted[after : after + most]
    rest = after + most if len(wanted) > after + most else None
    return Portion(
        replace(
            sitting,
            speeches=tuple(each for each in taken if isinstance(each, SpeechView)),
            texts=tuple(each for each in taken if isinstance(each, TextView)),
        ),
        rest,
    )


def _days(dates: Sequence[str]) -> Iterator[str]:
    """The days of a sitting's dates; of a range the first and the last."""
    for each in dates:
        yield each
        yield from each.split("/")


def _elements(sitting: SittingView) -> Iterator[SpeechView | TextView]:
    yield from sitting.speeches
    yield from sitting.texts


def _place(sitting: SittingView, element: SpeechView | TextView) -> tuple[int, int]:
    if not element.spans:
        return len(sitting.sources), 0
    first = element.spans[0]
    return sitting.sources.index(first.source), first.start


def _under(items: Sequence[ItemView], identity: str) -> frozenset[str]:
    """The ids of an item and of all below it, which stand after it."""
    if identity not in {each.id for each in items}:
        raise Fault(
            Exit.REFUSED,
            Sentence("The sitting has no item %(item)s.", item=identity),
            Sentence("Its items stand in what it shows."),
        )
    found = {identity}
    for each in items:
        if each.parent in found:
            found.add(each.id)
    return frozenset(found)
