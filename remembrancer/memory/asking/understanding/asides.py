"""What a long question names by itself, with what is only said beside it left out.

"I recall Bell bringing something called the ferry loan, with a long speech - is that dead?" names the ferry loan. Words
stand together where nothing but little words is between them; those that make a whole name, or nearly, name it, if none
of the others could: no number, no capitalised or quoted word, no words of another name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence, Set
from itertools import combinations

from remembrancer.memory.asking.question import Mention
from remembrancer.memory.asking.understanding.mentions import Asked
from remembrancer.memory.asking.understanding.naming import Names
from remembrancer.memory.asking.understanding.tokens import Token

WHOLE = 0.94
"""The score from which words are nearly the whole of a name."""

TELLING = 3.0
"""What the words must weigh together that name something by themselves."""

Find = Callable[[Sequence[Asked]], Mention | None]
"""What words name, of which each must be in the name."""

_BEGINS = re.compile(r"[.?!:]\s*$")
_QUOTE = re.compile(r"[\"“„«]$")
_APART = re.compile(r"[,;:?!()…–—\"“”„«»]|\s-+\s|\.\s|\.\.\.")


def together(
    words: Sequence[Token], asked: Sequence[Asked], between: Callable[[int], bool], begin: Set[int]
) -> Iterator[list[Asked]]:
    """The words in runs: none but those that may stand ``between`` parts them, and no mark; a run begins at each place
    of ``begin``."""
    run: list[Asked] = []
    for each in asked:
        if run and (each.at in begin or not _joined(words, run[-1].at, each.at, between)):
            yield run
            run = []
        run.append(each)
    if run:
        yield run


def clause(words: Sequence[Token], at: int) -> range:
    """The places between the marks around a word."""
    marks = [nth for nth, token in enumerate(words) if nth and _APART.search(token.before)]
    start = max((nth for nth in marks if nth <= at), default=0)
    return range(start, min((nth for nth in marks if nth > at), default=len(words)))


def named_alone(
    words: Sequence[Token], runs: Sequence[Sequence[Asked]], names: Names, find: Find, asking: Set[int]
) -> Mention | None:
    """What the one run names that names something; None where none does, several do, or another might: it may in the
    clause that asks, whose words are those ``asking``, for there it is what is asked about."""
    found = [(nth, mention) for nth, run in enumerate(runs) if (mention := _whole(run, names, find))]
    if len(found) != 1:
        return None
    nth, mention = found[0]
    others = [run for at, run in enumerate(runs) if at != nth]
    if any(each.at in asking for run in others for each in run):
        return None
    return None if any(_might_name(words, run, names) for run in others) else mention


def _joined(words: Sequence[Token], one: int, other: int, between: Callable[[int], bool]) -> bool:
    marked = any(_APART.search(words[at].before) for at in range(one + 1, other + 1))
    return not marked and all(map(between, range(one + 1, other)))


def _whole(run: Sequence[Asked], names: Names, find: Find) -> Mention | None:
    """What a run names wholly, or nearly; one word only what is called so and no more."""
    if sum(each.weight for each in run) < TELLING or (len(run) == 1 and not names.exactly(run[0].stems[:1])):
        return None
    mention = find(run)
    return mention if mention and mention.subjects and mention.subjects[0].score >= WHOLE else None


def _might_name(words: Sequence[Token], run: Sequence[Asked], names: Names) -> bool:
    """Whether words could name something else: one is written as a name or a number, or two are of one other name."""
    if any(_is_written_as_name(words, each.at) for each in run):
        return True
    held = [set(names.holding(each.stems[0])) for each in run]
    return any(one & other for one, other in combinations(held, 2))


def _is_written_as_name(words: Sequence[Token], at: int) -> bool:
    token = words[at]
    if any(map(str.isdigit, token.word)) or _QUOTE.search(token.before):
        return True
    return token.text[0].isupper() and not (at == 0 or _BEGINS.search(token.before))
