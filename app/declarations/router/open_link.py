"""The page of an open link: it works without a script, and tells every refusal in its place."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Final, TypeAlias
from uuid import UUID

from fastapi import Depends, Request, Response
from pydantic import ValidationError

from app.core.errors import (
    ConflictingBody,
    DomainError,
    Fault,
    Invalid,
    NotFound,
    TooMany,
    Unavailable,
    UnsupportedMedia,
)
from app.declarations.repository.papers import Pledged
from app.declarations.schemas.open_links import KEPT, PageSignatureIn, as_sent
from app.declarations.service import open_page
from app.declarations.service.open_link import OpenLinkService, fresh_marks
from app.web.addresses import PublicAddress
from app.web.clock import Now, present
from app.web.database import Keys, Session
from app.web.door import anyone
from app.web.forms import form_pages, read_fields
from app.web.messages import faults_in
from app.web.outcome import Cost
from app.web.pages import Page
from app.web.problems import status_of

PAGE: Final = Page(Path(__file__).parent.parent / "data" / "open_link.html", "Tanda tangan · Sign")

_PATH: Final = "/sign/{declaration_id}"

Regencies: TypeAlias = Sequence[tuple[str, str]]
Offered: TypeAlias = tuple[Pledged | None, Regencies]


async def refuse(request: Request, refusal: DomainError) -> Response:
    """In a unit of work of its own: that of the request has ended by now."""
    is_busy = isinstance(refusal, (TooMany, Unavailable))
    pledged, regencies = (None, ()) if is_busy else await _offered(request)
    sent = await _sent(request, refusal, regencies) if request.method == "POST" else None
    if isinstance(refusal, NotFound):
        pledged, sent = None, None
    return PAGE.show(status_of(type(refusal)), content=open_page.refuse(pledged, sent, refusal))


async def _offered(request: Request) -> Offered:
    try:
        async with request.app.state.sessions.begin() as session:
            service = OpenLinkService(session, request.app.state.keys, present())
            pledged = await service.read(UUID(request.path_params["declaration_id"]))
            return pledged, await service.regencies(pledged)
    except (NotFound, ValueError):
        return None, ()


async def _sent(request: Request, refusal: DomainError, regencies: Regencies) -> open_page.Sent:
    """What was typed; under new marks where the old ones were used by another, or are none."""
    try:
        filled: dict[str, str] = as_sent(await read_fields(request))
    except UnsupportedMedia:
        filled = {}
    faults: tuple[Fault, ...] = refusal.faults if isinstance(refusal, Invalid) else ()
    broken = {each.pointer.lstrip("/") for each in faults} & set(KEPT)
    if broken or isinstance(refusal, ConflictingBody) or not set(KEPT) <= set(filled):
        filled |= fresh_marks()
    return open_page.Sent(filled, faults, regencies)


pages = form_pages(refuse)


async def open_link(session: Session, keys: Keys, now: Now) -> OpenLinkService:
    return OpenLinkService(session, keys, now)


async def read_form(request: Request) -> PageSignatureIn:
    """The form as it was filled in, or `Invalid` with a fault for each field that is wrong."""
    try:
        return PageSignatureIn.model_validate(as_sent(await read_fields(request)))
    except ValidationError as broken:
        raise Invalid(*faults_in(broken.errors(include_input=False))) from None


Link = Annotated[OpenLinkService, Depends(open_link)]
Form = Annotated[PageSignatureIn, Depends(read_form)]


@pages.get(_PATH, dependencies=[anyone])
async def show_open_link(declaration_id: UUID, link: Link) -> Response:
    """Show a declaration to whoever has no personal link, and the form to sign it."""
    pledged = await link.read(declaration_id)
    fresh = open_page.Sent(fresh_marks(), regencies=await link.regencies(pledged))
    return PAGE.show(content=open_page.ask(pledged, fresh))


@pages.post(_PATH, dependencies=[anyone])
async def sign_by_open_link(
    declaration_id: UUID, form: Form, link: Link, cost: Cost, public_address: PublicAddress
) -> Response:
    """Sign by the form of the page; the same form signs once, and is answered the same again."""
    pledged = await link.read(declaration_id)
    done = await link.sign(declaration_id, form)
    cost.give_back(when=not done.first)
    content = open_page.tell(pledged, done.answer, public_address)
    return PAGE.show(201 if done.first else 200, content=content)
