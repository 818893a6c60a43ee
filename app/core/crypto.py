"""Keys and what is done with them: sealing personal data, blind indexes, receipt codes.

Data keys (AES-256-GCM, NIST SP 800-38D) lie in the database, wrapped by a master key that lies
outside it; each sealed value names its data key, so that a rotation finds what is under old ones.
"""

import base64
import hmac
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import inf
from pathlib import Path
from time import monotonic
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from app.core.ids import new_id
from app.core.key_files import make_key_file

_NONCE = 12
_ID = 16
_KEY = 32


class KeyFault(Exception):
    """A key is missing, malformed, or not the one a value was sealed with."""


class ValueDamaged(KeyFault):
    """A sealed value was altered or moved, or its key is lost: it will never open."""


class KeysOutdated(KeyFault):
    """This process has not seen the keys as they are now; it is about to read them anew."""


class KeyPurpose(StrEnum):
    SEAL = "seal"
    INDEX = "index"
    RECEIPT = "receipt"


@dataclass(frozen=True)
class WrappedKey:
    """A data key as it lies in the database.

    `wrapped` is nonce and ciphertext, nothing for a retired key; `starts_in` are the seconds until
    it is used; no row is indexed any more under one that `is_empty`.
    """

    id: UUID
    purpose: KeyPurpose
    wrapped: bytes
    generation: int = 1
    starts_in: float = 0.0
    is_empty: bool = False


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
            make_key_file(path)
        return cls.from_base64(path.read_text().strip())

    def make(self, purpose: KeyPurpose, generation: int = 1) -> WrappedKey:
        id = new_id()
        return WrappedKey(
            id, purpose, self._wrap(id, purpose, secrets.token_bytes(_KEY)), generation
        )

    def rewrap(self, key: WrappedKey, old: "MasterKey") -> bytes:
        """The same data key, wrapped by this master key instead of the old one."""
        return self._wrap(key.id, key.purpose, old.unwrap(key))

    def _wrap(self, id: UUID, purpose: KeyPurpose, secret: bytes) -> bytes:
        nonce = secrets.token_bytes(_NONCE)
        return nonce + self._cipher.encrypt(nonce, secret, _label(id, purpose))

    def unwrap(self, key: WrappedKey) -> bytes:
        nonce, sealed = key.wrapped[:_NONCE], key.wrapped[_NONCE:]
        try:
            return self._cipher.decrypt(nonce, sealed, _label(key.id, key.purpose))
        except InvalidTag as wrong:
            raise KeyFault("The database was filled under another master key.") from wrong


def _label(id: UUID, purpose: KeyPurpose) -> bytes:
    return id.bytes + purpose.encode()


@dataclass(frozen=True)
class _Key:
    """A data key unwrapped, and from when on it is used by the clock of this process."""

    id: UUID
    purpose: KeyPurpose
    secret: bytes
    cipher: AESGCM
    starts_at: float
    is_empty: bool


@dataclass(frozen=True)
class _Bunch:
    """All keys as they were last read, oldest first; after `trusted_until` there may be newer."""

    keys: Mapping[UUID, _Key]
    trusted_until: float


