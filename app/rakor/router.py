from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Body, Depends, Query, Response

from app.core.actors import Permission
from app.core.paging import Found
from app.rakor.models import Event, EventSession, Invitation
from app.rakor.schemas.attendance import (
    AnsweredOut,
    AnswerIn,
    AttendanceOut,
    CheckInIn,
    CheckInOut,
    InvitationDetailOut,
    InvitationFilter,
    InvitationOut,
    InvitationsIn,
    IssuedOut,
)
from app.rakor.schemas.events import (
    CancellationIn,
    EventDetailOut,
    EventFilter,
    EventIn,
    EventOut,
    EventPatch,
    SessionIn,
    SessionOut,
)
from app.rakor.schemas.minutes import MinutesIn, MinutesOut, MinutesPatch
from app.rakor.service.attendance import AttendanceService
from app.rakor.service.events import EventService
from app.rakor.service.invitations import InvitationService
from app.rakor.service.minutes import MinutesService
from app.web.clock import Now
from app.web.database import Keys, Session
from app.web.door import CurrentActor, anyone, needs
from app.web.etags import IfMatch, tagged
from app.web.idempotency import idempotent
from app.web.operation import rooms
from app.web.outcome import REPEATABLE, Told
from app.web.paging import Page
from app.web.rehearsal import can_be_rehearsed

router = APIRouter()
events = rooms("/events", "events")
answers = rooms("/invitation-answers", "events")

may_read = needs(Permission.READ_EVENTS)
may_manage = needs(Permission.MANAGE_EVENTS)
acts = [may_manage, idempotent, can_be_rehearsed]
changes = [may_manage, can_be_rehearsed]

MERGE_PATCH = Body(media_type="application/merge-patch+json")


async def open_events(session: Session, actor: CurrentActor, now: Now) -> EventService:
    return EventService(session, actor, now)


async def open_invitations(
    session: Session, actor: CurrentActor, now: Now, keys: Keys
) -> InvitationService:
    return InvitationService(session, actor, now, keys)


async def open_attendance(session: Session, actor: CurrentActor, now: Now) -> AttendanceService:
    return AttendanceService(session, actor, now)


async def open_minutes(
    session: Session, actor: CurrentActor, now: Now, keys: Keys
) -> MinutesService:
    return MinutesService(session, actor, now, keys)


Events = Annotated[EventService, Depends(open_events)]
Invitations = Annotated[InvitationService, Depends(open_invitations)]
Attendance = Annotated[AttendanceService, Depends(open_attendance)]
MinutesDesk = Annotated[MinutesService, Depends(open_minutes)]


@events.post("", status_code=201, response_model=EventOut, dependencies=acts)
async def draft_event(form: EventIn, service: Events, response: Response) -> Event:
    """Draft an event of one's own office, or of an office in one's area."""
    return tagged(response, await service.draft(form))


@events.get("", response_model=Page[EventOut], dependencies=[anyone])
async def list_events(wanted: Annotated[EventFilter, Query()], service: Events) -> Found[Event]:
    """List the published events, newest first; officers also see the drafts of their area."""
    return await service.find(wanted)


@events.get("/{event_id}", dependencies=[anyone])
async def read_event(event_id: UUID, service: Events, response: Response) -> EventDetailOut:
    """Read one event with its run-down."""
    return tagged(response, await service.describe(event_id))


@events.patch("/{event_id}", response_model=EventOut, dependencies=changes)
async def revise_event(
    event_id: UUID,
    version: IfMatch,
    patch: Annotated[EventPatch, MERGE_PATCH],
    service: Events,
    response: Response,
) -> Event:
    """Change the plan of an event that lies ahead."""
    return tagged(response, await service.revise(event_id, version, patch))


@events.post("/{event_id}/publication", response_model=EventOut, dependencies=acts)
async def publish_event(event_id: UUID, service: Events, response: Response) -> Event:
    """Publish a draft: from now on everybody can see the event."""
    return tagged(response, await service.publish(event_id))


