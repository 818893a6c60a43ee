"""Which tiles a proof takes, so that all of them are read at once."""

from collections.abc import Callable, Mapping
from typing import TypeAlias

from app.ledger.rules.merkle import HASH_BYTES, NodeReader
from app.ledger.rules.tiles import TILE_HEIGHT, TILE_WIDTH, Tile, TileReader

Place: TypeAlias = tuple[int, int]
"""Level and index of a tile."""

Proof: TypeAlias = Callable[[NodeReader], list[bytes]]


def tiles_for(proof: Proof) -> set[Place]:
    """The tiles that a proof would read."""
    asked: set[Place] = set()

    def note(level: int, index: int) -> bytes:
        row, height = divmod(level, TILE_HEIGHT)
        asked.add((row, (index << height) // TILE_WIDTH))
        return b""

    proof(note)
    return asked


def reader_of(tiles: Mapping[Place, bytes]) -> TileReader:
    """Reads tiles that were fetched before, as wide as a smaller log had them."""

    def read(tile: Tile) -> bytes:
        return tiles[tile.level, tile.index][: tile.width * HASH_BYTES]

    return read
