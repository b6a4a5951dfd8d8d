"""Which proposal reached which stage, and when?

    REMEMBRANCER_RECORDS=... python bench/stages.py [--quick] [--missed] [--unjudged] [--wrong]

The notes of a standards committee are read and extracted; the truth is the git history of its public register: the
commits that say ``X to stage N, per DATE`` (or withdrawn, rejected), and the tables at its end. A stated date may be
off by four days, one whose year contradicts the commit's is read with that year. Commits begin in 2016-09 and do not
tell all: what the notes have besides is judged by hand in ``judged/tc39-stages.toml``, and names that only hands can
join are in ``judged/tc39-aliases.toml``.

The last stage of a matter is that of the tables at the end, for every matter whose row ever linked to notes we have
or whose move cites a sitting we have; matters that never left stage 0 are shown apart, and those set aside without a
sitting's decision are left out; where the tables lag behind the notes, ``judged/tc39-last.toml`` says so. Ours is the
latest of what we have under the names that hands joined; beside it, that of the one matter of ours that holds most of
the debates.

A regular expression of a few lines (the last stage in a conclusion, under the heading above it) is scored beside.
Floors: recall 0.92, precision 0.95 with 150 judged (or all), last stage 0.90. The last line is JSON; exit code 1 if a
floor is missed. ``--quick`` takes the meetings of one year, and measures no last stage.
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

import rungs
from records import files, records
from registers import ASIDE, Commit, Matters, folded, heading_key, headings, history, identities, moved
from rungs import Move, Ours, Said, Share, Theirs

FOLDER = "tc39-notes/dev/meetings"
BUNDLE = "tc39-proposals/dev/history-to-2023-12-31.bundle"
FLOORS = {"recall": 0.92, "precision": 0.95, "last": 0.90}
JUDGED_AT_LEAST = 150
SLACK = 4
PER = re.compile(r"\bpe[rt]\W+(?:\D*)(\d{4})\.(\d\d)\.(\d\d)")
LEAVES = re.compile(r"\bwithdrawn|\brejected", re.IGNORECASE)
DECIDES = re.compile(rf"\bstage \d|{LEAVES.pattern}", re.IGNORECASE)
MEETING = re.compile(r"(20\d\d-\d\d)/")
DAY = re.compile(r"(20\d\d)-\d\d/([a-z]{3})[a-z]*-(\d{1,2})")
MONTHS = {name: nth for nth, name in enumerate(re.findall("...", "janfebmaraprmayjunjulaugsepoctnovdec"), start=1)}


class Truth(NamedTuple):
    """What the public register tells: its matters, the moves of sittings we have, and the last rungs of theirs."""

    theirs: Theirs
    moves: tuple[Move, ...]
    last: Mapping[str, str]


def stage_of(path: str, heading: str, said: str) -> str:
    """The stage of a table's row: that of the file, of the heading, or of a column of its own."""
    if "finished" in path:
        return "4"
    if "inactive" in path:
        return ASIDE
    found = (
        re.search(r"stage-(\d)", path) or re.search(r"stage\s*(\d)", heading, re.IGNORECASE) or re.search(r"(\d)", said)
    )
    return found[1] if found else ""


def meeting_of(path: str) -> str:
    """The meeting a file of the notes is of: its folder, as ``2022-03``."""
    found = MEETING.search(path)
    return found[1] if found else ""


def day_of(path: str) -> str:
    """The day a file of the notes is of; empty for a summary of several."""
    found = DAY.search(path)
    return date(int(found[1]), MONTHS[found[2]], int(found[3])).isoformat() if found else ""


def per(commit: Commit) -> str:
    """The day of the sitting that a commit cites; empty for one that cites none or decides nothing."""
    found = PER.search(commit.subject)
    if not found or not DECIDES.search(commit.subject):
        return ""
    said, made = date(*map(int, found.groups())), date.fromisoformat(commit.day)
    return (said if abs((made - said).days) < 330 else said.replace(year=made.year)).isoformat()


def truth(root: Path, days: Mapping[str, str]) -> Truth:
    """The register's history, for the sittings of these days (day -> meeting)."""
    commits, tables = history(root / BUNDLE, stage_of)
    names = rungs.aliases("tc39")
    commits = [rungs.set_apart(commit, names["apart"]) for commit in commits]
    matters = identities(commits, names["aliases"])
    moves = [move for commit in commits for move in _moves(commit, matters, days)]
    seen = {move.matter for move in moves} | {
        matters.of(min(row.names))
        for commit in commits
        for row in commit.after
        if any((found := MEETING.search(link)) and found[1] in days.values() for link in row.links)
    }
    told = {move.matter for move in moves if move.rung == ASIDE}
    last = {matters.of(min(row.names)): row.rung for row in rungs.named_rightly(tables, names["apart"])}
    last |= {matters.of(f"title:{folded(title)}"): rung for title, (rung, _) in rungs.toml("tc39-last").items()}
    kept = {matter: rung for matter, rung in last.items() if matter in seen and (rung != ASIDE or matter in told)}
    return Truth(Theirs(matters, headings(commits, matters)), tuple(moves), kept)


