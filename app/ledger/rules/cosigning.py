"""What a witness puts under a checkpoint: c2sp.org/tlog-cosignature, version 1."""

from dataclasses import dataclass
from functools import cached_property
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.ledger.rules.notes import (
    NoteSignature,
    NoteWrong,
    is_signed,
    key_id_of,
    public_key_of,
    read_verifier_key,
    write_verifier_key,
)

COSIGNATURE: Final = b"\x04"

_TIME_BYTES: Final = 8
_LATEST: Final = 2**63


@dataclass(frozen=True)
class CosignatureVerifier:
    """The public half of a witness's key, by the name of the witness."""

    name: str
    public_key: bytes

    @classmethod
    def parse(cls, verifier_key: str) -> "CosignatureVerifier":
        """Read `<name>+<key id in hex>+<base64 of 0x04 and the key>`."""
        return cls(*read_verifier_key(verifier_key, COSIGNATURE))

    @cached_property
    def key_id(self) -> bytes:
        return key_id_of(self.name, COSIGNATURE, self.public_key)

    @property
    def verifier_key(self) -> str:
        return write_verifier_key(self.name, COSIGNATURE, self.public_key)

    def confirms(self, text: str, signature: bytes) -> bool:
        try:
            message = _message(text, cosigned_at(signature))
        except NoteWrong:
            return False
        return is_signed(self.public_key, message, signature[_TIME_BYTES:])


@dataclass(frozen=True)
class CosignatureSigner:
    """Cosigns under the name of a witness with the 32 bytes of a private key of Ed25519."""

    name: str
    private_key: bytes

    @cached_property
    def verifier(self) -> CosignatureVerifier:
        return CosignatureVerifier(self.name, public_key_of(self.private_key))

    @property
    def verifier_key(self) -> str:
        return self.verifier.verifier_key

    def sign(self, text: str, at: int) -> str:
        """The line under a checkpoint of this text, cosigned at this second since 1970, UTC."""
        key = Ed25519PrivateKey.from_private_bytes(self.private_key)
        signature = at.to_bytes(_TIME_BYTES, "big") + key.sign(_message(text, at))
        return NoteSignature(self.name, self.verifier.key_id, signature).line()


def cosigned_at(signature: bytes) -> int:
    """The second since 1970, UTC, at which a witness says that it cosigned."""
    at = int.from_bytes(signature[:_TIME_BYTES], "big")
    if len(signature) <= _TIME_BYTES or at >= _LATEST:
        raise NoteWrong
    return at


def _message(text: str, at: int) -> bytes:
    return f"cosignature/v1\ntime {at}\n{text}".encode()
