"""One paper that is an enactment -> what it says of itself: number, names, date, provisions, relations, commencement.

    ORDINANCE NO. XVI                                   its number
    AN ORDINANCE AMENDING ORDINANCE NO. 9               its title, and what it amends
    Adopted by the Council on 8/12/2030                 its date; a commission's approval only recommends
    1. Section 4 is amended to read as follows:         a provision of its own
       > Section 4. Gates. ...                          the other text's new words, no provision of its own
    5. ... an emergency is hereby declared ...          when it begins to bind

What is appended (exhibits, agreements, notes of who transcribed it) and what is struck out says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from msgspec.structs import replace

from remembrancer.model import Mark
from remembrancer.read import dates
from remembrancer.read.house import Papers
from remembrancer.read.occasion import order_of
from remembrancer.register.document import Document, Statement
from remembrancer.register.facts import Commencing, Mention, Part, Relating
from remembrancer.register.passes import commencement
from remembrancer.register.passes.citations import arabic, citations_in, grammar, instrument_key, provisions_in
from remembrancer.register.passes.matters import folded_title, number_key
from remembrancer.register.passes.relations import Placed, acting, placed
from remembrancer.register.vocabulary import Words, words

_FILLED = re.compile(r"\{\{\w+:|(?<!signature)\}\}")
_DAY_OF = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?\s+day\s+of\b", re.IGNORECASE)
_NUMBERED = re.compile(r"(?P<number>\d+(?:\.\d+)*(?:-\d+)?[a-z]?)(?:[.:)]|\s)")
_LISTED = re.compile(r"\(?(?P<number>\d{1,3})[.)](?=[\s*])")
_PARAGRAPH = re.compile(r"(?<=\n)[ \t]*\(?\d{1,3}[.)]\s+(?=[^\W\d_a-z])")
_HEAD = 12
_TELLING = 240
_NAMED = 6


class Adoption(NamedTuple):
    """The EDTF date a paper was adopted on, and what shows it."""

    date: str = ""
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True)
class Line:
    """A statement of the paper, or a numbered paragraph of one from character ``start`` on, with its words as they
    stand: struck words blank, forms filled in, length kept."""

    statement: Statement
    text: str
    quoted: bool = False
    start: int = 0

    @property
    def key(self) -> tuple[str, int]:
        """What tells it apart."""
        return self.statement.id, self.start

    def marks(self, document: Document, start: int = 0, end: int | None = None) -> tuple[Mark, ...]:
        """The evidence of characters ``start:end`` of it."""
        stop = len(self.text) if end is None else end
        return document.marks(self.statement, self.start + start, self.start + stop)

    @property
    def is_heading(self) -> bool:
        """Whether it is a heading."""
        return self.statement.kind == "item"


@dataclass(frozen=True)
class Paper:
    """A document read as one enactment."""

    document: Document
    convention: Papers

    @cached_property
    def words(self) -> Words:
        """The words of papers and of force."""
        return words("force", self.document.language, self.document.house)

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """The paper's own lines: up to what is appended to it, without its table of contents."""
        own: list[Line] = []
        skipped = False
        for statement in self.document.statements:
            several = _lines(self.document, statement)
            line = several[0]
            if line.is_heading:
                if own and self._is_appended(line, own):
                    break
                skipped = self.words.pattern("contents").fullmatch(_plain(line.text)) is not None
            if not skipped:
                own += several
        return tuple(own)

    def _is_appended(self, line: Line, own: Sequence[Line]) -> bool:
        title = _plain(line.text)
        if any(cited.mention.keys[0] == self.number[1] for cited in citations_in(title, self.document)):
            return False
        if self.words.pattern("appended").fullmatch(title):
            return len(own) > 2
        level = self.document.proceedings.items[line.statement.item or 0].level
        named = self.words.pattern("papers").search(title) is not None
        return level == 1 and not named and any(told.first for each in own for told in self._adoptions(each))

    @cached_property
    def head(self) -> tuple[Line, ...]:
        """The lines that name it: the first ones."""
        return self.lines[:_HEAD]

    @cached_property
    def _first_lines(self) -> tuple[Line, ...]:
        return tuple(_lines(self.document, statement)[0] for statement in self.document.statements[:_HEAD])

    @cached_property
    def number(self) -> tuple[str, str, Line | None]:
        """The number as written, its key, and the line that gives it; empty where it has none."""
        for pattern in self.convention.number:
            match = re.search(pattern, self.document.path)
            if match:
                return match[0], number_key(match[0], match["number"]), None
        for line in self._first_lines:
            for pattern in self.convention.number:
                match = re.search(pattern, line.text)
                if match:
                    return " ".join(match[0].split()), _key_of(match[0], match["number"]), line
        return "", "", None

    @cached_property
    def title(self) -> str:
        """What the paper calls itself: ``AN ORDINANCE ...``, else its first heading that is not only its number."""
        own = [" ".join(line.text.split()).strip("* ") for line in self.operative[:_HEAD]]
        called = re.compile(rf"an?\s+(?:[\w-]+\s+){{0,4}}?{self.words.any_of('papers')}\b", re.IGNORECASE)
        titled = next((text for text in own if called.match(text)), "")
        headings = [_plain(line.text) for line in self.head if line.is_heading]
        enacting = [text for text in own if self.words.pattern("enacting").search(text)]
        named = (each for each in (*headings, *enacting, *own) if each and not self._is_number(each))
        return titled or next(named, self.number[0])

    def _is_number(self, text: str) -> bool:
        return (
            bool(self.number[1]) and len(folded_title(text).split()) < _NAMED and instrument_key(text) == self.number[1]
        )

    @cached_property
    def mention(self) -> Mention:
        """The paper as a matter: by its number, and by the names it has in its headings and clauses."""
        number, key, line = self.number
        names = [_plain(each.text) for each in self.head if each.is_heading and self._is_name(_plain(each.text))]
        names += [name for each in self.lines for name in self._known_as(each)]
        if self.convention.what == "interpretation":
            names = []
        dated = relations_key(self.convention.what, self.adoption.date)
        keys = [each for each in (key, *(f"title:{folded_title(name)}" for name in names), dated) if each]
        marks = line.marks(self.document) if line else ()
        return Mention(title=self.title, number=number, keys=tuple(dict.fromkeys(keys)), marks=marks)

    def _is_name(self, heading: str) -> bool:
        endings = tuple(words("relations", self.document.language, self.document.house)["named"])
        ends = re.search(rf"(?<!\w)(?:{'|'.join(endings)})$", heading, re.IGNORECASE) if endings else None
        return ends is not None and 1 < len(heading.split()) < 9 and not re.match(r"an?\s", heading, re.IGNORECASE)

    def _known_as(self, line: Line) -> list[str]:
        """What a clause says that the paper is to be called."""
        if line.quoted:
            return []
        return [match[1] for pattern in self.words["known_as"] for match in re.finditer(pattern, line.text)]

    @cached_property
    def adoption(self) -> Adoption:
        """When it was adopted: by the house's convention, else as the last line says that tells of it."""
        if not self.is_made:
            return Adoption(dates.from_path(self.document.path).date)
        by_house = next(self._dated_by_house(), None)
        if by_house:
            return by_house
        told = [each for line in self.lines if not line.quoted for each in self._adoptions(line)]
        if told:
            best = max(told, key=lambda each: (each.decides, each.first, len(each.date), each.date))
            return Adoption(best.date, best.marks)
        return Adoption(dates.from_path(self.document.path).date, ())

    def _dated_by_house(self) -> Iterator[Adoption]:
        """The date by the house's patterns, in the path and in the first lines."""
        order = order_of(self.document.house)
        for pattern in self.convention.date:
            for line in (None, *self._first_lines):
                match = re.search(pattern, line.text if line else self.document.path)
                written = " ".join(match["date"].split()) if match else ""
                found = [each.value for each in dates.find(written, "", order)]
                if found:
                    yield Adoption(found[0], line.marks(self.document) if line else ())

    def _adoptions(self, line: Line) -> Iterator[_Told]:
        order = order_of(self.document.house)
        for match in self.words.pattern("adopted").finditer(line.text):
            tail = _DAY_OF.sub(r"\1 of", " ".join(line.text[match.end() : match.end() + _TELLING].split()))
            head = " ".join(line.text[max(0, match.start() - _TELLING) : match.start()].split())
            after, before = dates.find(tail, "", order), dates.find(head, "", order)
            said = tail[: after[0].start] if after else head[before[-1].end :] if before else ""
            found = after[0] if after else before[-1] if before else None
            if found is None or self.words.pattern("only_recommends").search(said.split(". ")[0]):
                continue
            decides = self.words.pattern("recommending").search(said) is None
            first = not re.search(r"\w", line.text[: match.start()].rpartition("\n")[2])
            yield _Told(found.value, decides, first, line.marks(self.document))

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """Its numbered provisions, in order; a number given twice is told apart."""
        made: list[Part] = []
        for number, lines in _gathered(self.lines, self._begins):
            known = sum(part.number.split(" (")[0] == number for part in made)
            text = "\n".join(" ".join(line.text.split()) for line in lines)
            marks = tuple(mark for line in lines for mark in line.marks(self.document))
            made.append(Part(number=f"{number} ({known + 1})" if known else number, text=text, marks=marks))
        return tuple(made)

    @cached_property
    def _begins(self) -> Mapping[tuple[str, int], str]:
        """The number of the provision that begins with each statement: by headings where they are numbered, else by
        ``Section 4.`` at the start of paragraphs, else by the numbers of a list in order."""
        own = [line for line in self.lines if not line.quoted]
        headed = {line.key: self._heading_number(line) for line in own if line.is_heading}
        if any(headed.values()):
            return headed
        sections = {line.key: self._section(line.text.lstrip(" *_\n")) for line in own}
        if any(sections.values()):
            return {key: number for key, number in sections.items() if number}
        found: dict[tuple[str, int], str] = {}
        for line in own[self._enacted_at :]:
            match = _LISTED.match(line.text.lstrip(" *_"))
            if match and int(match["number"]) == len(found) + 1:
                found[line.key] = match["number"]
        return found

    @cached_property
    def _enacted_at(self) -> int:
        """The place of the first line with an enacting clause, where provisions follow it."""
        enacting = self.words.pattern("enacting")
        own = [line for line in self.lines if not line.quoted]
        at = next((index for index, line in enumerate(own) if enacting.search(line.text)), 0)
        return at if at < len(own) // 2 else 0

    def _section(self, text: str, ends: str = r"[.:*\s]*(?:[.:—–-]|$)") -> str:
        """The number of a section that begins a paragraph or a heading, but not an article's or a chapter's."""
        provided = grammar(self.document).provided.match(text)
        if provided is None or not re.match(ends, text[provided.end() :], re.IGNORECASE):
            return ""
        return (
            ""
            if re.match(r"(?:article|chapter|kapitel)", text, re.IGNORECASE)
            else re.sub(r"\s", "", provided["first"])
        )

    def _heading_number(self, line: Line) -> str:
        """The number of a section's heading: ``Section VI. Intent``, ``5.3 Floodways``, ``§ 4 Eichen``."""
        text = _plain(line.text)
        section = self._section(text, r"(?!,?\s+(?:is|are|was|of|as|wird|werden|der|des)\b)(?:\W|$)")
        match = _NUMBERED.match(text)
        return section or (match["number"] if match else "")

    def part_of(self, line: Line) -> str:
        """The number of the provision that a line stands in, or nothing."""
        ids = {mark.start for mark in line.marks(self.document)}
        return next((part.number for part in self.parts if ids & {mark.start for mark in part.marks}), "")

    @cached_property
    def commencing(self) -> tuple[Commencing, ...]:
        """When it says that it begins and ceases to bind; that it was never made, where the record says so."""
        if self._unmade:
            return (Commencing(kind="never", marks=self._unmade.marks(self.document)),)
        year = self.adoption.date[:4]
        found: dict[Commencing, Commencing] = {}
        for line in self.lines:
            if not line.quoted:
                for each in commencement.placed(line.text, self.document, year):
                    marks = line.marks(self.document, each.start, each.end)
                    found.setdefault(each.commencing, replace(each.commencing, marks=marks))
        return tuple(found.values())

    @cached_property
    def _unmade(self) -> Line | None:
        """The line at its head that says that it was never made."""
        said = (line for line in self.head for name in ("never", "superseded") if self._says(name, line))
        return next(said, None)

    def _says(self, name: str, line: Line) -> bool:
        return self.words.pattern(name).search(line.text) is not None

    @property
    def is_made(self) -> bool:
        """Whether it was ever adopted, as far as the paper itself says."""
        return self._unmade is None

    @cached_property
    def signed(self) -> bool | None:
        """Whether the copy is signed; None where it does not show."""
        text = "\n".join(line.text for line in self.lines)
        if re.search(rf"\[\s*{self.words.any_of('unsigned')}\s*\]", text, re.IGNORECASE):
            return False
        return True if re.search(r"\{\{signature\}\}|/s/|(?m:^\s*gez\.)", text) else None

    @cached_property
    def relations(self) -> tuple[Relating, ...]:
        """What it does to other texts, each once, by which of its provisions."""
        if not self.is_made:
            return ()
        found: dict[tuple[str, str, str], Relating] = {}
        for each in (*self._stated(), *self._provided()):
            key = (each.kind, " ".join(each.target.keys[:1]), each.provision)
            if self.mention.keys[:1] != each.target.keys[:1]:
                found.setdefault(key, each)
        whole = {(kind, target) for kind, target, provision in found if provision}
        return tuple(each for (kind, target, part), each in found.items() if part or (kind, target) not in whole)

    def _stated(self) -> Iterator[Relating]:
        """The relations its own clauses name."""
        for line in self.operative:
            for each in placed(line.text, self.document):
                if self._is_done(line, each):
                    marks = line.marks(self.document, each.start, each.end)
                    yield replace(each.relating, by=self.part_of(line), marks=marks)

    def _is_done(self, line: Line, said: Placed) -> bool:
        """In its title whatever is said, in its provisions only what is done ``hereby`` or in the passive."""
        if said.relating.kind in {"implements", "interprets"} and self.convention.what != "interpretation":
            return False
        if line in self.head or line.is_heading:
            return True
        vocabulary = words("relations", self.document.language, self.document.house)
        leading = line.text[max(0, said.start - 40) : said.end]
        return bool(vocabulary.pattern("this").search(leading) or vocabulary.pattern("passive").search(leading))

    @cached_property
    def operative(self) -> tuple[Line, ...]:
        """Its lines without the reasons for it and without what it quotes."""
        return tuple(
            line
            for line in self.lines
            if not line.quoted and not self.words.pattern("recitals").match(line.text.lstrip(" *_("))
        )

    def _provided(self) -> Iterator[Relating]:
        """Amendments of provisions: ``Section 4 is amended to read as follows``, and the new words below."""
        current: tuple[Line, Mention] | None = None
        for line in self.lines:
            if not line.quoted:
                announced = self.words.pattern("quoting").search(line.text) is not None
                target = self._target(line) if announced else None
                current = (line, target) if target else (current if not line.is_heading else None)
                if target and announced:
                    yield from self._amending(line, target, self._amended(line))
            elif current:
                provided = grammar(self.document).provided.match(line.text.lstrip(" #*_"))
                numbered = provided["first"] if provided else _leading_number(line.text)
                yield from self._amending(current[0], current[1], (numbered,) if numbered else (), line)

    def _amended(self, line: Line) -> tuple[str, ...]:
        """The provisions that a line says are amended; one that only says where (``add after Section 6``) is not."""
        return tuple(
            number
            for each in provisions_in(line.text, self.document)
            if not re.search(r"(?:after|before|under|following|nach|vor)\s+$", line.text[: each.start], re.IGNORECASE)
            and not re.match(r"(?:article|chapter)", line.text[each.start :], re.IGNORECASE)
            for number in each.numbers
        )

    def _amending(
        self, line: Line, target: Mention, numbers: tuple[str, ...], quoted: Line | None = None
    ) -> Iterator[Relating]:
        marks = (quoted or line).marks(self.document)
        for number in numbers:
            provision = re.sub(r"\s", "", number)
            yield Relating(kind="amends", target=target, provision=provision, by=self.part_of(line), marks=marks)

    def _target(self, line: Line) -> Mention | None:
        """The text that a line amends: the one it names, else the only one that the paper amends."""
        named = [each.mention for each in acting(line.text, self.document) if each.mention.keys[0] != self.number[1]]
        if named:
            return named[0]
        amended = {
            each.relating.target.keys[0]: each.relating.target
            for other in (*self.head, *self.operative[: _HEAD * 2])
            for each in placed(other.text, self.document)
            if each.relating.kind == "amends"
        }
        numbered = {key: target for key, target in amended.items() if key.startswith("number:")} or amended
        return next(iter(numbered.values())) if len(numbered) == 1 else None


