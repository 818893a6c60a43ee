"""The page that leads from an invitation to the signing: it works without a script."""

from typing import Final

from fastapi import Response

from app.prevention.router.one_qr import OwnSigning
from app.prevention.service import own_page
from app.rakor.router.answer_page import PAGE, refuse
from app.rakor.service import answer_page
from app.web.door import anyone
from app.web.forms import Filled, form_pages, last_of

PATH: Final = "/invitations/signing"

pages = form_pages(refuse)


@pages.get(PATH, dependencies=[anyone])
async def show_signing() -> Response:
    """Show where the code of an invitation is entered; in a link it stands behind the `#`."""
    return PAGE.show(content=answer_page.ask_code())


@pages.post(PATH, dependencies=[anyone])
async def find_signing(filled: Filled, service: OwnSigning) -> Response:
    """Show what the holder of this invitation signs, and the link to it."""
    own = await service.read(last_of(filled, "code"))
    return PAGE.show(content=own_page.show(own))
