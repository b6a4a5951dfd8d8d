"""Signed notes and checkpoints (C2SP signed-note and tlog-checkpoint), with Ed25519 keys.

A note is text ending in a newline, a blank line, and signature lines. A checkpoint's text is the log's
origin, its size in decimal, and the root hash in base64::

    remembrancer/alder-town
    20852163
    CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

    — remembrancer/alder-town Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q...

A signature line is an em dash, the key's name, and base64 of a 4-byte key id and the signature. The key id
is the first four bytes of ``SHA-256(name || 0A || 01 || public key)``. Keys are written as Go's sumdb does:
``NAME+KEYID+BASE64(01 || public key)`` to verify, ``PRIVATE+KEY+NAME+KEYID+BASE64(01 || seed)`` to sign.

Forward compatible: signatures of unknown keys (witnesses, new algorithms) and further lines of a
checkpoint's text are ignored; a bad signature by a known key spoils the note.
"""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from remembrancer.ports import Signer
from remembrancer.saying import Sentence

ED25519 = b"\x01"
MAXIMUM_SIZE = 1_000_000
"""Bytes; far above the sixteen signatures that a reader of notes must accept."""

_signature_line = re.compile(r"— ([^\s+]+) ([A-Za-z0-9+/]+={0,2})")
_checkpoint = re.compile(r"([^\n]+)\n(0|[1-9][0-9]*)\n([A-Za-z0-9+/]{43}=)\n(?:[^\n]+\n)*")


class BadNote(ValueError):
    """The note is malformed, or no known key signed it."""

    def __init__(self, said: Sentence) -> None:
        super().__init__(said)
        self.said = said


def check_name(name: str) -> str:
    """A key's name as it came; ValueError if empty or with white space or a plus sign."""
    if not name or "+" in name or any(character.isspace() for character in name):
        raise ValueError(f"{name!r} is no name for a key: it must have no white space and no plus sign")
    return name


def key_id(name: str, public_key: bytes) -> bytes:
    """The four bytes that name a key beside its name."""
    return sha256(name.encode() + b"\n" + ED25519 + public_key).digest()[:4]


@dataclass(frozen=True, slots=True)
class Verifier:
    """A public key under its name."""

    name: str
    public_key: bytes

    @property
    def key_id(self) -> bytes:
        return key_id(self.name, self.public_key)

    def verifies(self, signature: bytes, message: bytes) -> bool:
        """Whether the 64-byte ``signature`` is this key's over ``message``."""
        try:
            Ed25519PublicKey.from_public_bytes(self.public_key).verify(signature, message)
        except InvalidSignature:
            return False
        return True


@dataclass(frozen=True, slots=True)
class Ed25519Signer:
    """A private key (its 32-byte seed) under its name; a ``ports.Signer``."""

    name: str
    seed: bytes

    @classmethod
    def new(cls, name: str) -> Ed25519Signer:
        return cls(check_name(name), Ed25519PrivateKey.generate().private_bytes_raw())

    def sign(self, message: bytes) -> bytes:
        return Ed25519PrivateKey.from_private_bytes(self.seed).sign(message)

    def public_key(self) -> bytes:
        return Ed25519PrivateKey.from_private_bytes(self.seed).public_key().public_bytes_raw()


def verifier_of(signer: Signer) -> Verifier:
    return Verifier(signer.name, signer.public_key())


def format_verifier(verifier: Verifier) -> str:
    """``NAME+KEYID+BASE64``, as Go's sumdb and C2SP tools read it."""
    return f"{verifier.name}+{verifier.key_id.hex()}+{_base64(ED25519 + verifier.public_key)}"


def parse_verifier(text: str) -> Verifier:
    """The verifier of ``NAME+KEYID+BASE64``; BadNote if malformed, or of another algorithm."""
    name, identifier, key = _split_key(text.strip())
    verifier = Verifier(name, key)
    if verifier.key_id.hex() != identifier:
        raise BadNote(Sentence("the key %(name)s does not have the id %(id)s", name=name, id=identifier))
    return verifier


def format_signer(signer: Ed25519Signer) -> str:
    """``PRIVATE+KEY+NAME+KEYID+BASE64``: secret."""
    identifier = verifier_of(signer).key_id.hex()
    return f"PRIVATE+KEY+{signer.name}+{identifier}+{_base64(ED25519 + signer.seed)}"


