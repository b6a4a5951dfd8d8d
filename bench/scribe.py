"""Are chat logs read as W3C's own minute-taker reads them: the same topics, the same speakers in order?

    REMEMBRANCER_RECORDS=... python bench/scribe.py [--wrong]

Each case of ``w3c-scribe2/dev/cases.jsonl`` holds a log and the minutes (HTML) that ``scribe.perl`` makes of it.
Truth: headings below the minutes' own are topics; ``cite`` names who speaks, by voice (``Ben:``) or in the chat
(``<ben>``). Cases with options that change the conventions, or with no minutes, are left out. There is no floor:
``scribe.perl`` applies substitutions and we do not, since what we quote must stand in the log. The last line is JSON.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable
from difflib import SequenceMatcher
from itertools import groupby
from typing import Any

import lxml.html
from records import records

from remembrancer.read import read
from remembrancer.read.house import DEFAULT

CASES = "w3c-scribe2/dev/cases.jsonl"
NEUTRAL = {"-n", "-e", "--nokeeplines", "--emphasis"}
"""Options that change neither topics nor speakers."""


def expected(minutes: str) -> dict[str, list[str]]:
    page = lxml.html.fromstring(minutes)
    return {
        "topics": [heading.text_content().strip() for heading in page.xpath("//main//h3|//main//h4")],
        "speakers": changes(cite.text_content().strip(" \n<>:") for cite in page.xpath("//main//cite")),
    }


def found(log: str) -> dict[str, list[str]]:
    told = read(log.encode(), "log.txt", DEFAULT).proceedings
    speakers = changes(speech.speaker for speech in told.speeches)
    return {"topics": [item.title for item in told.items], "speakers": speakers}


def changes(speakers: Iterable[str]) -> list[str]:
    """Who speaks next, each change once: the two cut long turns at different lines."""
    return [speaker for speaker, _ in groupby(speakers)]


def agreeing(one: list[str], other: list[str]) -> int:
    """How many agree, in order."""
    blocks = SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks)


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--wrong", action="store_true", help="show the cases that differ")
    given = options.parse_args()
    lines = (records() / CASES).read_text(encoding="utf-8").splitlines()
    cases: list[dict[str, Any]] = [json.loads(line) for line in lines if line]
    judged = [case for case in cases if case["minutes"].strip() and set(case["options"]) <= NEUTRAL]
    sums: Counter[str] = Counter()
    for case in judged:
        truth, ours = expected(case["minutes"]), found(case["log"])
        sums["same"] += truth == ours
        for part in truth:
            sums[f"{part}_right"] += agreeing(truth[part], ours[part])
            sums[f"{part}_all"] += len(truth[part]) + len(ours[part])
        if given.wrong and truth != ours:
            print(f"{case['name']}: {truth}\n    we read {ours}")
    figures = {
        "cases": len(judged),
        "same": sums["same"],
        "topics_f1": round(2 * sums["topics_right"] / sums["topics_all"], 4),
        "speakers_f1": round(2 * sums["speakers_right"] / sums["speakers_all"], 4),
    }
    print(json.dumps(figures))
    return 0


if __name__ == "__main__":
    sys.exit(main())
