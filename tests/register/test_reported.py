"""Laws of hearsay: a chain from who speaks to the origin, and origins that are counted once."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from remembrancer.read.house import DEFAULT, House, parse
from remembrancer.register.document import read_document
from remembrancer.register.facts import Reported
from remembrancer.register.passes import reported
from remembrancer.register.passes.reported import claims, independent

TALK = parse('language = "en"\n[speakers]\nstyles = ["colon"]')


def chains(body: str, house: House = DEFAULT, sitting: bool = True) -> list[tuple[tuple[str, ...], str]]:
    text = f"# Minutes of the Weir Board, 4 May 2021\n\n## 1. Gates\n\n{body}\n" if sitting else f"{body}\n"
    found = reported.find(read_document(text.encode(), "minutes/2021-05-04.md" if sitting else "page.txt", house), ())
    return [(fact.chain, fact.text) for fact in found if isinstance(fact, Reported)]


def report(name: str, *chain: str, text: str = "the weir was mended in 1987") -> Reported:
    return Reported(id=name, rule="reported.said", chain=chain, text=text)


@pytest.mark.parametrize(
    ("body", "chain", "text"),
    [
        (
            "Cllr Able said that, as Ron said last year, the wall had been mended in 1987, and that nothing was due.",
            ("Cllr Able", "Ron"),
            "the wall had been mended in 1987",
        ),
        (
            "The Clerk reported on the weir. The diver found old concrete below it, as Mr Reed had told the Board.",
            ("The Clerk", "Mr Reed"),
            "The diver found old concrete below it",
        ),
        (
            "Cllr Able said that Mr Reed had told her that the weir was unsound.",
            ("Cllr Able", "Mr Reed"),
            "the weir was unsound",
        ),
    ],
)
def test_the_minutes_show_who_has_it_from_whom(body: str, chain: tuple[str, ...], text: str) -> None:
    assert chains(body) == [(chain, text)]


def test_what_a_member_says_in_the_minutes_is_first_hand() -> None:
    assert chains("Cllr Able said that the weir was unsound. Cllr Baker answered that it was not.") == []


@pytest.mark.parametrize(
    ("speech", "chain"),
    [
        ("As Ron said last time, the bank is sound.", ("Dora", "Ron")),
        ("Ellis told me that Frank had said that the bank was sound.", ("Dora", "Ellis", "Frank")),
        ("According to Frank Frame, the bank is sound.", ("Dora", "Frank Frame")),
        ("The bank is sound, according to Frank.", ("Dora", "Frank")),
    ],
)
def test_a_speaker_passes_on_what_others_said(speech: str, chain: tuple[str, ...]) -> None:
    assert [found for found, _ in chains(f"Dora: {speech}\n\nGus: I see.\n\nDora: Good.\n", TALK)] == [chain]


@pytest.mark.parametrize(
    "speech", ["As I said, the bank is sound.", "As you said, it is fine.", "Someone said that it leaks badly."]
)
def test_a_pronoun_is_nobody(speech: str) -> None:
    assert chains(f"Dora: {speech}\n\nGus: I see.\n\nDora: Good.\n", TALK) == []


def test_a_paper_quotes_at_first_and_second_hand() -> None:
    body = "“It bounces like a board and nobody minds,” wrote Baker with reference to Carr. It leaks badly, said Dyer."
    assert [chain for chain, _ in chains(body, sitting=False)] == [("Baker", "Carr"), ("Dyer",)]


def test_german_reports_keep_their_chain() -> None:
    house = parse('language = "de"\n[speakers]\nstyles = ["colon"]')
    found = chains("Dora: Laut Frank Frame, ist das Wehr seit Jahren dicht.\n\nGus: Gut.\n\nDora: Ja.\n", house)
    assert [chain for chain, _ in found] == [("Dora", "Frank Frame")]


def test_many_who_repeat_one_source_are_one_origin() -> None:
    many = [report(f"r{number}", f"Paper {number}", "Ron Reed") for number in range(10)]
    assert len(independent([*many, report("x", "Paper X", "Mr Reed")])) == 1


def test_two_sources_are_two_origins() -> None:
    assert independent([report("a", "Ann", "Ron Reed"), report("b", "Ben", "Carl Carr")]) == (("a",), ("b",))


def test_who_has_it_from_another_is_no_source_of_their_own() -> None:
    assert independent([report("a", "Ann", "Baker"), report("b", "Baker", "Carr")]) == (("a", "b"),)


@given(st.permutations([("Ann", "Ron"), ("Ben", "Ron Reed"), ("Cleo", "Dyer"), ("Dyer", "Eve"), ("Flo", "Gus")]))
def test_origins_do_not_depend_on_the_order_of_reports(pairs: list[tuple[str, str]]) -> None:
    names = dict(zip(sorted(pairs), itertools.count(), strict=False))
    assert independent([report(f"r{names[pair]}", *pair) for pair in pairs]) == (("r0", "r1"), ("r2", "r3"), ("r4",))


def test_reports_of_the_same_thing_are_one_claim() -> None:
    same = [report("a", "Ann", "Ron"), report("b", "Ben", "Ron", text="that weir had been mended in 1987 by divers")]
    other = report("c", "Cleo", "Ron", text="the gate was painted green in autumn")
    assert claims([*same, other]) == (("a", "b"), ("c",))
