"""Files that are papers themselves -> the matter each is about, or the enactment each is.

A house says which they are. A ``matter`` is a proposal with a header (``Status: Final``, ``Replaces: 4, 7``); it stands
where its header says, and nobody decides by that. A ``decision``, an ``interpretation`` or ``rules`` is an enactment:
see ``enactments``. Where a house says nothing, a paper headed ``ORDINANCE NO. 5`` that has an enacting clause is one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple, cast

from msgspec.structs import replace

from remembrancer.model import DecisionKind, Mark, RelationKind
from remembrancer.read import dates
from remembrancer.read.house import PaperRelation, Papers, matches
from remembrancer.register.document import Document, Statement
from remembrancer.register.facts import AnyFact, Begun, Mention, Noticed, Relating, Resolved, Standing
from remembrancer.register.passes.citations import Cited, citations_in, grammar, identifiers
from remembrancer.register.passes.enactments import Line, Paper
from remembrancer.register.passes.matters import number_key
from remembrancer.register.passes.relations import placed
from remembrancer.register.vocabulary import words
from remembrancer.saying import Sentence

_FIELD = re.compile(r"^[^\S\n]*(?P<name>[A-Z][\w -]{1,30}?)[^\S\n]*:(?P<value>[^\n]*(?:\n[ \t]+[^\n]*)*)", re.MULTILINE)
_HYPHEN = re.compile(r"(?<=\d)-(?=[^\W\d_])|(?<=[^\W\d_])-(?=\d)")
"""Within a date such as ``16-Sep-2031``."""
_DATED = re.compile(r"(?:19|20)\d{2}(?:-\d{2}-\d{2}|\d{4})(?!\d)")
_FIRST = 3
"""Among how many statements at its beginning a paper has a heading."""
_INVERSE: Mapping[PaperRelation, RelationKind] = {
    "replaced-by": "replaces",
    "repealed-by": "repeals",
    "amended-by": "amends",
}


class Value(NamedTuple):
    """What a header field ``name`` says, and where in its statement."""

    name: str
    statement: Statement
    start: int
    end: int
    text: str


def find(document: Document, found: Sequence[AnyFact]) -> Iterator[AnyFact]:
    """The facts of a paper; none of a document that is no paper."""
    convention = convention_of(document)
    if convention is None:
        return
    if convention.what == "matter":
        yield from _standing(document, convention)
    else:
        yield from _enacted(Paper(document, convention))


def convention_of(document: Document) -> Papers | None:
    """What the house says of a file like this; where it says nothing, by its formula or its folder; None if it is no
    paper."""
    named = next((each for each in document.house.papers if matches(each.path, document.path)), None)
    if named or document.proceedings.sittings:
        return named
    return _by_formula(document) or _by_folder(document)


def _by_folder(document: Document) -> Papers | None:
    """Whether a document is filed by its date in a folder of resolutions, and in none of drafts or of former ones."""
    *folders, name = re.split(r"[/\\]", document.path)
    vocabulary = words("force", document.language, document.house)
    filed = any(vocabulary.pattern("filed").fullmatch(each) for each in folders)
    aside = any(vocabulary.pattern("filed_aside").search(each.replace("_", " ")) for each in (*folders, name))
    if not filed or aside or not _DATED.match(name):
        return None
    headed = any(each.kind == "item" for each in document.statements[:_FIRST])
    return Papers(path="*", what="decision") if headed else None


def _by_formula(document: Document) -> Papers | None:
    """Whether a document without a sitting begins with the name of an enactment and has an enacting clause."""
    vocabulary = words("force", document.language, document.house)
    first = next((each.text for each in document.statements if each.text.strip()), "").strip(" *_").split("\n")[0]
    numbered = rf"{vocabulary.any_of('heads')}\s*(?:no\.?|nr\.?|#|number)?\s*#?(?P<number>(?-i:[IVXLC]+|\d[\w/-]*))"
    has_number = re.match(rf"{numbered}\s*$", first, re.IGNORECASE) is not None
    if not has_number and not vocabulary.pattern("unnumbered").match(first):
        return None
    if not any(vocabulary.pattern("enacting").search(each.text) for each in document.statements[:40]):
        return None
    return Papers(path="*", what="decision", number=(f"(?i){numbered}",) if has_number else ())


def _standing(document: Document, convention: Papers) -> Iterator[Standing]:
    """Where a proposal stands by its header, and what it replaces; of what replaces it, as a standing of that one."""
    fields = header(document)
    mention = _mention(document, convention, fields)
    status = fields.get(convention.status.casefold())
    if mention is None or status is None or not status.text:
        return
    own, others = _relations(document, convention, fields, mention)
    name = convention.ladder
    stands = _stands(document, status, mention, name, status.text, own, 0)
    yield replace(stands, begun=_begun(document, fields))
    for nth, (other, relation) in enumerate(others, 1):
        yield _stands(document, status, other, name, "", (relation,), nth)


def _begun(document: Document, fields: dict[str, Value]) -> Begun | None:
    """The day on which a header says that its matter was begun: ``Created: 16-Sep-2031``; None if it does not."""
    called = words("statuses", document.language, document.house).pattern("begun")
    for name, value in fields.items():
        found = dates.find(_HYPHEN.sub(" ", value.text)) if called.fullmatch(name) else []
        if len(found) == 1:
            return Begun(date=found[0].value, marks=document.marks_of(value.statement.spans(value.start, value.end)))
    return None


def _stands(
    document: Document,
    value: Value,
    mention: Mention,
    ladder: str,
    status: str,
    related: tuple[Relating, ...],
    nth: int,
) -> Standing:
    return document.fact(
        Standing,
        value.statement,
        "papers.header",
        value.start,
        value.end,
        nth=nth,
        mention=mention,
        ladder=ladder,
        status=status,
        relations=related,
    )


def header(document: Document) -> dict[str, Value]:
    """The fields of a document's header by name in lower case: the lines ``Name: value`` before its first heading."""
    fields: dict[str, Value] = {}
    for statement in document.statements:
        if statement.kind == "item" and fields:
            break
        for match in _FIELD.finditer(statement.text):
            text = " ".join(match["value"].split())
            start = match.start("value") + len(match["value"]) - len(match["value"].lstrip())
            value = Value(match["name"].strip(), statement, start, match.end("value"), text)
            fields.setdefault(value.name.casefold(), value)
    return fields


