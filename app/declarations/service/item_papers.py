from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from app.core.errors import Fault, Invalid
from app.core.texts import Text
from app.declarations.rules.certified import IN_A_DOCUMENT, Source, accept_document, method_of
from app.declarations.rules.kinds import Check, Method
from app.declarations.schemas.batches import ItemIn, PaperRef
from app.evidence.rules.documents import DocumentState
from app.evidence.schemas.checks import DocumentCheckOut

UNKNOWN_PAPER: Final = Fault(
    "/paper/evidence_id",
    "unknown-paper",
    Text(
        "Berkas ini tidak diunggah untuk deklarasi ini.",
        "This file was not uploaded for this declaration.",
    ),
)
WHICH_SIGNATURE: Final = Fault(
    "/paper/signature",
    "which-signature",
    Text(
        "Sebutkan tanda tangan elektronik keberapa dalam dokumen ini.",
        "Say which of the electronic signatures in this document it is.",
    ),
)


@dataclass(frozen=True)
class Shown:
    """By which method an item was signed, as far as it shows, and by what in which document; what
    was signed elsewhere waits until the organiser has seen that it is this declaration's."""

    method: Method
    source: Source | None = None

    @property
    def check(self) -> Check:
        return Check.NOT_NEEDED if self.source is None else Check.WAITING


def shown_by(
    item: ItemIn, papers: Collection[UUID], checks: Mapping[UUID, DocumentCheckOut]
) -> Shown:
    """What the file of an item shows: it belongs to the declaration and, where it was signed
    electronically, is as it was signed."""
    if item.paper is None:
        return Shown(item.method)
    if item.paper.evidence_id not in papers:
        raise Invalid(UNKNOWN_PAPER)
    if item.method in IN_A_DOCUMENT:
        return _signed_in(item.paper, checks.get(item.paper.evidence_id))
    if item.paper.signature is not None:
        raise Invalid(WHICH_SIGNATURE)
    return Shown(item.method)


def _signed_in(paper: PaperRef, check: DocumentCheckOut | None) -> Shown:
    """One signature of the document; where it has one only, it need not be counted."""
    accept_document(check.state if check else DocumentState.UNSIGNED)
    found = check.signatures if check else []
    number = paper.signature or (1 if len(found) == 1 else 0)
    if not 1 <= number <= len(found):
        raise Invalid(WHICH_SIGNATURE)
    method = method_of(is_trusted=found[number - 1].trusted)
    return Shown(method, Source(paper.evidence_id, number))
