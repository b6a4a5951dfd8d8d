"""Which rows of a register the words of a question name, and which names of it no row has.

"Who moved the Mill Lane footbridge repairs?" names the matter whose name holds ``Mill Lane footbridge``. A row is named
only if it has nearly all that the question's words tell, each weighed by its rarity; a word that the register does
not know tells most, so that a name that never was finds nothing, and half of one name with half of another neither.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from itertools import pairwise
from typing import NamedTuple

from remembrancer.memory.asking.question import How, Mention, Subject
from remembrancer.memory.asking.understanding.bodies import body_in
from remembrancer.memory.asking.understanding.naming import Names, number_key
from remembrancer.memory.asking.understanding.tokens import Token
from remembrancer.memory.asking.understanding.wording import Wording
from remembrancer.model import Decision, Matter, Motion, Vote

ENOUGH = 0.8
"""The share of what the words tell that a row must have, in its names or in what was said of it."""

ENOUGH_SAID = 0.85
"""The same for a row that has it only in its text."""

MOSTLY = 0.6
"""The share of what the words tell that one name of the row must have by itself."""

A_YEAR = 0.5
"""The score of a row whose name has a year that was read as the time."""

SEVERAL = 3
"""How many words may stand anywhere in a text, if they do in that of one thing put alone."""

FEW_STORIES = 3
"""Of how many things put that one word may be, at most, by which they are found."""

A_PART = 0.03
"""The share of what the words of a row tell that the one word must be by which it is found: of a text of more than some
thirty telling words none is enough. None of the 653 questions of the bench that were asked turns on it."""

SAID = 0.9
"""What a word weighs that stands not in the name of a row but in its text."""

CLEAR = 0.9
"""How near the next best comes, of the best, to be as good."""

_BRACKETS = re.compile(r"\([^()]*\)")

UNMARKED = frozenset({"de"})
"""Languages in which a capital does not mark a name."""

LOOKED_AT, SHOWN = 40, 12
LONGEST_NUMBER = 7
NEAR_DATE = 4
"""How far before a date the word may stand that goes with it."""

_SIGNS = frozenset({"no", "nr", "number"})
STORY = 0.95
"""The score of a row beside the one whose story it belongs to."""

Joins = Mapping[str, tuple[int, int]]
"""Two neighbouring words written as one, with their places."""

_KINDS = (Matter, Decision, Motion, Vote)


class Place(NamedTuple):
    """Tokens ``start:end`` of a question and what they name."""

    start: int
    end: int
    mention: Mention


class Asked(NamedTuple):
    """A word of the question that may name something: its place, the stems that it may be looked up by and its weight.
    ``spelled``: the register has it only otherwise spelled; ``soft``: it need not be in the name."""

    at: int
    stems: tuple[str, ...]
    weight: float
    spelled: bool = False
    soft: bool = False


class Match(NamedTuple):
    """How well a row is named: the share of the question's words that it has, the share of its name that is there."""

    row: str
    how: How
    covered: float
    full: float
    at: frozenset[int]

    @property
    def score(self) -> float:
        """Both, what the question says first."""
        return self.covered * (0.6 + 0.4 * self.full)


def numbered(words: Sequence[Token], free: Sequence[bool], names: Names, known: Wording) -> Iterator[Place]:
    """Numbers of the register, longest first at each place."""
    at = 0
    while at < len(words):
        place = _number_at(words, at, free, names, known)
        if place:
            yield place
        at = place.end if place else at + 1


def _number_at(words: Sequence[Token], at: int, free: Sequence[bool], names: Names, known: Wording) -> Place | None:
    if not _may_begin(words[at].word, names):
        return None
    for end in range(min(len(words), at + LONGEST_NUMBER), at, -1):
        if not all(free[at:end]) or (end < len(words) and words[end].joined and words[end].word[0].isdigit()):
            continue
        key = number_key(token.word for token in words[at:end])
        rows = names.numbered(key) or _called_apart(words, at, end, names)
        if rows and words[end - 1].word != "s" and (not key.isdigit() or _introduced(words, at, known)):
            return Place(
                at, end, _mention(words[at:end], [Subject(*_called(names, row), "number", 1.0) for row in rows], names)
            )
    return None


