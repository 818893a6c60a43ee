from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.audit.service import Journal
from app.core.actors import Actor
from app.core.errors import ConflictingBody, Invalid, NotFound
from app.core.once import Done
from app.rakor.models.events import Event
from app.rakor.models.invitations import Invitation
from app.rakor.models.presence import CheckIn
from app.rakor.repository.events import EventRepository
from app.rakor.repository.invitations import InvitationRepository
from app.rakor.repository.presence import CheckInRepository, Seen
from app.rakor.rules.attendance import presence_of, totals_of
from app.rakor.rules.events import UNDER_WAY, check_stage
from app.rakor.schemas.attendance import (
    AttendanceOut,
    CheckInIn,
    CheckInOut,
    PresenceOut,
    WalkInOut,
)
from app.rakor.service.events import Organiser, unknown


class AttendanceService:
    """Who came to an event: check-ins from the door, and what they add up to."""

    def __init__(self, session: AsyncSession, actor: Actor, now: datetime) -> None:
        self.events = EventRepository(session, actor)
        self.invitations = InvitationRepository(session)
        self.check_ins = CheckInRepository(session)
        self.organiser = Organiser(self.events, actor)
        self.journal = Journal(session, actor, now)
        self.now = now

    async def check_in(
        self, event_id: UUID, check_in_id: UUID, form: CheckInIn
    ) -> Done[CheckInOut]:
        """Record it exactly once; a repeat gets the first answer, also after the event closed."""
        event = await self.organiser.take(event_id, lock=False)
        await self._check(event, form)
        check_in = _recorded(event, check_in_id, form, self.now)
        if not await self.check_ins.add(check_in):
            return Done(await self._repeated(check_in), first=False)
        check_stage(event.stage, UNDER_WAY)
        await self.journal.record("check_in.recorded", check_in, mode=check_in.mode)
        return Done(CheckInOut.model_validate(check_in), first=True)

    async def attendance(self, event_id: UUID) -> AttendanceOut:
        event = await self.events.get(event_id)
        seen = await self.check_ins.seen(event)
        items = [_presence(each, seen) for each in await self.invitations.of(event)]
        return AttendanceOut(
            event_id=event.id,
            invited=len(items),
            totals=totals_of(item.presence for item in items),
            items=items,
            walk_ins=[
                WalkInOut(office_name=office, post=post, first_at=first_at)
                for office, post, first_at in await self.check_ins.walk_ins(event)
            ],
        )

    async def _check(self, event: Event, form: CheckInIn) -> None:
        if form.session_id and not await self.events.has_session(event, form.session_id):
            raise Invalid(unknown("/session_id"))
        if form.invitation_id is None:
            return
        try:
            await self.invitations.get(event, form.invitation_id)
        except NotFound as missing:
            raise Invalid(unknown("/invitation_id")) from missing

    async def _repeated(self, again: CheckIn) -> CheckInOut:
        first = CheckInOut.model_validate(await self.check_ins.get(again.region_id, again.id))
        said = CheckInOut.model_validate(again)
        if said.model_copy(update={"recorded_at": first.recorded_at}) != first:
            raise ConflictingBody
        return first


def _recorded(event: Event, check_in_id: UUID, form: CheckInIn, now: datetime) -> CheckIn:
    return CheckIn(
        region_id=event.region_id,
        id=check_in_id,
        region_code=event.region_code,
        event_id=event.id,
        session_id=form.session_id,
        invitation_id=form.invitation_id,
        office_name=form.office_name,
        post=form.post,
        direction=form.direction,
        mode=form.mode,
        captured_at=form.captured_at,
        recorded_at=now,
        nonce=form.nonce,
    )


def _presence(invitation: Invitation, seen: Mapping[UUID, Seen]) -> PresenceOut:
    at_the_door = seen.get(invitation.id)
    modes = at_the_door.modes if at_the_door else ()
    return PresenceOut(
        invitation_id=invitation.id,
        office_id=invitation.office_id,
        office_name=invitation.office_name,
        region_code=invitation.region_code,
        post=invitation.post,
        role=invitation.role,
        answer=invitation.answer,
        presence=presence_of(invitation.answer, modes),
        first_at=at_the_door.first_at if at_the_door else None,
    )
