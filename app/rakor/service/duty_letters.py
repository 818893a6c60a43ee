"""A deputy's letter of duty as a file: it hangs on the invitation, beside its number."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from obstore.store import ObjectStore
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.actors import Actor
from app.core.crypto import Keyring
from app.core.places import Subject
from app.evidence.models import Evidence
from app.evidence.repository.evidence import EvidenceRepository
from app.evidence.rules.subjects import SubjectKind
from app.evidence.schemas.custody import OpeningIn
from app.evidence.service.custody import CustodyService, Download
from app.evidence.service.subjects import SubjectService
from app.rakor.models.events import Event
from app.rakor.models.invitations import Invitation
from app.rakor.repository.events import EventRepository
from app.rakor.repository.invitations import InvitationRepository
from app.rakor.service.events import Organiser


def place_of(event: Event, invitation: Invitation) -> Subject:
    """An invitation lies where its event does; the invited office sees it by a grant."""
    return Subject(invitation.id, event.region_id, event.region_code)


class DutyLetters:
    """Where these letters are admitted and listed."""

    def __init__(self, session: AsyncSession, actor: Actor, now: datetime) -> None:
        self.subjects = SubjectService(session)
        self.evidence = EvidenceRepository(session, actor)
        self.invitations = InvitationRepository(session)
        self.now = now

    async def admit(self, event: Event, invitation: Invitation) -> None:
        """A deputy was named: his letter may come, from the office or through the organiser."""
        place = place_of(event, invitation)
        is_new = await self.subjects.admit_once(SubjectKind.INVITATION, place)
        if is_new and invitation.office_id is not None:
            await self.invitations.show(place.id, [invitation.office_id], self.now)

    async def dismiss(self, invitation: Invitation) -> None:
        """Nobody's deputy comes: no letter either."""
        await self.subjects.close(invitation.id)

    async def of(self, invitation: Invitation) -> Sequence[Evidence]:
        return await self.evidence.of(invitation.id)


class DutyLetterService:
    """Opening these letters, which name persons, as their organiser."""

    def __init__(
        self,
        session: AsyncSession,
        actor: Actor,
        now: datetime,
        keys: Keyring,
        objects: ObjectStore,
    ) -> None:
        self.organiser = Organiser(EventRepository(session, actor), actor)
        self.invitations = InvitationRepository(session)
        self.custody = CustodyService(session, actor, now, keys, objects)

    async def open(
        self, event_id: UUID, invitation_id: UUID, evidence_id: UUID, form: OpeningIn
    ) -> Download:
        event = await self.organiser.take(event_id, lock=False)
        invitation = await self.invitations.get(event, invitation_id)
        return await self.custody.open(place_of(event, invitation), evidence_id, form)
