"""What a rotation of keys does with the indexes by which equal files are found."""

from collections.abc import AsyncIterator
from functools import partial
from typing import Final
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.crypto import Keyring
from app.core.database import Sessions
from app.core.patience import patiently
from app.core.rotation import Blinded
from app.evidence.repository.indexes import IndexRepository
from app.evidence.service.indexes import IndexService


async def count_files(session: AsyncSession, key_id: UUID) -> int:
    return await IndexRepository(session, key_id).count()


async def rekey_files(sessions: Sessions, keys: Keyring) -> AsyncIterator[int]:
    last: UUID | None = None
    while done := await patiently(partial(_rekey, sessions, keys, last)):
        last = done[-1]
        yield len(done)


async def _rekey(sessions: Sessions, keys: Keyring, last: UUID | None) -> list[UUID]:
    async with sessions.begin() as session:
        return await IndexService(session, keys).rekey(last)


FILES: Final = Blinded("upload.content_index", count_files, rekey_files)
