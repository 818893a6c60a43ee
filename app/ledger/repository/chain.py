from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import BigInteger, ColumnElement, Select, func, literal_column, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from app.audit.models import JournalEntry
from app.audit.repository import Horizon
from app.ledger.models import LedgerChain, LedgerLeaf
from app.ledger.rules.chain import Act

# In words: a parameter would hide from the planner that the index of the journal's leaves serves.
_JOURNAL: Final[ColumnElement[str]] = literal_column("'journal'")
_FAN_OUT: Final = {"fan_out": True}


@dataclass(frozen=True, slots=True)
class Waiting:
    """An entry that is not chained yet, and the transaction that wrote it."""

    act: Act
    transaction_id: int


class ChainRepository:
    """What is chained of the journal, and what waits (fan-out)."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    async def lock(self) -> LedgerChain:
        """The chain of this cluster, made where it is missing; one worker at a time holds it."""
        number = await self.cluster()
        first = insert(LedgerChain).values(cluster=number, below=0, is_settled=False)
        await self.session.execute(first.on_conflict_do_nothing())
        query = select(LedgerChain).where(LedgerChain.cluster == number)
        return (await self.session.scalars(query.with_for_update())).one()

    async def read(self) -> LedgerChain:
        """The chain of this cluster as it is; where nothing was chained yet, one from the start."""
        number = await self.cluster()
        query = select(LedgerChain).where(LedgerChain.cluster == number)
        found = await self.session.scalar(query)
        return found or LedgerChain(cluster=number, below=0, is_settled=False)

    async def cluster(self) -> int:
        """The number that a cluster has from birth and shares with its standbys only."""
        control = func.pg_control_system().table_valued("system_identifier")
        query = select(control.c.system_identifier.cast(BigInteger))
        return (await self.session.scalars(query)).one()

    async def waiting(self, chain: LedgerChain, horizon: Horizon, most: int) -> Sequence[Waiting]:
        """What has been committed and is no leaf, the oldest transaction first."""
        query = _ENTRIES.where(_waits(chain, horizon))
        by = (JournalEntry.transaction_id, JournalEntry.region_id, JournalEntry.id)
        rows = await self.session.execute(
            query.order_by(*by).limit(most), execution_options=_FAN_OUT
        )
        return [Waiting(Act(*row[:10]), row[10]) for row in rows]

    async def oldest(self, chain: LedgerChain, horizon: Horizon) -> datetime | None:
        """When the first of them was written."""
        query = select(JournalEntry.at).where(_waits(chain, horizon))
        return await self.session.scalar(query.order_by(JournalEntry.transaction_id).limit(1))


_ENTRIES: Final = select(
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
    JournalEntry.transaction_id,
)
"""What an entry says, as `Act` takes it, and the transaction that wrote it."""


def _waits(chain: LedgerChain, horizon: Horizon) -> ColumnElement[bool]:
    # Each is looked up on its own: joined, all leaves of the journal would be read every second.
    leaf: Select[int] = select(LedgerLeaf.index).where(
        LedgerLeaf.log == _JOURNAL, LedgerLeaf.subject_id == JournalEntry.id
    )
    unchained = leaf.correlate(JournalEntry).limit(1).scalar_subquery().is_(None)
    here = JournalEntry.transaction_id < horizon.high
    known = here if chain.is_settled else or_(here, JournalEntry.transaction_id >= horizon.high)
    return (JournalEntry.transaction_id >= chain.below) & known & unchained
