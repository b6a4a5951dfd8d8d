"""Who promised what by when.

    ACTION: The Clerk to write to the bank by 3 May.        AI(binji): file an issue       [AI: file an issue]
    below "Action items":  - Ann Able: order the stands     - Ann to order the stands      - [x] @ann order the stands
    | Action | Owner | Due | Status |                       actions: [{owner, action, due, status}] in a file
    Auftrag: Frau Able soll bis zum 3. Mai die Bank anschreiben.

An owner or a day that is not written is left empty; "by the next meeting" stays in the words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from msgspec.structs import replace

from remembrancer.model import Span
from remembrancer.read import dates
from remembrancer.register import vocabulary
from remembrancer.register.document import Cell, Document, Statement
from remembrancer.register.facts import AnyFact, Promised
from remembrancer.register.passes.matters import mentions_in
from remembrancer.register.passes.names import NAMES
from remembrancer.register.passes.paragraphs import depth, listed, paragraphs, struck
from remembrancer.register.vocabulary import Words

_BOX = re.compile(r"\s*\[(?P<sign>[ xX✓]?)\]\s*")
_HANDLE = r"@[\w-]+(?:\s*(?:,|&|/|and|und)\s*@[\w-]+)*"
_SURNAMED = r"(?:\s+[A-Z](?:\.|[\w'’-]*)(?=\s))"
"""A further name behind a handle, as ``@Ann A``."""
_TAGGED = re.compile(rf"\s*(?P<owner>@[\w-]+{_SURNAMED}?(?=\s+to\s)|{_HANDLE})[\s:,-]+(?:to\s+)?")
_HELD = re.compile(r"\s*(?P<owner>[^\W\d_a-z][^:\n|]{1,58}?|@[\w-]+)\s*:\s+(?=\S)")
_TRAILING = re.compile(r"\s*[(\[]\s*(?P<owner>[^()\[\]]{2,50})\s*[)\]]\s*\.?\s*$")
_MENTIONED = re.compile(r"\s(?P<owner>@[\w-]+(?:\s+[A-Z][\w'’-]*)?)\s*\.?\s*$")
_DASHED = re.compile(r"\s*(?P<owner>[^\W\d_a-z][^:\n|–—-]{1,58}?)\s+[-–—]\s+(?=\S)")
_LEAD = re.compile(r"\s*(?:\(?\d{1,3}[.)]\s+)?(?:\[[ xX✓]?\]\s*)?(?:\[\d{4}-\d{2}-\d{2}\]:?\s*)?")
_TO_DO = re.compile(r"(?!https?:)[^\W_](?!.*:\s*$)", re.DOTALL)
"""An entry that is no bare link and introduces no list of its own."""
_ADDRESS = re.compile(r"^(?P<member>.*\[\d+\])\.(?P<field>[^.\[\]]+)$")
_WORDS = re.compile(r"[^\W\d_]{2}")
_LISTED = ("actions.entry", "actions.detail")
_COLUMNS = ("owner", "text", "due", "done", "date")


class Task(NamedTuple):
    """An action at characters ``start:end`` of a statement, its own words from ``words_at``."""

    start: int
    end: int
    words_at: int
    owner: str
    rule: str
    stated: bool = True


def find(document: Document, found: Sequence[AnyFact]) -> Iterable[AnyFact]:
    """The actions of a document."""
    words = vocabulary.words("actions", document.language, document.house)
    if document.cells:
        yield from _of_fields(document, words)
    known = _known(document)
    depths: dict[int | None, int] = {}
    numbering, told = _numbering(document, words), set[tuple[str, str, str]]()
    for statement in document.statements:
        if statement.kind == "item" or statement.section == "agenda":
            continue
        listing = _lists(document, statement, words)
        if listing and "|" in statement.text:
            yield from _of_table(document, statement, words)
            continue
        listing = listing and statement.item not in numbering
        if listing:
            depths.setdefault(statement.item, depth(document, statement))
        for task in _tasks(document, statement, words, known, depths.get(statement.item) if listing else None):
            promised = _promised(document, statement, task, words)
            if (alike := (promised.sitting, promised.owner, promised.text)) not in told:
                told.add(alike)
                yield promised


def _numbering(document: Document, words: Words) -> frozenset[int]:
    """The items whose list of actions numbers them (``ACTION 12.3:``): what has no number there is no action, but
    tells of one."""
    labelled = _labelled(words.any_of("labels"))
    return frozenset(
        statement.item
        for statement in document.statements
        if statement.item is not None
        and _lists(document, statement, words)
        and (match := labelled.match(statement.text))
        and match["count"]
    )


def _known(document: Document) -> frozenset[str]:
    """The words of the names of those who attended or spoke, without capitals."""
    labels = {
        label
        for sitting in document.proceedings.sittings
        for who in sitting.attendance
        for label in (who.label, who.abbreviation)
    }
    labels |= {label for speech in document.proceedings.speeches for label in (speech.speaker, speech.name)}
    return frozenset(word for label in labels for word in re.findall(r"[^\W_][\w-]+", label.casefold()))


def _lists(document: Document, statement: Statement, words: Words) -> bool:
    """Whether a statement stands below a heading of actions."""
    if statement.kind == "speech":
        return False
    if statement.section == "actions":
        return True
    item = document.proceedings.items[statement.item] if statement.item is not None else None
    heading = re.sub(r"^[\d.\s)]+|[\s:.*_]+$", "", item.title) if item else ""
    return words.pattern("headings").fullmatch(heading) is not None


_COUNT = r"(?P<count>\s+\d+(?:[./-]\d+)*\.?(?=\s*[:–—]|(?<=\.)\s))?"
"""The number of an action behind its label: ``ACTION 12.3:``, ``ACTION 12.3. Ann to ...``."""


@cache
def _labelled(labels: str) -> re.Pattern[str]:
    """A label at the start of a paragraph or a sentence, or within brackets."""
    return re.compile(
        rf"(?:^|(?<=[.!?)]\s)|(?<=[.!?]\s\s)|(?<=\n)|(?=\[))[\s>*_#]*(?P<open>\[)?(?P<label>{labels}){_COUNT}"
        r"(?:(?P<shut>(?<=\w)\]\s*:?)|\s*(?:\((?P<owner>[^)\n]{1,60})\))?\s*(?:[:–—]|\s-\s|(?<=\))|(?<=\d\.)))\s*",
        re.IGNORECASE,
    )


def _tasks(
    document: Document, statement: Statement, words: Words, known: frozenset[str], top: int | None
) -> Iterator[Task]:
    """The actions of a statement; ``top`` is the depth of the list it stands in, if that is one of actions."""
    text, labelled = statement.text, _labelled(words.any_of("labels"))
    if _is_label(document, statement, words):
        yield from _told(statement, Task(0, len(text.rstrip()), 0, "", "actions.label"), words, known)
        return
    for start, end in paragraphs(document, statement, entries=True):
        match = labelled.search(text, start, end)
        if match and match["label"] not in _initials(document):
            at = match.start() + len(match.group()) - len(match.group().lstrip())
            enclosed = match["open"] and not match["shut"]
            closing = text.find("]", match.end(), end) if enclosed else end
            rule = "actions.bracket" if enclosed else "actions.label"
            if closing > 0:
                yield from _told(statement, Task(at, closing, match.end(), match["owner"] or "", rule), words, known)
        elif top is not None and not match and (listed(document, statement, start) or statement.section == "actions"):
            detail = depth(document, statement, start) > top
            rule = "actions.detail" if detail else "actions.entry"
            yield from _told(statement, Task(start, end, start, "", rule), words, known)
        elif (box := _BOX.match(text, start, end)) and _TAGGED.match(text, box.end(), end):
            yield from _told(statement, Task(start, end, start, "", "actions.box"), words, known)
        elif statement.kind == "speech":
            yield from _spoken(statement, start, end, words)


def _is_label(document: Document, statement: Statement, words: Words) -> bool:
    """Whether a speech is none: its speaker is a label of actions, and nobody is called so."""
    if statement.kind != "speech" or not words.pattern("labels").fullmatch(statement.speaker):
        return False
    dutied = _dutied(words.any_of("duty")).match(statement.text)
    return statement.speaker not in _initials(document) and not statement.name and dutied is not None


def _initials(document: Document) -> set[str]:
    """The abbreviations of those who attended: ``AI`` may be somebody."""
    return {who.abbreviation for sitting in document.proceedings.sittings for who in sitting.attendance}


def _told(statement: Statement, task: Task, words: Words, known: frozenset[str]) -> Iterator[Task]:
    """An action with its owner where one is written; none where the words say there is nothing to do, and none from
    the details below an entry unless they name an owner."""
    lead = _LEAD.match(statement.text, task.words_at, task.end)
    words_at = lead.end() if lead else task.words_at
    text = statement.text[words_at : task.end]
    if (
        not _WORDS.search(text)
        or words.pattern("scribe").match(text)
        or (task.rule in _LISTED and words.pattern("states").match(text))
        or words.pattern("nothing").fullmatch(text.strip(" ."))
        or text.rstrip().endswith("?")
    ):
        return
    owner, skipped = (task.owner, 0) if task.owner else _owner(text, words, known, task.rule)
    entry = task.rule in _LISTED
    if not owner and (task.rule == "actions.detail" or (entry and not _TO_DO.match(text))):
        return
    if _WORDS.search(statement.text[words_at + skipped : task.end]) and not owner.startswith(("{", "<")):
        rule = "actions.entry" if entry else task.rule
        yield task._replace(words_at=words_at + skipped, owner=owner.strip(" *_"), rule=rule)


@cache
def _dutied(duty: str) -> re.Pattern[str]:
    return re.compile(rf"\s*(?P<owner>{NAMES}|{_HANDLE}|[^\W_][\w-]+)\s*,?\s+(?i:{duty})\s+(?=\S)")


def _owner(text: str, words: Words, known: frozenset[str], rule: str) -> tuple[str, int]:
    """Who is to do it, and how many characters say so before the words of the action."""
    tagged = _TAGGED.match(text)
    if tagged and not re.match(r"(?:[A-Z]|has|have|is|was)\b", text[tagged.end() :]):
        return tagged["owner"], tagged.end()
    listing = rule in _LISTED
    dutied = _dutied(words.any_of("duty"))
    for pattern in (dutied, _HELD, _DASHED) if listing else (dutied,):
        match = pattern.match(text)
        task = match is not None and words.pattern("tasks").match(text, match.end()) is not None
        strict = rule == "actions.detail" or pattern is _DASHED
        if match and _may_own(match["owner"], words, known, task and pattern is not _DASHED, strict):
            return match["owner"], match.end()
    trailing = _TRAILING.search(text) or (_MENTIONED.search(text) if listing or rule == "actions.box" else None)
    return (_named(trailing["owner"], words, known), 0) if trailing else ("", 0)


def _may_own(owner: str, words: Words, known: frozenset[str], task: bool, strict: bool) -> bool:
    """Whether a label may be somebody's: a name known in this document, one before the words of a task, or, unless
    ``strict``, whatever is written as a name."""
    parts = re.findall(r"[^\W_][\w-]+", owner.casefold())
    if not parts or len(parts) > 8 or "http" in parts or words.pattern("nobody").fullmatch(parts[0]):
        return False
    if any(part in known for part in parts) or owner.startswith("@"):
        return True
    if words.pattern("labels_only").fullmatch(owner.strip()) or words.pattern("tasks").fullmatch(parts[0]):
        return False
    return (task and len(parts) == 1) or (not strict and not owner[0].islower())


def _named(brackets: str, words: Words, known: frozenset[str]) -> str:
    """The owner that brackets at the end name: ``(@ann)``, ``(owner: Ann Able)``, ``(ann)`` if Ann was there."""
    match = re.match(rf"(?:{words.any_of('owner')})\s*:?\s+(?P<owner>\S.*)", brackets, re.IGNORECASE)
    if match:
        return match["owner"]
    parts = re.findall(r"[^\W_][\w-]+", brackets.casefold())
    return brackets if brackets.startswith("@") or (parts and all(part in known for part in parts)) else ""


def _spoken(statement: Statement, start: int, end: int, words: Words) -> Iterator[Task]:
    """``Action for Councillor Able, a paper on the tap``: what a speaker hands out, inferred."""
    yield from _taken_on(statement, start, end, words)
    match = words.pattern("said").search(statement.text, start, end)
    if match is None:
        return
    who = re.compile(rf"\s+(?P<owner>{NAMES})\s*[,:]\s*").match(statement.text, match.end(), end)
    if who and not words.pattern("due").match(statement.text, who.end()):
        stop = re.compile(r"[.?!](?=\s|$)").search(statement.text, who.end(), end)
        yield Task(match.start(), stop.start() if stop else end, who.end(), who["owner"], "actions.said", stated=False)


def _taken_on(statement: Statement, start: int, end: int, words: Words) -> Iterator[Task]:
    """``I'll take an action item to order paint``: what a speaker takes on, inferred."""
    match = words.pattern("taken_on").search(statement.text, start, end) if statement.speaker else None
    if match:
        stop = re.compile(r"[.?!](?=\s|$)|\n").search(statement.text, match.end(), end)
        last = stop.start() if stop else end
        if not (stop and stop[0] == "?") and _WORDS.search(statement.text[match.end() : last]):
            yield Task(match.start(), last, match.end(), statement.speaker, "actions.said", stated=False)


