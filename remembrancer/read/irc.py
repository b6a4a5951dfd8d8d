"""IRC logs of meetings, by the conventions of the W3C's scribe (https://w3c.github.io/scribe2/scribedoc.html)
and of MeetBot (https://meetbot.debian.net/Manual.html).

::

    17:01:12 <berg> scribe: berg                    [12:01] <ames> #startmeeting roads
    17:01:30 <ames> present+                        [12:02] <ames> #topic The bridge
    17:02:09 <berg> Topic: The bridge               [12:03] <berg> it is closed
    17:02:20 <berg> Ann: it is closed               [12:04] <ames> #agreed open it
    17:02:25 <berg> ... since May                   [12:05] <ames> #endmeeting
    17:02:40 <ames> s/May/March/
    17:03:00 <berg> RESOLVED: to open it

Who is scribe types for others: ``Name: words`` is a speech of Name and ``... words`` goes on with it; what
else the scribe types is the minutes' own text. Everybody else speaks for himself, in speeches labelled by the nick.
Nicks and times before other lines are markup. Corrections (``s/May/March/``) are kept as text and reported,
never applied. Lines of bots, commands to them, joins and parts are texts.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from remembrancer.model import Attendee, Reading, Section
from remembrancer.read import dates, encoding
from remembrancer.read.form import Form, Range
from remembrancer.read.house import House, visibility_of
from remembrancer.read.opening import date_by_path, open_sitting
from remembrancer.saying import remark

NAME = "irc"
VERSION = 1

_LINE = re.compile(
    r"^[ \t]*(?:\[?(?:(?P<date>\d{4}-\d{2}-\d{2})[T ])?(?P<time>\d{1,2}:\d{2})(?::\d{2})?(?:[.,]\d+)?Z?\]?[ \t]+)?"
    r"(?:<[@+ ]?(?P<nick>[^<>\s]{1,40})>(?:[ \t]|(?=\r?$))|\*[ \t]+(?P<actor>[^\s*]{1,40})[ \t]+)(?P<words>[^\r\n]*)",
    re.MULTILINE,
)
_CONVENTION = re.compile(
    r">[ \t]*(?:(?:scribe|scribenick|(?:sub)?topic|meeting|chair|agenda|present|regrets)[ \t]*[:+]|\.\.\.|\u2026)",
    re.IGNORECASE,
)
_MEETBOT = re.compile(r"> ?#(?:startmeeting|topic|agreed|info)\b", re.IGNORECASE)
_BOT_NAMES = "rrsagent zakim trackbot agendabot github-bot ghurlbot gitbot davidbot meetbot meetbot_ zodbot ubottu"
_BOTS = frozenset(_BOT_NAMES.split())
_MINUTERS = frozenset({"zakim", "rrsagent", "meetbot", "meetbot_", "zodbot"})
_BOT_COMMAND = re.compile(
    r"(?:rrsagent|zakim|trackbot|agendabot|github-bot|ghurlbot|gh)\s*[,:]"
    r"|q[+-]|q\?$|queue[=?+-]|qq[+]|v\?$|vq\?$|ack\b|agenda\s*[+?-]|agend(?:a|um)\s+\d+\s*="
    r"|(?:please\s+|pls\s+|really\s+)?(?:clear|delete|drop|forget|remove|take up|open|close|skip|move to|next)\s+"
    r"(?:to\s+)?(?:the\s+|this\s+|next\s+)?agend(?:a|um)\b|next agendum",
    re.IGNORECASE,
)
_PRESENCE = re.compile(r"(?P<nick>\S+) (?:\([^)]*\) )?(?P<event>has (?:joined|left|quit)|is now known as)\b")
_BRIDGE = re.compile(r"(?P<sign>[+-])(?P<label>[^\W\d_][^;,+\[\]?]*)")
_OVER = re.compile(r"#endmeeting\b|.*\bhas ended$|attendees were\b|(?:\[\s*)?(?:meeting )?adjourned\b", re.IGNORECASE)
_CORRECTION = re.compile(r"[si]([/|])(?P<old>[^/|]+)\1[^/|]*(?:\1[gG]?)?\s*$")
_CONTINUED = re.compile(r"(?:\.\.+|\u2026+)[ \t]*(?=\S)")
_LABEL = re.compile(
    r"(?P<label>\.?(?!\d+[ \t]*:|(?:issue|action)-?\d|namedanchorhere)[^\W_][^:<>\r\n]{0,39}):[ \t]+(?=\S)",
    re.IGNORECASE,
)
_OWN = re.compile(r"[+-]\d|<[^<>\s]+>[ \t]")
_SCRIBE = re.compile(r"scribe(?P<nick>nick)?[ \t]*(?P<sign>[:+-])[ \t]*(?P<names>.*)$", re.IGNORECASE)
_ATTENDEES = re.compile(r"(?:as of this point the )?attendees (?:have been|were) (?P<names>.+)", re.IGNORECASE)
_LOGGING = re.compile(r"logging to \S*?/(\d{4})/(\d{2})/(\d{2})-", re.IGNORECASE)
_PROLOCUTIONS: tuple[tuple[re.Pattern[str], Section], ...] = (
    (re.compile(r"(?:\*+|#)?action(?:[ \t]*:|(?<=#action)\b|[ \t]+[^:\s]+:)", re.IGNORECASE), "actions"),
    (re.compile(r"(?:#agree[d]?\b|#accepted\b|resol(?:ved|ution)[ \t]*:)", re.IGNORECASE), "conclusion"),
    (
        re.compile(r"(?:proposed?(?: resolution)?|proposal|poll|straw ?poll|#startvote)[ \t]*[: ]", re.IGNORECASE),
        "motion",
    ),
    (re.compile(r"(?:summary|#info|recap)\b[ \t]*:?", re.IGNORECASE), "summary"),
    (re.compile(r"(?:#vote|#endvote|#showvote)\b", re.IGNORECASE), "vote"),
    (
        re.compile(r"(?:agenda|previous meeting|next meeting|#link|#chairs?|#lurk|#rejected)\b[ \t]*:?", re.IGNORECASE),
        "text",
    ),
    (re.compile(r"(?:issue|slideset|slide|namedanchor)\b[ \t]*[:]", re.IGNORECASE), "text"),
)


def recognises(data: bytes, path: str, house: House) -> bool:
    """Most of the first lines are lines of a log, and nothing says it is a page or data."""
    if path.lower().endswith((".md", ".html", ".htm", ".xml", ".json", ".rst")):
        return False
    lines = [line for line in data[:16_384].decode("utf-8", "replace").splitlines() if line.strip()][:80]
    spoken = [match for match in map(_LINE.match, lines) if match and match["nick"]]
    return len(spoken) >= 2 and len(spoken) >= 0.6 * len(lines)


def read(data: bytes, path: str, house: House) -> Reading:
    """The reading of one log."""
    decoded = encoding.decode(data)
    form = Form(decoded.text, language=house.language)
    sitting = open_sitting(form, path, house)
    log = _Log(form, house, sitting)
    log.read()
    date_by_path(form, sitting, path, house)
    return encoding.reading(f"{NAME}/{VERSION}", data, decoded, form.finish())


@dataclass(slots=True)
class _Said:
    """A speech, or the text of an action or resolution, that further lines may go on with."""

    who: str
    speaker: str
    label: Range | None
    ranges: list[Range]
    section: Section = "text"
    time: str = ""


@dataclass(slots=True)
class _Stay:
    """Somebody who joined or left while the log was kept."""

    label: str
    span: Range
    since: str = ""
    until: str = ""


@dataclass(slots=True)
class _Log:
    """Reads line by line. ``said`` is the element that is open, ``speakers`` whom each scribe last wrote for."""

    form: Form
    house: House
    sitting: int | None
    scribes: set[str] = field(default_factory=set)
    speakers: dict[str, str] = field(default_factory=dict)
    attendance: dict[str, tuple[Attendee, Range]] = field(default_factory=dict)
    nicks: frozenset[str] = frozenset()
    topic: int | None = None
    subtopic: int | None = None
    said: _Said | None = None
    started: bool = False
    over: bool = False
    stays: list[_Stay] = field(default_factory=list)

    def read(self) -> None:
        lines = list(_LINE.finditer(self.form.text))
        self.nicks = frozenset(line["nick"].lower() for line in lines if line["nick"])
        self.scribes = self._first_scribes(lines)
        first = self.sitting
        for line in lines:
            self._line(line)
        self._close()
        self._correct_mentioned()
        if first is not None:
            for attendee, span in self.attendance.values():
                self.form.attends(first, attendee, [span])
            for stay in self.stays:
                attendee = Attendee(stay.label, since=stay.since, until=stay.until)
                self.form.attends(first, attendee, [stay.span])

    def _first_scribes(self, lines: list[re.Match[str]]) -> set[str]:
        """Where the conventions are used but nobody is named scribe, whoever typed most."""
        text = self.form.text
        if _MEETBOT.search(text) or not _CONVENTION.search(text):
            return set()
        for line in lines:
            if line["nick"] and (named := _SCRIBE.match(line["words"].strip())):
                self._scribe(named, line["nick"])
                return self.scribes
        typed = Counter(line["nick"].lower() for line in lines if line["nick"] and not _is_bot(line["nick"]))
        return {typed.most_common(1)[0][0]} if typed else set()

    def _line(self, line: re.Match[str]) -> None:
        words = line["words"]
        start = line.start("words") + len(words) - len(words.lstrip())
        span = (start, line.end())
        nick = line["nick"] or ""
        self.over = self.over or _OVER.match(words.strip()) is not None
        if line["date"] and self.sitting is not None:
            self.form.dated(self.sitting, line["date"], "text", [line.span("date")])
        if not nick or _is_bot(nick) or _PRESENCE.match(words) or _BOT_COMMAND.match(words.strip()):
            self._aside(line, span)
            return
        if not self._convention(line, span, words.strip()):
            self._words(line, span, nick)

    def _aside(self, line: re.Match[str], span: Range) -> None:
        self._text(line, span)
        self._comings(line, span)
        if found := _ATTENDEES.match(line["words"].strip()):
            self._attends(found["names"], span, "", replace=False)
        if (found := _LOGGING.search(line["words"])) and self.sitting is not None:
            self.form.dated(self.sitting, "-".join(found.groups()), "text", [span])

    def _comings(self, line: re.Match[str], span: Range) -> None:
        """Who joins and leaves the channel, or the telephone bridge by what the bot says of it."""
        words = line["words"].strip()
        if found := _PRESENCE.match(words):
            came, label = "joined" in found["event"], found["nick"]
        elif (line["nick"] or "").lower() == "zakim" and (found := _BRIDGE.match(words)):
            came, label = found["sign"] == "+", found["label"].strip()
        else:
            return
        if label.lower() in _MINUTERS and "known as" not in words:
            self.over = not came  # the bot that minutes the sitting is gone after it
        if self.over or _is_bot(label) or "known as" in words:
            return
        if came:
            self.stays.append(_Stay(label, span, since=_clock(line)))
            return
        stay = next((stay for stay in reversed(self.stays) if stay.label == label and not stay.until), None)
        if stay is None:
            stay = _Stay(label, span)
            self.stays.append(stay)
        stay.until = _clock(line)

    def _convention(self, line: re.Match[str], span: Range, words: str) -> bool:
        """Whether the line is one that the conventions give a meaning, which it then gets."""
        if scribe := _SCRIBE.match(words):
            self._scribe(scribe, line["nick"])
            self._text(line, span)
            return True
        if _CORRECTION.match(words):
            self._text(line, span)
            return True
        for pattern, act in _ACTS:
            if found := pattern.match(words):
                act(self, line, (span[0] + found.end(), span[1]))
                return True
        for pattern, section in _PROLOCUTIONS:
            if pattern.match(words):
                self._open(line, _Said(line["nick"], "", None, [span], section))
                return True
        return False

    def _words(self, line: re.Match[str], span: Range, nick: str) -> None:
        continued = _CONTINUED.match(self.form.text, *span)
        if continued and self._goes_on(line, (continued.end(), span[1]), nick):
            return
        own = nick.lower() not in self.scribes and "*" not in self.scribes
        if line["words"].lstrip().startswith("/me "):
            self._text(line, span)
        elif own or _OWN.match(self.form.text, *span):
            label = line.span("nick")
            self._open(line, _Said(nick, nick, label, [span], "text", _clock(line)), label)
        else:
            self._minuted(line, span, nick)

    def _minuted(self, line: re.Match[str], span: Range, nick: str) -> None:
        """A line that the scribe typed: for somebody named before a colon, or for the minutes."""
        named = _LABEL.match(self.form.text, *span)
        if named and not _refused(named["label"], self.house):
            self.speakers[nick] = named["label"].strip()
            said = _Said(nick, named["label"].strip(), named.span("label"), [(named.end(), span[1])])
            said.time = _clock(line)
            self._open(line, said)
        else:
            self.speakers.pop(nick, None)
            self._open(line, _Said(nick, "", None, [span]))

    def _goes_on(self, line: re.Match[str], span: Range, nick: str) -> bool:
        """Add to what is open if it is this nick's, else begin again for the same speaker."""
        if self.said is not None and self.said.who == nick:
            self._mark(line)
            self.said.ranges.append(span)
            return True
        if speaker := self.speakers.get(nick):
            self._open(line, _Said(nick, speaker, None, [span], "text", _clock(line)))
            return True
        return False

    def _open(self, line: re.Match[str], said: _Said, label: Range | None = None) -> None:
        self._close()
        self._mark(line, label)
        self.said = said

    def _close(self) -> None:
        said, self.said = self.said, None
        if said is None:
            return
        item = self.topic if self.subtopic is None else self.subtopic
        if said.speaker:
            self.form.speech(
                said.speaker,
                said.ranges,
                label=[said.label] if said.label else [],
                sitting=self.sitting,
                item=item,
                time=said.time,
            )
        else:
            self.form.text_at(said.ranges, section=said.section, sitting=self.sitting, item=item)

    def _text(self, line: re.Match[str], span: Range, section: Section = "text") -> None:
        """A line that nothing goes on with; what is open before it stays open for ``...``."""
        self._mark(line)
        item = self.topic if self.subtopic is None else self.subtopic
        self.form.text_at([span], section=section, sitting=self.sitting, item=item)

    def _mark(self, line: re.Match[str], label: Range | None = None) -> None:
        """The time and the nick before a line are markup, the nick not where it is the label."""
        self.form.markup(line.start(), label[0] if label else line.start("words"))

    def _scribe(self, found: re.Match[str], nick: str) -> None:
        names = [re.split(r"=", name)[0].strip().lower() for name in re.split(r"[,;]", found["names"])]
        names = [name for name in names if name]
        known = {name for name in names if name in self.nicks or name == "*"}
        if found["sign"] == "-":
            self.scribes -= known or {nick.lower()}
        elif found["sign"] == "+":
            self.scribes |= known or {nick.lower()}
        elif known or names:
            self.scribes = known or self.scribes or {nick.lower()}

    def _topic(self, line: re.Match[str], span: Range) -> None:
        self._heading(line, span)
        self.topic = self._item(span, 1, None)
        self.subtopic = None

    def _subtopic(self, line: re.Match[str], span: Range) -> None:
        self._heading(line, span)
        self.subtopic = self._item(span, 2, self.topic)

    def _heading(self, line: re.Match[str], span: Range) -> None:
        self._close()
        self.speakers.clear()
        self.form.markup(line.start(), span[0])

    def _item(self, span: Range, level: int, parent: int | None) -> int:
        heading = self.form.text[slice(*span)].strip()
        visibility = visibility_of(heading, self.house)
        return self.form.item([span], level=level, parent=parent, sitting=self.sitting, visibility=visibility)

    def _title(self, line: re.Match[str], span: Range) -> None:
        self._text(line, span, "title")
        title = self.form.text[slice(*span)].strip()
        if self.sitting is not None and title:
            self.form.describe(self.sitting, title=title)

    def _start(self, line: re.Match[str], span: Range) -> None:
        self._close()
        if self.started:
            self.sitting = self.form.sitting()
        self.started = True
        self.topic = self.subtopic = None
        self._title(line, span)

    def _end(self, line: re.Match[str], span: Range) -> None:
        self._close()
        self._text(line, (line.start("words"), line.end()))
        self.topic = self.subtopic = None

    def _date(self, line: re.Match[str], span: Range) -> None:
        self._text(line, span)
        if self.sitting is not None:
            for found in dates.find(self.form.text[slice(*span)])[:1]:
                where = (span[0] + found.start, span[0] + found.end)
                self.form.dated(self.sitting, found.value, "text", [where])

    def _chair(self, line: re.Match[str], span: Range) -> None:
        self._text(line, span, "attendance")
        self._attends(self.form.text[slice(*span)], span, "chair", replace=False)

    def _present(self, line: re.Match[str], span: Range) -> None:
        self._attendance(line, span, True)

    def _regrets(self, line: re.Match[str], span: Range) -> None:
        self._attendance(line, span, False)

    def _attendance(self, line: re.Match[str], span: Range, present: bool) -> None:
        self._text(line, span if self.form.text[slice(*span)].strip() else line.span("words"), "attendance")
        sign = line["words"].lstrip().lstrip("PpRrEeSsNnTtGg \t")[:1]
        names = self.form.text[slice(*span)].strip() or line["nick"]
        if sign == "-":
            for name in _names(names):
                self.attendance.pop(name.lower(), None)
        else:
            self._attends(names, span, "", replace=sign in ":=", present=present)

    def _attends(self, names: str, span: Range, role: str, replace: bool, present: bool = True) -> None:
        if replace:
            kept = {name: line for name, line in self.attendance.items() if line[0].present != present or line[0].role}
            self.attendance = kept
        for name in _names(names):
            known = self.attendance.get(name.lower())
            chairs = role or (known[0].role if known else "")
            self.attendance[name.lower()] = (Attendee(name, present, role=chairs), span)

    def _correct_mentioned(self) -> None:
        for line in _LINE.finditer(self.form.text):
            if line["nick"] and _CORRECTION.match(line["words"].strip()):
                self.form.finding(
                    "correction-not-applied",
                    remark("%(who)s corrects the log here; the words before it were left as typed.", who=line["nick"]),
                    remark("Read the corrected minutes too, or confirm the correction."),
                    at=line.span("words"),
                )


