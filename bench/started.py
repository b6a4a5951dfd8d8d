"""How long does a question take as a process of its own?

    python bench/started.py [--runs 20] [--office DIR]

The demo's documents are read into a new office, or an office that is there is asked. Each run starts the program, asks
one question about what that office holds and waits for its end; beside it Python is started to do nothing at all, the
two in turn. The first run, which loads the disk's cache and keeps the register, is not counted. The program's byte code
is kept, as an installed program has it, also where the environment says that Python is to write none. Where the extra
``vectors`` is installed, a question that also looks for its meaning, and so loads the model, is timed beside the rest.

Floor: the median 0.4 seconds, without the extra. The last line is JSON; exit code 1 where the floor is missed or a run
fails.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import Any

from remembrancer.memory.vectors import minilm
from remembrancer.office.embedding import SWITCH

FLOORS = {"ask": 0.4}
DEMO = Path(__file__).resolve().parents[1] / "examples" / "demo"
PROGRAM = (sys.executable, "-m", "remembrancer.interfaces.cli")
NOTHING = (sys.executable, "-c", "pass")


def office(directory: Path) -> Path:
    """An office with the demo's documents, made by the program itself."""
    made = directory / "office"
    _done([*PROGRAM, "init", str(made), "--body", "Larkenford Town Council", "--house", str(DEMO / "house.toml")])
    _done([*PROGRAM, "read", str(DEMO / "documents"), "-o", str(made)])
    return made


def questions() -> list[str]:
    """The questions that the demo answers."""
    asked = tomllib.loads((DEMO / "questions.toml").read_text(encoding="utf-8"))
    return [each["question"] for each in asked["answerable"]]


def started(words: Sequence[str], vectors: bool = False) -> float:
    """Seconds from the start of a process to its end; CalledProcessError where it fails."""
    began = time.perf_counter()
    _done(words, vectors)
    return time.perf_counter() - began


def _done(words: Sequence[str], vectors: bool = False) -> None:
    subprocess.run(words, check=True, stdout=subprocess.DEVNULL, env=_installed(vectors))


def _installed(vectors: bool) -> dict[str, str]:
    """The environment, with a folder for byte code beside the sources, where it may not be written."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    compiled = str(Path(tempfile.gettempdir()) / "remembrancer-started")
    return kept | {"PYTHONPYCACHEPREFIX": compiled, SWITCH: "on" if vectors else "off"}


def measured(made: Path, asked: Sequence[str], runs: int) -> dict[str, Any]:
    """The median seconds of a question, in the terminal, as JSON and with vectors, and of starting Python alone."""
    times: dict[str, list[float]] = {"ask": [], "ask_json": [], "python": []}
    if minilm.installed():
        _done([*PROGRAM, "vectors", "build", "-o", str(made)], vectors=True)
        times["ask_vectors"] = []
    for run in range(runs + 1):
        words = [*PROGRAM, "ask", asked[run % len(asked)], "-o", str(made)]
        commands = {"ask": words, "ask_json": [*words, "--json"], "ask_vectors": words, "python": NOTHING}
        for name, took in times.items():
            took.append(started(commands[name], vectors=name == "ask_vectors"))
    return {"runs": runs, **{name: round(median(took[1:]), 3) for name, took in times.items()}}


def missed(figures: dict[str, Any]) -> list[str]:
    """The floors that do not hold."""
    return [name for name, floor in FLOORS.items() if figures[name] > floor]


def self_test() -> list[str]:
    """What is wrong with the bench itself: a slow program must miss the floor, one that fails must be an error."""
    slow = (sys.executable, "-c", "import time; time.sleep(0.5)")
    wrong = [] if missed({"ask": started(slow)}) else ["half a second passed for fast"]
    try:
        started((sys.executable, "-c", "raise SystemExit(3)"))
    except subprocess.CalledProcessError:
        return wrong
    return [*wrong, "a program that failed was timed"]


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--runs", type=int, default=20)
    options.add_argument("--office", type=Path, help="an office that is there; the demo's is made anew if left out")
    options.add_argument("--quick", action="store_true", help="three runs")
    given = options.parse_args()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
        made = given.office or office(Path(scratch))
        figures = measured(made, questions(), 3 if given.quick else given.runs)
    for name, seconds in figures.items():
        print(f"{name:>9} {seconds}")
    print(json.dumps(figures))
    for name in missed(figures):
        print(f"FAILED: {name} took {figures[name]} s, the floor is {FLOORS[name]} s", file=sys.stderr)
    return 1 if missed(figures) else 0


if __name__ == "__main__":
    sys.exit(main())
