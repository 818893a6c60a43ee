"""The tree against the reference tree of certificate transparency, and against its definition."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.ledger.rules.merkle import (
    EMPTY_ROOT,
    Frontier,
    NodeReader,
    ProofWrong,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    node_hash,
    root_at,
    root_of,
    verify_consistency,
    verify_inclusion,
)

MOST = 70

# The inputs and the roots that the first implementations of RFC 6962 were tested with.
LEAVES = [
    bytes.fromhex(each)
    for each in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
INCLUSION = {
    (0, 1): [],
    (0, 8): [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ],
    (5, 8): [
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
    (2, 3): ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"],
    (1, 5): [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ],
}
CONSISTENCY = {
    (1, 1): [],
    (1, 8): [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ],
    (6, 8): [
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
    (2, 5): [
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ],
}


def hashes_of(size: int) -> list[bytes]:
    return [leaf_hash(str(index).encode()) for index in range(size)]


def reader(hashes: list[bytes]) -> NodeReader:
    """Reads perfect subtrees straight from the definition."""

    def read(level: int, index: int) -> bytes:
        first, end = index << level, (index + 1) << level
        assert end <= len(hashes)
        return defined_root(hashes[first:end])

    return read


def defined_root(hashes: list[bytes]) -> bytes:
    """MTH of RFC 6962, 2.1, word for word."""
    if not hashes:
        return EMPTY_ROOT
    if len(hashes) == 1:
        return hashes[0]
    split = 1
    while split * 2 < len(hashes):
        split *= 2
    return node_hash(defined_root(hashes[:split]), defined_root(hashes[split:]))


def test_the_reference_tree_has_its_published_roots() -> None:
    hashes, frontier = [leaf_hash(leaf) for leaf in LEAVES], Frontier()

    for size, published in enumerate(ROOTS):
        assert root_of(hashes[:size]).hex() == published
        assert root_at(size, reader(hashes)).hex() == published
        assert (frontier.size, frontier.root().hex()) == (size, published)
        if size < len(hashes):
            frontier.add(hashes[size])


@pytest.mark.parametrize("at", INCLUSION)
def test_the_reference_tree_has_its_published_inclusion_proofs(at: tuple[int, int]) -> None:
    hashes = [leaf_hash(leaf) for leaf in LEAVES]

    proof = inclusion_proof(*at, reader(hashes))

    assert [each.hex() for each in proof] == INCLUSION[at]
    verify_inclusion(hashes[at[0]], *at, proof, bytes.fromhex(ROOTS[at[1]]))


@pytest.mark.parametrize("at", CONSISTENCY)
def test_the_reference_tree_has_its_published_consistency_proofs(at: tuple[int, int]) -> None:
    old, new = at

    proof = consistency_proof(old, new, reader([leaf_hash(leaf) for leaf in LEAVES]))

    assert [each.hex() for each in proof] == CONSISTENCY[at]
    verify_consistency(old, bytes.fromhex(ROOTS[old]), new, bytes.fromhex(ROOTS[new]), proof)


@pytest.mark.parametrize("size", range(MOST))
def test_every_leaf_of_every_tree_is_shown_to_be_in_it(size: int) -> None:
    hashes = hashes_of(size)
    root, read, frontier = defined_root(hashes), reader(hashes), Frontier()
    for each in hashes:
        frontier.add(each)

    assert root_of(hashes) == root_at(size, read) == frontier.root() == root
    for index in range(size):
        verify_inclusion(hashes[index], index, size, inclusion_proof(index, size, read), root)
    for old in range(size + 1):
        proof = consistency_proof(old, size, read)
        verify_consistency(old, defined_root(hashes[:old]), size, root, proof)


sizes = st.integers(1, MOST)


@given(sizes, st.data())
def test_an_altered_inclusion_proof_is_refused(size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, size - 1))
    hashes = hashes_of(size)
    root, proof = defined_root(hashes), inclusion_proof(index, size, reader(hashes))
    other = data.draw(st.integers(0, size + 1).filter(lambda each: each != index))

    altered = data.draw(st.sampled_from(list(alterations(proof))))

    for leaf, at, of, path, head in (
        (hashes[index], index, size, altered, root),
        (hashes[index], other, size, proof, root),
        (leaf_hash(b"another"), index, size, proof, root),
        (hashes[index], index, size, proof, leaf_hash(b"another")),
        (hashes[index], index, 4 * size, proof, root),
        (hashes[index], -1, size, proof, root),
    ):
        with pytest.raises(ProofWrong):
            verify_inclusion(leaf, at, of, path, head)


@given(st.integers(2, MOST), st.data())
def test_an_altered_consistency_proof_is_refused(new: int, data: st.DataObject) -> None:
    old = data.draw(st.integers(1, new - 1))
    hashes = hashes_of(new)
    before, after = defined_root(hashes[:old]), defined_root(hashes)
    proof, another = consistency_proof(old, new, reader(hashes)), leaf_hash(b"another")

    altered = data.draw(st.sampled_from(list(alterations(proof))))

    for first, old_root, second, new_root, path in (
        (old, before, new, after, altered),
        (old, another, new, after, proof),
        (old, before, new, another, proof),
        (new, before, old, after, proof),
        (old, before, old, after, proof),
        (old, before, 4 * new, after, proof),
        (0, before, new, after, proof),
    ):
        with pytest.raises(ProofWrong):
            verify_consistency(first, old_root, second, new_root, path)


@given(sizes, st.data())
def test_a_proof_for_another_size_is_refused_unless_it_is_the_same_proof(
    size: int, data: st.DataObject
) -> None:
    """The size is bound by the signed checkpoint; a proof can fit several sizes of one shape."""
    index = data.draw(st.integers(0, size - 1))
    other = data.draw(st.integers(index + 1, 2 * MOST).filter(lambda each: each != size))
    hashes = hashes_of(max(size, other))
    proof = inclusion_proof(index, size, reader(hashes))

    with pytest.raises(ProofWrong):
        verify_inclusion(hashes[index], index, other, proof, defined_root(hashes[:other]))


def alterations(proof: list[bytes]) -> list[list[bytes]]:
    """Each a proof of another length, or with one hash changed, or with two changed over."""
    another = leaf_hash(b"another")
    changed = [[*proof[:at], another, *proof[at + 1 :]] for at in range(len(proof))]
    swapped = [
        [*proof[:at], proof[at + 1], proof[at], *proof[at + 2 :]] for at in range(len(proof) - 1)
    ]
    return [*changed, *swapped, *([proof[:-1]] if proof else []), [*proof, another], [*proof, b""]]


@pytest.mark.parametrize(("index", "size"), [(0, 0), (1, 1), (-1, 3), (7, 3)])
def test_no_proof_is_made_of_what_is_not_there(index: int, size: int) -> None:
    with pytest.raises(ProofWrong):
        inclusion_proof(index, size, reader(hashes_of(8)))


@pytest.mark.parametrize(("old", "new"), [(-1, 2), (3, 2)])
def test_no_proof_is_made_of_a_log_that_shrinks(old: int, new: int) -> None:
    with pytest.raises(ProofWrong):
        consistency_proof(old, new, reader(hashes_of(8)))
