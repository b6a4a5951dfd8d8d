"""What a person reads of an answer: the answer first, two lines of evidence under it, the rest on request.

Where many rows answer they stand one a line, numbered; so do the passages where words answer. ``numbered`` is what the
numbers name.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.text import Text

from remembrancer.interfaces.cli.excerpts import SHORT, excerpt, places_of, proof
from remembrancer.interfaces.cli.lines import Line
from remembrancer.interfaces.cli.render import (
    DIM,
    ID,
    STRONG,
    WARN,
    Parts,
    claimed,
    count,
    hit_line,
    indented,
    joined,
)
from remembrancer.memory.asking.answering.sentences import shortened

if TYPE_CHECKING:
    from remembrancer.memory.asking.answer import Reading
    from remembrancer.memory.cite import Hit
    from remembrancer.office.asking.answering import FactView, Speaking, Told

LONG = 560
"""Characters of the best passage: about six lines."""

FEW = 3
"""Most rows that the sentence tells one by one."""

LISTED = 5
"""Most rows that are listed before more is asked for."""

WORDS = 120
"""Characters of what a listed row says."""

ASK_AGAIN = "Ask again with --about and the id of the one you mean."

SIDES = {"for": "For it", "against": "Against it", "": "Also said"}


def told(value: Told, verbose: bool = False, more: str = "-v", choose: str = ASK_AGAIN) -> Parts:
    """An answer; ``verbose`` shows every quotation whole, the debate, and what of it is hearsay. ``more`` is what to
    type for that, ``choose`` says how one of several readings is picked."""
    yield Line(Text(value.sentence, STRONG))
    yield from _readings(value.readings)
    if value.readings:
        yield Line(Text(choose, DIM))
    if value.readings and not verbose:
        return
    if value.facts:
        yield from _of_register(value, verbose)
    else:
        yield from _passages(value, verbose)
    for fact in value.conflicts:
        yield from _conflict(fact)
    if verbose:
        yield from _debate(value.debate)
    for claim in value.reported if verbose or not value.facts else ():
        yield Line(Text())
        yield from claimed(claim)
    if not verbose:
        yield from _more(value, more)


def rows(value: Told) -> list[list[FactView]]:
    """The facts of each row and date, where these are many and the sentence does not tell them all."""
    found: dict[tuple[str, str], list[FactView]] = {}
    for fact in value.facts:
        found.setdefault((fact.row, fact.date), []).append(fact)
    told_all = all(fact.value in value.sentence for fact in value.facts)
    return list(found.values()) if len(found) > FEW and not told_all else []


def numbered(value: Told) -> list[Hit | FactView]:
    """What the numbers name beside which an answer is shown: a fact of each row listed, or the quotations."""
    return [facts[0] for facts in rows(value)] or list(value.answer)


def _readings(readings: Sequence[Reading]) -> Parts:
    for number, reading in enumerate(readings, 1):
        yield Line(joined([(reading.title, ""), (reading.row, ID)]), f"{number:>2}. ")


def _of_register(value: Told, verbose: bool) -> Parts:
    """The rows where there are many, else the words that prove the first fact; of both all where all is asked for."""
    listed = rows(value)
    for number, facts in enumerate(listed if verbose else listed[:LISTED], 1):
        yield Line(_row(facts), f"{number:>2}. ")
    if verbose and not listed:
        yield from (indented(_row([fact], named=True), 3) for fact in value.facts)
    if verbose:
        for hit in value.answer:
            yield Line(Text())
            yield from _proof(value, hit, whole=True)
    elif not listed and value.answer:
        yield from _proof(value, value.answer[0])


def _proof(value: Told, hit: Hit, whole: bool = False) -> Parts:
    """The words that prove a fact, or the part of them with its value, and where they stand."""
    text = proof(hit.spans)
    values = [fact.value for fact in value.facts if fact.row == hit.id]
    room = len(text) if whole else SHORT
    yield indented(Text(excerpt(text, places_of(text, value.question, values), room)), 3)
    yield indented(hit_line(hit), 3)


def _row(facts: Sequence[FactView], named: bool = False) -> Text:
    """What the facts of one row say, what the row is called, and how that is known."""
    first = facts[0]
    values = dict.fromkeys(fact.value for fact in facts if named or not _called(fact))
    how = "" if first.stated else "confirmed" if first.confirmed else "worked out from prose"
    said = f"{first.name}: {first.value}" if named else "; ".join(values)
    title = "" if first.title in said else _titled(facts)
    date = "" if first.date == said else first.date
    return joined([(date, ""), (said, ""), (title, ""), (how, WARN), (first.row, ID)])


def _titled(facts: Sequence[FactView]) -> str:
    """What a row is called; where that is cut short and a fact has the words, with more of them."""
    title = facts[0].title
    for fact in facts if title.rstrip(")").endswith("…") else ():
        if _beginning(title) in fact.value:
            return title.replace(f"{_beginning(title)} …", shortened(fact.value, WORDS))
    return title


def _beginning(title: str) -> str:
    """The words of a title that may be cut short: ``2024/16 (That the bench …)`` -> ``That the bench``."""
    return (title.partition(" (")[2] or title).rstrip("…) ")


def _called(fact: FactView) -> bool:
    """Whether a row's title says what its fact does, or the beginning of it."""
    return bool(fact.title) and (fact.value in fact.title or _beginning(fact.title) in fact.value)


