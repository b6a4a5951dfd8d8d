"""What the body resolved, but for moves on a ladder and enactments kept as papers.

    RESOLVED 2031/7: That the gate be oiled.                  the formula of a resolution, with its number
    It was agreed that the fair be held in May.               the minutes' own sentence
    Moved by A, seconded by B, that ... Carried.              a motion that was carried, or lost
    | 12.1 | Use the second draft | [10:15] |                 a row below "Decisions made"
    Grants approved: - The band, 200                          an entry below a heading that decides
    "So it is resolved that we meet in May."                  a speaker's word, inferred

A resolution and the motion it came of are one decision. A committee that only recommends decides nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from msgspec.structs import replace as replaced

from remembrancer.model import DecisionKind, Mark, Outcome
from remembrancer.read.agendas import is_agenda
from remembrancer.read.formulas import formula_of
from remembrancer.record.readings import named_id
from remembrancer.register import vocabulary
from remembrancer.register.document import Document, Statement, sentences
from remembrancer.register.facts import AnyFact, Moved, Part, Resolved, Voted
from remembrancer.register.passes import commencement, relations
from remembrancer.register.passes.linking import (
    BELOW,
    Drafted,
    first_byte,
    is_lost,
    is_tied,
    last_byte,
    linked,
    repeated,
    told_in,
    votes_on_motions,
)
from remembrancer.register.passes.matters import mentions_in
from remembrancer.register.passes.operative import conditions_in, delegation_in, kind_of, parts_of, way_of
from remembrancer.register.passes.paragraphs import LABEL, depth, listed, paragraphs
from remembrancer.register.vocabulary import Words

_NUMBER = r"(?:no\.?|nr\.?|n[º°]|#|№)?\s*"
_BEFORE = rf"(?:{_NUMBER}(?P<before>\d{{1,4}}[/-]\d[\w/.-]*)\s*[:.)–—-]?\s+)?"
_AFTER = (
    rf"(?:\s*\(?{_NUMBER}(?P<after>\d(?:[\w/.()-]*[\w)])?)(?=\s*[:–—.]|\s+-\s|\s+(?-i:That|that|[Dd]ass|[Qq]ue)\b))?"
)
_LEAD = r"[\s>*_]*(?:\(?[a-z\d]{1,3}[.)]\s+)?"
_AFTERWARDS = re.compile(r"[\s:,.–—)-]*(?:\((?=[^)\n]*\s)[^)\n]{3,60}\)\s*(?:that\s+|to\s+)?[\s:,–—]*)?")
_ROW_NUMBER = re.compile(r"\d{1,4}(?:[./-]\d{1,4}){0,3}[.)]?|[A-Z]{1,3}-?\d{1,4}")
_ENTRY_NUMBER = re.compile(r"\s*(?P<number>\d{1,4}(?:[./-]\d{1,4}){1,3})\s*[:–—]\s+(?=\S)")
_PLACEHOLDER = re.compile(r"^\s*[{<\[].*[}>\]]\s*$|^\W*$")
Marking = Callable[[int, int], tuple[Mark, ...]]
"""From characters of a text to the evidence of them."""

_TURNS: frozenset[Outcome] = frozenset({"carried", "consensus", "lost", "tied", "deferred"})
_SPOKEN = re.compile(r"[^\W\d_]{2,}")
_QUESTION = re.compile(r"[^.!]*\?|.*\?\s*$", re.DOTALL)
_CALLED = 12
"""How many words of an entry are a name."""
_CONCLUSION = 140
"""Characters in which an entry of a conclusion says what was concluded."""
_CUT_SHORT = re.compile(r"\b(?:on|to|for|with|of|the|that)\s*$")
_ABBREVIATED = re.compile(r"\b(?:D|Dn|Dª|Sr|Sra|Dr|Dra|M|Mme|Mr|Mrs|Ms|St|Cllr|Hr|Fr|Nr|No|art)\.$")
_SENTENCE_START = re.compile(r"(?:^|[.!?:;][\"”’)]?\s|\n|\s[–—-]\s)\s*$")


def find(document: Document, found: Sequence[AnyFact]) -> Iterable[AnyFact]:
    """The decisions of a document; ``found`` holds its motions, votes, papers and moves on a ladder. What an agenda
    drafts nobody has resolved yet."""
    words = vocabulary.words("decisions", document.language, document.house)
    papers = any(isinstance(fact, Resolved) and fact.rule.startswith("papers.") for fact in found)
    if papers or is_agenda(document.path, document.house):
        return
    deciding = frozenset(index for index in range(len(document.proceedings.sittings)) if _decides(document, index))
    drafted = [each for each in _drafted(document, found, words) if _counts(each, deciding, words)]
    joined = linked(document, list(_results_joined(_once(drafted), words)), found)
    for draft, moved, voted in joined:
        yield _resolved(document, draft, moved, voted, words)
    yield from _of_motions(document, found, {moved.id for _, moved, _ in joined if moved}, deciding, words)
    used = {voted.id for _, _, voted in joined if voted} | repeated(document, found)
    yield from _of_votes(document, found, used, deciding, words)


def _decides(document: Document, sitting: int) -> bool:
    """Whether a sitting's resolutions decide: those of a committee without delegated power only recommend."""
    title, committees = document.proceedings.sittings[sitting].title, document.house.committees
    return not _any(committees.recommend, title) or _any(committees.delegated, title)


