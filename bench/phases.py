"""Which proposal reached which phase, and when?

    REMEMBRANCER_RECORDS=... python bench/phases.py [--quick] [--missed] [--unjudged] [--wrong]

The notes of a community group are read and extracted; the truth is the git history of its public register: every row
that a commit moves from one phase to another, and those that begin above phase 0 or leave where the commit speaks of
phases (else it lists or tidies). A commit belongs to the latest meeting within 60 days before it at which the matter
was moved so; nobody says at which. What the notes have besides is judged
by hand in ``judged/wasm-phases.toml``; names only hands can join are in ``judged/wasm-aliases.toml``.

Floors: recall 0.80, precision 0.95. The last line is JSON; exit code 1 if a floor is missed.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import rungs
from records import files, records
from registers import ASIDE, Commit, Matters, headings, history, identities, moved
from rungs import Move, Theirs

FOLDER = "wasm-meetings/dev"
BUNDLE = "wasm-proposals/dev/history-to-2023-12-31.bundle"
FLOORS = {"recall": 0.80, "precision": 0.95}
WINDOW = 60
SAYS = re.compile(r"\b(?:phase|stage)", re.IGNORECASE)
MEETING = re.compile(r"/main/(20\d\d)/[CW]G-(\d\d)(?:-(\d{1,2}))?")


def phase_of(path: str, heading: str, said: str) -> str:
    """The phase of a table's row: that of the file or of the heading."""
    if "inactive" in path:
        return ASIDE
    if "finished" in path or heading.startswith("Standardized"):
        return "5"
    found = re.search(r"phase\s*(\d)", heading, re.IGNORECASE)
    return found[1] if found else ""


def meetings(paths: Sequence[str]) -> list[str]:
    """The days of the main meetings, in order; one known by its month alone is taken to begin with it."""
    found = (MEETING.search(path) for path in paths)
    return sorted(date(int(m[1]), int(m[2]), int(m[3] or 1)).isoformat() for m in found if m)


def truth(root: Path, days: Sequence[str]) -> tuple[Theirs, tuple[Move, ...]]:
    """The matters of the register, and their moves within reach of meetings on these days."""
    commits, _ = history(root / BUNDLE, phase_of)
    names = rungs.aliases("wasm")
    commits = [rungs.set_apart(commit, names["apart"]) for commit in commits]
    matters = identities(commits, names["aliases"])
    moves = tuple(move for commit in commits for move in _moves(commit, matters, days))
    return Theirs(matters, headings(commits, matters)), moves


def _moves(commit: Commit, matters: Matters, days: Sequence[str]) -> list[Move]:
    early = (date.fromisoformat(commit.day) - timedelta(days=WINDOW)).isoformat()
    before = [day for day in days if early <= day <= commit.day]
    if not before or not commit.before:
        return []
    stood = {matters.of(min(row.names)) for row in commit.before}
    says = bool(SAYS.search(commit.subject))
    return [
        Move(matter, rung, commit.day, commit.day, before[-1][:7])
        for matter, rung in moved(commit, matters).items()
        if says or (matter in stood and rung != ASIDE)
    ]


def main() -> int:
    options = rungs.options(__doc__ or "")
    root = records()
    paths = [path for _, path in files(root, FOLDER) if path.endswith(".md")]
    if options.quick:
        paths = [path for path in paths if "/main/2022/" in path]
    theirs, moves = truth(root, meetings(paths))
    if options.quick:
        moves = tuple(move for move in moves if "2022-03" <= move.first <= "2022-12-31")
    register = rungs.ours(rungs.facts_of(root, paths), lambda path, day: day[:7])
    compared = rungs.compare(register, moves, theirs, WINDOW, 0)
    verdicts = rungs.judged("wasm-phases")
    figures = rungs.figures(compared, verdicts)
    stated = rungs.compare(register.stated(), moves, theirs, WINDOW, 0)
    figures["stated_recall"] = rungs.recall(stated)
    figures["stated_precision"], _ = rungs.precision(stated, verdicts)
    rungs.show(compared, verdicts, register, options)
    return rungs.report(figures, {} if options.quick else FLOORS)


if __name__ == "__main__":
    sys.exit(main())
