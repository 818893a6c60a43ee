"""An event over connections that really commit, and how it is taken away again afterwards."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from app.audit.models import JournalEntry
from app.core.actors import SYSTEM, Actor
from app.core.crypto import KeyPurpose, Keyring, MasterKey
from app.core.database import Sessions, open_sessions
from app.offices.models import Office as Bawaslu
from app.rakor.models.events import Event, EventSession
from app.rakor.models.invitations import (
    Invitation,
    InvitationAddress,
    InvitationDeputy,
    InvitationReason,
)
from app.rakor.models.mails import InvitationMail
from app.rakor.models.presence import CheckIn, EventDevice, EventQuorum, EventTicket, FailedScan
from app.rakor.schemas.invitations import InvitationsIn, InvitedIn, IssuedInvitationOut
from app.rakor.schemas.plans import EventIn
from app.rakor.service.events import EventService
from app.rakor.service.invitations import InvitationService
from app.receipts.models import Receipt
from tests.conftest import KNOWN
from tests.rakor.conftest import BEFORE_THE_EVENT

MASTER = MasterKey(bytes(range(32)))
KEYS = Keyring(MASTER, [MASTER.make(purpose) for purpose in KeyPurpose])


@dataclass(frozen=True)
class Office:
    """An organiser whose acts are units of work of their own."""

    sessions: Sessions
    actor: Actor
    keys: Keyring = KEYS

    async def announce(self, plan: dict[str, Any], now: datetime = BEFORE_THE_EVENT) -> UUID:
        async with self.sessions.begin() as session:
            service = EventService(session, self.actor, now)
            form = EventIn.model_validate(plan | {"office_id": self.actor.office_id})
            id = (await service.draft(form)).id
            await service.publish(id)
        return id

    async def invite(
        self, event_id: UUID, *invited: dict[str, Any], now: datetime = BEFORE_THE_EVENT
    ) -> list[IssuedInvitationOut]:
        guests = [InvitedIn.model_validate(each) for each in invited]
        async with self.sessions.begin() as session:
            letters = InvitationService(session, self.actor, now, self.keys)
            return (await letters.invite(event_id, InvitationsIn(invited=guests))).items

    async def valid_tickets(self, event_id: UUID) -> int:
        valid = (EventTicket.event_id == event_id, EventTicket.revoked_at.is_(None))
        async with self.sessions.begin() as session:
            return await session.scalar(select(func.count()).where(*valid)) or 0


async def office_of(engine: AsyncEngine, code: str, keys: Keyring = KEYS) -> Office:
    sessions = open_sessions(engine, KNOWN)
    async with sessions.begin() as session:
        id = await session.scalar(select(Bawaslu.id).where(Bawaslu.code == code))
    return Office(sessions, replace(SYSTEM, office_id=id), keys)


async def take_away(connection: AsyncConnection, event_id: UUID) -> None:
    """The event with all that came of it."""
    invited = select(Invitation.id).where(Invitation.event_id == event_id)
    devices = select(EventDevice.id).where(EventDevice.event_id == event_id)
    for gone in (
        *(
            delete(kind).where(kind.region_id.is_not(None), kind.event_id == event_id)
            for kind in (CheckIn, FailedScan)
        ),
        *(delete(kind).where(kind.invitation_id.in_(invited)) for kind in _OF_INVITATIONS),
        delete(Receipt).where(Receipt.subject_id.in_(devices)),
        *(delete(kind).where(kind.event_id == event_id) for kind in _OF_EVENTS),
        delete(JournalEntry).where(JournalEntry.subject_id == event_id),
        delete(Event).where(Event.id == event_id),
    ):
        await connection.execute(gone)


_OF_INVITATIONS = (InvitationReason, InvitationDeputy, InvitationAddress)
_OF_EVENTS = (
    EventTicket,
    EventDevice,
    EventQuorum,
    InvitationMail,
    Invitation,
    EventSession,
)
