"""Items of a sitting are about matters, known by number, address or title however the item's heading puts it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from remembrancer.read import house as houses
from remembrancer.register.document import Document, read_document
from remembrancer.register.facts import Discussed
from remembrancer.register.passes.matters import business_of, find, folded_title, mention_of, mentions_in

HOUSE = houses.parse(
    r"""
language = "en"

[sitting]
path = ['(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})']

[sections]
conclusion = ["Conclusion"]

[matters]
number = ['Bill No\. (?P<number>\d+)', 'LIPs?[ -]?(?P<number>\d+)']
link = ['example\.org/(?P<key>lantern-\w+)']
not_matters = ["Harbour master's hour"]

[[ladders]]
name = "step"
word = "step"
rungs = ["Step 1", "Step 2", "Step 3"]
"""
)


def read(text: str, path: str = "minutes/2031-05-04.md") -> Document:
    return read_document(text.encode(), path, HOUSE)


def discussed(text: str) -> list[Discussed]:
    return sorted(find(read(text), ()), key=lambda fact: fact.position)


def titles_of(heading: str) -> tuple[str, ...]:
    facts = discussed(f"# Meeting\n\n## {heading}\n\nANN: we talk.\n")
    return tuple(key for fact in facts for key in fact.mention.keys if key.startswith("title:"))


@pytest.mark.parametrize(
    "heading",
    [
        "Signal lamps",
        "3. Signal lamps",
        "7.ii.b Signal lamps for step 2",
        "Signal lamps (Ann Dory, 30m)",
        "Signal lamps [20 min]",
        "Update on signal lamps",
        "Signal lamps update, continued",
        "Poll: advance Signal Lamps to step 2",
        "Step 2 vote for signal lamps",
        "Seeking step 3 for `signal lamps`",
        "Signal lamps for step 1 or 2?",
        "Signal lamps, part 2",
        "Revisiting signal lamps",
        "The signal lamps proposal",
    ],
)
def test_what_is_asked_for_a_matter_is_no_part_of_its_name(heading: str) -> None:
    assert titles_of(heading) == ("title:signal lamps",)


@pytest.mark.parametrize(
    "heading",
    [
        "Opening, welcome and roll call",
        "Adoption of the agenda",
        "Approval of the minutes of the last meeting",
        "Lunch",
        "Any other business",
        "Next meeting",
        "Adjournment",
        "Harbour master's hour",
    ],
)
def test_items_without_a_matter_give_none(heading: str) -> None:
    assert titles_of(heading) == ()


def test_a_name_given_before_is_a_key_too() -> None:
    assert titles_of("Signal lamps (formerly known as Night lights)") == ("title:signal lamps", "title:night lights")


def test_what_stands_before_a_colon_is_the_matter() -> None:
    assert titles_of("Mole Street bridge: tenders") == ("title:mole street bridge tenders", "title:mole street bridge")
    assert titles_of("Public hearing: tenders") == ("title:public hearing tenders",)


def test_an_item_may_be_about_two_matters() -> None:
    facts = discussed("# Meeting\n\n## Signal lamps for step 3 / Fog horns for step 1\n\nANN: both.\n")
    assert [fact.mention.keys for fact in facts] == [("title:signal lamps",), ("title:fog horns",)]
    assert len({fact.id for fact in facts}) == 2


def test_headings_of_parts_belong_to_the_item_above() -> None:
    document = read(
        "# Meeting\n\n## Signal lamps\n\nANN: yes.\n\n### Conclusion\n\nStep 2.\n\n## Fog horns\n\nBEA: no.\n"
    )
    titles = [item.title for item in document.proceedings.items]
    part, item = titles.index("Conclusion"), titles.index("Signal lamps")
    assert business_of(document, part) == item
    assert [fact.title for fact in sorted(find(document, ()), key=lambda fact: fact.position)] == [
        "Signal lamps",
        "Fog horns",
    ]


def test_the_address_beside_a_heading_is_a_key_and_those_in_the_talk_are_none() -> None:
    text = (
        "# Meeting\n\n## Signal lamps\n\n- [proposal](https://example.org/lantern-signal)\n\n"
        "ANN: like https://example.org/lantern-horn here.\n"
    )
    (fact,) = discussed(text)
    assert fact.mention.keys == ("link:lantern-signal", "title:signal lamps")


def test_numbers_are_found_wherever_they_are_cited_and_told_apart_by_their_words() -> None:
    text = "After Bill No. 5 and LIP-0012, see LIPs 12 and Bill No. 6."
    found = mentions_in(text, read("# Meeting\n"))
    assert [mention.keys[0] for _, _, mention in found] == [
        "number:bill 5",
        "number:lip 12",
        "number:lip 12",
        "number:bill 6",
    ]
    assert [text[start:end] for start, end, _ in found] == ["Bill No. 5", "LIP-0012", "LIPs 12", "Bill No. 6"]


def test_a_title_that_names_nothing_is_no_matter() -> None:
    assert mention_of("Step 2 update", read("# Meeting\n")) is None


def test_papers_and_files_without_a_sitting_have_no_items_of_a_sitting() -> None:
    assert list(find(read("# Read me\n\n## How to use this\n\nText.\n", "readme.md"), ())) == []


@settings(deadline=None, max_examples=50)
@given(st.text(max_size=40))
def test_folding_a_title_twice_changes_nothing(title: str) -> None:
    assert folded_title(folded_title(title)) == folded_title(title)


@settings(deadline=None, max_examples=30)
@given(st.text(alphabet="abc:/-[](){}#`.,!? 0123\n", max_size=60))
def test_any_heading_is_read_and_ids_differ(heading: str) -> None:
    facts = discussed(f"# Meeting\n\n## {heading.strip() or 'x'}\n\nANN: words.\n")
    assert len({fact.id for fact in facts}) == len(facts)
    assert all(fact.mention.keys for fact in facts)


@pytest.mark.parametrize("heading", ["2031-05-04", "May 4, 2031", "Monday, 4 May 2031", "November", "17"])
def test_a_heading_that_is_only_a_date_or_a_number_is_no_matter(heading: str) -> None:
    assert titles_of(heading) == ()
    assert titles_of(f"{heading} Signal lamps") or titles_of(f"Signal lamps of {heading}")
