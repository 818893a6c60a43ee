"""What signers and offices take home: certificates, documents, and the page on which is signed."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Annotated, Final, TypeAlias
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response

from app.certificates.service.verification import Reading
from app.core.actors import Permission
from app.declarations.router.showing import take_ticket
from app.declarations.schemas.certificates import CertificateIn, CertificateOut
from app.declarations.service.certificates import CertificateService, print_certificate
from app.declarations.service.documents import (
    DocumentService,
    print_for_everybody,
    print_for_officers,
)
from app.web.addresses import PublicAddress
from app.web.clock import Now
from app.web.database import Keys, SessionFactory
from app.web.door import CurrentActor, anyone, needs, ticket_door
from app.web.etags import cached
from app.web.openapi import NAMED_IN_BODY
from app.web.operation import Operation, rooms
from app.web.pages import Page
from app.web.pdf import PdfResponse, pdf_of

router = rooms("", "declarations")
pages = APIRouter(route_class=Operation, include_in_schema=False)

MINUTE: Final = 60
DOCUMENT: Final = {"Content-Disposition": 'attachment; filename="deklarasi.pdf"'}
PAGE: Final = Page(Path(__file__).parent.parent / "data" / "sign.html", "Tanda tangan · Sign")


Certify: TypeAlias = Callable[[str], Awaitable[CertificateOut]]


async def open_certificates(
    sessions: SessionFactory, keys: Keys, now: Now, public_address: PublicAddress
) -> Certify:
    """Read a certificate in a unit of work of its own: no connection waits for the press."""

    async def certify(ticket: str) -> CertificateOut:
        async with sessions.begin() as session:
            return await CertificateService(Reading(session, keys, now), public_address).read(
                ticket
            )

    return certify


Certificates = Annotated[Certify, Depends(open_certificates)]


async def take_certificate(request: Request, form: CertificateIn) -> CertificateIn:
    take_ticket(request, form.ticket)
    return form


Shown = Annotated[CertificateIn, Depends(take_certificate)]


@router.post("/signatures/certificate", openapi_extra=NAMED_IN_BODY, dependencies=[ticket_door])
async def read_certificate(form: Shown, certify: Certificates) -> CertificateOut:
    """Read the certificate of one's own signature, by the ticket.

    With it come the code, the QR code, the proof that the leaf is in the log (C2SP tlog-proof) and
    the opening of the leaf: with the two anybody checks it offline.
    """
    return await certify(form.ticket)


@router.post(
    "/signatures/certificate/paper",
    response_class=PdfResponse,
    responses=pdf_of("One sheet (A4), Indonesian with English beside it; the proof lies inside."),
    openapi_extra=NAMED_IN_BODY,
    dependencies=[ticket_door],
)
async def print_own_certificate(form: Shown, certify: Certificates) -> Response:
    """Print the certificate of one's own signature, with its code in letters and as a QR code.

    What was withdrawn or invalidated is stamped so across the sheet.
    """
    sheet = await print_certificate(await certify(form.ticket))
    disposition = {"Content-Disposition": 'attachment; filename="sertifikat.pdf"'}
    return PdfResponse(sheet, headers=disposition)


Documents: TypeAlias = AbstractAsyncContextManager[DocumentService]


async def open_documents(
    sessions: SessionFactory,
    actor: CurrentActor,
    keys: Keys,
    now: Now,
    public_address: PublicAddress,
) -> Documents:
    """A unit of work of its own, which ends before the press is waited for."""

    @asynccontextmanager
    async def documents() -> AsyncIterator[DocumentService]:
        async with sessions.begin() as session:
            yield DocumentService(Reading(session, keys, now), actor, public_address)

    return documents()


Opened = Annotated[Documents, Depends(open_documents)]


@router.get(
    "/declarations/{declaration_id}/document",
    response_class=PdfResponse,
    responses=pdf_of("The document without names (A4), Indonesian with English beside it."),
    dependencies=[anyone, cached(MINUTE)],
)
async def print_document_of_declaration(declaration_id: UUID, documents: Opened) -> Response:
    """Print the document of a declaration for everybody: text, count and tree head, no names."""
    async with documents as opened:
        document = await opened.read(declaration_id)
    return PdfResponse(await print_for_everybody(document), headers=DOCUMENT)


@router.get(
    "/declarations/{declaration_id}/document/signatories",
    response_class=PdfResponse,
    responses=pdf_of("The document with those who signed, by rank, and the witnesses."),
    dependencies=[needs(Permission.READ_DECLARATIONS)],
)
async def print_signatories(declaration_id: UUID, documents: Opened) -> Response:
    """Print the document of a declaration with the names of those who signed, by rank.

    Only officers of its area get it, and reading it is recorded. Of more than 5,000 only the first
    are listed, and it says so.
    """
    async with documents as opened:
        document = await opened.read_with_names(declaration_id)
    return PdfResponse(await print_for_officers(document), headers=DOCUMENT)


@pages.get("/sign", dependencies=[anyone, cached(MINUTE)])
async def show_signing() -> Response:
    """Show the page that a personal link opens; the ticket stays behind the `#` of its address."""
    return PAGE.show()
