"""The words of a question and of a title, each with its place: "Array.prototype.findLast" is four, the last three
joined to what stands before them; "didn't" is "did" and "not", "who's" is "who" and "is"."""

from __future__ import annotations

import re
from typing import NamedTuple

from remembrancer.memory.analysis import MARKS, fold

_WORD = re.compile(rf"(?:[^\W_][{MARKS}]*)+")
_PREFIXES = "".join(rf"(?<!\b{prefix})" for prefix in ("Mc", "Mac", "De", "Di", "La", "Le", "Van", "Von", "Fitz"))
_HUMP = re.compile(rf"(?<=[a-zà-ÿ])(?=[A-ZÀ-Þ]){_PREFIXES}")
_INSIDE = frozenset({"", ".", "_", "-", "::", "#"})
_NOT = {"can": "can", "won": "will", "shan": "shall"}
_ASKING = frozenset({"who", "what", "where", "when", "how", "why", "that", "there", "it"})
_BARE = re.compile(r"(?i)(who|what|where|how|did|does|do|was|were|is|are|has|have|had|could|would)(s|nt)")


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
        for part in _parts(found[0]):
            made.append(_token(text, part, at, made))
            at += len(part)
        if len(made) > 1 and made[-1].text in ("t", "T") and text[made[-1].start - 1 : made[-1].start] in ("'", "’"):
            made[-2:] = _negated(*made[-2:])
        elif len(made) > 1 and made[-1].word == "s" and made[-2].word in _ASKING:
            made[-1] = made[-1]._replace(word="is")
        elif made[-1].word == "nt":
            made[-1] = made[-1]._replace(word="not")
    return made


def _parts(word: str) -> list[str]:
    """The parts of a word: of a contraction without its apostrophe, and of one with humps."""
    bare = _BARE.fullmatch(word)
    return list(bare.groups()) if bare and _is_contraction(*bare.groups()) else _HUMP.split(word)


def _is_contraction(word: str, end: str) -> bool:
    """Whether the end belongs to the word: ``whos``, ``didnt``, but not ``does``."""
    return (end.lower() == "s") == (word.lower() in _ASKING)


def _token(text: str, part: str, at: int, before: list[Token]) -> Token:
    return Token(part, fold(part), at, at + len(part), text[before[-1].end : at] if before else " ")


def _negated(verb: Token, negation: Token) -> tuple[Token, Token]:
    word = _NOT.get(verb.word, verb.word.removesuffix("n"))
    return verb._replace(word=word), negation._replace(word="not")
