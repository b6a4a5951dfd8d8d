"""Laws of what a bureau remembers: the same until the record gains an entry, whoever made it, and never after."""

from __future__ import annotations

from gc import collect
from pathlib import Path
from weakref import ref

import pytest

from remembrancer.model import OWNER, PUBLIC
from remembrancer.office import Office
from remembrancer.office.bureau import REMEMBERED, Bureau
from remembrancer.office.registers.registrar import ALL, Scope, register_of


@pytest.fixture
def bureau(tmp_path: Path) -> Bureau:
    return Office.create(tmp_path / "office", "Fenwick Parish").body()


def counted(bureau: Bureau, name: str = "count") -> int:
    """How many entries there were when this was last made."""
    return bureau.remembered(name, bureau.log.size)


def test_nothing_is_made_twice_while_the_record_stays_as_it_is(bureau: Bureau) -> None:
    made: list[int] = []
    for _ in range(3):
        bureau.remembered("one", lambda: made.append(1))
    assert made == [1]
    assert register_of(bureau, OWNER) is register_of(bureau, OWNER)


def test_who_sees_the_same_shares_a_register_and_every_day_has_its_own(bureau: Bureau) -> None:
    everything, of_the_public = register_of(bureau, OWNER, ALL), register_of(bureau, PUBLIC)
    assert everything is of_the_public
    assert register_of(bureau, OWNER, Scope("2020")) is not everything


def test_an_entry_of_another_process_is_seen_at_once(bureau: Bureau, tmp_path: Path) -> None:
    before = counted(bureau)
    with Office(tmp_path / "office") as other:
        other.body().log.add("grant", {"principal": "public", "role": "clerk", "from": "", "to": ""})
    assert counted(bureau) == before + 1


def test_what_was_made_while_an_entry_came_is_not_kept(bureau: Bureau) -> None:
    def slow() -> int:
        size = bureau.log.size()
        bureau.log.add("grant", {"principal": "public", "role": "clerk", "from": "", "to": ""})
        return size

    before = bureau.remembered("count", slow)
    assert counted(bureau) == before + 1


def test_no_more_than_a_few_things_are_remembered(bureau: Bureau) -> None:
    for each in range(3 * REMEMBERED):
        counted(bureau, f"count {each}")
    assert len(bureau._remembered) == REMEMBERED


def test_what_is_forgotten_is_made_anew(bureau: Bureau) -> None:
    before = ref(register_of(bureau, OWNER))
    assert before() is register_of(bureau, OWNER)
    bureau.forget_readings()
    collect()
    assert before() is None
