"""Decisions by which a matter comes to stand on a rung of a ladder: ``Stage 3``, ``Phase 2``, ``Withdrawn``.

They are stated where a conclusions section says so (``Stage 2, pending editors' review``) or says yes to the rung that
the item's title asks for. They are inferred where the record shows the decision only in what was said (``No objections,
proceed to phase 1``), in a poll that nobody answered with no, or in a yes after a question. The matter is the one the
sentence names, else the item's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from remembrancer.model import Mark, Outcome
from remembrancer.register.document import Document, Statement
from remembrancer.register.facts import AnyFact, Discussed, Mention, Resolved, Voted
from remembrancer.register.passes.matters import Titles, business_of, folded_title, mention_of, mentions_in
from remembrancer.register.passes.moving import Clause, Grammar, Step, clauses
from remembrancer.register.passes.rungs import vocabulary_of

_CONSENSUS = re.compile(r"\bconsen|\bunanim|\bno objection", re.IGNORECASE)
_CODE = re.compile(r"\w[.#]\w|[a-z][A-Z]|`")
_THING = re.compile(r"\s*(?:\w+ )?(?:for|of|to) (?:the )?(.+)")
_INITIALS = re.compile(r"[A-Z]{2,4}")
_PATIENCE = 14
_POLL_PATIENCE = 60
_SHORT_ANSWER = 300
_NAME = 5
_LABEL = 3
_COPULA = re.compile(
    r"\b(?:is|are|was|were|has|have|will|to|now|be|being|been|hereby|therefore)\b.*$", re.IGNORECASE | re.DOTALL
)


@dataclass(frozen=True)
class _Business:
    """An item with all that stands under it and under the headings of its parts, and the matters it is about.
    ``speaks`` is whether what is merely said there can move a matter: not where the way itself is talked of."""

    item: int | None
    statements: tuple[Statement, ...]
    mentions: tuple[Mention, ...]
    parts: tuple[str, ...] = ()
    speaks: bool = True


@dataclass
class _Sitting:
    """What the rules need to know of a document; ``decided`` are the matters and rungs already found."""

    document: Document
    grammar: Grammar
    titles: Titles
    named: list[tuple[str, Mention]]
    votes: dict[str, list[Voted]]
    decided: set[tuple[str, str]] = field(default_factory=set)


def find(document: Document, found: Sequence[AnyFact]) -> Iterator[Resolved]:
    """The decisions of a document that move matters on ladders."""
    grammar = Grammar(document)
    if not grammar.scales or not grammar.hint.search(document.data.decode(errors="replace")):
        return
    sitting = _Sitting(document, grammar, Titles(document), _named(found), _votes(found))
    for business in _order(sitting, found):
        concluded = [statement for statement in business.statements if _concludes(sitting, statement)]
        yield from _concluded(sitting, business, concluded)
        if not concluded and business.speaks:
            yield from _spoken(sitting, business)


def _named(found: Sequence[AnyFact]) -> list[tuple[str, Mention]]:
    """The folded titles of the matters of the document, the longest first."""
    pairs = {
        key[6:]: fact.mention
        for fact in found
        if isinstance(fact, Discussed)
        for key in fact.mention.keys
        if key.startswith("title:")
    }
    return sorted(pairs.items(), key=lambda pair: -len(pair[0]))


def _votes(found: Sequence[AnyFact]) -> dict[str, list[Voted]]:
    votes: dict[str, list[Voted]] = {}
    for fact in found:
        if isinstance(fact, Voted):
            votes.setdefault(fact.element, []).append(fact)
    return votes


def _order(sitting: _Sitting, found: Sequence[AnyFact]) -> Iterator[_Business]:
    """The items on the order of business, without what was only planned."""
    document = sitting.document
    vocabulary = vocabulary_of(document.language, document.house)
    planned, process = vocabulary.pattern("planned"), vocabulary.pattern("process")
    own = all(scale.own for scale in sitting.grammar.scales)
    items = document.proceedings.items
    about: dict[str, list[Mention]] = {}
    for fact in found:
        if isinstance(fact, Discussed):
            about.setdefault(fact.item, []).append(fact.mention)
    gathered: dict[int | None, list[Statement]] = {}
    for statement in document.statements:
        business = business_of(document, statement.item, sitting.titles)
        if statement.section != "agenda" and not any(map(planned.fullmatch, _headings(document, statement, business))):
            gathered.setdefault(business, []).append(statement)
    for item, statements in gathered.items():
        if item is None:
            yield _Business(None, tuple(statements), (), speaks=own)
            continue
        title = items[item].title
        speaks = own and not process.fullmatch(title)
        yield _Business(
            item, tuple(statements), tuple(about.get(items[item].id, ())), tuple(sitting.titles.parts(title)), speaks
        )


def _headings(document: Document, statement: Statement, business: int | None) -> Iterator[str]:
    """The headings over a statement, up to that of its item."""
    for item in document.ancestors(statement.item):
        if item == business:
            return
        yield document.proceedings.items[item].title.strip()


def _concludes(sitting: _Sitting, statement: Statement) -> bool:
    """Whether a statement stands in conclusions, also where by itself it is a vote or a motion."""
    if statement.section == "conclusion":
        return True
    return statement.kind == "text" and statement.item is not None and sitting.titles.is_conclusion(statement.item)


def _concluded(sitting: _Sitting, business: _Business, concluded: Sequence[Statement]) -> Iterator[Resolved]:
    """The rungs that the conclusions of an item give, else the one its title asks for if they say yes."""
    said = False
    asked = frozenset(rung.rung for rung in sitting.grammar.sought(_title(sitting, business)))
    for statement, clause, step, beside in _steps(sitting, concluded, asked):
        said = True
        if step is not None:
            rule = "ladders.conclusion"
            yield from _decisions(sitting, business, statement, clause, step, rule, stated=True, more=beside)
    if not said:
        yield from _agreed(sitting, business, concluded)


def _title(sitting: _Sitting, business: _Business) -> str:
    return "" if business.item is None else sitting.document.proceedings.items[business.item].title


def _steps(
    sitting: _Sitting, concluded: Sequence[Statement], asked: frozenset[str]
) -> Iterator[tuple[Statement, Clause, Step | None, tuple[Mark, ...]]]:
    """The clauses of conclusions that speak of rungs, each with what it moves, or None, and the words beside it that
    say so too: a clause that is hardly more than a rung is about what the line above it names; a condition in the line
    below it belongs to it."""
    grammar, marks = sitting.grammar, sitting.document.marks
    listed = [(each, clause) for each in concluded if each.kind != "item" for clause in clauses(each.text)]
    for at, (statement, clause) in enumerate(listed):
        if not grammar.hint.search(clause.text):
            continue
        steps = grammar.concluded(clause.text, spoken=statement.kind == "speech", asked=asked)
        above = listed[at - 1][1].text if at and not grammar.hint.search(listed[at - 1][1].text) else ""
        below = listed[at + 1][1].text if at + 1 < len(listed) else ""
        for step in steps:
            label = (
                above if _CODE.search(above) and len(above.split()) <= _LABEL and not _THING.match(step.thing) else ""
            )
            subject = step.subject or label
            condition = step.condition or (below if grammar.condition(below) == below.strip(" ()[].") else "")
            beside = [listed[at - 1]] if label and not step.subject else []
            beside += [listed[at + 1]] if condition and not step.condition else []
            more = tuple(mark for each, part in beside for mark in marks(each, part.start, part.end))
            yield statement, clause, step._replace(subject=subject, condition=condition), more
        if not steps:
            yield statement, clause, None, ()


def _agreed(sitting: _Sitting, business: _Business, concluded: Sequence[Statement]) -> Iterator[Resolved]:
    """The rung of the item's title where its conclusions only say yes."""
    texts = [statement for statement in concluded if statement.kind != "item" and statement.text.strip()]
    asked = _asked_by_title(sitting, business)
    for statement in texts:
        for clause in clauses(statement.text):
            if asked and sitting.grammar.says_yes(clause.text):
                yield from _decisions(sitting, business, statement, clause, asked, "ladders.asked", stated=True)
                return
            if sitting.grammar.says_no(clause.text):
                return