def _called_apart(words: Sequence[Token], at: int, end: int, names: Names) -> Sequence[str]:
    """What a mere number after a word for one is of, where its kind stands elsewhere: "the fence order, number 12"."""
    if end - at > 1 or not (at and words[at].word.isdigit() and words[at - 1].word in _SIGNS):
        return ()
    kinds = dict.fromkeys(token.word for token in words if token.word in names.number_words)
    return [row for kind in kinds for row in names.numbered(f"{kind} {number_key([words[at].word])}")]


def _may_begin(word: str, names: Names) -> bool:
    return word in names.number_words or any(map(str.isdigit, word))


def _introduced(words: Sequence[Token], at: int, known: Wording) -> bool:
    """Whether a mere number stands after a word that has one, as ``motion 12``."""
    return at > 0 and words[at - 1].word in known.generic


def may_be_years(words: Sequence[Token], start: int, end: int, known: Wording) -> bool:
    """Whether what is also a number stands for a year of two, as ``2030/31``, no word for a number being before it."""
    if end - start != 2 or not all(token.word.isdigit() for token in words[start:end]):
        return False
    first, last = words[start].word, words[end - 1].word
    follows = len(first) == 4 and len(last) > 1 and str(int(first) + 1).endswith(last)
    return follows and not _introduced(words, start, known)


def unknown_numbers(words: Sequence[Token], free: Sequence[bool], names: Names) -> Iterator[Place]:
    """What is written as this register's numbers are, and is none of them nor in a name."""
    at = 0
    while at < len(words):
        start = at
        at += 1
        if not free[start] or not _begins_number(words, start, names):
            continue
        while at < len(words) and free[at] and _goes_on(words, at, names):
            at += 1
        if any(token.word[0].isdigit() for token in words[start:at]) and not _is_of_name(words, start, at, names):
            yield Place(start, at, Mention(_text(words[start:at])))


def _begins_number(words: Sequence[Token], at: int, names: Names) -> bool:
    after = [token for token in words[at + 1 : at + 3] if token.word not in _SIGNS]
    if words[at].word in names.number_words:
        return bool(after and after[0].word[0].isdigit())
    if not any(map(str.isdigit, words[at].word)):
        return False
    return bool(after and after[0].joined and after[0].word[0].isdigit())


def _goes_on(words: Sequence[Token], at: int, names: Names) -> bool:
    return words[at].joined or words[at - 1].word in _SIGNS or words[at - 1].word in names.number_words


def _is_of_name(words: Sequence[Token], start: int, end: int, names: Names) -> bool:
    """Whether what looks like a number is part of a name, and not the beginning of another number."""
    key = number_key(token.word for token in words[start:end])
    return not names.begins_number(key) and all(names.holding(names.stem(token.word)) for token in words[start:end])


def bracketed(text: str, words: Sequence[Token]) -> frozenset[int]:
    """The places of words in round brackets, which may explain a name and be no part of it."""
    spans = [found.span() for found in _BRACKETS.finditer(text)]
    return frozenset(at for at, token in enumerate(words) if any(start < token.start < end for start, end in spans))


def _text(words: Sequence[Token]) -> str:
    """Words as typed, with white space between those that had some."""
    return "".join(f"{token.before if nth else ''}{token.text}" for nth, token in enumerate(words))


def _apart(words: Sequence[Token], places: Sequence[int]) -> str:
    """Words as typed, with a space between those that do not follow each other."""
    parts = (
        (words[at].before if at - 1 == before else " " if before is not None else "") + words[at].text
        for before, at in zip((None, *places), places, strict=False)
    )
    return "".join(parts)


def titled(words: Sequence[Token], asks: Sequence[bool], names: Names) -> list[Place]:
    """Whole names of rows that stand in the question word for word, longest first, none within another; those of which
    no word does more than ask are left out."""
    stems = [names.stem(token.word) for token in words]
    ends = ((start, start + length) for start, stem in enumerate(stems) for length in names.lengths.get(stem, ()))
    found: list[Place] = []
    for start, end in sorted(ends, key=lambda each: (each[0] - each[1], each[0])):
        if end > len(words) or _cuts(words, start, end) or any(_meets(place, start, end) for place in found):
            continue
        numbers = names.exactly(tuple(stems[start:end]))
        if numbers and any(_tells(words[at], stems[at], asks[at], names) for at in range(start, end)):
            found.append(Place(start, end, _mention(words[start:end], _whole(numbers, names), names)))
    return found


