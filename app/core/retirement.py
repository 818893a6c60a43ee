"""The end of a data key: its wrapped value is destroyed once nothing needs it."""

from collections.abc import Collection
from datetime import timedelta
from uuid import UUID

from sqlalchemy import exists, func, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from app.core.crypto import KeyPurpose
from app.core.database import Sessions
from app.core.models import DataKey
from app.core.sealed import count_named


async def retire_seal_keys(session: AsyncSession, old: Collection[UUID], damaged: int) -> int:
    """Destroy them if no value names them, and return how many do; a key that only damaged values
    name is kept for whoever mends them."""
    named = await count_named(session, old)
    if named <= damaged:
        await empty_keys(session, old)
    if not named:
        change = update(DataKey).where(DataKey.id.in_(old))
        await session.execute(change.values(wrapped=b"", retired_at=func.now()))
    return named


async def empty_keys(session: AsyncSession, old: Collection[UUID]) -> None:
    """Note that everything under these keys has been written anew."""
    await session.execute(update(DataKey).where(DataKey.id.in_(old)).values(emptied_at=func.now()))


async def retire_index_keys(sessions: Sessions, needed: timedelta) -> None:
    """Destroy those that index no row and came out of use so long ago: until then answers are
    replayed that were stored under them. The worker does it."""
    newer = aliased(DataKey)
    succeeded = exists().where(
        newer.purpose == DataKey.purpose,
        newer.generation > DataKey.generation,
        newer.in_use_from < func.now() - needed,
    )
    change = update(DataKey).where(
        DataKey.purpose == KeyPurpose.INDEX,
        DataKey.emptied_at.is_not(None),
        DataKey.retired_at.is_(None),
        succeeded,
    )
    async with sessions.begin() as session:
        await session.execute(change.values(wrapped=b"", retired_at=func.now()))
