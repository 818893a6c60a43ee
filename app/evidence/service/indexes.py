from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.crypto import Keyring, ValueDamaged
from app.evidence.files.metadata import CONTENT, open_metadata
from app.evidence.repository.indexes import IndexedFile, IndexRepository


class IndexService:
    """Brings the indexes of files under the key in use, so that older ones can retire."""

    def __init__(self, session: AsyncSession, keys: Keyring) -> None:
        self.indexes = IndexRepository(session, keys.index_key())
        self.keys = keys

    async def rekey(self, last: UUID | None) -> list[UUID]:
        """Do the next files after this one; return which they were."""
        files = await self.indexes.following(last)
        if files:
            await self.indexes.rekey({each.id: self._index_of(each) for each in files})
        return [each.id for each in files]

    def _index_of(self, file: IndexedFile) -> bytes:
        """What says nothing, or is damaged, keeps an index that finds nothing."""
        if file.sealed is None:
            return file.content_index
        try:
            said = open_metadata(file.sealed, file.id, self.keys)
        except ValueDamaged:
            return file.content_index
        return self.keys.blind(CONTENT, said.sha256)
