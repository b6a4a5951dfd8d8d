"""Decisions that give a matter a status with a name: ``The council accepted Proposal 12``, ``decided to reject it``.

They are for ladders whose rungs have names (``Accepted``, ``Rejected``) and no common word before a number: see
``ladders`` for those. The matter is the one that the sentence names by number, or for ``it`` those named before it in
the same paragraph. What may be, was before, or is about something else (``approved a wording change in Proposal 12``)
gives nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from remembrancer.read import dates
from remembrancer.register.document import Document, Statement
from remembrancer.register.facts import AnyFact, Mention, Resolved
from remembrancer.register.passes.matters import mentions_in, number_key
from remembrancer.register.passes.relations import clauses
from remembrancer.register.vocabulary import Words, words

_SERIES = re.compile(r"(?:\s*\([^()]*\))?\s*(?:,\s*(?:and\s+)?|and\s+|&\s*|und\s+)(?P<number>\d+)(?![\w.-])")
_LINK = re.compile(r"\]\(\S*?\)|[\[\]]|\(https?://\S+?\)")
_BETWEEN = re.compile(r"[\s\"“”'*]*(?:the\s+|both\s+)?[\s\"“”'*]*", re.IGNORECASE)
_NAMED = re.compile(r"(?:\s*\([^()]*\)|[\s\"“”'*,]|\s[–—-]\s)*")


class Status(NamedTuple):
    """A rung by its name, the ladder it is of, and the words that move a matter to it."""

    ladder: str
    rung: str
    pattern: re.Pattern[str]


class Cited(NamedTuple):
    """A matter named at characters ``start:end``."""

    start: int
    end: int
    mention: Mention


class Moves(NamedTuple):
    """The words around a verb that say whether it is done."""

    finished: re.Pattern[str]
    told: re.Pattern[str]
    settled: re.Pattern[str]
    passive: re.Pattern[str]
    undone: re.Pattern[str]
    it: re.Pattern[str]


def find(document: Document, found: Sequence[AnyFact]) -> Iterator[Resolved]:
    """The decisions of a document that give matters a named status, each matter and status once in a paragraph."""
    statuses = _statuses(document)
    if not statuses:
        return
    vocabulary = words("statuses", document.language, document.house)
    for statement in document.statements:
        if statement.kind != "item" and statement.section != "agenda":
            yield from _in_statement(document, statement, statuses, vocabulary)


def _statuses(document: Document) -> list[Status]:
    """The rungs with names of their own that the language has words for."""
    vocabulary = words("statuses", document.language, document.house)
    return [
        Status(ladder.name, rung, vocabulary.pattern(rung.casefold()))
        for ladder in document.house.ladders
        if not ladder.word
        for rung in (*ladder.rungs, *ladder.aside)
        if vocabulary[rung.casefold()]
    ]


def _in_statement(
    document: Document, statement: Statement, statuses: Sequence[Status], vocabulary: Words
) -> Iterator[Resolved]:
    text = _LINK.sub(lambda match: " " * len(match[0]), statement.text)
    cited = _cited(text, document)
    if not cited:
        return
    moves = _moves(*(vocabulary.any_of(name) for name in ("finished", "told", "settled", "passive", "undone", "it")))
    done: set[tuple[str, str]] = set()
    for start, end in clauses(text):
        for status in statuses:
            for match in status.pattern.finditer(text, start, end):
                for each in _moved(text, (start, end), match, cited, moves):
                    if (each.mention.keys[0], status.rung) not in done:
                        done.add((each.mention.keys[0], status.rung))
                        yield _decision(document, statement, (start, end), status, each.mention, vocabulary)


def _cited(text: str, document: Document) -> list[Cited]:
    """The matters a paragraph names by number, those of a series (``Proposals 4, 5 and 6``) too."""
    found: list[Cited] = []
    for start, stop, mention in mentions_in(text, document):
        found.append(Cited(start, stop, mention))
        end = stop
        number = re.search(r"\d+", mention.number)
        while number and (further := _SERIES.match(text, end)):
            end = further.end()
            written = re.sub(r"s?(\W*)\d+$", rf"\g<1>{further['number']}", mention.number)
            other = Mention(title=written, number=written, keys=(number_key(written, further["number"]),))
            found.append(Cited(further.start("number"), end, other))
    return found


@cache
def _moves(finished: str, told: str, settled: str, passive: str, undone: str, it: str) -> Moves:
    return Moves(
        re.compile(finished, re.IGNORECASE | re.DOTALL),
        re.compile(told, re.IGNORECASE | re.DOTALL),
        re.compile(rf"(?<!\w){settled}\s+$", re.IGNORECASE),
        re.compile(rf"(?<!\w){passive}\s+$", re.IGNORECASE),
        re.compile(rf"(?<!\w){undone}\s+(?:(?:be|been|is|are|was|were|has|have|to)\s+)*$", re.IGNORECASE),
        re.compile(rf"\s*{it}(?!\w)", re.IGNORECASE),
    )


def _moved(
    text: str, clause: tuple[int, int], match: re.Match[str], cited: Sequence[Cited], moves: Moves
) -> Sequence[Cited]:
    """The matters that a verb moves; none where it does not say that it is done."""
    start, end = clause
    leading = _masked(text, cited)[start : match.start()]
    settled = moves.settled.search(leading) is not None
    past = moves.finished.fullmatch(match[0]) is not None
    if moves.undone.search(leading) or not (past or settled):
        return ()
    before = [each for each in cited if each.end <= match.start()]
    if not settled and moves.passive.search(leading):
        return _subject(text, leading, match.start(), before, moves)
    if moves.told.fullmatch(match[0]):
        return _last(before, text)
    after = _objects(text, match.end(), end, cited)
    if after:
        return after
    rest = text[match.end() : end].strip(" .!\"“”'*\n")
    if moves.it.match(text, match.end(), end) or not rest or (settled and not re.match(r"[\w(]", rest)):
        return _last(before, text)
    return ()


def _masked(text: str, cited: Sequence[Cited]) -> str:
    """A text with the names of matters as blanks: their words say nothing of what is done to them."""
    for each in cited:
        text = text[: each.start] + " " * (each.end - each.start) + text[each.end :]
    return text


def _subject(text: str, leading: str, at: int, before: Sequence[Cited], moves: Moves) -> Sequence[Cited]:
    """What is named right before ``was accepted``."""
    passive = moves.passive.search(leading)
    stop = at - len(leading) + (passive.start() if passive else len(leading))
    return [each for each in before[-1:] if _NAMED.fullmatch(text[each.end : stop])]


def _objects(text: str, start: int, end: int, cited: Sequence[Cited]) -> list[Cited]:
    """What is named right behind the verb, and what is listed with it; of a bare number, the one named before."""
    row: list[Cited] = []
    at = start
    for each in cited:
        if at <= each.start < end:
            between = text[at : each.start]
            if not (
                _BETWEEN.fullmatch(between)
                if not row
                else re.fullmatch(r"(?:\s*\([^()]*\))?\s*(?:,|&|and|,\s*and)\s*", between)
            ):
                break
            row.append(each)
            at = each.end
    bare = re.match(r"\s*(\d+)(?!\w|\.\d)", text[start:end])
    if not row and bare:
        return [each for each in cited if each.mention.keys[0].endswith(f" {bare[1]}")][:1]
    return row


def _last(before: Sequence[Cited], text: str) -> list[Cited]:
    """The matter named last, with those of one series: ``it``, ``them``."""
    row: list[Cited] = []
    for each in reversed(before):
        if row and not re.fullmatch(
            r"(?:\s*\([^()]*\))?\s*(?:,|&|and|,\s*and)\s*(?:\w+\s+)?", text[each.end : row[-1].start]
        ):
            break
        row.append(each)
    return row[::-1]


def _decision(
    document: Document,
    statement: Statement,
    clause: tuple[int, int],
    status: Status,
    mention: Mention,
    vocabulary: Words,
) -> Resolved:
    start, end = clause
    text = " ".join(statement.text[start:end].split())
    condition = vocabulary.pattern("conditions").search(text)
    where = document.where(statement.sitting, None)
    dated = where["date"] if statement.sitting is not None else _path_date(document)
    number = int(re.sub(r"\D", "", mention.number)[-6:] or 0)
    return document.fact(
        Resolved,
        statement,
        "statuses.done" if statement.kind == "text" else "statuses.said",
        start,
        end,
        nth=number * 10 + len(status.rung) % 10,
        stated=statement.kind == "text",
        text=text,
        kind="set-status",
        ladder=status.ladder,
        status_to=status.rung,
        mentions=(mention,),
        conditions=(text[condition.start() :].rstrip(" ."),) if condition else (),
        date=dated,
    )


def _path_date(document: Document) -> str:
    """The date of a document that tells of no one sitting."""
    return dates.from_path(document.path, document.house.sitting.path).date
