"""Several documents of one sitting tell each motion, vote and decision once."""

from __future__ import annotations

from itertools import permutations

from msgspec.structs import replace

from remembrancer.model import Mark
from remembrancer.register.facts import AnyFact, Mention, Moved, Noticed, Resolved, Roll, Stay, Voted
from remembrancer.register.resolving.settle import settle

ORDER = {"draft": 1, "approved": 2, "poll": 3}
VERSIONS = {"draft": frozenset({"approved"}), "approved": frozenset({"draft"})}


def mark(source: str, at: int) -> tuple[Mark, ...]:
    return (Mark(source, source, at, at + 5),)


def motion(identity: str, source: str, text: str, at: int = 0, **rest: object) -> Moved:
    authority = {"draft": "draft", "approved": "approved"}.get(source, "notes")
    return Moved(
        id=identity, rule="motions.moved", source=source, sitting="s", date="2031-05-01", authority=authority,  # type: ignore[arg-type]
        text=text, position=at, marks=mark(source, at), **rest,  # type: ignore[arg-type]
    )  # fmt: skip


DRAFT = motion("motion-b", "draft", "That the gate be oiled weekly.", mover="A. Able")
APPROVED = motion("motion-c", "approved", "That the gate be oiled weekly", seconder="B. Baker")


def told(facts: list[AnyFact]) -> tuple[AnyFact, ...]:
    return settle(facts, ORDER, VERSIONS).facts


def test_what_draft_and_approved_minutes_tell_alike_is_one_fact_of_the_approved_with_the_evidence_of_both() -> None:
    (fact,) = told([DRAFT, APPROVED])
    assert isinstance(fact, Moved)
    assert fact.id == "motion-c"
    assert (fact.mover, fact.seconder) == ("A. Able", "B. Baker")
    assert {each.source for each in fact.marks} == {"draft", "approved"}
    assert settle([DRAFT, APPROVED], ORDER, VERSIONS).formers == {"motion-c": ("motion-b",)}


def test_the_order_of_reading_changes_nothing() -> None:
    facts: list[AnyFact] = [DRAFT, APPROVED, motion("motion-d", "approved", "That the meeting adjourn.", 50)]
    first = told(facts)
    assert all(told(list(each)) == first for each in permutations(facts))


def test_what_only_the_draft_tells_is_left_out_and_noticed() -> None:
    facts = told([APPROVED, DRAFT, motion("motion-z", "draft", "That the clerk be thanked.", 90)])
    assert [fact.code for fact in facts if isinstance(fact, Noticed)] == ["draft-differs"]
    assert [fact.id for fact in facts if isinstance(fact, Moved)] == ["motion-c"]


def test_what_another_kind_of_document_tells_besides_is_kept() -> None:
    facts = told([APPROVED, motion("motion-y", "poll", "That the clerk be thanked.", 90)])
    assert {fact.id for fact in facts} == {"motion-c", "motion-y"}


def test_two_motions_of_one_document_never_become_one() -> None:
    twice = [APPROVED, motion("motion-e", "approved", APPROVED.text, 80)]
    assert len(told([*twice, motion("motion-p", "poll", "Something else entirely")])) == 3


def test_a_reference_to_a_merged_fact_leads_to_the_one_that_took_it() -> None:
    vote = Voted(
        id="vote-1", rule="votes.result", source="poll", sitting="s", date="2031-05-01", motion="motion-b",
        counts=(("yes", 3),), marks=mark("poll", 1),
    )  # fmt: skip
    facts = told([DRAFT, APPROVED, vote])
    assert [fact.motion for fact in facts if isinstance(fact, Voted)] == ["motion-c"]


def test_two_days_of_one_sitting_tell_different_things() -> None:
    """Two matters can reach the same rung on two days of one sitting."""
    key = Mention(keys=("title:gates",))
    one = Resolved(
        id="decision-1", rule="r", source="a", sitting="s", date="2031-05-01", status_to="2", mentions=(key,)
    )
    two = Resolved(
        id="decision-2", rule="r", source="b", sitting="s", date="2031-05-02", status_to="2", mentions=(key,)
    )
    assert len(told([one, two])) == 2


