"""What an audit of the journal can find."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from uuid import UUID

from app.core.texts import Text


class FindingKind(StrEnum):
    """What was done to the journal, or to the log that commits to it."""

    ALTERED = "altered"
    DELETED = "deleted"
    INSERTED = "inserted"
    REPEATED = "repeated"
    REWRITTEN = "rewritten"
    ROLLED_BACK = "rolled_back"


WORDS: Final[dict[FindingKind, Text]] = {
    FindingKind.ALTERED: Text(
        "entri jurnal berubah sejak dirantai", "an entry was altered after it was chained"
    ),
    FindingKind.DELETED: Text("entri jurnal dihapus", "an entry was deleted"),
    FindingKind.INSERTED: Text(
        "entri disisipkan tanpa dirantai", "an entry was inserted that the log does not know"
    ),
    FindingKind.REPEATED: Text("entri dirantai dua kali", "an entry is in the log twice"),
    FindingKind.REWRITTEN: Text(
        "daun log diubah, dihapus, disisipkan, atau ditukar di bawah titik periksa ini",
        "leaves under this checkpoint were altered, deleted, inserted or reordered",
    ),
    FindingKind.ROLLED_BACK: Text(
        "log lebih pendek daripada titik periksa ini", "the log is shorter than this checkpoint"
    ),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong: with an entry, at a leaf, or under a checkpoint of this size."""

    kind: FindingKind
    index: int | None = None
    entry_id: UUID | None = None
