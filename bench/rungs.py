"""How well a register tells which matter moved to which rung, against the public registers of ``registers``.

A prediction (``Said``) is matched when the history moves the same matter to the same rung within a few days of the
sitting. A matter of ours is one of theirs by its links, then its titles; one of ours is never two of theirs, so that
matters wrongly run together count against us. What the histories, which are incomplete, do not tell is judged by
hand, once, and kept in ``judged``: right or wrong, with a reason; what is not judged counts as wrong. Rules were
first written looking at the meetings whose key has an even SHA-256; what the other half gave at first stands in
``docs/measured.md``, and since then both were read.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import re
import tempfile
import tomllib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from records import house_of, house_toml
from registers import ASIDE, Commit, Matters, Row, folded, heading_key

import remembrancer
from remembrancer.register.document import read_document
from remembrancer.register.extract import extract
from remembrancer.register.facts import AnyFact, Discussed, Resolved, decode, encode
from remembrancer.register.resolving.following import follow, matters

JUDGED = Path(__file__).parent / "judged"
ASIDE_WORDS = re.compile(
    r"withdr|reject|inactive|abandon|retract|suspend|postpone|drop|obsolete|supersed|closed|dead", re.I
)
_NUMBERING = re.compile(r"^[\W\d]*(?:\(?[ivxlcd]+\)?[.)]\s*|\d+(?:\.\w+)*[.)]?\s+)*", re.IGNORECASE)
_BRACKETS = re.compile(r"\((?:[^()]*\b(?:min|continu|part|\d+m)[^()]*|[A-Z][\w., &/]+)\)", re.IGNORECASE)
_ASKED = re.compile(
    r"\b(?:(?:seeking|for|to|at|towards?|advance(?:ment)?|request(?:ing)?|move|poll|vote|proposed?)\s+)*"
    r"(?:stages?|phases?)\s*\d[^a-z]*(?:(?:or|and|to)\s+(?:(?:stages?|phases?)\s*)?\d[^a-z]*)*"
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
    """A register: its moves, and for each matter the names it goes by, its last rung with the day it reached it, and
    how often it is debated."""

    said: tuple[Said, ...]
    names: Mapping[str, tuple[str, ...]]
    last: Mapping[str, tuple[str, str]]
    debates: Mapping[str, int]

    def stated(self) -> Ours:
        """The same without what was inferred."""
        return self._replace(said=tuple(each for each in self.said if each.stated))


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
    name = title.replace("`", "")
    for pattern in (_NUMBERING, _BRACKETS, _ASKED):
        name = pattern.sub(" ", name)
    return folded(name) or folded(title)


def rung_of(status: str) -> str:
    """A rung as a digit; ``aside`` for what left the ladder; empty for what is neither."""
    digit = re.search(r"\d(?:\.\d+)?", status)
    return digit[0] if digit else ASIDE if ASIDE_WORDS.search(status) else ""


@dataclass(frozen=True)
class Theirs:
    """The matters of a public register, found by name, or by the headings of the notes that their rows link to."""

    matters: Matters
    headings: Mapping[str, str]

    @cached_property
    def _titles(self) -> dict[frozenset[str], str]:
        return {
            frozenset(name.removeprefix("title:").split()): self.matters.of(name)
            for name in self.matters.above
            if name.startswith("title:")
        }

    def one(self, names: Iterable[str]) -> str:
        """The matter that these names, ``at:``, ``link:`` or ``title:``, speak of most; empty where none does."""
        votes: Counter[str] = Counter()
        for name in names:
            if name.startswith("at:"):
                votes.update(dict.fromkeys(self._linked(name.removeprefix("at:")), 2))
            elif name in self.matters.above:
                votes[self.matters.of(name)] += 4 if name.startswith("link:") else 3
            elif name.startswith("title:"):
                near = self._near(frozenset(name.removeprefix("title:").split()))
                votes.update({near: 1} if near else {})
        return min(votes, key=lambda matter: (-votes[matter], matter), default="")

    def _linked(self, heading: str) -> set[str]:
        """The matter whose row links to a heading, of which we may lack the number before it."""
        path, _, words = heading.partition("#")
        return {
            matter
            for slug, matter in self._by_path.get(path, ())
            if slug == words or (len(words) > 5 and slug.endswith(words) and len(slug) - len(words) < 9)
        }

    @cached_property
    def _by_path(self) -> dict[str, list[tuple[str, str]]]:
        found: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for heading, matter in self.headings.items():
            path, _, slug = heading.partition("#")
            found[path].append((slug, matter))
        return found

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
    if kept.exists():
        return decode(kept.read_bytes())
    facts = extract(read_document(data, recorded, house_of(recorded)))
    part = kept.with_suffix(f".{os.getpid()}")
    part.write_bytes(encode(facts))
    part.replace(kept)
    return facts


def ours(read: Sequence[tuple[str, tuple[AnyFact, ...]]], key_of: Callable[[str, str], str]) -> Ours:
    """The register that these facts make; ``key_of(path, date)`` names a meeting."""
    every = tuple(fact for _, facts in read for fact in facts)
    following = follow(every)
    rows = {matter.id: matter for matter in matters(every, following)}
    names: dict[str, set[str]] = {each: set(_names(row.keys, (row.title, *row.titles))) for each, row in rows.items()}
    titles: dict[str, str] = {}
    for path, facts in read:
        for fact in facts:
            if isinstance(fact, Discussed):
                titles[fact.item] = fact.title
                names.setdefault(following.matter_of[fact.id], set()).add(f"at:{heading_key(path, fact.title)}")
    said = [
        _said(fact, following.matter_of.get(fact.id, ""), path, titles.get(fact.item, ""), key_of)
        for path, facts in read
        for fact in facts
        if isinstance(fact, Resolved) and fact.status_to and fact.outcome not in ("lost", "deferred", "no-consensus")
    ]
    return Ours(
        tuple(each for each in said if each.rung and each.first),
        {matter: tuple(sorted(known)) for matter, known in names.items()},
        {
            matter: (max((rung.date for rung in row.rungs), default=""), rung_of(row.status))
            for matter, row in rows.items()
        },
        {matter: len(row.debates) for matter, row in rows.items()},
    )


def _said(fact: Resolved, matter: str, path: str, title: str, key_of: Callable[[str, str], str]) -> Said:
    first, last = _days(fact.date)
    rung = rung_of(fact.status_to)
    named = next((mention.title for mention in fact.mentions if mention.title), title)
    place = fact.marks[0].place if fact.marks else ""
    short = "/".join(path.removesuffix(".md").split("/")[-2:])
    judged = f"{short} | {rung} | {subject(named)}"
    words = f"{title} » {fact.text[:200]}"
    return Said(
        matter, rung, first, last or first, key_of(path, fact.date), judged, fact.stated, f"{path} {place}", words
    )


def _days(when: str) -> tuple[str, str]:
    """The first and last day of an EDTF date or interval, of which only the year or month may be known."""
    first, _, last = when.partition("/")
    last = last or first
    return first + "-01-01"[len(first) - 4 :] if first else "", last + "-12-31"[len(last) - 4 :] if last else ""


def _names(keys: Iterable[str], titles: Iterable[str]) -> Iterable[str]:
    for key in keys:
        if key.startswith("link:"):
            yield f"link:{key.removeprefix('link:').split('/')[-1].casefold()}"
    for title in titles:
        yield f"title:{subject(title)}"


def within(said: Said, move: Move, before: int, after: int) -> bool:
    """Whether a sitting is near the move's: it ended at most ``before`` days earlier, began ``after`` days later."""
    early = date.fromisoformat(move.first) - timedelta(days=before)
    late = date.fromisoformat(move.last) + timedelta(days=after)
    return early.isoformat() <= said.last and said.first <= late.isoformat()


