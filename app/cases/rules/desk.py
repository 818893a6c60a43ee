"""How the work list is ordered."""

from enum import StrEnum


class CaseSort(StrEnum):
    DUE = "due"
    NEWEST = "newest"
