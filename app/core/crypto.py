"""Keys and what is done with them: sealing personal data, blind indexes, receipt codes.

Data keys (AES-256-GCM, NIST SP 800-38D) lie in the database, wrapped by a master key that lies
outside it; each sealed value names its data key, so that keys rotate without touching old rows.
"""

import base64
import hashlib
import hmac
import os
import secrets
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from app.core.ids import new_id

_NONCE = 12
_ID = 16
_KEY = 32


class KeyFault(Exception):
    """A key is missing, malformed, or not the one a value was sealed with."""


class KeyPurpose(StrEnum):
    SEAL = "seal"
    INDEX = "index"
    RECEIPT = "receipt"


@dataclass(frozen=True)
class WrappedKey:
    """A data key as it lies in the database; `wrapped` is nonce and ciphertext."""

    id: UUID
    purpose: KeyPurpose
    wrapped: bytes


class MasterKey:
    """The 32 bytes that everything else hangs on; kept in settings or in a file, never in logs."""

    def __init__(self, key: bytes) -> None:
        if len(key) != _KEY:
            raise KeyFault("The master key must be 32 bytes, written in base64.")
        self._cipher = AESGCM(key)

    @classmethod
    def from_base64(cls, text: str) -> "MasterKey":
        try:
            return cls(base64.b64decode(text, validate=True))
        except ValueError as broken:
            raise KeyFault("The master key is not base64.") from broken

    @classmethod
    def from_file(cls, path: Path) -> "MasterKey":
        """Read the key file, or make it on first start (mode 0600): whole, or not at all."""
        if not path.exists():
            _make_key_file(path)
        return cls.from_base64(path.read_text().strip())

    def make(self, purpose: KeyPurpose) -> WrappedKey:
        id, nonce = new_id(), secrets.token_bytes(_NONCE)
        sealed = self._cipher.encrypt(nonce, secrets.token_bytes(_KEY), _label(id, purpose))
        return WrappedKey(id, purpose, nonce + sealed)

    def unwrap(self, key: WrappedKey) -> bytes:
        nonce, sealed = key.wrapped[:_NONCE], key.wrapped[_NONCE:]
        try:
            return self._cipher.decrypt(nonce, sealed, _label(key.id, key.purpose))
        except InvalidTag as wrong:
            raise KeyFault("The database was filled under another master key.") from wrong


def _make_key_file(path: Path) -> None:
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(base64.b64encode(secrets.token_bytes(_KEY)).decode() + "\n")
        file.flush()
        os.fsync(file.fileno())
    # A link is made or it is not: of two processes that start at once, one key stays.
    with suppress(FileExistsError):
        path.hardlink_to(draft)
    draft.unlink()


def _label(id: UUID, purpose: KeyPurpose) -> bytes:
    return id.bytes + purpose.encode()


class Keyring:
    """The unwrapped data keys of one process; the newest of each purpose is the one in use."""

    def __init__(self, master: MasterKey, keys: Sequence[WrappedKey]) -> None:
        self._keys = {key.id: master.unwrap(key) for key in keys}
        self._newest = {key.purpose: key.id for key in sorted(keys, key=lambda key: key.id)}
        self._ciphers = {id: AESGCM(key) for id, key in self._keys.items()}
        index = [key.id for key in keys if key.purpose is KeyPurpose.INDEX]
        self._index_keys = sorted(index, reverse=True)

    def seal(self, plain: bytes, context: UUID) -> bytes:
        """Encrypt for rest; `context` (the row's id) must be given again to open it."""
        id, nonce = self._newest[KeyPurpose.SEAL], secrets.token_bytes(_NONCE)
        return id.bytes + nonce + self._ciphers[id].encrypt(nonce, plain, context.bytes)

    def open(self, sealed: bytes, context: UUID) -> bytes:
        id, nonce = UUID(bytes=sealed[:_ID]), sealed[_ID : _ID + _NONCE]
        if id not in self._ciphers:
            raise KeyFault("The value was sealed under a data key that is not loaded.")
        try:
            return self._ciphers[id].decrypt(nonce, sealed[_ID + _NONCE :], context.bytes)
        except InvalidTag as wrong:
            raise KeyFault("The sealed value was altered or moved.") from wrong

    def blind(self, kind: str, value: str) -> bytes:
        """The blind index of a whole value: equal values meet, nobody can read them back."""
        return self._blind(self._newest[KeyPurpose.INDEX], kind, value)

    def blinds(self, kind: str, value: str) -> list[bytes]:
        """The same under every index key, newest first: what rows of any age are found by."""
        return [self._blind(id, kind, value) for id in self._index_keys]

    def index_key(self) -> UUID:
        """The id of the index key in use; rows indexed under another wait for the worker."""
        return self._newest[KeyPurpose.INDEX]

    def _blind(self, id: UUID, kind: str, value: str) -> bytes:
        return _mac(self._keys[id], f"{kind}\0{normalise(value)}".encode())[:16]

    def secret_of(self, kind: str, word: str) -> bytes:
        """A secret of 32 bytes that a caller's own word leads to, but only with our key."""
        return _mac(self._keys[self._newest[KeyPurpose.INDEX]], f"{kind}\0{word}".encode())

    def receipt_key(self) -> UUID:
        """The id of the receipt key in use; what it signed stays readable after rotation."""
        return self._newest[KeyPurpose.RECEIPT]

    def sign_receipt(self, key_id: UUID, message: bytes) -> bytes:
        return _mac(self._keys[key_id], message)


def normalise(value: str) -> str:
    """Fold case and white space, so that a name or number typed otherwise is the same."""
    return " ".join(value.casefold().split())


def _mac(key: bytes, message: bytes) -> bytes:
    return hmac.new(key, message, hashlib.sha256).digest()
