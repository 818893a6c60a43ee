from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.audit.service import Journal
from app.core.actors import Actor
from app.core.crypto import Keyring
from app.core.paging import Found
from app.core.passwords import hash_token, new_token
from app.rakor import files
from app.rakor.files import Address
from app.rakor.models.events import Event
from app.rakor.models.invitations import (
    Invitation,
    InvitationAddress,
    InvitationDeputy,
    InvitationReason,
)
from app.rakor.repository.events import EventRepository
from app.rakor.repository.invitations import InvitationRepository
from app.rakor.repository.secrets import InvitationSecrets, Secret
from app.rakor.rules import attendance as rules
from app.rakor.rules.events import ANNOUNCED, check_stage
from app.rakor.schemas.duty_letters import DutyLetterOut
from app.rakor.schemas.invitations import (
    GroupPreviewOut,
    InvitationDetailOut,
    InvitationFilter,
    InvitationOut,
    InvitationPreviewOut,
    InvitationsIn,
    IssuedInvitationOut,
    IssuedOut,
    ReissueIn,
)
from app.rakor.service.addresses import with_addresses
from app.rakor.service.duty_letters import DutyLetters
from app.rakor.service.events import Organiser
from app.rakor.service.guests import Group, Guest, GuestList, Letter
from app.rakor.service.queue import Queue

_FEW: Final = 5


