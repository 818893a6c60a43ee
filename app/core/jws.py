"""JSON Web Signatures by Ed25519, as RFC 7515 and RFC 8037 write them: any JOSE library reads them,
and so do ten lines over `cryptography`."""

import base64
import hashlib
import json
from dataclasses import dataclass
from functools import cached_property

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey


@dataclass(frozen=True)
class Jwk:
    """A public key (RFC 8037, 2); `kid` is its thumbprint (RFC 7638)."""

    x: str
    kid: str
    kty: str = "OKP"
    crv: str = "Ed25519"
    alg: str = "EdDSA"
    use: str = "sig"


@dataclass(frozen=True)
class Jws:
    """The flattened JSON serialisation (RFC 7515, 7.2.2); all three parts are base64url."""

    protected: str
    payload: str
    signature: str


class JwsSigner:
    """Signs with one key; `typ` says what for, so that nothing passes for something else."""

    def __init__(self, seed: bytes, typ: str) -> None:
        self._key = Ed25519PrivateKey.from_private_bytes(seed)
        self._typ = typ

    @cached_property
    def public(self) -> Jwk:
        x = encode(self._key.public_key().public_bytes_raw())
        required = json.dumps({"crv": "Ed25519", "kty": "OKP", "x": x}, separators=(",", ":"))
        return Jwk(x=x, kid=encode(hashlib.sha256(required.encode()).digest()))

    def sign(self, payload: bytes) -> Jws:
        header = {"alg": "EdDSA", "kid": self.public.kid, "typ": self._typ}
        protected = encode(json.dumps(header, separators=(",", ":")).encode())
        body = encode(payload)
        signature = self._key.sign(f"{protected}.{body}".encode())
        return Jws(protected, body, encode(signature))


def encode(data: bytes) -> str:
    """Base64url without padding."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
