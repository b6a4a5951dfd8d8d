"""Notes that a question passed without a count because nobody objected.

    [Unanimous consent.]      *No objections*      RESULT: no objections, proposal passes      <no objections raised>
    DS: Any objections to moving to phase 1? No objections.
    DS: Hearing no objections, the agenda is approved.

A line or a bracketed remark of the notes that begins so is recorded as what it says. What somebody says for himself
("RH: No objections."), asks or expects is not; an answer within the same speech as the question is inferred.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from remembrancer.model import Mark
from remembrancer.register.document import Document, Statement, lines
from remembrancer.register.facts import AnyFact, Voted
from remembrancer.register.passes.polls import already, question_above
from remembrancer.register.passes.tallies import tally_words
from remembrancer.register.vocabulary import Words

_BRACKETED = re.compile(r"\[([^\[\]\n]{3,160})\]|<([^<>\n]{3,160})>|\(([^()\n]{3,160})\)|…\s*\[([^\[\]\n]{3,160})\]")
_LONG = 200
_NEAR = 3


class _Note(NamedTuple):
    """``clause``: where the remark itself says what nobody objected to begins; -1 where it does not."""

    start: int
    end: int
    method: str
    stated: bool
    clause: int = -1


def find(document: Document, found: Sequence[AnyFact]) -> Iterator[AnyFact]:
    """The votes of a document by consent; several remarks on one question are one vote."""
    words = tally_words(document.language, document.house)
    if not words["consent_none"]:
        return
    statements = document.statements
    voted = {fact.element: fact for fact in found if isinstance(fact, Voted)}
    last = -_NEAR - 1
    for index, statement in enumerate(statements):
        if statement.kind == "item" or statement.section in ("agenda", "attendance"):
            continue
        for note in _notes(statement, words):
            near = index - last <= _NEAR and statements[last].item == statement.item
            if not (near or _told(statements, index, voted) or already(found, statement, note.start, note.end)):
                yield _voted(document, index, note, max(last, _voted_before(statements, index, voted)), words)
            last = index


def _told(statements: Sequence[Statement], index: int, voted: dict[str, Voted]) -> bool:
    """Whether a vote by consent was found right beside a statement, in its item."""
    return any(
        beside.item == statements[index].item and voted[beside.id].method in ("unanimous", "no-objection")
        for beside in statements[max(index - 2, 0) : index + 3]
        if beside.id in voted
    )


def _voted_before(statements: Sequence[Statement], index: int, voted: dict[str, Voted]) -> int:
    """The nearest statement above that another vote was found in."""
    return next((at for at in range(index - 1, max(index - 20, -1), -1) if statements[at].id in voted), -1)


def _notes(statement: Statement, words: Words) -> list[_Note]:
    """The remarks of a statement that nobody objected, in order."""
    text = statement.text
    if not _begins(words).search(text):
        return []
    noted = [_noted(text, start, end, words) for start, end in _candidates(statement)]
    answered = list(_answered(statement, words)) if statement.kind == "speech" else []
    spans: dict[int, _Note] = {note.start: note for note in _declared(statement, words)}
    for note in [*filter(None, noted), *answered]:
        if not any(one.start <= note.start < one.end for one in spans.values()):
            spans[note.start] = note
    return [spans[start] for start in sorted(spans)]


def _begins(words: Words) -> re.Pattern[str]:
    return re.compile(rf"{words.any_of('consent_unanimous')}|{words.any_of('consent_none')}", re.IGNORECASE)


def _candidates(statement: Statement) -> Iterator[tuple[int, int]]:
    """Bracketed remarks, and lines of the notes: of a speech only those in paragraphs of their own below its first."""
    text = statement.text
    for match in _BRACKETED.finditer(text):
        group = match.lastindex or 0
        yield match.span(group)
    for start, end in lines(text):
        if end - start <= _LONG and (statement.kind == "text" or text[:start].endswith("\n\n")):
            yield start, end


def _noted(text: str, start: int, end: int, words: Words) -> _Note | None:
    """What a remark records, if it begins with it."""
    label = re.compile(rf"\W*(?:{words.any_of('consent_label')}\s*[:–-]\s*)?\W*", re.IGNORECASE).match(text, start, end)
    begin = label.end() if label else start
    for name, method in (("consent_unanimous", "unanimous"), ("consent_none", "no-objection")):
        match = words.pattern(name).match(text, begin, end)
        if match and not re.search(words.any_of("consent_not") + r"(?!\w)", text[match.end() : end], re.IGNORECASE):
            return _Note(start, end, method, True)
    return None


def _declared(statement: Statement, words: Words) -> Iterator[_Note]:
    """``Hearing no objections, the agenda is approved``: a chair's word, in minutes or in speech."""
    for match in words.pattern("consent_declares").finditer(statement.text):
        clause = match.start("clause")
        yield _Note(match.start(), match.end(), "no-objection", statement.kind == "text", clause)


def _answered(statement: Statement, words: Words) -> Iterator[_Note]:
    """``Any objections to ...? No objections.`` in one speech."""
    text = statement.text
    for match in words.pattern("consent_none").finditer(text):
        before, after = text[: match.start()].rstrip(), text[match.end() : match.end() + 1]
        question = before[before[:-1].rfind("?") + 1 :] if before.endswith("?") else ""
        if after in ("", ".", ",", "\n", "!") and question and words.pattern("consent_asks").search(question):
            yield _Note(match.start(), match.end(), "no-objection", False)


def _voted(document: Document, index: int, note: _Note, last: int, words: Words) -> Voted:
    statement = document.statements[index]
    question, marks = (
        (statement.text[note.clause : note.end], document.marks(statement, note.clause, note.end))
        if note.clause >= 0
        else _question(document, index, note, last, words)
    )
    return document.fact(
        Voted,
        statement,
        "consent.declared" if note.clause >= 0 else "consent.noted" if note.stated else "consent.answered",
        note.start,
        note.end,
        more=marks,
        stated=note.stated,
        question=question,
        method=note.method,
        declared="carried",
    )


def _question(document: Document, index: int, note: _Note, last: int, words: Words) -> tuple[str, tuple[Mark, ...]]:
    """What was asked: the sentence above that asks for objections, else as for a poll."""
    asks = words.pattern("consent_asks")
    for at in range(index, max(index - _NEAR, last, -1), -1):
        statement = document.statements[at]
        if statement.item != document.statements[index].item or statement.kind == "item":
            break
        stop = note.start if at == index else len(statement.text)
        match = next(iter(reversed(list(asks.finditer(statement.text, 0, stop)))), None)
        if match:
            start = max(statement.text.rfind(mark, 0, match.start()) for mark in ("\n", ". ", "? ", "! ")) + 1
            end = min(
                (
                    at
                    for at in (statement.text.find("?", match.end()), statement.text.find("\n", match.end()))
                    if at > 0
                ),
                default=stop,
            )
            end = min(end + 1, stop)
            if len(statement.text[start:end].split()) > 4:
                return statement.text[start:end].strip(), document.marks(statement, start, end)
    return question_above(document, index, note.start, last, words)
