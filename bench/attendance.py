"""Who was there, and who came and went?

    REMEMBRANCER_RECORDS=... python bench/attendance.py [--wrong 20]
    python bench/attendance.py --self-test

Presence: the council minutes that exist both as JSON, in which people listed those present and absent, and as
Markdown; the Markdown is read and compared with the JSON, which is parsed here and not by our reader. One fact
is (sitting, name, present or not). Comings: ``marks/comings.tsv``, marked by hand; one fact is (sitting,
person, arrives or leaves, time), the time empty where the document gives none. Facts told twice count once.
Chat logs, in which a program writes who joins, are also shown apart. Floor: F1 0.97 for both.
The last line is JSON.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

from records import house_of, records

from remembrancer.model import Attendee, Reading
from remembrancer.read import read

FLOOR = 0.97
MARKS = Path(__file__).parent / "marks"
COUNCIL = "london-ontario-council/dev"
LOGS = ("w3c-scribe2",)
LISTS = {"present": True, "also_present": True, "remote_attendance": True, "absent": False}
TITLES = re.compile(r"(?:(?:his|her) worship|the|deputy|mayor|councillor|chair|mr|mrs|ms|dr)\s+")
CLOCK = re.compile(r"\d\d:\d\d")

Fact = tuple[str, ...]


class Score(NamedTuple):
    """Facts found that are true, found, and true."""

    right: int
    found: int
    true: int

    @property
    def f1(self) -> float:
        return 2 * self.right / (self.found + self.true) if self.found + self.true else 1.0

    def __str__(self) -> str:
        return f"F1 {self.f1:.3f}  ({self.right:,} right of {self.found:,} found, {self.true:,} true)"


def normal(name: str) -> str:
    """A name without the case, titles, initials' points and bracketed notes in which sources differ."""
    bare = re.sub(r"\([^)]*\)", "", name.rpartition(":")[2]).replace(".", " ").casefold()
    bare = " ".join(bare.split())
    while (shorter := TITLES.sub("", bare, count=1) if TITLES.match(bare) else bare) != bare:
        bare = shorter
    return bare


def score(found: Iterable[Fact], true: Iterable[Fact]) -> Score:
    """Compare facts as sets."""
    one, other = set(found), set(true)
    return Score(len(one & other), len(one), len(other))


def paired(found: Iterable[Fact], true: Iterable[Fact]) -> set[Fact]:
    """The facts found, with a person named as in a true fact that is alike but for the form of the name: a
    list may have the full name and a sentence the given name alone."""
    wanted = set(true)
    named: set[Fact] = set()
    for path, person, *rest in found:
        alike = (other for other in wanted if other[0] == path and list(other[2:]) == rest)
        named.add(next((other for other in alike if same(person, other[1])), (path, person, *rest)))
    return named


def same(one: str, other: str) -> bool:
    """Equal, or the words with which the longer begins or ends."""
    shorter, longer = sorted((one.split(), other.split()), key=len)
    return bool(shorter) and shorter in (longer[: len(shorter)], longer[-len(shorter) :])


def attendance(reading: Reading) -> list[Attendee]:
    return [line for sitting in reading.proceedings.sittings for line in sitting.attendance]


def presence_told(path: str, reading: Reading) -> set[Fact]:
    """Who was there or not, as read; a person with several stays was there once."""
    lines = attendance(reading)
    return {(path, normal(line.label), str(line.present)) for line in lines}


def presence_true(path: str, minutes: dict[str, Any]) -> set[Fact]:
    """The same from the lists of the JSON."""
    return {(path, normal(name), str(present)) for field, present in LISTS.items() for name in minutes[field] or ()}


def comings_told(path: str, reading: Reading) -> set[Fact]:
    """Each arrival and departure as read; what is no time of day tells that somebody came, not when."""
    events = [
        (normal(line.label), event, when)
        for line in attendance(reading)
        for event, when in (("arrives", line.since), ("leaves", line.until))
        if when
    ]
    return {(path, person, event, when if CLOCK.fullmatch(when) else "") for person, event, when in events}


