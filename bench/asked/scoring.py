"""How often the answers are right, how often there are any, and how often there is silence where it belongs.

A passage quoted without a value is no answer to a typed question, and no silence to one that cannot be answered.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal, NamedTuple

from asked.known import Asked
from asked.matching import right

FLOORS = {"right": 0.95, "answered": 0.85, "silent": 0.97}

Verdict = Literal["right", "wrong", "quoted", "ambiguous", "silent", "refused"]

Reply = Mapping[str, Any]
"""What ``ask --json`` prints; ``{"status": "refused"}`` where the command fails."""


class Scored(NamedTuple):
    """A question with what was said to it and what that is."""

    asked: Asked
    reply: Reply
    verdict: Verdict


def verdict(asked: Asked, reply: Reply) -> Verdict:
    """What an answer is; to a question that cannot be answered, anything but silence is wrong."""
    status = reply["status"]
    if not asked.gold:
        return "silent" if status == "silent" else "refused" if status == "refused" else "wrong"
    if status != "answered":
        named: dict[str, Verdict] = {"silent": "silent", "ambiguous": "ambiguous"}
        return named.get(status, "refused")
    if reply["kind"] == "passages" or reply["value"] is None:
        return "quoted"
    return "right" if right(asked.kind, reply["value"], asked.gold) else "wrong"


def scored(asked: Asked, reply: Reply) -> Scored:
    return Scored(asked, reply, verdict(asked, reply))


def share(part: int, whole: int) -> float:
    """A share; 0 where there is nothing to share, so that nothing asked passes no floor."""
    return round(part / whole, 4) if whole else 0.0


def figures(answers: Sequence[Scored]) -> dict[str, float]:
    """``right`` of those answered, ``answered`` of those that can be, ``silent`` of those that cannot; and how many."""
    can = [each.verdict for each in answers if each.asked.gold]
    cannot = [each.verdict for each in answers if not each.asked.gold]
    said = can.count("right") + can.count("wrong")
    return {
        "right": share(can.count("right"), said),
        "answered": share(said, len(can)),
        "silent": share(cannot.count("silent"), len(cannot)),
        "typed": len(can),
        "unanswerable": len(cannot),
    }


def holds(told: Mapping[str, float]) -> bool:
    """Whether every floor holds."""
    return all(told[name] >= floor for name, floor in FLOORS.items())


def table(answers: Iterable[Scored]) -> list[str]:
    """A line for each body and kind: how many of each verdict."""
    verdicts: tuple[Verdict, ...] = ("right", "wrong", "quoted", "ambiguous", "silent", "refused")
    rows: dict[tuple[str, str], list[int]] = {}
    for each in answers:
        row = rows.setdefault((each.asked.body, each.asked.kind), [0] * len(verdicts))
        row[verdicts.index(each.verdict)] += 1
    head = f"{'':32}" + "".join(f"{name:>10}" for name in verdicts)
    lines = (f"{body:11}{kind:21}" + "".join(f"{n or '':>10}" for n in row) for (body, kind), row in rows.items())
    return [head, *lines]
