"""Motions in the minutes' own voice: who moved and seconded what, and what it amends.

::

    Moved by Cllr Reed, seconded by Cllr Low, and        a motion, whose words are those resolved
    RESOLVED 12: That the path be mended.
    Amendment. Moved by Cllr Hart: to leave out "mended".   an amendment to the motion above it in its item
    Ms Park set a motion to approve the minutes.         the words after "motion"

A motion's words run from the mover to the vote, over as many paragraphs as belong to them. An amendment or motion that
was "not moved" was never put, and makes no fact. What is moved in a speech ("I move that ...") is inferred.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from msgspec.structs import replace

from remembrancer.model import Mark, Outcome
from remembrancer.read.house import House
from remembrancer.register.document import Document, Statement
from remembrancer.register.facts import AnyFact, Mention, Moved
from remembrancer.register.passes.heard import is_transcript
from remembrancer.register.passes.matters import mentions_in
from remembrancer.register.passes.names import NAME, NAMES
from remembrancer.register.passes.outcomes import Lexicon, Said, lexicon, said_in
from remembrancer.register.passes.phrases import entries_of, phrases
from remembrancer.register.vocabulary import Words, words

_FAR = 12
"""How many statements behind its mover a motion may still find its seconder or its words."""

_NEAR = 30
"""How many letters may stand before "moved by" in a phrase that says nothing else of a motion."""

_NO_MOVER = re.compile(r"\S*\d|[Tt]he\s+[A-Z]{2,}(?!\w)")
"""What moves nothing: a number of a case, "the RFC"."""

_LINKED = re.compile(r"\[(?P<words>[^\[\]]+)\](?:\([^()]*\))?")
_ENTRY = 30
"""How many words the beginning of an entry has at most that says what "this" is."""

_PAIRED = re.compile(rf"\s?/\s?(?P<name>{NAME})\)?")
"""The seconder behind a stroke: "M/S (Reed/Low)"."""
_NOTHING = Said(0, 0)
_ACT = 6
"""How many words tell more than an outcome: "the Council unanimously appointed Ann Reed to the Board"."""
_HEAD = 40
"""How many letters the phrase before a mover has at most that says what is moved: "Amendment 4."."""
_LONG = 80
"""How many statements a motion may be long."""


@dataclass
class _Draft:
    """A motion while its document is read."""

    statement: Statement
    start: int
    end: int
    mover: str
    seconder: str = ""
    number: str = ""
    amendment: bool = False
    called_amendment: bool = False
    words: list[tuple[Statement, int, int]] = field(default_factory=list)
    more: list[tuple[Statement, int, int]] = field(default_factory=list)
    earlier: tuple[Statement, int, int] | None = None
    outcome: Outcome = ""
    open: bool = True
    alone: bool = False
    lined: bool = False
    decided: bool = False
    spoken: bool = False
    at: int = 0


class Grammar:
    """The forms of movers and seconders in one language and house."""

    def __init__(self, said: Words) -> None:
        self.said = said
        self.hint = said.pattern("hint")
        self.mover_after = re.compile(rf"(?<!\w)(?i:{said.any_of('mover_after')})\s*(?P<name>{NAMES})")
        self.seconder_after = re.compile(rf"(?<!\w)(?i:{said.any_of('seconder_after')})\s*(?P<name>{NAMES})")
        self.mover_before = re.compile(rf"(?<!\w)(?P<name>{NAMES}),?\s+(?i:{said.any_of('mover_before')})(?!\w)")
        self.seconder_before = re.compile(rf"(?<!\w)(?P<name>{NAMES})\s+(?i:{said.any_of('seconder_before')})(?!\w)")
        self.narrative = re.compile(rf"{NAMES}\s+(?:[a-zß-ÿ]+ly\s+)?(?i:{said.any_of('narrated')})\b")
        self.no_motion = re.compile(said.any_of("no_motion"))
        self.joint = re.compile(rf"[\s,;:.–—-]*(?:(?i:{said.any_of('joint')})(?!\w)[\s,;:–—-]*)*")
        self.resolved = re.compile(rf"\s*{said.any_of('resolved')}\s*[:,.–—-]?\s*")
        self.opening = re.compile(rf"[\s\"“‘'(]*{said.any_of('opening')}(?!\w)", re.IGNORECASE)
        self.continuing = re.compile(rf"[\s\"“‘']*{said.any_of('continuing')}", re.IGNORECASE)
        self.numbers = [re.compile(rf"(?i:{each})") for each in said["numbered"]]

    def has(self, name: str, text: str) -> bool:
        """Whether a word of a list stands in a text."""
        return bool(self.said[name]) and self.said.pattern(name).search(text) is not None


@lru_cache(maxsize=16)
def _grammar_of(language: str) -> Grammar:
    return Grammar(words("motions", language, House()))


def grammar(language: str, house: House) -> Grammar:
    """The grammar of a language, with the house's own words where it has any."""
    return Grammar(words("motions", language, house)) if "motions" in house.words else _grammar_of(language)


