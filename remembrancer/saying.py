"""What the office says, as values that every language can say in its own way.

A sentence is its English, and keeps the template it was made of and what fills it: words of the record, numbers, days
and sentences again. Whoever shows one in English takes it as the text it is; a page in another language takes the
template's translation and says each value in turn::

    Sentence("Repealed by %(label)s.", label="By-law 7")

Templates are written out where the sentence is made, so that ``scripts/translations`` finds them there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import reduce
from types import MappingProxyType
from typing import Any

Value = str | int
"""What fills a place: a ``Sentence``, a ``Day``, a ``Term``, a number, or words that are the same everywhere."""


class Sentence(str):
    """A sentence or a part of one in English, with its ``template`` and the ``values`` by the names of its places. What
    is neither words nor a number, as an error of the system, is taken by its words."""

    __slots__ = ("template", "values")
    template: str
    values: Mapping[str, Value]

    def __new__(cls, template: str, /, **values: object) -> Sentence:
        made = super().__new__(cls, template % values if values else template)
        made.template = template
        made.values = MappingProxyType(
            {name: each if isinstance(each, Value) else str(each) for name, each in values.items()}
        )
        return made

    def __reduce__(self) -> tuple[Any, ...]:
        return _again, (self.template, dict(self.values))


class Day(str):
    """An EDTF date within a sentence."""

    __slots__ = ()


class Term(str):
    """A word of the record within a sentence, as ``in-force`` of the ``group`` force."""

    __slots__ = ("group",)
    group: str

    def __new__(cls, group: str, word: str) -> Term:
        made = super().__new__(cls, word)
        made.group = group
        return made

    def __reduce__(self) -> tuple[Any, ...]:
        return Term, (self.group, str(self))


def joined(between: str, parts: Iterable[object]) -> Sentence:
    """Parts one after another, with the same between them in every language."""
    values = {f"part{number}": part for number, part in enumerate(parts)}
    return Sentence(between.join(f"%({name})s" for name in values), **values)


NOTHING = joined("", ())
"""For where there is nothing to say."""


def listed(parts: Sequence[Value]) -> Sentence:
    """One thing, or ``one and two and three``."""
    first, *others = parts
    return reduce(
        lambda one, other: Sentence("%(one)s and %(other)s", one=one, other=other), others, joined("", [first])
    )


def either(parts: Sequence[Value]) -> Sentence:
    """One thing, or ``one, two or three``."""
    if len(parts) == 1:
        return joined("", parts)
    return Sentence("%(one)s or %(other)s", one=joined(", ", parts[:-1]), other=parts[-1])


def verbatim(text: str) -> Sentence:
    """What another program or a person said, which is told as it is in every language."""
    return joined("", [text])


def remark(template: str, /, **values: object) -> str:
    """What a reader notices. It is kept in the record as English alone; its template is found again by its words."""
    return template % values if values else template


def packed(said: object) -> object:
    """A sentence, or what fills one, as plain values to be kept."""
    if isinstance(said, Sentence):
        return {"template": said.template, "values": dict(said.values)}
    if isinstance(said, Term):
        return {"group": said.group, "word": str(said)}
    if isinstance(said, Day):
        return {"day": str(said)}
    raise NotImplementedError(type(said))


def unpacked(kept: Any) -> Any:
    """What was packed, wherever it stands within lists and tables."""
    if isinstance(kept, list):
        return [unpacked(each) for each in kept]
    if not isinstance(kept, dict):
        return kept
    if kept.keys() == {"template", "values"}:  # Its values may go by the names of the other kinds' parts.
        return _again(kept["template"], {name: unpacked(each) for name, each in kept["values"].items()})
    within = {name: unpacked(each) for name, each in kept.items()}
    if within.keys() == {"group", "word"}:
        return Term(**within)
    return Day(within["day"]) if within.keys() == {"day"} else within


def restored(kind: type, kept: Any) -> Any:
    """What was packed, for a decoder that wants it of a kind."""
    return unpacked(kept)


def _again(template: str, values: Mapping[str, Value]) -> Sentence:
    return Sentence(template, **values)
