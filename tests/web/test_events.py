"""Laws of the streams that say that the record has grown: they tell its size, wake when it grows, and hold nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from types import ModuleType
from typing import Any

import pytest

from tests.web.browsing import PATIENCE
from tests.web.conftest import SLUG


@pytest.fixture
def events(django: None) -> ModuleType:
    from remembrancer.interfaces.web.serving import events

    return events


class Records:
    """Bodies with so many entries each."""

    def __init__(self) -> None:
        self.entries = {"alder": 3, "birch": 7}

    def sizes(self, slugs: Iterable[str]) -> dict[str, int]:
        return {slug: self.entries[slug] for slug in slugs if slug in self.entries}


async def first_event(growth: Any, slug: str, last: str = "") -> str:
    await growth.size(slug)
    stream = growth.told(slug, last)
    assert (await anext(stream)).startswith("retry:")
    told = await anext(stream)
    await stream.aclose()
    return told


def test_a_stream_begins_with_the_size_and_not_with_what_was_told_before(events: ModuleType) -> None:
    records = Records()
    assert asyncio.run(first_event(events.Growth(records.sizes), "alder")) == events.event("3")
    assert asyncio.run(first_event(events.Growth(records.sizes), "alder", "3")).startswith(":")


def test_every_stream_of_a_body_wakes_when_its_record_grows_and_those_of_others_tell_nothing(
    events: ModuleType,
) -> None:
    records = Records()

    async def listen() -> tuple[list[str], str]:
        growth = events.Growth(records.sizes, 0.01)
        await asyncio.gather(growth.size("alder"), growth.size("birch"))
        streams = [growth.told("alder") for _ in range(50)]
        other = growth.told("birch")
        for stream in (*streams, other):
            await anext(stream)
            await anext(stream)
        records.entries["alder"] = 4
        told = await asyncio.gather(*(anext(stream) for stream in streams))
        silence = await anext(other)
        for stream in (*streams, other):
            await stream.aclose()
        return list(told), silence

    told, silence = asyncio.run(asyncio.wait_for(listen(), PATIENCE))
    assert told == [events.event("4")] * 50
    assert silence.startswith(":")


def test_nobody_looks_where_nobody_listens(events: ModuleType) -> None:

    async def leave() -> None:
        growth = events.Growth(Records().sizes, 0.01)
        await first_event(growth, "alder")
        await asyncio.wait_for(growth._watching, PATIENCE)

    asyncio.run(leave())


def test_there_is_no_stream_of_a_body_that_there_is_not(events: ModuleType) -> None:
    assert asyncio.run(events.Growth(Records().sizes).size("cedar")) is None


def test_a_server_that_does_not_stream_tells_it_once(browser_as: Callable[..., Any]) -> None:
    answer = browser_as().get(f"/{SLUG}/events")
    assert answer.headers["Content-Type"] == "text/event-stream"
    assert "event: record" in answer.content.decode()
    assert browser_as().get("/no-such-body/events").status_code in (403, 404)
