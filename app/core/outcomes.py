"""What became of one item of a batch."""

from enum import StrEnum


class ItemOutcome(StrEnum):
    """What became of one item of a batch."""

    RECORDED = "recorded"
    REPEATED = "repeated"
    REFUSED = "refused"
