from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.circulars.models import Circular, CircularAddressee
from app.circulars.repository.addressees import AddresseeRepository
from app.circulars.repository.circulars import CircularRepository
from app.circulars.rules.cascade import NotAddressee
from app.circulars.schemas.cascade import (
    AddresseeOut,
    CircularForwardedOut,
    ObligationReportIn,
)
from app.circulars.schemas.parts import AddresseeLineIn
from app.circulars.service.duties import Duties
from app.circulars.service.issuer import unknown
from app.circulars.service.showing import show_addressee
from app.core.actors import Actor, ActorKind
from app.core.crypto import Keyring
from app.core.errors import Invalid
from app.evidence.repository.evidence import EvidenceRepository


class OfficerAnswerService:
    """Answering for an addressed office as one of its officers."""

    def __init__(self, session: AsyncSession, actor: Actor, now: datetime, keys: Keyring) -> None:
        self.circulars = CircularRepository(session, actor)
        self.addressees = AddresseeRepository(session, actor, now)
        self.evidence = EvidenceRepository(session, actor)
        self.duties = Duties(session, actor, now, keys)
        self.actor = actor
        self.now = now

    async def acknowledge(self, circular_id: UUID, addressee_id: UUID) -> AddresseeOut:
        circular, addressee = await self._take(circular_id, addressee_id)
        await self.duties.acknowledge(circular, addressee)
        return show_addressee(addressee, circular, self.now)

    async def forward(
        self, circular_id: UUID, addressee_id: UUID, lines: Sequence[AddresseeLineIn]
    ) -> CircularForwardedOut:
        circular, addressee = await self._take(circular_id, addressee_id)
        return await self.duties.forward(circular, addressee, lines)

    async def report(
        self, circular_id: UUID, addressee_id: UUID, form: ObligationReportIn
    ) -> AddresseeOut:
        circular, addressee = await self._take(circular_id, addressee_id)
        await self._check_files(addressee, form.evidence_ids)
        await self.duties.report(circular, addressee, form, form.evidence_ids)
        return show_addressee(addressee, circular, self.now)

    async def _take(
        self, circular_id: UUID, addressee_id: UUID
    ) -> tuple[Circular, CircularAddressee]:
        circular = await self.circulars.get_open(circular_id)
        addressee = await self.addressees.get(circular.id, addressee_id, lock=True)
        # A program may read; that an office has taken note is for a person to say.
        is_officer = self.actor.kind is ActorKind.OFFICER
        if not is_officer or addressee.office_id != self.actor.office_id:
            raise NotAddressee
        return circular, addressee

    async def _check_files(self, addressee: CircularAddressee, ids: Collection[UUID]) -> None:
        """Only what was uploaded to this very office."""
        found = await self.evidence.among(addressee.id, ids)
        faults = [
            unknown(f"/evidence_ids/{place}") for place, id in enumerate(ids) if id not in found
        ]
        if faults:
            raise Invalid(*faults)