class Keyring:
    """The unwrapped data keys of one process, swapped as a whole whenever they are read anew.

    Of each purpose the newest that has begun is the one in use.
    """

    def __init__(self, master: MasterKey, keys: Sequence[WrappedKey]) -> None:
        self.on_outdated: Callable[[], object] = lambda: None
        self._bunch = _Bunch({}, inf)
        self._asked: set[UUID] = set()
        self._lost: set[UUID] = set()
        self.load(keys, master.unwrap)

    def load(
        self,
        keys: Sequence[WrappedKey],
        unwrap: Callable[[WrappedKey], bytes],
        trusted_until: float = inf,
    ) -> None:
        """Take the keys as they were just read; what was unwrapped before is not unwrapped again,
        and a retired one that is still held opens what was read just before."""
        now, held = monotonic(), self._bunch.keys
        found: dict[UUID, _Key] = {}
        for key in sorted(keys, key=lambda key: (key.generation, key.id)):
            if key.wrapped or key.id in held:
                secret = held[key.id].secret if key.id in held else unwrap(key)
                start = now + key.starts_in
                found[key.id] = _Key(
                    key.id, key.purpose, secret, AESGCM(secret), start, key.is_empty
                )
        self._lost, self._asked = (self._lost | self._asked) - found.keys(), set()
        self._bunch = _Bunch(found, trusted_until)

    def seal(self, plain: bytes, context: UUID) -> bytes:
        """Encrypt for rest; `context` (the row's id) must be given again to open it."""
        key, nonce = self._in_use(KeyPurpose.SEAL), secrets.token_bytes(_NONCE)
        return key.id.bytes + nonce + key.cipher.encrypt(nonce, plain, context.bytes)

    def open(self, sealed: bytes, context: UUID) -> bytes:
        key, nonce = self._named(UUID(bytes=sealed[:_ID])), sealed[_ID : _ID + _NONCE]
        try:
            return key.cipher.decrypt(nonce, sealed[_ID + _NONCE :], context.bytes)
        except InvalidTag as wrong:
            raise ValueDamaged("The sealed value was altered or moved.") from wrong

    def blind(self, kind: str, value: str) -> bytes:
        """The blind index of a whole value: equal values meet, nobody can read them back."""
        return _blind(self._in_use(KeyPurpose.INDEX), kind, value)

    def blinds(self, kind: str, value: str) -> list[bytes]:
        """The same under every index key with rows, newest first: by it rows of any age are found,
        and those of a process that uses a new key a moment earlier than this one."""
        keys = [key for key in self._of(KeyPurpose.INDEX) if not key.is_empty]
        return [_blind(key, kind, value) for key in reversed(keys)]

    def index_key(self) -> UUID:
        """The id of the index key in use. Take it before blinding: where a new key begins between
        the two, the row is done again."""
        return self._in_use(KeyPurpose.INDEX).id

    def secret_of(self, kind: str, word: str) -> bytes:
        """A secret of 32 bytes that a caller's own word leads to, but only with our key."""
        return _secret(self._in_use(KeyPurpose.INDEX), kind, word)

    def secrets_of(self, kind: str, word: str) -> list[bytes]:
        """The same under every index key that is not retired."""
        return [_secret(key, kind, word) for key in self._of(KeyPurpose.INDEX)]

    def seal_key(self) -> UUID:
        return self._in_use(KeyPurpose.SEAL).id

    def receipt_key(self) -> UUID:
        """The id of the receipt key in use; what it signed stays readable after rotation."""
        return self._in_use(KeyPurpose.RECEIPT).id

    def first_receipt_key(self) -> UUID:
        """The oldest receipt key: what must stay equal through every rotation hangs on it."""
        keys = self._bunch.keys.values()
        return next(key.id for key in keys if key.purpose is KeyPurpose.RECEIPT)

    def sign_receipt(self, key_id: UUID, message: bytes) -> bytes:
        return _mac(self._named(key_id).secret, message)

    def _of(self, purpose: KeyPurpose) -> list[_Key]:
        return [key for key in self._bunch.keys.values() if key.purpose is purpose]

    def _in_use(self, purpose: KeyPurpose) -> _Key:
        now, keys = monotonic(), self._of(purpose)
        if now > self._bunch.trusted_until:
            self.on_outdated()
            raise KeysOutdated("The keys were read too long ago to write under them.")
        return next((key for key in reversed(keys) if key.starts_at <= now), keys[0])

    def _named(self, id: UUID) -> _Key:
        found = self._bunch.keys.get(id)
        if found is not None:
            return found
        if id in self._lost:
            raise ValueDamaged("The value names a data key that does not exist.")
        self._asked.add(id)
        self.on_outdated()
        raise KeysOutdated("The value names a data key that is not loaded.")


def normalise(value: str) -> str:
    """Fold case and white space, so that a name or number typed otherwise is the same."""
    return " ".join(value.casefold().split())


def _blind(key: _Key, kind: str, value: str) -> bytes:
    return _secret(key, kind, normalise(value))[:16]


def _secret(key: _Key, kind: str, word: str) -> bytes:
    return _mac(key.secret, f"{kind}\0{word}".encode())


def _mac(key: bytes, message: bytes) -> bytes:
    return hmac.digest(key, message, "sha256")
