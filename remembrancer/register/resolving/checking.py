"""What every check of the register is given, and the notice it makes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from remembrancer.model import Decision, Force, Mark, Notice, Severity, Turn
from remembrancer.read.house import Ladder
from remembrancer.record.readings import named_id
from remembrancer.register.facts import AnyFact
from remembrancer.register.resolving.people import People
from remembrancer.register.rows import Register
from remembrancer.saying import Sentence


@dataclass(frozen=True)
class Case:
    """The register to check, the facts it was made of, and who is who. ``ladders`` are the house's."""

    register: Register
    facts: Sequence[AnyFact] = ()
    who: People = field(default_factory=People)
    ladders: Sequence[Ladder] = ()

    @cached_property
    def day(self) -> str:
        """The day the register answers for: the one asked, else that of the latest row."""
        days = [decision.date for decision in self.register.decisions]
        days += [vote.date for vote in self.register.votes] + [fact.date for fact in self.facts]
        return self.register.day or max(days, default="")

    def name(self, person: str) -> str:
        """A person's name, or the id where the register does not know it."""
        known = self.who.get(person)
        return known.name if known else person


Check = Callable[[Case], Iterator[Notice]]


def notice(
    code: str,
    severity: Severity,
    message: Sentence,
    advice: Sentence,
    about: Sequence[str] = (),
    marks: Sequence[Mark] = (),
    sitting: str = "",
    date: str = "",
) -> Notice:
    """A notice, known by its code and what it is about, so that it is the same in every rebuilding."""
    identity = named_id("notice", "", " ".join((code, *sorted(about), message)))
    return Notice(identity, code, severity, message, advice, sitting, date, tuple(about), tuple(marks))


def force_before(decision: Decision, provision: str, date: str, by: str | None = None) -> Force | None:
    """The force of a decision, or of a provision of it, on a date, but for what the decision ``by`` changes; None
    where the register does not say."""
    parts = [part.turns for part in decision.provisions if provision and part.number == provision and part.turns]
    turns: Sequence[Turn] = parts[0] if parts else decision.turns
    passed = [turn for turn in turns if turn.date <= date and (by is None or turn.by != by)]
    return max(passed, key=lambda turn: turn.date).force if passed else None
