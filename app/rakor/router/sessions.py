from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query, Response

from app.core.paging import Found, Slice
from app.rakor.models.events import EventSession
from app.rakor.router.doors import MERGE_PATCH, acts, changes
from app.rakor.schemas.events import SessionIn, SessionOut, SessionPatch
from app.rakor.service.sessions import RunDownService
from app.web.clock import Now
from app.web.database import Session
from app.web.door import CurrentActor, anyone
from app.web.etags import IfMatch, tagged
from app.web.operation import rooms
from app.web.paging import Page

router = rooms("/events/{event_id}/sessions", "events")


async def open_run_down(session: Session, actor: CurrentActor, now: Now) -> RunDownService:
    return RunDownService(session, actor, now)


RunDown = Annotated[RunDownService, Depends(open_run_down)]


@dataclass(frozen=True)
class SessionPath:
    """Which session of which event."""

    event_id: UUID
    session_id: UUID


Place = Annotated[SessionPath, Depends()]


@router.post("", status_code=201, response_model=SessionOut, dependencies=acts)
async def add_session(
    event_id: UUID, form: SessionIn, run_down: RunDown, response: Response
) -> EventSession:
    """Add a session to the run-down of an event."""
    return tagged(response, await run_down.add(event_id, form))


@router.get("", response_model=Page[SessionOut], dependencies=[anyone])
async def list_sessions(
    event_id: UUID, wanted: Annotated[Slice, Query()], run_down: RunDown
) -> Found[EventSession]:
    """List the run-down of an event, in the order of the day."""
    return await run_down.find(event_id, wanted)


@router.patch("/{session_id}", response_model=SessionOut, dependencies=changes)
async def revise_session(
    place: Place,
    version: IfMatch,
    patch: Annotated[SessionPatch, MERGE_PATCH],
    run_down: RunDown,
    response: Response,
) -> EventSession:
    """Change a session while its event lies ahead."""
    return tagged(response, await run_down.revise(place.event_id, place.session_id, version, patch))


@router.delete("/{session_id}", response_model=SessionOut, dependencies=changes)
async def remove_session(place: Place, run_down: RunDown) -> EventSession:
    """Take a session out of the run-down, until somebody was seen, or a device took it along."""
    return await run_down.remove(place.event_id, place.session_id)
