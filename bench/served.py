"""An office for the benches that serve one: a copy of one that is there, or the demo's."""

from __future__ import annotations

import io
import shutil
from contextlib import redirect_stdout
from pathlib import Path

from remembrancer.interfaces.cli import run

DEMO = Path(__file__).resolve().parents[1] / "examples" / "demo"


def copied(office: Path | None, scratch: Path) -> Path:
    """A copy of an office in ``scratch``; without one, an office of the demo's documents."""
    made = scratch / "office"
    if office is not None:
        shutil.copytree(office, made)
        return made
    told, house = ["-o", str(made)], ["--house", str(DEMO / "house.toml")]
    begun = ["init", str(made), "--body", "Larkenford Town Council", *house]
    rules, read = ["rules", "set", str(DEMO / "rulebook.toml"), *told], ["read", str(DEMO / "documents"), *told]
    with redirect_stdout(io.StringIO()):
        if any(run(words) for words in (begun, rules, read)):
            raise SystemExit("The demo's documents cannot be read.")
    return made
