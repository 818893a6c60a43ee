from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query
from fastapi.responses import StreamingResponse

from app.core.actors import Permission
from app.core.paging import Found
from app.evidence.router.doors import OpenDepot
from app.evidence.router.downloads import DOWNLOADS, attachment
from app.evidence.schemas.custody import OpeningIn
from app.rakor.models.followups import FollowUpReminder
from app.rakor.router.doors import acts, changes, may_read
from app.rakor.schemas.carrying import CarriedFilter, CarriedListOut, CarriedOut, CarryingIn
from app.rakor.schemas.followups import (
    EventFollowUpIn,
    EventFollowUpOut,
    FollowUpBeginningIn,
    FollowUpCancellationIn,
    FollowUpCompletionIn,
    FollowUpDetailOut,
    FollowUpFilter,
    OwingOfficeFilter,
    OwingOfficeOut,
    OwnBeginningIn,
    OwnCompletionIn,
    OwnFollowUpIn,
    PlannedFollowUpOut,
)
from app.rakor.schemas.invitations import ReissueIn
from app.rakor.schemas.reminders import FollowUpReminderFilter, FollowUpReminderOut
from app.rakor.service.carrying import CarryingService
from app.rakor.service.followups import FollowUpService
from app.rakor.service.progress import OwnFollowUpService
from app.rakor.service.proofs import ProofService
from app.rakor.service.reminders import FollowUpReminderService
from app.web.clock import Now
from app.web.database import Keys, Session
from app.web.door import CurrentActor, anyone, needs
from app.web.idempotency import idempotent
from app.web.opening import opened
from app.web.operation import rooms
from app.web.paging import Page
from app.web.rehearsal import can_be_rehearsed

of_event = rooms("/events/{event_id}", "follow_ups")
router = rooms("/follow-ups", "follow_ups")
owing = rooms("/follow-up-offices", "follow_ups")
own = rooms("/follow-up-answers", "follow_ups")
reminders = rooms("/follow-up-reminders", "follow_ups")

FollowUps = Annotated[FollowUpService, opened(FollowUpService)]
OwnFollowUps = Annotated[OwnFollowUpService, opened(OwnFollowUpService)]
Carrying = Annotated[CarryingService, opened(CarryingService)]
Reminders = Annotated[FollowUpReminderService, opened(FollowUpReminderService)]


async def open_proofs(
    session: Session, actor: CurrentActor, now: Now, keys: Keys, depot: OpenDepot
) -> ProofService:
    return ProofService(session, actor, now, keys, depot.objects)


Proofs = Annotated[ProofService, Depends(open_proofs)]

reports = [needs(Permission.REPORT_FOLLOW_UPS), idempotent, can_be_rehearsed]


@of_event.post("/follow-ups", status_code=201, dependencies=acts)
async def plan_follow_up(
    event_id: UUID, form: EventFollowUpIn, service: FollowUps
) -> PlannedFollowUpOut:
    """Plan what an office does after an event, and by when; its code is shown this once."""
    return await service.plan(event_id, form)


@of_event.post("/carried-follow-ups", status_code=201, dependencies=acts)
async def carry_follow_ups(event_id: UUID, form: CarryingIn, service: Carrying) -> CarriedListOut:
    """Carry what earlier events left unfinished onto the agenda of this one, as a session."""
    return await service.carry(event_id, form)


@of_event.get("/carried-follow-ups", response_model=Page[CarriedOut], dependencies=[may_read])
async def list_carried_follow_ups(
    event_id: UUID, wanted: Annotated[CarriedFilter, Query()], service: Carrying
) -> Found[CarriedOut]:
    """List the follow-ups of earlier events on the agenda of this one, with their sessions."""
    return await service.find(event_id, wanted)


@router.get("", response_model=Page[EventFollowUpOut], dependencies=[may_read])
async def list_event_follow_ups(
    wanted: Annotated[FollowUpFilter, Query()], service: FollowUps
) -> Found[EventFollowUpOut]:
    """List follow-ups, what is due first at the head: of an event, an office, what is overdue."""
    return await service.find(wanted)


@owing.get("", response_model=Page[OwingOfficeOut], dependencies=[may_read])
async def list_owing_offices(
    wanted: Annotated[OwingOfficeFilter, Query()], service: FollowUps
) -> Found[OwingOfficeOut]:
    """List the offices that still owe something, by region and name, with what is overdue."""
    return await service.owing(wanted)


