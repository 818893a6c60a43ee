from sqlalchemy.ext.asyncio import AsyncSession

from app.core.paging import Found, Slice
from app.core.reference import Progress
from app.evidence.files import retention as files
from app.evidence.models import StoredRetention
from app.evidence.repository.retention import RetentionRepository


class RetentionService:
    """How long evidence is kept, by rules that are data."""

    def __init__(self, session: AsyncSession) -> None:
        self.retention = RetentionRepository(session)

    async def find(self, wanted: Slice) -> Found[StoredRetention]:
        return await self.retention.find(wanted)

    async def load(self, progress: Progress) -> None:
        rules = files.read_rules()
        for rule in rules:
            await self.retention.put(rule)
        progress(len(rules), len(rules))
