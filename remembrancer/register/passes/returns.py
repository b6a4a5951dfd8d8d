"""Returns: a table with a row for each question and a column for each choice, as a poll by shares gives.

    | Resolution            | For        | %     | Against | %    | Withheld |
    | 1. Receive the report | 48,211,904 | 99.81 |  91,776 | 0.19 | 12,400   |     a vote for each row
    Resolutions 1 and 3 were passed. Resolution 2 was not passed.                  how each ended

Numbers may be votes or shares of any weight; columns of percentages are left alone. How a question ended is taken from
a column for it, or from a sentence below the table that names its number; else nothing is declared.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from remembrancer.model import Outcome
from remembrancer.register.document import Document, Statement, lines
from remembrancer.register.facts import AnyFact, Voted
from remembrancer.register.passes.ballots import choice_of
from remembrancer.register.passes.outcomes import Lexicon, lexicon

_NUMBER = re.compile(r"(?P<number>\d{1,3}(?:[,.'’\u00a0\u202f ]\d{3})+|\d+)(?!\s?%|[.,]\d)\b")
_NUMBERED = re.compile(r"(?:\D{0,20}?\s)?(?P<number>\d{1,3}(?:\.\d{1,2})?[a-z]?)(?=[.):\s–-]|$)")
_EACH = re.compile(r"\d{1,3}(?:\.\d{1,2})?[a-z]?")
_WORDS = re.compile(r"[^\W\d_]{3}")


class _Head(NamedTuple):
    """Which column says what: the choices by column, and the one that says how it ended, or -1."""

    choices: dict[int, str]
    outcome: int


def find(document: Document, found: Sequence[AnyFact]) -> Iterator[AnyFact]:
    """The votes of the tables of returns of a document."""
    said = lexicon(document.language, document.house)
    for index, statement in enumerate(document.statements):
        if statement.kind == "text" and "|" in statement.text:
            yield from _of_table(document, index, statement, said)


def _of_table(document: Document, index: int, statement: Statement, said: Lexicon) -> Iterator[Voted]:
    rows = list(lines(statement.text))
    head = _head([cell for _, cell in _cells(statement.text, *rows[0])], said) if len(rows) > 2 else None
    for start, end in rows[1:] if head else ():
        cells = _cells(statement.text, start, end)
        counts = _counts([cell for _, cell in cells], head) if head else ()
        if head and len(counts) > 1 and _WORDS.search(cells[0][1]):
            shown = cells[head.outcome][1] if 0 <= head.outcome < len(cells) else ""
            yield document.fact(
                Voted,
                statement,
                "returns.row",
                start,
                end,
                question=cells[0][1],
                method="tally",
                declared=_ended(shown, said) or _declared(document, index, _number(cells[0][1]), said),
                counts=counts,
            )


def _cells(text: str, start: int, end: int) -> list[tuple[int, str]]:
    """The cells of a row, with where each begins."""
    row = text[start:end].strip()
    inner = row.removeprefix("|").removesuffix("|")
    return [(start, cell.strip()) for cell in inner.split("|")]


def _head(cells: Sequence[str], said: Lexicon) -> _Head | None:
    """The columns of a table whose head names a question, and choices both for and against."""
    choices = {at: choice for at, cell in enumerate(cells) if at and (choice := choice_of(cell, said.votes))}
    outcome = next((at for at, cell in enumerate(cells) if at and said.has("column_outcome", cell)), -1)
    questions = bool(cells) and said.has("column_question", cells[0])
    return _Head(choices, outcome) if questions and {"yes", "no"} <= set(choices.values()) else None


def _counts(cells: Sequence[str], head: _Head) -> tuple[tuple[str, int], ...]:
    found: list[tuple[str, int]] = []
    for at, choice in head.choices.items():
        match = _NUMBER.match(cells[at]) if at < len(cells) else None
        if match:
            found.append((choice, int(re.sub(r"\D", "", match["number"]))))
    return tuple(found)


def _number(question: str) -> str:
    match = _NUMBERED.match(question)
    return match["number"] if match else ""


def _declared(document: Document, index: int, number: str, said: Lexicon) -> Outcome:
    """How a question ended by the sentences below its table that name its number."""
    for below in document.statements[index + 1 : index + 4]:
        for sentence in re.split(r"(?<=[a-z)])[.;]\s+", below.text) if below.kind == "text" else ():
            subject = said.votes.pattern("numbered_questions").search(sentence)
            if subject and number and number in _EACH.findall(subject[0]):
                return _ended(sentence, said)
    return ""


def _ended(words: str, said: Lexicon) -> Outcome:
    for outcome in ("lost", "carried"):
        if said.has(outcome, words):
            return "lost" if outcome == "lost" else "carried"
    return ""
