"""Reading: bytes, path and house -> a rendition and what it says.

``read`` never refuses and never drops: what has no reader, is broken, locked or empty comes back as a
reading whose findings say so. One file per format; ``READERS`` is the table, most particular first.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from importlib import import_module
from typing import NamedTuple, Protocol, cast

from remembrancer.model import Account, Reading, Rendition
from remembrancer.read import closed
from remembrancer.read.account import account
from remembrancer.read.agendas import is_agenda
from remembrancer.read.house import House
from remembrancer.saying import remark


class ReaderModule(Protocol):
    """What a format's file offers."""

    NAME: str
    VERSION: int

    def recognises(self, data: bytes, path: str, house: House) -> bool:
        """Whether this reader is for these bytes; it looks at the path's ending and the first bytes."""

    def read(self, data: bytes, path: str, house: House) -> Reading:
        """The reading. Broken input is a finding, never an exception."""


READERS = (
    "docx",
    "pdf",
    "tei",
    "theyworkforyou",
    "akomantoso",
    "html",
    "otherxml",
    "fields",
    "captions",
    "irc",
    "restructuredtext",
    "markdown",
    "plaintext",
    "unread",
)
"""``plaintext`` takes any text, ``unread`` everything else."""


@cache
def readers() -> tuple[ReaderModule, ...]:
    """The readers in the order of the table; imported when first asked for, since they need large libraries."""
    return tuple(cast(ReaderModule, import_module(f"{__name__}.{name}")) for name in READERS)


class Choice(NamedTuple):
    reader: ReaderModule
    name: str


def choose(data: bytes, path: str, house: House) -> Choice:
    """The reader for a file, with its name and version as ``markdown/1``."""
    reader = next(reader for reader in readers() if reader.recognises(data, path, house))
    return Choice(reader, f"{reader.NAME}/{reader.VERSION}")


def read(data: bytes, path: str, house: House) -> Reading:
    """Read one file. ``path`` is relative, with forward slashes; facts may be taken from it."""
    return read_with_account(data, path, house)[0]


def read_with_account(data: bytes, path: str, house: House) -> tuple[Reading, Account]:
    """Read one file and account for its letters.

    A fault of a reader must not lose a body's document: it is then read as text alone, or kept unread, with
    the finding ``reader-fault``, which is ours to mend.
    """
    chosen = choose(data, path, house)
    try:
        reading = chosen.reader.read(data, path, house)
        reading = _without_attendance(reading) if is_agenda(path, house) else reading
        reading = replace(reading, proceedings=closed.with_findings(reading.proceedings))
        return reading, account(reading)
    except Exception as error:
        reading = _as_text_alone(data, chosen.name, error)
        return reading, account(reading)


def _without_attendance(reading: Reading) -> Reading:
    """Whom an agenda lists is expected; who came it cannot tell."""
    told = reading.proceedings
    sittings = tuple(replace(sitting, attendance=()) for sitting in told.sittings)
    return replace(reading, proceedings=replace(told, sittings=sittings))


def _as_text_alone(data: bytes, reader: str, error: Exception) -> Reading:
    from remembrancer.read import encoding  # Its library takes long to import, and this is seldom needed.
    from remembrancer.read.form import Form

    decoded = encoding.decode(data) if encoding.is_text(data) else None
    form = Form(decoded.text if decoded else "")
    form.finding(
        "reader-fault",
        remark(
            "The reader %(reader)s failed (%(kind)s: %(error)s); the words are kept without structure.",
            reader=reader,
            kind=type(error).__name__,
            error=error,
        ),
        remark("Please report this with the file, if it may be shown; read it again after an update."),
    )
    proceedings = form.finish()
    if decoded is None:
        kept = Rendition(b"", "unread/1", (), (f"the whole file: {len(data)} bytes",))
        return Reading("unread/1", kept, proceedings)
    return encoding.reading("text/1", data, decoded, proceedings)
