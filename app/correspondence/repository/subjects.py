from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.actors import Actor
from app.core.errors import NotFound
from app.core.visibility import visible_to
from app.receipts.models import Receipt
from app.receipts.rules import ReceiptKind


@dataclass
class Subject:
    """What is written about: known by its receipt alone, whatever it is to the floors above."""

    id: UUID
    region_id: int
    region_code: str


class SubjectRepository:
    """The subjects with a receipt that one actor can see."""

    def __init__(self, session: AsyncSession, actor: Actor, kind: ReceiptKind) -> None:
        self.session = session
        self.actor = actor
        self.kind = kind

    async def get(self, subject_id: UUID, *, lock: bool = False) -> Subject:
        query = self._visible().where(Receipt.subject_id == subject_id)
        row = await self.session.scalar(query.with_for_update() if lock else query)
        if row is None:
            raise NotFound
        return Subject(row.subject_id, row.region_id, row.region_code)

    def _visible(self) -> Select[Receipt]:
        seen = visible_to(self.actor, Receipt.subject_id, Receipt.region_code)
        return select(Receipt).where(seen, Receipt.kind == self.kind)
