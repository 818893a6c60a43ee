from sqlalchemy.ext.asyncio import AsyncSession

from app.cases.files.violations import read_kinds
from app.cases.repository.violations import CatalogueRepository
from app.cases.rules.violations import ViolationKind
from app.cases.schemas.violations import ViolationKindFilter
from app.core.paging import Found
from app.core.reference import Progress


class CatalogueService:
    """The violation kinds of the law, which are data."""

    def __init__(self, session: AsyncSession) -> None:
        self.catalogue = CatalogueRepository(session)

    async def find(self, wanted: ViolationKindFilter) -> Found[ViolationKind]:
        return await self.catalogue.find(wanted)

    async def load(self, progress: Progress) -> None:
        kinds = read_kinds()
        for kind in kinds:
            await self.catalogue.put(kind)
        progress(len(kinds), len(kinds))
