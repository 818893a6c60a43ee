"""The page that leads from an invitation to the signing: it works without a script."""

from typing import Final

from fastapi import APIRouter, Response

from app.prevention.router.one_qr import OwnSigning
from app.prevention.service import own_page
from app.rakor.router.answer_page import PAGE, Filled, PageOperation
from app.rakor.service import answer_page
from app.web.door import anyone

PATH: Final = "/invitations/signing"

pages = APIRouter(route_class=PageOperation, include_in_schema=False)


@pages.get(PATH, dependencies=[anyone])
async def show_signing() -> Response:
    """Show where the code of an invitation is entered; in a link it stands behind the `#`."""
    return PAGE.show(content=answer_page.ask_code())


@pages.post(PATH, dependencies=[anyone])
async def find_signing(filled: Filled, service: OwnSigning) -> Response:
    """Show what the holder of this invitation signs, and the link to it."""
    own = await service.read(filled.get("code", ""))
    return PAGE.show(content=own_page.show(own))