@events.post("/{event_id}/holding", response_model=EventOut, dependencies=acts)
async def hold_event(event_id: UUID, service: Events, response: Response) -> Event:
    """Record that an event was held; its first day has come at the venue."""
    return tagged(response, await service.hold(event_id))


@events.post("/{event_id}/reporting", response_model=EventOut, dependencies=acts)
async def report_event(event_id: UUID, service: Events, response: Response) -> Event:
    """Record that an event was reported; its minutes are written."""
    return tagged(response, await service.report(event_id))


@events.post("/{event_id}/cancellation", response_model=EventOut, dependencies=acts)
async def cancel_event(
    event_id: UUID, form: CancellationIn, service: Events, response: Response
) -> Event:
    """Cancel an event that was not held; a published one stays visible with the reason."""
    return tagged(response, await service.cancel(event_id, form.reason))


@events.post("/{event_id}/sessions", status_code=201, response_model=SessionOut, dependencies=acts)
async def add_session(event_id: UUID, form: SessionIn, service: Events) -> EventSession:
    """Add a session to the run-down of an event."""
    return await service.add_session(event_id, form)


@events.post("/{event_id}/invitations", status_code=201, dependencies=acts)
async def invite_offices(event_id: UUID, form: InvitationsIn, service: Invitations) -> IssuedOut:
    """Invite posts in one or many offices; each gets a code with which it answers."""
    return await service.invite(event_id, form)


@events.get("/{event_id}/invitations", response_model=Page[InvitationOut], dependencies=[may_read])
async def list_invitations(
    event_id: UUID, wanted: Annotated[InvitationFilter, Query()], service: Invitations
) -> Found[Invitation]:
    """List the invitations of an event and their answers, newest first."""
    return await service.find(event_id, wanted)


@events.get("/{event_id}/invitations/{invitation_id}", dependencies=[may_manage])
async def read_invitation(
    event_id: UUID, invitation_id: UUID, service: Invitations
) -> InvitationDetailOut:
    """Read one invitation with the reason of who declined."""
    return await service.read(event_id, invitation_id)


@answers.post("", dependencies=[anyone])
async def answer_invitation(form: AnswerIn, service: Invitations) -> AnsweredOut:
    """Answer an invitation with its code, or change the answer; no account is needed."""
    return await service.answer(form)


@events.put(
    "/{event_id}/check-ins/{check_in_id}",
    status_code=201,
    responses=REPEATABLE,
    dependencies=changes,
)
async def put_check_in(
    event_id: UUID, check_in_id: UUID, form: CheckInIn, service: Attendance, told: Told
) -> CheckInOut:
    """Record a check-in under an id made by the device; repeat it until an answer arrives."""
    return told.of(await service.check_in(event_id, check_in_id, form))


@events.get("/{event_id}/attendance", dependencies=[may_read])
async def read_attendance(event_id: UUID, service: Attendance) -> AttendanceOut:
    """Read who was present, represented, excused or absent, office by office."""
    return await service.attendance(event_id)


@events.post("/{event_id}/minutes", status_code=201, dependencies=acts)
async def write_minutes(
    event_id: UUID, form: MinutesIn, service: MinutesDesk, response: Response
) -> MinutesOut:
    """Write the first minutes of an event."""
    return tagged(response, await service.write(event_id, form))


@events.patch("/{event_id}/minutes", dependencies=changes)
async def revise_minutes(
    event_id: UUID,
    version: IfMatch,
    patch: Annotated[MinutesPatch, MERGE_PATCH],
    service: MinutesDesk,
    response: Response,
) -> MinutesOut:
    """Revise the minutes; the revision before is kept."""
    return tagged(response, await service.revise(event_id, version, patch))


@events.get("/{event_id}/minutes", dependencies=[may_read])
async def read_minutes(event_id: UUID, service: MinutesDesk, response: Response) -> MinutesOut:
    """Read the minutes in their last revision; the reading is journalled."""
    return tagged(response, await service.read(event_id))


router.include_router(events)
router.include_router(answers)
