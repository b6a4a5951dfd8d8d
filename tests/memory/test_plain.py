"""The text that a person reads says the letters of its quotes and nothing else."""

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from remembrancer.plain import plain

MARKED = st.text(alphabet=st.sampled_from("ab1 é\n\t*_`~#>|[]()<>\\-+=!.\u0301²日"), max_size=60)


def letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))


@given(st.lists(st.one_of(st.text(max_size=40), MARKED), max_size=5))
@example(["_a_ `b", "` *", "*"])
def test_letters_and_digits_are_those_of_the_quotes_in_their_order(quotes: list[str]) -> None:
    text = plain(quotes)
    assert letters(text) == letters("".join(quotes))
    assert text == " ".join(text.split())


@given(st.lists(st.text(alphabet="ab1", min_size=1), min_size=1))
def test_words_of_neighbouring_quotes_never_run_together(quotes: list[str]) -> None:
    assert plain(quotes).split() == quotes


@pytest.mark.parametrize(
    "text",
    [
        "function* and yield*",
        "a * b * c",
        "2*3*4",
        "snake_case_name",
        "1 < 2 and 3 > 2, a <= b",
        "C++ and C#",
        "#1234",
        "call() and call(x)",
        "x = [1, 2]",
        "either/or - or not",
        "(inaudible) [laughter]",
        "*args, **kwargs",
        "~5 or so",
        "a || b",
        ">= 3 | x |",
        "a | b",
        "£1,000 — that's 50%",
        ">= 5 members",
        "5 * 4 = 20 *",
    ],
)
def test_what_is_no_markup_stays(text: str) -> None:
    assert plain([text]) == text


@pytest.mark.parametrize(
    ("quotes", "text"),
    [
        (["**Ann:** *yes*, __no__ and _so_ on"], "Ann: yes, no and so on"),
        (["***both*** ~~gone~~"], "both gone"),
        (["**bold with *inner* words**"], "bold with inner words"),
        (["## 3. Rates ##\n\ntext"], "3. Rates text"),
        (["- one\n* two\n+ three"], "one two three"),
        (["> quoted\n> > twice"], "quoted twice"),
        (["| a | b |\n|---|:-:|\n| c | d |"], "a b c d"),
        (["| a | b |\n| --- | :-: |\n| c | d |"], "a b c d"),
        (["> | a | b |\n> | --- | --- |\n> > | c | d |"], "a b c d"),
        (["| a | b |\n> | c | d |"], "a b c d"),
        (["Title\n=====\ntext\n---\n"], "Title text"),
        (["[the rule](", ") and ![map](", ") and [x][]"], "the rule and map and x"),
        (["`the rule <", ">`_ applies"], "the rule applies"),
        (["see <", "> and (", ")"], "see and"),
        (["`a * b` and ``f(`x`)``"], "a * b and f(`x`)"),
        (["```\n*raw*\n```"], "*raw*"),
        ([r"5 \* 4 and \_x\_"], "5 * 4 and _x_"),
        (["then", "later"], "then later"),
        (["then ", "", "later"], "then later"),
        (["  a\n\n b\u00a0c  "], "a b c"),
        ([], ""),
    ],
)
def test_markup_goes_and_its_words_stay(quotes: list[str], text: str) -> None:
    assert plain(quotes) == text


@pytest.mark.parametrize("piece", ["*a ", "`a``b", "[", "_a_ ", "\\", "> ", "| ", "(", "<", "#" * 9 + " ", "a**b "])
def test_no_run_of_markers_makes_it_slow(piece: str) -> None:
    began = time.process_time()
    plain([piece * (200_000 // len(piece))])
    assert time.process_time() - began < 2
