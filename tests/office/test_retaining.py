"""Laws of schedules and holds: whoever sets one says exactly what it holds, and why."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from remembrancer.model import OWNER, Fault
from remembrancer.office import Office
from remembrancer.office.bureau import Bureau
from remembrancer.office.changing import retaining


@pytest.fixture
def bureau(tmp_path: Path) -> Iterator[Bureau]:
    with Office.create(tmp_path / "office", "Fenwick Board") as office:
        yield office.body()


def test_a_hold_that_holds_nothing_or_has_no_reason_is_refused(bureau: Bureau) -> None:
    for said in ({"reason": "a case"}, {"reason": " ", "everything": True}, {"reason": "a case", "sources": ["00"]}):
        with pytest.raises(Fault):
            retaining.hold(bureau, OWNER, **said)
    assert retaining.holds(bureau, OWNER) == []


def test_a_hold_is_released_once_and_nothing_else_is(bureau: Bureau) -> None:
    number = retaining.hold(bureau, OWNER, "a case", everything=True)
    assert [each.entry for each in retaining.holds(bureau, OWNER)] == [number]
    retaining.release(bureau, OWNER, number)
    assert retaining.holds(bureau, OWNER) == []
    for wrong in (number, 0, 99):
        with pytest.raises(Fault):
            retaining.release(bureau, OWNER, wrong)


@pytest.mark.parametrize(
    "said", [("gossip", "P1Y", "recorded"), ("notes", "soon", "recorded"), ("notes", "P1Y", "birth")]
)
def test_a_schedule_that_says_nothing_definite_is_refused(bureau: Bureau, said: tuple[str, str, str]) -> None:
    before = retaining.schedules(bureau)
    with pytest.raises(Fault):
        retaining.set_schedule(bureau, OWNER, *said)
    assert retaining.schedules(bureau) == before