def find(document: Document, found: Sequence[AnyFact]) -> Iterable[AnyFact]:
    """The motions of a document, in its order."""
    forms, votes = grammar(document.language, document.house), lexicon(document.language, document.house)
    known = _attending(document)
    for group in by_item(document):
        reader = _Reader(forms, votes, group, document.data)
        for at, statement in enumerate(group):
            reader.read(at, statement)
        reader.finish()
        drafts = [draft for draft in reader.drafts if not _is_only_told(draft, forms, known)]
        for draft in drafts:
            _with_antecedent(draft, drafts, forms)
        yield from _facts(document, drafts)


def _with_antecedent(draft: _Draft, drafts: Sequence[_Draft], forms: Grammar) -> None:
    """Gives a motion that only says "the changes in this request" the beginning of its entry, which says which."""
    if not draft.words or not forms.has("anaphoric", _said(draft)):
        return
    text, (statement, first, _) = draft.statement.text, draft.words[0]
    line = text.rfind("\n", 0, draft.start) + 1
    start, end = line, line + len(text[line : min(draft.start, first)].rstrip(" .:;,–—-"))
    link = _LINKED.fullmatch(text, start, end)
    start, end = link.span("words") if link else (start, end)
    taken = any(part[0] is statement and part[1] < end for each in drafts for part in each.words)
    if statement is draft.statement and not taken and 1 < len(text[start:end].split()) <= _ENTRY:
        draft.words.insert(0, (statement, start, end))


def _said(draft: _Draft) -> str:
    """The words of a motion."""
    return " ".join(" ".join(statement.text[start:end].split()) for statement, start, end in draft.words)


def _attending(document: Document) -> frozenset[str]:
    """The words of the names on the document's rolls, without capitals."""
    stays = (line for sitting in document.proceedings.sittings for line in sitting.attendance)
    return frozenset(word for line in stays for word in re.findall(r"[^\W_]{2,}", line.label.casefold()))


def _is_only_told(draft: _Draft, forms: Grammar, known: frozenset[str]) -> bool:
    """Whether prose only says that somebody proposed something, or that somebody on no roll moved, and nobody seconded
    it or voted on it."""
    if draft.seconder or draft.outcome or draft.decided or draft.spoken or draft.statement.section == "motion":
        return False
    text = draft.statement.text[draft.start : draft.end]
    elsewhere = bool(known) and known.isdisjoint(re.findall(r"[^\W_]{2,}", draft.mover.casefold()))
    return forms.has("proposed_only", text) or (elsewhere and not forms.has("with_mover", text))


def by_item(document: Document) -> list[list[Statement]]:
    """The statements of each item of each sitting, in order, those under none together. No rows of a transcript, and
    nothing of prose that is no record of a sitting: a letter tells of votes too."""
    groups: dict[tuple[int | None, int | None], list[Statement]] = {}
    for statement in document.statements:
        told = statement.sitting is not None or bool(document.places)
        if told and statement.kind != "item" and not is_transcript(statement.text):
            groups.setdefault((statement.sitting, statement.item), []).append(statement)
    return list(groups.values())


