"""The tables for everybody."""

from typing import Annotated, Any, Final

from fastapi import Depends, Path, Query, Response

from app.core.forms import Day
from app.stats.files.sheets import Format, write_public_table
from app.stats.router.paper import Chosen, of_table
from app.stats.schemas.figures import PUBLIC_TABLE, PublicFilter, TableOut
from app.stats.schemas.public import (
    PUBLIC_TREE,
    TABLE_NAME,
    PublicListOut,
    PublicTableOut,
    PublicTreeFilter,
    TreeFilter,
)
from app.stats.service.public import PublicTableService
from app.web.clock import Now
from app.web.database import Session
from app.web.door import anyone
from app.web.etags import STALE, cached
from app.web.operation import rooms

router = rooms("/stats/public", "statistics")

HOUR: Final = 3_600
YEAR: Final = 31_536_000
_SHEET: Final = write_public_table(PublicTableOut.model_validate(PUBLIC_TREE), Format.CSV).decode()
TREE: Final[dict[int | str, dict[str, Any]]] = {
    200: {
        "description": "JSON, or CSV where `Accept` asks for it: one row for each cell.",
        "content": {
            "application/json": {"example": PUBLIC_TREE},
            "text/csv": {"schema": {"type": "string"}, "example": _SHEET},
        },
    },
    406: {},
}


async def open_tables(session: Session, now: Now) -> PublicTableService:
    return PublicTableService(session, now)


Tables = Annotated[PublicTableService, Depends(open_tables)]
Name = Annotated[str, Path(pattern=TABLE_NAME, description="As the list of tables names it.")]


@router.get("", dependencies=[anyone, cached(HOUR, STALE)])
async def list_public_tables(tables: Tables) -> PublicListOut:
    """List the tables that everybody may see."""
    return await tables.name()


@router.get(
    "/provinces",
    response_model=TableOut,
    responses=of_table(PUBLIC_TABLE, by_line=False),
    dependencies=[anyone, cached(HOUR, STALE)],
)
async def read_public_provinces(
    wanted: Annotated[PublicFilter, Query()], tables: Tables, paper: Chosen
) -> Response:
    """Read the totals of the provinces as last published; small counts are withheld."""
    return paper.with_table(await tables.provinces(wanted.unit))


@router.get(
    "/{table}",
    response_model=PublicTableOut,
    responses=TREE,
    dependencies=[anyone, cached(HOUR, STALE)],
)
async def read_public_table(
    table: Name, wanted: Annotated[PublicTreeFilter, Query()], tables: Tables, paper: Chosen
) -> Response:
    """Read one of the public tables as last frozen, or as frozen on a day."""
    found = await tables.read(table, wanted.election, wanted.region, wanted.day)
    return paper.with_public(found, wanted.format)


@router.get(
    "/{table}/{day}",
    response_model=PublicTableOut,
    responses=TREE,
    dependencies=[anyone, cached(YEAR, ", immutable")],
)
async def read_public_table_of_day(
    table: Name,
    day: Annotated[Day, Path(description="The day on which it was frozen.")],
    wanted: Annotated[TreeFilter, Query()],
    tables: Tables,
    paper: Chosen,
) -> Response:
    """Read one of the public tables as frozen on a day; it never changes."""
    found = await tables.read(table, wanted.election, wanted.region, day)
    return paper.with_public(found, wanted.format)
