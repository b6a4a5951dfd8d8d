"""The names of those who voted one way or another, as a document lists them.

Five forms are known: lines ("For (3): Reed, Low and Hart"), tables with a column for each choice ("|Yeas:|Nays:|"),
tables with a row for each member ("|Reed|Yes|"), and the division lists of parliaments (``ayes 2 noes 1``, then ``aye``
and its names, one to a line, those marked "[Teller]" or the last ones where the first line counts tellers).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from remembrancer.register.passes.names import NAME, NAMES, Named, are_names, name_at, names_in
from remembrancer.register.vocabulary import Words

CHOICES = ("yes", "no", "abstain", "absent", "recused", "not-voting")
_LIST = {choice: f"choice_{choice.replace('-', '_')}" for choice in CHOICES}
_COUNTED = re.compile(r"(?P<word>[a-z][a-z-]*) (?P<number>\d+)")
_FIRST_LINE = re.compile(r"(?:[a-z][a-z-]* \d+ ?)+")
_RULE = re.compile(r"[\s|:-]+")
_OTHER = re.compile(
    r"\n[ \t]*\n"
    r"|(?<=[a-zà-ÿ)])(?<!Mr)(?<!Mrs)(?<!Ms)(?<!Dr)(?<!Hon)(?<!Prof)(?<!Cllr)(?<!Messrs)(?<!Rev)\.\s+(?=[A-Z])"
    r"|\n(?=[ \t]*(?:The|It|Motion|RESOLVED|Der|Die|Das)\s)"
)
"""Where a sentence of another kind begins behind a list."""


class Choice(NamedTuple):
    """Those who made one choice: characters ``start:end`` hold its label, ``number`` is the count said there."""

    choice: str
    start: int
    end: int
    named: tuple[Named, ...]
    number: int | None = None


def choices_in(text: str, words: Words) -> tuple[Choice, ...]:
    """The lists of names by choice in a text, in its order; none where what it holds cannot be names."""
    if not text:
        return ()
    for form in (_division, _table, _lines, _one_by_one):
        found = tuple(form(text, words))
        if found:
            return found if all(are_names(list(each.named)) for each in found) else ()
    return ()


def dissent_in(text: str, start: int, end: int, words: Words) -> tuple[Choice, ...]:
    """Those whom a phrase names as having voted otherwise: "Ms Reed abstained", "with Hart and Low opposed"."""
    found: list[Choice] = []
    for match in _dissent(words).finditer(text, start, end):
        choice = next(choice for choice in CHOICES if match[choice.replace("-", "_")])
        named = tuple(names_in(text, *match.span("name")))
        if named and are_names(list(named)):
            found.append(Choice(choice, match.start(), match.end(), named))
    return tuple(found)


@lru_cache(maxsize=64)
def _dissent(words: Words) -> re.Pattern[str]:
    """A name, or a few, and what is said of their vote."""
    said = {choice: f"dissent_{choice.replace('-', '_')}" for choice in CHOICES}
    labels = "|".join(rf"(?P<{choice.replace('-', '_')}>(?i:{words.any_of(name)}))" for choice, name in said.items())
    return re.compile(rf"(?<!\w)(?P<name>{NAMES}),?\s+(?:{labels})(?!\w)")


def may_hold(text: str, words: Words) -> bool:
    """Whether a text may hold such lists; cheap."""
    return (
        "|" in text
        or _heads(words).search(text) is not None
        or _FIRST_LINE.match(text) is not None
        or _said(words).search(text) is not None
    )


def choice_of(label: str, words: Words) -> str:
    """The choice that a label says, in wire words, or nothing."""
    said = re.sub(r"\(.*", "", " ".join(label.split())).strip(" :.*").lower()
    return next((choice for choice, name in _LIST.items() if re.fullmatch(words.any_of(name), said, re.IGNORECASE)), "")


def _division(text: str, words: Words) -> Iterator[Choice]:
    """``ayes 2 noes 1 tellerayes 1``, then lines."""
    lines = [(match.start(), match.end()) for match in re.finditer(r"[^\n]+", text)]
    if len(lines) < 3 or not _FIRST_LINE.fullmatch(text[slice(*lines[0])].strip()):
        return
    counts, tellers = _declared(text[slice(*lines[0])], words)
    heads = [at for at, line in enumerate(lines) if at and choice_of(text[slice(*line)], words)]
    for at, after in zip(heads, [*heads[1:], len(lines)], strict=False):
        choice = choice_of(text[slice(*lines[at])], words)
        named = [each for line in lines[at + 1 : after] if (each := name_at(text, *line)) is not None]
        first_teller = len(named) - tellers.get(choice, 0)
        marked = tuple(each._replace(teller=each.teller or n >= first_teller) for n, each in enumerate(named))
        yield Choice(choice, *lines[at], marked, counts.get(choice))


def _declared(line: str, words: Words) -> tuple[dict[str, int], dict[str, int]]:
    """The counts of a division's first line by choice, and how many of each were tellers beside them."""
    counts: dict[str, int] = {}
    tellers: dict[str, int] = {}
    for match in _COUNTED.finditer(line):
        teller = match["word"].startswith("teller")
        choice = choice_of(match["word"].removeprefix("teller").strip("-"), words)
        if choice:
            (tellers if teller else counts)[choice] = int(match["number"])
    return counts, tellers


