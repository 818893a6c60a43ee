"""Rosters: how many rows at once, and what becomes of a table that was sent."""

from enum import StrEnum
from typing import Final

from app.core.errors import Conflict
from app.core.tables import TableLimits
from app.core.texts import Text

LIMITS: Final = TableLimits(
    rows=100_000, bytes=20 * 1024 * 1024, unpacked=64 * 1024 * 1024, line=64 * 1024
)
MOST_FAULTS: Final = 1_000
"""More are counted, not listed: whoever sees as many mends the file first."""
MOST_ATTEMPTS: Final = 3


class ImportState(StrEnum):
    """`checked` is a dry run that would succeed; a single bad row refuses all."""

    WAITING = "waiting"
    CHECKED = "checked"
    IMPORTED = "imported"
    REFUSED = "refused"
    FAILED = "failed"


class ImportWaiting(Conflict):
    """One table of a declaration after the other: each is held against what the last one left."""

    code = "roster-import-waiting"
    text = Text(
        "Masih ada impor daftar yang menunggu untuk deklarasi ini.",
        "Another import of this declaration's roster is still waiting.",
    )


class AlreadyListed(Conflict):
    code = "already-on-roster"
    text = Text(
        "Orang atau jabatan ini sudah ada di daftar deklarasi ini.",
        "This person or post is on the roster of this declaration already.",
    )


class AlreadySigned(Conflict):
    """Whose name stands under a declaration stays on its roster."""

    code = "target-has-signed"
    text = Text(
        "Orang atau jabatan ini sudah menandatangani, jadi tidak dapat dihapus dari daftar.",
        "This person or post has signed, and cannot be taken off the roster.",
    )