def _mention(document: Document, convention: Papers, fields: dict[str, Value]) -> Mention | None:
    """The matter a paper is about, by its number in its path or its first words, and its title."""
    first = document.statements[0].text if document.statements else ""
    title = fields.get(convention.title.casefold())
    for pattern in convention.number:
        match = re.search(pattern, document.path) or re.search(pattern, first)
        if match:
            key = number_key(match[0], match["number"])
            written = _as_written(fields, key) or match[0].replace(match["number"], match["number"].lstrip("0"))
            marks = document.marks(title.statement, title.start, title.end) if title else ()
            return Mention(title=title.text if title else written, number=written, keys=(key,), marks=marks)
    return None


def _as_written(fields: dict[str, Value], key: str) -> str:
    """The number of a paper as the field of its header that gives it is read aloud: ``PEP 8`` of ``PEP: 0008``."""
    for value in fields.values():
        if value.text.isdecimal() and number_key(f"{value.name} {value.text}", value.text) == key:
            return f"{value.name} {int(value.text)}"
    return ""


def _relations(
    document: Document, convention: Papers, fields: dict[str, Value], own: Mention
) -> tuple[tuple[Relating, ...], list[tuple[Mention, Relating]]]:
    """What a header says that the matter does to others, and others to it."""
    does: list[Relating] = []
    done: list[tuple[Mention, Relating]] = []
    for name, kind in convention.relations.items():
        value = fields.get(name.casefold())
        for number, marks in _numbers(document, value) if value else ():
            other = _numbered_like(own, number)
            if kind in _INVERSE:
                done.append((other, Relating(kind=_INVERSE[kind], target=own, marks=(*marks, *own.marks))))
            else:
                does.append(Relating(kind=cast(RelationKind, kind), target=other, marks=marks))
    return tuple(does), done


def _numbers(document: Document, value: Value) -> Iterator[tuple[str, tuple[Mark, ...]]]:
    for match in re.finditer(r"\d[\w/.-]*", value.text):
        at = value.statement.text.find(match[0], value.start)
        yield match[0], document.marks(value.statement, at, at + len(match[0]))


def _numbered_like(own: Mention, number: str) -> Mention:
    """Another matter of the same series, as written."""
    kind = own.keys[0].removeprefix("number:").rpartition(" ")[0]
    plain = number.lstrip("0") or number
    written = re.sub(r"\d[\w/.-]*$", plain, own.number)
    return Mention(title=written, number=written, keys=(f"number:{kind} {plain}",))


