"""Are the movers, seconders, results and recorded names of a council's minutes found, one motion with the other?

    python bench/motions.py               # on $REMEMBRANCER_RECORDS
    python bench/motions.py --wrong       # and list what was missed, invented or read otherwise
    python bench/motions.py --self-test   # a dropped name and a swapped mover must be seen

The truth is the JSON that the city's own minutes were collected in, parsed here by the standard library; the register
reads the Markdown of the same meetings. Motions are paired in order, item by item, as the longest run of equal (mover,
result); a mover, a seconder or a result is right when its motion's pair says the same. Where the JSON gives a motion no
mover, or no result, there is none to find. A recorded vote is right when every name stands under its choice and no
other does. The rules behind these figures were written looking at the meetings whose name has an even first byte of
SHA-256 ("seen"); none came of the other half ("unseen"). Floors: F1 of 0.98 for mover, seconder and result; 0.99 of the
recorded votes. The last line is JSON. Exit code 1 if a floor is missed.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from difflib import SequenceMatcher
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

import records

from remembrancer.register.document import Document, read_document
from remembrancer.register.facts import Moved, Voted
from remembrancer.register.passes.motions import find as find_motions
from remembrancer.register.passes.votes import find as find_votes

SOURCE = "london-ontario-council/dev"
FLOORS = {"mover": 0.98, "seconder": 0.98, "result": 0.98, "names": 0.99}
HALVES = ("seen", "unseen")
RESULTS = {"Passed": "carried", "Failed": "lost"}
CHOICES = {
    "Yeas": "yes",
    "Nays": "no",
    "Absent": "absent",
    "Recuse": "recused",
    "Conflict": "recused",
    "Abstain": "abstain",
}


class Put(NamedTuple):
    """A motion as either side tells it; ``names`` are (choice, label)."""

    mover: str
    seconder: str
    result: str
    counts: tuple[int, ...] = ()
    names: frozenset[tuple[str, str]] = frozenset()


Meeting = dict[str, list[Put]]
"""Item number -> its motions, in order."""


def half(name: str) -> str:
    return HALVES[sha256(name.encode()).digest()[0] % 2]


def truth(told: Any) -> Meeting:
    """The motions of a meeting's JSON."""
    found: Meeting = defaultdict(list)
    for number, motion in _motions(told, ""):
        found[number].append(_put(motion))
    return found


def _motions(node: Any, number: str) -> Iterator[tuple[str, dict[str, Any]]]:
    if isinstance(node, dict):
        if node.get("__class__") == "Motion":
            yield number, node
        own = str(node["number"]) if node.get("__class__") == "MeetingItem" else ""
        inner = f"{number}.{own}" if number and own else own or number
        for member in node.values():
            yield from _motions(member, inner)
    elif isinstance(node, list):
        for member in node:
            yield from _motions(member, number)


def _put(motion: dict[str, Any]) -> Put:
    said = re.match(r"Motion (Passed|Failed)(?: \((\d+) to (\d+)\))?", motion["result"]["string"])
    names = {(_choice(row["vote"]), each) for row in motion["vote"]["rows"] for each in row["voters"] if each != "None"}
    counts = (int(said[2]), int(said[3])) if said and said[2] else ()
    return Put(
        _after_by(motion["moved_by"]),
        _after_by(motion["seconded_by"]),
        RESULTS[said[1]] if said else "",
        counts,
        frozenset(names),
    )


def _choice(column: str) -> str:
    """The choice that a column is for; a candidate's own name where it is an election."""
    label = re.sub(r"\(.*", "", column).strip(" :")
    return CHOICES.get(label, label)


def _after_by(told: dict[str, str] | None) -> str:
    return " ".join(re.sub(r"^.*?\bby\b", "", (told or {}).get("string", "")).split())


def found(document: Document) -> Meeting:
    """The motions of a meeting as the register reads them from its minutes, each with its vote."""
    moved = [fact for fact in find_motions(document, ()) if isinstance(fact, Moved)]
    voted = [fact for fact in find_votes(document, moved) if isinstance(fact, Voted)]
    numbers = {item.id: item.number for item in document.proceedings.items}
    votes = {vote.motion: vote for vote in voted}
    told = [(fact.position, fact.item, _read(fact, votes.get(fact.id))) for fact in moved]
    told += [(vote.position, vote.item, _read(None, vote)) for vote in voted if not vote.motion]
    meeting: Meeting = defaultdict(list)
    for _, item, put in sorted(told, key=lambda each: each[0]):
        meeting[numbers.get(item, "")].append(put)
    return meeting


def _read(fact: Moved | None, vote: Voted | None) -> Put:
    counts = dict(vote.counts) if vote else {}
    return Put(
        fact.mover if fact else "",
        fact.seconder if fact else "",
        vote.declared if vote else fact.outcome if fact else "",
        (counts["yes"], counts["no"]) if {"yes", "no"} <= counts.keys() else (),
        frozenset((cast.choice, cast.label) for cast in vote.ballots) if vote else frozenset(),
    )


