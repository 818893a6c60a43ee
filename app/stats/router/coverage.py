"""Who reports at all, how far prevention has reached, and two elections side by side."""

from typing import Annotated

from fastapi import Depends, Query, Response

from app.stats.router.paper import Asked, Live, Whole, live, may_read
from app.stats.schemas.comparison import COMPARISON, ComparisonFilter, ComparisonOut
from app.stats.schemas.reporting import REPORTING, ReportingFilter, ReportingOut
from app.stats.service.comparison import ComparisonService
from app.stats.service.reporting import ReportingService
from app.web.database import ReadSession
from app.web.operation import rooms

router = rooms("/stats", "statistics")


async def open_reporting(asking: Asked, session: ReadSession) -> ReportingService:
    return ReportingService(asking, session)


async def open_comparison(asking: Asked, session: ReadSession) -> ComparisonService:
    return ComparisonService(asking, session)


Reporting = Annotated[ReportingService, Depends(open_reporting)]
Comparison = Annotated[ComparisonService, Depends(open_comparison)]


@router.get(
    "/coverage",
    response_model=ReportingOut,
    responses=live(ReportingOut, REPORTING),
    dependencies=[may_read],
)
async def read_reporting(
    wanted: Annotated[ReportingFilter, Query()], paper: Whole, reporting: Reporting
) -> Response:
    """Read which regencies and cities report or are silent, and how far prevention has reached."""
    return paper.with_answer(await reporting.report(wanted))


@router.get(
    "/comparison",
    response_model=ComparisonOut,
    responses=live(ComparisonOut, COMPARISON),
    dependencies=[may_read],
)
async def read_comparison(
    wanted: Annotated[ComparisonFilter, Query()], paper: Live, comparison: Comparison
) -> Response:
    """Read two elections side by side, stage by stage, per day and per 100 voting regions."""
    return paper.with_answer(await comparison.compare(wanted))