def _tells(token: Token, stem: str, asks: bool, names: Names) -> bool:
    """Whether a word may make a name: one that does more than ask, and is no mere number."""
    return not asks and not token.word.isdigit() and names.weight(stem) > 0


def _whole(numbers: Sequence[int], names: Names) -> list[Subject]:
    """The rows of whole names; those that are only also called so are behind what bears the name."""
    hows = [names.name(number).how for number in numbers]
    scores = [STORY if how == "alias" and "name" in hows else 1.0 for how in hows]
    return [
        Subject(*_called(names, names.name(number).row), how, score)
        for number, how, score in zip(numbers, hows, scores, strict=True)
    ]


def dated(words: Sequence[Token], dates: Mapping[int, tuple[int, str]], names: Names) -> Iterator[Place]:
    """Rows that go by a word and a date, as "the interpretation of 8 September 1997"; ``dates`` lead from their first
    token to the one after the last, and the date."""
    for start, (end, date) in dates.items():
        for at in range(start - 1, max(start - NEAR_DATE, 0) - 1, -1):
            numbers = names.exactly((names.stem(words[at].word), *date.split("-")))
            if numbers:
                yield Place(at, end, _mention(words[at:end], _whole(numbers, names), names))
                break


def _cuts(words: Sequence[Token], start: int, end: int) -> bool:
    """Whether a place begins or ends within a name that is written as one."""
    return (start > 0 and words[start].inside) or (end < len(words) and words[end].inside)


def _meets(place: Place, start: int, end: int) -> bool:
    return place.start < end and start < place.end


def compound(words: Sequence[Token], at: int) -> range:
    """The places of the words that are written as one with this one; its own alone where none are."""
    start, end = at, at + 1
    while start and words[start].inside:
        start -= 1
    while end < len(words) and words[end].inside:
        end += 1
    return range(start, end)


def is_inside(words: Sequence[Token], at: int, stop: Set[str]) -> bool:
    """Whether a word is a part of a name written as one, so that it is none of those that tell nothing: ``find.last``,
    but not ``a-t-elle``, of which no part does."""
    parts = [words[place] for place in compound(words, at)]
    hyphens = all(token.before in ("-", "'", "’") for token in parts[1:])
    return len(parts) > 1 and not (hyphens and all(token.word in stop for token in parts))


def named(words: Sequence[Token], asked: Sequence[Asked], names: Names, put: bool = False) -> Mention | None:
    """What the words that may name something name: None where there are none, no subjects where no row fits. Where
    something ``put`` to the body is meant, one rare word of its text may be enough."""
    if not asked:
        return None
    typed = _apart(words, [each.at for each in asked if not each.soft] or [each.at for each in asked])
    if all(each.soft or words[each.at].word.isdigit() for each in asked):
        matches: list[Match] = []
    else:
        matches = _by_names(words, asked, names) or _by_texts(words, asked, names) or _of_body(words, asked, names)
    if put and not matches:
        matches = _by_one_word(words, asked, names)
    if not matches:
        return Mention(typed)
    best = matches[0].score
    subjects = [
        Subject(*_called(names, match.row), match.how, round(best if match.score >= CLEAR * best else match.score, 4))
        for match in matches
    ]
    return _mention_of(typed, subjects, names)


def asked_words(
    words: Sequence[Token],
    free: Sequence[bool],
    asks: Sequence[bool],
    known: Wording,
    names: Names,
    soft: Set[int] = frozenset(),
) -> list[Asked]:
    """The words that may name something. One of a phrase that asks, or of any body's business, need not be named,
    unless there is nothing else; neither need those at the places ``soft``."""
    made = [
        each._replace(soft=True) if at in soft else each
        for at, token in enumerate(words)
        if free[at] and not asks[at] and (token.word not in known.stop or is_inside(words, at, known.stop))
        for each in (_asked(at, token, known, names, is_inside(words, at, known.stop)),)
        if each.weight
    ]
    if all(each.soft for each in made):
        return []
    return made


