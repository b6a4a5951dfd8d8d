"""Two standards bodies: what the git histories of their public registers tell of stages, dates and champions.

The rung of a matter is that of the last tables, or, on an earlier day, that of the last move, for moves of a sitting
we have notes of and days well away from any other move; the champions are those of the last tables, which lie in the
office too. A day is right when it is one of that meeting's.
"""

from __future__ import annotations

import html
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import NamedTuple

import phases
import rungs
import stages
import tallies
from records import files
from registers import ASIDE, Commit, Matters, folded, history
from rungs import Move

from asked.known import Known, Value, written

AWAY = 120
"""Days between two moves of a matter for one to be asked about in between."""
AFTER = 60
"""Days after a move that are asked about; the public register is as late as that."""
WITHDRAWN: tuple[Value, ...] = ("Withdrawn", "Inactive", "Rejected")
LONGEST = 60
FEWEST = 3
"""Labels with a number that a poll must have for its tally to be asked for."""


class Body(NamedTuple):
    """A standards body: its folders, the word for a rung, and what the registers of the benches know of it."""

    name: str
    word: str
    notes: str
    tables: str
    bundle: str
    rung_of: Callable[[str, str, str], str]
    highest: str


TC39 = Body("tc39", "Stage", stages.FOLDER, "tc39-proposals/dev", stages.BUNDLE, stages.stage_of, "4")
WASM = Body("wasm", "Phase", phases.FOLDER, "wasm-proposals/dev", phases.BUNDLE, phases.phase_of, "5")


class History(NamedTuple):
    """A body's matters, the moves told of sittings we have, each row of the last tables, and the days of meetings."""

    matters: Matters
    moves: tuple[Move, ...]
    last: Mapping[str, str]
    titles: Mapping[str, str]
    stood: Mapping[str, Sequence[tuple[str, str]]]
    days: Mapping[str, str]


def known(root: Path) -> Iterator[Known]:
    """All that is asked about."""
    for body, told in ((TC39, _tc39(root)), (WASM, _wasm(root))):
        yield from _of_rungs(body, told)
        yield from _of_people(body, root, told)
    yield from _of_polls(root)


@cache
def _tc39(root: Path) -> History:
    paths = [path for _, path in files(root, TC39.notes) if path.endswith(".md")]
    days = {day: stages.meeting_of(path) for path in paths if (day := stages.day_of(path))}
    truth = stages.truth(root, days)
    return _history(root, TC39, truth.moves, truth.last, truth.theirs.matters, days)


@cache
def _wasm(root: Path) -> History:
    paths = [path for _, path in files(root, WASM.notes) if path.endswith(".md")]
    days = phases.meetings(root, paths)
    theirs, moves = phases.truth(root, days)
    noted = phases.noted(moves, days)
    last = {move.matter: move.rung for move in sorted(noted, key=lambda each: each.first)}
    by_month = {found[1] + "-" + found[2] for path in paths if (found := phases.MEETING.search(path)) and not found[3]}
    known_as = {day: day[:7] if day[:7] in by_month and day.endswith("-10") else day for day in days}
    return _history(root, WASM, noted, last, theirs.matters, known_as)


def _history(
    root: Path, body: Body, moves: Iterable[Move], last: Mapping[str, str], matters: Matters, days: Mapping[str, str]
) -> History:
    commits, tables = history(root / body.bundle, body.rung_of)
    apart = rungs.aliases(body.name)["apart"]
    tables = list(rungs.named_rightly(tables, apart))
    rows = Counter(matters.of(min(row.names)) for row in tables)
    titles = {of: clean(row.title) for row in tables if rows[of := matters.of(min(row.names))] == 1}
    stood = _stood([rungs.set_apart(commit, apart) for commit in commits], matters)
    ends = {matters.of(min(row.names)): row.rung for row in tables}
    agreed = {matter: rung for matter, rung in last.items() if ends.get(matter) == rung}
    return History(matters, tuple(moves), agreed, titles, stood, days)


def clean(title: str) -> str:
    """A title of a table as a person would type it: no markup, no entities."""
    return " ".join(html.unescape(re.sub(r"<[^>]*>|\[[^\]]*\]$", " ", title.replace("`", ""))).split())


