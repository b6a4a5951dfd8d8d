"""Where nobody is named for moving a thing, who brought it forward is told, and never as its mover."""

from __future__ import annotations

from dataclasses import replace

from remembrancer.memory.asking.answering.answered import answered
from remembrancer.office.asking.answering import _kind_told
from tests.memory.asking.tidewick import TIDEWICK, TODAY, asking


def test_who_brought_a_matter_forward_is_no_mover() -> None:
    found = answered(asking("mover", "matter-dredge"), replace(TIDEWICK, motions=()), TODAY)
    assert found is not None and found.value == ("O. Ivers", "T. Quill")
    assert {fact.name for fact in found.facts} == {"champion"}
    assert _kind_told("mover", found) == "champion"


def test_silence_on_the_mover_stays_of_the_mover() -> None:
    found = answered(asking("mover", "matter-kiosk"), replace(TIDEWICK, motions=()), TODAY)
    assert found is not None and found.status == "silent"
    assert _kind_told("mover", found) == "mover"
