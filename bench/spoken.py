"""Votes told in another language: are they found where they stand, with their numbers and names?

    REMEMBRANCER_RECORDS=... python bench/spoken.py [--wrong 20]
    python bench/spoken.py --self-test

Galician (parlamint-es-ga): ``marks/spoken.tsv`` lists the votes of the three sittings, as the offset in the text
edition at which the result begins, with numbers and outcome. They were looked for by every word a vote is told with
and read in their place, not by reading the sittings from end to end; a result corrected from the chair at once is one
vote with the later numbers. A vote is right when found there (in the XML edition: in its turn) with the same way of
voting and the same numbers. A regular expression of one line, which knows numbers only, is checked against the list.
The halves are the first sitting and the other two; all three were seen while the rules were written, so that
neither half is a figure for what was never seen.

Portuguese (citilink-pt): annotators marked in each minutes the word that records a vote, who voted how, and "por
unanimidade" or "por maioria". A vote is right when its word is found at exactly that range of characters; names
likewise (an article before a name is left aside, a body or a group named as voters is no ballot). The minutes alone
are read: the house leaves out the annotations. Halves by a hash of minute and offset; all four minutes were seen
while the rules were written.

Floors: F1 0.90 for the votes of each source. The last line is JSON.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import sys
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from records import house_of, records

from remembrancer.register.document import Document, read_document
from remembrancer.register.extract import extract
from remembrancer.register.facts import Voted

FLOOR = 0.90
GALICIAN = "parlamint-es-ga/dev"
PORTUGUESE = "citilink-pt/dev"
MARKS = Path(__file__).parent / "marks" / "spoken.tsv"
NUMBERS = re.compile(r"seguinte resultado: ([^\n]*\d)")
CHOICES = {"in_favor": "yes", "against": "no", "abstention": "abstain", "blank": "abstain"}
WAYS = {"unanimous": "unanimous", "majority": "tally"}
ARTICLE = re.compile(r"(?:os?|as?)\s+", re.IGNORECASE)
NO_BALLOT = re.compile(
    r"(?:[oa]s? )?(?:executivo|câmara|assembleia|eleit|vereadores|votos|membros)|\w+ votos|\w+ em branco|$", re.I
)

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


def score(found: Iterable[Fact], true: Iterable[Fact]) -> Score:
    """Compare facts as sets."""
    one, other = set(found), set(true)
    return Score(len(one & other), len(one), len(other))


def in_order(found: list[Fact], true: list[Fact]) -> Score:
    """Compare facts as sequences: each true one may be found once, and in its turn."""
    blocks = SequenceMatcher(None, found, true, autojunk=False).get_matching_blocks()
    return Score(sum(block.size for block in blocks), len(found), len(true))


def votes_of(path: Path, recorded: str) -> tuple[Document, list[Voted]]:
    """The votes that the register finds in a file, in its order."""
    document = read_document(path.read_bytes(), recorded, house_of(recorded))
    return document, [fact for fact in extract(document) if isinstance(fact, Voted)]


def told(vote: Voted) -> Fact:
    """Way of voting and numbers, as the list of marks writes them; whoever stood for election is a candidate."""
    known = ("yes", "no", "abstain", "absent", "not-voting")
    counts = " ".join(f"{label if label in known else 'candidate'} {number}" for label, number in vote.counts)
    return vote.method, counts


def galician(root: Path) -> Iterator[tuple[str, str, Score, Score, list[Fact], list[Fact]]]:
    """For each file: half, edition, votes, outcomes among those right, found and true facts."""
    with MARKS.open(encoding="utf-8", newline="") as stream:
        marks = list(csv.DictReader(stream, delimiter="\t"))
    for path in sorted((root / GALICIAN).rglob("*DSPG*.*")):
        wanted = [mark for mark in marks if mark["sitting"] in path.name]
        half = "first" if path.name.split("DSPG")[1].startswith("020") else "second"
        document, votes = votes_of(path, path.relative_to(root).as_posix())
        plain = path.suffix == ".txt"
        found = [(*((str(_offset(document, vote)),) if plain else ()), *told(vote)) for vote in votes]
        true = [(*((mark["offset"],) if plain else ()), mark["method"], mark["counts"]) for mark in wanted]
        result = score(found, true) if plain else in_order(found, true)
        outcomes = in_order(
            [(*told(vote), vote.declared) for vote in votes],
            [(mark["method"], mark["counts"], mark["outcome"]) for mark in wanted],
        )
        yield half, "text" if plain else "xml", result, outcomes, found, true


def _offset(document: Document, vote: Voted) -> int:
    return len(document.data[: vote.marks[0].start].decode())


def same_numbers(root: Path) -> bool:
    """Whether the list of marks has the numbers that a regular expression finds, but for the one corrected at once."""
    with MARKS.open(encoding="utf-8", newline="") as stream:
        marked = [
            tuple(re.findall(r"\d+", row["counts"])) for row in csv.DictReader(stream, delimiter="\t") if row["counts"]
        ]
    texts = [path.read_text(encoding="utf-8") for path in sorted((root / GALICIAN).rglob("*DSPG*.txt"))]
    read = [tuple(re.findall(r"\d+", numbers)) for text in texts for numbers in NUMBERS.findall(text)]
    blocks = SequenceMatcher(None, read, marked, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks) == len(marked) == len(read) - 1


def annotated(minute: dict[str, Any]) -> Iterator[tuple[str, Fact, str, set[Fact]]]:
    """For each annotated vote: half, its word's range, its way, and its ballots as choice and range."""
    votings = [
        voting
        for item in minute["agenda_items"]
        for subject in item["subjects"]
        for voting in subject.get("voting") or ()
    ]
    for voting in votings:
        evidence = voting["voting_evidence"]
        where: Fact = (minute["minute_id"], str(evidence["start"]), str(evidence["end"]))
        named = [(CHOICES[choice], each) for choice, listed in voting["voters"].items() for each in listed]
        named += [("out", each) for each in voting["non_voters"]]
        ballots: set[Fact] = {
            (*where[:2], choice, *_range(each)) for choice, each in named if not NO_BALLOT.match(each["text"])
        }
        yield half_of(*where[:2]), where, WAYS.get((voting["global_tally"] or {}).get("type", ""), ""), ballots


