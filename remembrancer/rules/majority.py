"""What came of a vote by the rules, and why in one sentence.

``17 for, 12 against; a majority of those voting: more than 14; carried``. Where the rules leave it to the chair, are
not known for the day, or name a number the record does not give, nothing is computed: ``not determinable``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from remembrancer.model import CHOICES, Computed, Vote
from remembrancer.rules.rulebook import MajorityRule, Rulebook, in_words, is_named, majority_for, share
from remembrancer.saying import Sentence, Term, joined

UNKNOWN = "not determinable"
_SETTLED = ("unanimous", "no-objection", "acclamation")
_SIDES = {
    "yes": Sentence("for"),
    "no": Sentence("against"),
    "abstain": Sentence("abstaining"),
    "not-voting": Sentence("not voting"),
    "recused": Sentence("recused"),
    "absent": Sentence("absent"),
}
_NAMES = {
    "voting": Sentence("those voting"),
    "present": Sentence("members present"),
    "seats": Sentence("seats"),
    "seats-filled": Sentence("seats filled"),
    "voting-members": Sentence("voting members"),
}


@dataclass(frozen=True, slots=True)
class Question:
    """A vote as the rules need it. ``counts``: by wire word (``yes``, ``no``, ``abstain`` ...), or by a poll's own
    labels. ``casting``: the choice, ``yes`` or ``no``, that broke a tie, ``used`` where a tie was broken and the
    record does not say how, else empty. ``present``, ``seats``, ``filled`` and ``members`` (who may vote): how many,
    None where the record does not say."""

    counts: tuple[tuple[str, int], ...] = ()
    method: str = "tally"
    business: str = ""
    casting: str = ""
    lot: bool = False
    present: int | None = None
    seats: int | None = None
    filled: int | None = None
    members: int | None = None


class _Tally(NamedTuple):
    yes: int
    no: int
    abstain: int
    said: Sentence


def outcome(book: Rulebook | None, question: Question) -> Computed:
    """What the rules make of a vote: ``carried``, ``lost``, ``tied`` or ``not determinable``, and why."""
    if book is None:
        return Computed(UNKNOWN, Sentence("the rules in force on that day are not known"))
    if question.method == "lot":
        return Computed(UNKNOWN, Sentence("it was decided by lot, which no rule can compute"))
    if question.method == "poll" and (book.voting is None or book.voting.polls == "inform"):
        return Computed(UNKNOWN, Sentence("a poll informs and decides nothing"))
    rule = majority_for(book, question.business)
    if rule is None:
        return Computed(UNKNOWN, Sentence("the rules do not say what majority is needed"))
    if rule.needs == "consensus":
        why = Sentence("consensus is for the chair to judge; no number of votes makes or blocks it")
        return Computed(UNKNOWN, why)
    tally = _tally(question)
    if tally is None:
        return _without_numbers(rule, question)
    return _counted(book, rule, question, tally)


def question_of(
    vote: Vote,
    *,
    present: int | None = None,
    seats: int | None = None,
    filled: int | None = None,
    members: int | None = None,
) -> Question:
    """The question of a register's vote: its counts, or its ballots counted where it has no counts."""
    counts = vote.counts or counted(ballot.choice for ballot in vote.ballots)
    casting = "used" if vote.casting else ""
    return Question(counts, vote.method, vote.business, casting, vote.lot, present, seats, filled, members)


def counted(choices: Iterable[str]) -> tuple[tuple[str, int], ...]:
    """How often each choice was made, in the order of the wire words; every one of ``yes`` and ``no`` is there."""
    numbers = {"yes": 0, "no": 0}
    for choice in choices:
        numbers[choice] = numbers.get(choice, 0) + 1
    order = {choice: number for number, choice in enumerate(CHOICES)}
    ranked = sorted(numbers, key=lambda choice: (order.get(choice, len(order)), choice))
    return tuple((choice, numbers[choice]) for choice in ranked) if sum(numbers.values()) else ()


def _tally(question: Question) -> _Tally | None:
    """The numbers for and against; None where the record does not say how many were for it, or where the choices
    were others than for and against."""
    counts = dict(question.counts)
    if "yes" not in counts or any(choice not in CHOICES for choice in counts):
        return None
    shown = [(choice, counts.get(choice, 0)) for choice in CHOICES]
    told = [joined(" ", (number, _SIDES[choice])) for choice, number in shown if number or choice in ("yes", "no")]
    return _Tally(counts["yes"], counts.get("no", 0), counts.get("abstain", 0), joined(", ", told))


def _without_numbers(rule: MajorityRule, question: Question) -> Computed:
    if any(choice not in CHOICES for choice, _ in question.counts):
        return Computed(UNKNOWN, Sentence("the choices were others than for and against"))
    if question.counts:
        return Computed(UNKNOWN, Sentence("the record does not say how many were for it"))
    if question.method in _SETTLED and rule.of == "voting" and not rule.at_least:
        method = Term("method", question.method)
        why = Sentence("nobody was against (%(method)s), which is enough for any majority of votes", method=method)
        return Computed("carried", why)
    return Computed(UNKNOWN, Sentence("the record gives no numbers"))


def _counted(book: Rulebook, rule: MajorityRule, question: Question, tally: _Tally) -> Computed:
    base = _base(book, rule, question, tally)
    if base is None:
        return _bounded(book, rule, question, tally)
    if base < tally.yes + tally.no:
        whom = _NAMES[rule.of]
        return _unknown(tally.said, Sentence("but %(whom)s are said to be %(n)s, fewer than voted", whom=whom, n=base))
    if not base:
        return _unknown(tally.said, Sentence("nobody voted"))
    _, words = _needed(rule, base)
    enough = _is_enough(rule, tally, base)
    if not enough and _is_tied(rule, tally):
        return _tied(book, question, joined("; ", (tally.said, words)))
    return _settled("carried" if enough else "lost", tally.said, words)


