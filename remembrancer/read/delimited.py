"""CSV (RFC 4180) and TSV: rows of fields, read in place.

The source is its own rendition: delimiters and quotation marks are no letters, so that a row is spans of its
fields, and a field with doubled quotation marks is split there. ::

    time,speaker,words
    00:01,Ann Ames,"I call it ""the bridge"", it is one."

A mapping names columns by their header or their number from 1; without one a header with a speaker and words
is taken for speeches. Rows in which one person goes on are one speech. Numbers and times that nothing maps
are markup, other fields nothing maps are texts in place, and so are all rows where nobody speaks.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from remembrancer.model import Reading
from remembrancer.read import dates, encoding
from remembrancer.read.form import LETTER, Form, Range
from remembrancer.read.house import FieldMapping, House
from remembrancer.read.opening import date_by_path, open_sitting
from remembrancer.read.recording_time import recording_time
from remembrancer.saying import remark

ENDINGS = (".csv", ".tsv", ".tab")
_NAMES = {
    "speaker": r"speaker(_?name)?|sender|nick|redner(in)?|sprecher|orateur|intervenant|orador|falante|оратор",
    "text": (
        r"text|content|words|sentence|transcription|transcript|message|utterance|speech|wortlaut|redebeitrag|texte|texto|"
        r"paroles|palabras|palavras|текст"
    ),
    "time": r"time|timestamp|start|start_time|uhrzeit|zeit|heure|hora|время",
    "date": r"date|meeting_date|datum|sitzungsdatum|fecha|data|дата",
}
"""What columns are called in their first row, by the field of a mapping, in the languages of the packs."""

_NUMBER = re.compile(r"[\d\s.,:%+/-]*")


class Cell(NamedTuple):
    """A field: its ranges without quotation marks, and its value."""

    ranges: tuple[Range, ...]
    value: str


class _Columns(NamedTuple):
    """Positions of the columns that have a meaning; None where there is none. ``header``: the first row is one."""

    speaker: int | None = None
    words: int | None = None
    time: int | None = None
    date: int | None = None
    omitted: frozenset[int] = frozenset()
    header: bool = False


def rows(text: str, delimiter: str) -> Iterator[list[Cell]]:
    """The rows of a table with the place of every field. A quotation mark that nothing closes is a letter's
    neighbour like any other; a tab-separated field is quoted only if its mark is closed in the same row."""
    inside = r"[^\"\r\n]+" if delimiter == "\t" else r"[^\"]+"
    quoted = rf'"((?:{inside}|"")*+)"(?=[ ]*(?:{delimiter}|\r|\n|\Z))[ ]*'
    token = re.compile(rf"(?:{quoted}|([^{delimiter}\r\n]*))({delimiter}|\r\n|\r|\n|\Z)")
    row: list[Cell] = []
    position = 0
    while position < len(text) or row:
        match = token.match(text, position)
        if match is None:  # no token ends here only inside a quotation mark without end
            break
        row.append(_cell(match))
        position = match.end()
        if match[3] != delimiter:
            if len(row) > 1 or row[0].ranges:
                yield row
            row = []


def rows_of(text: str, path: str) -> list[list[Cell]]:
    """All rows of a table; the delimiter is worked out from the path and the first row."""
    return list(rows(text, _delimiter(text, path)))


def read(reader: str, data: bytes, path: str, house: House, mapping: FieldMapping | None) -> Reading:
    """The reading of one table."""
    decoded = encoding.decode(data)
    form = Form(decoded.text, language=house.language)
    table = rows_of(decoded.text, path)
    columns = _mapped(table, mapping) if mapping else _detected(table)
    if columns.speaker is None or columns.words is None:
        _read_texts(form, table, columns)
        if not mapping:
            _report_unmapped(form, table, columns)
    else:
        sitting = open_sitting(form, path, house)
        _Speeches(form, columns, sitting).read(table)
        date_by_path(form, sitting, path, house)
    _report_ragged(form, table)
    return encoding.reading(reader, data, decoded, form.finish())


def _cell(match: re.Match[str]) -> Cell:
    group = 2 if match[1] is None else 1
    start, end = match.span(group)
    value = match[group]
    if group == 2 or '""' not in value:
        ranges = [(start, end)]
    else:
        cuts = [start + cut.start() for cut in re.finditer('""', value)]
        ranges = [(begin, stop + 1) for begin, stop in zip([start, *(cut + 2 for cut in cuts)], cuts, strict=False)]
        ranges.append((cuts[-1] + 2, end))
        value = value.replace('""', '"')
    return Cell(tuple(one for one in ranges if one[0] < one[1]), value)


def _delimiter(text: str, path: str) -> str:
    if path.lower().endswith((".tsv", ".tab")):
        return "\t"
    first = text[: text.find("\n")] if "\n" in text else text[:4096]
    return max(",;\t", key=first.count) if any(mark in first for mark in ",;\t") else ","


def _mapped(table: list[list[Cell]], mapping: FieldMapping) -> _Columns:
    names = _header(table)
    addresses = [mapping.speaker, mapping.text, mapping.time, mapping.date, *mapping.omit]
    wanted = {address.removeprefix("[*].") for address in addresses if address}
    header = bool(wanted & set(names))

    def position(address: str) -> int | None:
        name = address.removeprefix("[*].")
        if header and name in names:
            return names.index(name)
        return int(name) - 1 if name.isdigit() else None

    omitted = frozenset(at for address in mapping.omit if (at := position(address)) is not None)
    return _Columns(
        position(mapping.speaker),
        position(mapping.text),
        position(mapping.time),
        position(mapping.date),
        omitted,
        header,
    )


def _detected(table: list[list[Cell]]) -> _Columns:
    at = {field: next(iter(_called(table, names)), None) for field, names in _NAMES.items()}
    speaker, words = at["speaker"], at["text"]
    return _Columns(speaker, words, at["time"], header=speaker is not None and words is not None)


def _header(table: list[list[Cell]]) -> list[str]:
    return [cell.value.strip().lstrip("\ufeff") for cell in table[0]] if table else []


def _called(table: list[list[Cell]], names: str) -> list[int]:
    """The columns that the first row calls by one of some names."""
    return [at for at, name in enumerate(_header(table)) if re.fullmatch(names, name.lower())]


def named(text: str, path: str) -> dict[str, str]:
    """The columns that the first row names plainly, as a mapping's field to the name as it is written."""
    first = [next(rows(text, _delimiter(text, path)), [])]
    found = {field: _called(first, names) for field, names in _NAMES.items()}
    return {field: _header(first)[at[0]] for field, at in found.items() if at}


