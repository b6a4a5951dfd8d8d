"""Captions: WebVTT (https://www.w3.org/TR/webvtt1/), SubRip, and the chat saved beside a recording.

::

    WEBVTT - Budget sitting

    1
    00:00:02.080 --> 00:00:03.340
    Ann Ames: Good evening.

    2
    00:00:04.570 --> 00:00:05.720 align:start
    <v Bob Berg>Can you hear <i>me</i>?

SubRip has no header and writes ``00:00:02,080``. A chat has lines ``00:03:23<tab>Ann Ames:<tab>words``.

The source is its own rendition: times, numbers, tags and entities are markup where they stand. Cues in which
one person goes on speaking are one speech with several spans, its time that of its first cue. A speaker is
named by a voice tag or before a colon (where changes are marked by ``>>``, only after it); ``>>`` and ``-``
alone change to somebody unnamed, and words that nobody is named for are texts of a minute each. No library
that reads captions gives offsets, so the scanner is our own.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from remembrancer.model import Reading
from remembrancer.read import encoding
from remembrancer.read.form import LETTER, Form, Range, places_in_bytes
from remembrancer.read.house import House
from remembrancer.read.opening import date_by_path, open_sitting
from remembrancer.read.recording_time import recording_time
from remembrancer.saying import remark

NAME = "captions"
VERSION = 1

_TIMING = re.compile(
    r"^[ \t]*(?P<time>(?:\d{1,3}:)?\d{1,2}:\d{2}[.,]\d{1,3})"
    r"[ \t]*-->[ \t]*(?:\d+:)?\d{1,2}:\d{2}[.,]\d{1,3}[^\r\n]*",
    re.MULTILINE,
)
_SUBRIP = re.compile(r"\ufeff?\s*\d+[ \t]*\r?\n[ \t]*\d+:\d{2}:\d{2},\d{1,3}[ \t]*-->")
_CHAT = re.compile(r"^(?P<time>\d{2}:\d{2}:\d{2})\t(?P<label>[^\t\r\n]+?):?\t", re.MULTILINE)
_BLANK = re.compile(r"\r?\n[ \t]*(?=\r?\n|\Z)")
_LINE = re.compile(r"[^\r\n]+")
_MARKUP = re.compile(r"</?[A-Za-z0-9][^<>\n]*>|</>|\{\\[^{}\n]*\}|&(?:#\d+|#x[0-9A-Fa-f]+|[A-Za-z]+);")
_VOICE = re.compile(r"<v(?:\.[^\s<>]*)?[ \t]+(?P<label>[^<>\n]+)>")
_CHANGE = re.compile(r"(?:>>+|&gt;&gt;|-(?=\s)|[\u2013\u2014](?=\s))\s*")
_ANGLES = re.compile(r"^[ \t]*(?:>>|&gt;&gt;)", re.MULTILINE)
_LABEL = re.compile(r"(?P<label>[^\s:<>{}\"\u201c][^:\r\n<>{}]{0,59}?)\s?:(?=\s)")
_WORD_OF_A_NAME = re.compile(r"[^\W\d_]")
_MOSTLY_LABELLED = 0.6


class _Cue(NamedTuple):
    """``start`` is where its timing stands; ``body`` its words."""

    start: int
    time: str
    body: Range


class _Piece(NamedTuple):
    """Words of one cue. ``speaker``: None where the piece goes on from before, empty for somebody unnamed."""

    words: Range
    time: str
    speaker: str | None = None
    label: Range | None = None


def recognises(data: bytes, path: str, house: House) -> bool:
    """By the ending, or by how the first lines look."""
    if path.lower().endswith((".vtt", ".srt")):
        return encoding.is_text(data)
    head = data[:4096].decode("utf-8", "replace")
    if head.lstrip("\ufeff").startswith("WEBVTT") or _SUBRIP.match(head):
        return True
    return path.lower().endswith(".txt") and _is_chat(head)


def read(data: bytes, path: str, house: House) -> Reading:
    """The reading of one caption file or chat: one sitting, no items."""
    decoded = encoding.decode(data)
    text = decoded.text
    form = Form(text, language=house.language)
    sitting = open_sitting(form, path, house)
    if _is_chat(text[:4096]) and not _TIMING.search(text):
        _read_chat(form, sitting)
    else:
        cues = _cues(form, sitting)
        form.places = [(cue.start, cue.time[:8]) for cue in cues]
        angled = len(_ANGLES.findall(text)) > 1
        _Speakers(form, sitting, _accepted_labels(text, cues, house), angled).read(cues)
    date_by_path(form, sitting, path, house)
    reading = encoding.reading(f"{NAME}/{VERSION}", data, decoded, form.finish())
    places = places_in_bytes(text, form.places)
    return replace(reading, rendition=replace(reading.rendition, places=places))


def _is_chat(head: str) -> bool:
    return len(_CHAT.findall(head)) >= 2 and _CHAT.match(head.lstrip("\ufeff")) is not None


def _read_chat(form: Form, sitting: int) -> None:
    """Each message is a speech; lines without a time belong to the message above them."""
    messages = list(_CHAT.finditer(form.text))
    form.places = [(message.start(), message["time"]) for message in messages]
    ends = [message.start() for message in messages[1:]] + [len(form.text)]
    for message, end in zip(messages, ends, strict=True):
        form.markup(*message.span("time"))
        form.speech(
            message["label"],
            [(message.end(), end)],
            label=[message.span("label")],
            sitting=sitting,
            time=f"{message['time']}.000",
        )


def _cues(form: Form, sitting: int) -> list[_Cue]:
    """The cues; everything between them is claimed as markup or text on the way."""
    text = form.text
    timings = list(_TIMING.finditer(text))
    position = _header(form, sitting, timings[0].start() if timings else len(text))
    cues: list[_Cue] = []
    for number, timing in enumerate(timings):
        _between(form, position, timing.start(), numbered=True)
        form.markup(*timing.span())
        limit = timings[number + 1].start() if number + 1 < len(timings) else len(text)
        blank = _BLANK.search(text, timing.end(), limit)
        position = blank.start() if blank else _before_number(text, timing.end(), limit)
        cues.append(_Cue(timing.start(), recording_time(timing["time"]), (timing.end(), position)))
    _between(form, position, len(text), numbered=False)
    return cues


def _before_number(text: str, start: int, limit: int) -> int:
    """Where a cue ends that no blank line ends: before the next one's number."""
    number = re.search(r"\r?\n[ \t]*\d+[ \t]*\r?\n[ \t]*\Z", text[start:limit])
    return start + number.start() if number and limit < len(text) else limit


