"""Are the decisions found that people counted?

    python bench/decisions.py               # on $REMEMBRANCER_RECORDS
    python bench/decisions.py --wrong       # and list what was missed or invented
    python bench/decisions.py --self-test   # a table nobody read must score badly

Two truths. In the human notes of ethereum-pm, the numbered rows of the tables headed "Decisions made": a row is found
when a decision or an action begins on its line. In london-ontario-council, the motions of the Council's own meetings as
its JSON has them, each passed or failed: a motion is found when the Markdown's minutes give a decision with the same
opening words and outcome; what amends a motion is left out on both sides, and a committee's meeting must give no
decision at all. A row or motion is of the half that the rules were written with when the SHA-256 of its file's name is
even; both halves are reported. Floors: recall of rows 0.98, F1 of motions 0.98, none from committees. The last line is
JSON; exit code 1 if a floor is missed.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from records import files, house_of, records

from remembrancer.register.document import Document, read_document
from remembrancer.register.extract import extract
from remembrancer.register.facts import AnyFact, Promised, Resolved

FLOORS = {"rows_recall": 0.98, "motions_f1": 0.98}
ROW = re.compile(r"^\s*\|?\s*\**\s*(?P<number>\d+(?:\.\d+)+)[.)]?\**\s*\|(?P<words>[^|\n]*[^\W\d_]{3}[^|\n]*)")
HEAD = re.compile(r"^(?:#+|\|?\s*(?:action\s*/\s*)?decision items?\s*\||\**decision)", re.IGNORECASE)
DECIDES = re.compile(r"^\W*(?:[\d.]+\s*)?(?:action\s*/\s*)?decisions?\b(?! process)", re.IGNORECASE)
AMENDS = re.compile(r"be\s+(?:further\s+)?amended|^motion to (?:amend|add)", re.IGNORECASE)
RESULT = re.compile(r"Motion (?P<what>Passed|Failed)")
Extract = Callable[[Document], tuple[AnyFact, ...]]


class Score(NamedTuple):
    right: int = 0
    expected: int = 0
    found: int = 0

    def __add__(self, other: Any) -> Score:
        return Score(*(one + another for one, another in zip(self, other, strict=True)))

    @property
    def recall(self) -> float:
        return self.right / self.expected if self.expected else 1.0

    @property
    def f1(self) -> float:
        return 2 * self.right / (self.expected + self.found) if self.expected + self.found else 1.0


def half(name: str) -> str:
    return "even" if int(sha256(name.encode()).hexdigest(), 16) % 2 == 0 else "odd"


def rows(text: str) -> list[int]:
    """The lines, from 1, of the numbered rows that stand below a heading, or in a table with a head, of decisions."""
    found: list[int] = []
    deciding = False
    for number, line in enumerate(text.splitlines(), 1):
        if HEAD.match(line):
            deciding = DECIDES.match(line) is not None
        if deciding and ROW.match(line):
            found.append(number)
    return found


def of_rows(document: Document, facts: tuple[AnyFact, ...], wrong: bool) -> Score:
    lines = rows(document.data.decode())
    begun = {
        document.data.count(b"\n", 0, fact.position) + 1 for fact in facts if isinstance(fact, (Resolved, Promised))
    }
    for line in lines:
        if wrong and line not in begun:
            print(f"missed: {document.path} line {line}")
    told = sum(isinstance(fact, Resolved) and fact.rule == "decisions.row" for fact in facts)
    return Score(sum(line in begun for line in lines), len(lines), told)


def opening(text: str) -> str:
    return re.sub(r"\W+", "", text).casefold()[:40]


def motions(value: Any) -> Iterator[tuple[str, str]]:
    """The motions of a meeting's JSON that were put: opening words and outcome."""
    if isinstance(value, dict):
        result = RESULT.match((value.get("result") or {}).get("string", "")) if "motion_texts" in value else None
        text = " ".join(each.get("string", "") for each in value.get("motion_texts") or ())
        if result and text and not AMENDS.search(text):
            yield opening(text), "carried" if result["what"] == "Passed" else "lost"
        for member in value.values():
            yield from motions(member)
    elif isinstance(value, list):
        for member in value:
            yield from motions(member)


