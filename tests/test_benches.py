"""The benches see what is wrong: a wrong answer scores badly, and a floor that is missed is said plainly."""

import runpy
import sys
from pathlib import Path
from typing import Any

import pytest

BENCH = Path(__file__).parents[1] / "bench"


@pytest.fixture
def bench(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr(sys, "path", [str(BENCH), *sys.path])
    return lambda name: runpy.run_path(str(BENCH / f"{name}.py"))


def test_a_wrong_attendance_is_seen_to_be_wrong(bench: Any) -> None:
    assert bench("attendance")["self_test"]() == []


def test_a_quorum_read_the_other_way_and_a_missed_contradiction_are_seen(bench: Any) -> None:
    assert bench("quorum")["self_test"]() == []


def test_a_ballot_of_somebody_absent_is_seen(bench: Any) -> None:
    assert bench("ballots")["self_test"]() == []


def test_wrong_turns_are_seen_to_be_wrong(bench: Any) -> None:
    assert bench("turns")["self_test"]()


def test_a_dropped_letter_is_seen(bench: Any) -> None:
    assert bench("letters")["catches_a_dropped_letter"]()


def test_a_wrong_result_of_a_vote_is_seen_to_be_wrong(bench: Any) -> None:
    assert bench("official")["self_test"]() == []


@pytest.mark.parametrize("name", ["motions", "divisions"])
def test_a_wrong_motion_or_division_is_seen_to_be_wrong(bench: Any, name: str) -> None:
    assert bench(name)["self_test"]()


def test_a_wrong_force_and_a_wrong_status_are_seen(bench: Any) -> None:
    assert bench("force")["self_test"]() == []
    assert bench("papers")["self_test"]() == []


def test_a_missed_floor_and_a_failed_bench_are_said_plainly(bench: Any) -> None:
    page = bench("measure")["page"]
    when = {"exit": 1, "quick": False, "load": 0.0, "date": "2026-01-02", "commit": "abc", "machine": "2 cores"}
    comings = {"comings_f1": 0.5, "comings_minutes_f1": 0.4, "comings_timed_f1": 0.9}
    said = page(
        {"attendance": {"figures": {"presence_f1": 0.99, **comings}, **when}, "append": {"figures": {}, **when}}
    )
    present, came, appended = [line for line in said.splitlines() if "2026-01-02" in line]
    assert "missed" not in present
    assert "**missed:** F1 0.5000" in came
    assert "**failed** with exit code 1" in appended


def test_every_bench_of_the_page_is_a_script(bench: Any) -> None:
    assert all((BENCH / each.script).is_file() for each in bench("measure")["BENCHES"].values())


def test_a_wrong_sponsor_and_a_wrong_sum_are_seen(bench: Any) -> None:
    assert bench("sponsors")["self_test"]() == []


def test_wrong_numbers_of_a_poll_are_seen(bench: Any) -> None:
    assert bench("tallies")["self_test"]()


def test_a_vote_of_other_numbers_or_at_another_place_is_seen(bench: Any) -> None:
    assert bench("spoken")["self_test"]()


def test_decisions_that_nobody_found_are_seen_to_be_missing(bench: Any) -> None:
    assert bench("decisions")["self_test"]()


def test_a_program_that_is_always_silent_or_never_or_alters_a_quotation_fails_the_questions(bench: Any) -> None:
    assert bench("questions")["self_test"]() == []


@pytest.mark.parametrize("name", ["engines", "appended", "started", "hybrid_speed"])
def test_a_slow_search_a_lost_speech_and_a_slow_start_are_seen(bench: Any, name: str) -> None:
    assert bench(name)["self_test"]() == []


@pytest.mark.parametrize("name", ["windows", "claims"])
def test_a_shuffled_ranking_is_seen_to_be_wrong(bench: Any, name: str) -> None:
    assert bench(name)["self_test"]() == []
