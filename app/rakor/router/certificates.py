"""Attendance certificates: issued by the organiser, taken home by who was there."""

from contextlib import AbstractAsyncContextManager
from typing import Annotated, Final, TypeAlias
from uuid import UUID

from fastapi import Depends, Query, Response
from sqlalchemy.ext.asyncio import AsyncSession

from app.certificates.service.verification import Reading
from app.core.paging import Found
from app.rakor.router.doors import acts, may_manage
from app.rakor.schemas.certificates import (
    AttendanceCertificateDetailOut,
    AttendanceCertificateIn,
    AttendanceCertificateOut,
    AttendanceCertificatesOut,
    CertificateFilter,
    CertificatePaperFilter,
    CertificateReplacementIn,
    CertificateRevocationIn,
    InvitedCertificateIn,
)
from app.rakor.service.certificate_papers import (
    PRESS_FOR_INVITED,
    CertificatePapers,
    print_certificates,
)
from app.rakor.service.certificates import CertificateService
from app.web.addresses import PublicAddress
from app.web.clock import Now
from app.web.database import Keys, SessionFactory
from app.web.door import CurrentActor, anyone
from app.web.opening import apart, opened
from app.web.operation import rooms
from app.web.paging import Page
from app.web.pdf import PdfResponse, pdf_of

router = rooms("/events/{event_id}/certificates", "events")
of_invited = rooms("/invitation-certificates", "events")

PDF: Final = pdf_of("A page for each certificate (A4), Indonesian with English beside it.")
_NAMED: Final = {"Content-Disposition": 'attachment; filename="sertifikat.pdf"'}

Papers: TypeAlias = AbstractAsyncContextManager[CertificatePapers]


async def open_papers(
    sessions: SessionFactory,
    actor: CurrentActor,
    keys: Keys,
    now: Now,
    public_address: PublicAddress,
) -> Papers:
    def papers(session: AsyncSession) -> CertificatePapers:
        return CertificatePapers(Reading(session, keys, now), actor, public_address)

    return apart(sessions, papers)


Certificates = Annotated[CertificateService, opened(CertificateService)]
Opened = Annotated[Papers, Depends(open_papers)]


@router.post("", status_code=201, dependencies=acts)
async def issue_attendance_certificate(
    event_id: UUID, form: AttendanceCertificateIn, service: Certificates
) -> AttendanceCertificateOut:
    """Issue a certificate to who was at an event: by invitation, or a walk-in who gave a name."""
    return await service.issue(event_id, form)


@router.post("/all", status_code=201, dependencies=acts)
async def issue_attendance_certificates(
    event_id: UUID, service: Certificates
) -> AttendanceCertificatesOut:
    """Issue a certificate to everybody who was at an event and holds none that is valid."""
    return await service.issue_all(event_id)


@router.get("", response_model=Page[AttendanceCertificateOut], dependencies=[may_manage])
async def list_attendance_certificates(
    event_id: UUID, wanted: Annotated[CertificateFilter, Query()], service: Certificates
) -> Found[AttendanceCertificateOut]:
    """List the certificates of an event, newest first and without names."""
    return await service.find(event_id, wanted)


@router.get("/paper", response_class=PdfResponse, responses=PDF, dependencies=[may_manage])
async def print_attendance_certificates(
    event_id: UUID, wanted: Annotated[CertificatePaperFilter, Query()], papers: Opened
) -> Response:
    """Print the valid certificates of an event, 500 to a PDF; the reading is journalled."""
    async with papers as opened:
        found = await opened.all(event_id, wanted.part)
    return PdfResponse(await print_certificates(found), headers=_NAMED)


@router.get("/{certificate_id}", dependencies=[may_manage])
async def read_attendance_certificate(
    event_id: UUID, certificate_id: UUID, service: Certificates
) -> AttendanceCertificateDetailOut:
    """Read one certificate: whom it is made out to, and why it was revoked; it is journalled."""
    return await service.read(event_id, certificate_id)


@router.get(
    "/{certificate_id}/paper", response_class=PdfResponse, responses=PDF, dependencies=[may_manage]
)
async def print_attendance_certificate(
    event_id: UUID, certificate_id: UUID, papers: Opened
) -> Response:
    """Print one certificate; what was revoked or replaced is stamped so across the page."""
    async with papers as opened:
        found = await opened.one(event_id, certificate_id)
    return PdfResponse(await print_certificates(found), headers=_NAMED)


@router.post("/{certificate_id}/replacement", status_code=201, dependencies=acts)
async def replace_attendance_certificate(
    event_id: UUID, certificate_id: UUID, form: CertificateReplacementIn, service: Certificates
) -> AttendanceCertificateOut:
    """Issue a certificate again, perhaps with another name; the one before is replaced by it."""
    return await service.replace(event_id, certificate_id, form.name)


@router.post("/{certificate_id}/revocation", dependencies=acts)
async def revoke_attendance_certificate(
    event_id: UUID, certificate_id: UUID, form: CertificateRevocationIn, service: Certificates
) -> AttendanceCertificateOut:
    """Revoke a certificate with a reason; whoever checks its code is told so."""
    return await service.revoke(event_id, certificate_id, form.reason)


@of_invited.post("", response_class=PdfResponse, responses=PDF, dependencies=[anyone])
async def print_invited_certificate(form: InvitedCertificateIn, papers: Opened) -> Response:
    """Print the certificate of one's own invitation with its code; no account is needed."""
    async with papers as opened:
        found = await opened.own(form.code)
    sheet = await print_certificates(found, PRESS_FOR_INVITED)
    return PdfResponse(sheet, headers=_NAMED)
