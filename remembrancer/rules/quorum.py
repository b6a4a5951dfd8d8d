"""Whether enough were there, by the rules, and why in one sentence.

``12 of 21 seats filled are present; the quorum is a majority of the seats filled: 11; met``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from remembrancer.model import Computed
from remembrancer.rules.rulebook import QuorumRule, Rulebook, in_words, share
from remembrancer.saying import Sentence, Term, joined

UNKNOWN = "not determinable"
_NAMES = {
    "seats": Sentence("seats"),
    "seats-filled": Sentence("seats filled"),
    "voting-members": Sentence("voting members"),
    "present-at-opening": Sentence("present at the opening"),
}


@dataclass(frozen=True, slots=True)
class Numbers:
    """Who was there, in numbers; None where the record does not say. ``present``: those who count for the quorum;
    ``recused``: how many of them may not take part in the item; ``seats``, ``filled``, ``members`` (who may vote) and
    ``opening`` (present when the sitting began): what it may be counted of. ``challenged``: whether anybody asked
    whether enough were there."""

    present: int | None = None
    recused: int = 0
    seats: int | None = None
    filled: int | None = None
    members: int | None = None
    opening: int | None = None
    challenged: bool = False


class Verdict(NamedTuple):
    """``computed.outcome`` is ``met``, ``not met`` or ``not determinable``; the numbers are None where not known."""

    computed: Computed
    required: int | None
    present: int | None


def quorum(book: Rulebook | None, numbers: Numbers) -> Verdict:
    """Whether a quorum was there by the rules."""
    if book is None:
        return _unknown(Sentence("the rules in force on that day are not known"), numbers.present)
    rule = book.quorum
    if rule is None:
        return _unknown(Sentence("the rules do not say what the quorum is"), numbers.present)
    required, base = _required(book, rule, numbers)
    if required is None:
        return _bounded(book, rule, numbers)
    if numbers.present is None:
        why = joined("; ", (_is(rule, required), Sentence("how many were present is not known")))
        return Verdict(Computed(UNKNOWN, why), required, None)
    return _verdict(rule, numbers, required, base)


def _required(book: Rulebook, rule: QuorumRule, numbers: Numbers) -> tuple[int | None, int | None]:
    """How many must be there, and of how many; the second is None where the rule names a number."""
    wanted = share(rule.needs)
    assert wanted is not None
    if not wanted.fraction:
        return max(wanted.of(0), rule.at_least), None
    base = {
        "seats": numbers.seats if numbers.seats is not None else book.seats,
        "seats-filled": numbers.filled,
        "voting-members": numbers.members,
        "present-at-opening": numbers.opening,
    }[rule.of]
    return (None, None) if base is None else (max(wanted.of(base), rule.at_least), base)


def _bounded(book: Rulebook, rule: QuorumRule, numbers: Numbers) -> Verdict:
    """What holds however many there are: no more than all seats, and no fewer seats than are filled."""
    unknown = Sentence(
        "the quorum is %(rule)s, and how many %(whom)s there are is not known", rule=_words(rule), whom=_NAMES[rule.of]
    )
    wanted = share(rule.needs)
    seats = numbers.seats if numbers.seats is not None else book.seats
    if numbers.present is None or wanted is None or rule.of == "present-at-opening":
        return _unknown(unknown, numbers.present)
    present = numbers.present - (numbers.recused if rule.recused == "not-counted" else 0)
    if seats is not None and max(wanted.of(seats), rule.at_least) <= present <= seats:
        enough = Sentence("%(unknown)s, but it would be enough of all %(n)s seats", unknown=unknown, n=seats)
        return Verdict(_computed("met", _there(present), enough), None, present)
    least = max(wanted.of((rule.of == "seats" and numbers.filled) or 0), rule.at_least)
    if present < least and not rule.presumed:
        fewer = Sentence("%(unknown)s, but it is at least %(n)s", unknown=unknown, n=least)
        return Verdict(_computed("not met", _there(present), fewer), None, present)
    return _unknown(unknown, numbers.present)


def _verdict(rule: QuorumRule, numbers: Numbers, required: int, base: int | None) -> Verdict:
    assert numbers.present is not None
    present = numbers.present - (numbers.recused if rule.recused == "not-counted" else 0)
    if present < 0 or (base is not None and rule.of != "present-at-opening" and numbers.present > base):
        why = Sentence(
            "%(n)s are said to be present of %(m)s %(whom)s, which cannot be",
            n=numbers.present,
            m=base,
            whom=_NAMES[rule.of],
        )
        return Verdict(Computed(UNKNOWN, why), required, present)
    there = _there(present, base, rule)
    if numbers.recused and rule.recused == "not-counted":
        there = Sentence("%(there)s (%(n)s more may not take part and do not count)", there=there, n=numbers.recused)
    said = joined("; ", (there, _is(rule, required)))
    if present >= required:
        return Verdict(_computed("met", said), required, present)
    if rule.presumed and not numbers.challenged:
        fewer = Sentence("fewer, but it holds until challenged")
        return Verdict(_computed("met", said, fewer), required, present)
    return Verdict(_computed("not met", said), required, present)


def _there(present: int, base: int | None = None, rule: QuorumRule | None = None) -> Sentence:
    if base is None or rule is None:
        return Sentence("%(n)s are present", n=present)
    return Sentence("%(n)s of %(m)s %(whom)s are present", n=present, m=base, whom=_NAMES[rule.of])


def _is(rule: QuorumRule, required: int) -> Sentence:
    return Sentence("the quorum is %(rule)s: %(n)s", rule=_words(rule), n=required)


def _computed(outcome: str, *why: Sentence) -> Computed:
    return Computed(outcome, joined("; ", (*why, Term("outcome", outcome))))


def _words(rule: QuorumRule) -> Sentence:
    said = _of_whom(rule)
    return Sentence("%(rule)s, at least %(n)s", rule=said, n=rule.at_least) if rule.at_least else said


def _of_whom(rule: QuorumRule) -> Sentence:
    wanted, named = share(rule.needs), in_words(rule.needs)
    if wanted is not None and not wanted.fraction:
        return Sentence("%(n)s members", n=named)
    if rule.of == "present-at-opening":
        return Sentence("%(share)s of those %(whom)s", share=named, whom=_NAMES[rule.of])
    return Sentence("%(share)s of the %(whom)s", share=named, whom=_NAMES[rule.of])


def _unknown(why: Sentence, present: int | None) -> Verdict:
    return Verdict(Computed(UNKNOWN, why), None, present)
