"""Do the names of each division add up to the count that was declared?

    python bench/divisions.py               # on $REMEMBRANCER_RECORDS
    python bench/divisions.py --self-test   # a dropped name and a teller counted wrongly must be seen

Every division of the parliaments' XML, in every daily revision of it, is parsed here with ElementTree: the declared
counts and each name under its choice. The register reads the same files; a division is right when its ballots are
exactly those names under those choices, its counts are those declared, and the ballots sum to them - with tellers in
the Lords, without them in the Commons and its committees. The files are told in two halves, by whether the first byte
of the SHA-256 of their name is even; rules came of both. Floor: all. The last line is JSON. Exit code 1 if the floor is
missed.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

import records

from remembrancer.register.document import Document, read_document
from remembrancer.register.facts import Moved, Voted
from remembrancer.register.passes.motions import find as find_motions
from remembrancer.register.passes.votes import find as find_votes

SOURCE = "uk-assemblies-week/dev/scrapedxml"
HALVES = ("even", "odd")
CHOICES = {"aye": "yes", "ayes": "yes", "content": "yes", "no": "no", "noes": "no", "not-content": "no"}
Names = frozenset[tuple[str, str, bool]]
"""Choice, name as written and whether a teller."""


class Division(NamedTuple):
    counts: tuple[tuple[str, int], ...]
    names: Names


def half(name: str) -> str:
    return HALVES[sha256(name.encode()).digest()[0] % 2]


def truth(data: bytes) -> list[Division]:
    """The divisions of a file, in order."""
    root = ET.fromstring(data)
    parents = {child: parent for parent in root.iter() for child in parent}
    return [_division(count, parents[count]) for count in root.iter("divisioncount")]


def _division(count: ET.Element, parent: ET.Element) -> Division:
    counts = tuple((CHOICES[name], int(number)) for name, number in count.attrib.items() if name in CHOICES)
    within = count if len(count) else parent
    voters = [each for each in within.iter() if each.tag in ("mpname", "lord")]
    names = ((CHOICES[each.attrib["vote"]], _name(each), each.get("teller") == "yes") for each in voters)
    return Division(counts, frozenset(names))


def _name(voter: ET.Element) -> str:
    return " ".join(re.sub(r"\s*\[Teller\]", "", "".join(voter.itertext())).split())


def found(document: Document) -> list[Division]:
    """The votes with names that the register finds in the same file."""
    moved = [fact for fact in find_motions(document, ()) if isinstance(fact, Moved)]
    voted = [fact for fact in find_votes(document, moved) if isinstance(fact, Voted) and fact.ballots]
    return [
        Division(
            vote.counts,
            frozenset(
                (cast.choice, f"{cast.label} ({cast.affiliation})" if cast.affiliation else cast.label, cast.teller)
                for cast in vote.ballots
            ),
        )
        for vote in sorted(voted, key=lambda vote: vote.position)
    ]


def adds_up(division: Division, tellers: bool) -> bool:
    """Whether the names of each choice are as many as declared, tellers among them or beside them."""
    summed = Counter(choice for choice, _, teller in division.names if tellers or not teller)
    return all(summed[choice] == number for choice, number in division.counts) and bool(division.counts)


def judged(
    told: list[Division], read: list[Division], tellers: bool
) -> Iterator[tuple[bool, Division, Division | None]]:
    """Each division that is told: whether it is read exactly and adds up."""
    for at, one in enumerate(told):
        other = read[at] if at < len(read) else None
        yield other is not None and one == other and adds_up(other, tellers), one, other


def measure(root: Path) -> dict[str, Counter[str]]:
    halves: dict[str, Counter[str]] = {name: Counter() for name in HALVES}
    for path in sorted((root / SOURCE).rglob("*.xml")):
        data = path.read_bytes()
        if b"<divisioncount" not in data:
            continue
        recorded = path.relative_to(root).as_posix()
        told, read = truth(data), found(read_document(data, recorded, records.house_of(recorded)))
        tally = halves[half(path.name)]
        tally.update({"invented": max(0, len(read) - len(told))})
        for right, one, other in judged(told, read, tellers="lordspages" in recorded):
            tally.update({"divisions": 1, "right": right, "ballots": len(one.names)})
            if not right:
                print(f"{recorded}: declared {one.counts}; read {other.counts if other else None}")
                print("  differ:", sorted(one.names ^ (other.names if other else frozenset()))[:6])
    return halves


def self_test() -> bool:
    """Whether a dropped name, a teller beside the count and a wrong count are seen."""
    one = Division((("yes", 2), ("no", 1)), frozenset({("yes", "A", False), ("yes", "B", True), ("no", "C", False)}))
    dropped = Division(one.counts, frozenset(list(one.names)[:2]))
    miscounted = Division((("yes", 3), ("no", 1)), one.names)
    return (
        adds_up(one, tellers=True)
        and not adds_up(one, tellers=False)
        and not any(next(judged([one], [other], tellers=True))[0] for other in (dropped, miscounted))
        and not next(judged([one], [], tellers=True))[0]
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--self-test", action="store_true", help="show that wrong answers score badly")
    if parser.parse_args().self_test:
        print("wrong answers are seen" if self_test() else "a wrong answer was not seen")
        return 0 if self_test() else 1
    halves = measure(records.records())
    for name, tally in halves.items():
        right, every, invented = tally["right"], tally["divisions"], tally["invented"]
        print(f"{name:7} {right} of {every} divisions, {tally['ballots']} ballots; {invented} invented")
    missed = any(tally["right"] < tally["divisions"] or tally["invented"] for tally in halves.values())
    print("missed: not every division is read exactly" if missed else "the floor is met")
    print(
        json.dumps({f"{name}_{what}": tally[what] for name, tally in halves.items() for what in ("right", "divisions")})
    )
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
