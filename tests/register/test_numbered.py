"""A matter has the number that its papers and votes write, and an amendment is a matter of its own."""

from __future__ import annotations

import json

from remembrancer.read import house as houses
from remembrancer.register.document import read_document
from remembrancer.register.extract import extract
from remembrancer.register.facts import Presided, Standing
from remembrancer.register.resolve import Context, resolve

HOUSE = houses.parse(
    r"""
language = "de"
[sitting]
path = ['sitzungen/(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})']
[matters]
number = ['(?P<number>A\d{4}/\d{2}(?:/\d+)?)', 'LIP[ -]?0*(?P<number>\d+)']
[[ladders]]
name = "status"
rungs = ["Draft", "Final"]
[[papers]]
path = "papers/lip-*.txt"
number = ['lip-0*(?P<number>\d+)(?=\.)']
title = "Title"
status = "Status"
ladder = "status"
[papers.relations]
Replaces = "replaces"
[[fields]]
path = "*votes.json"
sittings = "."
items = "[*]"
item_title = "title"
[fields.votes]
title = "title"
matter = "motion"
ballots = "votes[*]"
person = "name"
choice = "vote"
choices = { J = "yes", N = "no" }
[[fields]]
path = "*speeches.json"
speeches = "[*]"
speaker = "who"
text = "words"
chair = "leads"
"""
)

VOTES = [
    {
        "title": title,
        "motion": motion,
        "votes": [{"name": "Ann Dory", "vote": choice}, {"name": "Ben Mole", "vote": "N"}],
    }
    for title, motion, choice in (
        ("Pflege der Laternen", "A0007/31", "J"),
        ("Pflege der Laternen", "A0007/31/1", "N"),
        ("Fährglocke, Folge von A0002/30", "A0008/31", "J"),
    )
]


def test_a_motion_without_a_paper_has_its_number_and_its_amendment_another() -> None:
    document = read_document(json.dumps(VOTES).encode(), "sitzungen/2031-05-04-votes.json", HOUSE)
    register = resolve(extract(document), Context(house=HOUSE))
    by_id = {matter.id: matter for matter in register.matters}
    assert sorted(by_id[vote.matter].number for vote in register.votes) == ["A0007/31", "A0007/31/1", "A0008/31"]
    for matter in register.matters:
        assert len([key for key in matter.keys if key.startswith("number:")]) == 1


def test_the_title_that_one_number_has_finds_it_and_one_that_two_have_finds_neither() -> None:
    document = read_document(json.dumps(VOTES).encode(), "sitzungen/2031-05-04-votes.json", HOUSE)
    keys = {matter.number: matter.keys for matter in resolve(extract(document), Context(house=HOUSE)).matters}
    assert any(key.startswith("title:") for key in keys["A0008/31"])
    assert not any(key.startswith("title:") for number in ("A0007/31", "A0007/31/1") for key in keys[number])


def test_the_number_of_a_paper_is_shown_as_its_header_has_it() -> None:
    paper = "LIP: 0012\nTitle: Signal lamps\nStatus: Final\nReplaces: 4\n\nWords\n=====\n\nLamps are lit.\n"
    facts = extract(read_document(paper.encode(), "papers/lip-0012.txt", HOUSE))
    (fact,) = (each for each in facts if isinstance(each, Standing))
    assert (fact.mention.number, fact.mention.keys) == ("LIP 12", ("number:lip 12",))
    assert [each.target.number for each in fact.relations] == ["LIP 4"]


def test_who_leads_by_a_field_of_the_speech_presided() -> None:
    speeches = [
        {"who": "Ann Dory", "words": "Ich eröffne.", "leads": True},
        {"who": "Ben Mole", "words": "Danke.", "leads": False},
        {"who": "Cid Pike", "words": "Gern."},
        {"who": "Ann Dory", "words": "Wir stimmen ab.", "leads": True},
    ]
    document = read_document(json.dumps(speeches).encode(), "sitzungen/2031-05-04-speeches.json", HOUSE)
    (fact,) = (each for each in extract(document) if isinstance(each, Presided))
    assert (fact.label, fact.office, fact.date) == ("Ann Dory", "chair", "2031-05-04")
    assert "Ann Dory" in [document.data[mark.start : mark.end].decode() for mark in fact.marks]
