"""Documents that were signed elsewhere: what is found when their signatures are checked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from app.core.texts import Text

LARGEST_CHECKED: Final = 32 * 1024 * 1024
"""Bytes of a document whose signatures are checked."""
MOST_SIGNATURES: Final = 50
LEASE: Final = timedelta(minutes=5)
"""After so long a check that was begun and not finished is begun again."""
MOST_ATTEMPTS: Final = 3


class DocumentState(StrEnum):
    """What the signatures in a document say of it; whose they are is another question."""

    WAITING = "waiting"
    INTACT = "intact"
    ALTERED = "altered"
    EXTENDED = "extended"
    UNSIGNED = "unsigned"
    UNREADABLE = "unreadable"


@dataclass(frozen=True)
class FoundSignature:
    """One signature in a document.

    `intact`: what it covers is what was signed; `whole`: it covers the file to its end, or as it
    was before the next signature; `covers_file`: nothing follows but what keeps it provable, as
    certificates and time stamps of the document; `trusted`: its certificate leads to a root on
    our list. `signed_at` is what the signer's computer said.
    """

    subject: str
    issuer: str
    signed_at: datetime | None
    intact: bool
    whole: bool
    covers_file: bool
    trusted: bool


def state_of(found: Sequence[FoundSignature]) -> DocumentState:
    """Every signature must hold, and the last one cover the file to its end."""
    if not found:
        return DocumentState.UNSIGNED
    if not all(each.intact for each in found):
        return DocumentState.ALTERED
    if not all(each.whole for each in found) or not any(each.covers_file for each in found):
        return DocumentState.EXTENDED
    return DocumentState.INTACT


LABELS: Final[Mapping[str, Mapping[StrEnum, Text]]] = {
    "document_state": {
        DocumentState.WAITING: Text("Menunggu pemeriksaan", "Waits to be checked"),
        DocumentState.INTACT: Text("Utuh sejak ditandatangani", "Intact since it was signed"),
        DocumentState.ALTERED: Text("Berubah sejak ditandatangani", "Altered since it was signed"),
        DocumentState.EXTENDED: Text(
            "Ditambah setelah ditandatangani", "Extended after it was signed"
        ),
        DocumentState.UNSIGNED: Text(
            "Tanpa tanda tangan elektronik", "Without an electronic signature"
        ),
        DocumentState.UNREADABLE: Text("Tidak dapat diperiksa", "Cannot be checked"),
    },
}