def of_motions(told: Counter[tuple[str, str]], facts: tuple[AnyFact, ...], path: str, wrong: bool) -> Score:
    found = Counter(
        (opening(fact.text), fact.outcome)
        for fact in facts
        if isinstance(fact, Resolved) and not AMENDS.search(fact.text)
    )
    if wrong:
        for key in (told - found).elements():
            print(f"missed: {path}: {key}")
        for key in (found - told).elements():
            print(f"invented: {path}: {key}")
    return Score((told & found).total(), told.total(), found.total())


def ethereum(root: Path, found: Extract, wrong: bool) -> dict[str, Score]:
    scores = {"even": Score(), "odd": Score()}
    for path, recorded in files(root, "ethereum-pm"):
        if path.suffix == ".md" and rows(path.read_text(encoding="utf-8", errors="replace")):
            document = read_document(path.read_bytes(), recorded, house_of(recorded))
            scores[half(path.name)] += of_rows(document, found(document), wrong)
    return scores


def london(root: Path, found: Extract, wrong: bool) -> tuple[dict[str, Score], int]:
    """The scores of both halves, and how many decisions were taken from committees' minutes."""
    scores, recommended = {"even": Score(), "odd": Score()}, 0
    for path, recorded in files(root, "london-ontario-council"):
        structured = Path(str(path).replace("content", "data")).with_suffix(".json")
        if path.suffix != ".md" or not structured.is_file():
            continue
        facts = found(read_document(path.read_bytes(), recorded, house_of(recorded)))
        if "Council" in path.stem and "Committee" not in path.stem:
            told = Counter(motions(json.loads(structured.read_text(encoding="utf-8"))))
            scores[half(path.name)] += of_motions(told, facts, recorded, wrong)
        elif "Committee" in path.stem:
            recommended += sum(isinstance(fact, Resolved) for fact in facts)
    return scores, recommended


def self_test() -> bool:
    """Whether a bench whose register finds nothing, or only half, says so."""
    text = "# Call\n\n## Decisions Made\n\n| Item | Text |\n|-|-|\n| 1.1 | Keep the gate |\n| 1.2 | Paint it green |\n"
    document = read_document(text.encode(), "notes/2031-01-02.md", house_of("ethereum-pm/x"))
    facts = tuple(fact for fact in extract(document) if isinstance(fact, Resolved))
    told = Counter([("keepthegate", "carried"), ("paintitgreen", "lost")])
    return (
        rows(text) == [7, 8]
        and of_rows(document, facts, False).recall == 1.0
        and of_rows(document, facts[:1], False).recall == 0.5
        and of_motions(told, facts, "", False).f1 == 0.5
        and of_motions(told, (), "", False).recall == 0.0
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--wrong", action="store_true")
    parser.add_argument("--self-test", action="store_true")
    arguments = parser.parse_args()
    if arguments.self_test:
        return 0 if self_test() else 1
    root = records()
    table = ethereum(root, extract, arguments.wrong)
    council, recommended = london(root, extract, arguments.wrong)
    figures: dict[str, float] = {"committees": recommended}
    for name, score in table.items():
        print(f"rows of decisions, {name}: {score.right} of {score.expected}, recall {score.recall:.4f}")
        figures |= {f"rows_recall_{name}": round(score.recall, 4), f"rows_{name}": score.expected}
    for name, score in council.items():
        print(f"motions of Council, {name}: {score.right} of {score.expected}, {score.found} found, F1 {score.f1:.4f}")
        figures |= {f"motions_f1_{name}": round(score.f1, 4), f"motions_{name}": score.expected}
    figures["rows_recall"] = round(sum(table.values(), Score()).recall, 4)
    figures["motions_f1"] = round(sum(council.values(), Score()).f1, 4)
    missed = [name for name, floor in FLOORS.items() if figures[name] < floor]
    print(json.dumps(figures))
    return 1 if missed or recommended else 0


if __name__ == "__main__":
    sys.exit(main())
