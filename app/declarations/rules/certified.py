"""Certified electronic signatures made elsewhere: which documents carry them."""

from app.core.errors import Conflict
from app.core.texts import Text
from app.evidence.rules.documents import DocumentState


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


def accept_document(state: DocumentState) -> None:
    if state is DocumentState.WAITING:
        raise DocumentWaiting
    if state is not DocumentState.INTACT:
        raise DocumentRefused
