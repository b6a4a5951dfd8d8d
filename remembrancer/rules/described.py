"""A rulebook in sentences, each with where it stands: for a clerk to read over, and for ``rules show``.

``Quorum: one-third of the seats, at least 3 (Schedule 12, paragraph 12; unchecked).``
"""

from __future__ import annotations

from collections.abc import Iterator

from remembrancer.rules.rulebook import (
    CommencementRule,
    MajorityRule,
    QuorumRule,
    ReadingRule,
    Rule,
    Rulebook,
    TieRule,
    VotingRule,
)

_OF = {
    "voting": "those voting for or against",
    "present": "those present",
    "seats": "the seats",
    "seats-filled": "the seats filled",
    "voting-members": "the voting members",
    "present-at-opening": "those present at the opening",
}
_TIES = {
    "lost": "the question is lost",
    "casting-vote": "whoever presides has a casting vote",
    "lot": "lot decides",
    "adjourned": "the question is adjourned",
}
_CHAIR = {"votes": "The chair votes", "tie": "The chair votes only to break a tie", "never": "The chair never votes"}


def described(book: Rulebook) -> tuple[str, ...]:
    """The rules in sentences, in the order of the file."""
    return tuple(_sentences(book))


def _sentences(book: Rulebook) -> Iterator[str]:
    if book.quorum:
        yield f"Quorum: {_quorum(book.quorum)}{_cited(book, book.quorum)}."
    for majority in book.majorities:
        yield f"{_business(majority.business, 'Majority')}: {_majority(majority)}{_cited(book, majority)}."
    if book.tie:
        yield f"Equal votes: {_tie(book.tie)}{_cited(book, book.tie)}."
    if book.voting:
        yield f"Voting: {_voting(book.voting)}{_cited(book, book.voting)}."
    if book.motions:
        needed = "A motion needs a second" if book.motions.second else "A motion needs no second"
        except_from = f", except {' or '.join(book.motions.except_from)}" if book.motions.except_from else ""
        yield f"{needed}{except_from}{_cited(book, book.motions)}."
    for reading in book.readings:
        yield f"{_business(reading.business, 'Readings')}: {_reading(reading)}{_cited(book, reading)}."
    for begins in book.commencement:
        yield f"{_business(begins.business, 'Commencement')}: {_begins(begins)}{_cited(book, begins)}."


def _business(kinds: tuple[str, ...], name: str) -> str:
    return f"{name} for {' or '.join(kinds)}" if kinds else name


def _quorum(rule: QuorumRule) -> str:
    least = f", at least {rule.at_least}" if rule.at_least else ""
    presumed = ", presumed until challenged" if rule.presumed else ""
    recused = ", without those recused" if rule.recused == "not-counted" else ""
    of = "" if rule.needs.isdigit() else f" of {_OF[rule.of]}"
    return f"{rule.needs}{of}{least}{presumed}{recused}"


def _majority(rule: MajorityRule) -> str:
    if rule.needs == "consensus":
        return "consensus, which the chair judges"
    if rule.needs == "veto":
        return f"nobody against{f', at least {rule.at_least} for it' if rule.at_least else ''}"
    least = f", at least {rule.at_least}" if rule.at_least else ""
    most = f", at most {rule.against_at_most} against" if rule.against_at_most else ""
    abstentions = ", abstentions counted among them" if rule.abstentions == "against" else ""
    return f"{rule.needs} of {_OF[rule.of]}{abstentions}{least}{most}"


def _tie(rule: TieRule) -> str:
    return _TIES[rule.then]


def _voting(rule: VotingRule) -> str:
    who = f"{rule.who}. " if rule.who else ""
    secret = f". Secret in {' or '.join(rule.secret)}" if rule.secret else ""
    polls = f". Polls {rule.polls}" if rule.polls else ""
    return f"{who}{_CHAIR[rule.chair]}{secret}{polls}"


def _reading(rule: ReadingRule) -> str:
    once = f"; all at one sitting if {rule.at_one_sitting} of {_OF[rule.of]} agree" if rule.at_one_sitting else ""
    return f"{rule.number}{once}"


def _begins(rule: CommencementRule) -> str:
    when = f"{rule.days} days after {rule.after}" if rule.days else f"on {rule.after}"
    return f"{when}{'; at once in an emergency' if rule.emergency else ''}"


def _cited(book: Rulebook, rule: Rule) -> str:
    unchecked = ("unchecked",) if rule.unchecked or book.unchecked else ()
    quoted = (f"“{rule.quote}”",) if rule.quote else ()
    parts = (*rule.cite, *quoted, *unchecked)
    return f" ({'; '.join(parts)})" if parts else ""
