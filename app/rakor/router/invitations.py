from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query

from app.core.paging import Found
from app.rakor.models.invitations import Invitation
from app.rakor.router.doors import acts, may_manage, may_read
from app.rakor.schemas.attendance import (
    AnsweredOut,
    AnswerIn,
    InvitationDetailOut,
    InvitationFilter,
    InvitationOut,
    InvitationsIn,
    IssuedOut,
)
from app.rakor.service.invitations import InvitationService
from app.web.clock import Now
from app.web.database import Keys, Session
from app.web.door import CurrentActor, anyone
from app.web.operation import rooms
from app.web.paging import Page

router = rooms("/events", "events")
answers = rooms("/invitation-answers", "events")


async def open_invitations(
    session: Session, actor: CurrentActor, now: Now, keys: Keys
) -> InvitationService:
    return InvitationService(session, actor, now, keys)


Invitations = Annotated[InvitationService, Depends(open_invitations)]


@router.post("/{event_id}/invitations", status_code=201, dependencies=acts)
async def invite_offices(event_id: UUID, form: InvitationsIn, service: Invitations) -> IssuedOut:
    """Invite posts in one or many offices; each gets a code with which it answers."""
    return await service.invite(event_id, form)


@router.get("/{event_id}/invitations", response_model=Page[InvitationOut], dependencies=[may_read])
async def list_invitations(
    event_id: UUID, wanted: Annotated[InvitationFilter, Query()], service: Invitations
) -> Found[Invitation]:
    """List the invitations of an event and their answers, newest first."""
    return await service.find(event_id, wanted)


@router.get("/{event_id}/invitations/{invitation_id}", dependencies=[may_manage])
async def read_invitation(
    event_id: UUID, invitation_id: UUID, service: Invitations
) -> InvitationDetailOut:
    """Read one invitation with the reason of who declined."""
    return await service.read(event_id, invitation_id)


@answers.post("", dependencies=[anyone])
async def answer_invitation(form: AnswerIn, service: Invitations) -> AnsweredOut:
    """Answer an invitation with its code, or change the answer; no account is needed."""
    return await service.answer(form)