class _Reader:
    """Reads the statements of one item in order."""

    def __init__(self, forms: Grammar, votes: Lexicon, statements: list[Statement], data: bytes) -> None:
        self.statements = statements
        self.data = data
        self.forms = forms
        self.votes = votes
        self.drafts: list[_Draft] = []
        self.before: tuple[Statement, int, int] | None = None
        self.at = 0

    @property
    def last(self) -> _Draft | None:
        return self.drafts[-1] if self.drafts else None

    def read(self, at: int, statement: Statement) -> None:
        """One statement: what opens, continues or closes a motion."""
        self.at = at
        if statement.kind == "speech":
            self._speech(statement)
            return
        last = self.last
        if last is not None and last.open and at - last.at > _FAR:
            last.open = False
        if statement.section == "attendance" and not (last is not None and last.open):
            return
        if not (last is not None and last.open) and not self.forms.hint.search(statement.text):
            self.before = (statement, 0, len(statement.text))
            return
        for start, end in phrases(statement.text, entries_of(statement, self.data)):
            self._phrase(statement, start, end)

    def finish(self) -> None:
        """A motion without words behind its mover has those before it."""
        for draft in self.drafts:
            if not draft.words and draft.earlier is not None:
                self._take(draft, *draft.earlier)

    def _phrase(self, statement: Statement, start: int, end: int) -> None:
        text = statement.text
        opened = self._opened(statement, start, end) or self._seconded_only(statement, start, end)
        if opened is not None:
            opened.at = self.at
            self.drafts.append(opened)
        elif self.last is not None and self.last.open:
            self._continue(self.last, statement, start, end)
        self.before = (statement, start, end)
        if self.last is not None and self.forms.has("withdrawn", text[start:end]):
            self._closed("withdrawn")
        elif self.last is not None and self.forms.has("not_seconded", text[start:end]):
            self._closed("lost")

    def _closed(self, outcome: Outcome) -> None:
        if self.last is not None:
            self.last.open = False
            self.last.outcome = outcome

    def _opened(self, statement: Statement, start: int, end: int) -> _Draft | None:
        """The motion that a phrase opens."""
        text, forms = statement.text, self.forms
        if forms.has("not_put", text[start:end]) or not forms.hint.search(text, start, end):
            return None
        mover = self._mover(text, start, end)
        if mover is None or _NO_MOVER.match(mover["name"]) or self._is_other(text, mover, start, end):
            return None
        if self._tells_result(text, mover.end(), end) and self._moved_before(mover["name"]):
            return None
        draft = _Draft(statement, start, end, _label(mover["name"]))
        seconder = self._seconder(text, mover.end("name"), end) or _PAIRED.match(text, mover.end("name"), end)
        draft.seconder = _label(seconder["name"]) if seconder else ""
        draft.number, named = self._named(statement, start, mover.start("name"))
        draft.called_amendment = named or self._calls_amendment(mover)
        draft.amendment = draft.called_amendment
        if forms.has("mover_carried", mover[0]):
            draft.outcome = "carried"
        if mover.groupdict().get("words"):
            self._take(draft, statement, *mover.span("words"))
            return draft
        self._take_rest(draft, mover, seconder, end)
        return draft

    def _mover(self, text: str, start: int, end: int) -> re.Match[str] | None:
        """Who moves: the one whom a phrase names first, and not the mover of what the motion speaks of."""
        found = (form.search(text, start, end) for form in (self.forms.mover_after, self.forms.mover_before))
        return min((match for match in found if match), key=lambda match: match.start(), default=None)

    def _tells_result(self, text: str, start: int, end: int) -> bool:
        """Whether words only say what became of a motion: "wird mit 1 gegen 3 Stimmen abgelehnt"."""
        begun = self.votes.votes.pattern("copula").match(text.replace("\n", " "), start + 1, end)
        said = said_in(text, start, end, self.votes) if begun else None
        return said is not None and bool(said.outcome)

    def _moved_before(self, name: str) -> bool:
        """Whether somebody of this name has moved something at this item."""
        last = name.rsplit(maxsplit=1)[-1].casefold()
        return any(last in draft.mover.casefold().split() for draft in self.drafts)

    def _calls_amendment(self, mover: re.Match[str]) -> bool:
        """Whether the verb that moves it says that it is an amendment: "stellt den Änderungsantrag"."""
        if self.forms.has("as_amendment", mover[0]):
            return True
        called = self.forms.said.pattern("amendment").search(mover.string, mover.end("name"))
        return called is not None and called.start() < mover.end()

    def _seconded_only(self, statement: Statement, start: int, end: int) -> _Draft | None:
        """The motion of nobody named in the phrase before, where this phrase seconds it."""
        free = self.last is None or not self.last.open or bool(self.last.seconder)
        if self.before is None or not free or not self.forms.hint.search(statement.text, start, end):
            return None
        earlier, first, last = self.before
        headed = self.forms.said.pattern("headed").match(earlier.text[first:last])
        seconder = self._seconder(statement.text, start, end) if headed else None
        if headed is None or seconder is None or (said_in(earlier.text, first, last, self.votes) or _NOTHING).outcome:
            return None
        draft = _Draft(earlier, first, last, "", _label(seconder["name"]), words=[(earlier, first, last)])
        draft.more.append((statement, *seconder.span()))
        return draft

    def _is_other(self, text: str, mover: re.Match[str], start: int, end: int) -> bool:
        """Whether what looks like a motion is a move to a place, or only told of."""
        if self.forms.no_motion.match(text, mover.end("name") + 1):
            return True
        far = mover.re is self.forms.mover_after and mover.start() - start > _NEAR
        if far and not self.forms.has("with_mover", text[start:end]):
            return True
        return self.votes.has("unreal", text[max(start, mover.start() - 30) : mover.start()])

    def _seconder(self, text: str, start: int, end: int) -> re.Match[str] | None:
        forms = self.forms
        return forms.seconder_after.search(text, start, end) or forms.seconder_before.search(text, start, end)

    def _named(self, statement: Statement, start: int, end: int) -> tuple[str, bool]:
        """The number of the motion, and whether it is an amendment, from what stands just before its mover."""
        before = statement.text[start:end]
        if self.before is not None:
            earlier, first, last = self.before
            before = f"{earlier.text[first:last]}\n{before}" if last - first < _HEAD else before
        numbers = [match for each in self.forms.numbers for match in each.finditer(before)]
        number = max(numbers, key=lambda match: match.start())["number"] if numbers else ""
        return number, self.forms.has("amendment", before)

    def _take_rest(self, draft: _Draft, mover: re.Match[str], seconder: re.Match[str] | None, end: int) -> None:
        """The words of the motion that stand in the phrase itself."""
        text = draft.statement.text
        start = max(mover.end(), seconder.end() if seconder else 0)
        between = text[mover.end() : seconder.start()] if seconder else ""
        if seconder and (len(between) > 15 or self.forms.opening.match(between.strip(" ,;:"))):
            start, end = mover.end(), mover.end() + len(between.rstrip(" ,;"))
        joint = self.forms.joint.match(text, start, end)
        start = joint.end() if joint else start
        resolved = self.forms.resolved.match(text, start, end)
        if resolved:
            draft.outcome = "carried"
            start = resolved.end()
        said = said_in(text, start, end, self.votes) if start < end else None
        told = said and said.outcome and not self.forms.opening.match(text, start)
        if len(text[start:end].split()) > (_ACT if told else 1) and not self._tells_result(text, mover.end(), end):
            self._take(draft, draft.statement, start, end)
            draft.open = draft.open and not told
        elif own := self._resolved_before(text, draft.start, mover.start()):
            self._take(draft, draft.statement, *own)
            draft.outcome = "carried"
        elif not re.search(r"(?:\band|\bund|[:,])\s*$", text[draft.start : end]):
            self._look_back(draft)
        draft.alone = not draft.words and text[end : end + 1] in ("", "\n")
        draft.lined = draft.alone and text[end - 1] not in ":,;"

    def _resolved_before(self, text: str, start: int, end: int) -> tuple[int, int] | None:
        """The words resolved that stand before their mover in one phrase: "RESOLVED to meet (proposed by Ann)"."""
        resolved = self.forms.resolved.match(text, start, end)
        stop = start + len(text[start:end].rstrip(" ,;(["))
        return (resolved.end(), stop) if resolved and stop - resolved.end() > 10 else None

    def _look_back(self, draft: _Draft) -> None:
        """The words of a motion that may stand before its mover: "That the minutes be approved. Moved by ..."."""
        if self.before is None:
            return
        statement, start, end = self.before
        taken = any(part[0] is statement and part[1] < end for each in self.drafts for part in each.words)
        resolved = self.forms.resolved.search(statement.text, start, min(end, start + _NEAR * 2))
        first = resolved.end() if resolved else start
        free = not taken and not (resolved and self.drafts)
        if free and re.match(r"(?:that|dass)\b", statement.text[first:end], re.IGNORECASE):
            draft.earlier = (statement, first, end)

    def _take(self, draft: _Draft, statement: Statement, start: int, end: int) -> None:
        draft.words.append((statement, start, end))
        draft.at = self.at
        head = statement.text[start : start + 80]
        draft.amendment = draft.amendment or (len(draft.words) == 1 and bool(self._amends(head)))

    def _amends(self, head: str) -> bool:
        match = self.forms.said.pattern("amending").search(head) if self.forms.said["amending"] else None
        return match is not None and not re.search(r"[.;]", head[: match.start()])

    def _continue(self, draft: _Draft, statement: Statement, start: int, end: int) -> None:
        """A phrase behind an open motion: its seconder, its words, its vote, or something else."""
        text = statement.text
        seconder = self._seconder(text, start, end) if self.forms.hint.search(text, start, end) else None
        if seconder and not draft.seconder and end - start < 120:
            draft.seconder = _label(seconder["name"])
            draft.more.append((statement, *seconder.span()))
            draft.alone = draft.alone or not draft.words
            return
        resolved = self.forms.resolved.match(text, start, end)
        if resolved and not self._reaches(draft, text[resolved.end() : end]):
            self._resolve(draft, statement, resolved.end(), end)
        elif self._ends(draft, statement, start, end):
            draft.open = False
            draft.decided = statement.section == "vote" or said_in(text, start, end, self.votes) is not None
        elif self._belongs(draft, statement, start, end):
            self._take(draft, statement, start, end)
        else:
            draft.open = bool(not draft.seconder)

    def _reaches(self, draft: _Draft, text: str) -> bool:
        """Whether "resolved" only continues the words of the motion."""
        return bool(draft.words) and draft.alone and not text.strip()

    def _resolve(self, draft: _Draft, statement: Statement, start: int, end: int) -> None:
        draft.outcome = "" if self._is_outvoted_below() else "carried"
        if not draft.words:
            self._take(draft, statement, start, end)
        draft.open = False

    def _is_outvoted_below(self) -> bool:
        """Whether a vote follows by which the words put were not carried."""
        below = self.statements[self.at + 1 : self.at + 2]
        said = (said_in(below[0].text, 0, len(below[0].text), self.votes) if below else None) or _NOTHING
        counts = dict(said.counts)
        return said.outcome in ("lost", "tied") or 0 < counts.get("no", 0) >= counts.get("yes", 0)

    def _ends(self, draft: _Draft, statement: Statement, start: int, end: int) -> bool:
        """Whether a phrase is the vote on the motion, or plainly none of its words."""
        text = statement.text[start:end]
        if statement.section in ("vote", "conclusion", "actions"):
            return True
        said = said_in(statement.text, start, end, self.votes)
        if said is not None and (said.alone or said.asked or (said.outcome and len(text) < 60)):
            return said.asked or bool(said.counts) or not self.forms.opening.match(text)
        if draft.words or not draft.alone:
            return bool(self.forms.narrative.match(text)) and not self.forms.opening.match(text)
        return bool(self.forms.narrative.match(text))

    def _belongs(self, draft: _Draft, statement: Statement, start: int, end: int) -> bool:
        """Whether a phrase begins or goes on with the words of the motion."""
        if not draft.words:
            return draft.earlier is None or bool(self.forms.opening.match(statement.text, start))
        last, _, stop = draft.words[-1]
        text = statement.text[start:end]
        if last is statement:
            return draft.alone or bool(self.forms.continuing.match(text))
        if self.forms.continuing.match(text) or last.text[:stop].rstrip()[-1:] in (":", ";", ","):
            return True
        joined = re.search(r"(?:and|or|und|oder)\W*$", last.text[:stop]) is not None
        return draft.alone and (joined or (draft.lined and self._votes_follow(text)))

    def _votes_follow(self, text: str) -> bool:
        """Whether nothing but further words stand before the vote, where movers have lines of their own."""
        if self.forms.has("aside", text) or self.forms.narrative.match(text):
            return False
        after = (each for each in self.statements[self.at + 1 : self.at + _LONG] if each.section != "text")
        following = next(after, None)
        return following is not None and following.section == "vote"

    def _speech(self, statement: Statement) -> None:
        """What is moved or seconded in the first person."""
        forms, last = self.forms, self.last
        if last is not None and not last.spoken:
            last.open = last.open and not last.words
        if not statement.speaker or not forms.hint.search(statement.text):
            return
        moved = forms.said.pattern("i_move").search(statement.text)
        if moved:
            self._moved_in_speech(statement, moved)
        elif (
            last is not None
            and not last.seconder
            and self.at - last.at <= _FAR
            and forms.has("i_second", statement.text)
        ):
            last.seconder = statement.speaker
            last.more.append((statement, 0, len(statement.text)))

    def _moved_in_speech(self, statement: Statement, moved: re.Match[str]) -> None:
        text, last = statement.text, self.last
        if last is not None and not last.spoken and last.mover == statement.speaker and not last.decided:
            return
        kept = self.forms.said.pattern("i_move_kept").search(moved[0])
        start = moved.start() + kept.start() if kept else moved.end()
        ends = [end for _, end in phrases(text) if end > start]
        end = next((end for end in ends if len(text[start:end].split()) > 1), len(text))
        start += len(text[start:end]) - len(text[start:end].lstrip(" \n,:;—–-"))
        draft = _Draft(statement, moved.start(), end, statement.speaker, spoken=True, at=self.at)
        draft.amendment = self.forms.has("amendment", moved[0]) or self._amends(text[start:end])
        draft.number = self._named(statement, moved.start(), end)[0] if draft.amendment else ""
        draft.words.append((statement, start, end))
        self.drafts.append(draft)


