"""``house guess``: a house proposed from samples, each line with the evidence for it.

Nothing is proposed without evidence. Conventions of prose are guessed from Markdown, reStructuredText and plain
text; the language, and headings that say they are closed, from any format; the columns of a table where its first
row names them. Other mappings of structured fields are for people. As TOML every line carries its evidence::

    [speakers]
    styles = ["colon"]     # "LABEL: words" begins 1,204 speeches in 31 of 40 files
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import msgspec
import tomlkit

from remembrancer.model import Reading
from remembrancer.read import dates, delimited, markdown, occasion, plaintext, read, restructuredtext, tongues
from remembrancer.read.blocks import Prose
from remembrancer.read.closed import literally, marking
from remembrancer.read.encoding import decode
from remembrancer.read.house import DEFAULT, House
from remembrancer.read.prose import lines_of, voices
from remembrancer.read.roll import call_the_roll
from remembrancer.read.sections import section_of, words_of
from remembrancer.read.speakers import Candidate

Sample = tuple[str, bytes]
"""A path with forward slashes, and the file's bytes."""


class Proposal(NamedTuple):
    """One line of a house: ``table`` is empty for keys at the top."""

    table: str
    key: str
    value: Any
    evidence: str


class Guess(NamedTuple):
    house: House
    proposals: tuple[Proposal, ...]


class _Seen(NamedTuple):
    """What one sample shows."""

    path: str
    prose: Prose
    voices: dict[int, Candidate]
    headings: tuple[tuple[int, str], ...]


_EXTRACTORS: tuple[tuple[Callable[[bytes, str, House], bool], Callable[[str], Prose]], ...] = (
    (restructuredtext.recognises, restructuredtext.extract),
    (markdown.recognises, markdown.extract),
    (plaintext.recognises, plaintext.extract),
)
_FEW = 2
"""One file shows nothing of a body's habits."""


def guess(samples: Sequence[Sample]) -> Guess:
    """A house for the samples. A part of the house that they show nothing of is left out."""
    seen = [found for path, data in samples if (found := _look(path, data))]
    readings = [read(data, path, DEFAULT) for path, data in samples]
    proposals = (
        *_language([reading.rendition.data.decode(errors="replace") for reading in readings]),
        *_closed(readings),
        *_tables(samples),
        *(found for pass_ in _PASSES for found in pass_(seen)),
    )
    return Guess(msgspec.convert(_nested(proposals), House), proposals)


def to_toml(guess: Guess) -> str:
    """The guess as TOML that ``house.parse`` takes, with the evidence beside or above each line."""
    document = tomlkit.document()
    for proposal in guess.proposals:
        where: Any = document
        if proposal.table:
            where = document.setdefault(proposal.table, tomlkit.table())
        where.add(tomlkit.comment(proposal.evidence))
        where.add(proposal.key, _written(proposal.value))
    return tomlkit.dumps(document)


def _written(value: Any) -> Any:
    """The value for TOML, regular expressions between single quotes where they hold none."""
    if isinstance(value, str):
        return tomlkit.string(value, literal="\\" in value and "'" not in value)
    if isinstance(value, list) and all(isinstance(member, str) for member in value):
        written = tomlkit.array()
        written.extend([_written(member) for member in value])
        return written
    return tomlkit.item(value)


def _look(path: str, data: bytes) -> _Seen | None:
    for recognises, extract in _EXTRACTORS:
        if recognises(data, path, DEFAULT):
            prose = extract(decode(data).text)
            at = voices(prose, DEFAULT, call_the_roll(prose, DEFAULT)).at
            return _Seen(path, prose, at, tuple(_headings(prose)))
    return None


def _headings(prose: Prose) -> Iterator[tuple[int, str]]:
    for block in prose.blocks:
        if block.kind == "heading":
            yield block.level, " ".join(words_of(prose.text[block.start : block.end]).split())


def _nested(proposals: Iterable[Proposal]) -> dict[str, Any]:
    house: dict[str, Any] = {}
    for table, key, value, _ in proposals:
        (house.setdefault(table, {}) if table else house)[key] = value
    return house


# Passes: each looks at all samples and proposes lines of one kind.


def _language(texts: Sequence[str]) -> Iterator[Proposal]:
    """The language of most files; where each is too short to say, that of all of them together."""
    spoken = Counter(language for text in texts if (language := tongues.language_of(text)))
    language, count = spoken.most_common(1)[0] if spoken else ("", 0)
    where = f"{count} of {len(texts)} files"
    if count * 2 <= len(texts):
        language, where = tongues.language_of("\n".join(texts)), f"all {len(texts)} files together"
    if language:
        how = "commonest words" if language in tongues.COMMON_WORDS else "letters"
        yield Proposal("", "language", language, f"by its {how}, {where}")


_PATHS = (
    r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})",
    r"(?<!\d)(?P<year>(?:19|20)\d{2})(?P<month>\d{2})(?P<day>\d{2})(?!\d)",
    r"(?P<year>\d{4})[._](?P<month>\d{2})[._](?P<day>\d{2})",
    r"(?P<year>\d{4})[^/]*/(?P<month>[A-Za-z]{3,9})[-_ ](?P<day>\d{1,2})",
    r"(?P<year>\d{4})/[^/]*?(?P<month>\d{1,2})-(?P<day>\d{1,2})[^/]*$",
)


