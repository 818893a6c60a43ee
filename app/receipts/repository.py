from collections.abc import Collection
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.receipts.models import Receipt
from app.receipts.rules import ReceiptKind


class ReceiptRepository:
    """The receipts, found by their codes or by what they are for."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    async def with_hash(self, code_hash: bytes) -> Receipt | None:
        return await self.session.scalar(select(Receipt).where(Receipt.code_hash == code_hash))

    async def of(self, kind: ReceiptKind, subject_id: UUID) -> Receipt | None:
        query = select(Receipt).where(Receipt.subject_id == subject_id, Receipt.kind == kind)
        return await self.session.scalar(query)

    async def count_senders(self, kind: ReceiptKind, subject_ids: Collection[UUID]) -> int:
        """How many devices sent these things; only their number leaves the database."""
        mac = Receipt.sender_mac
        unknown = func.count().filter(mac.is_(None))
        query = select(func.count(mac.distinct()) + unknown).where(
            Receipt.subject_id.in_(subject_ids), Receipt.kind == kind
        )
        return (await self.session.scalars(query)).one()
