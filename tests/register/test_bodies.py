"""Minutes as clerks of many kinds of bodies write them, with no house: each file of ``bodies`` gives exactly what
``bodies/expected.toml`` says of it, nothing less and nothing more."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

import pytest

from remembrancer.read.house import House
from remembrancer.register.document import Document, read_document
from remembrancer.register.extract import extract
from remembrancer.register.facts import AnyFact, Moved, Promised, Resolved, Roll, Voted

BODIES = Path(__file__).parent / "bodies"
EXPECTED = tomllib.loads((BODIES / "expected.toml").read_text(encoding="utf-8"))
KINDS = ("absent", "present", "decisions", "motions", "votes", "ballots", "actions")
WIDTH = 60


@cache
def read(name: str) -> tuple[Document, tuple[AnyFact, ...]]:
    document = read_document((BODIES / f"{name}.md").read_bytes(), f"{name}.md", House())
    return document, extract(document)


def told(kind: str, facts: tuple[AnyFact, ...]) -> list[str]:
    """The facts of one kind, each in a line."""
    of = {
        "absent": lambda: [stay.label for fact in rolls(facts) for stay in fact.stays if stay.present is False],
        "present": lambda: [stay.label for fact in rolls(facts) for stay in fact.stays if stay.present],
        "decisions": lambda: [
            f"{fact.kind} {fact.outcome}: {fact.text[:WIDTH]}" for fact in facts if isinstance(fact, Resolved)
        ],
        "motions": lambda: [
            f"{fact.mover or '-'} / {fact.seconder or '-'}: {fact.text[:WIDTH]}"
            for fact in facts
            if isinstance(fact, Moved)
        ],
        "votes": lambda: [counted(fact) for fact in facts if isinstance(fact, Voted)],
        "ballots": lambda: [
            f"{cast.label}: {cast.choice}" for fact in facts if isinstance(fact, Voted) for cast in fact.ballots
        ],
        "actions": lambda: [
            f"{fact.owner or '-'} {fact.due or '-'}{' done' if fact.done else ''}: {fact.text[:40]}"
            for fact in facts
            if isinstance(fact, Promised)
        ],
    }
    return [line.strip() for line in of[kind]()]


def rolls(facts: tuple[AnyFact, ...]) -> list[Roll]:
    return [fact for fact in facts if isinstance(fact, Roll)]


def counted(vote: Voted) -> str:
    numbers = [f"{choice} {number}" for choice, number in vote.counts]
    return " ".join([vote.method, vote.declared or "-", *numbers])


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", EXPECTED)
def test_minutes_give_what_they_say_and_no_more(name: str, kind: str) -> None:
    assert told(kind, read(name)[1]) == EXPECTED[name].get(kind, [])


@pytest.mark.parametrize("name", EXPECTED)
def test_a_sitting_has_the_day_that_its_minutes_name(name: str) -> None:
    document, _ = read(name)
    assert "".join(document.dates[:1]) == EXPECTED[name]["date"]


def test_every_file_is_expected_to_say_something_or_nothing() -> None:
    assert {path.stem for path in BODIES.glob("*.md")} == set(EXPECTED)


@pytest.mark.parametrize("name", ["transcript", "chair-speaks"])
def test_what_is_heard_is_inferred(name: str) -> None:
    found = [fact for fact in read(name)[1] if isinstance(fact, Resolved | Voted)]
    assert found
    assert not any(fact.stated for fact in found)


@pytest.mark.parametrize("name", ["agenda", "letter"])
def test_what_is_no_record_of_a_sitting_decides_nothing(name: str) -> None:
    assert not [fact for fact in read(name)[1] if isinstance(fact, Resolved | Voted | Moved)]


@pytest.mark.parametrize("name", EXPECTED)
def test_a_decision_by_a_lost_vote_is_lost(name: str) -> None:
    facts = read(name)[1]
    lost = {fact.id for fact in facts if isinstance(fact, Voted) and fact.declared == "lost"}
    assert all(fact.outcome == "lost" for fact in facts if isinstance(fact, Resolved) and fact.vote in lost)