def _label(name: str) -> str:
    return " ".join(name.split()).rstrip(",;:")


def _facts(document: Document, drafts: list[_Draft]) -> Iterator[Moved]:
    """The drafts of one item as facts, amendments joined to the motion before them."""
    mains: list[tuple[str, bool]] = []
    for draft in drafts:
        open_ones = [identity for identity, decided in mains if not decided] or [identity for identity, _ in mains]
        fact = _fact(document, draft, open_ones[-1] if draft.amendment and open_ones else "")
        if not draft.amendment:
            mains.append((fact.id, draft.decided))
        yield fact


def _fact(document: Document, draft: _Draft, main: str) -> Moved:
    said = _said(draft)
    more: list[Mark] = [
        mark
        for statement, start, end in (*draft.words, *draft.more)
        for mark in (*document.marks(statement, start, end), *document.marks_of(statement.label, statement.place))
    ]
    return document.fact(
        Moved,
        draft.statement,
        "motions.spoken" if draft.spoken else "motions.moved",
        draft.start,
        draft.end,
        more,
        stated=not draft.spoken,
        text=said.rstrip(" ,;"),
        mover=draft.mover,
        seconder=draft.seconder,
        amends=main,
        called_amendment=draft.called_amendment and not draft.number,
        number=draft.number,
        outcome=draft.outcome,
        mentions=_mentions(document, draft),
    )


def _mentions(document: Document, draft: _Draft) -> tuple[Mention, ...]:
    """The matters that the words of a motion cite by number."""
    return tuple(
        replace(mention, marks=document.marks(statement, start + at, start + stop))
        for statement, start, end in draft.words
        for at, stop, mention in mentions_in(statement.text[start:end], document)
    )
