"""A reader killed at any moment loses nothing it acknowledged, and reading again completes."""

import runpy
from pathlib import Path

killed = runpy.run_path(str(Path(__file__).parents[2] / "bench" / "killed.py"))


def test_nothing_acknowledged_is_lost_and_reading_again_gives_the_same(tmp_path: Path) -> None:
    done, wrong = killed["run"](5, 7, tmp_path)
    assert (done, wrong) == (5, {})


def test_a_reader_that_acknowledges_before_it_keeps_is_found_out(tmp_path: Path) -> None:
    _, wrong = killed["run"](1, 7, tmp_path, careless=True)
    assert any("lost" in problem for problems in wrong.values() for problem in problems)


def test_no_process_of_a_killed_reader_is_left(tmp_path: Path) -> None:
    process = killed["start"](killed["office_in"](tmp_path / "office"), ["pooled"])
    assert not killed["kill"](process, 0, 0.5).left
