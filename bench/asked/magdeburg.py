"""A German council: the votes read from its recordings, and what its information system says came of them.

A motion with one vote in all the recordings is asked about by its number, or by its title where no other motion has
one that begins so. Yes against no says what came of it, and only where the information system says the same.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from official import RESULTS
from records import files

from asked.known import Known, Value, digest, written

BODY = "magdeburg"
SCANS = "stadtratwatch-magdeburg/dev/magdeburg-8"
PAPERS = "stadtratwatch-magdeburg/dev/papers"
CHOICES = {"J": "yes", "N": "no", "E": "abstain"}
LONGEST = 80
FEW = 12
"""As many names a person would still have listed."""


class Voting(NamedTuple):
    """One vote on a motion: its day, what it was on, and each member's choice."""

    day: str
    number: str
    title: str
    form: str
    ballots: tuple[tuple[str, str], ...]

    def names(self, choice: str) -> tuple[str, ...]:
        return tuple(name for name, cast in self.ballots if cast == choice)

    @property
    def outcome(self) -> str:
        return "carried" if len(self.names("J")) > len(self.names("N")) else "lost"


def known(root: Path) -> Iterator[Known]:
    """All that is asked about."""
    told = [voting for path, _ in files(root, SCANS) if "session-scan" in path.name for voting in _votings(path)]
    papers = [json.loads(path.read_text(encoding="utf-8")) for path, _ in files(root, PAPERS)]
    official = _official(each for paper in papers for each in paper)
    times = Counter(voting.number for voting in told)
    named: dict[str, set[str]] = defaultdict(set)
    for number, title in [(each.number, each.title) for each in told] + [
        (each["reference"], each["title"]) for paper in papers for each in paper
    ]:
        named[_plain(title)].add(number)
    for voting in told:
        if voting.number and times[voting.number] == 1 and voting.form != "Änderungsantrag":
            by_title = len(named[_plain(voting.title)]) == 1 and len(voting.title) <= LONGEST
            yield from _of_voting(voting, by_title, official)


def _plain(title: str) -> str:
    return "".join(char for char in title.casefold() if char.isalnum())


def _votings(path: Path) -> Iterator[Voting]:
    day = path.stem.removeprefix("session-scan-")
    for each in json.loads(path.read_text(encoding="utf-8")):
        about = each["votingSubject"]
        ballots = tuple((vote["name"], vote["vote"]) for vote in each["votes"])
        yield Voting(day, about["motionId"].strip(), " ".join(about["title"].split()), about["type"], ballots)


def _official(papers: Iterable[dict[str, Any]]) -> dict[str, str]:
    """What came of each motion in the council, where it was there once and was decided."""
    found: dict[str, list[str]] = defaultdict(list)
    for paper in papers:
        for step in paper["consultations"]:
            if step.get("organization") == "Stadtrat":
                found[paper["reference"]].append(step.get("result") or "")
    return {number: RESULTS[said[0]] for number, said in found.items() if len(said) == 1 and said[0] in RESULTS}


def _of_voting(voting: Voting, by_title: bool, official: Mapping[str, str]) -> Iterator[Known]:
    number = voting.number
    shown = f"„{voting.title}“" if by_title and digest(number) % 2 else number
    fields = {"matter": shown, "day": written(voting.day, "de"), "number": number}

    def fact(kind: str, *gold: Value, **more: str) -> Known:
        return Known(BODY, kind, number, fields | more, gold)

    if official.get(number) == voting.outcome:
        yield fact("outcome", voting.outcome)
    yield fact("vote", ", ".join(f"{word} {len(voting.names(letter))}" for letter, word in CHOICES.items()))
    yield fact("date", voting.day)
    if not re.search(r"€|euro|eur\b|kosten|\d{4,}", voting.title, re.IGNORECASE):
        yield fact("no-amount")
    if 0 < len(voting.names("N")) <= FEW:
        yield fact("against", voting.names("N"))
    if 0 < len(voting.names("E")) <= FEW:
        yield fact("abstained", voting.names("E"))
    for letter, word in CHOICES.items():
        cast = sorted(voting.names(letter), key=lambda name: digest(number, name))
        for name in cast[:1]:
            yield fact("ballot", word, person=name)