def rows(name: str) -> list[dict[str, str]]:
    with (MARKS / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def read_record(root: Path, path: str) -> Reading:
    return read((root / path).read_bytes(), path, house_of(path))


def measure_presence(root: Path) -> tuple[set[Fact], set[Fact]]:
    """(found, true) over every sitting of the council that has both forms."""
    found: set[Fact] = set()
    true: set[Fact] = set()
    for source in sorted((root / COUNCIL / "data").rglob("*.json")):
        path = source.relative_to(root / COUNCIL / "data").with_suffix(".md").as_posix()
        if (root / COUNCIL / "content" / path).exists():
            true |= presence_true(path, json.loads(source.read_text(encoding="utf-8")))
            found |= presence_told(path, read_record(root, f"{COUNCIL}/content/{path}"))
    return found, true


def measure_comings(root: Path) -> tuple[set[Fact], set[Fact]]:
    """(found, true) over the sittings marked by hand that are in the records."""
    paths = [row["path"] for row in rows("comings_sittings.tsv") if (root / row["path"]).exists()]
    found = {fact for path in paths for fact in comings_told(path, read_record(root, path))}
    marked = {(row["path"], normal(row["person"]), row["event"], row["time"]) for row in rows("comings.tsv")}
    true = {fact for fact in marked if fact[0] in paths}
    return paired(found, true), true


def of_body(facts: set[Fact], bodies: Iterable[str]) -> set[Fact]:
    return {fact for fact in facts if fact[0].partition("/")[0] in bodies}


def print_differences(found: set[Fact], true: set[Fact], most: int) -> None:
    """The facts missed and invented, by kind and place."""
    for word, facts in (("missed", true - found), ("invented", found - true)):
        for fact in sorted(facts)[:most]:
            print(f"    {word}: {'  '.join(fact)}")


def lines_of(facts: Iterable[Fact]) -> dict[str, int]:
    return dict(Counter(fact[0] for fact in facts))


def self_test() -> list[str]:
    """Which wrong answers were not seen to be wrong; a right one refused is one of them."""
    true = {("p", "b baker", "leaves", "16:56"), ("p", "c cook", "arrives", "")}
    wrong = {
        "another person": {("p", "d dyer", "leaves", "16:56")},
        "the other direction": {("p", "b baker", "arrives", "16:56")},
        "another time": {("p", "b baker", "leaves", "16:57")},
        "another sitting": {("q", "b baker", "leaves", "16:56")},
        "a surname that only contains the name": {("p", "b bakerson", "leaves", "16:56")},
        "a time where none is given": {("p", "c cook", "arrives", "16:56")},
    }
    passed = [what for what, facts in wrong.items() if score(paired(facts, true), true).right]
    if score(paired({*true, ("p", "e", "leaves", "")}, true), true).f1 >= FLOOR:
        passed.append("an event too many")
    told = {("p", "baker", "leaves", "16:56"), ("p", normal("Councillor C. Cook (Ward 3)"), "arrives", "")}
    if score(paired(told, true), true).f1 != 1:
        passed.append("a right answer was refused")
    return passed


def report(root: Path, most: int) -> dict[str, float]:
    """Print the scores and what is wrong; the figures."""
    found, true = measure_presence(root)
    presence = score(found, true)
    print(f"presence, {len(lines_of(true))} sittings: {presence}")
    print_differences(found, true, most)
    found, true = measure_comings(root)
    comings = score(found, true)
    print(f"comings, {len(rows('comings_sittings.tsv'))} sittings: {comings}")
    bodies = sorted({fact[0].partition("/")[0] for fact in found | true})
    for body in bodies:
        print(f"  {body:>28}: {score(of_body(found, [body]), of_body(true, [body]))}")
    print_differences(found, true, most)
    minutes = score(*(of_body(facts, set(bodies) - set(LOGS)) for facts in (found, true)))
    timed = score(*({fact for fact in facts if fact[3]} for facts in (found, true)))
    print(f"comings in minutes, chat logs left out: {minutes}")
    print(f"comings with a time: {timed}")
    return {
        "presence_f1": round(presence.f1, 4),
        "comings_f1": round(comings.f1, 4),
        "comings_minutes_f1": round(minutes.f1, 4),
        "comings_timed_f1": round(timed.f1, 4),
    }


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--wrong", type=int, default=0, help="print so many of the facts that differ")
    options.add_argument("--self-test", action="store_true")
    given = options.parse_args()
    missed = self_test()
    if missed or given.self_test:
        print("\n".join(f"not caught: {what}" for what in missed) or "every wrong answer was caught")
        return 1 if missed else 0
    figures = report(records(), given.wrong)
    print(json.dumps(figures))
    return 0 if min(figures["presence_f1"], figures["comings_f1"]) >= FLOOR else 1


if __name__ == "__main__":
    sys.exit(main())
