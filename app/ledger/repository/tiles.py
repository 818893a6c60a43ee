from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import select, tuple_, union_all
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.arrays import insert_each
from app.ledger.models import LedgerEdge, LedgerTile
from app.ledger.rules.edges import Edge, Filled, last_of
from app.ledger.rules.logs import LogName
from app.ledger.rules.reading import Place


class TileRepository:
    """The hashes of a log: full tiles, which stay, and its edge, which moves on."""

    def __init__(self, session: AsyncSession, log: LogName) -> None:
        self.session = session
        self.log = log

    async def add(self, tiles: Sequence[Filled]) -> None:
        names = ("log", "level", "index", "hashes")
        rows = ((self.log, tile.level, tile.index, tile.hashes) for tile in tiles)
        await insert_each(self.session, LedgerTile, names, rows)

    async def edge(self) -> Sequence[bytes]:
        """The rows of the edge, level by level from the leaves upwards."""
        query = select(LedgerEdge.hashes).where(LedgerEdge.log == self.log)
        return (await self.session.scalars(query.order_by(LedgerEdge.level))).all()

    async def move(self, edge: Edge) -> None:
        """Keep the edge as it is now."""
        rows = [
            {
                "log": self.log,
                "level": level,
                "index": last_of(edge.size, level),
                "hashes": bytes(row),
            }
            for level, row in enumerate(edge.rows)
        ]
        first = insert(LedgerEdge).values(rows)
        fresh = {"index": first.excluded.index, "hashes": first.excluded.hashes}
        await self.session.execute(
            first.on_conflict_do_update(index_elements=["log", "level"], set_=fresh)
        )

    async def full(self, level: int, first: int, end: int) -> Sequence[bytes]:
        """The full tiles of a level from `first` on and before `end`."""
        query = select(LedgerTile.hashes).where(
            LedgerTile.log == self.log,
            LedgerTile.level == level,
            LedgerTile.index >= first,
            LedgerTile.index < end,
        )
        return (await self.session.scalars(query.order_by(LedgerTile.index))).all()

    async def at(self, places: Iterable[Place]) -> Mapping[Place, bytes]:
        """These tiles, full or not, all at one moment: one that fills up is in either table."""
        wanted = sorted(places)
        either = union_all(
            *(
                select(kind.level, kind.index, kind.hashes).where(
                    kind.log == self.log, tuple_(kind.level, kind.index).in_(wanted)
                )
                for kind in (LedgerTile, LedgerEdge)
            )
        )
        rows = await self.session.execute(either)
        return {(level, index): hashes for level, index, hashes in rows}
