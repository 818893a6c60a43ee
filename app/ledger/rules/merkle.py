"""The Merkle tree of RFC 6962 and RFC 9162: hashes, roots and proofs."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeAlias

HASH_BYTES: Final = 32
EMPTY_ROOT: Final = hashlib.sha256().digest()

NodeReader: TypeAlias = Callable[[int, int], bytes]
"""Returns the hash of a perfect subtree: `(0, index)` is a leaf's, `(level, index)` covers the
2**level leaves from index * 2**level on. It is only asked for subtrees that are full."""


class ProofWrong(ValueError):
    """The proof does not show what it should."""


def leaf_hash(data: bytes) -> bytes:
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def root_of(leaf_hashes: Iterable[bytes]) -> bytes:
    """The root over these leaves, or over any hashes of one level."""
    row = list(leaf_hashes)
    while len(row) > 1:
        # The last hash of an odd row moves up as it is.
        pairs = zip(row[::2], row[1::2], strict=False)
        row = [node_hash(left, right) for left, right in pairs] + row[len(row) & ~1 :]
    return row[0] if row else EMPTY_ROOT


@dataclass(slots=True)
class Frontier:
    """A log as it grows: its size and the roots of its perfect subtrees, the largest first."""

    size: int = 0
    peaks: list[bytes] = field(default_factory=list)

    def add(self, leaf: bytes) -> None:
        """Add the hash of the next leaf."""
        self.size += 1
        joined = leaf
        for _ in range((self.size & -self.size).bit_length() - 1):
            joined = node_hash(self.peaks.pop(), joined)
        self.peaks.append(joined)

    def root(self) -> bytes:
        return _joined(self.peaks)


def peaks_of(size: int) -> list[tuple[int, int]]:
    """Level and index of the perfect subtrees of a log of this size, the largest first."""
    return list(_subtrees(0, size))


def root_at(size: int, read: NodeReader) -> bytes:
    """The root that the log had when it was of this size."""
    return _range(0, size, read)


def inclusion_proof(index: int, size: int, read: NodeReader) -> list[bytes]:
    """The hashes that lead from a leaf to the root at this size, from the leaf upwards."""
    if not 0 <= index < size:
        raise ProofWrong
    first, end, path = 0, size, list[bytes]()
    while end - first > 1:
        middle = first + _split(end - first)
        if index < middle:
            path.append(_range(middle, end, read))
            end = middle
        else:
            path.append(_range(first, middle, read))
            first = middle
    return path[::-1]


def consistency_proof(old: int, new: int, read: NodeReader) -> list[bytes]:
    """The hashes that lead from the root at the old size to the root at the new one."""
    if not 0 <= old <= new:
        raise ProofWrong
    if old in (0, new):
        return []
    first, end, path = 0, new, list[bytes]()
    while old != end:
        middle = first + _split(end - first)
        if old <= middle:
            path.append(_range(middle, end, read))
            end = middle
        else:
            path.append(_range(first, middle, read))
            first = middle
    # The old root itself is known to whoever asks; any other last subtree is not.
    known = [_range(first, end, read)] if first else []
    return known + path[::-1]


def verify_inclusion(
    leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes
) -> None:
    """Refuse unless the leaf of this hash has this index under the root (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size or any(len(each) != HASH_BYTES for each in proof):
        raise ProofWrong
    node, last, joined = index, size - 1, leaf
    for sibling in proof:
        if not last:
            raise ProofWrong
        if node & 1 or node == last:
            joined = node_hash(sibling, joined)
            node, last = _raised(node, last)
        else:
            joined = node_hash(joined, sibling)
        node, last = node >> 1, last >> 1
    if last or joined != root:
        raise ProofWrong


def verify_consistency(
    old: int, old_root: bytes, new: int, new_root: bytes, proof: Sequence[bytes]
) -> None:
    """Refuse unless the new log begins with the whole old one (RFC 9162, 2.1.4.2)."""
    if not 0 <= old <= new or any(len(each) != HASH_BYTES for each in proof):
        raise ProofWrong
    if old in (0, new):
        known = EMPTY_ROOT if old == 0 else new_root
        if proof or old_root != known or (new == 0 and new_root != EMPTY_ROOT):
            raise ProofWrong
        return
    if _both_roots(old, new, old_root, proof) != (old_root, new_root):
        raise ProofWrong


def _both_roots(old: int, new: int, old_root: bytes, proof: Sequence[bytes]) -> tuple[bytes, bytes]:
    path = list(proof) if old & (old - 1) else [old_root, *proof]
    if not path:
        raise ProofWrong
    node, last = _raised_while_odd(old - 1, new - 1)
    before = after = path[0]
    for sibling in path[1:]:
        if not last:
            raise ProofWrong
        if node & 1 or node == last:
            before, after = node_hash(sibling, before), node_hash(sibling, after)
            node, last = _raised(node, last)
        else:
            after = node_hash(after, sibling)
        node, last = node >> 1, last >> 1
    if last:
        raise ProofWrong
    return before, after


def _raised(node: int, last: int) -> tuple[int, int]:
    """Climb while the node is a lone last one, which has no sibling at these levels."""
    while node and not node & 1:
        node, last = node >> 1, last >> 1
    return node, last


def _raised_while_odd(node: int, last: int) -> tuple[int, int]:
    while node & 1:
        node, last = node >> 1, last >> 1
    return node, last


def _split(size: int) -> int:
    """The largest power of two smaller than the size."""
    return 1 << ((size - 1).bit_length() - 1)


def _subtrees(first: int, end: int) -> Iterator[tuple[int, int]]:
    """The perfect subtrees of a range that begins where one of its size may begin."""
    while first < end:
        level = (end - first).bit_length() - 1
        yield level, first >> level
        first += 1 << level


def _range(first: int, end: int, read: NodeReader) -> bytes:
    return _joined([read(level, index) for level, index in _subtrees(first, end)])


def _joined(peaks: Sequence[bytes]) -> bytes:
    if not peaks:
        return EMPTY_ROOT
    root = peaks[-1]
    for peak in reversed(peaks[:-1]):
        root = node_hash(peak, root)
    return root
