"""What was acknowledged survives losing power at any moment; a record written without syncing does not."""

import runpy
from pathlib import Path

import pytest

trial = runpy.run_path(str(Path(__file__).parents[2] / "bench" / "powercut.py"))["trial"]


@pytest.mark.parametrize("decade", range(6))
def test_nothing_acknowledged_is_lost(decade: int) -> None:
    for seed in range(10 * decade, 10 * decade + 10):
        assert trial(seed) == []


def test_without_syncing_the_same_cuts_lose_entries() -> None:
    assert any(trial(seed, careless=True) for seed in range(40))
