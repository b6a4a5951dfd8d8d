"""XML of no format known here: its text, each element without elements of its own a text in its place.

Nothing says which of it is proceedings, so there is neither a sitting nor a speech; tags and attributes are no
letters. ``<minutes><item>Roads</item></minutes>`` is the text ``Roads`` at the place ``item[1]``.
"""

from __future__ import annotations

import re

from remembrancer.model import Reading
from remembrancer.read import xmltext
from remembrancer.read.house import House

NAME = "otherxml"
VERSION = 1

_DECLARATION = re.compile(rb"(?:\xef\xbb\xbf)?\s*<\?xml\s|\xff\xfe<\x00\?\x00x\x00|\xfe\xff\x00<\x00\?\x00x")
_ENDINGS = (".xml", ".xsd", ".rdf")


def recognises(data: bytes, path: str, house: House) -> bool:
    """An XML declaration, or the ending and a root element."""
    if _DECLARATION.match(data[:200]):
        return True
    return path.lower().endswith(_ENDINGS) and xmltext.root_tag(data)[0] != ""


def read(data: bytes, path: str, house: House) -> Reading:
    """The reading of one document."""
    parsed = xmltext.parse(data)
    form, laid = xmltext.start(parsed, xmltext.Shape(frozenset()), house.language)
    for element, span in laid.ranges.items():
        if len(element) == 0:
            form.text_at([span])
    return xmltext.reading(f"{NAME}/{VERSION}", form, laid)
