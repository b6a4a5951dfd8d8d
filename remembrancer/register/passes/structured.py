"""Votes, motions and results that stand in fields of a structured file, as the house maps them.

    {"title": "Gate repairs", "votes": [{"name": "A. Ames", "vote": "J"}, ...]}     a vote with its ballots
    {"description": "Admit B. Bell", "votes": {"Ames": 1, "Cole": -1}}              names as keys
    member,question,vote / A. Ames,Gate repairs,For                                 a table of ballots
    {"reference": "A1/31", "steps": [{"body": "Council", "result": "adopted"}]}     what became of a matter

Nothing is guessed: a file without a mapping gives none, and a choice the mapping does not know stays as written.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any, TypeVar, get_args

from msgspec.structs import replace

from remembrancer.model import DecisionKind, Mark, Outcome, Span
from remembrancer.read import dates
from remembrancer.read.house import FieldMapping, StepMapping, VoteMapping, mapping_for
from remembrancer.register.document import Cell, Document
from remembrancer.register.facts import AnyFact, Cast, Discussed, Fact, Mention, Moved, Resolved, Sponsored, Voted
from remembrancer.register.passes.cells import Entry, Locator, cells_of, entries
from remembrancer.register.passes.matters import mention_of, mentions_in, number_key

_OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)
_ENDED: dict[DecisionKind, Outcome] = {"reject": "lost", "defer": "deferred"}
_AROUND_NAMES = " \t\n,;:"

AnyKind = TypeVar("AnyKind", bound=Fact)


def is_mapped(document: Document) -> bool:
    """Whether the house says in which fields of this file its votes or results stand."""
    mapping = mapping_for(document.path, document.house)
    return mapping is not None and (mapping.votes is not None or mapping.history is not None)


def find(document: Document, found: Sequence[AnyFact]) -> Iterator[AnyFact]:
    """The motions, votes and results in the fields of a document."""
    mapping = mapping_for(document.path, document.house)
    if mapping is None or not is_mapped(document):
        return
    filing = _Filing(document)
    cells = cells_of(document)
    if mapping.votes:
        for rows in _votes(cells, mapping, mapping.votes):
            yield from _of_vote(filing, mapping.votes, rows)
    if mapping.history:
        for entry in entries(cells, mapping, mapping.history.at):
            yield from _of_history(filing, mapping.history, entry)


class _Filing:
    """Makes facts of cells: the first that stands in a statement is where the fact is, the others are evidence."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self._locator = Locator(document)
        self._made: Counter[tuple[str, str, int]] = Counter()

    def fact(self, made: type[AnyKind], rule: str, cells: Iterable[Cell | None], /, **said: Any) -> AnyKind | None:
        """A fact shown by cells; None where no statement holds any of them."""
        shown = [cell for cell in cells if cell is not None and cell.text]
        for cell in shown:
            if located := self._locator.locate(cell.span):
                break
        else:
            return None
        statement, start, end = located
        nth = self._made[made.KIND, statement.id, start]
        self._made[made.KIND, statement.id, start] += 1
        more = self.marks(other for other in shown if other is not cell)
        return self.document.fact(made, statement, rule, start, end, more=more, nth=nth, **said)

    def marks(self, cells: Iterable[Cell | None]) -> tuple[Mark, ...]:
        """Cells as evidence, joined where they follow one another."""
        joined: list[Span] = []
        for span in sorted(cell.span for cell in cells if cell is not None):
            if joined and span.start <= joined[-1].end + 1:
                joined[-1] = Span(joined[-1].start, max(span.end, joined[-1].end))
            else:
                joined.append(span)
        return self.document.marks_of(joined)

    def mentions(self, cell: Cell | None, title: str = "") -> tuple[Mention, ...]:
        """The matter of a number."""
        if cell is None or not cell.text.strip():
            return ()
        number = cell.text.strip()
        cited = mentions_in(number, self.document)
        keys = cited[0][2].keys if cited else (number_key(number, number),)
        return (Mention(title=title, number=number, keys=keys, marks=self.marks([cell])),)


def _votes(cells: Sequence[Cell], mapping: FieldMapping, votes: VoteMapping) -> Iterator[list[Entry]]:
    """The entries of each vote: one, or the rows that belong together."""
    found = entries(cells, mapping, votes.at)
    if not votes.together:
        yield from ([entry] for entry in found)
        return
    by_vote: dict[tuple[str, ...], list[Entry]] = {}
    for entry in found:
        by_vote.setdefault(tuple(entry.text(address) for address in votes.together), []).append(entry)
    yield from by_vote.values()


