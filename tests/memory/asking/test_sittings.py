"""Laws of which sittings of a day a question calls by their body."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from remembrancer.memory.asking.understanding.naming import Names
from remembrancer.memory.asking.understanding.sittings import Called, Titles, called_before
from remembrancer.memory.asking.understanding.understand import understand
from remembrancer.memory.asking.understanding.wording import wording
from remembrancer.model import Computed, Quorum
from remembrancer.register.rows import Register

DAY, TODAY = "2031-05-05", "2031-06-30"
SITTINGS = {
    "s-council": "6th Council Meeting",
    "s-piers": "The 3rd Meeting of the Piers and Moorings Committee",
    "s-lamps": "2nd Special Meeting of the Lamps Committee",
}
ENGLISH = wording("en")
TITLES = Titles(
    ENGLISH.stop,
    ENGLISH.generic,
    ENGLISH.cues - ENGLISH.nouns,
    frozenset({"meeting", "sitting", "session"}),
    lambda word: word.removesuffix("s"),
    lambda identity: SITTINGS[identity].casefold().split(),
)

CALLED = [
    ("who was at the council on @", ("s-council",)),
    ("who was at the city council meeting of @", ("s-council",)),
    ("who was absent from the piers and moorings committee on @", ("s-piers",)),
    ("which members missed the lamps committee meeting held on @", ("s-lamps",)),
    ("who was at the dredging committee on @", ()),
    ("who was at the youth council on @", ()),
    ("the 4th report of the piers and moorings committee at the council on @", ("s-council",)),
    ("who moved the kiosk on @", ()),
    ("@", ()),
]


@pytest.mark.parametrize(("question", "meant"), CALLED, ids=[question for question, _ in CALLED])
def test_a_sitting_is_called_by_its_own_body_and_by_no_other(question: str, meant: tuple[str, ...]) -> None:
    words = question.split()
    found = called_before(words, words.index("@"), tuple(SITTINGS), TITLES)
    assert (found.sittings if found else ()) == meant


@given(st.lists(st.sampled_from(["the", "council", "piers", "committee", "of", "kiosk", "lamps", "@"]), max_size=9))
@settings(max_examples=60, deadline=None)
def test_what_calls_a_sitting_stands_before_its_day(words: list[str]) -> None:
    at = len(words)
    found: Called | None = called_before([*words, "@"], at, tuple(SITTINGS), TITLES)
    assert found is None or 0 <= found.start < at


def test_the_words_that_call_a_sitting_name_nothing_else() -> None:
    """Where the body did not sit on that day, its name is left to be looked for."""
    quorums = tuple(Quorum(each, DAY, True, 5, 3, Computed("met", "")) for each in SITTINGS)
    names = Names(Register(quorums=quorums), ("en",), "Tidewick", lambda identity: SITTINGS[identity])
    met = understand("Who was absent from the Piers and Moorings Committee on 5 May 2031?", names, TODAY)
    assert (met.sittings, met.rest, met.about) == (("s-piers",), "", ())
    other = understand("Who was absent from the Dredging Committee on 5 May 2031?", names, TODAY)
    assert (other.sittings, other.rest) == ((), "Dredging Committee")
