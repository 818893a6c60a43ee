from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.audit.service import Journal
from app.core.actors import Actor
from app.core.errors import Fault, Invalid, NotAllowed, Stale
from app.core.paging import Found
from app.core.places import area_of
from app.core.texts import Text
from app.offices.models import Office
from app.rakor.models.events import Event, EventSession
from app.rakor.repository.events import EventRepository
from app.rakor.repository.minutes import MinutesRepository
from app.rakor.rules import events as rules
from app.rakor.rules.events import Level, Stage
from app.rakor.schemas.events import (
    EventDetailOut,
    EventFilter,
    EventIn,
    EventOut,
    EventPatch,
    EventPlan,
    SessionIn,
    SessionOut,
)
from app.rakor.service.queue import Queue
from app.regions.models import Region

NOT_ORGANISER = Text(
    "Hanya penyelenggara, atau kantor di atasnya, yang dapat melakukan ini.",
    "Only the organiser, or an office above it, may do this.",
)
UNKNOWN = Text("Tidak ada yang bertanda seperti ini.", "There is nothing of this id or code.")


def unknown(pointer: str) -> Fault:
    return Fault(pointer, "unknown", UNKNOWN)


class Organiser:
    """Lets only those work on an event who act for its organiser."""

    def __init__(self, events: EventRepository, actor: Actor) -> None:
        self.events = events
        self.actor = actor

    async def take(self, event_id: UUID, *, lock: bool = True) -> Event:
        """The event; whoever was merely invited sees it, and may not touch it."""
        event = await self.events.get(event_id, lock=lock)
        await self.check(event.office_id)
        return event

    async def check(self, office_id: UUID) -> Office:
        office = await self.events.office(office_id)
        if office is None:
            raise Invalid(unknown("/office_id"))
        place = (office.id, office.region_code)
        if not rules.may_organise(self.actor.area, self.actor.office_id, place):
            raise NotAllowed(NOT_ORGANISER)
        return office


class EventService:
    """What can be done with events: plan them, announce them, hold and report them."""

    def __init__(self, session: AsyncSession, actor: Actor, now: datetime) -> None:
        self.events = EventRepository(session, actor)
        self.minutes = MinutesRepository(session)
        self.organiser = Organiser(self.events, actor)
        self.journal = Journal(session, actor, now)
        self.queue = Queue(session, self.journal)
        self.now = now

    async def draft(self, form: EventIn) -> Event:
        office = await self.organiser.check(form.office_id)
        area = await self._region(form.region_code or office.region_code, "/region_code")
        rules.check_area(area.code, area_of(office.region_code))
        zone = await self._check(form, rules.level_of(area.code))
        event = _drafted(form, office, area, zone, self.now)
        self.events.add(event)
        await self.journal.record("event.drafted", event, level=event.level)
        return event

    async def find(self, wanted: EventFilter) -> Found[Event]:
        return await self.events.find(wanted)

    async def describe(self, event_id: UUID) -> EventDetailOut:
        event = await self.events.get_open(event_id)
        sessions = await self.events.run_down(event)
        return EventDetailOut(
            **dict(EventOut.model_validate(event)),
            sessions=[SessionOut.model_validate(session) for session in sessions],
        )

    async def revise(self, event_id: UUID, version: int, patch: EventPatch) -> Event:
        event = await self.organiser.take(event_id)
        if event.version != version:
            raise Stale
        rules.check_stage(event.stage, rules.TO_COME)
        capacity = event.capacity
        before = EventPlan.model_validate(event, from_attributes=True)
        plan = before.model_copy(update=patch.model_dump(exclude_unset=True))
        _apply(event, plan, await self._check(plan, event.level))
        for session in await self.events.run_down(event):
            session.held_on = _day(event, session)
        event.version += 1
        await self.journal.record("event.revised", event, version=event.version)
        await self.queue.grow(event, capacity)
        return event

    async def publish(self, event_id: UUID) -> Event:
        event = await self._step(event_id, Stage.PUBLISHED)
        event.published_at = self.now
        return event

    async def hold(self, event_id: UUID) -> Event:
        event = await self._step(event_id, Stage.HELD)
        rules.check_begun(event.starts_on, event.time_zone, self.now)
        return event

    async def report(self, event_id: UUID) -> Event:
        event = await self._step(event_id, Stage.REPORTED)
        if await self.minutes.last(event) is None:
            raise rules.MinutesMissing
        return event

    async def cancel(self, event_id: UUID, reason: str) -> Event:
        event = await self._step(event_id, Stage.CANCELLED)
        event.cancellation_reason = reason
        return event

    async def add_session(self, event_id: UUID, form: SessionIn) -> EventSession:
        event = await self.organiser.take(event_id)
        rules.check_stage(event.stage, rules.TO_COME)
        session = EventSession(
            event_id=event.id,
            held_on=_day(event, form),
            starts_at=form.starts_at,
            ends_at=form.ends_at,
            title=form.title,
            contributors=[each.model_dump(mode="json") for each in form.contributors],
        )
        self.events.add(session)
        event.version += 1
        await self.journal.record("event.session_added", event, session=str(session.id))
        return session

    async def _step(self, event_id: UUID, to: Stage) -> Event:
        event = await self.organiser.take(event_id)
        event.stage = rules.step(event.stage, to)
        event.version += 1
        await self.journal.record(f"event.{to}", event)
        return event

    async def _check(self, plan: EventPlan, level: Level) -> str:
        """Hold the plan against the rules, and return the zone whose days it counts."""
        rules.check_kinds(plan.kinds, level)
        rules.check_venue(plan.mode, plan.venue)
        rules.check_days(plan.starts_on, plan.ends_on)
        if plan.election_code and await self.events.election(plan.election_code) is None:
            raise Invalid(unknown("/election_code"))
        return (await self._region(plan.venue_region_code, "/venue_region_code")).time_zone

    async def _region(self, code: str, pointer: str) -> Region:
        region = await self.events.region(code)
        if region is None:
            raise Invalid(unknown(pointer))
        return region


def _drafted(form: EventIn, office: Office, area: Region, zone: str, now: datetime) -> Event:
    return Event(
        region_id=area.placement_id,
        region_code=area.code,
        office_id=office.id,
        office_name=office.name,
        kinds=_once(form.kinds),
        level=rules.level_of(area.code),
        mode=form.mode,
        title=form.title,
        purpose=form.purpose,
        venue=form.venue,
        venue_region_code=form.venue_region_code,
        starts_on=form.starts_on,
        ends_on=form.ends_on,
        time_zone=zone,
        election_code=form.election_code,
        is_stage=form.is_stage,
        target_groups=_once(form.target_groups),
        drafted_at=now,
    )


def _apply(event: Event, plan: EventPlan, zone: str) -> None:
    event.kinds = _once(plan.kinds)
    event.mode = plan.mode
    event.title = plan.title
    event.purpose = plan.purpose
    event.venue = plan.venue
    event.venue_region_code = plan.venue_region_code
    event.starts_on = plan.starts_on
    event.ends_on = plan.ends_on
    event.time_zone = zone
    event.election_code = plan.election_code
    event.is_stage = plan.is_stage
    event.target_groups = _once(plan.target_groups)


def _once(chosen: Collection[str]) -> list[str]:
    return list(dict.fromkeys(chosen))


def _day(event: Event, session: EventSession | SessionIn) -> date:
    days = (event.starts_on, event.ends_on)
    return rules.check_session(session.starts_at, session.ends_at, days=days, zone=event.time_zone)
