"""Which of several things put in one matter a question means, by the words it adds to the matter's name.

"Who seconded the footbridge contract?"                    of all the motions on the footbridge those of the contract
"How did the Pier Committee vote on the footbridge?"       those put at its sittings; as well "the PC"
"Who voted against the amendment to the footbridge?"       the amendments

A motion, its vote and its decision are one thing; it is taken by the words of any of them and of the item they stand
under. Where no word tells them apart, all are meant.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from remembrancer.memory.analysis import analyze
from remembrancer.memory.asking.answering.deciding import is_beside
from remembrancer.memory.asking.answering.meaning import Meant, Story
from remembrancer.memory.asking.answering.ownership import Put
from remembrancer.memory.asking.answering.sentences import beside
from remembrancer.memory.asking.answering.telling import named
from remembrancer.memory.asking.question import Kind, Question
from remembrancer.memory.asking.understanding.naming import in_short
from remembrancer.memory.stopwords import OFFICE, STOP
from remembrancer.model import Action, Decision, Motion, Vote
from remembrancer.register.rows import Register

VOTED: tuple[Kind, ...] = ("vote", "ballot")
"""What is asked of a vote on a rung, so that of several votes none is meant that does not name it,
and a single one not where it names another."""

_WORD = re.compile(r"\w+")
_CAPITALS = re.compile(r"\b[A-Z]{2,}\b")


def chosen(question: Question, story: Story, called: Callable[[str], str] = lambda identity: "") -> Story:
    """A story with only what the words of the question mean of it; ``called`` titles a sitting by its id."""
    return _by_words(question, _amending(question, _of_body(question, story, called)))


def _of_body(question: Question, story: Story, called: Callable[[str], str]) -> Story:
    """What was put at the sittings whose titles have most of the question's words that not all of them have."""
    rows: list[Put] = [*story.motions, *story.votes, *story.decisions, *story.actions]
    titles = {sitting: called(sitting) for sitting in dict.fromkeys(row.sitting for row in rows)}
    if len(set(titles.values())) < 2:
        return story
    told = {sitting: _title_words(question.language, title) for sitting, title in titles.items()}
    named = " ".join(filter(None, (story.matter.title, story.matter.number) if story.matter else ()))
    idle = frozenset.intersection(*told.values()) | _title_words(question.language, named)
    asked = _title_words(question.language, question.rest) - idle
    kept = _most({sitting: asked & words for sitting, words in told.items()})
    return only(story, {row.id for row in rows if row.sitting in kept})


def _title_words(language: str, title: str) -> frozenset[str]:
    """The words of a sitting's title or a question, those in capitals alone as they are: what a body is called in
    short, which of a title are the capitals of its last words."""
    words = frozenset(word for word in _words(language, title) if not word[0].isdigit())
    return words | in_short(title) | frozenset(_CAPITALS.findall(title))


def _most(shared: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """Those that share most; all where none shares anything."""
    most = max(map(len, shared.values()))
    return frozenset(each for each, words in shared.items() if len(words) == most)


def _amending(question: Question, story: Story) -> Story:
    """The amendments and what came of them where the question says that it is about one; without, what is left."""
    title = story.matter.title if story.matter else ""
    if question.act or not amends(question.rest) or amends(title):
        return story
    ids = {row.id for row in story.motions if row.amends or beside("amendments").match(row.text)}
    ids |= {row.id for row in story.votes if row.motion in ids or beside("amendments").match(row.question)}
    ids |= {row.id for row in story.decisions if row.motion in ids or row.vote in ids}
    return only(story, ids) if ids else story


def main_readings(question: Question, meant: Sequence[Meant], register: Register) -> Sequence[Meant]:
    """What is meant without what was only noted, questions of procedure, and what is called an amendment where the
    question speaks of none; all where nothing else is."""
    if len(meant) < 2:
        return meant
    asks = amends(question.text)
    return [each for each in meant if not _is_aside(each.story, register, asks)] or meant


def _is_aside(story: Story, register: Register, amending: bool) -> bool:
    if _only_noted(story):
        return True
    put = (row for row in story.named if isinstance(row, Decision | Motion | Vote))
    return not amending and (
        any(amends(named(row)) for row in story.named) or any(is_beside(register, row) for row in put)
    )


def _only_noted(story: Story) -> bool:
    """Whether all that a story tells is that a paper was noted."""
    kinds = {row.kind for row in story.decisions}
    return kinds == {"note"} and not (story.motions or story.votes)


def amends(words: str) -> bool:
    """Whether words speak of an amendment, or of several."""
    forms = (form for word in _WORD.findall(words) for form in (word, word.removesuffix("s")))
    return any(map(beside("amendments").match, forms))


def _by_words(question: Question, story: Story) -> Story:
    """What has most of the words that the question adds to the name of the matter."""
    rows: list[Put] = [*story.motions, *story.votes, *story.decisions, *story.actions]
    together = _together(rows)
    if question.kind in VOTED:
        together = {key: same for key, same in together.items() if any(isinstance(row, Vote) for row in same)}
        if _of_another_rung(question, together.values()):
            return only(story, set())
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


def _of_another_rung(question: Question, votes: Collection[Sequence[Put]]) -> bool:
    """Whether none of the votes is on the rung that the question names: of several none says so, or the one there is
    speaks of another."""
    rung = analyze(question.rung, question.language).split()
    said = [analyze(" ".join(map(_said, same)), question.language).split() for same in votes]
    if not rung or any(_stands_in(rung, words) for words in said):
        return False
    return len(said) > 1 or any(rung[0] in words for words in said)


def _stands_in(phrase: Sequence[str], words: Sequence[str]) -> bool:
    return any(words[at : at + len(phrase)] == phrase for at in range(len(words)))


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
