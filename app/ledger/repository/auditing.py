from collections.abc import Sequence
from typing import Final
from uuid import UUID

from sqlalchemy import BigInteger, Text, and_, cast, exists, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.audit.models import JournalEntry
from app.ledger.models import LedgerChain, LedgerCheckpoint, LedgerLeaf
from app.ledger.rules.chain import Act, Link
from app.ledger.rules.logs import LogName

_FAN_OUT: Final = {"fan_out": True}
_LOG: Final = LogName.JOURNAL

_LINKS: Final = (
    select(
        JournalEntry.id,
        JournalEntry.region_id,
        JournalEntry.at,
        JournalEntry.actor_kind,
        JournalEntry.actor_id,
        JournalEntry.office_id,
        JournalEntry.action,
        JournalEntry.subject_id,
        JournalEntry.region_code,
        JournalEntry.payload,
        LedgerLeaf.index,
        LedgerLeaf.data,
        LedgerLeaf.subject_id,
    )
    .select_from(LedgerLeaf)
    .outerjoin(
        JournalEntry,
        and_(
            JournalEntry.region_id == LedgerLeaf.region_id,
            JournalEntry.id == LedgerLeaf.subject_id,
        ),
    )
    .where(LedgerLeaf.log == _LOG)
    .order_by(LedgerLeaf.index)
)


class AuditRepository:
    """The journal beside the log that commits to it (fan-out)."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    async def links(self, first: int, most: int) -> Sequence[Link]:
        """The leaves from `first` on, each with the entry that it is about."""
        query = _LINKS.where(LedgerLeaf.index >= first).limit(most)
        rows = await self.session.execute(query, execution_options=_FAN_OUT)
        return [
            Link(row[10], row[11], row[12], Act(*row[:10]) if row[0] is not None else None)
            for row in rows
        ]

    async def signed(self, after: int, until: int) -> Sequence[tuple[int, bytes]]:
        """Size and root of what we signed of the log, with these sizes, the smallest first."""
        query = select(LedgerCheckpoint.size, LedgerCheckpoint.root).where(
            LedgerCheckpoint.log == _LOG,
            LedgerCheckpoint.size > after,
            LedgerCheckpoint.size <= until,
        )
        rows = await self.session.execute(query.order_by(LedgerCheckpoint.size))
        return [(size, root) for size, root in rows]

    async def unknown(self, chain: LedgerChain, most: int) -> Sequence[UUID]:
        """Entries that are no leaf, though they claim a transaction that was chained or that never
        was."""
        chained = exists().where(LedgerLeaf.log == _LOG, LedgerLeaf.subject_id == JournalEntry.id)
        # Of this very statement: what is committed after the worker looked is no stranger.
        newest = func.pg_snapshot_xmax(func.pg_current_snapshot())
        claimed = (JournalEntry.transaction_id < chain.below) | (
            JournalEntry.transaction_id >= cast(cast(newest, Text), BigInteger)
        )
        query = select(JournalEntry.id).where(claimed, ~chained).limit(most)
        return (await self.session.scalars(query, execution_options=_FAN_OUT)).all()

    async def repeated(self, most: int) -> Sequence[UUID]:
        """Entries of which there is more than one leaf."""
        query = select(LedgerLeaf.subject_id).where(LedgerLeaf.log == _LOG)
        query = query.group_by(LedgerLeaf.subject_id).having(func.count() > 1).limit(most)
        return (await self.session.scalars(query)).all()
