"""The query language: a string becomes a tree of ``queries.Query``, and a tree a string.

    >>> show(parse('budget "second reading" -draft speaker:"Ann Bell" date:2021..2022'))
    '+speaker:"Ann Bell" +date:2021..2022 +(budget "second reading") -draft'

| written | means |
| --- | --- |
| ``budget parking`` | passages with either, those with both first |
| ``"second reading"`` | these words together, in this order |
| ``a AND b``, ``+a +b`` | both |
| ``a OR b`` | either |
| ``NOT a``, ``-a`` | without it |
| ``( )`` | grouping |
| ``speaker:NAME``, ``sitting:ID``, ``kind:K``, ``section:S``, ``body:SLUG``, ``source:SHA256`` | a filter |
| ``item:X`` | passages of the item with this id, or under one with these words in its title |
| ``date:2022``, ``date:2020..2022``, ``date:2020..``, ``date:..2020-05`` | sittings whose dates overlap this |

A filter is required unless it stands under ``OR``, ``NOT`` or ``-``; words beside nothing but filters are
required too. ``NOT`` binds closer than ``AND``, ``AND`` than ``OR``, ``OR`` than words side by side; the
operators are upper case. Quotes and parentheses left open are closed at the end, and an operator with
nothing to work on is passed over. Wildcards and unknown fields are a ``Fault`` that says so, never a guess;
inside quotes they are plain words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple, get_args

from remembrancer.memory.analysis import TOKEN
from remembrancer.model import Exit, Fault, PassageKind, Section
from remembrancer.queries import Field, FieldName, Group, Phrase, Query, Word
from remembrancer.saying import Sentence

FIELDS: tuple[FieldName, ...] = get_args(FieldName)
VALUES: dict[str, tuple[str, ...]] = {"kind": get_args(PassageKind), "section": get_args(Section)}
OPERATORS = ("AND", "OR", "NOT")
DEEPEST = 50
"""Parentheses within one another; more is refused, so that no query exhausts the stack."""

LONGEST = 10_000
"""Characters of a query."""

LEXEME = re.compile(
    r"""(?P<space>\s+)
    |(?P<open>[+-]*\()
    |(?P<close>\))
    |(?P<operator>(?:AND|OR|NOT)(?=[\s()]|$))
    |(?P<quoted>[+-]*["“”][^"“”]*(?:["“”]|$))
    |(?P<field>[+-]*[A-Za-z][A-Za-z_-]*:(?!//)(?:["“”][^"“”]*(?:["“”]|$)|[^\s()"“”]+))
    |(?P<word>[^\s()"“”]+)""",
    re.VERBOSE,
)
WILDCARD = re.compile(r"\w\*|\*\w|\w\?\w")
DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")


NOTHING = Group()
"""What is left of a query that asks for nothing."""


class Lexeme(NamedTuple):
    """One piece of a query; ``sign`` is ``+``, ``-`` or empty."""

    kind: str
    text: str
    sign: str = ""


def parse(text: str) -> Query:
    """The tree of a query string. An empty or blank string is the empty group: every passage.

    Raises Fault (usage) on a wildcard, an unknown field, an impossible value, or a query without a letter
    or digit.
    """
    if len(text) > LONGEST:
        raise _fault(
            Sentence("The query is longer than %(n)s characters.", n=format(LONGEST, ",")),
            Sentence("Search for fewer words."),
        )
    lexemes = _lexemes(text)
    tree = _Parser(lexemes).side_by_side(0)
    if text.strip() and tree == NOTHING:
        raise _fault(Sentence("The query has no word to search for."), Sentence("Give a word, a number or a filter."))
    return tree


def show(query: Query) -> str:
    """A string that parses to the same tree, for a tree that ``parse`` made."""
    if isinstance(query, Word):
        return query.text
    if isinstance(query, Phrase):
        return f'"{query.text}"'
    if isinstance(query, Field):
        plain = re.fullmatch(r"[^\s()\"“”]+", query.value)
        return f"{query.name}:{query.value}" if plain else f'{query.name}:"{query.value}"'
    if any(isinstance(part, Field) or _only_never(part) for part in query.may):
        return " OR ".join(map(_enclosed, query.may))
    must = [f"+{_enclosed(part)}" for part in query.must]
    never = [f"-{_enclosed(part)}" for part in query.never]
    return " ".join(must + [_enclosed(part) for part in query.may] + never)


def _enclosed(query: Query) -> str:
    return f"({show(query)})" if isinstance(query, Group) else show(query)


def words(query: Query) -> list[Word | Phrase]:
    """What the query asks to be there, in order: its words and phrases except the excluded ones."""
    if isinstance(query, Group):
        return [word for part in (*query.must, *query.may) for word in words(part)]
    return [] if isinstance(query, Field) else [query]


def together(must: Sequence[Query] = (), may: Sequence[Query] = (), never: Sequence[Query] = ()) -> Query:
    """A group in its simplest form: empty parts left out, one lone part itself."""
    group = Group(*(tuple(part for part in parts if part != NOTHING) for parts in (must, may, never)))
    lone = (*group.must, *group.may)
    return lone[0] if len(lone) == 1 and not group.never else group


def date_range(value: str) -> tuple[str, str]:
    """The two ends of ``2020..2022`` (either may be empty) or of one date; Fault (usage) if it is neither."""
    start, dots, end = value.partition("..")
    ends = (start, end) if dots else (start, start)
    if not any(ends) or not all(DATE.fullmatch(date) for date in ends if date):
        raise _fault(
            Sentence("%(value)s is no date or range of dates.", value=repr(value)),
            Sentence("Write 2022, 2022-07, 2022-07-19 or 2020..2022."),
        )
    return ends


def _lexemes(text: str) -> list[Lexeme]:
    return [_lexeme(found.lastgroup or "", found[0]) for found in LEXEME.finditer(text) if found.lastgroup != "space"]


def _lexeme(kind: str, text: str) -> Lexeme:
    bare = text.lstrip("+-")
    signs = text[: len(text) - len(bare)]
    return Lexeme(kind, bare, "-" if "-" in signs else signs[:1])


class _Parser:
    """Recursive descent, one method for each level of binding."""

    def __init__(self, lexemes: list[Lexeme]) -> None:
        self._lexemes = lexemes
        self._at = 0

    def side_by_side(self, depth: int) -> Query:
        """Words beside one another up to a closing parenthesis or the end."""
        must: list[Query] = []
        may: list[Query] = []
        never: list[Query] = []
        while (lexeme := self._peek()) is not None:
            if lexeme.kind == "close":
                if depth:
                    break
                self._at += 1
                continue
            sign = lexeme.sign
            part = self._either(depth)
            if part == NOTHING:
                continue
            if sign == "+" or isinstance(part, Field):
                must.append(part)
            elif isinstance(part, Group) and _only_never(part):
                never += part.never
            else:
                may.append(part)
        if may and must and all(isinstance(part, Field) for part in must):
            must, may = [*must, together(may=may)], []
        return together(must, may, never)

    def _either(self, depth: int) -> Query:
        parts = [self._all(depth)]
        while self._take("OR"):
            parts.append(self._all(depth))
        return together(may=parts) if len(parts) > 1 else parts[0]

    def _all(self, depth: int) -> Query:
        parts = [self._one(depth)]
        while self._take("AND"):
            parts.append(self._one(depth))
        if len(parts) == 1:
            return parts[0]
        never = [part for group in parts if _only_never(group) for part in _never(group)]
        return together(must=[part for part in parts if not _only_never(part)], never=never)

    def _one(self, depth: int) -> Query:
        negated = False
        while (lexeme := self._peek()) is not None and lexeme.kind == "operator":
            negated ^= lexeme.text == "NOT"
            self._at += 1
        if lexeme is None or lexeme.kind == "close":
            return NOTHING
        self._at += 1
        part = self._enclosed(depth + 1) if lexeme.kind == "open" else _leaf(lexeme)
        return _without(part) if negated ^ (lexeme.sign == "-") else part

    def _enclosed(self, depth: int) -> Query:
        if depth > DEEPEST:
            raise _fault(
                Sentence("The query has more than %(n)s parentheses within one another.", n=DEEPEST),
                Sentence("Simplify it."),
            )
        part = self.side_by_side(depth)
        self._at += 1
        return part

    def _peek(self) -> Lexeme | None:
        return self._lexemes[self._at] if self._at < len(self._lexemes) else None

    def _take(self, operator: str) -> bool:
        lexeme = self._peek()
        taken = lexeme is not None and lexeme.kind == "operator" and lexeme.text == operator
        self._at += taken
        return taken


def _without(part: Query) -> Query:
    return NOTHING if part == NOTHING else Group(never=(part,))


def _only_never(part: Query) -> bool:
    return isinstance(part, Group) and bool(part.never) and not part.must and not part.may


def _never(part: Query) -> tuple[Query, ...]:
    return part.never if isinstance(part, Group) else ()


def _leaf(lexeme: Lexeme) -> Query:
    if lexeme.kind == "quoted":
        text = " ".join(lexeme.text.strip('"“”').split())
        return Phrase(text) if TOKEN.search(text) else NOTHING
    if lexeme.kind == "field":
        return _field(lexeme.text)
    if WILDCARD.search(lexeme.text):
        raise _fault(
            Sentence("%(word)s holds a wildcard, and there are none.", word=repr(lexeme.text)),
            Sentence("Words are found in all their forms; put it in quotes to search for it as it is."),
        )
    if not TOKEN.search(lexeme.text):
        return NOTHING
    return Phrase(lexeme.text) if lexeme.text in OPERATORS else Word(lexeme.text)


def _field(text: str) -> Query:
    name, _, value = text.partition(":")
    value = " ".join(value.strip('"“”').split())
    match = next((field for field in FIELDS if field == name.lower()), None)
    if match is None:
        raise _fault(
            Sentence("There is no field %(field)s.", field=repr(name)),
            Sentence("The fields are %(list)s; quote it to search for words.", list=", ".join(FIELDS)),
        )
    if not value:
        raise _fault(
            Sentence("The field %(field)s has no value.", field=repr(match)),
            Sentence("Write %(field)s:VALUE.", field=match),
        )
    if match == "date":
        date_range(value)
    if match in VALUES and value not in VALUES[match]:
        raise _fault(
            Sentence("There is no %(field)s %(value)s.", field=match, value=repr(value)),
            Sentence("It is one of %(list)s.", list=", ".join(VALUES[match])),
        )
    return Field(match, value)


def _fault(what: Sentence, advice: Sentence) -> Fault:
    return Fault(Exit.USAGE, what, advice)
