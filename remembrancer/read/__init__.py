"""Reading: bytes, path and house -> a rendition and what it says.

``read`` never refuses and never drops: what has no reader, is broken, locked or empty comes back as a
reading whose findings say so. One file per format; ``READERS`` is the table, most particular first.
"""

from __future__ import annotations

from typing import NamedTuple, Protocol

from remembrancer.model import Reading
from remembrancer.read import (
    akomantoso,
    captions,
    docx,
    fields,
    html,
    irc,
    markdown,
    pdf,
    plaintext,
    restructuredtext,
    tei,
    theyworkforyou,
    unread,
)
from remembrancer.read.house import House


class ReaderModule(Protocol):
    """What a format's file offers."""

    NAME: str
    VERSION: int

    def recognises(self, data: bytes, path: str, house: House) -> bool:
        """Whether this reader is for these bytes; it looks at the path's ending and the first bytes."""

    def read(self, data: bytes, path: str, house: House) -> Reading:
        """The reading. Broken input is a finding, never an exception."""


READERS: tuple[ReaderModule, ...] = (
    docx,
    pdf,
    tei,
    theyworkforyou,
    akomantoso,
    html,
    fields,
    captions,
    irc,
    restructuredtext,
    markdown,
    plaintext,
    unread,
)
"""``plaintext`` takes any text, ``unread`` everything else."""


class Choice(NamedTuple):
    reader: ReaderModule
    name: str


def choose(data: bytes, path: str, house: House) -> Choice:
    """The reader for a file, with its name and version as ``markdown/1``."""
    reader = next(reader for reader in READERS if reader.recognises(data, path, house))
    return Choice(reader, f"{reader.NAME}/{reader.VERSION}")


def read(data: bytes, path: str, house: House) -> Reading:
    """Read one file. ``path`` is relative, with forward slashes; facts may be taken from it."""
    return choose(data, path, house).reader.read(data, path, house)