def _any(patterns: Iterable[str], title: str) -> bool:
    return any(re.search(pattern, title, re.IGNORECASE) for pattern in patterns)


def _counts(draft: Drafted, deciding: frozenset[int], words: Words) -> bool:
    if draft.statement.sitting not in deciding or _PLACEHOLDER.match(draft.text):
        return False
    opening = draft.statement.text[draft.start : draft.start + 200]
    if words.pattern("recommends").search(opening):
        return delegation_in(draft.statement.text, words)
    if draft.rule == "decisions.formula" and len(_SPOKEN.findall(draft.text)) < 2:
        return False
    return not words.pattern("undecided").match(draft.text) and not _QUESTION.match(draft.text)


def _once(drafted: Sequence[Drafted]) -> list[Drafted]:
    """The drafts without those that a later one repeats under the same number: minutes sum up at their head what they
    tell again in its place."""
    return [each for at, each in enumerate(drafted) if not any(_repeats(later, each) for later in drafted[at + 1 :])]


def _repeats(later: Drafted, draft: Drafted) -> bool:
    alike = bool(draft.number) and (draft.number, draft.statement.sitting) == (later.number, later.statement.sitting)
    return alike and " ".join(later.text.split()).startswith(" ".join(draft.text.split()))


def _drafted(document: Document, found: Sequence[AnyFact], words: Words) -> Iterator[Drafted]:
    """Every resolution as written, in order; an element that moves a matter on its ladder is not one of them."""
    moved = {fact.element for fact in found if isinstance(fact, Resolved) and fact.kind == "set-status"}
    told = told_in(document, [fact for fact in found if isinstance(fact, Voted) and fact.motion])
    votes = frozenset().union(*told.values())
    returned = {fact.element for fact in found if isinstance(fact, Voted) and fact.rule == "returns.row"}
    statements = document.statements
    taken = -1
    for index, statement in enumerate(statements):
        if (
            index <= taken
            or statement.id in moved
            or statement.id in returned
            or statement.sitting is None
            or statement.section == "agenda"
        ):
            continue
        if statement.kind == "speech":
            yield from _spoken(statement, words, document.language)
        elif statement.kind == "text":
            for draft in _written(document, statement, words, statement.id in votes):
                whole = _continued(document, draft, index, words)
                taken = index + len(whole.more)
                yield whole


def _written(document: Document, statement: Statement, words: Words, vote: bool) -> list[Drafted]:
    """The resolutions of one paragraph, list entry or table of the minutes; prose that only tells the vote on a motion
    (``vote``) resolves no more than the motion does."""
    formulas = [] if "|" in statement.text else list(_formulas(document, statement, words))
    if formulas:
        return formulas
    sentences_found = [] if vote or "|" in statement.text else list(_agreed(statement, words, document.language))
    return sentences_found or list(_entries(document, statement, words))


