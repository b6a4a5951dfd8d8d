"""The force of decisions and of their provisions, day by day, from what the record states.

A text begins to bind on the day it says, else by the rule for its kind of business on the day it was adopted, else
when it was adopted. It ends when it expires, or when a text in force repeals or replaces it; the end of the repealer
does not bring it back. An amended provision stays in force. What waits for a confirmation is conditional until one is
on record; what a later decision of the same day undid, or a later interpretation of the same provisions, gives way to
it. Earlier texts on the subject of one that repeals ``all that conflicts`` are undetermined until the body treats them
as law again.
Only stated relations change force. Where a date is known by its month or year alone, the days in doubt are
undetermined::

    force_on(histories(decisions, facts, books)[decision.id].whole, "2031-05-01")
"""

from __future__ import annotations

import datetime
import re
from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from types import MappingProxyType
from typing import NamedTuple

from rapidfuzz.fuzz import ratio

from remembrancer.model import Decision, Force, Relation, Turn
from remembrancer.record.persons import fold
from remembrancer.register.facts import Commencing, Fulfilled, Resolved
from remembrancer.register.passes.relations import GENERAL
from remembrancer.rules.rulebook import CommencementRule, Rulebook, bounds, commencement_for, in_force
from remembrancer.saying import Sentence, Term

_UNMADE = frozenset({"lost", "withdrawn", "tied", "no-consensus"})
_ONCE = frozenset({"procedural", "note", "refer", "defer", "reject"})
_WAITING = frozenset({"conditional", "uncommenced", "undetermined"})
_ALIKE = 90.0
_COMMON = 0.5
_UNTIL = {
    "publication": Sentence("Until its publication is on record"),
    "approval": Sentence("Until its approval is on record"),
    "signature": Sentence("Until its signature is on record"),
}
_ADOPTED = re.compile(
    r"\b(?:adopt|enact|pass|approve)\w*\s+(?:the\s+)?(?P<what>[\w-]+(?:\s+[\w-]+)?\s+(?:no\.?\s*)?#?\d[\w-]*)",
    re.IGNORECASE,
)
"""In the words of a decision without a number or title: the text that it adopts."""


class History(NamedTuple):
    """The turns of a decision as a whole, and of each provision that has turns or a number of its own."""

    whole: tuple[Turn, ...] = ()
    provisions: Mapping[str, tuple[Turn, ...]] = {}


class Effect(NamedTuple):
    """What a relation of a decision in force does to another, from a day on."""

    date: str
    actor: Decision
    relation: Relation


def force_on(turns: Iterable[Turn], day: str) -> Force:
    """The force on a day (EDTF; of a month or a year only what holds throughout). Before the first turn a text is
    uncommenced."""
    first, last = bounds(day)
    listed = tuple(turns)
    forces = {_on(listed, each) for each in {first, last, *_edges(listed, first, last)}}
    return forces.pop() if len(forces) == 1 else "undetermined"


def force_of(history: History, provision: str, day: str) -> Force:
    """The force of a provision on a day; one without turns of its own shares that of the one it is a part of
    (``4(a)`` of ``4``), or of the whole."""
    number = provision
    while number:
        if number in history.provisions:
            return force_on(history.provisions[number], day)
        number = number.rpartition("(")[0]
    return force_on(history.whole, day)


def histories(
    decisions: Sequence[Decision],
    facts: Mapping[str, Resolved],
    books: Sequence[Rulebook],
    fulfilled: Mapping[str, Sequence[Fulfilled]] = MappingProxyType({}),
) -> dict[str, History]:
    """The history of each decision by its id; ``facts``, and what was ``fulfilled``, are by the ids of decisions."""
    lives = {each.id: Life(each, facts[each.id], books) for each in decisions if each.id in facts}
    ordered = sorted(lives.values(), key=lambda life: (bounds(life.decision.date)[0], life.decision.id))
    for life in ordered:
        _fulfil(life, [each for each in fulfilled.get(life.decision.id, ()) if each.stated])
    for effect in _effects(ordered, {"confirms", "ratifies"}):
        _apply(effect, lives)
    for life, turn in (*_moved_on(ordered), *_reinterpreted(ordered), *_reconsidered(ordered)):
        life.turn(turn)
    general = _General(ordered)
    for effect in _effects(ordered, {"repeals", "replaces", "amends", "suspends", "revives"}):
        if _holds(lives[effect.actor.id], effect.date):
            if general.clause(effect) is not None:
                general.apply(effect, lives)
            else:
                _apply(effect, lives)
    return {identity: life.history() for identity, life in lives.items()}


