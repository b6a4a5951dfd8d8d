"""Who brings a matter forward: its champions, authors, sponsors, presenters, as tables, headers and labels name them.

| Proposal | Champion(s) |              a champion of the matter in each row
Author: Ann Able <ann@example.org>,     the authors of a paper, in its header
        Ben Baker
Presenters: Ann Able (AA), Ben Baker    who presents the item it stands under
Einreicher: Fraktion Mitte              its sponsor
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

from remembrancer.model import SPONSORS, Mark
from remembrancer.register.document import Document, Statement
from remembrancer.register.facts import AnyFact, Mention, Resolved, Sponsored, Standing
from remembrancer.register.passes.listings import matter_of_cell
from remembrancer.register.passes.matters import Titles
from remembrancer.register.passes.names import Named, are_names, names_in
from remembrancer.register.passes.tables import Range, broken, column, definitions, rows_in
from remembrancer.register.vocabulary import Words, words

_MAILED = re.compile(r"<[^<>]*>|[^\s<>,;]+@[^\s<>,;()]+|\(https?://[^)]*\)?|https?://\S+")
_ASIDE = re.compile(
    r"\(\s*\[[^\]]*\](?:\([^)]*\)|\[\])?\s*\)"
    r"|(?<=\w)(?<!\band)(?<!\bund)(?<!\be)(?<!\bet)\s+\[[^\[\]\n]*\](?:\(\S*?\)|\[\])?"
)
_NAMED = re.compile(r"[^\s<>,;]+@[^\s<>,;]+\s*\((?P<words>[^()@]+)\)")
_BRACKETS = re.compile(r"\s*\([^()]*\)$")
_UNSEEN = re.compile(r"[\u200b-\u200f\u2060\ufeff]")
_LINK = re.compile(r"\[(?P<words>[^\[\]]*)\](?:\(\S*?\)|\[\])?")
_FEW = 20


def find(document: Document, found: Sequence[AnyFact]) -> Iterator[Sponsored]:
    """The sponsorships that a document states."""
    vocabulary = words("sponsors", document.language, document.house)
    own = _own_matter(found)
    label = _label(tuple(vocabulary.any_of(role) for role in SPONSORS))
    for statement in _header(document) if own else document.statements:
        if statement.kind == "item":
            continue
        if statement.kind == "speech":
            yield from _in_speech(document, statement, vocabulary, own)
        else:
            yield from _in_lines(document, statement, label, vocabulary, own)
    if not own:
        yield from _in_tables(document, vocabulary)


def _own_matter(found: Sequence[AnyFact]) -> Mention | None:
    """The matter that a document is, where it is a paper of the body's."""
    for fact in found:
        if isinstance(fact, Standing) and fact.rule == "papers.header" and fact.status:
            return fact.mention
        if isinstance(fact, Resolved) and fact.rule.startswith("papers.") and fact.mentions:
            return fact.mentions[0]
    return None


def _header(document: Document) -> Iterator[Statement]:
    """What stands before the first heading after the title."""
    begun = False
    for statement in document.statements:
        if statement.kind == "item" and begun:
            return
        begun = begun or statement.kind != "item"
        yield statement


@cache
def _label(roles: tuple[str, ...]) -> re.Pattern[str]:
    """A line that begins with a word for a role and a colon, with the indented lines that go on with it."""
    return re.compile(
        rf"^[^\S\n]*(?P<label>{'|'.join(roles)})[^\S\n]*:[^\S\n]*(?P<who>[^\n]*(?:\n[ \t]+[^\n:]+(?=\n|\Z))*)",
        re.IGNORECASE | re.MULTILINE,
    )


def role_of(written: str, vocabulary: Words) -> str:
    """The kind of sponsorship that a word stands for, or empty."""
    return next((role for role in SPONSORS if vocabulary.pattern(role).fullmatch(written.strip(" *_:"))), "")


def _in_lines(
    document: Document, statement: Statement, label: re.Pattern[str], vocabulary: Words, own: Mention | None
) -> Iterator[Sponsored]:
    """The labelled lines of a text: of a paper, or of an item of a sitting."""
    for match in label.finditer(statement.text) if own or statement.item is not None else ():
        people = _people(statement.text, [match.span("who")], vocabulary)
        role = role_of(match["label"], vocabulary)
        yield from _made(document, statement, role, "sponsors.label", match.span(), people, own)


