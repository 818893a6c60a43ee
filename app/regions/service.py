from collections.abc import Collection, Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.paging import Found
from app.core.reference import Progress
from app.regions import rules
from app.regions.files import read_regions
from app.regions.models import Region
from app.regions.repository import RegionRepository
from app.regions.schemas import RegionDetailOut, RegionFilter, RegionName


class RegionService:
    """Where things are: everybody may look up the official list of regions."""

    def __init__(self, session: AsyncSession) -> None:
        self.regions = RegionRepository(session)

    async def locate(self, code: str) -> Region:
        return await self.regions.get(code)

    async def locate_each(self, codes: Collection[str]) -> dict[str, Region]:
        """Those that there are, by their codes."""
        return {each.code: each for each in await self.regions.named(list(codes))}

    async def find(self, wanted: RegionFilter) -> Found[Region]:
        return await self.regions.find(wanted)

    async def regencies_in(self, area: str) -> Sequence[tuple[str, str]]:
        """Codes and names of the regencies and cities of an area, in the order of their codes."""
        return await self.regions.regencies_in(area)

    async def describe(self, code: str) -> RegionDetailOut:
        region = await self.locate(code)
        around = await self.regions.named(rules.ancestors(code))
        return RegionDetailOut(
            code=region.code,
            level=region.level,
            name=region.name,
            parent_code=region.parent_code,
            time_zone=region.time_zone,
            valid_from=region.valid_from,
            valid_to=region.valid_to,
            successor_code=region.successor_code,
            ancestors=[RegionName.model_validate(each) for each in around],
        )

    async def load(self, progress: Progress) -> None:
        await self.regions.put(read_regions(), progress)
