"""Which text of a small city was in force on which day? Held against what a person derived from texts and charter.

    python bench/force.py                 # REMEMBRANCER_RECORDS names the folder of records
    python bench/force.py --self-test     # wrong answers must be counted as wrong

The questions, with the answer and its reason, are in judged/rivergrove-force.toml; they were written before the rules,
but for one. Those whose text, provision and day have an even SHA-256 were put aside and asked only when the rules
stood; the texts themselves had all been read. An answer other than the expected one is wrong, unless it is
``undetermined``: then it is open. Floor, for either half: right .95, and nothing wrong.
"""

from __future__ import annotations

import argparse
import json
import sys
import tomllib
from collections.abc import Callable, Iterable, Sequence
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from records import files, house_of, records

from remembrancer.model import Decision
from remembrancer.register.document import read_document
from remembrancer.register.extract import extract
from remembrancer.register.resolve import Context, resolve
from remembrancer.register.resolving.force import History, force_of
from remembrancer.rules import shipped

FOLDER = "rivergrove-city/dev/source-documents"
KINDS = ("Ordinances", "Resolutions", "Interpretations", "Other")
QUESTIONS = Path(__file__).parent / "judged" / "rivergrove-force.toml"
FLOOR = 0.95


class Question(NamedTuple):
    """What force a text, or a provision of it, had on a day, and why."""

    text: str
    day: str
    force: str
    because: str
    provision: str = ""

    @property
    def aside(self) -> bool:
        """Whether the question was put aside while rules were written."""
        return sha256(f"{self.text} {self.provision} {self.day}".encode()).digest()[0] % 2 == 0


class Score(NamedTuple):
    """How many questions were answered rightly, wrongly, and not."""

    right: int
    wrong: int
    open: int

    @property
    def share(self) -> float:
        """The share of right answers."""
        return self.right / max(1, sum(self))

    @property
    def passes(self) -> bool:
        """Whether the floor holds."""
        return self.share >= FLOOR and not self.wrong


def questions() -> list[Question]:
    """The questions with their answers."""
    return [Question(**each) for each in tomllib.loads(QUESTIONS.read_text(encoding="utf-8"))["question"]]


def score(asked: Iterable[Question], answer: Callable[[Question], str]) -> Score:
    """Counts what is right, wrong and left open."""
    counted = [0, 0, 0]
    for question in asked:
        said = answer(question)
        counted[0 if said == question.force else 2 if said == "undetermined" else 1] += 1
    return Score(*counted)


def answers(root: Path) -> Callable[[Question], str]:
    """The register of the city's texts, as a function from questions to answers."""
    facts, sources = [], {}
    for path, recorded in files(root, FOLDER):
        inner = recorded.removeprefix(f"{FOLDER}/")
        if inner.startswith(KINDS) and path.suffix == ".md" and path.stat().st_size:
            document = read_document(path.read_bytes(), recorded, house_of(recorded))
            sources[inner.removesuffix(".md")] = document.source
            facts += extract(document)
    book = shipped()["rivergrove"]
    by_source = {each.source: each for each in resolve(facts, Context(books=(book,))).decisions}
    return lambda question: _answer(by_source.get(sources.get(question.text, "")), question)


def _answer(decision: Decision | None, question: Question) -> str:
    if decision is None:
        return "no decision"
    history = History(decision.turns, {each.number: each.turns for each in decision.provisions})
    return force_of(history, question.provision, question.day)


def self_test() -> list[str]:
    """What is counted wrongly."""
    asked = [Question("a", "2030-01-01", "in-force", ""), Question("b", "2030-01-01", "repealed", "")]
    tests = {
        "a wrong answer": score(asked, lambda _: "in-force") == Score(1, 1, 0),
        "an open answer": score(asked, lambda _: "undetermined") == Score(0, 0, 2),
        "an open answer fails": not score(asked, lambda _: "undetermined").passes,
        "all right passes": score(asked, lambda each: each.force).passes,
        "a missing decision": score(asked[:1], lambda each: _answer(None, each)) == Score(0, 1, 0),
    }
    return [what for what, holds in tests.items() if not holds]


def main(arguments: Sequence[str] | None = None) -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--self-test", action="store_true")
    given = options.parse_args(arguments)
    missed = self_test()
    if missed or given.self_test:
        print("\n".join(f"not caught: {what}" for what in missed) or "every wrong answer was caught")
        return 1 if missed else 0
    answer, asked = answers(records()), questions()
    for question in asked:
        said = answer(question)
        if said != question.force:
            where = f"{question.text} {question.provision}".strip()
            print(f"{where} on {question.day}: {said}, expected {question.force}: {question.because}")
    halves = {"seen": [each for each in asked if not each.aside], "aside": [each for each in asked if each.aside]}
    scores = {name: score(half, answer) for name, half in halves.items()}
    print(json.dumps({name: {**each._asdict(), "share": round(each.share, 4)} for name, each in scores.items()}))
    return 0 if all(each.passes for each in scores.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