def _read_texts(form: Form, table: list[list[Cell]], columns: _Columns) -> None:
    for row in table:
        kept = [cell for at, cell in enumerate(row) if at not in columns.omitted]
        form.text_at([one for cell in kept for one in cell.ranges])
        for at in columns.omitted:
            if at < len(row):
                _mark(form, row[at])


def _mark(form: Form, cell: Cell) -> None:
    for one in cell.ranges:
        form.markup(*one)


@dataclass(slots=True)
class _Speeches:
    """Joins the rows of one speaker. What is open is a speaker, its label, its words and its time."""

    form: Form
    columns: _Columns
    sitting: int
    speaker: str = ""
    label: tuple[Range, ...] = ()
    words: list[Range] = field(default_factory=list)
    time: str = ""

    def read(self, table: list[list[Cell]]) -> None:
        body = table[1:] if self.columns.header else table
        for cell in table[0] if self.columns.header else []:
            _mark(self.form, cell)
        for row in body:
            self._row(row)
        self._close()

    def _row(self, row: list[Cell]) -> None:
        columns = self.columns
        speaker = row[columns.speaker] if columns.speaker is not None and columns.speaker < len(row) else None
        words = row[columns.words] if columns.words is not None and columns.words < len(row) else None
        if not speaker or not words or not words.ranges:
            self._close()
            self.form.text_at([one for cell in row for one in cell.ranges], sitting=self.sitting)
            return
        others = [cell for at, cell in enumerate(row) if at not in (columns.speaker, columns.words)]
        texts = self._without_markup(row, others)
        if speaker.value.strip() != self.speaker or not self.words or self._out_of_order(speaker, words):
            self._open(row, speaker)
        else:
            _mark(self.form, speaker)
            self.words.append(self._line_break(row))
        self.words += words.ranges
        if texts:
            self._close()
            for text in texts:
                self.form.text_at(text.ranges, sitting=self.sitting)

    def _line_break(self, row: list[Cell]) -> Range:
        """The line break before a row, so that the words of two rows do not run together."""
        start = min(one[0] for cell in row for one in cell.ranges)
        found = self.form.text.rfind("\n", 0, start)
        return found, found + 1

    def _without_markup(self, row: list[Cell], others: list[Cell]) -> list[Cell]:
        """The fields that are texts; times, dates, numbers and what is omitted become markup."""
        plain = {id(row[at]) for at in (self.columns.time, *self.columns.omitted) if at is not None and at < len(row)}
        texts = []
        for cell in others:
            if id(cell) in plain or _NUMBER.fullmatch(cell.value) or self._dates(row, cell):
                _mark(self.form, cell)
            elif cell.ranges:
                texts.append(cell)
        return texts

    def _dates(self, row: list[Cell], cell: Cell) -> bool:
        at = self.columns.date
        if at is None or at >= len(row) or row[at] is not cell:
            return False
        for found in dates.find(cell.value)[:1]:
            self.form.dated(self.sitting, found.value, "field", cell.ranges)
        return True

    def _out_of_order(self, speaker: Cell, words: Cell) -> bool:
        return bool(speaker.ranges) and speaker.ranges[0] > words.ranges[0]

    def _open(self, row: list[Cell], speaker: Cell) -> None:
        self._close()
        at = self.columns.time
        self.speaker, self.label = speaker.value.strip(), speaker.ranges
        self.time = recording_time(row[at].value) if at is not None and at < len(row) else ""

    def _close(self) -> None:
        if self.words:
            label = self.label
            if label and label[0] > self.words[0]:
                for one in label:
                    self.form.markup(*one)
                label = ()
            self.form.speech(self.speaker, self.words, label=label, sitting=self.sitting, time=self.time)
        self.words = []