Names = Mapping[str, Mapping[str, Sequence[str]]]


def toml(name: str) -> dict[str, Any]:
    """What ``judged/NAME.toml`` says; nothing where there is none."""
    path = JUDGED / f"{name}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def aliases(name: str) -> Names:
    """``judged/NAME-aliases.toml``: tables ``aliases`` and ``apart``."""
    told: Names = toml(f"{name}-aliases")
    return told


def named_rightly(tables: Iterable[Row], apart: Mapping[str, Sequence[str]]) -> tuple[Row, ...]:
    """Rows without the names that were never theirs."""
    return tuple(row._replace(names=row.names - set(apart.get(folded(row.title), ()))) for row in tables)


def set_apart(commit: Commit, apart: Mapping[str, Sequence[str]]) -> Commit:
    """A commit whose rows carry no names that were never theirs."""
    return commit._replace(before=named_rightly(commit.before, apart), after=named_rightly(commit.after, apart))


class Judgement(NamedTuple):
    """What hands decided of a prediction."""

    right: bool
    why: str


def judged(name: str) -> dict[str, Judgement]:
    """The list of ``judged/NAME.toml``: tables ``right`` and ``wrong``, key -> reason."""
    told = toml(name)
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
    return Compared(
        tuple(move for move in moves if move in found),
        tuple(move for move in moves if move not in found),
        tuple(matched),
        tuple(unmatched),
    )


