"""What ``measure`` runs, and what it makes of each figure: a line of ``docs/measured.md`` for each row."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

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


def _of_windows(name: str) -> Callable[[Figures], str]:
    def said(figures: Figures) -> str:
        if name not in figures:
            return "not measured"
        ours, plain = figures[name], figures["plain"]
        aside = f"{_three(ours['aside'])}, plain {_three(plain['aside'])}"
        return f"{_three(ours['all'])}; plain BM25 {_three(plain['all'])}; on meetings put aside {aside}"

    return said


def _three(figures: Figures) -> str:
    return f"{figures['first']:.3f} / {figures['five']:.3f} / {figures['mrr']:.3f}"


def _better(name: str, margin: float) -> Callable[[Figures], bool]:
    return lambda figures: name in figures["margins"] and min(figures["margins"][name]) >= margin


def _of_claims(figures: Figures) -> str:
    found = {name: each["first"] for name, each in figures["all"].items()}
    rows = f"plain BM25 on the same rows {found['plain_rows']:.3f}, on the claims alone {found['plain']:.3f}"
    return f"{found['ours']:.3f}; {rows}; put aside {figures['aside']['ours']['first']:.3f}"


def _of_claims_with_vectors(figures: Figures) -> str:
    if "vectors" not in figures["all"]:
        return "not measured"
    return f"{figures['all']['vectors']['first']:.3f}; put aside {figures['aside']['vectors']['first']:.3f}"


STRUCTURED = ("qmsum", "qmsum-text", "parlamint", "theyworkforyou")
SPOKEN_FLOOR = 0.97

OF_THE_RECORD: dict[str, Bench] = {
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
    "windows": Bench(
        "windows.py",
        (
            Row(
                "a relevant window first / among five / MRR, by words",
                "QMSum, within the sitting, beside plain BM25 on windows of six turns",
                "plain + .02 each",
                _of_windows("ours"),
                _better("ours", 0.02),
            ),
            Row(
                "the same, with vectors",
                "the same, in the same run",
                "plain + .05 each",
                _of_windows("vectors"),
                _better("vectors", 0.05),
            ),
        ),
        full=("--vectors",),
        quick=("--every", "6"),
    ),
    "claims": Bench(
        "claims.py",
        (
            Row(
                "the verified claim for a spoken sentence, first, by words",
                "known-lie-debates",
                ">= .55",
                _of_claims,
                lambda f: bool(f["all"]["ours"]["first"] >= 0.55),
            ),
            Row(
                "the same, with vectors",
                "the same, in the same run",
                ">= .55",
                _of_claims_with_vectors,
                lambda f: bool(f["all"].get("vectors", {}).get("first", 0) >= 0.55),
            ),
        ),
        full=("--vectors",),
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
