"""What the rows of a register are called: built once for a register, asked for every question.

A row is called by its number ("Ordinance 54-89", "2024/16"), by its names and the words in them, each weighed by how
few names hold it, and a person by the parts of the name and by a label ("AWB"). Nothing here reads a question.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import NamedTuple

from remembrancer.memory.analysis import analyzer, fold
from remembrancer.memory.asking.question import How
from remembrancer.memory.asking.spelling import Spellings
from remembrancer.memory.asking.tokens import tokens
from remembrancer.memory.asking.whom import Whom
from remembrancer.memory.asking.wording import LANGUAGES, wording
from remembrancer.model import Decision, Matter, Motion, Vote
from remembrancer.register.rows import Register

LONGEST = 60
"""How many words of a text are looked at; a name is shorter."""

FEW = 20
"""A register of fewer names is weighed as if it had so many."""

GENERIC = 0.2
"""What a word that any body uses of its business weighs, of what it would."""

_DIGIT = re.compile(r"\d")

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


class Names:
    """How the rows of a register are called. ``languages`` are those of its documents; words of the ``body``'s own name
    tell nothing apart."""

    def __init__(self, register: Register, languages: Iterable[str] = (), body: str = "") -> None:
        self.register = register
        home = {language.partition("-")[0].lower() for language in languages}
        self._languages = tuple(language for language in LANGUAGES if language in home) or ("en",)
        self._stemmers = [analyzer(language) for language in self._languages]
        self._stop = frozenset[str]().union(*(wording(each).stop for each in self._languages))
        self._generic = frozenset(token.word for token in tokens(body)).union(
            *(wording(each).generic for each in self._languages)
        )
        self._written = [*self._names()]
        self._holding: dict[str, list[int]] = defaultdict(list)
        for nth, (_, _, stems, joined) in enumerate(self._written):
            for stem in {*stems, *joined}:
                self._holding[stem].append(nth)

    def stem(self, word: str) -> str:
        """A folded word as it is looked up, in the first language of the record that changes it."""
        for stemmer in self._stemmers:
            forms = stemmer[word].words
            if forms and forms[0] != word:
                return forms[0]
        return word

    def holding(self, stem: str) -> list[int]:
        """The numbers of the names that hold a stem, or that it is two words of written as one."""
        return self._holding.get(stem, [])

    def exactly(self, stems: tuple[str, ...]) -> list[int]:
        """The numbers of the names that are these stems."""
        return self._whole.get(stems, [])

    def name(self, number: int) -> Name:
        """One name, weighed."""
        row, how, stems, _ = self._written[number]
        return Name(row, how, stems, tuple(map(self.weight, stems)))

    def weight(self, stem: str) -> float:
        """What a stem tells: nothing if it is a stop word, little if any body uses it, else by how few names hold it."""
        if stem in self._stop_stems:
            return 0.0
        return self.rarity(stem) * (GENERIC if stem in self._generic_stems else 1.0)

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
    def longest(self) -> int:
        """How many words the longest name has."""
        return max(map(len, self._whole), default=0)

    @cached_property
    def spellings(self) -> Spellings:
        """The words of the names, as they are written, folded."""
        words = {token.word for row, said in self._titled() for token in tokens(said)[:LONGEST]}
        return Spellings(word for word in words if not _DIGIT.search(word))

    def _names(self) -> Iterator[tuple[str, How, tuple[str, ...], tuple[str, ...]]]:
        """Of each name the row, how it is called so, the stems, and what two neighbours are written as one."""
        seen: set[tuple[str, tuple[str, ...]]] = set()
        for row, said in self._titled():
            words = [token.word for token in tokens(said)[:LONGEST]]
            stems = tuple(map(self.stem, words))
            if stems and (row.id, stems) not in seen:
                seen.add((row.id, stems))
                how: How = "name" if said in (getattr(row, "title", ""),) else "alias"
                joined = tuple(self.stem(one + other) for one, other in zip(words, words[1:], strict=False))
                yield row.id, how, stems, joined

    def _titled(self) -> Iterator[tuple[Named, str]]:
        """Every row with each of its names."""
        for matter in self.register.matters:
            for said in dict.fromkeys((matter.title, *matter.titles, *map(_of_key, matter.keys))):
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
        for row, said in self._worded():
            for stem in self._stems_of(said):
                holding[stem].append(row.id)
        return holding

    def said_of(self, identity: str) -> frozenset[str]:
        """The stems of what the decisions, motions and votes of a matter say, or a row itself."""
        if identity not in self._said:
            texts = self._by_matter.get(identity, [])
            self._said[identity] = frozenset().union(*map(self._stems_of, texts))
        return self._said[identity]

    def _stems_of(self, said: str) -> set[str]:
        """The stems of a text, whose words repeat much."""
        found: set[str] = set()
        for run in said.split():
            if run not in self._runs:
                self._runs[run] = tuple(self.stem(token.word) for token in tokens(run))
            found.update(self._runs[run])
        return found

    @cached_property
    def _runs(self) -> dict[str, tuple[str, ...]]:
        return {}

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

    @cached_property
    def number_words(self) -> frozenset[str]:
        """The words that stand before the numbers of this register, as ``ordinance``, ``pep``."""
        return frozenset(word for key in self._numbers for word in key.split() if word.isalpha())

    @cached_property
    def _numbers(self) -> Mapping[str, list[str]]:
        numbers: dict[str, list[str]] = defaultdict(list)
        for row in (
            *self.register.matters,
            *self.register.decisions,
            *self.register.motions,
            *self.register.votes,
        ):
            written = (
                [row.number, *(_of_key(key) for key in row.keys if key.startswith("number:"))]
                if isinstance(row, Matter)
                else [row.number]
            )
            for key in dict.fromkeys(each for said in written for each in number_keys(said)):
                if row.id not in numbers[key]:
                    numbers[key].append(row.id)
        return numbers

    @cached_property
    def whom(self) -> Whom:
        """How the persons are called."""
        return Whom(self.register.people, self._stop)

    # What else has a name

    @cached_property
    def rungs(self) -> Mapping[str, str]:
        """Every status of the register, folded, with its own spelling."""
        statuses = [rung.status for matter in self.register.matters for rung in matter.rungs]
        statuses += [matter.status for matter in self.register.matters]
        statuses += [decision.status_to for decision in self.register.decisions]
        return {" ".join(token.word for token in tokens(status)): status for status in statuses if status}

    @cached_property
    def sittings(self) -> Mapping[str, tuple[str, ...]]:
        """The dates of the sittings that the register knows, each with their ids, earliest first."""
        found: dict[str, dict[str, None]] = defaultdict(dict)
        register = self.register
        rows = (*register.motions, *register.votes, *register.decisions, *register.quorums)
        debates = (debate for matter in register.matters for debate in matter.debates)
        presences = (presence for person in register.people for presence in person.presences)
        for each in (*rows, *debates, *presences):
            if each.sitting and each.date:
                found[each.date][each.sitting] = None
        return {date: tuple(sorted(found[date])) for date in sorted(found)}


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


def _of_key(key: str) -> str:
    """What a key of a matter says, without its kind: ``title:mole bridge``."""
    kind, colon, said = key.partition(":")
    return said if colon else kind
