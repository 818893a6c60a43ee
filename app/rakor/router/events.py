from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query, Response

from app.core.paging import Found
from app.rakor.models.events import Event
from app.rakor.router.doors import MERGE_PATCH, acts, changes
from app.rakor.schemas.events import (
    CancellationIn,
    EventDetailOut,
    EventFilter,
    EventOut,
)
from app.rakor.schemas.plans import EventIn, EventPatch
from app.rakor.service.events import EventService
from app.web.clock import Now
from app.web.database import Session
from app.web.door import CurrentActor, anyone
from app.web.etags import IfMatch, tagged
from app.web.operation import rooms
from app.web.paging import Page

router = rooms("/events", "events")


async def open_events(session: Session, actor: CurrentActor, now: Now) -> EventService:
    return EventService(session, actor, now)


Events = Annotated[EventService, Depends(open_events)]


@router.post("", status_code=201, response_model=EventOut, dependencies=acts)
async def draft_event(form: EventIn, service: Events, response: Response) -> Event:
    """Draft an event of one's own office, or of an office in one's area."""
    return tagged(response, await service.draft(form))


@router.get("", response_model=Page[EventOut], dependencies=[anyone])
async def list_events(wanted: Annotated[EventFilter, Query()], service: Events) -> Found[Event]:
    """List the published events, newest first; officers also see the drafts of their area."""
    return await service.find(wanted)


@router.get("/{event_id}", dependencies=[anyone])
async def read_event(event_id: UUID, service: Events, response: Response) -> EventDetailOut:
    """Read one event with its run-down; its link is there for those who were invited."""
    return tagged(response, await service.describe(event_id))


@router.patch("/{event_id}", response_model=EventOut, dependencies=changes)
async def revise_event(
    event_id: UUID,
    version: IfMatch,
    patch: Annotated[EventPatch, MERGE_PATCH],
    service: Events,
    response: Response,
) -> Event:
    """Change the plan of an event that lies ahead.

    What the Form Pencegahan alone asks for (its form, the description, another stage, the letter
    of assignment, the repository link, the electoral territory) can be told until that is
    submitted.
    """
    return tagged(response, await service.revise(event_id, version, patch))


@router.post("/{event_id}/publication", response_model=EventOut, dependencies=acts)
async def publish_event(event_id: UUID, service: Events, response: Response) -> Event:
    """Publish a draft: from now on everybody can see the event."""
    return tagged(response, await service.publish(event_id))


@router.post("/{event_id}/holding", response_model=EventOut, dependencies=acts)
async def hold_event(event_id: UUID, service: Events, response: Response) -> Event:
    """Record that an event was held; its first day has come at the venue."""
    return tagged(response, await service.hold(event_id))


@router.post("/{event_id}/reporting", response_model=EventOut, dependencies=acts)
async def report_event(event_id: UUID, service: Events, response: Response) -> Event:
    """Record that an event was reported; the chair has approved its minutes."""
    return tagged(response, await service.report(event_id))


@router.post("/{event_id}/cancellation", response_model=EventOut, dependencies=acts)
async def cancel_event(
    event_id: UUID, form: CancellationIn, service: Events, response: Response
) -> Event:
    """Cancel an event that was not held; a published one stays visible with the reason."""
    return tagged(response, await service.cancel(event_id, form.reason))
