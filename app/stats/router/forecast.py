"""What is to be expected, who is needed for it, and the figures of others that it starts from."""

from typing import Annotated, Final

from fastapi import Depends, Path, Query, Response

from app.core.forms import Day
from app.core.paging import Found
from app.stats.files.forecast_sheets import write_forecast
from app.stats.files.sheets import Format
from app.stats.router.paper import Chosen, answers, may_read
from app.stats.schemas.baselines import BaselineFilter, BaselineOut
from app.stats.schemas.forecast import FORECAST, ForecastFilter, ForecastOut
from app.stats.schemas.public_forecast import PublicForecastFilter, PublicForecastOut
from app.stats.schemas.workload import WorkloadFilter, WorkloadOut
from app.stats.service.baselines import BaselineService
from app.stats.service.forecast import ForecastService
from app.stats.service.public_forecast import PublicForecastService
from app.stats.service.workload import WorkloadService
from app.web.clock import Now
from app.web.database import ReadSession, Session
from app.web.door import CurrentActor, anyone
from app.web.etags import STALE, asked_again, cached
from app.web.operation import rooms
from app.web.paging import Page

router = rooms("/stats", "statistics")

HOUR: Final = 3_600
YEAR: Final = 31_536_000
FORESEEN: Final = answers(
    FORECAST, write_forecast(ForecastOut.model_validate(FORECAST), Format.CSV)
)


async def open_forecasts(session: ReadSession, actor: CurrentActor, now: Now) -> ForecastService:
    return ForecastService(session, actor, now)


async def open_workloads(session: ReadSession, actor: CurrentActor, now: Now) -> WorkloadService:
    return WorkloadService(session, actor, now)


async def open_baselines(session: ReadSession) -> BaselineService:
    return BaselineService(session)


async def open_published(session: Session, now: Now) -> PublicForecastService:
    return PublicForecastService(session, now)


Published = Annotated[PublicForecastService, Depends(open_published)]
Forecasts = Annotated[ForecastService, Depends(open_forecasts)]
Workloads = Annotated[WorkloadService, Depends(open_workloads)]
Baselines = Annotated[BaselineService, Depends(open_baselines)]


@router.get(
    "/forecast",
    response_model=ForecastOut,
    responses=FORESEEN,
    dependencies=[may_read, asked_again],
)
async def read_forecast(
    wanted: Annotated[ForecastFilter, Query()], paper: Chosen, forecasts: Forecasts
) -> Response:
    """Read what the reader's area can expect until voting day, by week or region."""
    found = await forecasts.expect(wanted)
    return Response(write_forecast(found, paper.format), media_type=paper.format.value)


@router.get("/forecast/workload", dependencies=[may_read, asked_again])
async def read_workload(
    wanted: Annotated[WorkloadFilter, Query()], workloads: Workloads
) -> WorkloadOut:
    """Read how many officers each office needs to keep the legal clocks."""
    return await workloads.reckon(wanted)


@router.get(
    "/baselines", response_model=Page[BaselineOut], dependencies=[anyone, cached(HOUR, STALE)]
)
async def list_baselines(
    wanted: Annotated[BaselineFilter, Query()], baselines: Baselines
) -> Found[BaselineOut]:
    """List the figures that others published or said, each with its source."""
    return await baselines.find(wanted)


@router.get("/public/forecast", dependencies=[anyone, cached(HOUR, STALE)])
async def read_public_forecast(
    wanted: Annotated[PublicForecastFilter, Query()], published: Published
) -> PublicForecastOut:
    """Read what the nation or a province can expect, as published today."""
    return await published.read(wanted)


@router.get("/public/forecast/{day}", dependencies=[anyone, cached(YEAR, ", immutable")])
async def read_public_forecast_of_day(
    day: Annotated[Day, Path(description="The day on which it was published.")],
    wanted: Annotated[PublicForecastFilter, Query()],
    published: Published,
) -> PublicForecastOut:
    """Read what was published on a day of what the nation or a province can expect."""
    return await published.read_of(day, wanted)
