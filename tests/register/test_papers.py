"""A paper says which matter or enactment it is; what is struck out, quoted or appended says nothing for it."""

import pytest

from remembrancer.model import Fault
from remembrancer.read import house as houses
from remembrancer.register.document import Document, read_document
from remembrancer.register.facts import Noticed, Resolved, Standing
from remembrancer.register.passes import papers, statuses
from remembrancer.register.resolve import resolve

HOUSE = """
language = "en"
timezone = "America/Chicago"

[[papers]]
path = "ordinances/*.md"
is = "decision"
number = ['(?i)ordinance\\s+(?:no\\.?\\s*)?#?\\s*(?P<number>\\d+(?:-\\d+)?|[IVXLC]+\\b)']

[[papers]]
path = "readings/*.md"
is = "interpretation"
date = ['(?P<date>\\d{4}-\\d{2}-\\d{2})']

[[papers]]
path = "proposals/*.txt"
is = "matter"
number = ['prop-(?P<number>\\d+)']
title = "Title"
status = "State"
ladder = "state"

[papers.relations]
Replaces = "replaces"
Replaced-By = "replaced-by"

[matters]
number = ['Proposals?\\s+(?P<number>\\d+)']

[[ladders]]
name = "state"
rungs = ["Draft", "Accepted", "Final"]
aside = ["Rejected", "Deferred"]
"""

AMENDING = """# ORDINANCE NO. 12-31

**AN ORDINANCE AMENDING ORDINANCE NO. IX, THE MILLBROOK TREE ORDINANCE, AND DECLARING AN EMERGENCY**

Approved by the Planning Commission on 3/4/31

Adopted by the Millbrook City Council on 4/8/31

[Unsigned], A. Mayor

---

# ORDINANCE NO. 12-31

**WHEREAS**, the council repealed Ordinance No. 3 long ago;

**NOW THEREFORE, THE CITY OF MILLBROOK ORDAINS AS FOLLOWS:**

### 1. Section 4 is amended to read as follows:

> **Section 4. Oaks.** An oak is a tree. This ordinance shall expire on May 1, 2040.

### 2. The following is added to the ordinance:

> **Section 4.5. Elms.** An elm is a tree.

~~An emergency is hereby declared to exist.~~

---

# AGREEMENT FOR MULCH

This agreement shall take effect on June 1, 2031. Ordinance No. 5 is hereby repealed.
"""


def read(text: str, path: str) -> Document:
    return read_document(text.encode(), path, houses.parse(HOUSE))


def enactment(text: str, path: str = "ordinances/a.md") -> Resolved:
    document = read(text, path)
    if path.startswith("any/"):
        document = read_document(text.encode(), path, houses.parse('language = "de"'))
    return next(fact for fact in papers.find(document, ()) if isinstance(fact, Resolved))


def test_an_enactment_has_its_number_date_and_kind() -> None:
    fact = enactment(AMENDING)
    assert fact.mentions[0].keys[0] == "number:ordinance 12-31"
    assert (fact.date, fact.kind, fact.outcome, fact.signed) == ("2031-04-08", "amend", "carried", False)
    assert fact.rule == "papers.decision"


def test_it_amends_the_provisions_it_quotes_and_no_appendix_or_recital_speaks_for_it() -> None:
    done = [(each.kind, each.target.keys[0], each.provision) for each in enactment(AMENDING).relations]
    assert ("amends", "number:ordinance 9", "4") in done
    assert ("amends", "number:ordinance 9", "4.5") in done
    assert {kind for kind, _, _ in done} == {"amends"}


def test_struck_out_quoted_and_appended_words_do_not_set_its_time() -> None:
    assert enactment(AMENDING).commencing == ()


def test_its_provisions_are_its_own_and_every_mark_quotes_the_file() -> None:
    fact = enactment(AMENDING)
    assert [part.number for part in fact.parts] == ["1", "2"]
    data = AMENDING.encode()
    assert data[fact.marks[0].start : fact.marks[0].end].decode().strip("# ") == "ORDINANCE NO. 12-31"


def test_an_unsigned_copy_is_noticed() -> None:
    noticed = [fact for fact in papers.find(read(AMENDING, "ordinances/a.md"), ()) if isinstance(fact, Noticed)]
    assert [fact.code for fact in noticed] == ["unsigned"]


