"""Akoma Ntoso (OASIS LegalDocML, any version): debates, and acts, bills and judgments as texts with items.

::

    <akomaNtoso><debate><meta>...</meta>
    <preface><p><docTitle>Second sitting</docTitle>, <docDate date="2020-01-07">7 January</docDate></p></preface>
    <debateBody><debateSection eId="dbsect_1"><num>1.</num><heading>Roads</heading>
      <speech by="#ames"><from>Ms Ames:</from><p>I beg to move. <scene>(Applause)</scene></p></speech>
    </debateSection></debateBody></debate></akomaNtoso>

Whatever has a ``heading`` is an item, with its ``num``. A ``speech``, ``question`` or ``answer`` belongs to
``by``, whose name ``references`` may give; ``from`` is its label. Scenes, narratives, summaries and notes
inside it are not its speaker's words and stay as texts in their place. Only a debate, a report of one, or
minutes are a sitting. Metadata is not proceedings, except the footnotes kept there.
"""

from __future__ import annotations

import re

from remembrancer.model import Attendee, Reading, Section
from remembrancer.read import xmltext
from remembrancer.read.form import Form, Range
from remembrancer.read.house import House, visibility_of
from remembrancer.read.xmltext import Element, XmlText, local_name
from remembrancer.saying import remark

NAME = "akomantoso"
VERSION = 1

_SPEECHES = frozenset({"speech", "question", "answer"})
_ASIDES = frozenset({"scene", "narrative", "summary", "other", "authorialNote", "recordedTime"})
_METADATA_NAMES = """
identification publication classification lifecycle workflow analysis temporalData references proprietary presentation
preservation
"""
_METADATA = dict.fromkeys(_METADATA_NAMES.split(), remark("metadata"))
_SECTIONS: dict[str, Section] = {
    "rollcall": "attendance",
    "attendance": "attendance",
    "division": "vote",
    "voting": "vote",
    "vote": "vote",
    "ayes": "vote",
    "noes": "vote",
    "resolutions": "conclusion",
}
_INLINE_NAMES = """
a abbr affectedDocument argument b br change concept courtType date decoration def del docAuthority docCommittee
docDate docIntroducer docJurisdiction docketNumber docNumber docProponent docPurpose docStage docStatus docTitle
docType embeddedText entity eol eop event extractText fillIn from i img inline ins judge lawyer legislature location
marker mmod mod mref neutralCitation noteRef num object omissis opinion organization outcome party person placeholder
process quantity quotedText recordedTime ref relatedDocument remark rmod role rref session shortTitle signature span
sub subheading sup term time tocItem u vote
"""
_INLINE = frozenset(_INLINE_NAMES.split())
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_CLOCK = re.compile(r"T?(\d{2}:\d{2})(:\d{2}|$)")


def recognises(data: bytes, path: str, house: House) -> bool:
    """The root element is of Akoma Ntoso, in any of its namespaces."""
    name, attributes = xmltext.root_tag(data)
    return name == "akomaNtoso" or (name != "" and "akn/3.0" in attributes and name != "schema")


def read(data: bytes, path: str, house: House) -> Reading:
    """The reading of one document, components included."""
    parsed = xmltext.parse(data)
    form, laid = xmltext.start(parsed, _SHAPE, house.language)
    if parsed.root is not None:
        _Document(form, laid, house, parsed.root).read()
    return xmltext.reading(f"{NAME}/{VERSION}", form, laid)


