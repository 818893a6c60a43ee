"""Electronic signatures made elsewhere: which documents carry them, each one person's."""

from typing import Final, NamedTuple
from uuid import UUID

from app.core.errors import Conflict
from app.core.texts import Text
from app.declarations.rules.kinds import Method
from app.evidence.rules.documents import DocumentState

IN_A_DOCUMENT: Final = frozenset({Method.ELECTRONIC, Method.CERTIFIED})


class Source(NamedTuple):
    """One of the signatures in a document, counted from 1."""

    evidence_id: UUID
    signature: int


class DocumentWaiting(Conflict):
    code = "document-not-checked"
    text = Text(
        "Dokumen ini belum selesai diperiksa; kirim lagi sebentar lagi.",
        "This document has not been checked yet; send it again in a moment.",
    )


class DocumentRefused(Conflict):
    """The file and what was found of it stay; only no signature is counted by it."""

    code = "document-not-intact"
    text = Text(
        "Dokumen ini tidak bertanda tangan elektronik yang utuh.",
        "This document carries no electronic signature that is intact.",
    )


class DocumentSignatureUsed(Conflict):
    code = "document-signature-used"
    text = Text(
        "Tanda tangan elektronik ini sudah dicatat untuk orang lain.",
        "This electronic signature was recorded for somebody else.",
    )


def method_of(*, is_trusted: bool) -> Method:
    """Whose root nobody of us has put on the list, anybody may have made."""
    return Method.CERTIFIED if is_trusted else Method.ELECTRONIC


def accept_document(state: DocumentState) -> None:
    if state is DocumentState.WAITING:
        raise DocumentWaiting
    if state is not DocumentState.INTACT:
        raise DocumentRefused
