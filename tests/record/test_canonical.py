"""Laws of canonical JSON: one value, one text, and it is RFC 8785's."""

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from remembrancer.record import canonical
from remembrancer.record.canonical import NotCanonical

BEYOND = 2**53 - 1
values = st.recursive(
    st.none() | st.booleans() | st.integers(-BEYOND, BEYOND) | st.text(),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text(max_size=8), inner, max_size=5),
    max_leaves=20,
)


@given(values)
def test_the_fast_route_writes_what_rfc8785_writes(value: canonical.Json) -> None:
    assert canonical.dump(value) == rfc8785.dumps(value)


@given(values)
def test_what_was_written_is_read_back(value: canonical.Json) -> None:
    assert canonical.parse(canonical.dump(value)) == value


def test_members_sort_by_utf_16_also_beyond_the_first_plane() -> None:
    assert canonical.dump({"\ue000": 1, "\U00010000": 2}) == '{"\U00010000":2,"\ue000":1}'.encode()


@pytest.mark.parametrize(
    "value",
    [1.0, [0.5], {"a": float("nan")}, float("inf"), 2**53, [-(2**60)], 2**70, b"x", {1: 2}, "\ud800", {"a": {1}}],
)
def test_what_json_cannot_carry_everywhere_is_refused(value: object) -> None:
    with pytest.raises(NotCanonical):
        canonical.dump(value)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "data",
    [
        b'{"a": 1}',
        b'{"b":1,"a":2}',
        b'{"a":1,"a":1}',
        b"1.0",
        b"1e3",
        b"-0",
        b"01",
        b"9007199254740992",
        b'"\\u00e9"',
        b'"\\/"',
        b'"\xff"',
        b"[1,]",
        b"",
        b"{}\n",
        b"[" * 100_000,
        '{"\ue000":1,"\U00010000":2}'.encode(),
    ],
)
def test_any_other_way_of_writing_is_refused(data: bytes) -> None:
    with pytest.raises(NotCanonical):
        canonical.parse(data)


@given(st.binary(max_size=40))
def test_bytes_that_are_read_are_the_only_way_to_write_the_value(data: bytes) -> None:
    try:
        value = canonical.parse(data)
    except NotCanonical:
        return
    assert rfc8785.dumps(value) == data
