"""Which logs there are."""

from enum import StrEnum
from typing import Final

from app.core.texts import Text

DEFAULT_ORIGIN: Final = "netra.local/ledger"
"""Where the logs are served, as their checkpoints name it, until an operator says so."""


class LogName(StrEnum):
    """The two logs: what was signed, and what was done."""

    DECLARATIONS = "declarations"
    JOURNAL = "journal"


LABELS: Final[dict[StrEnum, Text]] = {
    LogName.DECLARATIONS: Text("Tanda tangan ikrar", "Signatures of declarations"),
    LogName.JOURNAL: Text("Jurnal", "Journal"),
}
