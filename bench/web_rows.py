"""What ``measure`` runs of the office on the web, as ``rows.py`` has the record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rows import Bench, Row

Figures = Mapping[str, Any]


def _described(figures: Figures) -> str:
    return f"{figures['failed']} of {figures['cases']:,}, in {len(figures['operations'])} operations"


OF_THE_WEB: dict[str, Bench] = {
    "schemathesis": Bench(
        "schemathesis_run.py",
        (
            Row(
                "calls of the API that were answered with a server error, or otherwise than it is described",
                "the demo's office, up to 1,000 calls of each operation, a third of them malformed",
                "none",
                _described,
                lambda f: bool(f["cases"] and not f["failed"]),
            ),
        ),
        quick=("--cases", "20"),
    ),
}
