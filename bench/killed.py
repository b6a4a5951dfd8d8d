"""Does a record survive that the program which reads is killed?

    python bench/killed.py [--kills 200] [--seed 1]

A process reads the demo's documents into an office, then indexes them, and says of each document when it is
acknowledged. It is killed at a random moment (SIGKILL; on Windows TerminateProcess), up to four times for one
office, so that it is also killed while it mends. After each kill what was acknowledged must be in the record
with its bytes, and the record must verify; at last reading again must complete, and everything in the record
and the index must equal that of an uninterrupted reading. Of some offices the reader works with several
processes; none of them may be left. The last line is JSON.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from remembrancer.model import OWNER
from remembrancer.office import Office
from remembrancer.office.bureau import Bureau
from remembrancer.office.changing import keeping
from remembrancer.queries import Filters
from remembrancer.record.readings import decode

DEMO = Path(__file__).resolve().parents[1] / "examples" / "demo"
HITS = 10_000
MOST_KILLS = 4
"""Kills of one office before it is left to complete."""

POOLED = 5
"""Of so many offices one is read with several processes."""

GRACE = 60.0
"""Seconds within which the processes of a killed reader must be gone."""

SMALL_BATCH = 6
"""Entries appended at once, so that a small record too has many moments to be killed at."""


def files() -> list[keeping.File]:
    return [
        keeping.File(path, path.relative_to(DEMO).as_posix())
        for path in sorted((DEMO / "documents").rglob("*"))
        if path.is_file()
    ]


def read_in(directory: Path, pooled: bool, careless: bool) -> None:
    """Read and index, saying on a line of its own what has begun, what is acknowledged, and the end.

    ``pooled``: with several processes. ``careless``: everything is acknowledged before it is kept.
    """
    keeping.BATCH = SMALL_BATCH
    if pooled:
        keeping.IN_PROCESS = 0
    with Office(directory) as office:
        bureau = office.body()
        print("begun", flush=True)
        if careless:
            print("\n".join(sha256(file.path.read_bytes()).hexdigest() for file in files()), flush=True)
        for taken in keeping.take_in(bureau, OWNER, files()):
            print(taken.source, flush=True)
        bureau.catch_up()
        print("done", flush=True)


def start(directory: Path, how: Iterable[str] = ()) -> subprocess.Popen[str]:
    """The reader as a process of its own, past its imports."""
    command = [sys.executable, "-W", "ignore", __file__, "--read", str(directory), *(f"--{word}" for word in how)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True)
    assert process.stdout is not None
    if process.stdout.readline() != "begun\n":
        raise RuntimeError("the reader did not begin")
    return process


class Killed(NamedTuple):
    """What a reader said before it was killed, whether processes of it outlived it, and whether it failed itself."""

    acknowledged: list[str]
    complete: bool
    left: bool
    failed: bool


def kill(process: subprocess.Popen[str], lines: int, delay: float) -> Killed:
    """Kill the reader some seconds after it has said so many lines, unless it is done before."""
    assert process.stdout is not None
    said = [line for _ in range(lines) if (line := process.stdout.readline())]
    failed = False
    try:
        failed = process.wait(delay) != 0
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    left = left_behind(process)
    said = [line.strip() for line in (*said, *process.stdout)]
    return Killed([line for line in said if len(line) == 64], "done" in said, left, failed)


def moment(chance: random.Random, seconds: float) -> tuple[int, float]:
    """When to kill: after so many acknowledged documents - none, some, or all - and a part of the whole time,
    small once reading goes on, so that few are done before."""
    documents = len(files())
    lines = chance.choice([0, chance.randrange(1, documents), documents])
    return lines, chance.uniform(0, seconds / (20 if lines else 3))


def left_behind(process: subprocess.Popen[str]) -> bool:
    """Whether processes of a reader outlive it; those are ended here."""
    if os.name != "posix":
        return False
    end = time.monotonic() + GRACE
    while time.monotonic() < end:
        try:
            os.killpg(process.pid, 0)
        except (ProcessLookupError, PermissionError):  # macOS refuses where only zombies are left
            return False
        time.sleep(0.05)
    os.killpg(process.pid, 9)
    return True


def lost(bureau: Bureau, acknowledged: set[str]) -> list[str]:
    """What is wrong after a kill: acknowledged documents that are not whole, and what verification says."""
    wrong = [f"{source[:12]} lost" for source in sorted(acknowledged) if not _kept(bureau, source)]
    problem = bureau.log.verify().problem
    return [*wrong, *([str(problem)] if problem else [])]


def _kept(bureau: Bureau, source: str) -> bool:
    row = bureau.catalog.reading(source)
    return (
        row is not None
        and sha256(bureau.log.blob(source)).hexdigest() == source
        and bool(bureau.log.blob(row.rendition) or not row.account)
    )


def state(bureau: Bureau) -> dict[str, Any]:
    """Everything in the record and the index that must not depend on interruptions."""
    catalog = bureau.catalog
    readings = {(row.source, row.circle): row for row in catalog.readings()}
    found = bureau.search(OWNER, "", Filters(), HITS)
    return {
        "kinds": Counter(
            entry.kind for entry in bureau.log.entries() if entry.kind in {"source", "rendition", "reading"}
        ),
        "sources": {row.sha: (row.path, row.authority, row.visibility, row.size) for row in catalog.sources()},
        "readings": {
            key: (row.rendition, row.reader, row.house, row.account, row.not_extracted, _ids(bureau, row.blob))
            for key, row in readings.items()
        },
        "found": sorted((catalog.resolve(hit.id), hit.text, hit.sitting, hit.speaker) for hit in found),
    }


def _ids(bureau: Bureau, blob: str) -> list[str]:
    """The ids of a reading's elements in order, resolved."""
    told = decode(bureau.log.blob(blob))
    elements = (*told.sittings, *told.items, *told.speeches, *told.texts, *told.findings)
    return [bureau.catalog.resolve(element.id) for element in elements]


