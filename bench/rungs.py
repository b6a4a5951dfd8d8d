"""How well a register tells which matter moved to which rung, against the public registers of ``registers``.

A prediction (``Said``) is matched when the history moves the same matter to the same rung within a few days of the
sitting. A matter of ours is one of theirs by its links, then its titles; one of ours is never two of theirs, so that
matters wrongly run together count against us. What the histories, which are incomplete, do not tell is judged by
hand, once, and kept in ``judged``: right or wrong, with a reason. Rules are written looking at the meetings whose key
has an even SHA-256; the figures of the other half are the ones to believe.
"""

from __future__ import annotations

import hashlib
import re
import tempfile
import tomllib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

import msgspec
from records import house_of, house_toml
from registers import ASIDE, Matters, folded, repository

import remembrancer
from remembrancer.register.document import read_document
from remembrancer.register.extract import extract
from remembrancer.register.facts import AnyFact, Discussed, Resolved, decode, encode
from remembrancer.register.following import follow, matters

JUDGED = Path(__file__).parent / "judged"
ASIDE_WORDS = re.compile(r"withdr|reject|inactive|abandon|retract|suspend|postpone|drop|obsolete|supersed|closed|dead", re.I)
_STAGE_WORDS = re.compile(
    r"^[\W\d]*(?:\(?[ivxlcd]+\)?[.)]\s*|\d+(?:\.\w+)*[.)]?\s+)*|\((?:[^()]*\b(?:min|continu|part|\d+m)[^()]*|[A-Z][\w., &/]+)\)"
    r"|\b(?:(?:seeking|for|to|at|towards?|advance(?:ment)?|request(?:ing)?|move|poll|vote|proposed?)\s+)*(?:stages?|phases?)\s*[0-9][^a-z]*"
    r"|\b(?:status|updates?|continu\w*|part\s+\d+|revisit(?:ed)?|discussion|overview|review|redux)\b",
    re.IGNORECASE,
)


class Move(NamedTuple):
    """What the history tells: a matter to a rung, at a sitting from ``first`` to ``last``, of the meeting ``key``."""

    matter: str
    rung: str
    first: str
    last: str
    key: str = ""


class Said(NamedTuple):
    """What a register says. ``judged`` is the key it is judged by, ``where`` and ``words`` are for who judges."""

    matter: str
    rung: str
    first: str
    last: str
    key: str
    judged: str
    stated: bool = True
    where: str = ""
    words: str = ""


class Ours(NamedTuple):
    """A register: its moves, and for each matter the names it goes by, its last rung and how often it is debated."""

    said: tuple[Said, ...]
    names: Mapping[str, tuple[str, ...]]
    last: Mapping[str, str]
    debates: Mapping[str, int]


class Share(NamedTuple):
    """A part of a whole."""

    right: int
    all: int

    @property
    def rate(self) -> float:
        return self.right / self.all if self.all else 0.0

    def __str__(self) -> str:
        return f"{self.rate:.3f} ({self.right}/{self.all})"


def kept_apart(key: str) -> bool:
    """Whether a meeting belongs to the half that nobody looked at when the rules were written."""
    return int(hashlib.sha256(key.encode()).hexdigest(), 16) % 2 == 1


def subject(title: str) -> str:
    """What a heading is about: folded, without numbers, presenters and the words that only say what is asked."""
    return folded(_STAGE_WORDS.sub(" ", title.replace("`", ""))) or folded(title)


def rung_of(status: str) -> str:
    """A rung as a digit; ``aside`` for what left the ladder; empty for what is neither."""
    digit = re.search(r"\d", status)
    return digit[0] if digit else ASIDE if ASIDE_WORDS.search(status) else ""


