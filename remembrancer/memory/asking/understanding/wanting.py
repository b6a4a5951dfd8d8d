"""What a question asks for: its kind, a rung, how what is listed ended, and which words only ask."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from typing import cast

from remembrancer.memory.asking.question import Kind, Sought
from remembrancer.memory.asking.understanding import kinds
from remembrancer.memory.asking.understanding.heard import Heard, in_time, is_common, is_idle
from remembrancer.memory.asking.understanding.persons import besides, may_be_person
from remembrancer.memory.asking.understanding.phrases import NAME, Taken
from remembrancer.memory.asking.understanding.tokens import tokens

OF_SITTINGS: frozenset[Kind] = frozenset({"attendance", "quorum"})
"""What is asked of a sitting, so that words of its name are no part of a row's."""

_BREAK = re.compile(r"[,;:?!()…–—]|\s-+\s|\.\.\.")
"""What parts a sentence."""


def find_wanted(heard: Heard, free: Sequence[bool]) -> None:
    """What is asked for, by the words that do not stand in a time or a name; these are only one word each. What stands
    idly before and after the question only asks."""
    aside = set(besides(heard))
    at = [nth for nth in range(len(heard.words)) if not (in_time(heard, nth) or nth in aside)]
    start, end = kinds.core([heard.folded[nth] for nth in at], heard.known)
    core = [at[start:end][place] for place in kinds.uncleft([heard.folded[nth] for nth in at[start:end]], heard.known)]
    heard.begins = core[0] if core else 0
    core = _first_of_two(heard, core, free)
    members = kinds.of_members([heard.folded[nth] for nth in core], heard.known)
    plain = [*core[:1], *core[members:]] if members else []
    if found := _wanted_of(heard, core, free, joint=True):
        _keep_wanted(heard, found, core)
    elif found := _wanted_of(heard, plain, free, heard.known.who):
        _keep_wanted(heard, found, plain)
        for nth in core[1:members]:
            heard.asks[nth] = True
    else:
        for places in _readings(heard, at, core, free):
            if found := _wanted_of(heard, places, free):
                _keep_wanted(heard, found, places)
                break
    for nth in (*at[:start], *at[end:]):
        heard.asks[nth] = True


def _first_of_two(heard: Heard, core: list[int], free: Sequence[bool]) -> list[int]:
    """The words of the first of two questions that name something each, as in "where does the quay stand, and who
    brings the pier forward"; those of the second are left out. All words where there is one question."""
    folded, known = heard.folded, heard.known
    for place in range(2, len(core) - 1):
        begins = folded[core[place]] in known.asking and folded[core[place - 1]] in known.joining
        first, second = core[: place - 1], core[place:]
        if not begins or folded[core[0]] not in known.asking | known.closed:
            continue
        if all(_tells(heard, part) and _wanted_of(heard, part, free) for part in (first, second)):
            _leave_out(heard, second)
            return first
    return core


def _tells(heard: Heard, places: Iterable[int]) -> bool:
    """Whether a word may name something, or does."""
    return any(not (is_common(heard.words[nth].word, heard.known) and heard.free[nth]) for nth in places)


def _leave_out(heard: Heard, places: Sequence[int]) -> None:
    heard.about = [place for place in heard.about if place.start not in places]
    for nth in places:
        heard.free[nth], heard.asks[nth] = False, True
    if heard.time and heard.time.start > places[0]:
        heard.time = None


def _readings(heard: Heard, at: list[int], core: list[int], free: Sequence[bool]) -> Iterator[list[int]]:
    """The words in which to look for what is asked, the likeliest first. Of a question for yes or no and what more it
    asks after a comma, the first counts; what is named often stands before a question, with a comma or a dash."""
    comma = next((place for place, nth in enumerate(core) if place and "," in heard.words[nth].before), 0)
    if core and comma and heard.folded[core[0]] in heard.known.closed:
        yield core[:comma]
    if len(core) < len(at):
        yield [core[place] for place in kinds.turned([heard.folded[nth] for nth in core], heard.known)]
    yield core
    clauses = _clauses(heard, core, free)
    if len(clauses) > 1:
        yield from reversed(clauses)
    if len(core) < len(at):
        yield at


def _clauses(heard: Heard, places: Sequence[int], free: Sequence[bool]) -> list[list[int]]:
    """The words between marks that part a sentence, none of which stands in a name."""
    made: list[list[int]] = []
    for nth in places:
        inside = nth and not (free[nth] or free[nth - 1])
        if not made or (_BREAK.search(heard.words[nth].before) and not inside):
            made.append([])
        made[-1].append(nth)
    return made


