"""How often do passages answer, rightly, and how often does it keep silent where it should?

    REMEMBRANCER_RECORDS=... python bench/ask.py [--enough 0.5] [--every 3]

QMSum (``qmsum`` in the records): each meeting is a record of its own. It is asked the questions that people
wrote about it, whose relevant turns are marked, and as many about meetings of another kind, on which it is
silent. An answer is right if one of its five passages is at most three turns from a marked one.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
import tempfile
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from remembrancer.memory.asking import passages
from remembrancer.memory.cite import Renditions
from remembrancer.memory.index import TantivyIndex
from remembrancer.memory.lookup import indexed
from remembrancer.model import Passage, Span
from remembrancer.plain import plain
from remembrancer.queries import Filters

NEAR = 3
"""Turns: the marked spans are approximate."""


class Meeting(NamedTuple):
    kind: str
    index: TantivyIndex
    data: bytes
    questions: list[tuple[str, list[tuple[int, int]]]]


def meeting(path: Path, directory: Path) -> Meeting:
    """A meeting's turns as an index, and its questions with the ranges of turns that answer them."""
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    turns = found["meeting_transcripts"]
    data = "\n".join(turn["content"] for turn in turns).encode()
    name = sha256(data).hexdigest()
    entries, at = [], 0
    for number, turn in enumerate(turns):
        end = at + len(turn["content"].encode())
        passage = Passage(
            str(number), 0, "speech", "qmsum", name, name, (Span(at, end),), speaker=turn["speaker"], language="en"
        )
        entries.append(indexed(passage, plain([turn["content"]])))
        at = end + 1
    index = TantivyIndex(directory)
    with index.writing() as batch:
        batch.add(entries)
        batch.commit(1)
    questions = [
        (asked["query"], [(int(first), int(last)) for first, last in asked["relevant_text_span"]])
        for asked in found["specific_query_list"]
    ]
    return Meeting(path.parts[-3], index, data, questions)


def answered(one: Meeting, question: str, enough: float) -> list[int]:
    """The turns of the answer, none when silent."""
    hits = passages.answering([one.index], Renditions(lambda _: one.data), question, Filters(), enough=enough)
    return [int(hit.id) for hit in hits]


def near(turns: list[int], marked: list[tuple[int, int]]) -> bool:
    return any(first - NEAR <= turn <= last + NEAR for turn in turns for first, last in marked)


def score(meetings: list[Meeting], enough: float, chance: random.Random) -> None:
    """Print how many questions of its own, and of others, each meeting answers."""
    own = [(answered(one, question, enough), marked) for one in meetings for question, marked in one.questions]
    said = [(turns, marked) for turns, marked in own if turns]
    right = sum(near(turns, marked) for turns, marked in said)
    foreign = []
    for one in meetings:
        others = [question for other in meetings if other.kind != one.kind for question, _ in other.questions]
        foreign += [answered(one, question, enough) for question in chance.sample(others, min(8, len(others)))]
    print(f"{len(meetings)} meetings")
    print(f"own: {len(own)} questions, {len(said) / len(own):.3f} answered, {right / len(said):.3f} of these right")
    print(f"of other meetings: {len(foreign)} questions, {sum(map(bool, foreign)) / len(foreign):.3f} answered")


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--enough", type=float, default=passages.ENOUGH)
    options.add_argument("--every", type=int, default=3, help="take every nth meeting")
    given = options.parse_args()
    root = Path(os.environ.get("REMEMBRANCER_RECORDS", ""), "qmsum")
    paths = sorted(root.rglob("data/*/*/*.json"))[:: given.every]
    if not os.environ.get("REMEMBRANCER_RECORDS") or not paths:
        print("Set REMEMBRANCER_RECORDS to a folder of records that holds qmsum; nothing was measured.")
        return 0
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as directory:
        meetings = [meeting(path, Path(directory, str(number))) for number, path in enumerate(paths)]
        score(meetings, given.enough, random.Random(2))
    return 0


if __name__ == "__main__":
    sys.exit(main())
