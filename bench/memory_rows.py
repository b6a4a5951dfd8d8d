"""What ``measure`` runs of asking, as ``rows.py`` has the record."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from rows import Bench, Row

Figures = Mapping[str, Any]

RIGHT, ANSWERED, SILENT = 0.95, 0.85, 0.97
SETS = {
    "typed": "by templates",
    "worded": "by hand",
    "again": "by hand again",
    "third": "by hand a third time",
    "fourth": "by hand a fourth time",
    "fifth": "traps by hand",
}
BODIES = "tc39, wasm, peps, london, magdeburg, rivergrove"


def _answers(which: str) -> Callable[[Figures], str]:
    def said(figures: Figures) -> str:
        of, aside = figures[which]["all"], figures[which].get("aside", {})
        kept = f"; put aside {aside['right']:.3f}, {aside['answered']:.3f}" if aside else ""
        return f"right {of['right']:.3f}, answered {of['answered']:.3f} of {of['typed']}{kept}"

    return said


def _answers_hold(which: str) -> Callable[[Figures], bool]:
    def holds(figures: Figures) -> bool:
        of = figures.get(which, {}).get("all", {})
        return bool(of and of["right"] >= RIGHT and of["answered"] >= ANSWERED)

    return holds


def _silence(figures: Figures) -> str:
    return "; ".join(
        f"{called} {of['silent']:.3f} of {of['unanswerable']}"
        for name, called in SETS.items()
        if (of := figures[name].get("all", {})) and of["unanswerable"]
    )


OF_ASKING: dict[str, Bench] = {
    "questions": Bench(
        "questions.py",
        (
            Row(
                "typed questions from the sources' own registers",
                BODIES,
                "right >= .95 of those answered, answered >= .85",
                _answers("typed"),
                _answers_hold("typed"),
            ),
            Row(
                "questions worded by hand; the rules were mended on them since (right .936, answered .733 before)",
                BODIES,
                "the same",
                _answers("worded"),
                _answers_hold("worded"),
            ),
            Row(
                "a second set by another person, the same (.921, .422 before)",
                BODIES,
                "the same",
                _answers("again"),
                _answers_hold("again"),
            ),
            Row(
                "a third, more roundabout, by another again; the rules were mended on it since (.865, .411 before)",
                BODIES,
                "the same",
                _answers("third"),
                _answers_hold("third"),
            ),
            Row(
                "a fourth, by another again, at first sight right .961, answered .563; the half not put aside was "
                "looked at since",
                BODIES,
                "the same",
                _answers("fourth"),
                _answers_hold("fourth"),
            ),
            Row(
                "a fifth, half of it traps, by another again; the rules were mended on it since (right .948, answered "
                ".841, silent .843 at first sight)",
                BODIES,
                "the same",
                _answers("fifth"),
                _answers_hold("fifth"),
            ),
            Row(
                "questions that the record cannot answer: silent",
                BODIES,
                ">= .97",
                _silence,
                lambda f: all(
                    f[name]["all"]["silent"] >= SILENT for name in SETS if f[name].get("all", {}).get("unanswerable")
                ),
            ),
            Row(
                "quotations of all these answers that differ from their bytes",
                BODIES,
                "0",
                lambda f: f"{f['altered']} of {f['quotations']:,}",
                lambda f: not f["altered"],
            ),
        ),
        quick=("--most", "4"),
    ),
}
