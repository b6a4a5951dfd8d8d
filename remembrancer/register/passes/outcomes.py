"""A phrase of the minutes -> what it says of a vote: outcome, numbers, way of voting, and what it was on.

::

    The motion was carried by nine votes to none.        carried, 9 to 0
    Abgelehnt mit 5 Ja-Stimmen und 12 Nein-Stimmen.      lost, 5 to 12
    CARRIED                                              carried, where a motion is open

What is wished, expected or told of an earlier day ("if the motion is carried") says nothing.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from remembrancer.model import Outcome
from remembrancer.read.house import House
from remembrancer.register.passes.names import NAME
from remembrancer.register.passes.tallies import number_in, tallies_in, tally_words
from remembrancer.register.vocabulary import words

_OUTCOMES: tuple[Outcome, ...] = ("lost", "withdrawn", "deferred", "tied", "carried")
_METHODS = ("ballot", "roll_call", "division", "show_of_hands", "acclamation", "voice", "unanimous", "no_objection")
_BARE_LENGTH = 100
_SHORT = 160
_SOLE = 20
"""Letters of a phrase that is "Nine votes." and no more."""


class Said(NamedTuple):
    """What characters ``start:end`` of a text say of a vote. ``about`` is amendment, main, both, motion or empty;
    ``alone`` says that it is a vote though no motion was read before; ``asked`` that a vote is announced there;
    ``implied`` that the outcome is only that all were for it."""

    start: int
    end: int
    outcome: Outcome = ""
    method: str = ""
    counts: tuple[tuple[str, int], ...] = ()
    about: str = ""
    alone: bool = False
    asked: bool = False
    casting: str = ""
    lot: bool = False
    excepted: tuple[str, ...] = ()
    present: bool = False
    implied: bool = False


class Lexicon:
    """The words of votes and of numbers, in one language and house."""

    def __init__(self, language: str, house: House) -> None:
        self.votes = words("votes", language, house)
        self.tallies = tally_words(language, house)
        self.casting = tuple(re.compile(each) for each in self.votes["casting_by"])
        self.verb = re.compile(rf"(?:\b{self.votes.any_of('copula')}|[,:–—-])\s*$", re.IGNORECASE)
        self.wish = re.compile(rf"\b{self.votes.any_of('wished')}\s+$", re.IGNORECASE)
        self.sole = re.compile(
            rf"(?:^|{self.votes.any_of('sole_before')}\s+)([\w-]+)\s+{self.votes.any_of('voters')}\b"
        )
        self.score = re.compile(rf"(?<!\w)([\w-]+)\s+{self.votes.any_of('score')}\s+([\w-]+)", re.IGNORECASE)
        self.candidate = re.compile(rf"(?<!\w)([\w-]+)\s+{self.votes.any_of('votes_for')}\s+({NAME})")
        self.bare = re.compile(rf"(?:{'|'.join([*self.votes['bare'], *self.votes['subjects']])})(?!\w)", re.IGNORECASE)

    def hints(self, text: str) -> bool:
        """Whether a text may say anything of a vote."""
        return self.has("hint", text)

    def has(self, name: str, text: str) -> bool:
        """Whether a word of a list stands in a text."""
        return bool(self.votes[name]) and self.votes.pattern(name).search(text) is not None


@cache
def _lexicon_of(language: str) -> Lexicon:
    return Lexicon(language, House())


def lexicon(language: str, house: House) -> Lexicon:
    """The lexicon of a language, with the house's own words where it has any."""
    return Lexicon(language, house) if {"votes", "tallies"} & house.words.keys() else _lexicon_of(language)


def said_in(text: str, start: int, end: int, lexicon: Lexicon) -> Said | None:
    """What the phrase in characters ``start:end`` says of a vote, or nothing."""
    phrase = text[start:end].replace("\n", " ")
    if phrase.endswith("?") or not lexicon.hints(phrase):
        return None
    counts = _elected(phrase, lexicon) or _counts(phrase, lexicon)
    if lexicon.has("reported", phrase):
        counts = ()
    outcome, alone = _outcome(phrase, bool(counts), lexicon)
    short = len(phrase) < _SHORT
    implied = not outcome and short and lexicon.has("unanimous", phrase) and not lexicon.has("unreal", phrase)
    if implied or (counts and not outcome and lexicon.has("and_resolved", phrase)):
        outcome = "carried"
    asked = lexicon.has("requested", phrase)
    method = _method(phrase, lexicon)
    objection = method == "no-objection" and short
    if not (outcome or counts or asked or objection):
        return None
    if lexicon.has("votes_equal", phrase) and not outcome:
        outcome = "tied"
    return Said(
        start,
        end,
        outcome,
        method,
        counts,
        _about(phrase, lexicon),
        alone,
        asked,
        _casting(phrase, lexicon),
        lexicon.has("lot", phrase),
        _excepted(phrase, lexicon),
        lexicon.has("present", phrase),
        implied,
    )