def recall(compared: Compared, half: Callable[[str], bool] = lambda key: True) -> Share:
    """How many of the moves were said."""
    found = sum(half(move.key) for move in compared.found)
    return Share(found, found + sum(half(move.key) for move in compared.missed))


def precision(
    compared: Compared, verdicts: Mapping[str, Judgement], half: Callable[[str], bool] = lambda key: True
) -> tuple[Share, Share]:
    """How much of all that was said is matched or judged right, what is not judged counting as wrong; and how many
    of the unmatched are judged."""
    matched = sum(half(said.key) for said in compared.matched)
    open_ = [said for said in compared.unmatched if half(said.key)]
    told = [verdicts[said.judged].right for said in open_ if said.judged in verdicts]
    return Share(matched + sum(told), matched + len(open_)), Share(len(told), len(open_))


class Last(NamedTuple):
    """The last rung of a matter: as their tables have it, as the latest of our matters that are this one says, and as
    the one of them that holds most of its debates says; ``none`` where we have no such matter."""

    told: str
    latest: str
    main: str


def last_rungs(register: Ours, known: Mapping[str, str], theirs: Theirs) -> dict[str, Last]:
    """The last rung of each matter for which one is known."""
    ours_of: dict[str, list[str]] = defaultdict(list)
    for matter, names in register.names.items():
        ours_of[theirs.one(names)].append(matter)
    found: dict[str, Last] = {}
    for matter, rung in known.items():
        parts = ours_of.get(matter, [])
        latest = max((register.last.get(part, ("", "")) for part in parts), default=("", "none"))
        main = max(parts, key=lambda part: (register.debates.get(part, 0), part), default="")
        found[matter] = Last(rung, latest[1], register.last.get(main, ("", ""))[1] if main else "none")
    return found


def figures(compared: Compared, verdicts: Mapping[str, Judgement]) -> dict[str, Share]:
    """Recall and precision, of all and of each half, and how many of the unmatched are judged."""
    found: dict[str, Share] = {}
    halves: dict[str, Callable[[str], bool]] = {
        "": lambda key: True,
        "_written": lambda key: not kept_apart(key),
        "_kept": kept_apart,
    }
    for name, half in halves.items():
        found[f"recall{name}"] = recall(compared, half)
        found[f"precision{name}"], found[f"judged{name}"] = precision(compared, verdicts, half)
    return found


def options(about: str) -> argparse.Namespace:
    """What a bench is asked for."""
    parser = argparse.ArgumentParser(description=about.splitlines()[0])
    for option in ("quick", "missed", "unjudged", "wrong"):
        parser.add_argument(f"--{option}", action="store_true")
    return parser.parse_args()


def show(compared: Compared, verdicts: Mapping[str, Judgement], register: Ours, asked: argparse.Namespace) -> None:
    """List what was missed, is not judged, or is wrong, as asked for."""
    for move in compared.missed if asked.missed else ():
        print("missed", "kept" if kept_apart(move.key) else "written", *move)
    for said in compared.unmatched:
        verdict = verdicts.get(said.judged)
        if (asked.unjudged and verdict is None) or (asked.wrong and verdict and not verdict.right):
            half = "kept" if kept_apart(said.key) else "written"
            print(
                f"{'unjudged' if verdict is None else 'wrong'} {half} {said.judged}\n    {said.where}\n    {said.words}"
            )


def report(figures: Mapping[str, Share], floors: Mapping[str, float], at_least: int = 0) -> int:
    """Print the figures, then a line of JSON; 1 if a floor is missed or too few of the unmatched are judged."""
    for name, share in figures.items():
        print(f"{name:18} {share}")
    missed = [
        f"{name} {figures[name].rate:.3f} < {floor}" for name, floor in floors.items() if figures[name].rate < floor
    ]
    judged_all = figures["judged"].right == figures["judged"].all
    if floors and figures["judged"].right < at_least and not judged_all:
        missed.append(f"only {figures['judged'].right} judged")
    print(*(f"missed: {each}" for each in missed), sep="\n")
    print(json.dumps({name: round(share.rate, 4) for name, share in figures.items()}))
    return 1 if missed else 0
