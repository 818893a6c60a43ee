"""For tests that have to commit: a house of sessions, and the broom for what they leave."""

from sqlalchemy import delete, text, update
from sqlalchemy.ext.asyncio import AsyncEngine

from app.audit.models import JournalEntry
from app.core.database import Base
from app.ledger.models import (
    LedgerChain,
    LedgerCheckpoint,
    LedgerCosignature,
    LedgerEdge,
    LedgerKey,
    LedgerLeaf,
    LedgerLog,
    LedgerTile,
)
from app.stats.models.figures import FigureState
from tests.ledger.publishing import forget_ledger

DERIVED: tuple[type[Base], ...] = (LedgerCosignature, LedgerCheckpoint, LedgerEdge, LedgerTile)
"""What publishing writes, and could write anew."""
LEFT: tuple[type[Base], ...] = (*DERIVED, LedgerChain, LedgerKey, LedgerLeaf, LedgerLog)


async def sweep(owner: AsyncEngine) -> None:
    """The ledger, and the journal that was chained into it."""
    await forget_ledger(owner)
    async with owner.begin() as connection:
        await connection.execute(delete(JournalEntry))
        # Of a log that is no more, nothing is counted.
        await connection.execute(update(FigureState).values(leaves=0))


async def tamper(owner: AsyncEngine, *said: str) -> None:
    """Do what only the owner of the database can; each statement has to hit something."""
    async with owner.begin() as connection:
        for statement in said:
            done = await connection.execute(text(statement))
            assert done.rowcount > 0, statement
