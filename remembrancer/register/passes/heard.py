"""Votes heard in a transcript: what the chair puts, asks the room and declares, sentence by sentence.

    | 0:03:04 | Okay, a motion's been made and seconded to withdraw the two items. |
    | 0:03:11 | All those in favor, please say aye.                                |
    | 0:03:15 | Motion carries.                                                    |   by voice, carried, inferred

A declaration counts only where the room was asked shortly before it; what was voted on is what the chair last put.
Rows of a timed table are read as speech though no speaker is named: they are no minutes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from remembrancer.model import Outcome
from remembrancer.register.document import Document, Statement, lines
from remembrancer.register.facts import AnyFact, Voted
from remembrancer.register.passes.polls import already
from remembrancer.register.vocabulary import Words, words

_ROW = re.compile(r"^[ \t]*\|?[ \t]*\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d+)?[ \t]*\|[ \t]*(?P<words>[^|\n]*)", re.MULTILINE)
_FEW = 3
_END = re.compile(r",?\s+(?:and (?:duly |properly )?seconded|carries|passes|carried|passed|fails|failed)\W*$")
_SENTENCE = re.compile(r"[^\s.!?](?:[^.!?\n]|[.](?=\w))*[.!?]?")
_ASKED = 16
"""How many sentences may stand between the question to the room and the declaration."""
_PUT = 40
"""How many sentences back the motion may have been put."""


class _Heard(NamedTuple):
    """One sentence: characters ``start:end`` of a statement."""

    statement: Statement
    start: int
    end: int
    text: str


def is_transcript(text: str) -> bool:
    """Whether a text is the timed rows of a transcript."""
    return "|" in text and sum(1 for _, _ in zip(range(_FEW), _ROW.finditer(text), strict=False)) == _FEW


def find(document: Document, found: Sequence[AnyFact]) -> Iterator[AnyFact]:
    """The votes that a chair declares in speech, but for those found already."""
    said = words("votes", document.language, document.house)
    if not said["heard_declared"] or not said.pattern("heard_asked").search(document.data.decode(errors="replace")):
        return
    heard = list(_sentences(document))
    last = -1
    for at, each in enumerate(heard):
        outcome = _declared(each, said)
        if not outcome:
            continue
        asked = next((n for n in range(at, max(at - _ASKED, last), -1) if _is_asked(heard[n], said)), None)
        if asked is not None and not already(found, each.statement, each.start, each.end):
            yield _voted(document, heard, at, _put(heard, at, last, said), outcome)
        last = at


def _sentences(document: Document) -> Iterator[_Heard]:
    """What is said, in order: the sentences of speeches, and the rows of transcripts."""
    for statement in document.statements:
        if statement.kind == "speech":
            ranges = lines(statement.text)
        elif statement.kind == "text" and is_transcript(statement.text):
            ranges = [row.span("words") for row in _ROW.finditer(statement.text)]
        else:
            continue
        for start, end in ranges:
            for match in _SENTENCE.finditer(statement.text, start, end):
                yield _Heard(statement, match.start(), match.end(), match[0].strip())


def _declared(heard: _Heard, said: Words) -> Outcome:
    """The outcome, where a sentence is nothing but the chair's declaration."""
    match = said.pattern("heard_declared").match(heard.text)
    if match is None or heard.text.endswith("?") or len(heard.text) - match.end() > 40:
        return ""
    return "lost" if said.pattern("heard_lost").search(heard.text) else "carried"


def _is_asked(heard: _Heard, said: Words) -> bool:
    return said.pattern("heard_asked").search(heard.text) is not None


def _put(heard: list[_Heard], at: int, last: int, said: Words) -> tuple[int, int, int] | None:
    """The sentences ``first`` to ``last`` that say what is put, and the character its words begin at."""
    for n in range(at, max(at - _PUT, last), -1):
        match = said.pattern("heard_put").search(heard[n].text)
        if match:
            stop = next((m for m in range(n, min(n + 3, at)) if heard[m].text[-1] in ".?!"), n)
            return n, stop, heard[n].start + match.end()
    return None


def _voted(
    document: Document, heard: list[_Heard], at: int, put: tuple[int, int, int] | None, outcome: Outcome
) -> Voted:
    """The vote; its words are those that were put."""
    each, parts = heard[at], []
    if put:
        first, stop, begin = put
        parts = [
            (one.statement, max(one.start, begin if n == first else 0), one.end)
            for n, one in enumerate(heard[first : stop + 1], first)
        ]
    question = _END.sub("", " ".join(statement.text[start:end].strip() for statement, start, end in parts)).strip(
        " ,;:"
    )
    return document.fact(
        Voted,
        each.statement,
        "heard.declared",
        each.start,
        each.end,
        more=[mark for statement, start, end in parts for mark in document.marks(statement, start, end)],
        stated=False,
        question=question if len(question.split()) >= _FEW else "",
        method="voice",
        declared=outcome,
    )
