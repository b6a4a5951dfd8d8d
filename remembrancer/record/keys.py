"""The keys that sign a body's heads, in ``bodies/SLUG/keys``, as C2SP and Go's sumdb write them.

``signer.skey`` is the private key, readable by its owner alone where the system knows owners. For each key
that ever signed there is a ``KEYID.vkey``: these are what others need to check the body's heads.
"""

from __future__ import annotations

import os
from pathlib import Path

from remembrancer.model import Exit, Fault
from remembrancer.record.note import (
    BadNote,
    Ed25519Signer,
    Verifier,
    format_signer,
    format_verifier,
    parse_signer,
    parse_verifier,
    verifier_of,
)
from remembrancer.saying import Sentence

SIGNER = "signer.skey"


def create_signer(directory: Path, name: str) -> Ed25519Signer:
    """A new key under ``name``, kept in ``directory``; FileExistsError where there is one already."""
    signer = Ed25519Signer.new(name)
    directory.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(directory / SIGNER, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii", newline="\n") as file:
        file.write(format_signer(signer) + "\n")
        file.flush()
        os.fsync(file.fileno())
    keep_verifier(directory, verifier_of(signer))
    return signer


def load_signer(directory: Path) -> Ed25519Signer | None:
    """The key in ``directory``, None where there is none; a Fault if it is damaged."""
    path = directory / SIGNER
    if not path.exists():
        return None
    try:
        return parse_signer(path.read_text(encoding="ascii"))
    except (OSError, ValueError) as error:
        advice = Sentence("Restore it from a copy, or move it away: then the record opens, but heads cannot be signed.")
        raise Fault(
            Exit.UNREADABLE,
            Sentence("The signing key %(name)s cannot be read: %(error)s.", name=SIGNER, error=error),
            advice,
        ) from error


def keep_verifier(directory: Path, verifier: Verifier) -> None:
    """Keep a public key among those known."""
    directory.mkdir(parents=True, exist_ok=True)
    (directory / file_of(verifier)).write_text(text_of(verifier), encoding="utf-8", newline="\n")


def file_of(verifier: Verifier) -> str:
    """The name of the file that keeps a public key."""
    return f"{verifier.key_id.hex()}.vkey"


def text_of(verifier: Verifier) -> str:
    """What that file says."""
    return format_verifier(verifier) + "\n"


def load_verifiers(directory: Path) -> tuple[Verifier, ...]:
    """Every public key known in ``directory``; a Fault if one is damaged."""
    try:
        return tuple(parse_verifier(path.read_text("utf-8")) for path in sorted(directory.glob("*.vkey")))
    except BadNote as error:
        raise Fault(
            Exit.UNREADABLE,
            Sentence("A public key in %(name)s cannot be read: %(error)s.", name=directory.name, error=error),
        ) from error