def score(told: list[Put], read: list[Put]) -> tuple[Counter[str], list[str]]:
    """What is right, told and read of the motions of one item, and the pairs that differ."""
    tally: Counter[str] = Counter()
    wrong: list[str] = []
    for one, other in _pairs(told, read):
        for name in ("mover", "seconder", "result"):
            said, seen = getattr(one, name, ""), getattr(other, name, "")
            tally.update(
                {f"{name} told": bool(said), f"{name} read": bool(seen), f"{name} right": bool(said) and said == seen}
            )
        if one and one.names:
            tally.update({"names told": 1, "names right": other is not None and one.names == other.names})
        tally.update(
            {
                "counts told": bool(one and one.counts),
                "counts right": bool(one and other and one.counts and one.counts == other.counts),
            }
        )
        if one is None or other is None or one != other:
            wrong.append(f"  told {one}\n  read {other}")
    return tally, wrong


def _pairs(told: list[Put], read: list[Put]) -> Iterator[tuple[Put | None, Put | None]]:
    """Motions in order: those that agree on mover and result, then those that stand between the same two."""
    ours, theirs = ([(each.mover, each.result) for each in side] for side in (told, read))
    at = other = 0
    for block in SequenceMatcher(None, ours, theirs, autojunk=False).get_matching_blocks():
        between = max(block.a - at, block.b - other)
        for n in range(between):
            yield (told[at + n] if at + n < block.a else None, read[other + n] if other + n < block.b else None)
        yield from zip(told[block.a : block.a + block.size], read[block.b : block.b + block.size], strict=True)
        at, other = block.a + block.size, block.b + block.size


def measure(root: Path, wrong: bool) -> dict[str, Counter[str]]:
    """The tallies of each half."""
    halves: dict[str, Counter[str]] = {name: Counter() for name in HALVES}
    for path in sorted((root / SOURCE / "data").rglob("*.json")):
        minutes = root / SOURCE / "content" / path.relative_to(root / SOURCE / "data").with_suffix(".md")
        recorded = minutes.relative_to(root).as_posix()
        read = found(read_document(minutes.read_bytes(), recorded, records.house_of(recorded)))
        told = truth(json.loads(path.read_text(encoding="utf-8")))
        for number in sorted({*told, *read}):
            tally, differ = score(told.get(number, []), read.get(number, []))
            halves[half(path.stem)] += tally
            if wrong and differ:
                print(half(path.stem), path.stem, number, *differ, sep="\n")
    return halves


def figures(tally: Counter[str]) -> dict[str, float]:
    """F1 of mover, seconder and result; the part of the recorded votes whose names, and whose counts, are right."""
    shares = {
        name: 2 * tally[f"{name} right"] / max(1, tally[f"{name} told"] + tally[f"{name} read"])
        for name in ("mover", "seconder", "result")
    }
    shares |= {name: tally[f"{name} right"] / max(1, tally[f"{name} told"]) for name in ("names", "counts")}
    return {name: round(share, 4) for name, share in shares.items()}


def self_test() -> bool:
    """Whether a swapped mover, a missed motion and a dropped name are seen."""
    told = [
        Put("A. Reed", "B. Low", "carried", (2, 0), frozenset({("yes", "A. Reed"), ("yes", "B. Low")})),
        Put("C. Hart", "", "lost"),
    ]
    perfect = figures(score(told, told)[0])
    swapped = figures(score(told, [told[0]._replace(mover="B. Low"), told[1]])[0])
    missed = figures(score(told, told[:1])[0])
    dropped = figures(score(told, [told[0]._replace(names=frozenset({("yes", "A. Reed")})), told[1]])[0])
    return (
        all(share == 1 for share in perfect.values())
        and swapped["mover"] < 1
        and missed["result"] < 1
        and dropped["names"] == 0
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--wrong", action="store_true", help="list what differs")
    parser.add_argument("--self-test", action="store_true", help="show that wrong answers score badly")
    given = parser.parse_args()
    if given.self_test:
        print("wrong answers are seen" if self_test() else "a wrong answer was not seen")
        return 0 if self_test() else 1
    halves = measure(records.records(), given.wrong)
    halves["all"] = halves["seen"] + halves["unseen"]
    told = {name: figures(tally) for name, tally in halves.items()}
    for name, each in told.items():
        print(f"{name:7} {halves[name]['mover told']:4} motions, {halves[name]['names told']:4} recorded votes: {each}")
    missed = [name for name, floor in FLOORS.items() if told["all"][name] < floor]
    print(f"missed: {', '.join(missed)}" if missed else "every floor is met")
    print(json.dumps({f"{half}_{name}": share for half, each in told.items() for name, share in each.items()}))
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
