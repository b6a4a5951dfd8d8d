"""From the words of a question to what it asks, without a language model.

"How did Cllr Bell vote on the Mill Lane footbridge in 2023?" asks for a ballot; about one matter; of one person; in
the days of one year. Whatever names something that the register does not have is told too, and nothing stands for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from remembrancer.memory.asking.question import Question
from remembrancer.memory.asking.understanding import kinds, mentions
from remembrancer.memory.asking.understanding.heard import Heard, is_common
from remembrancer.memory.asking.understanding.mentions import Place
from remembrancer.memory.asking.understanding.naming import Names
from remembrancer.memory.asking.understanding.persons import find_people
from remembrancer.memory.asking.understanding.remaining import Knows, rest_of, unknown_in
from remembrancer.memory.asking.understanding.subjects import act, find_named_by_day, named
from remembrancer.memory.asking.understanding.times import dates_in, when
from remembrancer.memory.asking.understanding.tokens import Token, tokens
from remembrancer.memory.asking.understanding.wanting import find_rung, find_sitting_words, find_sought, find_wanted
from remembrancer.memory.asking.understanding.wording import Wording, languages_of, wording

TRIED = 2
"""How many languages a question is tried in, the likeliest first."""


def understand(
    text: str, names: Names, today: str, languages: Iterable[str] = (), knows: Knows = lambda word: False
) -> Question:
    """A question, understood as far as it is. ``today`` is the ISO date that "last year" is told from, ``languages``
    those of the record, ``knows`` what its index knows."""
    words = tokens(text)
    likeliest = languages_of([token.word for token in words], languages)[:TRIED]
    tried: list[Heard] = []
    for language in likeliest:
        tried.append(_heard(text, words, wording(language), names, today))
        if tried[-1].wanted:
            break
    return _told(tried[-1] if tried[-1].wanted else tried[0], knows)


def _heard(text: str, words: list[Token], known: Wording, names: Names, today: str) -> Heard:
    """What a question says in one language: numbers, whole names, the time, what is asked for, a rung, persons."""
    heard = Heard(text, words, known, names, [True] * len(words), [False] * len(words), [])
    whole = mentions.titled(words, [is_common(token.word, known) for token in words], names)
    heard.about += heard.take(mentions.numbered(words, _without(heard.free, whole), names, known))
    dates = dates_in(text, words, _without(heard.free, whole), known.timing, names.sittings)
    heard.about += heard.take(mentions.dated(words, dates, names))
    heard.folded = kinds.corrected(words, _without(heard.free, whole), known, names)
    free = _without(heard.free, whole)
    heard.time = when(text, words, free, known, names, today)
    if heard.time and not heard.time.bare:
        heard.free[heard.time.start : heard.time.end] = [False] * (heard.time.end - heard.time.start)
    for start, (end, _) in dates.items():
        if end > start + 1:
            heard.free[start:end] = [False] * (end - start)
    find_wanted(heard, free)
    find_named_by_day(heard)
    find_rung(heard)
    find_sought(heard)
    find_people(heard, whole)
    find_sitting_words(heard)
    return heard


def _without(free: Sequence[bool], places: Iterable[Place]) -> list[bool]:
    left = list(free)
    for place in places:
        left[place.start : place.end] = [False] * (place.end - place.start)
    return left


def _told(heard: Heard, knows: Knows) -> Question:
    """The question, with what its remaining words name."""
    about, missed = named(heard)
    ask = heard.wanted.ask if heard.wanted else None
    told = Question(
        text=heard.text,
        language=heard.known.language,
        kind=("ballot" if heard.group else ask.kind) if ask else "passages",
        about=about,
        people=tuple(place.mention for place in sorted(heard.people)),
        besides=tuple(place.mention for place in sorted(heard.besides)),
        period=heard.time.period if heard.time else None,
        sittings=heard.time.sittings if heard.time else (),
        rung=heard.rung,
        choice=ask.choice if ask else "",
        role=_role(heard),
        closed=bool(heard.folded) and heard.folded[heard.begins] in heard.known.closed,
        negated=_is_negated(heard),
        unknown=unknown_in(heard, missed, knows),
        rest=rest_of(heard),
        listed=kinds.listed(heard.folded, ask, heard.known) if ask else "",
        sought=heard.sought,
        act=(ask.act if ask else "") or act(heard, about),
        group=heard.group,
        compares=kinds.compares(heard.folded, heard.known),
    )
    return _completed(told)


def _is_negated(heard: Heard) -> bool:
    """Whether the contrary is asked for; of a ballot by a word that is not itself of how somebody voted."""
    choice = bool(heard.wanted and heard.wanted.ask.choice)
    places = (nth for nth, word in enumerate(heard.folded) if word in heard.known.negation)
    return any(not (choice and heard.asks[nth]) for nth in places)


def _role(heard: Heard) -> str:
    role = heard.wanted.ask.role if heard.wanted else ""
    return kinds.office(heard.folded, heard.known) if role == kinds.ANY_OFFICE else role


def _completed(told: Question) -> Question:
    """What was decided in a time, of nothing that is named, is a list."""
    nameless = not told.about and not told.people and not told.closed
    if told.kind == "decision" and nameless and (told.period or told.sittings):
        return replace(told, kind="list", listed="decision")
    return told
