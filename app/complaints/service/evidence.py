from datetime import datetime
from typing import Final
from uuid import UUID

from obstore.store import ObjectStore
from sqlalchemy.ext.asyncio import AsyncSession

from app.complaints.repository.complaints import ComplaintRepository
from app.complaints.rules.procedure import Kind
from app.core.actors import Actor
from app.core.crypto import Keyring
from app.core.paging import Found, Slice
from app.evidence.rules.retention import EvidenceClass
from app.evidence.schemas.custody import (
    EvidenceOut,
    HoldIn,
    HoldOut,
    OpeningIn,
    OpeningOut,
    OwnEvidenceOut,
)
from app.evidence.service.custody import CustodyService, Download
from app.evidence.service.holds import HoldService
from app.evidence.service.listing import ListingService

_CLASSES: Final = {
    Kind.REPORT: EvidenceClass.REPORT,
    Kind.INITIAL_INFORMATION: EvidenceClass.INITIAL_INFORMATION,
    Kind.FINDING: EvidenceClass.FINDING,
}


class ComplaintEvidenceService:
    """The evidence of a complaint that the actor can see; out of sight there is none."""

    def __init__(
        self,
        session: AsyncSession,
        actor: Actor,
        now: datetime,
        keys: Keyring,
        objects: ObjectStore,
    ) -> None:
        self.complaints = ComplaintRepository(session, actor)
        self.listing = ListingService(session, actor, keys)
        self.custody = CustodyService(session, actor, now, keys, objects)
        self.holds = HoldService(session, actor, now, keys)

    async def find(self, complaint_id: UUID, wanted: Slice) -> Found[EvidenceOut]:
        complaint = await self.complaints.get(complaint_id)
        return await self.listing.find(complaint.id, _CLASSES[complaint.kind], wanted)

    async def find_own(self, complaint_id: UUID, wanted: Slice) -> Found[OwnEvidenceOut]:
        complaint = await self.complaints.get(complaint_id)
        return await self.listing.find_own(complaint.id, wanted)

    async def open(self, complaint_id: UUID, evidence_id: UUID, form: OpeningIn) -> Download:
        complaint = await self.complaints.get(complaint_id)
        return await self.custody.open(complaint, evidence_id, form)

    async def open_copy(self, complaint_id: UUID, evidence_id: UUID) -> Download:
        complaint = await self.complaints.get(complaint_id)
        return await self.custody.open_copy(complaint, evidence_id)

    async def openings(
        self, complaint_id: UUID, evidence_id: UUID, wanted: Slice
    ) -> Found[OpeningOut]:
        complaint = await self.complaints.get(complaint_id)
        return await self.custody.openings(complaint, evidence_id, wanted)

    async def place_hold(self, complaint_id: UUID, form: HoldIn) -> HoldOut:
        return await self.holds.place(await self.complaints.get(complaint_id), form)

    async def find_holds(self, complaint_id: UUID, wanted: Slice) -> Found[HoldOut]:
        return await self.holds.find(await self.complaints.get(complaint_id), wanted)

    async def release_hold(self, complaint_id: UUID, hold_id: UUID) -> HoldOut:
        return await self.holds.release(await self.complaints.get(complaint_id), hold_id)
