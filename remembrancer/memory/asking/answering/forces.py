"""Whether a text is in force on a day, since when and by what; what replaced or amended it, and what it did so to.

"Is ordinance 12 still in force?"     repealed: since 1 May 2031, by ordinance 15
"What replaced ordinance 12?"         ordinance 15

Force rests on stated and confirmed decisions alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from remembrancer.memory.asking.answer import Fact
from remembrancer.memory.asking.answering.meaning import Meant, Story
from remembrancer.memory.asking.answering.telling import (
    Case,
    Line,
    Told,
    binding,
    decision_of,
    fact,
    matter_of,
    named,
    told_lines,
)
from remembrancer.model import Decision, Matter, Provision, Relation, Turn
from remembrancer.record.persons import fold
from remembrancer.register.rows import Register, Row

SUCCEEDS = ("replaces", "repeals")
"""What a text does to one that it comes after."""
AMENDS = ("amends",)
"""What a text does to one that goes on beside it."""


class Standing(NamedTuple):
    """The force of a text on a day: the turn it began with, if any, and the provision it is of, if one is asked for."""

    force: str
    turn: Turn | None
    provision: str = ""


def force(case: Case, meant: Meant) -> Told | None:
    """The force of the texts meant on the last day meant, else on the day of the answer."""
    if meant.story.whole:
        return None
    rows = [row for row in meant.story.decisions if row.turns and row.marks and binding(row)]
    chosen = _texts(meant.story, rows)
    stands = [(row, _standing(row, case)) for row in chosen]
    lines = [_force_line(case, row, standing) for row, standing in stands]
    told = told_lines(case, lines, "force", case.story(meant.story))
    if told is None:
        return None
    sought = case.question.sought
    held = {standing.force == sought for _, standing in stands}
    return told._replace(holds=held.pop() if sought and len(held) == 1 else None)


def _texts(story: Story, rows: Sequence[Decision]) -> Sequence[Decision]:
    """Of the decisions of a story the text itself: those the question names, else that of the matter's number."""
    named_ones = [row for row in rows if row in story.named]
    number = fold(story.matter.number) if story.matter else ""
    numbered = [row for row in rows if number and fold(row.number) == number]
    lasting = [row for row in rows if row.kind not in ("procedural", "note", "refer", "defer", "reject")]
    return named_ones or numbered or lasting or rows


def _standing(row: Decision, case: Case) -> Standing:
    # Whoever asks for no force need not load what works it out.
    from remembrancer.register.resolving.force import History, force_of, force_on

    day = case.limit or case.day
    provision = _provision(row, case)
    if provision is None:
        return Standing(force_on(row.turns, day), _began(row.turns, force_on(row.turns, day), day))
    history = History(row.turns, {each.number: each.turns for each in row.provisions if each.turns})
    holding = force_of(history, provision.number, day)
    return Standing(holding, _began(provision.turns or row.turns, holding, day), provision.number)


def force_now(case: Case, row: Decision) -> str:
    """The force of a decision that binds on the last day meant; empty where it was only worked out."""
    return _standing(row, case).force if binding(row) else ""


def _began(turns: Sequence[Turn], force: str, day: str) -> Turn | None:
    """The turn from which a force has held without a break until a day."""
    begun: Turn | None = None
    for turn in turns:
        if turn.date > day:
            break
        if turn.force != force:
            begun = None
        elif begun is None:
            begun = turn
    return begun


def _provision(row: Decision, case: Case) -> Provision | None:
    """The provision of a decision that the question names by its number."""
    text = case.question.text
    numbers = "|".join(
        sorted((re.escape(each.number) for each in row.provisions if each.number), key=len, reverse=True)
    )
    found = (
        re.search(rf"(?<!\w){case.say('force.provision')}\s*({numbers})(?![\w(.]*\w)", text, re.IGNORECASE)
        if numbers
        else None
    )
    return next((each for each in row.provisions if found and each.number.casefold() == found[1].casefold()), None)


def _force_line(case: Case, row: Decision, standing: Standing) -> Line:
    turn = standing.turn
    by = decision_of(case.register, turn.by) if turn else None
    shown = case.sentences.word("force", standing.force)
    since = case.say("force.since", date=case.sentences.date(turn.date)) if turn else ""
    through = case.say("force.by", title=named(by)) if by else ""
    title = case.say("force.part", number=standing.provision, title=named(row)) if standing.provision else named(row)
    when = case.sentences.when(case.limit) if case.limit else ""
    ahead = bool(when) and case.limit > case.day > ""
    words = case.say(
        "force.ahead" if ahead else "force.then" if when else "force.line",
        title=title,
        force=shown,
        since=since,
        by=through,
        when=when,
    )
    return Line(standing.force, words, tuple(_force_facts(row, standing, by)), row.id)