def _table(text: str, words: Words) -> Iterator[Choice]:
    """Rows with pipes: the first whose cells say choices is the head; else rows of a name and a choice."""
    rows = [_cells(text, match.start(), match.end()) for match in re.finditer(r"[^\n]*\|[^\n]*", text)]
    rows = [row for row in rows if row and not all(_RULE.fullmatch(text[start:end] or "-") for start, end in row)]
    for at, row in enumerate(rows):
        heads = [choice_of(text[start:end], words) for start, end in row]
        if sum(bool(head) for head in heads) >= min(2, len(row)) and all(heads[1:]):
            members = not heads[0] and re.fullmatch(
                words.any_of("column_name"), text[slice(*row[0])].strip(" :*"), re.I
            )
            if heads[0]:
                yield from _columns(text, row, heads, rows[at + 1 :])
            elif members:
                yield from _marked(text, row, heads, rows[at + 1 :], words)
            return
        if len(row) > 2 and sum(bool(head) for head in heads[1:]) > 1 and all(start < end for start, end in row):
            own = [head or text[slice(*cell)].strip(" :*") for head, cell in zip(heads, row, strict=True)]
            yield from _columns(text, row, own, rows[at + 1 :])
            return
    yield from _rows(text, rows, words)


def _cells(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The ranges of the cells of a row, without white space; those that are empty too."""
    bars = [start - 1, *(at for at in range(start, end) if text[at] == "|"), end]
    cells = [_trimmed(text, first + 1, last) for first, last in pairwise(bars)]
    outer = slice(int(cells[0][0] == cells[0][1]), len(cells) - int(cells[-1][0] == cells[-1][1]))
    return cells[outer]


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    inner = text[start:end]
    first = start + len(inner) - len(inner.lstrip())
    return first, max(first, end - len(inner) + len(inner.rstrip()))


def _columns(
    text: str, head: list[tuple[int, int]], choices: list[str], rows: list[list[tuple[int, int]]]
) -> Iterator[Choice]:
    """A column of names for each choice."""
    for at, choice in enumerate(choices):
        named = [each for row in rows if at < len(row) for each in names_in(text, *row[at])]
        number = re.search(r"(?<![\w.])\d+(?![\w.])", text[slice(*head[at])])
        yield Choice(choice, *head[at], tuple(named), int(number[0]) if number else None)


def _marked(
    text: str, head: list[tuple[int, int]], choices: list[str], rows: list[list[tuple[int, int]]], words: Words
) -> Iterator[Choice]:
    """A column of names, and a mark in the column of each one's choice."""
    for at, choice in enumerate(choices):
        named = [
            each
            for row in rows
            if choice and at < len(row) and re.fullmatch(words.any_of("mark"), text[slice(*row[at])], re.IGNORECASE)
            for each in names_in(text, *row[0])
        ]
        if choice and named:
            yield Choice(choice, *head[at], tuple(named))


def _rows(text: str, rows: list[list[tuple[int, int]]], words: Words) -> Iterator[Choice]:
    """Rows of a name and its choice, or of a choice and its names."""
    said: dict[str, list[tuple[tuple[int, int], tuple[Named, ...]]]] = {}
    for row in rows:
        if len(row) != 2:
            continue
        first, second = (choice_of(text[start:end], words) for start, end in row)
        if bool(first) != bool(second):
            label, names = (row[0], row[1]) if first else (row[1], row[0])
            said.setdefault(first or second, []).append((label, tuple(names_in(text, *names))))
    if len(said) > 1 or sum(map(len, said.values())) > 2:
        for choice, entries in said.items():
            yield Choice(choice, *entries[0][0], tuple(each for _, named in entries for each in named))


def _lines(text: str, words: Words) -> Iterator[Choice]:
    """``For (3): Reed, Low and Hart``, at the start of a line or behind the end of a sentence."""
    heads = list(_heads(words).finditer(text))
    for at, head in enumerate(heads):
        after = heads[at + 1].start() if at + 1 < len(heads) else len(text)
        end = _end_of_list(text, head.end(), after)
        number = head["inner"] or head["outer"]
        label = next(choice for choice in CHOICES if head[choice.replace("-", "_")])
        yield Choice(
            label,
            head.start("label"),
            head.end(),
            tuple(names_in(text, head.end(), end)),
            int(number) if number else None,
        )


@lru_cache(maxsize=64)
def _heads(words: Words) -> re.Pattern[str]:
    """A choice as the label of a list, with its number in brackets or not."""
    labels = "|".join(
        rf"(?P<{choice.replace('-', '_')}>{words.any_of(name)})" for choice, name in reversed(_LIST.items())
    )
    return re.compile(
        rf"(?:^|(?<=[\n|;\t])|(?<=[.;:]\s))[ \t]*(?P<label>{labels})"
        r"(?:[ \t]*\((?P<inner>\d+)\)[ \t]*[:\t–—-]?|[ \t]*(?P<outer>\d+)?[ \t]*[:–—])",
        re.IGNORECASE,
    )


def _one_by_one(text: str, words: Words) -> Iterator[Choice]:
    """``Reed - aye; Low - aye; Hart - nay``: each with what was answered, three at least on end."""
    runs: list[list[re.Match[str]]] = [[]]
    for match in _answers(words).finditer(text):
        if runs[-1] and not _BETWEEN.fullmatch(text, runs[-1][-1].end(), match.start()):
            runs.append([])
        runs[-1].append(match)
    longest = max(runs, key=len)
    for choice in CHOICES:
        said = [match for match in longest if match[choice.replace("-", "_")]]
        if said and len(longest) >= _ON_END:
            named = tuple(each for match in said if (each := name_at(text, *match.span("name"))) is not None)
            yield Choice(choice, *said[0].span(), named)


_ON_END = 3
_BETWEEN = re.compile(r"[\s;,.&|-]*(?:(?:and|und|et|y)\s+)?[\s|-]*")


@lru_cache(maxsize=64)
def _said(words: Words) -> re.Pattern[str]:
    """A sign and an answer: cheap."""
    return re.compile(rf"[-–—:,]\s?(?:{'|'.join(words.any_of(name) for name in _LIST.values())})(?!\w)", re.IGNORECASE)


@lru_cache(maxsize=64)
def _answers(words: Words) -> re.Pattern[str]:
    """A name, a sign, and what its bearer answered."""
    labels = "|".join(rf"(?P<{choice.replace('-', '_')}>(?i:{words.any_of(name)}))" for choice, name in _LIST.items())
    return re.compile(rf"(?<!\w)(?P<name>{NAME})\s?(?:[-–—:]|,(?=\s))\s?(?:{labels})(?=\s*(?:[;,.|\n]|$|and\s))")


def _end_of_list(text: str, start: int, end: int) -> int:
    """Where a list ends: at a blank line, or where a sentence of another kind begins."""
    match = _OTHER.search(text, start, end)
    return match.start() if match else end
