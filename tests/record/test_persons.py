"""Laws of names: one candidate or nobody."""

from __future__ import annotations

import pytest

from remembrancer.model import Attendee, Speech
from remembrancer.record.persons import name_of, resolve

BOTH = (Attendee("Cllr T Dow", affiliation="North"), Attendee("Cllr M Dow", affiliation="South"))


@pytest.mark.parametrize(
    ("label", "key"),
    [
        ("Cllr Ann Archer", "ann archer"),
        ("The Rt Hon. Sir Bo Baker (North Ward)", "bo baker"),
        ("Archer, Ann", "ann archer"),
        ("Señora Ana Ibáñez", "ana ibanez"),
        ("M Dow", "m dow"),
        ("Don Smith", "don smith"),
        ("Ann Archer @ann (TSC)", "ann archer"),
    ],
)
def test_a_name_is_known_without_titles_brackets_and_handles(label: str, key: str) -> None:
    assert name_of(label).key == key


def test_a_surname_that_two_bear_means_nobody() -> None:
    found = resolve(Speech("DOW", ()), BOTH)
    assert found is not None
    assert found.ambiguous
    assert found.name == ""


def test_what_stands_in_brackets_decides_between_two() -> None:
    found = resolve(Speech("Dow (South)", ()), BOTH)
    assert found is not None
    assert found.name == "Cllr M Dow"


def test_an_initial_decides_between_two() -> None:
    found = resolve(Speech("T Dow", ()), BOTH)
    assert found is not None
    assert found.name == "Cllr T Dow"


def test_a_surname_that_one_bears_is_theirs_and_a_strange_one_is_nobodys() -> None:
    found = resolve(Speech("Archer", ()), (Attendee("Ann Archer"), *BOTH))
    assert found is not None
    assert found.name == "Ann Archer"
    assert resolve(Speech("Cole", ()), BOTH) is None


def test_an_initial_and_a_surname_mean_the_one_they_can_be_short_for() -> None:
    listed = (Attendee("John Smith"), Attendee("Ann Smith"))
    one = resolve(Speech("A. Smith", ()), listed)
    two = resolve(Speech("J. Smith", ()), (*listed, Attendee("Jane Smith")))
    assert one is not None
    assert one.name == "Ann Smith"
    assert two is not None
    assert two.ambiguous