def _promised(document: Document, statement: Statement, task: Task, words: Words) -> Promised:
    text = " ".join(statement.text[task.words_at : task.end].split())
    whole = statement.text[task.start : task.end]
    day = document.dates[statement.sitting] if statement.sitting is not None else ""
    return document.fact(
        Promised,
        statement,
        task.rule,
        task.start,
        task.end,
        stated=task.stated,
        owner=" ".join(task.owner.split()),
        text=text,
        due=due_in(text, day, words),
        done=_is_done(whole, words) or struck(document, statement, task.start),
        mentions=tuple(
            replace(mention, marks=document.marks(statement, task.words_at + start, task.words_at + end))
            for start, end, mention in mentions_in(statement.text[task.words_at : task.end], document)
        ),
    )


def due_in(text: str, day: str, words: Words) -> str:
    """The EDTF date by which something is to be done, as its words say; a day without a year is the next after
    ``day``, the sitting's EDTF date. Empty where there is none."""
    year = day[:4]
    for found in dates.find(text, year):
        before = text[max(found.start - 40, 0) : found.start].rstrip(" ,")
        near = re.search(
            rf"(?<!\w){words.any_of('due')}(?:\s+(?:the|den|dem))?\s*:?\s*(?:\w+day,?\s*)?$", before, re.IGNORECASE
        )
        if near:
            return found.value if found.whole else _after(found.value, day)
    return ""


