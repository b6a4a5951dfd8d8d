"""The words of a question and of a title, each with its place: "Array.prototype.findLast" is four, the last three
joined to what stands before them; "didn't" is "did" and "not"."""

from __future__ import annotations

import re
from typing import NamedTuple

from remembrancer.memory.analysis import MARKS, fold

_WORD = re.compile(rf"(?:[^\W_][{MARKS}]*)+")
_PREFIXES = "".join(rf"(?<!\b{prefix})" for prefix in ("Mc", "Mac", "De", "Di", "La", "Le", "Van", "Von", "Fitz"))
_HUMP = re.compile(rf"(?<=[a-zà-ÿ])(?=[A-ZÀ-Þ]){_PREFIXES}")
_INSIDE = frozenset({"", ".", "_", "-", "::", "#"})
_NOT = {"can": "can", "won": "will", "shan": "shall"}


class Token(NamedTuple):
    """A word at characters ``start:end``; ``word`` is it folded, ``before`` what stands before it."""

    text: str
    word: str
    start: int
    end: int
    before: str = ""

    @property
    def joined(self) -> bool:
        """Whether no white space stands before it."""
        return not any(map(str.isspace, self.before))

    @property
    def inside(self) -> bool:
        """Whether it goes on with a name written as one: ``find.Last``, ``top-level``."""
        return self.before in _INSIDE


def tokens(text: str) -> list[Token]:
    """The words in order, compounds and words like ``findLast`` in their parts, names like ``McAdam`` whole."""
    made: list[Token] = []
    for found in _WORD.finditer(text):
        at = found.start()
        for part in _HUMP.split(found[0]):
            made.append(_token(text, part, at, made))
            at += len(part)
        if len(made) > 1 and made[-1].text in ("t", "T") and text[made[-1].start - 1 : made[-1].start] in ("'", "’"):
            made[-2:] = _negated(*made[-2:])
    return made


def _token(text: str, part: str, at: int, before: list[Token]) -> Token:
    return Token(part, fold(part), at, at + len(part), text[before[-1].end : at] if before else " ")


def _negated(verb: Token, negation: Token) -> tuple[Token, Token]:
    word = _NOT.get(verb.word, verb.word.removesuffix("n"))
    return verb._replace(word=word), negation._replace(word="not")
