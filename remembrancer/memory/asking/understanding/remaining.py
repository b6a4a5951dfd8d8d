"""The words of a question that name what nobody knows, and those that do more than ask."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from remembrancer.memory.asking.understanding import mentions
from remembrancer.memory.asking.understanding.heard import QUOTED, Heard, in_time, is_idle
from remembrancer.memory.asking.understanding.tokens import Token, tokens

Knows = Callable[[str], bool]
"""Whether the record holds a word anywhere, as the index tells."""

_UNBROKEN = re.compile(r"[^\s,;:!?()\"“”]+")
_APOSTROPHE = re.compile("['’]")


def unknown_in(heard: Heard, asked: Sequence[int], knows: Knows) -> tuple[str, ...]:
    """What names something that neither the register nor the index knows, as typed: numbers and persons that nobody
    has; of the words ``asked`` at these places each run of such words."""
    numbers = [place for place in heard.about if not place.mention.subjects]
    unknown = [place.mention.words for place in numbers if not knows(place.mention.words)]
    for place in heard.people:
        typed = place.mention.words
        if not (place.mention.subjects or knows(typed) or all(knows(token.text) for token in tokens(typed))):
            unknown.append(typed)
    run: list[int] = []
    for nth in (*asked, len(heard.words) + 1):
        if run and nth != run[-1] + 1:
            unknown.append(heard.text[heard.words[run[0]].start : heard.words[run[-1]].end])
            run = []
        if nth < len(heard.words) and not _is_known(heard, nth, knows) and (heard.wanted or _is_name(heard, nth)):
            run.append(nth)
    return tuple(dict.fromkeys(unknown))


def _is_name(heard: Heard, nth: int) -> bool:
    """Whether a word is written as a name is: a question that asks for nothing in particular may use any other."""
    token = heard.words[nth]
    marked = nth > 0 and token.text[0].isupper() and heard.known.language not in mentions.UNMARKED
    return marked or token.word[0].isdigit() or mentions.is_inside(heard.words, nth, heard.known.stop)


def _is_known(heard: Heard, nth: int, knows: Knows) -> bool:
    """Whether the register or the index knows a word, or all parts of what is written as one, or that as a whole."""
    parts = [heard.words[at] for at in mentions.compound(heard.words, nth)]
    stems = [heard.names.stem(token.word) for token in parts]
    if all(heard.names.holding(stem) or heard.names.texts(stem) for stem in stems):
        return True
    typed = heard.text[parts[0].start : parts[-1].end]
    return any(map(knows, dict.fromkeys((typed, *_as_one(heard.text, parts[0].start, parts[-1].end)))))


def _as_one(text: str, start: int, end: int) -> tuple[str, ...]:
    """What is written as one with a word by an apostrophe, with either of the two: the record has it as one word."""
    found = next(each for each in _UNBROKEN.finditer(text) if each.start() <= start and end <= each.end())
    if not _APOSTROPHE.search(found[0]):
        return ()
    return tuple(_APOSTROPHE.sub(mark, found[0]) for mark in "'’")


def rest_of(heard: Heard) -> str:
    """The words that do more than ask, as typed; quoted phrases in their quotation marks."""
    quoted = [found[0] for found in QUOTED.finditer(heard.text)]
    spans = [found.span() for found in QUOTED.finditer(heard.text)]
    named = {nth for place in (*heard.about, *heard.people) for nth in range(place.start, place.end)}
    named |= {nth for nth in range(len(heard.words)) if mentions.is_inside(heard.words, nth, heard.known.stop)}
    titles = {nth for place in heard.people for nth in range(place.start, place.end - 1) if _is_title(heard, nth)}
    left = [
        token
        for nth, token in enumerate(heard.words)
        if not (in_time(heard, nth) or nth in titles)
        and (nth in named or not (heard.asks[nth] or is_idle(token.word, heard.known)))
        and not any(start <= token.start < end for start, end in spans)
    ]
    return " ".join([*quoted, *_joined(left)])


def _is_title(heard: Heard, nth: int) -> bool:
    return heard.words[nth].word in heard.known.titles


def _joined(left: Sequence[Token]) -> list[str]:
    """Words, those of one compound with what joins them."""
    made: list[str] = []
    end = -1
    for token in left:
        if made and token.joined and token.start - len(token.before) == end:
            made[-1] += token.before + token.text
        else:
            made.append(token.text)
        end = token.end
    return made
