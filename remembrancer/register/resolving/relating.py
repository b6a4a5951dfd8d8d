"""The texts that decisions name -> the decisions and matters they are: one candidate, or none.

A decision is known by its number (``number:ordinance 61-98``), with or without the word for what it is, by what it is
and its date (``dated:resolution 2023-06-13``), and by its title. Where several remain, only those that are not later
than whoever names them are meant; where still several remain, nobody guesses.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from remembrancer.model import Decision, Matter, Relation
from remembrancer.register.facts import AnyFact, Mention, Relating, Resolved, Standing
from remembrancer.register.passes.matters import folded_title, number_key
from remembrancer.register.resolving.following import Following

_NUMBER, _DATED, _TITLE = "number:", "dated:", "title:"


class Targets:
    """What may be named: all decisions, and the matters that are followed."""

    def __init__(self, rows: Sequence[Decision], facts: Mapping[str, Resolved], following: Following) -> None:
        self._following = following
        self._dates = {row.id: row.date for row in rows}
        self._by_key: dict[str, set[str]] = defaultdict(set)
        self._by_number: dict[str, set[tuple[str, str]]] = defaultdict(set)
        for row in rows:
            for key in _known_by(row, facts[row.id]):
                self._by_key[key].add(row.id)
                if key.startswith(_NUMBER):
                    word, number = _parted(key)
                    self._by_number[number].add((word, row.id))

    def relations(self, row: Decision, relations: Iterable[Relating]) -> tuple[Relation, ...]:
        """The relations of a decision with what they lead to; ``target`` is empty where the record holds none."""
        return tuple(
            Relation(
                kind=each.kind,
                target=self.named(each.target, row),
                target_text=each.target.title or each.target.number,
                provision=each.provision,
                by=each.by,
                stated=each.stated and row.stated,
                marks=each.marks,
            )
            for each in relations
        )

    def named(self, mention: Mention, by: Decision | None = None) -> str:
        """The id of the one decision, else of the matter, that a mention in ``by`` means, or empty."""
        for key in mention.keys:
            found = self._candidates(key) - ({by.id} if by else set())
            if len(found) > 1 and by and by.date:
                found = {each for each in found if self._dates[each] and self._dates[each] <= by.date}
            if len(found) == 1:
                return found.pop()
        matter = self._following.of(mention)
        return matter if not by or matter != by.matter else ""

    def _candidates(self, key: str) -> set[str]:
        if key in self._by_key:
            return set(self._by_key[key])
        if not key.startswith(_NUMBER):
            return set()
        word, number = _parted(key)
        return {identity for other, identity in self._by_number[number] if not word or not other}


def _known_by(row: Decision, fact: Resolved) -> Iterator[str]:
    """The keys of a decision: those of a paper that is one, its number, its title, its date."""
    if fact.rule.startswith("papers."):
        yield from (key for mention in fact.mentions for key in mention.keys)
    if fact.title:
        yield _TITLE + folded_title(fact.title)
    if fact.number:
        numbered = [key for mention in fact.mentions for key in mention.keys if key.endswith(fact.number.casefold())]
        yield from (key for key in numbered if key.startswith(_NUMBER))
        if not numbered:
            yield number_key(fact.number, fact.number)
    if row.date:
        yield from (f"{_DATED}{word} {row.date}" for word in ("decision", "resolution", "ordinance"))


def _parted(key: str) -> tuple[str, str]:
    """A number's key as the word for what it is, and the number."""
    word, _, number = key.removeprefix(_NUMBER).rpartition(" ")
    return word, number


def with_relations(rows: Iterable[Matter], facts: Iterable[AnyFact], following: Following) -> tuple[Matter, ...]:
    """The matters with what their papers say of one another; what a paper says of itself is none of it."""
    related: dict[str, dict[tuple[str, str, str], Relation]] = defaultdict(dict)
    for fact in facts:
        own = following.matter_of.get(fact.id, "") if isinstance(fact, Standing) else ""
        for each in fact.relations if own and isinstance(fact, Standing) else ():
            target = following.of(each.target)
            written = each.target.title or each.target.number
            if target != own:
                relation = Relation(each.kind, target, written, each.provision, "", each.stated, each.marks)
                related[own].setdefault((each.kind, target or written, each.provision), relation)
    return tuple(replace(row, relations=tuple(related[row.id].values())) if row.id in related else row for row in rows)
