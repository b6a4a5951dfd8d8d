"""What prose of any format says: blocks in, sittings, items, speeches and texts out.

The document is read three times: for who was there, for which labels are speakers, and then once from top to
bottom, where every heading, label and paragraph closes what was open before it. A speech takes all that
follows - continuation paragraphs, lists, code - until a speaker, a heading, a conclusion, the minutes' own formula
of a resolution or vote, or the end of the list entry that it began in. Where labelled paragraphs are rare a speech
ends with its own paragraph and what hangs on it; not so in the verbatim reports of parliaments, where a paragraph
in brackets is nobody's words.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from remembrancer.access import strictest
from remembrancer.model import Proceedings, Section, Visibility
from remembrancer.plain import plain
from remembrancer.read import attendance, sections
from remembrancer.read.blocks import Block, Prose
from remembrancer.read.form import LETTER, Form, Range, beyond
from remembrancer.read.formulas import formula_of, is_answered_by_name, tallies
from remembrancer.read.house import House, visibility_of
from remembrancer.read.occasion import Day, occasion
from remembrancer.read.roll import CALLOUT, Roster, call_the_roll
from remembrancer.read.speakers import (
    MANY,
    Candidate,
    Roll,
    candidate,
    candidate_entry,
    candidate_heading,
    is_formal,
    speakers,
)
from remembrancer.saying import remark


def structure(prose: Prose, path: str, house: House) -> Proceedings:
    """The proceedings of a document as blocks; ``path`` is relative, with forward slashes."""
    return _Walk(prose, path, house).proceedings()


class Line(NamedTuple):
    """A line of a block, from its first word; ``first`` of its block or a later one."""

    start: int
    end: int
    first: bool


class Voices(NamedTuple):
    """The lines that begin speeches, by offset; ``dense`` where most paragraphs do, ``verbatim`` where labels are
    formal, as in the reports of parliaments."""

    at: dict[int, Candidate]
    dense: bool
    verbatim: bool


@dataclass(slots=True)
class Open:
    """What is being filled: a speech if ``voice`` is set, else a text. ``level``: depth of its list entry."""

    start: int
    section: Section
    kind: str = ""
    level: int = 0
    table: int = 0
    voice: Candidate | None = None
    ranges: list[Range] = field(default_factory=list)


class Told(NamedTuple):
    """What may tell of comings: a text, or a speech for the asides in it. ``item``: its number."""

    sitting: int | None
    item: str
    spoken: bool
    start: int
    end: int


class Heading(NamedTuple):
    """An item that is open, with what holds below it."""

    level: int
    item: int
    number: str
    title: str
    visibility: Visibility
    section: Section


_LEAD = re.compile(r"[ \t>]*")
_NUMBERED = re.compile(r"\s*\d{1,2}[.)]\s")
_DENSE = 0.25
_BARE = 40
_LASTING: frozenset[Section] = frozenset({"attendance", "conclusion", "actions", "summary"})
"""Sections that hold for the headings below theirs too."""
_WITHIN: frozenset[Section | None] = frozenset({"conclusion", "motion", "vote"})
"""Sections that belong to the item before, even where their heading is on its level."""
_BELOW_HEADINGS = 10
"""An item that a line opens stands below those that headings open."""
_DIRECTION = re.compile(r"(?:\s*\([^()]*\))+\s*")
_SPOKEN = frozenset({"paragraph", "list", "quote"})


def lines_of(text: str, block: Block) -> Iterator[Line]:
    """The lines of a block, each from its first word."""
    start, first = block.start, True
    while start < block.end:
        end = text.find("\n", start, block.end)
        end = block.end if end < 0 else end
        if not first:
            start = beyond(_LEAD, text, start, end)
        if start < end:
            yield Line(start, end, first)
        start, first = end + 1, False


def below_bare_labels(prose: Prose) -> frozenset[int]:
    """The entries of lists of actions below a paragraph that is nothing but their heading: ``Actions``."""
    found: set[int] = set()
    labelled = False
    for index, block in enumerate(prose.blocks):
        words = prose.text[block.start : block.end] if block.end - block.start <= _BARE else ""
        if block.kind == "list" and labelled:
            found.add(index)
        else:
            bare = block.kind == "paragraph" and not sections.number_of(words)
            labelled = bare and sections.section_of(words, House()) == "actions"
    return frozenset(found)


def _has_entries_below(blocks: Sequence[Block], index: int) -> bool:
    block, below = blocks[index], blocks[index + 1 : index + 2]
    return (
        block.kind in {"list", "paragraph"} and bool(below) and below[0].kind == "list" and below[0].level > block.level
    )


def voices(prose: Prose, house: House, roster: Roster) -> Voices:
    """Which lines begin speeches, on the evidence of the whole document."""
    roll = Roll(attendee for attendee, _ in roster.lines)
    found: dict[int, tuple[Candidate, Section, int]] = {}
    section: Section = "text"
    bare = below_bare_labels(prose)
    units = paragraphs = 0
    for index, block in enumerate(prose.blocks):
        if block.kind == "heading":
            section = sections.section_of(prose.text[block.start : block.end], house) or "text"
            if named := candidate_heading(prose.text, block.start, block.end):
                found[block.start] = (named, "heading", 0)
        elif block.kind in _SPOKEN and index not in roster.blocks and index not in bare and section != "actions":
            paragraphs += not block.level
            if is_answered_by_name(prose.text, block.start, block.end):
                continue
            for line in lines_of(prose.text, block):
                named = candidate(prose.text, line.start, line.end, house)
                if named is None and line.first and _has_entries_below(prose.blocks, index):
                    named = candidate_entry(prose.text, block.start, block.end)
                units += line.first or named is not None
                if named:
                    found[line.start] = (named, section, block.level)
    accepted = speakers([named for named, _, _ in found.values()], roll, house, units)
    often = Counter(named.name for named, _, _ in found.values())
    kept = {
        start: (named, level)
        for start, (named, section, level) in found.items()
        if (named.style, named.name) in accepted and (section != "agenda" or often[named.name] > 1)
    }
    flat = [named for named, level in kept.values() if not level]
    verbatim = sum(is_formal(named.name) for named in flat) >= max(MANY, len(flat) / 2)
    dense = verbatim or len(flat) >= _DENSE * paragraphs
    return Voices({start: named for start, (named, _) in kept.items()}, dense, verbatim)


class _Walk:
    """The last reading, with what the earlier two have found."""

    def __init__(self, prose: Prose, path: str, house: House) -> None:
        self.prose, self.text, self.house = prose, prose.text, house
        self.form = Form(prose.text, prose.places, house.language)
        self.roster = call_the_roll(prose, house)
        self.names = {line.abbreviation: line.label for line, _ in self.roster.lines if line.abbreviation}
        self.voices = voices(prose, house, self.roster)
        self.bare = below_bare_labels(prose)
        self.tallies = tallies(prose)
        self.occasion = occasion(prose, path, house)
        self.patterns = [re.compile(pattern) for pattern in house.items.pattern]
        self.outline = self._is_outline()
        self.sitting: int | None = None
        self.headings: list[Heading] = []
        self.open: Open | None = None
        self.section: Section = "text"
        self.last_end = 0
        self.narrative: list[Told] = []
        self.convened: list[tuple[int, int]] = []

    def proceedings(self) -> Proceedings:
        for start, end in self.prose.markup:
            self.form.markup(start, end)
        if self._is_sitting() and not self.occasion.openings:
            self._convene(self.occasion.days)
        for index, block in enumerate(self.prose.blocks):
            self._block(index, block)
        self._close()
        self._attendance()
        return self.form.finish()

    # The sitting

    def _is_sitting(self) -> bool:
        """Evidence of a sitting: speeches, a roll, or a dated document that names a meeting."""
        of_a_day = any(len(day.value) >= 10 for day in self.occasion.days)
        if self.occasion.openings:
            return True
        spoken = len(self.voices.at) >= 3 and (bool(self.occasion.days) or len(self.voices.at) >= 10)
        listed = len(self.roster.lines) >= 2 and (self.occasion.named or bool(self.occasion.days))
        return spoken or listed or (of_a_day and self.occasion.named)

    def _convene(self, days: tuple[Day, ...], title: str = "", where: Range | None = None) -> None:
        known = self.occasion
        ranges = known.title_ranges if where is None else (where,)
        self.sitting = self.form.sitting(title or known.title, ranges, known.venue, known.facts.key)
        self.convened.append((where[0] if where else 0, self.sitting))
        for day in days:
            self.form.dated(self.sitting, day.value, day.origin, day.ranges)
        if not days:
            self.form.finding(
                "no-date",
                remark("No date was found for this sitting."),
                remark("Name the date in the file or its path."),
            )
        if known.differs:
            message = remark(
                "The document dates the sitting %(one)s, its path %(other)s.", one=days[0].value, other=known.differs
            )
            self.form.finding(
                "date-differs", message, remark("Correct whichever is wrong."), (days[0].ranges or (None,))[0]
            )

    def _attendance(self) -> None:
        """The roll of each sitting, and after it who came and went."""
        if not self.convened:
            return
        starts = [start for start, _ in self.convened]
        for attendee, where in self.roster.lines:
            _, sitting = self.convened[max(bisect_right(starts, where[0]) - 1, 0)]
            self.form.attends(sitting, attendee, [where])
        for _, sitting in self.convened:
            if events := list(self._comings(sitting)):
                known = self.form.sitting_so_far(sitting).attendance
                self.form.replace_attendance(sitting, attendance.with_comings(known, events))

    def _comings(self, sitting: int) -> Iterator[attendance.Coming]:
        """Comings without a time are known by the item that they are told under."""
        for where in self.narrative:
            if where.sitting == sitting:
                find = attendance.asides if where.spoken else attendance.comings
                for event in find(self.text, where.start, where.end):
                    yield event if event.when else event._replace(when=where.item or event.verb)

    def _is_outline(self) -> bool:
        """Minutes that are one list under their title, whose outermost entries are the order of business."""
        blocks = self.prose.blocks
        if any(block.kind == "heading" and index not in self.occasion.titles for index, block in enumerate(blocks)):
            return False
        levels = [block.level for block in blocks if block.kind == "list"]
        return levels.count(1) >= 3 and len(levels) > 2 * levels.count(1) and self._is_sitting()

    # Blocks

    def _block(self, index: int, block: Block) -> None:
        if block.kind == "furniture" or self._is_direction(block):
            self._interrupt(block)
        elif block.kind == "heading":
            self._heading(index, block)
        elif block.kind in _SPOKEN:
            for line in lines_of(self.text, block):
                self._line(index, block, line)
        else:
            self._follow(index, block, Line(block.start, block.end, True))
        self.last_end = max(self.last_end, block.end)

    def _interrupt(self, block: Block) -> None:
        """Furniture and stage directions stand in the middle of what is said, which goes on after them."""
        if self.open:
            self.open.ranges.append((self.open.start, self.last_end))
            self.open.start = block.end
        item = None if block.kind == "furniture" else self._item()
        self.form.text_at([(block.start, block.end)], "text", self.sitting, item, self._visibility())

    def _is_direction(self, block: Block) -> bool:
        """In a verbatim report a paragraph in brackets tells what happens; nobody says it."""
        is_paragraph = self.voices.verbatim and block.kind == "paragraph"
        return is_paragraph and bool(_DIRECTION.fullmatch(self.text, block.start, block.end))

    def _before(self, start: int) -> int:
        """Where the line of ``start`` begins, list marker included, but after what was read before."""
        return max(self.last_end, self.text.rfind("\n", 0, start) + 1)

    def _heading(self, index: int, block: Block) -> None:
        named = self.voices.at.get(block.start)
        if named:
            self._speak(block, named)
            return
        self._close()
        where = [(self._before(block.start), block.end)]
        words = plain([self.text[block.start : block.end]])
        if index in self.occasion.openings:
            self._convene((self.occasion.openings[index],), words, where[0])
        if index in self.occasion.titles and self._is_sitting():
            self.form.text_at(where, "title", self.sitting)
        elif not LETTER.search(words) or self._only_states(block, words):
            self.form.text_at(where, "title", self.sitting, self._item())
        elif self._opens_item(block, words):
            self._item_at(where, block.level, words)
        else:
            self.form.text_at(where, "heading", self.sitting, self._item(), self._visibility())

    def _only_states(self, block: Block, words: str) -> bool:
        return not self.headings and sections.is_fact(self.text[block.start : block.end]) and self._is_sitting()

    def _opens_item(self, block: Block, words: str) -> bool:
        conventions = self.house.items
        if any(re.fullmatch(pattern, words, re.IGNORECASE) for pattern in conventions.not_items):
            return False
        return not conventions.levels or block.level in conventions.levels

    def _item_at(self, where: list[Range], level: int, words: str, number: str = "") -> None:
        section = sections.section_of(words, self.house)
        if section in _WITHIN and self.headings and self.headings[-1].level == level:
            level += 1
        while self.headings and self.headings[-1].level >= level:
            self.headings.pop()
        above = self.headings[-1] if self.headings else None
        visibility = strictest((visibility_of(words, self.house), above.visibility if above else "open"))
        number = number or sections.number_of(words)
        item = self.form.item(where, number, level, above.item if above else None, self.sitting, visibility)
        inherited = above.section if above and above.section in _LASTING else "text"
        self.section = section or inherited
        self.headings.append(Heading(level, item, number, words, visibility, self.section))

    def _item(self) -> int | None:
        return self.headings[-1].item if self.headings else None

    def _visibility(self) -> Visibility:
        return self.headings[-1].visibility if self.headings else "open"

    # Lines

    def _line(self, index: int, block: Block, line: Line) -> None:
        named = self.voices.at.get(line.start)
        if named:
            self._speak(block, named, line)
        elif self.outline and line.first and block.kind == "list" and block.level == 1:
            self._close()
            where = [(self._before(line.start), block.end)]
            self._item_at(where, 9, plain([self.text[line.start : block.end]]))
        elif self.patterns and self.section != "agenda" and self._opens_by_pattern(block, line):
            pass
        elif marked := self._marker(index, block, line):
            self._close()
            self.open = Open(self._before(line.start), marked, "marker", block.level)
        elif line.first:
            self._follow(index, block, line)
        self.last_end = max(self.last_end, line.end)

    def _marker(self, index: int, block: Block, line: Line) -> Section | None:
        start = beyond(CALLOUT, self.text, line.start, line.end)
        if marked := sections.marker_of(self.text[start : min(line.end, start + 120)], self.house):
            return marked
        marked = None if self.voices.verbatim else formula_of(self.text[start : min(line.end, start + 200)])
        return None if marked and self._is_own_sentence(index, block, line) else marked

    def _is_own_sentence(self, index: int, block: Block, line: Line) -> bool:
        """Whether a line goes on with the speaker's sentence, or with the list or quotation that it led to."""
        if self.open is None or self.open.voice is None:
            return False
        start, end = self.open.start, self.last_end
        above = index - 1
        while block.kind != "paragraph" and above >= 0 and self.prose.blocks[above].kind == block.kind:
            if self.prose.blocks[above].start < start:
                break
            above -= 1
            end = self.prose.blocks[above].end if above >= 0 else end
        said = self.text[start:end].rstrip(" \t\n*_")
        unfinished = not said or said[-1] in ",;:–—-(，；：、،"
        return unfinished or (not line.first and said[-1].isalnum())

    def _opens_by_pattern(self, block: Block, line: Line) -> bool:
        for pattern in self.patterns:
            match = pattern.fullmatch(self.text, line.start, line.end)
            if match:
                self._close()
                groups = match.groupdict()
                where = [(self._before(line.start), line.end)]
                words = plain([groups.get("title") or match[0]])
                self._item_at(where, _BELOW_HEADINGS + block.level, words, groups.get("number") or "")
                return True
        return False

    def _speak(self, block: Block, named: Candidate, line: Line | None = None) -> None:
        self._close()
        start = line.start if line else block.start
        before = self._before(start)
        first = min(stop for stop, _ in (named.label, *named.other, *((named.time,) if named.time else ())))
        if LETTER.search(self.text, before, first):
            self.form.markup(before, first)  # a list's number, or the ``o`` that was a bullet
        self.open = Open(named.words, self.section, "speech", block.level if line else 0, voice=named)
        self.last_end = max(self.last_end, named.words)

    def _follow(self, index: int, block: Block, line: Line) -> None:
        """A block without a label goes on with what is open, or opens a text."""
        if self.open and self._goes_on(self.open, index, block, line):
            return
        self._close()
        section: Section = "attendance" if index in self.roster.blocks else self.section
        section = "actions" if index in self.bare else section
        if section == "text" and index in self.tallies:
            section = "vote"
        self.open = Open(self._before(line.start), section, block.kind, block.level, block.table)

    def _goes_on(self, known: Open, index: int, block: Block, line: Line) -> bool:
        if index in self.tallies and (known.voice or (known.kind == "marker" and known.section != "vote")):
            return False
        if known.voice:
            return self._speech_goes_on(known, block, line)
        if known.kind == "marker":
            listed = block.kind == "list" and block.level > known.level and not self._is_next_point(known, block)
            led = block.kind == "code" and self.text[known.start : self.last_end].rstrip(" \n*_").endswith(":")
            return block.kind == "row" or led or listed
        if block.kind == "row":
            return known.table == block.table
        if block.kind == "list":
            return known.kind == "list" and block.level > 1
        return block.kind == "code" and known.kind != "row"

    def _is_next_point(self, known: Open, block: Block) -> bool:
        """Whether a numbered entry below a finished sentence is the next point, and no part of this one."""
        line = self.text[self._before(block.start) : block.start + 12]
        said = self.text[known.start : self.last_end].rstrip(" \n*_")
        return bool(_NUMBERED.match(line)) and said.endswith(".") and "\n" not in said

    def _speech_goes_on(self, known: Open, block: Block, line: Line) -> bool:
        if known.level:
            return block.level > known.level or (block.kind in {"code", "quote", "row"} and block.level == known.level)
        if block.kind == "paragraph":
            return self.voices.dense and not self._is_coming(line)
        return True

    def _is_coming(self, line: Line) -> bool:
        """Somebody comes or goes: the minutes speak, not the speaker."""
        event = next(attendance.comings(self.text, line.start, line.end), None)
        return bool(event) and event.start - line.start < 3 and line.end - line.start < 200 if event else False

    # Claims

    def _close(self) -> None:
        known, self.open = self.open, None
        if known is None:
            return
        ranges = [*known.ranges, (known.start, self.last_end)]
        ranges = [(start, end) for start, end in ranges if end > start]
        if known.voice:
            self._claim_speech(known, known.voice, ranges)
        elif ranges:
            self.form.text_at(ranges, known.section, self.sitting, self._item(), self._visibility())
        if known.section != "attendance":
            item = self.headings[-1].number if self.headings else ""
            self.narrative += [Told(self.sitting, item, bool(known.voice), *where) for where in ranges]

    def _claim_speech(self, known: Open, voice: Candidate, ranges: list[Range]) -> None:
        for start, end in (*voice.other, *((voice.time,) if voice.time else ())):
            self.form.markup(start, end)
        self.form.speech(
            voice.name,
            ranges,
            [voice.label],
            self.names.get(voice.name, ""),
            sitting=self.sitting,
            item=self._item(),
            section=known.section,
            time=self.text[slice(*voice.time)] if voice.time else "",
            visibility=self._visibility(),
        )