def _asked_by_title(sitting: _Sitting, business: _Business) -> Step | None:
    title = _title(sitting, business)
    rungs = sitting.grammar.sought(title)
    further = re.compile(r"\d\s*(?:/|or|and|,)\s*\d").search(title)
    return Step(rungs[0].ladder, rungs[0].rung) if len({rung.rung for rung in rungs}) == 1 and not further else None


def _spoken(sitting: _Sitting, business: _Business) -> Iterator[Resolved]:
    """What was put and answered, declared or polled, where no conclusion says it."""
    asked, since = _asked_by_title(sitting, business), 0
    for at, statement in enumerate(business.statements):
        if statement.kind == "item" and statement.item == business.item:
            continue
        for vote in sitting.votes.get(statement.id, ()):
            put = _put(sitting.grammar, vote.question)
            if put is None and _asks_nothing(sitting, business, vote) and (not since or at - since <= _POLL_PATIENCE):
                put = asked
            if put and _is_provisional(sitting.grammar, business.statements, at, vote):
                asked = None
            elif put and _in_favour(vote):
                whole = Clause(0, len(statement.text), statement.text)
                yield from _decisions(
                    sitting, business, statement, whole, put, "ladders.poll", stated=vote.stated, vote=vote
                )
                asked = None
        if asked is None and not sitting.grammar.hint.search(statement.text):
            continue
        for clause in clauses(statement.text):
            step, asked, since = _heard(sitting, clause, statement, asked, since, at)
            if step is not None:
                stated = statement.kind == "text" or _is_noted(statement.text, clause)
                yield from _decisions(sitting, business, statement, clause, step, "ladders.said", stated=stated)


