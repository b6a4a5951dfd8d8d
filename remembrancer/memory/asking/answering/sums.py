"""How much was decided on: amount.

"How much was granted for the bench?"    £1,250
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from remembrancer.memory.asking.answering.deciding import LOST, dated, main_ones, outcome_of, quoted, stated_ones
from remembrancer.memory.asking.answering.meaning import Meant
from remembrancer.memory.asking.answering.telling import Case, Line, Told, fact, told_lines
from remembrancer.model import Decision, Motion


def amount(case: Case, meant: Meant) -> Told | None:
    """The sums that the decisions meant name, as written; where none does, those of the motions."""
    if meant.story.whole and not meant.people:
        return None
    title = case.story(meant.story)
    for rows in (meant.story.decisions, meant.story.motions):
        fitting = [
            row for row in rows if row.amounts and case.meant(row) and outcome_of(case.register, row) not in LOST
        ]
        lines = [
            line for row in _allocating(main_ones(case.register, stated_ones(fitting))) for line in _lines(case, row)
        ]
        if told := told_lines(case, lines, "amount", title):
            return told
    return None


def _allocating(rows: Sequence[Any]) -> Sequence[Any]:
    """Decisions that spend, where there are some beside others that only name a sum."""
    return [row for row in rows if getattr(row, "kind", "") == "allocate"] or rows


def _lines(case: Case, row: Decision | Motion) -> list[Line]:
    """Each sum of a row once."""
    when, text = dated(case, row), quoted(case, row.text)
    sums = {each.text: each for each in row.amounts if each.marks}
    shown = case.sentences.listing(list(sums))
    words = case.say("amount.line", sums=shown, when=when, text=text)
    facts = {said: fact("amount", said, row, (*each.marks, *row.marks)) for said, each in sums.items()}
    return [Line(said, words, (shown_by,), row.id) for said, shown_by in facts.items()]
