"""The demo's law: what it shows is so, and its questions are answered as the documents say."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from remembrancer.model import OWNER
from remembrancer.office import Office
from remembrancer.office.asking.answering import Told, ask
from remembrancer.office.registers.registered import Registered
from remembrancer.office.registers.registrar import register_of

DEMO = Path(__file__).resolve().parents[1] / "examples" / "demo"
QUESTIONS: dict[str, list[dict[str, Any]]] = tomllib.loads((DEMO / "questions.toml").read_text(encoding="utf-8"))

# Measured on 22 November 2026, of 13 answerable and 11 unanswerable questions; a floor, not a goal. The one
# that fails asks in another word than the record's: "contractor" where it says the firm.
ANSWERED = 12
SILENT = 11


COUNTED = (
    "How much was allocated for the repair of the Mill Lane footbridge?",
    "Who voted against the repeal of Resolution 2023/14?",
    "How did Riverside Ward vote on the repeal of Resolution 2023/14?",
    "Who seconded the skate park?",
    "What was the vote on the floodlights?",
    "How many motions were lost in 2024?",
    "How many members were present on 19 March 2024?",
    "Was there a quorum on 19 March 2024?",
    "When was Resolution 2023/23 amended?",
)

UNNUMBERED = {"2025/9"}
"""Of the sitting that is on record as captions alone: the number was given to it afterwards."""


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The demo's office and what the demo printed."""
    place = tmp_path_factory.mktemp("demo")
    ran = run_demo(place)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return place / "demo-office", ran.stdout


def run_demo(place: Path) -> subprocess.CompletedProcess[str]:
    command, utf8 = [sys.executable, str(DEMO / "demo.py")], {**os.environ, "PYTHONUTF8": "1"}
    return subprocess.run(command, check=False, cwd=place, env=utf8, capture_output=True, encoding="utf-8")


def answers(office: Path, questions: list[dict[str, Any]]) -> list[Told]:
    with Office(office) as opened:
        return [ask(opened.body(), OWNER, each["question"]) for each in questions]


def is_answered(expected: dict[str, Any], given: Told) -> bool:
    return any(
        hit.path.endswith(expected["document"]) and all(words in hit.text for words in expected["contains"])
        for hit in given.answer
    )


def test_what_is_doubtful_waits_for_the_clerk_and_changes_nothing_before(demo: tuple[Path, str]) -> None:
    """What was agreed at an informal meeting, in prose, repeals nothing until somebody says so."""
    doubts = tomllib.loads((DEMO / "truth.toml").read_text(encoding="utf-8"))["doubts"]
    with Office(demo[0]) as office:
        registered = Registered(office.body(), OWNER)
        asked = [each.question for each in registered.queue()]
        noticed = [each.code for each in registered.notices() if each.date == "2025-02-11"]
        fence = next(each for each in registered.decisions() if each.number == "2024/28")
    assert [each["asks"] for each in doubts if "asks" in each and not any(each["asks"] in one for one in asked)] == []
    assert len(asked) == sum("asks" in each for each in doubts)
    assert sorted(noticed) == sorted(each["notices"] for each in doubts if "notices" in each)
    assert fence.force == "in-force"


def test_the_demo_verifies_answers_and_keeps_silent(demo: tuple[Path, str]) -> None:
    """The demo exits with 0 and prints, without colours, what each command that it names printed."""
    _, printed = demo
    assert "$ remembrancer record verify -o demo-office\nThe record holds." in printed
    assert "£42,500" in printed
    assert "The record is silent on “swimming pool”." in printed
    assert "\x1b" not in printed


def test_what_is_not_the_demos_office_stays(tmp_path: Path) -> None:
    """Anything else of its name is said to be in the way, and is not touched."""
    kept = tmp_path / "demo-office" / "letters.txt"
    kept.parent.mkdir()
    kept.write_text("keep me", encoding="utf-8")
    assert run_demo(tmp_path).returncode == 1
    assert kept.read_text(encoding="utf-8") == "keep me"


def test_answerable_questions_are_answered_in_the_words_of_the_record(demo: tuple[Path, str]) -> None:
    """One quotation holds all the expected words and stands in the expected document."""
    asked = QUESTIONS["answerable"]
    missed = [
        each["question"]
        for each, given in zip(asked, answers(demo[0], asked), strict=True)
        if not is_answered(each, given)
    ]
    assert len(asked) - len(missed) >= ANSWERED, missed


@pytest.mark.parametrize("question", COUNTED)
def test_a_number_in_a_sentence_is_in_the_words_quoted_or_counts_them(demo: tuple[Path, str], question: str) -> None:
    """Or it is of a date, of the question or in the name of what is answered about."""
    with Office(demo[0]) as opened:
        given, register = ask(opened.body(), OWNER, question), register_of(opened.body(), OWNER)
    assert (given.status, bool(given.facts)) == ("answered", True)
    rows = [register.get(fact.row) for fact in given.facts]
    named = [str(getattr(row, name, "")) for row in rows for name in ("number", "title", "text", "question")]
    linked = [each.number for row in rows if row for each in register.decisions if row.id in (each.motion, each.vote)]
    quoted = [quote.quote for fact in given.facts for quote in fact.spans]
    dated = [str(int(part)) for fact in given.facts for part in fact.date.split("-") if part]
    known = set(re.findall(r"\d+", " ".join([question, *named, *linked, *quoted, *dated])))
    counts = {str(number) for number in range(len(given.facts) + 1)}
    assert set(re.findall(r"\d+", given.sentence)) <= known | counts


def test_the_record_is_silent_on_what_was_never_said(demo: tuple[Path, str]) -> None:
    asked = QUESTIONS["unanswerable"]
    spoken = [given.question for given in answers(demo[0], asked) if given.status != "silent"]
    assert len(asked) - len(spoken) >= SILENT, spoken


def test_the_register_is_shown_as_the_truth_has_it(demo: tuple[Path, str]) -> None:
    """Every numbered resolution is a decision, what was repealed is shown so, and nothing else is."""
    truth = tomllib.loads((DEMO / "truth.toml").read_text(encoding="utf-8"))
    with Office(demo[0]) as opened:
        register = register_of(opened.body(), OWNER)
    numbers = {number for each in truth["sittings"] for number in _between(*each["resolutions"])}
    assert {row.number for row in register.decisions if row.number} == numbers
    _, printed = demo
    shown = printed.partition("decisions --force repealed -o demo-office\n")[2].partition("\n\n")[0]
    assert [number for number in sorted(numbers) if f"  {number}  " in shown] == ["2023/14"]


def test_a_matter_is_followed_from_beginning_to_end(demo: tuple[Path, str]) -> None:
    """Each resolution that the truth counts among a matter's steps is of the one matter of that title."""
    truth = tomllib.loads((DEMO / "truth.toml").read_text(encoding="utf-8"))
    with Office(demo[0]) as opened:
        register = register_of(opened.body(), OWNER)
    for told in truth["matters"]:
        (matter,) = [row for row in register.matters if row.title == told["title"]]
        steps = {step["resolution"] for step in told["steps"]}
        numbers = {row.number for row in register.decisions if row.matter == matter.id}
        assert steps - numbers <= UNNUMBERED


def _between(first: str, last: str) -> set[str]:
    year, low = first.split("/")
    return {f"{year}/{number}" for number in range(int(low), int(last.split("/")[1]) + 1)}