def _force_facts(row: Decision, standing: Standing, by: Decision | None) -> Iterator[Fact]:
    turn = standing.turn
    yield fact("force", standing.force, row, date=turn.date if turn else "")
    if by is not None and turn is not None:
        proof = [mark for each in by.relations if each.target in (row.id, row.matter) for mark in each.marks]
        yield fact("by", by.number or by.title or by.text, by, (*proof, *by.marks))


def superseded_by(case: Case, meant: Meant) -> Told | None:
    """What replaced or repealed the thing meant."""
    return _related(case, meant, "superseded-by", _acting(case, meant.story, SUCCEEDS))


def supersedes(case: Case, meant: Meant) -> Told | None:
    """What the thing meant replaced or repealed."""
    return _related(case, meant, "supersedes", _acted_on(case, meant.story, SUCCEEDS))


def amended_by(case: Case, meant: Meant) -> Told | None:
    """What changed the thing meant."""
    return _related(case, meant, "amended-by", _acting(case, meant.story, AMENDS))


def amends(case: Case, meant: Meant) -> Told | None:
    """What the thing meant changed."""
    return _related(case, meant, "amends", _acted_on(case, meant.story, AMENDS))


class Other(NamedTuple):
    """The other text of a relation: called by number or title, called so in a sentence, the relation, its row (empty
    where the record does not hold it), and the row ``by`` which the relation is stated."""

    value: str
    title: str
    relation: Relation
    row: str
    by: str


def repealer_of_unheld(case: Case) -> Told | None:
    """What replaced or repealed a text that the record does not hold, by its number as those that did so write it."""
    asked = [_number_words(mention.words) for mention in case.question.about if not mention.subjects]
    if len(asked) != 1 or not any(word.isdigit() for word in asked[0]):
        return None
    rows: list[Matter | Decision] = [*case.register.matters, *case.register.decisions]
    lines = [
        Line(row.number or named(row), named(row), (fact("superseded-by", row.number or named(row), relation),), row.id)
        for row in rows
        for relation in row.relations
        if relation.kind in SUCCEEDS and relation.stated and not (relation.target or relation.provision)
        if _number_words(relation.target_text) == asked[0] and (isinstance(row, Matter) or binding(row))
    ]
    return told_lines(case, lines, "superseded-by", case.question.about[0].words)


def _number_words(text: str) -> frozenset[str]:
    """The words of a number as people write it: ``Ordinance Nos. 11`` as ``Ordinance 11``."""
    return frozenset(fold(text).split()) - {"no", "nos", "number", "nr", "the"}


def _related(case: Case, meant: Meant, family: str, others: Iterable[Other]) -> Told | None:
    """The texts that a relation leads to, those named by number or found rather than those of a general clause."""
    if meant.story.whole:
        return None
    stated = [each for each in others if each.relation.stated and each.relation.marks]
    named_ones = [each for each in stated if each.row or re.search(r"\d", each.value)]
    lines = [
        Line(
            each.value,
            each.title,
            (fact(family, each.value, each.relation)._replace(row=each.by), *_texts_of(case, each)),
            each.row,
        )
        for each in named_ones or stated
    ]
    told = told_lines(case, lines, family, case.story(meant.story))
    return told and told._replace(holds=True)


def _texts_of(case: Case, other: Other) -> Iterator[Fact]:
    """The texts on both sides of a relation, whose words prove what they are called."""
    for identity in dict.fromkeys((other.by, other.row, other.relation.target)):
        row = decision_of(case.register, identity)
        if row is not None:
            yield fact("text", named(row), row)


def _acted_on(case: Case, story: Story, kinds: Sequence[str]) -> Iterator[Other]:
    """What the texts of a story do something to."""
    for row in _own(case, story):
        for relation in row.relations:
            if relation.kind in kinds and relation.target != row.id:
                yield _called(case.register, relation, row.id)


def _acting(case: Case, story: Story, kinds: Sequence[str]) -> Iterator[Other]:
    """What does something to the texts of a story; to replace a part of one is to amend it."""
    ids = {row.id for row in _own(case, story)}
    rows: list[Matter | Decision] = [*case.register.matters, *case.register.decisions]
    for row in rows:
        if isinstance(row, Decision) and not (binding(row) and case.reached(row.date)):
            continue
        for relation in row.relations:
            partly = bool(relation.provision) and kinds == AMENDS and relation.kind in SUCCEEDS
            wholly = relation.kind in kinds and not (relation.provision and kinds == SUCCEEDS)
            if relation.target in ids - {row.id} and (partly or wholly):
                yield Other(row.number or named(row), named(row), relation, row.id, row.id)


def _own(case: Case, story: Story) -> list[Matter | Decision]:
    """The matter and the texts of a story."""
    matter = matter_of(case, story)
    return [*([matter] if matter else []), *_texts(story, story.decisions)]


def _called(register: Register, relation: Relation, by: str) -> Other:
    target: Row | None = register.get(relation.target) if relation.target else None
    if isinstance(target, (Matter, Decision)):
        return Other(target.number or named(target), named(target), relation, target.id, by)
    return Other(relation.target_text, relation.target_text, relation, "", by)
