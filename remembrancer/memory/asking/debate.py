"""The debate on what was asked: the speeches that matter, and on which side the record shows their speakers.

A side is shown by what a person did - moved or seconded it, cast a ballot on it that day - or, where nothing of that
is in the record, by what they say in the first person: "I cannot support this". The latter is worked out from prose
and never ``stated``. Whoever says both things has no side.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from remembrancer.memory.asking.answer import Position, Stance
from remembrancer.model import Decision, Mark, Matter, Motion, Vote
from remembrancer.register.rows import Register
from remembrancer.saying import NOTHING, Sentence, Term

BALLOTS: dict[str, Stance] = {"yes": "for", "no": "against"}
SENTENCE = re.compile(r"[^.!?…]+[.!?…]?")
SHORTEST = 8
"""Words of a speech that may matter to a debate."""


class Spoken(NamedTuple):
    """A speech that was found, best first: its element's id, the person's id or empty, what is said, and when."""

    element: str
    person: str
    text: str
    date: str
    language: str = ""


def positions(register: Register, about: Iterable[str], spoken: Sequence[Spoken], limit: int) -> list[Position]:
    """At most ``limit`` of the speeches, those that take a side first, for and against in turn, one of each speaker
    before a second of anybody."""
    acts = _Acts(register, about)
    placed = [_position(acts, each) for each in spoken if len(each.text.split()) >= SHORTEST]
    sides = [_one_of_each_first([each for each in placed if each.stance == side]) for side in ("for", "against", "")]
    taking = [each for pair in _in_turn(sides[0], sides[1]) for each in pair]
    return [*taking, *sides[2]][:limit]


def side_of(text: str, language: str) -> Stance:
    """The side that a speech takes in the first person; empty where it takes none, or both.

    >>> side_of("I cannot support this proposal. It is too early.", "en")
    'against'
    """
    taken = {side for sentence in SENTENCE.findall(text) for side in _sides(sentence, language)}
    return taken.pop() if len(taken) == 1 else ""


_MOVED = Sentence("moved")
_SECONDED = Sentence("seconded")


class _Acts:
    """What was done with the rows asked about: by person and day, the side it shows and why."""

    def __init__(self, register: Register, about: Iterable[str]) -> None:
        self._done: dict[str, list[tuple[str, Stance, Sentence, tuple[Mark, ...]]]] = {}
        for motion, vote in _put_to_the_body(register, about):
            for person, why in ((motion.mover, _MOVED), (motion.seconder, _SECONDED)) if motion else ():
                self._add(person, motion.date if motion else "", "for", why, motion.marks if motion else ())
            for ballot in vote.ballots if vote else ():
                side = BALLOTS.get(ballot.choice)
                if side and vote:
                    why = Sentence("voted %(choice)s", choice=Term("choice", ballot.choice))
                    self._add(ballot.person, vote.date, side, why, ballot.marks or vote.marks)

    def _add(self, person: str, date: str, side: Stance, why: Sentence, marks: tuple[Mark, ...]) -> None:
        if person:
            self._done.setdefault(person, []).append((date, side, why, marks))

    def of(self, person: str, date: str) -> tuple[Stance, Sentence, tuple[Mark, ...]] | None:
        """The side that a person's acts on the day of a speech show; None where there are none, or on both sides."""
        done = [(side, why, marks) for day, side, why, marks in self._done.get(person, ()) if day == date]
        return done[-1] if len({side for side, _, _ in done}) == 1 else None


def _put_to_the_body(register: Register, about: Iterable[str]) -> Iterator[tuple[Motion | None, Vote | None]]:
    """Every motion with its vote that the rows asked about are, or stand on; never amendments, on which a yes shows
    nothing about the whole."""
    wanted = set(about)
    for row in register.decisions:
        if wanted & {row.id, row.matter}:
            wanted |= {row.motion, row.vote}
    wanted.discard("")
    votes = {vote.motion: vote for vote in register.votes if vote.motion}
    for motion in register.motions:
        vote = votes.get(motion.id)
        if not motion.amends and wanted & {motion.id, motion.matter, vote.id if vote else ""}:
            yield motion, vote
    for vote in register.votes:
        if not vote.motion and wanted & {vote.id, vote.matter}:
            yield None, vote


def _position(acts: _Acts, spoken: Spoken) -> Position:
    shown = acts.of(spoken.person, spoken.date) if spoken.person else None
    if shown:
        side, why, marks = shown
        return Position(spoken.element, spoken.person, side, why, True, marks)
    said = side_of(spoken.text, spoken.language)
    return Position(spoken.element, spoken.person, said, Sentence("said so") if said else NOTHING, False)


def _one_of_each_first(placed: Sequence[Position]) -> list[Position]:
    seen: dict[str, int] = {}
    ranked = []
    for at, each in enumerate(placed):
        times = seen[each.person] = seen.get(each.person, -1) + 1 if each.person else 0
        ranked.append((times, at, each))
    return [each for _, _, each in sorted(ranked, key=lambda one: one[:2])]


def _in_turn(one: Sequence[Position], other: Sequence[Position]) -> Iterator[tuple[Position, ...]]:
    for at in range(max(len(one), len(other))):
        yield (*one[at : at + 1], *other[at : at + 1])


def _sides(sentence: str, language: str) -> Iterator[Stance]:
    words = _words(language)
    folded = sentence.replace("’", "'")
    if words["none"].search(folded):
        return
    if words["against"].search(folded):
        yield "against"
    elif words["for"].search(folded):
        yield "for"


@cache
def _words(language: str) -> dict[str, re.Pattern[str]]:
    """The patterns of a language; of all of them where it is not known."""
    listed = _lists()
    chosen = [listed[language]] if language in listed else list(listed.values())
    return {
        name: re.compile(
            rf"(?<!\w)(?:{'|'.join(each for lists in chosen for each in lists[name])})(?!\w)", re.IGNORECASE
        )
        for name in ("for", "against", "none")
    }


@cache
def _lists() -> dict[str, dict[str, list[str]]]:
    path = files("remembrancer.memory.asking") / "stances.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


def items_of(register: Register, about: Iterable[str]) -> list[str]:
    """The items in whose debates the rows asked about were spoken on, latest first, each once."""
    items: dict[str, str] = {}
    for identity in about:
        row = register.get(identity)
        if isinstance(row, Matter):
            items |= {debate.item: debate.date for debate in row.debates if debate.item}
        elif isinstance(row, Decision | Motion | Vote) and row.item:
            items[row.item] = row.date
    return sorted(items, key=lambda item: items[item], reverse=True)
