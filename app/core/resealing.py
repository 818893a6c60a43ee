"""Seals values anew that lie under older keys, beside everybody who works with them."""

import asyncio
from collections.abc import AsyncIterator, Collection, Sequence
from functools import partial
from time import monotonic
from typing import Final, TypeAlias
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    LargeBinary,
    Update,
    Uuid,
    bindparam,
    column,
    func,
    select,
    text,
    update,
)
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.crypto import Keyring, ValueDamaged
from app.core.database import Sessions
from app.core.patience import patiently
from app.core.reference import Progress
from app.core.sealed import SealedColumn, count_sealed

_BATCH: Final = 200
_PAUSES: Final = (0.2, 1.0, 3.0, 6.0)
"""Long enough for a database that was killed to be back."""
Row: TypeAlias = tuple[UUID, bytes]


class Resealer:
    """Walks through a column in the order of its ids; what is left is told by the values alone, so
    that it may be killed anywhere and begun again. `damaged` counts what cannot be opened."""

    def __init__(self, sessions: Sessions, keys: Keyring, old: Collection[UUID]) -> None:
        self.sessions = sessions
        self.keys = keys
        self.old = old
        self.damaged = 0

    async def count(self, where: SealedColumn) -> int:
        async with self.sessions.begin() as session:
            found = await count_sealed(session, where)
        return sum(found[key] for key in self.old)

    async def reseal(self, where: SealedColumn, progress: Progress) -> None:
        """Go through it once; a value that cannot be opened stays as it is."""
        whole, done = await patiently(partial(self.count, where), _PAUSES), 0
        for region in await patiently(partial(self._regions, where), _PAUSES):
            async for rows in self._batches(where, region):
                done += len(rows)
                progress(done, max(done, whole))

    async def _regions(self, where: SealedColumn) -> Sequence[int | None]:
        if where.region is None:
            return [None]
        query = select(where.region).where(where.under(self.old)).distinct()
        async with self.sessions.begin() as session:
            return (await session.scalars(query, execution_options={"fan_out": True})).all()

    async def _batches(self, where: SealedColumn, region: int | None) -> AsyncIterator[list[Row]]:
        last: UUID | None = None
        began = monotonic()
        while rows := await patiently(partial(self._read, where, region, last), _PAUSES):
            fresh = [(id, old, new) for id, old in rows if (new := self._resealed(id, old))]
            await patiently(partial(self._replace, where, region, fresh), _PAUSES)
            last = rows[-1][0]
            yield rows
            # Half of the time belongs to those who are served.
            await asyncio.sleep(monotonic() - began)
            began = monotonic()

    async def _read(self, where: SealedColumn, region: int | None, last: UUID | None) -> list[Row]:
        query = select(where.context, where.column).where(where.under(self.old))
        if where.region is not None:
            query = query.where(where.region == region)
        if last is not None:
            query = query.where(where.context > last)
        async with self.sessions.begin() as session:
            rows = await session.execute(query.order_by(where.context).limit(_BATCH))
            return [(id, sealed) for id, sealed in rows]

    async def _replace(
        self, where: SealedColumn, region: int | None, rows: Sequence[tuple[UUID, bytes, bytes]]
    ) -> None:
        """Only where the value is still the one that was read: whoever changes it goes first."""
        ids, olds, news = ([row[place] for row in rows] for place in range(3))
        values = {"ids": ids, "olds": olds, "news": news, "in": region}
        async with self.sessions.begin() as session:
            await _give_way(session)
            await session.execute(_replacement(where), values)

    def _resealed(self, id: UUID, old: bytes) -> bytes | None:
        try:
            return self.keys.seal(self.keys.open(old, id), id)
        except ValueDamaged:
            self.damaged += 1
            return None


async def _give_way(session: AsyncSession) -> None:
    """Wait for nobody's row for long, and never in a circle: that is found after a second only.
    What is lost with the server was not told to anybody, and is done again."""
    await session.execute(text("SET LOCAL lock_timeout = '200ms'"))
    await session.execute(text("SET LOCAL synchronous_commit = off"))


def _replacement(where: SealedColumn) -> Update:
    given = func.unnest(
        bindparam("ids", type_=ARRAY(Uuid)),
        bindparam("olds", type_=ARRAY(LargeBinary)),
        bindparam("news", type_=ARRAY(LargeBinary)),
    )
    columns = column("id", Uuid), column("old", LargeBinary), column("new", LargeBinary)
    row = given.table_valued(*columns, name="given").render_derived().c
    change = update(where.table).values({where.column: row.new})
    change = change.where(where.context == row.id, where.column == row.old)
    return change if where.region is None else change.where(where.region == bindparam("in"))
