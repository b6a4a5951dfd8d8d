"""Where do proposals stand, by their own headers and by what a steering council says of them?

    python bench/papers.py                 # REMEMBRANCER_RECORDS names the folder of records
    python bench/papers.py --self-test     # wrong facts must be counted as wrong

Headers: status and supersession of every proposal, held against a parse of the headers that shares nothing with the
program; floor 1.00. Updates: the council's decisions, held against judged/steering-council.toml (precision and recall)
and, where the proposal is at hand, against its header, which may have moved on (an accepted one is final today); floor
.90 for agreement and recall, .95 for precision. Figures are shown for two halves, by odd and even number of proposal
and month of update. The list of updates was read whole before the rules were finished: its halves are no blind test.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from records import files, house_of, records

from remembrancer.register.document import read_document
from remembrancer.register.extract import extract
from remembrancer.register.facts import AnyFact, Mention, Resolved, Standing

PROPOSALS, UPDATES = "python-peps", "python-steering-council/dev/updates"
JUDGED = Path(__file__).parent / "judged" / "steering-council.toml"
FIT = {
    "Accepted": {"Accepted", "Final", "Active", "Superseded"},
    "Final": {"Final", "Superseded"},
    "Rejected": {"Rejected"},
    "Withdrawn": {"Withdrawn"},
}
"""What a header may say today of a proposal that once got a status; a deferral holds only for a time."""


class Header(NamedTuple):
    """What a proposal says of itself: by number, its status, what it replaces and what replaced it."""

    number: int
    status: str
    replaces: frozenset[int]
    replaced_by: frozenset[int]


class Decision(NamedTuple):
    """That an update says that a proposal got a status."""

    update: str
    number: int
    status: str

    @property
    def even(self) -> bool:
        """Whether the update is of the second half."""
        return int(self.update[5:7]) % 2 == 0


def parsed(text: str) -> Header | None:
    """The header of a proposal by the rules of mail headers."""
    block = text.split("\n\n", 1)[0]
    fields = {
        name.lower(): " ".join(value.split())
        for name, value in re.findall(r"^([\w-]+):((?:.*)(?:\n[ \t]+.*)*)", block, re.MULTILINE)
    }
    if not {"pep", "status"} <= set(fields):
        return None
    replaces, replaced = (
        frozenset(map(int, re.findall(r"\d+", fields.get(n, "")))) for n in ("replaces", "superseded-by")
    )
    return Header(int(fields["pep"]), fields["status"], replaces, replaced)


def told(facts: Iterable[AnyFact]) -> dict[int, Header]:
    """The same as the program's facts tell it."""
    status: dict[int, str] = {}
    pairs: set[tuple[int, int]] = set()
    for fact in facts:
        if isinstance(fact, Standing):
            if fact.status:
                status[number(fact.mention)] = fact.status
            pairs |= {(number(fact.mention), number(each.target)) for each in fact.relations if each.kind == "replaces"}
    return {
        each: Header(
            each,
            state,
            frozenset(old for new, old in pairs if new == each),
            frozenset(new for new, old in pairs if old == each),
        )
        for each, state in status.items()
    }


def number(mention: Mention) -> int:
    """The number a matter is known by."""
    return next(int(key.rpartition(" ")[2]) for key in mention.keys if key.startswith("number:"))


def headers(root: Path) -> tuple[dict[int, Header], dict[int, Header]]:
    """Of every proposal what its header says, and what the program made of it; supersession as both sides tell it."""
    expected: list[Header] = []
    facts: list[AnyFact] = []
    for path, recorded in files(root, PROPOSALS):
        header = parsed(path.read_text(encoding="utf-8")) if path.name.startswith("pep-") else None
        if header:
            expected.append(header)
            facts += extract(read_document(path.read_bytes(), recorded, house_of(recorded)))
    pairs = {(each.number, old) for each in expected for old in each.replaces}
    pairs |= {(new, each.number) for each in expected for new in each.replaced_by}
    return {each.number: _both(each, pairs) for each in expected}, told(facts)