def literally(words: Sequence[Token], start: int, end: int, names: Names) -> list[Asked]:
    """Words ``start:end`` as they stand, whatever they weigh."""
    stems = {at: names.stem(words[at].word) for at in range(start, end)}
    return [Asked(at, (stem,), names.rarity(stem)) for at, stem in stems.items()]


def _asked(at: int, token: Token, known: Wording, names: Names, inside: bool) -> Asked:
    stem = names.stem(token.word)
    stem = token.word if names.holding(token.word) and not names.holding(stem) else stem
    if inside and (token.word in known.stop or names.is_generic(stem)):
        return Asked(at, (stem,), names.rarity(stem))
    acts = token.word in known.cues and token.word not in known.nouns and not _is_marked(token, at, known)
    soft = acts or token.word in known.generic or names.is_generic(stem)
    if soft or names.holding(stem) or names.texts(stem):
        return Asked(at, (stem,), names.weight(stem), soft=soft)
    alike = () if token.word[0].isdigit() else names.spellings.alike(token.word)
    stems = tuple(dict.fromkeys(map(names.stem, alike)))
    if stems:
        return Asked(at, stems, max(map(names.weight, stems)), spelled=True)
    return Asked(at, (stem,), names.weight(stem))


def _is_marked(token: Token, at: int, known: Wording) -> bool:
    """Whether a capital marks a name, which it does not where a question begins or every noun has one."""
    return at > 0 and token.text[0].isupper() and known.language not in UNMARKED


def _by_names(words: Sequence[Token], asked: Sequence[Asked], names: Names) -> list[Match]:
    """The rows whose names and texts have enough of the words, best first."""
    joins = {
        names.stem(words[one.at].word + words[other.at].word): (one.at, other.at)
        for one, other in pairwise(asked)
        if other.at == one.at + 1
    }
    weights: dict[int, float] = defaultdict(float)
    for each in asked:
        for number in {number for stem in each.stems for number in names.holding(stem)}:
            weights[number] += each.weight
    for stem, pair in joins.items():
        for number in names.holding(stem):
            weights[number] += sum(each.weight for each in asked if each.at in pair)
    best = sorted(weights, key=lambda number: (-weights[number], number))[:LOOKED_AT]
    by_row: dict[str, list[int]] = defaultdict(list)
    for number in best:
        by_row[names.name(number).row].append(number)
    matches = [_match(row, numbers, asked, joins, words, names) for row, numbers in by_row.items()]
    return _best(match for match in matches if match and match.covered >= ENOUGH)


def _match(
    row: str, numbers: Sequence[int], asked: Sequence[Asked], joins: Joins, words: Sequence[Token], names: Names
) -> Match | None:
    """How a row is named, by that of its names that has most, completed from its other names and, where they stand
    apart from the name, from what was said of it. None where something in the name, or after it, is not the row's."""
    found = [(number, *_held(names, number, asked, joins)) for number in numbers]
    number, at, full = max(found, key=lambda each: (sum(one.weight for one in asked if one.at in each[1]), each[2]))
    others = frozenset().union(*(each[1] for each in found))
    said = names.said_of(row)
    apart = {each.at for each in asked if each.at not in at and not said.isdisjoint(each.stems)}
    apart = {place for place in apart if _goes_with(row, place, at, words, names)}
    have = {
        each.at: each.weight * (1.0 if each.at in at else SAID if each.at in others or each.at in apart else 0.0)
        for each in asked
    }
    missed = [each for each in asked if not each.soft and not have[each.at]]
    if not at or any(_contradicts(each, at, words, names) for each in missed):
        return None
    total = sum(each.weight for each in asked if not each.soft or have[each.at])
    if sum(each.weight for each in asked if each.at in at) < MOSTLY * total:
        return None
    return Match(row, _how(names, number, asked, at, full), sum(have.values()) / (total or 1), full, at)


def _goes_with(row: str, place: int, at: Set[int], words: Sequence[Token], names: Names) -> bool:
    """Whether a word of a row's text may be said of it: it stands apart from the name, or beside it there too."""
    beside = [near for near in (place - 1, place + 1) if near in at]
    if words[place].word[0].isdigit():
        return False
    return not beside or any(
        names.near(row, {names.stem(words[place].word), names.stem(words[near].word)}) for near in beside
    )