@cache
def _head(formulas: str) -> re.Pattern[str]:
    return re.compile(rf"{_LEAD}{_BEFORE}{formulas}{_AFTER}", re.IGNORECASE)


def _formulas(document: Document, statement: Statement, words: Words) -> Iterator[Drafted]:
    """The paragraphs of a statement that begin with the formula of a resolution."""
    head = _head(words.any_of("resolved"))
    for start, end in paragraphs(document, statement):
        match = head.match(statement.text, start, end)
        if match:
            words_at = _AFTERWARDS.match(statement.text, match.end(), end)
            number = (match["after"] or match["before"] or "").rstrip(".:")
            yield Drafted(
                statement, start, words_at.end() if words_at else match.end(), end, "decisions.formula", number
            )


def _agreed(statement: Statement, words: Words, language: str) -> Iterator[Drafted]:
    """The sentences by which the minutes themselves say what was agreed: by a formula, or, inferred, in prose."""
    text, done = statement.text, 0
    found = sorted(
        (match.start(), match.end(), name)
        for name in ("agreed", "capitals", "settled")
        for match in words.pattern(name).finditer(text)
    )
    for at, until, name in found:
        start = _sentence_start(text, at) if name == "capitals" else at
        if start < done or not _SENTENCE_START.search(text[max(start - 4, 0) : start]):
            continue
        done = _sentence_end(text, until, language)
        if name != "settled" or not words.pattern("before").search(text, start, done):
            stated = name != "settled"
            yield Drafted(statement, start, start, done, f"decisions.{'agreed' if stated else name}", stated=stated)


def _sentence_start(text: str, at: int) -> int:
    """Where the sentence begins that a character stands in."""
    ends = [match.end() for match in re.finditer(r"[.!?;][\"”’)]?\s+", text[:at])]
    return ends[-1] if ends else 0


def _spoken(statement: Statement, words: Words, language: str) -> Iterator[Drafted]:
    """A speaker's word that something is settled: the first in a speech, where it is no question and no report."""
    match = words.pattern("said").search(statement.text)
    if match is None or not _SENTENCE_START.search(statement.text[max(match.start() - 4, 0) : match.start()]):
        return
    end = _sentence_end(statement.text, match.end(), language)
    sentence = statement.text[match.start() : end]
    if not sentence.endswith("?") and not words.pattern("before").search(sentence) and len(sentence) < 400:
        yield Drafted(statement, match.start(), match.start(), end, "decisions.said", stated=False)


def _sentence_end(text: str, start: int, language: str) -> int:
    rest = text[start : start + 1500]
    ends = [end for _, end in sentences(rest, language)]
    return start + next((end for end in ends if not _ABBREVIATED.search(rest[:end])), len(rest))


def _entries(document: Document, statement: Statement, words: Words) -> Iterator[Drafted]:
    """What stands below a heading that decides, or in a conclusion and does something."""
    heading = _heading(document, statement.item)
    if "|" in statement.text:
        first = statement.text.strip().lstrip("|").split("|")[0].strip()
        title = next((each for each in (first, heading) if words.pattern("headings").fullmatch(each)), "")
        yield from _rows(statement, title, words) if title else ()
        return
    deciding = words.pattern("headings").fullmatch(heading) is not None
    if not deciding and statement.section != "conclusion":
        return
    entry = deciding and listed(document, statement)
    kind = kind_of(f"{heading}: {statement.text}", words) if deciding else _concluded(statement.text, words)
    if entry or kind:
        number = _ENTRY_NUMBER.match(statement.text)
        words_at, end = number.end() if number else 0, len(statement.text.rstrip())
        called = number["number"] if number else ""
        title = _entitled(heading, statement.text[words_at:end]) if words.pattern("acts").fullmatch(heading) else ""
        yield Drafted(statement, 0, words_at, end, "decisions.entry", called, title, kind=kind or "adopt")


