"""A new master key: every data key is wrapped by it, in one transaction."""

from dataclasses import replace

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.crypto import KeyFault, MasterKey, WrappedKey
from app.core.database import Sessions
from app.core.models import DataKey
from app.core.rotation import LOCK


async def rewrap_keys(sessions: Sessions, old: MasterKey, new: MasterKey) -> bool:
    """Wrap them anew, each tried before anything is committed; False where it was done before."""
    async with sessions.begin() as session:
        await session.execute(select(func.pg_advisory_xact_lock(LOCK)))
        rows = await _read(session)
        if all(_opens(new, _wrapped(row)) for row in rows):
            return False
        for row in rows:
            key = _wrapped(row)
            row.wrapped = new.rewrap(key, old)
            if new.unwrap(replace(key, wrapped=row.wrapped)) != old.unwrap(key):
                raise KeyFault("A data key did not come out of its new wrapping.")
        return True


async def _read(session: AsyncSession) -> list[DataKey]:
    query = select(DataKey).where(DataKey.retired_at.is_(None)).order_by(DataKey.id)
    return list(await session.scalars(query.with_for_update()))


def _wrapped(row: DataKey) -> WrappedKey:
    return WrappedKey(row.id, row.purpose, row.wrapped)


def _opens(master: MasterKey, key: WrappedKey) -> bool:
    try:
        master.unwrap(key)
    except KeyFault:
        return False
    return True
