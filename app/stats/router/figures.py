"""Figures: live ones for officers and machines of an area, frozen ones for everybody."""

from typing import Annotated, Any, Final

from fastapi import Depends, Query, Request, Response
from pydantic.config import JsonDict

from app.core.actors import Permission
from app.stats.files import Format, choose_format, write_table
from app.stats.schemas.figures import (
    LIVE_TABLE,
    PUBLIC_TABLE,
    FigureFilter,
    PublicFilter,
    SeriesFilter,
    SummaryOut,
    TableFilter,
    TableOut,
)
from app.stats.service.figures import FigureService, PublicTableService
from app.web.clock import Now
from app.web.database import ReadSession, Session
from app.web.door import CurrentActor, anyone, needs
from app.web.etags import cached
from app.web.operation import rooms

router = rooms("/stats", "statistics")

may_read = needs(Permission.READ_STATISTICS)

HOUR: Final = 3_600


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


async def open_tables(session: Session, now: Now) -> PublicTableService:
    return PublicTableService(session, now)


LIVE: Final = answers(LIVE_TABLE)

Chosen = Annotated[Paper, Depends(take_paper)]
Figures = Annotated[FigureService, Depends(open_figures)]
Tables = Annotated[PublicTableService, Depends(open_tables)]


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


@router.get(
    "/public/provinces",
    response_model=TableOut,
    responses=answers(PUBLIC_TABLE),
    dependencies=[anyone, cached(HOUR)],
)
async def read_public_provinces(
    wanted: Annotated[PublicFilter, Query()], tables: Tables, paper: Chosen
) -> Response:
    """Read the totals of the provinces as published today; counts from 1 to 4 are withheld."""
    return paper.with_table(await tables.read(wanted.unit))