def _entitled(heading: str, entry: str) -> str:
    """What an entry is called below a heading that says what was done to it: ``Grants approved: Rowing club``."""
    lines = entry.split("\n", 1)
    return f"{heading}: {' '.join(lines[0].split())}" if len(lines[0].split()) <= _CALLED else heading


def _concluded(text: str, words: Words) -> DecisionKind | None:
    """What an entry of a conclusion does, as its opening says; None where it only tells, or leaves a question open."""
    opening = text[:_CONCLUSION]
    if words.pattern("unsettled").search(opening) or _CUT_SHORT.search(opening):
        return None
    return kind_of(opening, words)


def _rows(statement: Statement, heading: str, words: Words) -> Iterator[Drafted]:
    """The rows of a table of decisions: a number, if the first cell is one, and the words beside it."""
    for match in re.finditer(r"[^\n]*\|[^\n]*(?:\n(?!\s*\|?\s*\W{0,2}\d)[^\n|]+\|?[^\n]*)*", statement.text):
        cells = [(cell.start(), cell.group()) for cell in re.finditer(r"[^|]+", match.group())]
        told = [(at + len(cell) - len(cell.lstrip()), cell.strip()) for at, cell in cells if cell.strip()]
        number = told[0][1].rstrip(".)") if told and _ROW_NUMBER.fullmatch(told[0][1]) else ""
        rest = told[1:] if number else told
        if not rest or not re.search(r"[^\W\d_]{3}", rest[0][1]) or words.pattern("columns").fullmatch(rest[0][1]):
            continue
        if number or len(told) > 1:
            at = match.start() + rest[0][0]
            yield Drafted(
                statement,
                match.start(),
                at,
                at + len(rest[0][1]),
                "decisions.row",
                number,
                kind=kind_of(f"{heading} {rest[0][1]}", words),
            )


def _heading(document: Document, item: int | None) -> str:
    """The title of an item without its number and the signs after it."""
    title = "" if item is None else document.proceedings.items[item].title
    return re.sub(r"^[\d.\s)]+|[\s:.*_]+$", "", title)


def _continued(document: Document, draft: Drafted, index: int, words: Words) -> Drafted:
    """A resolution with the paragraphs that carry it on: its numbered parts, and what is "further resolved"."""
    if draft.end < len(draft.statement.text.rstrip()):
        return draft
    if draft.rule == "decisions.entry" and draft.text.endswith(":"):
        return replace(draft, more=tuple(_below(document, draft, index)))
    if draft.rule != "decisions.formula":
        return draft
    more: list[Statement] = []
    last, within = draft.text.rstrip(), not draft.text
    for statement in document.statements[index + 1 : index + 120]:
        within = within or last.endswith(":")
        part = within and _is_part(document, statement)
        told = statement.section == "vote" and not part
        if statement.kind != "text" or statement.item != draft.statement.item or told:
            break
        if not _goes_on(document, last, within, statement, words):
            break
        within = within and (last.endswith(":") or part)
        more.append(statement)
        last = statement.text.rstrip()
    return replace(draft, more=tuple(more))


def _goes_on(document: Document, last: str, within: bool, statement: Statement, words: Words) -> bool:
    """Whether a paragraph belongs to the resolution whose ``last`` paragraph stands before it; ``within`` its list."""
    if _FURTHER.match(statement.text) or last.endswith(("further", "sowie")):
        return True
    if within and _PART.match(statement.text):
        return True
    if formula_of(statement.text) or _head(words.any_of("resolved")).match(statement.text):
        return False
    if re.search(r"[^\W\d_],?$", last):
        return True
    return (
        within
        and LABEL.match(statement.text) is None
        and (not last or last.endswith(":") or _is_part(document, statement))
    )


def _is_part(document: Document, statement: Statement) -> bool:
    return _PART.match(statement.text) is not None or listed(document, statement)


def _below(document: Document, draft: Drafted, index: int) -> Iterator[Statement]:
    """The entries of a list below the entry that introduces them."""
    top = depth(document, draft.statement)
    for statement in document.statements[index + 1 : index + 80]:
        same = statement.kind == "text" and statement.item == draft.statement.item
        if not same or not listed(document, statement) or depth(document, statement) <= top:
            return
        yield statement


