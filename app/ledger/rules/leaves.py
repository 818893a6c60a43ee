from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Leaf:
    """What is added to a log, and the thing of ours that it is about."""

    data: bytes
    region_id: int
    subject_id: UUID