def test_a_roman_number_an_emergency_and_a_general_repeal_are_read() -> None:
    text = (
        "# ORDINANCE NO. XIV\n\n## AN ORDINANCE ON FIRES\n\nTHE CITY DOES ORDAIN AS FOLLOWS:\n\n"
        "1. No fires.\n\n2. All ordinances in conflict herewith are hereby repealed.\n\n"
        "3. An emergency is hereby declared and this ordinance shall be in full force from its passage.\n\n"
        "Passed on the 4th day of May, 2031.\n"
    )
    fact = enactment(text)
    assert fact.mentions[0].keys[0] == "number:ordinance 14"
    assert fact.date == "2031-05-04"
    assert [each.kind for each in fact.commencing] == ["at-once"]
    assert [each.target.keys[0] for each in fact.relations] == ["general:ordinance"]
    assert [part.number for part in fact.parts] == ["1", "2", "3"]


def test_what_was_never_passed_is_known_to_be_never_made() -> None:
    fact = enactment("# ORDINANCE NO. 8\n\n## This ordinance was never passed\n\nIt is cited by Ordinance No. 9.\n")
    assert [each.kind for each in fact.commencing] == ["never"]
    assert fact.outcome == ""


def test_an_interpretation_names_every_provision_it_interprets() -> None:
    text = (
        "# An Interpretation\n\nSections 4(a) and (b) of the Millbrook Tree Ordinance are unclear.\n\n"
        "The Commission hereby interprets Sections 4(a) and (b) of the Millbrook Tree Ordinance as follows: oaks.\n"
    )
    fact = enactment(text, "readings/2031-06-02-oaks.md")
    assert fact.date == "2031-06-02"
    assert [(each.kind, each.provision) for each in fact.relations] == [("interprets", "4(a)"), ("interprets", "4(b)")]


def test_a_houses_convention_of_dates_goes_before_what_lines_say() -> None:
    """The convention of dates is tried on the path and on the first lines."""
    house = HOUSE.replace('is = "decision"\n', 'is = "decision"\ndate = ["Sealed (?P<date>.+)"]\n', 1)
    text = "# ORDINANCE NO. 2\n\nAdopted on May 4, 2031\n\nSealed May 9, 2031\n"
    document = read_document(text.encode(), "ordinances/a.md", houses.parse(house))
    assert [fact.date for fact in papers.find(document, ())] == ["2031-05-09"]


def test_a_formula_is_enough_where_a_house_says_nothing() -> None:
    text = "# ORDINANCE NO. 3\n\nTHE TOWN DOES ORDAIN AS FOLLOWS:\n\n1. No dogs.\n\nAdopted on May 4, 2031.\n"
    document = read_document(text.encode(), "any/paper.md", houses.parse('language = "en"'))
    assert [fact.rule for fact in papers.find(document, ())] == ["papers.decision"]
    letter = read_document(b"# Letter\n\nDear all, Ordinance No. 3 is good.\n", "any/letter.md", houses.DEFAULT)
    assert list(papers.find(letter, ())) == []


def test_a_german_statute_needs_no_number() -> None:
    text = (
        "# Satzung der Stadt Mühlbach über Bäume\n\nAufgrund des § 8 der Gemeindeordnung hat der Stadtrat in seiner "
        "Sitzung am 3. Mai 2031 folgende Satzung beschlossen:\n\n## § 1 Eichen\n\nEine Eiche ist ein Baum.\n\n"
        "## § 2 Inkrafttreten\n\nDiese Satzung tritt am 1. Juli 2031 in Kraft. "
        "Gleichzeitig tritt die Satzung vom 1. Januar 2020 außer Kraft.\n"
    )
    fact = enactment(text, "any/satzung.md")
    assert (fact.date, [part.number for part in fact.parts]) == ("2031-05-03", ["1", "2"])
    assert [(each.kind, each.date) for each in fact.commencing] == [("on", "2031-07-01")]
    assert [(each.kind, each.target.keys[-1], each.by) for each in fact.relations] == [
        ("repeals", "dated:satzung 2020-01-01", "2")
    ]


