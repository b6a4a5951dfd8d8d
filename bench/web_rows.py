"""What ``measure`` runs of the office on the web, as ``rows.py`` has the record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rows import Bench, Row

Figures = Mapping[str, Any]

FLOOR_MS = 150
FIRST_PAGE = 100_000
FIVE_MINUTES = 300


APART = {"signed_out": "signed out", "new_words": "in words not asked before"}
"""Visits of which the figures are told apart, where they were counted apart."""


def _said(figures: Figures) -> str:
    apart = [f"p95 {said} {figures[group]['p95_ms']:.0f} ms; " for group, said in APART.items() if group in figures]
    computed = f"{figures['computed_ms']:.1f} ms of the processor each; " if "computed_ms" in figures else ""
    return (
        f"p50 {figures['p50_ms']:.0f} ms, p95 {figures['p95_ms']:.0f} ms, p99 {figures['p99_ms']:.0f} ms; "
        f"{''.join(apart)}{computed}{figures['errors']} of {figures['visits']:,} failed; {figures['memory_mb']} MB"
    )


def _holds(figures: Figures) -> bool:
    return bool(figures["p95_ms"] <= FLOOR_MS and not figures["errors"])


def _visited(where: str) -> Row:
    floor = f"p95 <= {FLOOR_MS} ms, none fails"
    return Row("pages of the served office, 50 visits a second at random moments", where, floor, _said, _holds)


SIGNED_IN = Row(
    "those of them by who is signed in, for whom nothing is kept",
    "the same",
    f"p95 <= {FLOOR_MS} ms",
    lambda f: f"p50 {f['signed_in']['p50_ms']:.0f} ms, p95 {f['signed_in']['p95_ms']:.0f} ms",
    lambda f: bool(f["signed_in"]["p95_ms"] <= FLOOR_MS),
)


def _described(figures: Figures) -> str:
    return f"{figures['failed']} of {figures['cases']:,}, in {len(figures['operations'])} operations"


FIRST = Row(
    "the first page with style and scripts, as it is sent",
    "the same",
    "<= 100 kB",
    lambda f: f"{f['first_page_bytes'] / 1000:.0f} kB",
    lambda f: bool(f["first_page_bytes"] <= FIRST_PAGE),
)

STREAMS = Row(
    "500 event streams open for a minute while pages are fetched",
    "the demo's office",
    "none dropped, all told of growth",
    lambda f: f"{f['dropped']} dropped, {f['told_of_growth']} told; pages p95 {f['page_p95_ms']:.0f} ms",
    lambda f: bool(not f["dropped"] and f["told_of_growth"] == f["streams"]),
)

NEWCOMER = Row(
    "a newcomer, from a clone to an answer from their own folder, without what they read and type",
    "`make demo` in a fresh clone, then an office of their own in a Chromium",
    "<= 300 s",
    lambda f: f"{f['seconds']:.0f} s (set-up {f['set_up']:.0f}, demo {f['demo']:.0f}, own {f['own_answer']:.0f})",
    lambda f: bool(f["seconds"] <= FIVE_MINUTES),
)

OF_THE_WEB: dict[str, Bench] = {
    "schemathesis": Bench(
        "schemathesis_run.py",
        (
            Row(
                "calls of the API that were answered with a server error, or otherwise than it is described",
                "the demo's office, up to 1,000 calls of each operation, a third of them malformed",
                "none",
                _described,
                lambda f: bool(f["cases"] and not f["failed"]),
            ),
        ),
        quick=("--cases", "20"),
    ),
    "pages_demo": Bench("pages.py", (_visited("the demo's office"), SIGNED_IN, FIRST), quick=("--seconds", "10")),
    "pages_all": Bench(
        "pages.py",
        (_visited("an office of all records"), SIGNED_IN),
        ("--office", "{office}"),
        ("--office", "{office}", "--seconds", "10"),
    ),
    "streams": Bench("streams.py", (STREAMS,), quick=("--seconds", "10")),
    "newcomer": Bench("newcomer.py", (NEWCOMER,)),
}
