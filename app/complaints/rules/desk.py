"""How the desk orders its list, and which queues every office has."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from uuid import UUID

from app.complaints.rules.procedure import Status
from app.core.texts import Text

COUNTED: Final = 1_000
"""Beyond this many a queue is just long, and counting it would not be quick."""

MOST_QUEUES: Final = 50
"""Saved queues of one officer or of one office."""


class Sort(StrEnum):
    NEWEST = "newest"
    OLDEST = "oldest"
    DUE = "due"


SORTS: Final[Mapping[StrEnum, Text]] = {
    Sort.NEWEST: Text("Terbaru dahulu", "Newest first"),
    Sort.OLDEST: Text("Terlama dahulu", "Oldest first"),
    Sort.DUE: Text("Jatuh tempo terdekat dahulu", "Earliest due first"),
}


@dataclass(frozen=True)
class BuiltInQueue:
    """A queue that every reader of complaints has; its filter is one of the list."""

    id: UUID
    name: Text
    filter: Mapping[str, str | int]


BUILT_IN: Final = (
    BuiltInQueue(
        UUID("01932b5e-7c00-7000-8000-000000000101"),
        Text("Laporan baru", "New reports"),
        {"status": Status.SUBMITTED, "sort": Sort.OLDEST},
    ),
    BuiltInQueue(
        UUID("01932b5e-7c00-7000-8000-000000000102"),
        Text("Informasi awal yang belum ditelusuri", "Initial information not yet traced"),
        {"status": Status.RECEIVED, "sort": Sort.OLDEST},
    ),
    BuiltInQueue(
        UUID("01932b5e-7c00-7000-8000-000000000103"),
        Text("Jatuh tempo hari ini atau terlewat", "Due today or overdue"),
        {"due_within": 0, "sort": Sort.DUE},
    ),
    BuiltInQueue(
        UUID("01932b5e-7c00-7000-8000-000000000104"),
        Text("Jatuh tempo dalam dua hari", "Due within two days"),
        {"due_within": 2, "sort": Sort.DUE},
    ),
    BuiltInQueue(
        UUID("01932b5e-7c00-7000-8000-000000000105"),
        Text("Dalam kajian awal", "Under initial review"),
        {"status": Status.INITIAL_REVIEW, "sort": Sort.DUE},
    ),
    BuiltInQueue(
        UUID("01932b5e-7c00-7000-8000-000000000106"),
        Text("Sedang ditelusuri", "Being traced"),
        {"status": Status.TRACING, "sort": Sort.DUE},
    ),
    BuiltInQueue(
        UUID("01932b5e-7c00-7000-8000-000000000107"),
        Text("Temuan yang belum diregistrasi", "Findings not yet registered"),
        {"status": Status.FINDING, "sort": Sort.OLDEST},
    ),
)

LABELS: Final[Mapping[str, Mapping[StrEnum, Text]]] = {"complaint_sort": SORTS}