def _is_provisional(grammar: Grammar, statements: Sequence[Statement], at: int, vote: Voted) -> bool:
    """Whether a vote only tries the room, as its own words say or the sentence right before it."""
    before = [clause.text for clause in clauses(statements[at - 1].text)][-1:] if at else []
    return any(grammar.provisional(words) for words in (vote.question, statements[at].text, *before))


def _asks_nothing(sitting: _Sitting, business: _Business, vote: Voted) -> bool:
    """Whether a vote has no question of its own, or only the title of its item."""
    name = sitting.titles.name(vote.question)
    return not name or name == sitting.titles.name(_title(sitting, business))


def _put(grammar: Grammar, question: str) -> Step | None:
    """What a vote's question puts to the sitting: the first of its sentences that names one rung."""
    return next((put for clause in clauses(question) if (put := grammar.asked(f"poll: {clause.text}"))), None)


def _heard(
    sitting: _Sitting, clause: Clause, statement: Statement, asked: Step | None, since: int, at: int
) -> tuple[Step | None, Step | None, int]:
    """What a clause moves, and what is asked after it, since when."""
    grammar = sitting.grammar
    speaks = grammar.hint.search(clause.text) is not None
    put = grammar.asked(clause.text) if speaks else None
    if put and grammar.says_yes(clause.text.rpartition(":")[2]):
        return put, None, at
    if put and clause.text[-1] in "?:":
        return None, put, at
    if speaks and statement.kind != "item" and (step := grammar.declared(clause.text)):
        return step, None, at
    if put:
        return None, put, at
    if asked is not None and not speaks and grammar.puts(clause.text):
        return None, asked, at
    if asked is not None and (not since or at - since <= _PATIENCE) and len(statement.text) <= _SHORT_ANSWER:
        if grammar.says_yes(clause.text) and since:
            return asked, None, at
        if grammar.says_no(clause.text):
            return None, None, at
    return None, asked, since


