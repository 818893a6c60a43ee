"""Which logs there are."""

from enum import StrEnum
from typing import Final

from app.core.texts import Text

DEFAULT_ORIGIN: Final = "netra.local/ledger"
"""Where the logs are served, as their checkpoints name it, until an operator says so."""


class LogName(StrEnum):
    """The logs: what was signed, what was ordered, and what was done."""

    DECLARATIONS = "declarations"
    CIRCULARS = "circulars"
    JOURNAL = "journal"


LABELS: Final[dict[StrEnum, Text]] = {
    LogName.DECLARATIONS: Text("Tanda tangan ikrar", "Signatures of declarations"),
    LogName.CIRCULARS: Text("Surat edaran", "Circulars"),
    LogName.JOURNAL: Text("Jurnal", "Journal"),
}