def _settled(outcome: str, *why: Sentence) -> Computed:
    return Computed(outcome, joined("; ", (*why, Term("outcome", outcome))))


def _unknown(*why: Sentence) -> Computed:
    return Computed(UNKNOWN, joined("; ", why))


def _bounded(book: Rulebook, rule: MajorityRule, question: Question, tally: _Tally) -> Computed:
    """What holds however many there are: no fewer than took part in the vote, and no more than there are seats."""
    unknown = Sentence("how many %(whom)s there are is not known", whom=_NAMES[rule.of])
    uncounted = Sentence("%(unknown)s, and the rule counts them", unknown=unknown)
    least = tally.yes + tally.no + tally.abstain
    most = question.seats if question.seats is not None else book.seats
    if rule.against_at_most or not least:
        return _unknown(tally.said, uncounted)
    if not _is_enough(rule, tally, least):
        why = Sentence("%(unknown)s, but of the %(n)s who took part too few were for it", unknown=unknown, n=least)
        return _settled("lost", tally.said, why)
    if most is not None and most >= least and _is_enough(rule, tally, most):
        why = Sentence("%(unknown)s, but it would be enough of all %(n)s seats", unknown=unknown, n=most)
        return _settled("carried", tally.said, why)
    return _unknown(tally.said, uncounted)


def _is_enough(rule: MajorityRule, tally: _Tally, base: int) -> bool:
    return tally.yes >= _needed(rule, base)[0] and tally.no <= _against_at_most(rule, base)


def _base(book: Rulebook, rule: MajorityRule, question: Question, tally: _Tally) -> int | None:
    """The number that the majority is a part of."""
    if rule.of == "voting":
        return tally.yes + tally.no + (tally.abstain if rule.abstentions == "against" else 0)
    if rule.of == "present":
        return question.present
    if rule.of == "seats":
        return question.seats if question.seats is not None else book.seats
    return question.filled if rule.of == "seats-filled" else question.members


def _needed(rule: MajorityRule, base: int) -> tuple[int, Sentence]:
    """How many must be for it, and the rule in words."""
    whom = _NAMES[rule.of]
    if rule.needs == "veto":
        needed = max(1, rule.at_least)
        return needed, Sentence("nobody may be against, and at least %(n)s must be for it", n=needed)
    if rule.needs == "unanimous":
        return base, Sentence("all of %(whom)s: %(n)s", whom=whom, n=base)
    wanted = share(rule.needs)
    assert wanted is not None
    needed = max(wanted.of(base), rule.at_least, 1)
    strict = wanted.strict and needed > rule.at_least
    bound = Sentence("more than %(n)s", n=needed - 1) if strict else Sentence("at least %(n)s", n=needed)
    if not wanted.fraction:
        words = Sentence("%(bound)s must be for it", bound=bound)
    else:
        counted = Sentence("%(whom)s, abstentions counted", whom=whom) if rule.abstentions == "against" else whom
        share_of = in_words(rule.needs)
        words = Sentence("%(share)s of %(whom)s: %(bound)s", share=share_of, whom=counted, bound=bound)
    return needed, _with_most_against(rule, words)


def _with_most_against(rule: MajorityRule, words: Sentence) -> Sentence:
    most = rule.against_at_most
    return Sentence("%(rule)s, and at most %(share)s against", rule=words, share=in_words(most)) if most else words


def _against_at_most(rule: MajorityRule, base: int) -> int:
    if rule.needs == "veto":
        return 0
    allowed = share(rule.against_at_most)
    if allowed is None:
        return base
    return int(allowed.fraction * base) if allowed.fraction else allowed.number


def _is_tied(rule: MajorityRule, tally: _Tally) -> bool:
    """Equal votes where a simple majority of those voting is wanted; anywhere else equal is merely too few."""
    return tally.yes == tally.no and rule.needs == "majority" and rule.of == "voting" and rule.abstentions == "ignored"


def _tied(book: Rulebook, question: Question, said: Sentence) -> Computed:
    then = book.tie.then if book.tie else ""
    if question.casting in ("yes", "no"):
        result = "carried" if question.casting == "yes" else "lost"
        side = _SIDES[question.casting]
        return _settled(result, said, Sentence("equal, and the casting vote was %(choice)s", choice=side))
    if question.casting:
        return _unknown(said, Sentence("equal, and the numbers do not show how the casting vote was given"))
    if question.lot or then == "lot":
        return _unknown(said, Sentence("equal, and lot decides, which no rule can compute"))
    if then == "lost":
        return _settled("lost", said, Sentence("equal votes lose"))
    if then == "casting-vote":
        return _settled("tied", said, Sentence("equal, and no casting vote is recorded"))
    return _settled("tied", said, Sentence("equal, and so adjourned") if then else Sentence("equal"))


def is_secret(book: Rulebook, business: str) -> bool | None:
    """Whether the rules want a secret ballot in this business; None where they say nothing of voting."""
    return None if book.voting is None else is_named(book.voting.secret, business)


def needs_second(book: Rulebook, business: str = "") -> bool | None:
    """Whether a motion in this business needs a second; None where the rules do not say."""
    if book.motions is None:
        return None
    return book.motions.second and not is_named(book.motions.except_from, business)
