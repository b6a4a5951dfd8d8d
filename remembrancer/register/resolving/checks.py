"""The checks of a register: what does not add up, worst first.

Each check is a function of its own and speaks only where the record itself shows the contradiction: a clerk with
hundreds of findings gives up. Those of votes and of attendance lists have files of their own; here are those of
decisions, matters and actions.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations, pairwise

from rapidfuzz.fuzz import ratio, token_set_ratio

from remembrancer.model import Action, Decision, Matter, Notice, Relation, Rung, Severity
from remembrancer.read.house import DEFAULT, House, Ladder
from remembrancer.register.facts import AnyFact
from remembrancer.register.resolving.checking import Case, Check, force_before, notice
from remembrancer.register.resolving.people import People, people
from remembrancer.register.resolving.roll_checks import (
    copied_rolls,
    copied_times,
    present_and_absent,
    quorum_both_ways,
    quorum_contradicted,
    quorum_number,
)
from remembrancer.register.resolving.vote_checks import (
    ballots_not_listed,
    ballots_of_absent,
    ballots_of_outsiders,
    ballots_twice,
    names_and_tally,
    results_contradicted,
)
from remembrancer.register.rows import Register
from remembrancer.saying import Day, Sentence, Term, verbatim

SEVERITIES = ("error", "warning", "note")
"""Worst first."""
_DEAD = ("repealed", "lapsed", "never-made", "spent")
_NEEDS_FORCE = ("amends", "repeals", "replaces", "implements")
_OTHER = 55.0
"""Greatest rapidfuzz token set ratio at which two decisions of one number are about different things."""
_SAME = 95.0
"""Least rapidfuzz ratio at which two decisions are of the same words."""
_ALIKE = 75.0
"""Least rapidfuzz token set ratio at which two texts with one due date tell the same action."""
_OFTEN = 0.1
"""Greatest share of numbers given more than once for numbers to be meant as unique in the body."""


def check(
    register: Register, facts: Sequence[AnyFact] = (), who: People | None = None, house: House = DEFAULT
) -> tuple[Notice, ...]:
    """Everything in a register that does not add up, worst first. ``who`` is worked out from the facts where it is
    not given; ``house`` says the order of rungs."""
    case = Case(register, facts, who or people(facts), house.ladders)
    found = {each.id: each for checked in CHECKS for each in checked(case)}
    return in_order(found.values())


def in_order(notices: Iterable[Notice]) -> tuple[Notice, ...]:
    """Notices, worst first, then the latest first."""
    listed = sorted(notices, key=lambda each: (each.code, each.id))
    listed.sort(key=lambda each: each.date, reverse=True)
    return tuple(sorted(listed, key=lambda each: SEVERITIES.index(each.severity)))


def relations_to_none(case: Case) -> Iterator[Notice]:
    """A decision that refers, by a number of the body's own pattern, to one that the record does not hold."""
    patterns = {_pattern(decision.number) for decision in case.register.decisions if len(decision.number) > 2}
    for decision, relation in _relations(case):
        number = _cited(relation.target_text, patterns)
        if not relation.target and number:
            yield _about(
                "refers-to-none",
                "note",
                decision,
                Sentence(
                    "%(decision)s %(verb)s %(other)s, which the record does not hold.",
                    decision=_name(decision),
                    verb=Term("verb", relation.kind),
                    other=repr(relation.target_text),
                ),
                Sentence("Read the document that made it into the record, or correct the number."),
                relation,
            )


def _pattern(number: str) -> str:
    return re.sub(r"\d+", "#", number.casefold()).strip()


def _cited(text: str, patterns: set[str]) -> str:
    """A number in a text that is written as the body writes its own."""
    found = (match[0] for match in re.finditer(r"[\w./-]*\d[\w./-]*", text))
    return next((each for each in found if _pattern(each) in patterns and not each.isdigit()), "")


