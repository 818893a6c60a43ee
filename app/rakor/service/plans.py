"""How a plan becomes an event, and what of it the invited plan by."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from app.core.places import Place
from app.rakor.models.events import Event, EventSession
from app.rakor.rules import events as rules
from app.rakor.schemas.events import SessionIn
from app.rakor.schemas.plans import EventPlan


@dataclass(frozen=True)
class Seat:
    """Who organises an event, the area that it is for, and the zone whose days it counts."""

    office_id: UUID
    office_name: str
    area: Place
    time_zone: str


def drafted(plan: EventPlan, seat: Seat, now: datetime) -> Event:
    event = Event(
        region_id=seat.area.region_id,
        region_code=seat.area.region_code,
        office_id=seat.office_id,
        office_name=seat.office_name,
        kinds=_once(plan.kinds),
        level=rules.level_of(seat.area.region_code),
        mode=plan.mode,
        title=plan.title,
        purpose=plan.purpose,
        venue=plan.venue,
        venue_region_code=plan.venue_region_code,
        starts_on=plan.starts_on,
        ends_on=plan.ends_on,
        time_zone=seat.time_zone,
        election_code=plan.election_code,
        is_stage=plan.is_stage,
        target_groups=_once(plan.target_groups),
        drafted_at=now,
    )
    _note(event, plan)
    return event


def change(event: Event, plan: EventPlan, zone: str) -> None:
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
    _note(event, plan)


def day_of(event: Event, session: EventSession | SessionIn) -> date:
    days = (event.starts_on, event.ends_on)
    return rules.check_session(session.starts_at, session.ends_at, days=days, zone=event.time_zone)


def is_moved(before: EventPlan, after: EventPlan) -> bool:
    """Whether title, time or place are others than the invited know; a link is a place too."""
    return _shown(before) != _shown(after)


def _shown(plan: EventPlan) -> tuple[object, ...]:
    place = (plan.mode, plan.venue, plan.venue_region_code, plan.online_link)
    return (plan.title, plan.starts_on, plan.ends_on, *place)


def _note(event: Event, plan: EventPlan) -> None:
    event.other_kind = plan.other_kind
    event.other_stage = plan.other_stage
    event.prevention_form = plan.prevention_form
    event.description = plan.description
    event.electoral_territory = plan.electoral_territory
    event.capacity = plan.capacity
    event.answers_due_on = plan.answers_due_on
    event.declaration_id = plan.declaration_id
    event.circular_id = plan.circular_id
    event.online_link = plan.online_link
    event.assignment_letter = plan.assignment_letter
    event.repository_link = plan.repository_link


def _once(chosen: Collection[str]) -> list[str]:
    return list(dict.fromkeys(chosen))
