"""What each office has done for prevention, and what it still owes."""

from typing import Annotated

from fastapi import Query

from app.core.actors import Permission
from app.core.paging import Found
from app.prevention.schemas.matrix import (
    MatrixFilter,
    OfficeFiguresRow,
    OwedFilter,
    OwedRow,
    RegionFiguresRow,
    RegionMatrixFilter,
)
from app.prevention.service.matrix import MatrixService
from app.web.door import needs
from app.web.opening import opened
from app.web.operation import rooms
from app.web.paging import Page

router = rooms("/prevention", "prevention")

may_read = needs(Permission.READ_PREVENTION)

Matrix = Annotated[MatrixService, opened(MatrixService)]


@router.get("/offices", response_model=Page[OfficeFiguresRow], dependencies=[may_read])
async def list_office_figures(
    wanted: Annotated[MatrixFilter, Query()], service: Matrix
) -> Found[OfficeFiguresRow]:
    """List the offices of an area with what they were asked to do, and what of it they did.

    Circulars, rosters, meetings, follow-ups and consultations of each, in the order of the regions.
    Offices without an account stand under the name by which they were addressed. Officers see
    their area; a partner agency sees itself.
    """
    return await service.offices(wanted)


@router.get("/regions", response_model=Page[RegionFiguresRow], dependencies=[may_read])
async def list_region_figures(
    wanted: Annotated[RegionMatrixFilter, Query()], service: Matrix
) -> Found[RegionFiguresRow]:
    """List the regions of an area with the figures of all their offices together.

    Villages, most of which have no account, are counted here under their region.
    """
    return await service.regions(wanted)


@router.get("/owed", response_model=Page[OwedRow], dependencies=[may_read])
async def list_owed(wanted: Annotated[OwedFilter, Query()], service: Matrix) -> Found[OwedRow]:
    """List what offices still owe, thing by thing, what is due first at the head.

    With `office_id`, or `region` and `office`, of one of them: by which day, and where it is done.
    """
    return await service.owed(wanted)
