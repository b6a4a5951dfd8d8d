"""The shapes of an answer."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from remembrancer.interfaces.shapes.base import Maybe, Shape, Span
from remembrancer.interfaces.shapes.record import Claim, Hit
from remembrancer.memory.asking.question import Kind
from remembrancer.model import Authority

Scalar = str | int | float


class Fact(Shape):
    name: str = Field(description="What it is: status, date, vote, mover ...")
    value: str
    row: str = Field(description="The id of the decision, vote, motion, matter or person that shows it.")
    title: Maybe = Field(description="What that row is called.")
    date: Maybe
    stated: bool = Field(description="False: worked out from prose.")
    confirmed: bool = Field(description="True: the clerk confirmed it.")
    authority: Authority
    path: Maybe
    place: Maybe
    spans: list[Span]


class Speaking(Shape):
    stance: Annotated[Literal["for", "against"] | None, BeforeValidator(lambda side: side or None)]
    why: Maybe = Field(description="What shows the side: moved, seconded, voted yes, said so.")
    stated: bool = Field(description="False: the side is read from the speaker's words alone.")
    shown_by: list[Span]
    speech: Hit


class Reading(Shape):
    row: str
    title: str


class Answer(Shape):
    question: str
    status: Literal["answered", "silent", "ambiguous"]
    kind: Kind
    value: Scalar | list[Scalar] | None
    sentence: str
    answer: list[Hit] = Field(description="The words that prove the facts, or the passages that answer.")
    facts: list[Fact]
    conflicts: list[Fact] = Field(description="What other documents say instead.")
    debate: list[Speaking]
    readings: list[Reading] = Field(description="What an ambiguous question may mean; ask again --about a row.")
    reported: list[Claim] = Field(description="What the passages have from others, with its chains.")
    reworded: bool = Field(description="True: a language model put the question in other words.")
    language: str = Field(description="That of the sentence, as `en`.")


ANSWER: dict[str, Any] = {"ask": Answer}
"""Each published shape of asking by its name."""
