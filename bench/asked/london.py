"""A city council: what the JSON of its minutes tells of motions, votes, sums and attendance.

An item with one motion, under a title that no other item of that day has, is asked about by title and day; the record
that answers is the Markdown of the same minutes, which is not looked at here.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from records import files

from asked.known import Known, Value, digest, written

BODY = "london"
FOLDER = "london-ontario-council/dev/data"
COMMON = 3
"""Titles that more items than this have are headings of the order of business."""
LONGEST = 90
CHOICES = {"Yeas": "yes", "Nays": "no", "Absent": "absent", "Recuse": "recused", "Abstain": "abstain"}
RESULTS = {"Passed": "carried", "Failed": "lost"}
SUM = re.compile(r"\$\s?(\d[\d,]*(?:\.\d+)?)(?!\s*(?:million|billion|[\d%]))")


class Put(NamedTuple):
    """A motion that stands alone under its item: names by choice, ``counts`` where the result has them."""

    meeting: str
    day: str
    title: str
    mover: str
    seconder: str
    result: str
    counts: str
    names: dict[str, list[str]]
    text: str
    key: str


class Roll(NamedTuple):
    """Who was at a meeting, and who was not."""

    meeting: str
    day: str
    present: list[str]
    absent: list[str]
    key: str


def known(root: Path) -> Iterator[Known]:
    """All that is asked about."""
    told = [(path.stem, json.loads(path.read_text(encoding="utf-8"))) for path, _ in files(root, FOLDER)]
    common = Counter(item["title"] for _, meeting in told for item in _items(meeting))
    for key, meeting in told:
        for put in _motions(meeting, common, key):
            yield from _of_motion(put)
        yield from _of_roll(_roll(meeting, key))


def _items(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        if node.get("__class__") == "MeetingItem":
            yield node
        for member in node.values():
            yield from _items(member)
    elif isinstance(node, list):
        for member in node:
            yield from _items(member)


def _motions(meeting: dict[str, Any], common: Counter[str], key: str) -> Iterator[Put]:
    items = list(_items(meeting))
    here = Counter(_title(item["title"]) for item in items)
    for item in items:
        motions = [each for each in item["content"] or () if each.get("__class__") == "Motion"]
        title = _title(item["title"])
        alone = (
            here[title] == 1
            and common[item["title"]] <= COMMON
            and "Meeting" not in title
            and 12 <= len(title) <= LONGEST
        )
        if len(motions) == 1 and alone:
            yield _put(meeting, title, motions[0], key)


def _title(text: str) -> str:
    bare = re.sub(r"^\((?:ADDED|\d[\d./, ]*)\)\s*|\s*\((?:Relates to|ADDED)[^)]*\)", "", " ".join(text.split()))
    return bare.strip(" -–")


def _put(meeting: dict[str, Any], title: str, motion: dict[str, Any], key: str) -> Put:
    said = re.match(r"Motion (Passed|Failed)(?: \((\d+) to (\d+)\))?", motion["result"]["string"])
    names = {
        CHOICES.get(re.sub(r"\(.*", "", row["vote"]).strip(" :"), "other"): [n for n in row["voters"] if n != "None"]
        for row in motion["vote"]["rows"]
    }
    return Put(
        _meeting(meeting["title"]),
        meeting["datetime"][:10],
        title,
        _after_by(motion["moved_by"]),
        _after_by(motion["seconded_by"]),
        RESULTS[said[1]] if said else "",
        f"yes {said[2]}, no {said[3]}" if said and said[2] else "",
        names,
        " ".join(text.get("string", "") for text in motion["motion_texts"]),
        key,
    )


def _meeting(title: str) -> str:
    """``Planning and Environment Committee`` of ``The 7th Meeting of the ...``; ``Council`` of a Council meeting."""
    bare = re.sub(r"^(?:The )?\d+\w\w (?:Special )?(?:Meeting of the )?", "", title)
    return re.sub(r"^Meeting of (?:the )?|^Special | Meeting$", "", bare).strip()


def _after_by(told: dict[str, str] | None) -> str:
    return " ".join(re.sub(r"^.*?\bby\b", "", (told or {}).get("string", "")).split())


def _of_motion(put: Put) -> Iterator[Known]:
    fields = {"item": put.title, "day": written(put.day), "meeting": put.meeting, "iso": put.day}

    def fact(kind: str, *gold: Value, **more: str) -> Known:
        return Known(BODY, kind, put.key, fields | more, gold)

    if put.mover:
        yield fact("mover", put.mover)
    yield fact("seconder", put.seconder) if put.seconder else fact("no-seconder")
    if put.result:
        yield fact("outcome", put.result)
    if put.counts:
        yield fact("vote", put.counts)
    elif not any(put.names.values()):
        yield fact("no-vote")
    if put.names.get("no"):
        yield fact("against", tuple(put.names["no"]))
    for choice in ("yes", "no"):
        for person in sorted(put.names.get(choice, ()), key=lambda name: digest(put.title, name))[:1]:
            yield fact("ballot", choice, person=_person(person))
    found = {each.replace(",", "") for each in SUM.findall(put.text)}
    if len(found) == 1:
        yield fact("amount", *found)


def _roll(meeting: dict[str, Any], key: str) -> Roll:
    return Roll(
        _meeting(meeting["title"]),
        meeting["datetime"][:10],
        [_person(each) for each in (*meeting["present"], *meeting["remote_attendance"])],
        [_person(each) for each in meeting["absent"]],
        key,
    )


def _person(label: str) -> str:
    bare = re.sub(r"\(.*?\)|\b(?:Deputy|Mayor|Councillors?|Acting)\b", " ", label)
    return " ".join(bare.split())


def _of_roll(roll: Roll) -> Iterator[Known]:
    fields = {"meeting": roll.meeting, "day": written(roll.day), "iso": roll.day}
    if roll.absent:
        yield Known(BODY, "attendance-absent", roll.key, fields, (tuple(roll.absent),))
    for who, gold in ((roll.present, "present"), (roll.absent, "absent")):
        for person in who[:2]:
            yield Known(BODY, "attendance", roll.key, fields | {"person": person}, (gold,))
