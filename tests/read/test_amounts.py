"""A sum of money is read as it was written; a number that nothing says is money is none."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from remembrancer.read.amounts import find, plain

SUMS = st.decimals(min_value=Decimal("0.01"), max_value=Decimal("9999999.99"), places=2)


def read(text: str, language: str = "en") -> list[tuple[str, str]]:
    return [(plain(each.value), each.currency) for each in find(text, language)]


def swapped(written: str) -> str:
    return written.translate(str.maketrans(",.", ".,"))


@given(SUMS, st.sampled_from(["$", "£", "€", "US$", "CHF ", "EUR "]))
def test_what_english_writes_is_read_back(value: Decimal, sign: str) -> None:
    ((read_back, _),) = read(f"a grant of {sign}{value:,.2f} for the steps")
    assert Decimal(read_back) == value


@given(SUMS, st.sampled_from([" €", "€", " EUR", " Euro"]), st.sampled_from(["de", "fr", "pt"]))
def test_what_the_continent_writes_is_read_back(value: Decimal, sign: str, language: str) -> None:
    ((read_back, currency),) = read(f"Kosten: {swapped(f'{value:,.2f}')}{sign}.", language)
    assert (Decimal(read_back), currency) == (value, "EUR")


@given(st.integers(min_value=0, max_value=9_999_999), st.sampled_from(["Section", "Bill", "Page", "No.", "in", "Room"]))
def test_a_number_without_money_is_none(number: int, word: str) -> None:
    assert find(f"{word} {number:,} of 2024, and {number} more, {number}%", "en") == []


@given(st.text(alphabet="$€£ 0123456789.,kmM-–€dolarseuhntyi", max_size=60))
def test_sums_stand_in_order_and_apart_at_their_own_characters(text: str) -> None:
    found = find(text, "en")
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert all(0 <= each.start < each.end <= len(text) and each.value >= 0 for each in found)


@pytest.mark.parametrize(
    ("text", "language", "sums"),
    [
        ("EUR 3 Mio. und 200k USD", "de", [("3000000", "EUR"), ("200000", "USD")]),
        ("$1.2 million, then £3bn", "en", [("1200000", "$"), ("3000000000", "GBP")]),
        ("100,4 Mio. Euro; 21 Milliarden €", "de", [("100400000", "EUR"), ("21000000000", "EUR")]),
        ("USD $500.00 and $20 CAD", "en", [("500", "USD"), ("20", "CAD")]),
        ("50 000 € ; 1 200,50 euros", "fr", [("50000", "EUR"), ("1200.5", "EUR")]),
        ("20 тысяч рублей", "ru", [("20000", "RUB")]),
        ("CHF 1'200.50", "de", [("1200.5", "CHF")]),
        ("a fee of $10.00¹", "en", [("10", "$")]),
    ],
)
def test_scales_codes_and_separators(text: str, language: str, sums: list[tuple[str, str]]) -> None:
    assert read(text, language) == sums


@pytest.mark.parametrize(
    ("text", "language", "value"),
    [
        ("twenty thousand dollars", "en", "20000"),
        ("the sum of one thousand six hundred and eighty dollars", "en", "1680"),
        ("sixty-nine dollars and forty cents", "en", "69.4"),
        ("fünfzigtausend Euro", "de", "50000"),
        ("dois mil e quinhentos euros", "pt", "2500"),
    ],
)
def test_numbers_in_words(text: str, language: str, value: str) -> None:
    assert [each for each, _ in read(text, language)] == [value]


@pytest.mark.parametrize(
    "text",
    [
        "$50-70 million",
        "10-20 €",
        "several hundred dollars",
        "two or three thousand dollars",
        "11,000 pounds",
        "RegExp.$1 and $262.agent",
        "TOP 4, ALL 50 members",
        "a 3-Euro-Ticket",
        "€3.459 a litre",
    ],
)
def test_what_may_be_read_in_two_ways_or_is_no_money_is_none(text: str) -> None:
    assert find(text, "en") == []
