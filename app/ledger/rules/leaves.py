from typing import NamedTuple
from uuid import UUID


class Leaf(NamedTuple):
    """What is added to a log, and the thing of ours that it is about."""

    data: bytes
    region_id: int
    subject_id: UUID
