"""Secrets that nobody types, made when first needed and readable by who runs the office alone: ``OFFICE/web/``."""

from __future__ import annotations

import base64
import os
import secrets
import time
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from remembrancer.model import Exit, Fault
from remembrancer.saying import Sentence

PATIENCE = 5.0
"""Seconds in which another process has written what it began."""


def secret_key(office: Path) -> str:
    """The key that signs sessions and links."""
    return _kept(office / "web" / "secret.key", lambda: secrets.token_urlsafe(64))


@cache
def sealing_key(office: Path) -> str:
    """The key that seals the seeds of codes, 256 bits in base 64."""
    return _kept(office / "web" / "sealing.key", lambda: base64.b64encode(secrets.token_bytes(32)).decode())


def identity_key(office: Path) -> str:
    """The RSA key that signs identity tokens, as PEM."""
    return _kept(office / "web" / "identity.pem", _new_identity)


def _new_identity() -> str:
    key = generate_private_key(public_exponent=65537, key_size=3072)
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


def _kept(path: Path, make: Callable[[], str]) -> str:
    """What a file holds, written once, also where two processes begin at the same time; on no disk are links needed."""
    if not path.exists():
        path.parent.mkdir(mode=0o700, exist_ok=True)
        made = make().encode()
        with suppress(FileExistsError):
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                file.write(made)
                file.flush()
                os.fsync(file.fileno())
    return _written(path)


def _written(path: Path) -> str:
    """What a file holds once whoever claimed it has written it. A Fault where that does not come."""
    end = time.monotonic() + PATIENCE
    while not (told := path.read_text(encoding="utf-8")):
        if time.monotonic() > end:
            raise Fault(
                Exit.CHECK_FAILED,
                Sentence("%(path)s is empty.", path=path),
                Sentence("Remove it, and a new one is made."),
            )
        time.sleep(0.02)
    return told
