"""The counts of a vote as they stand in running text: "7 for, 2 against", "(14 to 0)", "mit 12:5:2 Stimmen".

A count is a number beside a word for a choice, in either order; counts that follow one another with nothing but
punctuation and small words between them are one tally. Bare numbers count only after a word that announces them
("carried 7-2") or alone in brackets ("(7 to 2)"). Numbers may be written as words. What could as well be something
else ("No. 5 for 3 years", "passed 12:30") is not read as a tally.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import NamedTuple

from remembrancer.read.house import House
from remembrancer.register.vocabulary import Words, words

CHOICE_LISTS = {
    "not_voting": "not-voting",
    "absent": "absent",
    "recused": "recused",
    "abstain": "abstain",
    "no": "no",
    "yes": "yes",
    "weak_no": "no",
    "weak_yes": "yes",
}
"""Lists of the topic ``tallies``, in the order they are tried, and the choice in wire words that each says."""

_GLUE = r"[\s:=,;()\[\]|·–—-]"
_FAR = 40


class Tally(NamedTuple):
    """The counts in characters ``start:end`` of a text, in its order, by wire word (yes, no, abstain ...)."""

    start: int
    end: int
    counts: tuple[tuple[str, int], ...]

    @property
    def total(self) -> int:
        """How many were counted in all."""
        return sum(number for _, number in self.counts)


class _Token(NamedTuple):
    start: int
    end: int
    number: int = -1
    choice: str = ""
    strong: bool = False


class _Grammar(NamedTuple):
    tokens: re.Pattern[str]
    numerals: tuple[tuple[re.Pattern[str], int], ...]
    inside: re.Pattern[str]
    between: re.Pattern[str]
    votes: re.Pattern[str]
    scores: re.Pattern[str]


def tally_words(language: str, house: House) -> Words:
    """The lists that ``tallies_in`` reads with; the language as ``en``, empty where it is not known."""
    return words("tallies", language, house)


def tallies_in(text: str, words: Words) -> list[Tally]:
    """The tallies of a text in its order, none overlapping another; ``words`` are those of ``tally_words``."""
    if not words.pattern("hint").search(text):
        return []
    grammar = _grammar(tuple((name, words[name]) for name in sorted(words.names())))
    found: list[Tally] = []
    for tally in sorted((*_counted(text, grammar), *_scores(text, grammar)), key=lambda each: -len(each.counts)):
        if all(tally.end <= other.start or other.end <= tally.start for other in found):
            found.append(tally)
    return sorted(found)


def number_in(text: str, words: Words) -> int | None:
    """The number that a text is, in figures or in words ("twenty-one"); nothing where it is something else."""
    grammar = _grammar(tuple((name, words[name]) for name in sorted(words.names())))
    match = grammar.tokens.fullmatch(text.strip())
    return _number(match, grammar) if match and match["number"] else None


@lru_cache(maxsize=64)
def _grammar(listed: tuple[tuple[str, tuple[str, ...]], ...]) -> _Grammar:
    lists = dict(listed)

    def any_of(*names: str) -> str:
        joined = "|".join(pattern for name in names for pattern in lists.get(name, ()))
        return f"(?:{joined})" if joined else "(?!)"

    spelt = any_of(*sorted((name for name in lists if name.isdigit()), key=int, reverse=True))
    tens = any_of(*(str(ten) for ten in range(20, 100, 10)))
    units = any_of(*(str(unit) for unit in range(1, 20)))
    number = (
        rf"(?<![\w+])(?<!\d[.,/:-])(?:\d{{1,4}}(?!\w|[.,/:]\d|\s?%|-\d)"
        rf"|(?:{tens}[\s-]+(?:(?:et|e|y)[\s-]+)?{units}|{units}und{tens}|{spelt})(?!\w))"
    )
    choices = "|".join(rf"(?P<{name}>{any_of(name)})" for name in CHOICE_LISTS)
    voters = rf"(?<!\w){any_of('voters')}(?!\w)"
    small = rf"(?:(?<!\w){any_of('voters', 'joiners')}(?!\w))"
    return _Grammar(
        re.compile(rf"(?P<number>{number})|(?<!\w)(?:{choices})(?!\w)", re.I),
        tuple((re.compile(any_of(name), re.I), int(name)) for name in lists if name.isdigit()),
        re.compile(rf"{_GLUE}{{0,5}}(?:{voters}{_GLUE}{{0,4}}){{0,2}}", re.I),
        re.compile(rf"(?:\s?\([^()\n]{{0,400}}\))?(?:{_GLUE}|[./])*(?:{small}(?:{_GLUE}|[./])*){{0,3}}", re.I),
        re.compile(rf"(?<!\w){any_of('votes')}(?!\w)", re.I),
        _score_pattern(any_of),
    )


def _score_pattern(any_of: Callable[..., str]) -> re.Pattern[str]:
    lead = (
        rf"(?<!\w)(?:(?P<lost>{any_of('lead_lost')})|{any_of('lead_carried')}|(?P<vote>{any_of('lead_vote')}))(?!\w)"
        rf"(?:[\s:,;(–—]|(?<!\w)\w{{1,3}}(?!\w)){{0,24}}?"
    )
    mark = rf"\s?(?:[-–:]|(?P<word>(?<=\s){any_of('versus')}(?=\s)))\s?"
    vote = rf"(?:\s(?P<voters>{any_of('votes')}))?"
    numbers = rf"(?<!\w)(?P<first>\d{{1,3}}){vote}{mark}(?P<second>\d{{1,3}})(?:\s?[-–:]\s?(?P<third>\d{{1,3}}))?"
    after = (
        rf"(?![\w%/]|[-–:.,]\d)(?:(?P<close>\s?\))|\s(?P<after>{any_of('votes', 'lead_vote')})(?!\w)"
        r"|(?P<ends>\s*$|\s*[.,;|\n]))?"
    )
    return re.compile(rf"(?:{lead}|(?P<open>\()|(?<![\w.:/-])){numbers}{after}", re.I)


def _counted(text: str, grammar: _Grammar) -> Iterator[Tally]:
    """Runs of numbers beside choices; one choice counted twice over ("3 votes for Ash and 4 votes for Elm") shares out
    an election."""
    tokens = list(_tokens(text, grammar))
    run: list[tuple[_Token, _Token]] = []
    at, shared = 0, False
    while at < len(tokens):
        pair = _pair(text, tokens, at, grammar)
        if pair is None:
            at += 1
            continue
        joined = bool(run) and bool(grammar.between.fullmatch(text, run[-1][1].end, pair[0].start))
        if run and (not joined or _choice(pair) in map(_choice, run)):
            again = joined and len(run) == 1
            yield from () if shared or again else _tally(text, run, grammar)
            run, shared = [], again
        run.append(pair)
        at += 2
    yield from () if shared and len(run) == 1 else _tally(text, run, grammar)


def _tokens(text: str, grammar: _Grammar) -> Iterator[_Token]:
    for match in grammar.tokens.finditer(text):
        if match["number"]:
            yield _Token(match.start(), match.end(), number=_number(match, grammar))
        else:
            name = match.lastgroup or ""
            strong = not name.startswith("weak")
            yield _Token(match.start(), match.end(), choice=CHOICE_LISTS[name], strong=strong)


def _number(match: re.Match[str], grammar: _Grammar) -> int:
    written = match["number"]
    if written.isdigit():
        return int(written)
    whole = [value for pattern, value in grammar.numerals if pattern.fullmatch(written)]
    parts = re.split(r"[\s-]+|(?<=\w)und(?=\w)", written)
    return (
        whole[0]
        if whole
        else sum(value for part in parts for pattern, value in grammar.numerals if pattern.fullmatch(part))
    )


def _pair(text: str, tokens: list[_Token], at: int, grammar: _Grammar) -> tuple[_Token, _Token] | None:
    """A number beside a choice, unless the choice is the label of the number that follows it."""
    if at + 1 >= len(tokens) or bool(tokens[at].choice) == bool(tokens[at + 1].choice):
        return None
    first, second = tokens[at], tokens[at + 1]
    if not _beside(text, first, second, grammar):
        return None
    if second.choice and at + 2 < len(tokens) and not tokens[at + 2].choice:
        gap = text[second.end : tokens[at + 2].start]
        if gap.strip() in (":", "=", "–", "—") and not text[first.end : second.start].strip(" ()"):
            return None
    return first, second


def _beside(text: str, first: _Token, second: _Token, grammar: _Grammar) -> bool:
    gap = text[first.end : second.start]
    if gap.count("\n") > 1 or not grammar.inside.fullmatch(gap):
        return False
    return not (first.number >= 0 and ("," in gap or ";" in gap or ("\n" in gap.strip(" ") and gap.strip() == "")))


def _choice(pair: tuple[_Token, _Token]) -> str:
    return pair[0].choice or pair[1].choice


def _tally(text: str, run: list[tuple[_Token, _Token]], grammar: _Grammar) -> Iterator[Tally]:
    """The run, if it says enough to be a tally."""
    if run and (_says(text, run, grammar) if len(run) > 1 else _says_alone(text, run[0], grammar)):
        counts = tuple((_choice(pair), max(pair[0].number, pair[1].number)) for pair in run)
        yield Tally(run[0][0].start, run[-1][1].end, counts)


def _says(text: str, run: list[tuple[_Token, _Token]], grammar: _Grammar) -> bool:
    """Several counts: one of their choices is no everyday word, or all are labels, or a word for votes stands by."""
    if any(token.strong for pair in run for token in pair):
        return True
    if all(first.choice and ":" in text[first.end : second.start] for first, second in run):
        return True
    return bool(grammar.votes.search(text, max(run[0][0].start - _FAR, 0), run[-1][1].end + 12))


def _says_alone(text: str, pair: tuple[_Token, _Token], grammar: _Grammar) -> bool:
    """One count: it names votes, or abstentions, or it is a line of its own with a colon; "3 votes for Ash" is one of
    an election."""
    first, second = pair
    word, number = (first, second.number) if first.choice else (second, first.number)
    written = text[first.start : second.end]
    if not word.strong or "\n" in written:
        return False
    if first.choice:
        before = text[text.rfind("\n", 0, first.start) + 1 : first.start]
        alone = ":" in written and not before.strip("|-*•> \t")
        return alone or bool(re.search("[:,=–—]", written) and grammar.votes.search(written))
    if re.match(r"\s[A-ZÀ-ÖØ-ÞА-Я]", text[second.end : second.end + 2]):
        return False
    named = grammar.votes.search(written) or word.choice == "abstain"
    return bool(named) and number > (1 if word.choice == "yes" else 0)


def _scores(text: str, grammar: _Grammar) -> Iterator[Tally]:
    """Bare numbers that something announces."""
    for match in grammar.scores.finditer(text):
        named = match["voters"] or match["vote"] or match["after"]
        bracketed = match["open"] and match["close"] and match["word"]
        led = match.start() < match.start("first") and not match["open"]
        closed = match["ends"] is not None or match["close"]
        clock = ":" in match[0] and len(match["second"]) == 2 and not (match["third"] or named)
        if not ((led and closed) or named or bracketed) or clock:
            continue
        first, second = int(match["first"]), int(match["second"])
        if match["lost"] and first > second and not match["voters"]:
            continue
        order = ("no", "yes") if match["lost"] and first > second else ("yes", "no")
        third = (("abstain", int(match["third"])),) if match["third"] else ()
        counts = ((order[0], first), (order[1], second), *third)
        yield Tally(match.start("first"), match.end("third") if third else match.end("second"), counts)
