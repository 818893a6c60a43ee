"""Answering a circular by the code of its link: no account is needed."""

from typing import Annotated

from app.circulars.router.doors import steps
from app.circulars.schemas.answers import (
    AddressedOut,
    AddresseeCodeIn,
    CodedCircularForwardingIn,
    CodedObligationReportIn,
    OwnAddresseesIn,
)
from app.circulars.schemas.cascade import AddresseeCodeOut, CircularForwardedOut, ReachOut
from app.circulars.schemas.contacts import AddresseeContactOut, CodedAddresseeContactIn
from app.circulars.service.by_code import CodeAnswerService
from app.core.paging import Found
from app.web.addresses import PublicAddress
from app.web.door import anyone
from app.web.opening import opened
from app.web.operation import rooms
from app.web.paging import Page
from app.web.rehearsal import can_be_rehearsed

router = rooms("/circular-answers", "circulars")

Answers = Annotated[CodeAnswerService, opened(CodeAnswerService)]


@router.post("/reading", dependencies=[anyone])
async def read_addressed_circular(form: AddresseeCodeIn, service: Answers) -> AddressedOut:
    """Read the circular of a link, and what the addressed office still owes."""
    return await service.read(form.code)


@router.post("/acknowledgement", dependencies=steps)
async def acknowledge_by_code(form: AddresseeCodeIn, service: Answers) -> AddressedOut:
    """Acknowledge a circular for the office of a link; a second time changes nothing."""
    return await service.acknowledge(form.code)


@router.post("/forwarding", dependencies=steps)
async def forward_by_code(
    form: CodedCircularForwardingIn, service: Answers
) -> CircularForwardedOut:
    """Forward a circular within the region of the office; those reached before stay as they are."""
    return await service.forward(form.code, form.addressees)


@router.post("/reports", status_code=201, dependencies=steps)
async def report_by_code(form: CodedObligationReportIn, service: Answers) -> AddressedOut:
    """Report that the office of a link did what the circular obliges to, with proof."""
    return await service.report(form)


@router.post("/addressees", response_model=Page[AddresseeCodeOut], dependencies=[anyone])
async def list_own_addressees(
    form: OwnAddresseesIn, service: Answers, address: PublicAddress
) -> Found[AddresseeCodeOut]:
    """List those to whom the office of a link forwarded, with the codes to hand on to them."""
    return await service.below(form, address)


@router.post("/reach", dependencies=[anyone])
async def read_reach_by_code(form: AddresseeCodeIn, service: Answers) -> ReachOut:
    """Read how far it has come of what the office of a link forwarded, level by level."""
    return await service.reach(form.code)


@router.put("/contact", dependencies=[anyone, can_be_rehearsed])
async def put_contact_by_code(
    form: CodedAddresseeContactIn, service: Answers
) -> AddresseeContactOut:
    """Say where the office of a link is reminded by e-mail; null deletes what was kept."""
    return await service.keep_contact(form.code, form)
