from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.paging import Found
from app.core.reference import Progress
from app.declarations import files
from app.declarations.models.declarations import PledgeText
from app.declarations.repository.declarations import PledgeTextRepository
from app.declarations.schemas.texts import PledgeTextFilter


class PledgeTextService:
    """The texts that people sign, version by version; open to everybody."""

    def __init__(self, session: AsyncSession) -> None:
        self.texts = PledgeTextRepository(session)

    async def get(self, pledge_text_id: UUID) -> PledgeText:
        return await self.texts.get(pledge_text_id)

    async def find(self, wanted: PledgeTextFilter) -> Found[PledgeText]:
        return await self.texts.find(wanted)

    async def load(self, progress: Progress) -> None:
        rows, published = files.read_texts(), await self.texts.hashes()
        for row in rows:
            if published.get(row.id, row.content_hash) != row.content_hash:
                raise ValueError(f"{row.code} {row.version} is published: make a new version.")
            await self.texts.put(row)
        progress(len(rows), len(rows))
