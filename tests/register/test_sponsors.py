"""Who brings a matter forward is what a table, a header or a labelled line says, each name at its own words."""

from __future__ import annotations

import pytest

from remembrancer.model import Matter, Sponsorship
from remembrancer.read import house as houses
from remembrancer.register.document import Document, read_document
from remembrancer.register.extract import extract
from remembrancer.register.facts import Sponsored
from remembrancer.register.passes.matters import number_key
from remembrancer.register.resolve import resolve
from remembrancer.register.rows import Register

HOUSE = r"""
language = "LANGUAGE"

[sitting]
path = ['minutes/(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})']

[speakers]
styles = ["colon"]
not_speakers = ["Presenters?", "Champions?"]

[matters]
number = ['Lamps?[ -]?0*(?P<number>\d+)']
link = ['example\.org/(?P<key>lantern-\w+)']

[[papers]]
path = "papers/*.txt"
is = "matter"
number = ['lamp-(?P<number>\d+)']
title = "Title"
status = "State"
ladder = "state"

[words.sponsors]
champion = ["keepers?"]
"""

TABLE = """# Proposals

## Under way

| Proposal             | Author             | Champion(s)               | Seen |
| -------------------- | ------------------ | ------------------------- | ---- |
| [Signal lamps][lamp] | Ann Dory           | Ben Mole<br />Cid Pike    | May  |
| `a \\| b` lamps       | Ann Dory & Ben Mole | Dee Roach (was [Ann, Ben][old]) |   |
| Fog horns            | none               |                           | May  |

[lamp]: https://example.org/lantern-signal
"""

MINUTES = """# Harbour meeting

Present: Ann Dory (AD), Ben Mole (BM), Cid Pike (CP)

## Signal lamps (lantern-signal)

- https://example.org/lantern-signal

Presenters: Ann Dory (AD), Ben Mole (BM)

AD: I present the lamps. Champion is what Cid would be.

Note: the presenter was late.

## Fog horns

Presenter: Cid Pike (CP), Harbour

CP: they are loud.
"""

PAPER = """No: 7
Title: Oil for the lamps
State: Draft
Author: Ann Dory <ann@example.org>,
        ben@example.org (Ben Mole)
Keeper: Dee Roach <dee at example.org>

Abstract
========

Author: Nobody Here
"""


def read(text: str, path: str, language: str = "en") -> Document:
    return read_document(text.encode(), path, houses.parse(HOUSE.replace("LANGUAGE", language)))


def sponsored(document: Document) -> list[Sponsored]:
    found = [fact for fact in extract(document) if isinstance(fact, Sponsored)]
    return sorted(found, key=lambda fact: (fact.position, fact.id))


def pairs(facts: list[Sponsored]) -> set[tuple[str, str]]:
    return {(fact.role, fact.label) for fact in facts}


def register(*documents: Document) -> Register:
    return resolve(fact for document in documents for fact in extract(document))


def matter(made: Register, title: str) -> Matter:
    return next(row for row in made.matters if title in row.titles)


def told(row: Matter) -> set[tuple[str, str, str]]:
    return {(each.role, each.label, each.date) for each in row.sponsorships}


def test_each_name_of_a_cell_is_one_sponsorship_of_the_matter_of_its_row() -> None:
    made = register(read(TABLE, "README.md"))
    assert told(matter(made, "Signal lamps")) == {
        ("author", "Ann Dory", ""), ("champion", "Ben Mole", ""), ("champion", "Cid Pike", ""),
    }  # fmt: skip
    assert told(matter(made, "a \\| b lamps")) >= {("champion", "Dee Roach", "")}
    assert all("Fog horns" not in row.titles for row in made.matters), "nobody brings them forward"


def test_every_name_stands_in_its_own_quotation() -> None:
    for document in (
        read(TABLE, "README.md"),
        read(MINUTES, "minutes/2031-05-04.md"),
        read(PAPER, "papers/lamp-07.txt"),
    ):
        for fact in sponsored(document):
            first = fact.marks[0]
            assert fact.label in " ".join(document.data[first.start : first.end].decode().split())


def test_a_row_is_of_the_matter_that_its_link_leads_to() -> None:
    made = register(read(TABLE, "README.md"), read(MINUTES, "minutes/2031-05-04.md"))
    row = matter(made, "Signal lamps")
    assert "link:lantern-signal" in row.keys
    assert row.debates
    assert ("presenter", "Ben Mole", "2031-05-04") in told(row)