def _of_vote(filing: _Filing, votes: VoteMapping, rows: list[Entry]) -> Iterator[AnyFact]:
    entry = rows[0]
    ballots = tuple(ballot for row in rows for ballot in _ballots(filing, votes, row))
    outcome, counts = _result(votes, entry)
    mentions = filing.mentions(entry.first(votes.matter), entry.text(votes.title))
    common = {"mentions": mentions, "number": entry.text(votes.number), **_dated(entry.text(votes.date))}
    yield from _discussed(filing, votes, entry, mentions)
    yield from _sponsored(filing, votes, entry, mentions)
    moved = _moved(filing, votes, entry, outcome, common)
    if moved:
        yield moved
    if not ballots and not counts:
        return
    shown = [entry.first(address) for address in (votes.title, votes.motion, votes.matter, votes.number)]
    shown += [cell for row in rows for cell in row.all(votes.person)[:1]] if not any(shown) else []
    voted = filing.fact(
        Voted,
        "structured.vote",
        [*shown, entry.first(votes.result), entry.first(votes.kind), entry.first(votes.time)],
        question=entry.text(votes.motion) or entry.text(votes.title),
        motion=moved.id if moved else "",
        method="roll-call" if ballots else "tally",
        declared=outcome,
        counts=counts,
        ballots=ballots,
        business=entry.text(votes.kind),
        **common,
    )
    if voted:
        yield voted
        yield from _won(filing, votes, entry, voted, common)


def _discussed(filing: _Filing, votes: VoteMapping, entry: Entry, mentions: tuple[Mention, ...]) -> Iterator[Discussed]:
    """That the matter voted on was taken there, by its number and, where nothing else is called so, by its title."""
    for mention in mentions:
        titled = mention_of(mention.title, filing.document)
        titles = [key for key in titled.keys if key.startswith("title:")] if titled else []
        known = replace(mention, keys=(*mention.keys, *titles[:1]))
        shown = (entry.first(votes.title), entry.first(votes.matter))
        said = {"mention": known, "title": mention.title, **_dated(entry.text(votes.date))}
        if discussed := filing.fact(Discussed, "structured.item", shown, **said):
            yield discussed


def _sponsored(filing: _Filing, votes: VoteMapping, entry: Entry, mentions: tuple[Mention, ...]) -> Iterator[Sponsored]:
    """Who brings forward the matter that is voted on, where it is business of a kind that somebody does."""
    kind = entry.text(votes.kind)
    if not mentions or (votes.sponsored and not any(re.fullmatch(each, kind) for each in votes.sponsored)):
        return
    shown = [entry.first(address) for address in (votes.title, votes.matter)]
    for role, address in votes.sponsors.items():
        for cell in entry.all(address):
            if label := _name(cell.text, votes):
                said = {"role": role, "label": label, "mentions": mentions, **_dated(entry.text(votes.date))}
                if sponsored := filing.fact(Sponsored, "structured.sponsor", [cell, *shown], **said):
                    yield sponsored


def _moved(filing: _Filing, votes: VoteMapping, entry: Entry, outcome: Outcome, common: dict[str, Any]) -> Moved | None:
    text = entry.text(votes.motion)
    if not text:
        return None
    people = {name: _name(entry.text(getattr(votes, name)), votes) for name in ("mover", "seconder")}
    evidence = [*entry.all(votes.motion), *(entry.first(each) for each in (votes.mover, votes.seconder, votes.result))]
    return filing.fact(Moved, "structured.motion", evidence, text=text, outcome=outcome, **people, **common)


def _won(filing: _Filing, votes: VoteMapping, entry: Entry, voted: Voted, common: dict[str, Any]) -> Iterator[Resolved]:
    """The option that several were voted on for, where the file names it."""
    winners = entry.all(votes.winner)
    if len(winners) == 1:
        said = {"text": winners[0].text, "title": entry.text(votes.title), "vote": voted.id, **common}
        resolved = filing.fact(Resolved, "structured.winner", winners, **said)
        if resolved:
            yield resolved