def _in_favour(vote: Voted) -> bool:
    """Whether a vote was declared carried, or a poll leaves no doubt: most in favour, next to nobody against."""
    if vote.declared:
        return vote.declared in ("carried", "consensus")
    counts = {label.casefold(): count for label, count in vote.counts}
    favour = sum(counts.get(label, 0) for label in ("sf", "f", "yes", "for"))
    against = sum(counts.get(label, 0) for label in ("sa", "a", "no", "against"))
    return favour * 3 > sum(counts.values()) and against * 10 <= favour


def _decisions(
    sitting: _Sitting,
    business: _Business,
    statement: Statement,
    clause: Clause,
    step: Step,
    rule: str,
    *,
    stated: bool = False,
    vote: Voted | None = None,
    more: tuple[Mark, ...] = (),
) -> Iterator[Resolved]:
    """The decisions of one clause, one for each matter it is about, if not found already; ``more`` is evidence of
    what words beside the clause say."""
    for nth, mention in enumerate(_about(sitting, business, step)):
        known = (mention.keys[0], step.status)
        if known in sitting.decided:
            continue
        sitting.decided.add(known)
        place: dict[str, Any] = (
            {} if business.item is None else sitting.document.where(statement.sitting, business.item)
        )
        yield sitting.document.fact(
            Resolved,
            statement,
            rule,
            clause.start,
            clause.end,
            (*more, *(mention.marks or _heading(sitting, business))),
            nth=nth,
            stated=stated,
            text=clause.text,
            kind="set-status",
            outcome=_outcome(clause.text, vote),
            title=mention.title,
            ladder=step.ladder,
            status_to=step.status,
            vote=vote.id if vote else "",
            mentions=(mention,),
            conditions=(step.condition,) if step.condition else (),
            **place,
        )


def _heading(sitting: _Sitting, business: _Business) -> tuple[Mark, ...]:
    """The heading that names the matter where the clause itself does not."""
    if business.item is None:
        return ()
    item = sitting.document.proceedings.items[business.item]
    return sitting.document.marks_of(item.spans, item.place)


def _outcome(text: str, vote: Voted | None) -> Outcome:
    if vote and vote.declared:
        return vote.declared
    return "consensus" if _CONSENSUS.search(text) else "carried"


def _is_noted(text: str, clause: Clause) -> bool:
    """Whether a clause stands in brackets, or says on a line of its own below the speaker's that there was consent, as
    what the minutes note in the midst of a speech does."""
    if text[clause.start] in "[<(" or text[max(clause.start - 1, 0) : clause.start] in ("[", "<"):
        return True
    alone = text[: clause.start].endswith("\n") and text[clause.end :].lstrip(" .!)")[:1] in ("\n", "")
    return alone and _CONSENSUS.search(clause.text) is not None


def _about(sitting: _Sitting, business: _Business, step: Step) -> tuple[Mention, ...]:
    """The matters a step is about: those its words name, else those of the item whose title asks for that rung, else
    all of the item's."""
    for words in (step.subject, step.thing):
        cited = tuple(mention for _, _, mention in mentions_in(words, sitting.document))
        if cited:
            return cited
    named = _by_name(sitting, business, step.subject) or _thing(sitting, business, step.thing)
    if named:
        return (named,)
    listed = _all_of(sitting, business, step.subject)
    if listed:
        return listed
    if len(business.mentions) > 1 and len(business.parts) == len(business.mentions):
        asked = [
            mention
            for part, mention in zip(business.parts, business.mentions, strict=True)
            if any(rung.rung == step.status for rung in sitting.grammar.rungs(part))
        ]
        return tuple(asked) or business.mentions
    return business.mentions


