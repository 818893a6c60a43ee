"""The official list of regions, down to the village; open to everybody."""

from typing import Annotated

from fastapi import Depends, Path, Query

from app.core.paging import Found
from app.core.places import REGION_CODE
from app.regions.models import Region
from app.regions.schemas import RegionDetailOut, RegionFilter, RegionOut
from app.regions.service import RegionService
from app.web.database import Session
from app.web.door import anyone
from app.web.etags import cached
from app.web.operation import rooms
from app.web.paging import Page

router = rooms("/regions", "regions")

DAY = 86_400

RegionCode = Annotated[str, Path(pattern=REGION_CODE, examples=["73.07"])]


async def open_service(session: Session) -> RegionService:
    return RegionService(session)


Service = Annotated[RegionService, Depends(open_service)]


@router.get("", response_model=Page[RegionOut], dependencies=[anyone, cached(DAY)])
async def list_regions(wanted: Annotated[RegionFilter, Query()], service: Service) -> Found[Region]:
    """List regions by level, by what lies above them, or by name, in the order of their codes.

    Contains information from idn-area-data (https://github.com/fityannugroho/idn-area-data), which
    is made available here under the Open Database License
    (http://opendatacommons.org/licenses/odbl/1.0/).
    """
    return await service.find(wanted)


@router.get("/{region_code}", response_model=RegionDetailOut, dependencies=[anyone, cached(DAY)])
async def read_region(region_code: RegionCode, service: Service) -> RegionDetailOut:
    """Read one region and the names of the regions around it."""
    return await service.describe(region_code)
