"""Files on their way, on the disk: sealed as they arrive, each held by one writer at a time."""

import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final
from uuid import UUID

from app.evidence.files.frames import Damaged, Opener, Sealer

_READ: Final = 262_144


class Staged:
    """One file on its way, held by this process; closing it lets go of it.

    It takes blocking calls only: whoever serves requests makes them in a thread.
    """

    def __init__(self, path: Path, descriptor: int) -> None:
        self.path = path
        self._descriptor = descriptor

    def cut(self, stored: int) -> bool:
        """Cut off what was never acknowledged; False where even less than that is there."""
        if os.fstat(self._descriptor).st_size < stored:
            return False
        os.ftruncate(self._descriptor, stored)
        return True

    def append(self, sealer: Sealer, plain: bytes, offset: int) -> int:
        """Add these bytes, sealed; return how long the file is now."""
        os.lseek(self._descriptor, 0, os.SEEK_END)
        for frame in sealer.seal(plain, offset):
            _write_all(self._descriptor, frame)
        return os.fstat(self._descriptor).st_size

    def sync(self) -> None:
        """Return when what was added outlives a loss of power."""
        os.fsync(self._descriptor)

    def plain(self, sealer: Sealer) -> Iterator[bytes]:
        """What was sent, from the start, in pieces."""
        opener, position = Opener(sealer), 0
        while sealed := os.pread(self._descriptor, _READ, position):
            position += len(sealed)
            yield from opener.feed(sealed)

    def head(self, sealer: Sealer, most: int) -> bytes:
        head = b""
        for piece in self.plain(sealer):
            head += piece
            if len(head) >= most:
                break
        return head[:most]

    def digest(self, sealer: Sealer, size: int) -> str:
        """The SHA-256 of what can be read back; nothing that was sent has any, if it is damaged."""
        digest, seen = hashlib.sha256(), 0
        try:
            for piece in self.plain(sealer):
                digest.update(piece)
                seen += len(piece)
        except Damaged:
            return ""
        return digest.hexdigest() if seen == size else ""

    def remove(self) -> None:
        self.path.unlink(missing_ok=True)


@contextmanager
def held(folder: Path, file_id: UUID) -> Iterator[Staged]:
    """Hold the file of one upload, over all processes; BlockingIOError where another has it."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / str(file_id)
    descriptor = _lock(path)
    try:
        yield Staged(path, descriptor)
    finally:
        os.close(descriptor)


def staged_ids(folder: Path) -> list[UUID]:
    """The uploads of which there is a file."""
    return [UUID(each.name) for each in folder.glob("*-*-*-*-*")]


def _lock(path: Path) -> int:
    while True:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            raise
        if _is_still(path, descriptor):
            return descriptor
        # Whoever held it before us removed it: the lock is one on a file that nobody will find.
        os.close(descriptor)


def _is_still(path: Path, descriptor: int) -> bool:
    try:
        return path.stat().st_ino == os.fstat(descriptor).st_ino
    except FileNotFoundError:
        return False


def _write_all(descriptor: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]