def _header(form: Form, sitting: int, limit: int) -> int:
    """Claim the header of WebVTT; what stands after ``WEBVTT`` on its line is the title."""
    found = re.match(r"\ufeff?WEBVTT[^\S\r\n]*-?[^\S\r\n]*(?P<title>[^\r\n]*)", form.text)
    if not found:
        return 0
    form.markup(0, found.start("title"))
    if found["title"].strip():
        form.describe(sitting, title=found["title"].strip())
        form.text_at([found.span("title")], section="title", sitting=sitting)
    blank = _BLANK.search(form.text, found.end(), limit)
    end = blank.start() if blank else found.end()
    language = re.search(r"^Language:\s*(\S+)", form.text[found.end() : end], re.MULTILINE)
    form.language = form.language or (language[1] if language else "")
    form.markup(found.end(), end)
    return end


def _between(form: Form, start: int, end: int, numbered: bool) -> None:
    """Claim what stands between two cues: comments, styles, the number of the next cue, and strays."""
    for block_start, block_end in _blocks(form.text, start, end):
        block = form.text[block_start:block_end]
        if block.startswith("NOTE"):
            form.markup(block_start, block_start + 4)
            form.text_at([(block_start + 4, block_end)])
        elif block.startswith(("STYLE", "REGION")):
            form.markup(block_start, block_end)
        else:
            before_cue = numbered and not LETTER.search(form.text, block_end, end)
            last = block.rstrip().rfind("\n") + 1 if before_cue else len(block)
            form.markup(block_start + last, block_end)
            if LETTER.search(block[:last]):
                form.finding(
                    "broken-cue",
                    remark("Words or a time that belong to no cue; they were kept as text."),
                    remark("Compare this place with the recording."),
                    at=(block_start, block_start + last),
                )


def _blocks(text: str, start: int, end: int) -> Iterator[Range]:
    position = start
    while position < end:
        blank = _BLANK.search(text, position, end)
        stop = blank.start() if blank else end
        first = LETTER.search(text, position, stop)
        if first:
            yield max(text.rfind("\n", position, first.start()) + 1, position), stop
        position = blank.end() if blank else end


