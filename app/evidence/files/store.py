"""Where sealed files lie for good: a folder by default, an S3 bucket where one is named."""

import asyncio
import hashlib
import os
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Final, Protocol
from uuid import UUID

import obstore
import structlog
from obstore.exceptions import AlreadyExistsError, BaseError
from obstore.store import LocalStore, ObjectStore, from_url

from app.core.crypto import Keyring
from app.core.errors import Unavailable
from app.core.settings import Settings
from app.evidence.files.frames import Damaged, Opener, Sealer
from app.evidence.files.metadata import open_metadata

log = structlog.get_logger()

_RANGE: Final = 2 * 2**20
_PART: Final = 5 * 2**20
"""Bytes of one part of an S3 upload: two of them are in memory at once."""
_AT_ONCE: Final = 2
_RETRY_SECONDS: Final = 10


def open_objects(settings: Settings) -> ObjectStore:
    """The store that the operator named; an S3 bucket takes its credentials from AWS_…."""
    if settings.evidence_url is None:
        folder = settings.evidence_folder / "sealed"
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        return LocalStore(folder)
    return from_url(
        settings.evidence_url,
        client_options={
            "timeout": timedelta(minutes=5),
            "connect_timeout": timedelta(seconds=5),
            # Options given here would hide this variable from the library.
            "allow_http": os.environ.get("AWS_ALLOW_HTTP", "").lower() == "true",
        },
        retry_config={"max_retries": 3, "retry_timeout": timedelta(seconds=_RETRY_SECONDS)},
    )


class Stored(Protocol):
    """A sealed file and what it takes to open it; the id names it in the store."""

    @property
    def id(self) -> UUID: ...
    @property
    def size(self) -> int: ...
    @property
    def sealed(self) -> bytes: ...
    @property
    def sealed_key(self) -> bytes: ...


@dataclass(frozen=True)
class SealedFile:
    """A stored file that is no evidence itself."""

    id: UUID
    size: int
    sealed: bytes
    sealed_key: bytes


class EvidenceStore:
    """Puts sealed files away, each once, and opens them again."""

    def __init__(self, objects: ObjectStore, keys: Keyring) -> None:
        self.objects = objects
        self.keys = keys

    async def put(self, file_id: UUID, staged: Path) -> bool:
        """Put a complete file away; False where one lies there already, which stays as it is."""
        try:
            if isinstance(self.objects, LocalStore):
                final = _folder_of(self.objects) / _name(file_id)
                return await asyncio.to_thread(_link, staged, final)
            return await _send(self.objects, _name(file_id), staged)
        except BaseError as away:
            raise _unavailable(away) from away

    async def holds(self, file_id: UUID, key: bytes, size: int, sha256: str) -> bool:
        """Whether the file that lies there is this one, whole."""
        try:
            async for _ in self._plain(Opener(Sealer(key, file_id)), file_id, size, sha256):
                pass
        except Damaged:
            return False
        return True

    async def open(self, file: Stored) -> AsyncIterator[bytes]:
        """The file as it was sent, in pieces; Damaged where it is no longer that file."""
        sealer = Sealer(self.keys.open(file.sealed_key, file.id), file.id)
        said = open_metadata(file.sealed, file.id, self.keys).sha256
        async for piece in self._plain(Opener(sealer), file.id, file.size, said):
            yield piece

    async def _plain(
        self, opener: Opener, file_id: UUID, size: int, sha256: str
    ) -> AsyncIterator[bytes]:
        digest = hashlib.sha256()
        async for sealed in self._stored(file_id):
            for plain in opener.feed(sealed):
                digest.update(plain)
                yield plain
        opener.close(size)
        if digest.hexdigest() != sha256:
            raise Damaged

    async def _stored(self, file_id: UUID) -> AsyncIterator[bytes]:
        try:
            name = _name(file_id)
            size = (await obstore.head_async(self.objects, name))["size"]
            # Range by range: whoever reads slowly holds no request open until it times out.
            for start in range(0, size, _RANGE):
                end = min(start + _RANGE, size)
                yield bytes(await obstore.get_range_async(self.objects, name, start=start, end=end))
        except FileNotFoundError as missing:
            raise Damaged from missing
        except BaseError as away:
            raise _unavailable(away) from away


def _unavailable(away: BaseError) -> Unavailable:
    log.warning("evidence store away", kind=type(away).__name__, said=str(away).partition("\n")[0])
    return Unavailable(retry_after=_RETRY_SECONDS)


def _name(file_id: UUID) -> str:
    # Ids begin with the time of day: their ends spread evenly over the folders.
    return f"{file_id.hex[-2:]}/{file_id}"


def _folder_of(objects: LocalStore) -> Path:
    if objects.prefix is None:
        raise ValueError("A store on the disk has a folder of its own.")
    return objects.prefix


def _link(staged: Path, final: Path) -> bool:
    """Give the file its lasting name, once or not at all; nothing is copied."""
    final.parent.mkdir(exist_ok=True, mode=0o700)
    try:
        final.hardlink_to(staged)
    except FileExistsError:
        return False
    for folder in (final.parent, final.parent.parent):
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        os.fsync(descriptor)
        os.close(descriptor)
    return True


async def _send(objects: ObjectStore, name: str, staged: Path) -> bool:
    # S3 takes no condition with parts; nobody but the holder of this file's lock sends it.
    if await _exists(objects, name):
        return False
    size = (await asyncio.to_thread(staged.stat)).st_size
    if size > _PART:
        await obstore.put_async(
            objects, name, staged, use_multipart=True, chunk_size=_PART, max_concurrency=_AT_ONCE
        )
        return True
    try:
        await obstore.put_async(objects, name, staged, mode="create", use_multipart=False)
    except AlreadyExistsError:
        return False
    return True


async def _exists(objects: ObjectStore, name: str) -> bool:
    try:
        await obstore.head_async(objects, name)
    except FileNotFoundError:
        return False
    return True