def _enacted(paper: Paper) -> Iterator[AnyFact]:
    """The decision that a paper is, and what a clerk should see of it."""
    if not paper.lines:
        return
    number, key, line = paper.number
    statement = (line or paper.lines[0]).statement
    related = _interpreted(paper) if paper.convention.what == "interpretation" else paper.relations
    fact = paper.document.fact(
        Resolved,
        statement,
        f"papers.{paper.convention.what}",
        more=paper.adoption.marks,
        date=paper.adoption.date,
        text=paper.title,
        kind=_kind(paper, related),
        outcome="carried" if paper.is_made else "",
        number=number,
        title=paper.title,
        mentions=(paper.mention,) if key or paper.mention.keys else (),
        parts=() if paper.convention.what == "interpretation" else paper.parts,
        relations=related,
        commencing=paper.commencing,
        signed=paper.signed,
    )
    yield fact
    yield from _notices(paper, fact)


def _kind(paper: Paper, related: Sequence[Relating]) -> DecisionKind:
    """Amend or repeal where its title says so; note where it is done with its making; else adopt."""
    enacting = [line.text for line in paper.operative if paper.words.pattern("enacting").search(line.text)]
    if any(paper.words.pattern("once").search(text) for text in enacting):
        return "note"
    titled = {each.relating.kind for each in placed(paper.title, paper.document)}
    if titled & {"amends", "repeals"} and related:
        return "amend" if "amends" in titled else "repeal"
    return "adopt"


def _interpreted(paper: Paper) -> tuple[Relating, ...]:
    """What an interpretation interprets: as its own formula says (``hereby interprets``), else by what is said to be
    adopted (``interpretation of Section 4 is hereby adopted``); and the interpretations that it revises."""
    others = tuple(each for each in paper.relations if each.target.keys[0].startswith("dated:"))
    vocabulary = words("relations", paper.document.language, paper.document.house)
    for formula in ("interpreting", "interpretation_adopted"):
        for line in paper.operative:
            match = vocabulary.pattern(formula).search(line.text)
            said = tuple(_interprets(paper, line, match.start())) if match else ()
            if said:
                return (*others, *said)
    return others


def _interprets(paper: Paper, line: Line, start: int) -> Iterator[Relating]:
    """Every provision that a line names from a character on, of the text named beside it, else of the one that the
    paper names first."""
    cited = citations_in(line.text, paper.document)
    marks = line.marks(paper.document)
    for match in grammar(paper.document).provided.finditer(line.text, start):
        target = _beside(line.text, match, cited) or _named_first(paper)
        if target:
            for provision in identifiers(match[0][match.start("first") - match.start() :]):
                yield Relating(kind="interprets", target=target, provision=provision, marks=marks)


def _beside(text: str, match: re.Match[str], cited: Sequence[Cited]) -> Mention | None:
    """The text whose provision stands here: ``Ordinance 9, Section 4`` or ``Section 4 of Ordinance 9``."""
    before = next(
        (each for each in cited if each.mention.number and re.fullmatch(r",?\s*", text[each.end : match.start()])), None
    )
    holding = next((each for each in cited if each.start <= match.start() and match.end() <= each.end), None)
    chosen = before if before and before.end <= match.start() else holding
    return chosen.mention if chosen else None


def _named_first(paper: Paper) -> Mention | None:
    return next((each.mention for line in paper.lines for each in citations_in(line.text, paper.document)), None)


def _notices(paper: Paper, fact: Resolved) -> Iterator[Noticed]:
    """A copy that nobody signed, and a clause that repeals whatever conflicts."""
    if paper.signed is False:
        yield _noticed(
            paper,
            "unsigned",
            Sentence("The copy of %(decision)s is not signed.", decision=fact.number or fact.title),
            fact,
        )
    if any(key.startswith("general:") for each in fact.relations for key in each.target.keys):
        message = Sentence(
            "%(decision)s repeals whatever conflicts with it without naming it.", decision=fact.number or fact.title
        )
        yield _noticed(paper, "general-repeal", message, fact)


_ADVICE = {
    "unsigned": Sentence("See whether a signed copy exists."),
    "general-repeal": Sentence("Say which earlier texts are repealed; until then their force is undetermined."),
}


def _noticed(paper: Paper, code: str, message: Sentence, fact: Resolved) -> Noticed:
    statement = paper.lines[0].statement
    return paper.document.fact(
        Noticed,
        statement,
        f"papers.{code}",
        nth=list(_ADVICE).index(code),
        code=code,
        message=message,
        advice=_ADVICE[code],
        about=(fact.id,),
        date=fact.date,
    )
