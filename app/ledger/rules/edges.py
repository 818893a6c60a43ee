"""A log as it grows: the last tile of each level, not yet full, and those that fill up."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from app.ledger.rules.merkle import HASH_BYTES, root_at, root_of
from app.ledger.rules.tiles import TILE_HEIGHT, TILE_WIDTH, hashes_of

_FULL: Final = TILE_WIDTH * HASH_BYTES


class LogBroken(Exception):
    """What is stored of a log is not what was signed of it; nothing more is signed."""


@dataclass(frozen=True, slots=True)
class Filled:
    """A tile all of whose 256 hashes are known."""

    level: int
    index: int
    hashes: bytes


class Edge:
    """The rows of hashes at the end of a log of this size, level by level."""

    def __init__(self, size: int, rows: Sequence[bytes] = ()) -> None:
        self.size = size
        self.rows = [bytearray(row) for row in rows]
        levels = range(len(self.rows))
        if any(len(self.rows[level]) != width_of(size, level) * HASH_BYTES for level in levels):
            raise LogBroken

    def add(self, hashes: Iterable[bytes]) -> list[Filled]:
        """Add the hashes of the next leaves; return the tiles that became full."""
        added = b"".join(hashes)
        before, self.size = self.size, self.size + len(added) // HASH_BYTES
        filled: list[Filled] = []
        level = 0
        while added:
            added = self._extend(level, before >> TILE_HEIGHT * (level + 1), added, filled)
            level += 1
        return filled

    def _extend(self, level: int, index: int, added: bytes, filled: list[Filled]) -> bytes:
        """Lengthen a row, cut full tiles off its beginning, and return what goes up a level."""
        if level == len(self.rows):
            self.rows.append(bytearray())
        row = self.rows[level]
        row += added
        cut = len(row) - len(row) % _FULL
        tiles = [bytes(row[start : start + _FULL]) for start in range(0, cut, _FULL)]
        del row[:cut]
        filled += [Filled(level, number, tile) for number, tile in enumerate(tiles, start=index)]
        return b"".join(root_of(hashes_of(tile)) for tile in tiles)

    def root(self) -> bytes:
        """The root over the whole log: each of its perfect subtrees ends in one of the rows."""
        return root_at(self.size, self._node)

    def _node(self, level: int, index: int) -> bytes:
        row, height = divmod(level, TILE_HEIGHT)
        start = (index << height) % TILE_WIDTH
        end = start + (1 << height)
        return root_of(hashes_of(bytes(self.rows[row][start * HASH_BYTES : end * HASH_BYTES])))


def width_of(size: int, level: int) -> int:
    """How many hashes the last tile of a level has that is not full."""
    return (size >> TILE_HEIGHT * level) % TILE_WIDTH


def last_of(size: int, level: int) -> int:
    """The index of the last tile of a level, full or not yet begun."""
    return size >> TILE_HEIGHT * (level + 1)


def levels_of(size: int) -> range:
    """The levels of which a log of this size has hashes."""
    return range(max(-(-size.bit_length() // TILE_HEIGHT), 0))
