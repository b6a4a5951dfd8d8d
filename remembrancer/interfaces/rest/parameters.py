"""The parameters that several operations read, with how each is told in the description."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from ninja import P, PathEx, QueryEx
from pydantic import AfterValidator, Field

from remembrancer.model import DecisionKind, Force

DAY = r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"
SHA = r"^[0-9a-f]{64}$"


def _there_is(day: str) -> str:
    """A date that the calendar has; ValueError else."""
    date(int(day[:4]), int(day[5:7] or 1), int(day[8:] or 1))
    return day


Day = Annotated[str, Field(pattern=DAY), AfterValidator(_there_is)]
As_of = QueryEx[Day | None, P(description="From sittings dated up to this day, as 2024, 2024-03 or 2024-03-07.")]
As_known = QueryEx[Day | None, P(description="From what the record held on this day.")]
Since = QueryEx[Day | None, P(alias="from", description="From this day on.")]
Until = QueryEx[Day | None, P(alias="to", description="Up to this day.")]
Limit = QueryEx[int, P(ge=1, le=1000, description="How many at most.")]
After = QueryEx[str, P(max_length=200, description="Where the page before ended; see the Link header.")]
Identity = PathEx[str, P(description="A permanent id.")]
Called = PathEx[str, P(description="A permanent id, or a number, title or name that only one has.")]
Sha = PathEx[str, P(description="SHA-256 of a source, in hex.")]
Text = QueryEx[str, P(max_length=1000)]
Decided = QueryEx[DecisionKind | Literal[""], P(description="Only decisions of this kind.")]
Forced = QueryEx[Force | Literal[""], P(description="Only what has this force.")]
