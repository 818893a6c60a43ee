"""The letters of duty of deputies, which come by `/uploads`."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends
from fastapi.responses import StreamingResponse

from app.evidence.router.doors import OpenDepot
from app.evidence.router.downloads import DOWNLOADS, attachment
from app.evidence.schemas.custody import OpeningIn
from app.rakor.router.doors import changes
from app.rakor.service.duty_letters import DutyLetterService
from app.web.clock import Now
from app.web.database import Keys, Session
from app.web.door import CurrentActor
from app.web.operation import rooms

router = rooms("/events/{event_id}/invitations/{invitation_id}/duty-letters", "events")


async def open_letters(
    session: Session, actor: CurrentActor, now: Now, keys: Keys, depot: OpenDepot
) -> DutyLetterService:
    return DutyLetterService(session, actor, now, keys, depot.objects)


Letters = Annotated[DutyLetterService, Depends(open_letters)]


@router.post(
    "/{evidence_id}/openings",
    response_class=StreamingResponse,
    responses=DOWNLOADS,
    dependencies=changes,
)
async def open_duty_letter(
    event_id: UUID, invitation_id: UUID, evidence_id: UUID, form: OpeningIn, letters: Letters
) -> StreamingResponse:
    """Open a deputy's letter of duty as the organiser, with a reason that stays on record.

    It comes by `/uploads` with `invitation_id`, once the office has answered that it sends a
    deputy: from its own account, or from the organiser who got it on paper.
    """
    return attachment(await letters.open(event_id, invitation_id, evidence_id, form))
