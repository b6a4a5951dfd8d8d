"""The demo's decisions, actions, relations and hearsay, as planted in its truth, are found in its documents."""

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from remembrancer.read import house as houses
from remembrancer.register.document import read_document
from remembrancer.register.extract import extract
from remembrancer.register.facts import AnyFact, Promised, Reported, Resolved

DEMO = Path(__file__).parents[2] / "examples" / "demo"
TRUTH: dict[str, Any] = tomllib.loads((DEMO / "truth.toml").read_text(encoding="utf-8"))
KINDS = {
    "2023/10": "procedural",
    "2023/14": "adopt",
    "2023/15": "allocate",
    "2023/23": "allocate",
    "2023/25": "refer",
    "2024/5": "procedural",
    "2024/8": "repeal",
    "2024/10": "amend",
    "2024/11": "allocate",
    "2024/13": "appoint",
    "2024/30": "reject",
    "2025/1": "procedural",
    "2025/2": "appoint",
    "2025/9": "adopt",
}


@cache
def facts(name: str) -> tuple[AnyFact, ...]:
    house = houses.parse((DEMO / "house.toml").read_text(encoding="utf-8"))
    return extract(read_document((DEMO / "documents" / name).read_bytes(), name, house))


def decisions(name: str) -> list[Resolved]:
    return [fact for fact in facts(name) if isinstance(fact, Resolved)]


def numbered(first: str, last: str) -> list[str]:
    year, start = first.split("/")
    return [f"{year}/{number}" for number in range(int(start), int(last.split("/")[1]) + 1)]


@pytest.mark.parametrize("sitting", TRUTH["sittings"], ids=lambda sitting: sitting["date"])
def test_every_number_is_given_once_in_each_document_that_minutes_the_sitting(sitting: dict[str, Any]) -> None:
    """No decision is missed, none is invented with a number, and the motion it came of is no second one."""
    for name in sitting["documents"]:
        given = [fact.number for fact in decisions(name) if fact.number]
        expected = [] if name.startswith("agendas/") else numbered(*sitting["resolutions"])
        assert sorted(given) == sorted(expected), name


def test_a_resolution_says_what_it_does() -> None:
    names = [name for sitting in TRUTH["sittings"] for name in sitting["documents"]]
    kinds = {fact.number: fact.kind for name in names for fact in decisions(name) if fact.number}
    assert {number: kinds[number] for number in KINDS} == KINDS


def test_a_resolution_has_its_motion_and_its_vote() -> None:
    """Every vote with a resolution's number in the truth is the vote of that decision. Between candidates nobody moves;
    in the captions the clerk says a tally aloud after the number, and the vote of 2025/8 is no fact of its own."""
    for vote in TRUTH["votes"]:
        document = next(each for each in TRUTH["sittings"] if each["date"] == vote["date"])["documents"][0]
        decided = {fact.number: fact for fact in decisions(document)}
        if vote.get("resolution") and "against" not in vote["question"]:
            assert decided[vote["resolution"]].motion
            assert decided[vote["resolution"]].vote or document.startswith("captions/")


def test_a_motion_that_was_lost_is_a_decision_and_a_carried_amendment_is_none() -> None:
    lost = [fact for fact in decisions("minutes/2024-03-19.html") if fact.outcome == "lost"]
    assert [fact.kind for fact in lost] == ["reject"]
    carried = decisions("minutes/2023-09-12.docx")
    assert len([fact for fact in carried if fact.number]) == len(carried)


@pytest.mark.parametrize("relation", TRUTH["relations"], ids=lambda relation: relation["resolution"])
def test_what_a_resolution_does_to_another_is_told(relation: dict[str, Any]) -> None:
    decided = next(fact for fact in decisions(relation["document"]) if fact.number == relation["resolution"])
    found = {(each.kind, re.sub(r"\D*(\d+/\d+)", r"\1", each.target.number)) for each in decided.relations}
    assert (relation["kind"], relation["target"]) in found


def test_a_commencement_hangs_on_its_confirmation() -> None:
    decided = next(fact for fact in decisions("minutes/2024-05-14.md") if fact.number == "2024/20")
    assert [each.kind for each in decided.commencing] == ["upon"]


def stem(text: str) -> set[str]:
    return {word[:5] for word in re.findall(r"[a-z]{4,}", text.casefold())}


@pytest.mark.parametrize("action", TRUTH["actions"], ids=lambda action: f"{action['date']} {action['due']}")
def test_every_action_is_found_with_its_owner_and_its_day(action: dict[str, Any]) -> None:
    promised = [fact for fact in facts(action["document"]) if isinstance(fact, Promised)]
    own = max(promised, key=lambda fact: len(stem(fact.text) & stem(action["action"])))
    owner = re.sub(r"\([^)]*\)", "", action["owner"])
    assert stem(own.owner) & stem(owner)
    assert own.due == action["due"] or ("meeting" in own.text and not own.due)


def test_the_action_log_agrees_with_the_minutes_and_says_what_was_done() -> None:
    logged = [fact for fact in facts("actions/action-log.yaml") if isinstance(fact, Promised)]
    expected = [(each["date"], each["due"], each["action"]) for each in TRUTH["actions"]]
    assert [(fact.date, fact.due, fact.text) for fact in logged] == expected
    assert [fact.done for fact in logged] == [True] * 9 + [False] * 3


@pytest.mark.parametrize("hearsay", TRUTH["hearsay"], ids=lambda hearsay: hearsay["document"])
def test_hearsay_keeps_its_chain(hearsay: dict[str, Any]) -> None:
    chains = [(fact.chain[0], fact.chain[-1]) for fact in facts(hearsay["document"]) if isinstance(fact, Reported)]
    who, origin = hearsay["speaker"].casefold(), hearsay["reports"].split()
    assert any(first.casefold() == who and any(word in last for word in origin) for first, last in chains)


def test_an_agenda_decides_nothing() -> None:
    assert [fact for fact in facts("agendas/2025-03-18.md") if isinstance(fact, (Resolved, Promised))] == []