def parse_signer(text: str) -> Ed25519Signer:
    """The signer of ``PRIVATE+KEY+NAME+KEYID+BASE64``; BadNote if malformed, or of another algorithm."""
    if not text.startswith("PRIVATE+KEY+"):
        raise BadNote(Sentence("a signing key starts with PRIVATE+KEY+"))
    name, identifier, seed = _split_key(text.strip().removeprefix("PRIVATE+KEY+"))
    signer = Ed25519Signer(name, seed)
    if verifier_of(signer).key_id.hex() != identifier:
        raise BadNote(Sentence("the key %(name)s does not have the id %(id)s", name=name, id=identifier))
    return signer


def _split_key(text: str) -> tuple[str, str, bytes]:
    try:
        name, identifier, encoded = text.split("+", 2)
        key = b64decode(encoded, validate=True)
        check_name(name)
    except ValueError as error:
        raise BadNote(Sentence("not a key: %(error)s", error=error)) from error
    if len(key) != 33 or key[:1] != ED25519:
        raise BadNote(Sentence("the key %(name)s is not an Ed25519 key", name=name))
    return name, identifier, key[1:]


def _base64(data: bytes) -> str:
    return b64encode(data).decode("ascii")


def sign(text: str, *signers: Signer) -> bytes:
    """The note of ``text``, which ends in a newline, with a signature line for each signer."""
    if not text.endswith("\n") or _has_control_characters(text):
        raise ValueError("a note's text ends in a newline and has no other control characters")
    lines = [_sign_line(text, signer) for signer in signers]
    return (text + "\n" + "".join(lines)).encode()


def _sign_line(text: str, signer: Signer) -> str:
    signature = key_id(signer.name, signer.public_key()) + signer.sign(text.encode())
    return f"— {signer.name} {_base64(signature)}\n"


def _has_control_characters(text: str) -> bool:
    return any(character < " " and character != "\n" for character in text)


def open_note(note: bytes, verifiers: Iterable[Verifier]) -> str:
    """The text of a note that at least one of ``verifiers`` signed; BadNote otherwise."""
    text, lines = _split_note(note)
    known = {(verifier.name, verifier.key_id): verifier for verifier in verifiers}
    verified = False
    for name, signature in map(_parse_line, lines):
        verifier = known.get((name, signature[:4]))
        if verifier is None:
            continue
        if not verifier.verifies(signature[4:], text.encode()):
            raise BadNote(Sentence("the signature of %(name)s is not over this text", name=name))
        verified = True
    if not verified:
        raise BadNote(Sentence("no known key signed the note"))
    return text


def _split_note(note: bytes) -> tuple[str, list[str]]:
    try:
        content = note.decode()
    except UnicodeDecodeError as error:
        raise BadNote(Sentence("the note is not UTF-8")) from error
    text, blank, signatures = content.rpartition("\n\n")
    if len(note) > MAXIMUM_SIZE or not blank or not signatures.endswith("\n") or _has_control_characters(content):
        raise BadNote(Sentence("not a signed note"))
    return text + "\n", signatures[:-1].split("\n")


def _parse_line(line: str) -> tuple[str, bytes]:
    match = _signature_line.fullmatch(line)
    if match is None:
        raise BadNote(Sentence("a signature line is malformed"))
    try:
        signature = b64decode(match[2], validate=True)
    except ValueError as error:
        raise BadNote(Sentence("a signature is not base64")) from error
    if b64encode(signature).decode("ascii") != match[2]:
        raise BadNote(
            Sentence("a signature is not base64 as it must be written: its last letter has bits that say nothing")
        )
    if len(signature) < 5:
        raise BadNote(Sentence("a signature is too short"))
    return match[1], signature


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The head of a log: its ``size`` in entries and its root hash, 32 bytes."""

    origin: str
    size: int
    root: bytes


def format_checkpoint(checkpoint: Checkpoint) -> str:
    return f"{checkpoint.origin}\n{checkpoint.size}\n{_base64(checkpoint.root)}\n"


def parse_checkpoint(text: str) -> Checkpoint:
    """The checkpoint of a note's text; BadNote if malformed."""
    match = _checkpoint.fullmatch(text)
    if match is None:
        raise BadNote(Sentence("the note's text is not a checkpoint"))
    return Checkpoint(match[1], int(match[2]), b64decode(match[3]))


def sign_checkpoint(checkpoint: Checkpoint, *signers: Signer) -> bytes:
    """A signed head."""
    return sign(format_checkpoint(checkpoint), *signers)


def open_checkpoint(note: bytes, verifiers: Iterable[Verifier]) -> Checkpoint:
    """The checkpoint of a note that a known key signed; BadNote otherwise."""
    return parse_checkpoint(open_note(note, verifiers))
