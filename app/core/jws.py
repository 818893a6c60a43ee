"""JSON Web Signatures by Ed25519, as RFC 7515 and RFC 8037 write them: any JOSE library reads them,
and so do ten lines over `cryptography`."""

import base64
import hashlib
import json
from dataclasses import dataclass
from functools import cached_property

from cryptography.exceptions import InvalidSignature
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

    @property
    def compact(self) -> str:
        """The same in one word (RFC 7515, 7.1), for a QR code or an address."""
        return f"{self.protected}.{self.payload}.{self.signature}"


class NotOurs(ValueError):
    """This was not signed by this key for this purpose."""


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

    @cached_property
    def _header(self) -> str:
        header = {"alg": "EdDSA", "kid": self.public.kid, "typ": self._typ}
        return encode(json.dumps(header, separators=(",", ":")).encode())

    def sign(self, payload: bytes) -> Jws:
        body = encode(payload)
        signature = self._key.sign(f"{self._header}.{body}".encode())
        return Jws(self._header, body, encode(signature))

    def open(self, compact: str) -> bytes:
        """The payload of what this key signed for this purpose; raises `NotOurs` otherwise."""
        header, _, rest = compact.partition(".")
        body, _, signature = rest.partition(".")
        if header != self._header:
            raise NotOurs
        try:
            self._key.public_key().verify(decode(signature), f"{header}.{body}".encode())
            return decode(body)
        except (InvalidSignature, ValueError) as broken:
            raise NotOurs from broken


def encode(data: bytes) -> str:
    """Base64url without padding."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def decode(text: str) -> bytes:
    """The bytes of base64url without padding; raises `ValueError` where it is none."""
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
