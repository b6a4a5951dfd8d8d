"""Whether a sentence moves a matter to a rung, and what it names as moved.

``Promise.any advances to Stage 2`` does, and names its matter; so does ``Stage 3!`` in a conclusion. ``Not advancing to
stage 3``, ``seeking stage 2``, ``remains at stage 1`` and ``Stage 3 reviewers: Ann`` do not. Where the words do not
fit, nothing is moved.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from remembrancer.register.document import Document
from remembrancer.register.passes.rungs import Named, rungs_in, scales, vocabulary_of

_CLAUSE = re.compile(r"[^\n]*?(?:[.!?]+[\"”’)\]]*(?=\s|$)|;|\n|$)")
_FROM = re.compile(r"\b(?:from|beyond|past|than)\s+$", re.IGNORECASE)
_ONWARD = re.compile(r"\s*(?:→|⇒|[-=]+>|to)\s*")
_BREAK = re.compile(r",|\bthat\b", re.IGNORECASE)
_TAIL = re.compile(
    r"\s*(?:[,;:(\[—–]|\s-\s|->|\b(?:but|with|without|however|although|though|and|as|assuming)\b)", re.IGNORECASE
)
_LINK = re.compile(r"\[([^\[\]]*)\]\([^()]*\)")
_SENTENCE = 30


class Clause(NamedTuple):
    """A sentence or line of a text, as characters ``start:end`` of it."""

    start: int
    end: int
    text: str


class Step(NamedTuple):
    """What a clause says: the rung, what stands before it and after it as the matter's name, and its condition."""

    ladder: str
    status: str
    subject: str = ""
    thing: str = ""
    condition: str = ""


def clauses(text: str) -> Iterator[Clause]:
    """The sentences and lines of a text."""
    for match in _CLAUSE.finditer(text):
        inner = match[0].strip(" \t\n;>-–•*")
        if inner:
            start = match.start() + match[0].index(inner)
            yield Clause(start, start + len(inner), inner)


