from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.audit.service import Journal
from app.circulars.files.sealing import open_proof
from app.circulars.models import CircularObligation, CircularReport
from app.circulars.repository.addressees import AddresseeRepository
from app.circulars.repository.circulars import CircularRepository
from app.circulars.repository.reach import ReachRepository
from app.circulars.rules import circulars as rules
from app.circulars.schemas.cascade import (
    AddressedFilter,
    AddresseeDetailOut,
    AddresseeFilter,
    AddresseeOut,
    ObligationReportOut,
    ReachFilter,
    ReachOut,
)
from app.circulars.service.issuer import Issuer
from app.circulars.service.reaching import show_reach
from app.circulars.service.showing import show_addressee, show_addressees
from app.core.actors import Actor
from app.core.crypto import Keyring
from app.core.paging import Found


class CascadeService:
    """How far circulars have come, for those who issued them and those in whose area it is."""

    def __init__(self, session: AsyncSession, actor: Actor, now: datetime, keys: Keyring) -> None:
        self.circulars = CircularRepository(session, actor)
        self.issuer = Issuer(self.circulars, actor)
        self.addressees = AddresseeRepository(session, actor, now)
        self.reached = ReachRepository(session, actor)
        self.journal = Journal(session, actor, now)
        self.keys = keys
        self.now = now

    async def find(self, circular_id: UUID, wanted: AddresseeFilter) -> Found[AddresseeOut]:
        circular = await self.circulars.get_open(circular_id)
        found = await self.addressees.find(circular, wanted)
        items = show_addressees(found.items, {circular.id: circular}, self.now)
        return Found(items, found.next_cursor, found.total)

    async def addressed(self, wanted: AddressedFilter) -> Found[AddresseeOut]:
        """What came to the actor's office and area, of all circulars."""
        found = await self.addressees.addressed(wanted)
        named = await self.circulars.named({each.circular_id for each in found.items})
        items = show_addressees(found.items, named, self.now)
        return Found(items, found.next_cursor, found.total)

    async def read(self, circular_id: UUID, addressee_id: UUID) -> AddresseeDetailOut:
        """Read what an office reported, in its own words, so it is journalled."""
        circular = await self.issuer.take(circular_id, lock=False)
        addressee = await self.addressees.get(circular.id, addressee_id)
        reports = await self.addressees.reports(addressee)
        await self.journal.record("addressee.read", addressee, reports=len(reports))
        return AddresseeDetailOut(
            **dict(show_addressee(addressee, circular, self.now)),
            reports=[self._told(*each) for each in reports],
        )

    async def reach(self, circular_id: UUID, wanted: ReachFilter) -> ReachOut:
        """The live rates, level by level, in one query."""
        circular = await self.circulars.get_open(circular_id)
        today = rules.day_of(self.now, circular.time_zone)
        counted = await self.reached.figures(circular, today, wanted.region, wanted.parent)
        return show_reach(circular, counted, self.now)

    def _told(self, report: CircularReport, obligation: CircularObligation) -> ObligationReportOut:
        proof = open_proof(report.sealed, report.id, self.keys)
        return ObligationReportOut(
            id=report.id,
            obligation_id=obligation.id,
            what=obligation.what,
            done_on=report.done_on,
            note=proof.note,
            letter_number=proof.letter_number,
            sha256=proof.sha256,
            evidence_ids=[UUID(each) for each in report.evidence_ids],
            reported_at=report.reported_at,
            reported_by=report.reported_by,
        )
