"""How a vote went, and who voted how: vote and ballot.

"What was the vote on the bench?"     yes 5, no 4, abstain 1
"Who voted against?"                  ("C. Cole", "D. Drew")
"How did Bell vote?"                  yes
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from remembrancer.memory.asking.answer import Fact
from remembrancer.memory.asking.answering.deciding import dated, main_ones, of_text, outcome_of, stated_ones
from remembrancer.memory.asking.answering.meaning import Meant
from remembrancer.memory.asking.answering.telling import FACTS, Case, Line, Told, fact, named, proven, told_lines
from remembrancer.memory.asking.question import Question
from remembrancer.model import CHOICES, Ballot, Person, Vote

CAST = ("yes", "no", "abstain")
NOT_CAST = ("absent", "recused", "not-voting")
UNCOUNTED = ("unanimous", "no-objection")
"""Ways of voting of which no numbers are written."""


def vote(case: Case, meant: Meant) -> Told | None:
    """The counts of the votes meant, with what came of them."""
    rows = _votes(case, meant)
    lines = [line for row in rows if (line := _vote_line(case, row, meant.story.several)) is not None]
    told = told_lines(case, lines, "vote", case.story(meant.story))
    if told is None:
        return None
    conflicting = tuple(each for row in rows for each in _names_otherwise(row))
    if not conflicting:
        return told
    counted = case.sentences.listing([each.value for each in conflicting])
    return told._replace(
        sentence=f"{told.sentence} {case.say('conflict.vote', counted=counted)}", conflicting=conflicting
    )


def poll(case: Case, meant: Meant) -> Told | None:
    """The counts of polls, of which nobody declares an outcome."""
    polls = tuple(row for row in meant.story.votes if row.method == "poll")
    return vote(case, meant._replace(story=replace(meant.story, votes=polls)))


def ballot(case: Case, meant: Meant) -> Told | None:
    """Who made the choice that the question names, or how the people it names voted."""
    rows = [row for row in _votes(case, meant) if row.ballots]
    if not rows:
        return None
    if case.question.group:
        return _of_group(case, meant, rows)
    if meant.people:
        return _of_people(case, meant, rows)
    asked = case.question
    others = bool(asked.choice) and asked.negated
    rows = [row for row in rows if (_names_everybody(row) if others else _names_all(row, asked.choice))]
    lines = [_names_line(case, row, meant.story.several) for row in rows]
    family = "ballots" if not asked.choice else "ballot_otherwise" if others else "ballot"
    choice = case.sentences.word("voted", asked.choice)
    told = told_lines(case, lines, family, case.story(meant.story), choice=choice)
    if told is None:
        return None
    names = tuple(dict.fromkeys(name for row in rows for name in _cast_by(row, asked)))
    return told._replace(value=names if len(names) != 1 else names[0])


def _names_all(row: Vote, choice: str) -> bool:
    """Whether a vote shows who made a choice: somebody is named, or its numbers leave nobody who did."""
    if not choice or any(each.choice == choice for each in row.ballots):
        return True
    counts = dict(row.counts)
    cast = sum(counts.get(each, 0) for each in CAST)
    return counts.get(choice) == 0 or (choice not in counts and 0 < cast == len(list(_cast(row))))


def _names_everybody(row: Vote) -> bool:
    """Whether a vote shows who made each choice that was counted."""
    return all(_names_all(row, choice) for choice, _ in row.counts if choice in CAST)


def _cast(row: Vote) -> Iterator[Ballot]:
    return (each for each in row.ballots if each.choice in CAST and not each.teller)


def _of_people(case: Case, meant: Meant, rows: list[Vote]) -> Told | None:
    cast = [
        (person, row, each)
        for person in meant.people
        for row in rows
        for each in row.ballots
        if each.person == person.id
    ]
    lines = [_ballot_line(case, person, row, each, meant.story.several) for person, row, each in cast]
    told = told_lines(
        case, lines, "voted", case.story(meant.story), names=case.sentences.listing([p.name for p in meant.people])
    )
    if told is None:
        return None
    choices = {each.choice for _, _, each in cast}
    asked = case.question.choice
    return told._replace(holds=asked in choices if asked and len(choices) == 1 else None)


def _of_group(case: Case, meant: Meant, rows: list[Vote]) -> Told | None:
    """How many of an affiliation voted how, by the seats that they held on the day."""
    group = case.question.group
    lines = [_group_line(case, row, cast, meant.story.several) for row in rows if (cast := _cast_in(case, row, group))]
    return told_lines(case, lines, "group", case.story(meant.story), group=group)


def _cast_in(case: Case, row: Vote, group: str) -> list[Ballot]:
    """The ballots of those who held a seat of an affiliation when a vote was taken."""
    seated = {
        person.id
        for person in case.register.people
        for seat in person.memberships
        if seat.affiliation == group and seat.since <= row.date and (not seat.until or row.date <= seat.until)
    }
    return [each for each in row.ballots if each.person in seated and case.question.choice in ("", each.choice)]


def _group_line(case: Case, row: Vote, cast: list[Ballot], many: bool) -> Line:
    counts = Counter(each.choice for each in cast)
    counted = ", ".join(f"{choice} {number}" for choice, number in _ordered(tuple(counts.items())))
    said = ", ".join(
        f"{case.sentences.word('choice', choice)} {number}" for choice, number in _ordered(tuple(counts.items()))
    )
    facts = tuple(fact(each.choice, each.label, row, each.marks) for each in cast)
    names = case.sentences.listing([_labelled(case, each) for each in cast])
    words = case.say("group.line", when=dated(case, row), tally=said, names=names, of=of_text(case, named(row), many))
    return Line(counted, words, facts, row.id)


def _votes(case: Case, meant: Meant) -> list[Vote]:
    rows = [row for row in meant.story.votes if case.meant(row) and row.marks]
    return list(main_ones(case.register, stated_ones(rows)))


def tally(counts: tuple[tuple[str, int], ...]) -> str:
    """The counts of what was cast, plainly: ``yes 15, no 0, abstain 2``; a poll's labels as they are."""
    return ", ".join(f"{choice} {number}" for choice, number in _ordered(counts) if choice not in NOT_CAST)


