"""Whether enough were there, by the rules, and why in one sentence.

``12 of 21 seats filled are present; the quorum is a majority of the seats filled: 11; met``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from remembrancer.model import Computed
from remembrancer.rules.rulebook import QuorumRule, Rulebook, share

UNKNOWN = "not determinable"
_NAMES = {
    "seats": "seats",
    "seats-filled": "seats filled",
    "voting-members": "voting members",
    "present-at-opening": "present at the opening",
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
        return _unknown("the rules in force on that day are not known", numbers.present)
    rule = book.quorum
    if rule is None:
        return _unknown("the rules do not say what the quorum is", numbers.present)
    required, base = _required(book, rule, numbers)
    if required is None:
        return _bounded(book, rule, numbers)
    if numbers.present is None:
        return Verdict(
            Computed(UNKNOWN, f"the quorum is {_words(rule)}: {required}; how many were present is not known"),
            required,
            None,
        )
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
    unknown = f"the quorum is {_words(rule)}, and how many {_NAMES[rule.of]} there are is not known"
    wanted = share(rule.needs)
    seats = numbers.seats if numbers.seats is not None else book.seats
    if numbers.present is None or wanted is None or rule.of == "present-at-opening":
        return _unknown(unknown, numbers.present)
    present = numbers.present - (numbers.recused if rule.recused == "not-counted" else 0)
    if seats is not None and max(wanted.of(seats), rule.at_least) <= present <= seats:
        why = f"{present} are present; {unknown}, but it would be enough of all {seats} seats; met"
        return Verdict(Computed("met", why), None, present)
    least = max(wanted.of((rule.of == "seats" and numbers.filled) or 0), rule.at_least)
    if present < least and not rule.presumed:
        why = f"{present} are present; {unknown}, but it is at least {least}; not met"
        return Verdict(Computed("not met", why), None, present)
    return _unknown(unknown, numbers.present)


def _verdict(rule: QuorumRule, numbers: Numbers, required: int, base: int | None) -> Verdict:
    assert numbers.present is not None
    present = numbers.present - (numbers.recused if rule.recused == "not-counted" else 0)
    if present < 0 or (base is not None and rule.of != "present-at-opening" and numbers.present > base):
        why = f"{numbers.present} are said to be present of {base} {_NAMES[rule.of]}, which cannot be"
        return Verdict(Computed(UNKNOWN, why), required, present)
    there = f"{present} of {base} {_NAMES[rule.of]} are present" if base is not None else f"{present} are present"
    without = numbers.recused and rule.recused == "not-counted"
    counted = f" ({numbers.recused} more may not take part and do not count)" if without else ""
    said = f"{there}{counted}; the quorum is {_words(rule)}: {required}"
    if present >= required:
        return Verdict(Computed("met", f"{said}; met"), required, present)
    if rule.presumed and not numbers.challenged:
        return Verdict(Computed("met", f"{said}; fewer, but it holds until challenged; met"), required, present)
    return Verdict(Computed("not met", f"{said}; not met"), required, present)


def _words(rule: QuorumRule) -> str:
    wanted = share(rule.needs)
    least = f", at least {rule.at_least}" if rule.at_least else ""
    if wanted is not None and not wanted.fraction:
        return f"{rule.needs} members{least}"
    name = f"a {rule.needs}" if rule.needs == "majority" else rule.needs
    whom = f"those {_NAMES[rule.of]}" if rule.of == "present-at-opening" else f"the {_NAMES[rule.of]}"
    return f"{name} of {whom}{least}"


def _unknown(why: str, present: int | None) -> Verdict:
    return Verdict(Computed(UNKNOWN, why), None, present)