class Life:
    """A decision with the turns found so far; ``""`` stands for the whole."""

    def __init__(self, decision: Decision, fact: Resolved, books: Sequence[Rulebook]) -> None:
        self.decision = decision
        self.fact = fact
        self._turns: dict[str, list[Turn]] = defaultdict(list)
        self._added: set[str] = set()
        self.delay = _delay(_said([each for each in fact.commencing if not each.provision]), _rule(decision, books))
        for turn in _beginning(decision, fact, books):
            self.turn(turn)
        for each in fact.commencing:
            if each.provision:
                for turn in _from(each, decision):
                    self.turn(turn, each.provision)

    def turn(self, turn: Turn, provision: str = "") -> None:
        """Adds a turn of the whole or of a provision."""
        self._turns[provision].append(turn)

    def add(self, turn: Turn, provision: str) -> None:
        """Adds a turn by which a provision may have come to be."""
        numbers = {each.number for each in self.decision.provisions}
        if not any(_above(provision, number) for number in (*numbers, *(n for n in self._turns if n))):
            self._added.add(provision)
        self.turn(turn, provision)

    def turns(self, provision: str = "") -> tuple[Turn, ...]:
        """The turns of the whole, or of a provision among those of the whole, in order of time."""
        own = self._turns.get(provision, []) if provision else []
        whole = self._turns[""]
        if provision in self._added:
            began = bounds(own[0].date)[0]
            whole = [turn for turn in whole if bounds(turn.date)[0] > began]
        return tuple(_standing(sorted((*whole, *own), key=lambda turn: bounds(turn.date))))

    def began(self, provision: str = "") -> str:
        """The EDTF date from which it first was in force; empty where it never was."""
        own = self._turns.get(provision) or self._turns[""]
        return next(
            (turn.date for turn in sorted(own, key=lambda turn: bounds(turn.date)) if turn.force == "in-force"), ""
        )

    def history(self) -> History:
        """What was found."""
        numbers = (*(each.number for each in self.decision.provisions), *(number for number in self._turns if number))
        return History(self.turns(), {number: self.turns(number) for number in dict.fromkeys(numbers)})

    @property
    def label(self) -> str:
        """How a person calls it."""
        named = self.decision.title[:80] or self.decision.text[:80]
        return self.decision.number or (f"{named} ({self.decision.date})" if named else self.decision.id)


def _standing(turns: Iterable[Turn]) -> Iterator[Turn]:
    """Turns in order without those by which a text would have begun of itself after another had ended it."""
    ended = False
    for turn in turns:
        if turn.by or not ended:
            yield turn
        ended = turn.force == "repealed" or (ended and not turn.by)


def _on(turns: Sequence[Turn], day: str) -> Force:
    state: Force = "uncommenced"
    for turn in turns:
        first, last = bounds(turn.date)
        if turn.force == "never-made" or day >= last:
            state = turn.force
        elif day >= first and turn.force != state:
            state = "undetermined"
    return state


def _edges(turns: Sequence[Turn], first: str, last: str) -> Iterator[str]:
    """The days between two on which a turn is sure."""
    return (day for turn in turns if first < (day := bounds(turn.date)[1]) <= last)


def shifted(date: str, days: int = 0, months: int = 0) -> str:
    """An EDTF date so much later; an interval where the date is known by its month or year alone."""
    if not date:
        return ""
    first, last = (_later(datetime.date.fromisoformat(each), days, months).isoformat() for each in bounds(date))
    return first if first == last else f"{first}/{last}"


def _later(day: datetime.date, days: int, months: int) -> datetime.date:
    count = day.year * 12 + day.month - 1 + months
    year, month = divmod(count, 12)
    return datetime.date(year, month + 1, min(day.day, monthrange(year, month + 1)[1])) + datetime.timedelta(days)


def _beginning(decision: Decision, fact: Resolved, books: Sequence[Rulebook]) -> Iterator[Turn]:
    """The turns a decision has of itself: how it begins, and that it expires."""
    if any(each.kind == "never" for each in fact.commencing):
        yield Turn(decision.date, "never-made", Sentence("The record says that it was never made."))
    elif decision.outcome in _UNMADE:
        why = Sentence("The question was %(outcome)s.", outcome=Term("outcome", decision.outcome))
        yield Turn(decision.date, "never-made", why)
    elif not decision.date:
        yield Turn("", "undetermined", Sentence("The record does not show when it was made."))
    elif decision.kind in _ONCE:
        yield Turn(decision.date, "spent", Sentence("It was done with its making."))
    else:
        own = [each for each in fact.commencing if not each.provision]
        said = _said(own)
        yield from _from(said, decision) if said else _by_rule(decision, _rule(decision, books))
        if said is None or said.kind != "upon":
            yield from _waiting(decision)
        for end in own:
            if end.kind == "until":
                yield from _from(end, decision)


