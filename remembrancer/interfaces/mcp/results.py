"""What the tools give back: published shapes with links, and how much of them at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import Field

from remembrancer.interfaces import shapes
from remembrancer.interfaces.mcp.linking import linked, with_links
from remembrancer.interfaces.mcp.reception import Asked
from remembrancer.interfaces.shapes import answer, looking, record, register
from remembrancer.interfaces.shapes.base import Maybe, Shape

if TYPE_CHECKING:
    from remembrancer.interfaces.shapes.answer import Answer
    from remembrancer.interfaces.shapes.looking import Quotation
    from remembrancer.interfaces.shapes.record import Hit, Sitting
    from remembrancer.interfaces.shapes.register import Decision, Matter
else:  # The same, their spans linked.
    Answer, Hit, Sitting = map(linked, (answer.Answer, record.Hit, record.Sitting))
    Decision, Matter, Quotation = map(linked, (register.Decision, register.Matter, looking.Quotation))

__all__ = ["Answer", "Found", "InForce", "Matter", "Quotation", "SittingPortion", "result"]
Made = TypeVar("Made", bound=Shape)
NEXT = Field(description="Give it as `cursor` to have what follows; null where this is all.")


class Found(Shape):
    """The passages found, best first."""

    hits: list[Hit]
    next: Maybe = NEXT


class InForce(Shape):
    """What is in force on a day, by the date of the decision."""

    on: str = Field(description="The day.")
    decisions: list[Decision]
    next: Maybe = NEXT


class SittingPortion(Shape):
    """A sitting: who was there, its items, and some of its speeches and texts."""

    sitting: Sitting
    next: Maybe = NEXT


def result(shape: type[Made], value: Any, asked: Asked) -> Made:
    """A value of the office in a shape, its spans linked."""
    return shape.model_validate(with_links(shapes.unpacked(value), asked.link))