class InvitationService:
    """Inviting offices to an event, and what their organiser does with the invitations."""

    def __init__(self, session: AsyncSession, actor: Actor, now: datetime, keys: Keyring) -> None:
        self.events = EventRepository(session, actor)
        self.invitations = InvitationRepository(session)
        self.secrets = InvitationSecrets(session)
        self.guests = GuestList(session)
        self.organiser = Organiser(self.events, actor)
        self.journal = Journal(session, actor, now)
        self.queue = Queue(session, self.journal)
        self.letters = DutyLetters(session, actor, now)
        self.now = now
        self.keys = keys

    async def invite(self, event_id: UUID, form: InvitationsIn) -> IssuedOut:
        """Invite posts in offices; the code of each is in this answer and nowhere else."""
        event, letter = await self._letter(event_id, form)
        return await self.send(event, letter.guests, form.letter_number)

    async def send(
        self, event: Event, guests: Sequence[Guest], letter_number: str | None
    ) -> IssuedOut:
        """Invite these; whoever calls it holds the event."""
        rules.check_number(await self.invitations.count(event) + len(guests))
        issued = [self._write(event, guest, letter_number) for guest in guests]
        addresses = [
            self._address(invitation.id, Address(guest.email, code))
            for guest, (invitation, code) in zip(guests, issued, strict=True)
            if guest.email is not None
        ]
        await self.invitations.add([invitation for invitation, _ in issued], addresses)
        registered = {each.office_id for each in guests if each.office_id}
        await self.invitations.show_to(registered, event, self.now)
        await self.journal.record("event.invited", event, invitations=len(issued))
        return IssuedOut(items=[_issued(*each) for each in issued])

    async def preview(self, event_id: UUID, form: InvitationsIn) -> InvitationPreviewOut:
        """What the same letter would do now."""
        event, letter = await self._letter(event_id, form)
        rules.check_number(await self.invitations.count(event) + len(letter.guests))
        return InvitationPreviewOut(
            invitations=len(letter.guests),
            invited_before=letter.known,
            groups=[_previewed(each) for each in letter.groups],
        )

    async def find(self, event_id: UUID, wanted: InvitationFilter) -> Found[InvitationOut]:
        event = await self.events.get(event_id)
        last = await self.queue.last_seated(event)
        found = await self.invitations.find(event, wanted, last)
        return Found([_out(each, last) for each in found.items], found.next_cursor, found.total)

    async def read(self, event_id: UUID, invitation_id: UUID) -> InvitationDetailOut:
        """Read one with what is said of persons in it, so it is journalled."""
        event = await self.organiser.take(event_id, lock=False)
        invitation = await self.invitations.get(event, invitation_id)
        await self.journal.record("invitation.read", event, invitation=str(invitation.id))
        return InvitationDetailOut(
            **dict(_out(invitation, await self.queue.last_seated(event))),
            reason=await self._words(invitation, InvitationReason),
            deputy_name=await self._words(invitation, InvitationDeputy),
            email=await self._email(invitation),
            duty_letters=[
                DutyLetterOut.model_validate(each) for each in await self.letters.of(invitation)
            ],
        )

    async def reissue(
        self, event_id: UUID, invitation_id: UUID, form: ReissueIn
    ) -> IssuedInvitationOut:
        """A new code, and perhaps another address: the code before opens nothing any more."""
        event, invitation = await self._take(event_id, invitation_id)
        code = new_token()
        invitation.code_hash = hash_token(code)
        email = form.email or await self._email(invitation)
        if email is not None:
            sealed = files.seal_address(Address(email, code), invitation.id, self.keys)
            await self.secrets.keep(invitation, InvitationAddress, sealed)
        await self.journal.record("invitation.reissued", event, invitation=str(invitation.id))
        return _issued(invitation, code, await self.queue.last_seated(event))

    async def withdraw(self, event_id: UUID, invitation_id: UUID) -> InvitationOut:
        """Take it back; whoever waited first gets the seat, where one was held."""
        event, invitation = await self._take(event_id, invitation_id)
        if await self.invitations.is_attended(event, invitation):
            raise rules.InvitationAttended
        await self.queue.leave(event, invitation)
        await self.letters.dismiss(invitation)
        invitation.withdrawn_at = self.now
        if invitation.office_id is not None:
            await self.invitations.hide_from(invitation.office_id, event, self.now)
        await self.journal.record("invitation.withdrawn", event, invitation=str(invitation.id))
        return _out(invitation, None)

    async def _letter(self, event_id: UUID, form: InvitationsIn) -> tuple[Event, Letter]:
        event = await self.organiser.take(event_id)
        check_stage(event.stage, ANNOUNCED)
        return event, with_addresses(await self.guests.of(event, form))

    async def _take(self, event_id: UUID, invitation_id: UUID) -> tuple[Event, Invitation]:
        """One that stands, of an event that lies ahead."""
        event = await self.organiser.take(event_id)
        check_stage(event.stage, ANNOUNCED)
        invitation = await self.invitations.get(event, invitation_id)
        if invitation.withdrawn_at is not None:
            raise rules.InvitationWithdrawn
        return event, invitation

    async def _words(self, invitation: Invitation, kind: Secret) -> str | None:
        sealed = await self.secrets.of(invitation, kind)
        return files.open_words(sealed, invitation.id, self.keys) if sealed else None

    async def _email(self, invitation: Invitation) -> str | None:
        sealed = await self.secrets.of(invitation, InvitationAddress)
        return files.open_address(sealed, invitation.id, self.keys).email if sealed else None

    def _address(self, invitation_id: UUID, address: Address) -> InvitationAddress:
        sealed = files.seal_address(address, invitation_id, self.keys)
        return InvitationAddress(invitation_id=invitation_id, sealed=sealed)

    def _write(self, event: Event, guest: Guest, letter: str | None) -> tuple[Invitation, str]:
        code = new_token()
        invitation = Invitation(
            event_id=event.id,
            region_code=guest.region_code,
            office_id=guest.office_id,
            office_name=guest.office_name,
            office_key=guest.office_key,
            post=guest.post,
            role=guest.role,
            category=guest.category,
            letter_number=guest.letter_number or letter,
            code_hash=hash_token(code),
            invited_at=self.now,
        )
        return invitation, code


def _out(invitation: Invitation, last_seated: int | None) -> InvitationOut:
    out = InvitationOut.model_validate(invitation)
    out.seat = rules.seat_of(invitation.queue_number, last_seated)
    return out


def _issued(
    invitation: Invitation, code: str, last_seated: int | None = None
) -> IssuedInvitationOut:
    return IssuedInvitationOut(**dict(_out(invitation, last_seated)), code=code)


def _previewed(group: Group) -> GroupPreviewOut:
    few: Sequence[Guest] = group.found[:_FEW]
    return GroupPreviewOut(
        category=group.asked.category,
        region=group.asked.region,
        found=len(group.found),
        invited_before=len(group.found) - len(group.new),
        offices=[each.office_name for each in few],
    )
