from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.cases.models.cases import Case
from app.cases.models.conflicts import Conflict
from app.core.models import Grant, Wall


class ShelterRepository:
    """From whom the parts of a case are hidden, and to whom they are shown."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    async def walls(self, subject_ids: Collection[UUID]) -> Sequence[Wall]:
        query = select(Wall).where(Wall.subject_id.in_(subject_ids))
        return (await self.session.scalars(query.order_by(Wall.since, Wall.id))).all()

    async def grants(self, subject_ids: Collection[UUID], now: datetime) -> Sequence[Grant]:
        stands = or_(Grant.until.is_(None), Grant.until > now)
        query = select(Grant).where(Grant.subject_id.in_(subject_ids), stands)
        return (await self.session.scalars(query.order_by(Grant.since, Grant.id))).all()

    async def conflicts(self, case: Case) -> Sequence[Conflict]:
        query = select(Conflict).where(Conflict.case_id == case.id, Conflict.ended_at.is_(None))
        return (await self.session.scalars(query)).all()

    def add(self, row: Wall | Grant | Conflict) -> None:
        self.session.add(row)
