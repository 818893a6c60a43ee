from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.paging import Found, Slice, newest_first
from app.ledger.models import LedgerCosignature, LedgerWitness
from app.ledger.rules.logs import LogName


class WitnessRepository:
    """Who may cosign; anybody may know of them."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    def add(self, witness: LedgerWitness) -> None:
        self.session.add(witness)

    async def find(self, wanted: Slice) -> Found[LedgerWitness]:
        by = (LedgerWitness.since, LedgerWitness.id)
        return await newest_first(self.session, select(LedgerWitness), by, wanted)

    async def get(self, witness_id: UUID, *, lock: bool = False) -> LedgerWitness | None:
        query = select(LedgerWitness).where(LedgerWitness.id == witness_id)
        return await self.session.scalar(query.with_for_update() if lock else query)

    async def in_office(self) -> Sequence[LedgerWitness]:
        query = select(LedgerWitness).where(LedgerWitness.until.is_(None))
        return (await self.session.scalars(query)).all()


class CosignatureRepository:
    """What witnesses said of the checkpoints of a log."""

    def __init__(self, session: AsyncSession, log: LogName) -> None:
        self.session = session
        self.log = log

    async def add(self, cosignature: LedgerCosignature) -> bool:
        """Keep the first of each witness; another of the same checkpoint says nothing more."""
        columns = LedgerCosignature.__table__.columns
        values = {each.key: getattr(cosignature, each.key) for each in columns}
        first = insert(LedgerCosignature).values(values).on_conflict_do_nothing()
        return bool(await self.session.scalar(first.returning(LedgerCosignature.witness_id)))

    async def lines(self, size: int) -> Sequence[str]:
        query = select(LedgerCosignature.line).where(
            LedgerCosignature.log == self.log, LedgerCosignature.size == size
        )
        return (await self.session.scalars(query.order_by(LedgerCosignature.witness_id))).all()
