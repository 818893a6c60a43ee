from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any, Final, cast
from uuid import UUID

from sqlalchemy import Integer, Select, Table, Text, Uuid, func, select, true, update
from sqlalchemy.dialects.postgresql import Insert, insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.types import TypeEngine

from app.core.arrays import bound, given
from app.core.errors import Unavailable
from app.declarations.models.counts import CountedLog, Coverage, CoveredLog, SignatureCount
from app.declarations.models.declarations import Declaration
from app.declarations.repository.declarations import DeclarationRepository
from app.declarations.rules import steps
from app.declarations.rules.counting import Cell, Counted, CountedAt, Covered
from app.declarations.rules.kinds import Group, SignatoryRole
from app.ledger.rules.logs import LogName
from app.regions.models import Region

# On Citus such a statement asks every shard; on one PostgreSQL it costs the same.
_FAN_OUT: Final = {"fan_out": True}
_COUNT: Final = cast(Table, SignatureCount.__table__)
_ALL_OFFICES: Final = ""
_ATTEMPTS: Final = 5
_CELL: Final[Mapping[str, TypeEngine[Any]]] = {
    "region_id": Integer(),
    "declaration_id": Uuid(),
    "region_code": Text(),
    "text_hash": Text(),
    "group": Text(),
    "role": Text(),
    "number": Integer(),
}


class CountRepository:
    """The counts that are kept, and how far each of the two has come in the log."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    async def hold(self) -> tuple[int, datetime]:
        """Be alone with coverage until the commit; return how many leaves it follows, and the
        moment. Nobody waits here with a gate or the log in hand, which those who sign wait for."""
        return await self._hold(CoveredLog)

    async def hold_tallies(self) -> tuple[int, datetime]:
        """Be alone with the tallies until the commit; return how many leaves they count, and the
        moment."""
        return await self._hold(CountedLog)

    async def _hold(self, kind: type[CountedLog | CoveredLog]) -> tuple[int, datetime]:
        name = LogName.DECLARATIONS
        query = select(kind.size, func.statement_timestamp()).where(kind.log == name)
        row = (await self.session.execute(query.with_for_update())).first()
        if row is None:
            first = insert(kind).values(log=name, size=0).on_conflict_do_nothing()
            await self.session.execute(first)
            row = (await self.session.execute(query.with_for_update())).one()
        return row[0], row[1]

    async def covered(self) -> int:
        """How many leaves coverage follows, by what is committed."""
        query = select(CoveredLog.size).where(CoveredLog.log == LogName.DECLARATIONS)
        return await self.session.scalar(query) or 0

    async def follow(self, size: int) -> None:
        """Say that coverage follows so many leaves."""
        change = update(CoveredLog).where(CoveredLog.log == LogName.DECLARATIONS)
        await self.session.execute(change.values(size=size))

    async def hold_with(
        self, declarations: DeclarationRepository, declaration_id: UUID
    ) -> Declaration:
        """Hold coverage and then a declaration, which nobody signs meanwhile, until the commit;
        Unavailable where others have it in hand each time."""
        await declarations.get(declaration_id)
        for _ in range(_ATTEMPTS):
            async with self.session.begin_nested() as attempt:
                await self.hold()
                # Who reads in a table of its roster has the row, and waits for the counts.
                if declaration := await declarations.free(declaration_id):
                    return declaration
                await attempt.rollback()
            async with self.session.begin_nested() as turn:
                await declarations.get(declaration_id, lock=True)
                await turn.rollback()
        raise Unavailable(retry_after=1)

    async def reach(self, size: int, at: datetime) -> None:
        """Say that the tallies count so many leaves."""
        change = update(CountedLog).where(CountedLog.log == LogName.DECLARATIONS)
        await self.session.execute(change.values(size=size, counted_at=at))

    async def add(self, counted: Mapping[Cell, int]) -> None:
        """Add what a piece of the log came to."""
        rows = [(*cell, number) for cell, number in sorted(counted.items()) if number]
        if rows:
            columns = dict(zip(_CELL, zip(*rows, strict=True), strict=True))
            await self.session.execute(_added(), bound("cell", **columns))

    async def tally(self, declaration_id: UUID) -> tuple[CountedAt, list[Counted]]:
        """What was counted, under the names of the regencies, and up to which leaf; one statement,
        so that both are of one moment."""
        counted = _tally(declaration_id).subquery("counted")
        query = (
            select(CountedLog.size, CountedLog.counted_at, *counted.c)
            .outerjoin(counted, true())
            .where(CountedLog.log == LogName.DECLARATIONS)
        )
        rows = (await self.session.execute(query, execution_options=_FAN_OUT)).all()
        if not rows:
            return CountedAt(0, None), []
        size, at = rows[0][:2]
        return CountedAt(size, at), [Counted(*row[2:]) for row in rows if row[2] is not None]

    async def coverage(self, declaration_id: UUID) -> list[tuple[str, str, int, int]]:
        """By regency: its code, its name, how many should sign, and how many have."""
        name = func.coalesce(Region.name, Coverage.region_code)
        what = (Coverage.region_code, name)
        query = (
            select(*what, func.sum(Coverage.targets), func.sum(Coverage.signed))
            .outerjoin(Region, Region.code == Coverage.region_code)
            .where(Coverage.declaration_id == declaration_id, Coverage.office == _ALL_OFFICES)
            .group_by(*what)
            .order_by(Coverage.region_code)
        )
        rows = await self.session.execute(query, execution_options=_FAN_OUT)
        return [(row[0], row[1], row[2], row[3]) for row in rows]

    async def coverage_of(self, declaration_id: UUID) -> Covered:
        query = select(
            func.coalesce(func.sum(Coverage.targets), 0),
            func.coalesce(func.sum(Coverage.signed), 0),
        ).where(Coverage.declaration_id == declaration_id, Coverage.office == _ALL_OFFICES)
        row = (await self.session.execute(query, execution_options=_FAN_OUT)).one()
        return Covered(row[0], row[1])

    async def settle(self, declaration_ids: Sequence[UUID]) -> list[Declaration]:
        """Bring held declarations into the state that their coverage tells; return those that
        changed. Whoever has one of them in hand does that for himself: nobody is waited for."""
        query = select(Declaration).where(
            Declaration.id.in_(declaration_ids), Declaration.status.in_(steps.HELD)
        )
        free = query.order_by(Declaration.id).with_for_update(key_share=True, skip_locked=True)
        changed = []
        for declaration in await self.session.scalars(free):
            covered = await self.coverage_of(declaration.id)
            status = steps.after_signing(declaration.status, covered.signed, covered.targets)
            if status is not declaration.status:
                declaration.status = status
                declaration.version += 1
                changed.append(declaration)
        return changed


def _tally(declaration_id: UUID) -> Select[str, str, str, Group, SignatoryRole, int]:
    """The name of a regency is that of its code as it was."""
    count = SignatureCount
    name = func.coalesce(Region.name, count.region_code).label("name")
    what = (count.region_code, name, count.text_hash, count.group, count.role)
    return (
        select(*what, func.sum(count.number).label("number"))
        .outerjoin(Region, Region.code == count.region_code)
        .where(count.declaration_id == declaration_id)
        .group_by(*what)
    )


@cache
def _added() -> Insert:
    """Add to each cell, made where it is missing."""
    cell = given("cell", **_CELL)
    values: Any = select(*cell.c)
    added = insert(_COUNT).from_select(list(_CELL), values)
    keys = [name for name in _CELL if name != "number"]
    return added.on_conflict_do_update(
        index_elements=keys, set_={"number": _COUNT.c.number + added.excluded.number}
    )