def _stood(commits: Iterable[Commit], matters: Matters) -> dict[str, list[tuple[str, str]]]:
    """Every change of rung in the tables, with the day of its commit."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for commit in commits:
        for row in commit.after:
            line = found[matters.of(min(row.names))]
            if not line or line[-1][1] != row.rung:
                line.append((commit.day, row.rung))
    return found


def _of_rungs(body: Body, told: History) -> Iterator[Known]:
    by_matter: dict[str, list[Move]] = defaultdict(list)
    for move in sorted(told.moves, key=lambda each: each.first):
        by_matter[move.matter].append(move)
    for matter, title in told.titles.items():
        if len(title) > LONGEST:
            continue
        rung = told.last.get(matter, "0")
        if rung != "0":
            yield Known(body.name, "status", title, {"matter": title}, _rungs(body, rung))
            yield Known(body.name, "no-amount", title, {"matter": title}, ())
        yield from _of_moves(body, told, title, by_matter[matter], matter)


def _rungs(body: Body, rung: str) -> tuple[Value, ...]:
    return WITHDRAWN if rung == ASIDE else (f"{body.word} {rung}",)


def _of_moves(body: Body, told: History, title: str, moves: Sequence[Move], matter: str) -> Iterator[Known]:
    times = Counter(move.rung for move in moves)
    reached = Counter(rung for _, rung in told.stood.get(matter, ()))
    for move, after in zip(moves, (*moves[1:], None), strict=False):
        if move.rung == ASIDE:
            continue
        fields = {"matter": title, "rung": f"{body.word} {move.rung}", "small": f"{body.word.lower()} {move.rung}"}
        if times[move.rung] == 1 and reached[move.rung] <= 1:
            yield Known(body.name, "date", title, fields, tuple(_meeting_days(body, told, move)))
        day = (date.fromisoformat(move.first) + timedelta(AFTER)).isoformat()
        apart = after is None or (date.fromisoformat(after.first) - date.fromisoformat(move.first)).days >= AWAY
        if apart and _standing(told.stood.get(matter, ()), day) == move.rung:
            yield Known(
                body.name, "status-on", title, fields | {"day": written(day), "iso": day}, _rungs(body, move.rung)
            )


def _meeting_days(body: Body, told: History, move: Move) -> list[str]:
    """The days of the meeting that a move was made at; where nobody says at which, those it may have been, each as
    precisely as the name of its file tells."""
    slack, back = (stages.SLACK, stages.SLACK) if body is TC39 else (0, phases.WINDOW)
    said = date.fromisoformat(move.first)
    first, last = ((said - timedelta(back)).isoformat(), (said + timedelta(slack)).isoformat())
    days = [day for day in told.days if first <= day <= last]
    return days if body is TC39 else [told.days[day] for day in days]


def _standing(stood: Iterable[tuple[str, str]], day: str) -> str:
    """The rung in the tables on a day, if it stays so for as long again."""
    later = (date.fromisoformat(day) + timedelta(AFTER)).isoformat()
    before = [rung for changed, rung in stood if changed <= day]
    soon = [rung for changed, rung in stood if day < changed <= later]
    return before[-1] if before and not soon else ""


def _of_people(body: Body, root: Path, told: History) -> Iterator[Known]:
    rows = [row for path, _ in files(root, body.tables) if path.suffix == ".md" for row in columns(path)]
    times = Counter(folded(row["proposal"]) for row in rows)
    for row in rows:
        title = clean(row["proposal"])
        if times[folded(row["proposal"])] > 1 or len(title) > LONGEST or title not in told.titles.values():
            continue
        for kind, name in (("champion", "champion"), ("champion-author", "author")):
            if names := people(row.get(name, "")):
                yield Known(body.name, kind, title, {"matter": title}, (names,))


def columns(path: Path) -> Iterator[dict[str, str]]:
    """The rows of a file's tables by the first word of each column."""
    heads: list[str] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if not line.startswith("|"):
            heads = []
        elif not heads:
            heads = [re.sub(r"\W.*", "", cell.casefold()) for cell in cells]
        elif not set(line) <= set("|-: ") and len(cells) >= len(heads) and "proposal" in heads:
            row = dict(zip(heads, cells, strict=False))
            linked = re.match(r"\[((?:[^\[\]`]|`[^`]*`)+)\]", row["proposal"])
            yield row | {"proposal": linked[1] if linked else row["proposal"]}


def people(cell: str) -> tuple[str, ...]:
    """The names in a cell; none where it says more than names."""
    unlinked = re.sub(r"\[([^\]]*)\](?:\([^)]*\))?", r"\1", cell)
    names = re.sub(r"<br */?>|&amp;|\band\b|&(?!\w+;)|/", ",", unlinked).split(",")
    plain = [name for each in names if (name := " ".join(html.unescape(each).split()))]
    return tuple(plain) if all(re.fullmatch(r"[^\W\d][\w.'’ -]+", name) for name in plain) else ()


def _of_polls(root: Path) -> Iterator[Known]:
    """Polls that stand alone under a heading which no other heading of the meeting begins with."""
    for path, recorded in files(root, WASM.notes):
        day = re.search(r"(20\d\d)/CG-(\d\d)-(\d\d)\.md", recorded)
        if not day:
            continue
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
        heads = [(number, clean_heading(line)) for number, line in enumerate(lines, 1) if line.startswith("#")]
        told = list(tallies.parsed("\n".join(lines)))
        above = [max((head for head in heads if head[0] <= poll.line), default=(0, "")) for poll in told]
        times = Counter(above)
        titles = Counter(title for _, title in heads)
        for head, poll in zip(above, told, strict=True):
            if times[head] == 1 and titles[head[1]] == 1 and 12 <= len(head[1]) <= LONGEST:
                if len(poll.poll) < FEWEST:
                    continue
                fields = {"item": head[1], "day": written("-".join(day.groups()))}
                yield Known("wasm", "poll", path.name, fields, (", ".join(f"{a} {n}" for a, n in poll.poll),))


def clean_heading(line: str) -> str:
    """The words of a heading, without its number and what is in brackets."""
    bare = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", line.lstrip("# ").replace("`", "").replace("*", ""))
    return " ".join(re.sub(r"(?i:^(?:poll:|[\d.]+))\s*|\([^)]*\)|\[[^\]]*\]|\{[^}]*\}", " ", bare).split()).strip(" :")