def _paths(seen: Sequence[_Seen]) -> Iterator[Proposal]:
    """The first of some patterns by which most paths say the day of a sitting."""
    for pattern in _PATHS:
        matching = [file.path for file in seen if re.search(pattern, file.path)]
        days = [path for path in matching if len(dates.from_path(path, [pattern]).date) == len("2024-03-07")]
        if len(days) >= _FEW and len(days) * 2 >= len(seen):
            evidence = f"the path gives a day in {len(days)} of {len(seen)} files"
            yield Proposal("sitting", "path", [pattern], evidence)
            return


def _venue(seen: Sequence[_Seen]) -> Iterator[Proposal]:
    labels: Counter[str] = Counter()
    for file in seen:
        label = occasion.venue_label(file.prose)
        if label:
            labels[label] += 1
    common = [label for label, count in labels.most_common(4) if count >= _FEW]
    if common:
        counts = ", ".join(f"{label}: {labels[label]} files" for label in common)
        yield Proposal("sitting", "venue", common, counts)


_SHOWN = {
    "colon": '"LABEL: words"',
    "bold": '"**Name** words"',
    "bold-line": '"**Name**" alone on its line',
    "heading": "a heading that is a name",
    "angle": '"<name> words"',
    "timestamp": '"Name 00:12:31" alone on its line',
    "bracket": '"(Name) words"',
    "entry": "a list entry that is a name",
}


def _styles(seen: Sequence[_Seen]) -> Iterator[Proposal]:
    """Every style that begins speeches, the commonest first; to leave one out would lose what it begins."""
    speeches = Counter(voice.style for file in seen for voice in file.voices.values())
    files = Counter(style for file in seen for style in dict.fromkeys(voice.style for voice in file.voices.values()))
    used = [style for style, _ in speeches.most_common()]
    if used:
        shown = (
            f"{_SHOWN[style]} begins {speeches[style]:,} speeches in {files[style]} of {len(seen)} files"
            for style in used
        )
        yield Proposal("speakers", "styles", used, "; ".join(shown))


def _not_speakers(seen: Sequence[_Seen]) -> Iterator[Proposal]:
    """Labels that recur over many files and never speak."""
    speaking = {voice.name for file in seen for voice in file.voices.values()}
    files: Counter[str] = Counter()
    for file in seen:
        files.update(dict.fromkeys((each for each in _labels(file.prose) if each not in speaking), 1))
    common = [label for label, count in files.most_common(12) if count >= max(_FEW + 1, len(seen) // 10)]
    if common and speaking:
        counts = ", ".join(f"{label}: {files[label]}" for label in common)
        yield Proposal(
            "speakers",
            "not_speakers",
            [literally(label) for label in common],
            f"files in which each leads a line: {counts}",
        )


_LABEL = re.compile(r"(?:\*\*|__)?([A-Z][\w ]{1,30}?)(?:\*\*|__)?:(?:\*\*|__)?(?=\s)")


def _labels(prose: Prose) -> Iterator[str]:
    for block in prose.blocks:
        if block.kind in {"paragraph", "list"}:
            for line in lines_of(prose.text, block):
                if match := _LABEL.match(prose.text, line.start, line.end):
                    yield match[1]


def _sections(seen: Sequence[_Seen]) -> Iterator[Proposal]:
    """Headings that recur and mark a section."""
    found: dict[str, Counter[str]] = {}
    for file in seen:
        for heading in dict.fromkeys(heading for _, heading in file.headings):
            marked = section_of(heading, DEFAULT)
            if marked and len(heading) <= 60:
                found.setdefault(marked, Counter())[heading] += 1
    for section, headings in sorted(found.items()):
        common = [heading for heading, count in headings.most_common(8) if count >= _FEW]
        if common:
            counts = ", ".join(f"{heading}: {headings[heading]} files" for heading in common)
            yield Proposal("sections", section, [literally(heading) for heading in common], counts)


def _closed(readings: Sequence[Reading]) -> Iterator[Proposal]:
    """Headings, of any format, that say of themselves that what follows is closed. One is enough: to leave a closed
    part open cannot be taken back."""
    titles = [item.title for reading in readings for item in reading.proceedings.items]
    said = Counter(mark for title in titles if (mark := marking(title)))
    if said:
        marks = [{"heading": mark, "class": "members"} for mark, _ in said.most_common()]
        counts = ", ".join(f"{mark}: {count}" for mark, count in said.most_common())
        yield Proposal("", "classes", marks, f"headings that say so themselves: {counts}; choose the class")


def _tables(samples: Sequence[Sample]) -> Iterator[Proposal]:
    """The columns of tables, where all of an ending name speaker and words alike in their first row."""
    named: dict[str, list[tuple[tuple[str, str], ...]]] = {}
    for path, data in samples:
        if path.lower().endswith(delimited.ENDINGS):
            ending = path[path.rindex(".") :]
            named.setdefault(ending, []).append(tuple(delimited.named(decode(data).text, path).items()))
    alike = {ending: dict(tables[0]) for ending, tables in named.items() if len(set(tables)) == 1}
    fields = [
        {"path": f"*{ending}", **columns} for ending, columns in alike.items() if {"speaker", "text"} <= {*columns}
    ]
    if fields:
        shown = "; ".join(", ".join(f"{each[key]}: {key}" for key in each if key != "path") for each in fields)
        yield Proposal("", "fields", fields, f"the first row names the columns: {shown}")


_PASSES = (_paths, _venue, _styles, _not_speakers, _sections)
"""What is proposed in tables; keys at the top come before them, as TOML wants it."""
