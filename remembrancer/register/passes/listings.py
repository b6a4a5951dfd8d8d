"""Lists of matters by where they stand, as a public register of proposals keeps them.

    ### Stage 3                          the rung that its heading begins with
    | Proposal      | Champion |
    | ------------- | -------- |
    | [Mill bridge] | Ann Able |         Mill bridge stands at Stage 3

    # Finished Proposals                 what the house says that a heading means (``lists`` of a ladder)

    | [Oil store] | Withdrawn in favor of [Gas store] |         Gas store replaces Oil store

Nobody decides by such a list, and what a sitting's agenda lists under a rung is only asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from msgspec.structs import replace

from remembrancer.register.document import Document, Statement
from remembrancer.register.facts import AnyFact, Mention, Relating, Standing
from remembrancer.register.passes.matters import Titles, mention_of
from remembrancer.register.passes.papers import convention_of
from remembrancer.register.passes.rungs import scales
from remembrancer.register.passes.tables import Range, addresses, column, definitions, rows_in
from remembrancer.register.vocabulary import words

RULE = "listings.table"
_SUCCESSION = "listings.succession"

_CLAUSE = re.compile(r"[;:.(]\s")
_NAME = re.compile(
    r"(?P<name>[^\s;,()\[\]|]+(?:[^\S\n]+[^\s;,()\[\]|]+){0,5}?)\.?(?=\s+proposals?\b|(?P<noted>\[)|\s*(?:[;,(|]|\.\s|$))"
)
"""What replaces a matter, where it is no link: up to six words, to the end of the clause or a link behind them."""
_NAMES = re.compile(r"[A-Z]|\w[.#]\w")
_ARTICLE = re.compile(r"\s+(?:(?:the|an?|new|renamed|der|die|das|den)\s+)*", re.IGNORECASE)
_LINK = re.compile(r"\[(?P<words>[^\[\]]*)\](?:\(\S*?\)|\[\])?")


class Place(NamedTuple):
    """Where the matters of a list stand, and the heading that says so."""

    ladder: str
    status: str
    heading: Statement


def find(document: Document, found: Sequence[AnyFact]) -> Iterator[Standing]:
    """Where matters stand by the lists of a document that tells of no sitting and is no paper."""
    if not document.house.ladders or document.proceedings.speeches or any(document.dates) or convention_of(document):
        return
    vocabulary = words("sponsors", document.language, document.house)
    headings = {each.item: each for each in document.statements if each.kind == "item"}
    listed = [each for each in document.statements if each.kind == "text" and "|" in each.text]
    places = {item: _place(document, headings[item], vocabulary.any_of("matter")) for item in headings}
    if not any(places.get(each.item) for each in listed):
        return
    defined, titles = definitions(document), Titles(document)
    for statement in listed:
        if place := places.get(statement.item):
            yield from _of_table(document, statement, place, vocabulary.pattern("matter"), defined, titles)


def matter_of_cell(
    document: Document, statement: Statement, cell: Range, defined: Mapping[str, str], titles: Titles
) -> Mention | None:
    """The matter that a cell names, by its whole title and the address that it links to."""
    title = " ".join(_LINK.sub(lambda match: match["words"], statement.text[slice(*cell)]).split())
    links = addresses(document, statement, cell, defined)
    mention = mention_of(title, document, document.marks(statement, *cell), links[:1], titles)
    return replace(mention, title=title) if mention else None


def _of_table(
    document: Document,
    statement: Statement,
    place: Place,
    matter: re.Pattern[str],
    defined: Mapping[str, str],
    titles: Titles,
) -> Iterator[Standing]:
    head, *rows = rows_in(statement.text)
    about = column([statement.text[start:end] for start, end in head.cells], matter)
    if about is None:
        return
    for row in rows:
        cell = row.cells[about] if len(row.cells) > about else (0, 0)
        if cell[0] < cell[1] and (mention := matter_of_cell(document, statement, cell, defined, titles)):
            for other in (each for at, each in enumerate(row.cells) if at != about):
                yield from _succeeded(document, statement, other, mention, defined, titles)
            yield document.fact(
                Standing,
                statement,
                RULE,
                *cell,
                more=document.marks(place.heading),
                mention=mention,
                ladder=place.ladder,
                status=place.status,
            )


def _succeeded(
    document: Document, statement: Statement, cell: Range, old: Mention, defined: Mapping[str, str], titles: Titles
) -> Iterator[Standing]:
    """What a cell says that a matter was replaced by: ``withdrawn in favor of [Gas store]``; not what may be."""
    lists = words("relations", document.language, document.house)
    for match in lists.pattern("gives_way").finditer(statement.text, *cell):
        said = [each.end() for each in _CLAUSE.finditer(statement.text, cell[0], match.start())]
        hedged = any(
            lists.pattern(each).search(statement.text, said[-1] if said else cell[0], match.start())
            for each in ("undone", "hedged")
        )
        named = None if hedged else _named(statement.text, match.end(), cell[1])
        if named and (new := matter_of_cell(document, statement, named, defined, titles)):
            marks = document.marks_of(statement.spans(match.start(), named[1]))
            relating = Relating(kind="replaces", target=old, marks=marks)
            start = match.start()
            yield document.fact(Standing, statement, _SUCCESSION, start, named[1], mention=new, relations=(relating,))


def _named(text: str, at: int, end: int) -> Range | None:
    """The link, or else the name, that follows at a character."""
    article = _ARTICLE.match(text, at, end)
    start = article.end() if article else at
    if link := _LINK.match(text, start, end):
        return link.span()
    name = _NAME.match(text, start, end)
    is_name = name and (_NAMES.search(name["name"]) or (name["noted"] and " " not in name["name"]))
    return name.span("name") if name and is_name else None


def _place(document: Document, heading: Statement, matter: str) -> Place | None:
    """The rung that a heading gives to what is listed below it."""
    title = heading.text.strip()
    for ladder, pattern, status in _headings(document, matter):
        if match := pattern.match(title):
            return Place(ladder, status or _rung_of(document, ladder, match["name"]), heading)
    return None


def _rung_of(document: Document, ladder: str, name: str) -> str:
    """A rung as the house writes it."""
    scale = next(each for each in scales(document.language, document.house) if each.name == ladder)
    return scale.rungs.get(name.lower()) or next(each for each in scale.aside if each.casefold() == name.casefold())


def _headings(document: Document, matter: str) -> Iterator[tuple[str, re.Pattern[str], str]]:
    """For each ladder the headings of its lists: those of the house with their rung, and those that begin with one."""
    for ladder, scale in zip(document.house.ladders, scales(document.language, document.house), strict=True):
        for written, status in ladder.lists.items():
            yield ladder.name, _compiled(rf"(?:{written})\W*$"), status
        follows = rf"(?:\s*(?:$|[-–—:(])|\s+{matter}\s*$)"
        yield ladder.name, _compiled(rf"{scale.pattern.pattern}{follows}"), ""
        yield ladder.name, _compiled(rf"(?P<name>{'|'.join(map(re.escape, scale.aside)) or '(?!)'}){follows}"), ""


@lru_cache(maxsize=64)
def _compiled(expression: str) -> re.Pattern[str]:
    return re.compile(expression, re.IGNORECASE)