def _contradicts(missed: Asked, at: Set[int], words: Sequence[Token], names: Names) -> bool:
    """Whether a word that a row lacks makes the name another's: a number, what goes on with the name, or what other
    names hold and stands before or behind it with nothing but stop words between."""
    if words[missed.at].word[0].isdigit() or missed.at - 1 in at:
        return True
    return bool(names.holding(missed.stems[0])) and any(_leads(missed.at, step, at, words, names) for step in (1, -1))


def _leads(place: int, step: int, at: Set[int], words: Sequence[Token], names: Names) -> bool:
    """Whether a way over stop words leads from a place to one of those."""
    place += step
    while 0 <= place < len(words) and place not in at and not names.weight(names.stem(words[place].word)):
        place += step
    return place in at


def _how(names: Names, number: int, asked: Sequence[Asked], at: Set[int], full: float) -> How:
    if any(each.spelled and each.at in at for each in asked):
        return "spelling"
    return names.name(number).how if full > 0.999 else "words"


def _held(names: Names, number: int, asked: Sequence[Asked], joins: Joins) -> tuple[frozenset[int], float]:
    """The places of the words that a name holds, and the share of the name that they are."""
    name = names.name(number)
    at = {each.at for each in asked if not set(name.stems).isdisjoint(each.stems)}
    stems = {stem for each in asked for stem in each.stems}
    at |= {place for stem, pair in joins.items() if stem in name.stems for place in pair}
    stems |= joins.keys()
    for each in asked:
        if each.at not in at and number in names.holding(each.stems[0]):
            at.add(each.at)
            stems.update(_parts_of(each.stems[0], name.stems))
    has = sum(weight for stem, weight in zip(name.stems, name.weights, strict=True) if stem in stems)
    return frozenset(at), has / name.weight if name.weight else 1.0


def _parts_of(joined: str, stems: Sequence[str]) -> Iterator[str]:
    """The two neighbours that are written as one."""
    for one, other in pairwise(stems):
        if joined.startswith(one) and (one + other).startswith(joined[: len(one) + 3]):
            yield from (one, other)


def _by_texts(words: Sequence[Token], asked: Sequence[Asked], names: Names) -> list[Match]:
    """The decisions, motions and votes in whose text nearly all of the words, two at least, stand close together; those
    of one thing put that alone has several words may have them anywhere."""
    telling = [each for each in asked if not each.soft and not each.spelled]
    if len(telling) < 2:
        return []
    have: dict[str, set[int]] = defaultdict(set)
    for each in telling:
        for row in names.texts(each.stems[0]):
            have[row].add(each.at)
    weights = {each.at: each.weight for each in asked if not each.soft}
    enough = ENOUGH_SAID * sum(weights.values())
    found = {row: at for row, at in have.items() if len(at) > 1 and sum(map(weights.__getitem__, at)) >= enough}
    stems = {each.at: each.stems[0] for each in telling}
    missed = {row: [each for each in asked if not each.soft and each.at not in at] for row, at in found.items()}
    alone = _alone([row for row in found if not missed[row]], names) if len(telling) >= SEVERAL else ()
    return _best(
        Match(
            row,
            "words",
            sum(map(weights.__getitem__, at)) / sum(weights.values()),
            names.share(row, {stems[place] for place in at}),
            frozenset(at),
        )
        for row, at in found.items()
        if (row in alone or names.near(row, {stems[place] for place in at}))
        and not any(_contradicts(each, at, words, names) for each in missed[row])
    )


def _alone(rows: Sequence[str], names: Names) -> Sequence[str]:
    """Rows that are all of one thing put; else none."""
    return rows if len({_put_first(names, row) for row in rows}) == 1 else ()


def _of_body(words: Sequence[Token], asked: Sequence[Asked], names: Names) -> list[Match]:
    """The rows that the words name without those that call a body, of what this body dealt with."""
    if not any(names.is_generic(names.stem(token.word)) or token.text.isupper() for token in words):
        return []
    body = body_in(words, names)
    left = [each for each in asked if each.at not in body.places]
    if len(left) == len(asked) or all(each.soft for each in left):
        return []
    matches = _by_names(words, left, names) or _by_texts(words, left, names)
    return [match for match in matches if not body.sittings.isdisjoint(_sittings(names, match.row))]