def _moves(commit: Commit, matters: Matters, days: Mapping[str, str]) -> list[Move]:
    day = per(commit)
    if not day:
        return []
    near = min(days, key=lambda each: (abs((date.fromisoformat(each) - date.fromisoformat(day)).days), each))
    if abs((date.fromisoformat(near) - date.fromisoformat(day)).days) > SLACK:
        return []
    told = moved(commit, matters)
    stages = re.findall(r"\bstage (\d)", commit.subject, re.IGNORECASE)
    if len(told) == len(stages) == 1:
        told = dict.fromkeys(told, stages[0])
    left = bool(LEAVES.search(commit.subject))
    return [
        Move(matter, rung, day, day, days[near]) for matter, rung in told.items() if left or rung not in ("0", ASIDE)
    ]


def simple(root: Path, paths: Sequence[str]) -> Ours:
    """The regular expression: the last stage in each conclusion, for the heading above it."""
    said: list[Said] = []
    names: dict[str, set[str]] = defaultdict(set)
    for path in paths:
        title, inside = "", False
        for line in (root / path).read_text(encoding="utf-8", errors="replace").splitlines():
            if line.startswith("#"):
                inside = bool(re.search(r"conclusion|resolution", line, re.IGNORECASE))
                title = title if inside or re.search(r"summary", line, re.IGNORECASE) else line.strip("# ")
            elif inside and (stages := re.findall(r"stage (\d)", line, re.IGNORECASE)) and (day := day_of(path)):
                about = rungs.subject(title)
                names[about] |= {f"title:{about}", f"at:{heading_key(path, title)}"}
                said.append(Said(about, stages[-1], day, day, meeting_of(path), f"{path} {about}"))
    last = {each.matter: (each.first, each.rung) for each in sorted(said, key=lambda each: each.first)}
    return Ours(
        tuple(said), {matter: tuple(sorted(each)) for matter, each in names.items()}, last, dict.fromkeys(names, 1)
    )


def last_right(register: Ours, known: Mapping[str, str], theirs: Theirs) -> dict[str, Share]:
    """How many last rungs are right: of matters beyond stage 0, with ours of other names joined by hand or not, and
    of those that never left it."""
    all_ = rungs.last_rungs(register, known, theirs).values()
    beyond = [each for each in all_ if each.told != "0"]
    nought = [each for each in all_ if each.told == "0"]
    return {
        "last": Share(sum(each.latest == each.told for each in beyond), len(beyond)),
        "last_unjoined": Share(sum(each.main == each.told for each in beyond), len(beyond)),
        "last_of_stage_0": Share(sum(each.latest in ("", "0") for each in nought), len(nought)),
    }


def main() -> int:
    options = rungs.options(__doc__ or "")
    root = records()
    paths = [path for _, path in files(root, FOLDER) if path.endswith(".md")]
    if options.quick:
        paths = [path for path in paths if meeting_of(path).startswith("2023")]
    days = {day: meeting_of(path) for path in paths if (day := day_of(path))}
    known = truth(root, days)
    base = simple(root, paths)
    register = rungs.ours(rungs.facts_of(root, paths), lambda path, day: meeting_of(path))
    verdicts = rungs.judged("tc39-stages")
    compared = rungs.compare(register, known.moves, known.theirs, SLACK, SLACK)
    figures = rungs.figures(compared, verdicts) | beside(register, base, known)
    rungs.show(compared, verdicts, register, options)
    if not options.quick:
        figures |= last_right(register, known.last, known.theirs)
    return rungs.report(figures, {} if options.quick else FLOORS, JUDGED_AT_LEAST)


def beside(register: Ours, base: Ours, known: Truth) -> dict[str, Share]:
    """What is shown beside: what the register states only, and the regular expression."""
    stated = rungs.compare(register.stated(), known.moves, known.theirs, SLACK, SLACK)
    regex = rungs.compare(base, known.moves, known.theirs, SLACK, SLACK)
    precise, _ = rungs.precision(stated, rungs.judged("tc39-stages"))
    last = last_right(base, known.last, known.theirs)
    return {
        "stated_recall": rungs.recall(stated),
        "stated_precision": precise,
        "regex_recall": rungs.recall(regex),
        "regex_last": last["last"],
        "regex_last_unjoined": last["last_unjoined"],
    }


if __name__ == "__main__":
    sys.exit(main())