def differences(one: dict[str, Any], other: dict[str, Any]) -> list[str]:
    """In what parts two states differ."""
    return [f"{part} differ from those of an uninterrupted reading" for part in one if one[part] != other[part]]


def office_in(directory: Path) -> Path:
    """A new office with the demo's house and no document."""
    house = (DEMO / "house.toml").read_text(encoding="utf-8")
    Office.create(directory, "A town", house).close()
    return directory


def uninterrupted(directory: Path) -> tuple[dict[str, Any], float]:
    """The state after a reading nobody kills, and how many seconds that takes."""
    process = start(office_in(directory))
    began = time.perf_counter()
    process.communicate()
    seconds = time.perf_counter() - began
    with Office(directory) as office:
        return state(office.body()), seconds


def trial(
    directory: Path, kills: int, chance: random.Random, how: Iterable[str], seconds: float
) -> tuple[list[str], int]:
    """Kill the readers of one office, and let the last complete; what went wrong, and how many were killed."""
    wrong: list[str] = []
    acknowledged: set[str] = set()
    for done in range(kills):
        process = start(directory, how)
        killed = kill(process, *moment(chance, seconds))
        if killed.complete:
            return wrong, done
        acknowledged |= set(killed.acknowledged)
        wrong += ["processes left"] if killed.left else []
        wrong += ["a reader after a kill failed"] if killed.failed else []
        with Office(directory) as office:
            wrong += lost(office.body(), acknowledged)
    return wrong, kills


def completed(directory: Path, expected: dict[str, Any]) -> list[str]:
    """Read again without being killed; what is wrong then."""
    with Office(directory) as office:
        bureau = office.body()
        list(keeping.take_in(bureau, OWNER, files()))
        bureau.catch_up()
        wrong = differences(expected, state(bureau))
        return [*wrong, *lost(bureau, set(expected["sources"]))]


def run(kills: int, seed: int, directory: Path, careless: bool = False) -> tuple[int, dict[str, list[str]]]:
    """Kill so many readers; how many were, and what went wrong in which office."""
    chance = random.Random(seed)
    expected, seconds = uninterrupted(directory / "expected")
    template = office_in(directory / "template")
    done = number = 0
    wrong: dict[str, list[str]] = {}
    while done < kills:
        number += 1
        office = directory / f"office-{number}"
        shutil.copytree(template, office)
        how = [*(["pooled"] if number % POOLED == 0 else []), *(["careless"] if careless else [])]
        found, killed = trial(office, min(MOST_KILLS, kills - done), chance, how, seconds)
        done += killed
        try:
            found += completed(office, expected)
        except Exception as error:
            found.append(f"reading again failed: {type(error).__name__}: {error}")
        if found:
            wrong[" ".join(["office", str(number), *how])] = found
        shutil.rmtree(office, ignore_errors=True)
    if wrong and differences(expected, uninterrupted(directory / "again")[0]):
        wrong["the whole run"] = ["an uninterrupted reading differs now too: the program was changed meanwhile"]
    return done, wrong


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--kills", type=int, default=200)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--read", type=Path, help=argparse.SUPPRESS)
    options.add_argument("--pooled", action="store_true", help=argparse.SUPPRESS)
    options.add_argument("--careless", action="store_true", help=argparse.SUPPRESS)
    given = options.parse_args()
    if given.read:
        read_in(given.read, given.pooled, given.careless)
        return 0
    began = time.perf_counter()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as directory:
        done, wrong = run(given.kills, given.seed, Path(directory))
    for office, problems in wrong.items():
        print(f"{office}: {'; '.join(problems)}")
    seconds = round(time.perf_counter() - began)
    print(f"{done} readers killed in {seconds} s; {len(wrong)} offices lost or damaged something")
    print(json.dumps({"kills": done, "failed": len(wrong), "seconds": seconds}))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
