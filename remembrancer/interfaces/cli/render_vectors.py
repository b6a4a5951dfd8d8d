"""How far the vectors are, as a person reads it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rich.text import Text

from remembrancer.interfaces.cli.lines import Line

if TYPE_CHECKING:
    from remembrancer.office.embedding import State


def state(value: State) -> Iterator[Line]:
    """How many of how many, and what to do about the rest."""
    share = f"{value.embedded:,} of {value.passages:,} passages have vectors"
    yield Line(Text(f"{share}, and more are being made." if value.building else f"{share}."))
    if not value.installed:
        yield Line(Text("What makes them is not installed: pip install remembrancer[vectors]"))
    elif not value.on:
        yield Line(Text("They are turned off by REMEMBRANCER_VECTORS."))
    elif value.embedded:
        yield Line(Text(f"{value.windows:,} windows, by {value.embedder}."))
