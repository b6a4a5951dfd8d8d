"""A role is held from the first midnight of its term to the last, where the body is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from remembrancer.model import OWNER, Exit, Fault, Principal
from remembrancer.office import Office, founding
from remembrancer.office.bureau import Bureau
from remembrancer.office.changing.drafting import wrong
from remembrancer.office.changing.granting import grant, grants, owners, revoke
from remembrancer.office.desk import requests
from remembrancer.office.desk.copies import close
from remembrancer.testing import FixedClock

ANN = Principal("member:ann")
ACCOUNT = "account:abcdefghijklmnop"
ZONES = {
    "Pacific/Auckland": (
        "2026-11-21T10:59:59Z",
        "2026-11-21T11:00:00Z",
        "2026-11-23T10:59:59Z",
        "2026-11-23T11:00:00Z",
    ),
    "America/Los_Angeles": (
        *("2026-11-22T07:59:59Z", "2026-11-22T08:00:00Z"),
        *("2026-11-24T07:59:59Z", "2026-11-24T08:00:00Z"),
    ),
    "": ("2026-11-21T23:59:59Z", "2026-11-22T00:00:00Z", "2026-11-23T23:59:59Z", "2026-11-24T00:00:00Z"),
}
"""By time zone: the last second before, the first and the last of 22 and 23 November 2026, and the first after."""


@pytest.fixture(params=ZONES)
def zone(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock("2026-11-20T12:00:00Z")


@pytest.fixture
def bureau(tmp_path: Path, zone: str, clock: FixedClock) -> Iterator[Bureau]:
    with Office.create(tmp_path / "office", "Harbour Trust", f'timezone = "{zone}"\n', clock) as office:
        yield office.body()


def test_a_term_begins_and_ends_at_the_body_s_own_midnight(bureau: Bureau, zone: str, clock: FixedClock) -> None:
    grant(bureau, OWNER, ANN.name, "clerk", "2026-11-22", "2026-11-23")
    grant(bureau, OWNER, ACCOUNT, "owner", "2026-11-22", "2026-11-23")
    held = []
    for clock.time in ZONES[zone]:
        told = bureau.principal(ANN).roles, [each.role for each in grants(bureau, ANN)], owners(bureau)
        held.append(told)
    nobody, both = (frozenset(), [], []), (frozenset({"clerk"}), ["clerk"], [ACCOUNT])
    assert held == [nobody, both, both, nobody]


def test_what_is_revoked_is_held_no_more_from_that_moment_on_at_any_time_of_day(
    bureau: Bureau, zone: str, clock: FixedClock
) -> None:
    for clock.time in ZONES[zone]:
        number = grant(bureau, OWNER, ANN.name, "clerk")
        assert bureau.principal(ANN).roles == {"clerk"}
        revoke(bureau, OWNER, number)
        assert bureau.principal(ANN).roles == frozenset()
        assert bureau.principal(ANN, "2026-11-20").roles == {"clerk"}
        with pytest.raises(Fault) as refused:
            revoke(bureau, OWNER, number)
        assert refused.value.exit_code == Exit.REFUSED


def test_a_term_that_was_cut_short_ended_on_the_day_before(bureau: Bureau, zone: str, clock: FixedClock) -> None:
    number = grant(bureau, OWNER, ANN.name, "clerk", "2026-11-01", "2026-11-30")
    clock.time = ZONES[zone][1]
    revoke(bureau, OWNER, number)
    assert [(each.since, each.until) for each in grants(bureau, OWNER, all_of_them=True)] == [
        ("2026-11-01", "2026-11-21")
    ]


def test_a_request_is_closed_on_the_day_on_which_it_was_where_the_body_is(
    bureau: Bureau, zone: str, clock: FixedClock, tmp_path: Path
) -> None:
    number = requests.open_(bureau, OWNER, "foi", "Ida Fenn", "What does the slipway cost?")
    clock.time = ZONES[zone][1]
    close(bureau, OWNER, number, "nothing-held", tmp_path / "answer")
    assert requests.request(bureau, OWNER, number).closed == "2026-11-22"


def test_another_house_gives_the_body_another_midnight(bureau: Bureau, clock: FixedClock) -> None:
    clock.time = "2026-11-21T10:59:59Z"
    days = []
    for name in ("Pacific/Auckland", "Pacific/Kiritimati", "America/Los_Angeles"):
        bureau.set_house(OWNER, f'timezone = "{name}"\n')
        days.append(bureau.today())
    assert days == ["2026-11-21", "2026-11-22", "2026-11-21"]


@pytest.mark.parametrize("named", ["Harbour/Side", "America", "../zone", "/etc/localtime", "a\\u0000b"])
def test_a_house_names_no_time_zone_that_there_is_not(bureau: Bureau, named: str) -> None:
    toml = f'timezone = "{named}"\n'
    with pytest.raises(Fault) as refused:
        bureau.set_house(OWNER, toml)
    told = wrong(toml)
    assert refused.value.exit_code == Exit.USAGE and told is not None and told.what == refused.value.what


def test_who_owns_every_body_owns_the_one_that_is_added_at_the_machine(tmp_path: Path) -> None:
    other = "account:bcdefghijklmnopq"
    with Office.create(tmp_path / "office", "Harbour Trust", clock=FixedClock("2026-11-20T12:00:00Z")) as office:
        assert owners(founding.found(office, OWNER, "Weir Board")) == []
        for bureau in office:
            grant(bureau, OWNER, ACCOUNT, "owner", name="A. Able")
        grant(office.body("harbour-trust"), OWNER, other, "owner")
        added = founding.found(office, OWNER, "Ford Board")
        assert [(row.principal, row.name, row.role) for row in added.grants()] == [(ACCOUNT, "A. Able", "owner")]
