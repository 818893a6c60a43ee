"""Circulars and appeals: the letters, their text in force, and their proof."""

from contextlib import AbstractAsyncContextManager
from datetime import datetime
from typing import Annotated, Any, Final, TypeAlias
from uuid import UUID

from fastapi import Depends, Query, Response
from fastapi.responses import StreamingResponse

from app.circulars.router.doors import MERGE_PATCH, acts, changes, may_manage
from app.circulars.schemas.circulars import (
    CircularFilter,
    CircularIn,
    CircularPatch,
    CircularRevocationIn,
)
from app.circulars.schemas.shown import CircularDetailOut, CircularOut
from app.circulars.service.circulars import CircularService
from app.circulars.service.issuing import IssuingService
from app.circulars.service.papers import (
    CircularPaperService,
    print_for_everybody,
    print_for_officers,
)
from app.core.actors import PUBLIC, Actor
from app.core.crypto import Keyring
from app.core.database import Sessions
from app.core.paging import Found
from app.evidence.router.doors import OpenDepot
from app.evidence.router.downloads import DOWNLOADS, attachment
from app.web.addresses import PublicAddress
from app.web.clock import Now
from app.web.database import Keys, SessionFactory
from app.web.door import CurrentActor, anyone
from app.web.etags import IfMatch, cached, tagged
from app.web.opening import apart, opened
from app.web.operation import rooms
from app.web.paging import Page
from app.web.pdf import PdfResponse, pdf_of

router = rooms("/circulars", "circulars")

Circulars = Annotated[CircularService, opened(CircularService)]
Issuing = Annotated[IssuingService, opened(IssuingService)]
Papers = Annotated[CircularPaperService, opened(CircularPaperService)]

OpenedPapers: TypeAlias = AbstractAsyncContextManager[CircularPaperService]


def _papers_for(actor: Actor, sessions: Sessions, now: datetime, keys: Keyring) -> OpenedPapers:
    return apart(sessions, lambda session: CircularPaperService(session, actor, now, keys))


async def open_public_papers(sessions: SessionFactory, now: Now, keys: Keys) -> OpenedPapers:
    # For nobody in particular: caches keep what is printed, and no draft must get into one.
    return _papers_for(PUBLIC, sessions, now, keys)


async def open_own_papers(
    sessions: SessionFactory, actor: CurrentActor, now: Now, keys: Keys
) -> OpenedPapers:
    return _papers_for(actor, sessions, now, keys)


PublicPapers = Annotated[OpenedPapers, Depends(open_public_papers)]
OwnPapers = Annotated[OpenedPapers, Depends(open_own_papers)]

_MINUTE: Final = 60
_PDF: Final = pdf_of("The circular (A4), typeset here.")
_CONTENT: Final[dict[int | str, dict[str, Any]]] = {
    200: {
        "description": "Canonical JSON, the very bytes whose SHA-256 stands in the log.",
        "content": {"application/json": {"schema": {"type": "object"}}},
    }
}


class ContentResponse(Response):
    media_type = "application/json"


@router.post("", status_code=201, dependencies=acts)
async def draft_circular(
    form: CircularIn, service: Circulars, response: Response
) -> CircularDetailOut:
    """Draft a circular of one's own office, or of an office in one's area."""
    return tagged(response, await service.draft(form))


@router.get("", response_model=Page[CircularOut], dependencies=[anyone])
async def list_circulars(
    wanted: Annotated[CircularFilter, Query()], service: Circulars
) -> Found[CircularOut]:
    """List the circulars that were issued, newest first, also by a day on which they held.

    Officers also see the drafts of their area.
    """
    return await service.find(wanted)


@router.get("/{circular_id}", dependencies=[anyone])
async def read_circular(
    circular_id: UUID, service: Circulars, response: Response
) -> CircularDetailOut:
    """Read one circular: its text, what it obliges to, and where its proof stands in the log."""
    return tagged(response, await service.describe(circular_id))


@router.patch("/{circular_id}", dependencies=changes)
async def revise_circular(
    circular_id: UUID,
    version: IfMatch,
    patch: Annotated[CircularPatch, MERGE_PATCH],
    service: Circulars,
    response: Response,
) -> CircularDetailOut:
    """Change a draft; what was issued is not changed any more."""
    return tagged(response, await service.revise(circular_id, version, patch))


@router.post("/{circular_id}/issuance", dependencies=acts)
async def issue_circular(
    circular_id: UUID, service: Issuing, response: Response
) -> CircularDetailOut:
    """Issue a circular: its text is fixed and proven, and every office is addressed.

    What it supersedes or revokes is out of force from its own first day on.
    """
    return tagged(response, await service.issue(circular_id))


@router.post("/{circular_id}/revocation", dependencies=acts)
async def revoke_circular(
    circular_id: UUID, form: CircularRevocationIn, service: Issuing, response: Response
) -> CircularDetailOut:
    """Take a circular out of force from a day on, without another in its place."""
    return tagged(response, await service.revoke(circular_id, form))


@router.get(
    "/{circular_id}/content",
    response_class=ContentResponse,
    responses=_CONTENT,
    dependencies=[anyone],
)
async def read_circular_content(circular_id: UUID, papers: Papers) -> Response:
    """Read the text as it was issued, byte by byte, to compare its hash with the log."""
    return ContentResponse(await papers.content(circular_id))


@router.get(
    "/{circular_id}/document",
    response_class=PdfResponse,
    responses=_PDF,
    dependencies=[anyone, cached(_MINUTE)],
)
async def print_circular_document(
    circular_id: UUID, papers: PublicPapers, address: PublicAddress
) -> Response:
    """Print a circular that was issued, with the QR code of its public page."""
    async with papers as opened_papers:
        paper = await opened_papers.paper(circular_id, address)
    return PdfResponse(await print_for_everybody(paper))


@router.get(
    "/{circular_id}/draft-document",
    response_class=PdfResponse,
    responses=_PDF,
    dependencies=[may_manage],
)
async def print_circular_draft(
    circular_id: UUID, papers: OwnPapers, address: PublicAddress
) -> Response:
    """Print a circular as its office sees it, also a draft, which says that it is one."""
    async with papers as opened_papers:
        paper = await opened_papers.paper(circular_id, address)
    return PdfResponse(await print_for_officers(paper))


@router.get(
    "/{circular_id}/addressees/{addressee_id}/proofs/{evidence_id}",
    response_class=StreamingResponse,
    responses=DOWNLOADS,
    dependencies=[may_manage],
)
async def read_obligation_proof(
    circular_id: UUID, addressee_id: UUID, evidence_id: UUID, papers: Papers, depot: OpenDepot
) -> StreamingResponse:
    """Read a file by which an addressed office proved what it did: its cleaned copy."""
    return attachment(await papers.proof(circular_id, addressee_id, evidence_id, depot.objects))


@router.get(
    "/{circular_id}/attachments/{evidence_id}",
    response_class=StreamingResponse,
    responses=DOWNLOADS,
    dependencies=[anyone],
)
async def read_circular_attachment(
    circular_id: UUID, evidence_id: UUID, papers: Papers, depot: OpenDepot
) -> StreamingResponse:
    """Read a file that belongs to a circular: its cleaned copy, without hidden traces."""
    return attachment(await papers.attachment(circular_id, evidence_id, depot.objects))
