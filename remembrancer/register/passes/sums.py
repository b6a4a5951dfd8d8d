"""The sums of money that motions and decisions name.

    RESOLVED that a grant of £1,250 be made to the museum.        1250 GBP
    amount of sixteen thousand dollars ($16,000.00)               16000 $, told twice and kept once

They are looked for in the words that are a motion's or decision's evidence, so that each stands at its bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from remembrancer.model import Mark
from remembrancer.read import amounts
from remembrancer.register.document import Document
from remembrancer.register.facts import AnyFact, Moved, Resolved, Sum


def summed(document: Document, facts: Iterable[AnyFact]) -> list[AnyFact]:
    """The facts, motions and decisions with the sums of money in their texts."""
    return [_with_sums(document, fact) if isinstance(fact, (Moved, Resolved)) else fact for fact in facts]


def _with_sums(document: Document, fact: Moved | Resolved) -> Moved | Resolved:
    parts = fact.parts if isinstance(fact, Resolved) else ()
    said = " ".join((fact.text, *(part.text for part in parts)))
    if not amounts.find(said, document.language):
        return fact
    marks = dict.fromkeys((*fact.marks, *(mark for part in parts for mark in part.marks)))
    words = _letters(said)
    told: dict[tuple[str, str], Sum] = {}
    for each in _sums(document, marks):
        if _letters(each.text) in words:
            before = told.get((each.value, each.currency), each)
            evidence = tuple(dict.fromkeys((*before.marks, *each.marks)))
            told[each.value, each.currency] = replace(before, marks=evidence)
    return replace(fact, amounts=tuple(told.values()))


def _sums(document: Document, marks: Iterable[Mark]) -> Iterator[Sum]:
    """The sums in the words of marks, each with its bytes."""
    for mark in marks:
        quoted = document.data[mark.start : mark.end].decode()
        for found in amounts.find(quoted, document.language):
            start = mark.start + len(quoted[: found.start].encode())
            end = start + len(quoted[found.start : found.end].encode())
            own = mark._replace(start=start, end=end, place=document.place(start))
            text = " ".join(quoted[found.start : found.end].split())
            yield Sum(text=text, value=amounts.plain(found.value), currency=found.currency, marks=(own,))


def _letters(text: str) -> str:
    return "".join(text.split())