def _report_unmapped(form: Form, table: list[list[Cell]], columns: _Columns) -> None:
    """A first row that names who speaks or what is said, but not both, may hold speeches that nobody finds."""
    if (columns.speaker is None) == (columns.words is None) or len(table[0]) < 2 or len(table) < 2:
        return
    form.finding(
        "columns-unmapped",
        remark(
            "The fields of these columns were kept as text, without speakers: %(names)s.",
            names=", ".join(_header(table)),
        ),
        remark("If people speak here, name the columns in the house: [[fields]] with path, speaker, text and date."),
        at=(table[0][0].ranges[0][0], table[0][-1].ranges[-1][1])
        if table[0][0].ranges and table[0][-1].ranges
        else None,
    )


def _ragged(fields: int, usual: int, rows: int) -> str:
    if rows > 3:
        return remark("This row has %(n)s fields where most have %(m)s; %(k)s rows have.", n=fields, m=usual, k=rows)
    return remark("This row has %(n)s fields where most have %(m)s.", n=fields, m=usual)


def _report_ragged(form: Form, table: list[list[Cell]]) -> None:
    """Rows with another number of fields than most point to a wrong delimiter or a lost quotation mark."""
    if not table:
        return
    usual = Counter(len(row) for row in table).most_common(1)[0][0]
    ragged = [row for row in table if len(row) != usual]
    for row in ragged[:3]:
        ranges = [one for cell in row for one in cell.ranges]
        if ranges and LETTER.search(form.text, *ranges[0]):
            form.finding(
                "ragged-row",
                _ragged(len(row), usual, len(ragged)),
                remark("Look for a missing quotation mark or delimiter."),
                at=(ranges[0][0], ranges[-1][1]),
            )
