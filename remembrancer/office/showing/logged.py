"""The log as pages show it: its entries, page by page and one by one, and what was removed.

Envelopes are public; payloads and blobs are for those who may see them. What is not there, and what is not for who
asks, is one Fault (refused).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from remembrancer.model import Exit, Fault, Principal, Sha256
from remembrancer.office.bureau import Bureau
from remembrancer.office.showing.auditing import LogLine, log_lines, visible_entries
from remembrancer.ports import Leaf
from remembrancer.record.entries import Entry, blobs_of, texts_of
from remembrancer.record.log import origin_of
from remembrancer.record.tree import leaf_hash
from remembrancer.record.verify import removed_by
from remembrancer.saying import Sentence

SIZE = 50
"""Entries on one page."""


class Lines(NamedTuple):
    """A page of the log, newest first; ``total`` counts the entries of all its pages."""

    lines: tuple[LogLine, ...]
    total: int
    pages: int


class Removal(NamedTuple):
    """What a redaction or a disposal says of itself: ``what`` kinds of thing went, under which ``authority``, how many
    payloads and blobs. Where that is closed to who asks there is only ``kind``, ``at`` and ``by``."""

    number: int
    kind: str
    at: str
    by: str
    shown: bool
    what: tuple[str, ...]
    authority: str
    payloads: int
    blobs: int


class Opened(NamedTuple):
    """One entry: its envelope as it is hashed, the hash, and the blobs that who asks may have with it."""

    line: LogLine
    envelope: str
    leaf: str
    commitment: str
    signed: bool
    blobs: tuple[Sha256, ...]


def origin(bureau: Bureau) -> str:
    """The name of the log in its heads, by which who verifies one knows that it is of this body."""
    return origin_of(bureau.slug)


def lines(bureau: Bureau, principal: Principal, kind: str = "", page: int = 1) -> Lines:
    """A page of the entries, of one kind where one is named."""
    total = len(bureau.numbers_of(kind)) if kind else bureau.log.size()
    end = max(total - (page - 1) * SIZE, 0)
    start = max(end - SIZE, 0)
    numbers = bureau.numbers_of(kind)[start:end] if kind else range(start, end)
    found = _lines(bureau, principal, numbers)
    return Lines(tuple(reversed(found)), total, max(-(-total // SIZE), 1))


def _lines(bureau: Bureau, principal: Principal, numbers: Sequence[int]) -> list[LogLine]:
    """The entries of these numbers; those that follow each other are read at once."""
    if numbers and numbers[-1] - numbers[0] == len(numbers) - 1:
        return list(log_lines(bureau, principal, numbers[0], numbers[-1] + 1))
    return [line for number in numbers for line in log_lines(bureau, principal, number, number + 1)]


def opened(bureau: Bureau, principal: Principal, number: int) -> Opened:
    """One entry."""
    leaf, entry = _leaf(bureau, number)
    line = next(log_lines(bureau, principal, number, number + 1))
    blobs = tuple(each for each in blobs_of(entry) if bureau.log.blobs.has(each)) if line.state == "shown" else ()
    envelope = leaf.envelope.decode()
    return Opened(line, envelope, leaf_hash(leaf.envelope).hex(), entry.commitment, entry.signature is not None, blobs)


def envelope(bureau: Bureau, number: int) -> bytes:
    """The envelope of an entry, the very bytes that the tree hashes."""
    return _leaf(bureau, number)[0].envelope


def payload(bureau: Bureau, principal: Principal, number: int) -> bytes:
    """What an envelope commits to: the salt in hex on one line, then the canonical payload."""
    leaf, entry = _leaf(bureau, number)
    if leaf.payload is None or leaf.salt is None or not visible_entries(bureau, principal)(entry):
        raise _nothing(Sentence("payload of entry %(n)s", n=number))
    return leaf.salt.hex().encode() + b"\n" + leaf.payload


def blob(bureau: Bureau, principal: Principal, number: int, name: Sha256) -> bytes:
    """A blob that an entry names whose payload who asks may see."""
    _, entry = _leaf(bureau, number)
    if name not in blobs_of(entry) or not visible_entries(bureau, principal)(entry):
        raise _nothing(Sentence("blob %(name)s of entry %(n)s", name=name, n=number))
    try:
        return bureau.log.blob(name)
    except KeyError:
        raise _nothing(Sentence("blob %(name)s of entry %(n)s", name=name, n=number)) from None


def removals(bureau: Bureau, principal: Principal) -> list[Removal]:
    """Every redaction and disposal, newest first."""
    visible = visible_entries(bureau, principal)
    numbers = sorted((*bureau.numbers_of("redaction"), *bureau.numbers_of("disposal")), reverse=True)
    return [_removal(entry, visible(entry)) for entry in map(bureau.log.entry, numbers)]


def _removal(entry: Entry, shown: bool) -> Removal:
    told = (entry.number, entry.kind, entry.at, entry.by)
    if not shown or entry.payload is None:
        return Removal(*told, False, (), "", 0, 0)
    removed = removed_by(entry)
    authority = str(entry.payload.get("authority", ""))
    return Removal(*told, True, tuple(texts_of(entry, "what")), authority, len(removed.entries), len(removed.blobs))


def _leaf(bureau: Bureau, number: int) -> tuple[Leaf, Entry]:
    for leaf, entry in bureau.log.leaves(number, number + 1):
        return leaf, entry
    raise _nothing(Sentence("entry %(n)s", n=number))


def _nothing(what: Sentence) -> Fault:
    return Fault(
        Exit.REFUSED,
        Sentence("There is no %(what)s that you may see.", what=what),
        Sentence("The record's page lists the entries."),
    )
