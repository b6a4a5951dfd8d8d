"""An organisation's own sign-in, small but real: OpenID Connect with discovery, proof of the code's taker, signed
tokens. Whoever comes is the person that ``claims`` says."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key

CLIENT, SECRET = "remembrancer", "between us"


class Provider:
    """What the organisation knows: its address, its key, who is asking, and the codes that it gave out."""

    def __init__(self) -> None:
        self.address = ""
        self.claims: dict[str, Any] = {}
        self.key = generate_private_key(public_exponent=65537, key_size=2048)
        self._given: dict[str, dict[str, str]] = {}

    def answer(self, path: str, asked: dict[str, str]) -> tuple[int, dict[str, Any]]:
        """The status and the JSON of an answer; ``location`` where it leads elsewhere."""
        return {
            "/.well-known/openid-configuration": self._about,
            "/authorize": self._authorize,
            "/token": self._token,
            "/userinfo": lambda _: (200, self.claims),
            "/keys": self._keys,
        }[path](asked)

    def _about(self, _: dict[str, str]) -> tuple[int, dict[str, Any]]:
        ends = {"authorization": "authorize", "token": "token", "userinfo": "userinfo"}
        told = {f"{name}_endpoint": f"{self.address}/{end}" for name, end in ends.items()}
        return 200, told | {"issuer": self.address, "jwks_uri": f"{self.address}/keys"}

    def _authorize(self, asked: dict[str, str]) -> tuple[int, dict[str, Any]]:
        assert (asked["client_id"], asked["code_challenge_method"]) == (CLIENT, "S256")
        code = secrets.token_urlsafe()
        self._given[code] = asked
        told = urlencode({"code": code, "state": asked["state"]})
        return 302, {"location": f"{asked['redirect_uri']}?{told}"}

    def _token(self, asked: dict[str, str]) -> tuple[int, dict[str, Any]]:
        before = self._given.pop(asked["code"], None)
        taken = base64.urlsafe_b64encode(hashlib.sha256(asked["code_verifier"].encode()).digest()).rstrip(b"=").decode()
        if before is None or before["code_challenge"] != taken or asked["client_secret"] != SECRET:
            return 400, {"error": "invalid_grant"}
        now = int(time.time())
        told = {"iss": self.address, "aud": CLIENT, "exp": now + 60, "iat": now, **self.claims}
        if "nonce" in before:
            told["nonce"] = before["nonce"]
        token = jwt.encode(told, self.key, "RS256", headers={"kid": "1"})
        return 200, {"access_token": secrets.token_urlsafe(), "token_type": "Bearer", "id_token": token}

    def _keys(self, _: dict[str, str]) -> tuple[int, dict[str, Any]]:
        told = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key()))
        return 200, {"keys": [told | {"kid": "1", "alg": "RS256", "use": "sig"}]}


@contextmanager
def provided() -> Iterator[Provider]:
    """A provider that answers on a port of its own for as long as the context lasts."""
    provider = Provider()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            self._put(*provider.answer(parts.path, dict(parse_qsl(parts.query))))

        def do_POST(self) -> None:
            typed = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self._put(*provider.answer(urlsplit(self.path).path, dict(parse_qsl(typed))))

        def _put(self, status: int, told: dict[str, Any]) -> None:
            self.send_response(status)
            if "location" in told:
                self.send_header("Location", told["location"])
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(json.dumps(told).encode())

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    provider.address = f"http://127.0.0.1:{server.server_port}"
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
