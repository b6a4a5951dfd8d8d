"""Word's styles and list numbers, as far as they say what a paragraph is.

Specified in ECMA-376 part 1, 17.7 (styles) and 17.9 (numbering). A style is known by its id; its name is
English in every language version (``heading 1``), which tells headings where no outline level does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from lxml import etree

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
HEADING = re.compile(r"heading (\d)", re.IGNORECASE)
PLACEHOLDER = re.compile(r"%(\d)")


class Style(NamedTuple):
    """What a style adds to the one it is based on; None where it says nothing."""

    name: str = ""
    based_on: str = ""
    outline: int | None = None
    bold: bool | None = None
    hidden: bool | None = None
    number: tuple[str, int] | None = None


class Styles:
    """The styles of a document, each with what it inherits."""

    def __init__(self, root: etree._Element | None) -> None:
        self._styles = {} if root is None else {_value(s, "styleId"): _style(s) for s in root.iter(f"{W}style")}

    def _chain(self, style_id: str) -> Iterator[Style]:
        seen: set[str] = set()
        while style_id in self._styles and style_id not in seen:
            seen.add(style_id)
            yield self._styles[style_id]
            style_id = self._styles[style_id].based_on

    def outline(self, style_id: str) -> int | None:
        """The heading level (1 to 9) that a style gives a paragraph, 0 for body text, None if it says neither."""
        for style in self._chain(style_id):
            if style.outline is not None:
                return style.outline
            if heading := HEADING.fullmatch(style.name):
                return int(heading[1])
        return None

    def is_title(self, style_id: str) -> bool:
        """Whether the style is that of a document's title."""
        return any(style.name.lower() == "title" for style in self._chain(style_id))

    def bold(self, style_id: str) -> bool:
        """Whether text in this style is bold."""
        return next((style.bold for style in self._chain(style_id) if style.bold is not None), False)

    def hidden(self, style_id: str) -> bool:
        """Whether text in this style is not shown."""
        return next((style.hidden for style in self._chain(style_id) if style.hidden is not None), False)

    def number(self, style_id: str) -> tuple[str, int] | None:
        """The list and its level that a style puts a paragraph in."""
        return next((style.number for style in self._chain(style_id) if style.number), None)


class Level(NamedTuple):
    """One level of a list: its kind of number, the text around it and where it starts."""

    form: str
    text: str
    start: int


class Numbering:
    """Counts the paragraphs of each list and writes the number that Word shows."""

    def __init__(self, root: etree._Element | None) -> None:
        self._lists: dict[str, dict[int, Level]] = {}
        self._shared: dict[str, str] = {}
        self._counts: dict[str, dict[int, int]] = {}
        if root is not None:
            self._load(root)

    def _load(self, root: etree._Element) -> None:
        abstract = {_value(node, "abstractNumId"): _levels(node) for node in root.iter(f"{W}abstractNum")}
        for node in root.iter(f"{W}num"):
            number = _value(node, "numId")
            shared = _child_value(node, "abstractNumId")
            levels = dict(abstract.get(shared, {}))
            for override in node.iter(f"{W}lvlOverride"):
                depth = _integer(_value(override, "ilvl"))
                start = _child_value(override, "startOverride")
                if depth in levels and start:
                    levels[depth] = levels[depth]._replace(start=_integer(start))
                    shared = f"{shared}/{number}"
            self._lists[number] = levels
            self._shared[number] = shared

    def next(self, number: str, depth: int) -> str:
        """The number of the next paragraph of a list; empty for bullets and for numbers not known here."""
        levels = self._lists.get(number, {})
        if depth not in levels:
            return ""
        counts = self._counts.setdefault(self._shared[number], {})
        counts[depth] = counts.get(depth, levels[depth].start - 1) + 1
        for deeper in [other for other in counts if other > depth]:
            del counts[deeper]
        shown = "" if levels[depth].form == "bullet" else levels[depth].text
        for place in {int(digit) - 1 for digit in PLACEHOLDER.findall(shown)}:
            level = levels.get(place)
            written = _written(counts.get(place, level.start), level.form) if level else ""
            if not written:
                return ""
            shown = shown.replace(f"%{place + 1}", written)
        return shown if any(map(str.isalnum, shown)) else ""


def is_on(node: etree._Element | None) -> bool | None:
    """The value of a switch such as ``w:b``, None where it is not there."""
    return None if node is None else (_value(node, "val") or "1") not in {"0", "false", "off"}


def numbered(properties: etree._Element | None) -> tuple[str, int] | None:
    """The list and its level in paragraph properties; list ``0`` takes a paragraph out of its style's list."""
    node = None if properties is None else properties.find(f"{W}numPr")
    if node is None:
        return None
    return _child_value(node, "numId"), _integer(_child_value(node, "ilvl"))


def outlined(properties: etree._Element | None) -> int | None:
    """The outline level in paragraph properties: 1 to 9, 0 for body text, None where it is not said."""
    node = None if properties is None else properties.find(f"{W}outlineLvl")
    return None if node is None else (_integer(_value(node, "val")) + 1) % 10


def _style(node: etree._Element) -> Style:
    paragraph, run = node.find(f"{W}pPr"), node.find(f"{W}rPr")
    return Style(
        _child_value(node, "name"),
        _child_value(node, "basedOn"),
        outlined(paragraph),
        None if run is None else is_on(run.find(f"{W}b")),
        None if run is None else is_on(run.find(f"{W}vanish")),
        numbered(paragraph),
    )


def _levels(abstract: etree._Element) -> dict[int, Level]:
    return {
        _integer(_value(node, "ilvl")): Level(
            _child_value(node, "numFmt") or "decimal",
            _child_value(node, "lvlText"),
            _integer(_child_value(node, "start") or "1"),
        )
        for node in abstract.iter(f"{W}lvl")
    }


def _written(number: int, form: str) -> str:
    if form == "decimal":
        return str(number)
    if form == "decimalZero":
        return f"{number:02d}"
    if form in {"lowerLetter", "upperLetter"} and number > 0:
        letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter if form == "lowerLetter" else letter.upper()
    if form in {"lowerRoman", "upperRoman"} and 0 < number < 4000:
        roman = _roman(number)
        return roman if form == "lowerRoman" else roman.upper()
    return ""


def _roman(number: int) -> str:
    written = ""
    values = (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1)
    signs = ("m", "cm", "d", "cd", "c", "xc", "l", "xl", "x", "ix", "v", "iv", "i")
    for value, sign in zip(values, signs, strict=True):
        count, number = divmod(number, value)
        written += sign * count
    return written


def _value(node: etree._Element, name: str) -> str:
    return node.get(f"{W}{name}") or ""


def _child_value(node: etree._Element, name: str) -> str:
    child = node.find(f"{W}{name}")
    return "" if child is None else _value(child, "val")


def _integer(value: str) -> int:
    return int(value) if re.fullmatch(r"-?\d{1,9}", value) else 0
