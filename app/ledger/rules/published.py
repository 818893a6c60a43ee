"""What was just brought under a checkpoint, and who hears of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from app.ledger.rules.logs import LogName


@dataclass(frozen=True, slots=True)
class PublishedLeaf:
    """One leaf, and the thing of ours that it is about."""

    index: int
    data: bytes
    region_id: int
    subject_id: UUID


@dataclass(frozen=True, slots=True)
class Published:
    """The leaves `first` to `size` - 1 of a log, now under a checkpoint of that size."""

    log: LogName
    first: int
    size: int
    leaves: Sequence[PublishedLeaf]