@dataclass(frozen=True)
class Theirs:
    """The matters of a public register, found by name."""

    matters: Matters

    @cached_property
    def _titles(self) -> dict[frozenset[str], str]:
        return {
            frozenset(name.removeprefix("title:").split()): self.matters.of(name)
            for name in self.matters.above
            if name.startswith("title:")
        }

    def one(self, names: Iterable[str]) -> str:
        """The matter that these names, ``link:`` or ``title:``, speak of most; empty where none does."""
        votes: Counter[str] = Counter()
        for name in names:
            if name in self.matters.above:
                votes[self.matters.of(name)] += 3 if name.startswith("link:") else 2
            elif name.startswith("title:"):
                near = self._near(frozenset(name.removeprefix("title:").split()))
                votes.update({near: 1} if near else {})
        return min(votes, key=lambda matter: (-votes[matter], matter), default="")

    def _near(self, words: frozenset[str]) -> str:
        best: dict[str, float] = {}
        for title, matter in self._titles.items():
            alike = len(words & title) / (len(words | title) or 1)
            if alike >= 0.6:
                best[matter] = max(best.get(matter, 0.0), alike)
        top = max(best.values(), default=1.0)
        first = [matter for matter, alike in best.items() if alike == top]
        return first[0] if len(first) == 1 else ""


def facts_of(root: Path, paths: Sequence[str]) -> list[tuple[str, tuple[AnyFact, ...]]]:
    """The facts of files, each with its path; kept in the temporary directory until code, house or file changes."""
    code = hashlib.sha256()
    package = Path(remembrancer.__file__).parent
    for room in ("read", "register"):
        for path in sorted((package / room).rglob("*")):
            if path.suffix in (".py", ".toml"):
                code.update(path.read_bytes())
    cellar = Path(tempfile.gettempdir()) / "remembrancer-bench-facts"
    cellar.mkdir(exist_ok=True)
    return [(recorded, _facts(root, recorded, cellar, code.hexdigest())) for recorded in paths]


def _facts(root: Path, recorded: str, cellar: Path, code: str) -> tuple[AnyFact, ...]:
    data = (root / recorded).read_bytes()
    key = hashlib.sha256("\0".join((code, house_toml(recorded), recorded)).encode() + data).hexdigest()
    kept = cellar / key
    if not kept.exists():
        kept.write_bytes(encode(extract(read_document(data, recorded, house_of(recorded)))))
    return decode(kept.read_bytes())


def ours(read: Sequence[tuple[str, tuple[AnyFact, ...]]], key_of: Callable[[str, str], str]) -> Ours:
    """The register that these facts make; ``key_of(path, date)`` names a meeting."""
    every = tuple(fact for _, facts in read for fact in facts)
    following = follow(every)
    rows = {matter.id: matter for matter in matters(every, following)}
    titles = {fact.item: fact.title for fact in every if isinstance(fact, Discussed)}
    said = [
        _said(fact, following.matter_of(fact.id), path, titles.get(fact.item, ""), key_of)
        for path, facts in read
        for fact in facts
        if isinstance(fact, Resolved) and fact.status_to and fact.outcome not in ("lost", "deferred", "no-consensus")
    ]
    names = {
        identity: tuple(_names(row.keys, (row.title, *row.titles))) for identity, row in rows.items()
    }
    last = {identity: rung_of(row.status) for identity, row in rows.items()}
    return Ours(tuple(each for each in said if each.rung and each.first), names, last,
                {identity: len(row.debates) for identity, row in rows.items()})


def _said(fact: Resolved, matter: str, path: str, title: str, key_of: Callable[[str, str], str]) -> Said:
    first, _, last = fact.date.partition("/")
    rung = rung_of(fact.status_to)
    named = next((mention.title for mention in fact.mentions if mention.title), title)
    place = fact.marks[0].place if fact.marks else ""
    short = "/".join(path.removesuffix(".md").split("/")[-2:])
    return Said(matter, rung, first, last or first, key_of(path, fact.date), f"{short} | {rung} | {subject(named)}",
                fact.stated, f"{path} {place}", f"{title} » {fact.text[:200]}")


