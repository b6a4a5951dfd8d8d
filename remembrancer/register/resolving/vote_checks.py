"""Checks of votes: names against numbers, ballots against the roll, the declared result against the numbers.

12 were declared in favour; 11 are named.        Cllr Able voted, and had left before the vote.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from remembrancer.model import CHOICES, Ballot, Mark, Notice, Severity, Vote
from remembrancer.record.persons import fold
from remembrancer.register.resolving.checking import Case, notice
from remembrancer.register.resolving.presence import Moment
from remembrancer.saying import Day, Sentence, Term, joined, listed

APART = frozenset({"absent", "recused", "not-voting"})
"""Choices of those who did not vote."""
_OPPOSED = {("carried", "lost"), ("lost", "carried"), ("carried", "tied"), ("lost", "tied"), ("tied", "carried")}
_LISTED = 0.75
"""Least share of a vote's names that stand in the roll for one that does not to be worth asking about."""


def names_and_tally(case: Case) -> Iterator[Notice]:
    """Names that do not add up to the number declared, with or without the tellers."""
    for vote in case.register.votes:
        for choice, declared in vote.counts:
            named = [ballot for ballot in vote.ballots if ballot.choice == choice]
            possible = {len(named), sum(not ballot.teller for ballot in named)}
            told = bool(named) or choice not in APART
            if told and declared not in possible and (min(possible) > declared or _names_all(vote)):
                yield _of(
                    "names-do-not-add-up",
                    vote,
                    Sentence(
                        "%(n)s are declared for '%(choice)s', and %(m)s are named.",
                        n=declared,
                        choice=Term("choice", choice),
                        m=len(named),
                    ),
                    Sentence(
                        "Compare the list of names with the clerk's own;"
                        " the declared number stands until it is corrected."
                    ),
                )


def _names_all(vote: Vote) -> bool:
    """Whether the vote sets out to name everybody: there are names wherever a number is given, or a roll is called
    that names those who were away too."""
    named = {ballot.choice for ballot in vote.ballots}
    whole = all(not number or choice in named or choice in APART for choice, number in vote.counts)
    roll = vote.method in ("roll-call", "division") and bool(named & APART) and bool(named - APART)
    return bool(named) and (whole or roll)


def ballots_of_absent(case: Case) -> Iterator[Notice]:
    """A ballot of somebody who was not in the room at that moment, by the roll."""
    for vote, ballot in _cast(case):
        if ballot.person and case.who.was_present(vote.sitting, ballot.person, moment_of(vote)) is False:
            yield _of(
                "ballot-of-absent",
                vote,
                Sentence(
                    "%(who)s is recorded as voting '%(choice)s', and by the roll was not there then.",
                    who=ballot.label,
                    choice=Term("choice", ballot.choice),
                ),
                Sentence("Correct the roll or the list of names, whichever is wrong."),
                ballot,
                _roll_marks(case, vote, ballot.person),
            )


def moment_of(vote: Vote) -> Moment:
    """When a vote was taken, as its place in its document shows."""
    mark = next((mark for mark in vote.marks if mark.source == vote.source), None)
    return Moment(vote.source, mark.start if mark else -1, vote.item)


def _roll_marks(case: Case, vote: Vote, person: str) -> tuple[Mark, ...]:
    rolls = case.who.rolls_at(vote.sitting, vote.source)
    lines = (stay for roll in rolls for stay in roll.stays if case.who.person_of_stay(stay) == person)
    return tuple(mark for stay in lines for mark in stay.marks)


def ballots_of_outsiders(case: Case) -> Iterator[Notice]:
    """A ballot of an officer or one of the public, or of a member after the seat was given up."""
    for vote, ballot in _cast(case):
        person = case.who.get(ballot.person)
        if person is None:
            continue
        seats = [seat for seat in person.memberships if seat.stated and seat.until]
        ended = bool(seats) and all(seat.until and seat.until < vote.date for seat in person.memberships)
        if person.standing in ("officer", "public") or ended:
            what = Sentence("listed as %(standing)s", standing=Term("held", person.standing))
            if ended:
                what = Sentence("whose seat ended on %(day)s", day=Day(seats[0].until))
            yield _of(
                "ballot-of-non-member",
                vote,
                Sentence(
                    "%(who)s, %(what)s, is recorded as voting '%(choice)s'.",
                    who=ballot.label,
                    what=what,
                    choice=Term("choice", ballot.choice),
                ),
                Sentence("See whether the name belongs to somebody else, or the seat is recorded wrongly."),
                ballot,
            )


