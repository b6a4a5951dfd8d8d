"""Appending and verifying small entries: ``python bench/append.py [COUNT]``, 1,000,000 by default.

Batches of 1,000, each durable before the next begins; the payloads are the size of a short utterance. Prints
entries per second as text, then as one line of JSON. A plain file synced after each batch gives the pace of
the disk below it.
"""

import json
import os
import sys
import tempfile
import time
from pathlib import Path

from remembrancer.record.entries import Draft
from remembrancer.record.log import Log

BATCH = 1_000


def drafts(start: int, end: int) -> list[Draft]:
    return [
        Draft("utterance", {"speaker": f"Member {n % 31}", "text": f"I move item {n} be laid on the table."})
        for n in range(start, end)
    ]


def append(log: Log, count: int) -> float:
    began = time.perf_counter()
    for start in range(0, count, BATCH):
        log.append(drafts(start, min(start + BATCH, count)))
    return time.perf_counter() - began


def bare_file(path: Path, count: int) -> float:
    """The same bytes and syncs with no database at all."""
    began = time.perf_counter()
    with path.open("wb", buffering=0) as file:
        for _ in range(0, count, BATCH):
            file.write(bytes(400 * BATCH))
            os.fsync(file.fileno())
    return time.perf_counter() - began


def main(count: int) -> None:
    with tempfile.TemporaryDirectory() as directory:
        log = Log.create(Path(directory) / "alder-town")
        appending = append(log, count)
        log.checkpoint()
        began = time.perf_counter()
        verdict = log.verify()
        verifying = time.perf_counter() - began
        log.close()
        bare = bare_file(Path(directory) / "bare", count)
    assert verdict.holds and verdict.size == count, verdict
    figures = {
        "entries": count,
        "append_per_second": round(count / appending),
        "verify_per_second": round(count / verifying),
        "bare_file_per_second": round(count / bare),
    }
    for name, figure in figures.items():
        print(f"{name.replace('_', ' '):>22} {figure:>12,}")
    print(json.dumps(figures))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
