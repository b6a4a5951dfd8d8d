"""The demo's votes and motions, as planted in its truth, are found in its documents of every format, and no other."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from remembrancer.read import house as houses
from remembrancer.register.document import Document, read_document
from remembrancer.register.facts import Cast, Moved, Voted
from remembrancer.register.passes.motions import find as find_motions
from remembrancer.register.passes.votes import find as find_votes

DEMO = Path(__file__).parents[2] / "examples" / "demo"
TRUTH: dict[str, Any] = tomllib.loads((DEMO / "truth.toml").read_text(encoding="utf-8"))
VOTES: list[dict[str, Any]] = TRUTH["votes"]
CAPTIONS = "captions/2025-03-18.vtt"
DOCUMENTS = {
    sitting["date"]: CAPTIONS if CAPTIONS in sitting["documents"] else sitting["documents"][0]
    for sitting in TRUTH["sittings"]
}
CHOICES = {"for": "yes", "against": "no", "abstained": "abstain"}


@cache
def document(name: str) -> Document:
    house = houses.parse((DEMO / "house.toml").read_text(encoding="utf-8"))
    return read_document((DEMO / "documents" / name).read_bytes(), name, house)


@cache
def motions(name: str) -> tuple[Moved, ...]:
    return tuple(fact for fact in find_motions(document(name), ()) if isinstance(fact, Moved))


@cache
def votes(name: str) -> tuple[Voted, ...]:
    return tuple(fact for fact in find_votes(document(name), motions(name)) if isinstance(fact, Voted))


def item_number(name: str, vote: Voted) -> str:
    numbers = {item.id: item.number.rstrip(".") for item in document(name).proceedings.items}
    return numbers.get(vote.item, "")


def is_called(label: str, person: str) -> bool:
    """Whether a label, with a ward where two share a surname, can only be this person of the truth."""
    name, ward = person.rstrip(")").split(" (")
    said, _, its_ward = label.rstrip(")").partition(" (")
    surname = said.removeprefix("Cllr ").split()[-1:]
    return surname == name.split()[-1:] and its_ward in ("", ward)


def outcome(result: str) -> str:
    return "lost" if result.startswith("lost") else "carried"


def counts(expected: dict[str, Any]) -> dict[str, int]:
    """The counts as facts give them; an election's are the candidates', whom the truth calls for and against."""
    return {CHOICES[name]: number for name, number in expected["counts"].items() if number}


def said(vote: Voted) -> dict[str, int]:
    given = dict(vote.counts)
    named = [label for label in given if label not in CHOICES.values()]
    return dict(zip(("yes", "no"), given.values(), strict=False)) if named else {k: n for k, n in given.items() if n}


def is_it(name: str, vote: Voted, expected: dict[str, Any]) -> bool:
    by_id = {fact.id: fact for fact in motions(name)}
    mover = by_id[vote.motion].mover if vote.motion else ""
    elected = expected["result"] == "elected"
    return (
        item_number(name, vote) == ("" if name == CAPTIONS else expected["item"])
        and said(vote) == counts(expected)
        and vote.declared == outcome(expected["result"])
        and (elected or is_called(mover, expected["mover"]))
    )


@pytest.mark.parametrize("expected", VOTES, ids=lambda vote: f"{vote['date']}-{vote['item']}-{vote['question'][:20]}")
def test_each_vote_is_found_once_with_its_counts_outcome_and_mover(expected: dict[str, Any]) -> None:
    """Captions have no items, and an election has candidates for choices and nobody who moved it."""
    name = DOCUMENTS[expected["date"]]
    found = [vote for vote in votes(name) if is_it(name, vote, expected)]
    assert len(found) == 1, [(item_number(name, vote), vote.counts, vote.declared) for vote in votes(name)]
    motion = next((fact for fact in motions(name) if fact.id == found[0].motion), None)
    seconder = motion.seconder if motion else ""
    assert expected["result"] == "elected" or bool(seconder) == bool(expected["seconder"])
    assert not seconder or is_called(seconder, expected["seconder"])
    assert bool(motion and motion.amends) == ("amendment" in expected["question"])


@pytest.mark.parametrize("expected", [vote for vote in VOTES if "for" in vote], ids=lambda vote: vote["resolution"])
def test_each_recorded_vote_has_every_name_under_its_choice(expected: dict[str, Any]) -> None:
    name = DOCUMENTS[expected["date"]]
    vote = next(vote for vote in votes(name) if is_it(name, vote, expected) and vote.ballots)
    assert vote.method == "roll-call"
    for told, choice in CHOICES.items():
        cast = [_label(ballot) for ballot in vote.ballots if ballot.choice == choice]
        assert len(cast) == len(expected[told])
        assert all(any(is_called(label, person) for label in cast) for person in expected[told])


def _label(ballot: Cast) -> str:
    return f"{ballot.label} ({ballot.affiliation})" if ballot.affiliation else ballot.label


@pytest.mark.parametrize("name", sorted(set(DOCUMENTS.values()) | {"drafts/2024-10-22.md"}))
def test_no_other_vote_is_found_than_those_without_numbers(name: str) -> None:
    """What the truth leaves out are unanimous votes whose numbers the minutes do not give."""
    date = Path(name).stem
    expected = [vote for vote in VOTES if vote["date"] == date]
    others = [vote for vote in votes(name) if not any(is_it(name, vote, each) for each in expected)]
    assert all(vote.method == "unanimous" and not vote.counts and vote.motion for vote in others)
    assert len(votes(name)) - len(others) == len(expected)


def test_the_chairs_casting_vote_is_told_with_who_gave_it() -> None:
    tied = next(vote for vote in votes("minutes/2024-03-19.html") if vote.casting)
    assert (tied.casting, tied.declared, dict(tied.counts)) == ("the Mayor", "lost", {"yes": 5, "no": 5})


def test_the_draft_differs_from_the_approved_minutes_only_in_the_seconder_that_was_corrected() -> None:
    draft, approved = motions("drafts/2024-10-22.md"), motions("minutes/2024-10-22.md")
    differ = [
        (one.seconder, two.seconder) for one, two in zip(draft, approved, strict=True) if one.seconder != two.seconder
    ]
    assert differ == [("Cllr Margaret Hale (North Ward)", "Cllr Margaret Hale (Riverside Ward)")]
    assert [vote.counts for vote in votes("drafts/2024-10-22.md")] == [
        vote.counts for vote in votes("minutes/2024-10-22.md")
    ]


@pytest.mark.parametrize("name", ["agendas/2025-03-18.md", "standing-orders.md", "actions/action-log.yaml"])
def test_papers_that_minute_nothing_hold_no_motion_and_no_vote(name: str) -> None:
    """Rules of how motions are put and carried put none."""
    assert motions(name) == ()
    assert votes(name) == ()


def test_what_is_said_in_captions_is_inferred_and_what_is_minuted_is_stated() -> None:
    assert not any(fact.stated for fact in (*motions(CAPTIONS), *votes(CAPTIONS)))
    assert all(fact.stated for fact in (*motions("minutes/2023-06-13.md"), *votes("minutes/2023-06-13.md")))


@pytest.mark.parametrize("name", sorted(DOCUMENTS.values()))
def test_every_fact_shows_its_words(name: str) -> None:
    """Each name of a ballot stands under its mark, and each mover and seconder under those of the motion."""
    data = document(name).data
    for vote in votes(name):
        for ballot in vote.ballots:
            shown = b" ".join(data[mark.start : mark.end] for mark in ballot.marks).decode()
            assert ballot.label.split()[-1] in shown
    for fact in motions(name):
        shown = b" ".join(data[mark.start : mark.end] for mark in fact.marks).decode()
        spoken = not fact.stated
        assert spoken or all(label.split()[-1] in shown for label in (fact.mover, fact.seconder) if label)