def _outcome(phrase: str, counted: bool, lexicon: Lexicon) -> tuple[Outcome, bool]:
    """The outcome, and whether it is that of a vote even where no motion was read."""
    subject = lexicon.votes.pattern("subjects").search(phrase)
    if subject is not None:
        declared = _declared(phrase, subject.start(), lexicon)
        if declared:
            return declared, counted or not lexicon.has("general", phrase)
    if counted or any(lexicon.has(name, phrase) for name in ("agreed_by", "lot", "en_bloc")):
        weak = lexicon.votes.pattern("weak_subjects").search(phrase)
        declared = _declared(phrase, weak.start() if weak else 0, lexicon)
        if declared:
            return declared, True
    if _is_bare(phrase, lexicon):
        return _declared(phrase, 0, lexicon), False
    return "", False


def _declared(phrase: str, start: int, lexicon: Lexicon) -> Outcome:
    """The outcome that stands behind ``start``: the first that is said and not merely named."""
    found = sorted(
        (match.start(), -match.end(), outcome)
        for outcome in _OUTCOMES
        if lexicon.votes[outcome]
        for match in lexicon.votes.pattern(outcome).finditer(phrase, start)
    )
    real = [
        each
        for each in found
        if each[0] - start < _SHORT
        and not lexicon.wish.search(phrase[: each[0]])
        and not lexicon.has("unreal", phrase[max(start - 40, 0) : each[0]])
    ]
    finite = lexicon.votes.pattern("finite")
    said = [each for each in real if finite.match(phrase, each[0]) or lexicon.verb.search(phrase[: each[0]])]
    settled = [each for each in said or real if each[2] != "tied"]
    return (settled or real)[0][2] if real else ""


def _is_bare(phrase: str, lexicon: Lexicon) -> bool:
    """Whether a phrase is an outcome and nothing else to speak of."""
    if len(phrase) > _BARE_LENGTH:
        return False
    for tally in reversed(tallies_in(phrase, lexicon.tallies)):
        phrase = phrase[: tally.start] + phrase[tally.end :]
    for outcome in _OUTCOMES:
        if lexicon.votes[outcome]:
            phrase = lexicon.votes.pattern(outcome).sub(" ", phrase)
    return not re.search(r"[^\W\d_]", lexicon.bare.sub(" ", phrase))


def _counts(phrase: str, lexicon: Lexicon) -> tuple[tuple[str, int], ...]:
    """The fullest tally of a phrase, or all votes where they were for one side."""
    tallies = [tally for tally in tallies_in(phrase, lexicon.tallies) if tally.counts != (("no", 0),)]
    counts = max((tally.counts for tally in tallies), key=len, default=())
    counts = counts if "yes" in dict(counts) else (*_score(phrase, lexicon), *counts)
    if counts:
        return counts
    sole = lexicon.has("unanimous", phrase) or len(phrase) < _SOLE
    match = lexicon.sole.search(phrase) if sole else None
    number = number_in(match[1], lexicon.tallies) if match else None
    return (("yes", number),) if number is not None else ()


def _score(phrase: str, lexicon: Lexicon) -> tuple[tuple[str, int], ...]:
    """Numbers with nothing but "votes to" between them: "nine votes to none"."""
    match = lexicon.score.search(phrase)
    numbers = [number_in(each, lexicon.tallies) for each in match.groups()] if match else []
    return tuple((choice, number) for choice, number in zip(("yes", "no"), numbers, strict=False) if number is not None)


def _elected(phrase: str, lexicon: Lexicon) -> tuple[tuple[str, int], ...]:
    """The votes for each of several candidates."""
    if not lexicon.has("elected", phrase):
        return ()
    found = [(match[2], number_in(match[1], lexicon.tallies)) for match in lexicon.candidate.finditer(phrase)]
    counts = tuple((" ".join(name.split()), number) for name, number in found if number is not None)
    return counts if len(counts) > 1 else ()


def _method(phrase: str, lexicon: Lexicon) -> str:
    return next((name.replace("_", "-") for name in _METHODS if lexicon.has(name, phrase)), "")


def _about(phrase: str, lexicon: Lexicon) -> str:
    """What the vote was on: of several words the first, but "the amendment ... became part of the main motion"."""
    if lexicon.has("both", phrase):
        return "both"
    places = {name: lexicon.votes.pattern(name).search(phrase) for name in ("amendment", "main", "subjects")}
    found = sorted((match.start(), -match.end(), name) for name, match in places.items() if match)
    first = found[0][2] if found else ""
    return "motion" if first == "subjects" else first


def _casting(phrase: str, lexicon: Lexicon) -> str:
    if not lexicon.has("casting", phrase):
        return ""
    found = next((match for each in lexicon.casting if (match := each.search(phrase))), None)
    return " ".join(found["who"].split()) if found else ""


def _excepted(phrase: str, lexicon: Lexicon) -> tuple[str, ...]:
    """The numbers of the items that were taken out of a vote on several."""
    words_ = lexicon.votes
    if not lexicon.has("except", phrase):
        return ()
    number = r"\d+(?:\.\d+)*(?:\([a-z]\))?"
    items = rf"(?:{words_.any_of('items')}\s+)?"
    listed = rf"{number}(?:(?:,\s*|,?\s+(?:and|und)\s+){items}{number})*"
    found = re.search(rf"(?<!\w){words_.any_of('except')}\s+(?:the\s+)?{items}({listed})", phrase, re.IGNORECASE)
    before = (
        re.search(words_.any_of("items") + r"|en bloc|im Block", phrase[: found.start()], re.IGNORECASE)
        if found
        else None
    )
    return tuple(re.findall(number, found[1])) if found and before else ()