def _range(each: dict[str, Any]) -> tuple[str, str]:
    article = ARTICLE.match(each["text"])
    return str(each["start"] + (article.end() if article else 0)), str(each["end"])


def half_of(*parts: str) -> str:
    """The half that a fact of these words belongs to."""
    return "first" if sha256(":".join(parts).encode()).digest()[0] % 2 else "second"


def found_in(path: Path, root: Path, minute: dict[str, Any]) -> Iterator[tuple[str, Fact, str, set[Fact]]]:
    """The same for the votes the register finds in a minutes' text."""
    document, votes = votes_of(path, path.relative_to(root).as_posix())
    cell = next(cell for cell in document.cells if cell.address.endswith("full_text"))
    lead = len(minute["full_text"]) - len(minute["full_text"].lstrip()) if not cell.text[:1].isspace() else 0
    if minute["full_text"].strip() != cell.text.strip():
        print(f"  {minute['minute_id']}: the text read is not the text annotated")

    def at(byte: int) -> str:
        return str(len(document.data[cell.span.start : byte].decode()) + lead)

    for vote in votes:
        word = vote.marks[1] if vote.rule == "spoken.resolved" else vote.marks[0]
        where: Fact = (minute["minute_id"], at(word.start), at(word.end))
        out = ("recused", "not-voting", "absent")
        ballots: set[Fact] = {
            (*where[:2], "out" if each.choice in out else each.choice, at(mark.start), at(mark.end))
            for each in vote.ballots
            for mark in each.marks
        }
        yield half_of(*where[:2]), where, vote.method, ballots


