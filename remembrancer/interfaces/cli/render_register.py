"""What a person reads of the register: what was decided first, its evidence beneath, ids that can be copied."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from rich.text import Text

from remembrancer.interfaces.cli.lines import Line
from remembrancer.interfaces.cli.render import DIM, ID, STRONG, WARN, Parts, claimed, count, indented, joined

if TYPE_CHECKING:
    from remembrancer.model import Computed, Principal
    from remembrancer.office.registers.registered_views import (
        ActionView,
        AmountView,
        AskedView,
        DecisionView,
        MatterLine,
        MatterView,
        MotionView,
        NoticeView,
        PersonRecord,
        ProvisionView,
        RelationView,
        SponsorshipView,
        TurnView,
        VoteView,
    )
    from remembrancer.office.showing.certified import Extract
    from remembrancer.office.showing.procedure import Explained, RulebookLine, RulebookText
    from remembrancer.rules.checked import Problem

GOOD, BAD = "green", "red"
_FORCE = {
    "in-force": GOOD,
    "repealed": BAD,
    "lapsed": BAD,
    "never-made": BAD,
    "undetermined": WARN,
    "conditional": WARN,
}
_SEVERITY = {"error": BAD, "warning": WARN, "note": DIM}
_SHORT = 160
"""Characters of a text in a list."""


def as_far_as(principal: Principal) -> Parts:
    """That there may be more, for whoever may not see everything."""
    if principal.name != "owner":
        shown = "the open record shows" if principal.name == "public" else "the record is open to you"
        yield Line(Text())
        yield Line(Text(f"This is as far as {shown}.", DIM))


def decisions(value: Sequence[DecisionView]) -> Parts:
    if not value:
        yield Line(Text("The record shows no such decision."))
    for each in value:
        yield Line(_headline(each), f"{each.date or 'undated':<11} ")
        about = [(each.id, ID), (each.outcome, ""), (_folded(each.matter.title) if each.matter else "", "")]
        yield indented(
            joined([*about, (_force(each.force), _FORCE.get(each.force or "", "")), _inferred(each.stated)]), 12
        )


def _headline(each: DecisionView) -> Text:
    what = f"{each.status_to}: {each.matter.title}" if each.status_to and each.matter else each.title or each.text
    return Text.assemble((f"{each.number}  " if each.number else "", ID), (_short(what), STRONG))


def decision(value: DecisionView) -> Parts:
    titled = value.title or value.status_to
    yield Line(_headline(value) if titled else Text(value.number or "A decision", STRONG))
    way = "" if value.decided_by == "sitting" else f"by {value.decided_by}"
    yield Line(
        joined([(value.date or "undated", ""), (value.kind, ""), (value.outcome, ""), (way, ""), (value.id, ID)])
    )
    if value.force:
        yield Line(Text.assemble("Force: ", (_force(value.force), _FORCE.get(value.force, ""))))
    yield Line(Text())
    yield from _quoted(value.text)
    for condition in value.conditions:
        yield Line(Text(f"On condition: “{_folded(condition)}”", WARN), "  ")
    yield from _amounts(value.amounts)
    yield from _provisions(value.provisions)
    yield from _relations(value.relations)
    yield from _turns(value.turns)
    yield Line(Text())
    yield from _evidence(value.rule, value.stated, value.place, value.confirmed)
    links = [("sitting", value.sitting), ("item", value.item), ("motion", value.motion), ("vote", value.vote)]
    links += [("matter", value.matter.id)] if value.matter else []
    yield Line(joined([(f"{name} {identity}", ID) for name, identity in links if identity]))


def _amounts(amounts: Sequence[AmountView]) -> Parts:
    if amounts:
        yield Line(Text(f"Sums: {'; '.join(dict.fromkeys(_folded(each.text) for each in amounts))}"), "  ")


def _provisions(provisions: Sequence[ProvisionView]) -> Parts:
    for each in provisions:
        force = _force(each.force)
        yield Line(
            Text.assemble(_short(each.text), (f"  {force}" if force else "", _FORCE.get(each.force or "", ""))),
            f"  {each.number:<8} ",
        )


def _relations(relations: Sequence[RelationView]) -> Parts:
    for each in relations:
        part = f"{each.provision} of " if each.provision else ""
        yield Line(
            joined([(f"{each.kind} {part}{each.target_text}", ""), (each.target, ID), _inferred(each.stated)]), "  "
        )


def _turns(turns: Sequence[TurnView]) -> Parts:
    if turns:
        yield Line(Text())
    for turn in turns:
        force = Text.assemble((_force(turn.force), _FORCE.get(turn.force, "")), f"  {turn.why}", (f"  {turn.by}", ID))
        yield Line(force, f"  {turn.date or 'undated':<11} ")


def _evidence(rule: str, stated: bool, place: str, confirmed: str = "") -> Parts:
    how = "stated by the source" if stated else "worked out from prose, not confirmed"
    said = f"confirmed by {confirmed}" if confirmed else how
    if rule == "clerk":
        said = f"corrected by {confirmed or 'the clerk'}"
    yield Line(joined([(said, "" if stated else WARN), (rule, DIM), (place, DIM)]))


def extract(value: Extract) -> Parts:
    for line in value.text.rstrip("\n").split("\n"):
        yield Line(Text(line), fixed=True)


def matters(value: Sequence[MatterLine]) -> Parts:
    if not value:
        yield Line(Text("The record follows no matter yet."))
    for each in value:
        number = f"{each.number}  " if each.number else ""
        yield Line(
            Text.assemble((number, ID), (_folded(each.title), STRONG), f"  {each.status}" if each.status else "")
        )
        counts = f"{count(each.sittings, 'sitting')}, {count(each.decisions, 'decision')}"
        yield indented(joined([(each.id, ID), (counts, ""), (f"since {each.since}" if each.since else "", "")]))


def matter(value: MatterView) -> Parts:
    """A timeline: debates and decisions in the order of their dates."""
    yield Line(Text(_folded(value.title), STRONG))
    yield Line(joined([(value.number, ID), (value.status, GOOD), (value.id, ID)]))
    others = [title for title in value.titles if title != value.title]
    if others:
        yield Line(Text(f"also: {'; '.join(others[:6])}", DIM))
    yield Line(Text())
    for date, _, text in sorted(_events(value), key=lambda event: (event[0] or "9999", event[1])):
        yield Line(text, f"  {date or 'undated':<11} ")
    yield from _relations(value.relations)
    yield from _sponsorships(value.sponsorships)
    for claim in value.reported:
        yield Line(Text())
        yield from claimed(claim)


def _sponsorships(sponsorships: Sequence[SponsorshipView]) -> Parts:
    """Who brings a matter forward, each role once; presenters stand at their days."""
    named: dict[str, dict[str, None]] = {}
    for each in sponsorships:
        when = f" ({each.date})" if each.role == "presenter" and each.date else ""
        named.setdefault(each.role, {}).setdefault(f"{_folded(each.person)}{when}")
    for role, people in named.items():
        yield Line(Text(", ".join(people)), f"  {role:<11} ")


def _events(value: MatterView) -> Iterable[tuple[str, int, Text]]:
    decided = {each.id for each in value.decisions}
    for debate in value.debates:
        yield debate.date, 0, joined([("debated", DIM), (_folded(debate.title), ""), (debate.item, ID)])
    for each in value.decisions:
        what = each.status_to or each.number or each.kind
        words = "" if each.status_to else f"“{_short(each.text)}”"
        force = _force(each.force) if each.force not in (None, "in-force", "spent") else ""
        yield each.date, 1, joined([(what, STRONG), (words, ""), (force, WARN), (each.id, ID), _inferred(each.stated)])
    for rung in value.rungs:
        if rung.decision not in decided:
            yield rung.date, 2, joined([(rung.status, STRONG), ("as its paper says", DIM), _inferred(rung.stated)])


def motions(value: Sequence[MotionView]) -> Parts:
    if not value:
        yield Line(Text("The record shows no motion."))
    for each in value:
        yield Line(Text(_short(each.text)), f"{each.date or 'undated':<11} ")
        yield indented(joined([(each.id, ID), (_movers(each), ""), (each.outcome, STRONG), _inferred(each.stated)]), 12)


def motion(value: MotionView) -> Parts:
    yield Line(joined([(value.number, ID), (_movers(value), STRONG), (value.outcome, STRONG)]))
    yield Line(joined([(value.date or "undated", ""), (value.id, ID)]))
    yield Line(Text())
    yield from _quoted(value.text)
    yield from _amounts(value.amounts)
    yield Line(Text())
    yield from _evidence(value.rule, value.stated, value.place, value.confirmed)
    links = [("amends", value.amends), ("vote", value.vote), ("sitting", value.sitting), ("item", value.item)]
    yield Line(joined([(f"{name} {identity}", ID) for name, identity in links if identity]))


def _movers(value: MotionView) -> str:
    seconder = f"seconded by {value.seconder}" if value.seconder else ""
    return ", ".join(part for part in (f"moved by {value.mover}" if value.mover else "", seconder) if part)


def votes(value: Sequence[VoteView]) -> Parts:
    if not value:
        yield Line(Text("The record shows no vote."))
    for each in value:
        yield Line(Text(_short(each.question) or "(no question is recorded)", STRONG), f"{each.date or 'undated':<11} ")
        determined = each.computed.outcome != "not determinable"
        result = each.declared or (f"{each.computed.outcome} as computed" if determined else "")
        yield indented(
            joined([(each.id, ID), (each.method, ""), (_counts(each), ""), (result, ""), _inferred(each.stated)]), 12
        )


def vote(value: VoteView) -> Parts:
    from remembrancer.office.registers.registered_views import by_choice

    yield Line(Text(_folded(value.question) or "(no question is recorded)", STRONG))
    yield Line(joined([(value.date or "undated", ""), (value.method, ""), (_counts(value), ""), (value.id, ID)]))
    yield Line(Text())
    yield Line(Text(f"Declared: {value.declared or 'the record does not say'}"), "  ")
    yield Line(_computed(value.computed), "  ")
    if value.casting:
        yield Line(Text(f"Casting vote: {value.casting}"), "  ")
    for choice, names in by_choice(value.ballots).items():
        yield Line(Text.assemble((f"{choice} ({len(names)})  ", STRONG), ", ".join(names)), "  ")
    yield Line(Text())
    yield from _evidence(value.rule, value.stated, value.place, value.confirmed)
    links = [("motion", value.motion), ("sitting", value.sitting), ("item", value.item)]
    yield Line(joined([(f"{name} {identity}", ID) for name, identity in links if identity]))


def _computed(computed: Computed) -> Text:
    return Text(f"Computed: {computed.outcome}: {computed.why}")


def _counts(value: VoteView) -> str:
    return ", ".join(f"{choice} {number}" for choice, number in value.counts.items())


def person(value: PersonRecord) -> Parts:
    yield Line(Text(value.name, STRONG))
    yield Line(joined([(value.standing, ""), (value.id, ID)]))
    others = [label for label in value.labels if label != value.name]
    if others:
        yield Line(Text(f"written: {'; '.join(others[:8])}", DIM))
    for seat in value.memberships:
        dates = f"{seat.since or '…'} to {seat.until or 'now'}" if seat.since or seat.until else ""
        yield Line(
            joined([(seat.role or "member", ""), (seat.affiliation, ""), (dates, ""), _inferred(seat.stated)]), "  "
        )
    there = Counter(each.present for each in value.attendance)
    if value.attendance:
        yield Line(Text(f"Present at {count(there[True], 'sitting')}, absent from {there[False]}."))
    if value.motions or value.seconded:
        yield Line(Text(f"Moved {len(value.motions)}, seconded {len(value.seconded)}."))
    for line in value.ballots:
        yield Line(joined([(line.choice, STRONG), (_short(line.question), ""), (line.vote, ID)]), f"  {line.date:<11} ")
    for each in value.sponsorships:
        yield Line(joined([(each.role, STRONG), (_short(each.title), ""), (each.matter, ID)]), f"  {each.date:<11} ")
    for action in value.actions:
        yield Line(joined([(f"to do: {_short(action.title)}", ""), (action.id, ID)]), "  ")


def actions(value: Sequence[ActionView]) -> Parts:
    if not value:
        yield Line(Text("The record shows no such action."))
    for each in value:
        who = Text.assemble((each.owner or "nobody named", STRONG), f": {_short(each.text)}")
        yield Line(who, f"{each.date or 'undated':<11} ")
        state = "done" if each.done else f"by {each.due}" if each.due else "open"
        yield indented(joined([(each.id, ID), (state, ""), _inferred(each.stated)]), 12)


def queue(value: Sequence[AskedView]) -> Parts:
    if not value:
        yield Line(Text("Nothing waits to be confirmed."))
    for number, each in enumerate(value, 1):
        yield Line(Text(_folded(each.question), STRONG), f"{number:>3}. ")
        for span in each.spans[:1]:
            yield Line(Text(f"“{_short(span.quote)}”"), "     ")
        yield Line(joined([(each.why, DIM), (each.id, ID)]), "     ")
    if value:
        yield Line(Text())
        yield Line(Text("Settle each with: remembrancer confirm ID, dismiss ID, or correct ID --set FIELD=VALUE.", DIM))


def notices(value: Sequence[NoticeView]) -> Parts:
    if not value:
        yield Line(Text("Nothing is wrong in the register."))
    for each in value:
        yield Line(
            Text.assemble((each.severity, _SEVERITY[each.severity]), "  ", (each.code, STRONG), f"  {each.date}")
        )
        yield indented(Text(_folded(each.message)), 2)
        if each.advice:
            yield indented(Text(each.advice, DIM), 4)
        yield indented(joined([(each.place, DIM), *((about, ID) for about in each.about[:4])]), 4)


def _force(force: str | None) -> str:
    return (force or "").replace("-", " ")


def _inferred(stated: bool) -> tuple[str, str]:
    return ("", "") if stated else ("inferred", WARN)


def _quoted(text: str) -> Parts:
    """A text whole, each of its paragraphs on lines of its own."""
    for paragraph in filter(str.strip, f"“{text.strip()}”".split("\n")):
        yield Line(Text(_folded(paragraph)), "  ")


def _folded(text: str) -> str:
    return " ".join(text.split())


def _short(text: str) -> str:
    folded = _folded(text)
    return folded if len(folded) <= _SHORT else folded[: _SHORT - 1].rstrip() + "…"


def rulebooks(value: Sequence[RulebookLine]) -> Parts:
    for each in value:
        dates = f"{each.since or '…'} to {each.until or 'now'}" if each.since or each.until else ""
        state = "in force" if each.in_force else "comes with the program" if each.shipped else ""
        yield Line(joined([(each.name, STRONG), (dates, ""), (state, GOOD if each.in_force else DIM)]))
        if each.title:
            yield indented(Text(_short(each.title)))


def rulebook(value: RulebookText) -> Parts:
    yield Line(Text(value.name, STRONG))
    for sentence in value.sentences:
        yield Line(Text(sentence), "  ")
    yield Line(Text())
    for line in value.toml.rstrip("\n").split("\n"):
        yield Line(Text(line, DIM), fixed=True)


def problems(value: Sequence[Problem]) -> Parts:
    if not value:
        yield Line(Text("The rulebook is well made."))
    for each in value:
        severity = (each.severity, BAD if each.severity == "error" else WARN)
        yield Line(Text.assemble((f"line {each.line}  ", STRONG), severity, f"  {each.what}"))
        yield indented(Text(each.advice, DIM))


def explained(value: Explained) -> Parts:
    yield Line(Text(f"By the rules of {value.rulebook}." if value.rulebook else "No rules are known for that day."))
    if value.quorum:
        yield Line(Text(f"Quorum: {value.quorum.computed.outcome}: {value.quorum.computed.why}"))
        if value.quorum.stated is not None:
            yield indented(Text(f"The document says that it was {'' if value.quorum.stated else 'not '}met.", DIM))
    for vote in value.votes:
        yield Line(Text(_short(vote.question) or "(no question is recorded)", STRONG))
        yield indented(_computed(vote.computed))
        yield indented(joined([(f"declared: {vote.declared or 'the record does not say'}", ""), (vote.id, ID)]))