@router.get("/{follow_up_id}", dependencies=[may_read])
async def read_follow_up(follow_up_id: UUID, service: FollowUps) -> FollowUpDetailOut:
    """Read a follow-up with all that was reported of it; the reading is journalled."""
    return await service.describe(follow_up_id)


@router.post("/{follow_up_id}/beginning", dependencies=reports)
async def begin_follow_up(
    follow_up_id: UUID, form: FollowUpBeginningIn, service: FollowUps
) -> EventFollowUpOut:
    """Report that the responsible office has begun."""
    return await service.begin(follow_up_id, form)


@router.post("/{follow_up_id}/completion", dependencies=reports)
async def complete_follow_up(
    follow_up_id: UUID, form: FollowUpCompletionIn, service: FollowUps
) -> EventFollowUpOut:
    """Report that a follow-up is done, with its proof."""
    return await service.complete(follow_up_id, form)


@router.post("/{follow_up_id}/reissue", dependencies=acts)
async def reissue_follow_up(
    follow_up_id: UUID, form: ReissueIn, service: FollowUps
) -> PlannedFollowUpOut:
    """Give a follow-up a new code, shown this once, and perhaps another address for reminders."""
    return await service.reissue(follow_up_id, form)


@router.post("/{follow_up_id}/cancellation", dependencies=acts)
async def cancel_follow_up(
    follow_up_id: UUID, form: FollowUpCancellationIn, service: FollowUps
) -> EventFollowUpOut:
    """Cancel a follow-up as the organiser, with the reason."""
    return await service.cancel(follow_up_id, form.reason)


@router.get(
    "/{follow_up_id}/proofs/{evidence_id}/copy",
    response_class=StreamingResponse,
    responses=DOWNLOADS,
    dependencies=[may_read],
)
async def read_follow_up_proof(
    follow_up_id: UUID, evidence_id: UUID, proofs: Proofs
) -> StreamingResponse:
    """Read a file by which a follow-up was proven, in its working copy; it is journalled."""
    return attachment(await proofs.open_copy(follow_up_id, evidence_id))


@router.post(
    "/{follow_up_id}/proofs/{evidence_id}/openings",
    response_class=StreamingResponse,
    responses=DOWNLOADS,
    dependencies=changes,
)
async def open_follow_up_proof(
    follow_up_id: UUID, evidence_id: UUID, form: OpeningIn, proofs: Proofs
) -> StreamingResponse:
    """Open the original of a proof as the organiser, with a reason that stays on record."""
    return attachment(await proofs.open_original(follow_up_id, evidence_id, form))


@own.post("", dependencies=[anyone])
async def read_own_follow_up(form: OwnFollowUpIn, service: OwnFollowUps) -> FollowUpDetailOut:
    """Read with its code what an office is to do, and what it has reported."""
    return await service.read(form.code)


@own.post("/beginning", dependencies=[anyone, idempotent, can_be_rehearsed])
async def begin_own_follow_up(form: OwnBeginningIn, service: OwnFollowUps) -> EventFollowUpOut:
    """Report with its code that the responsible office has begun; no account is needed."""
    return await service.begin(form)


@own.post("/completion", dependencies=[anyone, idempotent, can_be_rehearsed])
async def complete_own_follow_up(form: OwnCompletionIn, service: OwnFollowUps) -> EventFollowUpOut:
    """Report with its code that a follow-up is done, with a link or in words as its proof."""
    return await service.complete(form)


@reminders.get("", response_model=Page[FollowUpReminderOut], dependencies=[may_read])
async def list_follow_up_reminders(
    wanted: Annotated[FollowUpReminderFilter, Query()], service: Reminders
) -> Found[FollowUpReminder]:
    """List the follow-ups that are nearly due, due, or late, newest first."""
    return await service.find(wanted)


@reminders.post("/{reminder_id}/reading", response_model=FollowUpReminderOut, dependencies=reports)
async def mark_follow_up_reminder_read(reminder_id: UUID, service: Reminders) -> FollowUpReminder:
    """Note that your office has read a reminder."""
    return await service.read(reminder_id)
