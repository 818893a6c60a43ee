from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.audit.service import Journal
from app.circulars.models import Circular
from app.circulars.repository.circulars import CircularRepository
from app.core.actors import Actor
from app.core.crypto import Keyring
from app.core.errors import Invalid, NotFound
from app.prevention.models.gatherings import ExplainedCircular
from app.prevention.repository.gatherings import (
    GatheringRepository,
    InvitedTargetRepository,
    Reached,
    Signed,
)
from app.prevention.rules import gatherings as rules
from app.prevention.schemas.gatherings import (
    ExplainedIn,
    GatheringOut,
    JoinedCircularOut,
    JoinedDeclarationOut,
)
from app.rakor.models.events import Event
from app.rakor.repository.events import EventRepository
from app.rakor.service.events import Organiser, unknown
from app.rakor.service.presence import AttendanceService


class GatheringService:
    """An event with its declarations and circulars, together."""

    def __init__(self, session: AsyncSession, actor: Actor, now: datetime, keys: Keyring) -> None:
        self.events = EventRepository(session, actor)
        self.joined = GatheringRepository(session, actor)
        self.targets = InvitedTargetRepository(session)
        self.known = CircularRepository(session, actor)
        self.presence = AttendanceService(session, actor, now, keys)
        self.organiser = Organiser(self.events, actor)
        self.journal = Journal(session, actor, now)
        self.now = now

    async def read(self, event_id: UUID) -> GatheringOut:
        event = await self.events.get(event_id)
        attendance = await self.presence.attendance(event.id)
        return GatheringOut(
            event_id=event.id,
            title=event.title,
            stage=event.stage,
            starts_on=event.starts_on,
            ends_on=event.ends_on,
            invited=attendance.invited,
            presence=attendance.totals,
            declarations=await self._declarations(event),
            circulars=await self._circulars(event),
        )

    async def explain(self, event_id: UUID, form: ExplainedIn) -> ExplainedCircular:
        """Name a circular that is explained there."""
        event = await self.organiser.take(event_id)
        circular = await self._known(form.circular_id)
        if await self._is_explained(event, circular.id):
            raise rules.AlreadyExplained
        if await self.joined.count_explained(event) >= rules.MOST_EXPLAINED:
            raise rules.TooManyExplained
        row = ExplainedCircular(event_id=event.id, circular_id=circular.id, joined_at=self.now)
        self.joined.add(row)
        await self.journal.record("event.circular_joined", event, circular=str(circular.id))
        return row

    async def leave_out(self, event_id: UUID, circular_id: UUID) -> ExplainedCircular:
        event = await self.organiser.take(event_id)
        row = await self.joined.explained(event, circular_id)
        if row is None:
            raise NotFound
        await self.joined.take_off(row)
        await self.journal.record("event.circular_left_out", event, circular=str(circular_id))
        return row

    async def _known(self, circular_id: UUID) -> Circular:
        try:
            return await self.known.get_open(circular_id)
        except NotFound as missing:
            raise Invalid(unknown("/circular_id")) from missing

    async def _is_explained(self, event: Event, circular_id: UUID) -> bool:
        named = event.circular_id == circular_id
        return named or await self.joined.explained(event, circular_id) is not None

    async def _declarations(self, event: Event) -> list[JoinedDeclarationOut]:
        found = await self.joined.declarations(event)
        coverage = await self.joined.coverage([each.id for each in found])
        invited = await self.targets.count(event.id)
        none = Signed(0, 0)
        return [
            JoinedDeclarationOut(
                id=each.id,
                title=each.title,
                status=each.status,
                held_on=each.held_on,
                targets=coverage.get(each.id, none).targets,
                signed=coverage.get(each.id, none).signed,
                invited=invited.get(each.id, 0),
            )
            for each in found
        ]

    async def _circulars(self, event: Event) -> list[JoinedCircularOut]:
        found = await self.known.readable(await self.joined.circular_ids(event))
        reach = await self.joined.reach([each.id for each in found], self.now)
        return [_circular(each, reach.get(each.id, Reached(0, 0, 0))) for each in found]


def _circular(circular: Circular, reached: Reached) -> JoinedCircularOut:
    return JoinedCircularOut(
        id=circular.id,
        number=circular.number,
        dated_on=circular.dated_on,
        subject=circular.subject,
        state=circular.state,
        addressed=reached.addressed,
        acknowledged=reached.acknowledged,
        overdue=reached.overdue,
    )
