"""Lists of names are split into their members, each at its place in the text."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from remembrancer.register.passes.names import NAME, NAMES, are_names, names_in

SURNAMES = st.sampled_from(
    ["Reed", "Low", "Hart", "O'Hara", "van Dyk", "Smith-Brown", "Ångström", "J. Park", "de la Cruz"]
)


@pytest.mark.parametrize(
    ("written", "labels"),
    [
        ("Councillors Reed, Low and Hart", ["Reed", "Low", "Hart"]),
        ("Cllrs Reed, Low (North Ward),\n     Hart", ["Reed", "Low", "Hart"]),
        ("Cllr Reed.", ["Cllr Reed"]),
        ("Smith, J., Brown, K. and Low", ["Smith, J.", "Brown, K.", "Low"]),
        ("Smith, J.; Brown, K.", ["Smith, J.", "Brown, K."]),
        ("Reed, Ann\nLow, Mr. Bo\nHart, Cy", ["Reed, Ann", "Low, Mr. Bo", "Hart, Cy"]),
        ("Ann Reed<br>Bo Low", ["Ann Reed", "Bo Low"]),
        ("- Ann Reed\n- Bo Low", ["Ann Reed", "Bo Low"]),
        ("Stadträte Huber und Mayer", ["Huber", "Mayer"]),
        ("none", []),
        ("Keine.", []),
        ("0", []),
        ("", []),
    ],
)
def test_a_list_is_split_as_it_is_written(written: str, labels: list[str]) -> None:
    assert [each.label for each in names_in(written)] == labels


def test_a_ward_is_the_affiliation_and_a_teller_is_marked() -> None:
    low, reed = names_in("Low (North Ward); Reed, A. [Teller]")
    assert (low.label, low.affiliation, low.teller) == ("Low", "North Ward", False)
    assert (reed.label, reed.teller) == ("Reed, A.", True)


@given(st.lists(SURNAMES, min_size=1, max_size=8), st.sampled_from([", ", "; ", "\n", " and "]))
def test_every_member_stands_where_its_range_says(names: list[str], separator: str) -> None:
    """Whatever the separator, the members are those written, in order, each within its range."""
    written = separator.join(names)
    found = names_in(written)
    assert [each.label for each in found] == names
    assert all(written[each.start : each.end] == each.label for each in found)
    assert are_names(found)


@given(st.text(max_size=60))
def test_any_text_is_split_without_overlap(text: str) -> None:
    found = names_in(text)
    ends = [0, *(each.end for each in found)]
    assert all(end <= each.start < each.end for end, each in zip(ends, found, strict=False))


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("by Cllr Reed, seconded", "Cllr Reed"),
        ("by J. R. Reed seconded", "J. R. Reed"),
        ("by Lord Reed of Hill\n12: Clause", "Lord Reed of Hill"),
        ("by P. van der Low\nSeconded by", "P. van der Low"),
        ("by Cllr Low (Riverside\nWard): to add", "Cllr Low (Riverside\nWard)"),
        ("by the Chair and", "the Chair"),
        ("by Cllr Reed. The motion", "Cllr Reed"),
    ],
)
def test_a_name_ends_where_the_sentence_goes_on(said: str, name: str) -> None:
    found = re.match(rf"by ({NAME})", said)
    assert found is not None
    assert found[1] == name


def test_several_names_are_joined_only_by_an_and() -> None:
    joined, apart = re.match(NAMES, "Ann Reed and Bo Low seconded"), re.match(NAMES, "Order Paper, Ann Reed moved")
    assert joined is not None
    assert joined[0] == "Ann Reed and Bo Low"
    assert apart is not None
    assert apart[0] == "Order Paper"