def _after(value: str, day: str) -> str:
    """A day of the sitting's year, or of the next where it was over by then."""
    if len(value) != 10 or value >= day[:10]:
        return value
    try:
        return date.fromisoformat(value).replace(year=int(value[:4]) + 1).isoformat()
    except ValueError:
        return value


def _is_done(text: str, words: Words) -> bool:
    box = _BOX.match(text)
    if box:
        return bool(box["sign"].strip())
    end = re.search(r"(?:[(\[–—-]\s*|\.\s+)(?P<last>[^()\[\].–—-]{2,40})[)\].]*\s*$", text)
    return end is not None and words.pattern("done").match(end["last"].strip()) is not None


def _columns(names: Iterable[str], words: Words) -> dict[str, int]:
    """Which column says what; empty unless there are both an action and an owner."""
    places: dict[str, int] = {}
    for index, name in enumerate(names):
        for column in _COLUMNS:
            if column not in places and words.pattern(f"column_{column}").fullmatch(
                name.strip(" *_:").replace("-", " ")
            ):
                places[column] = index
                break
    return places if {"owner", "text"} <= places.keys() else {}


def _of_table(document: Document, statement: Statement, words: Words) -> Iterator[Promised]:
    """The rows of a table whose head names an action and an owner."""
    rows = [(match.start(), match.end(), match.group()) for match in re.finditer(r"[^\n]*\|[^\n]*", statement.text)]
    cells = [[cell.strip() for cell in row.strip().strip("|").split("|")] for _, _, row in rows]
    columns = _columns(cells[0], words) if cells else {}
    for (start, end, _), row in zip(rows[1:], cells[1:], strict=True):
        said = {name: row[index] for name, index in columns.items() if index < len(row)}
        if _WORDS.search(said.get("text", "")):
            yield document.fact(
                Promised, statement, "actions.table", start, end, **_said(said, document, statement, words)
            )


