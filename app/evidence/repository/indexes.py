from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple
from uuid import UUID

from sqlalchemy import bindparam, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from app.evidence.models import Evidence, Upload

_BATCH: Final = 200


class IndexedFile(NamedTuple):
    """What lies of a file: an upload that ended without evidence says nothing any more."""

    id: UUID
    content_index: bytes
    sealed: bytes | None


class IndexRepository:
    """The blind indexes of files, as far as they are not under this index key."""

    def __init__(self, session: AsyncSession, key_id: UUID) -> None:
        self.session = session
        self.key_id = key_id
        self.waits = Upload.key_id != key_id

    async def count(self) -> int:
        query = select(func.count()).select_from(Upload).where(self.waits)
        return await self.session.scalar(query) or 0

    async def following(self, last: UUID | None) -> Sequence[IndexedFile]:
        """The next files in the order of their ids; evidence has the id of its upload."""
        sealed = func.coalesce(Upload.sealed, Evidence.sealed)
        query = select(Upload.id, Upload.content_index, sealed)
        query = query.outerjoin(Evidence, Evidence.id == Upload.id).where(self.waits)
        if last is not None:
            query = query.where(Upload.id > last)
        rows = await self.session.execute(query.order_by(Upload.id).limit(_BATCH))
        return [IndexedFile(*row) for row in rows]

    async def rekey(self, indexes: Mapping[UUID, bytes]) -> None:
        """The upload first: who is just making evidence of it is waited for."""
        rows = [{"file": id, "index": index} for id, index in indexes.items()]
        for table, named in ((Upload, {"key_id": self.key_id}), (Evidence, {})):
            change = update(table.__table__).where(table.id == bindparam("file"))  # type: ignore[arg-type]
            await self.session.execute(
                change.values(content_index=bindparam("index"), **named), rows
            )
