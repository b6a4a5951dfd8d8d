"""Laws of rulebooks: every mistake has its line and advice, every rule its place, every day one book."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from remembrancer.model import Fault
from remembrancer.rules import RulebookFault, check, described, in_force, overlaps, parse, shipped, shipped_toml
from remembrancer.rules.rulebook import Rulebook, commencement_for, readings_for, share

GOOD = """name = "Guild of Cartographers"
kind = "board"
since = "2020-01-01"

[quorum]
of = "seats"
needs = "one-third"
cite = ["Rule 1"]

[[majorities]]
needs = "majority"
cite = ["Rule 2"]

[[majorities]]
business = ["dissolution"]
needs = "three-quarters"
of = "present"
cite = ["Rule 3"]
"""


def test_a_sound_rulebook_has_no_problem() -> None:
    assert check(GOOD) == []
    assert parse(GOOD).quorum is not None


@pytest.mark.parametrize(
    ("wrong", "right", "line", "what"),
    [
        ('kind = "board"', 'kind = "gild"', 2, "kind is 'gild'"),
        ('since = "2020-01-01"', 'since = "2020-02-31"', 3, "not a date"),
        ('since = "2020-01-01"', 'since = "2020-01-01"\nuntil = "2019-01-01"', 4, "before it begins"),
        ('of = "seats"', 'off = "seats"', 6, "quorum.off is not a field"),
        ('needs = "one-third"', 'needs = "a third"', 7, "quorum.needs is 'a third'"),
        ('needs = "one-third"', 'needs = "7"', 7, ""),
        ('needs = "one-third"\n', "", 5, "quorum.needs is missing"),
        ('cite = ["Rule 1"]', "", 5, "cites nothing"),
        ('cite = ["Rule 1"]', 'cite = ["Rule 1"]\nunchecked = true\nquote = "so"', 10, "quotes words and is unchecked"),
        ('business = ["dissolution"]\n', "", 14, "two rules for all other business"),
        ('business = ["dissolution"]', "business = ['(']", 15, "not a regular expression"),
        ('needs = "three-quarters"', 'needs = "three quarters"', 16, "majorities[2].needs"),
        ('of = "present"', 'of = "present"\nabstentions = "against"', 18, "contradicts"),
        ("[quorum]", "[quorum", 5, "not valid TOML"),
        (
            "[quorum]",
            'seats = 2\n[tie]\nthen = "lot"\ncite = ["x"]\n[voting]\nchair = "tie"\ncite = ["x"]\n[quorum]',
            10,
            "a tie is lot",
        ),
    ],
)
def test_each_mistake_is_named_with_its_line_and_advice(wrong: str, right: str, line: int, what: str) -> None:
    problems = check(GOOD.replace(wrong, right, 1), "guild.toml")
    if not what:
        assert problems == []
        return
    found = [problem for problem in problems if what in problem.what]
    assert [problem.line for problem in found] == [line]
    assert found[0].advice
    assert found[0].what.startswith("guild.toml: ")


def test_reading_a_wrong_rulebook_is_a_fault_with_its_line() -> None:
    with pytest.raises(RulebookFault, match="line 7"):
        parse(GOOD.replace("one-third", "a third"), "guild.toml")


def test_a_rule_without_citation_is_only_warned_of() -> None:
    without = GOOD.replace('cite = ["Rule 1"]\n', "")
    assert parse(without).quorum is not None
    assert [problem.severity for problem in check(without)] == ["warning"]


@given(st.text(max_size=200))
def test_no_text_breaks_the_check(toml: str) -> None:
    for problem in check(toml):
        assert problem.line >= 1
        assert problem.advice


@given(st.integers(1, 500), st.sampled_from(["majority", "one-third", "two-thirds", "more than 2/5", "3/4"]))
def test_a_share_is_the_smallest_number_that_is_enough(base: int, needs: str) -> None:
    wanted = share(needs)
    assert wanted is not None
    enough = wanted.of(base)
    assert (enough > wanted.fraction * base) if wanted.strict else (enough >= wanted.fraction * base)
    fewer = enough - 1
    assert (fewer <= wanted.fraction * base) if wanted.strict else (fewer < wanted.fraction * base)


def dated(since: str, until: str = "") -> Rulebook:
    return Rulebook(name=f"{since} to {until}", since=since, until=until)


def test_the_book_of_a_day_is_the_one_that_held_then() -> None:
    old, new = dated("1990", "2019-12-31"), dated("2020-01-01")
    for books in ([old, new], [new, old]):
        assert in_force(books, "2019-12-31") is old
        assert in_force(books, "2020-01-01") is new
        assert in_force(books, "1989-12-31") is None
        assert in_force(books, "2019/2020") is None
        assert in_force(books, "2020") is new
        assert in_force(books, "") is None
    assert overlaps([new, old]) == []
    assert len(overlaps([dated("1990"), new])) == 1


def test_every_shipped_rulebook_is_sound_and_cites_each_rule() -> None:
    for name, book in shipped().items():
        assert check(shipped_toml(name), name) == []
        assert all(("(" in sentence) for sentence in described(book))
        assert book.source


def test_an_unchecked_rulebook_quotes_nothing() -> None:
    for name, book in shipped().items():
        if book.unchecked:
            assert "quote" not in shipped_toml(name)


def test_a_name_that_is_not_shipped_is_a_fault_that_lists_those_that_are() -> None:
    with pytest.raises(Fault) as raised:
        shipped_toml("no-such-book")
    assert "english-parish-council" in raised.value.advice


def test_commencement_and_readings_are_for_their_business() -> None:
    rules = shipped()["rivergrove"]
    begins, reading = commencement_for(rules, "Ordinance"), readings_for(rules, "Ordinance")
    assert begins is not None
    assert (begins.days, begins.emergency) == (30, True)
    assert reading is not None
    assert reading.number == 2
    assert commencement_for(rules, "resolution") is None


def test_the_documentation_shows_every_field_and_every_shipped_book() -> None:
    page = (Path(__file__).parents[2] / "docs" / "rules.md").read_text(encoding="utf-8")
    assert all(f"`{name}`" in page for name in shipped())
    from remembrancer.rules import rulebook

    structs = [
        each for each in vars(rulebook).values() if isinstance(each, type) and hasattr(each, "__struct_fields__")
    ]
    for struct in structs:
        for field in struct.__struct_fields__:
            assert f"`{field}`" in page, f"{struct.__name__}.{field}"


def test_the_example_of_the_documentation_is_sound() -> None:
    page = (Path(__file__).parents[2] / "docs" / "rules.md").read_text(encoding="utf-8")
    examples = [part.split("```")[0] for part in page.split("```toml\n")[1:]]
    assert [check(example) for example in examples] == [[]]