def _ordered(counts: tuple[tuple[str, int], ...]) -> list[tuple[str, int]]:
    place = {choice: at for at, choice in enumerate(CHOICES)}
    return sorted(counts, key=lambda count: place.get(count[0], len(place)))


def _vote_line(case: Case, row: Vote, many: bool) -> Line | None:
    ended = outcome_of(case.register, row)
    shown = case.say("vote.outcome", outcome=case.sentences.word("outcome", ended)) if ended else ""
    facts = [fact("outcome", ended, row)] if ended else []
    counted = tally(row.counts)
    if counted:
        said = ", ".join(f"{case.sentences.word('choice', choice)} {number}" for choice, number in _ordered(row.counts))
        words = case.say(
            "vote.line", when=dated(case, row), tally=said, outcome=shown, of=of_text(case, named(row), many)
        )
        return Line(counted, words, (fact("vote", said, row), *facts), row.id)
    if row.method not in UNCOUNTED:
        return None
    method = case.sentences.word("method", row.method)
    words = case.say(
        "vote.uncounted", when=dated(case, row), method=method, outcome=shown, of=of_text(case, named(row), many)
    )
    return Line(row.method, words, (fact("method", row.method, row), *facts), row.id)


def _names_otherwise(row: Vote) -> Iterator[Fact]:
    """What the names of a vote add up to, where that is not what was declared."""
    named_so = Counter(each.choice for each in row.ballots if not each.teller)
    declared = dict(row.counts)
    if any(named_so[choice] > declared.get(choice, 0) for choice in CAST if choice in declared and row.ballots):
        counts = tuple((choice, named_so[choice]) for choice in CAST if named_so[choice])
        yield fact("names", tally(counts), row)


def _meant(row: Vote, asked: Question) -> list[Ballot]:
    """The ballots of the choice that the question names, of every other where it asks for the contrary, or all."""
    return [each for each in row.ballots if not asked.choice or (each.choice == asked.choice) != asked.negated]


def _of_one_choice(asked: Question) -> bool:
    return bool(asked.choice) and not asked.negated


def _cast_by(row: Vote, asked: Question) -> Iterator[str]:
    for each in _meant(row, asked):
        yield each.label if _of_one_choice(asked) else f"{each.label}: {each.choice}"


def _names_line(case: Case, row: Vote, many: bool) -> Line:
    asked = case.question
    made = _meant(row, asked)
    facts = tuple(fact(each.choice, each.label, row, each.marks) for each in made[:FACTS])
    names = case.sentences.listing([each.label if _of_one_choice(asked) else _labelled(case, each) for each in made])
    words = case.say(
        "ballot.line",
        when=dated(case, row),
        names=names or case.say("ballot.nobody"),
        of=of_text(case, named(row), many),
    )
    return Line(", ".join(_cast_by(row, asked)), words, facts or (fact("vote", tally(row.counts), row),), row.id)


def _labelled(case: Case, each: Ballot) -> str:
    return f"{each.label} {case.sentences.word('choice', each.choice)}"


def _ballot_line(case: Case, person: Person, row: Vote, each: Ballot, many: bool) -> Line:
    choice = case.sentences.word("voted", each.choice)
    words = case.say(
        "voted.line",
        name=each.label or person.name,
        choice=choice,
        when=dated(case, row),
        of=of_text(case, named(row), many),
    )
    proof = proven([fact("ballot", each.choice, row, each.marks)])
    return Line(each.choice, words, proof, row.id)
