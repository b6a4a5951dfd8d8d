"""How persons are called: by their whole name, a part of it, a label ("AWB"), or any of these spelled otherwise.

"Bell", "Cllr Bell", "Anna Bell" and "A. Bell" may be one person; "Clara Bell" is not Anna.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence, Set

from remembrancer.memory.asking.question import How, Subject
from remembrancer.memory.asking.understanding.spelling import Spellings
from remembrancer.model import Person
from remembrancer.record.persons import fold, name_of

PARTS = 5
"""What is listed as a name and has more words is none."""

LABEL = 5
"""The most letters of a label."""

MISSPELLED, TWICE = 6, 9
"""From how many letters on the part of a name may have one letter wrong, and two."""


class Whom:
    """The persons of a register by what they are called; ``stop`` are no parts of names."""

    def __init__(self, people: Iterable[Person], stop: Set[str]) -> None:
        self._stop = stop
        self._people: dict[str, Person] = {}
        self._keys: dict[str, set[tuple[str, ...]]] = defaultdict(set)
        self._surnames: dict[str, set[str]] = defaultdict(set)
        self._given: dict[str, set[str]] = defaultdict(set)
        self._labels: dict[str, set[str]] = defaultdict(set)
        for person in people:
            self._people[person.id] = person
            for label in (person.name, *person.labels):
                self._add(person.id, label)
        self._spellings: Spellings | None = None

    def _add(self, person: str, label: str) -> None:
        if label.isupper() and label.isalpha() and len(label) <= LABEL:
            self._labels[label].add(person)
            return
        parts = tuple(parts_of(label))
        if not 0 < len(parts) <= PARTS or any(len(part) > 1 and part in self._stop for part in parts):
            return
        self._keys[person].add(parts)
        self._surnames[parts[-1]].add(person)
        for part in parts[:-1]:
            self._given[part].add(person)

    def labelled(self, written: str) -> Sequence[Subject]:
        """The persons of a label, exactly as written."""
        return self._subjects(self._labels.get(written, ()), "alias")

    def is_part(self, word: str) -> bool:
        """Whether a folded word is a part of somebody's name, of two letters at least."""
        part = fold(word)
        return len(part) > 1 and (part in self._surnames or part in self._given)

    def is_surname(self, word: str) -> bool:
        """Whether a folded word is the last part of somebody's name."""
        return len(word) > 1 and fold(word) in self._surnames

    def alike(self, word: str) -> tuple[str, ...]:
        """Parts of names that a word may be, spelled otherwise."""
        if self._spellings is None:
            self._spellings = Spellings(part for part in {*self._surnames, *self._given} if len(part) > 2)
        return self._spellings.alike(fold(word), MISSPELLED, TWICE)

    def called(self, words: Sequence[str]) -> Sequence[Subject]:
        """The persons whom these folded words may call, in the order of a name; none where nobody fits all."""
        parts = [part for word in words for part in parts_of(word)]
        if not parts:
            return ()
        exact = self._fitting(parts)
        if exact:
            whole = {each for each in exact if any(len(key) == len(parts) for key in self._keys[each])}
            return self._subjects(whole or exact, "name")
        spelled = {person for each in self._respelled(parts) for person in self._fitting(each)}
        return self._subjects(spelled, "spelling")

    def _respelled(self, parts: Sequence[str]) -> Iterable[list[str]]:
        """The same with each part that is nobody's, in turn, as some are spelled."""
        for nth, part in enumerate(parts):
            if not self.is_part(part) and len(part) > 1:
                for other in self.alike(part):
                    yield [*parts[:nth], other, *parts[nth + 1 :]]

    def _fitting(self, parts: Sequence[str]) -> set[str]:
        *given, last = parts
        by_surname = {
            person
            for person in self._surnames.get(last, ())
            if any(key[-1] == last and _agree(given, key[:-1]) for key in self._keys[person])
        }
        if by_surname or given:
            return by_surname
        return set(self._given.get(last, ()))

    def _subjects(self, people: Iterable[str], how: How) -> tuple[Subject, ...]:
        score = 0.9 if how == "spelling" else 1.0
        found = (Subject(person, self._people[person].name, how, score) for person in people)
        return tuple(sorted(found, key=lambda subject: (subject.title, subject.row)))


def parts_of(name: str) -> list[str]:
    """The parts of a name as written, folded, without titles."""
    return name_of(name).key.replace("-", " ").split()


def _agree(given: Sequence[str], known: Sequence[str]) -> bool:
    """Whether given names, in order, can be among those known, initials standing for either."""
    rest = list(known)
    for name in given:
        while rest and not (rest[0].startswith(name) if len(name) == 1 else rest[0] in (name, name[0])):
            rest.pop(0)
        if not rest:
            return False
        rest.pop(0)
    return True
