from typing import Annotated
from uuid import UUID

from app.rakor.router.doors import acts
from app.rakor.schemas.copies import CopiesIn, CopiesOut, RepeatedIn
from app.rakor.schemas.invitations import IssuedOut
from app.rakor.service.copies import CopyService
from app.web.opening import opened
from app.web.operation import rooms

router = rooms("/events/{event_id}", "events")

Copies = Annotated[CopyService, opened(CopyService)]


@router.post("/copies", status_code=201, dependencies=acts)
async def copy_event(event_id: UUID, form: CopiesIn, copies: Copies) -> CopiesOut:
    """Draft an event again, with its run-down, for other days; all of them are a series."""
    return await copies.copy(event_id, form)


@router.post("/repeated-invitations", status_code=201, dependencies=acts)
async def invite_again(event_id: UUID, form: RepeatedIn, copies: Copies) -> IssuedOut:
    """Invite to a copy whom the event before invited; nobody is invited twice."""
    return await copies.invite_again(event_id, form)
