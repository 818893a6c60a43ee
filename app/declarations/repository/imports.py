from collections.abc import Sequence
from typing import Final
from uuid import UUID

from sqlalchemy import delete, exists, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.errors import NotFound
from app.declarations.models.rosters import RosterImport, RosterPiece
from app.declarations.rules.rosters import ImportState

# Any number that nobody else takes: one table at a time, so that none doubles another's people.
_IMPORT: Final = 5_638_015


class RosterImportRepository:
    """The tables that were sent, of declarations that the reader was allowed to open."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    def add(self, sent: RosterImport, pieces: Sequence[RosterPiece]) -> None:
        self.session.add(sent)
        self.session.add_all(pieces)

    async def get(self, declaration_id: UUID, import_id: UUID) -> RosterImport:
        query = select(RosterImport).where(
            RosterImport.id == import_id, RosterImport.declaration_id == declaration_id
        )
        found = await self.session.scalar(query)
        if found is None:
            raise NotFound
        return found

    async def one_waits(self, declaration_id: UUID) -> bool:
        query = exists().where(
            RosterImport.declaration_id == declaration_id,
            RosterImport.state == ImportState.WAITING,
        )
        return bool(await self.session.scalar(select(query)))

    async def alone(self) -> bool:
        """Be the only one that works off tables until the commit, or find that another is."""
        return bool(await self.session.scalar(select(func.pg_try_advisory_xact_lock(_IMPORT))))

    async def next_waiting(self) -> RosterImport | None:
        query = select(RosterImport).where(RosterImport.state == ImportState.WAITING)
        return await self.session.scalar(query.order_by(RosterImport.id).limit(1))

    async def pieces(self, import_id: UUID) -> Sequence[RosterPiece]:
        query = select(RosterPiece).where(RosterPiece.import_id == import_id)
        return (await self.session.scalars(query.order_by(RosterPiece.number))).all()

    async def erase(self, import_id: UUID) -> None:
        """Delete the table itself, of which only the report stays."""
        pieces = delete(RosterPiece).where(RosterPiece.import_id == import_id)
        await self.session.execute(pieces, execution_options={"synchronize_session": False})

    async def begin(self, import_id: UUID) -> None:
        """Count an attempt, so that a table that ends its worker each time is given up."""
        change = update(RosterImport).where(RosterImport.id == import_id)
        change = change.values(attempts=RosterImport.attempts + 1, progress=0)
        await self.session.execute(change, execution_options={"synchronize_session": False})

    async def progress(self, import_id: UUID, rows: int) -> None:
        change = update(RosterImport).where(RosterImport.id == import_id).values(progress=rows)
        await self.session.execute(change, execution_options={"synchronize_session": False})
