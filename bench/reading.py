"""How fast is a body's record read: from files to a record that is verified and can be searched?

    REMEMBRANCER_RECORDS=... python bench/reading.py                       # tc39-notes
    python bench/reading.py --folder wasm-meetings/dev                     # another folder of the records
    python bench/reading.py --records --office DIR                         # all of them, kept as the office DIR

Everything goes through the office as a person's command would: read in, index, verify. Megabytes are those of
the sources (10^6 bytes). Memory is the most that one process held resident, and as a bound of all together the
most of the parent plus, for each worker, the most of any worker. The same bytes only read and hashed give the
pace of the disk below. Floors: 1 MB/s, 1 GB. The last line is JSON.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from hashlib import sha256
from itertools import groupby
from pathlib import Path
from typing import Any

from records import files, house_toml, records

from remembrancer.model import OWNER
from remembrancer.office import Office
from remembrancer.office.bureau import Bureau
from remembrancer.office.changing.keeping import File, take_in
from remembrancer.record.intake import Taken

try:
    import resource
except ImportError:  # Windows has no such account of memory.
    resource = None  # type: ignore[assignment]

FOLDER = "tc39-notes/dev"
FLOORS = {"mb_per_second": 1.0, "largest_process_mb": 1000}
UNIT = 1024 if sys.platform == "linux" else 1
"""Bytes in one unit of ``ru_maxrss``."""


def timed(action: Callable[[], Any]) -> tuple[float, Any]:
    """Seconds, and what the action gave."""
    began = time.perf_counter()
    result = action()
    return time.perf_counter() - began, result


def hashed(paths: list[Path]) -> int:
    """The bytes of files, each read and hashed."""
    total = 0
    for path in paths:
        data = path.read_bytes()
        sha256(data).hexdigest()
        total += len(data)
    return total


def memory() -> dict[str, int]:
    """Megabytes resident: of the largest process, and a bound of all together; empty where not known."""
    if resource is None:
        return {}
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * UNIT // 10**6
    child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * UNIT // 10**6
    workers = (os.cpu_count() or 1) if child else 0
    return {"largest_process_mb": max(own, child), "all_processes_mb": own + workers * child}


def processor_seconds() -> float:
    """Of this process and of those it has waited for."""
    used = os.times()
    return used.user + used.system + used.children_user + used.children_system


def read_in(bureau: Bureau, found: list[tuple[Path, str]]) -> list[Taken]:
    """Read files into a body's record, each under the house of its folder."""
    taken: list[Taken] = []
    by_house = sorted(found, key=lambda pair: house_toml(pair[1]))
    for house, pairs in groupby(by_house, key=lambda pair: house_toml(pair[1])):
        taken += take_in(bureau, OWNER, [File(*pair) for pair in pairs], house)
    return taken


def measure(found: list[tuple[Path, str]], directory: Path) -> dict[str, Any]:
    """Read, index and verify in a new office; the figures."""
    below, size = timed(lambda: hashed([path for path, _ in found]))
    before = processor_seconds()
    with Office.create(directory, "All that was read") as office:
        bureau = office.body()
        reading, taken = timed(lambda: read_in(bureau, found))
        indexing, _ = timed(bureau.catch_up)
        verifying, verdict = timed(bureau.log.verify)
        entries = verdict.size
    seconds = reading + indexing + verifying
    codes = Counter(finding.code for each in taken for finding in each.findings)
    return {
        "files": len(taken),
        "mb": round(size / 10**6, 2),
        "entries": entries,
        "verified": verdict.holds,
        "reading_seconds": round(reading, 1),
        "indexing_seconds": round(indexing, 1),
        "verifying_seconds": round(verifying, 1),
        "mb_per_second": round(size / 10**6 / seconds, 2),
        "cpu_seconds": round(processor_seconds() - before, 1),
        "times_as_long_as_hashing": round(seconds / below),
        **memory(),
        "reader_faults": codes["reader-fault"],
        "without_reader": codes["no-reader"],
    }


def median(runs: list[dict[str, Any]]) -> dict[str, Any]:
    """The run in the middle, and the speed of all: a shared machine is at times half as fast."""
    ordered = sorted(runs, key=lambda figures: figures["mb_per_second"])
    return {**ordered[len(ordered) // 2], "runs": [figures["mb_per_second"] for figures in runs]}


def holds(figures: dict[str, Any]) -> bool:
    """Whether the floors hold and nothing went wrong."""
    return (
        figures["verified"]
        and not figures["reader_faults"]
        and figures["mb_per_second"] >= FLOORS["mb_per_second"]
        and figures.get("largest_process_mb", 0) < FLOORS["largest_process_mb"]
    )


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--folder", default=FOLDER, help="the folder of the records to read")
    options.add_argument("--records", action="store_true", help="read every folder, into one body")
    options.add_argument("--office", type=Path, help="a new directory in which the office is kept")
    options.add_argument("--runs", type=int, default=1, help="how often; the run in the middle counts")
    given = options.parse_args()
    root = records()
    found = list(files(root, "" if given.records else given.folder))
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as directory:
        offices = [given.office or Path(directory) / f"office-{run}" for run in range(given.runs)]
        figures = median([measure(found, office) for office in offices])
    for name, figure in figures.items():
        print(f"{name.replace('_', ' '):>24} {figure}")
    print(json.dumps(figures))
    return 0 if holds(figures) else 1


if __name__ == "__main__":
    sys.exit(main())