def test_of_two_rolls_of_one_day_that_of_the_stronger_document_counts() -> None:
    def roll(source: str, authority: str, label: str) -> Roll:
        return Roll(
            id=f"roll-{source}", rule="r", source=source, sitting="s", date="2031-05-01", authority=authority,  # type: ignore[arg-type]
            stays=(Stay(label=label),),
        )  # fmt: skip

    (kept,) = told([roll("draft", "draft", "A. Able"), roll("approved", "approved", "B. Baker")])
    assert isinstance(kept, Roll)
    assert kept.stays[0].label == "B. Baker"


def test_a_file_of_votes_that_is_no_sitting_belongs_to_the_one_sitting_of_its_day() -> None:
    def vote(identity: str, source: str, sitting: str, question: str) -> Voted:
        return Voted(
            id=identity, rule="r", source=source, sitting=sitting, date="2031-05-01", question=question,
            authority="approved" if source == "approved" else "notes", counts=(("yes", 4), ("no", 2)),
            marks=mark(source, 1),
        )  # fmt: skip

    minuted = vote("vote-a", "approved", "s", "That the gate at Low Lane be oiled")
    facts = told([minuted, vote("vote-b", "poll", "", "Gate at Low Lane")])
    assert [fact.id for fact in facts] == ["vote-a"]
    elsewhere = vote("vote-c", "other", "t", "That the bell be rung")
    assert len(told([minuted, vote("vote-b", "poll", "", "Gate at Low Lane"), elsewhere])) == 3


def test_somebody_present_in_one_roll_and_absent_in_the_other_goes_to_the_clerk() -> None:
    def roll(source: str, authority: str, present: bool) -> Roll:
        return Roll(
            id=f"roll-{source}", rule="r", source=source, sitting="s", date="2031-05-01", authority=authority,  # type: ignore[arg-type]
            stays=(Stay(label="A. Able", present=present, marks=mark(source, 3)), Stay(label="B. Baker")),
        )  # fmt: skip

    facts = told([roll("draft", "draft", False), roll("approved", "approved", True)])
    (notice,) = [fact for fact in facts if isinstance(fact, Noticed)]
    assert notice.code == "attendance-differs"
    assert "A. Able" in notice.message
    assert [each.source for each in notice.marks] == ["draft"]
    assert not any(
        isinstance(fact, Noticed) for fact in told([roll("draft", "draft", True), roll("approved", "approved", True)])
    )


def test_an_agenda_prevails_over_nothing_that_tells_what_was_said() -> None:
    """Circulated before the sitting, it says what was planned: what the notes tell alike is the notes'."""
    planned = motion("motion-a", "agenda", "That the gate be oiled weekly.", mover="A. Able")
    told_after = motion("motion-n", "notes", "That the gate be oiled weekly.")
    facts = [replace(planned, authority="circulated"), told_after]
    (fact,) = settle(facts, {}, {}, frozenset({"agenda"})).facts
    assert (fact.source, fact.authority) == ("notes", "notes")


def test_whom_a_closed_document_lists_besides_is_kept_and_counted_by_nobody() -> None:
    """The open minutes' list stands; what an open document of weaker authority lists besides is left out."""
    strong = roll("approved", "open", "A. Able", "B. Baker")
    closed, weak = roll("notes", "members", "A. Able", "C. Cook"), roll("notes", "open", "A. Able", "C. Cook")
    kept = [fact for fact in told([strong, closed]) if isinstance(fact, Roll)]
    assert [([stay.label for stay in each.stays], each.beside) for each in kept] == [
        (["A. Able", "B. Baker"], False),
        (["C. Cook"], True),
    ]
    assert told([strong, weak]) == (strong,)


def roll(authority: str, visibility: str, *names: str) -> Roll:
    return Roll(
        id=f"roll-{authority}", rule="attendance.list", source=authority, sitting="s", date="2031-05-01",
        authority=authority, visibility=visibility, stays=tuple(Stay(label=name) for name in names),  # type: ignore[arg-type]
    )  # fmt: skip
