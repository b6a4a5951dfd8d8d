"""A feed as Atom (RFC 4287): what came to be known, newest first."""

from __future__ import annotations

import re
from typing import NamedTuple
from uuid import NAMESPACE_URL, uuid5
from xml.etree import ElementTree

ATOM = "http://www.w3.org/2005/Atom"
NEVER = "1970-01-01T00:00:00Z"
NO_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 cannot hold, not even escaped."""


class Entry(NamedTuple):
    """Something that is told, and when the record learned of it; ``about`` is the permanent name of it."""

    about: str
    title: str
    link: str
    updated: str
    text: str = ""


class Feed(NamedTuple):
    """A feed: whose it is, its page, its own address (empty where that is a secret), and its entries."""

    about: str
    title: str
    author: str
    link: str
    own: str
    entries: tuple[Entry, ...]


def write(feed: Feed) -> bytes:
    """The feed as XML. It is as old as the latest entry, so that the same entries are always the same bytes."""
    root = ElementTree.Element("feed", {"xmlns": ATOM})
    updated = max((each.updated for each in feed.entries), default=NEVER)
    _texts(root, {"id": name(feed.about), "title": feed.title, "updated": updated})
    _texts(ElementTree.SubElement(root, "author"), {"name": feed.author})
    ElementTree.SubElement(root, "link", {"rel": "alternate", "href": feed.link})
    if feed.own:
        ElementTree.SubElement(root, "link", {"rel": "self", "href": feed.own, "type": "application/atom+xml"})
    for each in feed.entries:
        _entry(root, each)
    ElementTree.indent(root)
    written: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def name(about: str) -> str:
    """A name for ever, which no move of the office to another address changes."""
    return uuid5(NAMESPACE_URL, f"remembrancer:{about}").urn


def _entry(root: ElementTree.Element, told: Entry) -> None:
    entry = ElementTree.SubElement(root, "entry")
    _texts(entry, {"id": name(told.about), "title": told.title, "updated": told.updated})
    ElementTree.SubElement(entry, "link", {"rel": "alternate", "href": told.link})
    if told.text:
        _texts(entry, {"content": told.text})


def _texts(parent: ElementTree.Element, texts: dict[str, str]) -> None:
    for tag, text in texts.items():
        ElementTree.SubElement(parent, tag).text = NO_XML.sub(" ", text)
