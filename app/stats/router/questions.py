"""Questions to the live figures of an area: crossed, ranked, mapped, and about the procedure."""

from typing import Annotated

from fastapi import Query, Response

from app.stats.router.paper import Live, asked_by, live, may_read
from app.stats.schemas.crossing import CROSS, CrossFilter, CrossOut
from app.stats.schemas.figures import FigureFilter
from app.stats.schemas.procedure import (
    AGES,
    CLOCKS,
    FUNNEL,
    TIMING,
    AgesFilter,
    AgesOut,
    ClocksOut,
    FunnelFilter,
    FunnelOut,
    TimingFilter,
    TimingOut,
)
from app.stats.schemas.ranking import MAP, RANKING, MapFilter, MapOut, RankingFilter, RankingOut
from app.stats.service.crossing import CrossService
from app.stats.service.procedure import ProcedureService
from app.stats.service.ranking import RankingService
from app.web.operation import rooms

router = rooms("/stats", "statistics")

Crosses = Annotated[CrossService, asked_by(CrossService)]
Rankings = Annotated[RankingService, asked_by(RankingService)]
Procedure = Annotated[ProcedureService, asked_by(ProcedureService)]

closed = [may_read]


@router.get("/cross", response_model=CrossOut, responses=live(CrossOut, CROSS), dependencies=closed)
async def read_cross_table(
    wanted: Annotated[CrossFilter, Query()], paper: Live, crosses: Crosses
) -> Response:
    """Read the figures of one unit by any two dimensions at once, with their margins.

    Days, weeks and months are those of the last 30 days where none are named.
    """
    return paper.with_answer(await crosses.cross(wanted))


@router.get(
    "/ranking", response_model=RankingOut, responses=live(RankingOut, RANKING), dependencies=closed
)
async def read_ranking(
    wanted: Annotated[RankingFilter, Query()], paper: Live, rankings: Rankings
) -> Response:
    """Read which regions or codes have most of a unit, with their share of the total."""
    return paper.with_answer(await rankings.rank(wanted))


@router.get("/map", response_model=MapOut, responses=live(MapOut, MAP), dependencies=closed)
async def read_map(
    wanted: Annotated[MapFilter, Query()], paper: Live, rankings: Rankings
) -> Response:
    """Read the count of every region of a level, and which of them are silent."""
    return paper.with_answer(await rankings.map(wanted))


@router.get(
    "/funnel", response_model=FunnelOut, responses=live(FunnelOut, FUNNEL), dependencies=closed
)
async def read_funnel(
    wanted: Annotated[FunnelFilter, Query()], paper: Live, procedure: Procedure
) -> Response:
    """Read how many cases or persons came how far, from the report to the sanction."""
    return paper.with_answer(await procedure.funnel(wanted))


@router.get(
    "/clocks", response_model=ClocksOut, responses=live(ClocksOut, CLOCKS), dependencies=closed
)
async def read_clocks_kept(
    wanted: Annotated[FigureFilter, Query()], paper: Live, procedure: Procedure
) -> Response:
    """Read how many legal deadlines were kept, missed, cancelled, or still run, by step."""
    return paper.with_answer(await procedure.clocks(wanted))


@router.get(
    "/timing", response_model=TimingOut, responses=live(TimingOut, TIMING), dependencies=closed
)
async def read_timing(
    wanted: Annotated[TimingFilter, Query()], paper: Live, procedure: Procedure
) -> Response:
    """Read how many days each step of the procedure took: median and other quantiles."""
    return paper.with_answer(await procedure.timing(wanted))


@router.get("/ages", response_model=AgesOut, responses=live(AgesOut, AGES), dependencies=closed)
async def read_ages(
    wanted: Annotated[AgesFilter, Query()], paper: Live, procedure: Procedure
) -> Response:
    """Read for how many days what is not finished has been waiting, in bands, as of today."""
    return paper.with_answer(await procedure.ages(wanted))
