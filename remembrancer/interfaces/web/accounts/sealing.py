"""Secrets that must be read again, so kept that the database alone does not tell them: AES-GCM, with its own key."""

from __future__ import annotations

import base64
import os
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from remembrancer.interfaces.web import settings
from remembrancer.interfaces.web.serving.secrets import sealing_key

NONCE = 12


def sealed(text: str) -> str:
    """A secret as it is kept."""
    nonce = os.urandom(NONCE)
    return base64.b64encode(nonce + _cipher().encrypt(nonce, text.encode(), None)).decode()


def opened(kept: str) -> str:
    """A secret as it was; where it was sealed with another key or changed, one that nobody knows, in base 32."""
    try:
        data = base64.b64decode(kept, validate=True)
        return _cipher().decrypt(data[:NONCE], data[NONCE:], None).decode()
    except (InvalidTag, ValueError):
        return base64.b32encode(secrets.token_bytes(20)).decode()


def _cipher() -> AESGCM:
    return AESGCM(base64.b64decode(sealing_key(settings.OFFICE)))
