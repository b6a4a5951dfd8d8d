"""The rows of the register that a question is about: by number, by whole name, or by the words that are left."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from itertools import pairwise
from typing import Literal

from remembrancer.memory.asking.question import Kind, Mention
from remembrancer.memory.asking.understanding import asides, kinds, mentions
from remembrancer.memory.asking.understanding.heard import QUOTED, Heard, is_idle
from remembrancer.memory.asking.understanding.mentions import Place
from remembrancer.memory.asking.understanding.times import Time
from remembrancer.memory.asking.understanding.tokens import Token, tokens
from remembrancer.memory.asking.understanding.wanting import OF_SITTINGS
from remembrancer.model import RelationKind

OF_PUT: frozenset[Kind] = frozenset({"decision", "outcome", "vote", "ballot", "mover", "seconder"})
"""What is asked of something that was put to the body."""

OF_DAYS: frozenset[Kind] = OF_SITTINGS | {"list", "count"}
"""What is asked of days, so that a day is no part of a name."""

LOOSE: frozenset[Kind] = frozenset({"said", "reason", "action"})
"""What is asked of a matter together with words of the record, which are no part of its name."""


def find_named_by_day(heard: Heard) -> None:
    """A row whose name has the day that was read as the time, and the word beside it: "the minutes of 8 May 2031" were
    put to the body on a later day."""
    ask = heard.wanted.ask if heard.wanted else None
    if ask is None or ask.kind in OF_DAYS or heard.time is None or heard.time.bare:
        return
    for start, end in _beside_time(heard, heard.time):
        stated = mentions.literally(heard.words, start, end, heard.names)
        asked = [each for each in stated if heard.words[each.at].word not in heard.known.stop]
        found = mentions.named(heard.words, asked, heard.names)
        if found and found.subjects and found.subjects[0].score >= asides.WHOLE:
            heard.time = None
            heard.about += heard.take([Place(start, end, found)])
            return


def _beside_time(heard: Heard, time: Time) -> Iterator[tuple[int, int]]:
    """The words of a time with one that goes with it: what follows, what stands before, or what is in it."""
    if time.end < len(heard.words) and not heard.words[time.end].before.strip():
        yield time.start, time.end + 1
    if time.start and not heard.words[time.start].before.strip():
        yield time.start - 1, time.end
    yield time.start, time.end


def named(heard: Heard) -> tuple[tuple[Mention, ...], list[int]]:
    """What the words name that are left, and the places of those that name nothing."""
    names, known = heard.names, heard.known
    unknown = heard.take(mentions.unknown_numbers(heard.words, heard.free, names))
    heard.about += [place for place in unknown if not mentions.may_be_years(heard.words, place.start, place.end, known)]
    asked = mentions.asked_words(heard.words, _free_with_names(heard), heard.asks, known, names, _soft(heard))
    about = _with_the_year(heard, _about(heard, asked))
    missed = [] if any(each.subjects for each in about) and not _of_other(heard) else _telling(asked)
    return about, missed


def _about(heard: Heard, asked: Sequence[mentions.Asked]) -> tuple[Mention, ...]:
    """The rows named: by number and by whole name, or by the words that are left together with these."""
    places = sorted(heard.about, key=lambda place: place.start)
    left = [each for each in asked if not each.soft and not any(_within(place, each.at) for place in places)]
    places = _without_parts(heard, places)
    if not left and not _run_together(heard, places):
        return tuple(place.mention for place in places)
    numbered = [place for place in places if _is_number(place)]
    if left and all(mentions.may_be_years(heard.words, place.start, place.end, heard.known) for place in numbered):
        numbered = []
    if numbered:
        other = _called_wholly(heard, numbered, left) or _asked_apart(heard, numbered, left)
        return (other,) if other else tuple(place.mention for place in places)
    put = bool(heard.wanted and heard.wanted.ask.kind in OF_PUT and not heard.people)
    found = mentions.named(heard.words, asked, heard.names, put)
    if found and not found.subjects and heard.wanted:
        without = _without_everyday(heard, places, asked, put)
        found = without or _bare_number(heard) or _alone_named(heard, asked, put) or found
    if found and not found.subjects and heard.wanted and heard.wanted.ask.kind in LOOSE and len(places) == 1:
        return (places[0].mention,)
    if heard.wanted and heard.wanted.ask.kind in OF_SITTINGS:
        return tuple(place.mention for place in places)
    return (found,) if found and (found.subjects or heard.wanted) else ()


def _without_parts(heard: Heard, places: Sequence[Place]) -> list[Place]:
    """The places without whole names that are words of what a number names: the number says which is meant."""
    rows = {subject.row for place in places if _is_number(place) for subject in place.mention.subjects}
    return [place for place in places if _is_number(place) or not _is_called(heard, place, rows)]


def _is_called(heard: Heard, place: Place, rows: Set[str]) -> bool:
    """Whether the words of a place all stand in a name of one of these rows."""
    names = heard.names
    stems = [names.stem(token.word) for token in heard.words[place.start : place.end]]
    held = [{names.name(number).row for number in names.holding(stem)} for stem in stems if names.weight(stem)]
    return bool(held) and not rows.isdisjoint(set[str].intersection(*held))


def _without_everyday(
    heard: Heard, places: Sequence[Place], asked: Sequence[mentions.Asked], put: bool
) -> Mention | None:
    """What the words name without those that hardly any name has; None where nothing is."""
    quoted = [place for place in places if _is_quoted(heard, place)]
    if len(quoted) == 1:
        return quoted[0].mention
    hard = {each.at for each in asked if not each.soft and heard.words[each.at].word not in heard.known.everyday}
    left = [each._replace(soft=each.soft or _is_everyday(heard, each.at, hard)) for each in asked]
    if len(places) == 1 and all(_is_beside(heard, places[0], each) for each in left):
        return places[0].mention
    if left == list(asked) or all(each.soft for each in left):
        return None
    found = mentions.named(heard.words, left, heard.names, put)
    return found if found and found.subjects else None


def _alone_named(heard: Heard, asked: Sequence[mentions.Asked], put: bool) -> Mention | None:
    """What one run of the words names by itself, with the others said beside it."""
    hard = {each.at for each in asked if not each.soft and heard.words[each.at].word not in heard.known.everyday}
    left = [each for each in asked if not (each.soft or _is_everyday(heard, each.at, hard))]
    begin = {place.start for place in heard.about if _follows_article(heard, place.start)}
    runs = [*asides.together(heard.words, left, lambda nth: _is_little(heard, nth), begin)]
    if len(runs) < 2:
        return None
    return asides.named_alone(
        heard.words,
        runs,
        heard.names,
        lambda run: mentions.named(heard.words, run, heard.names, put),
        _clause_that_asks(heard),
    )


def _clause_that_asks(heard: Heard) -> set[int]:
    """The places of the words between the marks around those that ask."""
    taken = heard.wanted.taken if heard.wanted else ()
    return {nth for each in taken for nth in asides.clause(heard.words, each.start)}


def _asked_apart(heard: Heard, numbered: Sequence[Place], left: Sequence[mentions.Asked]) -> Mention | None:
    """What the clause that asks names itself, where a number is only said beside it: "the status of the quay plan, the
    one that came up with 2031/07". None where it adds nothing to what the number names, or the number stands by itself
    and says what is named: "the quay plan, 2031/07"."""
    asking = _clause_that_asks(heard)
    if any(place.start in asking or _by_itself(heard, place) for place in numbered):
        return None
    rows = {subject.row for place in numbered for subject in place.mention.subjects}
    own = [each for each in left if each.at in asking and heard.words[each.at].word not in heard.known.everyday]
    if all(_is_called(heard, Place(each.at, each.at + 1, Mention("")), rows) for each in own):
        return None
    return mentions.named(heard.words, own, heard.names)


def _by_itself(heard: Heard, place: Place) -> bool:
    """Whether between the marks around a place nothing else tells, and it is not denied, as in "not 2031/07"."""
    if place.start and heard.words[place.start - 1].word in heard.known.negation:
        return False
    around = (nth for nth in asides.clause(heard.words, place.start) if not _within(place, nth))
    return all(is_idle(heard.words[nth].word, heard.known) for nth in around)


def _follows_article(heard: Heard, at: int) -> bool:
    """Whether an article alone stands between a word and the one before, as in "he wants the footbridge"."""
    before = [heard.words[nth].word for nth in range(max(at - 2, 0), at)]
    return len(before) == 2 and before[1] in heard.known.articles and before[0] not in heard.known.stop


def _is_little(heard: Heard, nth: int) -> bool:
    """Whether a word may stand within a name and tells nothing there."""
    word, known, names = heard.words[nth].word, heard.known, heard.names
    foreign = not (names.weight(names.stem(word)) or word in known.everyday or word in known.cues)
    return (word in known.stop or foreign) and word not in known.asking | known.closed


def _bare_number(heard: Heard) -> Mention | None:
    """The one row of a number in brackets, after a little word, or of a question that has the word for it elsewhere, as
    "the zoneinfo one (615)", "the sponsor of 604" and "which PEP does 604 replace", with the word that numbers of this
    register begin with; None where there is none, or several."""
    apart = any(token.word in heard.names.number_words for token in heard.words)
    for nth, token in enumerate(heard.words):
        before = heard.words[nth - 1].word if nth else ""
        led = before in heard.known.of or (apart and before in heard.known.closed)
        if heard.free[nth] and token.word.isdigit() and (led or "(" in token.before):
            with_word = ((Token(word, word, 0, 0), token._replace(before=" ")) for word in heard.names.number_words)
            found = [mentions.numbered(pair, (True, True), heard.names, heard.known) for pair in with_word]
            rows = [place.mention for places in found for place in places]
            if len(rows) == 1 and len(rows[0].subjects) == 1:
                return rows[0]
    return None


def _is_beside(heard: Heard, place: Place, each: mentions.Asked) -> bool:
    """Whether a word need not be in a whole name: it is in it, or may ask and does not follow it, as "budget" would."""
    return (
        each.soft or _within(place, each.at) or (heard.words[each.at].word in heard.known.cues and each.at != place.end)
    )


def _is_quoted(heard: Heard, place: Place) -> bool:
    """Whether a whole name fills quotation marks."""
    start, end = heard.words[place.start].start, heard.words[place.end - 1].end
    return any(found.start(1) <= start and end <= found.end(1) for found in QUOTED.finditer(heard.text))


def _is_everyday(heard: Heard, nth: int, hard: Set[int]) -> bool:
    """Whether a word is one that hardly any name has and stands not beside one of a name, as in "stack handling"."""
    token = heard.words[nth]
    if token.word not in heard.known.everyday:
        return False
    if not token.text.islower() and nth > 0 and heard.known.language not in mentions.UNMARKED:
        return False
    near = [at for at in (nth - 1, nth + 1) if at in hard and not heard.words[max(at, nth)].before.strip()]
    return token.word in heard.known.cues or not near


def _with_the_year(heard: Heard, about: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """What is named, and after it what has a bare year of the question in its name too."""
    if not heard.time or not heard.time.bare:
        return about
    year = [token.word for token in heard.words[heard.time.start : heard.time.end]]
    return tuple(mentions.titled_with(mention, year, heard.names) for mention in about)


def _telling(asked: Sequence[mentions.Asked]) -> list[int]:
    return [each.at for each in asked if not each.soft]


def _of_other(heard: Heard) -> bool:
    """Whether what is asked for is of something beside what a number names, as "the sum spent on dances under 12"."""
    asks_sum = bool(heard.wanted and heard.wanted.ask.kind == "amount")
    return asks_sum and any(_is_number(place) for place in heard.about)


def act(heard: Heard, about: Sequence[Mention]) -> RelationKind | Literal[""]:
    """What is said to be done to what is named, as "the repeal of"; nothing where that is in the name itself."""
    acts = heard.known.acts
    titles = {token.word for mention in about for subject in mention.subjects[:1] for token in tokens(subject.title)}
    for nth, token in enumerate(heard.words[:-1]):
        done = acts.get(token.word) if heard.free[nth] else None
        if done and about and heard.words[nth + 1].word in heard.known.of and titles.isdisjoint(_same(acts, done)):
            return done
    return ""


def _same(acts: Mapping[str, RelationKind], done: RelationKind) -> Iterator[str]:
    return (word for word, act in acts.items() if act == done)


def _within(place: Place, at: int) -> bool:
    return place.start <= at < place.end


def _is_number(place: Place) -> bool:
    return not place.mention.subjects or place.mention.subjects[0].how == "number"


def _run_together(heard: Heard, places: Sequence[Place]) -> bool:
    """Whether two whole names stand side by side with nothing between them, as no two do that are named apart."""
    return any(
        one.end == other.start
        and not heard.words[other.start].before.strip()
        and not (_is_number(one) or _is_number(other))
        for one, other in pairwise(places)
    )


def _called_wholly(heard: Heard, numbered: Sequence[Place], left: Sequence[mentions.Asked]) -> Mention | None:
    """The one row whose name holds a number together with what else is said: "the ordinance amending attachment C to
    ordinance 54-89" is not ordinance 54-89. None where the number alone is meant."""
    if len(left) < 2 or not numbered[0].mention.subjects:
        return None
    inside = [
        each for place in numbered for each in mentions.literally(heard.words, place.start, place.end, heard.names)
    ]
    found = mentions.named(heard.words, sorted([*left, *inside]), heard.names)
    first = [each for each in found.subjects if each.score == found.subjects[0].score] if found else []
    return found if first and first[0].how != "number" else None


