"""What every answer is told with: the question, the register, the templates; and facts with the words that prove them.

A family of kinds (``standing``, ``voting`` ...) has one function for each kind, ``(case, meant) -> Told | None``:
what the rows of one meaning of the question show, or None where they do not show it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, NamedTuple

from remembrancer.memory.asking.answer import Fact, Value
from remembrancer.memory.asking.answering.meaning import Story, by_then, within
from remembrancer.memory.asking.answering.sentences import Sentences, sentences, shortened
from remembrancer.memory.asking.question import Question
from remembrancer.model import Authority, Decision, Mark, Matter, Person, Sha256
from remembrancer.register.rows import Register, Row

FACTS = 50
"""Most facts that one answer carries; its value has them all."""
CALLED = 60
"""Most characters of what a row is called."""
SAID = 6
"""Most of several values that a sentence says."""
TOLD = 3
"""Most of several that a sentence tells one by one, each with its date; of more it says how many, from when to when."""
BRIEF = 40
"""Most characters of a value that a sentence says beside others."""

Authorities = Callable[[Sha256], tuple[int, Authority]]
"""The rank of a source, the greater the stronger, and its authority."""


class Told(NamedTuple):
    """What the rows of one meaning show. ``holds`` answers yes or no where the question asks for that; ``about`` are
    the rows it is told of."""

    value: Value
    sentence: str
    facts: tuple[Fact, ...]
    conflicting: tuple[Fact, ...] = ()
    about: tuple[str, ...] = ()
    holds: bool | None = None


class Line(NamedTuple):
    """One of several things to tell: its value, the words for it in a list, and its facts."""

    value: str
    words: str
    facts: tuple[Fact, ...]
    row: str = ""


@dataclass(frozen=True)
class Case:
    """A question put to a register on a day. ``authority`` ranks sources that disagree; ``called`` gives a sitting's
    title by its id."""

    question: Question
    register: Register
    day: str
    authority: Authorities
    called: Callable[[str], str]

    @cached_property
    def sentences(self) -> Sentences:
        return sentences(self.question.language)

    @property
    def limit(self) -> str:
        """The last day that the question means, as far as the register answers for it; empty for no limit."""
        period = self.question.period
        return period.last if period and period.last else ""

    def say(self, template: str, /, **facts: str | int) -> str:
        return self.sentences.say(template, **facts)

    def meant(self, row: Any) -> bool:
        """Whether a dated row lies in the days and sittings that the question means."""
        return within(self.question, row.date, getattr(row, "sitting", ""))

    def reached(self, date: str) -> bool:
        """Whether something dated so is within the question's last day."""
        return by_then(date, self.limit)

    def of_matter(self, story: Story, matter: Matter) -> str:
        """What a matter is called in a sentence: by the title that the question uses, where it is one of its own."""
        return named(replace(matter, title=story.called) if story.called else matter)

    def story(self, story: Story) -> str:
        """What a story is called in a sentence."""
        if story.whole:
            return ""
        return self.of_matter(story, story.matter) if story.matter else named(story.named[0])


def named(row: Row) -> str:
    """What a row is called: ``2024/16 (Bench repair)``, ``A. Bell``, the words of a motion."""
    if isinstance(row, Person):
        return row.name
    called = next(filter(None, (getattr(row, name, "") for name in ("title", "text", "question"))), "")
    number = getattr(row, "number", "")
    if number and called and number.casefold() not in called.casefold():
        return f"{number} ({shortened(called, CALLED)})"
    return shortened(called, CALLED) or number


def fact(name: str, value: str, row: Any, marks: Iterable[Mark] = (), date: str = "") -> Fact:
    """A fact of a row, with marks of its own or the row's."""
    proof = tuple(dict.fromkeys(marks)) or tuple(row.marks)
    dated = date or getattr(row, "date", "")
    confirmed = bool(getattr(row, "confirmed", ""))
    return Fact(name, value, getattr(row, "id", ""), dated, getattr(row, "stated", True), confirmed, proof)


def proven(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """The facts that words of the record prove, each once."""
    return tuple(dict.fromkeys(each for each in facts if each.marks))


def binding(row: Any) -> bool:
    """Whether what binds may rest on a row: it is stated, or a clerk confirmed it."""
    return getattr(row, "stated", True) or bool(getattr(row, "confirmed", ""))


def several(values: Sequence[str]) -> Value:
    """One value as it is, several as a tuple without repetition."""
    once = tuple(dict.fromkeys(values))
    return once[0] if len(once) == 1 else once


def told_lines(case: Case, lines: Sequence[Line], family: str, title: str, **facts: str | int) -> Told | None:
    """One line by the family's template ``one``, several by ``many``; None where there is none."""
    proved = [line for line in lines if proven(line.facts)]
    if not proved:
        return None
    words = list(dict.fromkeys(line.words for line in proved))
    value = several([line.value for line in proved])
    about = tuple(dict.fromkeys(line.row for line in proved if line.row))
    every = proven(each._replace(row=each.row or line.row) for line in proved for each in line.facts)[:FACTS]
    on = case.say("notes.on", title=title) if title else ""
    if len(words) == 1:
        return Told(value, case.say(f"{family}.one", title=title, on=on, line=words[0], **facts), every, about=about)
    dates = [line.facts[0].date for line in proved]
    said = in_short(case, words, [line.value for line in proved], dates)
    sentence = case.say(f"{family}.many", title=title, on=on, lines=said, count=len(words), **facts)
    return Told(value, sentence, every, about=about)


def in_short(case: Case, words: Sequence[str], values: Sequence[str], dates: Sequence[str]) -> str:
    """Several things in a sentence: one by one where they are few or not dated; else their values, if these are short,
    and the first and the last date."""
    if len(words) <= TOLD or not all(dates):
        return _some(case, words)
    once = list(dict.fromkeys(values))
    first, last = min(dates), max(dates)
    when = case.sentences.when
    span = case.say("lists.span", first=when(first), last=when(last)) if first < last else when(first)
    said = _some(case, once) if max(map(len, once)) <= BRIEF else ""
    return case.say("lists.spanned", values=said, span=span) if said else span


def _some(case: Case, words: Sequence[str]) -> str:
    more = case.say("lists.more", count=len(words) - SAID) if len(words) > SAID else ""
    return "; ".join(words[:SAID]) + more


def stronger_first(case: Case, facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """Facts by the authority of their sources, the strongest first."""
    return tuple(
        sorted(facts, key=lambda each: -max((case.authority(mark.source)[0] for mark in each.marks), default=0))
    )


def matter_of(case: Case, story: Story) -> Matter | None:
    """The matter of a story: the one named, or that of all its rows."""
    if story.matter:
        return story.matter
    ids = {row.matter for row in story.named if not isinstance(row, (Matter, Person))}
    row = case.register.get(ids.pop()) if len(ids) == 1 else None
    return row if isinstance(row, Matter) else None


def decision_of(register: Register, identity: str) -> Decision | None:
    """A decision by its id."""
    row = register.get(identity) if identity else None
    return row if isinstance(row, Decision) else None
