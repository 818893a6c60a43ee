"""Who should sign a declaration: targets one by one, and whole rosters as tables."""

from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import Depends, Header, Query, Response

from app.core.actors import Permission
from app.core.paging import Found
from app.core.tables import BOM, write_table
from app.core.workbooks import MEDIA_TYPE as XLSX
from app.declarations.rules.roster_rows import COLUMNS, EXAMPLES
from app.declarations.schemas.rosters import (
    ErasureIn,
    ErasureOut,
    RosterImportOut,
    TargetFilter,
    TargetIn,
    TargetOut,
)
from app.declarations.service.erasing import ErasureService
from app.declarations.service.rosters import CSV, RosterService
from app.web.door import needs
from app.web.idempotency import idempotent
from app.web.opening import opened
from app.web.operation import rooms
from app.web.paging import Page
from app.web.rehearsal import can_be_rehearsed
from app.web.tables import CsvResponse, sent_table

IMPORTS: Final = "/declarations/{declaration_id}/roster-imports"

router = rooms("", "declarations")

may_manage = needs(Permission.MANAGE_DECLARATIONS)
may_erase = needs(Permission.DECIDE_IDENTITY)

_TEMPLATE: Final = write_table(list(COLUMNS), EXAMPLES)
_CSV: Final = {CSV: {"schema": {"type": "string"}, "example": _TEMPLATE}}
_ANSWER: Final[dict[int | str, dict[str, Any]]] = {
    200: {"description": "UTF-8 with semicolons, the header and two rows.", "content": _CSV}
}
# Whatever is sent gets its report: no table is against this schema.
_SENT: Final = {
    "requestBody": {
        "required": True,
        "content": {
            CSV: {"schema": {}, "example": _TEMPLATE},
            XLSX: {"schema": {}, "example": "PK"},
        },
    },
    # A dry run is an import of its own, with its report, and not an empty 204.
    "x-dry-run": "report",
}

Rosters = Annotated[RosterService, opened(RosterService)]
Erasures = Annotated[ErasureService, opened(ErasureService)]


@router.get(
    "/declarations/roster-template",
    response_class=CsvResponse,
    responses=_ANSWER,
    dependencies=[may_manage],
)
async def read_roster_template() -> Response:
    """Read the template of a roster: its header and two invented rows."""
    disposition = {"Content-Disposition": 'attachment; filename="templat-daftar.csv"'}
    return CsvResponse(f"{BOM}{_TEMPLATE}", headers=disposition)


@router.post(
    IMPORTS,
    status_code=201,
    response_model=RosterImportOut,
    dependencies=[may_manage, idempotent],
    openapi_extra=_SENT,
)
async def import_roster(
    declaration_id: UUID,
    table: Annotated[bytes, Depends(sent_table, scope="function")],
    rosters: Rosters,
    content_type: Annotated[str, Header(include_in_schema=False, max_length=200)] = "",
    validate_only: Annotated[
        bool, Query(description="Check only: the report says what an import would do.")
    ] = False,
) -> RosterImportOut:
    """Send a table of who should sign (CSV or XLSX, up to 100,000 rows): all of its rows, or none.

    The worker reads it; the report tells how far it is and what is wrong, line by line.
    """
    return await rosters.send(declaration_id, table, content_type, is_dry_run=validate_only)


@router.get(f"{IMPORTS}/{{import_id}}", response_model=RosterImportOut, dependencies=[may_manage])
async def read_roster_import(
    declaration_id: UUID, import_id: UUID, rosters: Rosters
) -> RosterImportOut:
    """Read how far an import has come, and which of its rows are bad."""
    return await rosters.read_import(declaration_id, import_id)


@router.get(
    "/declarations/{declaration_id}/targets",
    response_model=Page[TargetOut],
    dependencies=[may_manage],
)
async def list_targets(
    declaration_id: UUID, wanted: Annotated[TargetFilter, Query()], rosters: Rosters
) -> Found[TargetOut]:
    """List who should sign and has or has not; only for the organiser, and reading is recorded."""
    return await rosters.find(declaration_id, wanted)


@router.post(
    "/declarations/{declaration_id}/targets",
    status_code=201,
    response_model=TargetOut,
    dependencies=[may_manage, idempotent, can_be_rehearsed],
)
async def add_target(declaration_id: UUID, form: TargetIn, rosters: Rosters) -> TargetOut:
    """Add a person or post that should sign."""
    return await rosters.add(declaration_id, form)


@router.delete(
    "/declarations/{declaration_id}/targets/{target_id}",
    response_model=TargetOut,
    dependencies=[may_manage, can_be_rehearsed],
)
async def remove_target(declaration_id: UUID, target_id: UUID, rosters: Rosters) -> TargetOut:
    """Take a person or post off the roster, as long as it has not signed."""
    return await rosters.remove(declaration_id, target_id)


@router.post(
    "/declarations/{declaration_id}/persons/{person_id}/erasure",
    response_model=ErasureOut,
    dependencies=[may_erase, idempotent, can_be_rehearsed],
)
async def erase_person(
    declaration_id: UUID, person_id: UUID, form: ErasureIn, erasures: Erasures
) -> ErasureOut:
    """Erase who signed or should sign, at their request; the count and every proof stay."""
    return await erasures.erase(declaration_id, person_id, form)
