"""TEI of parliamentary debates (Parla-CLARIN, ParlaMint): https://clarin-eric.github.io/ParlaMint/.

::

    <TEI xml:lang="gl"><teiHeader>... <meeting ana="#parla.sitting" n="2020-01-07"/> ...</teiHeader>
    <text><body><div type="debateSection">
      <head>Estradas</head>
      <note type="speaker">A señora AMES:</note>
      <u who="#AmesAnn"><seg>Bo día.</seg><seg>Si <note>(Aplausos.)</note> abonda.</seg></u>
    </div></body></text></TEI>

A ``u`` is a speech; the note of type speaker before it is its label. Its name is that of the person whom
``who`` names, if the file itself describes them, else the label is all there is. Notes, gestures and voices
inside a speech are not its speaker's words and stay as texts in their place (nor is another ``u``, which only
a lost end puts there). A ``head`` opens an item. The
header describes the file and is no part of the proceedings: title, date and venue are taken from it and it
is listed as not extracted.
"""

from __future__ import annotations

import re

from remembrancer.model import Reading
from remembrancer.read import xmltext
from remembrancer.read.form import Form, Range
from remembrancer.read.house import House, visibility_of
from remembrancer.read.xmltext import Element, XmlText, local_name
from remembrancer.saying import remark

NAME = "tei"
VERSION = 1

_XML = "{http://www.w3.org/XML/1998/namespace}"
_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?$")
_ASIDES = frozenset({"note", "kinesic", "incident", "vocal", "writing", "gap"})
_INLINE_NAMES = """
c choice corr date email emph foreign hi lb measure name num orig orgName pc persName placeName quote ref reg rs s
sic term time title unclear w note kinesic incident vocal desc gap pb
"""
_INLINE = frozenset(_INLINE_NAMES.split())


def recognises(data: bytes, path: str, house: House) -> bool:
    """The root element is of TEI."""
    name, attributes = xmltext.root_tag(data)
    return name in {"TEI", "teiCorpus"} or "tei-c.org/ns" in attributes


def read(data: bytes, path: str, house: House) -> Reading:
    """The reading of one document; of a corpus file or a list of persons, its text."""
    parsed = xmltext.parse(data)
    language = house.language
    if parsed.root is not None:
        language = language or parsed.root.get(f"{_XML}lang", "")
    form, laid = xmltext.start(parsed, _SHAPE, language)
    if parsed.root is not None:
        _Debate(form, laid, house).read(parsed.root)
    return xmltext.reading(f"{NAME}/{VERSION}", form, laid)


class _Debate:
    """Fills in the form from the body of a TEI document."""

    def __init__(self, form: Form, laid: XmlText, house: House) -> None:
        self.form = form
        self.laid = laid
        self.house = house
        self.sitting: int | None = None
        self.open: dict[int, int] = {}
        self.label: Range | None = None

    @property
    def item(self) -> int | None:
        return self.open.get(max(self.open)) if self.open else None

    def read(self, root: Element) -> None:
        names = _names(root)
        self.sitting = self._open_sitting(root)
        for element in root.iter("{*}u", "{*}head", "{*}note", "{*}div"):
            name = local_name(element)
            if element not in self.laid.ranges or (name != "u" and _within_utterance(element)):
                continue
            if name == "u":
                self._speech(element, names)
            elif name == "head":
                self._heading(element)
            elif name == "note":
                speaking = element.get("type") == "speaker"
                self.label = self.laid.ranges[element] if speaking else self.label

    def _open_sitting(self, root: Element) -> int | None:
        header = root.find("{*}teiHeader")
        if header is None or root.find("{*}text") is None:
            return None
        sitting = self.form.sitting(_title(header), venue=_venue(header), key=root.get(f"{_XML}id", ""))
        if date := _date(header):
            self.form.dated(sitting, date, "field")
        return sitting

    def _speech(self, element: Element, names: dict[str, str]) -> None:
        who = element.get("who", "").lstrip("#")
        label = [self.label] if self.label else []
        written = self.laid.text[slice(*self.label)].strip().rstrip(":").strip() if self.label else ""
        inner = (
            part for part in element.iterdescendants("{*}*") if local_name(part) in _ASIDES or local_name(part) == "u"
        )
        asides = [self.laid.ranges[aside] for aside in inner]
        self.form.speech(
            written or names.get(who, who),
            xmltext.around(self.laid.ranges[element], asides),
            label=label,
            name=names.get(who, ""),
            sitting=self.sitting,
            item=self.item,
        )
        self.label = None

    def _heading(self, element: Element) -> None:
        level = sum(1 for above in element.iterancestors() if local_name(above) == "div") or 1
        span = self.laid.ranges[element]
        self.open = {above: item for above, item in self.open.items() if above < level}
        self.open[level] = self.form.item(
            [span],
            level=level,
            parent=self.item,
            sitting=self.sitting,
            visibility=visibility_of(self.laid.text[slice(*span)].strip(), self.house),
        )


def _within_utterance(element: Element) -> bool:
    return any(local_name(above) == "u" for above in element.iterancestors())


def _names(root: Element) -> dict[str, str]:
    """Persons that the file itself describes: id to name, forename first."""
    names: dict[str, str] = {}
    for person in root.iter("{*}person"):
        name = person.find("{*}persName")
        if name is not None:
            parts = [*name.iterfind("{*}forename"), *name.iterfind("{*}surname")] or [name]
            words = " ".join(" ".join(part.itertext()) for part in parts).split()
            names[person.get(f"{_XML}id", "")] = " ".join(words)
    return names


def _title(header: Element) -> str:
    """The title of the report; the main title of a corpus file names the corpus."""
    titles = header.findall("{*}fileDesc/{*}titleStmt/{*}title")
    ordered = sorted(titles, key=lambda title: title.get("type") != "sub")
    return " ".join("".join(ordered[0].itertext()).split()) if ordered else ""


def _venue(header: Element) -> str:
    names = header.findall("{*}profileDesc/{*}settingDesc/{*}setting/{*}name")
    return ", ".join(" ".join(name.itertext()).strip() for name in names)


def _date(header: Element) -> str:
    """The date of the sitting: of the setting, else of the source described."""
    for address in ("{*}profileDesc//{*}setting/{*}date", "{*}fileDesc/{*}sourceDesc//{*}date"):
        for date in header.iterfind(address):
            begin = date.get("when") or date.get("from", "")
            until = date.get("to", begin)
            if _DATE.match(begin) and _DATE.match(until):
                return begin if begin == until else f"{begin}/{until}"
    return ""


def _milestone(element: Element) -> str:
    return remark("page %(n)s", n=element.get("n")) if local_name(element) == "pb" and element.get("n") else ""


_SHAPE = xmltext.Shape(_INLINE, {"teiHeader": remark("the description of the file")}, _milestone)