def portuguese(root: Path) -> dict[str, tuple[list[Any], list[Any]]]:
    """By half: what is found and what is true."""
    halves: dict[str, tuple[list[Any], list[Any]]] = {"first": ([], []), "second": ([], [])}
    for path in sorted((root / PORTUGUESE).rglob("*.json")):
        for municipality in json.loads(path.read_text(encoding="utf-8"))["municipalities"]:
            for minute in municipality["minutes"]:
                for half, *rest in found_in(path, root, minute):
                    halves[half][0].append(rest)
                for half, *rest in annotated(minute):
                    halves[half][1].append(rest)
    return halves


def summed(scores: Iterable[Score]) -> Score:
    """The scores of several files as one."""
    return Score(*(sum(column) for column in zip(*scores, strict=True)))


def measure_galician(root: Path, wrong: int) -> dict[str, float]:
    """Print and return the figures of the Galician sittings."""
    rows = list(galician(root))
    figures: dict[str, float] = {}
    for edition in ("text", "xml"):
        for half in ("first", "second"):
            votes = summed(row[2] for row in rows if row[:2] == (half, edition))
            outcomes = summed(row[3] for row in rows if row[:2] == (half, edition))
            print(f"Galician, {edition}, {half} half: votes {votes}; with outcome {outcomes}")
            figures[f"galician_{edition}_{half}_f1"] = round(votes.f1, 4)
    for row in rows:
        for fact in [*set(row[4]) ^ set(row[5])][:wrong]:
            print("  ", "found" if fact in row[4] else "missed", *fact)
    figures["galician_f1"] = round(summed(row[2] for row in rows).f1, 4)
    return figures


def measure_portuguese(root: Path, wrong: int) -> dict[str, float]:
    """Print and return the figures of the Portuguese minutes."""
    figures: dict[str, float] = {}
    totals: list[Score] = []
    for half, (found, true) in portuguese(root).items():
        votes = score((each[0] for each in found), (each[0] for each in true))
        ballots = score((one for each in found for one in each[2]), (one for each in true for one in each[2]))
        ways = {each[0]: each[1] for each in found}
        told_ways = [(each[1], ways[each[0]]) for each in true if each[1] and each[0] in ways]
        alike = sum(one == other or {one, other} == {"tally", "ballot"} for one, other in told_ways)
        print(f"Portuguese, {half} half: votes {votes}; names {ballots}; way of voting {alike} of {len(told_ways)}")
        missed = {each[0] for each in true} ^ {each[0] for each in found}
        names = {one for each in true for one in each[2]} ^ {one for each in found for one in each[2]}
        for fact in (*sorted(missed)[:wrong], *sorted(names)[:wrong]):
            print("  ", "found" if any(fact == each[0] or fact in each[2] for each in found) else "missed", *fact)
        figures |= {f"portuguese_{half}_f1": round(votes.f1, 4), f"portuguese_{half}_names_f1": round(ballots.f1, 4)}
        totals.append(votes)
    return {**figures, "portuguese_f1": round(summed(totals).f1, 4)}


def self_test() -> bool:
    """Whether a vote of other numbers, one at another place and one too many are seen to be wrong."""
    true: list[Fact] = [("10", "tally", "yes 3 no 1"), ("90", "tally", "yes 2 no 2")]
    other: list[Fact] = [("10", "tally", "yes 3 no 2"), ("91", "tally", "yes 2 no 2")]
    fewer = in_order([fact[1:] for fact in true[:1]], [fact[1:] for fact in true])
    return score(true, true).f1 == 1 and score(other, true).f1 == 0 and fewer == Score(1, 1, 2)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--wrong", type=int, default=0, help="show as many wrong facts of each part")
    parser.add_argument("--self-test", action="store_true")
    options = parser.parse_args()
    if options.self_test:
        return 0 if self_test() else 1
    root = records()
    figures = {**measure_galician(root, options.wrong), **measure_portuguese(root, options.wrong)}
    checked = same_numbers(root)
    print("The list of marks has the numbers of the regular expression:", "yes" if checked else "no")
    print(json.dumps({**figures, "floor": FLOOR}))
    return 0 if checked and min(figures["galician_f1"], figures["portuguese_f1"]) >= FLOOR else 1


if __name__ == "__main__":
    sys.exit(main())
