"""Reference data: files that a domain ships, loaded into its tables when they are newer."""

import hashlib
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.database import Sessions
from app.core.models import LoadedReference

Progress: TypeAlias = Callable[[int, int], None]
"""Called with the rows done and the rows in all."""


@dataclass(frozen=True)
class ReferenceSet:
    """One set of files and what brings them into the tables of the domain that owns them.

    `load` is idempotent: it updates by the natural key, and never deletes a row in use.
    """

    name: str
    files: tuple[Path, ...]
    load: Callable[[AsyncSession, Progress], Awaitable[None]]

    def digest(self) -> str:
        whole = hashlib.sha256()
        for file in self.files:
            whole.update(hashlib.sha256(file.read_bytes()).digest())
        return whole.hexdigest()


async def load_newer(
    sessions: Sessions, sets: Sequence[ReferenceSet], progress: Callable[[str], Progress]
) -> list[str]:
    """Load, in order, each set whose files differ from those last loaded; return their names."""
    loaded = []
    for each in sets:
        async with sessions.begin() as session:
            if await _is_current(session, each):
                continue
            await each.load(session, progress(each.name))
            await _remember(session, each)
            loaded.append(each.name)
    return loaded


async def _is_current(session: AsyncSession, each: ReferenceSet) -> bool:
    query = select(LoadedReference.digest).where(LoadedReference.name == each.name)
    return await session.scalar(query) == each.digest()


async def _remember(session: AsyncSession, each: ReferenceSet) -> None:
    row = insert(LoadedReference).values(name=each.name, digest=each.digest())
    await session.execute(
        row.on_conflict_do_update(index_elements=["name"], set_={"digest": row.excluded.digest})
    )
