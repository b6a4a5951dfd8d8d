"""Who presided over a sitting or kept its notes, as labels at its head and formulas of the minutes say.

    Moderator: Ann Able        Sitzungsleitung: Frau Dohr       Scribes: Ben Baker, Cid Cook
    Mayor Reed called the meeting to order.                     The sitting was chaired by Dr Low.

A structured file may say it in a field of each speech (``"presiding": true``). What is said below an office in a roll
(``Cllr Reed, Town Mayor, in the chair``) is the roll's. A label counts before anybody speaks, where only names stand
behind it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from remembrancer.read.house import DEFAULT, mapping_for
from remembrancer.register.document import Cell, Document, Statement
from remembrancer.register.facts import AnyFact, Presided
from remembrancer.register.passes.cells import Located, Locator, cells_of, entries
from remembrancer.register.passes.names import NAME, Named, is_name, names_in
from remembrancer.register.passes.tables import Range
from remembrancer.register.vocabulary import Words, words

OFFICES = ("chair", "mayor", "president", "clerk", "secretary", "treasurer", "scribe")
"""The kinds of office; ``words/LANG/presiding.toml`` says what each is called."""

_LABEL = re.compile(
    r"^[^\S\n]*(?P<role>[^\W\d_][\w ./'’-]{2,28}?)[^\S\n]*:[^\S\n]*(?P<who>\S[^\n]{1,80})$", re.MULTILINE
)
_MARKUP = re.compile(r"<!--.*?-->|\[[^\]]*\]\([^)]*\)|https?://\S+")
_BODY = re.compile(r"[Tt]he\s+[A-Z]{2,}\b")
"""What presides over nothing: "the TC"."""
_TRUE = frozenset({"true", "yes", "1"})
_FEW = 4


def find(document: Document, found: Sequence[AnyFact]) -> Iterable[AnyFact]:
    """Who presided, by labels and formulas."""
    said = words("presiding", document.language, document.house)
    spoken: set[int | None] = {None}
    for statement in document.statements:
        labelled = list(_labelled(document, statement, said)) if statement.sitting not in spoken else []
        yield from labelled
        if statement.kind == "speech" and not labelled:
            spoken.add(statement.sitting)
        if statement.kind == "text" and statement.sitting is not None:
            yield from _told(document, statement, said)
    yield from _flagged(document)


def _flagged(document: Document) -> Iterator[Presided]:
    """Whoever speaks while a field of the speech says that they preside, once each."""
    mapping = mapping_for(document.path, document.house)
    if mapping is None or not mapping.chair:
        return
    locator, known = Locator(document), set[str]()
    for entry in entries(cells_of(document), mapping, mapping.speeches):
        speaker, flag, words_said = (entry.first(each) for each in (mapping.speaker, mapping.chair, mapping.text))
        if speaker is None or flag is None or flag.text.strip().casefold() not in _TRUE or speaker.text in known:
            continue
        if located := _first_located(locator, (speaker, words_said)):
            known.add(speaker.text)
            more = document.marks_of((speaker.span, flag.span))
            label = " ".join(speaker.text.split())
            yield document.fact(
                Presided, located.statement, "presiding.field", located.start, located.end, more=more, label=label
            )


def _first_located(locator: Locator, cells: Iterable[Cell | None]) -> Located | None:
    return next((found for cell in cells if cell and (found := locator.locate(cell.span))), None)


def _labelled(document: Document, statement: Statement, said: Words) -> Iterator[Presided]:
    """The labels of a statement that name offices; where one was read as a speaker's, also those below it."""
    after = 0
    if statement.kind == "speech":
        after = len(statement.text.partition("\n")[0])
        first = list(_named(document, statement, said, statement.speaker, (0, after), (0, after)))
        if not first:
            return
        yield from first
    for match in _LABEL.finditer(statement.text, after):
        yield from _named(document, statement, said, match["role"], match.span(), match.span("who"))


def _named(
    document: Document, statement: Statement, said: Words, role: str, where: Range, names: Range
) -> Iterator[Presided]:
    """A fact for each of the names behind one label."""
    offices = offices_of(role, whole=True) if said.pattern("any").match(role) else ()
    for nth, named in enumerate(_people(statement.text, *names) if offices else ()):
        yield document.fact(
            Presided,
            statement,
            "presiding.label",
            *where,
            nth=nth,
            label=named.label,
            role=" ".join(role.split()),
            office=offices[0],
        )


def _people(text: str, start: int, end: int) -> list[Named]:
    blank = _MARKUP.sub(lambda match: " " * len(match[0]), text)
    named = names_in(blank, start, end)
    return named if len(named) <= _FEW and all(is_name(each.label) for each in named) else []


def _told(document: Document, statement: Statement, said: Words) -> Iterator[Presided]:
    """What formulas of the minutes tell; what was moved or resolved puts people in other chairs."""
    if statement.section in ("motion", "conclusion"):
        return
    if said.pattern("hint").search(statement.text):
        for formula in said["formulas"]:
            for match in _formula(formula).finditer(statement.text):
                if _BODY.match(match["who"]):
                    continue
                yield document.fact(
                    Presided,
                    statement,
                    "presiding.told",
                    *match.span(),
                    stated=True,
                    label=" ".join(match["who"].split()),
                    office="chair",
                )


@lru_cache(maxsize=64)
def _formula(expression: str) -> re.Pattern[str]:
    """A formula in which ``#`` stands for a name and a blank for any white space."""
    spaced = expression.replace(" ", r"\s+").replace("#", rf"(?P<who>{NAME})")
    return re.compile(rf"(?<!\w)(?:{spaced})(?!\w)")


@lru_cache(maxsize=4096)
def offices_of(role: str, whole: bool = False) -> tuple[str, ...]:
    """The kinds of office that a role names: ``Town Mayor, in the chair`` is ``chair`` and ``mayor``, ``Deputy Mayor``
    and ``Chair of the Silver Band`` are none. ``whole``: the role is nothing else."""
    said = words("presiding", "", DEFAULT)
    match = re.Pattern.fullmatch if whole else re.Pattern.search
    found = ((office, match(said.pattern(office), role.strip())) for office in OFFICES)
    return tuple(office for office, at in found if at and not _is_other(role, at.start(), at.end(), said))


def _is_other(role: str, start: int, end: int, said: Words) -> bool:
    """Whether what stands around the word makes it another's office."""
    deputy = words("attendance", "", DEFAULT).pattern("deputies").search(role, 0, start)
    another = re.compile(said.any_of("of_another"), re.IGNORECASE).match(role, end)
    return deputy is not None or another is not None