_FURTHER = re.compile(
    r"\s*(?:now,?\s+therefore,?\s+)?(?:and\s+)?be\s+it\s+further\s+resolved|\s*(?-i:RESOLVED)\s+FURTHER|\s*further\s+resolved",
    re.IGNORECASE,
)
_PART = re.compile(r"\s*\(?(?:[a-z]|\d{1,2}|[ivx]{1,4})[.)]\s")


def _results_joined(drafted: Sequence[Drafted], words: Words) -> Iterator[Drafted]:
    """The drafts without the sentences that only say what became of the one above: "This resolution was rejected"."""
    for above, draft, after in zip([None, *drafted], drafted, [*drafted[1:], None], strict=False):
        if not _is_result(draft, words):
            yield replace(draft, lost=_is_result_of(draft, after, words) and _rejects(after, words))
        elif above is None or not _is_result_of(above, draft, words):
            yield replace(draft, lost=_rejects(draft, words))


def _is_result(draft: Drafted, words: Words) -> bool:
    return draft.rule == "decisions.agreed" and words.pattern("put").match(draft.text) is not None


def _is_result_of(draft: Drafted, after: Drafted | None, words: Words) -> bool:
    """Whether the draft after a resolution only says what became of it."""
    if after is None or draft.rule != "decisions.formula" or not _is_result(after, words):
        return False
    alike = (draft.statement.sitting, draft.statement.item) == (after.statement.sitting, after.statement.item)
    return alike and 0 <= after.statement.spans()[0].start - last_byte(draft) < _reach(draft)


def _rejects(draft: Drafted | None, words: Words) -> bool:
    return draft is not None and kind_of(draft.text, words) == "reject"


def _reach(draft: Drafted) -> int:
    """How many bytes below a resolution its vote and its result may be told."""
    return BELOW if draft.statement.item is not None else _NEXT


_NEXT = 8
"""Bytes between the paragraph of a resolution and the next."""


def _resolved(document: Document, draft: Drafted, moved: Moved | None, voted: Voted | None, words: Words) -> Resolved:
    text = " ".join(draft.text.split())
    kind: DecisionKind = draft.kind or kind_of(text, words) or "adopt"
    raw, marks = _mapped(document, draft)
    ended = _ended(draft, moved, voted)
    lost = bool(ended)
    return document.fact(
        Resolved,
        draft.statement,
        draft.rule,
        draft.start,
        draft.end,
        more=[*(mark for each in draft.more for mark in document.marks(each)), *_titled(document, draft)],
        stated=draft.stated,
        text=text,
        kind="reject" if lost else kind,
        decided_by=way_of(draft.statement.text, words),
        outcome=ended or ("consensus" if voted and voted.declared == "consensus" else "carried"),
        number=draft.number,
        title=draft.title,
        motion=moved.id if moved else "",
        vote=voted.id if voted else "",
        conditions=() if kind == "procedural" or lost else conditions_in(text, words),
        **({} if lost else _content(document, raw, marks, draft.stated)),
    )


def _ended(draft: Drafted, moved: Moved | None, voted: Voted | None) -> Outcome:
    """How a resolution ended that was not carried; a vote on its motion counts where it follows, for before a
    resolution it would have been another's."""
    told = voted if voted and (moved is None or voted.position > first_byte(draft)) else None
    if draft.lost or (told and is_lost(told)):
        return "lost"
    return "tied" if told and is_tied(told) else ""


def _titled(document: Document, draft: Drafted) -> tuple[Mark, ...]:
    """The heading that a title begins with, as evidence of it."""
    headings = (each for each in document.under(draft.statement.item) if draft.title and each.kind == "item")
    return tuple(mark for each in headings for mark in document.marks(each))