def relations_to_dead(case: Case) -> Iterator[Notice]:
    """A decision that amends, repeals or carries out one that was not in force."""
    for decision, relation in _relations(case):
        target = case.register.get(relation.target)
        if not isinstance(target, Decision) or not decision.date or relation.kind not in _NEEDS_FORCE:
            continue
        force = force_before(target, relation.provision, decision.date, decision.id)
        if force in _DEAD:
            yield _about(
                "refers-to-not-in-force",
                "warning",
                decision,
                Sentence(
                    "%(decision)s %(verb)s %(other)s, which was %(force)s by then.",
                    decision=_name(decision),
                    verb=Term("verb", relation.kind),
                    other=_name(target),
                    force=Term("force", force),
                ),
                Sentence("See whether another text was meant, or the earlier one still stands."),
                relation,
                (target.id,),
            )


def contradictions(case: Case) -> Iterator[Notice]:
    """Two in force that replace the same provision, neither of them touching the other."""
    replacing: dict[tuple[str, str], list[tuple[Decision, Relation]]] = defaultdict(list)
    for decision, relation in _relations(case):
        if relation.kind == "replaces" and relation.target and _in_force(decision, case.day):
            replacing[relation.target, relation.provision].append((decision, relation))
    for said in replacing.values():
        for (one, first), (other, _) in combinations(said, 2):
            touching = {each.target for each in (*one.relations, *other.relations)} & {one.id, other.id}
            if one.id != other.id and not touching:
                what = verbatim(first.target_text)
                if first.provision:
                    what = Sentence("%(provision)s of %(text)s", provision=first.provision, text=first.target_text)
                yield _about(
                    "contradictory-decisions",
                    "error",
                    other,
                    Sentence(
                        "%(one)s and %(other)s both replace %(what)s and are both in force.",
                        one=_name(one),
                        other=_name(other),
                        what=what,
                    ),
                    Sentence("Ask the body which is to hold; the later does not say that it replaces the earlier."),
                    first,
                    (one.id,),
                )


def _in_force(decision: Decision, day: str) -> bool:
    return force_before(decision, "", day) == "in-force"


def opposite_decisions(case: Case) -> Iterator[Notice]:
    """One matter stated to be at two rungs, or adopted and rejected, on one day under one item."""
    by_item: dict[tuple[str, str, str], list[Decision]] = defaultdict(list)
    for decision in case.register.decisions:
        if decision.matter and decision.item and decision.stated:
            by_item[decision.matter, decision.date, decision.item].append(decision)
    for decided in by_item.values():
        for one, other in combinations(decided, 2):
            if {one.kind, other.kind} == {"adopt", "reject"} and _same_words(one.text, other.text):
                yield _about(
                    "contradictory-decisions",
                    "warning",
                    other,
                    Sentence(
                        "%(one)s and %(other)s of one item adopt and reject the same.",
                        one=_name(one),
                        other=_name(other),
                    ),
                    Sentence("See whether the later one reconsidered the earlier; if so, say so in the minutes."),
                    None,
                    (one.id,),
                )


def _same_words(one: str, other: str) -> bool:
    return bool(one and other) and ratio(one.casefold(), other.casefold()) >= _SAME


def skipped_rungs(case: Case) -> Iterator[Notice]:
    """A matter that a stated decision moved up by more than one rung."""
    ladders = {ladder.name: ladder for ladder in case.ladders}
    first = _first_uses(case.register.matters)
    for matter in case.register.matters:
        ladder = ladders.get(matter.ladder)
        rungs = sorted(matter.rungs, key=lambda rung: rung.date) if ladder else []
        for before, after in pairwise(rungs):
            if ladder and after.decision and after.stated and (missed := _missed(ladder, before, after, first)):
                yield _skipped(matter, before, after, missed)


def _first_uses(matters: Iterable[Matter]) -> dict[tuple[str, str], str]:
    """Of each ladder's rungs the day from which the body is known to have them."""
    found: dict[tuple[str, str], str] = {}
    for matter in matters:
        for rung in matter.rungs:
            if rung.date:
                key = (matter.ladder, rung.status)
                found[key] = min(rung.date, found.get(key, rung.date))
    return found


def _missed(ladder: Ladder, before: Rung, after: Rung, first: Mapping[tuple[str, str], str]) -> tuple[str, ...]:
    """The rungs between two, without those that came into use later."""
    if before.status not in ladder.rungs or after.status not in ladder.rungs:
        return ()
    between = ladder.rungs[ladder.rungs.index(before.status) + 1 : ladder.rungs.index(after.status)]
    return tuple(rung for rung in between if (since := first.get((ladder.name, rung))) and since < after.date)


