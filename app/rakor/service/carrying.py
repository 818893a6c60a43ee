from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.audit.service import Journal
from app.core.actors import Actor
from app.core.crypto import Keyring
from app.core.paging import Found
from app.rakor.models.events import Event
from app.rakor.models.followups import CarriedFollowUp, EventFollowUp
from app.rakor.repository.events import EventRepository
from app.rakor.repository.followups import FollowUpRepository
from app.rakor.rules import followups as rules
from app.rakor.schemas.carrying import CarriedFilter, CarriedListOut, CarriedOut, CarryingIn
from app.rakor.service.events import Organiser
from app.rakor.service.progress import told
from app.rakor.service.sessions import RunDownService


class CarryingService:
    """What was not finished comes onto the agenda of a later event, and keeps its link."""

    def __init__(self, session: AsyncSession, actor: Actor, now: datetime, _: Keyring) -> None:
        self.session = session
        self.events = EventRepository(session, actor)
        self.follow_ups = FollowUpRepository(session, actor)
        self.organiser = Organiser(self.events, actor)
        self.run_down = RunDownService(session, actor, now)
        self.journal = Journal(session, actor, now)
        self.now = now

    async def carry(self, event_id: UUID, form: CarryingIn) -> CarriedListOut:
        """Add one session, and to it all that earlier events left unfinished."""
        later = await self.organiser.take(event_id)
        earlier = [await self.events.get(each) for each in form.from_event_ids]
        rules.check_earlier([each.starts_on for each in earlier], later.starts_on)
        found = await self.follow_ups.unfinished_of([each.id for each in earlier], later)
        if not found:
            raise rules.NothingToCarry
        added = await self.run_down.add(later.id, form.session)
        await self.session.flush()
        return CarriedListOut(items=await self._carry(later, added.id, found))

    async def find(self, event_id: UUID, wanted: CarriedFilter) -> Found[CarriedOut]:
        found = await self.follow_ups.carried(await self.events.get(event_id), wanted)
        of = await self.follow_ups.each([each.follow_up_id for each in found.items])
        items = [_out(each, of[each.follow_up_id], self.now) for each in found.items]
        return Found(items, found.next_cursor, found.total)

    async def _carry(
        self, later: Event, session_id: UUID, found: Sequence[EventFollowUp]
    ) -> list[CarriedOut]:
        carried = [
            CarriedFollowUp(
                event_id=later.id,
                session_id=session_id,
                follow_up_id=each.id,
                carried_at=self.now,
            )
            for each in found
        ]
        self.follow_ups.add(*carried)
        await self.journal.record_each("follow_up.carried", found, event=str(later.id))
        pairs = zip(carried, found, strict=True)
        return [_out(each, follow_up, self.now) for each, follow_up in pairs]


def _out(carried: CarriedFollowUp, follow_up: EventFollowUp, now: datetime) -> CarriedOut:
    return CarriedOut(
        event_id=carried.event_id,
        session_id=carried.session_id,
        carried_at=carried.carried_at,
        follow_up=told(follow_up, now),
    )