def test_a_header_says_where_a_proposal_stands_and_what_replaced_it() -> None:
    header = "Proposal: 7\nTitle: Better oaks\nState: Final\nReplaces: 3,\n 4\nReplaced-By: 9\n"
    text = f"{header}\nAbstract\n========\n\nOaks.\n"
    facts = [fact for fact in papers.find(read(text, "proposals/prop-0007.txt"), ()) if isinstance(fact, Standing)]
    own, other = facts
    assert (own.status, own.mention.title, own.mention.keys) == ("Final", "Better oaks", ("number:prop 7",))
    assert [each.target.keys[0] for each in own.relations] == ["number:prop 3", "number:prop 4"]
    assert (other.status, other.mention.keys, other.relations[0].target.keys) == (
        "",
        ("number:prop 9",),
        ("number:prop 7",),
    )


def decided(line: str) -> list[tuple[str, str]]:
    document = read(f"# Notes of 4 May 2031\n\n- {line}\n", "updates/2031-05-04.md")
    return [(fact.mentions[0].keys[0], fact.status_to) for fact in statuses.find(document, ())]


def test_a_named_status_is_given_by_what_the_body_did() -> None:
    assert decided("The group accepted Proposal 7.") == [("number:proposal 7", "Accepted")]
    assert decided("We discussed Proposal 7 (oaks) and decided to reject it.") == [("number:proposal 7", "Rejected")]
    assert decided("We discussed Proposals 7 (oaks), 8 (elms), and 9 (ash), and approved them.") == [
        (f"number:proposal {number}", "Accepted") for number in (7, 8, 9)
    ]
    assert decided("Proposal 7 was rejected.") == [("number:proposal 7", "Rejected")]
    assert decided("The group agreed that Proposal 7 should be accepted.") in ([], [("number:proposal 7", "Accepted")])


def test_what_is_not_settled_gives_no_status() -> None:
    for line in (
        "Proposal 7 could be accepted with changes.",
        "The group is ready to tentatively accept Proposal 7.",
        "The group approved Ann as delegate for Proposal 7.",
        "The group accepted clarifications to Proposal 7.",
        "Proposal 7 changed since the previous group accepted it.",
        "We recommend that the next group accept Proposal 7.",
    ):
        assert decided(line) == [], line


def test_a_condition_goes_with_the_status() -> None:
    document = read(
        "# Notes of 4 May 2031\n\n- Accepted Proposal 7 provided that names change.\n", "updates/2031-05-04.md"
    )
    assert [fact.conditions for fact in statuses.find(document, ())] == [("provided that names change",)]


FILED = "# 2031-04-08 Lamps on the pier\n\nThe pier is to be lit.\n"


def test_what_is_filed_by_its_date_among_resolutions_is_a_decision_of_that_day() -> None:
    (fact,) = list(papers.find(read(FILED, "council/resolutions/20310408-lamps.md"), ()))
    assert isinstance(fact, Resolved)
    assert (fact.date, fact.title) == ("2031-04-08", "2031-04-08 Lamps on the pier")


@pytest.mark.parametrize(
    "path",
    [
        "council/resolutions/superseded/20310408-lamps.md",
        "council/resolutions/20310408-lamps-draft.md",
        "council/resolutions/lamps.md",
        "council/letters/20310408-lamps.md",
    ],
)
def test_drafts_former_texts_and_what_is_filed_elsewhere_are_no_decisions(path: str) -> None:
    assert not list(papers.find(read(FILED, path), ()))


@pytest.mark.parametrize(
    ("line", "begun"),
    [("Created: 16-Sep-2030", "2030-09-16"), ("Submitted: 2030-09-16", "2030-09-16"), ("Created: long ago", "")],
)
def test_a_header_says_when_its_matter_was_begun(line: str, begun: str) -> None:
    document = read(f"PROP: 7\nTitle: Pier lamps\nState: Draft\n{line}\n\nThe pier is dark.\n", "proposals/prop-7.txt")
    (fact,) = papers.find(document, ())
    assert isinstance(fact, Standing)
    assert (fact.begun.date if fact.begun else "") == begun
    (row,) = resolve([fact]).matters
    assert [document.data[mark.start : mark.end].decode() for each in row.begun for mark in each.marks] == (
        [line.partition(": ")[2]] if begun else []
    )


def test_a_relation_that_there_is_not_is_refused_with_its_place() -> None:
    with pytest.raises(Fault) as refused:
        houses.parse('[[papers]]\npath = "*.txt"\n[papers.relations]\nReplaces = "replace"\n')
    assert "papers[0].relations" in str(refused.value.what)
