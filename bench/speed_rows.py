"""What ``measure`` runs of speed and scale, as ``rows.py`` has the record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rows import Bench, Row, at_least

Figures = Mapping[str, Any]


def _at_most(key: str, floor: float) -> Any:
    return lambda figures: bool(figures[key] <= floor)


def _others(figures: Figures) -> str:
    kinds = figures["by_kind"]
    rest = ", ".join(f"{name} {of['words']:.1f} ms" for name, of in kinds.items() if name != "search")
    return f"{figures.get('times_faster', 0):.1f} times (p50 of words: {rest})"


def _starts(figures: Figures) -> str:
    beside = {"as JSON": "ask_json", "with vectors": "ask_vectors", "Python alone": "python"}
    rest = ", ".join(f"{name} {figures[key]:.2f} s" for name, key in beside.items() if key in figures)
    return f"{figures['ask']:.2f} s ({rest})"


OF_SPEED: dict[str, Bench] = {
    "engines": Bench(
        "engines.py",
        (
            Row(
                "`search`, parsed, ranked, quoted and proven",
                "1,000,000 passages grown from real sentences",
                "p50 3 ms, p95 10 ms",
                lambda f: f"p50 {f['p50_ms']:.1f} ms, p95 {f['p95_ms']:.1f} ms; {f['differ']} quotations differ",
                lambda f: bool(f["p50_ms"] <= 3 and f["p95_ms"] <= 10 and not f["differ"]),
            ),
            Row(
                "its index beside SQLite FTS5, Xapian and PostgreSQL: of each the ten best, ids and scores",
                "the same, the same queries",
                "3 times faster than the fastest",
                _others,
                lambda f: bool(f.get("times_faster", 0) >= 3),
            ),
            Row(
                "all that `search` does, quotations proven, beside the others' ids and scores alone",
                "the same, the same queries",
                "none set",
                lambda f: f"{f.get('times_faster_proven', 0):.1f} times as fast as the fastest",
                lambda f: True,
            ),
            Row(
                "the passages that `ask` answers with",
                "the same",
                "p95 60 ms",
                lambda f: f"p95 {f['ask_p95_ms']:.1f} ms",
                _at_most("ask_p95_ms", 60.0),
            ),
        ),
        quick=("--quick",),
    ),
    "engines_large": Bench(
        "engines.py",
        (
            Row(
                "`search` in a very large office",
                "10,000,000 passages grown from real sentences",
                "p95 60 ms, 4 GB of memory",
                lambda f: f"p95 {f['p95_ms']:.1f} ms, {f['memory_gb']:.1f} GB",
                lambda f: bool(f["p95_ms"] <= 60 and f["memory_gb"] <= 4 and not f["differ"]),
            ),
            Row(
                "passages indexed, analysis included",
                "the same",
                "15,000/s",
                lambda f: f"{f['built_per_second']:,}/s",
                at_least("built_per_second", 15_000),
            ),
        ),
        full=("--passages", "10000000", "--alone"),
        quick=("--quick", "--alone"),
    ),
    "hybrid_speed": Bench(
        "hybrid_speed.py",
        (
            Row(
                "`search` with vectors, the question's own made",
                "passages grown from real sentences",
                "p95 25 ms",
                lambda f: (
                    f"p50 {f['hybrid_p50_ms']:.1f} ms, p95 {f['hybrid_p95_ms']:.1f} ms of {f['passages']:,} passages"
                ),
                _at_most("hybrid_p95_ms", 25.0),
            ),
        ),
        quick=("--quick",),
    ),
    "appended": Bench(
        "appended.py",
        (
            Row(
                "a speech appended and found, while another process searches",
                "an office of 200,000 passages",
                "p95 200 ms",
                lambda f: f"p50 {f['p50_ms']:.0f} ms, p95 {f['p95_ms']:.0f} ms; {f['lost']} lost",
                lambda f: bool(f["p95_ms"] <= 200 and not f["lost"]),
            ),
        ),
        quick=("--quick",),
    ),
    "started": Bench(
        "started.py",
        (
            Row(
                "`remembrancer ask` as a process, from start to end",
                "the demo's office, warm disk",
                "0.4 s",
                _starts,
                _at_most("ask", 0.4),
            ),
        ),
        quick=("--quick",),
    ),
}
