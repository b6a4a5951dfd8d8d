"""Runs every bench and writes ``docs/measured.md``: what was measured, the floor, the figure, when, at which commit.

    REMEMBRANCER_RECORDS=... python bench/measure.py                # all of it; some two hours
    python bench/measure.py --quick                                 # smaller numbers, to see that all run
    python bench/measure.py attendance reading                      # only these; other lines stay as they were
    python bench/measure.py --office DIR                            # where the office of all records is kept

Each bench ends with a line of JSON; its exit code says whether its floors hold. What they said is kept in
``docs/measured.json``, from which the page is made. A bench that fails is a line that says so.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from memory_rows import OF_ASKING
from records import records
from register_rows import OF_THE_REGISTER
from rows import OF_THE_RECORD, Bench, Row
from speed_rows import OF_SPEED
from web_rows import OF_THE_WEB

BENCH = Path(__file__).resolve().parent
DOCS = BENCH.parent / "docs"
BUSY = 0.7
"""The load before a bench from which on its line says that the machine was doing other things too."""

BENCHES: dict[str, Bench] = {**OF_THE_RECORD, **OF_THE_REGISTER, **OF_ASKING, **OF_SPEED, **OF_THE_WEB}


def of_letters(tallies: list[dict[str, Any]]) -> dict[str, Any]:
    """The sums over all folders, and the share of letters in speeches and items where there is a floor."""
    import letters

    parts = ("in_speech", "in_item", "other", "markup", "in_findings")
    judged = [tally for tally in tallies if tally["source"] in letters.PROCEEDINGS]
    return {
        "files": sum(tally["files"] for tally in tallies),
        "unread": sum(tally["unread"] for tally in tallies),
        "faults": sum(len(tally["faults"]) for tally in tallies),
        "letters": sum(tally["letters"] for tally in tallies),
        "accounted": sum(tally[part] for tally in tallies for part in parts),
        "spoken": spoken(judged),
        "spoken_kept": spoken([tally for tally in judged if tally["half"] == "kept"]),
    }


def spoken(tallies: list[dict[str, Any]]) -> dict[str, float]:
    """The share of letters, markup aside, inside a speech or an item, by folder."""
    sums: dict[str, list[int]] = {}
    for tally in tallies:
        of_source = sums.setdefault(tally["source"], [0, 0])
        of_source[0] += tally["judged_spoken"]
        of_source[1] += tally["judged"]
    return {source: part / whole for source, (part, whole) in sums.items() if whole}


def printed(output: str) -> dict[str, Any]:
    """The figures a bench prints as its last line of JSON; empty if there is none."""
    lines = [line for line in output.splitlines() if line.startswith("{") and line.endswith("}")]
    return dict(json.loads(lines[-1])) if lines else {}


def run(name: str, quick: bool, office: Path, scratch: Path) -> dict[str, Any]:
    """What one bench said, with its exit code; what it prints is shown."""
    bench = BENCHES[name]
    words = [word.format(office=office, scratch=scratch) for word in (bench.quick if quick else bench.full)]
    print(f"== {bench.script} {' '.join(words)}", flush=True)
    command, before = [sys.executable, str(BENCH / bench.script), *words], {"load": load(), **circumstances()}
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, encoding="utf-8", check=False)
    print(done.stdout, flush=True)
    figures = printed(done.stdout)
    if name == "letters" and (scratch / "letters.json").exists():
        figures = of_letters(json.loads((scratch / "letters.json").read_text(encoding="utf-8")))
    return {"figures": figures, "exit": done.returncode, "quick": quick, **before}


def git(*words: str) -> str:
    """What git says, or nothing where there is no repository."""
    done = subprocess.run(["git", *words], cwd=BENCH.parent, capture_output=True, text=True, check=False)
    return done.stdout.strip()


def load() -> float:
    """How many processes wanted to run during the last minute, where the system says so."""
    return round(os.getloadavg()[0], 1) if hasattr(os, "getloadavg") else 0.0


def circumstances() -> dict[str, str]:
    """When, at which commit, and on what machine."""
    commit, changed = git("rev-parse", "--short", "HEAD"), git("status", "--porcelain", "--", ":!docs/measured.*")
    return {
        "date": datetime.now(UTC).date().isoformat(),
        "commit": commit + ("+" if changed else ""),
        "machine": f"{os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}",
    }


def holds(row: Row, said: dict[str, Any]) -> bool:
    """Whether a bench said something, and what this line is about is not below the floor."""
    return bool(said["figures"]) and row.holds(said["figures"])


def line(row: Row, bench: Bench, said: dict[str, Any]) -> str:
    """One line of the page."""
    figures = said["figures"]
    if figures:
        figure = row.said(figures) if holds(row, said) else f"**missed:** {row.said(figures)}"
    else:
        figure = f"**failed** with exit code {said['exit']}"
    notes = [*(["a quick run"] if said["quick"] else []), *([f"load {said['load']}"] if said["load"] > BUSY else [])]
    noted = f" ({'; '.join(notes)})" if notes else ""
    cells = (row.what, row.on, row.floor, figure + noted, f"`{bench.script}`", said["date"], f"`{said['commit']}`")
    return f"| {' | '.join(cells)} |"


def page(kept: dict[str, Any]) -> str:
    """The whole page from what all benches said last."""
    machines = sorted({said["machine"] for said in kept.values()})
    rows = [line(row, bench, kept[name]) for name, bench in BENCHES.items() if name in kept for row in bench.rows]
    return "\n".join(
        [
            "# Measured",
            "",
            "Written by `bench/measure.py`; do not edit. Real records, which are not in this repository, are named by",
            "`REMEMBRANCER_RECORDS`. A commit with `+` had changes that were not committed. *Kept* is the half of the",
            "documents, by hash, that was set aside while rules were written on the other. What was marked by hand was",
            "not: readers were mended on those very turns and comings, so that on other documents they may do worse.",
            "*Load* is how busy the machine was with other things before a bench began: its times are then too long.",
            "",
            f"Machine: {'; '.join(machines)}.",
            "",
            "| what | on | floor | figure | script | date | commit |",
            "| --- | --- | --- | --- | --- | --- | --- |",
            *rows,
            "",
        ]
    )


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("benches", nargs="*", choices=[*BENCHES, []], help="which; all if left out")
    options.add_argument("--quick", action="store_true")
    options.add_argument("--office", type=Path, help="of all records: made here by the bench all, used if it is there")
    options.add_argument("--out", type=Path, default=DOCS, help="where measured.json and measured.md are written")
    given = options.parse_args()
    records()
    store = given.out / "measured.json"
    kept: dict[str, Any] = json.loads(store.read_text(encoding="utf-8")) if store.exists() else {}
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
        office = given.office or Path(scratch) / "office"
        for name in given.benches or BENCHES:
            kept[name] = run(name, given.quick, office, Path(scratch))
            store.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
            (given.out / "measured.md").write_text(page(kept), encoding="utf-8")
    rows = [(row, said) for name, said in kept.items() for row in BENCHES[name].rows]
    missed = [row.what for row, said in rows if not holds(row, said)]
    print("\n".join(["floors missed or failed:", *missed]) if missed else "all floors hold")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