def _said(own: Sequence[Commencing]) -> Commencing | None:
    """What a text says of its beginning: of several, a day goes before a condition, and that before an emergency."""
    return next((each for kind in ("on", "upon", "after", "at-once") for each in own if each.kind == kind), None)


def _waiting(decision: Decision) -> Iterator[Turn]:
    """The turn of what was decided on a condition, or urgently by one who must be confirmed."""
    if decision.conditions:
        why = Sentence("Until its condition is on record: %(condition)s", condition=decision.conditions[0])
        yield Turn(decision.date, "conditional", why)
    elif decision.decided_by == "urgent-action":
        why = Sentence("An urgent action: until its ratification is on record.")
        yield Turn(decision.date, "conditional", why)


def _from(said: Commencing, decision: Decision) -> Iterator[Turn]:
    """The turns that a text's own words about its time make."""
    made = decision.date
    if said.kind == "until":
        end = said.date or shifted(made, said.days, said.months)
        over: Force = "spent" if decision.kind == "appoint" else "lapsed"
        yield Turn(shifted(end, 1), over, Sentence("Its time ended."))
    elif said.kind == "upon":
        why = Sentence("Until this is on record: %(condition)s", condition=said.condition)
        yield Turn(made, "conditional", why)
    elif said.kind == "at-once":
        yield Turn(made, "in-force", Sentence("In force from its passage, as it says."))
    else:
        begins = said.date or shifted(made, said.days, said.months)
        if bounds(begins)[1] > bounds(made)[1]:
            yield Turn(made, "uncommenced", Sentence("Adopted; it names a later day."))
        yield Turn(begins, "in-force", Sentence("In force from the day it names."))


def _rule(decision: Decision, books: Sequence[Rulebook]) -> CommencementRule | None:
    """The rule for the kind of business a decision is, in force when it was made."""
    book = in_force(books, decision.date)
    adopted = _ADOPTED.search(decision.text[:120])
    business = decision.number or decision.title or (adopted["what"] if adopted else "")
    return commencement_for(book, business) if book else None


def _by_rule(decision: Decision, rule: CommencementRule | None) -> Iterator[Turn]:
    """When a text that says nothing begins to bind: by the rule for it, else at once."""
    if rule is None or (rule.after == "adoption" and not rule.days):
        yield Turn(decision.date, "in-force", Sentence("In force from its adoption."))
    elif rule.after == "adoption":
        why = _cited(Sentence("%(n)s days after its adoption", n=rule.days), rule.cite)
        yield Turn(decision.date, "uncommenced", why)
        yield Turn(shifted(decision.date, rule.days), "in-force", why)
    else:
        yield Turn(decision.date, "conditional", _cited(_UNTIL[rule.after], rule.cite))


def _delay(said: Commencing | None, rule: CommencementRule | None) -> tuple[int, int]:
    """How many days and months after what it waits for a text begins."""
    if said:
        return (said.days, said.months) if said.kind == "upon" else (0, 0)
    return (rule.days, 0) if rule and rule.after != "adoption" else (0, 0)


def _cited(why: Sentence, cite: Sequence[str]) -> Sentence:
    if not cite:
        return Sentence("%(why)s.", why=why)
    return Sentence("%(why)s (%(cited)s).", why=why, cited=", ".join(cite))


def _effects(lives: Sequence[Life], kinds: set[str]) -> list[Effect]:
    """What decisions do to others, in order of the days from which they do it."""
    found = [
        Effect(began, life.decision, relation)
        for life in lives
        for relation in life.decision.relations
        if relation.stated and relation.kind in kinds and (began := life.began(relation.by))
    ]
    return sorted(found, key=lambda each: (bounds(each.date), each.actor.date, each.actor.id))


def _holds(life: Life, date: str) -> bool:
    """Whether a decision is in force when it is to take effect, as far as can be known."""
    return _on(life.turns(), bounds(date)[1]) == "in-force"