class _Told(NamedTuple):
    """A line that tells of an adoption: whether by who decides, and whether it begins with that."""

    date: str
    decides: bool
    first: bool
    marks: tuple[Mark, ...]


def _gathered(lines: Sequence[Line], begins: Mapping[tuple[str, int], str]) -> Iterator[tuple[str, list[Line]]]:
    """Runs of lines that each begin with a provision's number; a heading without one ends a run."""
    number, gathered = "", list[Line]()
    for line in lines:
        if line.key in begins or line.is_heading:
            if number:
                yield number, gathered
            number, gathered = begins.get(line.key, ""), []
        if number:
            gathered.append(line)
    if number:
        yield number, gathered


def relations_key(what: str, date: str) -> str:
    """The key of a paper that is known by its date: an interpretation."""
    return f"dated:{what} {date}" if what == "interpretation" and len(date) == 10 else ""


def _key_of(written: str, number: str) -> str:
    return number_key(written, number).removesuffix(number.casefold()) + arabic(number)


def _lines(document: Document, statement: Statement) -> list[Line]:
    """A statement as lines: one, but where it holds several numbered paragraphs."""
    text, quoted = _as_it_stands(document, statement), _is_quoted(document, statement)
    cuts = [0] if quoted else [0, *(match.start() for match in _PARAGRAPH.finditer(text))]
    return [
        Line(statement, text[start:end], quoted, start) for start, end in zip(cuts, [*cuts[1:], len(text)], strict=True)
    ]


def _plain(text: str) -> str:
    return " ".join(text.split()).strip(" *_:.")


def _leading_number(text: str) -> str:
    match = re.match(r"[\s#*_]*(?P<number>\d+[.-]\d+(?:[.-]\d+)*)[.\s]", text)
    return match["number"].rstrip(".") if match else ""


def _is_quoted(document: Document, statement: Statement) -> bool:
    """Whether a statement is a quotation block, in which a text gives the new words of another."""
    if not statement.pieces:
        return False
    start = statement.pieces[0].start
    line = document.data[document.data.rfind(b"\n", 0, start) + 1 : start + 1]
    return line.lstrip().startswith(b">")


def _as_it_stands(document: Document, statement: Statement) -> str:
    """A statement's text with what is struck out, and the marks of a filled form, as blanks."""
    text = statement.text
    for piece in statement.pieces:
        before, end = document.data[piece.start - 2 : piece.start], piece.start + len(piece.text.encode())
        if before == b"~~" and document.data[end : end + 2] == b"~~":
            text = text[: piece.at] + " " * len(piece.text) + text[piece.at + len(piece.text) :]
    return _FILLED.sub(lambda match: " " * len(match[0]), text)
