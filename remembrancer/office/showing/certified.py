"""The certified extract: one decision as a court or an applicant is given it, with what proves it.

It says which body sat when, whether enough were there, who moved what, how the vote fell and the words of the decision,
has room for a signature, and ends with the proof that the reading it is from stands in the record: whoever has the
body's public key can check it without this program.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from textwrap import wrap

from remembrancer.model import Authority, Computed, Decision, Motion, Principal, Quorum, Vote
from remembrancer.office.bureau import Bureau, Seen
from remembrancer.office.registers.registered import Registered
from remembrancer.office.registers.registered_views import DecisionView, Quotes, VoteView, by_choice
from remembrancer.office.showing.shown import sittings
from remembrancer.record.proof import format_inclusion

WIDTH = 78
INDENT = " " * 13
"""What stands before a line that continues one with a heading."""


@dataclass(frozen=True, slots=True)
class QuorumView:
    """Whether enough were there, as the document says and as the rules make it."""

    stated: bool | None
    present: int | None
    required: int | None
    computed: Computed
    spans: Quotes


@dataclass(frozen=True, slots=True)
class Extract:
    """The extract in its parts and, as ``text``, as it is printed."""

    body: str
    sitting: str
    title: str
    date: str
    venue: str
    quorum: QuorumView | None
    decision: DecisionView
    vote: VoteView | None
    mover: str
    seconder: str
    source: str
    path: str
    authority: Authority
    text: str
    entry: int
    proof: str
    checkpoint: str


def extract(bureau: Bureau, principal: Principal, registered: Registered, identity: str) -> Extract:
    """The certified extract of a decision, by id or number."""
    row = registered.one(Decision, identity)
    motion, vote = registered.register.get(row.motion), registered.register.get(row.vote)
    seen = bureau.seen_source(principal, row.source)
    assert seen is not None, "a row is made of what its principal sees"
    proof = bureau.log.prove(seen.row.entry)
    line = next((each for each in sittings(bureau, principal) if each.id == row.sitting), None)
    made = Extract(
        body=bureau.name(),
        sitting=row.sitting,
        title=line.title if line else "",
        date=row.date,
        venue=line.venue if line else "",
        quorum=_quorum(registered, row.sitting),
        decision=registered.decision(row),
        vote=registered.vote(vote) if isinstance(vote, Vote) else None,
        mover=motion.mover_label if isinstance(motion, Motion) else "",
        seconder=motion.seconder_label if isinstance(motion, Motion) else "",
        source=seen.source.sha,
        path=seen.source.path,
        authority=seen.source.authority,
        text="",
        entry=seen.row.entry,
        proof=format_inclusion(proof).decode(),
        checkpoint=proof.head.decode(),
    )
    return replace(made, text="\n".join(_lines(made, seen, registered)) + "\n")


def quorum_of(registered: Registered, row: Quorum) -> QuorumView:
    """A quorum as it is shown."""
    return QuorumView(row.stated, row.present, row.required, row.computed, registered.quotes(row.marks))


def _quorum(registered: Registered, sitting: str) -> QuorumView | None:
    found = next((each for each in registered.register.quorums if each.sitting == sitting), None)
    return quorum_of(registered, found) if found else None


def _lines(made: Extract, seen: Seen, registered: Registered) -> Iterator[str]:
    decision = made.decision
    yield made.body.upper()
    yield "CERTIFIED EXTRACT FROM THE RECORD"
    yield ""
    title = "" if made.title.casefold() == made.body.casefold() else made.title
    yield from _headed("Sitting", _joined([title, made.date, made.venue]))
    yield from _headed("Quorum", _of_quorum(made.quorum))
    if decision.number:
        yield from _headed("Decision", decision.number)
    if made.mover or made.seconder:
        seconded = f"seconded by {made.seconder}" if made.seconder else ""
        yield from _headed("Moved by", _joined([made.mover or "nobody named", seconded]))
    yield ""
    yield from _wrapped(decision.text)
    yield ""
    yield from _of_vote(made.vote, decision.outcome)
    yield from _of_force(decision, registered)
    if not decision.stated:
        yield "This decision was worked out from the words of the record and has not been confirmed."
    yield ""
    yield "Certified a true extract:"
    yield ""
    yield "Signature    ______________________________    Date  ____________________"
    yield "Name, office ______________________________"
    yield ""
    place = decision.place
    yield f"Source       {made.path}{f', {place}' if place else ''} ({made.authority})"
    yield f"             SHA-256 {made.source}"
    yield f"Id           {decision.id}"
    yield f"Entry        {seen.row.entry} of the record; its proof of inclusion:"
    yield ""
    yield made.proof.rstrip("\n")


def _of_quorum(quorum: QuorumView | None) -> str:
    if quorum is None:
        return "the record does not say"
    stated = {True: "stated to be met", False: "stated not to be met", None: ""}[quorum.stated]
    return _joined([stated, quorum.computed.why], "; ")


def _of_vote(vote: VoteView | None, outcome: str) -> Iterator[str]:
    if vote is None:
        yield from _headed("Outcome", outcome or "the record does not say")
        return
    counts = ", ".join(f"{choice} {number}" for choice, number in vote.counts.items())
    yield from _headed("Vote", _joined([vote.method, counts, vote.declared or outcome], "; "))
    for choice, names in by_choice(vote.ballots).items():
        yield from _wrapped(f"{choice}: {', '.join(names)}", INDENT)


def _of_force(decision: DecisionView, registered: Registered) -> Iterator[str]:
    """What became of it until the day the extract is made, as far as the record shows who asks."""
    if decision.force is None:
        return
    turn = next((each for each in reversed(decision.turns) if each.date <= registered.day), None)
    other = registered.register.get(turn.by) if turn and turn.by not in ("", decision.id) else None
    by = f"by {other.number or other.id}" if isinstance(other, Decision) else ""
    since = f"since {turn.date}" if turn and turn.date else ""
    told = " ".join(part for part in (decision.force.replace("-", " "), since, by) if part)
    yield from _headed("Force", f"{told}; on {registered.day}, as far as the record shows")


def _headed(heading: str, text: str) -> list[str]:
    return wrap(text, WIDTH, initial_indent=f"{heading:<{len(INDENT)}}", subsequent_indent=INDENT)


def _joined(parts: Sequence[str], between: str = ", ") -> str:
    return between.join(part for part in parts if part)


def _wrapped(text: str, indent: str = "") -> Iterator[str]:
    for paragraph in text.split("\n"):
        yield from wrap(paragraph, WIDTH, initial_indent=indent, subsequent_indent=indent) or [""]