def _ballots(filing: _Filing, votes: VoteMapping, entry: Entry) -> Iterator[Cast]:
    for address, choice in votes.lists.items():
        for cell in entry.all(address):
            if label := _name(cell.text, votes):
                yield Cast(label=label, choice=choice, marks=filing.marks([cell]))
    if not votes.ballots:
        return
    if not votes.person:
        yield from _under_names(filing, votes, entry)
        return
    for ballot in entry.parts(votes.ballots):
        chosen = ballot.first(votes.choice)
        for cell in ballot.all(votes.person):
            if chosen is not None and (label := _name(cell.text, votes)):
                yield Cast(
                    label=label,
                    choice=_meant(chosen.text, votes.choices) or chosen.text.strip(),
                    affiliation=ballot.text(votes.affiliation),
                    marks=filing.marks([cell, chosen]),
                )


def _under_names(filing: _Filing, votes: VoteMapping, entry: Entry) -> Iterator[Cast]:
    """Ballots whose key is the voter: beside it the choice, or below it options with numbers, the higher the better."""
    root = votes.ballots.removesuffix(".*")
    starts = [
        number
        for number, (below, cell) in enumerate(entry.cells)
        if below == f".{root}.{cell.text}" and (number == 0 or entry.cells[number - 1][0] != below)
    ]
    for start, end in pairwise([*starts, len(entry.cells)]):
        below, voter = entry.cells[start]
        values = [cell for address, cell in entry.cells[start + 1 : end] if address.startswith(below)]
        choice = _meant(values[0].text, votes.choices) or values[0].text if len(values) == 1 else _best_liked(values)
        if choice:
            yield Cast(label=voter.text, choice=choice, marks=filing.marks([voter, *values]))


def _best_liked(values: Sequence[Cell]) -> str:
    """The option with the highest number; who likes all the same abstains."""
    ranked = {option.text: _number(number.text) for option, number in zip(values[::2], values[1::2], strict=False)}
    if not ranked:
        return ""
    best = [option for option, number in ranked.items() if number == max(ranked.values())]
    return "abstain" if len(best) == len(ranked) else " = ".join(best)


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0


def _result(votes: VoteMapping, entry: Entry) -> tuple[Outcome, tuple[tuple[str, int], ...]]:
    """What the file says came of it, and the numbers it gives, also those in the words of the result."""
    written = entry.text(votes.result)
    counts = [(choice, text) for choice, address in votes.counts.items() if (text := entry.text(address)).isdigit()]
    for expression, meant in votes.results.items():
        match = re.fullmatch(expression, written, re.IGNORECASE)
        if written and match and meant in _OUTCOMES:
            counts += [(choice, number) for choice, number in match.groupdict().items() if number]
            return meant, tuple((choice, int(number)) for choice, number in counts)
    return "", tuple((choice, int(number)) for choice, number in counts)


def _of_history(filing: _Filing, history: StepMapping, entry: Entry) -> Iterator[AnyFact]:
    """What became of a matter: that it was discussed, and what was decided by whom that may decide."""
    title = entry.text(history.title)
    mentions = filing.mentions(entry.first(history.matter), title)
    if not mentions:
        return
    for step in entry.parts(history.steps):
        cells = [step.first(address) for address in (history.result, history.body, history.date)]
        body, written = step.text(history.body), step.text(history.result)
        dated = _dated(step.text(history.date))
        if discussed := filing.fact(
            Discussed, "structured.step", cells[1:], mention=mentions[0], title=f"{body}: {title}", **dated
        ):
            yield discussed
        kind: Any = _meant(written, history.results)
        if kind and dated and any(re.fullmatch(each, body, re.IGNORECASE) for each in history.decides):
            said = {"text": written, "title": title, "kind": kind, "outcome": _ENDED.get(kind, "carried")}
            resolved = filing.fact(Resolved, "structured.result", cells, mentions=mentions, **said, **dated)
            if resolved:
                yield resolved


def _meant(written: str, meanings: dict[str, Any]) -> str:
    """What is meant by what is written; empty where the house does not say."""
    text = written.strip()
    return next((meant for each, meant in meanings.items() if re.fullmatch(each, text, re.IGNORECASE)), "")


def _name(written: str, votes: VoteMapping) -> str:
    for expression in votes.leave_out:
        written = re.sub(expression, "", written, flags=re.IGNORECASE)
    return written.strip(_AROUND_NAMES)


def _dated(written: str) -> dict[str, str]:
    """The date of a field, where there is one."""
    found = dates.find(written.partition("T")[0]) if written else []
    return {"date": found[0].value} if found else {}
