"""What was decided, and how a question ended: decision and outcome.

"Did we ever decide on the bench?"    That the bench be repaired. (carried, 5 May 2031)
"Was the motion carried?"             carried
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from typing import Any

from remembrancer.memory.asking.answer import Fact
from remembrancer.memory.asking.answering.meaning import Meant, Story, meanings
from remembrancer.memory.asking.answering.sentences import beside, shortened
from remembrancer.memory.asking.answering.telling import Case, Line, Told, binding, fact, named, several, told_lines
from remembrancer.memory.asking.question import Question
from remembrancer.memory.asking.understanding.wording import end_of
from remembrancer.model import Decision, Motion, Vote
from remembrancer.register.rows import Register

CARRIED = ("carried", "consensus")
LOST = ("lost", "no-consensus")
ON_THE_WAY = ("refer", "defer", "note")
"""Kinds of decision that settle nothing yet."""
NO_END = ("refer", "note", "procedural")
"""Kinds of decision that say nothing of how their matter ended."""
TURNED: Mapping[str, str] = {"reject": "lost", "defer": "deferred"}
"""How a matter ended of which a decision of such a kind was carried."""
NOT_DETERMINABLE = "not determinable"


def decision(case: Case, meant: Meant) -> Told | None:
    """The words of what was decided in the days meant, and where yes or no is asked how it ended; what was worked out
    from prose only where nothing is stated."""
    fitting = [row for row in meant.story.decisions if case.meant(row) and row.marks and _fits(case, row)]
    rows = main_ones(case.register, stated_ones(fitting))
    lines = [_decision_line(case, row) for row in rows]
    told = told_lines(case, lines, "decision", case.story(meant.story))
    if told is None:
        return None
    ends = several([row.outcome or row.kind for row in rows]) if case.question.closed else told.value
    return told._replace(value=ends, holds=any(row.outcome not in LOST for row in rows))


def put(case: Case, meant: Meant) -> Told | None:
    """What was put to the body and how it ended, where no decision is on record."""
    rows = [row for row in meant.story.motions if case.meant(row) and outcome_of(case.register, row)]
    main = main_ones(case.register, stated_ones(rows))
    told = told_lines(case, [_put_line(case, row) for row in main], "put", case.story(meant.story))
    ends = [outcome_of(case.register, row) for row in main]
    return told._replace(value=several(ends)) if told and case.question.closed else told


def outcome(case: Case, meant: Meant) -> Told | None:
    """How a question ended: as the record declares it, else as the rules make it of the vote."""
    ended = [row for row in questions(case.register, meant.story) if case.meant(row) and row.marks]
    rows = [row for row in main_ones(case.register, stated_ones(ended)) if outcome_of(case.register, row)]
    told = told_lines(
        case, [_outcome_line(case, row, meant.story.several) for row in rows], "outcome", case.story(meant.story)
    )
    if told is None:
        return None
    conflicting = tuple(each for row in rows for each in _contradicted(case.register, row))
    told = told._replace(holds=_came_to(case.question.sought, [settled(case.register, row) for row in rows]))
    if not conflicting:
        return told
    computed = case.sentences.listing([case.sentences.word("outcome", each.value) for each in conflicting])
    return told._replace(
        sentence=f"{told.sentence} {case.say('conflict.outcome', computed=computed)}", conflicting=conflicting
    )


def questions(register: Register, story: Story) -> tuple[Decision | Motion | Vote, ...]:
    """What was put, each once: motions, votes without a motion, decisions without either."""
    votes = [row for row in story.votes if not isinstance(register.get(row.motion), Motion)]
    alone = [row for row in story.decisions if not (row.motion or row.vote)]
    rows: list[Decision | Motion | Vote] = [*story.motions, *votes, *alone]
    return tuple(sorted(rows, key=lambda row: row.date))


def main_ones(register: Register, rows: Iterable[Any]) -> tuple[Any, ...]:
    """What was put without amendments, questions of procedure and steps on the way; all where there is nothing else."""
    listed = tuple(rows)
    if len(listed) < 2:
        return listed
    put = tuple(row for row in listed if not is_beside(register, row)) or listed
    return tuple(row for row in put if not (isinstance(row, Decision) and row.kind in ON_THE_WAY)) or put


def stated_ones(rows: Iterable[Any]) -> tuple[Any, ...]:
    """Rows that are stated or confirmed; all of them where none is."""
    listed = tuple(rows)
    return tuple(row for row in listed if binding(row)) or listed


def outcome_of(register: Register, row: object) -> str:
    """How a question ended; empty where neither the record nor the rules say."""
    match row:
        case Vote():
            made = "" if row.computed.outcome == NOT_DETERMINABLE else row.computed.outcome
            return row.declared or made or _motion_outcome(register, row)
        case Motion():
            vote = register.get(row.vote)
            return row.outcome or (outcome_of(register, vote) if isinstance(vote, Vote) else "")
        case Decision():
            return row.outcome
    return ""


def ended(register: Register, row: object) -> str:
    """How that ended which a row is of: what was carried may be its rejection, or a status that says so."""
    declared = outcome_of(register, row)
    if not isinstance(row, Decision) or declared in LOST:
        return declared
    return TURNED.get(row.kind) or (end_of(row.status_to) if row.kind == "set-status" else "") or declared


def settled(register: Register, row: Decision | Motion | Vote) -> str:
    """The same, and empty where a row settles nothing, or says otherwise than the decisions that came of it."""
    if isinstance(row, Decision):
        stays = row.kind == "set-status" and not end_of(row.status_to)
        unclear = row.kind == "defer" and row.outcome in LOST
        return "" if stays or unclear or row.kind in NO_END else ended(register, row)
    came = {ended(register, each) for each in register.linked(row.id) if isinstance(each, Decision)}
    declared = outcome_of(register, row)
    return declared if all(_alike(declared, each) for each in came if each) else ""


def _alike(one: str, other: str) -> bool:
    return one == other or any(one in group and other in group for group in (CARRIED, LOST))


def _motion_outcome(register: Register, vote: Vote) -> str:
    motion = register.get(vote.motion)
    return motion.outcome if isinstance(motion, Motion) else ""


def quoted(case: Case, text: str) -> str:
    """The words of a row as a sentence quotes them."""
    return case.say("notes.quoted", text=shortened(text))


def of_text(case: Case, text: str, many: bool) -> str:
    """Which of several a line tells of; of one alone the sentence says it already."""
    return case.say("notes.of", text=quoted(case, text)) if many else ""


def dated(case: Case, row: Any) -> str:
    """When something was, and that it was worked out where it was."""
    note = "" if binding(row) else " " + case.say("notes.inferred")
    return case.sentences.when(row.date) + note


def _decision_line(case: Case, row: Decision) -> Line:
    ended = case.sentences.word("outcome", row.outcome) if row.outcome else case.sentences.word("decided", row.kind)
    text = row.text or row.title
    called = f"{row.number}, " if row.number and row.number not in text else ""
    words = case.say("decision.line", when=dated(case, row), text=called + quoted(case, text), outcome=ended)
    facts = [fact("decision", text, row), *([fact("outcome", row.outcome, row)] if row.outcome else [])]
    if row.number:
        facts.append(fact("number", row.number, row))
    return Line(text, words, tuple(facts), row.id)


def _fits(case: Case, row: Decision) -> bool:
    """Whether a decision ended as the question seeks."""
    sought = case.question.sought
    return not sought or holds(sought, [ended(case.register, row)]) is not False


def _put_line(case: Case, row: Motion) -> Line:
    ended = outcome_of(case.register, row)
    shown = case.sentences.word("outcome", ended)
    words = case.say("decision.line", when=dated(case, row), text=quoted(case, row.text), outcome=shown)
    return Line(row.text, words, (fact("motion", row.text, row), fact("outcome", ended, row)), row.id)


def _outcome_line(case: Case, row: Decision | Motion | Vote, many: bool) -> Line:
    came = ended(case.register, row)
    words = case.say(
        "outcome.line",
        when=dated(case, row),
        outcome=case.sentences.word("outcome", came),
        of=of_text(case, named(row), many),
    )
    return Line(came, words, (fact("outcome", came, _evidence(case.register, row)),), row.id)


def _evidence(register: Register, row: Decision | Motion | Vote) -> Decision | Motion | Vote:
    """The row whose words say how a question ended: of a motion that does not say, its vote."""
    vote = register.get(row.vote) if isinstance(row, Motion) and not row.outcome else None
    return vote if isinstance(vote, Vote) else row


def _contradicted(register: Register, row: Decision | Motion | Vote) -> Iterable[Fact]:
    """What the rules make of the numbers where the record declares otherwise."""
    vote = row if isinstance(row, Vote) else register.get(getattr(row, "vote", ""))
    if isinstance(vote, Vote) and vote.declared and vote.computed.outcome not in (NOT_DETERMINABLE, vote.declared):
        yield fact("computed", vote.computed.outcome, vote)


def borne_out(question: Question, register: Register) -> bool | None:
    """Whether the register shows of anything that a question means that it ended as the question has it; None where it
    shows no end."""
    stories = [each.story for each in meanings(question, register) or ()]
    rows = (row for story in stories for row in (*story.motions, *story.votes, *story.decisions))
    rungs = (rung for story in stories if story.matter for rung in story.matter.rungs)
    ends = chain((ended(register, row) for row in rows), (end_of(rung.status) for rung in rungs))
    known = [each for each in ends if each]
    return any(_alike(question.sought, each) for each in known) if known else None


def holds(sought: str, ended: Sequence[str]) -> bool | None:
    """Whether all ended as sought; None where nothing is sought, or some did and some not."""
    alike = next((group for group in (CARRIED, LOST) if sought in group), (sought,))
    fitting = {each in alike for each in ended}
    return fitting.pop() if sought and len(fitting) == 1 else None


def _came_to(sought: str, ends: Sequence[str]) -> bool | None:
    """Whether all came to what is sought; None where one of them does not say."""
    return holds(sought, ends) if all(ends) else None


def is_beside(register: Register, row: Decision | Motion | Vote) -> bool:
    """Whether something put is an amendment or a question of procedure."""
    motion = row if isinstance(row, Motion) else register.get(getattr(row, "motion", ""))
    if isinstance(motion, Motion) and motion.amends:
        return True
    if isinstance(row, Decision):
        return row.kind == "procedural"
    labelled = (row.text,) if isinstance(row, Motion) else (row.business, row.question)
    return any(beside("amendments", "procedure").match(each) for each in labelled)


def only(meant: Meant, decisions: Sequence[Decision]) -> Meant:
    """A meaning of these decisions alone."""
    return meant._replace(story=replace(meant.story, decisions=tuple(decisions)))
