"""Laws of what lawfully goes: it is gone, the record says so and still verifies, and nothing else went."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from remembrancer.model import Exit, Fault
from remembrancer.record import retention
from remembrancer.record.canonical import Json
from remembrancer.record.entries import blobs_of
from remembrancer.record.log import Log
from remembrancer.record.retention import dispose, due, redact
from remembrancer.testing import FixedClock

TODAY = date(2030, 1, 1)


def sources(log: Log, authority: str) -> list[str]:
    """The sources of one authority, in order."""
    payloads = [entry.payload or {} for entry in log.entries() if entry.kind == "source"]
    return [str(payload["source"]) for payload in payloads if payload["authority"] == authority]


def test_a_redaction_removes_what_was_ordered_says_so_and_nothing_else(log: Log) -> None:
    before, root = list(log.entries()), log.root()
    gone = [name for number in (4, 5) for name in blobs_of(before[number])]
    number = redact(log, [4, 5], gone, authority="order 7/2027", what=["a name"], by="role:clerk")
    verdict, entry = log.verify(), log.entry(number)
    assert verdict.holds
    assert verdict.removed_payloads == 2
    assert log.root(24) == root
    assert (entry.kind, entry.by) == ("redaction", "role:clerk")
    assert (entry.payload or {})["authority"] == "order 7/2027"
    assert not any(log.blobs.has(name) for name in gone)
    after = list(log.entries(0, 24))
    assert [one.number for one in after if one.payload is None] == [4, 5]
    assert [one for one in after if one.number not in (4, 5)] == [one for one in before if one.number not in (4, 5)]


def test_nothing_of_what_was_redacted_is_left_in_any_file(log: Log) -> None:
    entry = log.entry(4)
    data = log.blob(blobs_of(entry)[0])
    redact(log, [4], blobs_of(entry), authority="a court", what=["a file"], by="owner")
    files = [path.read_bytes() for path in log._directory.rglob("*") if path.is_file()]  # type: ignore[union-attr]
    assert not any(data in content or b"2.md" in content for content in files)


def test_a_replacement_is_kept_and_needed(log: Log) -> None:
    number = redact(
        log, [], blobs_of(log.entry(4)), authority="a court", what=["a name"], by="owner", replacements=[b"[...]"]
    )
    (name,) = blobs_of(log.entry(number))
    assert log.blob(name) == b"[...]"
    log.blobs.remove(name)
    assert not log.verify().holds


def test_a_blob_that_only_was_deleted_is_not_a_redaction(log: Log) -> None:
    redact(log, [4], blobs_of(log.entry(4)), authority="a court", what=["a file"], by="owner")
    log.store.remove_payload(6)
    problem = log.verify().problem
    assert problem is not None
    assert problem.where == "entry 6"


@pytest.mark.parametrize("authority", ["", "  "])
def test_a_redaction_without_authority_is_refused(log: Log, authority: str) -> None:
    with pytest.raises(Fault):
        redact(log, [4], [], authority=authority, what=[], by="owner")
    assert log.size() == 24


def test_what_says_that_something_went_cannot_itself_go(log: Log) -> None:
    number = redact(log, [4], [], authority="a court", what=["a name"], by="owner")
    with pytest.raises(Fault) as fault:
        redact(log, [number], [], authority="a court", what=["a trace"], by="owner")
    assert fault.value.exit_code == Exit.REFUSED
    with pytest.raises(Fault, match="no entry 99"):
        redact(log, [99], [], authority="a court", what=["a guess"], by="owner")


def test_without_a_schedule_or_an_approval_nothing_is_due(log: Log) -> None:
    assert due(log.entries(), TODAY) == []


def test_recordings_are_due_from_the_approval_of_their_minutes(log: Log) -> None:
    first, second, *_ = sources(log, "recording")
    approved = {first: date(2029, 12, 31), second: date(2030, 1, 2), sources(log, "approved")[0]: TODAY}
    assert [one.source for one in due(log.entries(), TODAY, approved)] == [first]


def test_a_schedule_of_the_body_prevails_and_the_newest_of_them(log: Log) -> None:
    log.add("schedule", {"authority": "approved", "period": "P3Y"})
    log.add("schedule", {"authority": "recording", "period": "permanent"})
    assert [one.source for one in due(log.entries(), TODAY)] == sources(log, "approved")
    assert due(log.entries(), date(2029, 11, 21)) == []
    log.add("schedule", {"authority": "approved", "period": "P30Y"})
    assert due(log.entries(), TODAY) == []


@pytest.mark.parametrize("scope", ["source", "authority", "everything"])
def test_a_hold_suspends_a_schedule_until_it_is_released(log: Log, scope: str) -> None:
    log.add("schedule", {"authority": "recording", "period": "P1Y"})
    first, *others = sources(log, "recording")
    held: dict[str, Json] = {
        "sources": [first] if scope == "source" else [],
        "authorities": ["recording"] if scope == "authority" else [],
        "everything": scope == "everything",
    }
    number = log.add("hold", held | {"reason": "a case is pending"})
    left = others if scope == "source" else []
    assert [one.source for one in due(log.entries(), TODAY)] == left
    log.add("release", {"hold": number})
    assert [one.source for one in due(log.entries(), TODAY)] == [first, *others]


def test_a_disposal_reaches_all_that_derives_from_the_source_and_happens_once(log: Log) -> None:
    schedule = log.add("schedule", {"authority": "recording", "period": "P1Y"})
    plan = due(log.entries(), TODAY)
    numbers = dispose(log, plan, "owner")
    assert log.verify().holds
    assert [one.number for one in log.entries() if one.payload is None] == [
        number for one in plan for number in one.entries
    ]
    assert not any(log.blobs.has(name) for one in plan for name in one.blobs)
    assert (log.entry(numbers[0]).payload or {})["schedule"] == schedule
    assert due(log.entries(), TODAY) == []


def test_a_blob_that_another_entry_needs_outlives_a_disposal(log: Log) -> None:
    log.add("schedule", {"authority": "recording", "period": "P1Y"})
    shared = blobs_of(log.entry(0))
    log.add("minutes-step", {"blobs": shared})
    dispose(log, due(log.entries(), TODAY), "owner")
    assert log.verify().holds
    assert log.blob(shared[0]) == b"Minutes 0"


class Interrupted(Exception):
    """The power went."""


def test_a_removal_that_was_interrupted_is_completed_at_the_next_opening(
    log: Log, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    names = [name for number in (4, 5) for name in blobs_of(log.entry(number))]

    def stop(name: str) -> None:
        raise Interrupted

    monkeypatch.setattr(log.blobs, "remove", stop)
    with pytest.raises(Interrupted):
        redact(log, [4, 5], names, authority="a court", what=["a file"], by="owner")
    log.close()
    again = Log.open(tmp_path / "alder-town", FixedClock())
    assert not any(again.blobs.has(name) for name in names)
    assert again.verify().holds
    assert list((tmp_path / "alder-town").glob("removal-*")) == []


def test_completing_keeps_what_came_back_after_it_was_removed(log: Log) -> None:
    (name,) = blobs_of(log.entry(4))
    data = log.blob(name)
    redact(log, [4], [name], authority="a court", what=["a file"], by="owner")
    log.add("source", {"source": log.put(data), "blobs": [name]})
    retention.complete(log)
    assert log.blob(name) == data
    assert log.verify().holds


@pytest.mark.parametrize(
    ("period", "since", "end"),
    [
        ("P1M", date(2027, 1, 31), date(2027, 2, 28)),
        ("P1Y", date(2028, 2, 29), date(2029, 2, 28)),
        ("P2Y6M1D", date(2027, 8, 30), date(2030, 3, 1)),
        ("P0D", date(2027, 1, 1), date(2027, 1, 1)),
        ("P9999Y", date(2027, 1, 1), None),
        ("permanent", date(2027, 1, 1), None),
    ],
)
def test_periods_end_on_the_calendar(period: str, since: date, end: date | None) -> None:
    assert retention.end_of(period, since) == end


@pytest.mark.parametrize("period", ["", "P", "2Y", "P1W", "PT5H", "P-1D", "forever"])
def test_a_period_of_another_form_is_refused(period: str) -> None:
    with pytest.raises(Fault):
        retention.parse_period(period)


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(0, 400), st.integers(0, 400))
def test_a_longer_period_never_ends_earlier(since: date, months: int, days: int) -> None:
    end = retention.end_of(f"P{months}M{days}D", since)
    longer = retention.end_of(f"P{months + 1}M{days + 1}D", since)
    assert end is not None and longer is not None
    assert since <= end < longer
