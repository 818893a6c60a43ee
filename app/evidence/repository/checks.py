from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.evidence.models import DocumentCheck, Evidence
from app.evidence.rules.documents import LEASE, DocumentState


class CheckRepository:
    """The checks of documents that the caller has found already."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    def add(self, check: DocumentCheck) -> None:
        self.session.add(check)

    async def of_each(self, ids: Collection[UUID]) -> dict[UUID, DocumentCheck]:
        query = select(DocumentCheck).where(DocumentCheck.evidence_id.in_(ids))
        return {check.evidence_id: check for check in await self.session.scalars(query)}

    async def claimed(self, check_id: UUID, attempts: int) -> DocumentCheck | None:
        """The check that this attempt is about, locked; nothing where a later one has begun."""
        query = select(DocumentCheck).where(
            DocumentCheck.id == check_id, DocumentCheck.attempts == attempts
        )
        return await self.session.scalar(query.with_for_update())

    async def next_waiting(self, now: datetime) -> tuple[DocumentCheck, Evidence] | None:
        """The next document to be checked, locked; another worker's is passed over."""
        free = or_(DocumentCheck.claimed_at.is_(None), DocumentCheck.claimed_at < now - LEASE)
        query = (
            select(DocumentCheck, Evidence)
            .join(Evidence, Evidence.id == DocumentCheck.evidence_id)
            .where(DocumentCheck.state == DocumentState.WAITING, free)
            .order_by(DocumentCheck.claimed_at.nulls_first())
            .limit(1)
            .with_for_update(skip_locked=True, of=DocumentCheck)
        )
        row = (await self.session.execute(query)).one_or_none()
        return (row[0], row[1]) if row else None
