"""Runs every bench and writes ``docs/measured.md``: what was measured, the floor, the figure, when, at which commit.

    REMEMBRANCER_RECORDS=... python bench/measure.py                # all of it; about an hour
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
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from records import records

BENCH = Path(__file__).resolve().parent
DOCS = BENCH.parent / "docs"
BUSY = 0.7
"""The load before a bench from which on its line says that the machine was doing other things too."""

Figures = Mapping[str, Any]


class Row(NamedTuple):
    """A line of the page. ``said`` makes the figure from what the bench printed, ``holds`` judges it."""

    what: str
    on: str
    floor: str
    said: Callable[[Figures], str]
    holds: Callable[[Figures], bool]


class Bench(NamedTuple):
    """A script with its arguments, in full and when in a hurry; ``{office}`` and ``{scratch}`` are directories."""

    script: str
    rows: tuple[Row, ...]
    full: tuple[str, ...] = ()
    quick: tuple[str, ...] = ()


def at_least(key: str, floor: float) -> Callable[[Figures], bool]:
    return lambda figures: bool(figures[key] >= floor)


def none_of(key: str) -> Callable[[Figures], bool]:
    return lambda figures: not figures[key]


def _spoken(figures: Figures) -> str:
    kept = figures["spoken_kept"]
    return "; ".join(
        f"{name} {share:.1%}" + (f" (kept {kept[name]:.1%})" if name in kept else "")
        for name, share in figures["spoken"].items()
    )


def _turns(names: Iterable[str]) -> Callable[[Figures], str]:
    return lambda figures: "; ".join(f"{name} F1 {figures[name]['f1']:.4f}" for name in names if name in figures)


def _turns_hold(names: Iterable[str], floor: float) -> Callable[[Figures], bool]:
    return lambda figures: all(figures[name]["f1"] >= floor for name in names if name in figures)


STRUCTURED = ("qmsum", "qmsum-text", "parlamint", "theyworkforyou")
SPOKEN_FLOOR = 0.97

BENCHES: dict[str, Bench] = {
    "letters": Bench(
        "letters.py",
        (
            Row(
                "files read without a crash; formats without a reader reported",
                "all records",
                "all",
                lambda f: (
                    f"{f['files'] - f['faults']:,} of {f['files']:,}; {f['unread']} without a reader, all reported"
                ),
                none_of("faults"),
            ),
            Row(
                "letters accounted for",
                "all records",
                "100 %",
                lambda f: f"{f['accounted'] / f['letters']:.2%} of {f['letters']:,}",
                lambda f: bool(f["accounted"] == f["letters"]),
            ),
            Row(
                "letters inside a speech or an item, markup aside",
                "the records with turns",
                ">= 97 % each",
                _spoken,
                lambda f: min(f["spoken"].values()) >= SPOKEN_FLOOR,
            ),
        ),
        ("--json", "{scratch}/letters.json"),
        ("--json", "{scratch}/letters.json", "dsf-board", "rust-leadership-council"),
    ),
    "turns": Bench(
        "turns.py",
        (
            Row(
                "start and speaker of turns, exact",
                "QMSum as JSON and as text, ParlaMint, TheyWorkForYou",
                "F1 >= 0.99 each",
                _turns((*STRUCTURED, "parlamint-text")),
                _turns_hold(STRUCTURED, 0.99),
            ),
            Row(
                "the same, on turns marked by hand",
                "tc39, wasm, ethereum, rust, csaf",
                "F1 >= 0.98",
                lambda f: f"F1 {f['marks']['f1']:.4f} of {f['marks']['turns']} turns",
                _turns_hold(["marks"], 0.98),
            ),
        ),
        quick=("parlamint", "marks"),
    ),
    "attendance": Bench(
        "attendance.py",
        (
            Row(
                "attendance: who, present or not",
                "35 sittings of a council, against its JSON",
                "F1 >= 0.97",
                lambda f: f"F1 {f['presence_f1']:.4f}",
                at_least("presence_f1", 0.97),
            ),
            Row(
                "attendance: when they came and went",
                "46 sittings marked by hand",
                "F1 >= 0.97",
                lambda f: (
                    f"F1 {f['comings_f1']:.4f}; minutes alone, without chat logs, {f['comings_minutes_f1']:.4f}; "
                    f"only where a time is given {f['comings_timed_f1']:.4f}"
                ),
                at_least("comings_f1", 0.97),
            ),
        ),
    ),
    "scribe": Bench(
        "scribe.py",
        (
            Row(
                "chat logs as W3C's scribe.perl reads them: topics, changes of speaker",
                "its own test cases",
                "none",
                lambda f: (
                    f"{f['same']} of {f['cases']} cases the same; topics F1 {f['topics_f1']:.2f}, "
                    f"speakers F1 {f['speakers_f1']:.2f}"
                ),
                lambda f: bool(f["cases"]),
            ),
        ),
    ),
    "reading": Bench(
        "reading.py",
        (
            Row(
                "reading to a verified and searchable record",
                "tc39-notes",
                ">= 1 MB/s; < 1 GB resident",
                lambda f: (
                    f"{f['mb_per_second']:.2f} MB/s ({f['mb']} MB: reading {f['reading_seconds']} s, indexing "
                    f"{f['indexing_seconds']} s, verifying {f['verifying_seconds']} s; CPU {f['cpu_seconds']} s); "
                    f"largest process {f.get('largest_process_mb', '?')} MB, all {f.get('all_processes_mb', '?')} MB; "
                    f"{f['times_as_long_as_hashing']} times as long as reading and hashing the bytes; "
                    f"runs: {', '.join(map(str, f['runs']))} MB/s"
                ),
                lambda f: f["verified"] and f["mb_per_second"] >= 1 and f.get("largest_process_mb", 0) < 1000,
            ),
        ),
        full=("--runs", "5"),
        quick=("--folder", "dsf-board/dev"),
    ),
    "append": Bench(
        "append.py",
        (
            Row(
                "appending small entries in durable batches of at most 1,000; verifying them",
                "1,000,000 entries",
                ">= 10,000/s; >= 50,000/s",
                lambda f: (
                    f"{f['append_per_second']:,}/s; {f['verify_per_second']:,}/s ({f['entries']:,} entries; "
                    f"a bare file synced as often: {f['bare_file_per_second']:,}/s)"
                ),
                lambda f: f["append_per_second"] >= 10_000 and f["verify_per_second"] >= 50_000,
            ),
        ),
        quick=("20000",),
    ),
    "all": Bench(
        "reading.py",
        (
            Row(
                "reading everything into one body, verified and searchable",
                "all records",
                "no reader at fault",
                lambda f: (
                    f"{f['files']:,} files, {f['mb']} MB at {f['mb_per_second']:.2f} MB/s, {f['entries']:,} entries; "
                    f"{f['reader_faults']} readers at fault; largest process {f.get('largest_process_mb', '?')} MB"
                ),
                lambda f: f["verified"] and not f["reader_faults"],
            ),
        ),
        ("--records", "--office", "{office}"),
        ("--folder", "rust-leadership-council/dev", "--office", "{office}"),
    ),
    "search": Bench(
        "search.py",
        (
            Row(
                "search, top 10 with quotations, in process",
                "all records",
                "p50 < 3 ms; p95 < 10 ms",
                lambda f: f"p50 {f['p50_ms']} ms; p95 {f['p95_ms']} ms ({f['queries']:,} queries)",
                lambda f: f["p50_ms"] < 3 and f["p95_ms"] < 10,
            ),
        ),
        ("--office", "{office}"),
        ("--office", "{office}", "--queries", "200"),
    ),
    "searches": Bench(
        "searches.py",
        (
            Row(
                "searches over every format, written as search --json prints them",
                "all records",
                "every format found",
                lambda f: f"{f['searches']:,} searches, {f['hits']:,} hits, {len(f['quotations'])} formats",
                none_of("formats_not_found"),
            ),
        ),
        ("--office", "{office}", "--out", "{scratch}/kept"),
        ("--office", "{office}", "--out", "{scratch}/kept", "--searches", "60"),
    ),
    "quotations": Bench(
        "quotations.py",
        (
            Row(
                "quotations that differ from their bytes, texts whose letters differ from their quotations'",
                "the searches above; the script imports nothing of the program",
                "0",
                lambda f: f"{f['wrong']} of {f['quotations']:,}",
                lambda f: not f["wrong"] and f["quotations"] > 0,
            ),
        ),
        ("{scratch}/kept/hits.jsonl", "--blobs", "{scratch}/kept/blobs"),
        ("{scratch}/kept/hits.jsonl", "--blobs", "{scratch}/kept/blobs"),
    ),
    "powercut": Bench(
        "powercut.py",
        (
            Row(
                "power cut while appending, keeping files and redacting",
                "simulated: what was not synced is lost",
                "2,000; nothing acknowledged lost",
                lambda f: f"{f['runs']:,} cuts, {f['failed']} lost or damaged something",
                none_of("failed"),
            ),
        ),
        quick=("50",),
    ),
    "killed": Bench(
        "killed.py",
        (
            Row(
                "SIGKILL while reading",
                "the demo's documents, one process and several",
                "200; nothing acknowledged lost, verified, completes",
                lambda f: f"{f['kills']} kills, {f['failed']} offices lost or damaged something",
                none_of("failed"),
            ),
        ),
        quick=("--kills", "6"),
    ),
}
"""In the order in which they run: ``all`` makes the office that the searches need."""


def printed(output: str) -> dict[str, Any]:
    """The figures a bench prints as its last line of JSON; empty if there is none."""
    lines = [line for line in output.splitlines() if line.startswith("{") and line.endswith("}")]
    return dict(json.loads(lines[-1])) if lines else {}


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