def _content(document: Document, text: str, marks: Marking, stated: bool) -> dict[str, Any]:
    """What the words of a decision name, divide into, do to others, and say of when they hold."""
    relating = [(each, marks(each.start, each.end)) for each in relations.placed(text, document)]
    begins = [(each, marks(each.start, each.end)) for each in commencement.placed(text, document)]
    return {
        "mentions": tuple(
            replaced(mention, marks=marks(start, end)) for start, end, mention in mentions_in(text, document)
        ),
        "parts": tuple(
            Part(
                number=part.number,
                text=" ".join(text[part.start : part.end].split()),
                marks=marks(part.start, part.end),
            )
            for part in parts_of(text)
        ),
        "relations": tuple(
            replaced(each.relating, marks=where, stated=each.relating.stated and stated) for each, where in relating
        ),
        "commencing": tuple(replaced(each.commencing, marks=where) for each, where in begins),
    }


def _mapped(document: Document, draft: Drafted) -> tuple[str, Marking]:
    """The words of a resolution, and a way from characters of them to evidence."""
    runs = [
        (draft.statement, draft.words_at, draft.statement.text[draft.words_at : draft.end]),
        *((each, 0, each.text) for each in draft.more),
    ]
    starts = [0]
    for _, _, words in runs[:-1]:
        starts.append(starts[-1] + len(words) + 1)

    def marks(start: int, end: int) -> tuple[Mark, ...]:
        return tuple(
            mark
            for (statement, offset, words), at in zip(runs, starts, strict=True)
            if start < at + len(words) and end > at
            for mark in document.marks(statement, offset + max(start - at, 0), offset + min(end - at, len(words)))
        )

    return "\n".join(words for _, _, words in runs), marks


def _of_motions(
    document: Document, found: Sequence[AnyFact], used: set[str], deciding: frozenset[int], words: Words
) -> Iterator[Resolved]:
    """A decision for each motion carried or lost that no resolution repeats; an amendment only shapes its motion,
    whose decision is then inferred."""
    sittings = {document.sitting_ids[index] for index in deciding}
    votes, numbers = votes_on_motions(found), _numbers(document, found, words)
    reworded = _reworded(found, votes)
    for moved in found:
        if not isinstance(moved, Moved) or moved.amending or moved.id in used or moved.sitting not in sittings:
            continue
        voted, (number, where) = votes.get(moved.id), numbers.get(moved.id, ("", ()))
        outcome = (voted.declared if voted else "") or moved.outcome or ("carried" if number else "")
        if moved.text and outcome in _TURNS:
            decided = _decided(document, moved, moved.text, outcome, words, voted)
            yield replaced(
                decided,
                number=decided.number or number,
                marks=(*decided.marks, *where),
                stated=decided.stated and moved.id not in reworded,
            )


def _reworded(found: Sequence[AnyFact], votes: dict[str, Voted]) -> frozenset[str]:
    """The motions to which an amendment was carried: what was decided are other words than those moved."""
    amendments = (fact for fact in found if isinstance(fact, Moved) and fact.amends)
    carried = {"carried", "consensus"}
    return frozenset(
        fact.amends
        for fact in amendments
        if fact.outcome in carried or (fact.id in votes and votes[fact.id].declared in carried)
    )


def _numbers(document: Document, found: Sequence[AnyFact], words: Words) -> dict[str, tuple[str, tuple[Mark, ...]]]:
    """The numbers that the chair gives to resolutions in speech, each to the motion last put before it."""
    motions = sorted((fact.position, fact.id) for fact in found if isinstance(fact, Moved) and not fact.amending)
    given: dict[str, tuple[str, tuple[Mark, ...]]] = {}
    pattern = _numbering(words.any_of("numbered"))
    for statement in document.statements if motions else ():
        match = pattern.search(statement.text) if statement.kind == "speech" else None
        if match:
            at = bisect_right(motions, (statement.spans(*match.span())[0].start, ""))
            if at:
                given.setdefault(motions[at - 1][1], (match["number"], document.marks(statement, *match.span())))
    return given


@cache
def _numbering(numbered: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){numbered}\s+{_NUMBER}(?P<number>\d+(?:[/-]\d+)*)", re.IGNORECASE)


