"""A rulebook from its TOML, or all that is wrong with it, each with its line and what to do.

``line 4: quorum.needs is "a third"`` comes with the advice which values there are. Errors make a rulebook unusable;
warnings (a rule without a citation) do not.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise
from types import UnionType
from typing import Any, Literal, NamedTuple, Union, get_args, get_origin, get_type_hints

import msgspec

from remembrancer.model import Exit, Fault
from remembrancer.rules.rulebook import Rule, Rulebook, bounds, is_needs, share
from remembrancer.saying import Sentence, joined

_TABLE = re.compile(r"\s*(\[\[|\[)\s*([\w.-]+)\s*\]")
_KEY = re.compile(r"\s*([\w-]+)\s*=")
_AT = re.compile(r"at line (\d+)")
_SHARES = Sentence("majority, one-third, two-thirds, more than one-half, 2/5 or a whole number")
_DATES = ("since", "until")
_KINDS = {
    bool: Sentence("true or false"),
    int: Sentence("a whole number"),
    str: Sentence("text between quotes"),
}

Path = tuple[str | int, ...]


class Problem(NamedTuple):
    """Something wrong at a line (from 1; 0 where it is in no line): what, and what to do about it."""

    line: int
    what: Sentence
    advice: Sentence
    severity: Literal["error", "warning"] = "error"


class RulebookFault(Fault):
    """A rulebook that cannot be read; ``problems`` are all that is wrong with it."""

    def __init__(self, name: str, problems: tuple[Problem, ...]) -> None:
        first = problems[0]
        what = Sentence("%(file)s: line %(n)s: %(what)s", file=name, n=first.line, what=first.what)
        super().__init__(Exit.USAGE, what, first.advice)
        self.problems = problems


def parse(toml: str, name: str = "rulebook") -> Rulebook:
    """A rulebook from its TOML. Raises RulebookFault (usage) naming line and advice where it has errors; what only
    deserves a warning does not stop it."""
    errors = tuple(problem for problem in problems(toml) if problem.severity == "error")
    if errors:
        raise RulebookFault(name, errors)
    return msgspec.convert(tomllib.loads(toml), Rulebook)


def check(toml: str, name: str = "rulebook") -> list[Problem]:
    """Everything that is wrong with a rulebook, in the order of its lines. ``name`` is how messages call the file."""
    return [problem._replace(what=joined(": ", (name, problem.what))) for problem in problems(toml)]


def problems(toml: str) -> list[Problem]:
    """``check`` without the file's name."""
    try:
        table = tomllib.loads(toml)
    except tomllib.TOMLDecodeError as error:
        at = _AT.search(str(error))
        line = int(at[1]) if at else toml.count("\n") + 1
        return [
            Problem(
                line,
                Sentence("This is not valid TOML: %(error)s.", error=error),
                Sentence("Correct that line; text stands between quotes."),
            )
        ]
    lines = Lines(toml)
    found = list(_of_shape(table, Rulebook, (), lines))
    if not found:
        found = list(_of_meaning(msgspec.convert(table, Rulebook), lines))
    return sorted(found)


def overlaps(books: Sequence[Rulebook]) -> list[Problem]:
    """Rulebooks of one body that hold on the same days: one that begins must see the one before it end."""
    ordered = sorted(books, key=lambda book: bounds(book.since)[0] if book.since else "")
    return [
        Problem(
            0,
            Sentence(
                "%(one)s (until %(until)s) still holds when %(other)s begins (%(since)s).",
                one=repr(before.name),
                until=before.until or Sentence("further notice"),
                other=repr(after.name),
                since=after.since or Sentence("no date"),
            ),
            Sentence(
                "Give the earlier one until = the day before %(since)s.",
                since=after.since or Sentence("the other begins"),
            ),
            "warning",
        )
        for before, after in pairwise(ordered)
        if not before.until or not after.since or bounds(before.until)[1] >= bounds(after.since)[0]
    ]


class Lines:
    """Where keys and tables of a TOML text stand."""

    def __init__(self, toml: str) -> None:
        self._at: dict[Path, int] = {}
        table: Path = ()
        counted: dict[str, int] = {}
        for number, line in enumerate(toml.splitlines(), 1):
            if opened := _TABLE.match(line):
                table = tuple(opened[2].split("."))
                if opened[1] == "[[":
                    counted[opened[2]] = counted.get(opened[2], -1) + 1
                    table = (*table, counted[opened[2]])
                self._at.setdefault(table, number)
            elif key := _KEY.match(line):
                self._at.setdefault((*table, key[1]), number)

    def of(self, path: Path) -> int:
        """The line of a path, or of what it stands in."""
        while path:
            if path in self._at:
                return self._at[path]
            path = path[:-1]
        return 1


