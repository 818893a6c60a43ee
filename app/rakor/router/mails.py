"""What became of the e-mail to the invited."""

from typing import Annotated
from uuid import UUID

from fastapi import Query

from app.core.paging import Found
from app.rakor.models.mails import InvitationMail
from app.rakor.router.doors import may_manage
from app.rakor.schemas.mails import InvitationMailFilter, InvitationMailOut
from app.rakor.service.mails import MailService
from app.web.opening import opened
from app.web.operation import rooms
from app.web.paging import Page

router = rooms("/events/{event_id}/invitation-mails", "events")

Mails = Annotated[MailService, opened(MailService)]


@router.get("", response_model=Page[InvitationMailOut], dependencies=[may_manage])
async def list_invitation_mails(
    event_id: UUID, wanted: Annotated[InvitationMailFilter, Query()], service: Mails
) -> Found[InvitationMail]:
    """List the letters that were sent to the invited by e-mail, or could not be, newest first.

    Without a mail server they wait for one.
    """
    return await service.find(event_id, wanted)
