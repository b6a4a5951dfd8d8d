"""Phrases that ask, as data: what ``words/LANG.toml`` writes, and where a question holds it.

``did {p} vote against/no`` is found in "How did Cllr Bell vote", with Bell as ``{p}``, and not in "did we vote".
A phrase is words in order: ``a/b`` are alternatives, ``word~`` any word that begins so, ``word?`` may be left out,
``*`` stands for up to thirty words, ``*4`` for up to four, ``{p}`` for one to four words that may be a person, ``=``
for a word of a whole name, ``^`` and ``$`` for the beginning and the end. Other names in braces stand for lists of the
language (``{unit}``).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import NamedTuple

NAME = "\0"
"""What stands for a word of a whole name in the words of a question."""

GAP, SLOT = 30, 4
"""The most words that ``*`` and ``{p}`` stand for."""

Personal = Callable[[int, int], bool]
"""Whether the words ``start:end`` of a question may be a person."""


class Element(NamedTuple):
    """One place of a phrase: one of ``words``, or a word that begins like one of ``stems``; ``most`` words of any
    kind where it is a gap, or of a person where ``name`` is ``p``. ``name`` is that of the list it stands for."""

    words: frozenset[str] = frozenset()
    stems: tuple[str, ...] = ()
    least: int = 1
    most: int = 1
    name: str = ""


class Taken(NamedTuple):
    """Words ``start:end`` that an element of a phrase stands for; ``name`` as the element has it."""

    start: int
    end: int
    name: str = ""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Elements in order; ``first`` and ``last`` bind it to the ends of the question. Of each set that is ``needed``
    one word at least must be in the question."""

    elements: tuple[Element, ...]
    first: bool = False
    last: bool = False
    needed: tuple[frozenset[str], ...] = ()

    def words(self) -> frozenset[str]:
        """Every whole word that it may hold."""
        return frozenset().union(*(element.words for element in self.elements))


def parsed(written: str, lists: Mapping[str, Set[str]]) -> Phrase:
    """A phrase as it is written; KeyError where it names a list that there is not."""
    parts = written.split()
    first, last = parts[0] == "^", parts[-1] == "$"
    elements = tuple(_element(part, lists) for part in parts[first : len(parts) - last])
    needed = tuple(each.words for each in elements if each.least and each.words and not each.stems)
    return Phrase(elements, first, last, needed)


def _element(part: str, lists: Mapping[str, Set[str]]) -> Element:
    if part[0] == "*":
        return Element(least=0, most=int(part[1:] or GAP))
    least = 0 if part.endswith("?") else 1
    bare = part.removesuffix("?")
    if bare == "=":
        return Element(frozenset({NAME}), least=least, name=bare)
    if bare == "{p}":
        return Element(least=least, most=SLOT, name="p")
    if bare.startswith("{"):
        name = bare.strip("{}")
        return Element(frozenset(lists[name]), least=least, name=name)
    words = bare.split("/")
    stems = tuple(word[:-1] for word in words if word.endswith("~"))
    return Element(frozenset(word for word in words if not word.endswith("~")), stems, least)


def found(
    phrase: Phrase,
    words: Sequence[str],
    personal: Personal,
    known: Set[str] | None = None,
    starts: Sequence[int] = (0,),
) -> tuple[Taken, ...] | None:
    """What each element that is no gap stands for, at the first place where the words hold the phrase; else None.
    ``known`` is the set of the words, where the caller has it; ``starts`` are the places where a question begins."""
    held = set(words) if known is None else known
    for needed in phrase.needed:
        if needed.isdisjoint(held):
            return None
    for start in starts if phrase.first else range(len(words)):
        taken = _from(phrase, 0, words, start, personal)
        if taken is not None:
            return taken
    return None


def _from(phrase: Phrase, nth: int, words: Sequence[str], at: int, personal: Personal) -> tuple[Taken, ...] | None:
    if nth == len(phrase.elements):
        return None if phrase.last and at != len(words) else ()
    element = phrase.elements[nth]
    for length in _lengths(element, words, at, personal):
        rest = _from(phrase, nth + 1, words, at + length, personal)
        if rest is not None:
            own = () if _is_gap(element) or not length else (Taken(at, at + length, element.name),)
            return own + rest
    return None


def _lengths(element: Element, words: Sequence[str], at: int, personal: Personal) -> list[int]:
    """How many words from here on the element may stand for, the likeliest first."""
    left = len(words) - at
    if _is_gap(element):
        return list(range(min(element.most, left) + 1))
    if element.name == "p":
        lengths = range(min(element.most, left), 0, -1)
        return [length for length in lengths if personal(at, at + length)] + [0] * (not element.least)
    fits = left > 0 and (words[at] in element.words or any(map(words[at].startswith, element.stems)))
    return [1] * fits + [0] * (not element.least)


def _is_gap(element: Element) -> bool:
    return not (element.words or element.stems or element.name)