def _wanted_of(
    heard: Heard, places: Sequence[int], free: Sequence[bool], first: str = "", joint: bool = False
) -> kinds.Wanted | None:
    """What the words at these places ask for, the first of them another if one is given."""
    words = [heard.folded[nth] if free[nth] else NAME for nth in places]
    words[:1] = [first] if first and words else words[:1]
    begin = heard.known.closed | heard.known.asking
    starts = [
        0,
        *(at for at in range(1, len(words)) if words[at] in begin and _BREAK.search(heard.words[places[at]].before)),
    ]
    return kinds.wanted(
        words, heard.known, lambda start, end: may_be_person(heard, places[start:end], free), starts, joint
    )


def _keep_wanted(heard: Heard, found: kinds.Wanted, at: Sequence[int]) -> None:
    taken = tuple(Taken(at[each.start], at[each.end - 1] + 1, each.name) for each in found.taken)
    heard.wanted = kinds.Wanted(found.ask, taken)
    for each in taken:
        if each.name not in ("p", "="):
            heard.asks[each.start : each.end] = [True] * (each.end - each.start)


def find_rung(heard: Heard) -> None:
    """The longest status of the register that the question names; its words only ask."""
    rungs = heard.names.rungs
    words = [token.word for token in heard.words]
    for length in range(4, 0, -1):
        for start in range(len(words) - length + 1):
            said = " ".join(words[start : start + length])
            if said in rungs and all(heard.free[start : start + length]):
                heard.rung = rungs[said]
                heard.asks[start : start + length] = [True] * length
                return
    _find_rung_like(heard, words)


def _find_rung_like(heard: Heard, words: Sequence[str]) -> None:
    """A rung that no matter stands on, written as others are: the word of a rung and a number."""
    heads = {
        said.split()[0]: rung.split()[0] for said, rung in heard.names.rungs.items() if any(map(str.isdigit, said))
    }
    for at in range(len(words) - 1):
        if words[at] in heads and words[at + 1].isdigit() and all(heard.free[at : at + 2]):
            heard.rung = f"{heads[words[at]]} {words[at + 1]}"
            heard.asks[at : at + 2] = [True, True]
            return


def find_sought(heard: Heard) -> None:
    """How that ended which is listed, counted or asked the reason of, where the phrase that asks does not say it."""
    ask = heard.wanted.ask if heard.wanted else None
    heard.sought = ask.sought if ask else ""
    if ask is None or heard.sought or heard.rung or ask.kind not in ("list", "count", "reason"):
        return
    for nth, word in enumerate(heard.folded):
        sought = next((name for name, words in heard.known.ended.items() if word in words), "")
        if sought and heard.free[nth]:
            heard.sought = cast(Sought, sought)
            heard.asks[nth] = heard.asks[nth] or ask.kind != "reason"
            return


def find_sitting_words(heard: Heard) -> None:
    """Of a question for who was there, the words for a sitting of the days asked only ask, where all words are such:
    those of its title, or its initials."""
    if (
        heard.wanted is None
        or heard.wanted.ask.kind not in OF_SITTINGS
        or heard.time is None
        or heard.time.period is None
    ):
        return
    period, names = heard.time.period, heard.names
    met = [each for known, sittings in names.sittings.items() if period.holds(known) for each in sittings]
    titles = [[token.word for token in tokens(names.called(each)) if token.word.isalpha()] for each in met]
    said = {word for title in titles for word in title} | heard.known.everyday | heard.known.generic
    left = [nth for nth in range(len(heard.words)) if heard.free[nth] and not (heard.asks[nth] or in_time(heard, nth))]
    if all(is_idle(heard.words[nth].word, heard.known) or _is_of(heard, nth, said, titles) for nth in left):
        for nth in left:
            heard.asks[nth] = True


def _is_of(heard: Heard, nth: int, said: Set[str], titles: Sequence[Sequence[str]]) -> bool:
    """Whether a word is one of those ``said``, or the initials of some words of a title, little words left out."""
    token = heard.words[nth]
    if token.word in said or not token.text.isupper() or len(token.text) < 2:
        return token.word in said
    return any(token.word in "".join(each[0] for each in title if each not in heard.known.stop) for title in titles)