def _in_speech(document: Document, statement: Statement, vocabulary: Words, own: Mention | None) -> Iterator[Sponsored]:
    """A labelled line that was read as a speech, since its label looks like a speaker's."""
    role = role_of(statement.speaker, vocabulary)
    if role and (own or statement.item is not None):
        line = (0, len(statement.text.partition("\n")[0]))
        people = _people(statement.text, [line], vocabulary)
        yield from _made(document, statement, role, "sponsors.label", line, people, own)


def _in_tables(document: Document, vocabulary: Words) -> Iterator[Sponsored]:
    """The tables whose head names a matter and who brings it forward."""
    defined: Mapping[str, str] | None = None
    titles: Titles | None = None
    for statement in document.statements:
        if statement.kind == "text" and ("|" in statement.text or "\t" in statement.text):
            columns = _columns(statement.text, vocabulary)
            if columns:
                defined = definitions(document) if defined is None else defined
                titles = titles or Titles(document)
                yield from _of_table(document, statement, columns, vocabulary, defined, titles)


def _columns(text: str, vocabulary: Words) -> dict[int, str]:
    """The columns of a table by what its head says: the ``matter``, and roles; empty without both."""
    rows = rows_in(text)
    head = [text[start:end] for start, end in rows[0].cells] if len(rows) > 1 else []
    matter = column(head, vocabulary.pattern("matter"))
    roles = {at: role for at, name in enumerate(head) if (role := role_of(name, vocabulary))}
    return {matter: "matter", **roles} if matter is not None and roles else {}


def _of_table(
    document: Document,
    statement: Statement,
    columns: Mapping[int, str],
    vocabulary: Words,
    defined: Mapping[str, str],
    titles: Titles,
) -> Iterator[Sponsored]:
    text = statement.text
    head, *rows = rows_in(text)
    about = next(at for at, name in columns.items() if name == "matter")
    for row in rows:
        if len(row.cells) <= max(columns):
            continue
        mention = matter_of_cell(document, statement, row.cells[about], defined, titles)
        if mention is None:
            continue
        for at, role in columns.items():
            if role != "matter" and row.cells[at][0] < row.cells[at][1]:
                people = _people(text, broken(document, statement, row.cells[at]), vocabulary)
                heading = (*mention.marks, *document.marks(statement, *head.cells[at]))
                for named in people:
                    where = (named.start, named.end)
                    yield from _made(document, statement, role, "sponsors.table", where, [named], mention, heading)


def _people(text: str, ranges: Iterable[Range], vocabulary: Words) -> list[Named]:
    """The names in ranges of a text, without addresses; none where it is no list of names."""
    blank = _without_addresses(text)
    found = [_plain(named) for start, end in ranges for named in names_in(blank, start, end)]
    named = [
        each
        for before, each in zip([None, *found], found, strict=False)
        if not vocabulary.pattern("nobody").fullmatch(each.label) and not (before and _is_beside(before, each))
    ]
    return named if len(named) <= _FEW and are_names(named) else []


def _plain(named: Named) -> Named:
    """A name that has two pairs of brackets behind it, without either: ``Ann Able (AA) (North Ward)``."""
    return named._replace(label=_BRACKETS.sub("", named.label))


def _is_beside(before: Named, each: Named) -> bool:
    """Whether what stands after a comma is where the one before is from: ``Ann Able (AA), Millbrook``."""
    return bool(before.affiliation) and not each.affiliation and " " not in each.label


def _without_addresses(text: str) -> str:
    """A text with blanks for what is no name: addresses, links, and what stands in square brackets beside a name."""
    text = _NAMED.sub(_words_alone, text)
    for pattern in (_ASIDE, _MAILED, _UNSEEN):
        text = pattern.sub(lambda match: " " * len(match[0]), text)
    return _LINK.sub(_words_alone, text)


def _words_alone(match: re.Match[str]) -> str:
    """The group ``words`` where it stands, and blanks around it."""
    return " " * (match.start("words") - match.start()) + match["words"] + " " * (match.end() - match.end("words"))


def _made(
    document: Document,
    statement: Statement,
    role: str,
    rule: str,
    where: Range,
    people: Sequence[Named],
    mention: Mention | None,
    more: Sequence[Mark] = (),
) -> Iterator[Sponsored]:
    """A fact for each of the people of one label or cell."""
    for nth, named in enumerate(people):
        yield document.fact(
            Sponsored,
            statement,
            rule,
            *where,
            nth=nth,
            more=more,
            role=role,
            label=named.label,
            affiliation=named.affiliation if named.affiliation[:1].isupper() else "",
            mentions=(mention,) if mention else (),
        )
