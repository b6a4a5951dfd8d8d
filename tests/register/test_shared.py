"""Laws of the registers in memory: who asks for the same shares one, it is made once, and nobody keeps it alive."""

from __future__ import annotations

import gc
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from remembrancer.register.rows import Register
from remembrancer.register.shared import shared

HERE, THERE = Path("here"), Path("there")


def test_who_asks_for_the_same_at_once_waits_for_one_that_is_made_once() -> None:
    made: list[Register] = []

    def make() -> Register:
        time.sleep(0.05)
        made.append(Register())
        return made[-1]

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: shared(HERE, "a", make), range(8)))
    assert len(made) == 1
    assert all(each is made[0] for each in found)


def test_what_was_made_from_other_things_or_of_another_office_is_another() -> None:
    one, other, elsewhere = (shared(where, key, Register) for where, key in ((HERE, "b"), (HERE, "c"), (THERE, "b")))
    assert len({id(one), id(other), id(elsewhere)}) == 3


def test_a_register_that_nobody_remembers_is_gone() -> None:
    """As after a redaction: its words are in no memory."""
    made = []

    def make() -> Register:
        made.append(True)
        return Register()

    shared(HERE, "d", make)
    gc.collect()
    shared(HERE, "d", make)
    assert len(made) == 2


def test_one_that_could_not_be_made_is_made_by_the_next() -> None:
    def fail() -> Register:
        raise OSError("no room")

    with pytest.raises(OSError, match="no room"):
        shared(HERE, "e", fail)
    register = Register()
    assert shared(HERE, "e", lambda: register) is register
