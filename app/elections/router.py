"""The elections and their calendars; open to everybody."""

from typing import Annotated

from fastapi import Depends, Path, Query

from app.core.paging import Found
from app.elections.rules import ELECTION_CODE
from app.elections.schemas import CalendarOut, ElectionDetailOut, ElectionOut, StageFilter
from app.elections.service import ElectionService
from app.web.database import Session
from app.web.door import anyone
from app.web.etags import cached
from app.web.operation import rooms
from app.web.paging import Page

router = rooms("/elections", "elections")

HOUR = 3_600

ElectionCode = Annotated[str, Path(pattern=ELECTION_CODE, max_length=40, examples=["pilkada-2024"])]


async def open_service(session: Session) -> ElectionService:
    return ElectionService(session)


Service = Annotated[ElectionService, Depends(open_service)]


@router.get("", response_model=Page[ElectionOut], dependencies=[anyone, cached(HOUR)])
async def list_elections(service: Service) -> Found[ElectionOut]:
    """List all elections, the latest first, in one page."""
    return await service.find()


@router.get(
    "/{election_code}", response_model=ElectionDetailOut, dependencies=[anyone, cached(HOUR)]
)
async def read_election(election_code: ElectionCode, service: Service) -> ElectionDetailOut:
    """Read one election and how many areas elect whom."""
    return await service.describe(election_code)


@router.get(
    "/{election_code}/stages", response_model=CalendarOut, dependencies=[anyone, cached(HOUR)]
)
async def consult_calendar(
    election_code: ElectionCode, wanted: Annotated[StageFilter, Query()], service: Service
) -> CalendarOut:
    """Consult the calendar of an election for one place, and for one day if asked."""
    return await service.consult(election_code, wanted)
