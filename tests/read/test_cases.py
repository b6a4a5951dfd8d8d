"""Documents and what is read in them, as files: ``cases/NAME/in.md`` and ``out.json``.

``python tests/read/test_cases.py --accept`` writes what is read now; then read the difference.
"""

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from remembrancer.model import Reading, Spans
from remembrancer.plain import plain
from remembrancer.read import choose
from remembrancer.read.account import account
from remembrancer.read.house import DEFAULT, House, parse

CASES = sorted((Path(__file__).parent / "cases").glob("*/in.*"))


def house_of(case: Path) -> House:
    written = case.with_name("house.toml")
    return parse(written.read_text(encoding="utf-8")) if written.exists() else DEFAULT


def outline(case: Path) -> dict[str, Any]:
    """The reading in document order, short enough for a person to check."""
    data = case.read_bytes()
    path = f"2031-02/{case.parent.name}{case.suffix}"
    reading = choose(data, path, house_of(case)).reader.read(data, path, house_of(case))
    account(reading)
    proceedings = reading.proceedings
    return {
        "sittings": [sitting_of(reading, number) for number in range(len(proceedings.sittings))],
        "elements": [line for _, line in sorted(elements(reading))],
        "markup": [words(reading, (span,)) for span in proceedings.markup],
        "findings": [finding.code for finding in proceedings.findings],
    }


def sitting_of(reading: Reading, number: int) -> dict[str, Any]:
    sitting = reading.proceedings.sittings[number]
    return {
        "title": sitting.title,
        "dates": [f"{date.value} ({date.origin})" for date in sitting.dates],
        "attendance": [
            " | ".join(
                [
                    line.label,
                    {True: "present", False: "absent", None: "listed"}[line.present],
                    *(f"{name} {value}" for name, value in attributes(line)),
                ]
            )
            for line in sitting.attendance
        ],
    }


def attributes(line: Any) -> list[tuple[str, str]]:
    names = ("abbreviation", "affiliation", "role", "since", "until")
    return [(name, getattr(line, name)) for name in names if getattr(line, name)]


def elements(reading: Reading) -> list[tuple[int, str]]:
    found = []
    for item in reading.proceedings.items:
        above = "" if item.parent is None else f" < {reading.proceedings.items[item.parent].title}"
        found.append((item.spans[0].start, f"ITEM {item.level} [{item.number}] {item.title}{above}"))
    for speech in reading.proceedings.speeches:
        time = f" @{speech.time}" if speech.time else ""
        named = f" = {speech.name}" if speech.name else ""
        place = (speech.label or speech.spans)[0].start
        found.append((place, f"{speech.speaker}{named}{time} ({speech.section}): {words(reading, speech.spans)}"))
    for text in reading.proceedings.texts:
        found.append((text.spans[0].start, f"TEXT ({text.section}) {words(reading, text.spans)}"))
    return found


def words(reading: Reading, spans: Spans) -> str:
    return plain([reading.rendition.data[start:end].decode() for start, end in spans])


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.parent.name)
def test_a_document_is_read_as_the_case_says_and_every_letter_is_accounted_for(case: Path) -> None:
    expected = json.loads(case.with_name("out.json").read_text(encoding="utf-8"))
    assert outline(case) == expected


def accept() -> None:
    for case in CASES:
        text = json.dumps(outline(case), ensure_ascii=False, indent=1)
        case.with_name("out.json").write_text(text + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__" and "--accept" in sys.argv:
    accept()
