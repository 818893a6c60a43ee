"""How many signed a declaration, and how many of those who should."""

from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import Query, Response

from app.core.actors import Permission
from app.core.paging import Found
from app.declarations.models.counts import Coverage
from app.declarations.schemas.tallies import (
    CoverageFilter,
    OfficeCoverageOut,
    RosterCoverageOut,
    TallyOut,
)
from app.declarations.service.tallies import TallyService
from app.web.door import anyone, needs
from app.web.etags import cached
from app.web.opening import opened
from app.web.operation import rooms
from app.web.paging import Page

router = rooms("/declarations/{declaration_id}", "declarations")

FRESH: Final = 5
"""Seconds for which others may keep a figure that grows every second."""

Tallies = Annotated[TallyService, opened(TallyService)]


@router.get("/tally", response_model=TallyOut, dependencies=[anyone, cached(FRESH)])
async def read_tally(declaration_id: UUID, tallies: Tallies) -> Any:
    """Count the signatures of a declaration by text, group, role, and regency or city.

    Anyone who adds up the leaves of the log `declarations` up to `tree_size` gets the same.
    """
    return _json(await tallies.recent_tally(declaration_id))


@router.get("/coverage", response_model=RosterCoverageOut, dependencies=[anyone, cached(FRESH)])
async def read_coverage(declaration_id: UUID, tallies: Tallies) -> Any:
    """Count who has signed of those who should, by regency or city; while thousands sign every
    second, as of half a minute ago.

    Regencies where fewer than 5 should sign are told together, so that nobody is told apart.
    """
    return _json(await tallies.recent_coverage(declaration_id))


@router.get(
    "/coverage/offices",
    response_model=Page[OfficeCoverageOut],
    dependencies=[needs(Permission.MANAGE_DECLARATIONS)],
)
async def list_office_coverage(
    declaration_id: UUID, wanted: Annotated[CoverageFilter, Query()], tallies: Tallies
) -> Found[Coverage]:
    """List how many should sign and have signed at each office; only for its organiser."""
    return await tallies.by_office(declaration_id, wanted)


def _json(answer: bytes) -> Response:
    return Response(answer, media_type="application/json")
