"""The names that a sentence spells out behind a choice: "com os votos a favor do Presidente, da Vereadora Ana Reis e
do Vereador Rui Sá e a abstenção de ...".

A list goes on as long as names follow one another, each perhaps with an article and a title; it ends at the first
word that is neither. An office without a name ("do Presidente") stands for who holds it; a group ("dos eleitos pelo
PS") names nobody and is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from remembrancer.register.vocabulary import Words

_CHOICES = {"names_yes": "yes", "names_no": "no", "names_abstain": "abstain"}
_CAPITAL = r"[A-ZÀ-ÖØ-ÞА-ЯЁ]"


class Speller:
    """Reads the names behind choices with the words of one language."""

    def __init__(self, lists: dict[str, tuple[str, ...]]) -> None:
        def any_of(name: str) -> str:
            return f"(?:{'|'.join(lists[name])})" if lists.get(name) else "(?!)"

        word = rf"(?:{_CAPITAL}\w{{0,2}}\.(?=\s\w)|{_CAPITAL}[\w'’-]*)"
        name = rf"{word}(?:[^\S\n]+(?:{any_of('particles')}[^\S\n]+)?{word}){{0,7}}"
        title = rf"(?i:{any_of('titles')})(?!\w)"
        office = rf"(?i:{any_of('offices')})(?!\w)"
        lead = rf"(?:(?i:{any_of('lead_in')})\s+)*"
        self._member = re.compile(
            rf"\s*{lead}(?:(?P<office>(?:{title}\s+)*?{office})(?:,\s+(?={_CAPITAL})|\s+(?={_CAPITAL}))?)?"
            rf"(?:{title}\s+)*(?P<name>(?!{title}){name})?"
        )
        self._join = re.compile(rf"\s*(?:,|;|,?\s+(?i:{any_of('joins')})(?=\s))")
        self._cues = {
            choice: re.compile(rf"(?<!\w)(?i:{any_of(key)})(?!\w)[\s:,]*") for key, choice in _CHOICES.items()
        }
        self._out = re.compile(rf"(?<!\w)(?i:{any_of('names_out')})\W*")
        self._recusing = re.compile(rf"(?<!\w)(?i:{any_of('recusing')})(?!\w)")

    def choices(self, text: str, start: int, end: int) -> Iterator[tuple[str, int, int]]:
        """Choice in wire words, and characters of the name, for each that ``start:end`` spells out."""
        for choice, cue in self._cues.items():
            for match in cue.finditer(text, start, end):
                yield from ((choice, *span) for span in self._names(text, match.end(), end))

    def left_out(self, text: str, start: int, end: int) -> Iterator[tuple[str, int, int]]:
        """The same for those who took no part: named behind the words that say so, or before them in their sentence."""
        for match in self._out.finditer(text, start, end):
            yield from self._who(text, match, start, end)

    def _who(self, text: str, match: re.Match[str], start: int, end: int) -> Iterator[tuple[str, int, int]]:
        stop = re.compile(r"[.\n]").search(text, match.end(), end)
        recused = self._recusing.search(text, match.end(), stop.start() if stop else end)
        spans = list(self._names(text, match.end(), end))
        if not spans:
            before = max(text.rfind(". ", start, match.start()), text.rfind("\n", start, match.start()), start - 1)
            spans = list(self._names(text, before + 1, match.start()))
        yield from (("recused" if recused else "not-voting", *span) for span in spans)

    def _names(self, text: str, at: int, end: int) -> Iterator[tuple[int, int]]:
        while at < end:
            member = self._member.match(text, at, end)
            part = "name" if member and member["name"] else "office"
            if member is None or not member[part]:
                return
            yield member.span(part)
            join = self._join.match(text, member.end(part), end)
            if join is None:
                return
            at = join.end()


def speller_of(words: Words) -> Speller:
    """The reader of names for a language's words of the topic ``votes``."""
    return _speller(tuple((name, words[name]) for name in sorted(words.names())))


@lru_cache(maxsize=32)
def _speller(lists: tuple[tuple[str, tuple[str, ...]], ...]) -> Speller:
    return Speller(dict(lists))
