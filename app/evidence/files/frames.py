"""The format of a sealed file: frames, each encrypted by itself and bound to its place.

A frame is the length of its plain bytes (u32, big-endian), a random nonce of 12 bytes, and
AES-256-GCM ciphertext with its tag; the id of the file and the offset of the first plain byte are
authenticated with it. So a file can be sealed while it arrives and cut where a line broke, and no
frame can be altered, moved, left out or taken from another file.
"""

import secrets
from collections.abc import Iterator
from itertools import count
from struct import Struct
from typing import Final
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

LARGEST: Final = 65_536
"""Plain bytes of one frame at most; a line that broke leaves a shorter one."""
_LENGTH: Final = Struct(">I")
_OFFSET: Final = Struct(">Q")
_NONCE: Final = 12
_TAG: Final = 16
_HEAD: Final = _LENGTH.size + _NONCE


class Damaged(Exception):
    """What is stored is not what was sealed: bytes were altered, moved, or are missing."""


class Sealer:
    """Encrypts and decrypts the frames of one file."""

    def __init__(self, key: bytes, file_id: UUID) -> None:
        self._cipher = AESGCM(key)
        self._id = file_id.bytes

    def seal(self, plain: bytes, offset: int) -> Iterator[bytes]:
        """The frames of these bytes, which stand at this offset of the file."""
        for start in range(0, len(plain), LARGEST):
            part, nonce = plain[start : start + LARGEST], secrets.token_bytes(_NONCE)
            sealed = self._cipher.encrypt(nonce, part, self._place(offset + start))
            yield _LENGTH.pack(len(part)) + nonce + sealed

    def open(self, frame: bytes, offset: int) -> bytes:
        nonce, sealed = frame[_LENGTH.size : _HEAD], frame[_HEAD:]
        try:
            return self._cipher.decrypt(nonce, sealed, self._place(offset))
        except InvalidTag as wrong:
            raise Damaged from wrong

    def _place(self, offset: int) -> bytes:
        return self._id + _OFFSET.pack(offset)


class Opener:
    """Turns a sealed file back into plain bytes, in whatever pieces it is read."""

    def __init__(self, sealer: Sealer) -> None:
        self._sealer = sealer
        self._rest = bytearray()
        self.offset = 0

    def feed(self, piece: bytes) -> Iterator[bytes]:
        """The plain bytes of every frame that is whole by now."""
        self._rest += piece
        for _ in count():
            frame = self._next()
            if frame is None:
                return
            plain = self._sealer.open(frame, self.offset)
            self.offset += len(plain)
            yield plain

    def close(self, size: int) -> None:
        """Make sure that the file ended here, neither earlier nor later."""
        if self._rest or self.offset != size:
            raise Damaged

    def _next(self) -> bytes | None:
        if len(self._rest) < _LENGTH.size:
            return None
        (length,) = _LENGTH.unpack_from(self._rest)
        if not 0 < length <= LARGEST:
            raise Damaged
        end = _HEAD + length + _TAG
        if len(self._rest) < end:
            return None
        frame = bytes(self._rest[:end])
        del self._rest[:end]
        return frame
