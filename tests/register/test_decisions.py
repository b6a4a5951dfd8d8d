"""Laws of decisions: what is resolved, what it does, and what decides nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from remembrancer.read.house import DEFAULT, House, parse
from remembrancer.register.document import Document, read_document
from remembrancer.register.facts import AnyFact, Resolved
from remembrancer.register.passes import decisions as deciding
from remembrancer.register.passes import motions, votes
from remembrancer.register.passes.operative import conditions_in, kind_of, parts_of, way_of
from remembrancer.register.vocabulary import words

EN = words("decisions", "en", DEFAULT)
DE = words("decisions", "de", DEFAULT)
TALK = parse('language = "en"\n[speakers]\nstyles = ["colon"]')


def document(body: str, house: House = DEFAULT, title: str = "Minutes of the Weir Board") -> Document:
    text = f"# {title}, 4 May 2021\n\n## 1. Sluice gates\n\n{body}\n"
    return read_document(text.encode(), "minutes/2021-05-04.md", house)


def extract(made: Document) -> list[AnyFact]:
    """The facts of a document as far as decisions need them."""
    found: list[AnyFact] = []
    for each in (motions, votes, deciding):
        found.extend(each.find(made, tuple(found)))
    return found


def decisions(body: str, house: House = DEFAULT, title: str = "Minutes of the Weir Board") -> list[Resolved]:
    found = extract(document(body, house, title))
    return [fact for fact in found if isinstance(fact, Resolved) and fact.kind != "set-status"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("That the report on the weir BE RECEIVED.", "note"),
        ("That the letters BE RECEIVED, and BE REFERRED to the Weir Panel.", "refer"),
        ("That the gate be painted and the painter be thanked.", None),
        ("That the offer be refused.", "reject"),
        ("That the question be deferred to the June meeting.", "defer"),
        ("That the plan be referred back to the engineer.", "refer"),
        ("That Resolution 12 is hereby rescinded.", "repeal"),
        ("That Bylaw 3 be amended by leaving out its last paragraph.", "amend"),
        ("That Ann Able be appointed as Keeper of the Gate.", "appoint"),
        ("That £1,200 be granted to the Rowing Club.", "allocate"),
        ("That payments for April of £1,204.10 be approved.", "allocate"),
        ("That the minutes of 6 April be approved as a correct record.", "procedural"),
        ("That the meeting do now adjourn.", "procedural"),
        ("That the lease be approved.", "adopt"),
    ],
)
def test_the_operative_words_say_what_a_resolution_does(text: str, kind: str | None) -> None:
    assert kind_of(text, EN) == kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Der Bericht wird zur Kenntnis genommen.", "note"),
        ("Die Vorlage wird in den Bauausschuss verwiesen.", "refer"),
        ("Der Antrag wird vertagt.", "defer"),
        ("Der Beschluss Nr. 7/2020 wird aufgehoben.", "repeal"),
        ("Frau Able wird zur Vorsitzenden gewählt.", "appoint"),
        ("Die Niederschrift der letzten Sitzung wird genehmigt.", "procedural"),
        ("Der Antrag wird mehrheitlich abgelehnt.", "reject"),
        ("Der Rat beschließt den Haushalt.", "adopt"),
    ],
)
def test_german_words_do_the_same(text: str, kind: str) -> None:
    assert kind_of(text, DE) == kind


@pytest.mark.parametrize(
    ("body", "number", "text"),
    [
        ("RESOLVED 2021/7: That the gate be oiled.", "2021/7", "That the gate be oiled."),
        ("2021/7 RESOLVED: that the gate be oiled.", "2021/7", "that the gate be oiled."),
        ("**RESOLVED** that 3 gates be oiled.", "", "3 gates be oiled."),
        ("Resolution No. 14: The gate is to be oiled.", "14", "The gate is to be oiled."),
        ("Now, therefore, be it resolved that the gate be oiled.", "", "the gate be oiled."),
        ("Decision: oil the gate twice a year.", "", "oil the gate twice a year."),
    ],
)
def test_the_formula_gives_number_and_words(body: str, number: str, text: str) -> None:
    assert [(fact.number, fact.text, fact.stated) for fact in decisions(body)] == [(number, text, True)]


def test_german_formulas_give_number_and_words() -> None:
    house = parse('language = "de"')
    found = decisions("Beschluss Nr. 12/2021: Das Tor wird gestrichen, vorbehaltlich der Zustimmung des Amtes.", house)
    assert [(fact.number, fact.conditions) for fact in found] == [
        ("12/2021", ("vorbehaltlich der Zustimmung des Amtes",))
    ]


def test_a_motion_and_the_resolution_it_became_are_one_decision() -> None:
    found = decisions(
        "Moved by Cllr Able, seconded by Cllr Baker, and\n\nRESOLVED 2021/8: That the weir be cleared.\n\n"
        "The motion was carried by five votes to two."
    )
    assert [(fact.number, bool(fact.motion), bool(fact.vote)) for fact in found] == [("2021/8", True, True)]


def test_a_lost_motion_rejects() -> None:
    found = decisions(
        "Moved by Cllr Able, seconded by Cllr Baker: That the weir be sold.\n\n"
        "The motion was lost by two votes to five."
    )
    assert [(fact.kind, fact.outcome) for fact in found] == [("reject", "lost")]


def test_a_committee_recommends_and_decides_nothing_unless_power_is_delegated() -> None:
    house = "[committees]\nrecommend = ['Panel']\n"
    body = "RESOLVED: That the gate be oiled."
    title = "Minutes of the Weir Panel"
    assert decisions(body, parse(house), title) == []
    assert len(decisions(body, parse(f"{house}delegated = ['Weir Panel']\n"), title)) == 1
    assert len(decisions(body, parse(house))) == 1


def test_the_words_of_a_vote_that_go_on_in_a_resolution_are_no_decision_of_their_own() -> None:
    body = (
        "On a show of hands there voted six for Mrs Able and four for Mr Baker, and it was\n\n"
        "RESOLVED 2021/9: That Mrs Able be co-opted.\n"
    )
    (resolved,) = decisions(body)
    assert (resolved.number, resolved.text) == ("2021/9", "That Mrs Able be co-opted.")
    assert resolved.vote


@pytest.mark.parametrize(
    "body",
    [
        "No decision was taken.",
        "Decision: none.",
        "Decision: are we content to oil the gate?",
        "Ann Able asked whether it was agreed that the gate be oiled.",
        "The Clerk reported that the County had resolved that the weir be sold.",
        "The committee recommends that the Council sell the weir.",
    ],
)
def test_what_is_no_decision_makes_none(body: str) -> None:
    assert decisions(body) == []


def test_conclusions_that_settle_something_are_decisions_and_those_that_do_not_are_none() -> None:
    entries = ("Consensus to use the second draft", "No consensus on the colour", "There was discussion of oil")
    body = "### Conclusion\n\n" + "".join(f"- {entry}\n" for entry in entries)
    assert [fact.text for fact in decisions(body)] == ["Consensus to use the second draft"]


def test_what_a_speaker_says_is_settled_is_inferred_and_what_is_recalled_is_none() -> None:
    body = "Ann: So we have agreed to oil the gate.\n\nBen: We agreed to sell the weir last year.\n\nAnn: Yes.\n"
    assert [(fact.stated, fact.rule) for fact in decisions(body, TALK)] == [(False, "decisions.said")]


def test_the_rows_of_a_table_of_decisions_are_decisions() -> None:
    body = "## Decisions made\n\n| Item | Text |\n| --- | --- |\n| 4.1 | Oil the gate |\n| 4.2 | Paint it |\n"
    assert [(fact.number, fact.text) for fact in decisions(body)] == [("4.1", "Oil the gate"), ("4.2", "Paint it")]


def test_every_mark_shows_the_words() -> None:
    made = document("RESOLVED 9: That (a) the gate be oiled; and (b) the weir be cleared, subject to a permit.")
    fact = next(fact for fact in extract(made) if isinstance(fact, Resolved))
    assert [part.number for part in fact.parts] == ["a", "b"]
    for part in fact.parts:
        shown = b"".join(made.data[mark.start : mark.end] for mark in part.marks).decode()
        assert shown == part.text
    assert fact.conditions == ("subject to a permit",)


def test_a_resolution_runs_on_through_its_parts() -> None:
    body = "RESOLVED that:\n\n(a) the gate be oiled;\n\n(b) the weir be cleared.\n\nThe rain stopped."
    fact = decisions(body)[0]
    assert [part.text for part in fact.parts] == ["the gate be oiled", "the weir be cleared."]
    assert "rain" not in fact.text


@pytest.mark.parametrize(
    ("text", "way"),
    [
        ("RESOLVED by written resolution that the gate be oiled.", "written-resolution"),
        ("Approved by e-mail vote.", "ballot-period"),
        ("Under delegated powers the Clerk approved the lease.", "delegate"),
        ("Urgent action taken by the Chair.", "urgent-action"),
        ("Deemed approved, there being no objections within ten days.", "silence"),
        ("RESOLVED that the gate be oiled.", "sitting"),
    ],
)
def test_how_it_was_decided_is_told(text: str, way: str) -> None:
    assert way_of(text, EN) == way


def test_a_law_cited_is_no_condition() -> None:
    assert conditions_in("That the lease be let, subject to section 4 of the Act.", EN) == ()


@given(st.lists(st.sampled_from(["oil the gate", "clear the weir", "pay the bill"]), min_size=2, max_size=8))
def test_the_parts_of_a_resolution_are_its_words_in_order(given_parts: list[str]) -> None:
    text = "That the Clerk: " + "; ".join(f"({chr(97 + index)}) {part}" for index, part in enumerate(given_parts))
    found = parts_of(text)
    assert [text[part.start : part.end] for part in found] == given_parts
    assert [part.number for part in found] == [chr(97 + index) for index in range(len(given_parts))]


@given(st.text(max_size=300))
def test_no_text_breaks_a_reading_of_its_words(text: str) -> None:
    kind_of(text, EN)
    conditions_in(text, DE)
    for part in parts_of(text):
        assert 0 <= part.start < part.end <= len(text)


def test_a_resolution_in_several_clauses_is_one() -> None:
    body = (
        "NOW, THEREFORE, BE IT RESOLVED, that a Gate Panel be established; and be it further\n\n"
        "RESOLVED, that its members be:\n\n* Ann Able\n* Ben Baker\n\n"
        "NOW, THEREFORE, BE IT FURTHER RESOLVED, that Ann Able be its chair.\n\nIt rained."
    )
    (fact,) = decisions(body)
    assert "Ben Baker" in fact.text
    assert fact.text.endswith("that Ann Able be its chair.")


def test_prose_that_tells_what_was_approved_is_inferred_and_the_vote_is_its_own() -> None:
    found = decisions("The consent agenda was approved by unanimous vote.\n\nThe bridge was approved in 1963.")
    assert [(fact.stated, fact.kind, bool(fact.vote)) for fact in found] == [(False, "procedural", True)]


def test_the_vote_on_a_motion_is_no_second_decision() -> None:
    moved = "Moved by Cllr Able, seconded by Cllr Baker: That the budget be approved."
    assert len(decisions(f"{moved}\n\nThe budget was approved unanimously.")) == 1


def test_what_an_agenda_drafts_is_not_resolved() -> None:
    text = "# Meeting of the Weir Board, 4 May 2021\n\n## 1. Gates\n\nRESOLVED: That the gate be oiled.\n"
    assert list(extract(read_document(text.encode(), "agendas/2021-05-04.md", DEFAULT))) == []


def test_the_number_the_chair_gives_in_speech_is_the_motion_s() -> None:
    moved = "Ann: I move that the gate be oiled.\n\nBen: Seconded.\n"
    found = decisions(f"{moved}\nCleo: That will be resolution 2021/9.\n\nAnn: Thank you.\n\nCleo: Next.\n", TALK)
    assert [(fact.number, fact.stated) for fact in found] == [("2021/9", False)]


@pytest.mark.parametrize(
    ("entry", "settles"),
    [
        ("Consensus to oil the gate", True),
        ("No changes sought or made, general agreement on the colour", False),
        ("Not asking for a grant; agreed to go on with the study", False),
    ],
)
def test_an_entry_of_the_conclusions_that_says_nothing_was_asked_is_no_decision(entry: str, settles: bool) -> None:
    assert len(decisions(f"### Conclusion\n\n- {entry}\n")) == settles


@pytest.mark.parametrize("label", ["**DECISION 7.3:**", "**DECISIONS 7.3**:", "**DECISION 7.3.**", "Decision 7.3:"])
def test_a_decision_is_known_by_its_number_however_it_is_pointed(label: str) -> None:
    assert [(fact.number, fact.text) for fact in decisions(f"{label} The gate stays green.")] == [
        ("7.3", "The gate stays green.")
    ]


def test_what_is_summed_up_under_its_number_is_one_decision_with_the_words_of_its_place() -> None:
    body = "DECISION 7.3: The gate stays green.\n\n## 2. Gate\n\nDECISION 7.3: The gate stays green. Ann was told."
    assert [fact.text for fact in decisions(body)] == ["The gate stays green. Ann was told."]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("- **Consensus reached on moving the gate to the mill**", "adopt"),
        ("The board accepts the plan of the weir!", "adopt"),
        ("Ann wrote about the sign. The board approves the proposed sign. Ben will answer.", "adopt"),
        ("The committee rejects the offer.", "reject"),
    ],
)
def test_what_the_body_does_in_the_present_is_stated(line: str, kind: str) -> None:
    assert [(fact.kind, fact.stated) for fact in decisions(line)] == [(kind, True)]


@pytest.mark.parametrize(
    "line",
    [
        "The board approves every sign before it is put up.",
        "Signs hang once the board approves them.",
        "Consensus reached, Ann will merge it.",
        "If the board accepts the plan, Ann will write.",
    ],
)
def test_what_the_body_always_or_perhaps_does_is_no_decision(line: str) -> None:
    assert decisions(line) == []


def test_an_entry_is_called_by_its_own_words_behind_a_heading_that_says_what_was_done_to_it() -> None:
    body = "## Grants approved\n\n- Rowing club: $500.00\n- Silver band: $200.00\n"
    found = [(fact.kind, fact.title, fact.text) for fact in decisions(body)]
    assert found == [
        ("allocate", "Grants approved: Rowing club: $500.00", "Rowing club: $500.00"),
        ("allocate", "Grants approved: Silver band: $200.00", "Silver band: $200.00"),
    ]
    assert [fact.title for fact in decisions("## Decisions made\n\n- The gate stays green.\n")] == [""]