def _said(said: Mapping[str, str], document: Document, statement: Statement, words: Words) -> dict[str, Any]:
    """The fields of an action from the cells of its row."""
    year = document.dates[statement.sitting][:4] if statement.sitting is not None else ""
    due = dates.find(said.get("due", ""), year)
    minuted = dates.find(said.get("date", ""))
    return {
        "owner": said.get("owner", ""),
        "text": " ".join(said["text"].split()),
        "due": due[0].value if due else "",
        "done": words.pattern("done").fullmatch(said.get("done", "").strip()) is not None,
        **({"date": minuted[0].value} if minuted else {}),
    }


def _of_fields(document: Document, words: Words) -> Iterator[Promised]:
    """The actions of a structured file: the members of a list that have an owner and an action."""
    for index, member in enumerate(_members(document.cells)):
        fields = list(member)
        columns = _columns(fields, words)
        statement = _holding(document, member[fields[columns["text"]]].span) if columns else None
        if statement is not None:
            said = {name: member[fields[place]].text for name, place in columns.items()}
            spans = [member[fields[place]].span for place in columns.values()]
            yield document.fact(
                Promised,
                statement,
                "actions.fields",
                more=document.marks_of(spans),
                nth=index,
                **_said(said, document, statement, words),
            )


def _members(cells: Iterable[Cell]) -> Iterator[dict[str, Cell]]:
    """The members of lists in a structured file, each by the names of its fields."""
    members: dict[str, dict[str, Cell]] = {}
    for cell in cells:
        match = _ADDRESS.match(cell.address)
        if match:
            members.setdefault(match["member"], {})[match["field"]] = cell
    yield from members.values()


def _holding(document: Document, span: Span) -> Statement | None:
    """The statement in which a value stands."""
    return next(
        (
            statement
            for statement in document.statements
            if any(each.start <= span.start < each.end for each in statement.spans())
        ),
        None,
    )