def _free_with_names(heard: Heard) -> list[bool]:
    """The free words, and those of whole names."""
    free = list(heard.free)
    for place in heard.about:
        if not _is_number(place):
            free[place.start : place.end] = [True] * (place.end - place.start)
    return free


def _soft(heard: Heard) -> frozenset[int]:
    """The words that need not be in a name though they may: those of a bare date, in brackets, and of what any body
    has, be it misspelled or written with a hyphen, as ``by-law``."""
    year = range(heard.time.start, heard.time.end) if heard.time and heard.time.bare else ()
    parts = (mentions.compound(heard.words, nth) for nth in range(len(heard.words)))
    common = {nth for part in parts if _joined_word(heard, part) in heard.known.generic for nth in part}
    generic = (nth for nth, said in enumerate(heard.folded) if said in heard.known.generic)
    misspelled = {nth for nth in generic if kinds.is_slip(heard.words[nth].word, heard.folded[nth])}
    aside = {nth for nth in range(len(heard.words)) if _is_of_somebody(heard, nth)}
    return mentions.bracketed(heard.text, heard.words) | frozenset(year) | common | misspelled | aside


def _is_of_somebody(heard: Heard, nth: int) -> bool:
    """Whether a word is a part of somebody's name or of an affiliation's, and in no row's name."""
    token, names = heard.words[nth], heard.names
    if not token.text[0].isupper() or names.holding(names.stem(token.word)):
        return False
    return names.whom.is_part(token.word) or any(token.word in said for said in names.affiliations)


def _joined_word(heard: Heard, part: Sequence[int]) -> str:
    return "".join(heard.words[nth].word for nth in part)
