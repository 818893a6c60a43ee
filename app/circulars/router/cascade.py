"""The way of a circular down to the last office, as officers see and go it."""

from typing import Annotated
from uuid import UUID

from fastapi import Query

from app.circulars.router.doors import answers, may_manage, may_read
from app.circulars.schemas.cascade import (
    AddressedFilter,
    AddresseeCodeOut,
    AddresseeDetailOut,
    AddresseeFilter,
    AddresseeOut,
    CircularForwardedOut,
    CircularForwardingIn,
    CodeFilter,
    ObligationReportIn,
    ReachFilter,
    ReachOut,
)
from app.circulars.schemas.contacts import AddresseeContactIn, AddresseeContactOut
from app.circulars.service.answering import OfficerAnswerService
from app.circulars.service.cascade import CascadeService
from app.circulars.service.codes import CodeService
from app.circulars.service.contacts import ContactService
from app.core.paging import Found
from app.web.addresses import PublicAddress
from app.web.opening import opened
from app.web.operation import rooms
from app.web.paging import Page
from app.web.rehearsal import can_be_rehearsed

router = rooms("", "circulars")

Cascade = Annotated[CascadeService, opened(CascadeService)]
Answers = Annotated[OfficerAnswerService, opened(OfficerAnswerService)]
Contacts = Annotated[ContactService, opened(ContactService)]
Codes = Annotated[CodeService, opened(CodeService)]


@router.get("/addressed-circulars", response_model=Page[AddresseeOut], dependencies=[may_read])
async def list_addressed_circulars(
    wanted: Annotated[AddressedFilter, Query()], service: Cascade
) -> Found[AddresseeOut]:
    """List what was addressed to one's own office and area, and what is overdue of it."""
    return await service.addressed(wanted)


@router.get("/circulars/{circular_id}/reach", dependencies=[may_read])
async def read_reach(
    circular_id: UUID, wanted: Annotated[ReachFilter, Query()], service: Cascade
) -> ReachOut:
    """Read how far a circular has come: live rates, level by level."""
    return await service.reach(circular_id, wanted)


@router.get(
    "/circulars/{circular_id}/addressees",
    response_model=Page[AddresseeOut],
    dependencies=[may_read],
)
async def list_addressees(
    circular_id: UUID, wanted: Annotated[AddresseeFilter, Query()], service: Cascade
) -> Found[AddresseeOut]:
    """List the addressed offices of a circular and how far each one is."""
    return await service.find(circular_id, wanted)


@router.get("/circulars/{circular_id}/addressees/{addressee_id}", dependencies=[may_manage])
async def read_addressee(
    circular_id: UUID, addressee_id: UUID, service: Cascade
) -> AddresseeDetailOut:
    """Read what an addressed office has reported, in its own words."""
    return await service.read(circular_id, addressee_id)


@router.get(
    "/circulars/{circular_id}/codes",
    response_model=Page[AddresseeCodeOut],
    dependencies=[may_read],
)
async def list_addressee_codes(
    circular_id: UUID,
    wanted: Annotated[CodeFilter, Query()],
    service: Codes,
    address: PublicAddress,
) -> Found[AddresseeCodeOut]:
    """List the codes and links by which offices without an account answer."""
    return await service.find(circular_id, wanted, address)


@router.post(
    "/circulars/{circular_id}/addressees/{addressee_id}/code-renewal", dependencies=answers
)
async def renew_addressee_code(
    circular_id: UUID, addressee_id: UUID, service: Codes, address: PublicAddress
) -> AddresseeCodeOut:
    """Take back the code of an addressed office, with its e-mail address, and give it another."""
    return await service.renew(circular_id, addressee_id, address)


@router.post(
    "/circulars/{circular_id}/addressees/{addressee_id}/acknowledgement", dependencies=answers
)
async def acknowledge_circular(
    circular_id: UUID, addressee_id: UUID, service: Answers
) -> AddresseeOut:
    """Acknowledge a circular for one's own office."""
    return await service.acknowledge(circular_id, addressee_id)


@router.post("/circulars/{circular_id}/addressees/{addressee_id}/forwarding", dependencies=answers)
async def forward_circular(
    circular_id: UUID, addressee_id: UUID, form: CircularForwardingIn, service: Answers
) -> CircularForwardedOut:
    """Forward a circular to offices of one's own region, which then answer for themselves."""
    return await service.forward(circular_id, addressee_id, form.addressees)


@router.post(
    "/circulars/{circular_id}/addressees/{addressee_id}/reports",
    status_code=201,
    dependencies=answers,
)
async def report_obligation(
    circular_id: UUID, addressee_id: UUID, form: ObligationReportIn, service: Answers
) -> AddresseeOut:
    """Report that one's own office did what the circular obliges to, with proof."""
    return await service.report(circular_id, addressee_id, form)


@router.put(
    "/circulars/{circular_id}/addressees/{addressee_id}/contact",
    dependencies=[may_read, can_be_rehearsed],
)
async def put_addressee_contact(
    circular_id: UUID, addressee_id: UUID, form: AddresseeContactIn, service: Contacts
) -> AddresseeContactOut:
    """Say where an addressed office is reminded by e-mail: one's own, or one that was addressed
    by one's own office."""
    return await service.keep(circular_id, addressee_id, form)