def ballots_not_listed(case: Case) -> Iterator[Notice]:
    """A ballot of somebody whom the sitting's roll does not list, where it lists nearly all who voted."""
    for vote in case.register.votes:
        on_roll = _on_roll(case, vote)
        strangers = [ballot for ballot in _voting(vote) if _is_stranger(case, vote, ballot, on_roll)]
        if on_roll and strangers and len(strangers) <= (1 - _LISTED) * len(_voting(vote)):
            names = ", ".join(ballot.label for ballot in strangers)
            yield _of(
                "voter-not-listed",
                vote,
                Sentence("Recorded as voting, and not in the attendance list: %(names)s.", names=names),
                Sentence("Add them to the attendance list, or correct the names."),
            )


def _is_stranger(case: Case, vote: Vote, ballot: Ballot, on_roll: frozenset[str]) -> bool:
    """Whether a ballot is of nobody on the roll, nor of one of two there who bear the name."""
    return ballot.person not in on_roll and len(case.who.candidates(vote.sitting, ballot.label)) < 2


def _on_roll(case: Case, vote: Vote) -> frozenset[str]:
    rolls = case.who.rolls_at(vote.sitting, vote.source)
    return frozenset(filter(None, (case.who.person_of_stay(stay) for roll in rolls for stay in roll.stays)))


def ballots_twice(case: Case) -> Iterator[Notice]:
    """One person twice in one vote; as recused and as voting, a graver thing. Where people are voted for, a member
    may well stand under several."""
    for vote in case.register.votes:
        if any(ballot.choice not in CHOICES for ballot in vote.ballots):
            continue
        by_person: dict[str, list[Ballot]] = defaultdict(list)
        for ballot in vote.ballots:
            by_person[ballot.person or f"label {fold(ballot.label)}"].append(ballot)
        for ballots in by_person.values():
            if len(ballots) < 2 or (not ballots[0].person and not ballots[0].label):
                continue
            choices = sorted({ballot.choice for ballot in ballots})
            recused = "recused" in choices and len(choices) > 1
            said = listed([joined("", ("'", Term("choice", choice), "'")) for choice in choices])
            yield _of(
                "ballot-of-recused" if recused else "ballot-twice",
                vote,
                Sentence(
                    "%(who)s stands %(n)s times in one vote: %(said)s.", who=ballots[0].label, n=len(ballots), said=said
                ),
                Sentence("Strike out one of the entries; if two people share the name, say which is which."),
                ballots[1],
                ballots[0].marks,
            )


def results_contradicted(case: Case) -> Iterator[Notice]:
    """A declared result that the numbers contradict; what was declared stands."""
    for vote in case.register.votes:
        computed = vote.computed.outcome
        if (vote.declared, computed) in _OPPOSED:
            yield _of(
                "result-contradicted",
                vote,
                Sentence(
                    "Declared %(declared)s; by the rules it is %(computed)s: %(why)s",
                    declared=Term("outcome", vote.declared),
                    computed=Term("outcome", computed),
                    why=vote.computed.why,
                ),
                Sentence("The declared result stands. Ask the chair to correct it if the numbers are right."),
            )
        elif _outvoted(vote) and computed not in ("carried", "lost", "tied"):
            counts = Counter(dict(vote.counts))
            yield _of(
                "result-contradicted",
                vote,
                Sentence("Declared carried with %(n)s for and %(m)s against.", n=counts["yes"], m=counts["no"]),
                Sentence("The declared result stands. See whether the numbers were exchanged."),
            )


def _outvoted(vote: Vote) -> bool:
    counts = dict(vote.counts)
    settled_otherwise = vote.casting or vote.lot or vote.method == "poll"
    return vote.declared == "carried" and not settled_otherwise and 0 <= counts.get("yes", -1) < counts.get("no", 0)


def _cast(case: Case) -> Iterator[tuple[Vote, Ballot]]:
    for vote in case.register.votes:
        for ballot in _voting(vote):
            yield vote, ballot


def _voting(vote: Vote) -> list[Ballot]:
    """The ballots of those who voted."""
    return [ballot for ballot in vote.ballots if ballot.choice not in APART]


def _of(
    code: str,
    vote: Vote,
    message: Sentence,
    advice: Sentence,
    ballot: Ballot | None = None,
    more: tuple[Mark, ...] = (),
) -> Notice:
    """An error in a vote, with the evidence of the ballot and of what contradicts it."""
    about = (vote.id, ballot.person) if ballot and ballot.person else (vote.id,)
    own = ballot.marks if ballot and ballot.marks else vote.marks
    marks = tuple(dict.fromkeys((*own, *more)))
    severity: Severity = "warning" if code == "voter-not-listed" else "error"
    return notice(code, severity, message, advice, about, marks, vote.sitting, vote.date)
