"""Is what search finds in a meeting where people say the answer is?

    REMEMBRANCER_RECORDS=... python bench/windows.py [--every 3]

QMSum (``qmsum`` in the records): each meeting is read as a source of one office and asked, through what ``search
--json --sitting`` prints, the questions that people wrote about it. A hit is relevant if one of its spans overlaps a
turn that they marked. Beside it, in the same run, plain BM25 on windows of six turns with their speakers, every third
turn another, where a window is relevant if it overlaps.

A hit is one turn or a part of one, a window six: so the share is also given at which a hit lies within such a window
(``near``), which is no floor. Constants were chosen on the meetings whose name has an odd hash (``seen``); the others
are ``aside``. A ranking that is shuffled must score badly: the bench tries that first.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import random
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import redirect_stdout
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from plain import Plain
from records import EXAMPLES, records

from remembrancer.interfaces.cli import run
from remembrancer.model import OWNER
from remembrancer.office import Office
from remembrancer.office.bureau import Bureau
from remembrancer.office.keeping import File, take_in

SIZE, STEP = 6, 3
"""Turns of a plain window, and from the start of one to the next."""

MARGIN = 0.02
"""By how much each figure of ours must be better than that of plain BM25."""

FIRST = 10

Range = tuple[int, int]
"""First and last turn, both inclusive."""


class Asked(NamedTuple):
    """A question about a meeting, with the turns that people marked."""

    question: str
    marked: tuple[Range, ...]


class Meeting(NamedTuple):
    """``turns`` are (speaker, words); ``bytes`` where each stands in the rendition."""

    name: str
    turns: list[tuple[str, str]]
    asked: list[Asked]


class Figures(NamedTuple):
    """A relevant one at the first place, among the first five, and the mean reciprocal rank."""

    first: float
    five: float
    mrr: float


Ranked = Sequence[Range]
"""What was found, best first, as turns."""


def meeting(path: Path) -> Meeting:
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    asked = [
        Asked(each["query"], tuple((int(first), int(last)) for first, last in each["relevant_text_span"]))
        for each in found["specific_query_list"]
    ]
    turns = [(turn["speaker"], turn["content"]) for turn in found["meeting_transcripts"]]
    return Meeting(path.stem, turns, asked)


def is_aside(name: str) -> bool:
    return sha256(name.encode()).digest()[-1] % 2 == 0


def windows(one: Meeting) -> Callable[[str], Ranked]:
    """Plain BM25 over windows of turns."""
    last = len(one.turns) - 1
    starts = range(0, max(1, last - SIZE + 2), STEP)
    ranges = [(start, min(start + SIZE - 1, last)) for start in starts]
    texts = [" ".join(f"{who} {words}" for who, words in one.turns[first : end + 1]) for first, end in ranges]
    index = Plain(texts)
    return lambda question: [ranges[number] for number in index.ranked(question)]


class Searched:
    """Search in the sitting of one meeting, as the command prints it."""

    def __init__(self, office: Path, sitting: str, data: bytes, one: Meeting) -> None:
        self._office, self._sitting = str(office), sitting
        self._turns = list(self._places(data, one))

    def __call__(self, question: str) -> Ranked:
        out = io.TextIOWrapper(io.BytesIO(), "utf-8")
        with redirect_stdout(out):
            code = run(
                ["search", "-o", self._office, "--json", "-n", str(FIRST), "--sitting", self._sitting, "--", question]
            )
        out.flush()
        hits = json.loads(out.buffer.getvalue()) if code == 0 else []
        return [self._range(hit["spans"]) for hit in hits]

    def _range(self, spans: Sequence[dict[str, int]]) -> Range:
        """The turns that the spans of a hit overlap."""
        start, end = spans[0]["start"], spans[-1]["end"]
        held = [number for number, (first, last) in enumerate(self._turns) if first < end and start < last]
        return (held[0], held[-1]) if held else (-1, -1)

    @staticmethod
    def _places(data: bytes, one: Meeting) -> Iterator[Range]:
        """Where the words of each turn stand in the rendition, one after the other."""
        at = 0
        for _, words in one.turns:
            start = data.find(words.strip().encode(), at)
            at = at if start < 0 else start + len(words.strip().encode())
            yield (start, at) if start >= 0 else (at, at)


def scored(meetings: Sequence[tuple[Meeting, Callable[[str], Ranked]]], near: int = 0) -> Figures:
    """The figures over all questions; a hit ``near`` turns from a marked one counts too."""
    places = []
    for one, ranked in meetings:
        for question, marked in one.asked:
            found = ranked(question)
            right = (
                at for at, (a, b) in enumerate(found, 1) if any(a - near <= y and x <= b + near for x, y in marked)
            )
            places.append(next(right, 0))
    count = max(1, len(places))
    return Figures(
        round(sum(place == 1 for place in places) / count, 4),
        round(sum(0 < place <= 5 for place in places) / count, 4),
        round(sum(1 / place for place in places if place) / count, 4),
    )


def office_of(directory: Path, root: Path, paths: Sequence[Path]) -> Office:
    office = Office.create(directory, "Meetings", (EXAMPLES / "qmsum.toml").read_text(encoding="utf-8"))
    list(take_in(office.body(), OWNER, [File(path, path.relative_to(root).as_posix()) for path in paths]))
    return office


def searched(
    bureau: Bureau, office: Path, by_name: dict[str, Meeting]
) -> list[tuple[Meeting, Callable[[str], Ranked]]]:
    """Every meeting with the search of its sitting."""
    found = []
    for seen in bureau.all_seen(OWNER):
        one, view = by_name[Path(seen.source.path).stem], bureau.view(seen)
        sitting = bureau.catalog.resolve(view.proceedings.sittings[0].id)
        found.append((one, remembered(Searched(office, sitting, view.data, one))))
    return found


def remembered(search: Callable[[str], Ranked]) -> Callable[[str], Ranked]:
    known: dict[str, Ranked] = {}
    return lambda question: known[question] if question in known else known.setdefault(question, search(question))


def self_test() -> list[str]:
    """What the scoring does not see, of a ranking that is shuffled, reversed or empty."""
    turns = [("Ames", f"turn {number}") for number in range(100)]
    one = Meeting("invented", turns, [Asked(str(number), ((number, number + 2),)) for number in range(90)])
    chance = random.Random(4)
    shuffled = [(number, number) for number in range(100)]
    wrong = []
    if scored([(one, lambda question: [(int(question) + 1, int(question) + 1)])]) != Figures(1, 1, 1):
        wrong.append("a right ranking")
    if scored([(one, lambda _: chance.sample(shuffled, 100))]).five > 0.4:
        wrong.append("a shuffled ranking")
    if scored([(one, lambda question: [(99, 99), (int(question), int(question))])]).first:
        wrong.append("a ranking with the best hit second")
    if scored([(one, lambda _: [])]) != Figures(0, 0, 0):
        wrong.append("an empty ranking")
    return wrong


def measured(root: Path, every: int) -> dict[str, Any]:
    paths = sorted((root / "qmsum").rglob("data/*/*/*.json"))[::every]
    meetings = {path.stem: meeting(path) for path in paths}
    figures: dict[str, Any] = {"meetings": len(paths), "questions": sum(len(one.asked) for one in meetings.values())}
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
        directory = Path(scratch, "office")
        with office_of(directory, root, paths) as office:
            ours = searched(office.body(), directory, meetings)
        plain = [(one, windows(one)) for one in meetings.values()]
        for half, kept in (("all", {True, False}), ("seen", {False}), ("aside", {True})):
            mine, theirs = ([each for each in side if is_aside(each[0].name) in kept] for side in (ours, plain))
            figures[half] = {"ours": scored(mine), "near": scored(mine, near=SIZE // 2), "plain": scored(theirs)}
    return figures


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--every", type=int, default=1, help="take every nth meeting")
    given = options.parse_args()
    os.environ.setdefault("REMEMBRANCER_VECTORS", "off")
    assert not self_test(), self_test()
    figures = measured(records(), given.every)
    for half in ("all", "seen", "aside"):
        for name, each in figures[half].items():
            print(f"{half:>6} {name:>6}: first {each.first:.3f}, among five {each.five:.3f}, MRR {each.mrr:.3f}")
    ours, plain = figures["all"]["ours"], figures["all"]["plain"]
    figures["margins"] = [round(mine - theirs, 4) for mine, theirs in zip(ours, plain, strict=True)]
    print(json.dumps({name: _plainly(value) for name, value in figures.items()}))
    return 0 if min(figures["margins"]) >= MARGIN else 1


def _plainly(value: Any) -> Any:
    return {name: each._asdict() for name, each in value.items()} if isinstance(value, dict) else value


if __name__ == "__main__":
    sys.exit(main())
