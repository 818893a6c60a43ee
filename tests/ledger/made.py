"""Logs that the tests make: leaves of invented declarations, and the folder that a mirror keeps."""

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Final
from uuid import UUID

from hypothesis import strategies as st

from app.ledger.rules.acts import Act, ActLeaf, write_act
from app.ledger.rules.checkpoints import Checkpoint
from app.ledger.rules.cosigning import CosignatureSigner
from app.ledger.rules.merkle import NodeReader, inclusion_proof, leaf_hash, root_of
from app.ledger.rules.notes import NoteSigner, write_note
from app.ledger.rules.proofs import LogProof
from app.ledger.rules.tiles import ENTRIES, Tile, tile_path, tiles_at, write_bundle

LOG: Final = NoteSigner("bawaslu.example/declarations", bytes(range(32)))
PARTNERS: Final = [
    CosignatureSigner(f"{name}.example/saksi", hashlib.sha256(name.encode()).digest())
    for name in ("kpk", "bkn", "ombudsman")
]
REGIONS: Final = ("13.03", "73.04", "73.71")
GROUPS: Final = ("asn_pns", "asn_pppk", "polri")
ROLES: Final = ("signatory", "representative", "witness")


def signed(number: int, *, region: int = 0, group: int = 0, role: int = 0) -> ActLeaf:
    """The leaf of the signature of this number."""
    return ActLeaf(
        act=Act.SIGNED,
        declaration=UUID(int=number % 2),
        text=hashlib.sha256(b"text %d" % (number % 2)).digest(),
        region=REGIONS[region],
        group=GROUPS[group],
        role=ROLES[role],
        commitment=hashlib.sha256(b"signature %d" % number).digest(),
    )


def later(act: Act, leaf: ActLeaf, of: int) -> ActLeaf:
    """What became of a signature that has this leaf."""
    return ActLeaf(
        act=act,
        declaration=leaf.declaration,
        text=leaf.text,
        region=leaf.region,
        group=leaf.group,
        role=leaf.role,
        commitment=leaf.commitment,
        of=of,
    )


choice = st.integers(0, 2)
_step = st.tuples(st.integers(0, 9), choice, choice, choice, st.integers(0, 10_000))
_NEXT: Final = {
    Act.SIGNED: (Act.WITHDRAWN, Act.INVALIDATED),
    Act.REINSTATED: (Act.INVALIDATED, Act.WITHDRAWN),
    Act.INVALIDATED: (Act.REINSTATED,),
    Act.WITHDRAWN: (),
}


def build(steps: Sequence[tuple[int, int, int, int, int]]) -> list[bytes]:
    """A log as the service would write it: signatures, and now and then what became of one."""
    leaves: list[ActLeaf] = []
    last: dict[int, Act] = {}
    for kind, region, group, role, which in steps:
        of = list(last)[which % len(last)] if last and kind < 4 else None
        if of is not None and _NEXT[last[of]]:
            act = _NEXT[last[of]][which % len(_NEXT[last[of]])]
            last[of] = act
            leaves.append(later(act, leaves[of], of))
        else:
            last[len(leaves)] = Act.SIGNED
            leaves.append(signed(len(leaves), region=region, group=group, role=role))
    return [write_act(leaf) for leaf in leaves]


logs = st.lists(_step, min_size=1, max_size=60).map(build)


def many(size: int) -> list[bytes]:
    """A log of this size, always the same."""
    return build([(at * 7 % 10, at % 3, at // 3 % 3, at // 9 % 3, at * 31) for at in range(size)])


def reader(leaves: Sequence[bytes]) -> NodeReader:
    hashes = [leaf_hash(leaf) for leaf in leaves]
    return lambda level, index: root_of(hashes[index << level : (index + 1) << level])


def checkpoint(leaves: Sequence[bytes], partners: int = 0, at: int = 1_727_666_100) -> str:
    """The signed checkpoint of a log of just these leaves, cosigned by so many partners."""
    text = Checkpoint(LOG.name, len(leaves), root_of(map(leaf_hash, leaves))).write()
    return write_note(
        text, [LOG.sign(text), *(each.sign(text, at) for each in PARTNERS[:partners])]
    )


def proof(leaves: Sequence[bytes], index: int, partners: int = 0) -> LogProof:
    hashes = inclusion_proof(index, len(leaves), reader(leaves))
    return LogProof(index, hashes, checkpoint(leaves, partners), leaves[index])


def mirror(leaves: Sequence[bytes], folder: Path, partners: int = 0) -> Path:
    """Write a log into a folder, each file under the path by which it is fetched."""
    read = reader(leaves)
    folder.mkdir(exist_ok=True)
    levels = [level for level in range(3) if len(leaves) >> (8 * level)]
    for tile in [each for level in (ENTRIES, *levels) for each in tiles_at(level, len(leaves))]:
        path = folder / tile_path(tile.level, tile.index, tile.width)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(_content(tile, leaves, read))
    folder.joinpath("checkpoint").write_text(checkpoint(leaves, partners), "utf-8")
    return folder


def _content(tile: Tile, leaves: Sequence[bytes], read: NodeReader) -> bytes:
    first = tile.index * 256
    if tile.level == ENTRIES:
        return write_bundle(leaves[first : first + tile.width])
    return b"".join(read(tile.level * 8, first + each) for each in range(tile.width))
