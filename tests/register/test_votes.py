"""Motions and votes in the minutes' own voice, form by form; every body here is invented."""

from __future__ import annotations

import pytest

from remembrancer.read.house import House
from remembrancer.register.document import Document, read_document
from remembrancer.register.facts import Moved, Noticed, Voted
from remembrancer.register.passes.motions import find as find_motions
from remembrancer.register.passes.outcomes import lexicon, said_in
from remembrancer.register.passes.votes import find as find_votes

HEAD = "# Minutes of the Board, 3 May 2024\n\n## 1. Path\n\n"


def read(body: str, language: str = "en") -> tuple[list[Moved], list[Voted]]:
    return found_in(read_document((HEAD + body).encode(), "minutes/2024-05-03.md", House(language=language)))


def found_in(document: Document) -> tuple[list[Moved], list[Voted]]:
    motions = [fact for fact in find_motions(document, ()) if isinstance(fact, Moved)]
    return motions, [fact for fact in find_votes(document, motions) if isinstance(fact, Voted)]


def cast(vote: Voted) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for ballot in vote.ballots:
        found.setdefault(ballot.choice, []).append(ballot.label)
    return found


@pytest.mark.parametrize(
    "body",
    [
        "Moved by Cllr Reed, seconded by Cllr Low, that the path be mended.\n\nCARRIED",
        "Moved by Cllr Reed\n\nSeconded by Cllr Low\n\nThat the path be mended.\n\n**Motion Passed**",
        "Cllr Reed moved, seconded by Cllr Low, that the path be mended. The motion was carried.",
        "Cllr Reed moved that the path be mended. Cllr Low seconded the motion. Motion carried.",
        "It was proposed by Cllr Reed, seconded by Cllr Low:\n\n> That the path be mended.\n\nThe motion was carried.",
        "That the path be mended.\n\nMoved by Cllr Reed\n\nSeconded by Cllr Low\n\nCARRIED",
        "- Cllr Reed set a motion that the path be mended.\n- Cllr Low second the motion.\n- Motion approved.",
    ],
)
def test_a_motion_is_read_in_each_form_with_mover_seconder_words_and_result(body: str) -> None:
    motions, votes = read(body)
    assert [(fact.mover, fact.seconder) for fact in motions] == [("Cllr Reed", "Cllr Low")]
    assert motions[0].text.lower().removeprefix("that ").rstrip(".") == "the path be mended"
    assert [(vote.motion, vote.declared) for vote in votes] == [(motions[0].id, "carried")]


def test_what_is_resolved_at_once_has_no_vote_but_an_outcome() -> None:
    motions, votes = read("Moved by Ms Reed, seconded by Mr Low, and\n\nRESOLVED 12: That the path be mended.")
    assert [(fact.text, fact.outcome) for fact in motions] == [("That the path be mended.", "carried")]
    assert votes == []


def test_an_amendment_amends_the_motion_above_it_and_each_vote_finds_its_own() -> None:
    motions, votes = read(
        "Moved by Ms Reed, seconded by Mr Low:\n\n> That the path be mended.\n\n"
        'Amendment. Moved by Mr Hart, seconded by Ms Park: to add "and lit". '
        "The amendment was LOST by 2 votes to 5.\n\n"
        "The substantive motion was carried unanimously."
    )
    main, amendment = motions
    assert (main.amends, amendment.amends) == ("", main.id)
    assert [(vote.motion, vote.declared) for vote in votes] == [(amendment.id, "lost"), (main.id, "carried")]
    assert dict(votes[0].counts) == {"yes": 2, "no": 5}


def test_a_motion_withdrawn_or_not_seconded_ends_without_a_vote() -> None:
    withdrawn, votes = read("Ms Reed moved that the path be lit. The motion was withdrawn.")
    assert ([fact.outcome for fact in withdrawn], votes) == (["withdrawn"], [])
    unseconded, _ = read("Ms Reed moved that the path be lit. The motion failed for want of a seconder.")
    assert [fact.outcome for fact in unseconded] == ["lost"]


@pytest.mark.parametrize(
    "body",
    [
        "Amendments 4 and 5 not moved.",
        "Ms Reed moved to the next item.",
        "Ms Reed moved to Stage Road last year.",
        "If the motion is carried, the path will be mended.",
        "A motion shall be moved and seconded before it is put.",
        "An amendment that is carried becomes part of the motion.",
        "That the amendment to the lease BE APPROVED in the coming year.",
        "Absent: Mr Low, Ms Park",
        "The tests passed.",
    ],
)
def test_what_is_no_motion_and_no_vote_makes_no_fact(body: str) -> None:
    assert read(body) == ([], [])


