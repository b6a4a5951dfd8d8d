"""Who promised what by when: action.

"Who is to mend the bench?"       B. Brook
"What did Brook promise?"         Mend the bench. (by 1 June 2031)
"""

from __future__ import annotations

from remembrancer.memory.asking.answering.deciding import dated, quoted, stated_ones
from remembrancer.memory.asking.answering.meaning import Meant
from remembrancer.memory.asking.answering.telling import Case, Line, Told, fact, told_lines
from remembrancer.model import Action


def action(case: Case, meant: Meant) -> Told | None:
    """What the people named promised; of a story without people, who promised what."""
    if meant.story.whole and not (meant.people or case.question.sittings or case.question.period):
        return None
    ids = {person.id for person in meant.people}
    rows = [row for row in meant.story.actions if case.meant(row) and row.marks and (not ids or row.owner in ids)]
    names = case.sentences.listing([person.name for person in meant.people])
    lines = [_line(case, row) for row in stated_ones(rows)]
    if meant.people:
        return told_lines(case, lines, "action_of", "", names=names)
    return told_lines(case, lines, "action", case.story(meant.story))


def _line(case: Case, row: Action) -> Line:
    due = case.say("action.due", date=case.sentences.date(row.due)) if row.due else ""
    done = case.say("action.done") if row.done else ""
    owner = case.say("action.owner", name=row.label) if row.label else ""
    words = case.say("action.line", owner=owner, text=quoted(case, row.text), when=dated(case, row), due=due, done=done)
    facts = [fact("action", row.text, row)]
    facts += [fact(name, value, row) for name, value in (("owner", row.label), ("due", row.due)) if value]
    return Line(row.text, words, tuple(facts), row.id)