def _sittings(names: Names, identity: str) -> Iterator[str]:
    """The ids of the sittings that a row, or what is of it, was put at."""
    row = names.row(identity)
    yield from (each.sitting for each in (row, *names.register.linked(row.id)) if not isinstance(each, Matter))
    yield from (each.sitting for each in row.debates) if isinstance(row, Matter) else ()


def _by_one_word(words: Sequence[Token], asked: Sequence[Asked], names: Names) -> list[Match]:
    """The decisions, motions and votes of a few stories that alone hold the one word that tells, which is in no
    name; a number only beside the word before it, as in ``pull request #12``."""
    telling = [each for each in asked if not each.soft]
    if len(telling) != 1 or telling[0].spelled or names.holding(telling[0].stems[0]):
        return []
    at, stem = telling[0].at, telling[0].stems[0]
    beside = {names.stem(words[at - 1].word)} if at and stem[0].isdigit() else set()
    rows = [row for row in names.texts(stem) if names.near(row, {stem, *beside})]
    if len({_put_first(names, row) for row in rows}) > FEW_STORIES or (stem[0].isdigit() and not beside):
        return []
    shares = {row: names.share(row, {stem, *beside}) for row in rows}
    return _best(Match(row, "words", 1.0, share, frozenset({at})) for row, share in shares.items() if share >= A_PART)


def titled_with(mention: Mention, more: Sequence[str], names: Names) -> Mention:
    """A mention that may also mean, if nothing else fits, rows whose names have its words and these ``more``."""
    stems = [names.stem(word) for word in (*mention.words.casefold().split(), *more)]
    numbers = set[int].intersection(*(set(names.holding(stem)) for stem in stems))
    known = {subject.row for subject in mention.subjects}
    rows = sorted({names.name(number).row for number in numbers} - known)
    also = (Subject(*_called(names, row), "words", A_YEAR) for row in rows[:SHOWN])
    return mention._replace(subjects=(*mention.subjects, *also)) if mention.subjects else mention


def _put_first(names: Names, identity: str) -> str:
    """The id of what a motion, its vote and its decision are all of."""
    row = names.row(identity)
    return getattr(row, "motion", "") or getattr(row, "vote", "") or identity if not isinstance(row, Motion) else row.id


def _best(matches: Iterable[Match]) -> list[Match]:
    """The best first; a name that is there wholly puts those behind of which only a part is."""
    ranked = sorted(matches, key=lambda match: (-match.score, match.row))
    return ranked[:SHOWN]


def _called(names: Names, row: str) -> tuple[str, str]:
    """The id of a row and what it is called."""
    found = names.row(row)
    match found:
        case Matter():
            return row, found.title or found.number
        case Decision():
            return row, found.title or found.number or found.text[:80]
        case Motion():
            return row, found.number or found.text[:80]
        case Vote():
            return row, found.number or found.question[:80]


def _mention(words: Sequence[Token], subjects: Sequence[Subject], names: Names) -> Mention:
    return _mention_of(_text(words), subjects, names)


def _mention_of(typed: str, subjects: Sequence[Subject], names: Names) -> Mention:
    """A mention with its rows, best first. Of the rows of one story that fit alike, the matter comes first, then the
    decision, the motion, the vote."""
    order = {kind: nth for nth, kind in enumerate(_KINDS)}
    ranked = sorted(dict.fromkeys(subjects), key=lambda each: (-each.score, order[type(names.row(each.row))]))
    told: list[Subject] = []
    stories: set[str] = set()
    for subject in ranked:
        row = names.row(subject.row)
        own = {row.id, *(getattr(row, name, "") for name in ("motion", "vote"))} - {""}
        beside = not stories.isdisjoint(own | {getattr(row, "matter", "")})
        told.append(subject._replace(score=round(subject.score * STORY, 4)) if beside else subject)
        stories |= own
    return Mention(typed, tuple(sorted(told, key=lambda each: -each.score)[:SHOWN]))
