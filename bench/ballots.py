"""Is anybody recorded as voting who was not in the room?

    REMEMBRANCER_RECORDS=... python bench/ballots.py [--show]
    python bench/ballots.py --self-test

Over every source that names who voted how: the votes with names, the ballots cast (not those listed as absent,
recused or not voting), how many are led to one person, of how many the roll settles whether they were there at that
moment, and how many were not. A ballot of somebody absent is a wrong attribution of ours unless the document itself
says both; those are listed in ``judged/ballots.toml`` with the reason, and the register must have a notice of each.
Sources are halved by a hash of the path; the rules of presence were written looking at the demo and at one sitting of
half 0 of London, Ontario (a councillor listed as present who "enters" later). Floor: none in any source. The last
line is JSON.
"""

from __future__ import annotations

import argparse
import json
import sys
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from records import files, house_of, records

from remembrancer.model import Ballot, Computed, Vote
from remembrancer.read import house as houses
from remembrancer.read.house import House
from remembrancer.register.document import read_document
from remembrancer.register.extract import extract
from remembrancer.register.facts import AnyFact, Cast, Roll, Stay, Voted
from remembrancer.register.resolving.checks import check
from remembrancer.register.resolving.people import People, people
from remembrancer.register.resolving.presence import Moment
from remembrancer.register.rows import Register

JUDGED = Path(__file__).parent / "judged" / "ballots.toml"
DEMO = Path(__file__).parents[1] / "examples" / "demo"
SOURCES = {
    "london-ontario-council/dev/content": (".md",),
    "london-ontario-council/dev/data": (".json",),
    "nodejs-tsc/dev": (".md", ".json"),
    "oasis-csaf-tc/dev": (".md", ".html", ".pdf"),
    "stadtratwatch-magdeburg/dev": (".json",),
    "boulder-council/dev": (".json",),
    "uk-assemblies-week/dev/scrapedxml": (".xml",),
    "citilink-pt/dev": (".json",),
    "apache-board/dev": (".txt",),
    "dsf-board/dev": (".md",),
    "rivergrove-city/dev": (".md",),
}
APART = ("absent", "recused", "not-voting")


class Case(NamedTuple):
    """One ballot of somebody who was absent: the path, the label, and whether the register has a notice of it."""

    path: str
    label: str
    choice: str
    noticed: bool
    place: str = ""


class Told(NamedTuple):
    """What was found in one source, by what, and the ballots of those absent."""

    counts: Counter[str]
    cases: tuple[Case, ...]


def half(path: str) -> int:
    return sha256(path.encode()).digest()[0] % 2


def documents(root: Path) -> Iterator[tuple[str, list[tuple[Path, str, House]]]]:
    """Each source's files, with recorded paths and houses; the demo first."""
    house = houses.parse((DEMO / "house.toml").read_text(encoding="utf-8"))
    yield "demo", [(path, path.relative_to(DEMO).as_posix(), house) for path in sorted(DEMO.glob("documents/*/*"))]
    for folder, suffixes in SOURCES.items():
        chosen = [(file, path) for file, path in files(root, folder) if file.suffix in suffixes]
        yield folder, [(file, path, house_of(path)) for file, path in chosen]


def facts_of(listed: Iterable[tuple[Path, str, House]]) -> tuple[list[AnyFact], dict[str, str]]:
    """The facts of a source's documents, and the path of each by its hash."""
    facts: list[AnyFact] = []
    paths: dict[str, str] = {}
    for file, path, house in listed:
        document = read_document(file.read_bytes(), path, house)
        paths[document.source] = path
        facts += extract(document)
    return facts, paths


def tell(facts: list[AnyFact], paths: dict[str, str]) -> Told:
    """Every ballot held against the rolls."""
    who = people(facts)
    counts: Counter[str] = Counter()
    cases: list[Case] = []
    for fact in facts:
        if isinstance(fact, Voted) and fact.ballots:
            counts["votes"] += 1
            noticed = _noticed(fact, facts, who)
            for cast in fact.ballots:
                if cast.choice not in APART:
                    cases += _told(fact, cast, who, counts, paths, noticed)
    return Told(counts, tuple(cases))