def _both(header: Header, pairs: set[tuple[int, int]]) -> Header:
    replaces = frozenset(old for new, old in pairs if new == header.number)
    return header._replace(replaces=replaces, replaced_by=frozenset(new for new, old in pairs if old == header.number))


def decisions(root: Path) -> list[Decision]:
    """What the program finds the updates to say, each proposal and status once in an update."""
    found: list[Decision] = []
    for path, recorded in files(root, UPDATES):
        update = (re.match(r"\d{4}-\d{2}(?:-\d{2})?", path.name) or [""])[0]
        for fact in extract(read_document(path.read_bytes(), recorded, house_of(recorded))):
            if isinstance(fact, Resolved) and fact.kind == "set-status" and fact.mentions:
                found.append(Decision(update, number(fact.mentions[0]), fact.status_to))
    return list(dict.fromkeys(found))


def judged() -> list[Decision]:
    """What a person found."""
    entries = tomllib.loads(JUDGED.read_text(encoding="utf-8"))["decision"]
    return [Decision(each["update"], each["number"], each["status"]) for each in entries]


def scored(found: Iterable[Decision], expected: Iterable[Decision], status: Mapping[int, str]) -> dict[str, float]:
    """Precision, recall, and the share of decisions that fit the header of their proposal, where there is one."""
    one, other = set(found), set(expected)
    comparable = [each for each in one if each.number in status and each.status in FIT]
    fitting = [each for each in comparable if status[each.number] in FIT[each.status]]
    return {
        "precision": len(one & other) / max(1, len(one)),
        "recall": len(one & other) / max(1, len(other)),
        "fits_header": len(fitting) / max(1, len(comparable)),
        "comparable": len(comparable),
    }


def passes(figures: Mapping[str, float]) -> bool:
    """Whether the floors hold."""
    return figures["precision"] >= 0.95 and figures["recall"] >= 0.9 and figures["fits_header"] >= 0.9


def self_test() -> list[str]:
    """What is counted wrongly."""
    true = Decision("2030-01", 7, "Accepted")
    header = parsed("PEP: 7\nStatus: Final\nReplaces: 3,\n 4\n\nReplaces: 9\n")
    tests = {
        "a header": header == Header(7, "Final", frozenset({3, 4}), frozenset()),
        "a wrong status": not passes(scored([true._replace(status="Rejected")], [true], {})),
        "one missed": not passes(scored([], [true], {})),
        "a header that contradicts": not passes(scored([true], [true], {7: "Rejected"})),
        "all right": passes(scored([true], [true], {7: "Final"})),
    }
    return [what for what, holds in tests.items() if not holds]


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--self-test", action="store_true")
    given = options.parse_args()
    missed = self_test()
    if missed or given.self_test:
        print("\n".join(f"not caught: {what}" for what in missed) or "every wrong fact was caught")
        return 1 if missed else 0
    root = records()
    expected, found = headers(root)
    wrong = {each for each in expected if found.get(each) != expected[each]}
    for each in sorted(wrong):
        print(f"{each}: {found.get(each)}, expected {expected[each]}")
    figures: dict[str, dict[str, float]] = {}
    said, gold = decisions(root), judged()
    for name, even in (("odd", False), ("even", True)):
        numbers = [each for each in expected if (each % 2 == 0) == even]
        halves = [[each for each in group if each.even == even] for group in (said, gold)]
        right = 1 - len(wrong & set(numbers)) / max(1, len(numbers))
        figures[name] = {"headers": right, "proposals": len(numbers)}
        figures[name] |= scored(*halves, {each: header.status for each, header in expected.items()})
    for one, other, what in ((said, gold, "not judged so"), (gold, said, "missed")):
        for each in sorted(set(one) - set(other)):
            print(f"{what}: {each.update} {each.number} {each.status}")
    print(json.dumps({name: {key: round(value, 4) for key, value in each.items()} for name, each in figures.items()}))
    return 0 if not wrong and all(passes(each) for each in figures.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
