"""What a clerk says of facts: it governs, it survives, and it takes nothing away from the documents."""

from __future__ import annotations

import pytest

from remembrancer.model import Fault, Mark
from remembrancer.register.facts import Mention, Moved, Promised, Resolved, Voted
from remembrancer.register.resolve import Context, resolve
from remembrancer.register.resolving.corrections import Correction, check_fields, corrected

MARK = Mark("a" * 64, "b" * 64, 0, 10, "line 1")
INFERRED = Resolved(id="decision-1", rule="ladders.spoken", stated=False, marks=(MARK,), status_to="Stage 2")


def ruling(kind: str, **rest: object) -> Correction:
    return Correction(kind, frozenset({"decision-1"}), "owner", "2031-01-01T10:00:00Z", **rest)  # type: ignore[arg-type]


def test_confirming_makes_an_inferred_fact_stated_and_keeps_its_evidence() -> None:
    (fact,) = corrected([INFERRED], [ruling("confirm")])
    assert fact.stated
    assert fact.marks == INFERRED.marks
    assert fact.confirmed == "owner 2031-01-01T10:00:00Z"


def test_dismissing_leaves_a_fact_out_and_no_other() -> None:
    other = Moved(id="motion-1", rule="motions.moved")
    assert corrected([INFERRED, other], [ruling("dismiss")]) == (other,)


def test_of_two_rulings_on_one_fact_the_later_governs() -> None:
    assert corrected([INFERRED], [ruling("dismiss"), ruling("confirm")])[0].stated
    assert corrected([INFERRED], [ruling("confirm"), ruling("dismiss")]) == ()


def test_a_correction_changes_what_it_names_and_says_that_the_clerk_did() -> None:
    (fact,) = corrected([INFERRED], [ruling("correct", fields={"status_to": "Stage 3"})])
    assert isinstance(fact, Resolved)
    assert (fact.status_to, fact.rule, fact.kind) == ("Stage 3", "clerk", INFERRED.kind)


def test_correcting_the_matter_gives_the_fact_the_keys_of_that_matter() -> None:
    mention = Mention(title="Bins", keys=("title:bins",))
    (fact,) = corrected([INFERRED], [ruling("correct", fields={"matter": "matter-1"}, mention=mention)])
    assert isinstance(fact, Resolved)
    assert fact.mentions == (mention,)


@pytest.mark.parametrize(
    ("kind", "fields", "said"),
    [
        (Resolved, {"text": "other words"}, "cannot be corrected"),
        (Resolved, {"kind": "enact"}, "is no kind"),
        (Moved, {"date": "2031-13-40"}, "is no date"),
        (Promised, {"done": "maybe"}, "is no done"),
    ],
)
def test_what_cannot_be_corrected_so_is_a_clear_sentence(
    kind: type[Resolved], fields: dict[str, str], said: str
) -> None:
    """The words of the record are never corrected, only what was made of them."""
    with pytest.raises(Fault, match=said) as raised:
        check_fields(kind, fields)
    assert raised.value.advice


@pytest.mark.parametrize("date", ["2031", "2031-02", "2031-02-28"])
def test_a_date_of_any_precision_may_be_set(date: str) -> None:
    check_fields(Resolved, {"date": date})


def test_what_a_clerk_confirmed_says_so_in_every_row() -> None:
    facts = [
        INFERRED,
        Moved(id="motion-1", rule="motions.moved", stated=False, marks=(MARK,), text="That the bins be moved."),
        Voted(id="vote-1", rule="votes.said", stated=False, marks=(MARK,)),
        Promised(id="action-1", rule="actions.said", stated=False, marks=(MARK,), text="move the bins"),
    ]
    every = Correction("confirm", frozenset(fact.id for fact in facts), "owner", "2031-01-01T10:00:00Z")
    made = resolve(facts, Context(corrections=(every,)))
    rows = (*made.decisions, *made.motions, *made.votes, *made.actions)
    assert [(row.stated, row.confirmed) for row in rows] == [(True, "owner 2031-01-01T10:00:00Z")] * 4
