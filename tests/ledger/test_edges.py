"""What grows tile by tile leads to the root of the whole tree, wherever it is cut into rounds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.ledger.rules.edges import Edge, LogBroken, levels_of, width_of
from app.ledger.rules.merkle import leaf_hash, root_of
from app.ledger.rules.tiles import tiles_at

LEAVES = [leaf_hash(b"rekaan %d" % number) for number in range(70_000)]


@given(st.lists(st.integers(0, 700), max_size=8))
def test_its_root_is_that_of_all_leaves(rounds: list[int]) -> None:
    edge = Edge(0)

    for leaves in rounds:
        edge.add(LEAVES[edge.size : edge.size + leaves])

    assert edge.size == sum(rounds)
    assert edge.root() == root_of(LEAVES[: edge.size])


@pytest.mark.parametrize("size", [1, 255, 256, 257, 65_535, 65_536, 65_537, 70_000])
def test_full_tiles_are_cut_off_at_every_level(size: int) -> None:
    edge, filled = Edge(0), []

    while edge.size < size:
        filled += edge.add(LEAVES[edge.size : min(edge.size + 20_000, size)])

    expected = [tile for level in levels_of(size) for tile in tiles_at(level, size)]
    assert sorted((tile.level, tile.index) for tile in filled) == sorted(
        (tile.level, tile.index) for tile in expected if tile.width == 256
    )
    assert [len(row) // 32 for row in edge.rows] == [width_of(size, n) for n in levels_of(size)]
    assert edge.root() == root_of(LEAVES[:size])


def test_it_goes_on_from_what_was_kept() -> None:
    before, whole = Edge(0), Edge(0)
    before.add(LEAVES[:300])
    whole.add(LEAVES[:900])

    after = Edge(300, [bytes(row) for row in before.rows])
    after.add(LEAVES[300:900])

    assert (after.rows, after.root()) == (whole.rows, whole.root())


def test_rows_that_do_not_fit_the_size_are_refused() -> None:
    with pytest.raises(LogBroken):
        Edge(3, [b"x" * 64])