def _of_shape(table: dict[str, Any], struct: type[msgspec.Struct], path: Path, lines: Lines) -> Iterator[Problem]:
    """Fields that are unknown, missing or of a wrong kind."""
    known = get_type_hints(struct)
    required = [field.name for field in msgspec.structs.fields(struct) if field.required]
    for name in required:
        if name not in table:
            yield Problem(
                lines.of(path),
                Sentence("%(field)s is missing.", field=_said((*path, name))),
                Sentence("Give it: %(values)s.", values=_values(known[name])),
            )
    for name, value in table.items():
        at = (*path, name)
        if name not in known:
            yield Problem(
                lines.of(at),
                Sentence("%(field)s is not a field.", field=_said(at)),
                Sentence("Known here: %(list)s.", list=", ".join(sorted(known))),
            )
        else:
            yield from _of_value(value, known[name], at, lines)


def _of_value(value: Any, kind: Any, at: Path, lines: Lines) -> Iterator[Problem]:
    inner, many = _struct_in(kind)
    if inner and not many and isinstance(value, dict):
        yield from _of_shape(value, inner, at, lines)
    elif inner and many and isinstance(value, list) and all(isinstance(each, dict) for each in value):
        for number, each in enumerate(value):
            yield from _of_shape(each, inner, (*at, number), lines)
    else:
        try:
            msgspec.convert(value, kind)
        except msgspec.ValidationError:
            written = _values(kind)
            if inner:
                name = at[-1]
                written = (
                    Sentence("[[%(name)s]] tables", name=name) if many else Sentence("a table [%(name)s]", name=name)
                )
            yield Problem(
                lines.of(at),
                Sentence("%(field)s is %(value)s.", field=_said(at), value=repr(value)),
                Sentence("It is to be %(written)s.", written=written),
            )


def _struct_in(kind: Any) -> tuple[type[msgspec.Struct] | None, bool]:
    """The struct a field holds, and whether it holds several."""
    for part in (kind, *get_args(kind)):
        if isinstance(part, type) and issubclass(part, msgspec.Struct):
            return part, get_origin(kind) is tuple
    return None, False


def _values(kind: Any) -> Sentence:
    """What a field may say, for a person."""
    if get_origin(kind) is Literal:
        return Sentence("one of %(list)s", list=", ".join(f'"{each}"' for each in get_args(kind)))
    if get_origin(kind) is tuple:
        return Sentence('a list of texts, as in ["Section 3"]')
    if get_origin(kind) in (Union, UnionType):
        return _values(next(part for part in get_args(kind) if part is not type(None)))
    return _KINDS.get(kind, Sentence("a table"))


def _said(path: Path) -> str:
    """``majorities[1].needs``, counted from 1."""
    return "".join(f"[{step + 1}]" if isinstance(step, int) else f".{step}" for step in path).lstrip(".")


def _of_meaning(book: Rulebook, lines: Lines) -> Iterator[Problem]:
    """Values that no rule can have, rules that contradict one another, and rules nobody can look up."""
    yield from _of_dates(book, lines)
    for path, rule in _rules(book):
        yield from _of_citation(book, rule, path, lines)
        yield from _of_expressions(rule, path, lines)
    yield from _of_quorum(book, lines)
    yield from _of_majorities(book, lines)
    yield from _of_defaults(book, lines)
    yield from _of_ties(book, lines)
    for number, reading in enumerate(book.readings):
        if reading.at_one_sitting and not is_needs(reading.at_one_sitting):
            yield _not_a_share(("readings", number, "at_one_sitting"), reading.at_one_sitting, lines, whole=True)


def _rules(book: Rulebook) -> Iterator[tuple[Path, Rule]]:
    for name in msgspec.structs.fields(Rulebook):
        value = getattr(book, name.name)
        if isinstance(value, Rule):
            yield (name.name,), value
        elif isinstance(value, tuple):
            yield from (((name.name, number), rule) for number, rule in enumerate(value))


def _of_dates(book: Rulebook, lines: Lines) -> Iterator[Problem]:
    for name in _DATES:
        written = getattr(book, name)
        if written and not _is_day(written):
            yield Problem(
                lines.of((name,)),
                Sentence("%(field)s is %(value)s, not a date.", field=name, value=repr(written)),
                Sentence('Write it as "2024-03-07".'),
            )
    if book.since and book.until and bounds(book.since)[0] > bounds(book.until)[1]:
        yield Problem(
            lines.of(("until",)),
            Sentence("It ends (%(until)s) before it begins (%(since)s).", until=book.until, since=book.since),
            Sentence("Swap them."),
        )


def _is_day(written: str) -> bool:
    try:
        date.fromisoformat(bounds(written)[0])
    except ValueError:
        return False
    return True


