"""Figures: live ones for officers and machines of an area, frozen ones for everybody."""

from typing import Annotated, Any, Final

from fastapi import Depends, Query, Request, Response
from pydantic.config import JsonDict

from app.core.actors import Permission
from app.stats.files import Format, choose_format, write_table
from app.stats.schemas.figures import (
    LIVE_TABLE,
    FigureFilter,
    SeriesFilter,
    SummaryOut,
    TableFilter,
    TableOut,
)
from app.stats.service.figures import FigureService
from app.web.clock import Now
from app.web.database import ReadSession
from app.web.door import CurrentActor, needs
from app.web.operation import rooms

router = rooms("/stats", "statistics")

may_read = needs(Permission.READ_STATISTICS)


def answers(example: JsonDict) -> dict[int | str, dict[str, Any]]:
    """Document the two formats of a table."""
    sheet = write_table(TableOut.model_validate(example), Format.CSV).decode()
    return {
        200: {
            "description": "JSON, or CSV where `Accept` asks for it: one row for each cell.",
            "content": {
                "application/json": {"example": example},
                "text/csv": {"schema": {"type": "string"}, "example": sheet},
            },
        }
    }


class Paper:
    """The format that the caller reads."""

    def __init__(self, request: Request) -> None:
        self.format = choose_format(request.headers.get("accept", ""))
        request.state.headers.append((b"vary", b"Accept"))

    def with_table(self, table: TableOut) -> Response:
        return Response(write_table(table, self.format), media_type=self.format.value)


async def take_paper(request: Request) -> Paper:
    return Paper(request)


async def open_figures(session: ReadSession, actor: CurrentActor, now: Now) -> FigureService:
    return FigureService(session, actor, now)


LIVE: Final = answers(LIVE_TABLE)

Chosen = Annotated[Paper, Depends(take_paper)]
Figures = Annotated[FigureService, Depends(open_figures)]


@router.get("/summary", dependencies=[may_read])
async def read_summary(wanted: Annotated[FigureFilter, Query()], figures: Figures) -> SummaryOut:
    """Read how many there are of each unit in the reader's area."""
    return await figures.summarise(wanted)


@router.get("/table", response_model=TableOut, responses=LIVE, dependencies=[may_read])
async def read_table(
    wanted: Annotated[TableFilter, Query()], figures: Figures, paper: Chosen
) -> Response:
    """Read the figures of one unit by region, status, kind, channel or day."""
    return paper.with_table(await figures.tabulate(wanted))


@router.get("/series", response_model=TableOut, responses=LIVE, dependencies=[may_read])
async def read_series(
    wanted: Annotated[SeriesFilter, Query()], figures: Figures, paper: Chosen
) -> Response:
    """Read the figures of one unit day by day; the last 30 days where none are named."""
    return paper.with_table(await figures.trace(wanted))
