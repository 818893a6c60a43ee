"""The pages of circulars for people; outside of /api/v1, because their addresses are printed."""

from pathlib import Path
from typing import Annotated, Final, Literal
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Response

from app.circulars.files.listing import list_of
from app.circulars.files.page import page_of
from app.circulars.rules.circulars import day_of
from app.circulars.schemas.circulars import CircularFilter
from app.circulars.schemas.parts import RegionCode
from app.circulars.service.circulars import CircularService
from app.core.actors import PUBLIC
from app.core.forms import Day
from app.web.clock import Now
from app.web.database import Keys, Session
from app.web.door import anyone
from app.web.etags import cached
from app.web.operation import Operation
from app.web.pages import Page

pages = APIRouter(route_class=Operation, include_in_schema=False)

PAGE: Final = Page(
    Path(__file__).parent.parent / "data" / "circular.html", "Surat edaran · Circulars"
)

_MINUTE: Final = 60
_CAPITAL: Final = "Asia/Jakarta"
_SHOWN: Final = 50


async def open_circulars(session: Session, now: Now, keys: Keys) -> CircularService:
    # For nobody in particular: caches keep these pages, and no draft must get into one.
    return CircularService(session, PUBLIC, now, keys)


Circulars = Annotated[CircularService, Depends(open_circulars)]
Language = Annotated[Literal["id", "en"], Query(alias="lang")]
Cursor = Annotated[str, Query(max_length=200)]


async def read_wanted(
    now: Now,
    in_force_on: Day | None = None,
    region: RegionCode | Literal[""] = "",
    cursor: Cursor | None = None,
) -> CircularFilter:
    """Today where no day is named, and everywhere where no region is."""
    on = in_force_on or day_of(now, _CAPITAL)
    return CircularFilter(in_force_on=on, region=region or None, limit=_SHOWN, cursor=cursor)


Wanted = Annotated[CircularFilter, Depends(read_wanted)]


@pages.get("/circulars", dependencies=[anyone, cached(_MINUTE)])
async def show_circulars(service: Circulars, wanted: Wanted, language: Language = "id") -> Response:
    """Show which circulars were in force on a day."""
    found = await service.find(wanted)
    return PAGE.show(language=language, content=list_of(found, wanted, language))


@pages.get("/circulars/{circular_id}", dependencies=[anyone, cached(_MINUTE)])
async def show_circular(
    circular_id: UUID,
    service: Circulars,
    now: Now,
    in_force_on: Day | None = None,
    language: Language = "id",
) -> Response:
    """Show the text of one circular, whether it was in force on a day, and its proof."""
    circular = await service.describe(circular_id)
    on = in_force_on or day_of(now, circular.time_zone)
    return PAGE.show(language=language, content=page_of(circular, on))
