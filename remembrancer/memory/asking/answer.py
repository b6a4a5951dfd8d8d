"""What an answer is made of: frozen types, and nothing of how it is found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from remembrancer.model import Mark
from remembrancer.saying import Sentence

Status = Literal["answered", "silent", "ambiguous"]

Value = str | int | tuple[str, ...]
"""What is asked for, plainly: ``Stage 3``, ``2021-03-10``, ``yes 15, no 0``, ``("Bell", "Cole")``, ``12``."""


class Fact(NamedTuple):
    """One thing that the register shows. ``name`` is what it is ("status", "date", "vote"), ``value`` as shown, ``row``
    the id of the row that has it; ``stated`` is false where it was worked out from prose, ``confirmed`` true where a
    clerk confirmed it. ``marks`` are the words that prove it."""

    name: str
    value: str
    row: str
    date: str = ""
    stated: bool = True
    confirmed: bool = False
    marks: tuple[Mark, ...] = ()


class Reading(NamedTuple):
    """One of the things an ambiguous question may mean: the row, and what it is called, told apart from the others."""

    row: str
    title: str


@dataclass(frozen=True, slots=True)
class Found:
    """What the register says to a question.

    ``value`` and ``sentence`` are made from ``facts`` by a template. ``conflicting`` are facts of other sources that
    say otherwise, shown side by side and never chosen between silently. ``about`` are the rows the answer is about,
    from which the debate is found. ``status`` is ``silent`` where the register knows what is asked about and does not
    hold what is asked for: then ``sentence`` says what it does not show.
    """

    status: Status
    sentence: str
    value: Value | None = None
    facts: tuple[Fact, ...] = ()
    conflicting: tuple[Fact, ...] = ()
    about: tuple[str, ...] = ()
    readings: tuple[Reading, ...] = ()


Stance = Literal["for", "against", ""]


class Position(NamedTuple):
    """A speech that matters to what was asked: the ids of element and speaker, and on which side the record shows
    them. ``why`` says what shows it ("voted yes", "said so"), with its ``marks``; a stance read from prose is not
    ``stated``."""

    element: str
    person: str
    stance: Stance
    why: Sentence
    stated: bool
    marks: tuple[Mark, ...] = ()