class _Document:
    """Fills in the form in document order; ``items`` maps an element with a heading to its item."""

    def __init__(self, form: Form, laid: XmlText, house: House, root: Element) -> None:
        self.form = form
        self.laid = laid
        self.house = house
        self.root = root
        self.sitting: int | None = None
        self.items: dict[Element, int] = {}
        self.settings: dict[Element, tuple[Section, int | None]] = {}
        self.names = _names(root)

    def read(self) -> None:
        self.sitting = self._open_sitting()
        self.form.language = self.form.language or _language(self.root)
        for element in self.root.iter("{*}*"):
            if element not in self.laid.ranges:
                continue
            name = local_name(element)
            if name in {"heading", "crossHeading"}:
                self._heading(element)
            elif name in _SPEECHES:
                self._speech(element)
            elif name in {"p", "summary", "narrative", "block"} and not _inside(element, _SPEECHES):
                self._text(element)

    def _open_sitting(self) -> int | None:
        debate = next(
            (
                element
                for element in self.root.iter("{*}debate", "{*}debateReport", "{*}doc", "{*}statement")
                if local_name(element).startswith("debate") or "minutes" in element.get("name", "").lower()
            ),
            None,
        )
        if debate is None:
            return None
        titles = [self.laid.ranges[title] for title in debate.iterfind(".//{*}preface//{*}docTitle")]
        sitting = self.form.sitting(" ".join(self._words(title) for title in titles), titles, key=_key(debate))
        self._date(debate, sitting)
        for person in debate.iterfind(".//{*}rollCall//{*}person"):
            span = self.laid.ranges[person]
            self.form.attends(sitting, Attendee(self._words(span).strip(" ,;."), present=None), [span])
        return sitting

    def _date(self, debate: Element, sitting: int) -> None:
        printed = debate.find(".//{*}preface//{*}docDate[@date]")
        if printed is not None and (found := _DATE.match(printed.get("date"))):
            self.form.dated(sitting, found[0], "text", [self.laid.ranges[printed]])
            return
        work = debate.find(".//{*}FRBRWork/{*}FRBRdate[@date]")
        if work is not None and (found := _DATE.match(work.get("date"))):
            self.form.dated(sitting, found[0], "field")

    def _heading(self, heading: Element) -> None:
        self.settings.clear()
        owner = heading.getparent()
        number = owner.find("{*}num") if local_name(heading) == "heading" else None
        parts = [part for part in (number, heading, owner.find("{*}subheading")) if part is not None]
        ranges = sorted(self.laid.ranges[part] for part in parts)
        parent = self._item_of(owner.getparent())
        self.items[owner] = self.form.item(
            ranges,
            number=self._words(self.laid.ranges[number]).rstrip(".") if number is not None else "",
            level=1 + sum(1 for above in owner.iterancestors() if above in self.items),
            parent=parent,
            sitting=self.sitting,
            visibility=visibility_of(self._words(self.laid.ranges[heading]), self.house),
        )

    def _speech(self, speech: Element) -> None:
        label = next((self.laid.ranges[part] for part in speech.iterfind("{*}from")), None)
        by = speech.get("by", "").lstrip("#")
        inner = (part for part in speech.iterdescendants("{*}*") if local_name(part) in _ASIDES | _SPEECHES)
        asides = [self.laid.ranges[part] for part in inner]
        written = self._words(label).rstrip(":").strip() if label else ""
        self.form.speech(
            written or self.names.get(by, by),
            xmltext.around(self.laid.ranges[speech], sorted([*asides, *([label] if label else [])])),
            label=[label] if label else [],
            name=self.names.get(by, ""),
            sitting=self.sitting,
            item=self._item_of(speech),
            time=_time(speech),
        )

    def _text(self, element: Element) -> None:
        parent = element.getparent()
        if parent not in self.settings:
            self.settings[parent] = (_section(parent), self._item_of(parent))
        section, item = self.settings[parent]
        self.form.text_at([self.laid.ranges[element]], section=section, sitting=self.sitting, item=item)

    def _item_of(self, element: Element | None) -> int | None:
        while element is not None:
            if element in self.items:
                return self.items[element]
            element = element.getparent()
        return None

    def _words(self, span: Range) -> str:
        return " ".join(self.laid.text[slice(*span)].split())


def _section(element: Element | None) -> Section:
    """What part of the proceedings an element is, by its own or an ancestor's tag or name."""
    while element is not None:
        words = f"{local_name(element)} {element.get('name', '')}".lower().split()
        found = next((_SECTIONS[word] for word in words if word in _SECTIONS), None)
        if found is not None:
            return found
        element = element.getparent()
    return "text"


def _inside(element: Element, names: frozenset[str]) -> bool:
    return any(local_name(above) in names for above in element.iterancestors())


def _names(root: Element) -> dict[str, str]:
    """What the references call a person or a role: its id (of any version) to ``showAs``."""
    found: dict[str, str] = {}
    for reference in root.iter("{*}TLCPerson", "{*}TLCRole"):
        key = reference.get("eId") or reference.get("id") or ""
        found[key] = reference.get("showAs", "")
    return found


def _language(root: Element) -> str:
    element = root.find(".//{*}FRBRlanguage[@language]")
    return str(element.get("language")) if element is not None else ""


def _key(debate: Element) -> str:
    uri = debate.find(".//{*}FRBRWork/{*}FRBRuri[@value]")
    return str(uri.get("value")) if uri is not None else ""


def _time(speech: Element) -> str:
    found = _CLOCK.search(speech.get("startTime", ""))
    return found[1] if found else ""


_SHAPE = xmltext.Shape(_INLINE, _METADATA)
