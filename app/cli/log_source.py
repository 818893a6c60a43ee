"""Where a log is read from: the address of a service, or a folder of the same files."""

import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path
from typing import Final

from app.ledger.rules.tiles import (
    ENTRIES,
    NotATile,
    Tile,
    read_bundle,
    tile_path,
    tiles_at,
)

_SECONDS: Final = 60
_MOST: Final = 2**25
_AT_ONCE: Final = 8
_AHEAD: Final = 64
"""Bundles that may wait in memory: a few megabytes."""


class Unreadable(Exception):
    """It cannot be read, or cannot be sent; the text says why."""


@dataclass(frozen=True)
class Source:
    """One log, such as `https://…/api/v1/ledger/declarations` or a folder."""

    address: str

    @property
    def is_remote(self) -> bool:
        return self.address.startswith(("http://", "https://"))

    def checkpoint(self) -> str:
        return as_text(self._read("checkpoint"))

    def tile(self, tile: Tile) -> bytes:
        return self._read(tile_path(tile.level, tile.index, tile.width))

    def leaves(self, size: int) -> Iterator[bytes]:
        """The first leaves of the log, so many; each bundle must be whole."""
        tiles = tiles_at(ENTRIES, size)
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            for first in range(0, len(tiles), _AHEAD):
                for entries in pool.map(self._entries, tiles[first : first + _AHEAD]):
                    yield from entries

    def send_cosignature(self, note: str) -> None:
        """Hand a cosigned checkpoint to the service."""
        request = urllib.request.Request(  # noqa: S310  `is_remote` was asked
            f"{self.address.rstrip('/')}/cosignatures",
            data=note.encode(),
            headers={"Content-Type": "text/plain; charset=utf-8"},
            method="POST",
        )
        self._fetch(request)

    def _entries(self, tile: Tile) -> list[bytes]:
        entries = list(read_bundle(self.tile(tile)))
        if len(entries) != tile.width:
            raise NotATile
        return entries

    def _read(self, path: str) -> bytes:
        if not self.is_remote:
            return read_file(Path(self.address, path))
        return self._fetch(urllib.request.Request(f"{self.address.rstrip('/')}/{path}"))  # noqa: S310  `is_remote`

    def _fetch(self, request: urllib.request.Request) -> bytes:
        try:
            with urllib.request.urlopen(request, timeout=_SECONDS) as answer:  # noqa: S310  `is_remote`
                return bytes(answer.read(_MOST))
        except (OSError, HTTPException, ValueError) as failure:
            raise Unreadable(f"{request.full_url}: {failure}") from failure


def read_file(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as failure:
        raise Unreadable(f"{file}: {failure.strerror}") from failure


def as_text(content: bytes) -> str:
    """The text of a checkpoint or a proof; what is no UTF-8 becomes something that is refused."""
    return content.decode("utf-8", "surrogateescape")
