from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.evidence.models import Evidence, WorkingCopy
from app.evidence.rules.copies import LEASE, CopyOutcome


class CopyRepository:
    """The working copies of evidence that the caller has found already."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    def add(self, copy: WorkingCopy) -> None:
        self.session.add(copy)

    async def of(self, evidence_id: UUID) -> WorkingCopy | None:
        query = select(WorkingCopy).where(WorkingCopy.evidence_id == evidence_id)
        return await self.session.scalar(query)

    async def of_each(self, ids: Collection[UUID]) -> dict[UUID, WorkingCopy]:
        query = select(WorkingCopy).where(WorkingCopy.evidence_id.in_(ids))
        return {copy.evidence_id: copy for copy in await self.session.scalars(query)}

    async def claimed(self, copy_id: UUID) -> WorkingCopy | None:
        """The copy that an attempt of this id is about, locked; nothing where a later one is."""
        query = select(WorkingCopy).where(WorkingCopy.id == copy_id)
        return await self.session.scalar(query.with_for_update())

    async def next_waiting(self, now: datetime) -> tuple[WorkingCopy, Evidence] | None:
        """The next copy to be made, locked; another worker's is passed over."""
        free = or_(WorkingCopy.claimed_at.is_(None), WorkingCopy.claimed_at < now - LEASE)
        query = (
            select(WorkingCopy, Evidence)
            .join(Evidence, Evidence.id == WorkingCopy.evidence_id)
            .where(WorkingCopy.outcome == CopyOutcome.WAITING, free)
            .order_by(WorkingCopy.claimed_at.nulls_first())
            .limit(1)
            .with_for_update(skip_locked=True, of=WorkingCopy)
        )
        row = (await self.session.execute(query)).one_or_none()
        return (row[0], row[1]) if row else None
