"""The query language: it says what it understood, and never guesses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from remembrancer.memory.query import parse, show, together, words
from remembrancer.model import Exit, Fault
from remembrancer.queries import Field, Group, Phrase, Query, Word

PIECES = [
    "rates", "budget,", "AND", "OR", "NOT", "+", "-", "--", "(", ")", '"', '"the levy"', "speaker:Bell",
    'speaker:"Ann Bell"', "date:2020..2022", "date:2021-02", "kind:item", "C++", "#12", "10:30", "1.2", "“", ":",
    "https://a.example", "why?", "+-x", "é", "_",
]  # fmt: skip


@pytest.mark.parametrize(
    ("written", "tree"),
    [
        ("rates levy", Group(may=(Word("rates"), Word("levy")))),
        ("rates AND levy", Group(must=(Word("rates"), Word("levy")))),
        ("+rates levy", Group(must=(Word("rates"),), may=(Word("levy"),))),
        ("a OR b AND c", Group(may=(Word("a"), Group(must=(Word("b"), Word("c")))))),
        ("a NOT b", Group(may=(Word("a"),), never=(Word("b"),))),
        ("a AND NOT b", Group(must=(Word("a"),), never=(Word("b"),))),
        ('-(a b) "c  d', Group(may=(Phrase("c d"),), never=(Group(may=(Word("a"), Word("b"))),))),
        ("levy speaker:Bell", Group(must=(Field("speaker", "Bell"), Word("levy")))),
        ('Speaker:"Ann Bell"', Field("speaker", "Ann Bell")),
        ("(a", Word("a")),
        ("AND a OR", Word("a")),
        ("10:30", Word("10:30")),
        ("why?", Word("why?")),
        ('"function* call?"', Phrase("function* call?")),
        ("  ", Group()),
    ],
)
def test_a_query_means_what_the_table_says(written: str, tree: Query) -> None:
    assert parse(written) == tree


@pytest.mark.parametrize(
    ("written", "named"),
    [
        ("budg*", "wildcard"),
        ("b?dget", "wildcard"),
        ("mover:Bell", "mover"),
        ("kind:motion", "motion"),
        ("date:yesterday", "yesterday"),
        ("date:2020...2021", "2020...2021"),
        ('speaker:""', "speaker"),
        ("?!", "no word"),
        ("(" * 60 + "a", "parentheses"),
        ("a" * 10_001, "longer"),
    ],
)
def test_what_cannot_be_asked_is_refused_with_a_sentence_that_names_it(written: str, named: str) -> None:
    with pytest.raises(Fault) as refused:
        parse(written)
    assert refused.value.exit_code is Exit.USAGE
    assert named in refused.value.what
    assert refused.value.advice


@given(st.one_of(st.text(), st.lists(st.sampled_from(PIECES), max_size=12).map(" ".join)))
def test_any_string_gives_a_tree_that_prints_and_parses_to_itself_or_a_fault(written: str) -> None:
    try:
        tree = parse(written)
    except Fault as fault:
        assert fault.exit_code is Exit.USAGE
    else:
        assert parse(show(tree)) == tree


@given(st.text(alphabet='()+-NOTAD R"x', max_size=200))
def test_operators_in_any_order_never_crash_the_parser(written: str) -> None:
    try:
        assert parse(show(parse(written))) == parse(written)
    except Fault as fault:
        assert fault.exit_code is Exit.USAGE


def test_a_long_chain_of_operators_does_not_exhaust_the_stack() -> None:
    assert parse("NOT " * 2400 + "a") == Word("a")


def test_the_words_of_a_query_are_those_that_should_be_there() -> None:
    assert words(parse('+a -b "c d" (e OR f) speaker:g')) == [Word("a"), Phrase("c d"), Word("e"), Word("f")]


def test_a_lone_part_is_itself() -> None:
    assert together(may=[Word("a"), Group()]) == Word("a")