def _of_votes(
    document: Document, found: Sequence[AnyFact], used: set[str], deciding: frozenset[int], words: Words
) -> Iterator[Resolved]:
    """A decision for each vote on a question that nobody is shown to have moved; polls only inform, and where a matter
    moved on its ladder at that item, the vote was on that. Where only the item's heading shows what was agreed to, the
    decision is inferred."""
    sittings = {document.sitting_ids[index] for index in deciding}
    climbed = {(fact.sitting, fact.item) for fact in found if isinstance(fact, Resolved) and fact.kind == "set-status"}
    headings = {item.id: item.title for item in document.proceedings.items}
    for voted in found:
        if not isinstance(voted, Voted) or voted.motion or voted.method == "poll" or voted.id in used:
            continue
        question = voted.question or _told(document, voted)
        amending = words.pattern("amendments").search(f"{voted.business} {question}"[:80])
        put = _is_put(question) and (voted.sitting, voted.item) not in climbed
        if put and voted.declared in _TURNS and voted.sitting in sittings and not amending:
            decided = _decided(document, voted, question, voted.declared, words, voted)
            heading = bool(voted.item) and question in headings.get(voted.item, "")
            if heading and len(question.split()) < _TITLE:
                continue
            if heading or voted.rule != "consent.noted" or _states(question, words):
                yield replaced(decided, stated=False) if heading else decided


_TITLE = 3
"""How many words the title of an item has at least that says what was agreed to; "Notes" says nothing."""


def _states(question: str, words: Words) -> bool:
    """Whether what nobody objected to reads as a resolution or proposal, and not as what somebody happened to say."""
    return _head(words.any_of("resolved")).match(question) is not None or kind_of(question, words) is not None


def _told(document: Document, voted: Voted) -> str:
    """The sentence that tells a vote, where it says what was voted on; a bare result says nothing."""
    mark = voted.marks[0]
    told = " ".join(document.data[mark.start : mark.end].decode(errors="replace").replace("*", "").split())
    return told if voted.rule == "votes.result" and len(_SPOKEN.findall(told)) >= _TELLING else ""


_TELLING = 6
"""How many words a sentence has that says more than how a vote ended."""


def _is_put(question: str) -> bool:
    """Whether a vote's question reads as what was decided: no question to the room, no lead to what follows, and no
    rows of a table."""
    return bool(question) and question.rstrip()[-1] not in "?:" and "|" not in question


def _decided(
    document: Document, of: Moved | Voted, text: str, outcome: Outcome, words: Words, vote: Voted | None
) -> Resolved:
    """The decision on a motion or a question, as evident as the weaker of the two that show it."""
    motion = of.id if isinstance(of, Moved) else ""
    stated = of.stated and (vote is None or vote.stated)
    kind: DecisionKind = kind_of(text, words) or "adopt"
    carried = outcome in ("carried", "consensus")
    named = {each.keys for each in of.mentions}
    content = _content(document, text, lambda start, end: of.marks, stated) if carried else {}
    return Resolved(
        **{
            "id": named_id(Resolved.KIND, of.id, "decided"),
            "rule": "decisions.motion" if motion else "decisions.vote",
            "stated": stated,
            "marks": (*of.marks, *(vote.marks if vote and vote is not of else ())),
            **{name: getattr(of, name) for name in _WHERE},
            "text": " ".join(text.split()),
            "kind": _turned(kind, outcome),
            "decided_by": way_of(text, words),
            "outcome": outcome,
            "number": vote.number if vote else "",
            "motion": motion,
            "vote": vote.id if vote else "",
            "conditions": conditions_in(text, words) if carried and kind != "procedural" else (),
            **content,
            "mentions": (*of.mentions, *(each for each in content.get("mentions", ()) if each.keys not in named)),
        }
    )


_WHERE = ("source", "element", "position", "sitting", "date", "item", "authority", "visibility")


def _turned(kind: DecisionKind, outcome: Outcome) -> DecisionKind:
    """What a decision does, given how its question ended."""
    if outcome in ("lost", "tied"):
        return "reject"
    return "defer" if outcome == "deferred" else kind
