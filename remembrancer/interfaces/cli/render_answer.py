"""What a person reads of an answer: the answer first, two lines of evidence under it, the rest on request."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.text import Text

from remembrancer.interfaces.cli.lines import Line
from remembrancer.interfaces.cli.render import DIM, ID, STRONG, WARN, Parts, claimed, count, hit_line, indented, joined

if TYPE_CHECKING:
    from remembrancer.memory.asking.answer import Reading
    from remembrancer.office.answering import FactView, Speaking, Told

SHORT = 160
"""Characters of a quotation that is not shown whole."""

SIDES = {"for": "For it", "against": "Against it", "": "Also said"}


def told(value: Told, verbose: bool = False, more: str = "-v shows") -> Parts:
    """An answer; ``verbose`` shows every quotation whole, the debate, and what of it is hearsay."""
    yield Line(Text(value.sentence, STRONG))
    yield from _readings(value.readings)
    yield from _evidence(value, verbose)
    for fact in value.conflicts:
        yield from _conflict(fact)
    if verbose:
        yield from _facts(value.facts)
        yield from _debate(value.debate)
    for claim in value.reported if verbose or value.kind == "passages" else ():
        yield Line(Text())
        yield from claimed(claim)
    yield from _more(value, verbose, more)


def _readings(readings: Sequence[Reading]) -> Parts:
    for number, reading in enumerate(readings, 1):
        yield Line(joined([(reading.title, ""), (reading.row, ID)]), f"{number:>2}. ")
    if readings:
        yield Line(Text("Ask again with --about and the id of the one you mean.", DIM))


def _evidence(value: Told, verbose: bool) -> Parts:
    shown = value.answer if verbose or value.kind == "passages" else value.answer[:1]
    for number, hit in enumerate(shown, 1):
        if verbose:
            yield Line(Text())
        whole = verbose or (value.kind == "passages" and number == 1)
        yield indented(Text(f"“{hit.text}”" if whole else shortened(hit.text)), 3)
        yield indented(hit_line(hit), 3)


def shortened(text: str) -> str:
    """A quotation to the word before ``SHORT``; what is left out is marked outside the quotation."""
    if len(text) <= SHORT:
        return f"“{text}”"
    return f"“{text[:SHORT].rsplit(None, 1)[0]}” […]"


def _conflict(fact: FactView) -> Parts:
    yield Line(joined([(f"Another document has {fact.value}", WARN), (fact.authority, WARN), (fact.path, DIM)]), "   ")
    for quote in fact.spans[:1]:
        yield indented(Text(shortened(" ".join(quote.quote.split()))), 3)


def _facts(facts: Sequence[FactView]) -> Parts:
    if facts:
        yield Line(Text())
    for fact in facts:
        how = "" if fact.stated else "confirmed" if fact.confirmed else "worked out from prose"
        yield indented(joined([(f"{fact.name}: {fact.value}", ""), (fact.date, ""), (how, WARN), (fact.row, ID)]), 3)


def _debate(debate: Sequence[Speaking]) -> Parts:
    for side, heading in SIDES.items():
        speeches = [each for each in debate if each.stance == side]
        if speeches:
            yield Line(Text())
            yield Line(Text(heading, STRONG))
        for each in speeches:
            yield indented(Text(shortened(each.speech.text)), 3)
            why = each.why if each.stated or not each.stance else f"{each.why}, as far as the words show"
            yield indented(
                joined([(each.speech.speaker, STRONG), (each.speech.date, ""), (why, DIM), (each.speech.id, ID)]), 3
            )


def _more(value: Told, verbose: bool, more: str) -> Parts:
    left = [
        count(len(value.answer) - 1, "quotation") if len(value.answer) > 1 and value.kind != "passages" else "",
        count(len(value.debate), "speech", "speeches") if value.debate else "",
        count(len(value.reported), "report") if value.reported and value.kind != "passages" else "",
    ]
    if any(left) and not verbose:
        yield Line(Text(f"{more} {', '.join(filter(None, left))} more.", DIM))
