"""Votes told in sentences, in the minutes' own formulas or from the chair, for languages whose packs list them.

    Efectuada a votación, deu o seguinte resultado: votos a favor, 33; votos en contra, 40.   counted; what follows
    "queda rexeitada esta emenda" declares it lost
    A Câmara deliberou por maioria, com os votos a favor do Presidente e a abstenção de ...   by name
    Le conseil, après en avoir délibéré, approuve à l'unanimité ...                            unanimous
    (Asentimento da Cámara.)                                                                  no objection

What stands in quotation marks, or is told of another day ("em reunião de 25 de janeiro deliberou"), is no vote here.
A sentence such as "the decisions of these minutes were unanimous unless another way is mentioned" holds for every
vote of the document of which no way is mentioned.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from msgspec.structs import replace

from remembrancer.model import Mark, Outcome
from remembrancer.read import dates
from remembrancer.register.document import Document, Statement
from remembrancer.register.facts import AnyFact, Cast, Voted
from remembrancer.register.passes.polls import already, heading_of
from remembrancer.register.passes.spelling import Speller, speller_of
from remembrancer.register.passes.tallies import Tally, number_in, tallies_in, tally_words
from remembrancer.register.vocabulary import Words, words

_STOP = re.compile(r"[.!?](?=[”»\")]?\s+[\"“«(]?[A-ZÀ-ÞА-Я]|[”»\")]?\s*$|[”»\")]?\s*\n)|(?<=[.:;!?])\s*\n|\n\s*\n")
_ABBREVIATED = re.compile(
    r"(?:\b[A-Za-zÀ-ÿ]|\b(?:art|arts|n|nº|dr|dra|sr|sra|eng|arq|al|alin|pág|prof|mme|mm|st|lda|núm|núms|ord))$", re.I
)
_REACH = 900
_NEAR = 160
_NOT = 9
"""How many letters before a verb may deny it."""
_APART = 4
_SPELT = re.compile(r"[^\W\d_]+")
_PLACE, _PARTICLE = 5, 3
"""How many words the place before a date has at most, and how many letters those of them without a capital."""


class _Told(NamedTuple):
    """Where a vote is told: ``start:end`` of its words; ``since:until`` is what can belong to it."""

    kind: str
    start: int
    end: int
    until: int = 0
    since: int = 0


class _Vote(NamedTuple):
    """A vote with the statement it was told in."""

    at: int
    told: _Told
    vote: Voted


class _Lists(NamedTuple):
    votes: Words
    tallies: Words
    speller: Speller


def find(document: Document, found: Sequence[AnyFact]) -> Iterator[AnyFact]:
    """The votes of a document that its sentences tell, but for those found already."""
    votes = words("votes", document.language, document.house)
    if votes["acts"] or votes["resolves"]:
        lists = _Lists(votes, tally_words(document.language, document.house), speller_of(votes))
        yield from _corrected(document, list(_votes(document, found, lists)), lists)


def _votes(document: Document, found: Sequence[AnyFact], lists: _Lists) -> Iterator[_Vote]:
    general = _general(document, lists.votes)
    assented = -_APART
    for index, statement in enumerate(document.statements):
        if statement.kind == "item" or statement.section in ("agenda", "attendance"):
            continue
        for told in _told(statement.text, lists):
            if already(found, statement, told.start, told.end):
                continue
            if told.kind == "declares":
                yield _Vote(index, told, _counted(document, index, told, lists))
            elif told.kind != "assent":
                yield _Vote(index, told, _resolved(document, index, told, lists, general))
            else:
                if index - assented >= _APART:
                    yield _Vote(index, told, _assent(document, index, told, lists))
                assented = index


def _corrected(document: Document, votes: list[_Vote], lists: _Lists) -> Iterator[Voted]:
    """Numbers told again before another question was put replace those told first."""
    question: tuple[str, tuple[Mark, ...]] | None = None
    for one, following in pairwise([*votes, None]):
        if one is None:
            continue
        vote = one.vote
        if question:
            vote = replace(vote, question=question[0], marks=(*vote.marks[:1], *question[1]))
        if (
            following
            and one.told.kind == following.told.kind == "declares"
            and not _put(document, one, following, lists)
        ):
            question = question or (vote.question, vote.marks[1:])
            continue
        question = None
        yield vote


def _put(document: Document, one: _Vote, following: _Vote, lists: _Lists) -> bool:
    """Whether a question was put between two counts; where they are far apart it was."""
    items = {document.statements[at].item for at in (one.at, following.at)}
    if following.at - one.at >= _APART or len(items) > 1:
        return True
    between = [
        document.statements[at].text[
            one.told.end if at == one.at else 0 : following.told.start if at == following.at else None
        ]
        for at in range(one.at, following.at + 1)
    ]
    return any(lists.votes.pattern("puts").search(text) for text in between)


def _general(document: Document, votes: Words) -> tuple[Mark, ...]:
    """Where the document says that its votes were unanimous unless it says otherwise."""
    for statement in document.statements if votes["general_unanimity"] else ():
        match = votes.pattern("general_unanimity").search(statement.text)
        if match:
            return document.marks(statement, match.start(), match.end())
    return ()


def _told(text: str, lists: _Lists) -> list[_Told]:
    """The places of a text that tell of a vote, in order, each with its reach."""
    votes = lists.votes
    found = [
        _Told(kind, match.start(), match.end())
        for kind in ("resolves", "declares", "assent", "acts")
        for match in votes.pattern(kind).finditer(text)
    ]
    if not found:
        return []
    apart = [*_quoted(text), *(match.span() for match in votes.pattern("general_unanimity").finditer(text))]
    real = [
        told
        for told in sorted(found, key=lambda each: each.start)
        if not any(start <= told.start < end for start, end in apart) and not _unreal(text, told, votes)
    ]
    kept = _first_of_each(text, real, lists)
    reaching: list[_Told] = []
    for told, after in pairwise([*kept, None]):
        if told:
            since = max(reaching[-1].until if reaching else 0, told.start - _REACH // 2)
            reaching.append(told._replace(until=_until(text, told, after, votes), since=since))
    return reaching


def _first_of_each(text: str, found: list[_Told], lists: _Lists) -> list[_Told | None]:
    """One place for each vote: a verb that needs a way of voting beside it counts only where it has one, and not
    in the sentence of another place nor right behind numbers, whose outcome it tells."""
    kept: list[_Told | None] = []
    reach = counted = -1
    for told in found:
        end = _sentence_end(text, told.end)
        if told.kind == "declares":
            tally = _tally_after(text, told, lists)
            if tally is None or tally.start < counted:
                continue
            counted = tally.end
        if told.kind == "acts" and (told.start < reach or not _has_way(text, told, end, lists)):
            continue
        if told.start >= reach + (_NEAR // 2 if told.kind == "assent" and kept else 0) or told.kind == "declares":
            kept.append(told)
            reach = end + (2 * _NEAR if told.kind == "declares" else 0)
    return kept


def _has_way(text: str, told: _Told, end: int, lists: _Lists) -> bool:
    start = _sentence_start(text, told.start)
    near = any(lists.votes.pattern(name).search(text, start, end) for name in ("unanimity", "majority"))
    return near or bool(tallies_in(text[told.end : end], lists.tallies))


def _quoted(text: str) -> list[tuple[int, int]]:
    """The outermost ranges in typographic quotation marks; one that is never closed ends with its line."""
    ranges: list[tuple[int, int]] = []
    opened: list[int] = []
    for match in re.finditer(r"[“”«»]", text):
        if match[0] in "“«":
            opened.append(match.start())
        elif opened:
            start = opened.pop()
            if not opened:
                ranges.append((start, match.end()))
    return ranges


def _unreal(text: str, told: _Told, votes: Words) -> bool:
    """Whether the words before say that it is wished, or of another day."""
    if told.kind == "declares" or not votes["unreal"]:
        return False
    before = text[max(_sentence_start(text, told.start), told.start - _NEAR) : told.start]
    close = re.search(rf"(?<!\w){votes.any_of('unreal')}(?:\W+\w+){{0,5}}\W*$", before, re.IGNORECASE)
    return close is not None


def _sentence_start(text: str, at: int) -> int:
    start = max(at - _REACH, 0)
    for match in _STOP.finditer(text, start, at):
        if not _ABBREVIATED.search(text, max(match.start() - 6, 0), match.start()):
            start = match.end()
    return start


def _sentence_end(text: str, at: int) -> int:
    for match in _STOP.finditer(text, at, at + 4 * _REACH):
        if not _ABBREVIATED.search(text, max(match.start() - 6, 0), match.start()):
            return match.end()
    return min(len(text), at + 4 * _REACH)


def _until(text: str, told: _Told, after: _Told | None, votes: Words) -> int:
    """Where what belongs to a vote ends: its sentence and those after it that go on telling who voted how."""
    limit = min(after.start if after else len(text), told.end + 2 * _REACH)
    end = min(_sentence_end(text, told.end), limit)
    names = [votes.pattern(name) for name in ("names_yes", "names_no", "names_abstain", "names_out")]
    while end < limit:
        begin = end + len(text[end:limit]) - len(text[end:limit].lstrip())
        following = min(_sentence_end(text, begin), limit)
        paragraph = "\n\n" in text[end:begin]
        goes_on = any(
            pattern.match(text, begin) if paragraph else pattern.search(text, begin, following) for pattern in names
        )
        if begin >= limit or not (goes_on or not (paragraph or "\n" in text[end:following])):
            break
        end = following
    return end


def _is_dateline(words: str) -> bool:
    """Whether words are only the place and day that close a declaration: ``Weir Mill, 4 May 2021``."""
    found = dates.find(words)
    if not found or _SPELT.search(words, found[-1].end):
        return False
    before = _SPELT.findall(words[: found[0].start])
    return len(before) <= _PLACE and all(each[0].isupper() or len(each) <= _PARTICLE for each in before)


def _assent(document: Document, index: int, told: _Told, lists: _Lists) -> Voted:
    statement = document.statements[index]
    start = _sentence_start(statement.text, told.start)
    inner = statement.text[start : told.start].strip(" .(")
    question, marks = (
        (inner, document.marks(statement, start, told.start))
        if inner and not _is_dateline(inner)
        else _question(document, index, told.start, lists)
    )
    return document.fact(
        Voted,
        statement,
        "spoken.assent",
        told.start,
        told.end,
        more=marks,
        question=question,
        method="no-objection",
        declared="carried",
    )


def _counted(document: Document, index: int, told: _Told, lists: _Lists) -> Voted:
    """A result announced and counted."""
    statement = document.statements[index]
    text = statement.text
    tally = _tally_after(text, told, lists) or Tally(told.end, told.end, ())
    follows = text[tally.end : max(told.until, min(len(text), tally.end + 2 * _NEAR))]
    unanimous = lists.votes.pattern("unanimity").search(follows[:_NEAR]) and tally.counts[0] == ("yes", tally.total)
    question, marks = _question(document, index, told.start, lists)
    start, end = _sentence_start(text, told.start), _sentence_end(text, tally.end)
    ends = _ending(text[start:end], lists.votes)
    if statement.kind == "text" and ends and not _is_resolution(question, document):
        question, marks = text[start:end].strip(), document.marks(statement, start, end)
    return document.fact(
        Voted,
        statement,
        "spoken.counted",
        told.start,
        tally.end,
        more=marks,
        question=question,
        method="unanimous" if unanimous else "tally",
        declared=_ending(follows, lists.votes)
        or _ending(text[told.start : tally.end], lists.votes)
        or _ending(_after(document, index), lists.votes),
        counts=tally.counts,
    )


def _is_resolution(question: str, document: Document) -> bool:
    """Whether what stands above a count in minutes is what was resolved, and not only what somebody said of it."""
    resolved = words("decisions", document.language, document.house)["resolved"]
    return any(re.match(each, question, re.IGNORECASE) for each in resolved)


def _after(document: Document, index: int) -> str:
    """The first words of the notes below a statement, within its item."""
    item = document.statements[index].item
    below = document.statements[index + 1 : index + 3]
    return "\n".join(each.text[: 2 * _NEAR] for each in below if each.kind == "text" and each.item == item)


def _tally_after(text: str, told: _Told, lists: _Lists) -> Tally | None:
    """The counts that an announcement is followed by: of choices, or of candidates by name."""
    begin = max(_sentence_start(text, told.start), told.start - _NEAR // 4)
    near = text[begin : min(_sentence_end(text, _sentence_end(text, told.end)), told.end + 4 * _NEAR)]
    named = _candidates(near, lists)
    for tally in [named] if named else tallies_in(near, lists.tallies):
        if told.end - begin < tally.end and tally.start + begin - told.end <= _NEAR:
            return Tally(begin + tally.start, begin + tally.end, tally.counts)
    return None


def _candidates(near: str, lists: _Lists) -> Tally | None:
    """``votos a favor de Ana Reis, 14; votos a favor de Rui Sá, 19``: two at least."""
    form = rf"(?<!\w){lists.votes.any_of('for_candidate')}(?P<name>[^;:\n]{{3,60}}?)\s?[,:]\s*(?P<number>[\w-]+)"
    matches = list(re.finditer(form, near, re.IGNORECASE))
    numbers = [number_in(match["number"], lists.tallies) for match in matches]
    if len(matches) < 2 or None in numbers:
        return None
    counts = tuple((match["name"].strip(), number or 0) for match, number in zip(matches, numbers, strict=True))
    return Tally(matches[0].start(), matches[-1].end(), counts)


def _ending(text: str, votes: Words) -> Outcome:
    """How the first words after a count that say so declare it to have ended."""
    lost, carried = votes.pattern("ends_lost").search(text), votes.pattern("ends_carried").search(text)
    if lost and (not carried or lost.start() <= carried.start()):
        return "lost"
    return "carried" if carried else ""


def _resolved(document: Document, index: int, told: _Told, lists: _Lists, general: tuple[Mark, ...]) -> Voted:
    """A formula of the minutes: its way of voting, its counts and its names."""
    statement, votes = document.statements[index], lists.votes
    text = statement.text
    start, end = _sentence_start(text, told.start), min(_sentence_end(text, told.end), told.until)
    way = votes.pattern("unanimity").search(text, told.start, end) or votes.pattern("unanimity").search(
        text, start, told.start
    )
    majority = votes.pattern("majority").search(text, start, end)
    secret = votes.pattern("secret").search(text, start, end)
    counts = next((tally.counts for tally in tallies_in(text[told.end : told.until], lists.tallies)), ())
    ballots = _ballots(document, statement, told, lists)
    method = "ballot" if secret else "unanimous" if way else "tally"
    by_rule = general if method == "tally" and not (majority or counts or ballots) else ()
    evidence = [match.span() for match in (way, majority) if match]
    return document.fact(
        Voted,
        statement,
        "spoken.resolved",
        told.start,
        end,
        more=(
            *document.marks(statement, told.start, told.end),
            *(mark for span in evidence[:1] for mark in document.marks(statement, *span)),
            *by_rule,
        ),
        question=text[start if told.kind == "acts" else told.start : end].strip()[:600],
        method="unanimous" if by_rule else method,
        declared=_declared(text[max(start, told.start - _NOT) : told.end], votes),
        counts=counts,
        ballots=ballots,
    )


def _declared(clause: str, votes: Words) -> Outcome:
    """The outcome that a verb says, with what may deny it before it."""
    lost = any(votes.pattern(name).search(clause) for name in ("ends_lost", "rejects") if votes[name])
    return "lost" if lost else "carried"


def _ballots(document: Document, statement: Statement, told: _Told, lists: _Lists) -> tuple[Cast, ...]:
    """Those whom the sentences of a vote name, each once, with what they chose."""
    found: dict[str, Cast] = {}
    text, speller = statement.text, lists.speller
    for choice, start, end in (
        *speller.choices(text, told.start, told.until),
        *speller.left_out(text, told.start, told.until),
        *speller.left_out(text, told.since, told.start),
    ):
        label = " ".join(text[start:end].split())
        found.setdefault(label, Cast(label=label, choice=choice, marks=document.marks(statement, start, end)))
    return tuple(found.values())


def _question(document: Document, index: int, start: int, lists: _Lists) -> tuple[str, tuple[Mark, ...]]:
    """What was put: the line above that is not itself about the result, here or in the statement before."""
    for at in (index, index - 1):
        statement = document.statements[max(at, 0)]
        if statement.kind == "item" or statement.item != document.statements[index].item:
            break
        stop = start if at == index else len(statement.text)
        for match in reversed(list(re.finditer(r"[^\s][^\n]*", statement.text[:stop]))):
            line = match[0].strip()
            if len(line) > 12 and not _about_result(line, lists.votes) and not _is_dateline(line):
                begin = match.start() + max(len(line) - 500, 0)
                return statement.text[begin : match.end()].strip(), document.marks(statement, begin, match.end())
    return heading_of(document, document.statements[index].item)


def _about_result(line: str, votes: Words) -> bool:
    return any(votes.pattern(name).search(line) for name in ("ends_carried", "ends_lost", "declares") if votes[name])
