"""Personal links for the organiser to hand out: as a sheet for a mail merge, and on paper.

Both are POST because what comes is personal, and what is read is recorded.
"""

from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import Depends, Response
from fastapi.responses import StreamingResponse

from app.core.actors import Permission
from app.declarations.files import links_header
from app.declarations.schemas.links import LinksIn
from app.declarations.service.links import LinkDesk
from app.web.addresses import PublicAddress
from app.web.clock import Now
from app.web.database import Keys, SessionFactory
from app.web.door import CurrentActor, needs
from app.web.operation import rooms

router = rooms("/declarations/{declaration_id}/links", "declarations")

may_manage = needs(Permission.MANAGE_DECLARATIONS)

CSV: Final = "text/csv; charset=utf-8; header=present"
_SHEET: Final[dict[int | str, dict[str, Any]]] = {
    200: {
        "description": "One row for each person of the roster, by region and office.",
        "content": {"text/csv": {"schema": {"type": "string"}, "example": links_header().decode()}},
    }
}


class PdfResponse(Response):
    media_type = "application/pdf"


_PAPER: Final[dict[int | str, dict[str, Any]]] = {
    200: {
        "description": "QR codes to cut out, twelve on a page (A4).",
        "content": {"application/pdf": {"schema": {"type": "string", "format": "binary"}}},
    }
}


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