def _passages(value: Told, verbose: bool) -> Parts:
    """The best passage whole, as far as six lines go, and the part of the others that answers."""
    for number, hit in enumerate(value.answer, 1):
        if verbose and number > 1:
            yield Line(Text())
        room = len(hit.text) if verbose else LONG if number == 1 else SHORT
        yield Line(Text(excerpt(hit.text, places_of(hit.text, value.question), room)), f"{number:>2}. ")
        yield indented(Text.assemble(*_speaker(hit), hit_line(hit)), 4)


def _speaker(hit: Hit) -> list[tuple[str, str]]:
    """Who said it and when, before where it stands."""
    parts = [(hit.speaker, STRONG), (hit.date or "undated", "")]
    return [each for part in parts if part[0] for each in (part, (" · ", DIM))]


def _conflict(fact: FactView) -> Parts:
    """What the record says otherwise, with its words and their authority."""
    yield Line(Text(f"The record also has {fact.name}: {fact.value}", WARN), "   ")
    for quote in fact.spans[:1]:
        text = proof([quote])
        yield indented(Text(excerpt(text, places_of(text, "", [fact.value]))), 3)
    yield indented(joined([(", ".join(filter(None, (fact.path, fact.place))), DIM), (fact.authority, WARN)]), 3)


def _debate(debate: Sequence[Speaking]) -> Parts:
    """The speeches for and against, and what shows on which side they are."""
    for side, heading in SIDES.items():
        speeches = [each for each in debate if each.stance == side]
        if speeches:
            yield Line(Text())
            yield Line(Text(heading, STRONG))
        for each in speeches:
            yield indented(Text(excerpt(each.speech.text, room=LONG)), 3)
            why = each.why if each.stated or not each.stance else f"{each.why}, as far as the words show"
            yield indented(
                joined([(each.speech.speaker, STRONG), (each.speech.date, ""), (why, DIM), (each.speech.id, ID)]), 3
            )


def _more(value: Told, more: str) -> Parts:
    """What is left to show, and what to type for it."""
    listed = len(rows(value))
    quotations = 0 if not value.facts else len(value.answer) - (0 if listed else 1)
    left = [
        count(listed - LISTED, "other", "others") if listed > LISTED else "",
        count(quotations, "quotation") if quotations > 0 else "",
        count(len(value.debate), "speech", "speeches") if value.debate else "",
        count(len(value.reported), "report") if value.reported and value.facts else "",
    ]
    said = [each for each in left if each]
    if said:
        words = " and ".join(filter(None, (", ".join(said[:-1]), said[-1])))
        yield Line(Text(f"{more} shows {words} more.", DIM))
