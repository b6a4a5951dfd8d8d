"""What the rows of a register are called: built once for a register, asked for every question.

A row is called by its number ("Ordinance 54-89", "2024/16"), by its names and the words in them, each weighed by how
few names hold it, and a person by the parts of the name and by a label ("AWB"). Nothing here reads a question.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from functools import cached_property
from itertools import islice, pairwise
from typing import NamedTuple

from remembrancer.memory.analysis import analyzer, fold
from remembrancer.memory.asking.question import How
from remembrancer.memory.asking.understanding.spelling import Spellings
from remembrancer.memory.asking.understanding.tokens import tokens
from remembrancer.memory.asking.understanding.whom import Whom
from remembrancer.memory.asking.understanding.wording import LANGUAGES, wording
from remembrancer.model import Decision, Matter, Motion, Vote
from remembrancer.register.rows import Register

LONGEST, LONGEST_TEXT = 60, 150
"""How many words of a name, and of a text, are looked at."""

FEW = 20
"""A register of fewer names is weighed as if it had so many."""

BETWEEN = 3
"""How many words more than one after each may stand between those of a text that are looked for together."""

COMMON = 0.05
"""What a stop word weighs in a name, of what it would."""

GENERIC = 0.2
"""What a word that any body uses of its business weighs, of what it would."""

LATEST = 400
"""Of how many sittings the titles are looked at, the latest."""

_CAPITAL = re.compile(r"\b[^\W\d_a-z]")
_DIGIT = re.compile(r"\d")

Called = Callable[[str], str]
"""What a sitting is called, by its id; empty where it has no title."""

Named = Matter | Decision | Motion | Vote


class Name(NamedTuple):
    """A name of a row: the stems of its words in order, and what each weighs."""

    row: str
    how: How
    stems: tuple[str, ...]
    weights: tuple[float, ...]

    @property
    def weight(self) -> float:
        """What all of it weighs."""
        return sum(self.weights)


class Titled(NamedTuple):
    """Sittings of one title: its stems, and what a body may be called in short by its capitals, as ``PMC``."""

    stems: frozenset[str]
    short: frozenset[str]
    sittings: frozenset[str]


class Names:
    """How the rows of a register are called. ``languages`` are those of its documents; words of the ``body``'s own name
    tell nothing apart; ``called`` gives a sitting's title by its id."""

    def __init__(
        self, register: Register, languages: Iterable[str] = (), body: str = "", called: Called = lambda identity: ""
    ) -> None:
        self.register = register
        self.called = called
        home = {language.partition("-")[0].lower() for language in languages}
        self._languages = tuple(language for language in LANGUAGES if language in home) or ("en",)
        self._stemmers = [analyzer(language) for language in self._languages]
        self._stop = frozenset[str]().union(*(wording(each).stop for each in self._languages))
        self._generic = frozenset(token.word for token in tokens(body)).union(
            *(wording(each).generic for each in self._languages)
        )
        self._stems: dict[str, str] = {}
        self._weights: dict[str, float] = {}
        self._weighed: dict[int, Name] = {}
        self._runs: dict[str, tuple[str, ...]] = {}
        self._stemmed: dict[str, tuple[str, ...]] = {}
        self._written = [*self._names()]
        self._holding: dict[str, list[int]] = defaultdict(list)
        for nth, (_, _, stems, joined) in enumerate(self._written):
            for stem in {*stems, *joined}:
                self._holding[stem].append(nth)

    def stem(self, word: str) -> str:
        """A folded word as it is looked up, in the first language of the record that changes it."""
        if word not in self._stems:
            forms = (stemmer[word].words for stemmer in self._stemmers)
            self._stems[word] = next((each[0] for each in forms if each and each[0] != word), word)
        return self._stems[word]

    def holding(self, stem: str) -> list[int]:
        """The numbers of the names that hold a stem, or that it is two words of written as one."""
        return self._holding.get(stem, [])

    def exactly(self, stems: tuple[str, ...]) -> list[int]:
        """The numbers of the names that are these stems."""
        return self._whole.get(stems, [])

    def name(self, number: int) -> Name:
        """One name, weighed."""
        if number not in self._weighed:
            row, how, stems, _ = self._written[number]
            weights = tuple(self.weight(stem) or self.rarity(stem) * COMMON for stem in stems)
            self._weighed[number] = Name(row, how, stems, weights)
        return self._weighed[number]

    def weight(self, stem: str) -> float:
        """What a stem tells: nothing if a stop word, little if any body uses it, else by how few names hold it."""
        if stem not in self._weights:
            little = GENERIC if stem in self._generic_stems else 1.0
            self._weights[stem] = 0.0 if stem in self._stop_stems else self.rarity(stem) * little
        return self._weights[stem]

    def rarity(self, stem: str) -> float:
        """What a stem tells by how few names hold it; most where none does."""
        return math.log(1 + max(len(self._written), FEW) / max(len(self.holding(stem)), 0.5))

    def is_generic(self, stem: str) -> bool:
        """Whether any body uses this of its business."""
        return stem in self._generic_stems

    def row(self, identity: str) -> Named:
        """A row that has names."""
        row = self.register.get(identity)
        assert isinstance(row, (Matter, Decision, Motion, Vote)), "only such rows have names here"
        return row

    @cached_property
    def _stop_stems(self) -> frozenset[str]:
        return self._stop | frozenset(map(self.stem, self._stop))

    @cached_property
    def _generic_stems(self) -> frozenset[str]:
        return self._generic | frozenset(map(self.stem, self._generic))

    @cached_property
    def _whole(self) -> Mapping[tuple[str, ...], list[int]]:
        whole: dict[tuple[str, ...], list[int]] = defaultdict(list)
        for nth, (_, _, stems, _) in enumerate(self._written):
            whole[stems].append(nth)
        return whole

    @cached_property
    def lengths(self) -> Mapping[str, tuple[int, ...]]:
        """How many words the names have that begin with a stem, the longest first."""
        lengths: dict[str, set[int]] = defaultdict(set)
        for stems in self._whole:
            lengths[stems[0]].add(len(stems))
        return {stem: tuple(sorted(found, reverse=True)) for stem, found in lengths.items()}

    @cached_property
    def spellings(self) -> Spellings:
        """The words of the names, as they are written, folded."""
        words = {word for row, said in self._titled() for word in self._words_in(said)}
        return Spellings(word for word in words if not _DIGIT.search(word))

    def _names(self) -> Iterator[tuple[str, How, tuple[str, ...], tuple[str, ...]]]:
        """Of each name the row, how it is called so, the stems, and what two neighbours are written as one."""
        seen: set[tuple[str, tuple[str, ...]]] = set()
        for row, said in self._titled():
            words = [*islice(self._words_in(said), LONGEST)]
            stems = tuple(map(self.stem, words))
            if stems and (row.id, stems) not in seen:
                seen.add((row.id, stems))
                how: How = "name" if said in (getattr(row, "title", ""),) else "alias"
                joined = tuple(one + other for one, other in pairwise(words))
                yield row.id, how, stems, joined

    def _titled(self) -> Iterator[tuple[Named, str]]:
        """Every row with each of its names."""
        for matter in self.register.matters:
            for said in dict.fromkeys((matter.title, *matter.titles, *_headings(matter), *_keys(matter.keys))):
                yield matter, said
        matters = {matter.id: {*map(fold, (matter.title, *matter.titles))} for matter in self.register.matters}
        for decision in self.register.decisions:
            if decision.title and fold(decision.title) not in matters.get(decision.matter, ()):
                yield decision, decision.title

    # Texts

    def texts(self, stem: str) -> list[str]:
        """The ids of the decisions, motions and votes that hold a stem in their words."""
        return self._texts.get(stem, [])

    @cached_property
    def _texts(self) -> Mapping[str, list[str]]:
        holding: dict[str, list[str]] = defaultdict(list)
        of_text: dict[str, frozenset[str]] = {}
        for row, said in self._worded():
            if said not in of_text:
                of_text[said] = frozenset(self._stems_in(said))
            for stem in of_text[said]:
                holding[stem].append(row.id)
        return holding

    def share(self, identity: str, stems: Set[str]) -> float:
        """How much of what the words of a row tell these stems are, from 0 to 1."""
        said = self.said_of(identity)
        return sum(map(self.weight, said & stems)) / (sum(map(self.weight, said)) or 1)

    def near(self, identity: str, stems: Set[str]) -> bool:
        """Whether these stems stand close together in the words of a row, with few others between."""
        if identity not in self._ordered:
            texts = self._by_matter.get(identity, [])
            self._ordered[identity] = [stem for text in texts for stem in self._stems_in(text)]
        said = self._ordered[identity]
        within = 2 * len(stems) + BETWEEN
        places = [(at, stem) for at, stem in enumerate(said) if stem in stems]
        return any(
            {stem for place, stem in places[nth:] if place < at + within} >= stems for nth, (at, _) in enumerate(places)
        )

    @cached_property
    def _ordered(self) -> dict[str, list[str]]:
        return {}

    def said_of(self, identity: str) -> frozenset[str]:
        """The stems of what the decisions, motions and votes of a matter say, or a row itself."""
        if identity not in self._said:
            texts = self._by_matter.get(identity, [])
            self._said[identity] = frozenset(stem for text in texts for stem in self._stems_in(text))
        return self._said[identity]

    def _stems_in(self, said: str) -> Iterator[str]:
        """The stems of a text in order, each run without white space looked up once, for texts are long."""
        for run in said.split(maxsplit=LONGEST_TEXT)[:LONGEST_TEXT]:
            if run not in self._stemmed:
                self._stemmed[run] = tuple(map(self.stem, self._words_in(run)))
            yield from self._stemmed[run]

    def _words_in(self, said: str) -> Iterator[str]:
        """The folded words of a text in order, each run without white space split once."""
        for run in said.split():
            if run not in self._runs:
                self._runs[run] = tuple(token.word for token in tokens(run))
            yield from self._runs[run]

    @cached_property
    def _said(self) -> dict[str, frozenset[str]]:
        return {}

    @cached_property
    def _by_matter(self) -> Mapping[str, list[str]]:
        gathered: dict[str, list[str]] = defaultdict(list)
        for row, said in self._worded():
            gathered[row.matter].append(said)
            gathered[row.id].append(said)
        return gathered

    def _worded(self) -> Iterator[tuple[Decision | Motion | Vote, str]]:
        """Decisions, motions and votes with their words."""
        for decision in self.register.decisions:
            yield (
                decision,
                f"{decision.title} {decision.text}" if decision.title not in decision.text else decision.text,
            )
        for motion in self.register.motions:
            yield motion, motion.text
        for vote in self.register.votes:
            yield vote, vote.question

    # Numbers

    def numbered(self, key: str) -> list[str]:
        """The ids of the rows that a number, as ``number_key`` writes it, is of."""
        return self._numbers.get(key, [])

    def begins_number(self, key: str) -> bool:
        """Whether a longer number begins with this one, as ``2031/14/1`` with ``2031/14``."""
        at = bisect_left(self._sorted_numbers, f"{key} ")
        return at < len(self._sorted_numbers) and self._sorted_numbers[at].startswith(f"{key} ")

    @cached_property
    def _sorted_numbers(self) -> list[str]:
        return sorted(self._numbers)

    @cached_property
    def number_words(self) -> frozenset[str]:
        """The words that stand before the numbers of this register, as ``ordinance``, ``pep``."""
        return frozenset(word for key in self._numbers for word in key.split() if word.isalpha())

    @cached_property
    def _numbers(self) -> Mapping[str, list[str]]:
        register = self.register
        written = [(row.id, (row.number, *_numbers_of(row.keys))) for row in register.matters]
        rows: list[Named] = [*register.decisions, *register.motions, *register.votes]
        written += [(row.id, (row.number,)) for row in rows]
        numbers: dict[str, list[str]] = defaultdict(list)
        for identity, said in written:
            for key in dict.fromkeys(key for each in said for key in number_keys(each)):
                numbers[key].append(identity)
        return numbers

    @cached_property
    def whom(self) -> Whom:
        """How the persons are called."""
        return Whom(self.register.people, self._stop)

    # What else has a name

    @cached_property
    def rungs(self) -> Mapping[str, str]:
        """Every status of the register, folded, with its own spelling."""
        statuses = {rung.status for matter in self.register.matters for rung in matter.rungs}
        statuses |= {matter.status for matter in self.register.matters}
        statuses |= {decision.status_to for decision in self.register.decisions}
        return {" ".join(token.word for token in tokens(status)): status for status in sorted(statuses) if status}

    @cached_property
    def affiliations(self) -> Mapping[tuple[str, ...], str]:
        """The affiliations of members by their folded words, the longest first."""
        named = {seat.affiliation for person in self.register.people for seat in person.memberships if seat.affiliation}
        said = {tuple(token.word for token in tokens(each)): each for each in sorted(named)}
        return dict(sorted(said.items(), key=lambda each: -len(each[0])))

    @cached_property
    def sittings(self) -> Mapping[str, tuple[str, ...]]:
        """The dates of the sittings that the register knows, each with their ids, earliest first."""
        register = self.register
        held = [(each.date, each.sitting) for each in register.quorums]
        held += [(each.date, each.sitting) for matter in register.matters for each in matter.debates]
        held += [(each.date, each.sitting) for person in register.people for each in person.presences]
        for rows in (register.motions, register.votes, register.decisions):
            held += [(row.date, row.sitting) for row in rows]
        found: dict[str, set[str]] = defaultdict(set)
        for date, sitting in held:
            if date and sitting:
                found[date].add(sitting)
        return {date: tuple(sorted(found[date])) for date in sorted(found)}

    @cached_property
    def titles(self) -> tuple[Titled, ...]:
        """The titles of the latest sittings."""
        latest = [identity for date in reversed([*self.sittings]) for identity in self.sittings[date]][:LATEST]
        by_title: dict[str, set[str]] = defaultdict(set)
        for identity in latest:
            by_title[self.called(identity)].add(identity)
        return tuple(
            Titled(frozenset(self._stems_in(title)), in_short(title), frozenset(ids))
            for title, ids in by_title.items()
            if title
        )