def _names(keys: Iterable[str], titles: Iterable[str]) -> Iterable[str]:
    for key in keys:
        kind, _, value = key.partition(":")
        if kind == "link":
            yield f"link:{repository(value if '://' in value else f'https://{value}')}"
    for title in titles:
        yield f"title:{subject(title)}"


def within(said: Said, move: Move, before: int, after: int) -> bool:
    """Whether a sitting is near the move's: it ended at most ``before`` days earlier, began ``after`` days later."""
    early = date.fromisoformat(move.first) - timedelta(days=before)
    late = date.fromisoformat(move.last) + timedelta(days=after)
    return early.isoformat() <= said.last and said.first <= late.isoformat()


class Judgement(NamedTuple):
    """What hands decided of a prediction."""

    right: bool
    why: str


def judged(name: str) -> dict[str, Judgement]:
    """The list of ``judged/NAME.toml``: tables ``right`` and ``wrong``, key -> reason."""
    path = JUDGED / f"{name}.toml"
    told = tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    return {
        key: Judgement(verdict == "right", why)
        for verdict in ("right", "wrong")
        for key, why in told.get(verdict, {}).items()
    }


class Compared(NamedTuple):
    """One comparison. ``missed`` are moves nobody said; ``unmatched`` what was said and the history does not tell."""

    found: tuple[Move, ...]
    missed: tuple[Move, ...]
    matched: tuple[Said, ...]
    unmatched: tuple[Said, ...]


def compare(register: Ours, moves: Sequence[Move], theirs: Theirs, before: int, after: int) -> Compared:
    """Match what a register says with what a history tells. What is said twice of one sitting counts once."""
    one = {matter: theirs.one(names) for matter, names in register.names.items()}
    once: dict[tuple[str, str, str], Said] = {}
    for said in sorted(register.said, key=lambda each: (not each.stated, each.first, each.judged)):
        once.setdefault((said.matter or said.judged, said.rung, said.key), said)
    by_move: dict[tuple[str, str], list[Move]] = defaultdict(list)
    for move in moves:
        by_move[move.matter, move.rung].append(move)
    found: set[Move] = set()
    matched: list[Said] = []
    unmatched: list[Said] = []
    for said in once.values():
        near = [move for move in by_move[one.get(said.matter, ""), said.rung] if within(said, move, before, after)]
        found.update(near)
        (matched if near else unmatched).append(said)
    return Compared(tuple(move for move in moves if move in found), tuple(move for move in moves if move not in found),
                    tuple(matched), tuple(unmatched))


def recall(compared: Compared, half: Callable[[str], bool] = lambda key: True) -> Share:
    """How many of the moves were said."""
    found = sum(half(move.key) for move in compared.found)
    return Share(found, found + sum(half(move.key) for move in compared.missed))


def precision(
    compared: Compared, verdicts: Mapping[str, Judgement], half: Callable[[str], bool] = lambda key: True
) -> tuple[Share, Share]:
    """How much of what was said is so, matched or judged; and how many of the unmatched are judged."""
    matched = sum(half(said.key) for said in compared.matched)
    open_ = [said for said in compared.unmatched if half(said.key)]
    told = [verdicts[said.judged].right for said in open_ if said.judged in verdicts]
    return Share(matched + sum(told), matched + len(told)), Share(len(told), len(open_))


def last_rungs(register: Ours, known: Mapping[str, str], theirs: Theirs) -> dict[str, tuple[str, str]]:
    """For each matter with a known last rung: that rung, and the one of our matter that holds most of its debates."""
    best: dict[str, tuple[int, str, str]] = {}
    for matter, names in register.names.items():
        one = theirs.one(names)
        rank = (register.debates.get(matter, 0), matter, register.last.get(matter, ""))
        best[one] = max(best.get(one, rank), rank)
    return {matter: (rung, best[matter][2] if matter in best else "none") for matter, rung in known.items()}
