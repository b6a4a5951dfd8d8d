"""Which rows of a register the words of a question name, and which names of it no row has.

"Who moved the Mill Lane footbridge repairs?" names the matter whose name holds ``Mill Lane footbridge``. A row is named
only if it has nearly all that the question's words tell, each weighed by its rarity; a word that the register does
not know tells most, so that a name that never was finds nothing, and half of one name with half of another neither.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set
from typing import NamedTuple

from remembrancer.memory.asking.naming import Names, number_key
from remembrancer.memory.asking.question import How, Mention, Subject
from remembrancer.memory.asking.tokens import Token
from remembrancer.memory.asking.wording import Wording
from remembrancer.model import Decision, Matter, Motion, Vote

ENOUGH = 0.8
"""The share of what the words tell that a row must have, in its names or in what was said of it."""

ENOUGH_SAID = 0.85
"""The same for a row that has it only in its text."""

SAID = 0.9
"""What a word weighs that stands not in the name of a row but in its text."""

CLEAR = 0.9
"""How near the next best comes, of the best, to be as good."""

LOOKED_AT, SHOWN = 40, 12
LONGEST_NUMBER = 7
STORY = 0.95
"""The score of a row beside the one whose story it belongs to."""

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


def numbered(words: Sequence[Token], names: Names, known: Wording) -> Iterator[Place]:
    """Numbers of the register, longest first at each place."""
    at = 0
    while at < len(words):
        place = _number_at(words, at, names, known)
        if place:
            yield place
        at = place.end if place else at + 1


def _number_at(words: Sequence[Token], at: int, names: Names, known: Wording) -> Place | None:
    for end in range(min(len(words), at + LONGEST_NUMBER), at, -1):
        if (end < len(words) and words[end].joined and words[end].word[0].isdigit()) or words[end - 1].word == "s":
            continue
        key = number_key(token.word for token in words[at:end])
        rows = names.numbered(key)
        if rows and (not key.isdigit() or _introduced(words, at, known)):
            return Place(
                at, end, _mention(words[at:end], [Subject(*_called(names, row), "number", 1.0) for row in rows], names)
            )
    return None


def _introduced(words: Sequence[Token], at: int, known: Wording) -> bool:
    """Whether a mere number stands after a word that has one, as ``motion 12``."""
    return at > 0 and words[at - 1].word in known.generic


def unknown_numbers(words: Sequence[Token], free: Sequence[bool], names: Names) -> Iterator[Place]:
    """What is written as this register's numbers are, and is none of them."""
    at = 0
    while at < len(words):
        start = at
        at += 1
        if not free[start] or not _begins_number(words, start, names):
            continue
        while (
            at < len(words)
            and free[at]
            and (words[at].joined or words[at - 1].word in ("no", "nr", *names.number_words))
        ):
            at += 1
        if any(token.word[0].isdigit() for token in words[start:at]):
            yield Place(start, at, Mention(_text(words[start:at])))


def _begins_number(words: Sequence[Token], at: int, names: Names) -> bool:
    after = [token for token in words[at + 1 : at + 3] if token.word not in ("no", "nr", "number")]
    if words[at].word in names.number_words:
        return bool(after and after[0].word[0].isdigit())
    if not words[at].word[0].isdigit():
        return False
    return bool(after and after[0].joined and after[0].word[0].isdigit())


def _text(words: Sequence[Token]) -> str:
    """Words as typed, with white space between those that had some."""
    return "".join(f"{token.before if nth else ''}{token.text}" for nth, token in enumerate(words))


def titled(words: Sequence[Token], free: Sequence[bool], asks: Sequence[bool], names: Names) -> list[Place]:
    """Whole names of rows that stand in the question word for word, longest first, none within another; those of which
    no word does more than ask are left out."""
    stems = [names.stem(token.word) for token in words]
    found: list[Place] = []
    for length in range(min(len(words), names.longest), 0, -1):
        for start in range(len(words) - length + 1):
            end = start + length
            if not all(free[start:end]) or _cuts(words, start, end) or any(_meets(place, start, end) for place in found):
                continue
            numbers = names.exactly(tuple(stems[start:end]))
            if numbers and any(names.weight(stems[at]) and not asks[at] for at in range(start, end)):
                rows = [Subject(*_called(names, names.name(each).row), names.name(each).how, 1.0) for each in numbers]
                found.append(Place(start, end, _mention(words[start:end], rows, names)))
    return found