def _accepted_labels(text: str, cues: list[_Cue], house: House) -> frozenset[str] | None:
    """Labels before a colon that name a speaker; None for all, where most cues begin with one."""
    found: Counter[str] = Counter()
    labelled = 0
    for cue in cues:
        for number, line in enumerate(_LINE.finditer(text, *cue.body)):
            label = _LABEL.match(text, _line_start(text, line.start(), line.end()), line.end() + 1)
            if label:
                found[label["label"]] += 1
                labelled += number == 0
    refused = frozenset(label for label in found if _refused(label, house))
    if cues and labelled >= _MOSTLY_LABELLED * len(cues) and not refused:
        return None
    mostly = labelled >= _MOSTLY_LABELLED * len(cues)
    return frozenset(
        label for label, count in found.items() if label not in refused and (mostly or (count > 1 and _is_name(label)))
    )


def _refused(label: str, house: House) -> bool:
    return any(re.fullmatch(pattern, label, re.IGNORECASE) for pattern in house.speakers.not_speakers)


def _is_name(label: str) -> bool:
    """Few words, most of them capitalised."""
    words = label.split()
    capital = [word for word in words if word[0].isupper() or not _WORD_OF_A_NAME.match(word)]
    return len(words) <= 5 and bool(words) and words[0][0].isupper() and 2 * len(capital) > len(words)


def _line_start(text: str, start: int, end: int) -> int:
    """Where the words of a line begin, after tags, white space and signs of a change."""
    while start < end:
        skipped = _MARKUP.match(text, start, end) or _CHANGE.match(text, start, end)
        if skipped:
            start = skipped.end()
        elif text[start].isspace():
            start += 1
        else:
            break
    return start


@dataclass(slots=True)
class _Speakers:
    """Joins the pieces of cues into speeches. ``accepted``: see ``_accepted_labels``; ``angled``: every change
    of speaker is marked by ``>>``, so that a colon elsewhere names nobody."""

    form: Form
    sitting: int
    accepted: frozenset[str] | None
    angled: bool
    speaker: str | None = None
    label: Range | None = None
    time: str = ""
    ranges: list[Range] = field(default_factory=list)

    def read(self, cues: list[_Cue]) -> None:
        for cue in cues:
            for piece in self._pieces(cue):
                self._add(piece)
        self._close()

    def _add(self, piece: _Piece) -> None:
        goes_on = piece.speaker is None or (piece.speaker != "" and piece.speaker == self.speaker)
        if goes_on and not (self.speaker is None and piece.time[:5] != self.time[:5]):
            if piece.label:
                self.form.markup(*piece.label)
        else:
            self._close()
            self.speaker, self.label, self.time = piece.speaker, piece.label, piece.time
        self.ranges.append(piece.words)

    def _close(self) -> None:
        if self.ranges and self.speaker is None:
            self.form.text_at(self.ranges, sitting=self.sitting)
        elif self.ranges:
            label = [self.label] if self.label else []
            speaker = self.speaker or ""
            self.form.speech(speaker, self.ranges, label=label, sitting=self.sitting, time=self.time)
        self.ranges = []

    def _pieces(self, cue: _Cue) -> Iterator[_Piece]:
        """The cue cut where the speaker changes."""
        text, (start, end) = self.form.text, cue.body
        cuts: list[tuple[int, _Piece]] = []
        for line in _LINE.finditer(text, start, end):
            cuts += self._cuts(line, cue.time)
        for tag in _MARKUP.finditer(text, start, end):
            voice = _VOICE.fullmatch(tag[0])
            if voice is None:
                self.form.markup(*tag.span())
            else:
                label = (tag.start() + voice.start("label"), tag.start() + voice.end("label"))
                self.form.markup(tag.start(), label[0])
                cuts.append((tag.start(), _Piece((tag.end(), end), cue.time, voice["label"].strip(), label)))
        cuts.sort()
        first = cuts[0][0] if cuts else end
        if LETTER.search(text, start, first):
            yield _Piece((start, first), cue.time)
        stops = [*(cut for cut, _ in cuts), end][1:]
        for (_, piece), stop in zip(cuts, stops, strict=True):
            yield piece._replace(words=(piece.words[0], stop))

    def _cuts(self, line: re.Match[str], time: str) -> list[tuple[int, _Piece]]:
        """A change of speaker at the start of a line, if there is one."""
        text = self.form.text
        start = _line_start(text, *line.span())
        changed = _CHANGE.search(text, line.start(), start) is not None
        label = _LABEL.match(text, start, min(line.end() + 1, len(text)))
        if label and (changed or not self.angled) and (self.accepted is None or label["label"] in self.accepted):
            return [(line.start(), _Piece((label.end(), line.end()), time, label["label"], label.span("label")))]
        if changed:
            return [(line.start(), _Piece((start, line.end()), time, ""))]
        return []
