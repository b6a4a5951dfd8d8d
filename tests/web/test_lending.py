"""Laws of lending an office: one after the other where all are quick, another where somebody takes long."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import pytest

from tests.web.browsing import PATIENCE


@pytest.fixture
def lending(django: None, office_directory: Path) -> Callable[[int], object]:
    from remembrancer.interfaces.web.serving.lending import Lender

    return lambda most: Lender(office_directory, most)


def test_requests_that_are_quick_share_one_office(
    lending: Callable[..., object], monkeypatch: pytest.MonkeyPatch
) -> None:
    from remembrancer.interfaces.web.serving import lending as room

    monkeypatch.setattr(room, "LONG", PATIENCE)  # However busy the machine is, none of them takes long.
    lender = lending(2)

    def used(_: int) -> int:
        with lender.lent() as office:  # type: ignore[attr-defined]
            return id(office)

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(used, range(200)))) == 1
    lender.close()  # type: ignore[attr-defined]


def test_who_takes_long_holds_up_nobody(lending: Callable[..., object]) -> None:
    lender, begun, ended = lending(2), Event(), Event()

    def slow() -> bool:
        with lender.lent():  # type: ignore[attr-defined]
            begun.set()
            return ended.wait(PATIENCE)

    with ThreadPoolExecutor(1) as pool:
        waited = pool.submit(slow)
        assert begun.wait(PATIENCE)
        with lender.lent():  # type: ignore[attr-defined]
            ended.set()
        assert waited.result()
    lender.close()  # type: ignore[attr-defined]


def test_an_office_is_never_lent_to_two_at_once(lending: Callable[..., object]) -> None:
    lender, held = lending(2), set[int]()

    def used(number: int) -> bool:
        with lender.lent() as office:  # type: ignore[attr-defined]
            alone = id(office) not in held
            held.add(id(office))
            time.sleep(0.15 if number % 10 == 0 else 0.001)
            held.discard(id(office))
            return alone

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(used, range(60)))
    lender.close()  # type: ignore[attr-defined]


def test_who_asked_first_is_lent_one_first(lending: Callable[..., object]) -> None:
    lender, served = lending(1), list[int]()

    def used(number: int) -> None:
        with lender.lent():  # type: ignore[attr-defined]
            served.append(number)

    with ThreadPoolExecutor(8) as pool, lender.lent():  # type: ignore[attr-defined]
        for number in range(8):
            pool.submit(used, number)
            while len(lender._waiting) == number:  # type: ignore[attr-defined]
                time.sleep(0.001)
    assert served == list(range(8))
    lender.close()  # type: ignore[attr-defined]