def in_short(title: str) -> frozenset[str]:
    """What a body may be called by its capitals, as ``PMC``: those of the last words of a title."""
    capitals = _CAPITAL.findall(title)
    return frozenset("".join(capitals[nth:]) for nth in range(len(capitals) - 1))


def number_key(words: Iterable[str]) -> str:
    """What a number of these folded words is looked up by."""
    return " ".join(part for word in words for part in _split(word) if part not in _NUMBER_SIGNS)


def number_keys(written: str) -> tuple[str, ...]:
    """The ways a number is looked up: whole, without "No.", and alone where it cannot be taken for a mere count.

    >>> number_keys("ORDINANCE NO. 54-89")
    ('ordinance 54 89', '54 89')
    >>> number_keys("PEP 572")
    ('pep 572',)
    """
    words = number_key(token.word for token in tokens(written)).split()
    digits = [nth for nth, word in enumerate(words) if word.isdigit()]
    if not words or not (digits or len(words) > 1):
        return (" ".join(words),) if words and not written.isalpha() else ()
    keys = [" ".join(words)]
    if len(digits) > 1 or (digits and len("".join(words[digits[0] :])) > 4):
        first = next(nth for nth, word in enumerate(words) if word.isdigit() or len(word) < 2)
        keys.append(" ".join(words[first:]))
    return tuple(dict.fromkeys(keys))


_NUMBER_SIGNS = frozenset({"no", "nr", "number", "num", "nummer", "n", "№", "numero", "nº"})
_RUNS = re.compile(r"\d+|\D+")


def _split(word: str) -> list[str]:
    """The letters and digits of a word apart, as ``pep572``; numbers without leading noughts."""
    return [run.lstrip("0") or "0" if run[0].isdigit() else run for run in _RUNS.findall(word)]


def _headings(matter: Matter) -> Iterator[str]:
    """The titles under which a matter was debated."""
    return (debate.title for debate in matter.debates if debate.title)


def _numbers_of(keys: Iterable[str]) -> Iterator[str]:
    """What the keys of a matter say that are numbers."""
    return (_of_key(key) for key in keys if key.startswith("number:"))


def _keys(keys: Iterable[str]) -> Iterator[str]:
    """What the keys of a matter say that are no numbers."""
    return (_of_key(key) for key in keys if not key.startswith("number:"))


def _of_key(key: str) -> str:
    """What a key of a matter says, without its kind: ``title:mole bridge``."""
    kind, colon, said = key.partition(":")
    return said if colon else kind