def _all_of(sitting: _Sitting, business: _Business, subject: str) -> tuple[Mention, ...]:
    """The matters that the title of an item lists, where the subject is all of them: ``both``, ``all three``."""
    listed = sitting.titles.conjuncts(_title(sitting, business))
    if len(listed) != sitting.grammar.several(subject):
        return ()
    named = [mention_of(each, sitting.document, titles=sitting.titles) for each in listed]
    return tuple(mention for mention in named if mention)


def _by_name(sitting: _Sitting, business: _Business, subject: str) -> Mention | None:
    """The matter a subject names: one of the document's, the item's, or one that only the sentence names."""
    if apart := sitting.grammar.split_off(subject):
        return mention_of(apart, sitting.document, titles=sitting.titles)
    short = _COPULA.sub("", subject).strip()
    name = sitting.titles.name(short)
    folded = sitting.titles.folded(name)
    if not folded or any(sitting.grammar.is_generic(words) for words in (subject, short, name)):
        return None
    known = next((mention for title, mention in sitting.named if title == folded), None)
    if known:
        return known
    if len(business.mentions) == 1 and folded in _listed(sitting, business):
        return mention_of(name, sitting.document, titles=sitting.titles)
    if _is_speaker(sitting, name, subject) or any(_is_short_for(name, each.title) for each in business.mentions):
        return None
    if any(_overlap(name, key[6:]) for mention in business.mentions for key in mention.keys):
        return None
    if len(folded.split()) > _NAME or (business.mentions and not _names(name)) or sitting.grammar.is_sentence(name):
        return None
    return mention_of(name, sitting.document, titles=sitting.titles)


def _is_speaker(sitting: _Sitting, name: str, subject: str) -> bool:
    """Whether a name is the initials of somebody who speaks there, or speaks in this very sentence."""
    if not _INITIALS.fullmatch(name):
        return False
    proceedings = sitting.document.proceedings
    listed = (attendee.abbreviation for each in proceedings.sittings for attendee in each.attendance)
    return subject.strip().endswith(":") or name in (*listed, *(speech.speaker for speech in proceedings.speeches))


def _is_short_for(name: str, title: str) -> bool:
    """Whether a name is made of the first letters of words of a title that follow one another."""
    letters = "".join(word[0] for word in re.findall(r"\w+", title)).upper()
    return _INITIALS.fullmatch(name) is not None and len(name) > 2 and name in letters


def _listed(sitting: _Sitting, business: _Business) -> set[str]:
    """The names a title lists, folded: ``lamp posts`` and ``lamp wires`` of ``Lamp posts / wires``."""
    listed = [sitting.titles.folded(each) for each in sitting.titles.conjuncts(_title(sitting, business))]
    if len(listed) < 2:
        return set()
    shared = listed[0].split()[:-1]
    return {*listed, *(" ".join([*shared, each]) for each in listed[1:])}


def _thing(sitting: _Sitting, business: _Business, after: str) -> Mention | None:
    """The matter named behind a rung, as in ``Stage 2 for cleanupSome``."""
    match = _THING.match(after)
    if not match:
        return None
    known = _contained(sitting.titles.folded(match[1]), sitting.named)
    return known or (_by_name(sitting, business, match[1]) if _CODE.search(match[1]) else None)


def _contained(folded: str, named: Iterable[tuple[str, Mention]]) -> Mention | None:
    """The matter with the longest title that stands whole in a folded text."""
    return next((mention for title, mention in named if f" {title} " in f" {folded} "), None)


def _overlap(name: str, title: str) -> bool:
    """Whether a name may be another way to write a title: a word is in both, of a name in code every word."""
    words = {word for word in folded_title(name).split() if len(word) > 2}
    return words <= set(title.split()) if _is_code(name) else bool(words & set(title.split()))


def _is_code(name: str) -> bool:
    return " " not in name and _CODE.search(name) is not None


def _names(subject: str) -> bool:
    """Whether a subject looks like a name: code, or a capital or hyphen behind its first letter."""
    return bool(_CODE.search(subject) or re.search(r".[A-Z]|\w-\w", subject))