def _told(
    vote: Voted, cast: Cast, who: People, counts: Counter[str], paths: dict[str, str], noticed: frozenset[str]
) -> list[Case]:
    """Count one ballot; the case if its person was absent."""
    moment = Moment(vote.source, vote.position, vote.item)
    person = who.person_of(vote.sitting, cast.label, cast.affiliation, moment)
    there = who.was_present(vote.sitting, person, moment) if person else None
    counts["ballots"] += 1
    counts["persons"] += bool(person)
    counts["settled"] += there is not None
    path = paths.get(vote.source, "")
    counts[f"ballots in half {half(path)}"] += 1
    if there is not False:
        return []
    counts["absent"] += 1
    counts[f"absent in half {half(path)}"] += 1
    return [Case(path, cast.label, cast.choice, person in noticed, vote.marks[0].place if vote.marks else "")]


def _noticed(fact: Voted, facts: list[AnyFact], who: People) -> frozenset[str]:
    """The persons of whom the register has a notice for this vote."""
    ballots = tuple(
        Ballot(who.person_of(fact.sitting, cast.label, cast.affiliation), cast.label, cast.choice, cast.teller)
        for cast in fact.ballots
    )
    where = (fact.sitting, fact.date, fact.item, "", "", fact.question, fact.method, fact.declared)
    vote = Vote(fact.id, *where, Computed("", ""), ballots=ballots, source=fact.source, marks=fact.marks)
    notices = check(Register(votes=(vote,)), (), who)
    return frozenset(each for notice in notices if notice.code == "ballot-of-absent" for each in notice.about)


def judged() -> frozenset[tuple[str, str]]:
    """The ballots of which the document itself says that the voter was absent, by path and label."""
    with JUDGED.open("rb") as file:
        return frozenset((row["path"], row["label"]) for row in tomllib.load(file)["ballots"])


def wrong(cases: Iterable[Case], known: frozenset[tuple[str, str]]) -> list[Case]:
    """The cases that are ours, or that the register keeps to itself."""
    return [case for case in cases if (case.path, case.label) not in known or not case.noticed]


def report(root: Path, show: bool) -> dict[str, int]:
    """Print each source's counts; the sums, and how many are wrong."""
    total: Counter[str] = Counter()
    faults: list[Case] = []
    print(f"{'':36}{'votes':>7}{'ballots':>9}{'persons':>9}{'settled':>9}{'absent':>8}   of them in half 0, 1")
    for name, listed in documents(root):
        told = tell(*facts_of(listed))
        numbers = [told.counts[key] for key in ("votes", "ballots", "persons", "settled", "absent")]
        halves = ", ".join(
            f"{told.counts[f'absent in half {n}']} of {told.counts[f'ballots in half {n}']}" for n in (0, 1)
        )
        print(f"{name:36}{numbers[0]:>7,}{numbers[1]:>9,}{numbers[2]:>9,}{numbers[3]:>9,}{numbers[4]:>8,}   {halves}")
        total += told.counts
        faults += wrong(told.cases, judged())
        for case in told.cases if show else ():
            print(f"    {case.path} {case.place}: {case.label} {case.choice}")
    return {key: total[key] for key in ("votes", "ballots", "persons", "settled", "absent")} | {"wrong": len(faults)}


def self_test() -> list[str]:
    """Which wrong attributions were not seen; a right one refused is one of them."""
    left = Stay(label="Ann Able", until="19:40", went=100)
    roll = Roll(id="roll", rule="", stays=(left, Stay(label="Ben Baker")), sitting="s", source="d")

    def absent(label: str, choice: str, position: int) -> list[Case]:
        cast = Cast(label=label, choice=choice)
        vote = Voted(id="vote", rule="", ballots=(cast,), sitting="s", source="d", position=position, marks=())
        return wrong(tell([roll, vote], {"d": "path"}).cases, frozenset())

    missed = [] if absent("Able", "yes", 500) else ["a ballot of somebody who had left"]
    refused = absent("Able", "yes", 50) + absent("Able", "absent", 500) + absent("Baker", "no", 500)
    if not wrong([Case("path", "Able", "yes", False)], frozenset({("path", "Able")})):
        missed.append("a ballot of somebody absent without a notice")
    return [*missed, "a right ballot was refused"] if refused else missed


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--show", action="store_true", help="print every ballot of somebody absent")
    options.add_argument("--self-test", action="store_true")
    given = options.parse_args()
    missed = self_test()
    if missed or given.self_test:
        print("\n".join(f"not caught: {what}" for what in missed) or "every wrong answer was caught")
        return 1 if missed else 0
    figures = report(records(), given.show)
    print(json.dumps(figures))
    return 1 if figures["wrong"] or not figures["ballots"] else 0


if __name__ == "__main__":
    sys.exit(main())
