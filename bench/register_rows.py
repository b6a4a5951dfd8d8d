"""The benches of the register: what ``measure`` runs and what it makes of each figure."""

from __future__ import annotations

from rows import Bench, Figures, Row, at_least


def _all_right(figures: Figures) -> bool:
    return all(figures[f"{half}_right"] == figures[f"{half}_divisions"] for half in ("even", "odd"))


OF_THE_REGISTER: dict[str, Bench] = {
    "stages": Bench(
        "stages.py",
        (
            Row(
                "stage decisions by matter and sitting",
                "tc39-notes against the commits of tc39-proposals",
                "recall >= 0.92, precision >= 0.95",
                lambda f: (
                    f"recall {f['recall']:.3f}, precision {f['precision']:.3f}; the half put aside had 0.920 and 0.941 "
                    f"before anybody read it, and {f['recall_kept']:.3f} and {f['precision_kept']:.3f} since; stated "
                    f"alone {f['stated_recall']:.3f}, {f['stated_precision']:.3f}; a regular expression beside it: "
                    f"recall {f['regex_recall']:.3f}"
                ),
                lambda f: bool(f["recall"] >= 0.92 and f["precision"] >= 0.95),
            ),
            Row(
                "final rung of each matter the notes discuss",
                "the same",
                ">= 0.90",
                lambda f: (
                    f"{f['last']:.3f} with names joined by hand, {f['last_unjoined']:.3f} without; the regular "
                    f"expression {f['regex_last']:.3f}, {f['regex_last_unjoined']:.3f}"
                ),
                at_least("last", 0.90),
            ),
        ),
        quick=("--quick",),
    ),
    "phases": Bench(
        "phases.py",
        (
            Row(
                "phase changes",
                "wasm-meetings against the commits of wasm-proposals",
                "recall >= 0.80, precision >= 0.95",
                lambda f: (
                    f"recall {f['recall']:.3f}, precision {f['precision']:.3f}; the half put aside had 0.765 and 0.945 "
                    f"before anybody read it, and {f['recall_kept']:.3f} and {f['precision_kept']:.3f} since; stated "
                    f"alone {f['stated_recall']:.3f}, {f['stated_precision']:.3f}"
                ),
                lambda f: bool(f["recall"] >= 0.80 and f["precision"] >= 0.95),
            ),
        ),
        quick=("--quick",),
    ),
    "tallies": Bench(
        "tallies.py",
        (
            Row(
                "poll tallies exact",
                "wasm-meetings",
                ">= 0.98",
                lambda f: f"{f['exact']:.4f} of {f['polls']}; nothing was put aside",
                at_least("exact", 0.98),
            ),
        ),
    ),
    "motions": Bench(
        "motions.py",
        (
            Row(
                "mover, seconder, result",
                "a council's Markdown against its JSON",
                "F1 >= 0.98",
                lambda f: "; ".join(
                    f"{what} {f[f'all_{what}']:.4f} (aside {f[f'unseen_{what}']:.4f})"
                    for what in ("mover", "seconder", "result")
                ),
                lambda f: min(f["all_mover"], f["all_seconder"], f["all_result"]) >= 0.98,
            ),
            Row(
                "names of each recorded vote exact",
                "the same",
                ">= 0.99",
                lambda f: f"{f['all_names']:.4f} (aside {f['unseen_names']:.4f})",
                at_least("all_names", 0.99),
            ),
        ),
    ),
    "ballots": Bench(
        "ballots.py",
        (
            Row(
                "ballots attributed to somebody absent at that moment",
                "all sources with names",
                "0",
                lambda f: (
                    f"{f['wrong']} of {f['ballots']:,}; a roll settles {f['settled']:,}, the others' documents do not "
                    "say who was there when"
                ),
                lambda f: f["wrong"] == 0,
            ),
        ),
    ),
    "divisions": Bench(
        "divisions.py",
        (
            Row(
                "names sum to the declared count",
                "divisions of the UK's parliaments",
                "all",
                lambda f: f"{f['even_right'] + f['odd_right']} of {f['even_divisions'] + f['odd_divisions']}",
                _all_right,
            ),
        ),
    ),
    "official": Bench(
        "official.py",
        (
            Row(
                "computed = official result",
                "a German council, one vote on that motion that day",
                "all",
                lambda f: (
                    f"{f['official']:.4f} of {f['comparable']} (before the day that parts them "
                    f"{f['official_seen']:.4f}, after it {f['official_unseen']:.4f})"
                ),
                at_least("official", 1.0),
            ),
        ),
    ),
    "quorum": Bench(
        "quorum.py",
        (
            Row(
                "quorum stated against members listed: every sitting a verdict, contradictions found",
                "an OASIS committee",
                "all; those found by reading 20",
                lambda f: (
                    f"{f['with_verdict']} of {f['sittings']}; {f['contradictions_found']} of {f['contradictions']} in "
                    f"{f['judged']} read, {f['contradictions_invented']} invented"
                ),
                lambda f: bool(f["holds"]),
            ),
        ),
    ),
    "papers": Bench(
        "papers.py",
        (
            Row(
                "status and supersession",
                "headers of proposals",
                "1.00",
                lambda f: f"{f['even']['headers']:.4f} / {f['odd']['headers']:.4f}",
                lambda f: min(f["even"]["headers"], f["odd"]["headers"]) == 1.0,
            ),
            Row(
                "what a council's updates say of proposals, against their headers",
                "the same, and 34 monthly updates",
                ">= 0.90",
                lambda f: "; ".join(
                    f"{name}: recall {f[name]['recall']:.3f}, fits its header {f[name]['fits_header']:.3f} of "
                    f"{f[name]['comparable']}"
                    for name in ("odd", "even")
                ),
                lambda f: min(f[name][key] for name in ("odd", "even") for key in ("recall", "fits_header")) >= 0.90,
            ),
        ),
    ),
    "sponsors": Bench(
        "sponsors.py",
        (
            Row(
                "champions, authors, presenters",
                "a standards committee's tables and notes, headers of proposals",
                "recall and precision >= 0.95 in each half",
                lambda f: "; ".join(
                    f"{what} {f[f'{what}_recall_0']:.3f} / {f[f'{what}_recall_1']:.3f}"
                    for what in ("champions", "authors", "presenters")
                ),
                lambda f: min(value for name, value in f.items() if not name.startswith("sums")) >= 0.95,
            ),
            Row(
                "sums of money exact",
                "60 sentences of three bodies drawn at random, read by hand",
                ">= 0.95",
                lambda f: f"{f['sums_0']:.3f} / {f['sums_1']:.3f}",
                lambda f: min(f["sums_0"], f["sums_1"]) >= 0.95,
            ),
        ),
        quick=("--quick",),
    ),
    "force": Bench(
        "force.py",
        (
            Row(
                "force on a date",
                "a city's ordinances, questions answered by hand from its charter and texts",
                ">= 0.95 right, the rest undetermined",
                lambda f: f"{f['seen']['share']:.3f}; questions put aside {f['aside']['share']:.3f}",
                lambda f: min(f["seen"]["share"], f["aside"]["share"]) >= 0.95,
            ),
        ),
    ),
    "spoken": Bench(
        "spoken.py",
        (
            Row(
                "spoken votes in another language",
                "Galician debates; Portuguese minutes, offsets exact",
                "F1 >= 0.90 each",
                lambda f: (
                    f"Galician {f['galician_f1']:.4f}; Portuguese {f['portuguese_f1']:.4f}; nothing was put aside, the "
                    "halves are only shown apart"
                ),
                lambda f: min(f["galician_f1"], f["portuguese_f1"]) >= 0.90,
            ),
        ),
    ),
    "decisions": Bench(
        "decisions.py",
        (
            Row(
                "motions of Council carried or lost that are decisions",
                "a council's minutes",
                "none set",
                lambda f: f"F1 {f['motions_f1']:.4f}",
                lambda f: True,
            ),
            Row(
                "rows of tables of decisions found",
                "calls whose minutes hold such a table",
                "none set",
                lambda f: f"recall {f['rows_recall']:.4f}",
                lambda f: True,
            ),
        ),
    ),
    "rebuilding": Bench(
        "rebuilding.py",
        (
            Row(
                "the register made anew; after one more sitting",
                "all of tc39-notes",
                "<= 60 s; <= 1 s",
                lambda f: f"{f['rebuild_seconds']} s; {f['increment_seconds']} s",
                lambda f: bool(f["rebuild_seconds"] <= 60 and f["increment_seconds"] <= 1),
            ),
            Row(
                "order of reading shuffled: registers equal",
                "the same",
                "all of 20",
                lambda f: f"{f['orders_equal']} of {f['orders']}",
                lambda f: bool(f["orders_equal"] == f["orders"]),
            ),
        ),
        quick=("--meetings", "4", "--orders", "3"),
    ),
}
