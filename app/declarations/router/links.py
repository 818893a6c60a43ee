"""Links for the organiser to hand out: personal ones as a sheet for a mail merge and on paper, and
the open one.

The personal ones are POST because what comes is personal, and what is read is recorded.
"""

from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import Depends, Response
from fastapi.responses import StreamingResponse

from app.core.actors import Permission
from app.declarations.files import links_header
from app.declarations.schemas.links import LinksIn, SignatureLinkOut
from app.declarations.schemas.open_links import OpenLinkOut
from app.declarations.service.links import LinkDesk
from app.web.addresses import PublicAddress
from app.web.clock import Now
from app.web.database import Keys, SessionFactory
from app.web.door import CurrentActor, needs
from app.web.operation import rooms
from app.web.pdf import PdfResponse, pdf_of

router = rooms("/declarations/{declaration_id}/links", "declarations")

may_manage = needs(Permission.MANAGE_DECLARATIONS)

CSV: Final = "text/csv; charset=utf-8; header=present"
_SHEET: Final[dict[int | str, dict[str, Any]]] = {
    200: {
        "description": "One row for each person of the roster, by region and office.",
        "content": {"text/csv": {"schema": {"type": "string"}, "example": links_header().decode()}},
    }
}


_PAPER: Final = pdf_of("QR codes to cut out, twelve on a page (A4).")


_POSTER: Final = pdf_of("A poster with one QR code (A4), Indonesian with English beside it.")


async def open_desk(
    sessions: SessionFactory, actor: CurrentActor, now: Now, keys: Keys, address: PublicAddress
) -> LinkDesk:
    return LinkDesk(sessions, actor, now, keys, address)


Links = Annotated[LinkDesk, Depends(open_desk)]


@router.post("", response_class=StreamingResponse, responses=_SHEET, dependencies=[may_manage])
async def export_links(declaration_id: UUID, form: LinksIn, links: Links) -> StreamingResponse:
    """Export the personal links of a roster as CSV, whole; reading the names is recorded.

    Whoever has a link signs as the person it is for: hand it to nobody else.
    """
    sheet = await links.export(declaration_id, form)
    return StreamingResponse(sheet, headers={"Content-Type": CSV, "Cache-Control": "no-store"})


@router.post("/paper", response_class=PdfResponse, responses=_PAPER, dependencies=[may_manage])
async def print_links(declaration_id: UUID, form: LinksIn, links: Links) -> Response:
    """Print personal links as QR codes, at most 240; reading the names is recorded."""
    headers = {"Content-Disposition": 'attachment; filename="tautan.pdf"'}
    paper = await links.print(declaration_id, form)
    return PdfResponse(paper, headers=headers | {"Cache-Control": "no-store"})


@router.post("/signatures/{signature_id}", dependencies=[may_manage])
async def issue_link(declaration_id: UUID, signature_id: UUID, links: Links) -> SignatureLinkOut:
    """Hand out the link of who signed without one: on a sheet, in a document, as a guest in a room.

    It opens the page on which the certificate is printed and the signature taken back: hand it to
    the signer alone; that it was read is recorded. Who signed as a target of the roster has a
    personal link: 409 `has-personal-link`.
    """
    return await links.read_signature(declaration_id, signature_id)


@router.get("/open", dependencies=[may_manage])
async def read_open_link(declaration_id: UUID, links: Links) -> OpenLinkOut:
    """Read the address by which anybody signs who has no personal link, also as a QR code.

    Who signs there waits for the organiser's check. Without such a link: 409 `open-link-closed`.
    """
    return await links.read_open(declaration_id)


@router.get("/open/paper", response_class=PdfResponse, responses=_POSTER, dependencies=[may_manage])
async def print_open_link(declaration_id: UUID, links: Links) -> Response:
    """Print the open link of a declaration as a poster with its QR code."""
    headers = {"Content-Disposition": 'attachment; filename="poster.pdf"'}
    paper = await links.print_open(declaration_id)
    return PdfResponse(paper, headers=headers | {"Cache-Control": "no-store"})
