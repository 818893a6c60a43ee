from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from app.consultations.models.questions import Consultation
from app.consultations.rules.publishing import NamedPlace
from app.core.places import NATION
from app.offices.repository import OfficeRepository
from app.regions.models import Region
from app.regions.repository import RegionRepository
from app.regions.rules import Level, ancestors

_SMALL = (Level.DISTRICT, Level.VILLAGE)


class Places:
    """By which names the place of a question, or its office, would be known in a text."""

    def __init__(self, session: AsyncSession) -> None:
        self.regions = RegionRepository(session)
        self.offices = OfficeRepository(session)

    async def with_office(self) -> Sequence[Region]:
        """The nation, and each province followed by its regencies and cities."""
        return await self.offices.regions_with_office()

    async def of(self, consultation: Consultation) -> Sequence[NamedPlace]:
        """The place and all around it, and the office; of a national question nothing."""
        code = consultation.region_code
        if code == NATION:
            return ()
        regions = await self.regions.named([*ancestors(code), code])
        office = await self.offices.get(consultation.office_id)
        names = [NamedPlace(each.name, is_small=each.level in _SMALL) for each in regions]
        return [*names, NamedPlace(office.name)]
