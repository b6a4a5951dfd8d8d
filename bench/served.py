"""An office for the benches that serve one: a copy of one that is there, or the demo's."""

from __future__ import annotations

import shutil
from pathlib import Path

from remembrancer.interfaces.cli import run

DEMO = Path(__file__).resolve().parents[1] / "examples" / "demo"


def copied(office: Path | None, scratch: Path) -> Path:
    """A copy of an office in ``scratch``; without one, an office of the demo's documents."""
    made = scratch / "office"
    if office is not None:
        shutil.copytree(office, made)
        return made
    told = ["-o", str(made), "--json"]
    house = ["--house", str(DEMO / "house.toml")]
    if run(["init", str(made), "--body", "Larkenford Town Council", *house, "--json"]) or any(
        run([*words, *told])
        for words in (["rules", "set", str(DEMO / "rulebook.toml")], ["read", str(DEMO / "documents")])
    ):
        raise SystemExit("The demo's documents cannot be read.")
    return made
