"""Secrets that nobody types, made when first needed and readable by who runs the office alone: ``OFFICE/web/``."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat


def secret_key(office: Path) -> str:
    """The key that signs sessions and links."""
    return _kept(office / "web" / "secret.key", lambda: secrets.token_urlsafe(64))


def identity_key(office: Path) -> str:
    """The RSA key that signs identity tokens, as PEM."""
    return _kept(office / "web" / "identity.pem", _new_identity)


def _new_identity() -> str:
    key = generate_private_key(public_exponent=65537, key_size=3072)
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


def _kept(path: Path, make: Callable[[], str]) -> str:
    """What a file holds; it is written once, whole, also where two processes begin at the same time."""
    if not path.exists():
        path.parent.mkdir(mode=0o700, exist_ok=True)
        draft = path.with_name(f"{path.name}.{os.getpid()}")
        with suppress(FileExistsError):
            descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                file.write(make())
        with suppress(FileExistsError):
            os.link(draft, path)
        draft.unlink(missing_ok=True)
    return path.read_text(encoding="utf-8")
