"""What proves to somebody else that the record holds: its signed head, and proofs that lead to it."""

from __future__ import annotations

from typing import NamedTuple

from remembrancer.model import Exit, Fault
from remembrancer.office.bureau import Bureau
from remembrancer.record.note import open_checkpoint
from remembrancer.record.proof import format_consistency, format_inclusion, size_of


class Head(NamedTuple):
    """The head of a record: whose, of how many entries, the root of their tree in hex, and the signed note."""

    origin: str
    size: int
    root: str
    note: str


class Proof(NamedTuple):
    """That an ``entry`` is in the record, or that it only added to the ``old_size`` entries of an earlier head; the
    hashes in hex from the leaf's side up, and the whole as C2SP specifies it."""

    kind: str
    entry: int | None
    old_size: int | None
    size: int
    hashes: tuple[str, ...]
    proof: str


def head(bureau: Bureau) -> Head:
    """The signed head of the record as it stands."""
    note = bureau.log.checkpoint()
    told = open_checkpoint(note, bureau.log.verifiers)
    return Head(told.origin, told.size, told.root.hex(), note.decode())


def inclusion(bureau: Bureau, entry: int) -> Proof:
    """That an entry is in the record. A Fault (usage) where there is none of that number."""
    if not 0 <= entry < bureau.log.size():
        raise _beyond(bureau)
    found = bureau.log.prove(entry)
    hashes = tuple(each.hex() for each in found.hashes)
    return Proof("inclusion", entry, None, size_of(found.head), hashes, format_inclusion(found).decode())


def consistency(bureau: Bureau, old_size: int) -> Proof:
    """That the record only added to its first entries. A Fault (usage) where it never had so many."""
    if not 1 <= old_size <= bureau.log.size():
        raise _beyond(bureau)
    found = bureau.log.prove_consistency(old_size)
    hashes = tuple(each.hex() for each in found.hashes)
    return Proof("consistency", None, old_size, size_of(found.head), hashes, format_consistency(found).decode())


def _beyond(bureau: Bureau) -> Fault:
    size = bureau.log.size()
    return Fault(Exit.USAGE, f"The record has {size} entries.", f"Name an entry below {size}, or a size up to it.")
