"""TheyWorkForYou's XML ("publicwhip") of the Commons, Lords, assemblies and committees of the United Kingdom.

Format: ukparse.kforge.net, now https://parser.theyworkforyou.com. A day is a flat list::

    <publicwhip>
    <major-heading id="uk.org.publicwhip/debate/2020-01-07b.1.0" colnum="1">Roads</major-heading>
    <speech id="..." speakername="Ann Ames" time="014:30:00"><p pid="b.1.1/1">I beg to move.</p></speech>
    <speech id="..." nospeaker="true"><p class="italic">Question put.</p></speech>
    <division divnumber="7"><divisioncount ayes="2" noes="1"/>
      <mplist vote="aye"><mpname vote="aye">Ames, Ann</mpname></mplist></division>
    </publicwhip>

Headings open items, major ones and under them minor ones. The speaker stands in an attribute, so that a
speech has no label in the text. Of attributes only what a division says is written out (``ayes 2 noes 1``,
``aye``), because nothing else says who voted how. The date and the kind of sitting come from the ids; the
letter after the date counts revisions, which therefore share the sitting's key.
"""

from __future__ import annotations

import re

from remembrancer.model import Attendee, Reading, Section
from remembrancer.read import xmltext
from remembrancer.read.form import Form, Range
from remembrancer.read.house import House, visibility_of
from remembrancer.read.xmltext import Element, XmlText, local_name

NAME = "theyworkforyou"
VERSION = 1

_LEVELS = {"oral-heading": 1, "major-heading": 1, "minor-heading": 2}
_INLINE = frozenset(
    ["a", "b", "i", "I", "em", "strong", "sup", "sub", "span", "phrase", "citation", "u", "place-holder"]
)
_FOLLOWING = frozenset({"speech", "division", "spmotion", *_LEVELS})
_COUNTS = ("ayes", "noes", "tellerayes", "tellernoes", "content", "not-content", "both", "abstain")
_LISTS = frozenset({"mplist", "lordlist", "msplist"})
_ID = re.compile(r"uk\.org\.publicwhip/(?P<kind>[^/]+)/(?P<document>[^./]*\d{4}-\d{2}-\d{2})(?P<revision>[a-z]?)")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_MOTION_TITLE = re.compile(r"[^—\n]{3,200}?(?=—|\(lodged)")
_BRACKETS = re.compile(r"\(([^()]*)\)")


def recognises(data: bytes, path: str, house: House) -> bool:
    """The root element is ``publicwhip``."""
    return data[:1] in (b"<", b"\xef", b"\xff", b"\xfe", b"\n", b" ", b"\r") and (
        xmltext.root_tag(data)[0] == "publicwhip"
    )


def read(data: bytes, path: str, house: House) -> Reading:
    """The reading of one day, or of one motion's appearances."""
    parsed = xmltext.parse(data)
    form, laid = xmltext.start(parsed, _SHAPE, house.language or "en")
    if parsed.root is not None:
        _Day(form, laid, house).read(parsed.root)
    return xmltext.reading(f"{NAME}/{VERSION}", form, laid)


