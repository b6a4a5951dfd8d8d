"""Where the real records are, and which house each folder of them is read with.

The records are not in this repository: ``REMEMBRANCER_RECORDS`` names the folder that holds them. Paths are
relative to it, with forward slashes, as the record of an office of all of them would keep them.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from remembrancer.read import house as houses
from remembrancer.read.house import House

EXAMPLES = Path(__file__).parents[1] / "examples" / "houses"

HOUSES = {
    "boulder-council": "boulder",
    "citilink-pt": "citilink",
    "dsf-board": "dsf",
    "ethereum-pm": "ethereum",
    "known-lie-debates": "known-lie-debates",
    "knoxville-council-asr": "knoxville",
    "london-ontario-council": "london-ontario",
    "london-ontario-council/dev/data": "london-ontario-json",
    "nodejs-tsc": "nodejs-tsc",
    "nodejs-tsc/dev/votes": "nodejs-tsc-votes",
    "oasis-csaf-tc": "csaf",
    "python-peps": "python-peps",
    "python-steering-council": "python-steering-council",
    "qmsum": "qmsum",
    "rivergrove-city": "rivergrove",
    "rust-lang-team": "rust",
    "rust-leadership-council": "rust",
    "stadtratwatch-magdeburg": "magdeburg",
    "tc39-notes": "tc39",
    "wasm-meetings": "wasm",
}
"""Folder of the records -> house under examples/houses; the longest folder that fits counts."""


def records() -> Path:
    """The folder of records; without it the bench ends with a sentence and exit code 0."""
    named = os.environ.get("REMEMBRANCER_RECORDS", "")
    if not named or not Path(named).is_dir():
        print("Set REMEMBRANCER_RECORDS to a folder of records; nothing was measured.")
        sys.exit(0)
    return Path(named)


def files(root: Path, folder: str = "") -> Iterator[tuple[Path, str]]:
    """Every file of a folder that is not hidden, with its recorded path, sorted."""
    for path in sorted((root / folder).rglob("*")):
        recorded = path.relative_to(root)
        if path.is_file() and not any(part.startswith(".") for part in recorded.parts):
            yield path, recorded.as_posix()


def house_toml(recorded: str) -> str:
    """The house that a path is read with, as TOML; empty where none is kept for it."""
    fitting = [folder for folder in HOUSES if recorded.startswith(f"{folder}/")]
    path = EXAMPLES / f"{HOUSES[max(fitting, key=len)]}.toml" if fitting else None
    return path.read_text(encoding="utf-8") if path and path.exists() else ""


@cache
def _parsed(toml: str) -> House:
    return houses.parse(toml)


def house_of(recorded: str) -> House:
    """The house that a path is read with."""
    return _parsed(house_toml(recorded))
