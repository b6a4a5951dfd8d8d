"""Where a matter stands and when things happened to it: status and date.

"Where does bench repair stand?"      Stage 2, since 5 May 2031
"When did it reach Stage 1?"          2031-04-07
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from remembrancer.memory.asking.answering.deciding import dated, decision, ended, holds, main_ones, only, outcome
from remembrancer.memory.asking.answering.meaning import Meant
from remembrancer.memory.asking.answering.telling import (
    Case,
    Line,
    Told,
    binding,
    fact,
    matter_of,
    named,
    several,
    told_lines,
)
from remembrancer.memory.asking.understanding.wording import end_of
from remembrancer.model import Decision, Matter, Rung
from remembrancer.record.persons import fold

FORCES = ("in-force", "repealed", "suspended", "lapsed")
"""What a question may seek that is a turn of force and no outcome."""


def status(case: Case, meant: Meant) -> Told | None:
    """The rung a matter stands on at the end of the days meant; of a matter without a ladder what was decided last."""
    matter = matter_of(case, meant.story)
    rungs = _rungs(case, matter)
    if matter is None or not rungs:
        return None if case.question.rung or (matter and climbs(case)) else _last_decided(case, meant)
    title = case.of_matter(meant.story, matter)
    told = _reached(case, title, rungs) if case.question.rung else _stands(case, title, rungs)
    return told._replace(facts=tuple(each._replace(row=matter.id) for each in told.facts), about=(matter.id,))


def standing(case: Case, meant: Meant) -> Told | None:
    """Where a matter stands of which nothing that was put to the body is on record."""
    story = meant.story
    matter = matter_of(case, story) if not (story.motions or story.votes) else None
    bringing = {each.person for each in matter.sponsorships} if matter else set()
    theirs = all(person.id in bringing for person in meant.people)
    return status(case, meant) if theirs and _rungs(case, matter) else None


def concluded(case: Case, meant: Meant) -> Told | None:
    """Where a matter stands, if that says how it ended: it was decided, though by nothing that was put on record."""
    told = standing(case, meant)
    return told if told and not case.question.closed and end_of(str(told.value)) else None


def ended_at(case: Case, meant: Meant) -> Told | None:
    """Whether a matter came to the end that the question names, by the rungs it stood on; None where these do not say,
    or a motion or a vote may be meant."""
    sought, story = case.question.sought, meant.story
    rungs = _rungs(case, story.matter)
    if not sought or not rungs or (not case.question.rung and (story.motions or story.votes)):
        return None
    reached = fold(case.question.rung) in {fold(rung.status) for rung in rungs}
    end = end_of(rungs[-1].status)
    if not (reached or end):
        return None
    told = status(case, meant)
    settles = {sought, end} <= {"carried", "lost"} or sought == end
    return told and told._replace(holds=told.holds if reached else (sought == end) if settles else None)


def _stands(case: Case, title: str, rungs: Sequence[Rung]) -> Told:
    """The last rung, and since when."""
    now, begun = rungs[-1], _since(rungs)
    facts = [fact("status", now.status, now), *([fact("since", begun.date, begun)] if begun.date else [])]
    when = case.sentences.when(case.limit) if case.limit else ""
    name = "status.stood" if when else "status.stands"
    return Told(now.status, case.say(name, title=title, when=when, **_tail(case, rungs)), tuple(facts))


def _reached(case: Case, title: str, rungs: Sequence[Rung]) -> Told:
    """Whether a matter stands on the rung that the question names, or stood on it before."""
    now, asked = rungs[-1], fold(case.question.rung)
    first = next((rung for rung in rungs if fold(rung.status) == asked), None)
    if first is None or fold(now.status) == asked:
        return _stands(case, title, rungs)._replace(holds=first is not None)
    when = case.sentences.when(first.date)
    sentence = case.say("status.passed", title=title, rung=first.status, when=when, **_tail(case, rungs))
    return Told(now.status, sentence, (fact("status", now.status, now), fact("reached", first.status, first)))


def _tail(case: Case, rungs: Sequence[Rung]) -> dict[str, str]:
    """What a sentence says of the last rung: its status, since when, and that it was worked out if it was."""
    begun = _since(rungs)
    since = case.say("status.since", date=case.sentences.date(begun.date)) if begun.date else ""
    note = "" if rungs[-1].stated else " " + case.say("notes.inferred")
    return {"status": rungs[-1].status, "since": since, "note": note}


def _rungs(case: Case, matter: Matter | None) -> list[Rung]:
    """The rungs that words of the record prove, up to the last day meant, in order."""
    if matter is None:
        return []
    return [rung for rung in matter.rungs if rung.status and rung.marks and case.reached(rung.date)]


def _since(rungs: Sequence[Rung]) -> Rung:
    """The rung from which the last status holds without a break."""
    begun = rungs[-1]
    for rung in reversed(rungs):
        if rung.status != begun.status:
            break
        begun = rung
    return begun


def _last_decided(case: Case, meant: Meant) -> Told | None:
    """What was decided last, or came of it, where no ladder says where a matter stands."""
    if meant.story.whole:
        return None
    rows = [row for row in meant.story.decisions if case.reached(row.date) and row.marks]
    last = [row for row in rows if row.date == rows[-1].date]
    told = decision(case, only(meant, last)) if last else None
    return told._replace(value=several([row.outcome or row.kind for row in last])) if told else outcome(case, meant)


def climbs(case: Case) -> bool:
    """Whether the body's matters stand on ladders at all."""
    return any(row.rungs for row in case.register.matters)