def _skipped(matter: Matter, before: Rung, after: Rung, missed: Sequence[str]) -> Notice:
    what = ", ".join(missed)
    return notice(
        "rung-skipped",
        "note",
        Sentence(
            "%(matter)s went from %(before)s to %(after)s; the record does not show %(what)s.",
            matter=matter.title,
            before=before.status,
            after=after.status,
            what=what,
        ),
        Sentence("Look for the sitting that decided it; if there was none, nothing need be done."),
        (matter.id, after.decision),
        after.marks,
        date=after.date,
    )


def numbers_twice(case: Case) -> Iterator[Notice]:
    """One number given to two decisions of different days about different things."""
    by_number: dict[str, list[Decision]] = defaultdict(list)
    for decision in case.register.decisions:
        if len(decision.number) > 2 and decision.stated and decision.date:
            by_number[decision.number].append(decision)
    twice = [group for group in by_number.values() if len({each.date for each in group}) > 1]
    if len(twice) > max(3, _OFTEN * len(by_number)):
        return
    for group in twice:
        first = group[0]
        for other in group[1:]:
            if other.date != first.date and not _related(first, other):
                yield _about(
                    "number-twice",
                    "error",
                    other,
                    Sentence(
                        "The number %(number)s is given on %(day)s and on %(other)s to different decisions.",
                        number=first.number,
                        day=Day(first.date),
                        other=Day(other.date),
                    ),
                    Sentence("Give one of them another number."),
                    None,
                    (first.id,),
                )


def _related(one: Decision, other: Decision) -> bool:
    same_matter = bool(one.matter) and one.matter == other.matter
    named = {each.target for each in (*one.relations, *other.relations)} & {one.id, other.id}
    texts = (f"{one.title} {one.text}", f"{other.title} {other.text}")
    return same_matter or bool(named) or token_set_ratio(*texts) > _OTHER


def overdue_actions(case: Case) -> Iterator[Notice]:
    """An action whose day has passed, and that nothing shows to be done."""
    done = [action for action in case.register.actions if action.done]
    for action in case.register.actions:
        if action.due and not action.done and action.due < case.day and not any(_same(action, each) for each in done):
            yield notice(
                "action-overdue",
                "note",
                Sentence(
                    "%(who)s was to do by %(day)s: %(what)s",
                    who=action.label or Sentence("Nobody named"),
                    day=Day(action.due),
                    what=action.text,
                ),
                Sentence("Ask whether it was done, and record it."),
                (action.id,),
                action.marks,
                action.sitting,
                action.date,
            )


def _same(action: Action, done: Action) -> bool:
    """Whether an action is told again as done, by another document."""
    return action.due == done.due and token_set_ratio(action.text.casefold(), done.text.casefold()) >= _ALIKE


def _relations(case: Case) -> Iterator[tuple[Decision, Relation]]:
    for decision in case.register.decisions:
        for relation in decision.relations:
            if relation.kind != "cites":
                yield decision, relation


def _name(decision: Decision) -> str:
    day = Day(decision.date) if decision.date else Sentence("an unknown day")
    return decision.number or decision.title or Sentence("the decision of %(day)s", day=day)


def _about(
    code: str,
    severity: Severity,
    decision: Decision,
    message: Sentence,
    advice: Sentence,
    relation: Relation | None = None,
    others: Sequence[str] = (),
) -> Notice:
    marks = relation.marks if relation and relation.marks else decision.marks
    about = (decision.id, *others)
    return notice(code, severity, message, advice, about, marks, decision.sitting, decision.date)


CHECKS: tuple[Check, ...] = (
    names_and_tally,
    ballots_of_absent,
    ballots_of_outsiders,
    ballots_not_listed,
    ballots_twice,
    results_contradicted,
    quorum_both_ways,
    quorum_contradicted,
    quorum_number,
    present_and_absent,
    copied_rolls,
    copied_times,
    relations_to_none,
    relations_to_dead,
    contradictions,
    opposite_decisions,
    skipped_rungs,
    numbers_twice,
    overdue_actions,
)
"""In no particular order: the notices are put in order afterwards."""