def _apply(effect: Effect, lives: Mapping[str, Life]) -> None:
    """Lets one decision do to another what it says, from a day on."""
    target = lives.get(effect.relation.target)
    if target is None or target.decision.id == effect.actor.id:
        return
    actor, kind, provision = lives[effect.actor.id], effect.relation.kind, effect.relation.provision
    state = _on(target.turns(provision), bounds(effect.date)[1])
    by = effect.actor.id
    if kind in {"repeals", "replaces"}:
        repealed = Sentence("Repealed by %(label)s.", label=actor.label)
        replaced = Sentence("Replaced by %(label)s.", label=actor.label)
        target.turn(Turn(effect.date, "repealed", repealed if kind == "repeals" else replaced, by), provision)
    elif kind == "amends":
        _amend(effect, target, state, actor.label)
    elif kind == "suspends" and state == "in-force":
        why = Sentence("Suspended by %(label)s.", label=actor.label)
        target.turn(Turn(effect.date, "suspended", why, by), provision)
        for ended in actor.turns():
            if ended.force in {"lapsed", "spent"}:
                target.turn(Turn(ended.date, "in-force", Sentence("The suspension ended."), by), provision)
    elif kind == "revives":
        target.turn(Turn(effect.date, "in-force", Sentence("Revived by %(label)s.", label=actor.label), by), provision)
    elif state in {"conditional", "undetermined"}:
        _confirm(effect, target, actor.label)


def _amend(effect: Effect, target: Life, state: Force, label: str) -> None:
    """An amended provision is in force as amended; a text amended after a doubt is treated as law again."""
    by, provision = effect.actor.id, effect.relation.provision
    whole = _on(target.turns(), bounds(effect.date)[1])
    if whole == "undetermined":
        why = Sentence("%(label)s amends it as law in force.", label=label)
        target.turn(Turn(effect.date, "in-force", why, by))
    amended = Sentence("Amended by %(label)s.", label=label)
    if provision and state not in {"repealed", "lapsed", "never-made", "spent", "suspended"}:
        target.add(Turn(effect.date, "in-force", amended, by), provision)
    elif state == "in-force":
        target.turn(Turn(effect.date, "in-force", amended, by))


def _fulfil(life: Life, told: Sequence[Fulfilled]) -> None:
    """What waited begins on the day that the record names, else by the day of its confirmation."""
    came = next((each.since for each in told if each.event == "in-force"), "")
    confirmed = next((each.since for each in told if each.event == "confirmed"), "")
    if not (came or confirmed) or _on(life.turns(), bounds(came or confirmed)[1]) not in _WAITING:
        return
    date = came or shifted(confirmed, *life.delay)
    life.turn(Turn(date, "in-force", Sentence("The record says that what it waited for came about.")))


def _confirm(effect: Effect, target: Life, label: str) -> None:
    """What waited for a confirmation begins on the day of it, or so long after as it says."""
    date = shifted(effect.date, *target.delay)
    why = Sentence("Confirmed by %(label)s.", label=label)
    target.turn(Turn(date, "in-force", why, effect.actor.id), effect.relation.provision)


def _moved_on(lives: Sequence[Life]) -> Iterator[tuple[Life, Turn]]:
    """A step on a ladder is spent when its matter is moved again."""
    last: dict[tuple[str, str], Life] = {}
    for life in lives:
        decision = life.decision
        if decision.kind == "set-status" and decision.matter and decision.outcome not in _UNMADE:
            key = (decision.matter, decision.ladder)
            if key in last and last[key].decision.date:
                yield last[key], Turn(decision.date, "spent", Sentence("Its matter moved on."), decision.id)
            last[key] = life


def _reinterpreted(lives: Sequence[Life]) -> Iterator[tuple[Life, Turn]]:
    """An interpretation gives way to a later one of the same provisions, unless that one only amends it."""
    last: dict[frozenset[tuple[str, str]], Life] = {}
    for life in lives:
        about = frozenset(
            (each.target or fold(each.target_text), each.provision)
            for each in life.decision.relations
            if each.kind == "interprets" and each.stated
        )
        former = last.get(about) if about else None
        if former and former.decision.date < life.decision.date and not _keeps(life, former):
            why = Sentence("A later interpretation of the same provisions governs: %(label)s.", label=life.label)
            yield former, Turn(life.decision.date, "repealed", why, life.decision.id)
        if about:
            last[about] = life


def _keeps(later: Life, former: Life) -> bool:
    """Whether a later text says that it amends or confirms the former."""
    kept = {"amends", "confirms"}
    return any(each.target == former.decision.id and each.kind in kept for each in later.decision.relations)