def test_a_label_names_who_brings_the_item_forward_and_prose_does_not() -> None:
    facts = sponsored(read(MINUTES, "minutes/2031-05-04.md"))
    assert pairs(facts) == {("presenter", "Ann Dory"), ("presenter", "Ben Mole"), ("presenter", "Cid Pike")}


def test_a_header_names_the_authors_of_its_paper_and_what_follows_it_does_not() -> None:
    facts = sponsored(read(PAPER, "papers/lamp-07.txt"))
    assert pairs(facts) == {("author", "Ann Dory"), ("author", "Ben Mole"), ("champion", "Dee Roach")}
    assert all(fact.mentions[0].title == "Oil for the lamps" for fact in facts)


def test_a_sponsor_is_the_person_whom_the_rolls_know() -> None:
    made = register(read(TABLE, "README.md"), read(MINUTES, "minutes/2031-05-04.md"))
    ann = next(person for person in made.people if person.name == "Ann Dory")
    authors = [each for each in matter(made, "Signal lamps").sponsorships if each.role == "author"]
    assert [each.person for each in authors] == [ann.id]


def test_who_only_brings_something_forward_is_a_person_of_no_standing() -> None:
    made = register(read(PAPER, "papers/lamp-07.txt"))
    assert {person.name: person.standing for person in made.people} == {"Ann Dory": "", "Ben Mole": "", "Dee Roach": ""}


def test_a_draft_and_its_copy_tell_a_sponsorship_once() -> None:
    one = read(MINUTES, "minutes/2031-05-04.md")
    other = read(MINUTES + "\n", "minutes/2031-05-04-copy.md")
    row = matter(register(one, other), "Signal lamps")
    assert len(row.sponsorships) == 2
    assert all(isinstance(each, Sponsorship) and each.stated for each in row.sponsorships)


@pytest.mark.parametrize(
    ("language", "line", "role"),
    [
        ("de", "Einreicher: Fraktion Mitte", "sponsor"),
        ("de", "Antragstellerin: Frau Anna Dohr", "sponsor"),
        ("pt", "Proponente: Ana Dória", "sponsor"),
        ("fr", "Rapporteur : Anne Doré", "presenter"),
        ("es", "Ponente: Ana Dorado", "presenter"),
        ("ru", "Докладчик: Анна Дорина", "presenter"),
    ],
)
def test_every_language_has_its_words(language: str, line: str, role: str) -> None:
    text = f"# Sitting\n\n## Mole bridge\n\n{line}\n"
    assert [fact.role for fact in sponsored(read(text, "minutes/2031-05-04.md", language))] == [role]


@pytest.mark.parametrize(
    "line", ["Presenter: tbd", "Presenter: 13", "Presenters: see the list of all who spoke", "Author:"]
)
def test_what_is_no_name_is_nobody(line: str) -> None:
    assert sponsored(read(f"# Sitting\n\n## Mole bridge\n\n{line}\n", "minutes/2031-05-04.md")) == []


FIELDS = """
language = "en"

[matters]
number = ['(?P<number>B\\\\d+)']

[[fields]]
path = "votes/*.json"
sittings = "."
date = "date"
items = "votes[*]"
item_title = "title"
[fields.votes]
at = "votes[*]"
title = "title"
matter = "bill"
kind = "kind"
ballots = "cast[*]"
person = "name"
choice = "vote"
sponsors = { sponsor = "by[*]" }
sponsored = ["Bill"]
"""


def test_a_field_that_the_house_names_says_who_brings_business_of_a_kind_forward() -> None:
    cast = '[{"name": "Ann Dory", "vote": "yes"}]'
    rows = [
        f'{{"title": "Oil", "bill": "B7", "kind": "Bill", "by": ["Dee Roach", "The Harbour Party"], "cast": {cast}}}',
        f'{{"title": "Oil", "bill": "B7", "kind": "Order", "by": ["Cid Pike"], "cast": {cast}}}',
    ]
    text = f'{{"date": "2031-05-04", "votes": [{", ".join(rows)}]}}'
    made = resolve(extract(read_document(text.encode(), "votes/1.json", houses.parse(FIELDS))))
    assert told(matter(made, "Oil")) == {
        ("sponsor", "Dee Roach", "2031-05-04"), ("sponsor", "The Harbour Party", "2031-05-04"),
    }  # fmt: skip
    assert {person.name for person in made.people} == {"Ann Dory", "Dee Roach"}, "a party is no person"


def test_a_number_is_the_same_with_zeros_before_it() -> None:
    assert number_key("lamp-0070", "70") == number_key("Lamp 70", "70") == "number:lamp 70"
    assert number_key("lamp 100", "100") == "number:lamp 100"
