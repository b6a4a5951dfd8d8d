"""What a person reads of watches: which there are, and what is new."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from rich.text import Text

from remembrancer.interfaces.cli.lines import Line
from remembrancer.interfaces.cli.render import DIM, STRONG, WARN, count, hits, indented, joined

if TYPE_CHECKING:
    from remembrancer.office.asking.watching import News

Parts = Iterator[Line]

TYPED = {"since": "--from", "until": "--to"}
"""How filters are typed whose names are not their options'."""


def watches(value: Sequence[Mapping[str, Any]]) -> Parts:
    if not value:
        yield Line(Text("You watch nothing."))
    for each in value:
        yield Line(Text(each["name"], STRONG))
        ran = f"ran {each['ran'][:10]}" if each["ran"] else "never ran"
        yield indented(joined([(_asked(each["kind"], each["query"]), ""), (_typed(each["filters"]), DIM), (ran, DIM)]))


def added(value: Sequence[Mapping[str, Any]]) -> Parts:
    for each in value:
        yield Line(Text.assemble("Watching: ", (each["name"], STRONG)))
        yield Line(Text(f"What there is, and later what is new: remembrancer watch run {each['name']}", DIM))


def _asked(kind: str, query: str) -> str:
    return f"“{query}”" if kind == "ask" else query


def _typed(filters: Mapping[str, str]) -> str:
    return " ".join(f"{TYPED.get(key, f'--{key}')} {value}" for key, value in filters.items())


def news(value: Sequence[News]) -> Parts:
    if not value:
        yield Line(Text("You watch nothing."))
    for number, each in enumerate(value):
        if number:
            yield Line(Text())
        yield from _news(each)


def _news(each: News) -> Parts:
    yield Line(Text(each.name, STRONG))
    if each.problem:
        yield indented(Text(each.problem, WARN), 2)
        return
    yield indented(Text(_summary(each)), 2)
    if each.answer and (each.first or each.before):
        if each.before:
            yield indented(Text(f"Before: {each.before.sentence}", DIM), 2)
        yield indented(Text(each.answer.sentence, STRONG), 2)
        for conflict in each.answer.conflicts:
            yield indented(Text(f"Another document says otherwise: {conflict}", WARN), 2)
    if each.new:
        yield Line(Text())
        yield from hits(each.new)
    if each.more:
        yield Line(Text())
        when = "; search shows them" if each.first else "; run it again"
        yield Line(Text(f"And {each.more} more{when}.", DIM))


def _summary(each: News) -> str:
    total = len(each.new) + each.more
    if each.first:
        return f"The first run. There is: {count(total, 'passage')}."
    since = f"since {each.since}"
    if each.before:
        return f"The answer changed {since}."
    return f"New {since}: {count(total, 'passage')}." if total else f"Nothing new {since}."
