"""A passkey made of nothing but numbers: what a browser and its authenticator would answer, without either."""

from __future__ import annotations

import os
from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2.cose import ES256
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import Aaguid, AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData

PRESENT_AND_VERIFIED = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV


class Passkey:
    """One key pair, for one site."""

    def __init__(self, site: str, origin: str) -> None:
        self._site = sha256(site.encode()).digest()
        self._origin = origin
        self._id = os.urandom(32)
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._holder = ""

    def enrolled(self, options: dict[str, Any]) -> dict[str, Any]:
        """The answer to ``navigator.credentials.create``."""
        self._holder = options["publicKey"]["user"]["id"]
        key = ES256.from_cryptography_key(self._key.public_key())
        public = AttestedCredentialData.create(Aaguid.NONE, self._id, key)
        data = AuthenticatorData.create(self._site, PRESENT_AND_VERIFIED | AuthenticatorData.FLAG.AT, 1, public)
        client = self._client("webauthn.create", options)
        told = {
            "clientDataJSON": websafe_encode(client),
            "attestationObject": websafe_encode(AttestationObject.create("none", data, {})),
        }
        return self._answer(told) | {"clientExtensionResults": {"credProps": {"rk": True}}}

    def used(self, options: dict[str, Any]) -> dict[str, Any]:
        """The answer to ``navigator.credentials.get``."""
        data = AuthenticatorData.create(self._site, PRESENT_AND_VERIFIED, 2)
        client = self._client("webauthn.get", options)
        signed = self._key.sign(bytes(data) + client.hash, ec.ECDSA(SHA256()))
        told = {
            "clientDataJSON": websafe_encode(client),
            "authenticatorData": websafe_encode(data),
            "signature": websafe_encode(signed),
            "userHandle": self._holder,
        }
        return self._answer(told)

    def _client(self, kind: Any, options: dict[str, Any]) -> CollectedClientData:
        challenge = websafe_decode(options["publicKey"]["challenge"])
        return CollectedClientData.create(kind, challenge, self._origin)

    def _answer(self, told: dict[str, str]) -> dict[str, Any]:
        name = websafe_encode(self._id)
        return {"id": name, "rawId": name, "type": "public-key", "response": told, "clientExtensionResults": {}}
