"""Tiles and bundles, and the tree read from them, against a foreign implementation."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.ledger.rules.merkle import (
    NodeReader,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    node_hash,
    root_at,
)
from app.ledger.rules.tiles import (
    ENTRIES,
    NotATile,
    Tile,
    hashes_of,
    node_reader,
    read_bundle,
    read_tile_path,
    tile_path,
    tiles_at,
    width_at,
    write_bundle,
)
from tests.ledger.foreign import FOREIGN


@pytest.fixture(scope="module")
def read() -> NodeReader:
    """Reads the log that was given to the foreign implementation."""
    rows = [[leaf_hash(f"leaf {index}".encode()) for index in range(70_000)]]
    while len(rows[-1]) > 1:
        below = rows[-1]
        whole = range(0, len(below) - 1, 2)
        rows.append([node_hash(below[each], below[each + 1]) for each in whole])
    return lambda level, index: rows[level][index]


def tile_of(tile: Tile, read: NodeReader) -> bytes:
    first = tile.index * 256
    return b"".join(read(tile.level * 8, first + each) for each in range(tile.width))


def test_roots_are_those_of_a_foreign_implementation(read: NodeReader) -> None:
    for size, root in FOREIGN["Roots"].items():
        assert root_at(int(size), read).hex() == root


def test_proofs_are_those_of_a_foreign_implementation(read: NodeReader) -> None:
    for proof in FOREIGN["Inclusion"]:
        hashes = inclusion_proof(proof["Index"], proof["Size"], read)
        assert [each.hex() for each in hashes] == proof["Hashes"]
    for proof in FOREIGN["Consistency"]:
        hashes = consistency_proof(proof["Index"], proof["Size"], read)
        assert [each.hex() for each in hashes] == proof["Hashes"]


def test_tiles_are_those_of_a_foreign_implementation(read: NodeReader) -> None:
    for size, tiles in FOREIGN["Tiles"].items():
        for each in tiles:
            tile = read_tile_path(each["Path"])
            assert tile_path(tile.level, tile.index, tile.width) == each["Path"]
            assert width_at(tile.level, tile.index, int(size)) == tile.width
            assert hashlib.sha256(tile_of(tile, read)).hexdigest() == each["Sha256"]


def test_a_log_has_the_tiles_that_a_foreign_implementation_gives_it() -> None:
    ours = [each for level in range(4) for each in tiles_at(level, 257)]

    assert {tile_path(each.level, each.index, each.width) for each in ours} == {
        each["Path"] for each in FOREIGN["Tiles"]["257"]
    }


def test_nodes_are_read_from_tiles(read: NodeReader) -> None:
    for size in (1, 255, 256, 257, 70_000):
        from_tiles = node_reader(size, lambda tile: tile_of(tile, read))

        assert root_at(size, from_tiles).hex() == root_at(size, read).hex()
        proof = inclusion_proof(size - 1, size, from_tiles)
        assert proof == inclusion_proof(size - 1, size, read)


def test_a_tile_that_is_too_short_is_refused(read: NodeReader) -> None:
    short = node_reader(300, lambda tile: tile_of(tile, read)[:-32])

    with pytest.raises(NotATile):
        root_at(300, short)


@pytest.mark.parametrize(
    ("tile", "path"),
    [
        (Tile(0, 1_234_067), "tile/0/x001/x234/067"),
        (Tile(ENTRIES, 5, 17), "tile/entries/005.p/17"),
        (Tile(63, 0, 1), "tile/63/000.p/1"),
        (Tile(2, 999), "tile/2/999"),
        (Tile(2, 1000, 255), "tile/2/x001/000.p/255"),
    ],
)
def test_a_tile_lies_where_the_specification_puts_it(tile: Tile, path: str) -> None:
    assert tile_path(tile.level, tile.index, tile.width) == path
    assert read_tile_path(path) == tile


@pytest.mark.parametrize(
    "path",
    [
        "tile/0/1",
        "tile/00/001",
        "tile/64/001",
        "tile/0/x000/001",
        "tile/0/001.p/0",
        "tile/0/001.p/256",
        "tile/0/001.p/01",
        "tile/0/001.p/999",
        "tile/0/1000",
        "tile/0/001/002",
        "tile/-1/001",
        "tile/0/\u0661\u0661\u0661",
        "tile/data/001",
        "tile/0/001\n",
        "",
    ],
)
def test_no_other_path_is_taken(path: str) -> None:
    with pytest.raises(NotATile):
        read_tile_path(path)


@given(st.lists(st.binary(max_size=300), max_size=256))
def test_entries_come_back_out_of_a_bundle(entries: list[bytes]) -> None:
    assert read_bundle(write_bundle(entries)) == entries


def test_a_bundle_holds_lengths_and_entries() -> None:
    assert write_bundle([b"ab", b"", b"c" * 256]) == b"\0\2ab\0\0\1\0" + b"c" * 256


@pytest.mark.parametrize("bundle", [b"\0", b"\0\2a", b"\0\1ab"])
def test_a_bundle_that_ends_too_early_is_refused(bundle: bytes) -> None:
    with pytest.raises(NotATile):
        read_bundle(bundle)


def test_what_no_bundle_or_tile_can_hold_is_refused() -> None:
    with pytest.raises(NotATile):
        write_bundle([bytes(65_536)])
    for tile in (b"", bytes(31), bytes(257 * 32)):
        with pytest.raises(NotATile):
            hashes_of(tile)