def _cuts(words: Sequence[Token], start: int, end: int) -> bool:
    """Whether a place begins or ends within a name that is written as one."""
    return (start > 0 and words[start].inside) or (end < len(words) and words[end].inside)


def _meets(place: Place, start: int, end: int) -> bool:
    return place.start < end and start < place.end


def is_inside(words: Sequence[Token], at: int) -> bool:
    """Whether a word is a part of a name written as one, so that it is none of those that tell nothing."""
    return words[at].inside or (at + 1 < len(words) and words[at + 1].inside)


def named(words: Sequence[Token], asked: Sequence[Asked], names: Names) -> Mention | None:
    """What the words that may name something name: None where there are none, no subjects where no row fits."""
    if not asked:
        return None
    matches = _by_names(words, asked, names) or _by_texts(asked, names)
    typed = _text([words[each.at] for each in asked if not each.soft] or [words[each.at] for each in asked])
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
        if free[at] and not asks[at] and (token.word not in known.stop or is_inside(words, at))
        for each in (_asked(at, token, known, names, is_inside(words, at)),)
        if each.weight
    ]
    if all(each.soft for each in made):
        return []
    return made


def _asked(at: int, token: Token, known: Wording, names: Names, inside: bool) -> Asked:
    stem = names.stem(token.word)
    if inside and (token.word in known.stop or names.is_generic(stem)):
        return Asked(at, (stem,), names.rarity(stem))
    acts = token.word in known.cues and token.word not in known.nouns
    soft = acts or token.word in known.generic or names.is_generic(stem)
    if soft or names.holding(stem) or names.texts(stem):
        return Asked(at, (stem,), names.weight(stem), soft=soft)
    alike = () if token.word[0].isdigit() else names.spellings.alike(token.word)
    stems = tuple(dict.fromkeys(map(names.stem, alike)))
    if stems:
        return Asked(at, stems, max(map(names.weight, stems)), spelled=True)
    return Asked(at, (stem,), names.weight(stem))


def _by_names(words: Sequence[Token], asked: Sequence[Asked], names: Names) -> list[Match]:
    """The rows whose names and texts have enough of the words, best first."""
    joins = {
        names.stem(words[one.at].word + words[other.at].word): (one.at, other.at)
        for one, other in zip(asked, asked[1:], strict=False)
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
    row: str,
    numbers: Sequence[int],
    asked: Sequence[Asked],
    joins: dict[str, tuple[int, int]],
    words: Sequence[Token],
    names: Names,
) -> Match | None:
    """How a row is named, by that of its names that has most, completed from its other names and what was said of it."""
    found = [(number, *_held(names, number, asked, joins, words)) for number in numbers]
    number, at, full = max(found, key=lambda each: (sum(one.weight for one in asked if one.at in each[1]), each[2]))
    others = frozenset().union(*(each[1] for each in found))
    said = names.said_of(row)
    have = {
        each.at: each.weight
        * (1.0 if each.at in at else SAID if each.at in others or said.intersection(each.stems) else 0.0)
        for each in asked
    }
    if not at or any(not have[each.at] and words[each.at].word[0].isdigit() for each in asked if not each.soft):
        return None
    total = sum(each.weight for each in asked if not each.soft or have[each.at])
    how: How = "spelling" if any(each.spelled and each.at in at for each in asked) else "words"
    if how == "words" and full > 0.999:
        how = names.name(number).how
    return Match(row, how, sum(have.values()) / (total or 1), full, at)


def _held(
    names: Names, number: int, asked: Sequence[Asked], joins: dict[str, tuple[int, int]], words: Sequence[Token]
) -> tuple[frozenset[int], float]:
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
    for one, other in zip(stems, stems[1:], strict=False):
        if joined.startswith(one) and (one + other).startswith(joined[: len(one) + 3]):
            yield from (one, other)


def _by_texts(asked: Sequence[Asked], names: Names) -> list[Match]:
    """The decisions, motions and votes that have nearly all of the words in their text, where there are two at least."""
    telling = [each for each in asked if not each.soft]
    if len(telling) < 2:
        return []
    have: dict[str, set[int]] = defaultdict(set)
    for each in telling:
        for stem in () if each.spelled else each.stems:
            for row in names.texts(stem):
                have[row].add(each.at)
    total = sum(each.weight for each in telling)
    matches = [
        Match(row, "words", sum(each.weight for each in telling if each.at in at) / total, 0.0, frozenset(at))
        for row, at in have.items()
        if len(at) > 1
    ]
    return _best(match for match in matches if match.covered >= ENOUGH_SAID)


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
