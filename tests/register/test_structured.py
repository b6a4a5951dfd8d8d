"""Laws of votes in fields: every ballot of the file is one of the vote, as written, and nothing else is."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from remembrancer.model import Fault
from remembrancer.read.house import parse
from remembrancer.register.document import Document, read_document
from remembrancer.register.facts import AnyFact, Discussed, Moved, Resolved, Voted
from remembrancer.register.passes.structured import find

NAMES = st.lists(
    st.text("abcdé Ω'-.[]", min_size=1, max_size=12).map(lambda name: f"M {name} Q"),
    min_size=1,
    max_size=9,
    unique=True,
)
CHOICES = st.sampled_from(["yes", "no", "abstain"])
LETTER = {"yes": "+", "no": "-", "abstain": "0"}
MEANT = """
[fields.votes.choices]
'\\+' = "yes"
'-' = "no"
'0' = "abstain"
"""
OF_OBJECTS = f"""
[[fields]]
path = "*.json"
sittings = "."
items = "items[*]"
item_title = "title"
[fields.votes]
title = "title"
ballots = "votes[*]"
person = "who"
choice = "said"
{MEANT}"""
OF_KEYS = f"""
[[fields]]
path = "*.json"
title = "title"
keys = ["votes"]
[fields.votes]
title = "title"
ballots = "votes.*"
{MEANT}"""
OF_LISTS = """
[[fields]]
path = "*.json"
title = "title"
[fields.votes]
title = "title"
lists = { "for[*]" = "yes", "against[*]" = "no", "neither[*]" = "abstain" }
"""
OF_ROWS = f"""
[[fields]]
path = "*.csv"
[fields.votes]
at = "[*]"
together = ["date", "question"]
date = "date"
title = "question"
ballots = "."
person = "member"
affiliation = "ward"
choice = "vote"
{MEANT}"""
HISTORY = """
[matters]
number = ['(?P<number>P\\d+/\\d\\d)']

[[fields]]
path = "*.json"
items = "[*]"
item_title = "name"
item_number = "number"
[fields.history]
matter = "number"
title = "name"
steps = "steps[*]"
date = "on"
body = "by"
result = "came"
decides = ["Assembly"]
results = { adopted = "adopt", refused = "reject", "put off.*" = "defer" }
"""
MOTIONS = """
[[fields]]
path = "*.json"
date = "date"
items = "items.*"
item_title = "title"
[fields.votes]
at = "content[*]"
motion = "text[*]"
mover = "by"
seconder = "with"
result = "result"
ballots = "rows[*]"
person = "names[*]"
choice = "side"
leave_out = ["^(Moved|Seconded) by"]
choices = { "Ayes.*" = "yes", "Noes.*" = "no" }
results = { 'Passed(?: (?P<yes>\\d+):(?P<no>\\d+))?' = "carried", "Fell" = "lost" }
"""


def document(value: Any, house: str, path: str = "2031-05-06.json") -> Document:
    data = value if isinstance(value, str) else json.dumps(value)
    return read_document(data.encode(), path, parse(house))


def facts(value: Any, house: str, path: str = "2031-05-06.json") -> list[AnyFact]:
    return list(find(document(value, house, path), ()))


def ballots(found: list[AnyFact]) -> list[tuple[str, str]]:
    voted = [fact for fact in found if isinstance(fact, Voted)]
    return [(ballot.label, ballot.choice) for fact in voted for ballot in fact.ballots]


@settings(deadline=None)
@given(NAMES, st.data())
def test_the_same_ballots_are_found_in_whatever_shape_the_file_has(names: list[str], data: st.DataObject) -> None:
    cast = [(name, data.draw(CHOICES)) for name in names]
    objects = {"items": [{"title": "Oil", "votes": [{"who": name, "said": LETTER[choice]} for name, choice in cast]}]}
    keys = {"title": "Oil", "votes": {name: LETTER[choice] for name, choice in cast}}
    rows = "\n".join(f"2031-05-06,Oil,{name},Mill Ward,{LETTER[choice]}" for name, choice in cast)
    assert ballots(facts(objects, OF_OBJECTS)) == cast
    assert ballots(facts(keys, OF_KEYS)) == cast
    assert ballots(facts(f"date,question,member,ward,vote\n{rows}\n", OF_ROWS, "votes.csv")) == cast
    sides = {
        side: [name for name, choice in cast if choice == meant]
        for side, meant in (("for", "yes"), ("against", "no"), ("neither", "abstain"))
    }
    assert sorted(ballots(facts({"title": "Oil", **sides}, OF_LISTS))) == sorted(cast)


@settings(deadline=None)
@given(NAMES, st.data())
def test_the_marks_of_a_ballot_are_the_voter_and_the_choice(names: list[str], data: st.DataObject) -> None:
    cast = [(name, data.draw(CHOICES)) for name in names]
    read = document(
        {"items": [{"title": "Oil", "votes": [{"who": n, "said": LETTER[c]} for n, c in cast]}]}, OF_OBJECTS
    )
    for fact in find(read, ()):
        assert isinstance(fact, Voted)
        for ballot in fact.ballots:
            shown = "\n".join(read.data[mark.start : mark.end].decode() for mark in ballot.marks)
            assert shown == f"{ballot.label}\n{LETTER[ballot.choice]}"


def test_rows_that_belong_together_are_one_vote_with_its_own_date() -> None:
    table = """date,question,member,ward,vote
