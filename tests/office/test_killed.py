"""A reader killed at any moment loses nothing it acknowledged, and reading again completes."""

import runpy
from pathlib import Path

import apsw

from remembrancer.office import Office
from remembrancer.record.connection import writing

killed = runpy.run_path(str(Path(__file__).parents[2] / "bench" / "killed.py"))


def test_nothing_acknowledged_is_lost_and_reading_again_gives_the_same(tmp_path: Path) -> None:
    done, wrong = killed["run"](5, 7, tmp_path)
    assert (done, wrong) == (5, {})


def test_a_reader_that_acknowledges_before_it_keeps_is_found_out(tmp_path: Path) -> None:
    office = killed["office_in"](tmp_path / "office")
    (record,) = office.glob("bodies/*/record.db")
    with writing(apsw.Connection(str(record))):  # However late it is killed, it kept nothing before.
        said = killed["kill"](killed["start"](office, ["careless"]), len(killed["files"]()), 0.0)
    with Office(office) as opened:
        assert killed["lost"](opened.body(), set(said.acknowledged))


def test_no_process_of_a_killed_reader_is_left(tmp_path: Path) -> None:
    process = killed["start"](killed["office_in"](tmp_path / "office"), ["pooled"])
    assert not killed["kill"](process, 0, 0.5).left
