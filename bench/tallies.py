"""Are the numbers of every poll exact?

    REMEMBRANCER_RECORDS=... python bench/tallies.py [--wrong 20]
    python bench/tallies.py --self-test

The minutes of a standards body in which five-way polls stand as tables (``| SF | F | N | A | SA |`` over numbers, or
a label and a number in each row) and as lines (``SF: 12``). They are parsed a second time here, line by line, from
the raw file and with nothing of the register's; a poll is right when the register has a vote with the same labels
and numbers in the same order that begins within three lines of it. What the agenda above the notes retells of
another day (``RETOLD``: the parser here cannot see it, so each was looked up by hand) is no poll of the sitting.
Polls told within a sentence, which the parser here does not see, are counted apart as not there.

Halves by a hash of the file's name; the forms of all files were seen while the rules were written, so that neither
half is a figure for what was never seen. Floor: 0.98 of the polls exact. The last line is JSON.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from records import files, house_of, records

from remembrancer.register.document import read_document
from remembrancer.register.extract import extract
from remembrancer.register.facts import Voted

FLOOR = 0.98
FOLDER = "wasm-meetings/dev"
LABELS = ("SF", "F", "N", "A", "SA")
NEAR = 3
RETOLD = {("main/2017/CG-11-28.md", 47)}
HEADER = re.compile(r"\W*(SF|SA|F)\W+(F|A|N)\W+(N|A)(?:\W+(A|F)\W+(SA|SF))?\W*")
LINE = re.compile(r"[\s*|-]*(SF|F|N|A|SA)[*\s]*[:|]\s*(\d+(?: \+ \d+)?)?\s*(?:in chat)?[\s|]*")

Poll = tuple[tuple[str, int], ...]


class Told(NamedTuple):
    """A poll and the line it begins at, from 1."""

    line: int
    poll: Poll


def parsed(text: str) -> Iterator[Told]:
    """The polls of a raw file, tables first."""
    lines = text.splitlines()
    yield from tables(lines)
    yield from columns(lines)


def tables(lines: list[str]) -> Iterator[Told]:
    """A line of labels alone, and numbers in the next line that has any."""
    for index, line in enumerate(lines):
        header = HEADER.fullmatch(line)
        if not header:
            continue
        below = next((each for each in lines[index + 1 : index + 4] if re.search(r"\d", each)), "")
        numbers = [int(number) for number in re.findall(r"\d+", below)]
        labels = [label for label in header.groups() if label]
        if len(numbers) == len(labels):
            yield Told(index + 1, tuple(zip(labels, numbers, strict=True)))


def columns(lines: list[str]) -> Iterator[Told]:
    """Runs of lines that are a label and a number each; a label without one is left out."""
    run: list[tuple[int, str, int | None]] = []
    for index, line in enumerate([*lines, "end"]):
        match = LINE.fullmatch(line)
        if match and match[1] not in [label for _, label, _ in run]:
            numbers = re.findall(r"\d+", match[2] or "")
            run.append((index + 1, match[1], sum(map(int, numbers)) if numbers else None))
        elif line.strip(" |-[]") and not (line.startswith("[") and line.endswith("]")):
            if len(run) >= 2 and any(number is not None for *_, number in run):
                yield Told(run[0][0], tuple((label, number) for _, label, number in run if number is not None))
            run = []


def found_in(path: Path, recorded: str) -> list[Told]:
    """The polls that the register finds in a file."""
    document = read_document(path.read_bytes(), recorded, house_of(recorded))
    return [
        Told(document.data[: fact.position].count(b"\n") + 1, fact.counts)
        for fact in extract(document)
        if isinstance(fact, Voted) and fact.counts and set(dict(fact.counts)) <= set(LABELS)
    ]


def compare(found: list[Told], true: list[Told]) -> tuple[list[Told], list[Told]]:
    """True polls that were not found as they are, and found ones that are not true."""
    left = list(found)
    missed: list[Told] = []
    for told in true:
        fitting = [each for each in left if abs(each.line - told.line) <= NEAR and each.poll == told.poll]
        if fitting:
            left.remove(fitting[0])
        else:
            missed.append(told)
    return missed, left


def measure(root: Path, wrong: int) -> dict[str, float]:
    """Print and return how many polls are exact, in both halves and in both forms."""
    tally = {"first": [0, 0, 0], "second": [0, 0, 0]}
    rows = single = shown = 0
    for path, recorded in files(root, FOLDER):
        text = path.read_text(encoding="utf-8", errors="replace")
        name = recorded.removeprefix(f"{FOLDER}/")
        if path.suffix != ".md" or not re.search(r"\b(?:SF|F)\W", text):
            continue
        true = [told for told in parsed(text) if (name, told.line) not in RETOLD]
        rows += len(list(tables(text.splitlines())))
        single += len(list(columns(text.splitlines())))
        missed, more = compare(found_in(path, recorded), true)
        counts = tally["first" if sha256(name.encode()).digest()[0] % 2 else "second"]
        counts[0] += len(true) - len(missed)
        counts[1] += len(true)
        counts[2] += len(more)
        for kind, listed in (("missed", missed), ("not there", more)):
            for told in listed[: max(wrong - shown, 0)]:
                print(f"  {kind}: {name} line {told.line}", *(f"{label} {number}" for label, number in told.poll))
                shown += 1
    print(f"{rows} tables, {single} polls in lines")
    for half, (right, all_of, more_found) in tally.items():
        print(f"{half} half: {right} of {all_of} polls exact; {more_found} found that are not there")
    right, all_of, more_found = (sum(counts[place] for counts in tally.values()) for place in range(3))
    figures = {f"{half}_exact": round(right / all_of, 4) for half, (right, all_of, _) in tally.items() if all_of}
    return {"exact": round(right / all_of, 4), "polls": all_of, "not_there": more_found, **figures}


def self_test() -> bool:
    """Whether a wrong number, a wrong place and a poll too many are seen."""
    table = "| SF | F | N | A | SA |\n| - | - | - | - | - |\n| 3 | 1 | 0 | 0 | 2 |\n"
    text = f"POLL\n\n{table}\n* SF: 4\n* F: 25 + 3 in chat\n* N:\n"
    true = list(parsed(text))
    good = true == [Told(3, (("SF", 3), ("F", 1), ("N", 0), ("A", 0), ("SA", 2))), Told(7, (("SF", 4), ("F", 28)))]
    wrong = [Told(3, (("SF", 3), ("F", 1), ("N", 0), ("A", 2), ("SA", 0))), Told(17, true[1].poll)]
    return good and compare(true, true) == ([], []) and compare(wrong, true) == (true, wrong)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--wrong", type=int, default=0, help="show as many that differ")
    parser.add_argument("--self-test", action="store_true")
    options = parser.parse_args()
    if options.self_test:
        return 0 if self_test() else 1
    figures = measure(records(), options.wrong)
    print(json.dumps({**figures, "floor": FLOOR}))
    return 0 if figures["exact"] >= FLOOR else 1


if __name__ == "__main__":
    sys.exit(main())
