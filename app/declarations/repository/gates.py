"""The gate of a declaration: those who sign pass it together, and whoever changes what they sign
under shuts it and gets his turn.

Row locks are not fair: who signs would take one beside those who have it, and an officer who needs
it alone would wait until a rush is over. Advisory locks are given in the order of asking.
"""

import hashlib
from collections.abc import Collection
from uuid import UUID

from sqlalchemy import BigInteger, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.arrays import bound, given


async def pass_gates(session: AsyncSession, declaration_ids: Collection[UUID]) -> None:
    """Keep these declarations as they are until the commit, together with others; what was read of
    them before may have changed by now."""
    keys = sorted(map(_key, declaration_ids))
    asked = given("gate", key=BigInteger())
    locks = select(func.pg_advisory_xact_lock_shared(asked.c.key))
    await session.execute(locks, bound("gate", key=keys))


async def shut_gate(session: AsyncSession, declaration_id: UUID) -> None:
    """Wait until all have passed, and keep others out until the commit; one declaration at a time,
    with its row in hand."""
    await session.execute(select(func.pg_advisory_xact_lock(_key(declaration_id))))


def _key(declaration_id: UUID) -> int:
    digest = hashlib.sha256(b"gate" + declaration_id.bytes).digest()
    return int.from_bytes(digest[:8], signed=True)
