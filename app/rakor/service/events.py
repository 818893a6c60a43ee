from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.audit.service import Journal
from app.core.actors import Actor, ActorKind
from app.core.errors import Fault, Invalid, NotAllowed, Stale
from app.core.paging import Found
from app.core.places import Place, area_of
from app.core.texts import Text
from app.offices.models import Office
from app.rakor.models.events import Event
from app.rakor.repository.events import EventRepository
from app.rakor.repository.minutes import MinutesRepository
from app.rakor.repository.reports import ReportRepository
from app.rakor.rules import events as rules
from app.rakor.rules import plans as plan_rules
from app.rakor.rules.events import Level, Stage
from app.rakor.rules.mails import check_answers_due
from app.rakor.rules.minutes import MinutesNotApproved
from app.rakor.rules.prevention_forms import FormSubmitted
from app.rakor.schemas.events import EventDetailOut, EventFilter, EventOut, SessionOut
from app.rakor.schemas.plans import EventIn, EventPatch, EventPlan
from app.rakor.service import plans
from app.rakor.service.plans import Seat
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
        if not self._acts_for(office):
            raise NotAllowed(NOT_ORGANISER)
        return office

    async def is_of(self, office_id: UUID) -> bool:
        """Whether the actor is an officer who acts for this office; a system never does."""
        office = await self.events.office(office_id)
        is_officer = self.actor.kind is ActorKind.OFFICER
        return office is not None and is_officer and self._acts_for(office)

    def _acts_for(self, office: Office) -> bool:
        place = (office.id, office.region_code)
        return rules.may_organise(self.actor.area, self.actor.office_id, place)


class EventService:
    """What can be done with events: plan them, announce them, hold and report them."""

    def __init__(self, session: AsyncSession, actor: Actor, now: datetime) -> None:
        self.events = EventRepository(session, actor)
        self.minutes = MinutesRepository(session)
        self.reports = ReportRepository(session)
        self.organiser = Organiser(self.events, actor)
        self.journal = Journal(session, actor, now)
        self.queue = Queue(session, self.journal)
        self.actor = actor
        self.now = now

    async def draft(self, form: EventIn) -> Event:
        office = await self.organiser.check(form.office_id)
        area = await self._region(form.region_code or office.region_code, "/region_code")
        rules.check_area(area.code, area_of(office.region_code))
        zone = await self._check(form, rules.level_of(area.code))
        place = Place(area.placement_id, area.code)
        event = plans.drafted(form, Seat(office.id, office.name, place, zone), self.now)
        self.events.add(event)
        await self.journal.record("event.drafted", event, level=event.level)
        return event

    async def find(self, wanted: EventFilter) -> Found[Event]:
        return await self.events.find(wanted)

    async def describe(self, event_id: UUID) -> EventDetailOut:
        """The event with its run-down, and with what only the invited or the organiser see."""
        event = await self.events.get_open(event_id)
        sessions = await self.events.run_down(event)
        is_invited = self.actor.kind is ActorKind.OFFICER and await self.events.sees(event)
        is_own = is_invited and await self.organiser.is_of(event.office_id)
        return EventDetailOut(
            **dict(EventOut.model_validate(event)),
            sessions=[SessionOut.model_validate(session) for session in sessions],
            online_link=event.online_link if is_invited else None,
            assignment_letter=event.assignment_letter if is_own else None,
            repository_link=event.repository_link if is_own else None,
        )

    async def revise(self, event_id: UUID, version: int, patch: EventPatch) -> Event:
        """Change the plan while it lies ahead; what its form asks for, until that is submitted."""
        event = await self.organiser.take(event_id)
        if event.version != version:
            raise Stale
        await self._check_open(event, patch.model_fields_set)
        before = EventPlan.model_validate(event, from_attributes=True)
        plan = before.model_copy(update=patch.model_dump(exclude_unset=True))
        plans.change(event, plan, await self._check(plan, event.level))
        for session in await self.events.run_down(event):
            session.held_on = plans.day_of(event, session)
        is_news = plans.is_moved(before, plan)
        event.sequence = plan_rules.next_sequence(event.sequence, event.stage, is_news=is_news)
        await self._record(event, "event.revised")
        await self.queue.resize(event, before.capacity)
        await self.queue.bring_in(event)
        return event

    async def publish(self, event_id: UUID) -> Event:
        event = await self._take(event_id, Stage.PUBLISHED)
        event.published_at = self.now
        return await self._record(event, "event.published")

    async def hold(self, event_id: UUID) -> Event:
        event = await self._take(event_id, Stage.HELD)
        rules.check_begun(event.starts_on, event.time_zone, self.now)
        return await self._record(event, "event.held")

    async def report(self, event_id: UUID) -> Event:
        event = await self._take(event_id, Stage.REPORTED)
        minutes = await self.minutes.last(event)
        if minutes is None:
            raise rules.MinutesMissing
        if await self.minutes.approval(minutes) is None:
            raise MinutesNotApproved
        return await self._record(event, "event.reported")

    async def cancel(self, event_id: UUID, reason: str) -> Event:
        """Who hears of it in the same transaction finds the reason and the new sequence."""
        event = await self.organiser.take(event_id)
        event.sequence = plan_rules.next_sequence(event.sequence, event.stage, is_news=True)
        event.stage = rules.step(event.stage, Stage.CANCELLED)
        event.cancellation_reason = reason
        return await self._record(event, "event.cancelled")

    async def _check_open(self, event: Event, changed: set[str]) -> None:
        is_of_form = changed <= plan_rules.OF_FORM
        rules.check_stage(event.stage, rules.TO_COME | rules.OVER if is_of_form else rules.TO_COME)
        if await self.reports.submitted([event.id]):
            raise FormSubmitted

    async def _take(self, event_id: UUID, to: Stage) -> Event:
        event = await self.organiser.take(event_id)
        event.stage = rules.step(event.stage, to)
        return event

    async def _record(self, event: Event, action: str) -> Event:
        event.version += 1
        event.changed_at = self.now
        versions = {"version": event.version, "sequence": event.sequence}
        await self.journal.record(action, event, **versions)
        return event

    async def _check(self, plan: EventPlan, level: Level) -> str:
        """Hold the plan against the rules, and return the zone whose days it counts."""
        rules.check_kinds(plan.kinds, level)
        plan_rules.check_other_kind(plan.kinds, plan.other_kind)
        rules.check_venue(plan.mode, plan.venue)
        plan_rules.check_link(plan.mode, plan.online_link)
        plan_rules.check_capacity(plan.mode, plan.capacity)
        rules.check_days(plan.starts_on, plan.ends_on)
        check_answers_due(plan.answers_due_on, plan.starts_on)
        if plan.election_code and await self.events.election(plan.election_code) is None:
            raise Invalid(unknown("/election_code"))
        return (await self._region(plan.venue_region_code, "/venue_region_code")).time_zone

    async def _region(self, code: str, pointer: str) -> Region:
        region = await self.events.region(code)
        if region is None:
            raise Invalid(unknown(pointer))
        return region