class _Day:
    """Fills in the form from the elements below the root, keeping the items that are open."""

    def __init__(self, form: Form, laid: XmlText, house: House) -> None:
        self.form = form
        self.laid = laid
        self.house = house
        self.sitting: int | None = None
        self.open: dict[int, int] = {}

    @property
    def item(self) -> int | None:
        return self.open.get(max(self.open)) if self.open else None

    def read(self, root: Element) -> None:
        self.sitting = self._open_sitting(root)
        for element in root.iter():
            name = local_name(element)
            if name in _LEVELS:
                self._heading(element, _LEVELS[name])
            elif name == "speech":
                self._speech(element)
            elif name == "spmotion":
                self._motion(element)
            elif name == "committee":
                self._committee(element)
            elif name == "division" or (name == "divisioncount" and element.getparent() is root):
                self._text(element, "vote")
            elif name == "bill" and self.sitting is not None:
                self._title(element)

    def _open_sitting(self, root: Element) -> int | None:
        for element in root:
            found = _ID.match(element.get("id") or element.get("newgid") or "")
            if found:
                sitting = self.form.sitting(key=f"{found['kind']}/{found['document']}")
                self.form.dated(sitting, _DATE.findall(found["document"])[-1], "field")
                return sitting
        return None

    def _title(self, element: Element) -> None:
        begin, end = self.laid.ranges[element]
        assert self.sitting is not None
        self.form.describe(self.sitting, title=self.laid.text[begin:end].strip())
        self._text(element, "title")

    def _heading(self, element: Element, level: int) -> None:
        begin, end = self.laid.ranges[element]
        parent = next((self.open[above] for above in sorted(self.open, reverse=True) if above < level), None)
        visibility = visibility_of(self.laid.text[begin:end].strip(), self.house)
        self.open = {above: item for above, item in self.open.items() if above < level}
        self.open[level] = self.form.item(
            [(begin, end)], level=level, parent=parent, sitting=self.sitting, visibility=visibility
        )

    def _speech(self, element: Element) -> None:
        speaker = element.get("speakername", "")
        if not speaker:
            motion = any(child.get("pwmotiontext") for child in element)
            self._text(element, "motion" if motion else "text")
            return
        self.form.speech(
            speaker,
            xmltext.around(self.laid.ranges[element], self._swallowed(element)),
            name=speaker,
            sitting=self.sitting,
            item=self.item,
            time=_time(element.get("time", "")),
        )

    def _swallowed(self, element: Element) -> list[Range]:
        """What a speech holds only because its end is missing: the speeches and headings that follow it."""
        return [self.laid.ranges[inner] for inner in element.iterdescendants() if local_name(inner) in _FOLLOWING]

    def _motion(self, element: Element) -> None:
        begin, end = self.laid.ranges[element]
        text = self.laid.text[begin:end]
        title = _MOTION_TITLE.match(text)
        heading_end = begin + (title.end() if title else text.find("\n") if "\n" in text else len(text))
        item = self.form.item([(begin, heading_end)], number=element.get("spid", ""))
        self.form.text_at([(heading_end, end)], section="motion", item=item)

    def _committee(self, element: Element) -> None:
        self._text(element, "attendance")
        if self.sitting is None:
            return
        for member in element.iter("mpname", "clerk"):
            begin, end = self.laid.ranges[member]
            role = local_name(member.getparent()) if local_name(member) == "mpname" else "clerk"
            self.form.attends(self.sitting, _attendee(self.laid.text[begin:end], member, role), [(begin, end)])

    def _text(self, element: Element, section: Section) -> None:
        self.form.text_at([self.laid.ranges[element]], section=section, sitting=self.sitting, item=self.item)


def _attendee(text: str, member: Element, role: str) -> Attendee:
    attending = member.get("attending")
    return Attendee(
        label=text.partition("(")[0].strip(" ,\n"),
        present=None if attending is None else attending == "true",
        affiliation=", ".join(_BRACKETS.findall(text)),
        role={"chairmen": "chair", "clerk": "clerk"}.get(role, ""),
    )


def _time(attribute: str) -> str:
    """``014:30:00`` and ``14:30`` are the time of day 14:30."""
    hours, _, rest = attribute.partition(":")
    return f"{int(hours):02d}:{rest[:2]}" if hours.isdigit() and rest[:2].isdigit() else ""


def _milestone(element: Element) -> str:
    if motion := element.get("spid"):
        return f"{motion} of {element.get('date', '')}"
    column = element.get("colnum")
    return f"column {column}" if column else ""


def _words(element: Element) -> str:
    name = local_name(element)
    if name == "divisioncount":
        return " ".join(f"{side} {element.get(side)}" for side in _COUNTS if element.get(side))
    return str(element.get("vote", "")) if name in _LISTS else ""


_SHAPE = xmltext.Shape(
    inline=_INLINE,
    milestone=_milestone,
    words=_words,
)