def _of_citation(book: Rulebook, rule: Rule, path: Path, lines: Lines) -> Iterator[Problem]:
    where = _said(path)
    if not rule.cite:
        yield Problem(
            lines.of(path),
            Sentence("%(field)s cites nothing.", field=where),
            Sentence('Say where the rule stands: cite = ["Section 14"]. Who doubts a result looks there.'),
            "warning",
        )
    if rule.quote and (rule.unchecked or book.unchecked):
        yield Problem(
            lines.of((*path, "quote")),
            Sentence("%(field)s quotes words and is unchecked.", field=where),
            Sentence("Check the quotation against the source, or leave it out."),
        )


def _of_expressions(rule: Rule, path: Path, lines: Lines) -> Iterator[Problem]:
    for name in ("business", "secret", "except_from"):
        for expression in getattr(rule, name, ()):
            try:
                re.compile(expression)
            except re.error as error:
                at = (*path, name)
                yield Problem(
                    lines.of(at),
                    Sentence(
                        "%(field)s: %(expression)s is not a regular expression: %(error)s.",
                        field=_said(at),
                        expression=repr(expression),
                        error=error,
                    ),
                    Sentence("Write a plain word, as budget; in TOML, expressions stand between single quotes."),
                )


def _of_quorum(book: Rulebook, lines: Lines) -> Iterator[Problem]:
    rule = book.quorum
    if rule is None:
        return
    needed = share(rule.needs)
    if needed is None:
        yield _not_a_share(("quorum", "needs"), rule.needs, lines)
    elif book.seats is not None and rule.of == "seats" and needed.of(book.seats) > book.seats:
        yield Problem(
            lines.of(("quorum", "needs")),
            Sentence("The quorum is %(n)s, but there are %(m)s seats.", n=needed.of(book.seats), m=book.seats),
            Sentence("Correct the quorum or the number of seats."),
        )
    if rule.at_least < 0:
        yield Problem(
            lines.of(("quorum", "at_least")), Sentence("quorum.at_least is below nothing."), Sentence("Leave it out.")
        )


def _of_majorities(book: Rulebook, lines: Lines) -> Iterator[Problem]:
    for number, rule in enumerate(book.majorities):
        path: Path = ("majorities", number)
        if not is_needs(rule.needs):
            yield _not_a_share((*path, "needs"), rule.needs, lines, whole=True)
        if rule.abstentions == "against" and rule.of != "voting":
            yield Problem(
                lines.of((*path, "abstentions")),
                Sentence(
                    "Of those %(of)s, whoever abstains is never for it; the line says nothing or contradicts.",
                    of=rule.of,
                ),
                Sentence('Leave abstentions out, or say of = "voting".'),
            )
        if rule.against_at_most and share(rule.against_at_most) is None:
            yield _not_a_share((*path, "against_at_most"), rule.against_at_most, lines)
        if rule.needs == "consensus" and (rule.at_least or rule.against_at_most):
            yield Problem(
                lines.of((*path, "needs")),
                Sentence("Consensus is for the chair to judge, and numbers are given besides."),
                Sentence('Leave the numbers out, or say needs = "veto" if one vote against blocks.'),
            )


def _of_defaults(book: Rulebook, lines: Lines) -> Iterator[Problem]:
    """Two rules for all other business, or the same kind of business in two rules."""
    for name in ("majorities", "commencement", "readings"):
        seen: set[tuple[str, ...]] = set()
        for number, rule in enumerate(getattr(book, name)):
            if rule.business in seen:
                kinds = ", ".join(rule.business) or Sentence("all other business")
                yield Problem(
                    lines.of((name, number)),
                    Sentence("%(field)s has two rules for %(business)s.", field=name, business=kinds),
                    Sentence(
                        "Keep one; a rule of another time belongs in a rulebook of its own, with since and until."
                    ),
                )
            seen.add(rule.business)


def _of_ties(book: Rulebook, lines: Lines) -> Iterator[Problem]:
    if book.tie and book.tie.then == "casting-vote" and book.voting and book.voting.chair == "never":
        yield Problem(
            lines.of(("tie", "then")),
            Sentence("The chair has a casting vote, and voting.chair says that the chair never votes."),
            Sentence('Say voting.chair = "tie" for a chair who votes only then, else "votes".'),
        )
    if book.voting and book.voting.chair == "tie" and book.tie and book.tie.then != "casting-vote":
        yield Problem(
            lines.of(("voting", "chair")),
            Sentence("The chair votes only to break a tie, and a tie is %(then)s.", then=book.tie.then),
            Sentence('Say tie.then = "casting-vote".'),
        )


def _not_a_share(path: Path, value: str, lines: Lines, whole: bool = False) -> Problem:
    shares = Sentence("%(shares)s; or unanimous, veto, consensus", shares=_SHARES) if whole else _SHARES
    return Problem(
        lines.of(path),
        Sentence("%(field)s is %(value)s.", field=_said(path), value=repr(value)),
        Sentence("It is to be %(written)s.", written=shares),
    )
