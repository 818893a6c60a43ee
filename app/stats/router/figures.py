"""Figures: live ones for officers and machines of an area, frozen ones for everybody."""

from typing import Annotated, Final

from fastapi import Query, Response

from app.stats.files.sheets import Format, write_summary
from app.stats.router.paper import Live, answers, asked_by, may_read, of_table
from app.stats.schemas.crossing import CourseFilter, CrossOut
from app.stats.schemas.figures import (
    LIVE_TABLE,
    SUMMARY,
    FigureFilter,
    SummaryOut,
    TableFilter,
    TableOut,
)
from app.stats.service.crossing import CrossService
from app.stats.service.figures import FigureService
from app.web.operation import rooms

router = rooms("/stats", "statistics")

LIVE: Final = of_table(LIVE_TABLE, by_line=True)
SUMMARISED: Final = answers(
    SUMMARY,
    write_summary(SummaryOut.model_validate(SUMMARY), Format.CSV),
    write_summary(SummaryOut.model_validate(SUMMARY), Format.NDJSON),
)

Figures = Annotated[FigureService, asked_by(FigureService)]
Crosses = Annotated[CrossService, asked_by(CrossService)]


@router.get("/summary", response_model=SummaryOut, responses=SUMMARISED, dependencies=[may_read])
async def read_summary(
    wanted: Annotated[FigureFilter, Query()], paper: Live, figures: Figures
) -> Response:
    """Read how many there are of each unit in the reader's area."""
    return paper.with_summary(await figures.summarise(wanted))


@router.get("/table", response_model=TableOut, responses=LIVE, dependencies=[may_read])
async def read_table(
    wanted: Annotated[TableFilter, Query()], paper: Live, figures: Figures
) -> Response:
    """Read the figures of one unit by region, by time, or by any one dimension."""
    return paper.with_table(await figures.tabulate(wanted))


@router.get("/series", response_model=TableOut | CrossOut, responses=LIVE, dependencies=[may_read])
async def read_series(
    wanted: Annotated[CourseFilter, Query()], paper: Live, figures: Figures, crosses: Crosses
) -> Response:
    """Read the figures of one unit by day, week or month; the last 30 days where none are named.

    With `across` they are told apart by one more dimension, as a cross table of time by that.
    """
    return paper.with_course(await figures.trace(wanted, crosses))
