"""Counts a declaration again from the leaves of the log, and from nothing else."""

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final
from uuid import UUID

from app.ledger.rules.acts import Act, ActLeaf, NotALeaf, read_act
from app.ledger.rules.merkle import HASH_BYTES

WITNESS: Final = "witness"

_AFTER: Final = {
    (Act.SIGNED, Act.WITHDRAWN),
    (Act.SIGNED, Act.INVALIDATED),
    (Act.INVALIDATED, Act.REINSTATED),
    (Act.REINSTATED, Act.WITHDRAWN),
    (Act.REINSTATED, Act.INVALIDATED),
}
_ACTS: Final = tuple(Act)
_COUNTED: Final = frozenset({Act.SIGNED, Act.REINSTATED})
_LATER: Final = len(_ACTS)
_NO_CELL: Final = 0


class LeafWrong(ValueError):
    """The leaf of this index is none, or says what cannot be after those before it."""

    def __init__(self, index: int) -> None:
        self.index = index
        super().__init__(f"leaf {index}")


@dataclass(frozen=True, slots=True)
class Cell:
    """What is counted together; witnesses attest to a declaration and are counted apart."""

    declaration: UUID
    text: bytes
    region: str
    group: str
    role: str


@dataclass(slots=True)
class Recount:
    """Reads leaf after leaf from the first on, and knows at any moment how many count.

    Keeps about 40 bytes for each leaf, so that the whole country fits into memory.
    """

    numbers: Counter[Cell] = field(default_factory=Counter)
    _cells: dict[Cell, int] = field(default_factory=dict)
    _cell_of: "array[int]" = field(default_factory=lambda: array("I"))
    _last_act: bytearray = field(default_factory=bytearray)
    _commitments: bytearray = field(default_factory=bytearray)

    @property
    def size(self) -> int:
        return len(self._last_act)

    def add(self, data: bytes) -> None:
        """Count the next leaf; refuse what is no leaf, and an act upon what it cannot be upon."""
        index = self.size
        try:
            leaf = read_act(data)
        except NotALeaf as wrong:
            raise LeafWrong(index) from wrong
        cell = Cell(leaf.declaration, leaf.text, leaf.region, leaf.group, leaf.role)
        if leaf.of is None:
            self._keep(cell, leaf.commitment)
        else:
            self._change(leaf, cell, leaf.of)
        self.numbers[cell] += 1 if leaf.act in _COUNTED else -1

    def finish(self) -> Counter[Cell]:
        """The numbers, once no signature has been found in the log twice."""
        commitments = sorted(map(self._commitment, self._signed()))
        if any(earlier == later for earlier, later in pairwise(commitments)):
            raise LeafWrong(self._second())
        return +self.numbers

    def _signed(self) -> Iterator[int]:
        return (index for index, act in enumerate(self._last_act) if act != _LATER)

    def _second(self) -> int:
        """The first leaf that signs what was signed before."""
        seen = set[bytes]()
        for index in self._signed():
            if self._commitment(index) in seen:
                return index
            seen.add(self._commitment(index))
        return self.size

    def _keep(self, cell: Cell, commitment: bytes) -> None:
        self._cell_of.append(self._cells.setdefault(cell, len(self._cells)))
        self._last_act.append(_ACTS.index(Act.SIGNED))
        self._commitments += commitment

    def _change(self, leaf: ActLeaf, cell: Cell, of: int) -> None:
        index = self.size
        if not 0 <= of < index or self._last_act[of] == _LATER:
            raise LeafWrong(index)
        same = self._cells.get(cell) == self._cell_of[of]
        if not same or self._commitment(of) != leaf.commitment:
            raise LeafWrong(index)
        if (_ACTS[self._last_act[of]], leaf.act) not in _AFTER:
            raise LeafWrong(index)
        self._last_act[of] = _ACTS.index(leaf.act)
        self._cell_of.append(_NO_CELL)
        self._last_act.append(_LATER)
        self._commitments += bytes(HASH_BYTES)

    def _commitment(self, index: int) -> bytes:
        return bytes(self._commitments[index * HASH_BYTES : (index + 1) * HASH_BYTES])


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the tally that everybody can check: how many of one group in one regency."""

    text: bytes
    region: str
    group: str
    signatures: int
    witnesses: int


def tally_of(numbers: Counter[Cell], declaration: UUID | None = None) -> list[Line]:
    """Add up by text, regency and group, for one declaration or for all, in that order."""
    signed: Counter[tuple[bytes, str, str]] = Counter()
    witnessed: Counter[tuple[bytes, str, str]] = Counter()
    for cell, number in numbers.items():
        if declaration in (None, cell.declaration):
            counted = witnessed if cell.role == WITNESS else signed
            counted[cell.text, cell.region, cell.group] += number
    keys = sorted({*signed, *witnessed})
    return [Line(*key, signed[key], witnessed[key]) for key in keys]


def recount(leaves: Iterable[bytes]) -> Counter[Cell]:
    """Count all leaves of a log, from the first to the last."""
    counted = Recount()
    for data in leaves:
        counted.add(data)
    return counted.finish()