def _reconsidered(lives: Sequence[Life]) -> Iterator[tuple[Life, Turn]]:
    """Of two opposite decisions of one question at one sitting the later governs."""
    grouped: dict[tuple[str, str, str], list[Life]] = defaultdict(list)
    for life in lives:
        if life.decision.sitting:
            grouped[(life.decision.sitting, life.decision.item, life.fact.source)].append(life)
    for group in grouped.values():
        group.sort(key=lambda life: life.fact.position)
        for index, later in enumerate(group):
            for former in group[:index]:
                if _opposed(former.decision, later.decision) and _same_question(former.decision, later.decision):
                    why = Sentence("Decided otherwise later the same day: %(label)s.", label=later.label)
                    yield former, Turn(later.decision.date, "repealed", why, later.decision.id)


def _opposed(former: Decision, later: Decision) -> bool:
    """Whether one was carried and what was carried is undone by the other."""
    sides = [each.outcome in _UNMADE or each.kind == "reject" for each in (former, later)]
    return sides == [False, True]


def _same_question(one: Decision, other: Decision) -> bool:
    if one.motion and one.motion == other.motion:
        return True
    return ratio(fold(one.text), fold(other.text)) >= _ALIKE


class _General:
    """Clauses that repeal whatever conflicts, and the earlier texts that may."""

    def __init__(self, lives: Sequence[Life]) -> None:
        self._lives = lives
        self._by_id = {life.decision.id: life for life in lives}
        self._pairs: dict[str, frozenset[tuple[str, str]]] = {}
        self._common: dict[str, frozenset[tuple[str, str]]] = {}

    def clause(self, effect: Effect) -> str | None:
        """The kind of text that a general clause is about, empty for every kind; None where it is none."""
        written = effect.relation.target_text
        fact = self._by_id[effect.actor.id].fact
        keys = (key for each in fact.relations if each.target.title == written for key in each.target.keys)
        return next((key.removeprefix(GENERAL) for key in keys if key.startswith(GENERAL)), None)

    def apply(self, effect: Effect, lives: Mapping[str, Life]) -> None:
        """Leaves open the force of the earlier texts in force that share the subject of a text with such a clause."""
        kind, actor = self.clause(effect) or "", lives[effect.actor.id]
        why = Sentence(
            "%(label)s repeals whatever conflicts with it; the record does not say what does.", label=actor.label
        )
        for life in self._lives:
            earlier = bounds(life.decision.date)[1] < bounds(effect.actor.date)[0]
            if earlier and self._is(life, kind) and _holds(life, effect.date) and self._shared(life, actor, kind):
                life.turn(Turn(effect.date, "undetermined", why, actor.decision.id))

    def _is(self, life: Life, kind: str) -> bool:
        keys = [key for mention in life.fact.mentions for key in mention.keys]
        return not kind or any(key.startswith(f"number:{kind} ") for key in keys)

    def _shared(self, life: Life, actor: Life, kind: str) -> bool:
        """Whether words that stand together in a title stand so in the other text, and are not in most texts."""
        if kind not in self._common:
            self._common[kind] = self._in_most([each for each in self._lives if self._is(each, kind)])
        titled = _pairs(life.decision.title or life.decision.text)
        return bool((titled & self._of(actor)) - self._common[kind])

    def _of(self, life: Life) -> frozenset[tuple[str, str]]:
        identity = life.decision.id
        if identity not in self._pairs:
            texts = (life.decision.title, life.decision.text, *(each.text for each in life.decision.provisions))
            self._pairs[identity] = frozenset().union(*(_pairs(text) for text in texts))
        return self._pairs[identity]

    def _in_most(self, lives: Sequence[Life]) -> frozenset[tuple[str, str]]:
        counts: dict[tuple[str, str], int] = defaultdict(int)
        for life in lives:
            for pair in self._of(life):
                counts[pair] += 1
        return frozenset(pair for pair, count in counts.items() if count > max(2, len(lives) * _COMMON))


def _pairs(text: str) -> frozenset[tuple[str, str]]:
    """Words of four letters or more that stand next to each other once shorter ones are left out."""
    found = [word for word in "".join(c if c.isalnum() else " " for c in fold(text)).split() if len(word) > 3]
    return frozenset(pairwise(found))


def _above(provision: str, number: str) -> bool:
    """Whether a provision is a part of another, or that one itself: ``4(a)`` of ``4``."""
    return provision == number or provision.startswith(f"{number}(")
