"""What proves to somebody else that the record holds: its signed head, the keys that check it, and proofs under it."""

from __future__ import annotations

from typing import NamedTuple

from remembrancer.model import Exit, Fault
from remembrancer.office.bureau import Bureau
from remembrancer.record import keys
from remembrancer.record.note import BadNote, open_checkpoint
from remembrancer.record.proof import format_consistency, format_inclusion, size_of
from remembrancer.saying import Sentence


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
    """The signed head of the record as it stands; where no key is here to sign one, the newest that was kept."""
    note = _note(bureau)
    try:
        told = open_checkpoint(note, bureau.log.verifiers)
    except BadNote as error:
        raise Fault(
            Exit.CHECK_FAILED, Sentence("The head of the record cannot be trusted: %(error)s.", error=error)
        ) from error
    return Head(told.origin, told.size, told.root.hex(), note.decode())


def verifiers(bureau: Bureau) -> tuple[str, ...]:
    """The public keys that check the head, as C2SP writes them."""
    return tuple(keys.text_of(each).strip() for each in bureau.log.verifiers)


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


def _note(bureau: Bureau) -> bytes:
    try:
        return bureau.log.checkpoint()
    except Fault as fault:
        kept = bureau.log.store.heads()
        if fault.exit_code != Exit.REFUSED or not kept:
            raise
        return kept[-1]


def _beyond(bureau: Bureau) -> Fault:
    size = bureau.log.size()
    return Fault(
        Exit.USAGE,
        Sentence("The record has %(size)s entries.", size=size),
        Sentence("Name an entry below %(size)s, or a size up to it.", size=size),
    )
