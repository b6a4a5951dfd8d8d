"""Polls whose answers stand under labels of their own: what the room thinks, counted.

A table ``| SF | F | N | A | SA |`` over a row of numbers, lines ``SF: 12`` one below another, ``SF 12 F 3 N 0 A 0
SA 0`` on one line, or numbers first (``1 SF, 5 F, 2 N``). The labels and their order stay as they are; answers that
are plain choices (For, Against, Abstain) become their wire words. A number may be a sum (``25 + 3 in chat``); a
label without a number is left out. The question is the poll's text above it. A poll informs, it decides nothing:
what it is declared to have decided is only what the notes say directly below it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from remembrancer.model import Mark, Outcome
from remembrancer.register.document import Document, Statement, lines
from remembrancer.register.facts import AnyFact, Voted
from remembrancer.register.passes.tallies import CHOICE_LISTS, tally_words
from remembrancer.register.vocabulary import Words

_NUMBER = r"~?(?P<number>\d{1,4}(?:\s*\+\s*\d{1,4})*)(?!\w)"
_CELL = re.compile(r"\s*[|,;]\s*|\s{2,}|\t")
_SEPARATOR = re.compile(r"[\s|:+=—–-]*")
_SHORT = 400
_BACK = 15
_QUESTION = 3
"""How many words a question has at least."""


_Answers = tuple[tuple[str, int | None], ...]


class _Said(NamedTuple):
    """One line of a poll: its labels and numbers, and where it stands. A label may stand without a number."""

    at: int
    start: int
    end: int
    answers: _Answers


class _Forms(NamedTuple):
    label: re.Pattern[str]
    label_first: re.Pattern[str]
    number_first: re.Pattern[str]
    words: Words


def find(document: Document, found: Sequence[AnyFact]) -> Iterator[AnyFact]:
    """The polls of a document, but for those that a vote was already found in."""
    forms = _forms(tally_words(document.language, document.house))
    last = -1
    for poll in _polls(document.statements, forms):
        if not any(already(found, document.statements[said.at], said.start, said.end) for said in poll):
            yield _voted(document, poll, last, forms)
        last = poll[-1].at


def already(found: Sequence[AnyFact], statement: Statement, start: int, end: int) -> bool:
    """Whether a vote was found in characters ``start:end`` of a statement, or they in its words."""
    spans = statement.spans(start, end)
    return any(
        mark.start < span.end and span.start < mark.end
        for fact in found
        if isinstance(fact, Voted) and fact.element == statement.id
        for mark in fact.marks[:1]
        for span in spans
    )


def _forms(words: Words) -> _Forms:
    label = words.any_of("poll_labels")
    return _Forms(
        re.compile(label),
        re.compile(rf"(?<![\w-])(?P<label>{label})(?:\s*[:=–|-]\s*|\s){_NUMBER}"),
        re.compile(rf"(?<![\w.,-]){_NUMBER}\s(?P<label>{label})(?![\w-])"),
        words,
    )


def _polls(statements: Sequence[Statement], forms: _Forms) -> Iterator[list[_Said]]:
    """Runs of lines that are one poll: a line that says something else, or a label again, begins another. What an
    agenda tells before anybody has spoken was polled elsewhere."""
    run: list[_Said] = []
    header: tuple[int, tuple[str, ...]] = (0, ())
    opened = False
    for index, statement in enumerate(statements):
        opened = opened or statement.kind == "speech"
        for start, end in lines(statement.text) if opened or statement.section != "agenda" else ():
            line = statement.text[start:end]
            if _SEPARATOR.fullmatch(line):
                continue
            below = _row(line, header[1])
            answers = below or _answers(line, forms)
            if run and _ends(statements, run, index, answers) and (answers or not _aside(line)):
                yield from _whole(run)
                run = []
            if answers:
                run.append(_Said(index, header[0] if below else start, end, answers))
            header = (start, () if answers else _header(line, forms))
    yield from _whole(run)


def _ends(statements: Sequence[Statement], run: list[_Said], index: int, answers: _Answers) -> bool:
    """Whether a run cannot go on with a line of these answers."""
    known = {label for said in run for label, _ in said.answers}
    elsewhere = statements[run[-1].at].item != statements[index].item
    return not answers or elsewhere or any(label in known for label, _ in answers)


def _whole(run: list[_Said]) -> Iterator[list[_Said]]:
    """The run, if it is a poll: three labels at least, or two that are numbered, and something counted."""
    answers = [answer for said in run for answer in said.answers]
    numbered = sum(number is not None for _, number in answers)
    if numbered and (len(answers) >= 3 or numbered >= 2):
        yield run


def _aside(line: str) -> bool:
    """A remark in brackets among the lines of a poll does not end it."""
    return line[0] in "[(<" and line[-1] in "])>"


def _header(line: str, forms: _Forms) -> tuple[str, ...]:
    """The labels of a line that is nothing but labels in cells."""
    cells = tuple(cell for cell in _CELL.split(line.strip("| \t")) if cell)
    return cells if len(cells) > 2 and all(forms.label.fullmatch(cell) for cell in cells) else ()


def _row(line: str, header: tuple[str, ...]) -> _Answers:
    """The numbers of a line below a header, one to a cell."""
    if not header:
        return ()
    cells = _CELL.split(re.sub(r"^\|\s*|\s*\|$", "", line))
    matches = [re.match(_NUMBER, cell.strip()) for cell in cells]
    if len(cells) != len(header) or not any(matches):
        return ()
    if any(cell.strip(" -–?") and not match for cell, match in zip(cells, matches, strict=True)):
        return ()
    return tuple((label, _value(match) if match else None) for label, match in zip(header, matches, strict=True))


def _answers(line: str, forms: _Forms) -> _Answers:
    """The answers of a line: one that it consists of, or several that stand in it one after another."""
    stripped = line.strip("| \t")
    alone = forms.label_first.match(stripped)
    if alone and re.fullmatch(r"[^\d:|]{0,40}", stripped[alone.end() :]):
        return ((alone["label"], _value(alone)),)
    empty = re.fullmatch(r"(.{1,20}?)\s?[:|]", stripped)
    if empty and forms.label.fullmatch(empty[1]):
        return ((empty[1], None),)
    if not any(character.isdigit() for character in stripped):
        return ()
    return max(_several(stripped, forms.label_first), _several(stripped, forms.number_first), key=len)


def _several(line: str, form: re.Pattern[str]) -> _Answers:
    """Three answers at least, or two that the line consists of, with nothing but punctuation between them."""
    matches = list(form.finditer(line))
    labels = [match["label"] for match in matches]
    gaps = [line[one.end() : two.start()] for one, two in pairwise(matches)]
    if len(labels) < 2 or len(set(labels)) < len(labels) or any(gap.strip(" |,;./") not in ("", "and") for gap in gaps):
        return ()
    around = line[: matches[0].start()] + line[matches[-1].end() :]
    if len(labels) == 2 and (around.strip(" .") or min(map(len, labels)) < 2):
        return ()
    return tuple((match["label"], _value(match)) for match in matches)


def _value(match: re.Match[str]) -> int:
    return sum(int(part) for part in match["number"].split("+"))


def _voted(document: Document, poll: list[_Said], last: int, forms: _Forms) -> Voted:
    statements = document.statements
    first = statements[poll[0].at]
    counts = tuple((label, number) for said in poll for label, number in said.answers if number is not None)
    wire = _wire(tuple(label for label, _ in counts), forms.words)
    question, marks = _beside(document, first, poll[0], forms) or question_above(
        document, poll[0].at, poll[0].start, last, forms.words
    )
    pieces = [mark for said in poll[1:] for mark in document.marks(statements[said.at], said.start, said.end)]
    end, declared = _declared(statements, poll[-1], forms.words)
    told = document.marks(statements[end]) if declared else ()
    informs = not wire or bool(forms.words.pattern("poll_informs").search(f"{question} {_cue(statements, poll[0])}"))
    return document.fact(
        Voted,
        first,
        "tallies.poll",
        poll[0].start,
        poll[0].end,
        more=(*pieces, *marks, *told),
        question=question,
        method="poll" if informs else "tally",
        declared=declared,
        counts=tuple((wire.get(label, label), number) for label, number in counts),
    )


def _beside(
    document: Document, statement: Statement, said: _Said, forms: _Forms
) -> tuple[str, tuple[Mark, ...]] | None:
    """The question on the line of the answers: ``Poll: Shall we meet in May? Yes: 9, No: 2``."""
    line = statement.text[said.start : said.end]
    answers = [match.start() for form in (forms.label_first, forms.number_first) for match in form.finditer(line)]
    asked = line.rfind("?", 0, min(answers, default=0)) + 1
    label = re.match(rf"(?:{forms.words.any_of('poll_cue')})\s*[:–-]\s*", line, re.IGNORECASE)
    start = label.end() if label else 0
    if len(line[start:asked].split()) < _QUESTION:
        return None
    return line[start:asked], document.marks(statement, said.start + start, said.start + asked)


def _wire(labels: Iterable[str], words: Words) -> dict[str, str]:
    """Label to choice, if every label is a plain choice."""
    choices: dict[str, str] = {}
    for label in labels:
        fitting = (choice for name, choice in CHOICE_LISTS.items() if words.pattern(name).fullmatch(label))
        choices[label] = next(fitting, "") if len(label) > 1 else ""
    return choices if all(choices.values()) and len(set(choices.values())) == len(choices) else {}


def _cue(statements: Sequence[Statement], said: _Said) -> str:
    """The words just before a poll: those of its own statement, and the statement above."""
    before = statements[said.at - 1].text if said.at else ""
    return f"{before[-_SHORT:]}\n{statements[said.at].text[: said.start]}"


def question_above(document: Document, at: int, start: int, last: int, words: Words) -> tuple[str, tuple[Mark, ...]]:
    """What was put before character ``start`` of statement ``at``, and its evidence: the line above that announces
    it, else the heading that does, else a line of the notes directly above, else the item's title. Lines are looked
    at down to statement ``last``, where the vote before it stands."""
    first = document.statements[at]
    heading = next((each for each in document.under(first.item) if each.kind == "item"), None)
    above = list(_above(document.statements, at, start, last))
    announced = next(filter(None, (_announced(*each, words) for each in above)), None)
    if announced is None and not (heading and words.pattern("poll_cue").search(heading.text)):
        announced = next(((each[0], each[1], each[2]) for each in above[:2] if _stands_alone(*each, words)), None)
    if announced is not None:
        statement, start, end = announced
        return statement.text[start:end], document.marks(statement, start, end)
    return heading_of(document, first.item)


def heading_of(document: Document, item: int | None) -> tuple[str, tuple[Mark, ...]]:
    """The title of the item, or of that above it where it only names a section, as "Conclusion" does."""
    sections = [pattern for patterns in document.house.sections.values() for pattern in patterns]
    for each in document.ancestors(item):
        title = document.proceedings.items[each].title
        heading = next((below for below in document.under(each) if below.kind == "item"), None)
        if heading and not any(re.fullmatch(pattern, title, re.IGNORECASE) for pattern in sections):
            return title, document.marks(heading)
    return "", ()


def _above(statements: Sequence[Statement], at: int, before: int, last: int) -> Iterator[tuple[Statement, int, int]]:
    """The lines above a poll, from the nearest, down to the poll before it and within its item."""
    for index in range(at, max(last, at - _BACK), -1):
        statement = statements[index]
        if statement.item != statements[at].item or statement.kind == "item":
            return
        stop = before if index == at else len(statement.text)
        for start, end in reversed(lines(statement.text[:stop])):
            if not _SEPARATOR.fullmatch(statement.text[start:end]):
                yield statement, start, end


def _announced(statement: Statement, start: int, end: int, words: Words) -> tuple[Statement, int, int] | None:
    """The question in ``Poll: Shall we ...``."""
    cue = re.match(rf"\W*{words.any_of('poll_cue')}(?!\w)[^:]{{0,40}}", statement.text[start:end], re.IGNORECASE)
    if not cue or statement.section == "agenda":
        return None
    colon = re.compile(r"\W*(?=\w)").match(statement.text, start + cue.end(), end)
    bare = re.fullmatch(rf"\W*{words.any_of('poll_cue')}\W*", cue[0], re.IGNORECASE)
    if bare and colon:
        return statement, colon.end(), end
    return None if bare else (statement, start, end)


def _stands_alone(statement: Statement, start: int, end: int, words: Words) -> bool:
    """A line that is no remark and no bare cue, of the notes or a paragraph of its own at the end of a speech."""
    line = statement.text[start:end]
    bare = re.fullmatch(rf"\W*{words.any_of('poll_cue')}\W*", line, re.IGNORECASE)
    own = statement.kind == "text" or (statement.text[:start].endswith("\n\n") and end - start <= 120)
    return own and not bare and not _aside(line) and end - start <= _SHORT


def _declared(statements: Sequence[Statement], said: _Said, words: Words) -> tuple[int, Outcome]:
    """How the notes directly below say that it ended, and the index of the statement that says so."""
    for index in (said.at, said.at + 1):
        if index >= len(statements) or statements[index].item != statements[said.at].item:
            break
        text = statements[index].text[said.end if index == said.at else 0 :].strip()
        short = len(text) <= (200 if statements[index].kind == "text" else 40)
        outcome = outcome_of(text, words) if short else ""
        if outcome:
            return index, outcome
    return said.at, ""


def outcome_of(text: str, words: Words) -> Outcome:
    """How a poll ended, as a line of the notes says it; ``words`` are those of ``tally_words``."""
    outcomes: tuple[tuple[str, Outcome], ...] = (
        ("poll_no_consensus", "no-consensus"),
        ("poll_lost", "lost"),
        ("poll_carried", "carried"),
    )
    return next((outcome for name, outcome in outcomes if words.pattern(name).search(text)), "")
