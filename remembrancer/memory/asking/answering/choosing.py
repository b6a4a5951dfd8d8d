"""Which of several things put in one matter a question means, by the words it adds to the matter's name.

"Who seconded the footbridge contract?"    of all the motions on the footbridge those of the contract

A motion, its vote and its decision are one thing; it is taken by the words of any of them and of the item they stand
under. Where no word tells them apart, all are meant.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from remembrancer.memory.analysis import analyze
from remembrancer.memory.asking.answering.meaning import Story
from remembrancer.memory.asking.question import Question
from remembrancer.memory.stopwords import OFFICE, STOP
from remembrancer.model import Action, Decision, Motion, Vote

Put = Motion | Vote | Decision | Action


def chosen(question: Question, story: Story) -> Story:
    """A story with only what the words of the question mean of it."""
    rows: list[Put] = [*story.motions, *story.votes, *story.decisions, *story.actions]
    together = _together(rows)
    if len(together) < 2:
        return story
    items = {each.item: each.title for each in story.matter.debates} if story.matter else {}
    said = {
        key: _words(question.language, *map(_said, same), *{items.get(row.item, "") for row in same})
        for key, same in together.items()
    }
    known = frozenset.intersection(*said.values())
    added = _added(question, story) - known
    scores = Counter({key: len(added & words) for key, words in said.items()})
    best = max(scores.values())
    kept = {row.id for key, same in together.items() if scores[key] == best for row in same}
    return only(story, kept) if best else story


def _added(question: Question, story: Story) -> frozenset[str]:
    """The words that the question adds to the name of the matter, to people and to words that only ask."""
    language = question.language
    code = language.partition("-")[0]
    titles = (story.matter.title, story.matter.number) if story.matter else ()
    people = (mention.words for mention in question.people)
    idle = " ".join((*STOP.get(code, ()), *OFFICE.get(code, ())))
    return _words(language, question.rest, question.rung) - _words(language, *titles, *people, idle)


def _words(language: str, *texts: str) -> frozenset[str]:
    return frozenset(analyze(" ".join(texts), language).split())


def _together(rows: Iterable[Put]) -> dict[str, list[Put]]:
    """Rows by what they are of: a motion with its vote and its decision."""
    listed = list(rows)
    of_vote = {row.id: row.motion or row.id for row in listed if isinstance(row, Vote)}
    found: dict[str, list[Put]] = {}
    for row in listed:
        motion, vote = getattr(row, "motion", ""), getattr(row, "vote", "")
        key = row.id if isinstance(row, Motion | Action) else motion or of_vote.get(vote) or vote or row.id
        found.setdefault(key, []).append(row)
    return found


def _said(row: Put) -> str:
    """The words of a row."""
    return " ".join(str(getattr(row, name, "")) for name in ("number", "title", "text", "question"))


def only(story: Story, kept: set[str]) -> Story:
    """A story with these rows alone."""
    return replace(
        story,
        motions=tuple(row for row in story.motions if row.id in kept),
        votes=tuple(row for row in story.votes if row.id in kept),
        decisions=tuple(row for row in story.decisions if row.id in kept),
        actions=tuple(row for row in story.actions if row.id in kept),
    )
