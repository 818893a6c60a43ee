from datetime import datetime
from uuid import UUID

from obstore.store import ObjectStore
from sqlalchemy.ext.asyncio import AsyncSession

from app.audit.service import Journal
from app.core.actors import SYSTEM, Actor
from app.core.crypto import Keyring
from app.core.errors import NotFound
from app.core.places import Subject
from app.evidence.repository.evidence import EvidenceRepository
from app.evidence.schemas.custody import OpeningIn
from app.evidence.service.custody import CustodyService, Download
from app.rakor.models.followups import EventFollowUp
from app.rakor.repository.events import EventRepository
from app.rakor.repository.followups import FollowUpRepository
from app.rakor.service.events import Organiser


class ProofService:
    """The files by which follow-ups were proven, for whoever sees the follow-up."""

    def __init__(
        self,
        session: AsyncSession,
        actor: Actor,
        now: datetime,
        keys: Keyring,
        objects: ObjectStore,
    ) -> None:
        self.follow_ups = FollowUpRepository(session, actor)
        # Whoever sees the follow-up does not see all files of its event by himself.
        self.evidence = EvidenceRepository(session, SYSTEM)
        self.shown = CustodyService(session, SYSTEM, now, keys, objects)
        self.custody = CustodyService(session, actor, now, keys, objects)
        self.organiser = Organiser(EventRepository(session, actor), actor)
        self.journal = Journal(session, actor, now)

    async def open_copy(self, follow_up_id: UUID, evidence_id: UUID) -> Download:
        """The working copy of a proof; that it was read is an entry in the journal."""
        follow_up = await self.follow_ups.get(follow_up_id)
        holder = await self._holder(follow_up, evidence_id)
        download = await self.shown.show_copy(holder, evidence_id)
        await self.journal.record("proof.read", follow_up, evidence_id=str(evidence_id))
        return download

    async def open_original(
        self, follow_up_id: UUID, evidence_id: UUID, form: OpeningIn
    ) -> Download:
        """The original, for the organiser alone."""
        follow_up = await self.follow_ups.get(follow_up_id)
        await self.organiser.check(follow_up.organiser_id)
        holder = await self._holder(follow_up, evidence_id)
        return await self.custody.open(holder, evidence_id, form)

    async def _holder(self, follow_up: EventFollowUp, evidence_id: UUID) -> Subject:
        """What the file was added to: the follow-up, or its event; NotFound where it proves
        nothing here."""
        reports = await self.follow_ups.reports_of(follow_up)
        if evidence_id not in {each.evidence_id for each in reports}:
            raise NotFound
        evidence = await self.evidence.get(evidence_id)
        return Subject(evidence.subject_id, evidence.region_id, evidence.region_code)
