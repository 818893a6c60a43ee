from collections.abc import Sequence

from sqlalchemy import BigInteger, Text, cast, func, literal, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from app.audit.models import JournalEntry, JournalSequence, JournalWatermark
from app.core.places import Placed

# Transactions below this number are all committed or undone: no entry of theirs can still appear.
_HORIZON = cast(cast(func.pg_snapshot_xmin(func.pg_current_snapshot()), Text), BigInteger)


class JournalRepository:
    """The journal: it is added to and read, nothing else."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    def add(self, entry: JournalEntry) -> None:
        self.session.add(entry)

    async def about(self, subject: Placed, limit: int = 500) -> Sequence[JournalEntry]:
        """The history of one thing, oldest first."""
        query = select(JournalEntry).where(
            JournalEntry.region_id == subject.region_id, JournalEntry.subject_id == subject.id
        )
        return (await self.session.scalars(query.order_by(JournalEntry.id).limit(limit))).all()


class SequenceRepository:
    """The numbers of entries, region by region."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    async def horizon(self) -> int:
        return await self.session.scalar(select(_HORIZON)) or 0

    async def regions_waiting(self, horizon: int) -> Sequence[int]:
        """The regions with entries below the horizon that have no number yet (fan-out)."""
        low = select(func.coalesce(func.min(JournalWatermark.horizon), 0)).scalar_subquery()
        query = select(JournalEntry.region_id).where(
            JournalEntry.transaction_id >= low, JournalEntry.transaction_id < horizon
        )
        return (await self.session.scalars(query.distinct())).all()

    async def lock(self, region_id: int) -> JournalWatermark:
        """The watermark of a region, made where it is missing; one worker at a time holds it."""
        first = insert(JournalWatermark).values(region_id=region_id, sequence=0, horizon=0)
        await self.session.execute(first.on_conflict_do_nothing())
        query = select(JournalWatermark).where(JournalWatermark.region_id == region_id)
        return (await self.session.scalars(query.with_for_update())).one()

    async def number(self, mark: JournalWatermark, horizon: int) -> int:
        """Number the entries between watermark and horizon by their ids; return how many."""
        position = func.row_number().over(order_by=JournalEntry.id) + mark.sequence
        entries = select(literal(mark.region_id), position, JournalEntry.id).where(
            JournalEntry.region_id == mark.region_id,
            JournalEntry.transaction_id >= mark.horizon,
            JournalEntry.transaction_id < horizon,
        )
        columns = ["region_id", "sequence", "entry_id"]
        numbered = insert(JournalSequence).from_select(columns, entries)
        done = await self.session.scalars(numbered.returning(JournalSequence.sequence))
        return len(done.all())

    async def raise_all(self, horizon: int) -> None:
        """Regions without new entries are complete up to the horizon as well."""
        behind = update(JournalWatermark).where(JournalWatermark.horizon < horizon)
        await self.session.execute(behind.values(horizon=horizon))
