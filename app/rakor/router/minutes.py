from typing import Annotated
from uuid import UUID

from fastapi import Depends, Response

from app.rakor.router.doors import MERGE_PATCH, acts, changes, may_read
from app.rakor.schemas.minutes import MinutesIn, MinutesOut, MinutesPatch
from app.rakor.service.minutes import MinutesService
from app.web.clock import Now
from app.web.database import Keys, Session
from app.web.door import CurrentActor
from app.web.etags import IfMatch, tagged
from app.web.operation import rooms

router = rooms("/events", "events")


async def open_minutes(
    session: Session, actor: CurrentActor, now: Now, keys: Keys
) -> MinutesService:
    return MinutesService(session, actor, now, keys)


MinutesDesk = Annotated[MinutesService, Depends(open_minutes)]


@router.post("/{event_id}/minutes", status_code=201, dependencies=acts)
async def write_minutes(
    event_id: UUID, form: MinutesIn, service: MinutesDesk, response: Response
) -> MinutesOut:
    """Write the first minutes of an event."""
    return tagged(response, await service.write(event_id, form))


@router.patch("/{event_id}/minutes", dependencies=changes)
async def revise_minutes(
    event_id: UUID,
    version: IfMatch,
    patch: Annotated[MinutesPatch, MERGE_PATCH],
    service: MinutesDesk,
    response: Response,
) -> MinutesOut:
    """Revise the minutes; the revision before is kept."""
    return tagged(response, await service.revise(event_id, version, patch))


@router.get("/{event_id}/minutes", dependencies=[may_read])
async def read_minutes(event_id: UUID, service: MinutesDesk, response: Response) -> MinutesOut:
    """Read the minutes in their last revision; the reading is journalled."""
    return tagged(response, await service.read(event_id))
