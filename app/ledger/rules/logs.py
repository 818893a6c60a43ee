"""Which logs there are."""

from enum import StrEnum


class LogName(StrEnum):
    """The two logs: what was signed, and what was done."""

    DECLARATIONS = "declarations"
    JOURNAL = "journal"