ROLLS = {
    "lines": "A recorded vote was taken.\n\n- For (2): Ms Reed and Mr Low\n- Against (1): Mr Hart\n- Absent: Ms Park",
    "one line": "A recorded vote was taken. For (2): Ms Reed, Mr Low. Against (1): Mr Hart. Absent (1): Ms Park.",
    "capitals": "YEAS: Ms Reed, Mr Low\n\nNAYS: Mr Hart\n\nABSENT: Ms Park",
    "columns": "|Yeas:|Nays:|Absent:|\n|-|-|-|\n|Ms Reed|Mr Hart|Ms Park|\n|Mr Low|||",
    "rows": "|Name|Vote|\n|-|-|\n|Ms Reed|Yes|\n|Mr Low|Yes|\n|Mr Hart|No|\n|Ms Park|Absent|",
    "marks": "|Member|For|Against|Absent|\n|-|-|-|-|\n|Ms Reed|x|||\n|Mr Low|x|||\n|Mr Hart||x||\n|Ms Park|||x|",
}


@pytest.mark.parametrize("form", ROLLS)
def test_a_roll_call_is_one_vote_with_every_name_under_its_choice(form: str) -> None:
    _, votes = read(f"{ROLLS[form]}\n\nThe motion was carried by two votes to one.")
    assert [(vote.method, vote.declared) for vote in votes] == [("roll-call", "carried")]
    assert cast(votes[0]) == {"yes": ["Ms Reed", "Mr Low"], "no": ["Mr Hart"], "absent": ["Ms Park"]}
    assert {"yes": 2, "no": 1}.items() <= dict(votes[0].counts).items()


def test_a_division_of_a_parliament_marks_its_tellers() -> None:
    """Where the names do not say who told, they are the last of as many as the first line counts."""
    xml = (
        '<publicwhip><major-heading id="a/2024-05-03.1">Path</major-heading>'
        '<division id="a/2024-05-03.2" divdate="2024-05-03"><divisioncount ayes="1" noes="2" tellerayes="1"/>'
        '<mplist vote="aye"><mpname vote="aye">Reed, A.</mpname><mpname vote="aye">Bo Low</mpname></mplist>'
        '<mplist vote="no"><mpname vote="no">Hart, Mr. C.</mpname><mpname vote="no">Mar and Park, E.</mpname></mplist>'
        "</division></publicwhip>"
    )
    document = read_document(xml.encode(), "debates2024-05-03a.xml", House())
    (vote,) = [fact for fact in find_votes(document, ()) if isinstance(fact, Voted)]
    assert (vote.method, dict(vote.counts)) == ("division", {"yes": 1, "no": 2})
    assert cast(vote) == {"yes": ["Reed, A.", "Bo Low"], "no": ["Hart, Mr. C.", "Mar and Park, E."]}
    assert [ballot.label for ballot in vote.ballots if ballot.teller] == ["Bo Low"]


def test_where_the_sentence_and_the_list_differ_the_clerk_is_told() -> None:
    listed = "- For (2): Ms Reed, Mr Low\n- Against (1): Mr Hart"
    body = f"A recorded vote was taken.\n\n{listed}\n\nThe motion was carried by 3 votes to 1."
    document = read_document((HEAD + body).encode(), "minutes/2024-05-03.md", House(language="en"))
    vote, notice = find_votes(document, ())
    assert isinstance(vote, Voted)
    assert isinstance(notice, Noticed)
    assert dict(vote.counts) == {"yes": 2, "no": 1}
    assert (notice.code, notice.about) == ("counts-differ", (vote.id,))


def test_who_voted_otherwise_is_a_ballot_of_the_vote_it_stands_by() -> None:
    _, votes = read(
        "Ms Reed moved to mend the path. Mr Low seconded. It passed 4-1. Mr Hart opposed. Ms Park abstained."
    )
    assert len(votes) == 1
    assert (dict(votes[0].counts), cast(votes[0])) == ({"yes": 4, "no": 1}, {"no": ["Mr Hart"], "abstain": ["Ms Park"]})


def test_a_tie_is_broken_by_whom_the_minutes_name() -> None:
    _, votes = read(
        "The votes being equal, the Chair gave her casting vote against the motion, which was declared LOST."
    )
    assert [(vote.declared, vote.casting) for vote in votes] == [("lost", "the Chair")]


