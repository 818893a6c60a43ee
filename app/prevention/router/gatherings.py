"""An event with its declarations and circulars, and the invited on a roster."""

from typing import Annotated
from uuid import UUID

from app.core.actors import Permission
from app.prevention.models.gatherings import ExplainedCircular
from app.prevention.schemas.gatherings import (
    EnrolmentIn,
    EnrolmentOut,
    ExplainedIn,
    ExplainedOut,
    GatheringOut,
)
from app.prevention.service.enrolment import EnrolmentService
from app.prevention.service.gatherings import GatheringService
from app.web.door import needs
from app.web.idempotency import idempotent
from app.web.opening import opened
from app.web.operation import rooms
from app.web.rehearsal import can_be_rehearsed

router = rooms("/events/{event_id}", "prevention")

may_read = needs(Permission.READ_EVENTS)
may_manage = needs(Permission.MANAGE_EVENTS)
may_enrol = needs(Permission.MANAGE_DECLARATIONS)

Gatherings = Annotated[GatheringService, opened(GatheringService)]
Enrolment = Annotated[EnrolmentService, opened(EnrolmentService)]


@router.get("/gathering", dependencies=[may_read])
async def read_gathering(event_id: UUID, service: Gatherings) -> GatheringOut:
    """Read an event together with its declarations and circulars: who came, signed, took note."""
    return await service.read(event_id)


@router.post(
    "/explained-circulars",
    status_code=201,
    response_model=ExplainedOut,
    dependencies=[may_manage, idempotent, can_be_rehearsed],
)
async def join_circular(
    event_id: UUID, form: ExplainedIn, service: Gatherings
) -> ExplainedCircular:
    """Name one more circular that is explained at an event."""
    return await service.explain(event_id, form)


@router.delete(
    "/explained-circulars/{circular_id}",
    response_model=ExplainedOut,
    dependencies=[may_manage, can_be_rehearsed],
)
async def separate_circular(
    event_id: UUID, circular_id: UUID, service: Gatherings
) -> ExplainedCircular:
    """Take a circular off an event that was joined to it; what its plan names stays there."""
    return await service.leave_out(event_id, circular_id)


@router.post("/enrolments", dependencies=[may_enrol, idempotent, can_be_rehearsed])
async def enrol_invited(event_id: UUID, form: EnrolmentIn, service: Enrolment) -> EnrolmentOut:
    """Put the invited on the roster of the event's declaration: one target for each invitation.

    Repeat it as invitations change: who was invited since is added, who was withdrawn and has not
    signed is taken off, and whoever stands on the roster already is not listed twice.
    """
    return await service.enrol(event_id, form)
