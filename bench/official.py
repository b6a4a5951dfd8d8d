"""Does what the rules make of a vote agree with what the body says came of it?

    REMEMBRANCER_RECORDS=... python bench/official.py [--wrong 20]
    python bench/official.py --self-test

Council: every vote read from the recordings of stadtratwatch-magdeburg, with the ballots of its members, is counted by
the shipped rulebook for that council and compared with the result in the council's information system, which is
parsed here and not by our reader. Comparable is a vote that is the only one on its motion that day, with one result
of the Stadtrat that day among (un)geändert beschlossen and abgelehnt. Rules were written looking at the sittings
before 2025-03-01; both halves are reported. Floor: all.

Ballots: the files of votes of nodejs-tsc. Yes or no is counted as a majority of those voting for or against, since the
charter of those years is not in the records; where voters ranked options, the one that beats every other is compared
with the winner. Floor: all. Quotations: every one in a shipped rulebook is in its source, but for line breaks.
The last line is JSON.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from records import files, house_of, records

from remembrancer.read.house import House, parse
from remembrancer.register.document import read_document
from remembrancer.register.facts import Voted
from remembrancer.register.passes.structured import find
from remembrancer.rules import Question, Rulebook, outcome, preferred, shipped
from remembrancer.rules import parse as parse_rules
from remembrancer.rules.majority import counted

COUNCIL = "stadtratwatch-magdeburg/dev"
BALLOTS = "nodejs-tsc/dev/votes"
SEEN_BEFORE = "2025-03-01"
RESULTS = {"ungeändert beschlossen": "carried", "geändert beschlossen": "carried", "abgelehnt": "lost"}
SOURCES = {
    "nodejs-tsc": "nodejs-tsc/dev/TSC-Charter.md",
    "rivergrove": "rivergrove-city/dev/source-documents/Other/1974-City-Charter.md",
    "webassembly-cg": "wasm-meetings/dev/process/consensus.md",
}
SIMPLE = parse_rules('name = "Votes for and against"\n[[majorities]]\nneeds = "majority"\ncite = ["bench"]')
HOUSES = Path(__file__).parents[1] / "examples" / "houses"

Key = tuple[str, str]
"""A day and the number of a motion."""


class Compared(NamedTuple):
    """What was computed, and what is official; ``why`` is the sentence."""

    key: Key
    computed: str
    official: str
    why: str

    @property
    def right(self) -> bool:
        return self.computed == self.official


def officials(papers: Iterable[dict[str, Any]]) -> dict[Key, str]:
    """What came of each motion on a day in the Stadtrat, where there is one result, and one that says it."""
    found: dict[Key, list[str]] = {}
    for paper in papers:
        for step in paper["consultations"]:
            if step.get("organization") == "Stadtrat" and step.get("date"):
                found.setdefault((step["date"][:10], paper["reference"]), []).append(step.get("result") or "")
    return {key: RESULTS[said[0]] for key, said in found.items() if len(said) == 1 and said[0] in RESULTS}


def votes(data: bytes, recorded: str, house: House) -> Iterator[Voted]:
    """The votes of one file, as the register finds them."""
    document = read_document(data, recorded, house)
    yield from (fact for fact in find(document, ()) if isinstance(fact, Voted))


def compared(found: Iterable[Voted], official: dict[Key, str], book: Rulebook | None) -> list[Compared]:
    """Every comparable vote, by day and number."""
    taken = [(voted, (voted.date, voted.mentions[0].number)) for voted in found if voted.mentions]
    once = Counter(key for _, key in taken)
    made = []
    for voted, key in taken:
        if once[key] == 1 and key in official:
            counts = counted(ballot.choice for ballot in voted.ballots)
            computed = outcome(book, Question(counts, voted.method, voted.business))
            made.append(Compared(key, computed.outcome, official[key], computed.why))
    return sorted(made)


def council(root: Path) -> list[Compared]:
    """The comparable votes of the council."""
    papers: list[dict[str, Any]] = []
    found: list[Voted] = []
    for path, recorded in files(root, COUNCIL):
        if path.name.startswith("papers-"):
            papers += json.loads(path.read_text(encoding="utf-8"))
        elif path.name.startswith("session-scan-"):
            found += votes(path.read_bytes(), recorded, house_of(recorded))
    return compared(found, officials(papers), shipped()["german-council-magdeburg"])


def ballot_files(root: Path) -> Iterator[Compared]:
    """The files of votes that say what came of them."""
    house = parse((HOUSES / "nodejs-tsc-votes.toml").read_text(encoding="utf-8"))
    for path, recorded in files(root, BALLOTS):
        if path.suffix != ".json":
            continue
        told = json.loads(path.read_text(encoding="utf-8"))
        if "outcome" not in told:
            continue
        if isinstance(told["outcome"], dict):
            winners = told["outcome"]["winner(s)"]
            computed, official = preferred(list(told["votes"].values())), " and ".join(winners)
        else:
            voted = next(votes(path.read_bytes(), recorded, house))
            computed = outcome(SIMPLE, Question(counted(ballot.choice for ballot in voted.ballots), voted.method))
            official = {"Yes": "carried", "No": "lost"}[told["outcome"]]
        yield Compared((path.stem, told["description"]), computed.outcome, official, computed.why)


def misquoted(root: Path) -> list[str]:
    """Quotations of shipped rulebooks that are not in their source."""
    wrong = []
    for name, book in shipped().items():
        rules = [*book.majorities, *book.readings, *book.commencement, book.quorum, book.tie, book.voting, book.motions]
        quotes = [rule.quote for rule in rules if rule is not None and rule.quote]
        source = " ".join((root / SOURCES[name]).read_text(encoding="utf-8").split()) if quotes else ""
        wrong += [f"{name}: {quote}" for quote in quotes if quote not in source.replace("`", "")]
    return wrong


def self_test() -> list[str]:
    """What the comparison would not notice; empty when it sees a wrong result, and a motion voted on twice."""
    ballots = {"Ada": "J", "Bo": "J", "Cy": "N", "Di": "O"}
    vote = {
        "votingSubject": {"agendaItem": "1", "motionId": "A0001/31", "title": "Steg", "type": "Antrag"},
        "votes": [{"name": name, "vote": choice} for name, choice in ballots.items()],
    }
    house = parse((HOUSES / "magdeburg.toml").read_text(encoding="utf-8"))
    data = json.dumps([vote]).encode()
    found = list(votes(data, "session-scan-2031-05-06.json", house))
    book, key = shipped()["german-council-magdeburg"], ("2031-05-06", "A0001/31")
    missed = []
    if not all(each.right for each in compared(found, {key: "carried"}, book)):
        missed.append("a right result was taken for wrong")
    if any(each.right for each in compared(found, {key: "lost"}, book)) or not found:
        missed.append("a wrong result was taken for right")
    if compared([*found, *found], {key: "lost"}, book):
        missed.append("a motion voted on twice was compared")
    if officials([{"reference": "A0001/31", "consultations": [{"organization": "Stadtrat", "date": "2031-05-06"}]}]):
        missed.append("a step without a result was compared")
    return missed


def tell(name: str, rows: list[Compared]) -> float:
    """The share that agrees, printed."""
    right = sum(row.right for row in rows)
    print(f"{name}: {right:,} of {len(rows):,} agree")
    return right / len(rows) if rows else 0.0


def main() -> int:
    """Measure, or with --self-test show that a wrong result would be seen."""
    arguments = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    arguments.add_argument("--wrong", type=int, default=10, help="how many differences to show")
    arguments.add_argument("--self-test", action="store_true")
    given = arguments.parse_args()
    if given.self_test:
        missed = self_test()
        print(*missed or ["the bench sees what is wrong"], sep="\n")
        return 1 if missed else 0
    root = records()
    rows, files_of_votes, wrong = council(root), list(ballot_files(root)), misquoted(root)
    figures = {
        "official_seen": tell("Council, sittings seen", [row for row in rows if row.key[0] < SEEN_BEFORE]),
        "official_unseen": tell("Council, sittings not seen", [row for row in rows if row.key[0] >= SEEN_BEFORE]),
        "official": tell("Council, all", rows),
        "ballot_files": tell("Files of ballots", files_of_votes),
        "comparable": len(rows),
        "misquoted": len(wrong),
    }
    for row in [row for row in (*rows, *files_of_votes) if not row.right][: given.wrong]:
        print(f"  {row.key[0]} {row.key[1]}: computed {row.computed!r}, official {row.official!r}: {row.why}")
    print(*wrong, sep="\n", end="\n" if wrong else "")
    print(json.dumps(figures))
    return 0 if figures["official"] == figures["ballot_files"] == 1.0 and not wrong else 1


if __name__ == "__main__":
    sys.exit(main())
