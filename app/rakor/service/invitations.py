from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.audit.service import Journal
from app.core.actors import Actor
from app.core.crypto import Keyring
from app.core.errors import Invalid, WrongCredential
from app.core.paging import Found
from app.core.passwords import hash_token, new_token
from app.core.texts import Text
from app.offices.models import Office
from app.rakor import files
from app.rakor.models.events import Event
from app.rakor.models.invitations import Invitation
from app.rakor.repository.events import EventRepository
from app.rakor.repository.invitations import InvitationRepository
from app.rakor.rules import attendance as rules
from app.rakor.rules.events import ANNOUNCED, check_stage
from app.rakor.schemas.attendance import (
    AnsweredOut,
    AnswerIn,
    InvitationDetailOut,
    InvitationFilter,
    InvitationOut,
    InvitationsIn,
    InvitedIn,
    IssuedInvitationOut,
    IssuedOut,
)
from app.rakor.service.events import Organiser, unknown

WRONG_CODE = Text(
    "Kode undangan tidak ada atau tidak berlaku.", "The invitation code is missing or invalid."
)


@dataclass(frozen=True)
class Addressee:
    """An office as a letter names it; only a registered one has an id."""

    name: str
    region_code: str
    office_id: UUID | None = None


class InvitationService:
    """Inviting offices to an event, and their answers."""

    def __init__(self, session: AsyncSession, actor: Actor, now: datetime, keys: Keyring) -> None:
        self.events = EventRepository(session, actor)
        self.invitations = InvitationRepository(session)
        self.organiser = Organiser(self.events, actor)
        self.journal = Journal(session, actor, now)
        self.now = now
        self.keys = keys

    async def invite(self, event_id: UUID, form: InvitationsIn) -> IssuedOut:
        """Invite posts in offices; the code of each is in this answer and nowhere else."""
        event = await self.organiser.take(event_id)
        check_stage(event.stage, ANNOUNCED)
        rules.check_number(await self.invitations.count(event) + len(form.invited))
        addressees = await self._addressees(form.invited)
        issued = [
            self._write(event, form.letter_number, each, addressee)
            for each, addressee in zip(form.invited, addressees, strict=True)
        ]
        self.invitations.add([invitation for invitation, _ in issued])
        registered = {each.office_id for each in addressees if each.office_id}
        await self.invitations.show_to(registered, event, self.now)
        await self.journal.record("event.invited", event, invitations=len(issued))
        return IssuedOut(items=[_issued(*each) for each in issued])

    async def find(self, event_id: UUID, wanted: InvitationFilter) -> Found[Invitation]:
        return await self.invitations.find(await self.events.get(event_id), wanted)

    async def read(self, event_id: UUID, invitation_id: UUID) -> InvitationDetailOut:
        """Read one with its reason, which may tell of somebody's health, so it is journalled."""
        event = await self.organiser.take(event_id, lock=False)
        invitation = await self.invitations.get(event, invitation_id)
        sealed = await self.invitations.reason_of(invitation)
        reason = files.open_reason(sealed, invitation.id, self.keys) if sealed else None
        await self.journal.record("invitation.read", event, invitation=str(invitation.id))
        return InvitationDetailOut(**dict(InvitationOut.model_validate(invitation)), reason=reason)

    async def answer(self, form: AnswerIn) -> AnsweredOut:
        """Answer for the invited office; until the event was held the last answer counts."""
        rules.check_answer(form.answer, form.deputy_post, form.reason)
        invitation = await self.invitations.opened_by(hash_token(form.code))
        if invitation is None:
            raise WrongCredential(WRONG_CODE)
        event = await self.invitations.event_of(invitation)
        check_stage(event.stage, ANNOUNCED)
        invitation.answer = form.answer
        invitation.deputy_post = form.deputy_post
        invitation.answered_at = self.now
        reason = files.seal_reason(form.reason, invitation.id, self.keys) if form.reason else None
        await self.invitations.keep_reason(invitation, reason)
        await self.journal.record(
            "invitation.answered", event, invitation=str(invitation.id), answer=form.answer
        )
        return _answered(event, invitation, form, self.now)

    async def _addressees(self, invited: Sequence[InvitedIn]) -> list[Addressee]:
        """Where the invitations go; every office and region that is unknown is named at once."""
        offices = await self.invitations.offices({e.office_id for e in invited if e.office_id})
        codes = {each.region_code for each in invited if each.region_code}
        regions = await self.invitations.known_regions(codes)
        found = [_addressee(each, offices, regions) for each in invited]
        faults = [
            unknown(f"/invited/{number}/{'office_id' if each.office_id else 'region_code'}")
            for number, each in enumerate(invited)
            if found[number] is None
        ]
        if faults:
            raise Invalid(*faults)
        return [each for each in found if each is not None]

    def _write(
        self, event: Event, letter: str | None, each: InvitedIn, addressee: Addressee
    ) -> tuple[Invitation, str]:
        code = new_token()
        invitation = Invitation(
            event_id=event.id,
            region_code=addressee.region_code,
            office_id=addressee.office_id,
            office_name=addressee.name,
            post=each.post,
            role=each.role,
            letter_number=letter,
            code_hash=hash_token(code),
            invited_at=self.now,
        )
        return invitation, code


def _addressee(
    each: InvitedIn, offices: Mapping[UUID, Office], regions: Collection[str]
) -> Addressee | None:
    office = offices.get(each.office_id) if each.office_id else None
    if office is not None:
        return Addressee(office.name, office.region_code, office.id)
    if each.office_name and each.region_code and each.region_code in regions:
        return Addressee(each.office_name, each.region_code)
    return None


def _issued(invitation: Invitation, code: str) -> IssuedInvitationOut:
    return IssuedInvitationOut(**dict(InvitationOut.model_validate(invitation)), code=code)


def _answered(event: Event, invitation: Invitation, form: AnswerIn, now: datetime) -> AnsweredOut:
    return AnsweredOut(
        event_id=event.id,
        title=event.title,
        venue=event.venue,
        starts_on=event.starts_on,
        ends_on=event.ends_on,
        office_name=invitation.office_name,
        post=invitation.post,
        answer=form.answer,
        deputy_post=form.deputy_post,
        answered_at=now,
    )