2031-05-06,Oil the gate,Ames,Mill Ward,+
2031-05-06,Oil the gate,Bell,,-
2031-06-03,Oil the gate,Ames,Mill Ward,-
2031-05-06,Oil the gate,Cole,,?
"""
    first, second = facts(table, OF_ROWS, "votes.csv")
    assert isinstance(first, Voted)
    assert isinstance(second, Voted)
    assert (first.date, second.date) == ("2031-05-06", "2031-06-03")
    assert [(each.label, each.choice, each.affiliation) for each in first.ballots] == [
        ("Ames", "yes", "Mill Ward"),
        ("Bell", "no", ""),
        ("Cole", "?", ""),
    ]
    assert first.id != second.id


def test_a_file_without_a_mapping_gives_nothing() -> None:
    assert facts({"title": "Oil", "votes": {"Ames": "+"}}, "") == []


def test_a_vote_stands_in_its_item_and_its_question_is_its_evidence() -> None:
    read = document({"items": [{"title": "Oil", "votes": [{"who": "Ames", "said": "+"}]}]}, OF_OBJECTS)
    (voted,) = find(read, ())
    assert isinstance(voted, Voted)
    assert (voted.question, voted.item, voted.date) == ("Oil", read.proceedings.items[0].id, "2031-05-06")
    assert read.data[voted.marks[0].start : voted.marks[0].end] == b"Oil"


def test_motions_nest_with_their_items_and_numbers_in_the_result_are_counts() -> None:
    content = {
        "text": ["That the gate be oiled,", "and painted."],
        "by": "Moved by A. Ames",
        "with": "Seconded by B. Bell",
        "rows": [{"side": "Ayes:", "names": ["A. Ames,", "B. Bell"]}, {"side": "Noes:", "names": ["C. Cole"]}],
        "result": "Passed 2:1",
    }
    fell = {"text": ["That it be green."], "by": "Moved by C. Cole", "rows": [], "result": "Fell"}
    meeting = {
        "date": "2031-05-06",
        "items": {"1": {"title": "Gate", "content": [], "items": {"2": {"title": "Oil", "content": [content, fell]}}}},
    }
    found = facts(meeting, MOTIONS)
    moved = [fact for fact in found if isinstance(fact, Moved)]
    assert [(fact.mover, fact.seconder, fact.outcome) for fact in moved] == [
        ("A. Ames", "B. Bell", "carried"),
        ("C. Cole", "", "lost"),
    ]
    (voted,) = (fact for fact in found if isinstance(fact, Voted))
    assert (voted.motion, voted.declared, voted.counts) == (moved[0].id, "carried", (("yes", 2), ("no", 1)))
    assert ballots(found) == [("A. Ames", "yes"), ("B. Bell", "yes"), ("C. Cole", "no")]


def test_of_ranked_options_a_ballot_says_the_best_liked_and_the_file_the_winner() -> None:
    house = OF_KEYS.replace('keys = ["votes"]', 'keys = ["votes", "votes.*"]').replace(
        'title = "title"\nballots', 'title = "title"\nwinner = "won[*]"\nballots'
    )
    votes = {
        "Ames": {"Mr. Brown's map": 2, "globe": 1},
        "Bell": {"Mr. Brown's map": 0, "globe": 0},
        "Cole": {"Mr. Brown's map": -100, "globe": -5},
    }
    found = facts({"title": "Which?", "won": ["globe"], "votes": votes}, house)
    assert ballots(found) == [("Ames", "Mr. Brown's map"), ("Bell", "abstain"), ("Cole", "globe")]
    (resolved,) = (fact for fact in found if isinstance(fact, Resolved))
    (voted,) = (fact for fact in found if isinstance(fact, Voted))
    assert (resolved.text, resolved.title, resolved.vote) == ("globe", "Which?", voted.id)


def test_only_the_body_that_decides_decides_and_what_the_house_does_not_know_is_no_decision() -> None:
    steps = [
        {"on": "2031-05-06T14:00:00+01:00", "by": "Works Committee", "came": "adopted"},
        {"on": "2031-05-20", "by": "Assembly", "came": "put off to June"},
        {"on": "2031-06-03", "by": "Assembly", "came": "refused"},
        {"on": "2031-06-04", "by": "Assembly", "came": "sung"},
        {"by": "Assembly", "came": "adopted"},
    ]
    found = facts(
        [{"number": "P0007/31", "name": "Gate", "steps": steps}, {"name": "No number", "steps": steps}], HISTORY
    )
    decided = [fact for fact in found if isinstance(fact, Resolved)]
    assert [(fact.date, fact.kind, fact.outcome) for fact in decided] == [
        ("2031-05-20", "defer", "deferred"),
        ("2031-06-03", "reject", "lost"),
    ]
    discussed = [fact for fact in found if isinstance(fact, Discussed)]
    assert [fact.date for fact in discussed] == ["2031-05-06", "2031-05-20", "2031-06-03", "2031-06-04", ""]
    assert {fact.mention.number for fact in discussed} == {"P0007/31"}
    assert len({fact.id for fact in found}) == len(found)


def test_a_wrong_expression_in_a_mapping_is_a_fault_of_the_house() -> None:
    with pytest.raises(Fault, match="regular expression"):
        parse(OF_ROWS.replace("'-'", "'('"))