def test_items_taken_together_say_which_were_taken_out() -> None:
    _, votes = read("Items 1 to 9, except items 4 and 6, were carried en bloc.")
    assert [vote.except_items for vote in votes] == [("4", "6")]


def test_both_motions_carried_are_two_votes() -> None:
    motions, votes = read(
        "Moved by Ms Reed, seconded by Mr Low, that the path be mended.\n\n"
        "Moved by Ms Park, seconded by Mr Low, that the path be lit.\n\nBoth motions were carried unanimously."
    )
    assert [vote.motion for vote in votes] == [fact.id for fact in motions]
    assert len({vote.id for vote in votes}) == 2


@pytest.mark.parametrize(
    ("said", "outcome", "counts", "method"),
    [
        ("The motion was carried by nine votes to none.", "carried", {"yes": 9, "no": 0}, ""),
        ("Motion Passed (14 to 0)", "carried", {"yes": 14, "no": 0}, ""),
        ("The motion was lost by 4 votes to 6.", "lost", {"yes": 4, "no": 6}, ""),
        ("The motion was not carried.", "lost", {}, ""),
        ("Carried nem. con.", "carried", {}, "unanimous"),
        ("The motion was approved with no objections.", "carried", {}, "no-objection"),
        (
            "Der Antrag wurde mit 5 Ja-Stimmen, 3 Nein-Stimmen und 1 Enthaltung angenommen.",
            "carried",
            {"yes": 5, "no": 3, "abstain": 1},
            "",
        ),
        ("Abgelehnt", "lost", {}, ""),
        ("Einstimmig beschlossen.", "carried", {}, "unanimous"),
        ("Der Antrag wird bei Stimmengleichheit abgelehnt.", "lost", {}, ""),
    ],
)
def test_a_result_is_read_in_english_and_german(said: str, outcome: str, counts: dict[str, int], method: str) -> None:
    language = "de" if any(word in said for word in ("Antrag", "Abgelehnt", "Einstimmig")) else "en"
    found = said_in(said, 0, len(said), lexicon(language, House()))
    assert found is not None
    assert (found.outcome, dict(found.counts), found.method) == (outcome, counts, method)


def test_a_german_motion_and_its_amendment_are_read() -> None:
    motions, votes = read(
        "Herr Huber stellt den Antrag, den Weg zu erneuern.\n\n"
        "Änderungsantrag von Frau Mayer: Der Weg wird zusätzlich beleuchtet.\n\n"
        "Der Änderungsantrag wird mit 4 Ja-Stimmen und 6 Nein-Stimmen abgelehnt.\n\n"
        "Der Antrag wird einstimmig angenommen.",
        "de",
    )
    assert [(fact.mover, bool(fact.amends)) for fact in motions] == [("Herr Huber", False), ("Mayer", True)]
    assert [(vote.motion, vote.declared) for vote in votes] == [(motions[1].id, "lost"), (motions[0].id, "carried")]


def test_what_is_moved_and_declared_in_speech_is_inferred() -> None:
    said = [
        "Ann Reed: I move that the path be mended.",
        "Bo Low: I second that.",
        "Di Park: Eight votes to one. The motion is carried.",
        "Cy Hart: The motion was carried eight votes to one last year.",
    ]
    cues = [f"00:00:0{at}.000 --> 00:00:0{at + 1}.000\n{words}" for at, words in enumerate(said)]
    captions = "\n\n".join(["WEBVTT", *cues])
    motions, votes = found_in(read_document(captions.encode(), "2024-05-03.vtt", House(language="en")))
    assert [(fact.mover, fact.seconder, fact.text, fact.stated) for fact in motions] == [
        ("Ann Reed", "Bo Low", "that the path be mended.", False)
    ]
    assert [(vote.motion, dict(vote.counts), vote.stated) for vote in votes] == [
        (motions[0].id, {"yes": 8, "no": 1}, False)
    ]


def test_a_motion_that_only_points_to_what_is_before_it_has_the_beginning_of_its_entry() -> None:
    moved, _ = read("- [Request #7](https://example.org/7). Moved by Ann Able to accept the changes in this issue.\n")
    assert [fact.text for fact in moved] == ["Request #7 to accept the changes in this issue."]


def test_a_motion_that_says_itself_what_it_is_about_takes_nothing_from_its_entry() -> None:
    moved, _ = read("- The lamps. Moved by Ann Able to buy twelve lamps.\n")
    assert [fact.text for fact in moved] == ["to buy twelve lamps."]
