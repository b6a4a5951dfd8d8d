"""What a clerk said of facts: confirmed, dismissed or corrected, each an entry of the record.

They are laid over the facts before anything is resolved, so that they survive every rebuilding. A correction names
the fields that are otherwise than the document has them; it is its own source, and the words stay the document's.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple, get_args

import msgspec

from remembrancer.model import DecidedBy, DecisionKind, Exit, Fault, Outcome
from remembrancer.read.dates import edtf
from remembrancer.register.facts import AnyFact, Fact, Mention, Moved, Promised, Resolved, Voted
from remembrancer.saying import Sentence

FIELDS: Mapping[type[Fact], tuple[str, ...]] = {
    Resolved: ("kind", "decided_by", "outcome", "number", "title", "status_to", "date", "matter"),
    Moved: ("mover", "seconder", "outcome", "number", "date", "matter"),
    Voted: ("declared", "method", "casting", "date", "matter"),
    Promised: ("owner", "due", "done", "date", "matter"),
}
"""What may be corrected. ``matter`` is given as a matter's id and kept as the keys it was then known by."""

CHOICES: Mapping[str, tuple[str, ...]] = {
    "kind": get_args(DecisionKind),
    "decided_by": get_args(DecidedBy),
    "outcome": tuple(filter(None, get_args(Outcome))),
    "declared": tuple(filter(None, get_args(Outcome))),
    "done": ("yes", "no"),
}

WRITE_DATES = Sentence("Write it as 2024-03-07, 2024-03 or 2024.")


class Correction(NamedTuple):
    """One entry: ``kind`` is confirm, dismiss or correct; ``facts`` the ids it speaks of."""

    kind: str
    facts: frozenset[str]
    by: str
    at: str
    fields: Mapping[str, str] = {}
    mention: Mention | None = None


def corrected(facts: Iterable[AnyFact], corrections: Sequence[Correction]) -> tuple[AnyFact, ...]:
    """The facts as the clerk left them; of several corrections of one fact the later governs."""
    by_fact: dict[str, list[Correction]] = {}
    for correction in corrections:
        for identity in correction.facts:
            by_fact.setdefault(identity, []).append(correction)
    if not by_fact:
        return tuple(facts)
    left = (_left_of(fact, by_fact.get(fact.id, ())) for fact in facts)
    return tuple(fact for fact in left if fact is not None)


def check_fields(kind: type[Fact], fields: Mapping[str, str]) -> None:
    """Raises Fault (usage) where a field cannot be corrected so, naming what can."""
    known = FIELDS.get(kind, ())
    for name, value in fields.items():
        if name not in known:
            may_be = Sentence("Nothing of this can be corrected.")
            if known:
                may_be = Sentence("Of this: %(list)s.", list=", ".join(known))
            raise Fault(Exit.USAGE, Sentence("%(field)s cannot be corrected here.", field=repr(name)), may_be)
        if name in CHOICES and value not in CHOICES[name]:
            raise Fault(
                Exit.USAGE,
                Sentence("%(value)s is no %(field)s.", value=repr(value), field=name),
                Sentence("It is one of: %(list)s.", list=", ".join(CHOICES[name])),
            )
        if name in ("date", "due") and not is_date(value):
            raise Fault(Exit.USAGE, Sentence("%(since)s is no date.", since=repr(value)), WRITE_DATES)


def _left_of(fact: AnyFact, corrections: Sequence[Correction]) -> AnyFact | None:
    left: AnyFact | None = fact
    for correction in corrections:
        if correction.kind == "dismiss":
            left = None
        else:
            left = msgspec.structs.replace(left or fact, **_changes(left or fact, correction))
    return left


def _changes(fact: AnyFact, correction: Correction) -> dict[str, Any]:
    changes: dict[str, Any] = {"stated": True, "confirmed": f"{correction.by} {correction.at}"}
    if correction.kind == "correct":
        own = {name: value for name, value in correction.fields.items() if name in FIELDS.get(type(fact), ())}
        changes |= {
            name: value == "yes" if name == "done" else value for name, value in own.items() if name != "matter"
        }
        changes["rule"] = "clerk"
        if correction.mention is not None and "matter" in own:
            changes["mentions"] = (correction.mention,)
    return changes


def is_date(value: str) -> bool:
    """Whether it is a day, month or year of the calendar, as EDTF writes it."""
    parts = value.split("-")
    return len(parts) <= 3 and all(part.isdigit() for part in parts) and edtf(*map(int, parts)) == value
