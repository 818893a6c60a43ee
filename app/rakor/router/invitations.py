from typing import Annotated
from uuid import UUID

from fastapi import Query

from app.core.paging import Found
from app.rakor.router.doors import acts, may_manage, may_read
from app.rakor.schemas.answers import (
    AnsweredOut,
    AnswerIn,
    InvitationLookupIn,
    OwnInvitationOut,
)
from app.rakor.schemas.invitations import (
    InvitationDetailOut,
    InvitationFilter,
    InvitationOut,
    InvitationPreviewOut,
    InvitationsIn,
    IssuedInvitationOut,
    IssuedOut,
    ReissueIn,
)
from app.rakor.service.answers import AnswerService
from app.rakor.service.invitations import InvitationService
from app.web.door import anyone
from app.web.opening import opened
from app.web.operation import rooms
from app.web.paging import Page

router = rooms("/events", "events")
answers = rooms("/invitation-answers", "events")

Invitations = Annotated[InvitationService, opened(InvitationService)]
Answers = Annotated[AnswerService, opened(AnswerService)]


@router.post("/{event_id}/invitations", status_code=201, dependencies=acts)
async def invite_offices(event_id: UUID, form: InvitationsIn, service: Invitations) -> IssuedOut:
    """Invite posts in offices, one by one or by region and category; each gets its own code.

    A group invites the post of its category in every region within the one that it names: every
    camat of 13.03, every Sekda where an election is held. Whom it invited before, it leaves out.
    """
    return await service.invite(event_id, form)


@router.post("/{event_id}/invitations/preview", dependencies=[may_manage])
async def preview_invitations(
    event_id: UUID, form: InvitationsIn, service: Invitations
) -> InvitationPreviewOut:
    """Count whom a letter would invite, group by group; nothing is done."""
    return await service.preview(event_id, form)


@router.get("/{event_id}/invitations", response_model=Page[InvitationOut], dependencies=[may_read])
async def list_invitations(
    event_id: UUID, wanted: Annotated[InvitationFilter, Query()], service: Invitations
) -> Found[InvitationOut]:
    """List the invitations of an event, their answers and who waits for a seat, newest first."""
    return await service.find(event_id, wanted)


@router.get("/{event_id}/invitations/{invitation_id}", dependencies=[may_manage])
async def read_invitation(
    event_id: UUID, invitation_id: UUID, service: Invitations
) -> InvitationDetailOut:
    """Read one invitation with its address, the deputy's name, or the reason of who declined."""
    return await service.read(event_id, invitation_id)


@router.post("/{event_id}/invitations/{invitation_id}/reissue", dependencies=acts)
async def reissue_invitation(
    event_id: UUID, invitation_id: UUID, form: ReissueIn, service: Invitations
) -> IssuedInvitationOut:
    """Give an invitation a new code, to be sent again; the code before stops."""
    return await service.reissue(event_id, invitation_id, form)


@router.post("/{event_id}/invitations/{invitation_id}/withdrawal", dependencies=acts)
async def withdraw_invitation(
    event_id: UUID, invitation_id: UUID, service: Invitations
) -> InvitationOut:
    """Withdraw an invitation; the first who waits gets its seat."""
    return await service.withdraw(event_id, invitation_id)


@answers.post("", dependencies=[anyone])
async def answer_invitation(form: AnswerIn, service: Answers) -> AnsweredOut:
    """Answer an invitation with its code, or change the answer; no account is needed.

    Whoever accepts beyond the capacity waits, in the order of answering, and moves up when
    somebody declines or the capacity grows.
    """
    return await service.answer(form)


@answers.post("/lookup", dependencies=[anyone])
async def read_own_invitation(form: InvitationLookupIn, service: Answers) -> OwnInvitationOut:
    """Read one's own invitation with its code: the event, the answer given, and the seat."""
    return await service.look_up(form.code)
