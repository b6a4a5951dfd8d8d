"""How often does ``ask`` answer, rightly, and how often does it keep silent where it should?

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

from remembrancer.memory.asking import passages as asking
from remembrancer.memory.cite import Renditions
from remembrancer.memory.index import TantivyIndex
from remembrancer.memory.lookup import indexed
from remembrancer.model import Fault, Filters, Passage, Span
from remembrancer.plain import plain

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


def answered(one: Meeting, question: str) -> list[int] | None:
    """The turns of the answer, none when silent, None where the question is refused."""
    try:
        answer = asking.ask([one.index], Renditions(lambda _: one.data), question, Filters())
    except Fault:
        return None
    return [int(hit.id) for hit in answer.answer]


def near(turns: list[int], marked: list[tuple[int, int]]) -> bool:
    return any(first - NEAR <= turn <= last + NEAR for turn in turns for first, last in marked)


def score(meetings: list[Meeting], chance: random.Random) -> None:
    """Print how many questions of its own, and of others, each meeting answers."""
    own = [(answered(one, question), marked) for one in meetings for question, marked in one.questions]
    known = [(turns, marked) for turns, marked in own if turns is not None]
    said = [(turns, marked) for turns, marked in known if turns]
    right = sum(near(turns, marked) for turns, marked in said)
    foreign = []
    for one in meetings:
        others = [question for other in meetings if other.kind != one.kind for question, _ in other.questions]
        foreign += [answered(one, question) for question in chance.sample(others, min(8, len(others)))]
    asked = [turns for turns in foreign if turns is not None]
    print(f"{len(meetings)} meetings; {len(own) - len(known)} questions name nothing")
    print(f"own: {len(known)} questions, {len(said) / len(known):.3f} answered, {right / len(said):.3f} of these right")
    print(f"of other meetings: {len(asked)} questions, {sum(map(bool, asked)) / len(asked):.3f} answered")


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--enough", type=float, default=asking.ENOUGH)
    options.add_argument("--every", type=int, default=3, help="take every nth meeting")
    given = options.parse_args()
    root = Path(os.environ.get("REMEMBRANCER_RECORDS", ""), "qmsum")
    paths = sorted(root.rglob("data/*/*/*.json"))[:: given.every]
    if not os.environ.get("REMEMBRANCER_RECORDS") or not paths:
        print("Set REMEMBRANCER_RECORDS to a folder of records that holds qmsum; nothing was measured.")
        return 0
    asking.ENOUGH = given.enough
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as directory:
        score([meeting(path, Path(directory, str(number))) for number, path in enumerate(paths)], random.Random(2))
    return 0


if __name__ == "__main__":
    sys.exit(main())