def date(case: Case, meant: Meant) -> Told | None:
    """When a matter reached a rung, or a text a force; else when it was decided, voted on, moved or on the order of
    business, the first of these that the record shows."""
    title = case.story(meant.story)
    if case.question.rung:
        return told_lines(case, _rung_dates(case, meant), "date_of_rung", title, rung=case.question.rung)
    if case.question.sought in FORCES:
        return told_lines(case, list(_turn_dates(case, meant)), "date_of_force", title)
    for family, lines in _events(case, meant):
        last = max((line.facts[0].date for line in lines), default="") if asks_last(case) else ""
        if told := told_lines(case, [line for line in lines if line.facts[0].date >= last], family, title):
            return told
    return None


def asks_last(case: Case) -> bool:
    """Whether the words of the question ask for the last time that something was."""
    period = case.question.period
    said = case.question.text.replace(period.words, " ") if period else case.question.text
    return re.search(case.say("asked.last"), said, re.IGNORECASE) is not None


def _rung_dates(case: Case, meant: Meant) -> list[Line]:
    """The earliest day on which a matter stood on the rung that the question names."""
    matter = matter_of(case, meant.story)
    asked = fold(case.question.rung)
    dated = [rung for rung in _rungs(case, matter) if rung.date and fold(rung.status) == asked and case.meant(rung)]
    first = min(dated, key=lambda rung: rung.date, default=None)
    if first is None or matter is None:
        return []
    known = (fact("date", first.date, first), fact("status", first.status, first))
    return [Line(first.date, case.sentences.when(first.date), known, matter.id)]


def _turn_dates(case: Case, meant: Meant) -> Iterator[Line]:
    """When a text that binds first had the force that the question names."""
    for row in meant.story.decisions:
        turns = [turn for turn in row.turns if turn.force == case.question.sought and case.reached(turn.date)]
        if not turns or not binding(row):
            continue
        turn = turns[0]
        by = case.register.get(turn.by)
        proof = by.marks if isinstance(by, Decision) else row.marks
        force = case.sentences.word("force", turn.force)
        words = case.say("date_of_force.line", title=named(row), when=case.sentences.when(turn.date), force=force)
        yield Line(turn.date, words, (fact("date", turn.date, row, proof, turn.date),), row.id)


def _events(case: Case, meant: Meant) -> Iterator[tuple[str, list[Line]]]:
    """What happened to a story as the question seeks it, what says most first."""
    register, story = case.register, meant.story
    matter = story.matter
    events: list[tuple[str, Sequence[Any]]] = [
        ("decision", main_ones(register, story.decisions)),
        ("vote", main_ones(register, story.votes)),
        ("motion", main_ones(register, story.motions)),
        ("debate", matter.debates if matter and not case.question.sought else ()),
    ]
    if matter and matter.begun and _asks_for(case, "beginning"):
        events.insert(1, ("beginning", matter.begun))
    asked = next((name for name, _ in events[1:] if _asks_for(case, name)), "decision")
    for name, rows in sorted(events, key=lambda event: event[0] != asked):
        fitting = [row for row in rows if row.date and row.marks and case.meant(row) and _came(case, row)]
        yield f"date_of_{name}", [_date_line(case, row, matter) for row in fitting]


def _asks_for(case: Case, event: str) -> bool:
    """Whether the words of the question ask when there was a vote, a motion or a debate."""
    return re.search(case.say(f"asked.{event}"), case.question.text, re.IGNORECASE) is not None


def _came(case: Case, row: object) -> bool:
    """Whether what the question seeks came of a row; where it seeks nothing, that it was not turned down."""
    return holds(case.question.sought, [ended(case.register, row)]) is True if case.question.sought else True


def _date_line(case: Case, row: Any, matter: Matter | None) -> Line:
    """The day of a row, or of a debate on a matter."""
    identity = getattr(row, "id", "") or (matter.id if matter else "")
    return Line(row.date, dated(case, row), (fact("date", row.date, row),), identity)