class Grammar:
    """How a language and a house speak of moving on ladders; one for each document."""

    def __init__(self, document: Document) -> None:
        house, language = document.house, document.language
        self._words = vocabulary_of(language, house)
        self.scales = tuple(scale for scale in scales(language, house) if scale.word)
        self._rung = "|".join(f"(?:{re.sub(r'[?]P<name>', '?:', scale.pattern.pattern)})" for scale in self.scales)
        own = [pattern for scale in self.scales for pattern in scale.moves]
        self._moves = self._compiled("moves", own)
        self._stays = self._compiled("stays", [pattern for scale in self.scales for pattern in scale.stays])
        self._declares = self._compiled("declares", own)
        self._stands = self._compiled("stands")
        self._assent = re.compile(f"\\w*{self._words.any_of('assent')}", re.IGNORECASE)
        self._held = self._compiled("held")
        self._places = self._compiled("places")
        self._puts = self._compiled("puts")
        self._tells = self._compiled("tells")
        self._asks = self._compiled("asks")
        self._aside_stays = self._compiled("aside_stays")
        self._agreed = self._compiled("agreed")
        self._refused = self._compiled("refused")
        self._conditions = self._compiled("conditions")
        self._provisional = self._compiled("provisional")
        self._leads = re.compile("|".join(self._words["leads"]), re.IGNORECASE)
        self._generic = self._compiled("generic")
        self._running = self._compiled("running")
        self._split_off = self._compiled("split_off")
        self._several = self._compiled("several")
        self._aside = [
            (scale.name, status, self._compiled(status.casefold(), [] if self._words[status.casefold()] else [status]))
            for scale in self.scales
            for status in scale.aside
        ]
        words = {*(scale.name for scale in self.scales), *(aside[2].pattern for aside in self._aside)}
        self.hint = re.compile(f"{self._rung or '(?!)'}|{'|'.join(sorted(words)) or '(?!)'}", re.IGNORECASE)

    def concluded(self, text: str, *, spoken: bool = False, asked: frozenset[str] = frozenset()) -> list[Step]:
        """What a sentence of a conclusion moves, one step for each matter it names; ``spoken`` by somebody there.
        That a matter is at a rung says that it came to it only where that rung was ``asked`` for."""
        if spoken and self._tells.search(text):
            return []
        aside = self._to_aside(text)
        if aside:
            return [aside]
        return [step for part in self._parts(text) if (step := self._step(part, self._moves, bare=True, asked=asked))]

    def declared(self, text: str) -> Step | None:
        """What somebody says at the sitting has moved."""
        if text.endswith("?") or len(text.split()) > _SENTENCE or self._tells.search(text):
            return None
        return self._step(text, self._declares, bare=False)

    def asked(self, text: str) -> Step | None:
        """What is put to the sitting."""
        rungs = self.rungs(text)
        if len({rung.rung for rung in rungs}) != 1 or not self._asks.search(text):
            return None
        return Step(rungs[0].ladder, rungs[0].rung, subject=self._subject_asked(text, rungs[0]))

    def says_yes(self, text: str) -> bool:
        """Whether a sentence, whole, says that what was asked is agreed."""
        return self._agreed.fullmatch(text.strip(" .!,;:()[]<>\"'“”-")) is not None

    def puts(self, text: str) -> bool:
        """Whether a sentence puts to the sitting what the item's title asks, without saying it again."""
        return self._puts.fullmatch(text) is not None

    def says_no(self, text: str) -> bool:
        """Whether a sentence, whole, says that it is not."""
        return self._refused.fullmatch(text.strip(" .!,;:()[]<>\"'“”-")) is not None

    def rungs(self, text: str) -> list[Named]:
        """The rungs a text names."""
        return rungs_in(text, self.scales)

    def sought(self, text: str) -> list[Named]:
        """The rungs a title asks for: not those that something is to leave (``Stage 1 -> Stage 2``), nor those at which
        it stands (``Stage 3 update``)."""
        stood = {match.start() for match in self._held.finditer(text)}
        rungs = [rung for rung in self.rungs(text) if rung.start not in stood]
        left = {one for one, other in pairwise(rungs) if _ONWARD.fullmatch(text[one.end : other.start])}
        return [rung for rung in rungs if rung not in left]

    def condition(self, text: str) -> str:
        """From the beginning of a condition on, if a text states one."""
        match = self._conditions.search(text)
        return text[match.start() :].strip(" ()[].") if match else ""

    def provisional(self, text: str) -> bool:
        """Whether a text says that a vote is only to try the room, or that its question comes back."""
        return self._provisional.search(text) is not None

    def is_generic(self, subject: str) -> bool:
        """Whether a subject names no matter of its own."""
        return not subject.strip() or self._generic.fullmatch(subject.strip()) is not None

    def several(self, subject: str) -> int:
        """How many matters a subject says that it is all of; 0 where it does not say."""
        match = self._several.search(subject)
        digits = self._words["digits"]
        return 0 if match is None else digits.index(match["count"].lower()) if match["count"] else 2

    def split_off(self, subject: str) -> str:
        """What a subject says is to be a matter of its own: ``A`` of ``agreed that A be split out from B and``."""
        match = self._split_off.search(subject)
        name = _BREAK.split(subject[: match.start()])[-1].strip() if match else ""
        return "" if self.is_generic(name) or self.is_sentence(name) else name

    def is_sentence(self, words: str) -> bool:
        """Whether words are a piece of a sentence rather than a name: a verb or a pronoun is among them."""
        return self._running.search(words) is not None

    def _step(
        self, text: str, pattern: re.Pattern[str], *, bare: bool, asked: frozenset[str] = frozenset()
    ) -> Step | None:
        rungs = [rung for rung in self.rungs(text) if not _FROM.search(text[: rung.start])]
        if not rungs:
            return None
        rung = rungs[0]
        tail = self._tail(text, rung.end)
        head = text[:tail]
        if self._stays.search(self._assent.sub(" ", _LINK.sub(r"\1", head))) or (head == text and text.endswith("?")):
            return None
        stands = self._stands.search(head)
        if (stands and rung.rung not in asked) or self._places.match(text):
            return None
        match = stands or pattern.search(head)
        lead = self._leads.match(head)
        starts = bare and lead is not None and lead.end() >= rung.start
        if not (starts or match or (bare and _ends(head, rung))):
            return None
        before = head[: min(match.start() if match else rung.start, rung.start)]
        return Step(
            rung.ladder,
            rung.rung,
            subject=before,
            thing=text[rung.end : tail] if bare else "",
            condition=self.condition(text),
        )

    def _to_aside(self, text: str) -> Step | None:
        for ladder, status, pattern in self._aside:
            match = pattern.search(text)
            if match and len(text.split()) <= _SENTENCE and not self._aside_stays.search(text):
                return Step(ladder, status, subject=text[: match.start()], condition="")
        return None

    def _parts(self, text: str) -> list[str]:
        """A sentence as those of its parts that name a rung each: ``A to stage 2, B to stage 3``."""
        parts = re.split(r",\s*(?:and\s+)?|\s+and\s+(?=\S+(?: \S+){0,4} (?:to|for|at|is|has)\b)", text)
        return parts if len(parts) > 1 and all(self.rungs(part) for part in parts) else [text]

    def _tail(self, text: str, start: int) -> int:
        """Where what a sentence says of a rung ends and the rest begins."""
        ends = [match.start() for pattern in (_TAIL, self._conditions) if (match := pattern.search(text, start))]
        return min(ends, default=len(text))

    def _subject_asked(self, text: str, rung: Named) -> str:
        """What stands between the words that ask and those of moving: ``Poll: move X to stage 2`` -> ``X``."""
        before = re.sub(r"^.*?(?::|\bto\b|\bfor\b|\bthat\b|\bon\b|\bshould\b)", "", text[: rung.start], count=1)
        return before or text[: rung.start]

    def _compiled(self, name: str, further: list[str] | tuple[str, ...] = ()) -> re.Pattern[str]:
        listed = "|".join([*self._words[name], *further]) or "(?!)"
        listed = listed.replace("{rung}", f"(?:{self._rung or '(?!)'})")
        return re.compile(rf"(?<!\w)(?:{listed})(?!\w)", re.IGNORECASE)


def _ends(head: str, rung: Named) -> bool:
    """Whether a short text ends in a rung as in ``Intl.Locale to Stage 3`` or ``Maps: stage 1``."""
    before = head[: rung.start].rstrip()
    return (
        not head[rung.end :].strip(" .!")
        and len(before.split()) <= 8
        and re.search(r"(?:\b(?:to|at|for|is|has|on|reached|in|both|all)|[:>→–—-])$", before, re.IGNORECASE) is not None
    )
