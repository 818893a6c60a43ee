"""Where the hashes and the entries of a log lie for everybody: c2sp.org/tlog-tiles."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from app.ledger.rules.merkle import HASH_BYTES, NodeReader, root_of

TILE_HEIGHT: Final = 8
TILE_WIDTH: Final = 1 << TILE_HEIGHT

ENTRIES: Final = -1
"""The level of the bundles of entries, which lie below the tiles of level 0."""

_LENGTH_BYTES: Final = 2
_LONGEST: Final = 0xFFFF
_PATH: Final = re.compile(
    r"tile/(entries|[0-9]|[1-5][0-9]|6[0-3])/((?:x[0-9]{3}/){0,5}[0-9]{3})(?:\.p/([1-9][0-9]{0,2}))?",
    re.ASCII,
)


class NotATile(ValueError):
    """No tile or bundle is written like this."""


@dataclass(frozen=True, slots=True)
class Tile:
    """One tile, or one bundle of entries; it is partial when its width is less than 256."""

    level: int
    index: int
    width: int = TILE_WIDTH


TileReader: TypeAlias = Callable[[Tile], bytes]


def tile_path(level: int, index: int, width: int = TILE_WIDTH) -> str:
    """`tile/<level>/<index>`, the index in groups of three digits, `.p/<width>` if partial."""
    groups = [f"{index % 1000:03}"]
    while index := index // 1000:
        groups.insert(0, f"x{index % 1000:03}")
    kind = "entries" if level == ENTRIES else str(level)
    partial = "" if width == TILE_WIDTH else f".p/{width}"
    return f"tile/{kind}/{'/'.join(groups)}{partial}"


def read_tile_path(path: str) -> Tile:
    """Read a path back; only what `tile_path` would write is taken."""
    found = _PATH.fullmatch(path)
    if found is None:
        raise NotATile
    kind, groups, partial = found.groups()
    tile = Tile(
        level=ENTRIES if kind == "entries" else int(kind),
        index=int(groups.replace("/", "").replace("x", "")),
        width=int(partial) if partial else TILE_WIDTH,
    )
    if tile_path(tile.level, tile.index, tile.width) != path or tile.width > TILE_WIDTH:
        raise NotATile
    return tile


def width_at(level: int, index: int, size: int) -> int:
    """How many hashes (or entries) a tile has in a log of this size: 0 to 256."""
    here = size >> (TILE_HEIGHT * max(level, 0))
    return min(max(here - index * TILE_WIDTH, 0), TILE_WIDTH)


def tiles_at(level: int, size: int) -> list[Tile]:
    """The tiles of one level in a log of this size; only the last can be partial."""
    here = size >> (TILE_HEIGHT * max(level, 0))
    number = -(-here // TILE_WIDTH)
    return [Tile(level, index, width_at(level, index, size)) for index in range(number)]


def hashes_of(tile: bytes) -> list[bytes]:
    """The hashes of a tile, whatever its width."""
    if not tile or len(tile) % HASH_BYTES or len(tile) > TILE_WIDTH * HASH_BYTES:
        raise NotATile
    return [tile[start : start + HASH_BYTES] for start in range(0, len(tile), HASH_BYTES)]


def node_reader(size: int, read: TileReader) -> NodeReader:
    """Read the nodes of a log of this size from its tiles; each reading reads one tile."""

    def read_node(level: int, index: int) -> bytes:
        rows, height = divmod(level, TILE_HEIGHT)
        first = index << height
        number, start = divmod(first, TILE_WIDTH)
        hashes = hashes_of(read(Tile(rows, number, width_at(rows, number, size))))
        below = hashes[start : start + (1 << height)]
        if len(below) != 1 << height:
            raise NotATile
        return root_of(below)

    return read_node


def write_bundle(entries: Iterable[bytes]) -> bytes:
    """Entries one after another, each after its length in two bytes, the higher first."""
    written = bytearray()
    for entry in entries:
        if len(entry) > _LONGEST:
            raise NotATile
        written += len(entry).to_bytes(_LENGTH_BYTES, "big") + entry
    return bytes(written)


def read_bundle(bundle: bytes) -> Sequence[bytes]:
    """The entries of a bundle; what ends in the middle of one is refused."""
    entries, start = list[bytes](), 0
    while start < len(bundle):
        begin = start + _LENGTH_BYTES
        start = begin + int.from_bytes(bundle[start:begin], "big")
        if begin > len(bundle) or start > len(bundle):
            raise NotATile
        entries.append(bundle[begin:start])
    return entries
