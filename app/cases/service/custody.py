from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.cases.models.cases import Case
from app.cases.models.custody import Custody
from app.cases.repository.custody import CustodyRepository
from app.cases.rules.transfers import CustodyReason, moment_after
from app.cases.service.access import CaseAccess


class Handed(NamedTuple):
    """To whom a case goes, why, and by which letter; or by which offer, which says the rest."""

    office_id: UUID
    reason: CustodyReason
    letter_number: str
    id: UUID
    sealed_reason: bytes | None = None
    offer_id: UUID | None = None


class CustodyService:
    """Who holds a case, link by link: at every moment exactly one office."""

    def __init__(self, session: AsyncSession, now: datetime) -> None:
        self.custody = CustodyRepository(session)
        self.access = CaseAccess(session, now)
        self.now = now

    async def begin(self, case: Case, office_id: UUID, at: datetime) -> None:
        """Write the first link; call it when the case and its reports were added."""
        case.office_id = office_id
        self.custody.add(
            Custody(case_id=case.id, office_id=office_id, reason=CustodyReason.OPENED, since=at)
        )
        await self.access.settle(case)

    async def hand_over(self, case: Case, to: Handed) -> None:
        """End the present link and write the next, of a case that the caller holds locked; its
        clocks are for the caller to hand over."""
        last = await self.custody.present(case)
        at = moment_after(last.since, self.now)
        following = Custody(
            id=to.id,
            case_id=case.id,
            office_id=to.office_id,
            reason=to.reason,
            since=at,
            follows=at,
            letter_number=to.letter_number,
            sealed_reason=to.sealed_reason,
            offer_id=to.offer_id,
        )
        await self.custody.follow(last, following, at)
        # Where it is not his area, the former holder has no business with it any more.
        await self.access.end_grants(case, case.office_id)
        case.office_id = to.office_id
        await self.access.settle(case)
