"""Which proposal reached which phase, and when?

    REMEMBRANCER_RECORDS=... python bench/phases.py [--quick] [--missed] [--unjudged] [--wrong]

The notes of a community group are read and extracted; the truth is the git history of its public register: every row
that a commit moves from one phase to another, and those that begin above phase 0 or leave where the commit speaks of
phases (else it lists or tidies). A commit belongs to the latest meeting within 60 days before it at which the matter
was moved so; nobody says at which. Recall leaves out commits that follow a meeting of which no notes were kept; left
out as well is what was decided by mail (``judged/wasm-elsewhere.toml``). What
the notes have besides is judged by hand in ``judged/wasm-phases.toml``; names only hands can join are in
``judged/wasm-aliases.toml``.

Floors: recall 0.80, precision 0.95. The last line is JSON; exit code 1 if a floor is missed.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path

import rungs
from records import files, records
from registers import ASIDE, Commit, Matters, folded, headings, history, identities, moved
from rungs import Compared, Move, Ours, Theirs

FOLDER = "wasm-meetings/dev"
BUNDLE = "wasm-proposals/dev/history-to-2023-12-31.bundle"
FLOORS = {"recall": 0.80, "precision": 0.95}
WINDOW = 60
NOTES = 400
"""Fewer characters below the heading of the notes are a note that there are none."""
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


def meetings(root: Path, paths: Sequence[str]) -> dict[str, bool]:
    """The days of the main meetings, and whether their notes were kept; one known by its month alone is taken to
    fall on the tenth."""
    found: dict[str, bool] = {}
    for path in paths:
        if named := MEETING.search(path):
            notes = (root / path).read_text(encoding="utf-8", errors="replace").casefold().partition("meeting notes")[2]
            found[date(int(named[1]), int(named[2]), int(named[3] or 10)).isoformat()] = len(notes) >= NOTES
    return dict(sorted(found.items()))


def truth(root: Path, days: Iterable[str]) -> tuple[Theirs, tuple[Move, ...]]:
    """The matters of the register, and their moves within reach of meetings on these days."""
    commits, _ = history(root / BUNDLE, phase_of)
    names = rungs.aliases("wasm")
    commits = [rungs.set_apart(commit, names["apart"]) for commit in commits]
    matters = identities(commits, names["aliases"])
    by_mail = {
        (matters.of(f"title:{folded(title)}"), rung) for title, (rung, _) in rungs.toml("wasm-elsewhere").items()
    }
    moves = [move for commit in commits for move in _moves(commit, matters, days)]
    return Theirs(matters, headings(commits, matters)), tuple(
        move for move in moves if (move.matter, move.rung) not in by_mail
    )


def _moves(commit: Commit, matters: Matters, days: Iterable[str]) -> list[Move]:
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


def noted(moves: Iterable[Move], days: Mapping[str, bool]) -> tuple[Move, ...]:
    """The moves whose latest meeting has notes."""
    return tuple(move for move in moves if days[max(day for day in days if day <= move.first)])


def compare(register: Ours, moves: Sequence[Move], theirs: Theirs, days: Mapping[str, bool]) -> Compared:
    """All that is said against all moves; as found or missed count those of meetings that have notes."""
    compared = rungs.compare(register, moves, theirs, WINDOW, 0)
    return compared._replace(found=noted(compared.found, days), missed=noted(compared.missed, days))


def main() -> int:
    options = rungs.options(__doc__ or "")
    root = records()
    paths = [path for _, path in files(root, FOLDER) if path.endswith(".md")]
    if options.quick:
        paths = [path for path in paths if "/main/2022/" in path]
    days = meetings(root, paths)
    theirs, moves = truth(root, days)
    if options.quick:
        moves = tuple(move for move in moves if "2022-03" <= move.first <= "2022-12-31")
    register = rungs.ours(rungs.facts_of(root, paths), lambda path, day: day[:7])
    compared = compare(register, moves, theirs, days)
    verdicts = rungs.judged("wasm-phases")
    figures = rungs.figures(compared, verdicts)
    stated = compare(register.stated(), moves, theirs, days)
    figures["stated_recall"] = rungs.recall(stated)
    figures["stated_precision"], _ = rungs.precision(stated, verdicts)
    rungs.show(compared, verdicts, register, options)
    return rungs.report(figures, {} if options.quick else FLOORS)


if __name__ == "__main__":
    sys.exit(main())