_Act = Callable[[_Log, "re.Match[str]", Range], None]
_ACTS: tuple[tuple[re.Pattern[str], _Act], ...] = (
    (re.compile(r"(?:topic[ \t]*:|#topic\b)[ \t]*", re.IGNORECASE), _Log._topic),
    (re.compile(r"(?:sub-?topic[ \t]*:|#subtopic\b)[ \t]*", re.IGNORECASE), _Log._subtopic),
    (re.compile(r"(?:meeting[ \t]*:|#meeting(?:topic|name)\b)[ \t]*", re.IGNORECASE), _Log._title),
    (re.compile(r"#startmeeting\b[ \t]*", re.IGNORECASE), _Log._start),
    (re.compile(r"#endmeeting\b[ \t]*", re.IGNORECASE), _Log._end),
    (re.compile(r"date[ \t]*:[ \t]*", re.IGNORECASE), _Log._date),
    (re.compile(r"chairs?[ \t]*[:+][ \t]*", re.IGNORECASE), _Log._chair),
    (re.compile(r"present[ \t]*[:+=-][ \t]*", re.IGNORECASE), _Log._present),
    (re.compile(r"regrets[ \t]*[:+=-][ \t]*", re.IGNORECASE), _Log._regrets),
)


def _is_bot(nick: str) -> bool:
    return nick.lower() in _BOTS


def _refused(label: str, house: House) -> bool:
    return any(re.fullmatch(pattern, label, re.IGNORECASE) for pattern in house.speakers.not_speakers)


def _clock(line: re.Match[str]) -> str:
    return str(line["time"]).rjust(5, "0") if line["time"] else ""


def _names(text: str) -> list[str]:
    parts = re.split(r"[,;]|\band\b", text)
    return [name for part in parts if (name := part.strip(" \t.")) and not name.startswith(("(", "http"))]
