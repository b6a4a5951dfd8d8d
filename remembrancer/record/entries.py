"""Entries: an envelope that the tree hashes, and a payload beside it that can lawfully be forgotten.

The envelope is canonical JSON. Its ``payload`` is ``SHA-256(salt || canonical payload)``, in hex, with 16
random bytes of salt, so that nobody who lacks the salt can confirm a guess at what was forgotten::

    {"at":"2026-11-22T12:00:00Z","body":"alder-town","by":"owner","class":"open","kind":"source",
     "payload":"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08","v":1}

What every kind's payload keeps to: ``blobs`` lists the SHA-256 of each blob the entry needs; ``source`` is
the SHA-256 of the source it derives from. Titles, names and sizes stand in payloads only.

Forward compatible: unknown kinds, and further members in an envelope of a later ``v``, are kept and verified.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from hashlib import sha256
from operator import itemgetter
from typing import NamedTuple

from remembrancer.model import Exit, Fault, Visibility
from remembrancer.ports import Leaf, Signer
from remembrancer.record import canonical
from remembrancer.record.canonical import Json, NotCanonical
from remembrancer.record.note import Verifier, verifier_of
from remembrancer.record.tree import leaf_hash
from remembrancer.saying import Sentence

VERSION = 1
MAXIMUM_ENVELOPE = 65_535
"""Bytes: an entry bundle of tlog-tiles writes the length of a leaf in 16 bits."""
SALT_BYTES = 16
SIGNATURE_DOMAIN = b"remembrancer entry v1\n"

# fmt: off
KINDS = frozenset((
    "body", "source", "rendition", "reading", "house", "rulebook", "schedule", "hold", "release", "alias",
    "person-merge", "person-split", "classify", "grant", "event", "utterance", "confirm", "dismiss",
    "correct", "request", "minutes-step", "decree-step", "delivery", "redaction", "disposal",
))
# fmt: on

_MEMBERS = ("v", "kind", "body", "at", "by", "class", "payload")
_members_of = itemgetter(*_MEMBERS)


class Draft(NamedTuple):
    """An entry before it has a time and a number."""

    kind: str
    payload: Mapping[str, Json]
    by: str = "owner"
    visibility: Visibility = "open"


class Entry(NamedTuple):
    """An opened leaf. ``commitment`` is the envelope's hex hash of salt and payload; ``payload`` is None
    once redacted, disposed of, or left out of a public export. ``signature`` is 4 bytes of key id and the
    author's Ed25519 signature, or None."""

    number: int
    v: int
    kind: str
    body: str
    at: str
    by: str
    visibility: Visibility
    commitment: str
    payload: dict[str, Json] | None
    signature: bytes | None


class BadEntry(ValueError):
    """A leaf does not say what it was sealed to say; ``part`` is ``envelope`` or ``payload``."""

    def __init__(self, part: str, said: Sentence) -> None:
        super().__init__(said)
        self.part, self.said = part, said


def seal(
    kind: str,
    body: str,
    at: str,
    by: str,
    visibility: Visibility,
    payload: Mapping[str, Json],
    salt: bytes | None = None,
) -> Leaf:
    """The leaf of a new entry. Fault if the payload has no canonical form or the envelope is too long."""
    salt = os.urandom(SALT_BYTES) if salt is None else salt
    try:
        content = canonical.dump(payload)
        envelope = canonical.dump(
            {
                "v": VERSION,
                "kind": kind,
                "body": body,
                "at": at,
                "by": by,
                "class": visibility,
                "payload": commit(salt, content),
            }
        )
    except NotCanonical as error:
        raise Fault(
            Exit.USAGE, Sentence("An entry of kind %(kind)s cannot be written: %(error)s.", kind=kind, error=error)
        ) from error
    if len(envelope) > MAXIMUM_ENVELOPE:
        raise Fault(
            Exit.USAGE,
            Sentence(
                "The envelope of this %(kind)s has %(n)s bytes; %(most)s is the most.",
                kind=kind,
                n=len(envelope),
                most=MAXIMUM_ENVELOPE,
            ),
            Sentence("Long matter belongs in the payload or in a blob."),
        )
    return Leaf(envelope, content, salt)


def commit(salt: bytes, payload: bytes) -> str:
    """The hex commitment to a canonical payload."""
    return sha256(salt + payload).hexdigest()


def open_leaf(leaf: Leaf, number: int) -> Entry:
    """The entry of a stored leaf, its form and commitment checked; BadEntry if they do not hold."""
    version, texts = _open_envelope(leaf.envelope)
    commitment = texts[-1]
    return Entry(number, version, *texts, _open_payload(leaf, commitment), leaf.signature)


def _open_envelope(envelope: bytes) -> tuple[int, tuple[str, str, str, str, str, str]]:
    try:
        members = canonical.parse_object(envelope)
        version, *texts = _members_of(members)
    except (NotCanonical, KeyError) as error:
        raise BadEntry("envelope", Sentence("the envelope is malformed: %(error)s", error=error)) from error
    if type(version) is not int or version < 1 or set(map(type, texts)) != {str}:
        raise BadEntry("envelope", Sentence("a member of the envelope has the wrong type"))
    if version == VERSION and len(members) != len(_MEMBERS):
        raise BadEntry("envelope", Sentence("the envelope has a member that its version does not know"))
    return version, tuple(texts)


def _open_payload(leaf: Leaf, commitment: str) -> dict[str, Json] | None:
    if leaf.payload is None and leaf.salt is None:
        return None
    if not isinstance(leaf.payload, bytes) or not isinstance(leaf.salt, bytes):
        raise BadEntry("payload", Sentence("the payload and its salt are not both there"))
    if commit(leaf.salt, leaf.payload) != commitment:
        raise BadEntry("payload", Sentence("the payload is not the one the envelope commits to"))
    try:
        return canonical.parse_object(leaf.payload)
    except NotCanonical as error:
        raise BadEntry("payload", Sentence("the payload is not canonical JSON: %(error)s", error=error)) from error


def blobs_of(entry: Entry) -> list[str]:
    """The SHA-256 of each blob the entry needs, as its payload lists them."""
    return texts_of(entry, "blobs")


def texts_of(entry: Entry, member: str) -> list[str]:
    """The strings in a list that the payload holds under ``member``."""
    listed = entry.payload.get(member) if entry.payload else None
    return [text for text in listed if isinstance(text, str)] if isinstance(listed, list) else []


def sign_leaf(leaf: Leaf, author: Signer) -> Leaf:
    """The leaf with its author's signature, over ``SIGNATURE_DOMAIN || leaf hash``."""
    identifier = verifier_of(author).key_id
    return leaf._replace(signature=identifier + author.sign(_to_sign(leaf)))


def is_signed_by(leaf: Leaf, verifier: Verifier) -> bool:
    """Whether the signature is this key's over this leaf; False too where the leaf has none."""
    signature = leaf.signature or b""
    return signature[:4] == verifier.key_id and verifier.verifies(signature[4:], _to_sign(leaf))


def _to_sign(leaf: Leaf) -> bytes:
    return SIGNATURE_DOMAIN + leaf_hash(leaf.envelope)
