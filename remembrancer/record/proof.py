"""Proofs as text that third-party tools read: C2SP tlog-proof, and the body of a tlog-witness request.

Inclusion: the entry's number, its proof from the leaf's sibling up, and a signed head, in one file::

    c2sp.org/tlog-proof@v1
    index 73894
    gSKyXoYZUgZ6jduWYrkDOARinOMGJveXjgMkBTcdPlQ=
    ...

    remembrancer/alder-town
    109482
    sFodV/vSp5O8n9a8QpW6PRY97tfOSW5bsc2Xl/EQi08=

    — remembrancer/alder-town hI2DJw...

Consistency: ``old SIZE``, the proof, and the newer signed head, in the same way. An ``extra`` line, which
nothing vouches for, is skipped. The leaf itself, and for consistency the older head, travel beside it.
"""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from remembrancer.record.note import BadNote, Checkpoint, Verifier, open_checkpoint, parse_checkpoint
from remembrancer.record.tree import Hash, check_consistency, check_inclusion, leaf_hash
from remembrancer.saying import Sentence

_HEADER = "c2sp.org/tlog-proof@v1\n"
_hashes = r"((?:[A-Za-z0-9+/]{43}=\n)*)\n"
_inclusion = re.compile(re.escape(_HEADER) + r"(?:extra [^\n]*\n)?index (0|[1-9][0-9]*)\n" + _hashes)
_consistency = re.compile(r"old (0|[1-9][0-9]*)\n" + _hashes)


@dataclass(frozen=True, slots=True)
class InclusionProof:
    """That an entry is under a signed ``head``."""

    number: int
    hashes: tuple[Hash, ...]
    head: bytes


@dataclass(frozen=True, slots=True)
class ConsistencyProof:
    """That a signed ``head`` only added to the log of ``old_size`` entries."""

    old_size: int
    hashes: tuple[Hash, ...]
    head: bytes


def format_inclusion(proof: InclusionProof) -> bytes:
    return f"{_HEADER}index {proof.number}\n{_lines(proof.hashes)}\n".encode() + proof.head


def format_consistency(proof: ConsistencyProof) -> bytes:
    return f"old {proof.old_size}\n{_lines(proof.hashes)}\n".encode() + proof.head


def _lines(hashes: Sequence[Hash]) -> str:
    return "".join(b64encode(hash_).decode("ascii") + "\n" for hash_ in hashes)


def parse_inclusion(data: bytes) -> InclusionProof:
    """BadNote if malformed."""
    return InclusionProof(*_parse(_inclusion, data))


def parse_consistency(data: bytes) -> ConsistencyProof:
    """BadNote if malformed."""
    return ConsistencyProof(*_parse(_consistency, data))


def _parse(form: re.Pattern[str], data: bytes) -> tuple[int, tuple[Hash, ...], bytes]:
    text = data.decode("utf-8", errors="replace")
    match = form.match(text)
    if match is None:
        raise BadNote(Sentence("not a proof"))
    head = data[len(text[: match.end()].encode()) :]
    return int(match[1]), tuple(map(b64decode, match[2].splitlines())), head


def check_entry(proof: InclusionProof, envelope: bytes, verifiers: Iterable[Verifier]) -> Checkpoint | None:
    """The head under which the envelope is shown to be; None if it is not. BadNote for an unsigned head."""
    head = open_checkpoint(proof.head, verifiers)
    leaf = leaf_hash(envelope)
    return head if check_inclusion(proof.hashes, proof.number, head.size, leaf, head.root) else None


def check_heads(proof: ConsistencyProof, old: Checkpoint, verifiers: Iterable[Verifier]) -> Checkpoint | None:
    """The newer head shown to add to ``old`` only; None if it is not. BadNote for an unsigned head."""
    head = open_checkpoint(proof.head, verifiers)
    consistent = (
        proof.old_size == old.size
        and head.origin == old.origin
        and check_consistency(proof.hashes, old.size, head.size, old.root, head.root)
    )
    return head if consistent else None


def size_of(note: bytes) -> int:
    """The size that a head claims, its signature unchecked; BadNote if it is no head."""
    text, blank, _ = note.decode("utf-8", errors="replace").partition("\n\n")
    return parse_checkpoint(text + blank[:1]).size
