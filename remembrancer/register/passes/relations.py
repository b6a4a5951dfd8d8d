"""What a text says it does to other texts: repeals, replaces, amends, confirms, ratifies, implements, interprets.

    Resolution 2031/7 is rescinded.                    repeals number:resolution 2031/7
    An ordinance amending Section 4 of Ordinance 12    amends number:ordinance 12, provision 4
    All ordinances in conflict herewith are repealed   repeals general:ordinance
    Der Beschluss Nr. 0123/45 wird aufgehoben          repeals number:beschluss 0123/45

What it does not do, may do, or only tells of another (``as amended by Ordinance 9``, ``is not intended to repeal``,
``will be replaced``, ``was superseded by Policy 5``) is none of its relations.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple, get_args

from remembrancer.model import RelationKind
from remembrancer.read import dates
from remembrancer.register.document import Document
from remembrancer.register.facts import Mention, Relating
from remembrancer.register.passes.citations import Cited, citations_in, provisions_in
from remembrancer.register.vocabulary import Words, words

KINDS: tuple[RelationKind, ...] = tuple(kind for kind in get_args(RelationKind) if kind != "cites")
GENERAL = "general:"
"""Key of the target of a clause that repeals all that conflicts; the kind of text follows, or nothing for all."""

_NEAR = 140
_ACTOR = 30
_CLAUSE = re.compile(r"[.;!?][\"”’)]*\s+(?=[\"“(\[]?[^\W\d_a-zß-öø-ÿ])")
_ABBREVIATED = re.compile(r"\b(?:[Nn][Oo][Ss]?|Nrn?|Art|Sec|Abs|Ziff|Ord|Res|[Pp]ara|n|Dr|Cllr|St)$")
_FINITE = re.compile(r"(?:s|ing|e|y|[aeio]nt?|[aeiu]r)$", re.IGNORECASE)


_TOWARDS = re.compile(r"\b(?:to|into|from|of|in)$", re.IGNORECASE)


class Verb(NamedTuple):
    """A word that says what is done, at characters ``start:end``. ``passive``: to what is named before it."""

    kind: RelationKind
    start: int
    end: int
    passive: bool


class Placed(NamedTuple):
    """A relation and the characters that say it."""

    start: int
    end: int
    relating: Relating


def placed(text: str, document: Document) -> list[Placed]:
    """What a text says it does to others, with the characters that say so, each once."""
    found: dict[tuple[str, tuple[str, ...], str], Placed] = {}
    for start, end in clauses(text):
        for each in _in_clause(text[start:end], document):
            relating = each.relating
            key = (relating.kind, relating.target.keys, relating.provision)
            found.setdefault(key, Placed(each.start + start, each.end + start, relating))
    return list(found.values())


def clauses(text: str) -> list[tuple[int, int]]:
    """A text cut after sentences and semicolons, but not after the full stop of ``No.``."""
    written = [(date.start, date.end) for date in dates.find(text)]
    cuts = [
        match.end()
        for match in _CLAUSE.finditer(text)
        if not _ABBREVIATED.search(text[max(0, match.start() - 8) : match.start()])
        and not any(start < match.start() < end for start, end in written)
    ]
    return [(start, end) for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True) if text[start:end].strip()]


def _in_clause(clause: str, document: Document) -> Iterator[Placed]:
    vocabulary = words("relations", document.language, document.house)
    verbs = _verbs(clause, vocabulary)
    if not verbs:
        return
    yield from _general(clause, verbs, vocabulary)
    every = citations_in(clause, document)
    verbs = [verb for verb in verbs if not any(each.start < verb.start and verb.end < each.end for each in every)]
    citations = [each for each in every if not _did_it(clause, each, vocabulary)]
    for verb, stop in zip(verbs, [*(each.start for each in verbs[1:]), len(clause)], strict=False):
        another = _by_another(clause, verb, every, vocabulary)
        targets = [] if another else _targets(clause, verb, citations, stop, vocabulary.pattern("aside"))
        for target in targets:
            numbers = target.provisions or _provisions(clause, document, verb, len(targets))
            for number in numbers or ("",):
                relating = Relating(kind=verb.kind, target=target.mention, provision=number)
                yield Placed(min(verb.start, target.start), max(verb.end, target.end), relating)


def acting(text: str, document: Document) -> list[Cited]:
    """The texts a text names, but for those it names as having done something before: ``as amended by Ordinance 9``."""
    vocabulary = words("relations", document.language, document.house)
    return [each for each in citations_in(text, document) if not _did_it(text, each, vocabulary)]


def _did_it(clause: str, cited: Cited, vocabulary: Words) -> bool:
    """Whether a text is named as the one that did something before: ``as amended by Ordinance 9``."""
    leading = clause[max(0, cited.start - 60) : cited.start]
    by = re.search(rf"(?P<verb>\w+)\s+{vocabulary.any_of('by')}\s+(?:\w+\s+)?$", leading, re.IGNORECASE)
    return by is not None and any(
        vocabulary.pattern(kind).fullmatch(by["verb"]) for kind in KINDS if kind != "implements"
    )


def _verbs(clause: str, vocabulary: Words) -> list[Verb]:
    """The verbs of a clause that say what is done by it."""
    before = _before(vocabulary.any_of("passive"), vocabulary.any_of("undone"))
    found: dict[int, Verb] = {}
    for kind in KINDS:
        for match in vocabulary.pattern(kind).finditer(clause):
            leading = clause[max(0, match.start() - 80) : match.start()]
            considered = vocabulary.pattern("open").search(clause, max(0, match.start() - _NEAR), match.start())
            if not considered and not before.undone.search(leading):
                passive = before.passive.search(leading) is not None and not _TOWARDS.search(match[0])
                found.setdefault(match.start(), Verb(kind, *match.span(), passive))
    return [found[start] for start in sorted(found)]


class _Before(NamedTuple):
    passive: re.Pattern[str]
    undone: re.Pattern[str]


@cache
def _before(passive: str, undone: str) -> _Before:
    return _Before(
        re.compile(rf"(?<!\w){passive}\s+(?:(?!to\b)\w+\s+){{0,2}}$", re.IGNORECASE),
        re.compile(
            rf"(?<!\w){undone}\s+(?:(?:hereby|be|been|being|is|are|was|were|to|intended|interpreted|as|the|a|an)\s+){{0,4}}$"
        ),
    )


def _targets(clause: str, verb: Verb, citations: list[Cited], stop: int, aside: re.Pattern[str]) -> list[Cited]:
    """The texts a verb is about: those named next to it, before it where something is done to them."""
    after = _row(clause, [each for each in citations if verb.end <= each.start < stop], verb.end)
    if after and aside.search(clause[verb.end : after[0].start]):
        after = []
    if verb.kind == "implements":
        return [each for each in after if not each.mention.keys[0].startswith("title:")]
    word = clause[verb.start : verb.end]
    active = _FINITE.search(word) or _TOWARDS.search(word) or clause[: verb.start].endswith("to ")
    if not verb.passive and (after or active):
        return after
    before = [each for each in citations if each.end <= verb.start and verb.start - each.end <= _NEAR]
    return _row(clause, before, 0, backwards=True)


def _row(clause: str, citations: list[Cited], start: int, backwards: bool = False) -> list[Cited]:
    """The first citation, or the last, and those listed with it."""
    ordered = citations[::-1] if backwards else citations
    row: list[Cited] = []
    for each in ordered:
        if not row and not backwards and each.start - start > _NEAR:
            break
        if row:
            one, two = (each, row[-1]) if backwards else (row[-1], each)
            if not re.fullmatch(r"[\s,]*(?:\w{1,5}[\s,]+)?(?:[\w’']+\s+){0,3}", clause[one.end : two.start]):
                break
        row.append(each)
    return row[::-1] if backwards else row


def _by_another(clause: str, verb: Verb, citations: list[Cited], vocabulary: Words) -> bool:
    """Whether another text did it: ``is superseded by Policy 5``."""
    by = re.match(rf"\s*{vocabulary.any_of('by')}\s+", clause[verb.end :], re.IGNORECASE)
    if by is None or re.match(vocabulary.any_of("this"), clause[verb.end + by.end() :], re.IGNORECASE):
        return False
    return any(0 <= each.start - verb.end - by.end() < _ACTOR for each in citations)


def _provisions(clause: str, document: Document, verb: Verb, targets: int) -> tuple[str, ...]:
    """The provisions of the one text that is amended or interpreted, wherever the clause names them."""
    if targets != 1 or verb.kind not in {"amends", "interprets", "repeals", "suspends"}:
        return ()
    return tuple(number for each in provisions_in(clause, document) for number in each.numbers)


def _general(clause: str, verbs: list[Verb], vocabulary: Words) -> Iterator[Placed]:
    """The clause that repeals whatever is in conflict."""
    match = re.search(vocabulary.any_of("conflicting"), clause, re.IGNORECASE)
    verb = next((each for each in verbs if each.kind in {"repeals", "replaces"}), None)
    if match is None or verb is None:
        return
    what = re.search(vocabulary.any_of("instruments"), match[0], re.IGNORECASE)
    kind = re.sub(r"(?<=\w\w)s$", "", what[0].casefold()) if what else ""
    written = " ".join(match[0].split())
    target = Mention(title=written, keys=(GENERAL + kind,))
    yield Placed(min(match.start(), verb.start), max(match.end(), verb.end), Relating(kind="repeals", target=target))
